"""What items hang on: the category tree, the negative list, the amounts of bands."""

from typing import Unpack

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Audience, open_to
from app.county.blueprint import county
from app.county.editions import At, Edition, find_edition, keep, seen_of, told
from app.county.editor import tell
from app.editing.categories import (
    CategoriesForm,
    filled_categories,
    in_tree_order,
    pressed_category,
    sent_categories,
)
from app.editing.prohibitions import ProhibitionForm, blank_prohibition, filled_prohibition, sent_prohibition
from app.editing.thresholds import ThresholdsForm, filled_thresholds, sent_thresholds
from village_lists.amounts import yuan
from village_lists.editions.actions import change_categories, change_prohibition, change_thresholds
from village_lists.editions.contents import ProhibitionContent
from village_lists.editions.plain import digest_of
from village_lists.editions.wording import POST_WORDS
from village_lists.errors import Refusal, Stale
from village_lists.rulebook.catalog import catalog


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/categories")
@open_to(Audience.STEWARDS)
def edit_categories(**at: Unpack[At]) -> str:
    """Show the category tree as a form."""
    edition = find_edition(at)
    form = filled_categories(edition.content.categories)
    return _categories_page(edition, form, seen_of(edition, "categories"))


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/categories")
@open_to(Audience.STEWARDS)
def save_categories(**at: Unpack[At]) -> Response | tuple[str, int]:
    """Keep the tree and do what the button says."""
    edition, form, seen = find_edition(at), sent_categories(request.form), request.form.get("seen", "")
    if form.content is None:
        return _categories_page(edition, form, seen), 422
    used = frozenset(item.category for item in edition.content.items)
    try:
        wanted = pressed_category(form.content, request.form.get("do", "save"), used=used)
    except Refusal as refused:
        return _categories_page(edition, form, seen, refused), 409
    refusal = keep(at, ("categories", ""), wanted, change_categories, categories=wanted, seen=seen)
    if refusal:
        edition = find_edition(at)
        fresh = seen_of(edition, "categories") if isinstance(refusal, Stale) else seen
        return _categories_page(edition, form, fresh, refusal), 409
    flash(_("已保存"))
    return redirect(url_for(".edit_categories", **at), 303)


def _categories_page(edition: Edition, form: CategoriesForm, seen: str, refusal: Refusal | None = None) -> str:
    counts: dict[str, int] = {}
    for item in edition.content.items:
        counts[item.category] = counts.get(item.category, 0) + 1
    return render_template(
        "county/edit_categories.html",
        county=edition.county,
        edition=edition,
        form=form,
        seen=seen,
        counts=counts,
        refused=told(refusal),
        now=_tree_lines(edition) if isinstance(refusal, Stale) else [],
    )


def _tree_lines(edition: Edition) -> list[str]:
    """Return the stored tree line by line, indented."""
    return ["　" * row.depth + row.category.name for row in in_tree_order(edition.content.categories)]


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/thresholds")
@open_to(Audience.STEWARDS)
def edit_thresholds(**at: Unpack[At]) -> str:
    """Show the amounts that bands refer to."""
    edition = find_edition(at)
    return _thresholds_page(edition, filled_thresholds(edition.content.thresholds), seen_of(edition, "thresholds"))


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/thresholds")
@open_to(Audience.STEWARDS)
def save_thresholds(**at: Unpack[At]) -> Response | tuple[str, int]:
    """Keep the amounts."""
    form, seen = sent_thresholds(request.form), request.form.get("seen", "")
    if form.content is None:
        return _thresholds_page(find_edition(at), form, seen), 422
    refusal = keep(at, ("thresholds", ""), form.content, change_thresholds, thresholds=form.content, seen=seen)
    if refusal:
        edition = find_edition(at)
        fresh = seen_of(edition, "thresholds") if isinstance(refusal, Stale) else seen
        return _thresholds_page(edition, form, fresh, refusal), 409
    flash(_("已保存"))
    return redirect(url_for(".edit_thresholds", **at), 303)


