"""What the village posted: the list, one record, one of its versions."""

from flask import Response, abort, render_template
from flask_babel import gettext as _

from app.access import Audience, open_to
from app.database import session
from app.exports import csv_answer, json_answer
from app.residents.blueprint import residents
from app.residents.places import village_or_404
from app.residents.tables import instant, line_content, record_content, version_content
from app.words import say
from publicity.ledgers.pages import version_page
from publicity.records.pages import public_records, record_page


@residents.get("/v/<village:village>/records")
@open_to(Audience.EVERYONE)
def list_records(village: str) -> str:
    """Show what was posted, newest first."""
    place = village_or_404(village)
    return render_template(
        "residents/list_records.html", village=place, records=public_records(session(), village=place)
    )


@residents.get("/v/<village:village>/records.json")
@open_to(Audience.EVERYONE)
def list_records_json(village: str) -> Response:
    """Give the list of records as JSON."""
    place = village_or_404(village)
    records = [record_content(record) for record in public_records(session(), village=place)]
    return json_answer({"village": place.code, "village_name": place.name, "records": records})


@residents.get("/v/<village:village>/records.csv")
@open_to(Audience.EVERYONE)
def list_records_csv(village: str) -> Response:
    """Give the list of records as CSV."""
    records = public_records(session(), village=village_or_404(village))
    header = [_("编号"), _("月份"), _("单位"), _("内容"), _("首次公开"), _("最近公开"), _("版本数")]
    rows = (
        (
            record.number,
            record.period,
            record.body_name,
            record.category,
            instant(record.first_published_at),
            instant(record.published_at),
            record.versions,
        )
        for record in records
    )
    return csv_answer(f"{village}-records", header, rows)


@residents.get("/v/<village:village>/records/<int:number>")
@open_to(Audience.EVERYONE)
def show_record(village: str, number: int) -> str:
    """Show a record with its versions and who signed them."""
    place = village_or_404(village)
    record = record_page(session(), village=place, number=number)
    if record is None:
        abort(404)
    return render_template("residents/show_record.html", village=place, record=record)


@residents.get("/v/<village:village>/records/<int:number>.json")
@open_to(Audience.EVERYONE)
def show_record_json(village: str, number: int) -> Response:
    """Give a record with its versions as JSON."""
    record = record_page(session(), village=village_or_404(village), number=number)
    if record is None:
        abort(404)
    versions = [version_content(version) for version in record.versions]
    about = {"number": number, "period": str(record.period), "body": record.body_kind, "category": record.category}
    return json_answer({"village": village, **about, "versions": versions})


@residents.get("/v/<village:village>/records/<int:number>/versions/<int:version>")
@open_to(Audience.EVERYONE)
def show_record_version(village: str, number: int, version: int) -> str:
    """Show a version as it was posted, and what it changed."""
    place = village_or_404(village)
    page = version_page(session(), village=place, number=number, version=version)
    if page is None:
        abort(404)
    return render_template("residents/show_record_version.html", village=place, page=page)


@residents.get("/v/<village:village>/records/<int:number>/versions/<int:version>.json")
@open_to(Audience.EVERYONE)
def show_record_version_json(village: str, number: int, version: int) -> Response:
    """Give a version with its lines and changes as JSON."""
    page = version_page(session(), village=village_or_404(village), number=number, version=version)
    if page is None:
        abort(404)
    content = {
        "village": village,
        "number": number,
        **version_content(page.version),
        "opening_fen": page.opening_fen,
        "closing_fen": page.closing_fen,
        "changes": [say(change.words, change.values) for change in page.changes],
        "entries": [line_content(line) for line in page.lines],
    }
    return json_answer(content)
