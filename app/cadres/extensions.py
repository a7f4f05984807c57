"""Asking the township for a later day for something that is due."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.places import me, my_village
from app.database import session, transaction
from app.duty_words import rule_name, why
from app.once import once
from app.words import say
from publicity.duties.actions import allowed_days, ask_extension, may_ask
from publicity.duties.extensions import duty_about
from publicity.duties.queries import Duty
from village_lists.errors import NotAllowed, NotFound, Refusal
from village_lists.markers import N_
from village_lists.periods import PeriodUnreadable, Span
from village_lists.places.models import Body, Place

Page = str | tuple[str, int]


@cadres.get("/desk/<village:village>/extensions/new")
@open_to(Audience.CLERKS)
def new_extension(village: str) -> Page:
    """Show what is due, and the form that asks for a later day."""
    place = my_village(village)
    return _form(place, _duty(place))


@cadres.post("/desk/<village:village>/extensions")
@open_to(Audience.CLERKS)
@once
def ask_for_extension(village: str) -> Page | Response:
    """Send the request to the township."""
    place = my_village(village)
    duty = _duty(place)
    try:
        with transaction() as write:
            ask_extension(
                write,
                body=_body(place),
                code=duty.category,
                span=duty.span,
                serial=duty.serial,
                until=_day(request.form.get("until", "")),
                reason=request.form.get("reason", ""),
                by=me(),
                now=clock.now(),
            )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _form(place, duty, problem=say(refusal.words, refusal.values)), 422
    flash(_("延期申请已经送到乡镇，乡镇决定以前原来的期限不变。"))
    return redirect(url_for(".show_desk", village=village), 303)


def _form(place: Place, duty: Duty, problem: str = "") -> str:
    return render_template(
        "cadres/new_extension.html",
        village=place,
        duty=duty,
        allowed=allowed_days(duty),
        may_ask=may_ask(duty, on=clock.today()),
        problem=problem,
        until=request.form.get("until", ""),
        reason=request.form.get("reason", ""),
        why=why,
        rule_name=rule_name,
    )


def _duty(place: Place) -> Duty:
    wanted = request.values
    try:
        span, serial = Span.parse(wanted.get("period", "")), int(wanted.get("serial", "1")[:6])
    except (PeriodUnreadable, ValueError):
        abort(404)
    code = wanted.get("category", "")
    found = duty_about(session(), body=_body(place), code=code, span=span, serial=serial, on=clock.today())
    return found or abort(404)


def _body(place: Place) -> Body:
    kind = request.values.get("body", "")
    return next((body for body in place.bodies if body.kind == kind), None) or abort(404)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as wrong:
        raise Refusal(N_("请填延到哪一天，例如 2026-10-20")) from wrong
