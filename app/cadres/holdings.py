"""The register of a village on the desk: what it has, is owed and owes; entered by the clerk, decided by others."""

from datetime import date

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.places import me, my_village
from app.cadres.register_forms import (
    Form,
    empty_form,
    ending_content,
    holding_content,
    holding_form,
    sent_body,
    sent_fields,
    sent_matter,
    today_unless,
)
from app.cadres.register_tables import holding_csv
from app.database import session, transaction
from app.exports import csv_answer
from app.once import once
from app.register_facts import contract_facts, day_asked, history_of, said_values
from app.register_pages import KINDS, OPEN, Book, book_of, facts_of, village_warnings
from app.register_paper import stickers_pdf
from app.words import say
from publicity.bulletins.stickers import give_sticker_codes
from publicity.codes.actions import give_code
from publicity.codes.models import TargetKind
from publicity.codes.queries import code_for
from publicity.holdings import actions
from publicity.holdings.contents import fields_of
from publicity.holdings.history import holding_history
from publicity.holdings.models import ContractEdition, Holding, HoldingDeed, HoldingEdition, HoldingKind
from publicity.holdings.queries import holding_by_number, last_confirmed, waiting_edition, waiting_editions
from publicity.matters.models import Matter
from publicity.matters.queries import clerk_on, matters_of, supervisor_on
from village_lists.errors import NotAllowed, NotFound, Refusal, Stale
from village_lists.markers import N_
from village_lists.places.models import Place

Page = str | tuple[str, int]
MATTERS = 100
"""So many of the newest matters are offered as the reason of an entry."""


@cadres.get("/desk/<village:village>/holdings")
@open_to(Audience.CADRES)
def list_holdings(village: str) -> Page:
    """Show the register: what is warned of, what waits to be confirmed, then one kind with its totals."""
    return _list_page(my_village(village), kind_asked())


@cadres.get("/desk/<village:village>/holdings.csv")
@open_to(Audience.CADRES)
def list_holdings_csv(village: str) -> Response:
    """Give the holdings of one kind as CSV, in the columns that an import reads."""
    place, kind = my_village(village), kind_asked()
    book = book_of(session(), village=place, on=clock.today(), is_public=False)
    return csv_answer(f"{village}-{kind.value}", *holding_csv(kind, book, request.args.get("body", "")))


@cadres.get("/desk/<village:village>/holdings/new")
@open_to(Audience.CLERKS)
def new_holding(village: str) -> str:
    """Show the form of a kind."""
    place, kind = my_village(village), kind_asked()
    return _form_page(place, kind, empty_form(holding_content(kind), chosen={"body": "collective"}))


@cadres.post("/desk/<village:village>/holdings")
@open_to(Audience.CLERKS)
@once
def enter_holding(village: str) -> Answer | Page:
    """Propose what was typed; a refused form keeps what was typed."""
    place, kind = my_village(village), kind_asked()
    sent = sent_fields(holding_content(kind))
    if sent.wrong:
        return _form_page(place, kind, sent.form), 422
    try:
        with transaction() as write:
            edition = actions.propose_holding(
                write,
                village=place,
                body=sent_body(place),
                kind=kind,
                name=sent.text("name"),
                content={key: sent.reading.head[key] for key in _keys(kind)},
                valid_from=today_unless(sent.day("valid_from")),
                matter=sent_matter(place),
                by=me(),
                now=clock.now(),
            )
            number = edition.holding.number
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _form_page(my_village(village), kind, sent.refused(refusal).form), 422
    flash(_("已登记，监委会核对以后生效并公开。"))
    return redirect(url_for(".show_holding", village=village, number=number), 303)


@cadres.get("/desk/<village:village>/holdings/<int:number>")
@open_to(Audience.CADRES)
def show_holding(village: str, number: int) -> str:
    """Show a holding on a day: facts, who uses it, what happened to it, what waits."""
    place = my_village(village)
    return _show_page(place, my_holding(place, number))


@cadres.get("/desk/<village:village>/holdings/<int:number>/edit")
@open_to(Audience.CLERKS)
def edit_holding(village: str, number: int) -> str:
    """Show the form of a change, filled with what the register says now."""
    place = my_village(village)
    holding = my_holding(place, number)
    now = last_confirmed(holding.editions) or abort(404)
    content = holding_content(holding.kind, is_change=True)
    return _form_page(place, holding.kind, holding_form(now, content), holding)


