"""Money tied to matters, contracts and debts: published lines alone, a line that takes back counts against it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from publicity.holdings.models import Contract, ContractSide, Holding, HoldingKind
from publicity.holdings.queries import contracts_for
from publicity.holdings.rules import Paid
from publicity.ledgers.contract_prices import Agreed, agreed_of
from publicity.ledgers.items import ItemEntry, entries_of
from publicity.ledgers.models import Entry, Ledger
from publicity.ledgers.pages import COLUMNS, covers_of
from publicity.matters.course import Course
from publicity.matters.courses import courses_for
from publicity.matters.models import Matter
from publicity.records.models import Record, State, Version
from village_lists.periods import Period
from village_lists.places.models import Body, Place


@dataclass(frozen=True, kw_only=True)
class TiedLine:
    """A published line that names a matter; `fen` on its own side, negative where it takes back another.

    `record` is the number of its record and `line` its own there; `summary` and `payee` are masked as on the page of
    its month. `step` is the path of the step at which the matter stood on the day of the line, "" before its first.
    `is_back`: money that goes back against its contract (a contractor pays back, a tenant is paid back).
    """

    record: int
    period: Period
    body_kind: str
    line: int
    day: date
    voucher: str
    summary: str
    payee: str
    fen: int
    is_income: bool
    is_back: bool
    step: str


@dataclass(frozen=True, kw_only=True)
class Flow:
    """What went one way for a matter, in fen: `posted_fen` by the published lines, `before_fen` before the books began.

    `back_fen` is what came back the other way, by lines that name the contract on which it had been paid.
    """

    posted_fen: int = 0
    before_fen: int = 0
    back_fen: int = 0

    @property
    def fen(self) -> int:
        """Return what it comes to: posted and before, less what came back."""
        return self.posted_fen + self.before_fen - self.back_fen

    @property
    def is_plain(self) -> bool:
        """Say whether the published lines alone are the whole of it."""
        return not self.before_fen and not self.back_fen


@dataclass(frozen=True, kw_only=True)
class MatterMoney:
    """What a matter may cost and has cost, in fen; `left_fen` is None without a budget, negative once it is exceeded.

    `contracts_fen` is what its contracts to pay said when they were signed, `changes_fen` by how much they changed
    since, `ended_fen` how much of that (as less) is what an early end cut. `paid` as the contracts count it too: what a
    contractor pays back makes it smaller. `received` came in for it (a grant, a deposit): it makes nothing cheaper.
    `lines` by day.
    """

    budget_fen: int | None
    contracts_fen: int
    changes_fen: int
    paid: Flow
    received: Flow
    ended_fen: int = 0
    lines: tuple[TiedLine, ...] = ()

    @property
    def paid_fen(self) -> int:
        """Return what was paid in all, less what came back."""
        return self.paid.fen

    @property
    def received_fen(self) -> int:
        """Return what was received in all, less what was paid back."""
        return self.received.fen

    @property
    def left_fen(self) -> int | None:
        """Return what the budget leaves, or None without one."""
        return None if self.budget_fen is None else self.budget_fen - self.paid_fen


def payments_of(session: Session, *, contracts: Collection[int]) -> dict[int, list[Paid]]:
    """Return the published payments on contracts by their ids, by day; two statements.

    Of a contract that pays the body what came in, less what went back; of one that the body pays the other way round.
    """
    sides = {one.id: one.side for one in session.scalars(select(Contract).where(Contract.id.in_(contracts)))}
    found: dict[int, list[Paid]] = {number: [] for number in sides}
    for row in session.execute(_movements(Entry.contract_id, contracts)):
        into = row.income_fen - row.spending_fen
        fen = into if sides[row.contract_id] is ContractSide.RECEIVE else -into
        found[row.contract_id].append(Paid(on=row.happened_on, fen=fen))
    return found


def debt_movements(session: Session, *, holdings: Collection[int]) -> dict[int, list[Paid]]:
    """Return by what receivables and payables (ids) became smaller by published lines, by day; two statements.

    What comes in settles what is owed to the body and adds to what it owes (a loan); what goes out the other way round.
    """
    kinds = {one.id: one.kind for one in session.scalars(select(Holding).where(Holding.id.in_(holdings)))}
    found: dict[int, list[Paid]] = {number: [] for number in kinds}
    for row in session.execute(_movements(Entry.holding_id, holdings)):
        into = row.income_fen - row.spending_fen
        fen = into if kinds[row.holding_id] is HoldingKind.RECEIVABLE else -into
        found[row.holding_id].append(Paid(on=row.happened_on, fen=fen))
    return found


def _movements(column: InstrumentedAttribute[int | None], ids: Collection[int]) -> Select[*tuple[Any, ...]]:
    return _published(select(Entry.happened_on, Entry.income_fen, Entry.spending_fen, column)).where(column.in_(ids))


def _published(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return the question over lines that stand published, by day."""
    return (
        asked.join(Ledger, Ledger.id == Entry.ledger_id)
        .join(Version, Version.id == Ledger.version_id)
        .where(Version.state == State.PUBLISHED)
        .order_by(Entry.happened_on, Entry.id)
    )


