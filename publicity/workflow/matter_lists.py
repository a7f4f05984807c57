"""Matters in lists: what each is, where it stands on a day, what it cost, what is not as the list says."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from publicity.ledgers.tied import MatterMoney, matter_money
from publicity.matters.course import Course
from publicity.matters.courses import courses_for
from publicity.matters.models import Matter, MatterState
from publicity.matters.queries import matters_of
from publicity.workflow.matter_questions import item_names
from publicity.workflow.matter_story import Cover, Told, covered, inside_of, step_numbers, step_titles
from publicity.workflow.matter_words import MatterWords
from village_lists.places.models import Place

__all__ = ["MatterLine", "StandsAt", "item_names", "line_of", "matter_lines", "stands_at"]
ORDER = (MatterState.RUNNING, MatterState.DONE, MatterState.STOPPED)


@dataclass(frozen=True, kw_only=True)
class StandsAt:
    """A step that is being done: its number and title, inside which steps, since when, by when, how many days late.

    `number` is None where the chart has no number for it; `due` is None without a time limit; `round` counts from 1.
    """

    path: str
    number: int | None
    title: str
    inside: tuple[str, ...]
    actor: str
    since: date
    due: date | None
    days_late: int
    round: int


@dataclass(frozen=True, kw_only=True)
class MatterLine:
    """A matter in a list: what it is, whose, where it stands, what is not as the list says.

    `now` are the steps being done, in the order in which they were reached; `is_stuck`: nothing can go on by itself;
    `money` what it may cost and cost by the published accounts.
    """

    number: int
    code: str
    title: str
    item_code: str
    item_name: str
    body_kind: str
    body_name: str
    state: MatterState
    opened_on: date
    closed_on: date | None
    budget_fen: int | None
    now: tuple[StandsAt, ...]
    findings: tuple[Told, ...]
    is_stuck: bool
    money: MatterMoney

    @property
    def is_late(self) -> bool:
        """Say whether a step is past its day."""
        return any(one.days_late for one in self.now)


def matter_lines(
    session: Session,
    *,
    village: Place,
    on: date,
    states: Collection[MatterState] | None = None,
    item_code: str | None = None,
    question: str = "",
    is_masked: bool = True,
) -> list[MatterLine]:
    """Return the matters of a village where they stand on a day: running ones first, the newest first in each group.

    `question`: only those whose covered title, code or item holds all of its words. Some twenty statements for any
    number of matters.
    """
    matters = matters_of(session, villages=[village], states=states, item_code=item_code)
    courses = courses_for(session, matters=matters, on=on)
    names = item_names(session, matters=matters)
    numbers = [matter.id for matter in matters]
    cover: Cover = (
        MatterWords(session, village=village, matters=numbers, on=on, with_records=True).text if is_masked else str
    )
    money = matter_money(session, matters=matters, on=on, courses=courses)
    lines = [
        line_of(
            one,
            courses[one.id],
            item_name=names.get((one.list_version_id, one.item_code), ""),
            money=money[one.id],
            on=on,
            cover=cover,
        )
        for one in matters
    ]
    found = [line for line in lines if _holds(line, question.split())]
    return sorted(found, key=lambda line: ORDER.index(line.state))


def _holds(line: MatterLine, words: Sequence[str]) -> bool:
    text = f"{line.title} {line.code} {line.item_code} {line.item_name}".casefold()
    return all(word.casefold() in text for word in words)


def line_of(
    matter: Matter, course: Course, *, item_name: str, money: MatterMoney, on: date, cover: Cover = str
) -> MatterLine:
    """Return a matter with where its course stands, for a list."""
    return MatterLine(
        number=matter.number,
        code=matter.code,
        title=cover(matter.title),
        item_code=matter.item_code,
        item_name=item_name,
        body_kind=matter.body.kind.value,
        body_name=matter.body.name,
        state=course.state,
        opened_on=matter.opened_on,
        closed_on=course.closed_on,
        budget_fen=course.budget_fen,
        now=stands_at(course, on=on),
        findings=tuple((one.words, covered(one.values, cover)) for one in course.findings),
        is_stuck=course.is_stuck,
        money=money,
    )


def stands_at(course: Course, *, on: date) -> tuple[StandsAt, ...]:
    """Return the steps that are being done."""
    numbers, titles = step_numbers(course), step_titles(course)
    return tuple(
        StandsAt(
            path=visit.path,
            number=numbers.get(visit.path),
            title=visit.node.title,
            inside=inside_of(visit, titles),
            actor=visit.node.actor,
            since=visit.since,
            due=visit.due,
            days_late=max((on - visit.due).days, 0) if visit.due else 0,
            round=visit.round,
        )
        for visit in course.active
    )
