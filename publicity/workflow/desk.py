"""What the desk shows: the list of what is to be done now."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from publicity.duties.queries import Cell, accounts_cells, months_before
from publicity.duties.rules import Standing
from publicity.ledgers.queries import starting_balance
from publicity.records.models import Record, State, Version
from publicity.records.queries import published_version, records_of, unfinished_version
from publicity.workflow.queries import Office, entered_by, offices, order_for
from publicity.workflow.rules import may_do, review_due
from village_lists.people.models import Person, PostKind
from village_lists.places.models import Place

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
