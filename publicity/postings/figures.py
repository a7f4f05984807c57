"""Reads and writes money, numbers and counts: whole fen, canonical decimal strings, whole numbers; no floats."""

import re
import unicodedata
from decimal import Decimal

from publicity.ledgers.amounts import MAXIMUM_FEN, fen_of_text, is_dash
from publicity.ledgers.problems import Unreadable
from publicity.postings.unreadable import CellUnreadable
from village_lists.amounts import yuan
from village_lists.markers import N_

NO_AMOUNT = N_("「%(found)s」不是金额，请填写数字，例如 300.00。")
HALF_FEN = N_("「%(found)s」不足一分，请填到分为止，例如 300.00。")
TOO_MUCH = N_("「%(found)s」太大，请检查是否多写了数字。")
NO_NUMBER = N_("「%(found)s」不是数字，请只填数字，例如 12.5。")
NO_COUNT = N_("「%(found)s」不是整数，请只填整数，例如 38。")
OTHER_UNIT = N_("「%(found)s」的单位与这一栏的「%(unit)s」不同，请换算以后只填数字。")
LARGEST_COUNT = 10**12
MOST_FIGURES = 18
_NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?")
_MINUS = str.maketrans("−–—－‐‑﹣", "-------")
_PER = re.compile(r"/[^/\d]+$")
MEASURES = "户人次个间套头只天日件张份亩台辆名元条处座棵株吨斤公斤平方米㎡米股年月岁笔批场%"


def yuan_of(unit: str) -> int:
    """Return how many yuan one of the column's unit is: 万元 gives 10000, 元/月 and everything else 1."""
    return 10_000 if unit.startswith("万") else 1


def read_money(text: str, *, unit: str, yuan_each: int | None = None) -> int | None:
    """Return whole fen, None for blanks and dashes; a 万元 in the text counts before the column's unit.

    `yuan_each` is the unit that a header or a units line names, where it names one.
    """
    bare = _PER.sub("", unicodedata.normalize("NFKC", text).strip()) if "元" in text else text
    try:
        return fen_of_text(bare, yuan=yuan_each or yuan_of(unit))
    except Unreadable as error:
        raise CellUnreadable(_reason(error), found=text) from error


def _reason(error: Unreadable) -> str:
    if "不足一分" in error.words:
        return HALF_FEN
    return TOO_MUCH if "太大" in error.words else NO_AMOUNT


def write_money(fen: int, *, unit: str) -> str:
    """Return fen as typed into a form: 123450 gives 1234.50, in a column of 万元 0.12345."""
    each = yuan_of(unit)
    if each == 1:
        return yuan(fen).replace(",", "")
    return _plain(Decimal(fen).scaleb(-2) / each)


def shown_money(fen: int, *, unit: str) -> str:
    """Return fen as people read it in the column's unit: 1,234.50; in 万元 1.2345, never rounded."""
    each = yuan_of(unit)
    if each == 1:
        return yuan(fen)
    value = Decimal(fen).scaleb(-2) / each
    return f"{value.normalize():,f}" if value else "0"


def read_number(text: str, *, unit: str) -> str | None:
    """Return a canonical decimal string (12.5, -0.25, 1200), None for blanks and dashes."""
    value = _value(text, unit=unit, words=NO_NUMBER)
    return None if value is None else _plain(value)


def read_count(text: str, *, unit: str, name: str = "") -> int | None:
    """Return a whole number from nought up, None for blanks and dashes; 38户 is 38 where unit or name says 户."""
    value = _value(text, unit=unit, words=NO_COUNT, name=name)
    if value is None:
        return None
    if value != value.to_integral_value() or value < 0:
        raise CellUnreadable(NO_COUNT, found=text)
    if value > LARGEST_COUNT:
        raise CellUnreadable(TOO_MUCH, found=text)
    return int(value)


def _value(text: str, *, unit: str, words: str, name: str = "") -> Decimal | None:
    if is_dash(text):
        return None
    written = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_MINUS).lstrip("'")
    found = re.fullmatch(r"([-+\d.,]+)(.*)", written)
    if found is None or not re.search(r"\d", found[1]) or not _NUMBER.fullmatch(found[1]):
        raise CellUnreadable(words, found=text)
    _same_unit(found[2], unit=unit, name=name, found=text, words=words)
    value = Decimal(found[1].replace(",", "").rstrip("."))
    if len(value.as_tuple().digits) > MOST_FIGURES or not -MAXIMUM_FEN < value < MAXIMUM_FEN:
        raise CellUnreadable(TOO_MUCH, found=text)
    return value


def _same_unit(suffix: str, *, unit: str, name: str, found: str, words: str) -> None:
    """Let a unit behind the figure pass where it is the column's own; another one would change the value."""
    own = unicodedata.normalize("NFKC", unit)
    first = re.split(r"[/·]", own)[0]
    known = {"", own, first} | ({suffix} if not own and suffix and suffix in name else set())
    if suffix in known or (not own and suffix in MEASURES and any(sign in name for sign in suffix)):
        return
    if own:
        raise CellUnreadable(OTHER_UNIT, found=found, unit=own)
    raise CellUnreadable(words, found=found)


def _plain(value: Decimal) -> str:
    written = f"{value:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in {"-0", ""} else written
