"""Words and figures on the screen: language, type size, money, dates; carried by every link while they are on."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app, request
from flask_babel import Babel, gettext

from publicity.categories.contents import ColumnKind
from publicity.codes.shortcode import spoken
from village_lists.amounts import yuan
from village_lists.days import CHINA, china_day
from village_lists.exchange.grids import letter_of
from village_lists.periods import Cadence, Period, Span

LANGUAGES = ("zh", "en")
BABEL_NAME = {"zh": "zh_Hans_CN", "en": "en"}
TRANSLATION_FOLDER = "translations"
DAY_AS_KEPT, MONTH_AS_KEPT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d")


def language() -> str:
    """Return the language of this request: zh unless ?lang=en."""
    wanted = request.args.get("lang", "zh") if request else "zh"
    return wanted if wanted in LANGUAGES else "zh"


def type_size() -> str:
    """Return the type size of this request: normal unless ?size=large."""
    return "large" if request and request.args.get("size") == "large" else "normal"


def say(words: str, values: Mapping[str, object] | None = None) -> str:
    """Translate a sentence that a domain marked, then fill its gaps."""
    if not words:
        return ""
    translated = gettext(words)
    return translated % dict(values) if values else str(translated)


def init_words(app: Flask) -> None:
    """Set up languages, filters, and the carrying of ?size and ?lang by every link."""
    folder = TRANSLATION_FOLDER
    Babel(app, locale_selector=lambda: BABEL_NAME[language()], default_translation_directories=folder)
    app.url_defaults(_carry)
    app.jinja_env.filters.update(
        yuan=yuan,
        say=say,
        day=day,
        moment=moment,
        month=month,
        written=written,
        span=span,
        letter=letter_of,
        spoken=spoken,
        code_groups=spoken,
    )
    app.context_processor(_context)


def _carry(endpoint: str, values: dict[str, Any]) -> None:
    """Add ?size and ?lang to every link but those to files, while they are on."""
    if endpoint == "static" or not request:
        return
    if "size" not in values and type_size() == "large":
        values["size"] = "large"
    if "lang" not in values and language() != "zh":
        values["lang"] = language()
    for name in ("size", "lang"):
        if values.get(name) in {"normal", "zh"}:
            values.pop(name)


def _context() -> dict[str, Any]:
    return {"language": language(), "type_size": type_size(), "public_url": current_app.config["PUBLIC_URL"]}


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month(value: Period | str) -> str:
    """Return a month (Period, or yyyy-mm) in words: 2026年9月; English: Sep 2026."""
    return span(Span.parse(str(value)))


def span(value: Span | str) -> str:
    """Return a stretch of days (Span, or as it is written) in words: 2026年第3季度; English: Q3 2026."""
    found = Span.parse(value) if isinstance(value, str) else value
    return _english_span(found) if language() == "en" else found.words


def _english_span(value: Span) -> str:
    first, year = value.first_day, value.first_day.year
    if value.cadence is Cadence.EVENT:
        return day(first)
    if value.cadence is Cadence.MONTH:
        return f"{MONTHS[first.month - 1]} {year}"
    if value.cadence is Cadence.QUARTER:
        return f"Q{first.month // 3 + 1} {year}"
    if value.cadence is Cadence.HALF_YEAR:
        return f"{'first' if first.month == 1 else 'second'} half of {year}"
    return str(year)


def day(value: date | datetime | None, form: str = "full") -> str:
    """Return a day in words: full 2026年9月3日, short 9月3日; English: 3 Sep 2026, 3 Sep."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = china_day(value)
    if language() == "en":
        return f"{value.day} {MONTHS[value.month - 1]}" + (f" {value.year}" if form == "full" else "")
    return (f"{value.year}年" if form == "full" else "") + f"{value.month}月{value.day}日"


def written(text: str, kind: ColumnKind) -> str:
    """Return a posted cell as people write it: 2026年9月3日, 2026年9月; all else, and what is masked, as it is."""
    if kind is ColumnKind.DATE and DAY_AS_KEPT.fullmatch(text):
        return day(date.fromisoformat(text))
    if kind is ColumnKind.MONTH and MONTH_AS_KEPT.fullmatch(text):
        return month(text)
    return text


def moment(value: datetime | None) -> str:
    """Return an instant in Chinese time to the minute: 10月8日 09:30."""
    if value is None:
        return ""
    return f"{day(value, 'short')} {value.astimezone(CHINA):%H:%M}"
