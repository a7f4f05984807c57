"""Which line a negative one takes back (冲回、红字): what may be named, and naming it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.ledgers.actions import note_draft
from publicity.ledgers.models import Entry, Ledger
from publicity.ledgers.queries import ledger_of
from publicity.records.models import Deed, Record, State, Version
from publicity.records.queries import lock_version
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person
from village_lists.periods import Period
from village_lists.places.models import Body

REACH = 13
"""Months back in which a line is looked for: last year's same month too."""


@dataclass(frozen=True, kw_only=True)
class Reversible:
    """A published line that a negative one may take back; `name` is how the line names it: 2026-03/支-041."""

    name: str
    period: Period
    voucher: str
    summary: str
    fen: int


def is_negative(entry: Entry) -> bool:
    """Say whether a line takes money back on its own side."""
    return entry.income_fen + entry.spending_fen < 0


def reversibles(
    session: Session, *, body: Body, period: Period, entries: Iterable[Entry]
) -> dict[int, tuple[Reversible, ...]]:
    """Return by line what each negative line of a month may take back, the newest first; one statement.

    A published line of the same body and side, not smaller than what is taken back, of the same party where the
    negative line names one, from this month back to the same one of last year.
    """
    negative = [entry for entry in entries if is_negative(entry)]
    if not negative:
        return {}
    rows = session.execute(
        select(Record.period, Entry.voucher, Entry.summary, Entry.payee, Entry.income_fen, Entry.spending_fen)
        .join(Ledger, Ledger.id == Entry.ledger_id)
        .join(Version, Version.id == Ledger.version_id)
        .join(Record, Record.id == Version.record_id)
        .where(
            Record.body_id == body.id,
            Version.state == State.PUBLISHED,
            Record.period >= str(period.plus(1 - REACH)),
            Record.period <= str(period),
            Entry.voucher != "",
        )
        .order_by(Record.period.desc(), Entry.line)
    ).all()
    return {
        entry.line: tuple(
            Reversible(
                name=f"{row.period}/{row.voucher}",
                period=Period.parse(row.period),
                voucher=row.voucher,
                summary=row.summary,
                fen=row.income_fen or row.spending_fen,
            )
            for row in rows
            if _may_reverse(entry, row.income_fen, row.spending_fen, row.payee)
        )
        for entry in negative
    }


def _may_reverse(entry: Entry, income_fen: int, spending_fen: int, payee: str) -> bool:
    is_same = not entry.payee or entry.payee == payee
    return is_same and (0 < -entry.income_fen <= income_fen or 0 < -entry.spending_fen <= spending_fen)


def name_reversals(
    session: Session, *, version: Version, named: Mapping[int, str], revision: int, by: Person, now: datetime
) -> None:
    """Name for each given negative line which line it takes back ("" for none).

    Raise NotAllowed once the draft was submitted, Stale where it was uploaded anew meanwhile, Refusal for a line that
    takes nothing back or for what it cannot take back; nothing is changed then.
    """
    lock_version(session, version=version)
    if version.state != State.DRAFT:
        raise NotAllowed(N_("已经提交审核的账目不能再改，退回之后才能改"))
    if version.revision != revision:
        raise Stale(N_("这份账目刚被重新上传过，请刷新后再对应事项"))
    ledger = ledger_of(session, version=version)
    entries = {entry.line: entry for entry in ledger.entries} if ledger else {}
    period = Period.parse(version.record.period)
    known = reversibles(session, body=version.record.body, period=period, entries=entries.values())
    for line, name in named.items():
        if name and name not in {one.name for one in known.get(line, ())}:
            raise Refusal(N_("第 %(line)d 笔不能冲回「%(name)s」，请重新选"), line=line, name=name)
    changed = [entries[line] for line in named if line in known and entries[line].reverses != named[line]]
    for entry in changed:
        entry.reverses = named[entry.line]
    session.flush()
    entered = {version.made_by_id} | {event.by_id for event in version.events if event.deed == Deed.DRAFT}
    if changed and by.id not in entered:
        note_draft(session, version, by=by, now=now, source="")
        session.expire(version, ["events"])
