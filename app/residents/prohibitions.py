"""The negative list."""

from flask import Response, abort, render_template
from flask_babel import gettext as _

from app.access import Audience, open_to
from app.database import session
from app.residents.blueprint import residents
from app.residents.exports import csv_answer, json_answer
from app.residents.places import village_or_404
from app.residents.tables import prohibition_content
from publicity.records.pages import POST_WORDS
from village_lists.places.models import Place
from village_lists.powers.models import Adoption
from village_lists.powers.queries import adoption_of, items_of
from village_lists.prohibitions.queries import prohibitions_of


@residents.get("/v/<village:village>/prohibitions")
@open_to(Audience.EVERYONE)
def list_prohibitions(village: str) -> str:
    """Show what must not be done, on which basis, and where it belongs."""
    place, adoption = _adopted_or_404(village)
    return render_template(
        "residents/list_prohibitions.html",
        village=place,
        adoption=adoption,
        prohibitions=prohibitions_of(session(), version_id=adoption.version_id),
        names={item.code: item.name for item in items_of(session(), version_id=adoption.version_id)},
        post_words=POST_WORDS,
    )


@residents.get("/v/<village:village>/prohibitions.json")
@open_to(Audience.EVERYONE)
def list_prohibitions_json(village: str) -> Response:
    """Give the negative list as JSON."""
    place, adoption = _adopted_or_404(village)
    entries = [prohibition_content(one) for one in prohibitions_of(session(), version_id=adoption.version_id)]
    return json_answer({"village": place.code, "village_name": place.name, "prohibitions": entries})


@residents.get("/v/<village:village>/prohibitions.csv")
@open_to(Audience.EVERYONE)
def list_prohibitions_csv(village: str) -> Response:
    """Give the negative list as CSV."""
    adoption = _adopted_or_404(village)[1]
    entries = prohibitions_of(session(), version_id=adoption.version_id)
    header = [_("编号"), _("不准做的事"), _("依据"), _("后果"), _("怎么查")]
    rows = ((one.code, one.words, one.basis, one.consequence, one.watched_by) for one in entries)
    return csv_answer(f"{village}-prohibitions", header, rows)


def _adopted_or_404(code: str) -> tuple[Place, Adoption]:
    place = village_or_404(code)
    adoption = adoption_of(session(), village=place)
    if adoption is None:
        abort(404)
    return place, adoption
