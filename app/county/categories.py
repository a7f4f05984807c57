"""The directory of a county: which categories there are and where they stand, how a new one or an edition begins."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import Audience, open_to
from app.county.blueprint import county
from app.county.category_covers import CoverForm, begun_category, rule_name
from app.county.category_drafts import said, tell
from app.county.category_trees import branches_of, directory_trees
from app.county.places import me, my_counties, my_county
from app.database import session, transaction
from app.editing.fields import Form
from app.once import once
from app.words import say
from publicity.categories import editing
from publicity.categories.compare import compare
from publicity.categories.contents import CategoryContent
from publicity.categories.models import CategoryEdition
from publicity.categories.pages import category_by_code, category_line, category_lines, own_editions
from publicity.categories.queries import content_of, taxonomy_for
from publicity.categories.wording import (
    AFFAIRS_WORDS,
    BODY_WORDS,
    CADENCE_WORDS,
    KIND_WORDS,
    SHEET_WORDS,
    shown_where,
)
from village_lists.errors import NotAllowed, Refusal
from village_lists.places.models import Place

STEP = 10


@county.get("/county/categories")
@open_to(Audience.STEWARDS)
def find_categories() -> Response:
    """Send a steward to the directory of the county."""
    codes = my_counties() or abort(403)
    return redirect(url_for(".list_categories", county=codes[0]), 303)


@county.get("/county/<county:county>/categories")
@open_to(Audience.STEWARDS)
def list_categories(county: str) -> str:
    """Show every category by the county's directory tree: in force since when, written by whom, waiting for whom."""
    mine = my_county(county)
    lines = category_lines(session(), county=mine)
    taxonomy = taxonomy_for(session(), place=mine, on=clock.today())
    branches, others = branches_of(lines, taxonomy=taxonomy)
    return render_template(
        "county/list_categories.html",
        county=mine,
        tree=next((tree for tree in directory_trees() if tree.key == taxonomy), None),
        branches=branches,
        others=others,
        open_lines=[line for line in lines if line.unfinished],
        cadences=CADENCE_WORDS,
    )


@county.get("/county/<county:county>/categories/new")
@open_to(Audience.STEWARDS)
def new_category(county: str) -> str:
    """Show how a category may begin: from nothing, or like one that there is."""
    return _beginning(my_county(county), CoverForm(form=Form(), content=None))


@county.post("/county/<county:county>/categories")
@open_to(Audience.STEWARDS)
@once
def make_category(county: str) -> Response | tuple[str, int]:
    """Begin a draft, and go on to its columns."""
    mine = my_county(county)
    begun = _begun(mine)
    if begun.content is None:
        return _beginning(mine, begun), 422
    try:
        with transaction() as write:
            place, by, now = my_county(county), me(), clock.now()
            made = editing.make_category(write, county=place, content=begun.content, by=by, now=now)
            code, number = made.category.code, made.number
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _beginning(my_county(county), begun, [say(refusal.words, refusal.values)]), 422
    flash(_("草稿已建好，请写要公开哪些内容"))
    return redirect(url_for(".edit_category_columns", county=county, category=code, number=number), 303)


@county.get("/county/<county:county>/categories/<string:category>")
@open_to(Audience.STEWARDS)
def show_category(county: str, category: str) -> str:
    """Show a category as it stands in the county, its columns with who reads them, and the county's editions."""
    mine = my_county(county)
    line = category_line(session(), county=mine, code=category) or abort(404)
    own = own_editions(line.category, county=mine)
    return render_template(
        "county/show_category.html",
        county=mine,
        line=line,
        own=own,
        changes=_changes(own),
        words={
            "affairs": AFFAIRS_WORDS[line.content.affairs],
            "cadence": CADENCE_WORDS[line.content.cadence],
            "sheet": SHEET_WORDS[line.content.sheet],
        },
        kinds=KIND_WORDS,
        bodies=BODY_WORDS,
        shown={one.key: shown_where(one) for one in (*line.content.fields, *line.content.columns)},
        rules={name: rule_name(getattr(line.content, name)) for name in ("due_rule", "review_rule", "display_rule")},
    )


@county.post("/county/<county:county>/categories/<string:category>/editions")
@open_to(Audience.STEWARDS)
@once
def begin_category_edition(county: str, category: str) -> Response:
    """Begin the county's own edition: a draft that says what stands in force."""
    return _begin(county, category, editing.begin_edition, _("新的一版已建好，内容和现在生效的一样，可以改了"))


@county.post("/county/<county:county>/categories/<string:category>/retire")
@open_to(Audience.STEWARDS)
@once
def retire_category(county: str, category: str) -> Response:
    """Begin an edition after which the category is no longer owed in the county."""
    return _begin(county, category, editing.retire, _("停用的草稿已建好，提交以后由另一位管理员核对"))


def _begin(county: str, category: str, deed: Callable[..., CategoryEdition], done: str) -> Response:
    try:
        with transaction() as write:
            mine = my_county(county)
            found = category_by_code(write, county=mine, code=category) or abort(404)
            number = deed(write, county=mine, category=found, by=me(), now=clock.now()).number
    except NotAllowed:
        raise
    except Refusal as refusal:
        tell(refusal, "")
        return redirect(url_for(".show_category", county=county, category=category), 303)
    flash(done)
    return redirect(url_for(".show_category_edition", county=county, category=category, number=number), 303)


def _changes(own: list[CategoryEdition]) -> dict[int, list[tuple[str, bool]]]:
    """Return what each of the county's editions says otherwise than the one before it, by its number."""
    pairs = pairwise(own)
    return {
        newer.number: [(said(one), one.is_opening) for one in compare(content_of(former), content_of(newer))]
        for former, newer in pairs
    }


def _begun(mine: Place) -> CoverForm:
    """Return what a new category says at first, by the form: like another one, or what is usual."""
    lines = category_lines(session(), county=mine)
    position = max((line.content.position for line in lines), default=0) + STEP
    source: CategoryContent | None = next(
        (line.content for line in lines if line.category.code == request.form.get("source") and line.edition), None
    )
    return _copied(source, position) if source else begun_category(request.form, position=position)


def _copied(source: CategoryContent, position: int) -> CoverForm:
    """Return a new category that says what another one says, under the name that was written."""
    name = request.form.get("name", "").strip()[:80]
    if not name:
        return begun_category(request.form, position=position)
    return CoverForm(form=request.form, content=replace(source, name=name, position=position, note=""))


def _beginning(mine: Place, begun: CoverForm, refused: list[str] | None = None) -> str:
    lines = category_lines(session(), county=mine)
    return render_template(
        "county/new_category.html",
        county=mine,
        form=begun.form,
        mistakes=begun.mistakes,
        refused=refused or [],
        sources=[line for line in lines if line.edition and line.content.sheet != "accounts"],
        affairs=AFFAIRS_WORDS,
        sheets={sheet: words for sheet, words in SHEET_WORDS.items() if sheet != "accounts"},
        cadences=CADENCE_WORDS,
    )
