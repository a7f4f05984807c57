"""What the village is doing: every matter with how far it has come, and one matter from its opening to its end."""

from flask import Response, abort, render_template
from werkzeug.wrappers import Response as Answer

from app import clock
from app.access import Audience, open_to
from app.database import session
from app.exports import csv_answer, json_answer
from app.matter_charts import charts_of, told
from app.residents.attachments import FILE_POLICY, KEPT, MIME, PICTURE_POLICY
from app.residents.blueprint import residents
from app.residents.lists import hotline_of
from app.residents.matter_answers import (
    STATE_WORDS,
    asked_matters,
    csv_header,
    csv_row,
    line_content,
    opened_matter,
    page_content,
)
from app.residents.places import village_or_404
from publicity.workflow.matter_pages import matter_lines, shown_evidence
from village_lists.documents.models import DocumentKind

ENDINGS = {DocumentKind.PHOTO: "jpg", DocumentKind.PDF: "pdf"}


@residents.get("/v/<village:village>/matters")
@open_to(Audience.EVERYONE)
def list_matters(village: str) -> str:
    """Show what the village is doing and did: running matters first; by state, by item, by words; fifty on a page."""
    place = village_or_404(village)
    asked = asked_matters(place)
    return render_template(
        "residents/list_matters.html", village=place, asked=asked, state_words=STATE_WORDS, told=told
    )


@residents.get("/v/<village:village>/matters.json")
@open_to(Audience.EVERYONE)
def list_matters_json(village: str) -> Response:
    """Give every matter of the village as JSON, masked as the page is."""
    place = village_or_404(village)
    lines = matter_lines(session(), village=place, on=clock.today())
    about = {"village": place.code, "village_name": place.name}
    return json_answer({**about, "matters": [line_content(line) for line in lines]})


@residents.get("/v/<village:village>/matters.csv")
@open_to(Audience.EVERYONE)
def list_matters_csv(village: str) -> Response:
    """Give every matter of the village as CSV, masked as the page is."""
    lines = matter_lines(session(), village=village_or_404(village), on=clock.today())
    return csv_answer(f"{village}-matters", csv_header(), map(csv_row, lines))


@residents.get("/v/<village:village>/matters/<int:number>")
@open_to(Audience.EVERYONE)
def show_matter(village: str, number: int) -> str:
    """Show one matter: how far, what it cost, what is not as the list says, the live chart, its story, its papers."""
    place, page = opened_matter(village, number)
    return render_template(
        "residents/show_matter.html",
        village=place,
        page=page,
        charts=charts_of(page.course, on=clock.today(), cover=page.cover),
        hotline=hotline_of(place),
        state_words=STATE_WORDS,
        told=told,
    )


@residents.get("/v/<village:village>/matters/<int:number>.json")
@open_to(Audience.EVERYONE)
def show_matter_json(village: str, number: int) -> Response:
    """Give one matter with its deeds, visits, money and papers as JSON, masked as the page is."""
    return json_answer(page_content(*opened_matter(village, number)))


@residents.get("/v/<village:village>/matters/<int:number>/documents/<key:key>")
@open_to(Audience.EVERYONE)
def download_evidence(village: str, number: int, key: str) -> Answer:
    """Give a paper behind a deed as everybody may have it: a photo to look at, a PDF to be downloaded."""
    document = shown_evidence(session(), village=village_or_404(village), number=number, key=key) or abort(404)
    is_photo = document.kind is DocumentKind.PHOTO
    answer = Response(document.content, mimetype=MIME[document.kind])
    # The clerk's own name of the file may hold a name that the web covers.
    name = f"{number}-{key}.{ENDINGS[document.kind]}"
    answer.headers.set("Content-Disposition", "inline" if is_photo else "attachment", filename=name)
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY if is_photo else FILE_POLICY
    answer.headers["Cache-Control"] = KEPT
    return answer
