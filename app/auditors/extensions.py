"""What villages ask for: a later day; the township grants or refuses, and says why."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import Audience, current_person, open_to
from app.auditors.blueprint import auditors
from app.database import session, transaction
from app.duty_words import rule_name, why
from app.once import once
from app.words import say
from publicity.duties.actions import decide_extension
from publicity.duties.extensions import extension_numbered, extensions_of
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code

Page = str | tuple[str, int]


@auditors.get("/audit/<township:township>/extensions")
@open_to(Audience.AUDITORS)
def list_extensions(township: str) -> Page:
    """Show what the villages asked for, undecided requests first."""
    return _page(_township(township))


@auditors.post("/audit/<township:township>/extensions/<int:number>")
@open_to(Audience.AUDITORS)
@once
def decide_on_extension(township: str, number: int) -> Page | Response:
    """Grant or refuse one request."""
    place = _township(township)
    found = extension_numbered(session(), township=place, number=number) or abort(404)
    decision = request.form.get("decision")
    if decision not in {"grant", "refuse"}:
        abort(400)
    try:
        with transaction() as write:
            decide_extension(
                write,
                extension=found,
                is_granted=decision == "grant",
                note=request.form.get("note", ""),
                by=current_person() or abort(403),
                now=clock.now(),
            )
    except (NotAllowed, Stale):
        raise
    except Refusal as refusal:
        return _page(_township(township), number, say(refusal.words, refusal.values)), 422
    flash(_("已经决定，村里和村民都看得到。"))
    return redirect(url_for(".list_extensions", township=township), 303)


def _township(code: str) -> Place:
    return place_by_code(session(), code=code, level=Level.TOWNSHIP) or abort(404)


def _page(place: Place, number: int = 0, problem: str = "") -> str:
    return render_template(
        "auditors/list_extensions.html",
        township=place,
        asked=extensions_of(session(), township=place, on=clock.today()),
        number=number,
        problem=problem,
        note=request.form.get("note", ""),
        why=why,
        rule_name=rule_name,
    )
