"""A county's edition of a category: written, looked at, put before a second steward, put in force by that one."""

from typing import Unpack

from flask import Response as Download
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import clock
from app.access import Audience, open_to
from app.county.blueprint import county
from app.county.category_columns import NEVER_SHOWN, ColumnsForm, filled_columns, sent_columns
from app.county.category_covers import CoverForm, filled_cover, offered_items, offered_rules, sent_cover, trees
from app.county.category_drafts import At, Draft, attempt, find_draft, said, tell, told
from app.county.category_samples import sample_tables
from app.county.editor_reviews import written_day
from app.once import once
from publicity.categories import editing
from publicity.categories.contents import CategoryContent
from publicity.categories.wording import (
    AFFAIRS_WORDS,
    AUDIENCE_WORDS,
    BODY_WORDS,
    CADENCE_WORDS,
    KIND_WORDS,
    MASK_WORDS,
    SHEET_WORDS,
    shown_where,
)
from publicity.postings.views import csv_rows
from publicity.postings.workbooks import template_workbook
from village_lists.errors import Refusal, Stale
from village_lists.periods import Span

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@county.get("/county/<county:county>/categories/<string:category>/editions/<int:number>")
@open_to(Audience.STEWARDS)
def show_category_edition(**at: Unpack[At]) -> str:
    """Show what is wrong with an edition, what it changes, how it will look, and what comes next."""
    draft = find_draft(at)
    return render_template(
        "county/show_category_edition.html",
        county=draft.county,
        draft=draft,
        changes=None if draft.changes is None else [(said(one), one.is_opening) for one in draft.changes],
        today=clock.today().isoformat(),
        **_looks(draft),
    )


@county.get("/county/<county:county>/categories/<string:category>/editions/<int:number>/preview")
@open_to(Audience.STEWARDS)
def preview_category_edition(**at: Unpack[At]) -> str:
    """Show the clerk's form, the web's table and the paper with invented rows."""
    draft = find_draft(at)
    return render_template("county/preview_category_edition.html", county=draft.county, draft=draft, **_looks(draft))


@county.get("/county/<county:county>/categories/<string:category>/editions/<int:number>/template.xlsx")
@open_to(Audience.STEWARDS)
def download_category_template(**at: Unpack[At]) -> Download:
    """Give the workbook that clerks will fill."""
    draft = find_draft(at)
    span = Span.of(draft.content.cadence, clock.today())
    book = template_workbook(draft.content, village=draft.county, period=span.words)
    disposition = f'attachment; filename="{at["category"]}-{at["number"]}.xlsx"'
    return Download(book, mimetype=WORKBOOK, headers={"Content-Disposition": disposition})


@county.get("/county/<county:county>/categories/<string:category>/editions/<int:number>/cover")
@open_to(Audience.STEWARDS)
def edit_category_cover(**at: Unpack[At]) -> str:
    """Show the form of name, place in the directory, rules and grounds."""
    draft = find_draft(at)
    return _cover_page(draft, filled_cover(draft.content), draft.edition.digest)


@county.post("/county/<county:county>/categories/<string:category>/editions/<int:number>/cover")
@open_to(Audience.STEWARDS)
@once
def save_category_cover(**at: Unpack[At]) -> Response | tuple[str, int]:
    """Keep what was written."""
    form, seen = sent_cover(request.form, find_draft(at).content), request.form.get("seen", "")
    if form.content is None:
        return _cover_page(find_draft(at), form, seen), 422
    refusal = _keep(at, form.content, seen)
    if refusal:
        draft = find_draft(at)
        return _cover_page(draft, form, _fresh(draft, refusal, seen), refusal), 422
    flash(_("已保存"))
    return redirect(url_for(".show_category_edition", **at), 303)


@county.get("/county/<county:county>/categories/<string:category>/editions/<int:number>/columns")
@open_to(Audience.STEWARDS)
def edit_category_columns(**at: Unpack[At]) -> str:
    """Show the rows of columns, with spare ones."""
    draft = find_draft(at)
    return _columns_page(draft, filled_columns(draft.content), draft.edition.digest)


@county.post("/county/<county:county>/categories/<string:category>/editions/<int:number>/columns")
@open_to(Audience.STEWARDS)
@once
def save_category_columns(**at: Unpack[At]) -> Response | tuple[str, int]:
    """Keep the columns after the button that was pressed: save, up, down, remove."""
    form, seen = sent_columns(request.form, find_draft(at).content), request.form.get("seen", "")
    if form.content is None:
        return _columns_page(find_draft(at), form, seen), 422
    refusal = _keep(at, form.content, seen)
    if refusal:
        draft = find_draft(at)
        return _columns_page(draft, form, _fresh(draft, refusal, seen), refusal), 422
    if request.form.get("do") == "look":
        return redirect(url_for(".show_category_edition", **at), 303)
    flash(_("已保存"))
    return redirect(url_for(".edit_category_columns", **at), 303)


