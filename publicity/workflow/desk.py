"""What the desk shows: the list of what is to be done now, and a version as one person may treat it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from publicity.duties.queries import Cell, accounts_cells, months_before
from publicity.duties.rules import Standing
from publicity.ledgers.models import Entry, Ledger
from publicity.ledgers.queries import ledger_of, starting_balance, suggestions
from publicity.records.models import Deed, Record, Remark, State, Version
from publicity.records.queries import published_version, records_of, unfinished_version
from publicity.workflow.queries import GateProblem, Office, entered_by, gate_problems, offices, order_for
from publicity.workflow.rules import IN_REVIEW, may_do, review_due
from village_lists.people.models import Person, PostKind
from village_lists.places.models import Place
from village_lists.powers.queries import ItemLine, adoption_of, items_of

SUPERVISION = frozenset({PostKind.SUPERVISION_HEAD, PostKind.SUPERVISION_MEMBER})


class TaskKind(StrEnum):
    """What an official may have to do now."""

    BALANCE = "balance"
    UPLOAD = "upload"
    FINISH = "finish"
    ANSWER = "answer"
    APPROVE = "approve"
    CONFIRM = "confirm"
    LOOK = "look"
    PRINT = "print"


@dataclass(frozen=True, kw_only=True)
class Task:
    """One line of 「现在要做」: what, for which books and month, by when; `key` or `record` says where."""

    kind: TaskKind
    body_kind: str
    body_name: str
    period: str = ""
    due: date | None = None
    is_late: bool = False
    key: str = ""
    record: int | None = None


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The desk of one person in one village."""

    tasks: tuple[Task, ...]
    waiting: tuple[Task, ...]
    records: tuple[Record, ...]
    offices: tuple[Office, ...]
    is_clerk: bool


def desk_of(session: Session, *, village: Place, person: Person | None, on: date) -> Desk:
    """Return what the person has to do in the village, most urgent first, and what waits for somebody else."""
    held = offices(person, village=village, on=on) if person else []
    records = records_of(session, village=village)
    tasks: list[Task] = []
    waiting: list[Task] = []
    cells = accounts_cells(session, villages=[village], periods=months_before(on, 12), on=on)
    for record in records:
        version = unfinished_version(record)
        if version is None or person is None:
            continue
        task = _task_of(session, record, version, person, held, cells, on)
        (tasks if task.kind is not TaskKind.LOOK or _may_remark(held) else waiting).append(task)
    if any(office.post == PostKind.CLERK for office in held):
        tasks += _clerks_tasks(session, village, records, cells)
    tasks.sort(key=lambda task: (task.due or on, task.period))
    return Desk(
        tasks=tuple(tasks),
        waiting=tuple(waiting),
        records=tuple(record for record in records if published_version(record)),
        offices=tuple(held),
        is_clerk=any(office.post == PostKind.CLERK for office in held),
    )


def _may_remark(held: list[Office]) -> bool:
    return any(office.post in SUPERVISION for office in held)


def _task_of(
    session: Session,
    record: Record,
    version: Version,
    person: Person,
    held: list[Office],
    cells: dict[tuple[int, str], Cell],
    on: date,
) -> Task:
    deed = review_due(version.state, order_for(session, record=record, on=on))
    kind = TaskKind.LOOK
    if version.state == State.DRAFT and any(office.post == PostKind.CLERK for office in held):
        kind = TaskKind.ANSWER if any(not remark.answer for remark in version.remarks) else TaskKind.FINISH
    elif deed and person.id not in entered_by(version):
        mine = any(may_do(deed, post=office.post, is_substitute=office.is_substitute) for office in held)
        kind = TaskKind(deed.value) if mine else TaskKind.LOOK
    cell = cells.get((record.body_id, record.period))
    return Task(
        kind=kind,
        body_kind=record.body.kind.value,
        body_name=record.body.name,
        period=record.period,
        due=cell.due if cell else None,
        is_late=cell is not None and cell.standing == Standing.MISSING,
        key=version.key,
    )


