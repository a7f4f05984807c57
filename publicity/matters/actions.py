"""Deeds in matters: hold a meeting, hang a posting, change the budget, go on under a later list, stop, take back."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from publicity.matters.choices import frozen_band, later_procedure
from publicity.matters.courses import course_for
from publicity.matters.deeds import record_deed
from publicity.matters.models import Matter, MatterDeed, MatterEvent
from publicity.matters.rules import check_budget, check_words
from village_lists.days import china_day
from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.people.models import Person
from village_lists.powers.models import Procedure
from village_lists.powers.resolutions import frozen
from village_lists.rulebook.queries import decision_rule, rules_for
from village_lists.rulebook.quorums import judge

DISPLAY = "display.days"


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
    """Say what a matter may cost from now on, with a reason; for which amounts its procedure goes is kept with it.

    An amount out of that band is told, not refused. Raise as `record_deed`.
    """
    check_budget(budget_fen)
    band = frozen_band(session, matter=matter, amount_fen=budget_fen, on=happened_on)
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
        content={"budget_fen": budget_fen, "former": matter.budget_fen, "band": band},
    )
