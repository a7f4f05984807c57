"""What a corrected month asks of the months after it: each later published one opens with another balance.

Nothing published is changed. Each later month gets a correction of its own with the same lines and another opening and
closing; it is reviewed like any other and published after the one before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from publicity.categories.models import ACCOUNTS, Category
from publicity.ledgers.actions import begin_version, note_draft, take_photos_over
from publicity.ledgers.models import Entry, Ledger, LedgerFund
from publicity.ledgers.queries import ledger_of
from publicity.records.models import Record, State, Version
from publicity.records.queries import UNFINISHED, lock_version
from village_lists.errors import NotAllowed, Refusal
from village_lists.markers import N_
from village_lists.people.models import Person
from village_lists.periods import Period
from village_lists.places.models import Body, Place

KEPT = (
    "line",
    "row",
    "happened_on",
    "voucher",
    "summary",
    "income_fen",
    "spending_fen",
    "payee",
    "kind",
    "item_code",
    "tie_key",
    "matter_id",
    "contract_id",
    "holding_id",
    "account",
    "reverses",
)
"""The columns of a line; all of them go along unchanged."""


@dataclass(frozen=True, kw_only=True)
class LaterMonth:
    """A published month that no longer opens with what the one before it closes with.

    `opening_fen` is what it was published with, `becomes_fen` what it has to open with. `redone` is the version that is
    being written or reviewed for it, None where nobody began; `redone_fen` is with what that one opens.
    """

    period: Period
    record: Record
    opening_fen: int
    becomes_fen: int
    redone: Version | None
    redone_fen: int | None

    @property
    def difference_fen(self) -> int:
        """Return by how much its opening moves."""
        return self.becomes_fen - self.opening_fen

    @property
    def is_redone(self) -> bool:
        """Say whether a version with the right opening is there, in whatever state."""
        return self.redone is not None and self.redone_fen == self.becomes_fen

    @property
    def is_submitted(self) -> bool:
        """Say whether such a version is past its draft."""
        return self.is_redone and self.redone is not None and self.redone.state != State.DRAFT


def later_months(session: Session, *, version: Version, ledger: Ledger) -> tuple[LaterMonth, ...]:
    """Return the published months after a version's own that have to be redone if it is published, in order.

    Nothing where the next month already opens with what this one closes with. It ends before the first month that does
    not stand published.
    """
    period = Period.parse(version.record.period)
    standing = _ledgers(session, version.record.body, period, (State.PUBLISHED,))
    redone = _ledgers(session, version.record.body, period, UNFINISHED)
    found: list[LaterMonth] = []
    closing, month = ledger.closing_fen, period.next
    while (stands := standing.get(month)) is not None and stands.opening_fen != closing:
        again = redone.get(month)
        found.append(
            LaterMonth(
                period=month,
                record=stands.version.record,
                opening_fen=stands.opening_fen,
                becomes_fen=closing,
                redone=again.version if again else None,
                redone_fen=again.opening_fen if again else None,
            )
        )
        # A month that is being corrected anyway closes with what its own lines give.
        moves = again if again is not None else stands
        closing, month = closing + moves.closing_fen - moves.opening_fen, month.next
    return tuple(found)


def _ledgers(
    session: Session, body: Body, after: Period, states: Sequence[State] | frozenset[State]
) -> Mapping[Period, Ledger]:
    rows = session.scalars(
        select(Ledger)
        .join(Ledger.version)
        .join(Version.record)
        .join(Record.category)
        .where(
            Record.body_id == body.id,
            Category.code == ACCOUNTS,
            Record.period > str(after),
            Version.state.in_(states),
        )
        .options(selectinload(Ledger.version).selectinload(Version.record))
    )
    return {Period.parse(ledger.version.record.period): ledger for ledger in rows}


def redo_following(session: Session, *, version: Version, by: Person, now: datetime) -> list[Version]:
    """Make the corrections of all later months that a corrected month asks for, as drafts; return them in order.

    Each has the lines of what stands published, or of the draft that is there already, with another opening and
    closing. Raise NotAllowed where the month itself is no longer a draft or in review, Refusal where a later month is
    in review with another opening: it has to be sent back first. Nothing is kept then.
    """
    session.get_one(Place, version.record.village_id, with_for_update={"key_share": True}, populate_existing=True)
    lock_version(session, version=version)
    ledger = ledger_of(session, version=version)
    if version.state not in UNFINISHED or ledger is None:
        raise NotAllowed(N_("这个月的更正不在办，没有后面的月份要改"))
    made: list[Version] = []
    for later in later_months(session, version=version, ledger=ledger):
        if later.is_redone:
            continue
        if later.redone is None:
            made.append(_redo(session, later, version, by=by, now=now))
        elif later.redone.state == State.DRAFT:
            made.append(_move(session, later, later.redone, by=by, now=now))
        else:
            words = N_("%(month)s正在审核，月初数和这里对不上；请审核的人先退回，再一起改")
            raise Refusal(words, month=later.period.words)
    return made


def _redo(session: Session, later: LaterMonth, cause: Version, *, by: Person, now: datetime) -> Version:
    month = Period.parse(cause.record.period).words
    reason = f"{month}的账更正了，这个月的月初数跟着改"
    version = begin_version(session, later.record, by=by, now=now, reason=reason)
    stands = next(one for one in later.record.versions if one.state == State.PUBLISHED)
    former = ledger_of(session, version=stands)
    if former is None:
        raise Refusal(N_("%(month)s的账目读不出来，不能跟着改"), month=later.period.words)
    copy = Ledger(
        version_id=version.id,
        opening_fen=later.becomes_fen,
        closing_fen=former.closing_fen + later.difference_fen,
        source_name=former.source_name,
        source_sheet=former.source_sheet,
    )
    copy.entries = [Entry(**{name: getattr(entry, name) for name in KEPT}) for entry in former.entries]
    copy.funds = _moved_funds(former, later.difference_fen)
    session.add(copy)
    session.flush()
    take_photos_over(session, later.record, version, by=by, now=now)
    note_draft(session, version, by=by, now=now, source=former.source_name)
    session.expire(version, ["events"])
    return version


def _moved_funds(former: Ledger, difference_fen: int) -> list[LedgerFund]:
    """Return where the balance lies now: certain where it all lies in one place; else the clerk says it anew."""
    if len(former.funds) != 1:
        return []
    (fund,) = former.funds
    return [LedgerFund(position=1, kind=fund.kind, name=fund.name, closing_fen=fund.closing_fen + difference_fen)]


def _move(session: Session, later: LaterMonth, draft: Version, *, by: Person, now: datetime) -> Version:
    """Let a correction that is being written anyway open with the new balance."""
    ledger = ledger_of(session, version=draft)
    if ledger is None:
        raise Refusal(N_("%(month)s的账目读不出来，不能跟着改"), month=later.period.words)
    moved = later.becomes_fen - ledger.opening_fen
    ledger.opening_fen += moved
    ledger.closing_fen += moved
    if len(ledger.funds) == 1:
        ledger.funds[0].closing_fen += moved
    draft.revision += 1
    note_draft(session, draft, by=by, now=now, source=ledger.source_name)
    session.expire(draft, ["events"])
    return draft
