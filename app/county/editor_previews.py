"""A version as residents would see it, on the screen and as a poster, before it is published."""

from typing import Unpack

from flask import abort, render_template

from app.access import Audience, open_to
from app.county.blueprint import county
from app.county.editions import At, find_edition
from app.editing.categories import in_tree_order
from app.editing.previews import item_preview


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/preview")
@open_to(Audience.STEWARDS)
def preview_edition(**at: Unpack[At]) -> str:
    """Show the list as a resident would find it."""
    edition = find_edition(at)
    rows = in_tree_order(edition.content.categories)
    return render_template("county/preview_edition.html", edition=edition, rows=rows)


@county.get("/county/<county:county>/lists/<string:place>/<string:slug>/<int:number>/preview/<string:code>")
@open_to(Audience.STEWARDS)
def preview_item(code: str, **at: Unpack[At]) -> str:
    """Show an item as a resident would find it."""
    edition = find_edition(at)
    page = item_preview(edition.content, code=code) or abort(404)
    return render_template("county/preview_item.html", edition=edition, page=page)
