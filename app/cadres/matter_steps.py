"""What the desk's page of a matter offers: a card for each active step, what hangs, what is to be hung. Reads only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from publicity.matters.course import Course, HungPosting, Meeting, PostingDuty, PostingState, Visit, VisitState
from publicity.matters.meetings import vote_body_of, voting_of
from publicity.workflow.matter_lists import StandsAt, stands_at
from publicity.workflow.matter_story import MeetingSums, sums_of
from village_lists.flowcharts.graph import NodeKind, Posting
from village_lists.places.models import BodyKind

WANTED = {VisitState.ACTIVE, VisitState.DONE}
"""What was skipped or handed over demands no posting (publicity.matters.course, 8)."""


@dataclass(frozen=True, kw_only=True)
class Hanging:
    """A posting that hangs now: at which step, since when, how long it has to, how many days are left (0: enough)."""

    path: str
    title: str
    what: str
    where: str
    posted_on: date
    days: int
    until: date
    days_left: int


@dataclass(frozen=True, kw_only=True)
class ToHang:
    """A posting that may be put up at a step that was reached.

    `due` is the last day where a rule says so, `days_late` how long that is over. `is_wanted`: nothing hung yet for the
    newest visit, or what hung came down too early.
    """

    path: str
    title: str
    posting: Posting
    due: date | None
    days_late: int
    is_wanted: bool


@dataclass(frozen=True, kw_only=True)
class HeldMeeting:
    """A meeting at an active step, with its sums."""

    on: date
    name: str
    words: MeetingSums


@dataclass(frozen=True, kw_only=True)
class StepCard:
    """An active step as the clerk works on it.

    `exits` are the results of a decision, empty for a step. `body` is the deciding body of the rule book that has to
    carry it ("" where nobody votes); `lacks_meeting`: no meeting has carried it yet. `hanging` and `to_hang` are its
    posting. `may_hand_over`: it stands inside an embedded procedure, and what follows outside may do the rest.
    """

    stands: StandsAt
    visit: Visit
    exits: tuple[str, ...]
    body: str
    lacks_meeting: bool
    meetings: tuple[HeldMeeting, ...]
    hanging: Hanging | None
    to_hang: ToHang | None
    may_hand_over: bool

    @property
    def anchor(self) -> str:
        """Return the name of its place on the page."""
        return f"step-{self.visit.path.replace('/', '-')}"


@dataclass(frozen=True, kw_only=True)
class Steps:
    """All that may be done on a day: cards of active steps, what hangs and may be hung at steps that are over."""

    cards: tuple[StepCard, ...]
    hanging: tuple[Hanging, ...]
    to_hang: tuple[ToHang, ...]


def steps_of(course: Course, *, body_kind: BodyKind, on: date) -> Steps:
    """Return what the desk offers for a course on a day."""
    voting = voting_of(course.plan, body_kind)
    stands = {one.path: one for one in stands_at(course, on=on)}
    hanging = {one.path: one for one in _hanging(course.visits, on)}
    to_hang = {one.path: one for one in _to_hang(course, hanging.keys(), on)}
    heard = _bodies_heard(course, body_kind)
    cards = tuple(
        _card(
            course,
            visit,
            stands[visit.path],
            voting=voting,
            heard=heard,
            hanging=hanging.pop(visit.path, None),
            to_hang=to_hang.pop(visit.path, None),
        )
        for visit in course.active
    )
    return Steps(cards=cards, hanging=tuple(hanging.values()), to_hang=tuple(to_hang.values()))


def _bodies_heard(course: Course, body_kind: BodyKind) -> frozenset[str]:
    """Return the deciding bodies that met when they were last asked: a decision may go by that meeting.

    Who was asked is read from the step as it was then, as publicity.matters.findings does.
    """
    heard: dict[str, bool] = {}
    ended = [visit for visit in course.visits if visit.sequence is not None]
    for visit in sorted(ended, key=lambda one: one.sequence or 0):
        body = vote_body_of(visit.node, body_kind)
        if body is None:
            continue
        goes_by_last = visit.node.kind is NodeKind.DECISION and heard.get(body, False)
        heard[body] = bool(_own(visit, body)) or goes_by_last
    return frozenset(body for body, met in heard.items() if met)


def _own(visit: Visit, body: str) -> list[Meeting]:
    """Return the meetings of that very body at a visit; another body's carry nothing here."""
    return [meeting for meeting in visit.meetings if meeting.decision_body == body]


