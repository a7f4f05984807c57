"""The catalog of rules: read whole, its mistakes told by line; values read, checked and told."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from village_lists.errors import Refusal
from village_lists.library.load import read_library
from village_lists.places.models import Level
from village_lists.rulebook.catalog import DATA, GROUPS, RuleKey, Unit, catalog
from village_lists.rulebook.keyfile import CatalogUnreadable
from village_lists.rulebook.values import problem_of, read_value, told, written


def key(name: str) -> RuleKey:
    """Return what the catalog says of a rule that it knows."""
    entry = catalog().entry(name)
    assert entry is not None
    return entry


def spoken(entry: RuleKey, value: object) -> str:
    """Return a value in words."""
    words, values = told(entry, value)
    return words % values


def test_every_row_that_ships_fits_the_catalog():
    for row in read_library().rules:
        entry = catalog().entry(row.key)
        assert entry is not None, f"{row.key} is not in the catalog"
        assert (entry.unit.value, row.level in entry.levels) == (row.unit.value, True), row.key
        value = list(row.value) if isinstance(row.value, tuple) else row.value
        assert problem_of(entry, value) is None, row.key


def test_every_rule_has_a_group_and_every_group_rules():
    assert {entry.group for entry in catalog().entries} == set(GROUPS)


def test_a_name_in_full_comes_before_its_family():
    assert key("display.days.relief").name == "救助公示的天数"
    assert key("display.days.own").name == "own：另定的公示天数"
    assert key("amounts.mine").unit == Unit.FEN
    assert key("decision_body.members.favour").name == "成员大会：同意多少才通过"
    assert catalog().entry("decision_body.strangers.favour") is None
    assert catalog().entry("amounts") is None


@pytest.mark.parametrize(
    ("old", "new", "told", "stands"),
    [
        (
            "  unit: order\n  used_for: 账目提交以后",
            "  unit: odrer\n  used_for: 账目提交以后",
            "「unit」不能是「odrer」",
            "  unit: odrer",
        ),
        (
            "  first: clerk.submit\n  may_lack: [township.endorse]\n- key: review.order.party",
            "  first: clerk.send\n  may_lack: [township.endorse]\n- key: review.order.party",
            "「clerk.send」不在可以填的词里",
            "  first: clerk.send",
        ),
        ("- key: quotes.least\n", "- key: display.days\n", "「display.days」写了两次", "- key: display.days"),
        ("- key: quotes.least\n", "- kye: quotes.least\n", "不认识「kye」这一项", "- kye: quotes.least"),
        ("  most: 20\n", "  most: 0\n", "「quotes.least」的最多小于最少", "  most: 0"),
        ("  most: 20\n", "  most: 二十\n", "「most」应当是整数", "  most: 二十"),
        (
            "- key: decision.major\n",
            "- not_below: national\n  key: decision.major\n",
            "不能比大小",
            "- not_below: national",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str, stands: str) -> None:
    """File and line stand before what is wrong."""
    text = DATA.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file = tmp_path / "keys.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CatalogUnreadable) as refusal:
        catalog(file)
    (found,) = [problem for problem in refusal.value.problems if told in str(problem)]
    assert str(found).startswith(f"keys.yaml:{found.line}：")
    assert file.read_text(encoding="utf-8").splitlines()[found.line - 1] == stands


def test_what_is_no_list_is_told(tmp_path):
    for content in ("a: 1\n", "- [\n", "- 1\n"):
        file = tmp_path / f"{len(content)}{content[0]}.yaml"
        file.write_text(content, encoding="utf-8")
        with pytest.raises(CatalogUnreadable):
            catalog(file)


@pytest.mark.parametrize(
    ("name", "texts", "value", "words"),
    [
        ("display.days", ["２０天"], 20, "20 天"),
        ("due.finance.monthly.day", ["8"], 8, "8 日"),
        ("amounts.works.micro.below", ["1.5万元"], 1_500_000, "15,000.00 元"),
        ("amounts.works.micro.below", ["10,000.50"], 1_000_050, "10,000.50 元"),
        ("decision_body.villagers.present", ["过半数"], ">1/2", "过半数"),
        ("decision_body.villagers.present", ["5/6"], "5/6", "5/6 以上"),
        ("decision.major", ["siyi"], "siyi", "四议两公开"),
        ("adaptation.own_items", ["0"], 0, "不可以"),
        ("adaptation.step_fields", ["actor", "limit_days"], ["actor", "limit_days"], "谁来办、时限"),
        ("adaptation.step_fields", [], [], "没有"),
        (
            "calendar.days_off",
            ["2026-10-01至2026-10-03\n2026-05-01"],
            ["2026-05-01", "2026-10-01", "2026-10-02", "2026-10-03"],
            "4 天：2026-05-01、2026-10-01至2026-10-03",
        ),
        (
            "review.order",
            ["clerk.submit", "secretary.confirm", "supervision.approve"],
            ["clerk.submit", "secretary.confirm", "supervision.approve"],
            "报账员提交 → 村党组织书记签发 → 村务监督委员会审核",
        ),
    ],
)
def test_a_value_is_read_and_told(name: str, texts: list[str], value: object, words: str) -> None:
    """As a steward writes it, and as the page says it."""
    found = read_value(key(name), texts)
    assert (found, problem_of(key(name), found), spoken(key(name), found)) == (value, None, words)


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("display.days", ["两周"]),
        ("display.days", ["15.5"]),
        ("display.days", [""]),
        ("amounts.works.micro.below", ["-5"]),
        ("amounts.works.micro.below", ["10.005"]),
        ("decision_body.villagers.present", ["150%"]),
        ("calendar.days_off", ["2026-02-30"]),
        ("calendar.days_off", ["2026-10-07至2026-10-01"]),
    ],
)
def test_what_cannot_be_read_is_refused(name: str, texts: list[str]) -> None:
    """Nothing is guessed."""
    with pytest.raises(Refusal):
        read_value(key(name), texts)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("display.days", 0),
        ("display.days", 400),
        ("display.days", "15"),
        ("display.days", True),
        ("due.finance.monthly.day", 32),
        ("decision.major", "liuyi"),
        ("decision.major", ["wuyi"]),
        ("review.order", ["clerk.submit", "supervision.approve"]),
        ("review.order", ["supervision.approve", "clerk.submit", "secretary.confirm"]),
        ("adaptation.step_fields", ["actor", "actor"]),
        ("adaptation.step_fields", "actor"),
        ("calendar.days_off", ["2026-13-01"]),
        ("decision_body.villagers.present", "3/2"),
    ],
)
def test_what_does_not_fit_is_told(name: str, value: object) -> None:
    """Bounds, unit, allowed words, order."""
    assert problem_of(key(name), value) is not None
    assert spoken(key(name), value), "even what is wrong can be shown"


@given(value=some.integers(100, 10**12))
def test_an_amount_comes_back_from_the_form(value):
    entry = key("amounts.works.micro.below")
    assert read_value(entry, written(entry, value)) == value


@given(days=some.lists(some.dates(date(2026, 1, 1), date(2026, 12, 31)), min_size=1, max_size=40, unique=True))
def test_days_come_back_from_the_form(days):
    entry = key("calendar.days_off")
    value = sorted(day.isoformat() for day in days)
    assert read_value(entry, written(entry, value)) == value


def test_a_long_holiday_comes_back_too():
    entry = key("calendar.days_off")
    value = [(date(2026, 1, 1) + timedelta(days=day)).isoformat() for day in range(60)]
    assert read_value(entry, written(entry, value)) == value


def test_national_rows_are_for_the_state_to_set():
    assert key("decision_body.members.body").levels == (Level.NATIONAL, Level.PROVINCE)