@cadres.post("/desk/<village:village>/holdings/<int:number>/changes")
@open_to(Audience.CLERKS)
@once
def change_holding(village: str, number: int) -> Answer | Page:
    """Propose a change."""
    place = my_village(village)
    holding = my_holding(place, number)
    sent = sent_fields(holding_content(holding.kind, is_change=True))
    if sent.wrong:
        return _form_page(place, holding.kind, sent.form, holding), 422
    try:
        with transaction() as write:
            actions.propose_change(
                write,
                holding=holding,
                name=sent.text("name"),
                content={key: sent.reading.head[key] for key in _keys(holding.kind)},
                valid_from=today_unless(sent.day("valid_from")),
                reason=sent.text("why"),
                matter=sent_matter(place),
                by=me(),
                now=clock.now(),
            )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        place = my_village(village)
        return _form_page(place, holding.kind, sent.refused(refusal).form, my_holding(place, number)), 422
    flash(_("改动已登记，监委会核对以后生效并公开。"))
    return redirect(url_for(".show_holding", village=village, number=number), 303)


@cadres.post("/desk/<village:village>/holdings/<int:number>/disposal")
@open_to(Audience.CLERKS)
@once
def dispose_of_holding(village: str, number: int) -> Answer | Page:
    """Propose that a holding is gone: sold, scrapped, settled, struck off; by which matter and why."""
    place = my_village(village)
    holding, sent = my_holding(place, number), sent_fields(ending_content())
    if sent.wrong:
        return _show_page(place, holding, sent.form), 422
    try:
        with transaction() as write:
            actions.propose_disposal(
                write,
                holding=holding,
                valid_from=today_unless(sent.day("valid_from")),
                reason=sent.text("why"),
                matter=sent_matter(place),
                by=me(),
                now=clock.now(),
            )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        place = my_village(village)
        return _show_page(place, my_holding(place, number), sent.refused(refusal).form), 422
    flash(_("处置已登记，监委会核对以后生效并公开。"))
    return redirect(url_for(".show_holding", village=village, number=number), 303)


@cadres.post("/desk/<village:village>/holdings/decisions")
@open_to(Audience.REVIEWERS)
@once
def decide_entries(village: str) -> Answer | Page:
    """Confirm or refuse what waits in the registers, several at once; all of them or none."""
    place, wanted = my_village(village), set(request.form.getlist("entry"))
    is_confirmed = request.form.get("do") == "confirm"
    try:
        if not wanted:
            raise Refusal(N_("请先选要核对的，可以选几条"))
        with transaction() as write:
            known = {entry_key(one): one for one in waiting_editions(write, villages=[place])}
            if not wanted <= set(known):
                raise Stale(N_("有一条刚刚已经核对过了，请刷新后再看"))
            for key in sorted(wanted):
                _decide(place, known[key], is_confirmed=is_confirmed)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        words = say(refusal.words, refusal.values)
        return _list_page(my_village(village), kind_asked(), words), 422
    flash(_("已核对通过，村民现在就能看到。") if is_confirmed else _("已退回，报账员能看到为什么。"))
    return redirect(url_for(".list_holdings", village=village), 303)


@cadres.post("/desk/<village:village>/holdings/stickers")
@open_to(Audience.CLERKS)
@once
def give_stickers(village: str) -> Answer:
    """Give a code to every holding that has none yet, then lead to the sheet of stickers."""
    place = my_village(village)
    with transaction() as write:
        give_sticker_codes(write, village=place, on=clock.today(), now=clock.now())
    return redirect(url_for(".download_stickers", village=village), 303)


@cadres.get("/desk/<village:village>/holdings/stickers.pdf")
@open_to(Audience.CADRES)
def download_stickers(village: str) -> Response:
    """Give the stickers of assets and resources as A4 sheets; of some only, where numbers are named."""
    numbers = {int(text) for text in request.args.getlist("number") if text.isascii() and text.isdigit()}
    pdf = stickers_pdf(session(), village=my_village(village), on=clock.today(), numbers=numbers or None)
    disposition = f'inline; filename="{village}-stickers.pdf"'
    return Response(pdf or abort(404), mimetype="application/pdf", headers={"Content-Disposition": disposition})


def kind_asked() -> HoldingKind:
    """Return the kind that the address or the form names, assets where it names none; else answer 404."""
    wanted = request.values.get("kind", HoldingKind.ASSET.value)
    return HoldingKind(wanted) if wanted in set(HoldingKind) else abort(404)


