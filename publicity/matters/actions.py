"""Deeds in matters: open one, take its steps, hold its meetings, hang its postings, check what was entered."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from publicity.matters.course import Course, FindingKind, VisitState
from publicity.matters.meetings import voting_of
from publicity.matters.models import Evidence, Matter, MatterDeed, MatterEvent, MatterRecord
from publicity.matters.queries import (
    Choice,
    choices_for,
    clerk_on,
    course_for,
    later_procedure,
    next_code,
    next_matter_number,
    records_tied,
    supervisor_on,
)
from publicity.matters.rules import check_budget, check_day, check_reason, check_title, check_words
from publicity.records.models import Record
from publicity.records.rules import random_key
from village_lists.amounts import exact
from village_lists.days import china_day
from village_lists.documents.models import Document
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind
from village_lists.places.models import Body, Place
from village_lists.powers.models import Procedure
from village_lists.powers.resolutions import frozen
from village_lists.rulebook.queries import decision_rule, rules_for
from village_lists.rulebook.quorums import judge

REASONED = {MatterDeed.SKIPPED, MatterDeed.STOPPED, MatterDeed.VOIDED, MatterDeed.MOVED, MatterDeed.BUDGETED}
CARRIED = {MatterDeed.DONE, MatterDeed.DECIDED}
FAILED_VOTE = "matter.failed_vote"
DISPLAY = "display.days"


def open_matter(
    session: Session,
    *,
    village: Place,
    body: Body,
    item_code: str,
    title: str,
    budget_fen: int | None,
    funding: str,
    procedure: str,
    opened_on: date,
    by: Person,
    now: datetime,
) -> Matter:
    """Open a matter under an item of the village's list; its procedure is fixed now.

    `procedure`: the slug of one of the item's procedures, "" where the amount chooses. Raise Refusal for an item that
    the list does not have, an amount that belongs to none of its procedures, a day to come, words that must not be
    public; NotAllowed for anybody but a clerk of the village.
    """
    today = china_day(now)
    if not clerk_on(by, village=village, on=today) or body.village_id != village.id:
        raise NotAllowed(N_("只有本村的报账员可以登记事项"))
    check_day(opened_on, opened_on=None, today=today)
    check_budget(budget_fen)
    # Two clerks at once: the second waits, and gets the next number.
    session.get_one(Place, village.id, with_for_update={"key_share": True}, populate_existing=True)
    choice = choices_for(session, village=village, item_code=item_code, amount_fen=budget_fen, on=opened_on)
    if choice is None:
        raise Refusal(N_("本村清单里没有编号「%(code)s」的事项"), code=item_code)
    chosen = next((one for one in choice.procedures if one.slug == procedure), None) if procedure else choice.chosen
    if chosen is None and choice.others:
        words = N_("这个金额不归「%(item)s」，请改选「%(other)s」")
        raise Refusal(words, item=choice.item.name, other=choice.others[0].name)
    if chosen is None:
        raise Refusal(N_("请选这件事走哪一套流程") if choice.procedures else N_("清单里这个事项还没有流程，不能登记"))
    _refuse_looser(choice, chosen, budget_fen)
    matter = Matter(
        village_id=village.id,
        body_id=body.id,
        number=next_matter_number(session, village=village),
        code=next_code(session, village=village, item_code=item_code, year=opened_on.year),
        title=check_title(title, on=today),
        item_code=item_code,
        list_version_id=choice.version.id,
        procedure_id=chosen.id,
        opened_on=opened_on,
        opened_by_id=by.id,
        opened_name=by.name,
        opened_at=now,
        budget_fen=budget_fen,
        funding=check_words(funding, on=today, most=200),
    )
    session.add(matter)
    session.flush()
    return matter


def _refuse_looser(choice: Choice, chosen: Procedure, budget_fen: int | None) -> None:
    """Raise Refusal for a procedure that goes for smaller amounts only; a stricter one than the amount asks is free."""
    band = choice.bands.get(chosen.slug)
    most = band.end.fen if band and band.end else None
    if budget_fen is not None and most is not None and budget_fen >= most:
        words = N_("预算 %(budget)s，「%(procedure)s」只管 %(most)s以下的，请改选别的流程")
        raise Refusal(words, budget=exact(budget_fen), procedure=chosen.title, most=exact(most))


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


def record_meeting(
    session: Session,
    *,
    matter: Matter,
    step: str,
    happened_on: date,
    decision_body: str,
    meeting: str,
    due: int,
    present: int,
    in_favour: int,
    by: Person,
    now: datetime,
    seen: int,
    words: str = "",
) -> MatterEvent:
    """Write down a meeting at a step with its numbers; whether they were enough is computed and kept with the rows.

    `decision_body` names the body in the rule book. Raise Refusal where the numbers cannot be, or no row says what the
    body needs; otherwise as `record_deed`. A meeting with too few people is kept too: it is told, not hidden.
    """
    needs = decision_rule(session, decision_body=decision_body, place=matter.village, on=happened_on)
    verdict = judge(body_rule=needs.rule, due=due, present=present, in_favour=in_favour)
    content = {
        "decision_body": decision_body,
        "meeting": check_words(meeting, on=china_day(now), most=60),
        "due": due,
        "present": present,
        "in_favour": in_favour,
        "passes": verdict.passes,
        "arithmetic": frozen(verdict, needs.answers),
    }
    return record_deed(
        session,
        matter=matter,
        deed=MatterDeed.MET,
        step=step,
        happened_on=happened_on,
        by=by,
        now=now,
        seen=seen,
        words=words,
        content=content,
    )


def put_up(
    session: Session,
    *,
    matter: Matter,
    step: str,
    happened_on: date,
    where: str,
    record: int | None,
    by: Person,
    now: datetime,
    seen: int,
) -> MatterEvent:
    """Write down that a step's posting was put up; how many days it has to hang is fixed now, by the step or the rule.

    `record`: the number of the village's record that is the same on the web, or None. Raise as `record_deed`.
    """
    course = course_for(session, matter=matter, on=china_day(now))
    visit = next((visit for visit in reversed(course.visits) if visit.path == step), None)
    demanded = visit.node.posting if visit else None
    days = demanded.days if demanded else None
    if days is None:
        table = rules_for(session, keys=[DISPLAY], places=[matter.village])
        answer = table.answer(key=DISPLAY, place=matter.village, on=happened_on)
        days = int(answer.value) if answer else 0
    place = check_words(where, on=china_day(now), most=80) or (demanded.where if demanded else "")
    content = {"where": place, "days": days, "record": record}
    return record_deed(
        session,
        matter=matter,
        deed=MatterDeed.POSTED,
        step=step,
        happened_on=happened_on,
        by=by,
        now=now,
        seen=seen,
        content=content,
    )


def take_down(
    session: Session,
    *,
    matter: Matter,
    step: str,
    happened_on: date,
    by: Person,
    now: datetime,
    seen: int,
    words: str = "",
) -> MatterEvent:
    """Write down that a step's posting came down. Raise as `record_deed`."""
    return record_deed(
        session,
        matter=matter,
        deed=MatterDeed.TAKEN_DOWN,
        step=step,
        happened_on=happened_on,
        by=by,
        now=now,
        seen=seen,
        words=words,
    )


