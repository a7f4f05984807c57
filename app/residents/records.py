"""What the village posted: the directory, one record, one of its versions; search through all of it."""

from flask import Response, render_template, request
from flask_babel import gettext as _

from app import clock
from app.access import Audience, open_to
from app.database import session
from app.exports import csv_answer, json_answer
from app.residents.blueprint import residents
from app.residents.places import village_or_404
from app.residents.record_pages import directory_page, opened_or_404, record_answer, record_rows, version_answer
from app.residents.tables import card_content, instant
from app.words import span as span_words
from publicity.duties.pages import duty_tally
from publicity.workflow.public_records import record_cards

MOST_WORDS = 40


@residents.get("/v/<village:village>/records")
@open_to(Audience.EVERYONE)
def list_records(village: str) -> str:
    """Show the directory with what was posted under each heading; `of` one category, `q` a search."""
    place = village_or_404(village)
    question = " ".join(request.args.get("q", "")[:MOST_WORDS].split())
    page = directory_page(place, on=clock.today(), code=request.args.get("of", "")[:MOST_WORDS], question=question)
    tally = duty_tally(session(), village=place, on=clock.today())
    return render_template("residents/list_records.html", village=place, page=page, tally=tally)


@residents.get("/v/<village:village>/records.json")
@open_to(Audience.EVERYONE)
def list_records_json(village: str) -> Response:
    """Give the list of records as JSON."""
    place = village_or_404(village)
    records = [card_content(card) for card in record_cards(session(), village=place)]
    return json_answer({"village": place.code, "village_name": place.name, "records": records})


@residents.get("/v/<village:village>/records.csv")
@open_to(Audience.EVERYONE)
def list_records_csv(village: str) -> Response:
    """Give the list of records as CSV."""
    header = [
        _("编号"),
        _("期间"),
        _("单位"),
        _("内容"),
        _("标题"),
        _("首次公开"),
        _("最近公开"),
        _("版本数"),
        _("状态"),
    ]
    rows = (
        (
            card.number,
            span_words(card.span),
            card.body_name,
            card.category,
            card.title,
            instant(card.first_published_at),
            instant(card.published_at),
            card.versions,
            _("已撤下") if card.is_withdrawn else _("现在有效"),
        )
        for card in record_cards(session(), village=village_or_404(village))
    )
    return csv_answer(f"{village}-records", header, rows)


@residents.get("/v/<village:village>/records/<int:number>")
@open_to(Audience.EVERYONE)
def show_record(village: str, number: int) -> str:
    """Show a record as it stands, with its versions and who signed them; a withdrawn one says why it is gone."""
    place, record = opened_or_404(village, number)
    return record_answer("residents/show_record.html", place, record)


@residents.get("/v/<village:village>/records/<int:number>.json")
@open_to(Audience.EVERYONE)
def show_record_json(village: str, number: int) -> Response:
    """Give a record with its versions, and what stands now, as JSON."""
    place, record = opened_or_404(village, number)
    return json_answer(version_answer(place, record, with_versions=True))


@residents.get("/v/<village:village>/records/<int:number>.csv")
@open_to(Audience.EVERYONE)
def show_record_csv(village: str, number: int) -> Response:
    """Give what stands now as CSV; accounts have theirs at their own address."""
    _place, record = opened_or_404(village, number)
    return csv_answer(f"{village}-{number}", *record_rows(record))


@residents.get("/v/<village:village>/records/<int:number>/versions/<int:version>")
@open_to(Audience.EVERYONE)
def show_record_version(village: str, number: int, version: int) -> str:
    """Show a version as it was posted, and what it changed."""
    place, record = opened_or_404(village, number, version)
    return record_answer("residents/show_record_version.html", place, record)


@residents.get("/v/<village:village>/records/<int:number>/versions/<int:version>.json")
@open_to(Audience.EVERYONE)
def show_record_version_json(village: str, number: int, version: int) -> Response:
    """Give a version with its rows and changes as JSON."""
    place, record = opened_or_404(village, number, version)
    return json_answer(version_answer(place, record, with_versions=False))


@residents.get("/v/<village:village>/records/<int:number>/versions/<int:version>.csv")
@open_to(Audience.EVERYONE)
def show_record_version_csv(village: str, number: int, version: int) -> Response:
    """Give a version's rows as CSV."""
    _place, record = opened_or_404(village, number, version)
    return csv_answer(f"{village}-{number}-{version}", *record_rows(record))