def _lacks_meeting(visit: Visit, body: str, heard: frozenset[str]) -> bool:
    """Say whether a visit waits for its meeting, as publicity.matters.findings will ask once it is over."""
    own = _own(visit, body)
    if not body:
        return False
    if visit.node.kind is NodeKind.DECISION:
        return not own and body not in heard
    return not any(meeting.passes for meeting in own)


def _may_hand_over(course: Course, visit: Visit, voting: Mapping[str, str]) -> bool:
    """Say whether what follows outside may do the rest: nothing that a body has to carry is left inside."""
    scope = visit.path.rpartition("/")[0]
    done = {one.path for one in course.visits if one.state is VisitState.DONE}
    return bool(scope) and all(path in done for path in voting if path.startswith(f"{scope}/"))


def _card(
    course: Course,
    visit: Visit,
    stands: StandsAt,
    *,
    voting: Mapping[str, str],
    heard: frozenset[str],
    hanging: Hanging | None,
    to_hang: ToHang | None,
) -> StepCard:
    body = voting.get(visit.path, "")
    return StepCard(
        stands=stands,
        visit=visit,
        exits=exits_of(course, visit.path) if visit.node.kind is NodeKind.DECISION else (),
        body=body,
        lacks_meeting=_lacks_meeting(visit, body, heard),
        meetings=tuple(_held(meeting) for meeting in visit.meetings),
        hanging=hanging,
        to_hang=to_hang,
        may_hand_over=_may_hand_over(course, visit, voting),
    )


def _held(meeting: Meeting) -> HeldMeeting:
    return HeldMeeting(on=meeting.on, name=meeting.meeting, words=sums_of(meeting))


def exits_of(course: Course, path: str) -> tuple[str, ...]:
    """Return the labels of the exits of a decision, in the order of the procedure, each once."""
    outer, _, key = path.rpartition("/")
    graph = course.plan.graphs[course.embedded[outer]]
    return tuple(dict.fromkeys(edge.label for edge in graph.edges if edge.source == key))


def _hanging(visits: Sequence[Visit], on: date) -> list[Hanging]:
    return [
        Hanging(
            path=visit.path,
            title=visit.node.title,
            what=visit.node.posting.what if visit.node.posting else "",
            where=posting.where,
            posted_on=posting.posted_on,
            days=posting.days,
            until=_until(posting),
            days_left=max((_until(posting) - on).days, 0),
        )
        for visit in visits
        for posting in visit.postings
        if posting.taken_down_on is None
    ]


def _until(posting: HungPosting) -> date:
    return posting.posted_on + timedelta(days=posting.days)


def _to_hang(course: Course, hanging: Collection[str], on: date) -> list[ToHang]:
    duties = {(duty.path, duty.round): duty for duty in course.posting_duties}
    newest = {visit.path: visit for visit in course.visits}
    found = []
    for visit in newest.values():
        posting = visit.node.posting
        if posting is None or visit.path in hanging:
            continue
        duty = duties.get((visit.path, visit.round))
        found.append(
            ToHang(
                path=visit.path,
                title=visit.node.title,
                posting=posting,
                due=duty.due if duty and duty.posted_on is None else None,
                days_late=_days_late(duty, on),
                is_wanted=visit.state in WANTED and all(_is_short(one) for one in visit.postings),
            )
        )
    return found


def _is_short(posting: HungPosting) -> bool:
    return posting.taken_down_on is not None and posting.taken_down_on < _until(posting)


def _days_late(duty: PostingDuty | None, on: date) -> int:
    return (on - duty.due).days if duty and duty.state is PostingState.MISSING else 0
