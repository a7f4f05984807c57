"""Postings under the clerk's hand: choose what to post, begin, fill in, save, start from the last period, correct."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.places import me, my_posting, my_version, my_village
from app.cadres.posting_beginnings import beginning_of, choices_of, sent_body, sent_span
from app.cadres.posting_forms import Form, kept_form, sent_form, sent_reading, whole_rows
from app.database import session, transaction
from app.once import once
from app.phone_tables import phone_table
from app.words import say
from publicity.categories.contents import Audience as Reader
from publicity.categories.queries import content_of
from publicity.categories.wording import shown_where
from publicity.postings import actions
from publicity.postings.actions import AlreadyBegun
from publicity.postings.former import former_period
from publicity.postings.models import Posting
from publicity.postings.uploads import copy_former
from publicity.postings.views import table_for
from publicity.postings.workbooks import template_workbook
from publicity.records.models import State, Version
from village_lists.errors import NotAllowed, NotFound, Refusal, Stale
from village_lists.periods import Span
from village_lists.places.models import Place

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@cadres.get("/desk/<village:village>/postings")
@open_to(Audience.CLERKS)
def choose_posting(village: str) -> str:
    """Show what may be posted: what is due first, then the directory tree."""
    place = my_village(village)
    return render_template("cadres/choose_posting.html", village=place, choices=choices_of(place))


@cadres.get("/desk/<village:village>/postings/new")
@open_to(Audience.CLERKS)
def new_posting(village: str) -> str | Answer:
    """Show the form that begins a posting of a category; without one lead to the choice."""
    place = my_village(village)
    code = request.args.get("category", "")
    if not code:
        return redirect(url_for(".choose_posting", village=village), 303)
    return render_template("cadres/new_posting.html", village=place, asked=beginning_of(place, code, request.args))


@cadres.post("/desk/<village:village>/postings")
@open_to(Audience.CLERKS)
@once
def begin_posting(village: str) -> Answer | tuple[str, int]:
    """Make the draft and open it; where one is there already, lead to that one."""
    place = my_village(village)
    asked = beginning_of(place, request.form.get("category", ""), request.form)
    try:
        version = _begin(place, code=asked.code, reason=asked.reason)
    except AlreadyBegun as begun:
        flash(say(begun.words, begun.values))
        return redirect(url_for(".show_version", village=village, key=begun.key), 303)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        asked = asked.refused(say(refusal.words, refusal.values))
        return render_template("cadres/new_posting.html", village=place, asked=asked), 422
    return redirect(url_for(".edit_posting", village=village, key=version.key), 303)


@cadres.post("/desk/<village:village>/versions/<key:key>/correct")
@open_to(Audience.CLERKS)
@once
def correct_posting(village: str, key: str) -> Answer:
    """Begin the next version of what stands published (or was withdrawn), with a reason that everybody reads."""
    place = my_village(village)
    record = my_version(place, key).record
    try:
        with transaction() as write:
            version = actions.begin_posting(
                write,
                body=record.body,
                code=record.category.code,
                span=Span.parse(record.period),
                title=record.title,
                reason=request.form.get("reason", ""),
                by=me(),
                now=clock.now(),
            )
    except AlreadyBegun as begun:
        flash(say(begun.words, begun.values))
        return redirect(url_for(".show_version", village=village, key=begun.key), 303)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(say(refusal.words, refusal.values), "mistake")
        return redirect(url_for(".show_version", village=village, key=key), 303)
    return redirect(url_for(".edit_posting", village=village, key=version.key), 303)


@cadres.get("/desk/<village:village>/versions/<key:key>/edit")
@open_to(Audience.CLERKS)
def edit_posting(village: str, key: str) -> str | Answer:
    """Show the form of a draft; the page on which the line `from` stands."""
    place = my_village(village)
    posting = my_posting(place, key)
    if posting.version.state != State.DRAFT:
        return redirect(url_for(".show_version", village=village, key=key), 303)
    return _form_page(place, posting, kept_form(posting, first=request.args.get("from", 1, int)))


@cadres.post("/desk/<village:village>/versions/<key:key>/posting")
@open_to(Audience.CLERKS)
@once
def save_posting(village: str, key: str) -> Answer | str | tuple[str, int]:
    """Keep the page of the form that was sent; where a field cannot be read keep nothing and show everything typed."""
    place = my_village(village)
    posting = my_posting(place, key)
    reading, deed = sent_reading(posting), request.form.get("do", "save")
    if deed == "more":
        return _form_page(place, posting, sent_form(posting, reading, is_judged=False), is_unsaved=True)
    if reading.problems:
        return _form_page(place, posting, sent_form(posting, reading, is_judged=True), is_unsaved=True), 422
    try:
        with transaction() as write:
            actions.save_posting(
                write,
                version=my_version(my_village(village), key),
                head=reading.head,
                rows=whole_rows(posting, reading),
                note=reading.note,
                is_nil=reading.is_nil,
                by=me(),
                now=clock.now(),
                seen=request.form.get("revision", 0, int),
            )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        status, problem = 409 if isinstance(refusal, Stale) else 422, say(refusal.words, refusal.values)
        form = sent_form(my_posting(my_village(village), key), reading, is_judged=True)
        return _form_page(place, posting, form, is_unsaved=True, problem=problem), status
    flash(_("已保存"))
    if deed == "done":
        return redirect(url_for(".show_version", village=village, key=key), 303)
    return redirect(url_for(".edit_posting", village=village, key=key, **{"from": _page_asked(deed)}), 303)


@cadres.post("/desk/<village:village>/versions/<key:key>/discard")
@open_to(Audience.CLERKS)
@once
def discard_posting(village: str, key: str) -> Answer:
    """Throw a draft away."""
    try:
        with transaction() as write:
            version = my_version(my_village(village), key)
            seen = request.form.get("revision", 0, int)
            actions.discard_draft(write, version=version, by=me(), now=clock.now(), seen=seen)
    except NotAllowed:
        raise
    except Refusal as refusal:
        flash(say(refusal.words, refusal.values), "mistake")
        return redirect(url_for(".show_version", village=village, key=key), 303)
    flash(_("草稿已删除"))
    return redirect(url_for(".show_desk", village=village), 303)


@cadres.post("/desk/<village:village>/versions/<key:key>/former")
@open_to(Audience.CLERKS)
@once
def start_from_former(village: str, key: str) -> Answer:
    """Fill the draft with the rows of the last period, to be mended."""
    try:
        with transaction() as write:
            version = my_version(my_village(village), key)
            former = former_period(write, version=version) or abort(404)
            seen = request.form.get("revision", 0, int)
            copy_former(write, version=version, former=former, by=me(), now=clock.now(), seen=seen)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        flash(say(refusal.words, refusal.values), "mistake")
    else:
        flash(_("已照上一期填上，请逐行核对后改成本期的内容"))
    return redirect(url_for(".edit_posting", village=village, key=key), 303)


@cadres.get("/desk/<village:village>/versions/<key:key>/template.xlsx")
@open_to(Audience.CADRES)
def download_posting_template(village: str, key: str) -> Response:
    """Give an empty workbook with the columns of this category."""
    place = my_village(village)
    posting = my_posting(place, key)
    period = Span.parse(posting.version.record.period).words
    content = template_workbook(content_of(posting.edition), village=place, period=period)
    return Response(content, mimetype=XLSX, headers={"Content-Disposition": f"attachment; filename={key}.xlsx"})


@cadres.get("/desk/<village:village>/versions/<key:key>/web")
@open_to(Audience.CADRES)
def preview_posting(village: str, key: str) -> str:
    """Show a posting as residents will read it on the web."""
    place = my_village(village)
    posting = my_posting(place, key)
    table = table_for(session(), version=posting.version, audience=Reader.WEB)
    return render_template(
        "cadres/preview_posting.html",
        village=place,
        version=posting.version,
        table=table,
        phone=phone_table(table),
        content=content_of(posting.edition),
    )


def _begin(place: Place, *, code: str, reason: str) -> Version:
    body, span = sent_body(place), sent_span(place, code)
    with transaction() as write:
        return actions.begin_posting(
            write,
            body=body,
            code=code,
            span=span,
            title=request.form.get("title", ""),
            reason=reason,
            by=me(),
            now=clock.now(),
        )


def _page_asked(deed: str) -> Any:
    """Return the first line of the page to go on with: "page-31" leads to 31, else the page that was sent."""
    asked = deed.removeprefix("page-") if deed.startswith("page-") else request.form.get("first", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _form_page(place: Place, posting: Posting, form: Form, *, is_unsaved: bool = False, problem: str = "") -> str:
    columns = (*form.content.fields, *form.content.columns)
    return render_template(
        "cadres/edit_posting.html",
        village=place,
        version=posting.version,
        record=posting.version.record,
        form=form,
        former=former_period(session(), version=posting.version) if not form.total else None,
        readers=[(column, shown_where(column)) for column in columns],
        is_unsaved=is_unsaved,
        problem=problem,
        person=me(),
    )
