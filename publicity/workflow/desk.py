"""What the desk shows: the one list of what is to be done this week, what comes later, what waits for others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.categories.models import ACCOUNTS
from publicity.categories.queries import categories_for
from publicity.duties.actions import may_ask
from publicity.duties.facts import UNFINISHED
from publicity.duties.matters import MatterDutyKind, matter_duties
from publicity.duties.pages import OnDisplay, on_display
from publicity.duties.queries import Duty, duties_of
from publicity.duties.rules import Standing
from publicity.ledgers.queries import starting_balance
from publicity.matters.queries import unchecked_deeds
from publicity.records.models import Record, State, Version
from publicity.records.queries import published_version, records_of
from publicity.workflow.models import Filing, Override, Withdrawal
from publicity.workflow.overrides import AGREEING
from publicity.workflow.queries import Office, entered_by, my_step, offices, step_due
from publicity.workflow.withdrawals import may_decide
from village_lists.days import DAY, WorkingDays
from village_lists.people.models import Person, PostKind
from village_lists.periods import Cadence, Span
from village_lists.places.models import Place
from village_lists.rulebook.calendars import calendar_for

SUPERVISION = frozenset({PostKind.SUPERVISION_HEAD, PostKind.SUPERVISION_MEMBER})
WEEK = timedelta(days=7)
LATER = timedelta(days=30)
LOOKED_BACK = timedelta(days=366)
OPEN = frozenset({Standing.MISSING, Standing.UPCOMING, Standing.WAITING, Standing.EXTENDED})


class TaskKind(StrEnum):
    """What an official may have to do now."""

    BALANCE = "balance"
    UPLOAD = "upload"
    POST = "post"
    FINISH = "finish"
    ANSWER = "answer"
    APPROVE = "approve"
    CONFIRM = "confirm"
    ENDORSE = "endorse"
    OVERRIDE = "override"
    WITHDRAW = "withdraw"
    LOOK = "look"
    STEP = "step"
    HANG = "hang"
    CHECK = "check"


@dataclass(frozen=True, kw_only=True)
class Task:
    """One line of 「本周要做」: what, for which body, category and period, by when; `key` names the version.

    `working_days` are those left up to the due day, today counted; 0 for what is late or has no day. `duty` is None
    for what is no duty. `may_extend`: the clerk may ask for a later day.

    STEP, HANG and CHECK are about the matter of the public number `matter`, called `title`: `name` is the step, or the
    posting that hangs nowhere yet; `count` says how many deeds wait to be checked.
    """

    kind: TaskKind
    body_kind: str
    body_name: str
    category: str = ACCOUNTS
    name: str = ""
    period: str = ""
    serial: int = 1
    title: str = ""
    due: date | None = None
    is_late: bool = False
    days_late: int = 0
    working_days: int = 0
    key: str = ""
    duty: Duty | None = None
    may_extend: bool = False
    matter: int = 0
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class EventKind:
    """What a body posts whenever there is something, without a day of its own; `period` is that of a new one."""

    category: str
    name: str
    body_kind: str
    body_name: str
    period: str


@dataclass(frozen=True, kw_only=True)
class FilingWait:
    """A published version that the township has not received yet (备案)."""

    record: int
    name: str
    period: str
    due: date
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The desk of one person in one village. `ending`: what may come down from the board within a week."""

    tasks: tuple[Task, ...]
    later: tuple[Task, ...]
    waiting: tuple[Task, ...]
    ending: tuple[OnDisplay, ...]
    filings: tuple[FilingWait, ...]
    events: tuple[EventKind, ...]
    records: tuple[Record, ...]
    offices: tuple[Office, ...]
    is_clerk: bool


@dataclass(frozen=True, kw_only=True)
class _View:
    """What every line of a desk is made from."""

    session: Session
    village: Place
    person: Person
    held: tuple[Office, ...]
    on: date
    days: WorkingDays
    duties: dict[tuple[int, int, str, int], Duty]

    @property
    def is_clerk(self) -> bool:
        return any(office.post is PostKind.CLERK for office in self.held)


