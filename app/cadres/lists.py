"""The village's list: how it stands, the resolution by which it is adopted, and the second person who confirms it."""

from pathlib import PurePath

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.list_forms import ResolutionForm
from app.cadres.places import me, my_village
from app.database import session, transaction
from app.once import once
from app.words import say
from publicity.codes.actions import give_list_codes
from village_lists.documents.actions import keep_readable, read_document
from village_lists.documents.models import DocumentKind
from village_lists.documents.queries import document_for
from village_lists.editions.adapting import confirm_adoption
from village_lists.editions.adapting_pages import list_page, sides_of
from village_lists.errors import NotAllowed, NotFound, Refusal
from village_lists.places.models import Place
from village_lists.powers.actions import record_resolution, reject_resolution
from village_lists.powers.adoptions import Choice, adopting_bodies, adoption_numbered, body_name, choices_for
from village_lists.powers.models import Adoption
from village_lists.powers.queries import items_of
from village_lists.powers.resolutions import thawed

MIME = {DocumentKind.PHOTO: "image/jpeg", DocumentKind.PDF: "application/pdf"}


@cadres.get("/desk/<village:village>/list")
@open_to(Audience.CADRES)
def show_list(village: str) -> str:
    """Show how the village's list stands, and what may be done about it."""
    place = my_village(village)
    page = list_page(session(), village=place, person=me(), on=clock.today())
    return render_template("cadres/show_list.html", village=place, page=page, standing=page.standing)


@cadres.get("/desk/<village:village>/list/resolutions/new")
@open_to(Audience.CLERKS)
def new_resolution(village: str) -> str:
    """Show the form for a meeting's resolution upon a version."""
    place = my_village(village)
    choice = _choice(place, request.args.get("version", 0, int))
    form = _form(place)
    return _resolution_page(place, choice, form)


@cadres.post("/desk/<village:village>/list/resolutions")
@open_to(Audience.CLERKS)
@once
def take_resolution(village: str) -> Answer | tuple[str, int]:
    """Record the resolution; without quorum or majority show the sums, keep nothing but what was typed."""
    place = my_village(village)
    choice = _choice(place, request.form.get("version", 0, int))
    form = _form(place)
    if not form.validate():
        return _resolution_page(place, choice, form), 422
    try:
        number = _record(place, choice, form)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _resolution_page(place, choice, form, refusal), 422
    flash(_("已登记，等另一个人确认"))
    return redirect(url_for(".show_resolution", village=village, number=number), 303)


@cadres.get("/desk/<village:village>/list/resolutions/<int:number>")
@open_to(Audience.CADRES)
def show_resolution(village: str, number: int) -> str:
    """Show a recorded resolution with its sums and minutes; who confirms finds the buttons here."""
    place = my_village(village)
    adoption = _adoption(place, number)
    pending = None if adoption.confirmed_at else adoption
    return render_template(
        "cadres/show_resolution.html",
        village=place,
        adoption=adoption,
        arithmetic=thawed(adoption.arithmetic),
        body=body_name(adoption.decision_body),
        sides=sides_of(session(), village=place, person=me(), pending=pending, on=clock.today()),
    )


@cadres.post("/desk/<village:village>/list/resolutions/<int:number>/confirm")
@open_to(Audience.REVIEWERS)
@once
def confirm_resolution(village: str, number: int) -> Answer:
    """The second person says that the resolution is true: it counts, and every item gets its printed code."""
    with transaction() as write:
        place = my_village(village)
        adoption = _adoption(place, number)
        confirm_adoption(write, adoption=adoption, by=me(), now=clock.now())
        codes = [item.code for item in items_of(write, version_id=adoption.version_id)]
        give_list_codes(write, village=place, item_codes=codes, now=clock.now())
    flash(_("已确认，清单从现在起对村民公布"))
    return redirect(url_for(".show_list", village=village), 303)


@cadres.post("/desk/<village:village>/list/resolutions/<int:number>/reject")
@open_to(Audience.REVIEWERS)
@once
def reject_resolution_as_untrue(village: str, number: int) -> Answer:
    """The second person says what is not true; the record goes back to the clerk."""
    try:
        with transaction() as write:
            note = request.form.get("note", "")[:500]
            adoption = _adoption(my_village(village), number)
            reject_resolution(write, adoption=adoption, note=note, by=me(), now=clock.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        flash(say(refusal.words, refusal.values), "mistake")
        return redirect(url_for(".show_resolution", village=village, number=number), 303)
    flash(_("已退回，原因已告诉报账员"))
    return redirect(url_for(".show_list", village=village), 303)


@cadres.get("/desk/documents/<key:key>")
@open_to(Audience.OFFICIALS)
def download_document(key: str) -> Response:
    """Give an attachment to officials of its village, auditors of the township and stewards of the county."""
    document = document_for(session(), key=key, person=me(), on=clock.today()) or abort(404)
    answer = Response(document.content, mimetype=MIME[document.kind])
    answer.headers.set("Content-Disposition", "attachment", filename=document.name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _choice(place: Place, number: int) -> Choice:
    found = (one for one in choices_for(session(), village=place) if one.version.id == number)
    return next(found, None) or abort(404)


def _adoption(place: Place, number: int) -> Adoption:
    return adoption_numbered(session(), village=place, number=number) or abort(404)


def _form(place: Place) -> ResolutionForm:
    form = ResolutionForm()
    bodies = adopting_bodies(session(), village=place, on=clock.today())
    form.decision_body.choices = [(key, say(name)) for key, name in bodies.names.items()]
    form.decision_body.data = form.decision_body.data or next(iter(bodies.names), None)
    return form


def _record(place: Place, choice: Choice, form: ResolutionForm) -> int:
    """Read the minutes, which may take seconds, then record; return the number of the resolution."""
    name = PurePath(form.minutes.data.filename or "").name
    readable = read_document(name=name, content=form.minutes.data.read())
    version_id = choice.version.id
    with transaction() as write:
        village = my_village(place.code)
        minutes = keep_readable(write, place=village, readable=readable, by=me(), now=clock.now())
        adoption = record_resolution(
            write,
            village=village,
            version_id=version_id,
            resolution=form.resolution(),
            minutes=minutes,
            by=me(),
            now=clock.now(),
        )
        return adoption.id


def _resolution_page(place: Place, choice: Choice, form: ResolutionForm, refusal: Refusal | None = None) -> str:
    return render_template(
        "cadres/new_resolution.html",
        village=place,
        choice=choice,
        form=form,
        problem=say(refusal.words, refusal.values) if refusal else "",
        sums=[(say(words, values), is_enough) for words, values, is_enough in getattr(refusal, "sums", ())],
    )