def stop_matter(
    session: Session, *, matter: Matter, happened_on: date, words: str, by: Person, now: datetime, seen: int
) -> MatterEvent:
    """Stop a matter for good, with a reason that everybody reads. Raise as `record_deed`."""
    return record_deed(
        session,
        matter=matter,
        deed=MatterDeed.STOPPED,
        step="",
        happened_on=happened_on,
        by=by,
        now=now,
        seen=seen,
        words=words,
    )


def take_back(session: Session, *, matter: Matter, words: str, by: Person, now: datetime, seen: int) -> MatterEvent:
    """Take the last deed that stands back, with a reason; both stay readable. Raise as `record_deed`."""
    taken_back = {event.content["sequence"] for event in matter.events if event.deed is MatterDeed.VOIDED}
    standing = [
        event for event in matter.events if event.deed is not MatterDeed.VOIDED and event.sequence not in taken_back
    ]
    if not standing:
        raise Refusal(N_("还没有登记过什么，没有可以撤回的"))
    last = standing[-1]
    return record_deed(
        session,
        matter=matter,
        deed=MatterDeed.VOIDED,
        step=last.step,
        happened_on=china_day(now),
        by=by,
        now=now,
        seen=seen,
        words=words,
        content={"sequence": last.sequence},
    )


def move_on(
    session: Session, *, matter: Matter, procedure: Procedure, words: str, by: Person, now: datetime, seen: int
) -> MatterEvent:
    """Go on under a later version of the procedure, with a reason; what is under way must exist there too.

    Raise Refusal for any other than the one that the village's list now offers; otherwise as `record_deed`.
    """
    offered = later_procedure(session, matter=matter)
    if offered is None or offered.id != procedure.id:
        raise Refusal(N_("本村清单里没有这一套更新的流程"))
    content = {
        "procedure": procedure.id,
        "list_version": procedure.version_id,
        "former": matter.procedure_id,
        "former_version": matter.list_version_id,
    }
    return record_deed(
        session,
        matter=matter,
        deed=MatterDeed.MOVED,
        step="",
        happened_on=china_day(now),
        by=by,
        now=now,
        seen=seen,
        words=words,
        content=content,
    )


