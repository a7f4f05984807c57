"""A negative line names the line it takes back: what is offered, what is refused, what residents read."""

import pytest

from publicity.ledgers.pages import accounts_page
from publicity.ledgers.queries import ledger_of
from publicity.ledgers.reversals import name_reversals, reversibles
from publicity.workflow.actions import approve, confirm, submit
from publicity.workflow.gates import gate_remarks
from tests.factories import make_draft, make_list, make_people, make_place_tree, make_published_ledger, seen
from village_lists.errors import NotAllowed, Refusal
from village_lists.periods import Period

OPENING = 1_000_000
MARCH = (
    ("2026-03-06", "支-041", "路灯维修", "亮美电器商行", 0, 118_000, ""),
    ("2026-03-07", "支-042", "村办公室电费", "国网松坪供电所", 0, 118_000, ""),
)
APRIL = (
    ("2026-04-09", "支-050", "路灯维修退款", "亮美电器商行", 0, -20_000, ""),
    ("2026-04-10", "支-051", "村办公室电费", "国网松坪供电所", 0, 40_000, ""),
)


@pytest.fixture
def april(session):
    """Return the draft of April, which takes part of a payment of March back, and who acts."""
    places = make_place_tree(session)
    cast = make_people(session, places)
    make_list(session, villages=[places.stone])
    body = places.collective
    make_published_ledger(session, body=body, cast=cast, period="2026-03", opening_fen=OPENING, lines=MARCH)
    version = make_draft(session, body=body, cast=cast, period="2026-04", opening_fen=OPENING - 236_000, lines=APRIL)
    return version, cast, places


def name(session, version, cast, named) -> None:
    """Name the lines as the clerk does."""
    name_reversals(session, version=version, named=named, revision=version.revision, by=cast.li, now=version.made_at)


def told(session, version) -> bool:
    """Say whether reviewers are told that nothing is named."""
    return any("冲回" in remark.words for remark in gate_remarks(session, version=version))


def test_what_fits_is_offered_named_and_read(session, april):
    version, cast, places = april
    entries = ledger_of(session, version=version).entries
    offered = reversibles(session, body=places.collective, period=Period(2026, 4), entries=entries)
    assert {line: [one.name for one in found] for line, found in offered.items()} == {1: ["2026-03/支-041"]}
    assert told(session, version)
    name(session, version, cast, {1: "2026-03/支-041"})
    assert not told(session, version)
    now = version.made_at
    submit(session, version=version, by=cast.li, now=now, seen=seen(version))
    with pytest.raises(NotAllowed):
        name(session, version, cast, {1: ""})
    approve(session, version=version, by=cast.yonggen, now=now, seen=seen(version))
    confirm(session, version=version, by=cast.chen, now=now, seen=seen(version))
    page = accounts_page(session, village=places.stone, body_kind="collective", period=Period(2026, 4))
    assert [(line.reverses_period, line.reverses_voucher) for line in page.lines] == [("2026-03", "支-041"), ("", "")]


@pytest.mark.parametrize("named", [{1: "2026-03/支-042"}, {1: "2026-03/支-999"}, {2: "2026-03/支-041"}])
def test_what_does_not_fit_is_refused(session, april, named):
    version, cast, _places = april
    with pytest.raises(Refusal, match="不能冲回"):
        name(session, version, cast, named)
    assert not [entry for entry in ledger_of(session, version=version).entries if entry.reverses]