def desk_of(session: Session, *, village: Place, person: Person | None, on: date) -> Desk:
    """Return what the person has to do in the village, most urgent first, and what waits for somebody else."""
    records = records_of(session, village=village)
    published = tuple(record for record in records if published_version(record))
    if person is None:
        return _empty(published)
    view = _view(session, village, person, on)
    unfinished = [(record, version) for record in records if (version := _unfinished(record))]
    lines = [_task_of(view, record, version) for record, version in unfinished]
    mine = [task for task in lines if task.kind is not TaskKind.LOOK or _may_remark(view.held)]
    mine += [*_overrides(view), *_withdrawals(view), *_checks(view)]
    later: list[Task] = []
    if view.is_clerk:
        asked = [*_asked(view), *_of_matters(view)]
        mine += [task for task in asked if task.due is None or task.due <= on + WEEK]
        later = [task for task in asked if task.due is not None and on + WEEK < task.due <= on + LATER]
    return Desk(
        tasks=tuple(sorted(mine, key=lambda task: _urgency(task, on))),
        later=tuple(sorted(later, key=lambda task: (task.due or on, task.name, task.body_kind))),
        waiting=tuple(task for task in lines if task not in mine),
        ending=tuple(one for one in on_display(session, village=village, on=on) if one.display_to <= on + WEEK),
        filings=_filings(session, village, on),
        events=tuple(_events(session, village, on)) if view.is_clerk else (),
        records=published,
        offices=view.held,
        is_clerk=view.is_clerk,
    )


def _empty(published: tuple[Record, ...]) -> Desk:
    return Desk(
        tasks=(),
        later=(),
        waiting=(),
        ending=(),
        filings=(),
        events=(),
        records=published,
        offices=(),
        is_clerk=False,
    )


def _view(session: Session, village: Place, person: Person, on: date) -> _View:
    found = duties_of(session, villages=[village], since=on - LOOKED_BACK, on=on, through=on + LATER)
    return _View(
        session=session,
        village=village,
        person=person,
        held=tuple(offices(person, village=village, on=on)),
        on=on,
        days=calendar_for(session, place=village),
        duties={(duty.body, duty.category_id, str(duty.span), duty.serial): duty for duty in found},
    )


def _urgency(task: Task, on: date) -> tuple[int, date, str, str]:
    """Order the list: what is late or due this week, then what has no day; a starting balance before all."""
    first = 0 if task.kind is TaskKind.BALANCE else 1 if task.due and task.due <= on + WEEK else 2
    return first, task.due or date.max, task.period, task.name


def _unfinished(record: Record) -> Version | None:
    return next((version for version in record.versions if version.state in UNFINISHED), None)


def _may_remark(held: Sequence[Office]) -> bool:
    return any(office.post in SUPERVISION for office in held)


def _task_of(view: _View, record: Record, version: Version) -> Task:
    due = step_due(view.session, version=version, on=view.on)
    step = my_step(version, person=view.person, held=view.held, due=due)
    kind = TaskKind.LOOK
    if version.state == State.DRAFT and view.is_clerk:
        kind = TaskKind.ANSWER if any(not remark.answer for remark in version.remarks) else TaskKind.FINISH
    elif step is not None:
        kind = TaskKind(step.deed.value)
    return _about_record(view, kind, record, version)


def _about_record(view: _View, kind: TaskKind, record: Record, version: Version) -> Task:
    duty = view.duties.get((record.body_id, record.category_id, record.period, record.serial))
    # A correction of what is public has no due day of its own.
    open_duty = duty if duty is not None and duty.standing in OPEN else None
    task = Task(
        kind=kind,
        body_kind=record.body.kind.value,
        body_name=record.body.name,
        category=record.category.code,
        name=duty.category_name if duty else record.category.name,
        period=record.period,
        serial=record.serial,
        title=record.title,
        key=version.key,
    )
    return _dated(view, task, open_duty)


def _dated(view: _View, task: Task, duty: Duty | None) -> Task:
    """Return the task with the day by which it is due."""
    if duty is None:
        return task
    is_late = duty.standing is Standing.MISSING
    return replace(
        task,
        duty=duty,
        due=duty.due,
        is_late=is_late,
        days_late=duty.days_late,
        working_days=view.days.count_between(view.on, duty.due) if duty.due and not is_late else 0,
        may_extend=view.is_clerk and may_ask(duty, on=view.on),
    )


