"""A village's page."""

from collections import Counter

from flask import render_template

from app import clock
from app.access import Audience, open_to
from app.database import session
from app.residents.blueprint import residents
from app.residents.lists import list_of
from app.residents.matter_answers import STATE_WORDS
from app.residents.places import village_or_404
from publicity.duties.pages import duty_tally, month_rows, on_display
from publicity.duties.queries import months_before
from publicity.ledgers.figures import newest_cards
from publicity.ledgers.pages import published_figures
from publicity.matters.models import MatterState
from publicity.workflow.bodies import body_sides
from publicity.workflow.matter_pages import matter_lines
from publicity.workflow.public_records import record_cards
from village_lists.powers.queries import items_of
from village_lists.prohibitions.queries import prohibitions_of

TWO_YEARS = 24
SHOWN = 5


@residents.get("/v/<village:village>")
@open_to(Audience.EVERYONE)
def show_village(village: str) -> str:
    """Show the newest accounts, the months, the two legal bodies and the ways onward."""
    place = village_or_404(village)
    today = clock.today()
    known = published_figures(session(), village=place, periods=months_before(today, TWO_YEARS))
    shown = list_of(place)
    hanging = on_display(session(), village=place, on=today)
    running = matter_lines(session(), village=place, on=today, states={MatterState.RUNNING})
    cards, records = newest_cards(known), record_cards(session(), village=place)
    return render_template(
        "residents/show_village.html",
        village=place,
        shown=shown,
        cards=cards,
        sides=body_sides(session(), village=place, cards=cards, records=records, on=today),
        months=month_rows(session(), village=place, on=today),
        matters=running,
        matters_shown=SHOWN,
        state_words=STATE_WORDS,
        tally=duty_tally(session(), village=place, on=today),
        hanging=hanging[:SHOWN],
        hanging_more=max(0, len(hanging) - SHOWN),
        posted=Counter(card.affairs.value for card in records),
        items=items_of(session(), version_id=shown.version_id) if shown else [],
        prohibitions=prohibitions_of(session(), version_id=shown.version_id) if shown else [],
    )
