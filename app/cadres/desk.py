"""The desk of a village: one list of what is to be done this week, what comes later, and what was posted."""

from flask import render_template

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.places import me, my_village
from app.database import session
from app.duty_words import rule_name, why
from publicity.workflow.desk import desk_of
from village_lists.editions.adapting_pages import sides_of
from village_lists.powers.adoptions import standing_of


@cadres.get("/desk/<village:village>")
@open_to(Audience.CADRES)
def show_desk(village: str) -> str:
    """Show what this person has to do in this village now."""
    place = my_village(village)
    person = me()
    desk = desk_of(session(), village=place, person=person, on=clock.today())
    standing = standing_of(session(), village=place, on=clock.today())
    sides = sides_of(session(), village=place, person=person, pending=standing.pending, on=clock.today())
    return render_template(
        "cadres/show_desk.html",
        village=place,
        person=person,
        desk=desk,
        standing=standing,
        sides=sides,
        why=why,
        rule_name=rule_name,
    )
