"""Writing down what happened in a matter: the one way for every deed, and what the rule book refuses."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from publicity.matters.course import Course, FindingKind, VisitState
from publicity.matters.courses import course_for
from publicity.matters.meetings import voting_of
from publicity.matters.models import Matter, MatterDeed, MatterEvent
from publicity.matters.queries import clerk_on
from publicity.matters.rules import check_day, check_reason, check_words
from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind
from village_lists.rulebook.queries import rules_for

REASONED = {MatterDeed.SKIPPED, MatterDeed.STOPPED, MatterDeed.VOIDED, MatterDeed.MOVED, MatterDeed.BUDGETED}


CARRIED = {MatterDeed.DONE, MatterDeed.DECIDED}


FAILED_VOTE = "matter.failed_vote"


def record_deed(
    session: Session,
    *,
    matter: Matter,
    deed: MatterDeed,
    step: str,
    happened_on: date,
    by: Person,
    now: datetime,
    seen: int,
    exit: str = "",
    words: str = "",
    content: Mapping[str, Any] | None = None,
) -> MatterEvent:
    """Write down what happened in a matter and let its course follow; the one way for every deed.

    `step` is the path of the step ("" for deeds upon the whole), `seen` the revision that the form was filled from.
    Raise Stale where the matter moved on meanwhile, OutOfOrder where its course does not allow the deed, Refusal for a
    day to come or before it was opened, a missing reason, words that must not be public, or a vote that failed where
    the rule book refuses to go on; NotAllowed for anybody but a clerk of the village.
    """
    today = china_day(now)
    session.refresh(matter, with_for_update=True)
    if not clerk_on(by, village=matter.village, on=today):
        raise NotAllowed(N_("只有本村的报账员可以登记事项的经过"))
    if matter.revision != seen:
        raise Stale(N_("这件事刚有人登记过，请刷新后再登记"))
    check_day(happened_on, opened_on=matter.opened_on, today=today)
    said = check_reason(words, on=today) if deed in REASONED else check_words(words, on=today)
    if deed is MatterDeed.HANDED_OVER:
        _refuse_early_handing(session, matter, step, today)
    event = MatterEvent(
        matter_id=matter.id,
        sequence=len(matter.events) + 1,
        deed=deed,
        happened_on=happened_on,
        by_id=by.id,
        post=PostKind.CLERK,
        name=by.name,
        at=now,
        step=step,
        exit=exit,
        words=said,
        content=dict(content or {}),
    )
    # What the course does not allow leaves no trace, whatever the caller does with the refusal.
    try:
        with session.begin_nested():
            session.add(event)
            session.flush()
            session.expire(matter, ["events"])
            course = _follow(session, matter, today)
            if deed in CARRIED:
                _refuse_failed_vote(session, matter, course, event.sequence, today)
    finally:
        session.expire(matter, ["events"])
    return event


def _follow(session: Session, matter: Matter, today: date) -> Course:
    """Bring what is kept beside the deeds in line with them; raise OutOfOrder where they do not go together."""
    moved = [event for event in matter.events if event.deed is MatterDeed.MOVED]
    taken_back = {event.content["sequence"] for event in matter.events if event.deed is MatterDeed.VOIDED}
    standing = [event for event in moved if event.sequence not in taken_back]
    if moved:
        newest = standing[-1].content if standing else moved[0].content
        matter.procedure_id = int(newest["procedure" if standing else "former"])
        matter.list_version_id = int(newest["list_version" if standing else "former_version"])
    course = course_for(session, matter=matter, on=today)
    matter.state, matter.closed_on, matter.budget_fen = course.state, course.closed_on, course.budget_fen
    matter.revision += 1
    session.flush()
    return course


def _refuse_failed_vote(session: Session, matter: Matter, course: Course, sequence: int, today: date) -> None:
    """Raise Refusal where the rule book does not go on and this deed went on without the meeting that it needs."""
    table = rules_for(session, keys=[FAILED_VOTE], places=[matter.village])
    answer = table.answer(key=FAILED_VOTE, place=matter.village, on=today)
    if answer is None or answer.value != "refuse":
        return
    for finding in course.findings:
        if finding.kind is FindingKind.NO_VOTE and finding.sequence == sequence:
            words = N_("「%(step)s」要开会决定，还没有人数够、多数同意的会议，按规定不能往下走")
            raise Refusal(words, step=finding.values["step"])


def _refuse_early_handing(session: Session, matter: Matter, step: str, today: date) -> None:
    """Raise Refusal where what is handed over would leave out a step that a deciding body has to carry."""
    course = course_for(session, matter=matter, on=today)
    scope = step.rpartition("/")[0]
    done = {visit.path for visit in course.visits if visit.state is VisitState.DONE}
    titles = {visit.path: visit.node.title for visit in course.visits}
    for path in voting_of(course.plan, matter.body.kind):
        if scope and path.startswith(f"{scope}/") and path not in done:
            words = N_("「%(step)s」要开会决定，还没有办完，不能从这里交给后面的步骤")
            raise Refusal(words, step=titles.get(path) or _title_of(course, path))


def _title_of(course: Course, path: str) -> str:
    scope, _, key = path.rpartition("/")
    graph = course.plan.graphs[course.embedded[scope]]
    return next(node.title for node in graph.nodes if node.key == key)
