"""The rule book as it is read: groups, search, the chain of rows, what comes later."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy.orm import Session

from tests.village_lists.rulebook.stewards import TODAY, County, set_county
from village_lists.errors import Refusal
from village_lists.rulebook.models import RuleRow
from village_lists.rulebook.pages import Outcome, proposal_page, rule_book, rule_page, why
from village_lists.rulebook.queries import rule, rules_for, tables_around, villages_under


@pytest.fixture
def county(session: Session) -> County:
    """Return the county with its stewards."""
    return set_county(session)


def lines_of(county: County, **about: object) -> dict[str, tuple[object, ...]]:
    """Return key, group and value in words of every line."""
    known = {"place": county.places.stone, "on": TODAY}
    groups = rule_book(county.session, **{**known, **about})  # type: ignore[arg-type] # handed through
    return {
        line.key: (group.name, line.value[0] % dict(line.value[1]) if line.value else None, line.place)
        for group in groups
        for line in group.lines
    }


def test_every_rule_stands_in_its_group(county):
    county.row("display.days", 20, place=county.places.township)
    county.row("amounts.mine", 500_000, place=county.places.county)
    county.row("moon.phase", 3)
    found = lines_of(county)
    assert found["display.days"] == ("公示天数", "20 天", "松坪镇")
    assert found["amounts.mine"] == ("金额", "5,000.00 元", "宁川县")
    assert found["moon.phase"] == ("其他", "3", "")
    assert found["review.order"] == ("审核顺序", None, "")
    assert "decision_body.members.present" not in found


def test_words_find_rules(county):
    assert set(lines_of(county, search="至少在公开栏")) == {"display.days"}
    assert "decision_body.representatives.favour" in lines_of(county, search="村民代表 同意")
    assert not lines_of(county, search="月亮")


def test_a_county_sees_where_others_rule_themselves(county):
    places = county.places
    county.row("display.days", 20, place=places.township)
    county.row("display.days", 21, place=places.stone)
    county.row("display.days", 22, place=places.stone, since=date(2026, 2, 1))
    county.row("amounts.mine", 500, place=places.field)
    county.row("quotes.least", 3, place=places.field, until=TODAY - timedelta(days=1))
    groups = rule_book(county.session, place=places.county, on=TODAY)
    below = {line.key: line.below for group in groups for line in group.lines if line.below}
    assert below == {"display.days": 2, "amounts.mine": 1}


def test_of_a_body_everything_stands_together(county):
    keys = [key for key in lines_of(county) if key.startswith("decision_body.")]
    bodies = [key.split(".")[1] for key in keys]
    assert bodies == sorted(bodies, key=list(dict.fromkeys(bodies)).index)


def test_a_village_elsewhere_has_its_own_page(county):
    county.row("display.days", 20, place=county.places.stone)
    assert lines_of(county, place=county.places.field)["display.days"][1] == "15 天"


def test_a_list_may_name_its_own_amounts(county):
    county.row("amounts.mine", 500_000, place=county.places.county)
    assert "amounts.mine" in lines_of(county, search="零星工程", names={"amounts.mine": "零星工程的上限"})
    assert not lines_of(county, search="零星工程")


def test_the_chain_says_why(county):
    places = county.places
    county.row("display.days", 18, place=places.county, since=date(2026, 2, 1))
    county.row("display.days", 20, place=places.county, since=date(2026, 3, 1))
    county.row("display.days", 30, place=places.stone, since=TODAY + timedelta(days=9))
    county.row("display.days", 25, place=places.township, until=TODAY - timedelta(days=1))
    county.row("display.days", 99, place=places.field)
    found = [
        (link.place, link.value[1]["count"], link.outcome)
        for link in why(county.session, key="display.days", place=places.stone, on=TODAY)
    ]
    assert found == [
        ("上石村", 30, Outcome.COMING),
        ("松坪镇", 25, Outcome.ENDED),
        ("宁川县", 20, Outcome.WINS),
        ("宁川县", 18, Outcome.EARLIER),
        ("", 15, Outcome.FARTHER),
    ]


days = some.dates(TODAY - timedelta(days=5), TODAY + timedelta(days=5))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=some.lists(some.tuples(some.sampled_from(["county", "township", "stone", "field"]), days, days), max_size=6)
)
def test_the_chain_agrees_with_the_answer(county, rows):
    """What the chain calls the winner is what everybody else is given; every other row has its reason."""
    savepoint = county.session.begin_nested()
    for number, (where, one, other) in enumerate(rows):
        place = getattr(county.places, where)
        county.row("display.days", 20 + number, place=place, since=min(one, other), until=max(one, other))
    for village in (county.places.stone, county.places.field):
        links = why(county.session, key="display.days", place=village, on=TODAY)
        answer = rule(county.session, key="display.days", place=village, on=TODAY)
        table = rules_for(county.session, keys=["display.days"], places=[village])
        (winner,) = [link for link in links if link.outcome == Outcome.WINS]
        assert (winner.value[1]["count"], winner.place) == (answer.value, answer.place)
        assert table.answer(key="display.days", place=village, on=TODAY) == answer
        assert [link.outcome for link in links if link.valid_from > TODAY] == [
            Outcome.COMING for link in links if link.valid_from > TODAY
        ]
    savepoint.rollback()
    county.session.expire_all()


def test_one_rule_shows_who_differs_below_and_what_was_proposed(county):
    places = county.places
    county.row("display.days", 30, place=places.field)
    county.proposed("display.days", 40)
    page = rule_page(county.session, key="display.days", place=places.county, county=places.county, on=TODAY)
    assert [(link.place, link.value[1]["count"]) for link in page.below] == [("下田村", 30)]
    assert [change.value for change in page.changes] == [{"value": 40}]
    assert (page.starting_values, page.can_be_set, page.has_own_row) == (("15",), True, False)
    fixed = rule_page(
        county.session, key="decision_body.members.body", place=places.county, county=places.county, on=TODAY
    )
    assert not fixed.can_be_set
    assert rule_page(county.session, key="no.such", place=places.county, county=places.county, on=TODAY) is None


def test_a_proposal_is_seen_without_being_written(county):
    county.row("display.days", 20, place=county.places.county)
    before = county.session.query(RuleRow).count()
    page = proposal_page(county.session, proposal=county.proposal("display.days", 30))
    assert (page.before.value, page.after.value, page.former_ends_on) == (20, 30, date(2026, 11, 30))
    county.session.flush()
    assert county.session.query(RuleRow).count() == before
    assert rule(county.session, key="display.days", place=county.places.stone, on=date(2026, 12, 1)).value == 20


def test_the_book_as_it_would_be_is_the_book_as_it_becomes(county):
    county.row("display.days", 20, place=county.places.county)
    county.row("display.days", 50, place=county.places.field)
    villages = villages_under(county.session, place=county.places.county)
    assert [village.name for village in villages] == ["上石村", "下田村"]
    _before, after = tables_around(county.session, proposal=county.proposal("display.days", 30), places=villages)
    days = [TODAY, date(2026, 11, 30), date(2026, 12, 1), date(2027, 6, 1)]
    foreseen = [after.answer(key="display.days", place=village, on=day).value for village in villages for day in days]
    county.accepted("display.days", 30)
    found = [
        rule(county.session, key="display.days", place=village, on=day).value for village in villages for day in days
    ]
    assert foreseen == found == [20, 20, 30, 30, 50, 50, 50, 50]


def test_a_missing_rule_is_a_refusal_not_a_guess(county):
    with pytest.raises(Refusal):
        rule(county.session, key="reply.village.days", place=county.places.stone, on=TODAY)