def _thresholds_page(edition: Edition, form: ThresholdsForm, seen: str, refusal: Refusal | None = None) -> str:
    names = {key: catalog().entry(key) for key in catalog().keys if key.startswith("amounts.")}
    return render_template(
        "county/edit_thresholds.html",
        county=edition.county,
        edition=edition,
        form=form,
        seen=seen,
        offered=[(key, entry.name) for key, entry in names.items() if entry],
        refused=told(refusal),
        now=_amount_lines(edition) if isinstance(refusal, Stale) else [],
    )


def _amount_lines(edition: Edition) -> list[str]:
    """Return the stored amounts line by line."""
    return [f"{one.name} {one.key} {yuan(one.suggested_fen)}" for one in edition.content.thresholds]


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/prohibitions")
@open_to(Audience.STEWARDS)
def list_edition_prohibitions(**at: Unpack[At]) -> str:
    """Show the negative list of a version."""
    edition = find_edition(at)
    return render_template("county/list_edition_prohibitions.html", county=edition.county, edition=edition)


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/new/prohibition")
@open_to(Audience.STEWARDS)
def new_prohibition(**at: Unpack[At]) -> str:
    """Show the form of an entry that is not there yet."""
    return _prohibition_page(find_edition(at), "", blank_prohibition(), digest_of(None))


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/prohibitions")
@open_to(Audience.STEWARDS)
def add_prohibition(**at: Unpack[At]) -> Response | tuple[str, int]:
    """Add an entry."""
    return _keep_prohibition(at, "")


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/prohibitions/<string:code>")
@open_to(Audience.STEWARDS)
def edit_prohibition(code: str, **at: Unpack[At]) -> str:
    """Show an entry of the negative list with what it is tied to."""
    edition = find_edition(at)
    content = _stored(edition, code) or abort(404)
    return _prohibition_page(edition, code, filled_prohibition(content), seen_of(edition, "prohibition", code))


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/prohibitions/<string:code>")
@open_to(Audience.STEWARDS)
def save_prohibition(code: str, **at: Unpack[At]) -> Response | tuple[str, int]:
    """Keep what was written."""
    return _keep_prohibition(at, code)


@county.post(
    "/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/prohibitions/<string:code>/delete"
)
@open_to(Audience.STEWARDS)
def delete_prohibition(code: str, **at: Unpack[At]) -> Response:
    """Take an entry away; it can be had back by an undo."""
    refusal = keep(
        at, ("prohibition", code), None, change_prohibition, code=code, content=None, seen=request.form.get("seen", "")
    )
    if refusal:
        tell(refusal, "")
        return redirect(url_for(".edit_prohibition", code=code, **at), 303)
    flash(_("已删去；在「经过」里可以撤销"))
    return redirect(url_for(".list_edition_prohibitions", **at), 303)


def _stored(edition: Edition, code: str) -> ProhibitionContent | None:
    return next((one for one in edition.content.prohibitions if one.code == code), None)


def _keep_prohibition(at: At, code: str) -> Response | tuple[str, int]:
    form, seen = sent_prohibition(request.form), request.form.get("seen", "")
    if form.content is None:
        return _prohibition_page(find_edition(at), code, form, seen), 422
    refusal = keep(
        at,
        ("prohibition", form.content.code),
        form.content,
        change_prohibition,
        code=code,
        content=form.content,
        seen=seen,
    )
    if refusal:
        edition = find_edition(at)
        fresh = seen_of(edition, "prohibition", code) if isinstance(refusal, Stale) else seen
        return _prohibition_page(edition, code, form, fresh, refusal), 409
    flash(_("已保存"))
    return redirect(url_for(".edit_prohibition", code=form.content.code, **at), 303)


def _prohibition_page(
    edition: Edition, code: str, form: ProhibitionForm, seen: str, refusal: Refusal | None = None
) -> str:
    graphs = {one.slug: one.graph for one in edition.content.procedures}
    return render_template(
        "county/edit_prohibition.html" if code else "county/new_prohibition.html",
        county=edition.county,
        edition=edition,
        code=code,
        form=form,
        seen=seen,
        refused=told(refusal),
        stored=_stored(edition, code) if isinstance(refusal, Stale) else None,
        graphs=graphs,
        posts=POST_WORDS,
    )
