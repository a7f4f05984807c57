"""What matters ask of a village: steps with their last day, and postings that finished steps demand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from publicity.duties.rules import Standing
from publicity.matters.course import Course, PostingDuty, PostingState, Visit
from publicity.matters.courses import courses_for
from publicity.matters.models import Matter
from publicity.matters.queries import matters_of
from village_lists.places.models import Place

STANDINGS = {
    PostingState.MET: Standing.MET,
    PostingState.LATE: Standing.LATE,
    PostingState.MISSING: Standing.MISSING,
    PostingState.UPCOMING: Standing.UPCOMING,
}


class MatterDutyKind(StrEnum):
    """A step that has to be done, or a posting that a finished step demands."""

    STEP = "step"
    POSTING = "posting"


@dataclass(frozen=True, kw_only=True)
class MatterDuty:
    """Something that a matter asks for.

    `number` is the matter's public number, `matter_id` its row. `since`: the day on which the step was reached (STEP)
    or finished (POSTING). `what` is the posting that is demanded, at `where`; `posted_on` and `record` tell of the one
    that was put up. STEP stands missing once its last day is over, else upcoming; `due` None where nothing limits it.
    """

    village: str
    village_name: str
    matter_id: int
    number: int
    code: str
    title: str
    body_kind: str
    body_name: str
    kind: MatterDutyKind
    step: str
    step_title: str
    round: int
    since: date
    due: date | None
    standing: Standing
    days_late: int
    what: str = ""
    where: str = ""
    posted_on: date | None = None
    record: int | None = None


@dataclass(frozen=True, kw_only=True)
class MatterTally:
    """How the matters of a village stand in sum: postings in time, late and missing, steps whose last day is over."""

    village: str
    name: str
    met: int
    late: int
    missing: int
    overdue: int
    matters: int

    @property
    def due(self) -> int:
        """Return how many postings had to hang by now."""
        return self.met + self.late + self.missing


def matter_duties(
    session: Session, *, villages: Sequence[Place], on: date, since: date | None = None
) -> list[MatterDuty]:
    """Return what the matters of some villages ask for on a day: by village, newest matter first, along its course.

    Steps that are under way, and every posting that was demanded. `since` leaves out matters that were closed before
    that day. Some fifteen statements, for however many villages and matters.
    """
    found = [
        matter
        for matter in matters_of(session, villages=villages)
        if since is None or matter.closed_on is None or matter.closed_on >= since
    ]
    courses = courses_for(session, matters=found, on=on)
    order = {village.id: number for number, village in enumerate(villages)}
    found.sort(key=lambda matter: order[matter.village_id])
    return [duty for matter in found for duty in _duties(matter, courses[matter.id], on)]


def _duties(matter: Matter, course: Course, on: date) -> Iterator[MatterDuty]:
    for visit in course.active:
        yield _step(matter, visit, on)
    visits = {(visit.path, visit.round): visit for visit in course.visits}
    for duty in course.posting_duties:
        yield _posting(matter, visits[duty.path, duty.round], duty, on)


def _step(matter: Matter, visit: Visit, on: date) -> MatterDuty:
    is_over = visit.due is not None and on > visit.due
    return MatterDuty(
        village=matter.village.code,
        village_name=matter.village.name,
        matter_id=matter.id,
        number=matter.number,
        code=matter.code,
        title=matter.title,
        body_kind=matter.body.kind.value,
        body_name=matter.body.name,
        kind=MatterDutyKind.STEP,
        step=visit.path,
        step_title=visit.node.title,
        round=visit.round,
        since=visit.since,
        due=visit.due,
        standing=Standing.MISSING if is_over else Standing.UPCOMING,
        days_late=(on - visit.due).days if visit.due and is_over else 0,
    )


def _posting(matter: Matter, visit: Visit, duty: PostingDuty, on: date) -> MatterDuty:
    standing = STANDINGS[duty.state]
    is_late = standing in (Standing.LATE, Standing.MISSING)
    return MatterDuty(
        village=matter.village.code,
        village_name=matter.village.name,
        matter_id=matter.id,
        number=matter.number,
        code=matter.code,
        title=matter.title,
        body_kind=matter.body.kind.value,
        body_name=matter.body.name,
        kind=MatterDutyKind.POSTING,
        step=duty.path,
        step_title=visit.node.title,
        round=duty.round,
        since=visit.done_on or visit.since,
        due=duty.due,
        standing=standing,
        days_late=((duty.posted_on or on) - duty.due).days if is_late else 0,
        what=duty.what,
        where=duty.where,
        posted_on=duty.posted_on,
        record=visit.postings[0].record if visit.postings else None,
    )


def tally_matters(duties: Iterable[MatterDuty], *, villages: Sequence[Place]) -> list[MatterTally]:
    """Return how the matters of each village that has any stand in sum, most missing first."""
    by_village: dict[str, list[MatterDuty]] = {}
    for duty in duties:
        by_village.setdefault(duty.village, []).append(duty)
    found = [_tally(village, by_village[village.code]) for village in villages if village.code in by_village]
    return sorted(found, key=lambda tally: (-tally.missing, -tally.overdue, -tally.late))


def _tally(village: Place, duties: Sequence[MatterDuty]) -> MatterTally:
    postings = [duty.standing for duty in duties if duty.kind is MatterDutyKind.POSTING]
    steps = [duty.standing for duty in duties if duty.kind is MatterDutyKind.STEP]
    return MatterTally(
        village=village.code,
        name=village.name,
        met=postings.count(Standing.MET),
        late=postings.count(Standing.LATE),
        missing=postings.count(Standing.MISSING),
        overdue=steps.count(Standing.MISSING),
        matters=len({duty.number for duty in duties}),
    )
