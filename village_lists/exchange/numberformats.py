"""Number formats of spreadsheets: is it a date, is it red, and how is a number shown.

Only what a reader of ledgers must know, after ECMA-376 part 1, 18.8.30 and 18.8.31.
"""

import re
from datetime import date, timedelta

# Built-in formats that show a date; 27-36 and 50-58 are those of Chinese Excel and WPS.
DATE_FORMAT_NUMBERS = frozenset([14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)])
BUILT_IN_FORMATS = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00"}
BUILT_IN_RED = frozenset([38, 40])
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_PLAIN = re.compile(r'^((?:"[^"]*")*)([#,0]*0)(\.0+)?((?:"[^"]*")*)$')


def is_date_format(form: str) -> bool:
    """Tell whether a number format shows a calendar date (a mere time of day does not count)."""
    bare = _LITERALS.sub("", form.split(";", maxsplit=1)[0]).lower()
    return bool(re.search(r"[yd]", bare)) or ("m" in bare and not re.search(r"[hs0#]", bare))


def is_red_format(form: str, value: float) -> bool:
    """Tell whether this value is shown in red by its format, e.g. the second part of `0.00;[Red]0.00`."""
    parts = form.split(";")
    part = parts[1] if value < 0 and len(parts) > 1 else parts[0]
    return bool(re.search(r"\[(red|红色|红|color ?3)\]", part, re.IGNORECASE))


def shown(value: float, form: str) -> str:
    """Return a number as the sheet shows it, where the format is a simple one; else its plain digits."""
    plain = _PLAIN.match(form.split(";", maxsplit=1)[0])
    if plain is None:
        return format(value, ".15g")
    before, whole, decimals, after = plain.groups()
    places = len(decimals) - 1 if decimals else 0
    digits = f"{abs(value):,.{places}f}" if "," in whole else f"{abs(value):.{places}f}"
    least = whole.count("0")
    head, _, tail = digits.partition(".")
    number = ("-" if value < 0 else "") + head.rjust(least, "0") + (f".{tail}" if tail else "")
    return f"{before}{number}{after}".replace('"', "")


def day_of_serial(serial: float, *, from_1904: bool) -> date | None:
    """Return the day of a spreadsheet serial number, None where there is none (times of day, far future).

    Before 1 March 1900 the customary serials are off by one, since the first spreadsheet counted a 29 February 1900.
    """
    days = int(serial)
    if days < 1 or days > 2_958_465:
        return None
    if from_1904:
        return date(1904, 1, 1) + timedelta(days=days)
    return date(1899, 12, 30 if days > 60 else 31) + timedelta(days=days)
