"""From the clerk's own workbook to drafts: upload, look, confirm columns, take over."""

from pathlib import PurePath

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.forms import BalanceForm, DraftForm, UploadForm
from app.cadres.places import me, my_upload, my_village
from app.clock import today
from app.database import session, transaction
from app.once import once
from app.words import say
from publicity.ledgers.actions import keep_upload, record_starting_balance
from publicity.ledgers.queries import starting_balance
from publicity.ledgers.uploads import confirm_columns, draft_sheets, look_at, starting_amount
from publicity.ledgers.workbook import template_workbook
from village_lists.errors import Refusal
from village_lists.periods import Period
from village_lists.places.models import Body, Place


def _books(village: Place) -> list[Body]:
    return [body for body in village.bodies if body.keeps_books]


def _body_choices(village: Place) -> list[tuple[str, str]]:
    return [(body.kind.value, body.name) for body in _books(village)]


@cadres.get("/desk/<village:village>/uploads/new")
@open_to(Audience.CLERKS)
def new_upload(village: str) -> str:
    """Show the form for a workbook."""
    place = my_village(village)
    form = UploadForm()
    form.body.choices = _body_choices(place)
    form.body.data = request.args.get("body") or form.body.choices[-1][0]
    return render_template("cadres/new_upload.html", village=place, form=form)


@cadres.post("/desk/<village:village>/uploads")
@open_to(Audience.CLERKS)
@once
def take_upload(village: str) -> Answer | tuple[str, int]:
    """Keep the workbook as it was sent and show what was read in it."""
    place = my_village(village)
    form = UploadForm()
    form.body.choices = _body_choices(place)
    if not form.validate():
        return render_template("cadres/new_upload.html", village=place, form=form), 422
    content = form.file.data.read()
    name = PurePath(form.file.data.filename or "账本").name
    with transaction() as write:
        body = next(body for body in my_village(village).bodies if body.kind.value == form.body.data)
        upload = keep_upload(write, body=body, name=name, content=content, by=me(), now=clock.now())
        key = upload.key
    return redirect(url_for(".show_upload", village=village, key=key), 303)


@cadres.get("/desk/<village:village>/uploads/<key:key>")
@open_to(Audience.CLERKS)
def show_upload(village: str, key: str) -> str | tuple[str, int]:
    """Show what was read: months, lines, problems by cell, and which column means what."""
    place = my_village(village)
    upload = my_upload(place, key)
    try:
        look = look_at(session(), upload=upload, village=place)
    except Refusal as refusal:
        sentence = say(refusal.words, refusal.values)
        return render_template("cadres/unreadable_upload.html", village=place, upload=upload, sentence=sentence), 422
    return render_template("cadres/show_upload.html", village=place, upload=upload, look=look, form=DraftForm())


@cadres.post("/desk/<village:village>/uploads/<key:key>/columns")
@open_to(Audience.CLERKS)
@once
def choose_columns(village: str, key: str) -> Answer:
    """Remember which column means what, as the clerk says, and read again."""
    with transaction() as write:
        place = my_village(village)
        upload = my_upload(place, key)
        confirm_columns(write, upload=upload, village=place, choices=request.form.to_dict(), now=clock.now())
    return redirect(url_for(".show_upload", village=village, key=key), 303)


@cadres.post("/desk/<village:village>/uploads/<key:key>/drafts")
@open_to(Audience.CLERKS)
@once
def make_drafts(village: str, key: str) -> Answer:
    """Turn the chosen months into drafts and open the first of them."""
    form = DraftForm()
    with transaction() as write:
        place = my_village(village)
        drafts = draft_sheets(
            write,
            upload=my_upload(place, key),
            village=place,
            periods=request.form.getlist("period"),
            reason=form.reason.data or "",
            by=me(),
            now=clock.now(),
        )
        first = drafts[0].key
    return redirect(url_for(".show_version", village=village, key=first), 303)


@cadres.get("/desk/<village:village>/template.xlsx")
@open_to(Audience.CADRES)
def download_template(village: str) -> Response:
    """Give an empty workbook with the right headers, for a clerk who has none."""
    place = my_village(village)
    content = template_workbook(place.name, Period(today().year, today().month).previous)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(content, mimetype=kind, headers={"Content-Disposition": "attachment; filename=template.xlsx"})


@cadres.get("/desk/<village:village>/balances/new")
@open_to(Audience.CLERKS)
def new_balance(village: str) -> str:
    """Show the form for the balance that the books start from."""
    place = my_village(village)
    form = BalanceForm()
    form.body.choices = [
        (body.kind.value, body.name) for body in _books(place) if starting_balance(session(), body=body) is None
    ]
    if not form.body.choices:
        abort(404)
    return render_template("cadres/new_balance.html", village=place, form=form)


@cadres.post("/desk/<village:village>/balances")
@open_to(Audience.CLERKS)
@once
def take_balance(village: str) -> Answer | tuple[str, int]:
    """Record the balance once."""
    place = my_village(village)
    form = BalanceForm()
    form.body.choices = _body_choices(place)
    if not form.validate():
        return render_template("cadres/new_balance.html", village=place, form=form), 422
    try:
        period, amount = Period.parse((form.period.data or "").strip()), starting_amount(form.amount.data or "")
    except Refusal as refusal:
        form.amount.errors = [say(refusal.words, refusal.values)]
        return render_template("cadres/new_balance.html", village=place, form=form), 422
    with transaction() as write:
        body = next(body for body in my_village(village).bodies if body.kind.value == form.body.data)
        basis = (form.basis.data or "").strip()
        record_starting_balance(
            write, body=body, period=period, amount_fen=amount, basis=basis, by=me(), now=clock.now()
        )
    flash(_("起始余额已登记"))
    return redirect(url_for(".show_desk", village=village), 303)
