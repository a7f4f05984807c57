"""One item under the hand of a steward: its form, and adding, moving, taking away."""

from dataclasses import replace
from typing import Unpack

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Audience, open_to
from app.county.blueprint import county
from app.county.editions import At, Edition, attempt, find_edition, keep, seen_of, told
from app.county.editor import tell
from app.differences import ItemView, item_view
from app.editing.categories import in_tree_order
from app.editing.items import ItemForm, blank_item, filled_item, sent_item
from app.editing.orders import moved, neighbours, reading_order
from village_lists.editions.actions import change_item, change_order
from village_lists.editions.contents import ItemContent
from village_lists.editions.plain import digest_of
from village_lists.errors import Refusal, Stale


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/new/item")
@open_to(Audience.STEWARDS)
def new_item(**at: Unpack[At]) -> str:
    """Show the form of an item that is not there yet."""
    return _page(find_edition(at), "", blank_item(request.args.get("category", "")), digest_of(None))


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/items")
@open_to(Audience.STEWARDS)
def add_item(**at: Unpack[At]) -> Response | tuple[str, int]:
    """Add an item."""
    return _keep(at, "")


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/items/<string:code>")
@open_to(Audience.STEWARDS)
def edit_item(code: str, **at: Unpack[At]) -> str:
    """Show an item with all that it says, ready to be changed while the version is a draft."""
    edition = find_edition(at)
    item = _stored(edition, code) or abort(404)
    return _page(edition, code, filled_item(item), seen_of(edition, "item", code))


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/items/<string:code>")
@open_to(Audience.STEWARDS)
def save_item(code: str, **at: Unpack[At]) -> Response | tuple[str, int]:
    """Keep what was written."""
    return _keep(at, code)


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/items/<string:code>/move")
@open_to(Audience.STEWARDS)
def move_item(code: str, **at: Unpack[At]) -> Response:
    """Move an item up or down within its category."""
    edition = find_edition(at)
    codes = moved(edition.content.items, code, by=-1 if request.form.get("to") == "up" else 1)
    tell(attempt(at, change_order, codes=codes, seen=request.form.get("seen", "")), _("次序已改"))
    return redirect(url_for(".edit_item", code=code, **at), 303)


@county.post("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/items/<string:code>/delete")
@open_to(Audience.STEWARDS)
def delete_item(code: str, **at: Unpack[At]) -> Response:
    """Take an item away; it can be had back by an undo."""
    seen = request.form.get("seen", "")
    refusal = keep(at, ("item", code), None, change_item, code=code, content=None, seen=seen)
    if refusal:
        tell(refusal, "")
        return redirect(url_for(".edit_item", code=code, **at), 303)
    flash(_("事项已删去；在「经过」里可以撤销"))
    return redirect(url_for(".show_edition", **at), 303)


def _stored(edition: Edition, code: str) -> ItemContent | None:
    return next((item for item in edition.content.items if item.code == code), None)


def _keep(at: At, code: str) -> Response | tuple[str, int]:
    """Keep a new or a changed item, or show the form again with what stands in the way; nothing typed is lost."""
    form, seen = sent_item(request.form), request.form.get("seen", "")
    if form.content is None:
        return _page(find_edition(at), code, form, seen), 422
    refusal = keep(
        at, ("item", form.content.code), form.content, change_item, code=code, content=form.content, seen=seen
    )
    if refusal:
        edition = find_edition(at)
        fresh = seen_of(edition, "item", code) if isinstance(refusal, Stale) else seen
        return _page(edition, code, form, fresh, refusal), 409
    flash(_("已保存"))
    return redirect(url_for(".edit_item", code=form.content.code, **at), 303)


def _page(edition: Edition, code: str, form: ItemForm, seen: str, refusal: Refusal | None = None) -> str:
    content = edition.content
    order = reading_order(content.categories, content.items)
    before, after = neighbours(order, code)
    return render_template(
        "county/edit_item.html" if code else "county/new_item.html",
        county=edition.county,
        edition=edition,
        code=code,
        form=form,
        seen=seen,
        seen_order=seen_of(edition, "order"),
        refused=told(refusal),
        conflict=_conflict(edition, code, form) if isinstance(refusal, Stale) else None,
        categories=in_tree_order(content.categories),
        tied=[
            one
            for one in content.prohibitions
            if code and (code in one.items or any(tie.item_code == code for tie in one.steps))
        ],
        before=before,
        after=after,
    )


def _conflict(edition: Edition, code: str, form: ItemForm) -> ItemView | None:
    """Return what stands stored now beside what was typed over an older look, or None where nothing differs."""
    if form.content is None or not code:
        return None
    typed = replace(form.content, code=code)
    items = tuple(typed if item.code == code else item for item in edition.content.items)
    newer = replace(edition.content, items=items)
    return item_view(
        edition.content, newer, code=code, before_name=_("现在保存着的"), after_name=_("您写的（还没有保存）")
    )
