"""Sheets for the wall: what stands published, the three affairs of a period, the poster of a power."""

from collections.abc import Sequence

from flask import Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.places import my_village
from app.database import session
from app.paper import PAPERS, affairs_pdf, booklet_pdf, matter_pdf, poster_pdf, sheet_pdf
from app.words import say
from publicity.bulletins.booklets import parts_of
from publicity.bulletins.papers import Paper
from publicity.records.models import Version
from publicity.records.queries import WAS_PUBLIC, published_version, record_numbered
from village_lists.periods import Cadence, PeriodUnreadable, Span
from village_lists.powers.queries import adoption_of, item_by_code, items_of


def _pdf(content: bytes, name: str) -> Response:
    return Response(
        content, mimetype="application/pdf", headers={"Content-Disposition": f"inline; filename={name}.pdf"}
    )


@cadres.get("/desk/<village:village>/records/<int:number>/sheet.pdf")
@open_to(Audience.CADRES)
def download_bulletin(village: str, number: int) -> Response:
    """Give the sheet of what stands published under a number, on A3 or A4; where it was withdrawn, its tombstone."""
    record = record_numbered(session(), village=my_village(village), number=number) or abort(404)
    version = published_version(record) or _last_public(record.versions) or abort(404)
    content = sheet_pdf(session(), version=version, on=clock.today(), paper=_paper())
    return _pdf(content, f"{record.period}-{number}")


@cadres.get("/desk/<village:village>/affairs/<span:span>.pdf")
@open_to(Audience.CADRES)
def download_affairs(village: str, span: Span) -> Response:
    """Give the combined sheet of the three affairs of a period, on A3 or A4."""
    place = my_village(village)
    content = affairs_pdf(session(), village=place, span=span, on=clock.today(), paper=_paper())
    return _pdf(content, f"affairs-{span}")


@cadres.get("/desk/<village:village>/affairs")
@open_to(Audience.CADRES)
def choose_affairs(village: str) -> str | Answer | tuple[str, int]:
    """Lead to the combined sheet of the period that was typed; tell what is wrong with it."""
    typed = request.args.get("period", "").strip()[:20]
    try:
        span = Span.parse(typed)
    except PeriodUnreadable as wrong:
        return _posters(village, typed=typed, problem=say(wrong.words, wrong.values)), 422
    return redirect(
        url_for(".download_affairs", village=village, span=span, paper=request.args.get("paper", "A3")), 303
    )


@cadres.get("/desk/<village:village>/posters")
@open_to(Audience.CADRES)
def list_posters(village: str) -> str:
    """Show what there is to print: the three affairs of a period, every item of the list with its posters."""
    return _posters(village, typed=str(Span.of(Cadence.QUARTER, clock.today()).previous), problem="")


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
    return _pdf(poster_pdf(session(), place=place, item=item, on=clock.today(), paper=_paper()), f"poster-{code}")


@cadres.get("/desk/<village:village>/matters/<int:number>/sheet.pdf")
@open_to(Audience.CADRES)
def download_matter_sheet(village: str, number: int) -> Response:
    """Give the works sheet of a matter as it stands today, on A3 or A4."""
    place = my_village(village)
    content = matter_pdf(session(), village=place, number=number, on=clock.today(), paper=_paper())
    return _pdf(content, f"matter-{number}")


def _paper() -> Paper:
    return PAPERS.get(request.args.get("paper", "A3")) or abort(404)


def _last_public(versions: Sequence[Version]) -> Version | None:
    return next((version for version in reversed(versions) if version.state in WAS_PUBLIC), None)


def _posters(village: str, *, typed: str, problem: str) -> str:
    place = my_village(village)
    adoption = adoption_of(session(), village=place)
    items = items_of(session(), version_id=adoption.version_id) if adoption else []
    parts = parts_of(session(), version=adoption.version) if adoption else []
    return render_template(
        "cadres/list_posters.html", village=place, items=items, parts=parts, typed=typed, problem=problem
    )
