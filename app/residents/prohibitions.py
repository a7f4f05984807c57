"""The negative list."""

from flask import Response, render_template, request
from flask_babel import gettext as _

from app.access import Audience, open_to
from app.database import session
from app.exports import csv_answer, json_answer
from app.residents.blueprint import residents
from app.residents.lists import hotline_of, list_or_404
from app.residents.prohibition_groups import BY_CLASS, BY_PERSON, entries_of, grouped, searchable, steps_in
from app.residents.searching import asked
from app.residents.tables import prohibition_content
from village_lists.powers.everyday import EVERYDAY
from village_lists.powers.pages import steps_named
from village_lists.powers.queries import items_of
from village_lists.powers.search import find
from village_lists.prohibitions.queries import prohibitions_of


@residents.get("/v/<village:village>/prohibitions")
@open_to(Audience.EVERYONE)
def list_prohibitions(village: str) -> str:
    """Show what must not be done and on which basis: by class, by person, or what a question finds."""
    shown = list_or_404(village)
    question = asked(request.args.get("q", ""))
    by = BY_PERSON if request.args.get("by") == BY_PERSON else BY_CLASS
    prohibitions = prohibitions_of(session(), version_id=shown.version_id)
    items = {item.code: item for item in items_of(session(), version_id=shown.version_id)}
    steps = steps_named(session(), version_id=shown.version_id, steps=steps_in(prohibitions))
    entries = entries_of(prohibitions, items=items, steps=steps)
    answer = find([searchable(entry) for entry in entries], question, everyday=EVERYDAY)
    return render_template(
        "residents/list_prohibitions.html",
        village=shown.village,
        shown=shown,
        question=question,
        by=by,
        entries={entry.prohibition.code: entry for entry in entries},
        answer=answer,
        groups=() if question else grouped(entries, items=items, by=by),
        hotline=hotline_of(shown.village),
    )


@residents.get("/v/<village:village>/prohibitions.json")
@open_to(Audience.EVERYONE)
def list_prohibitions_json(village: str) -> Response:
    """Give the negative list as JSON."""
    shown = list_or_404(village)
    entries = [prohibition_content(one) for one in prohibitions_of(session(), version_id=shown.version_id)]
    about = {"village": shown.village.code, "village_name": shown.village.name}
    return json_answer({**about, "prohibitions": entries})


@residents.get("/v/<village:village>/prohibitions.csv")
@open_to(Audience.EVERYONE)
def list_prohibitions_csv(village: str) -> Response:
    """Give the negative list as CSV."""
    entries = prohibitions_of(session(), version_id=list_or_404(village).version_id)
    header = [_("编号"), _("不准做的事"), _("针对谁"), _("依据"), _("后果"), _("怎么查")]
    rows = ((one.code, one.words, one.who, one.basis, one.consequence, one.watched_by) for one in entries)
    return csv_answer(f"{village}-prohibitions", header, rows)
