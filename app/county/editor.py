"""A version on the desk: its outline with what is wrong where, its cover, its history with a way back."""

from typing import Unpack

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Audience, open_to
from app.county.blueprint import county
from app.county.editions import At, Edition, address_of, attempt, find_edition, keep, seen_of, titles_in, told
from app.county.outlines import outline_page
from app.database import session, transaction
from app.editing.fields import Form, Reader
from village_lists.editions.actions import change_cover, discard_version, undo_change
from village_lists.editions.queries import deeds_of
from village_lists.errors import Refusal, Stale
from village_lists.markers import N_


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>")
@open_to(Audience.STEWARDS)
def show_edition(**at: Unpack[At]) -> str:
    """Show the outline of a version: categories with their items, how many problems each has, and what comes next."""
    edition = find_edition(at)
    page = outline_page(edition, search=request.args.get("q", "").strip())
    return render_template("county/show_edition.html", county=edition.county, edition=edition, page=page)


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/problems")
@open_to(Audience.STEWARDS)
def list_edition_problems(**at: Unpack[At]) -> str:
    """Show everything that hinders publication, each with the way to where it is mended."""
    edition = find_edition(at)
    titles = titles_in(edition.content)
    found = [
        (problem, address_of(edition, problem), titles.get((problem.subject, problem.code), ""))
        for problem in edition.problems
    ]
    return render_template("county/list_edition_problems.html", county=edition.county, edition=edition, problems=found)


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/cover")
@open_to(Audience.STEWARDS)
def edit_cover(**at: Unpack[At]) -> str:
    """Show the form of title, note and sample mark."""
    edition = find_edition(at)
    version = edition.version
    form = Form({"title": version.title, "note": version.note, **({"is_sample": "1"} if version.is_sample else {})})
    return _cover_page(edition, form, Reader(form), seen_of(edition, "cover"))


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/cover")
@open_to(Audience.STEWARDS)
def save_cover(**at: Unpack[At]) -> Response | tuple[str, int]:
    """Keep title, note and sample mark."""
    reader = Reader(request.form)
    title, note = reader.text("title", most=120, needed=N_("请写清单的名称")), reader.text("note", most=2000)
    wanted, seen = (title, note, "is_sample" in request.form), request.form.get("seen", "")
    if reader.mistakes:
        return _cover_page(find_edition(at), request.form, reader, seen), 422
    refusal = keep(at, ("cover", ""), wanted, change_cover, title=title, note=note, is_sample=wanted[2], seen=seen)
    if refusal:
        edition = find_edition(at)
        fresh = seen_of(edition, "cover") if isinstance(refusal, Stale) else seen
        return _cover_page(edition, request.form, reader, fresh, refusal), 409
    flash(_("已保存"))
    return redirect(url_for(".show_edition", **at), 303)


def _cover_page(edition: Edition, form: Form, reader: Reader, seen: str, refusal: Refusal | None = None) -> str:
    return render_template(
        "county/edit_cover.html",
        county=edition.county,
        edition=edition,
        form=form,
        mistakes=reader.mistakes,
        seen=seen,
        refused=told(refusal),
        now=[edition.version.title, edition.version.note] if isinstance(refusal, Stale) else [],
    )


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/history")
@open_to(Audience.STEWARDS)
def list_deeds(**at: Unpack[At]) -> str:
    """Show who changed what, the latest first."""
    edition = find_edition(at)
    deeds = deeds_of(session(), version=edition.version)
    undone = {deed.undoes_id for deed in deeds}
    return render_template(
        "county/list_deeds.html",
        county=edition.county,
        edition=edition,
        deeds=deeds,
        undone=undone,
        titles={one.slug: one.title for one in edition.content.procedures},
    )


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/undo")
@open_to(Audience.STEWARDS)
def undo(**at: Unpack[At]) -> Response:
    """Take back the last change; a second tap on the same page does not take back another."""
    refusal = attempt(at, undo_change, last=request.form.get("last", -1, int))
    tell(refusal, _("已撤销上一步改动"))
    return redirect(url_for(".list_deeds", **at), 303)


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/discard")
@open_to(Audience.STEWARDS)
def discard_edition(**at: Unpack[At]) -> Response:
    """Throw a draft away."""
    if "sure" not in request.form:
        flash(_("请先勾选确认，再作废"), "mistake")
        return redirect(url_for(".show_edition", **at), 303)
    try:
        with transaction() as write:
            discard_version(write, version=find_edition(at).version)
    except Refusal as refusal:
        tell(refusal, "")
        return redirect(url_for(".show_edition", **at), 303)
    flash(_("草稿已作废"))
    return redirect(url_for(".list_lists", county=at["county"]), 303)


def tell(refusal: Refusal | None, done: str) -> None:
    """Say on the next page what was done, or why not."""
    for words in told(refusal):
        flash(words, "mistake")
    if refusal is None:
        flash(done)
