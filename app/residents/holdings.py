"""The registers as residents read them: what the village has, who uses it until when, what is owed; and contracts."""

from flask import Response, abort, render_template

from app import clock
from app.access import Audience, open_to
from app.database import session
from app.exports import csv_answer, json_answer
from app.register_facts import contract_facts, day_asked, dues_of, said_values
from app.register_pages import KINDS, Book, book_of, village_warnings
from app.residents.blueprint import residents
from app.residents.places import village_or_404
from app.residents.register_tables import contract_content, holding_content, holding_rows
from app.words import say
from publicity.codes.models import TargetKind
from publicity.codes.queries import code_for
from publicity.holdings.history import contract_history, holding_history
from publicity.holdings.models import Contract, Holding
from publicity.holdings.queries import contract_by_number, contract_view, holding_by_number
from publicity.ledgers.tied import payments_of
from village_lists.places.models import Place


@residents.get("/v/<village:village>/holdings")
@open_to(Audience.EVERYONE)
def list_holdings(village: str) -> str:
    """Show what each body has, by kind with totals, who uses it until when, what is owed; warnings first."""
    place, on = village_or_404(village), day_asked()
    book = _book(place)
    warnings = village_warnings(session(), villages=[place], on=on)
    return render_template(
        "residents/list_holdings.html",
        village=place,
        book=book,
        kinds=KINDS,
        shelves=[shelf for shelf in book.shelves() if any(line.is_there for line in shelf.lines)],
        warnings=[(one, say(one.words, book.cover.values(one.values))) for one in warnings],
        on=on,
        today=clock.today(),
    )


@residents.get("/v/<village:village>/holdings.json")
@open_to(Audience.EVERYONE)
def list_holdings_json(village: str) -> Response:
    """Give the registers as JSON, private names covered, amounts in fen."""
    place, book = village_or_404(village), _book(village_or_404(village))
    return json_answer(
        {
            "village": place.code,
            "village_name": place.name,
            "on": book.on.isoformat(),
            "holdings": [holding_content(line) for line in book.holdings],
            "contracts": [contract_content(line) for line in book.contracts],
        }
    )


@residents.get("/v/<village:village>/holdings.csv")
@open_to(Audience.EVERYONE)
def list_holdings_csv(village: str) -> Response:
    """Give what there is with who uses it as CSV, private names covered."""
    return csv_answer(f"{village}-holdings", *holding_rows(_book(village_or_404(village))))


@residents.get("/v/<village:village>/holdings/<int:number>")
@open_to(Audience.EVERYONE)
def show_holding(village: str, number: int) -> str:
    """Show what a sticker opens: what it is, who uses it, rent, term, paid or owed, what happened to it."""
    place, on = village_or_404(village), day_asked()
    book, holding = _book(place), _holding(place, number)
    line = book.holding(number) or abort(404)
    target = str(number)
    return render_template(
        "residents/show_holding.html",
        village=place,
        line=line,
        kinds=KINDS,
        on=on,
        today=clock.today(),
        code=code_for(session(), village=place, kind=TargetKind.HOLDING, target=target),
        history=holding_history(holding, cover=book.cover.party),
        cover=book.cover,
        said_values=said_values,
        warnings=_warnings(place, book, number, is_contract=False),
    )


@residents.get("/v/<village:village>/holdings/<int:number>.json")
@open_to(Audience.EVERYONE)
def show_holding_json(village: str, number: int) -> Response:
    """Give one holding with its contracts as JSON."""
    line = _book(village_or_404(village)).holding(number) or abort(404)
    contracts = [contract_content(one) for one in line.contracts]
    return json_answer({"village": village, **holding_content(line), "contracts": contracts})


@residents.get("/v/<village:village>/contracts/<int:number>")
@open_to(Audience.EVERYONE)
def show_contract(village: str, number: int) -> str:
    """Show a contract: with whom, what is due when, what was paid and is owed, what happened to it."""
    place, on = village_or_404(village), day_asked()
    book, contract = _book(place), _contract(place, number)
    line, view = book.contract(number) or abort(404), contract_view(contract, on=on)
    if view.edition is None or line.standing is None:
        abort(404)
    paid = payments_of(session(), contracts=[contract.id])[contract.id]
    return render_template(
        "residents/show_contract.html",
        village=place,
        line=line,
        facts=contract_facts(view.edition, book.cover),
        holding=book.holding(line.holding) if line.holding else None,
        dues=dues_of(view.instalments, paid_fen=line.standing.paid_fen, on=on, cover=book.cover),
        paid=[one for one in paid if one.on <= on],
        on=on,
        today=clock.today(),
        history=contract_history(contract, cover=book.cover.party),
        cover=book.cover,
        said_values=said_values,
        warnings=_warnings(place, book, number, is_contract=True),
    )


@residents.get("/v/<village:village>/contracts/<int:number>.json")
@open_to(Audience.EVERYONE)
def show_contract_json(village: str, number: int) -> Response:
    """Give one contract with its instalments as JSON."""
    place = village_or_404(village)
    book, view = _book(place), contract_view(_contract(place, number), on=day_asked())
    line = book.contract(number) or abort(404)
    paid_fen = line.standing.paid_fen if line.standing else 0
    dues = dues_of(view.instalments, paid_fen=paid_fen, on=book.on, cover=book.cover)
    made = [
        {"due": one.due_on.isoformat(), "fen": one.amount_fen, "paid_fen": one.paid_fen, "words": one.words}
        for one in dues
    ]
    return json_answer({"village": village, **contract_content(line), "instalments": made})


def _book(place: Place) -> Book:
    return book_of(session(), village=place, on=day_asked(), is_public=True)


def _holding(place: Place, number: int) -> Holding:
    return holding_by_number(session(), village=place, number=number) or abort(404)


def _contract(place: Place, number: int) -> Contract:
    return contract_by_number(session(), village=place, number=number) or abort(404)


def _warnings(place: Place, book: Book, number: int, *, is_contract: bool) -> list[str]:
    """Return what is warned of about one thing, private names covered."""
    found = village_warnings(session(), villages=[place], on=book.on)
    mine = (one for one in found if one.is_contract is is_contract and one.number == number)
    return [say(one.words, book.cover.values(one.values)) for one in mine]