def matter_money(
    session: Session, *, matters: Sequence[Matter], on: date, courses: Mapping[int, Course] | None = None
) -> dict[int, MatterMoney]:
    """Return what each matter cost and may cost at the end of a day, by the ids of the matters.

    What was paid on a contract before the books began counts with the matter for which the contract was made.

    `courses` (by id, as they stand on the day) are asked for where they are not given. Three statements for all the
    matters, three for each village with such lines, and those of the courses.
    """
    if not matters:
        return {}
    agreed = agreed_of(contracts_for(session, matters=[matter.id for matter in matters]), matters=matters, on=on)
    tied = _tied_entries(session, matters)
    if tied and courses is None:
        courses = courses_for(session, matters=[one for one in matters if one.id in tied], on=on)
    return {
        matter.id: _money(
            matter,
            agreed[matter.id],
            tuple(_tied_line(entry, side, (courses or {}).get(matter.id)) for entry, side in tied.get(matter.id, ())),
        )
        for matter in matters
    }


def _money(matter: Matter, agreed: Agreed, lines: tuple[TiedLine, ...]) -> MatterMoney:
    def flow(*, is_income: bool, before_fen: int) -> Flow:
        return Flow(
            posted_fen=sum(line.fen for line in lines if line.is_income is is_income and not line.is_back),
            before_fen=before_fen,
            back_fen=sum(line.fen for line in lines if line.is_income is not is_income and line.is_back),
        )

    return MatterMoney(
        budget_fen=matter.budget_fen,
        contracts_fen=agreed.signed_fen,
        changes_fen=agreed.changes_fen,
        ended_fen=agreed.ended_fen,
        paid=flow(is_income=False, before_fen=agreed.paid_before_fen),
        received=flow(is_income=True, before_fen=agreed.received_before_fen),
        lines=lines,
    )


def _tied_entries(
    session: Session, matters: Sequence[Matter]
) -> dict[int, list[tuple[ItemEntry, ContractSide | None]]]:
    """Return the published lines of the matters by their ids, by day, masked as the pages of their months are.

    With each line the side of the contract that it names, None where it names none.
    """
    asked = _published(
        select(*COLUMNS, Record.number, Record.period, Record.village_id, Body.kind.label("body_kind"), Contract.side)
        .select_from(Entry)
        .outerjoin(Contract, Contract.id == Entry.contract_id)
        .where(Entry.matter_id.in_([matter.id for matter in matters]))
    )
    rows = session.execute(
        asked.join(Record, Record.id == Version.record_id).join(Body, Body.id == Record.body_id)
    ).all()
    villages = {matter.village_id: matter.village for matter in matters}
    found: defaultdict[int, list[tuple[ItemEntry, ContractSide | None]]] = defaultdict(list)
    for number, village in villages.items():
        own = sorted((row for row in rows if row.village_id == number), key=lambda row: row.period)
        if not own:
            continue
        for row, entry in zip(own, _masked(session, village, own), strict=True):
            found[row.matter_id].append((entry, row.side))
    for entries in found.values():
        entries.sort(key=lambda one: (one[0].line.day, one[0].record, one[0].line.line))
    return dict(found)


def _masked(session: Session, village: Place, rows: Sequence[Any]) -> list[ItemEntry]:
    covers = covers_of(session, village=village, records={row.number for row in rows})
    return entries_of(rows, items={}, covers=covers)


def _tied_line(entry: ItemEntry, side: ContractSide | None, course: Course | None) -> TiedLine:
    line = entry.line
    is_income = line.income_fen != 0
    return TiedLine(
        record=entry.record,
        period=entry.period,
        body_kind=entry.body_kind,
        line=line.line,
        day=line.day,
        voucher=line.voucher,
        summary=line.summary,
        payee=line.payee,
        fen=line.fen,
        is_income=is_income,
        is_back=side is (ContractSide.PAY if is_income else ContractSide.RECEIVE),
        step=step_on(course, line.day) if course else "",
    )


def step_on(course: Course, day: date) -> str:
    """Return the path of the step at which a matter stood on a day: the one reached last by then, "" for none.

    A step that was still open on the day goes before one that was over.
    """
    reached = [visit for visit in course.visits if visit.since <= day]
    there = [visit for visit in reached if visit.done_on is None or visit.done_on >= day]
    last = max(there or reached, key=lambda visit: visit.since, default=None)
    return last.path if last else ""
