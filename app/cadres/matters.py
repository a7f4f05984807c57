"""Matters on the desk: all of the village, a new one, and one with what is to be done now."""

from dataclasses import dataclass, replace
from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import Audience, open_to
from app.amount_words import amount_words, level_words
from app.cadres.blueprint import cadres
from app.cadres.matter_choices import NewMatter, asked_matter, opened_from
from app.cadres.matter_forms import Sent, sent_form
from app.cadres.matter_steps import steps_of
from app.cadres.places import me, my_village
from app.database import session, transaction
from app.matter_charts import charts_of, told
from app.once import once
from app.words import say
from publicity.codes.actions import give_code
from publicity.codes.models import TargetKind
from publicity.matters.choices import later_procedure
from publicity.matters.models import Matter, MatterState
from publicity.matters.queries import clerk_on, decision_bodies, matter_by_number, supervisor_on, unchecked_deeds
from publicity.workflow.matter_lists import MatterLine, matter_lines
from publicity.workflow.matter_pages import matter_page
from publicity.workflow.public_records import record_cards
from village_lists.errors import NotAllowed, NotFound, Refusal, Stale
from village_lists.people.models import Person
from village_lists.places.models import Place

ON_A_PAGE = 50
MOST_RECORDS = 40
"""The newest public records that a form offers; older ones are seldom what was hung yesterday."""
Page = str | tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class MatterList:
    """A page of matters of one state: `counts` of every state, `unchecked` deeds that this person may check, by number.

    `pages` of fifty; `page` counts from 1.
    """

    state: MatterState
    lines: tuple[MatterLine, ...]
    counts: tuple[tuple[str, int], ...]
    unchecked: dict[int, int]
    late: int
    page: int
    pages: int

    @property
    def former(self) -> int:
        """Return the page before, 0 on the first."""
        return self.page - 1

    @property
    def further(self) -> int:
        """Return the page after, 0 on the last."""
        return self.page + 1 if self.page < self.pages else 0


@cadres.get("/desk/<village:village>/matters")
@open_to(Audience.CADRES)
def list_matters(village: str) -> str:
    """Show the matters of the village by state, what is overdue first."""
    place = my_village(village)
    return render_template(
        "cadres/list_matters.html",
        village=place,
        matters=_asked(place, clock.today()),
        is_clerk=clerk_on(me(), village=place, on=clock.today()),
    )


@cadres.get("/desk/<village:village>/matters/new")
@open_to(Audience.CLERKS)
def new_matter(village: str) -> Page:
    """Ask for item and amount; then show which procedure they choose, why, and the rest of the form."""
    place = my_village(village)
    asked = asked_matter(place, request.args)
    return _new_page(place, asked, Sent()), 422 if asked.problem else 200


@cadres.post("/desk/<village:village>/matters")
@open_to(Audience.CLERKS)
@once
def open_matter(village: str) -> Page | Response:
    """Open the matter under the procedure that was shown, and give it its printed code."""
    sent = sent_form("open")
    try:
        with transaction() as write:
            place = my_village(village)
            matter = opened_from(write, place, sent)
            target = str(matter.number)
            give_code(write, village=place, kind=TargetKind.MATTER, target=target, now=clock.now())
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        place = my_village(village)
        refused = replace(sent, problem=say(refusal.words, refusal.values))
        return _new_page(place, asked_matter(place, request.form), refused), 422
    flash(_("已立项，编号 %(code)s，村民现在就能看到。", code=matter.code))
    return redirect(url_for(".show_matter", village=village, number=matter.number), 303)


@cadres.get("/desk/<village:village>/matters/<int:number>")
@open_to(Audience.CADRES)
def show_matter(village: str, number: int) -> Page:
    """Show what is to be done in a matter now, what is not as the list says, and everything that happened."""
    return matter_answer(village, number, Sent())


def my_matter(village: Place, number: int) -> Matter:
    """Return the matter of that number in this village, or answer 404."""
    return matter_by_number(session(), village=village, number=number) or abort(404)


def refused(sent: Sent, refusal: Refusal) -> Sent:
    """Return a form with why it was refused; 409 where somebody else was quicker."""
    status = 409 if isinstance(refusal, Stale) else 422
    return replace(sent, problem=say(refusal.words, refusal.values), status=status)


def matter_answer(village: str, number: int, sent: Sent) -> tuple[str, int]:
    """Return the page of a matter, with a refused form as it was sent."""
    place, today = my_village(village), clock.today()
    matter = my_matter(place, number)
    page = matter_page(session(), village=place, number=number, on=today, is_masked=False) or abort(404)
    is_clerk = clerk_on(me(), village=place, on=today)
    shown = render_template(
        "cadres/show_matter.html",
        village=place,
        matter=matter,
        page=page,
        steps=steps_of(page.course, body_kind=matter.body.kind, on=today),
        charts=charts_of(page.course, on=today),
        bodies=decision_bodies(session(), village=place, on=today) if is_clerk else (),
        records=record_cards(session(), village=place)[:MOST_RECORDS] if is_clerk else (),
        later=later_procedure(session(), matter=matter),
        checkable=checkable_in(matter, me(), today),
        reached={visit.path: visit.node.title for visit in page.course.visits},
        is_clerk=is_clerk,
        sent=sent,
        today=today,
        told=told,
    )
    return shown, sent.status


def checkable_in(matter: Matter, person: Person, on: date) -> frozenset[int]:
    """Return the sequences of the deeds that this person may check on a day."""
    if supervisor_on(person, village=matter.village, on=on) is None:
        return frozenset()
    waiting = (event for event in matter.events if event.checked_by_id is None)
    return frozenset(
        event.sequence
        for event in waiting
        if event.by_id != person.id and all(paper.by_id != person.id for paper in event.evidence)
    )


def _asked(place: Place, today: date) -> MatterList:
    """Return the matters of the state that the address asks for, running ones where it asks for none."""
    state = next((one for one in MatterState if one.value == request.args.get("state")), MatterState.RUNNING)
    found = matter_lines(session(), village=place, on=today, is_masked=False)
    chosen = sorted((line for line in found if line.state is state), key=_latest_first)
    pages = max(1, -(-len(chosen) // ON_A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return MatterList(
        state=state,
        lines=tuple(chosen[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]),
        counts=tuple((one.value, sum(line.state is one for line in found)) for one in MatterState),
        unchecked=_unchecked(place, today),
        late=sum(line.is_late for line in found if line.state is MatterState.RUNNING),
        page=page,
        pages=pages,
    )


def _latest_first(line: MatterLine) -> int:
    """What is most overdue comes first; the order is kept among what is in time."""
    return -max((one.days_late for one in line.now), default=0)


def _unchecked(place: Place, today: date) -> dict[int, int]:
    """Return by matter how many deeds wait for this person, who sits on the supervision committee."""
    if supervisor_on(me(), village=place, on=today) is None:
        return {}
    return {matter.number: count for matter, count in unchecked_deeds(session(), village=place, by=me())}


def _new_page(place: Place, asked: NewMatter, sent: Sent) -> str:
    return render_template(
        "cadres/new_matter.html",
        village=place,
        asked=asked,
        sent=sent,
        today=clock.today(),
        amount_words=amount_words,
        level_words=level_words,
    )
