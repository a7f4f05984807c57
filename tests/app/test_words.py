"""The English catalog: complete, with the gaps of the source, and enough for pages without own Chinese words."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from app.words import day, moment, month, written
from publicity.categories.contents import ColumnKind
from publicity.ledgers.charts import read_charts
from scripts.words import catalog, collected, is_translated
from tests.publicity.workflow.stage import STONE
from village_lists.amounts import yuan
from village_lists.periods import Period
from village_lists.rulebook.catalog import catalog as catalog_of_rules


def forms(words: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return the forms of a message: one, or singular and plural."""
    return (words,) if isinstance(words, str) else tuple(words)


VILLAGE = f"/v/{STONE}"
GAP = re.compile(r"%\(\w+\)[sd]")
HAN = re.compile(r"[\u4e00-\u9fff]+")
FULL_WIDTH = re.compile(r"[\u3001\u3002\u300c-\u300f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]")
SPOKEN_OF = ("aria-label", "title", "placeholder", "alt")
# What an English sentence quotes because it stands so in the clerk's own workbook.
QUOTED = re.compile(r"“[^”]*”|[\d%(year)s]*年[\w%()]*|日期, 凭证号, 摘要, 收入, 支出|柒万零伍佰元整|上石村")
PUBLIC = [
    "/",
    "/?name=上石",
    "/?name=没有",
    "/q/",
    "/account/sign-in",
    VILLAGE,
    f"{VILLAGE}/powers",
    f"{VILLAGE}/powers/A08",
    f"{VILLAGE}/powers/changes",
    f"{VILLAGE}/powers/A08/money",
    f"{VILLAGE}/prohibitions",
    f"{VILLAGE}/records",
    f"{VILLAGE}/records/1",
    f"{VILLAGE}/records/1/versions/1",
    f"{VILLAGE}/accounts/2026-08",
    f"{VILLAGE}/accounts/2026-08/collective",
]
DESK = [
    ("clerk", "/desk/{village}"),
    ("clerk", "/desk/{village}/uploads/new"),
    ("clerk", "/desk/{village}/uploads/{desk.upload}"),
    ("clerk", "/desk/{village}/balances/new"),
    ("clerk", "/desk/{village}/posters"),
    ("clerk", "/desk/{village}/versions/{desk.returned}"),
    ("head", "/desk/{village}"),
    ("head", "/desk/{village}/versions/{desk.submitted}"),
    ("head", "/desk/{village}/versions/{desk.submitted}/preview"),
    ("secretary", "/desk/{village}/versions/{desk.approved}"),
    ("auditor", "/audit/330299101/accounts"),
    ("auditor", "/audit/330299101/lists"),
    ("clerk", "/desk/{village}/list"),
    ("steward", "/county/330299/lists"),
    ("steward", "/county/330299/lists/330299/sample-36/1"),
    ("steward", "/county/330299/lists/330299/sample-36/1/items/A04"),
    ("steward", "/county/330299/lists/330299/sample-36/1/procedures/04-works-small"),
    ("steward", "/county/330299/lists/330299/sample-36/adoptions"),
]
LONG_ENOUGH = 4
SOURCES = {words for message in catalog("en") if message.id for words in forms(message.id)}
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))


def entries():
    """Return every message of the English catalog as (source forms, English forms)."""
    for message in catalog("en"):
        if message.id:
            assert is_translated(message), message.id
            yield message, forms(message.id), forms(message.string or "")


class Spoken(HTMLParser):
    """Collects what a page says: its text and the attributes that are read aloud, drawings apart."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the spoken attributes and the addresses."""
        if tag in {"svg", "style", "script"}:
            self.inside.append(tag)
        if self.inside:
            return
        named = dict(attrs)
        self.said += [named[name] or "" for name in SPOKEN_OF if name in named]
        if tag in {"a", "form"}:
            self.links.append(named.get("href") or named.get("action") or "")

    def handle_endtag(self, tag: str) -> None:
        """Leave a drawing."""
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        """Take a piece of text."""
        if not self.inside and data.strip():
            self.said.append(data.strip())


def spoken(html: str) -> Spoken:
    """Read a page."""
    reader = Spoken()
    reader.feed(html)
    return reader


def data_of(town) -> list[str]:
    """Return every text that the village's database holds, the longest first."""
    found: set[str] = set()
    for rows in town.rows().values():
        for row in rows:
            for value in row:
                found.update(_texts(value))
    return sorted(found, key=lambda words: (-len(words), words))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value[:1] in {"[", "{", '"'}:
            yield from _texts_of_json(json.loads(value))
        elif HAN.search(value):
            yield value


