"""Contracts on the desk: with whom, about what, what is due when, what was paid; changed and ended by the clerk."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.holdings import entry_key, matters_offered, sides_of
from app.cadres.places import me, my_village
from app.cadres.register_forms import (
    PAPER,
    TERMS,
    Form,
    contract_content,
    contract_form,
    empty_form,
    ending_content,
    sent_body,
    sent_fields,
    sent_matter,
    sent_paper,
    today_unless,
    wants_more,
)
from app.cadres.register_tables import contract_csv
from app.database import session, transaction
from app.exports import csv_answer
from app.once import once
from app.register_facts import contract_facts, day_asked, dues_of, said_values
from app.register_pages import OPEN, book_of, village_warnings
from publicity.holdings import actions
from publicity.holdings.history import contract_history
from publicity.holdings.models import Contract, ContractSide
from publicity.holdings.queries import (
    DEBTS,
    contract_by_number,
    contract_view,
    contracts_of,
    last_confirmed,
    waiting_edition,
)
from publicity.holdings.schedules import read_schedule
from publicity.ledgers.tied import payments_of
from village_lists.errors import NotAllowed, NotFound, Refusal
from village_lists.places.models import Place

Page = str | tuple[str, int]


@cadres.get("/desk/<village:village>/contracts")
@open_to(Audience.CADRES)
def list_contracts(village: str) -> str:
    """Show the contracts of both bodies: what is warned of first, then who pays whom until when."""
    place, on = my_village(village), clock.today()
    book = book_of(session(), village=place, on=on, is_public=False)
    return render_template(
        "cadres/list_contracts.html",
        village=place,
        book=book,
        bodies=sorted(place.bodies, key=lambda body: body.kind),
        warnings=[one for one in village_warnings(session(), villages=[place], on=on) if one.is_contract],
        **sides_of(place, on),
    )


@cadres.get("/desk/<village:village>/contracts.csv")
@open_to(Audience.CADRES)
def list_contracts_csv(village: str) -> Response:
    """Give the contracts of one side as CSV, in the columns that an import reads."""
    place, side = my_village(village), _side()
    views = contracts_of(session(), village=place, on=clock.today())
    return csv_answer(f"{village}-contracts-{side.value}", *contract_csv(side, views, request.args.get("body", "")))


@cadres.get("/desk/<village:village>/contracts/new")
@open_to(Audience.CLERKS)
def new_contract(village: str) -> str:
    """Show the empty form; `holding` chooses what it is about."""
    chosen = {"body": "collective", "side": _side().value, "holding": request.args.get("holding", "")[:10]}
    return _form_page(my_village(village), empty_form(contract_content(), chosen=chosen))


@cadres.post("/desk/<village:village>/contracts")
@open_to(Audience.CLERKS)
@once
def enter_contract(village: str) -> Answer | Page:
    """Propose what was typed; a refused form keeps what was typed."""
    place = my_village(village)
    sent = sent_fields(contract_content())
    if sent.wrong or wants_more():
        return _form_page(place, sent.form), 200 if wants_more() else 422
    try:
        with transaction() as write:
            paper = sent_paper(sent)
            edition = actions.propose_contract(
                write,
                village=place,
                body=sent_body(place),
                side=_side(),
                paper=paper,
                valid_from=min(today_unless(paper.signed_on or paper.starts_on), clock.today()),
                matter=sent_matter(place),
                by=me(),
                now=clock.now(),
            )
            number = edition.contract.number
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _form_page(my_village(village), sent.refused(refusal).form), 422
    flash(_("已登记，监委会核对以后生效并公开。"))
    return redirect(url_for(".show_contract", village=village, number=number), 303)


@cadres.get("/desk/<village:village>/contracts/<int:number>")
@open_to(Audience.CADRES)
def show_contract(village: str, number: int) -> str:
    """Show a contract on a day: what is due, paid and owed by instalment, what happened to it, what waits."""
    place = my_village(village)
    return _show_page(place, my_contract(place, number))


@cadres.get("/desk/<village:village>/contracts/<int:number>/edit")
@open_to(Audience.CLERKS)
def edit_contract(village: str, number: int) -> str:
    """Show the form of a change, filled with what the contract says now."""
    place = my_village(village)
    contract = my_contract(place, number)
    now = last_confirmed(contract.editions) or abort(404)
    return _form_page(place, contract_form(now, contract_content(is_change=True)), contract)


@cadres.post("/desk/<village:village>/contracts/<int:number>/changes")
@open_to(Audience.CLERKS)
@once
def change_contract(village: str, number: int) -> Answer | Page:
    """Propose what the contract says from a day on."""
    place = my_village(village)
    contract = my_contract(place, number)
    sent = sent_fields(contract_content(is_change=True))
    if sent.wrong or wants_more():
        return _form_page(place, sent.form, contract), 200 if wants_more() else 422
    try:
        with transaction() as write:
            actions.change_contract(
                write,
                contract=contract,
                paper=sent_paper(sent),
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
        return _form_page(place, sent.refused(refusal).form, my_contract(place, number)), 422
    flash(_("改动已登记，监委会核对以后生效并公开。"))
    return redirect(url_for(".show_contract", village=village, number=number), 303)


@cadres.post("/desk/<village:village>/contracts/<int:number>/end")
@open_to(Audience.CLERKS)
@once
def end_contract(village: str, number: int) -> Answer | Page:
    """Propose that a contract ends early: its last day, and why."""
    place = my_village(village)
    contract, sent = my_contract(place, number), sent_fields(ending_content())
    if sent.wrong:
        return _show_page(place, contract, sent.form), 422
    try:
        with transaction() as write:
            actions.end_contract(
                write,
                contract=contract,
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
        return _show_page(place, my_contract(place, number), sent.refused(refusal).form), 422
    flash(_("提前终止已登记，监委会核对以后生效并公开。"))
    return redirect(url_for(".show_contract", village=village, number=number), 303)


def my_contract(village: Place, number: int) -> Contract:
    """Return the contract of that number in this village, or answer 404."""
    return contract_by_number(session(), village=village, number=number) or abort(404)


def _side() -> ContractSide:
    wanted = request.values.get("side", ContractSide.RECEIVE.value)
    return ContractSide(wanted) if wanted in set(ContractSide) else abort(404)


def _form_page(place: Place, form: Form, contract: Contract | None = None) -> str:
    book = book_of(session(), village=place, on=clock.today(), is_public=False)
    return render_template(
        "cadres/edit_contract.html" if contract else "cadres/new_contract.html",
        village=place,
        form=form,
        paper=form.part(PAPER),
        terms=form.part(TERMS),
        further=[one for one in form.fields if one.column.key in ("valid_from", "why")],
        contract=contract,
        bodies=sorted(place.bodies, key=lambda body: body.kind),
        holdings=[line for line in book.holdings if line.is_there and line.kind not in DEBTS],
        matters=matters_offered(place),
    )


def _show_page(place: Place, contract: Contract, ending: Form | None = None) -> str:
    on = day_asked()
    book = book_of(session(), village=place, on=on, is_public=False)
    line, view = book.contract(contract.number), contract_view(contract, on=on)
    waiting = waiting_edition(contract.editions)
    standing = line.standing if line else None
    paid = payments_of(session(), contracts=[contract.id])[contract.id]
    return render_template(
        "cadres/show_contract.html",
        village=place,
        contract=contract,
        on=on,
        today=clock.today(),
        line=line,
        standing=standing,
        facts=contract_facts(view.edition, OPEN) if view.edition else (),
        proposed=contract_facts(waiting, OPEN) if waiting else (),
        asked=read_schedule(waiting.schedule) if waiting else (),
        holding=book.holding(line.holding) if line and line.holding else None,
        dues=dues_of(view.instalments, paid_fen=standing.paid_fen, on=on, cover=OPEN) if standing else [],
        paid=[one for one in paid if one.on <= on],
        waiting=waiting,
        history=contract_history(contract, with_undecided=True),
        warnings=[
            one
            for one in village_warnings(session(), villages=[place], on=on)
            if one.is_contract and one.number == contract.number
        ],
        may_change=waiting is None and last_confirmed(contract.editions) is not None and not view.ended_on,
        ending=ending or empty_form(ending_content()),
        matters=matters_offered(place),
        entry=entry_key(waiting) if waiting else "",
        said_values=said_values,
        open=OPEN,
        **sides_of(place, clock.today()),
    )
