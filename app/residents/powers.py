"""The list of small powers, and one of its items with its flowchart."""

from flask import Response, abort, render_template
from flask_babel import gettext as _

from app import clock
from app.access import Audience, open_to
from app.database import session
from app.residents.blueprint import residents
from app.residents.exports import csv_answer, json_answer
from app.residents.places import village_or_404
from app.residents.procedures import procedures_of
from app.residents.tables import item_content
from app.words import say, type_size
from publicity.ledgers.pages import payments_under
from village_lists.places.models import Place
from village_lists.powers.models import Adoption
from village_lists.powers.queries import adoption_of, item_by_code, items_of
from village_lists.prohibitions.queries import prohibitions_for

PAYMENTS = 5


@residents.get("/v/<village:village>/powers")
@open_to(Audience.EVERYONE)
def list_powers(village: str) -> str:
    """Show the list that the village adopted, group by group."""
    place, adoption = _adopted_or_404(village)
    items = items_of(session(), version_id=adoption.version_id)
    return render_template("residents/list_powers.html", village=place, adoption=adoption, items=items)


@residents.get("/v/<village:village>/powers.json")
@open_to(Audience.EVERYONE)
def list_powers_json(village: str) -> Response:
    """Give the list as JSON."""
    place, adoption = _adopted_or_404(village)
    items = [item_content(item) for item in items_of(session(), version_id=adoption.version_id)]
    about = {"village": place.code, "village_name": place.name, "title": adoption.version.power_list.title}
    return json_answer({**about, "version": adoption.version.number, "items": items})


@residents.get("/v/<village:village>/powers.csv")
@open_to(Audience.EVERYONE)
def list_powers_csv(village: str) -> Response:
    """Give the list as CSV."""
    adoption = _adopted_or_404(village)[1]
    items = items_of(session(), version_id=adoption.version_id)
    header = [_("编号"), _("事项"), _("大类"), _("小类"), _("一句话")]
    rows = ((item.code, item.name, item.group, item.category, item.sentence) for item in items)
    return csv_answer(f"{village}-powers", header, rows)


@residents.get("/v/<village:village>/powers/<item:code>")
@open_to(Audience.EVERYONE)
def show_power(village: str, code: str) -> str:
    """Show one item: what it is, who answers for it, its flowchart, what is forbidden, what it rests on."""
    place, adoption = _adopted_or_404(village)
    item = item_by_code(session(), version_id=adoption.version_id, code=code)
    if item is None:
        abort(404)
    forbidden = prohibitions_for(session(), version_id=adoption.version_id, item_code=code)
    return render_template(
        "residents/show_power.html",
        village=place,
        adoption=adoption,
        item=item,
        prohibitions=forbidden,
        procedures=procedures_of(session(), item=item, prohibitions=forbidden, size=type_size(), say=say),
        payments=payments_under(session(), village=place, item_code=code, limit=PAYMENTS, on=clock.today()),
    )


def _adopted_or_404(code: str) -> tuple[Place, Adoption]:
    place = village_or_404(code)
    adoption = adoption_of(session(), village=place)
    if adoption is None:
        abort(404)
    return place, adoption
