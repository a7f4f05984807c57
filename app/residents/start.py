"""Finding a village, and the health of the server."""

from flask import Response, render_template, request

from app.access import Audience, open_to
from app.database import session
from app.residents.blueprint import residents
from publicity.records.pages import villages_named
from village_lists.places.queries import townships_with_villages


@residents.get("/")
@open_to(Audience.EVERYONE)
def find_village() -> str:
    """Show every township with its villages, or the villages whose name has the words asked for."""
    words = request.args.get("name", "").strip()[:60]
    found = villages_named(session(), words=words) if words else []
    townships = [] if words else [pair for pair in townships_with_villages(session()) if pair[1]]
    return render_template("residents/find_village.html", words=words, found=found, townships=townships)


@residents.get("/healthz")
@open_to(Audience.EVERYONE)
def check_health() -> Response:
    """Say ok where the database answers; anything else is an error page."""
    session().connection()
    return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})
