"""A corrected month and the later ones: what has to be redone is told, made together, published one by one."""

from datetime import timedelta

import pytest

from publicity.ledgers.carrying import later_months, redo_following
from publicity.ledgers.funds import Fund, set_funds
from publicity.ledgers.models import FundKind
from publicity.ledgers.queries import ledger_of, published_ledger
from publicity.records.models import State, Version
from publicity.workflow.actions import DoesNotPass, Seen, approve, confirm, send_back
from publicity.workflow.together import carrying_of, submit_together
from publicity.workflow.withdrawals import agree_withdrawal, ask_withdrawal
from tests.factories import make_draft, make_list, make_people, make_place_tree, make_published_ledger, seen
from village_lists.errors import Refusal
from village_lists.periods import Period

OPENING = 1_000_000
MARCH = (("2026-03-06", "收-001", "山塘承包款", "松坪竹木加工厂", 300_000, 0, ""),)
MENDED = (("2026-03-06", "收-001", "山塘承包款", "松坪竹木加工厂", 280_000, 0, ""),)


def lines(month: int, spent: int) -> tuple[tuple[object, ...], ...]:
    """Return a month's one line."""
    return ((f"2026-{month:02}-09", f"支-{month:03}", "村办公室电费", "国网松坪供电所", 0, spent, ""),)


@pytest.fixture
def books(session):
    """Return the collective, its people and three published months: March, April, May."""
    places = make_place_tree(session)
    cast = make_people(session, places)
    make_list(session, villages=[places.stone])
    body = places.collective
    opening = OPENING
    for period, told, moves in (
        ("2026-03", MARCH, 300_000),
        ("2026-04", lines(4, 40_000), -40_000),
        ("2026-05", lines(5, 10_000), -10_000),
    ):
        make_published_ledger(session, body=body, cast=cast, period=period, opening_fen=opening, lines=told)
        opening += moves
    return body, cast


def correction(session, books) -> Version:
    """Draft March anew, 200 yuan less coming in."""
    body, cast = books
    may = published_ledger(session, body=body, period=Period(2026, 5))
    assert may
    now = may.version.made_at + timedelta(days=5)
    return make_draft(
        session,
        body=body,
        cast=cast,
        period="2026-03",
        opening_fen=OPENING,
        lines=MENDED,
        reason="承包款少收了 200 元",
        now=now,
    )


def opens(session, body, month: int) -> int:
    """Return with what a month stands published."""
    return published_ledger(session, body=body, period=Period(2026, month)).opening_fen


def test_what_has_to_be_redone_is_told_with_its_figures(session, books):
    version = correction(session, books)
    ledger = ledger_of(session, version=version)
    assert ledger
    told = later_months(session, version=version, ledger=ledger)
    assert [(later.period.month, later.opening_fen, later.becomes_fen) for later in told] == [
        (4, 1_300_000, 1_280_000),
        (5, 1_260_000, 1_240_000),
    ]
    assert not any(later.is_redone for later in told)


def test_it_is_not_submitted_before_the_later_months_are_made(session, books):
    _, cast = books
    version = correction(session, books)
    with pytest.raises(DoesNotPass) as refused:
        submit_together(session, version=version, by=cast.li, now=version.made_at, seen=seen(version))
    told = [problem.words % problem.values for problem in refused.value.problems]
    assert [words for words in told if "4月" in words and "13,000.00" in words and "12,800.00" in words]
    assert [words for words in told if "5月" in words]


def review(session, cast, version, now) -> None:
    """Let the head and the secretary pass a version."""
    approve(session, version=version, by=cast.yonggen, now=now, seen=seen(version))
    confirm(session, version=version, by=cast.chen, now=now + timedelta(hours=1), seen=seen(version))


def test_the_whole_chain_is_redone_reviewed_and_published_in_order(session, books):
    body, cast = books
    version = correction(session, books)
    now = version.made_at + timedelta(hours=1)
    april, may = redo_following(session, version=version, by=cast.li, now=now)
    assert [entry.spending_fen for entry in ledger_of(session, version=may).entries] == [10_000]
    assert redo_following(session, version=version, by=cast.li, now=now) == []
    submit_together(session, version=version, by=cast.li, now=now, seen=seen(version))
    assert {one.state for one in (version, april, may)} == {State.SUBMITTED}
    assert [opens(session, body, month) for month in (4, 5)] == [1_300_000, 1_260_000]
    # The later month before the earlier one: nobody may publish it.
    approve(session, version=april, by=cast.yonggen, now=now, seen=seen(april))
    with pytest.raises(DoesNotPass):
        confirm(session, version=april, by=cast.chen, now=now, seen=seen(april))
    review(session, cast, version, now)
    assert opens(session, body, 4) == 1_300_000
    confirm(session, version=april, by=cast.chen, now=now, seen=seen(april))
    assert [opens(session, body, month) for month in (4, 5)] == [1_280_000, 1_260_000]
    review(session, cast, may, now)
    assert opens(session, body, 5) == 1_240_000
    assert published_ledger(session, body=body, period=Period(2026, 5)).closing_fen == 1_230_000
    assert "3月" in may.reason
    assert carrying_of(session, version=version) == ()


