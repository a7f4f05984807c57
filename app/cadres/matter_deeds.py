"""Deeds in matters as the desk sends them: steps, meetings, postings, money, the end, and what the others check."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.matter_forms import Sent, budget_of, day_of, number_of, people_of, seen_of, sent_form
from app.cadres.matters import Page, matter_answer, my_matter, refused
from app.cadres.places import me, my_village
from app.database import session, transaction
from app.matter_charts import told
from app.once import once
from publicity.matters import actions, deeds, evidence
from publicity.matters.choices import later_procedure
from publicity.matters.course import Course, Finding
from publicity.matters.courses import course_for
from publicity.matters.models import Matter, MatterDeed
from publicity.matters.queries import records_tied
from publicity.records.models import Record
from publicity.records.queries import record_numbered, was_public
from village_lists.errors import NotAllowed, NotFound, Refusal
from village_lists.markers import N_
from village_lists.places.models import Place

ENDS = {one.value: one for one in (MatterDeed.DONE, MatterDeed.DECIDED, MatterDeed.SKIPPED, MatterDeed.HANDED_OVER)}
Deed = Callable[[Session, Matter, Sent], object]


@cadres.post("/desk/<village:village>/matters/<int:number>/ends")
@open_to(Audience.CLERKS)
@once
def end_step(village: str, number: int) -> Page | Response:
    """A step is done, decided, skipped with a reason, or handed over to what follows outside."""
    return _take(village, number, request.form.get("deed", ""), _end, _("已登记。"))


@cadres.post("/desk/<village:village>/matters/<int:number>/meetings")
@open_to(Audience.CLERKS)
@once
def record_meeting(village: str, number: int) -> Page | Response:
    """A meeting at a step with its numbers; what is missing is told at once."""
    return _take(village, number, "meeting", _meet, _("会议已登记，算出来的结果在下面。"))


@cadres.post("/desk/<village:village>/matters/<int:number>/postings")
@open_to(Audience.CLERKS)
@once
def put_up(village: str, number: int) -> Page | Response:
    """The posting of a step was put up; the record that says the same on the web is tied to the matter."""
    return _take(village, number, "post", _put_up, _("已登记贴出。"))


@cadres.post("/desk/<village:village>/matters/<int:number>/postings/end")
@open_to(Audience.CLERKS)
@once
def take_down(village: str, number: int) -> Page | Response:
    """The posting of a step came down."""
    return _take(village, number, "down", _take_down, _("已登记取下。"))


@cadres.post("/desk/<village:village>/matters/<int:number>/budget")
@open_to(Audience.CLERKS)
@once
def change_budget(village: str, number: int) -> Page | Response:
    """What it may cost changes, with a reason."""
    return _take(village, number, "budget", _change_budget, _("预算已改。"))


@cadres.post("/desk/<village:village>/matters/<int:number>/stop")
@open_to(Audience.CLERKS)
@once
def stop_matter(village: str, number: int) -> Page | Response:
    """The matter is stopped for good, with a reason."""
    return _take(village, number, "stop", _stop, _("已停办，原因已公开。"))


@cadres.post("/desk/<village:village>/matters/<int:number>/back")
@open_to(Audience.CLERKS)
@once
def take_deed_back(village: str, number: int) -> Page | Response:
    """The last deed is taken back, with a reason; both stay readable."""
    return _take(village, number, "back", _take_back, _("最后一条已撤回，两条都留着。"))


@cadres.post("/desk/<village:village>/matters/<int:number>/procedure")
@open_to(Audience.CLERKS)
@once
def move_on(village: str, number: int) -> Page | Response:
    """The matter goes on under the later version of its procedure, with a reason."""
    return _take(village, number, "move", _move_on, _("已换到新一版的流程。"))


@cadres.post("/desk/<village:village>/matters/<int:number>/records")
@open_to(Audience.CLERKS)
@once
def tie_record(village: str, number: int) -> Page | Response:
    """A public record of the village belongs to this matter."""
    return _take(village, number, "record", _tie, _("已归到这件事。"))


@cadres.post("/desk/<village:village>/matters/<int:number>/checks")
@open_to(Audience.REVIEWERS)
@once
def check_deeds(village: str, number: int) -> Page | Response:
    """A member of the supervision committee says of one or several deeds that they are as written down."""
    return _take(village, number, "check", _check, _("已核对。"))


def _take(village: str, number: int, form: str, deed: Deed, done: str) -> Page | Response:
    """Do a deed and tell at once what is now not as the list says; a refused form comes back as it was typed."""
    sent = sent_form(form)
    try:
        with transaction() as write:
            matter = my_matter(my_village(village), number)
            before = _course(write, matter)
            deed(write, matter, sent)
            after = _course(write, matter)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return matter_answer(village, number, refused(sent, refusal))
    flash(done)
    for finding in new_findings(before, after):
        flash(told(finding.words, finding.values), "mistake")
    return redirect(url_for(".show_matter", village=village, number=number), 303)


def new_findings(before: Course, after: Course) -> list[Finding]:
    """Return what is told of the course after a deed and was not told before it."""
    return [finding for finding in after.findings if finding not in before.findings]


def _course(write: Session, matter: Matter) -> Course:
    return course_for(write, matter=matter, on=clock.today())


def _end(write: Session, matter: Matter, sent: Sent) -> None:
    deed = ENDS.get(sent.form)
    if deed is None:
        raise Refusal(N_("请选办完了、跳过，还是交给后面"))
    deeds.record_deed(
        write,
        matter=matter,
        deed=deed,
        step=sent.step,
        happened_on=day_of(sent),
        by=me(),
        now=clock.now(),
        seen=seen_of(sent),
        exit=sent.values.get("exit", "")[:40],
        words=sent.values.get("words", ""),
    )


def _meet(write: Session, matter: Matter, sent: Sent) -> None:
    actions.record_meeting(
        write,
        matter=matter,
        step=sent.step,
        happened_on=day_of(sent),
        decision_body=sent.values.get("decision_body", "")[:40],
        meeting=sent.values.get("meeting", ""),
        due=people_of(sent, "due"),
        present=people_of(sent, "present"),
        in_favour=people_of(sent, "in_favour"),
        by=me(),
        now=clock.now(),
        seen=seen_of(sent),
        words=sent.values.get("words", ""),
    )


def _put_up(write: Session, matter: Matter, sent: Sent) -> None:
    record = _record(matter.village, number_of(sent, "record"))
    actions.put_up(
        write,
        matter=matter,
        step=sent.step,
        happened_on=day_of(sent),
        where=sent.values.get("where", ""),
        record=record.number if record else None,
        by=me(),
        now=clock.now(),
        seen=seen_of(sent),
    )
    if record and all(one.record_id != record.id for one in records_tied(write, matter=matter)):
        evidence.tie_record(write, matter=matter, record=record, step=sent.step, by=me(), now=clock.now())


def _take_down(write: Session, matter: Matter, sent: Sent) -> None:
    actions.take_down(
        write,
        matter=matter,
        step=sent.step,
        happened_on=day_of(sent),
        by=me(),
        now=clock.now(),
        seen=seen_of(sent),
        words=sent.values.get("words", ""),
    )


def _change_budget(write: Session, matter: Matter, sent: Sent) -> None:
    actions.change_budget(
        write,
        matter=matter,
        budget_fen=budget_of(sent.values.get("budget", "")),
        happened_on=day_of(sent),
        words=sent.values.get("words", ""),
        by=me(),
        now=clock.now(),
        seen=seen_of(sent),
    )


def _stop(write: Session, matter: Matter, sent: Sent) -> None:
    words, on = sent.values.get("words", ""), day_of(sent)
    actions.stop_matter(write, matter=matter, happened_on=on, words=words, by=me(), now=clock.now(), seen=seen_of(sent))


def _take_back(write: Session, matter: Matter, sent: Sent) -> None:
    words = sent.values.get("words", "")
    actions.take_back(write, matter=matter, words=words, by=me(), now=clock.now(), seen=seen_of(sent))


def _move_on(write: Session, matter: Matter, sent: Sent) -> None:
    procedure = later_procedure(write, matter=matter)
    if procedure is None:
        raise Refusal(N_("本村清单里没有这一套更新的流程"))
    words = sent.values.get("words", "")
    actions.move_on(
        write, matter=matter, procedure=procedure, words=words, by=me(), now=clock.now(), seen=seen_of(sent)
    )


def _tie(write: Session, matter: Matter, sent: Sent) -> None:
    record = _record(matter.village, number_of(sent, "record"))
    if record is None:
        raise Refusal(N_("请选一份公开件"))
    evidence.tie_record(write, matter=matter, record=record, step=sent.step, by=me(), now=clock.now())


def _check(write: Session, matter: Matter, _sent: Sent) -> None:
    chosen = set(request.form.getlist("sequence"))
    events = [event for event in matter.events if str(event.sequence) in chosen]
    if not events:
        raise Refusal(N_("请先勾选看过的"))
    for event in events:
        evidence.check_deed(write, event=event, by=me(), now=clock.now())


def _record(village: Place, number: int | None) -> Record | None:
    """Return the public record of that number; raise Refusal where the village has none."""
    if number is None:
        return None
    record = record_numbered(session(), village=village, number=number)
    if record is None or not was_public(record):
        raise Refusal(N_("没有公开过第 %(number)d 号"), number=number)
    return record
