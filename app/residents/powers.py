"""The list of small powers, the search in it, and one of its items with its flowcharts."""

from flask import Response, abort, render_template, request
from flask_babel import gettext as _

from app import clock
from app.access import Audience, open_to
from app.amount_words import amount_words, level_words
from app.database import session
from app.exports import csv_answer, json_answer
from app.residents.blueprint import residents
from app.residents.item_tables import power_content, procedure_content
from app.residents.item_words import FIELD_WORDS, KIND_NAMES, KIND_WORDS
from app.residents.lists import ShownList, former_item, hotline_of, list_or_404
from app.residents.matter_answers import STATE_WORDS
from app.residents.procedures import embedded_in, limits_in, procedures_of
from app.residents.searching import asked, jumps, search_list
from app.residents.tables import item_content
from app.words import say
from publicity.ledgers.pages import lines_under, money_under
from publicity.workflow.matter_pages import matter_lines
from publicity.workflow.public_records import shelves_under
from village_lists.powers.models import PowerItem
from village_lists.powers.pages import bands_of, branches_of, other_uses
from village_lists.powers.queries import item_by_code, item_line, items_of
from village_lists.prohibitions.queries import prohibitions_for

PAYMENTS = 5


@residents.get("/v/<village:village>/powers")
@open_to(Audience.EVERYONE)
def list_powers(village: str) -> str:
    """Show the list that the village adopted, class by class, or what a question finds in it."""
    shown = list_or_404(village)
    question = asked(request.args.get("q", ""))
    branches = () if question else branches_of(session(), version_id=shown.version_id)
    return render_template(
        "residents/list_powers.html",
        village=shown.village,
        shown=shown,
        question=question,
        results=search_list(session(), version_id=shown.version_id, question=question) if question else None,
        branches=branches,
        count=sum(branch.count for branch in branches),
        jumps=jumps(branches),
        hotline=hotline_of(shown.village) if question else None,
        field_words=FIELD_WORDS,
    )


@residents.get("/v/<village:village>/powers.json")
@open_to(Audience.EVERYONE)
def list_powers_json(village: str) -> Response:
    """Give the list as JSON."""
    shown = list_or_404(village)
    items = [item_content(item) for item in items_of(session(), version_id=shown.version_id)]
    return json_answer({**_about(shown), "items": items})


@residents.get("/v/<village:village>/powers.csv")
@open_to(Audience.EVERYONE)
def list_powers_csv(village: str) -> Response:
    """Give the list as CSV."""
    items = items_of(session(), version_id=list_or_404(village).version_id)
    header = [_("编号"), _("事项"), _("大类"), _("小类"), _("种类"), _("一句话")]
    rows = (
        (item.code, item.name, item.group, item.category, say(KIND_NAMES[item.kind]), item.sentence) for item in items
    )
    return csv_answer(f"{village}-powers", header, rows)


@residents.get("/v/<village:village>/powers/<item:code>")
@open_to(Audience.EVERYONE)
def show_power(village: str, code: str) -> str:
    """Show one item: what it is, who answers for it, its flowcharts, what is forbidden, what was spent under it."""
    shown = list_or_404(village)
    item = item_by_code(session(), version_id=shown.version_id, code=code)
    if item is None:
        return _former_page(shown, code)
    place = shown.village
    forbidden = prohibitions_for(session(), version_id=shown.version_id, item_code=code)
    procedures = procedures_of(session(), item=item, prohibitions=forbidden, place=place)
    return render_template(
        "residents/show_power.html",
        village=place,
        shown=shown,
        item=item,
        kind_words=KIND_WORDS[item.kind],
        hotline=hotline_of(place),
        prohibitions=forbidden,
        procedures=procedures,
        limits=limits_in(procedures),
        money=money_under(session(), village=place, item_code=code),
        year=clock.today().year,
        shelves=[one for one in shelves_under(session(), village=place, item=code, on=clock.today()) if one.cards],
        matters=matter_lines(session(), village=place, on=clock.today(), item_code=code),
        state_words=STATE_WORDS,
        payments=lines_under(session(), village=place, item_code=code, item_name=item.name, limit=PAYMENTS),
        amount_words=amount_words,
        level_words=level_words,
    )


@residents.get("/v/<village:village>/powers/<item:code>.json")
@open_to(Audience.EVERYONE)
def show_power_json(village: str, code: str) -> Response:
    """Give one item as JSON: everything that the list says of it, its charts as nodes and arrows."""
    shown = list_or_404(village)
    item = _item_or_404(shown, code)
    line = item_line(session(), version_id=shown.version_id, code=code) or abort(404)
    bands = bands_of(session(), item=item, place=shown.village, on=clock.today())
    content = power_content(item, line=line, bands=bands, others=other_uses(session(), item=item))
    embedded = [procedure_content(one) for one in embedded_in(session(), item=item)]
    return json_answer({**_about(shown), **content, "embedded_procedures": embedded})


def _about(shown: ShownList) -> dict[str, object]:
    return {
        "village": shown.village.code,
        "village_name": shown.village.name,
        "title": shown.version.title,
        "version": shown.version.number,
        "is_sample": shown.version.is_sample,
        "adopted_on": shown.adoption.held_on.isoformat() if shown.adoption else None,
    }


def _former_page(shown: ShownList, code: str) -> str:
    """Return the page of an item that an earlier list of the village had; end with 404 where none had it."""
    found = former_item(shown, code) or abort(404)
    money = money_under(session(), village=shown.village, item_code=code)
    return render_template("residents/_former_power.html", village=shown.village, shown=shown, found=found, money=money)


def _item_or_404(shown: ShownList, code: str) -> PowerItem:
    item = item_by_code(session(), version_id=shown.version_id, code=code)
    if item is None:
        abort(404)
    return item