@county.post("/county/<county:county>/categories/<string:category>/editions/<int:number>/submit")
@open_to(Audience.STEWARDS)
@once
def submit_category_edition(**at: Unpack[At]) -> Response:
    """Put the draft before another steward; the page says what hinders it."""
    tell(attempt(at, editing.submit_edition), _("已提交，等另一位管理员核对、生效"))
    return redirect(url_for(".show_category_edition", **at), 303)


@county.post("/county/<county:county>/categories/<string:category>/editions/<int:number>/return")
@open_to(Audience.STEWARDS)
@once
def return_category_edition(**at: Unpack[At]) -> Response:
    """Give it back to its maker, with the reason."""
    note = request.form.get("note", "")[:500]
    tell(attempt(at, editing.send_back_edition, note=note), _("已退回，可以接着改"))
    return redirect(url_for(".show_category_edition", **at), 303)


@county.post("/county/<county:county>/categories/<string:category>/editions/<int:number>/force")
@open_to(Audience.STEWARDS)
@once
def force_category_edition(**at: Unpack[At]) -> Response:
    """Let what another steward wrote hold from a day on."""
    valid_from = written_day("valid_from")
    if valid_from is None:
        flash(_("请选择生效日期"), "mistake")
    else:
        seen = request.form.get("seen", "")
        tell(attempt(at, editing.put_in_force, valid_from=valid_from, seen=seen), _("已生效或者到那天生效"))
    return redirect(url_for(".show_category_edition", **at), 303)


@county.post("/county/<county:county>/categories/<string:category>/editions/<int:number>/discard")
@open_to(Audience.STEWARDS)
@once
def discard_category_edition(**at: Unpack[At]) -> Response:
    """Throw a draft away."""
    if "sure" not in request.form:
        flash(_("请先勾选确认，再作废"), "mistake")
        return redirect(url_for(".show_category_edition", **at), 303)
    refusal = attempt(at, editing.discard_edition)
    if refusal:
        tell(refusal, "")
        return redirect(url_for(".show_category_edition", **at), 303)
    flash(_("草稿已作废"))
    return redirect(url_for(".list_categories", county=at["county"]), 303)


def _keep(at: At, content: CategoryContent, seen: str) -> Refusal | None:
    """Let the draft say the content; a button pressed twice finds its work done."""
    if editing.says(find_draft(at).edition, content):
        return None
    return attempt(at, editing.change_edition, content=content, seen=seen)


def _fresh(draft: Draft, refusal: Refusal, seen: str) -> str:
    """Return what the form has seen when it is sent again: what is stored now, once the page has shown it."""
    return draft.edition.digest if isinstance(refusal, Stale) else seen


def _looks(draft: Draft) -> dict[str, object]:
    web, paper = sample_tables(draft.content, on=clock.today())
    return {
        "web": web,
        "paper": paper,
        "csv_head": csv_rows(web)[0],
        "kinds": KIND_WORDS,
        "shown": {one.key: shown_where(one) for one in (*draft.content.fields, *draft.content.columns)},
    }


def _cover_page(draft: Draft, form: CoverForm, seen: str, refusal: Refusal | None = None) -> str:
    return render_template(
        "county/edit_category_cover.html",
        county=draft.county,
        draft=draft,
        form=form.form,
        mistakes=form.mistakes,
        seen=seen,
        refused=told(refusal),
        now=[draft.content.name, draft.content.about] if isinstance(refusal, Stale) else [],
        trees=trees(),
        rules=offered_rules(draft.content),
        items=offered_items(draft.county),
        affairs=AFFAIRS_WORDS,
        sheets=SHEET_WORDS,
        cadences=CADENCE_WORDS,
        bodies=BODY_WORDS,
    )


def _columns_page(draft: Draft, form: ColumnsForm, seen: str, refusal: Refusal | None = None) -> str:
    stored = (*draft.content.fields, *draft.content.columns)
    return render_template(
        "county/edit_category_columns.html",
        county=draft.county,
        draft=draft,
        form=form,
        seen=seen,
        refused=told(refusal),
        now=[one.name for one in stored] if isinstance(refusal, Stale) else [],
        kinds=KIND_WORDS,
        audiences=AUDIENCE_WORDS,
        masks=MASK_WORDS,
        never_shown=NEVER_SHOWN,
        shown={one.key: shown_where(one) for one in stored},
    )
