"""The eight classes of disclosure: what was said, what said that there was nothing, what is missing and when."""

from datetime import date

import pytest

from publicity.categories.library import enter_directory
from publicity.workflow.completeness import Said, completeness_of
from tests.factories import (
    make_list,
    make_people,
    make_place_tree,
    make_posting_draft,
    make_published_ledger,
    make_published_posting,
)
from village_lists.periods import Span

QUARTER = Span.parse("2026-Q1")
MARCH = (("2026-03-07", "支-001", "路灯维修", "亮美电器商行", 0, 50_000, ""),)


@pytest.fixture
def village(session):
    """Return the places and people of a village whose collective spent something in March."""
    places = make_place_tree(session)
    cast = make_people(session, places)
    make_list(session, villages=[places.stone])
    enter_directory(session, since=date(2026, 1, 1))
    make_published_ledger(session, body=places.collective, cast=cast, period="2026-03", lines=MARCH)
    return places, cast


def said(session, places, *, span=QUARTER, on=date(2026, 4, 20), body="collective") -> dict[str, Said]:
    """Return how each class of a body stands."""
    found = completeness_of(session, villages=[places.stone], span=span, on=on)
    return {standing.key: standing.said for one in found if one.body_kind == body for standing in one.classes}


def test_accounts_speak_for_the_side_that_moved_and_say_nil_for_the_other(session, village):
    places, _ = village
    found = said(session, places)
    assert found == {
        "plan": Said.RUNNING,
        "income": Said.NIL,
        "spending": Said.POSTED,
        "assets": Said.MISSING,
        "resources": Said.MISSING,
        "debts": Said.MISSING,
        "distribution": Said.RUNNING,
        "other": Said.NONE,
    }
    assert said(session, places, on=date(2026, 3, 31))["assets"] is Said.RUNNING
    assert said(session, places, on=date(2027, 1, 1))["plan"] is Said.MISSING
    assert said(session, places, span=Span.parse("2026-Q2"), on=date(2026, 7, 20))["spending"] is Said.MISSING
    assert said(session, places, span=Span.parse("2025-Q4"))["spending"] is Said.BEFORE


def test_a_posting_speaks_once_it_stands_published_and_only_in_its_time(session, village):
    places, cast = village
    choices = {"body": places.collective, "cast": cast, "span": "2026-Q1", "rows": (), "is_nil": True}
    make_posting_draft(session, code="finance.debts", **choices)
    make_published_posting(session, code="finance.assets", **choices)
    found = said(session, places)
    assert (found["debts"], found["assets"]) == (Said.MISSING, Said.NIL)
    assert said(session, places, span=Span.parse("2026-Q2"), on=date(2026, 7, 20))["assets"] is Said.MISSING


def test_the_committee_is_not_asked_for_what_is_the_collectives(session, village):
    places, _ = village
    found = said(session, places, body="committee")
    assert not {"assets", "resources", "distribution"} & found.keys()
    assert found["debts"] is Said.MISSING
