"""A procedure under the hand of a steward: the steps as a form, the chart beside it, redrawn after every button."""

import re
from dataclasses import replace
from typing import Unpack

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Audience, open_to
from app.county.blueprint import county
from app.county.editions import At, Edition, find_edition, keep, seen_of, told
from app.county.editor import tell
from app.editing.charts import ProcedurePage, procedure_page
from app.editing.joins import blank_graph, embeds_itself
from app.editing.procedures import ProcedureForm, filled_procedure, pressed, refused_embedding, sent_procedure
from village_lists.editions.actions import change_procedure
from village_lists.editions.contents import ProcedureContent
from village_lists.editions.plain import digest_of
from village_lists.errors import Refusal, Stale
from village_lists.flowcharts.graph import Graph

OWN_SLUG = re.compile(r"p[0-9]{1,4}")


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/procedures")
@open_to(Audience.STEWARDS)
def list_procedures(**at: Unpack[At]) -> str:
    """Show the procedures of a version, which items use each, and how a new one begins."""
    edition = find_edition(at)
    users = {
        one.slug: [item for item in edition.content.items if any(use.slug == one.slug for use in item.procedures)]
        for one in edition.content.procedures
    }
    # The name of the next one stands in its form, so that two taps make one procedure.
    fresh = next(name for number in range(1, len(users) + 2) if (name := f"p{number}") not in users)
    return render_template(
        "county/list_procedures.html", county=edition.county, edition=edition, users=users, fresh=fresh
    )


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/procedures")
@open_to(Audience.STEWARDS)
def add_procedure(**at: Unpack[At]) -> Response:
    """Begin a procedure: blank, or as a copy of another."""
    edition, chart = find_edition(at), request.form.get("chart", "")
    if not OWN_SLUG.fullmatch(chart):
        abort(400)
    title = request.form.get("title", "").strip()[:120]
    content = ProcedureContent(slug=chart, title=title, graph=_first_graph(edition, title))
    refusal = keep(at, ("procedure", chart), content, change_procedure, slug="", content=content, seen=digest_of(None))
    tell(refusal, _("流程已建好，可以改步骤了"))
    if refusal:
        return redirect(url_for(".list_procedures", **at), 303)
    return redirect(url_for(".edit_procedure", chart=chart, **at), 303)


def _first_graph(edition: Edition, title: str) -> Graph:
    copied = _stored(edition, request.form.get("copy", ""))
    if copied is not None:
        return replace(copied.graph, title=title)
    return blank_graph(title, start=_("开始"), end=_("结束"))


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/procedures/<string:chart>")
@open_to(Audience.STEWARDS)
def edit_procedure(chart: str, **at: Unpack[At]) -> str:
    """Show the steps of a procedure as a form, and its chart."""
    edition = find_edition(at)
    content = _stored(edition, chart) or abort(404)
    return _page(edition, chart, filled_procedure(content), seen_of(edition, "procedure", chart))


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/procedures/<string:chart>")
@open_to(Audience.STEWARDS)
def save_procedure(chart: str, **at: Unpack[At]) -> Response | tuple[str, int]:
    """Keep the whole form and do what the button says; the page comes back at the step that was meant."""
    form, seen = _checked(find_edition(at), chart), request.form.get("seen", "")
    if form.content is None:
        return _page(find_edition(at), chart, form, seen), 422
    try:
        done = pressed(form.content.graph, request.form.get("do", "save"), exit_label=_exit_label)
    except Refusal as refused:
        return _page(find_edition(at), chart, form, seen, refused), 409
    wanted = replace(form.content, graph=done.graph)
    refusal = keep(at, ("procedure", chart), wanted, change_procedure, slug=chart, content=wanted, seen=seen)
    if refusal:
        edition = find_edition(at)
        fresh = seen_of(edition, "procedure", chart) if isinstance(refusal, Stale) else seen
        return _page(edition, chart, form, fresh, refusal), 409
    flash(_("已保存，流程图已重画"))
    anchor = f"step-{done.at}" if done.at else None
    return redirect(url_for(".edit_procedure", chart=chart, open=done.at or None, _anchor=anchor, **at), 303)


@county.post(
    "/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/procedures/<string:chart>/preview"
)
@open_to(Audience.STEWARDS)
def draw_procedure(chart: str, **at: Unpack[At]) -> str:
    """Give the chart of what is typed now, as a part of a page; nothing is kept."""
    edition = find_edition(at)
    _stored(edition, chart) or abort(404)
    form = sent_procedure(request.form, slug=chart)
    return render_template("county/_chart.html", page=_procedure_page(edition, chart, form))


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/procedures/<string:chart>/delete")
@open_to(Audience.STEWARDS)
def delete_procedure(chart: str, **at: Unpack[At]) -> Response:
    """Take a procedure away, with every use of it; it can be had back by an undo."""
    refusal = keep(
        at, ("procedure", chart), None, change_procedure, slug=chart, content=None, seen=request.form.get("seen", "")
    )
    if refusal:
        tell(refusal, "")
        return redirect(url_for(".edit_procedure", chart=chart, **at), 303)
    flash(_("流程已删去；在「经过」里可以撤销"))
    return redirect(url_for(".list_procedures", **at), 303)


def _stored(edition: Edition, chart: str) -> ProcedureContent | None:
    return next((one for one in edition.content.procedures if one.slug == chart), None)


def _exit_label(number: int) -> str:
    return str(_("出口 %(number)s", number=number))


def _checked(edition: Edition, chart: str) -> ProcedureForm:
    """Return what was sent; what embeds itself by a detour is a mistake."""
    form = sent_procedure(request.form, slug=chart)
    others = {one.slug: one.graph for one in edition.content.procedures}
    looping = embeds_itself(chart, form.content.graph, others) if form.content else ()
    return refused_embedding(form, looping) if looping else form


def _procedure_page(edition: Edition, chart: str, form: ProcedureForm) -> ProcedurePage:
    return procedure_page(edition.content, slug=chart, form=form, known_keys=edition.known_keys)


def _page(edition: Edition, chart: str, form: ProcedureForm, seen: str, refusal: Refusal | None = None) -> str:
    return render_template(
        "county/edit_procedure.html",
        county=edition.county,
        edition=edition,
        chart=chart,
        form=form,
        seen=seen,
        refused=told(refusal),
        stored=_stored(edition, chart) if isinstance(refusal, Stale) else None,
        page=_procedure_page(edition, chart, form),
        opened=request.args.get("open", ""),
    )
