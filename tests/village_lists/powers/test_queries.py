"""Which list is in force, its classes, its shared charts."""

from datetime import date

import pytest

from tests.factories import at, make_place_tree
from tests.village_lists.powers.lists import adopt, make_version
from village_lists.powers.models import Rollout
from village_lists.powers.pages import branches_of, other_uses, searchables_of, steps_named
from village_lists.powers.queries import (
    adoption_of,
    graph_of,
    item_by_code,
    item_line,
    items_of,
    offered_version,
    pending_adoption,
)


@pytest.fixture
def places(session):
    """Return the places."""
    return make_place_tree(session)


@pytest.fixture
def version(session, places):
    """Return a small list of the county, a draft."""
    return make_version(session, place=places.county)


def test_only_a_confirmed_adoption_counts(session, places, version):
    later = make_version(session, place=places.county, slug="later")
    first = adopt(session, village=places.stone, version=version)
    waiting = adopt(session, village=places.stone, version=later, held_on=date(2026, 6, 1), is_confirmed=False)
    assert adoption_of(session, village=places.stone) is first
    assert pending_adoption(session, village=places.stone) is waiting
    waiting.confirmed_at = at(date(2026, 6, 2))
    session.flush()
    assert adoption_of(session, village=places.stone) is waiting
    assert pending_adoption(session, village=places.stone) is None


def test_a_draft_that_was_rolled_out_is_not_offered(session, places, version):
    rollout = Rollout(
        version_id=version.id,
        township_id=places.township.id,
        adopt_by=date(2026, 12, 31),
        asked_by_id=None,
        asked_at=at(date(2026, 10, 1)),
    )
    session.add(rollout)
    session.flush()
    assert offered_version(session, village=places.stone) is None


def test_items_stand_under_classes_of_any_depth(session, version):
    branches = branches_of(session, version_id=version.id)
    assert [(branch.name, branch.count, branch.depth) for branch in branches] == [("村里的事", 2, 0), ("便民", 1, 0)]
    works = branches[0].branches[0]
    assert ([item.code for item in works.items], works.branches[0].items[0].code) == (["R2"], "R1")
    assert works.branches[0].items[0].path == ("村里的事", "工程", "道路")
    assert [item.code for item in items_of(session, version_id=version.id)] == ["R1", "R2", "H1"]


def test_one_item_as_a_list_shows_it(session, version):
    line = item_line(session, version_id=version.id, code="H1")
    assert (line.name, line.category, line.group) == ("开证明", "便民", "便民")
    assert item_line(session, version_id=version.id, code="H9") is None


def test_the_search_reads_what_an_item_says(session, version):
    found = {entry.code: entry for entry in searchables_of(session, version_id=version.id)}
    assert found["R1"].keywords == ("铺路",)
    assert found["R1"].category == ("村里的事", "工程", "道路")


def test_a_shared_chart_names_the_other_items(session, version):
    item = item_by_code(session, version_id=version.id, code="R1")
    assert item is not None
    others = other_uses(session, item=item)
    assert {slug: [use.code for use in uses] for slug, uses in others.items()} == {"long": ["R2"]}


def test_a_graph_says_when_a_posting_is_due(session, version):
    item = item_by_code(session, version_id=version.id, code="R1")
    assert [procedure.slug for procedure in item.procedures] == ["short", "long"]
    posting = graph_of(item.procedures[0]).nodes[1].posting
    assert (posting.what, posting.when, posting.days) == ("结果", "办完当天", 7)


def test_steps_are_found_by_item_and_key(session, version):
    found = steps_named(session, version_id=version.id, steps={("R1", "do"), ("R1", "gone"), ("H1", "do")})
    assert {key: (place.title, place.slug) for key, place in found.items()} == {("R1", "do"): ("动手修", "short")}
