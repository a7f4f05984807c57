"""The desk of a village: one list of what is to be done now, and the months kept so far."""

from flask import render_template

from app import clock
from app.access import Audience, current_person, open_to
from app.cadres.blueprint import cadres
from app.cadres.places import my_village
from app.database import session
from publicity.workflow.desk import desk_of


@cadres.get("/desk/<village:village>")
@open_to(Audience.CADRES)
def show_desk(village: str) -> str:
    """Show what this person has to do in this village now."""
    place = my_village(village)
    person = current_person()
    desk = desk_of(session(), village=place, person=person, on=clock.today())
    return render_template("cadres/show_desk.html", village=place, person=person, desk=desk)