def my_holding(village: Place, number: int) -> Holding:
    """Return the holding of that number in this village, or answer 404."""
    return holding_by_number(session(), village=village, number=number) or abort(404)


def entry_key(edition: HoldingEdition | ContractEdition) -> str:
    """Return what names an edition in a form: h17 of a holding, c17 of a contract."""
    return f"{'h' if isinstance(edition, HoldingEdition) else 'c'}{edition.id}"


def matters_offered(village: Place) -> list[Matter]:
    """Return the newest matters of a village, to be chosen as the reason of an entry."""
    return matters_of(session(), villages=[village])[:MATTERS]


def sides_of(village: Place, on: date) -> dict[str, bool]:
    """Return what the person may do here: enter as a clerk, decide as one of the supervision committee."""
    is_supervisor = supervisor_on(me(), village=village, on=on) is not None
    return {"is_clerk": clerk_on(me(), village=village, on=on), "is_supervisor": is_supervisor}


def _keys(kind: HoldingKind) -> list[str]:
    return [column.key for column in fields_of(kind)]


def _decide(place: Place, edition: HoldingEdition | ContractEdition, *, is_confirmed: bool) -> None:
    """Decide on one edition; what comes into the register gets its code for the sticker."""
    note = request.form.get("note", "")
    actions.decide_edition(session(), edition=edition, is_confirmed=is_confirmed, note=note, by=me(), now=clock.now())
    if is_confirmed and isinstance(edition, HoldingEdition) and edition.deed is HoldingDeed.ACQUIRE:
        target = str(edition.holding.number)
        give_code(session(), village=place, kind=TargetKind.HOLDING, target=target, now=clock.now())


def _facts(edition: HoldingEdition | ContractEdition) -> tuple[tuple[str, str], ...]:
    """Return everything that an edition says, for who decides on it."""
    if isinstance(edition, HoldingEdition):
        return facts_of(edition.holding.kind, edition.content, OPEN)
    return contract_facts(edition, OPEN)


def _list_page(place: Place, kind: HoldingKind, problem: str = "") -> str:
    on = clock.today()
    book: Book = book_of(session(), village=place, on=on, is_public=False)
    return render_template(
        "cadres/list_holdings.html",
        village=place,
        kind=kind,
        kinds=KINDS,
        counts={one: sum(line.kind is one and line.is_there for line in book.holdings) for one in HoldingKind},
        shelves=book.shelves(kind),
        contracts=len(book.contracts),
        warnings=village_warnings(session(), villages=[place], on=on),
        waiting=[
            (entry_key(one), one, history_of(one), _facts(one)) for one in waiting_editions(session(), villages=[place])
        ],
        problem=problem,
        note=request.form.get("note", ""),
        chosen=request.form.getlist("entry"),
        said_values=said_values,
        open=OPEN,
        **sides_of(place, on),
    )


def _form_page(place: Place, kind: HoldingKind, form: Form, holding: Holding | None = None) -> str:
    return render_template(
        "cadres/edit_holding.html" if holding else "cadres/new_holding.html",
        village=place,
        kind=kind,
        kinds=KINDS,
        form=form,
        holding=holding,
        bodies=sorted(place.bodies, key=lambda body: body.kind),
        matters=matters_offered(place),
    )


def _show_page(place: Place, holding: Holding, ending: Form | None = None) -> str:
    on = day_asked()
    book = book_of(session(), village=place, on=on, is_public=False)
    waiting = waiting_edition(holding.editions)
    target = str(holding.number)
    return render_template(
        "cadres/show_holding.html",
        village=place,
        holding=holding,
        kinds=KINDS,
        on=on,
        today=clock.today(),
        line=book.holding(holding.number),
        waiting=waiting,
        proposed=facts_of(holding.kind, waiting.content, OPEN) if waiting else (),
        history=holding_history(holding, with_undecided=True),
        code=code_for(session(), village=place, kind=TargetKind.HOLDING, target=target),
        warnings=[
            one
            for one in village_warnings(session(), villages=[place], on=on)
            if not one.is_contract and one.number == holding.number
        ],
        may_change=waiting is None and last_confirmed(holding.editions) is not None,
        ending=ending or empty_form(ending_content()),
        matters=matters_offered(place),
        entry=entry_key(waiting) if waiting else "",
        said_values=said_values,
        open=OPEN,
        **sides_of(place, clock.today()),
    )