def _asked(view: _View) -> Iterator[Task]:
    """Yield what the clerk has to begin: starting balances, months of accounts, postings of every other kind."""
    started = {body.id: starting_balance(view.session, body=body) for body in view.village.bodies if body.keeps_books}
    for body in view.village.bodies:
        if body.id in started and started[body.id] is None:
            yield Task(kind=TaskKind.BALANCE, body_kind=body.kind.value, body_name=body.name)
    for duty in view.duties.values():
        if duty.is_begun or duty.standing not in OPEN:
            continue
        if duty.is_accounts and started.get(duty.body) is None:
            continue
        task = Task(
            kind=TaskKind.UPLOAD if duty.is_accounts else TaskKind.POST,
            body_kind=duty.body_kind,
            body_name=duty.body_name,
            category=duty.category,
            name=duty.category_name,
            period=str(duty.span),
            serial=duty.serial,
            title=duty.title,
        )
        yield _dated(view, task, duty)


def _of_matters(view: _View) -> Iterator[Task]:
    """Yield the steps of matters that are under way, and what their finished steps demand to be hung and is not."""
    found = matter_duties(view.session, villages=[view.village], on=view.on, since=view.on - LOOKED_BACK)
    for duty in found:
        if duty.standing not in OPEN:
            continue
        is_step = duty.kind is MatterDutyKind.STEP
        is_late = duty.standing is Standing.MISSING
        yield Task(
            kind=TaskKind.STEP if is_step else TaskKind.HANG,
            body_kind=duty.body_kind,
            body_name=duty.body_name,
            name=duty.step_title if is_step else duty.what,
            title=duty.title,
            matter=duty.number,
            due=duty.due,
            is_late=is_late,
            days_late=duty.days_late,
            working_days=view.days.count_between(view.on, duty.due) if duty.due and not is_late else 0,
        )


def _checks(view: _View) -> Iterator[Task]:
    """Yield the matters with deeds that this member of the supervision committee did not enter and may check."""
    if not _may_remark(view.held):
        return
    for matter, count in unchecked_deeds(view.session, village=view.village, by=view.person):
        yield Task(
            kind=TaskKind.CHECK,
            body_kind=matter.body.kind.value,
            body_name=matter.body.name,
            title=matter.title,
            matter=matter.number,
            count=count,
        )


def _overrides(view: _View) -> Iterator[Task]:
    """Yield the drafts in which something waits for this person to agree that it may be posted all the same."""
    if not any(office.post in AGREEING for office in view.held):
        return
    found = view.session.scalars(
        select(Override)
        .join(Override.version)
        .join(Version.record)
        .where(Record.village_id == view.village.id, Override.agreed_by_id.is_(None), Version.state == State.DRAFT)
        .order_by(Override.id)
    )
    seen = set()
    for one in found:
        version = one.version
        is_mine = view.person.id != one.asked_by_id and view.person.id not in entered_by(version)
        if is_mine and version.id not in seen:
            seen.add(version.id)
            yield _about_record(view, TaskKind.OVERRIDE, version.record, version)


def _withdrawals(view: _View) -> Iterator[Task]:
    """Yield what is published and asked to be taken back, where this person decides."""
    found = view.session.scalars(
        select(Withdrawal)
        .join(Withdrawal.version)
        .join(Version.record)
        .where(Record.village_id == view.village.id, Withdrawal.agreed_at.is_(None), Version.state == State.PUBLISHED)
        .order_by(Withdrawal.id)
    )
    for one in found:
        if one.asked_by_id != view.person.id and any(may_decide(one.version, office) for office in view.held):
            yield _about_record(view, TaskKind.WITHDRAW, one.version.record, one.version)


def _filings(session: Session, village: Place, on: date) -> tuple[FilingWait, ...]:
    found = session.scalars(
        select(Filing)
        .join(Filing.version)
        .join(Version.record)
        .where(Record.village_id == village.id, Filing.filed_at.is_(None), Version.state == State.PUBLISHED)
        .order_by(Filing.due, Filing.id)
    )
    return tuple(
        FilingWait(
            record=one.version.record.number,
            name=one.version.record.title or one.version.record.category.name,
            period=one.version.record.period,
            due=one.due,
            is_late=one.due < on,
        )
        for one in found
    )


def _events(session: Session, village: Place, on: date) -> Iterator[EventKind]:
    for one in categories_for(session, place=village, on=on + DAY):
        if one.content.cadence is not Cadence.EVENT and one.content.is_owed:
            continue
        span = Span.of(one.content.cadence, on)
        period = span if one.content.cadence is Cadence.EVENT else span.previous
        for body in village.bodies:
            if body.kind in one.content.bodies:
                yield EventKind(
                    category=one.code,
                    name=one.content.name,
                    body_kind=body.kind.value,
                    body_name=body.name,
                    period=str(period),
                )
