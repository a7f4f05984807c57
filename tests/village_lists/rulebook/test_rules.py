"""The rule book: the nearest valid row wins."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.publicity.workflow.stage import SINCE, set_stage
from village_lists.errors import Refusal
from village_lists.places.models import Level
from village_lists.rulebook.models import RuleRow
from village_lists.rulebook.queries import rule
from village_lists.rulebook.rules import NEARNESS, nearest

DAY = date(2026, 9, 1)
days = some.dates(date(2026, 8, 25), date(2026, 9, 8))
rows = some.builds(
    RuleRow,
    key=some.just("display.days"),
    level=some.sampled_from(Level),
    value=some.just({"value": 1}),
    valid_from=days,
    valid_until=some.none() | days,
)


@given(some.lists(rows, max_size=8))
def test_the_nearest_valid_row_wins(found):
    valid = [row for row in found if row.valid_from <= DAY and (row.valid_until is None or row.valid_until >= DAY)]
    best = nearest(found, on=DAY)
    assert (best is None) == (not valid)
    for row in valid:
        assert (NEARNESS.index(best.level), best.valid_from) >= (NEARNESS.index(row.level), row.valid_from)


def row(stage, value, *, level, place=None, since=SINCE, until=None):
    """Write a row of the rule book."""
    stage.session.add(
        RuleRow(
            key="display.days",
            level=level,
            place_id=place,
            value={"value": value},
            valid_from=since,
            valid_until=until,
            basis="示例，待当地确认",
        )
    )
    stage.session.flush()


def test_a_village_may_hang_it_longer(session):
    stage = set_stage(session)
    row(stage, 10, level=Level.NATIONAL)
    assert rule(session, key="display.days", place=stage.village, on=DAY).value == 15
    row(stage, 30, level=Level.VILLAGE, place=stage.village.id)
    answer = rule(session, key="display.days", place=stage.village, on=DAY)
    assert (answer.value, answer.level, answer.place, answer.basis) == (30, Level.VILLAGE, "上石村", "示例，待当地确认")


def test_a_rule_of_another_village_does_not_count(session):
    stage = set_stage(session)
    row(stage, 30, level=Level.VILLAGE, place=stage["elsewhere"].posts[0].place_id)
    assert rule(session, key="display.days", place=stage.village, on=DAY).value == 15


def test_a_rule_counts_from_its_first_to_its_last_day(session):
    stage = set_stage(session)
    row(stage, 30, level=Level.VILLAGE, place=stage.village.id, since=DAY, until=DAY)
    found = [rule(session, key="display.days", place=stage.village, on=date(2026, 9, day)).value for day in (1, 2)]
    assert [*found, rule(session, key="display.days", place=stage.village, on=date(2026, 8, 31)).value] == [30, 15, 15]


def test_where_nothing_is_ruled_it_says_so(session):
    stage = set_stage(session)
    with pytest.raises(Refusal, match=r"display\.nothing"):
        rule(session, key="display.nothing", place=stage.village, on=DAY)
