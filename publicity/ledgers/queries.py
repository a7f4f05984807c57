"""Questions about ledgers: what came before, what was chosen before, what a page shows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from publicity.ledgers.models import ColumnChoice, Entry, Ledger, StartingBalance, Upload
from publicity.records.models import Record, State, Version
from publicity.records.queries import UNFINISHED
from village_lists.periods import Period
from village_lists.places.models import Body, Place

FIGURES = re.compile(r"[\d０-９一二三四五六七八九十]+|[（(].*?[）)]|\s")


def tie_key(summary: str) -> str:
    """Return a summary without figures, brackets and spaces: next month's electricity bill is the same purpose."""
    return FIGURES.sub("", summary)[:300]


def ledger_of(session: Session, *, version: Version) -> Ledger | None:
    """Return the ledger of a version with its lines, or None."""
    return session.scalar(select(Ledger).where(Ledger.version_id == version.id).options(selectinload(Ledger.entries)))


def published_ledger(session: Session, *, body: Body, period: Period) -> Ledger | None:
    """Return the ledger that stands published for a body and month, or None."""
    return session.scalar(
        select(Ledger)
        .join(Ledger.version)
        .join(Version.record)
        .where(Record.body_id == body.id, Record.period == str(period), Version.state == State.PUBLISHED)
        .options(selectinload(Ledger.entries), selectinload(Ledger.version))
    )


def unfinished_ledger(session: Session, *, body: Body, period: Period) -> Ledger | None:
    """Return the ledger of a body and month that is being written or reviewed, or None."""
    return session.scalar(
        select(Ledger)
        .join(Ledger.version)
        .join(Version.record)
        .where(
            Record.body_id == body.id,
            Record.period == str(period),
            Version.state.in_(UNFINISHED),
        )
        .options(selectinload(Ledger.entries), selectinload(Ledger.version))
    )


def closing_before(session: Session, *, body: Body, period: Period) -> int | None:
    """Return the published closing (fen) of the month before, or None."""
    ledger = published_ledger(session, body=body, period=period.previous)
    return ledger.closing_fen if ledger else None


def opening_after(session: Session, *, body: Body, period: Period) -> int | None:
    """Return the published opening (fen) of the month after, or None."""
    ledger = published_ledger(session, body=body, period=period.next)
    return ledger.opening_fen if ledger else None


def starting_balance(session: Session, *, body: Body) -> StartingBalance | None:
    """Return the balance the body's books start from, or None."""
    return session.scalar(select(StartingBalance).where(StartingBalance.body_id == body.id))


def published_periods(session: Session, *, body: Body) -> list[str]:
    """Return the months that stand published for a body, oldest first, as yyyy-mm."""
    return list(
        session.scalars(
            select(Record.period)
            .join(Record.versions)
            .join(Ledger, Ledger.version_id == Version.id)
            .where(Record.body_id == body.id, Version.state == State.PUBLISHED)
            .order_by(Record.period)
        )
    )


def upload_by_key(session: Session, *, village: Place, key: str) -> Upload | None:
    """Return the upload of that key if it belongs to the village, or None."""
    return session.scalar(select(Upload).join(Upload.body).where(Upload.key == key, Body.village_id == village.id))


def column_choices(session: Session, *, village: Place) -> dict[str, dict[str, object]]:
    """Return the column choices of the village by the signature of their header."""
    found = session.scalars(select(ColumnChoice).where(ColumnChoice.village_id == village.id))
    return {choice.signature: choice.mapping for choice in found}


REMEMBERED = 5000


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What came in and went out, in fen."""

    income_fen: int
    spending_fen: int


def totals(session: Session, *, body: Body, period: Period) -> Totals | None:
    """Return the published totals of a body's month, or None where nothing stands published."""
    row = session.execute(
        select(func.sum(Entry.income_fen), func.sum(Entry.spending_fen))
        .join(Ledger, Entry.ledger_id == Ledger.id)
        .join(Ledger.version)
        .join(Version.record)
        .where(Record.body_id == body.id, Record.period == str(period), Version.state == State.PUBLISHED)
    ).one()
    if row[0] is None:
        return Totals(income_fen=0, spending_fen=0) if published_ledger(session, body=body, period=period) else None
    return Totals(income_fen=int(row[0]), spending_fen=int(row[1]))


def suggestions(session: Session, *, village: Place, entries: Iterable[Entry]) -> dict[int, str]:
    """Return for each line the item that this village last chose for such a summary, or always for such a payee.

    A payee counts only where every posted line of his has the same item: a wrong guess is worse than none. Keys are
    line numbers; lines without a remembered choice are left out.
    """
    rows = session.execute(
        select(Entry.tie_key, Entry.payee, Entry.item_code)
        .join(Ledger, Entry.ledger_id == Ledger.id)
        .join(Ledger.version)
        .join(Version.record)
        .where(Record.village_id == village.id, or_(Entry.item_code != "", Version.state != State.DRAFT))
        .order_by(Entry.id.desc())
        .limit(REMEMBERED)
    ).all()
    by_summary: dict[str, str] = {}
    by_payee: dict[str, set[str]] = {}
    for key, payee, code in rows:
        by_summary.setdefault(key, code)
        by_payee.setdefault(payee, set()).add(code)
    found: dict[int, str] = {}
    for entry in entries:
        chosen = by_payee.get(entry.payee, set()) if entry.payee else set()
        if entry.tie_key in by_summary:
            chosen = {by_summary[entry.tie_key]}
        if len(chosen) == 1 and "" not in chosen:
            found[entry.line] = min(chosen)
    return found
