"""Money tied to matters, contracts and debts: published lines alone, a line that takes back counts against it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from publicity.holdings.models import Contract, ContractEdition, ContractSide, EntryState, Holding, HoldingKind
from publicity.holdings.queries import edition_on
from publicity.holdings.rules import Paid
from publicity.ledgers.items import ItemEntry, entries_of
from publicity.ledgers.models import Entry, Ledger
from publicity.ledgers.pages import COLUMNS, covers_of
from publicity.ledgers.ties import matter_of_contract
from publicity.matters.course import Course
from publicity.matters.models import Matter
from publicity.matters.queries import courses_for
from publicity.records.models import Record, State, Version
from village_lists.periods import Period
from village_lists.places.models import Body, Place


@dataclass(frozen=True, kw_only=True)
class TiedLine:
    """A published line that names a matter; `fen` on its own side, negative where it takes back another.

    `record` is the number of its record and `line` its own there; `summary` and `payee` are masked as on the page of
    its month. `step` is the path of the step at which the matter stood on the day of the line, "" before its first.
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
    step: str


@dataclass(frozen=True, kw_only=True)
class MatterMoney:
    """What a matter may cost and has cost, in fen; `left_fen` is None without a budget, negative once it is exceeded.

    `contracts_fen` is what its contracts to pay said when they were signed, `changes_fen` by how much they changed
    since. `received_fen` came in for it (a grant, a deposit): it makes nothing cheaper. `lines` by day.
    """

    budget_fen: int | None
    contracts_fen: int
    changes_fen: int
    paid_fen: int
    received_fen: int
    lines: tuple[TiedLine, ...] = ()

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

    `courses` (by id, as they stand on the day) are asked for where they are not given. Three statements for all the
    matters, three for each village with such lines, and those of the courses.
    """
    if not matters:
        return {}
    agreed = _agreed(session, matters, on)
    lines: defaultdict[int, list[TiedLine]] = defaultdict(list)
    tied = _tied_entries(session, matters)
    if tied and courses is None:
        courses = courses_for(session, matters=[one for one in matters if one.id in tied], on=on)
    for matter in matters:
        for entry in tied.get(matter.id, ()):
            course = (courses or {}).get(matter.id)
            lines[matter.id].append(_tied_line(entry, course))
    return {
        matter.id: MatterMoney(
            budget_fen=matter.budget_fen,
            contracts_fen=agreed[matter.id][0],
            changes_fen=agreed[matter.id][1],
            paid_fen=sum(line.fen for line in lines[matter.id] if not line.is_income),
            received_fen=sum(line.fen for line in lines[matter.id] if line.is_income),
            lines=tuple(lines[matter.id]),
        )
        for matter in matters
    }


def _tied_entries(session: Session, matters: Sequence[Matter]) -> dict[int, list[ItemEntry]]:
    """Return the published lines of the matters by their ids, by day, masked as the pages of their months are."""
    asked = _published(
        select(*COLUMNS, Record.number, Record.period, Record.village_id, Body.kind.label("body_kind"))
        .select_from(Entry)
        .where(Entry.matter_id.in_([matter.id for matter in matters]))
    )
    rows = session.execute(
        asked.join(Record, Record.id == Version.record_id).join(Body, Body.id == Record.body_id)
    ).all()
    villages = {matter.village_id: matter.village for matter in matters}
    found: defaultdict[int, list[ItemEntry]] = defaultdict(list)
    for number, village in villages.items():
        own = sorted((row for row in rows if row.village_id == number), key=lambda row: row.period)
        if not own:
            continue
        for row, entry in zip(own, _masked(session, village, own), strict=True):
            found[row.matter_id].append(entry)
    for entries in found.values():
        entries.sort(key=lambda one: (one.line.day, one.record, one.line.line))
    return dict(found)


def _masked(session: Session, village: Place, rows: Sequence[Any]) -> list[ItemEntry]:
    covers = covers_of(session, village=village, records={row.number for row in rows})
    return entries_of(rows, items={}, covers=covers)


def _tied_line(entry: ItemEntry, course: Course | None) -> TiedLine:
    line = entry.line
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
        is_income=line.income_fen != 0,
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


def _agreed(session: Session, matters: Sequence[Matter], on: date) -> dict[int, tuple[int, int]]:
    """Return by matter what its contracts to pay came to when signed, and by how much they changed since, in fen."""
    ids = [matter.id for matter in matters]
    found = dict.fromkeys(ids, (0, 0))
    contracts = session.scalars(
        select(Contract)
        .where(
            Contract.side == ContractSide.PAY,
            Contract.id.in_(select(ContractEdition.contract_id).where(ContractEdition.matter_id.in_(ids))),
        )
        .options(selectinload(Contract.editions))
    )
    for contract in contracts:
        now, matter = edition_on(contract.editions, on), matter_of_contract(contract)
        if now is None or matter not in found:
            continue
        first = min((one for one in contract.editions if one.state is EntryState.CONFIRMED), key=lambda one: one.number)
        signed, total = first.total_fen or 0, now.total_fen or 0
        before = found[matter]
        found[matter] = (before[0] + signed, before[1] + total - signed)
    return found
