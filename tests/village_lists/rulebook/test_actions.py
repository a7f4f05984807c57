"""Changes of the rule book: two people, never backwards, never below what the state asks for."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.village_lists.rulebook.stewards import NOW, SINCE, TODAY, County, set_county
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.places.models import BodyKind, Level
from village_lists.rulebook.actions import accept_change, propose_change, refuse_change, withdraw_change
from village_lists.rulebook.models import ChangeState, RuleRow
from village_lists.rulebook.queries import decision_rule, rule

DECEMBER = date(2026, 12, 1)


@pytest.fixture
def county(session: Session) -> County:
    """Return the county with its stewards."""
    return set_county(session)


def value_on(county: County, key: str, on: date) -> object:
    """Return what holds in 上石村 on a day."""
    return rule(county.session, key=key, place=county.places.stone, on=on).value


def rows_saying(county: County, value: object) -> list[RuleRow]:
    """Return the rows of the book with this value."""
    return [row for row in county.session.scalars(select(RuleRow)) if row.value["value"] == value]


def test_a_change_counts_from_its_first_day(county):
    county.row("display.days", 20, place=county.places.county)
    row = county.accepted("display.days", 30)
    assert row is not None
    assert [value_on(county, "display.days", day) for day in (TODAY, date(2026, 11, 30), DECEMBER)] == [20, 20, 30]
    (former,) = rows_saying(county, 20)
    assert former.valid_until == date(2026, 11, 30)


def test_until_it_is_accepted_nothing_changes(county):
    change = county.proposed("display.days", 30)
    assert change.state == ChangeState.PROPOSED
    assert value_on(county, "display.days", DECEMBER) == 15


def test_who_proposed_it_does_not_accept_it(county):
    change = county.proposed("display.days", 30)
    with pytest.raises(NotAllowed, match="另一位"):
        accept_change(county.session, change=change, by=county.shen, now=NOW)
    with pytest.raises(NotAllowed):
        refuse_change(county.session, change=change, by=county.shen, now=NOW, note="不要")
    assert value_on(county, "display.days", DECEMBER) == 15


@pytest.mark.parametrize("who", ["stranger", "clerk"])
def test_only_stewards_of_the_county_change_its_rules(county: County, who: str) -> None:
    """A steward of elsewhere and a clerk may neither propose nor accept."""
    person = getattr(county, who)
    with pytest.raises(NotAllowed, match="本县的管理员"):
        propose_change(county.session, proposal=county.proposal("display.days", 30), by=person, now=NOW)
    change = county.proposed("display.days", 30)
    with pytest.raises(NotAllowed, match="本县的管理员"):
        accept_change(county.session, change=change, by=person, now=NOW)


def test_a_steward_whose_term_is_over_changes_nothing(county):
    county.lin.posts[0].ends_on = TODAY - timedelta(days=1)
    change = county.proposed("display.days", 30)
    with pytest.raises(NotAllowed):
        accept_change(county.session, change=change, by=county.lin, now=NOW)


def test_what_was_decided_is_not_decided_again(county):
    change = county.proposed("display.days", 30)
    accept_change(county.session, change=change, by=county.lin, now=NOW)
    for deed in (accept_change, withdraw_change):
        with pytest.raises((Stale, NotAllowed)):
            deed(county.session, change=change, by=county.lin if deed is accept_change else county.shen, now=NOW)
    assert change.state == ChangeState.ACCEPTED
    assert len(rows_saying(county, 30)) == 1


def test_a_refusal_says_why(county):
    change = county.proposed("display.days", 30)
    with pytest.raises(Refusal, match="原因"):
        refuse_change(county.session, change=change, by=county.lin, now=NOW, note=" ")
    refuse_change(county.session, change=change, by=county.lin, now=NOW, note="太长")
    assert (change.state, change.decision_note, change.decided_by) == (ChangeState.REFUSED, "太长", county.lin)


def test_who_proposed_it_may_take_it_back(county):
    change = county.proposed("display.days", 30)
    with pytest.raises(NotAllowed, match="提出的人"):
        withdraw_change(county.session, change=change, by=county.lin, now=NOW)
    withdraw_change(county.session, change=change, by=county.shen, now=NOW)
    assert (change.state, change.decided_by) == (ChangeState.WITHDRAWN, None)


REFUSED = [
    ("display.days", 30, {"valid_from": TODAY - timedelta(days=1)}, "最早从今天"),
    ("display.days", 30, {"valid_until": date(2026, 11, 30)}, "最后一天早于第一天"),
    ("display.days", 14, {}, "不能低于上级规定的 15"),
    ("display.days", 0, {}, "要在 1 到 365 之间"),
    ("display.days", "20", {}, "要填一个整数"),
    ("display.days", ["20"], {}, "要填一个整数"),
    ("display.days", 20, {"basis": " "}, "请写依据"),
    ("display.nights", 20, {}, "规则目录里没有"),
    ("decision_body.members.body", "committee", {}, "不能在这一级设定"),
    ("decision.major", "liuyi", {}, "没有「liuyi」这个选择"),
    ("review.order", ["clerk.submit", "secretary.confirm"], {}, "每一步都要有"),
]


@pytest.mark.parametrize(("key", "value", "about", "told"), REFUSED)
def test_what_does_not_belong_into_the_book_is_refused(
    county: County, key: str, value: int, about: dict[str, object], told: str
) -> None:
    """With a sentence that says what is wrong."""
    with pytest.raises(Refusal, match=told):
        county.proposed(key, value, **about)


def test_a_village_may_not_set_what_is_the_countys(county):
    with pytest.raises(Refusal, match="这一级"):
        county.proposed("decision.major", "siyi", place=county.places.stone)


def test_a_county_may_not_ask_for_fewer_people_than_the_law(county):
    county.row("decision_body.villagers.present", ">1/2")
    with pytest.raises(Refusal, match="不能低于上级规定的 >1/2"):
        county.proposed("decision_body.villagers.present", "1/2")
    assert county.accepted("decision_body.villagers.present", "2/3")


def test_a_county_may_not_count_fewer_than_the_law_counts(county):
    county.row("decision_body.members.favour_of", "due")
    with pytest.raises(Refusal, match="不能低于"):
        county.proposed("decision_body.members.favour_of", "present")


def test_a_deadline_of_the_province_is_not_stretched(county):
    county.row("due.major.days", 5, level=Level.PROVINCE)
    with pytest.raises(Refusal, match="不能超过上级规定的 5"):
        county.proposed("due.major.days", 6)
    assert county.accepted("due.major.days", 4)


def test_a_sample_needs_no_basis(county):
    assert county.accepted("display.days", 20, basis="", is_sample=True)


def test_two_rows_do_not_begin_on_one_day(county):
    county.accepted("display.days", 20)
    with pytest.raises(Refusal, match="已有一行"):
        county.proposed("display.days", 25)


def test_what_waited_too_long_is_not_accepted_backwards(county):
    change = county.proposed("display.days", 20, valid_from=TODAY)
    with pytest.raises(Refusal, match="最早从今天"):
        accept_change(county.session, change=change, by=county.lin, now=NOW + timedelta(days=1))
    assert value_on(county, "display.days", TODAY) == 15


def test_a_minimum_that_rose_meanwhile_counts(county):
    change = county.proposed("display.days", 20)
    county.row("display.days", 25, since=TODAY)
    with pytest.raises(Refusal, match="不能低于上级规定的 25"):
        accept_change(county.session, change=change, by=county.lin, now=NOW)


def test_what_is_for_a_while_gives_way_again(county):
    county.row("display.days", 20, place=county.places.county)
    county.accepted("display.days", 40, valid_until=date(2026, 12, 31))
    days = (date(2026, 11, 30), DECEMBER, date(2026, 12, 31), date(2027, 1, 1))
    assert [value_on(county, "display.days", day) for day in days] == [20, 40, 40, 20]


def test_a_township_may_give_up_its_own_rule(county):
    county.row("display.days", 30, place=county.places.township)
    assert county.accepted("display.days", None, place=county.places.township, valid_until=TODAY) is None
    assert [value_on(county, "display.days", day) for day in (TODAY, TODAY + timedelta(days=1))] == [30, 15]


def test_nobody_is_left_without_a_rule(county):
    county.row("correction.days", 7, place=county.places.township)
    with pytest.raises(Refusal, match="上石村就没有这条规则了"):
        county.proposed("correction.days", None, place=county.places.township, valid_until=TODAY)
    with pytest.raises(Refusal, match="没有自己的规定"):
        county.proposed("display.days", None, place=county.places.stone, valid_until=TODAY)


def test_what_began_is_never_edited(county):
    """Row by row, the book before a change still stands after it; only the end of one row may come in."""
    county.row("display.days", 20, place=county.places.county)

    def kept() -> dict[int, tuple[object, ...]]:
        rows = county.session.scalars(select(RuleRow)).all()
        return {row.id: (row.key, row.level, row.place_id, row.value["value"], row.valid_from) for row in rows}

    before = kept()
    county.accepted("display.days", 30)
    after = kept()
    assert {number: after[number] for number in before} == before
    assert len(after) == len(before) + 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=some.lists(some.tuples(some.integers(0, 40), some.integers(15, 99)), min_size=1, max_size=5))
def test_days_gone_by_keep_their_values(county, steps):
    """However the county changes its mind, a day that has passed says what it said, and the last word holds."""
    savepoint = county.session.begin_nested()
    today, said = TODAY, {}
    for wait, value in steps:
        today += timedelta(days=wait + 1)
        said.update(
            {
                today - timedelta(days=back): value_on(county, "display.days", today - timedelta(days=back))
                for back in range(1, 4)
            }
        )
        now = NOW + (today - TODAY)
        proposal = county.proposal("display.days", value, valid_from=today)
        change = propose_change(county.session, proposal=proposal, by=county.shen, now=now)
        accept_change(county.session, change=change, by=county.lin, now=now)
        assert value_on(county, "display.days", today) == value
    assert {day: value_on(county, "display.days", day) for day in said} == said
    savepoint.rollback()
    county.session.expire_all()


def test_a_body_decides_by_the_rows_of_the_day(county):
    for part, value in {"body": "committee", "present": "2/3", "favour": ">1/2", "favour_of": "present"}.items():
        county.row(f"decision_body.representatives.{part}", value)
    county.accepted("decision_body.representatives.favour", "2/3", place=county.places.stone)
    places, session = county.places, county.session
    now = decision_rule(session, decision_body="representatives", place=places.stone, on=TODAY)
    then = decision_rule(session, decision_body="representatives", place=places.stone, on=DECEMBER)
    assert (str(now.rule.favour), str(then.rule.favour), now.rule.body) == (">1/2", "2/3", BodyKind.COMMITTEE)
    assert {answer.place for answer in then.answers} == {"", "上石村"}
    elsewhere = decision_rule(session, decision_body="representatives", place=places.field, on=DECEMBER)
    assert str(elsewhere.rule.favour) == ">1/2"
    with pytest.raises(Refusal, match=r"decision_body\.members\.favour"):
        decision_rule(session, decision_body="members", place=places.stone, on=TODAY)


def test_of_whom_nobody_has_to_come_nothing_is_said(county):
    for part, value in {"body": "collective", "favour": "2/3", "favour_of": "due"}.items():
        county.row(f"decision_body.members.{part}", value, since=SINCE)
    found = decision_rule(county.session, decision_body="members", place=county.places.stone, on=TODAY)
    assert found.rule.present is None


def test_to_end_a_row_never_makes_it_longer(county):
    row = county.accepted("display.days", 30, valid_until=date(2026, 12, 31))
    assert row is not None
    with pytest.raises(Refusal, match="到 2026-12-31 为止"):
        county.proposed("display.days", None, valid_from=DECEMBER, valid_until=date(2027, 6, 30))
    county.accepted("display.days", None, valid_from=DECEMBER, valid_until=date(2026, 12, 20))
    assert row.valid_until == date(2026, 12, 20)