def _texts_of_json(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _texts_of_json(one)
    elif isinstance(value, str) and HAN.search(value):
        yield value


def words_of_files() -> list[str]:
    """Return what the data files name: rules with what they allow, accounts. The county may write others."""
    entries = catalog_of_rules().entries
    allowed = [name for entry in entries for name in (entry.allowed or {}).values()]
    accounts = [account.name for chart in read_charts().charts.values() for account in chart.accounts]
    return [*(entry.name for entry in entries), *allowed, *accounts]


def own_chinese(said: list[str], data: list[str]) -> set[str]:
    """Return the Chinese that a page says and that does not come out of the database."""
    whole = "\n".join(data)
    left: set[str] = set()
    for words in said:
        rest = words
        # Short words of the data (公开, 账目) are part of the program's own sentences too.
        for known in (known for known in data if len(known) >= LONG_ENOUGH):
            rest = rest.replace(known, " ")
        # A name shortened for privacy (张*) is what is left of one in the data.
        left.update(run for run in HAN.findall(rest) if run not in whole)
    return left | (set(said) & SOURCES - set(data))


def test_the_catalog_has_exactly_the_words_of_the_program():
    assert {message.id for message in collected() if message.id} == {message.id for message, *_ in entries()}


def test_no_entry_is_fuzzy_and_every_plural_has_twoforms():
    for message, _source, english in entries():
        assert not message.fuzzy, message.id
        assert len(english) == (2 if message.pluralizable else 1), message.id


def test_the_gaps_are_those_of_the_source():
    for message, source, english in entries():
        for form in english:
            assert sorted(set(GAP.findall(form))) == sorted(set(GAP.findall(source[0]))), message.id
            assert "%" not in GAP.sub("", form), message.id


def test_english_is_english():
    for message, _source, english in entries():
        for form in english:
            plain = QUOTED.sub("", form)
            assert not HAN.search(plain), message.id
            assert not FULL_WIDTH.search(plain), message.id


def test_two_sentences_that_differ_in_chinese_are_not_left_as_they_are():
    assert not [message.id for message, source, english in entries() if HAN.search(source[0]) and source == english]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_have_no_chinese_of_their_own(town, path):
    answer = town.visitors["anonymous"].get(f"{path}{'&' if '?' in path else '?'}lang=en")
    assert answer.status_code == 200
    known = [*data_of(town), *words_of_files(), "中文", "没有"]
    assert own_chinese(spoken(answer.text).said, known) == set()


@pytest.mark.parametrize(("who", "path"), DESK)
def test_pages_of_officials_have_no_chinese_of_their_own(town, who, path):
    answer = town.visitors[who].get(path.format(village=STONE, desk=town.desk) + "?lang=en")
    assert answer.status_code == 200
    assert own_chinese(spoken(answer.text).said, [*data_of(town), *words_of_files(), "中文"]) == set()


def test_what_is_wrong_is_said_in_english(town):
    visitor = town.visitors["anonymous"]
    for answer in (
        visitor.get("/q/AAAAAAA?lang=en"),
        visitor.get("/nothing?lang=en"),
        visitor.post("/account/sign-in?lang=en", {"name": "", "password": ""}),
        visitor.post("/account/sign-in?lang=en", {"name": "nobody", "password": "wrong"}),
        visitor.post("/account/sign-in?lang=en", {"name": "nobody" * 20, "password": "wrong"}),
    ):
        assert answer.status_code >= 400
        assert own_chinese(spoken(answer.text).said, ["中文", "上石村"]) == set()


def test_chinese_is_found_where_it_stands(town):
    said = spoken(town.visitors["anonymous"].get(VILLAGE).text).said
    assert {"公开过的全部内容", "每个月的账目"} <= own_chinese(said, data_of(town))


@pytest.mark.parametrize("path", PUBLIC)
def test_every_link_of_an_english_page_stays_english(town, path):
    answer = town.visitors["anonymous"].get(f"{path}{'&' if '?' in path else '?'}lang=en")
    links = [link for link in spoken(answer.text).links if link.startswith("/")]
    # Only the switch back to Chinese leaves English.
    assert len([link for link in links if "lang=en" not in link]) == 1
    assert len(links) > 1


@given(on=DAYS)
def test_days_and_months_are_those_of_babel(built_town, on):
    with built_town.app.test_request_context("/"):
        assert day(on) == format_date(on, "long", locale="zh_Hans_CN")
        assert day(on, "short") == format_skeleton("MMMd", on, locale="zh_Hans_CN")
        assert month(Period.of(on)) == format_skeleton("yMMM", on, locale="zh_Hans_CN")
    with built_town.app.test_request_context("/?lang=en"):
        assert day(on) == format_date(on, "d MMM y", locale="en")
        assert day(on, "short") == format_date(on, "d MMM", locale="en")
        assert month(f"{on:%Y-%m}") == format_skeleton("yMMM", on, locale="en")


def test_an_instant_is_told_in_chinese_time(built_town):
    late = datetime(2026, 9, 30, 16, 5, tzinfo=UTC)
    with built_town.app.test_request_context("/"):
        assert (moment(late), day(late)) == ("10月1日 00:05", "2026年10月1日")
    with built_town.app.test_request_context("/?lang=en"):
        assert (moment(late), day(late)) == ("1 Oct 00:05", "1 Oct 2026")


def test_nothing_is_said_of_no_day(built_town):
    with built_town.app.test_request_context("/?lang=en"):
        assert day(None) == moment(None) == ""


@given(fen=st.integers(min_value=-(10**13), max_value=10**13))
def test_amounts_are_those_of_babel_in_both_languages(fen):
    for locale in ("zh_Hans_CN", "en"):
        assert yuan(fen) == format_decimal(Decimal(fen) / 100, "#,##0.00", locale=locale)


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("2026-09-03", ColumnKind.DATE, "2026年9月3日"),
        ("2026-09", ColumnKind.MONTH, "2026年9月"),
        ("2026-09-03", ColumnKind.TEXT, "2026-09-03"),
        ("", ColumnKind.DATE, ""),
        ("＊", ColumnKind.DATE, "＊"),
    ],
)
def test_a_posted_day_stands_as_people_write_it(text, kind, told):
    assert written(text, kind) == told
