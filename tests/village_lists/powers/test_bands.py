"""Which chart for which amount, and which row of the rule book says so."""

from datetime import date

import pytest

from tests.factories import make_place_tree
from tests.village_lists.powers.lists import BAND, make_version
from village_lists.places.models import Level
from village_lists.powers.pages import bands_of
from village_lists.powers.queries import item_by_code
from village_lists.rulebook.models import RuleRow

TODAY = date(2026, 11, 22)


@pytest.fixture
def places(session):
    """Return the places."""
    return make_place_tree(session)


@pytest.fixture
def item(session, places):
    """Return the item with two charts."""
    version = make_version(session, place=places.county)
    found = item_by_code(session, version_id=version.id, code="R1")
    assert found is not None
    return found


def test_without_a_rule_the_suggestion_of_the_list_stands(session, places, item):
    bands = bands_of(session, item=item, place=places.stone, on=TODAY)
    assert (bands["short"].start, bands["short"].end.fen) == (None, 5_000_000)
    assert (bands["long"].start.fen, bands["long"].end) == (5_000_000, None)
    assert bands["short"].end.answer is None
    assert bands["short"].end.name == "小修的上限"


def test_the_rule_book_wins_and_says_why(session, places, item):
    for fen, level, place in ((3_000_000, Level.COUNTY, places.county), (4_000_000, Level.TOWNSHIP, places.township)):
        row = RuleRow(
            key=BAND, level=level, value={"value": fen}, valid_from=date(2026, 1, 1), place_id=place.id, basis="示例"
        )
        session.add(row)
    session.flush()
    limit = bands_of(session, item=item, place=places.stone, on=TODAY)["short"].end
    assert limit.fen == 4_000_000
    assert (limit.answer.level, limit.answer.place, limit.answer.basis) == (Level.TOWNSHIP, "松坪镇", "示例")


def test_an_item_without_bands_asks_for_nothing(session, places, item):
    other = item_by_code(session, version_id=item.version_id, code="R2")
    assert other is not None
    assert bands_of(session, item=other, place=places.stone, on=TODAY) == {}
