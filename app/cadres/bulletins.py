"""Sheets for the wall: the published accounts of a month, the poster of a power."""

from flask import Response, abort, render_template, request

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.places import my_village
from app.database import session
from app.paper import PAPERS, booklet_pdf, finance_pdf, poster_pdf
from publicity.bulletins.booklets import parts_of
from publicity.records.queries import published_version, record_numbered
from village_lists.powers.queries import adoption_of, item_by_code, items_of


def _pdf(content: bytes, name: str) -> Response:
    return Response(
        content, mimetype="application/pdf", headers={"Content-Disposition": f"inline; filename={name}.pdf"}
    )


@cadres.get("/desk/<village:village>/records/<int:number>/sheet.pdf")
@open_to(Audience.CADRES)
def download_bulletin(village: str, number: int) -> Response:
    """Give the sheet of what stands published under a number, on A3 or A4."""
    place = my_village(village)
    record = record_numbered(session(), village=place, number=number) or abort(404)
    version = published_version(record) or abort(404)
    paper = PAPERS.get(request.args.get("paper", "A3")) or abort(404)
    return _pdf(finance_pdf(session(), version=version, on=clock.today(), paper=paper), f"{record.period}-{number}")


@cadres.get("/desk/<village:village>/posters")
@open_to(Audience.CADRES)
def list_posters(village: str) -> str:
    """Show every item of the list with its posters."""
    place = my_village(village)
    adoption = adoption_of(session(), village=place)
    items = items_of(session(), version_id=adoption.version_id) if adoption else []
    parts = parts_of(session(), version=adoption.version) if adoption else []
    return render_template("cadres/list_posters.html", village=place, items=items, parts=parts)


@cadres.get("/desk/<village:village>/booklets/<int:number>.pdf")
@open_to(Audience.CADRES)
def download_booklet(village: str, number: int) -> Response:
    """Give a part of the adopted list as a booklet on A4."""
    place = my_village(village)
    adoption = adoption_of(session(), village=place) or abort(404)
    parts = {part.number: part for part in parts_of(session(), version=adoption.version)}
    part = parts.get(number) or abort(404)
    content = booklet_pdf(session(), place=place, version=adoption.version, part=part, on=clock.today())
    return _pdf(content, f"booklet-{number}")


@cadres.get("/desk/<village:village>/posters/<item:code>.pdf")
@open_to(Audience.CADRES)
def download_poster(village: str, code: str) -> Response:
    """Give the poster of an item of the adopted list."""
    place = my_village(village)
    adoption = adoption_of(session(), village=place) or abort(404)
    item = item_by_code(session(), version_id=adoption.version_id, code=code) or abort(404)
    paper = PAPERS.get(request.args.get("paper", "A3")) or abort(404)
    return _pdf(poster_pdf(session(), place=place, item=item, on=clock.today(), paper=paper), f"poster-{code}")
