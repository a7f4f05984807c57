"""The township's page of lists: which village goes by which version, by what resolution, and who lags behind."""

from collections import Counter

from flask import abort, render_template, request

from app import clock
from app.access import Audience, open_to
from app.auditors.blueprint import auditors
from app.database import session
from village_lists.places.models import Level
from village_lists.places.queries import place_by_code, villages_of
from village_lists.powers.adoptions import ListStanding, body_name, standings_of


@auditors.get("/audit/<township:township>/lists")
@open_to(Audience.AUDITORS)
def show_lists(township: str) -> str:
    """Show every village with the version it adopted, and the reasons of the village that was asked for."""
    place = place_by_code(session(), code=township, level=Level.TOWNSHIP) or abort(404)
    standings = standings_of(session(), villages=villages_of(session(), township=place), on=clock.today())
    return render_template(
        "auditors/show_lists.html",
        township=place,
        on=clock.today(),
        standings=standings,
        counts=Counter(standing.state for standing in standings),
        behind=[standing.village.name for standing in standings if standing.state in ("missing", "late")],
        opened=_opened(standings),
        body_name=body_name,
    )


def _opened(standings: list[ListStanding]) -> ListStanding | None:
    wanted = request.args.get("village")
    if wanted is None:
        return None
    return next((standing for standing in standings if standing.village.code == wanted), None) or abort(404)