def test_it_is_not_published_while_a_later_month_went_back(session, books):
    _, cast = books
    version = correction(session, books)
    now = version.made_at + timedelta(hours=1)
    april, _may = redo_following(session, version=version, by=cast.li, now=now)
    submit_together(session, version=version, by=cast.li, now=now, seen=seen(version))
    send_back(session, version=april, by=cast.yonggen, now=now, seen=seen(april), note="请核对电费", remarks={})
    approve(session, version=version, by=cast.yonggen, now=now, seen=seen(version))
    with pytest.raises(DoesNotPass) as refused:
        confirm(session, version=version, by=cast.chen, now=now, seen=seen(version))
    assert any("4月" in problem.words % problem.values for problem in refused.value.problems)
    assert version.state == State.APPROVED


def test_a_second_correction_moves_the_drafts_and_not_what_is_in_review(session, books):
    body, cast = books
    version = correction(session, books)
    now = version.made_at + timedelta(hours=1)
    april, may = redo_following(session, version=version, by=cast.li, now=now)
    ledger = ledger_of(session, version=version)
    ledger.entries[0].income_fen, ledger.closing_fen = 250_000, OPENING + 250_000
    session.flush()
    moved = redo_following(session, version=version, by=cast.li, now=now)
    assert moved == [april, may]
    assert ledger_of(session, version=may).opening_fen == OPENING + 210_000
    submit_together(session, version=version, by=cast.li, now=now, seen=Seen(revision=version.revision))
    send_back(session, version=version, by=cast.yonggen, now=now, seen=seen(version), note="金额再核", remarks={})
    ledger.entries[0].income_fen, ledger.closing_fen = 240_000, OPENING + 240_000
    session.flush()
    with pytest.raises(Refusal, match="正在审核"):
        redo_following(session, version=version, by=cast.li, now=now)
    assert opens(session, body, 4) == 1_300_000


@pytest.mark.parametrize(("amounts", "left"), [([1_260_000], [1_240_000]), ([1_000_000, 260_000], [])])
def test_where_the_balance_lies_moves_along_only_where_it_is_certain(session, books, amounts, left):
    body, cast = books
    april = published_ledger(session, body=body, period=Period(2026, 4))
    assert april
    now = april.version.made_at + timedelta(days=40)
    mended = make_draft(
        session,
        body=body,
        cast=cast,
        period="2026-04",
        opening_fen=1_300_000,
        lines=lines(4, 40_000),
        reason="x",
        now=now,
    )
    funds = [Fund(kind=FundKind.BANK, name=f"账户{fen}", closing_fen=fen) for fen in amounts]
    set_funds(session, version=mended, funds=funds, revision=mended.revision, by=cast.li, now=now)
    submit_together(session, version=mended, by=cast.li, now=now, seen=seen(mended))
    review(session, cast, mended, now)
    version = correction(session, books)
    redone = redo_following(session, version=version, by=cast.li, now=now + timedelta(days=1))[0]
    ledger = ledger_of(session, version=redone)
    assert ledger
    assert [fund.closing_fen for fund in ledger.funds] == left


def test_a_withdrawn_month_ends_the_list_and_its_new_posting_begins_it_again(session, books):
    body, cast = books
    april = published_ledger(session, body=body, period=Period(2026, 4))
    assert april
    version = correction(session, books)
    now = version.made_at + timedelta(hours=1)
    ask_withdrawal(session, version=april.version, by=cast.li, now=now, seen=seen(april.version), reason="登错了")
    agree_withdrawal(session, version=april.version, by=cast.yonggen, now=now, seen=seen(april.version))
    assert carrying_of(session, version=version) == ()
    assert redo_following(session, version=version, by=cast.li, now=now) == []
    submit_together(session, version=version, by=cast.li, now=now, seen=seen(version))
    review(session, cast, version, now)
    again = make_draft(
        session,
        body=body,
        cast=cast,
        period="2026-04",
        opening_fen=1_280_000,
        lines=lines(4, 40_000),
        reason="重新公开",
        now=now + timedelta(days=1),
    )
    assert [(one.period.month, one.becomes_fen) for one in carrying_of(session, version=again)] == [(5, 1_240_000)]
