"""Who holds which office in the two legal bodies: the clerk enters it, residents read it at once."""

from dataclasses import dataclass
from datetime import date

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.places import me, my_village
from app.database import session, transaction
from app.once import once
from app.words import say
from publicity.privacy.guard import exposures
from village_lists.errors import NotAllowed, Refusal
from village_lists.markers import N_
from village_lists.people.actions import appoint as appoint_person
from village_lists.people.actions import end_appointment as end_office
from village_lists.people.actions import enter_person
from village_lists.people.models import Appointment, Person, PostKind
from village_lists.people.queries import all_appointments, appointment_numbered, officials_of
from village_lists.people.rules import holds_on
from village_lists.places.models import Place

LONGEST_NAME = 40
TITLES = ("主任", "副主任", "委员", "理事长", "理事", "监事长", "监事")
"""What most bodies call their offices; another title may be typed."""
Page = str | tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The form as it was sent: the body's kind, a known person's id or a new name, title and first day."""

    body: str = ""
    person: str = ""
    name: str = ""
    title: str = ""
    starts_on: str = ""


@cadres.get("/desk/<village:village>/bodies")
@open_to(Audience.CADRES)
def show_bodies(village: str) -> Page:
    """Show who holds which office in the two bodies, and who held one before."""
    return _page(my_village(village), Sent())


@cadres.post("/desk/<village:village>/bodies/appointments")
@open_to(Audience.CLERKS)
@once
def appoint(village: str) -> Page | Response:
    """Enter that somebody holds an office; a refused form keeps what was typed."""
    place = my_village(village)
    sent = Sent(**{key: request.form.get(key, "") for key in Sent.__dataclass_fields__})
    try:
        with transaction():
            _enter(place, sent)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(place, sent, problem=say(refusal.words, refusal.values)), 422
    flash(_("已登记，村民现在就能看到。"))
    return redirect(url_for(".show_bodies", village=village), 303)


@cadres.post("/desk/<village:village>/bodies/appointments/<int:number>/end")
@open_to(Audience.CLERKS)
@once
def end_appointment(village: str, number: int) -> Page | Response:
    """Enter the last day of an office."""
    place = my_village(village)
    office = appointment_numbered(session(), village=place, number=number) or abort(404)
    try:
        with transaction() as write:
            ends_on = _day(request.form.get("ends_on", ""))
            end_office(write, appointment=office, ends_on=ends_on, by=me(), now=clock.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(place, Sent(), problem=say(refusal.words, refusal.values)), 422
    flash(_("任期结束的日子已登记。"))
    return redirect(url_for(".show_bodies", village=village), 303)


def _enter(place: Place, sent: Sent) -> Appointment:
    body = next((body for body in place.bodies if body.kind == sent.body), None)
    if body is None:
        raise Refusal(N_("请选是哪个单位"))
    starts_on, person = _day(sent.starts_on), _person(place, sent)
    for found in exposures(sent.title, on=clock.today()):
        raise Refusal(found.shown_words)
    return appoint_person(
        session(), body=body, person=person, title=sent.title, starts_on=starts_on, by=me(), now=clock.now()
    )


def _person(place: Place, sent: Sent) -> Person:
    """Return the person who was chosen, or a new one of the name that was typed."""
    if sent.person:
        known = next((person for person in _people(place) if str(person.id) == sent.person), None)
        return known or abort(404)
    name = "".join(sent.name.split())
    if not 1 < len(name) <= LONGEST_NAME:
        raise Refusal(N_("请选一个人，或者写上姓名"))
    for found in exposures(name, on=clock.today()):
        raise Refusal(found.shown_words)
    return enter_person(session(), name=name, secret=current_app.config["SECRET_KEY"])


def _people(place: Place) -> list[Person]:
    """Return who holds a post or an office in the village, each once: one person in both bodies stays one."""
    held = [post.person for post in officials_of(session(), place=place, on=clock.today())]
    offices = [one.person for one in all_appointments(session(), village=place)]
    return list({person.id: person for person in (*held, *offices)}.values())


def _page(place: Place, sent: Sent, problem: str = "") -> str:
    today = clock.today()
    offices = all_appointments(session(), village=place)
    is_clerk = any(
        post.place_id == place.id and post.kind == PostKind.CLERK and holds_on(post, today) for post in me().posts
    )
    return render_template(
        "cadres/show_bodies.html",
        village=place,
        bodies=sorted(place.bodies, key=lambda body: body.kind, reverse=True),
        held=[one for one in offices if one.ends_on is None or one.ends_on >= today],
        former=[one for one in offices if one.ends_on is not None and one.ends_on < today],
        people=_people(place),
        titles=TITLES,
        sent=sent,
        problem=problem,
        today=today,
        is_clerk=is_clerk,
    )


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as wrong:
        raise Refusal(N_("请填日子，例如 2026-10-20")) from wrong