def change_budget(
    session: Session,
    *,
    matter: Matter,
    budget_fen: int | None,
    happened_on: date,
    words: str,
    by: Person,
    now: datetime,
    seen: int,
) -> MatterEvent:
    """Say what a matter may cost from now on, with a reason. Raise as `record_deed`."""
    check_budget(budget_fen)
    return record_deed(
        session,
        matter=matter,
        deed=MatterDeed.BUDGETED,
        step="",
        happened_on=happened_on,
        by=by,
        now=now,
        seen=seen,
        words=words,
        content={"budget_fen": budget_fen, "former": matter.budget_fen},
    )


def check_deed(session: Session, *, event: MatterEvent, by: Person, now: datetime) -> None:
    """Say, as a member of the supervision committee who did not enter it, that a deed is as it was written down."""
    session.refresh(event, with_for_update=True)
    if supervisor_on(by, village=event.matter.village, on=china_day(now)) is None:
        raise NotAllowed(N_("只有本村的村务监督委员会可以核对"))
    if by.id == event.by_id or any(one.by_id == by.id for one in event.evidence):
        raise NotAllowed(N_("自己登记的不能自己核对"))
    if event.checked_by_id is not None:
        raise Stale(N_("这一条已经核对过了"))
    event.checked_by_id, event.checked_name, event.checked_at = by.id, by.name, now
    session.flush()


def tie_record(
    session: Session, *, matter: Matter, record: Record, step: str, by: Person, now: datetime
) -> MatterRecord:
    """Tie a record of the village to a matter, at a step ("" for the whole).

    Raise Refusal for one that is tied already, or a step that was not reached; NotAllowed for another village's, or
    for anybody but a clerk.
    """
    if not clerk_on(by, village=matter.village, on=china_day(now)) or record.village_id != matter.village_id:
        raise NotAllowed(N_("只有本村的报账员可以把本村的公开件归到事项"))
    if any(one.record_id == record.id for one in records_tied(session, matter=matter)):
        raise Refusal(N_("这一份公开件已经归到这件事了"))
    if step and step not in {visit.path for visit in course_for(session, matter=matter, on=china_day(now)).visits}:
        raise Refusal(N_("还没有走到这一步"))
    tied = MatterRecord(matter_id=matter.id, record_id=record.id, by_id=by.id, at=now, step=step)
    session.add(tied)
    session.flush()
    return tied


def add_evidence(
    session: Session, *, event: MatterEvent, name: str, document: Document, by: Person, now: datetime
) -> Evidence:
    """Put a photo or paper behind a deed; for officials until somebody looked at it."""
    today = china_day(now)
    if not clerk_on(by, village=event.matter.village, on=today):
        raise NotAllowed(N_("只有本村的报账员可以添材料"))
    evidence = Evidence(
        key=random_key(),
        event_id=event.id,
        name=check_words(name, on=today, most=120) or N_("材料"),
        original_id=document.id,
        by_id=by.id,
        at=now,
    )
    session.add(evidence)
    session.flush()
    session.expire(event, ["evidence"])
    return evidence


def show_evidence(
    session: Session,
    *,
    evidence: Evidence,
    shown: Document | None,
    boxes: Mapping[str, Any] | None = None,
    is_checked: bool = True,
    by: Person,
    now: datetime,
) -> None:
    """Say what the public gets of it: a document that somebody looked at and covered, or nothing (None).

    Not `is_checked`: it was covered, and nobody has looked at the result yet, so nobody else gets it. A former drawing
    is deleted: nowhere is there a picture with fewer boxes but the original itself.
    """
    if not clerk_on(by, village=evidence.event.matter.village, on=china_day(now)):
        raise NotAllowed(N_("只有本村的报账员可以决定公开什么"))
    former = evidence.shown
    evidence.shown_id = shown.id if shown else None
    evidence.boxes = dict(boxes or {})
    evidence.is_checked = is_checked
    session.flush()
    session.expire(evidence, ["shown"])
    if former is not None and former.id not in {evidence.original_id, evidence.shown_id}:
        session.delete(former)
        session.flush()