def _clerks_tasks(
    session: Session, village: Place, records: list[Record], cells: dict[tuple[int, str], Cell]
) -> list[Task]:
    begun = {(record.body_id, record.period) for record in records if unfinished_version(record)}
    tasks = []
    for body in village.bodies:
        if not body.keeps_books:
            continue
        start = starting_balance(session, body=body)
        if start is None:
            tasks.append(Task(kind=TaskKind.BALANCE, body_kind=body.kind.value, body_name=body.name))
            continue
        for (body_id, period), cell in cells.items():
            open_month = cell.standing in {Standing.MISSING, Standing.UPCOMING} and (body_id, period) not in begun
            if body_id == body.id and period >= start.period and open_month:
                tasks.append(
                    Task(
                        kind=TaskKind.UPLOAD,
                        body_kind=body.kind.value,
                        body_name=body.name,
                        period=period,
                        due=cell.due,
                        is_late=cell.standing == Standing.MISSING,
                    )
                )
    return tasks


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of accounts on the desk, with its item, what is suggested, its remarks and what stops it."""

    entry: Entry
    item_code: str
    suggested: str
    remarks: tuple[Remark, ...]
    problems: tuple[GateProblem, ...]


@dataclass(frozen=True, kw_only=True)
class VersionPage:
    """A version as one person may treat it; `deed` is the step that this person may take now."""

    version: Version
    record: Record
    ledger: Ledger | None
    lines: tuple[Line, ...]
    items: tuple[ItemLine, ...]
    problems: tuple[GateProblem, ...]
    remarks: tuple[Remark, ...]
    income_fen: int
    spending_fen: int
    deed: Deed | None
    waits_for: Deed | None
    may_remark: bool
    is_clerk: bool
    tied: int


def version_page(session: Session, *, version: Version, person: Person, on: date) -> VersionPage:
    """Return everything that the page of a version shows to this person."""
    record = version.record
    ledger = ledger_of(session, version=version)
    entries = list(ledger.entries) if ledger else []
    problems = gate_problems(session, version=version) if version.state == State.DRAFT else []
    draft = version.state == State.DRAFT
    remembered = suggestions(session, village=record.village, entries=entries) if draft else {}
    adoption = adoption_of(session, village=record.village)
    held = offices(person, village=record.village, on=on)
    due = review_due(version.state, order_for(session, record=record, on=on))
    is_clerk = any(office.post == PostKind.CLERK for office in held)
    return VersionPage(
        version=version,
        record=record,
        ledger=ledger,
        lines=tuple(_line(entry, version, problems, remembered) for entry in entries),
        items=tuple(items_of(session, version_id=adoption.version_id)) if adoption else (),
        problems=tuple(problem for problem in problems if problem.line is None),
        remarks=tuple(remark for remark in version.remarks if remark.line is None),
        income_fen=sum(entry.income_fen for entry in entries),
        spending_fen=sum(entry.spending_fen for entry in entries),
        deed=_deed(version, person, held, due, is_clerk),
        waits_for=due,
        may_remark=version.state in IN_REVIEW and _may_remark(held),
        is_clerk=is_clerk,
        tied=sum(1 for entry in entries if entry.item_code),
    )


def _line(entry: Entry, version: Version, problems: list[GateProblem], remembered: dict[int, str]) -> Line:
    return Line(
        entry=entry,
        item_code=entry.item_code,
        suggested="" if entry.item_code else remembered.get(entry.line, ""),
        remarks=tuple(remark for remark in version.remarks if remark.line == entry.line),
        problems=tuple(problem for problem in problems if problem.line == entry.line),
    )


def _deed(version: Version, person: Person, held: list[Office], due: Deed | None, is_clerk: bool) -> Deed | None:
    if version.state == State.DRAFT:
        return Deed.SUBMIT if is_clerk else None
    if due is None or person.id in entered_by(version):
        return None
    mine = any(may_do(due, post=office.post, is_substitute=office.is_substitute) for office in held)
    return due if mine else None
