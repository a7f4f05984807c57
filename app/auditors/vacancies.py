"""Vacant posts of the township's villages: what waits for them, who stands in, and naming somebody (代行)."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import Audience, current_person, open_to
from app.addresses import row_number
from app.auditors.blueprint import auditors
from app.database import session, transaction
from app.once import once
from app.words import say
from publicity.records.pages import POST_WORDS
from publicity.workflow.vacancies import Vacancy, ended_acting, latest_day, name_acting, vacancies
from village_lists.errors import NotAllowed, Refusal
from village_lists.markers import N_
from village_lists.people.models import Person
from village_lists.people.queries import accounts_named
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code

Page = str | tuple[str, int]
FIELDS = ("village", "post", "person", "user_name", "until", "reason")


@auditors.get("/audit/<township:township>/vacancies")
@open_to(Audience.AUDITORS)
def show_vacancies(township: str) -> Page:
    """Show the vacant posts, and for each the form that names who stands in."""
    return _page(_township(township))


@auditors.post("/audit/<township:township>/vacancies")
@open_to(Audience.AUDITORS)
@once
def name_stand_in(township: str) -> Page | Response:
    """Name who stands in for a vacant post, until a day and with a reason."""
    place = _township(township)
    found = _vacancy(place)
    try:
        with transaction() as write:
            name_acting(
                write,
                village=found.village,
                kind=found.kind,
                person=_person(found),
                until=_day(request.form.get("until", "")),
                reason=request.form.get("reason", ""),
                by=current_person() or abort(403),
                now=clock.now(),
            )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(_township(township), say(refusal.words, refusal.values)), 422
    flash(_("已指定，从今天起可以代行；有人正式任职后自动结束。"))
    return redirect(url_for(".show_vacancies", township=township), 303)


def _township(code: str) -> Place:
    return place_by_code(session(), code=code, level=Level.TOWNSHIP) or abort(404)


def _vacancy(place: Place) -> Vacancy:
    """Return the vacancy that the form names; 404 for one that is none of the township's."""
    wanted = (request.form.get("village", ""), request.form.get("post", ""))
    listed = vacancies(session(), township=place, on=clock.today())
    return next((one for one in listed if (one.village.code, one.kind.value) == wanted), None) or abort(404)


def _person(vacancy: Vacancy) -> Person:
    """Return who was chosen among the village's officials, or whose user name was typed; raise Refusal for nobody."""
    name = request.form.get("user_name", "").strip()
    if name:
        accounts = accounts_named(session(), name=name)
        if len(accounts) == 1:
            return accounts[0].person
        raise Refusal(N_("没有找到用户名「%(name)s」"), name=name)
    try:
        number = row_number(request.form.get("person", ""))
    except ValueError:
        number = 0
    found = next((one for one in vacancy.candidates if one.id == number), None)
    if found is None:
        raise Refusal(N_("请选择由谁代行，或者填写用户名"))
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(N_("请填写代行到哪一天，例如 2026-12-31")) from None


def _page(place: Place, problem: str = "") -> str:
    on = clock.today()
    return render_template(
        "auditors/show_vacancies.html",
        township=place,
        on=on,
        last=latest_day(on),
        vacancies=vacancies(session(), township=place, on=on),
        ended=ended_acting(session(), township=place, on=on),
        post_words=POST_WORDS,
        problem=problem,
        typed={name: request.form.get(name, "") for name in FIELDS},
    )
