"""A table from elsewhere for a draft: pasted or as a workbook, read, shown to be checked, taken over in one step."""

import tempfile
from pathlib import Path, PurePath

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Answer

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.places import me, my_posting, my_version, my_village
from app.database import session, transaction
from app.once import once
from app.words import say
from publicity.categories.contents import Audience as Reader
from publicity.categories.queries import content_of
from publicity.postings.cells import Cell
from publicity.postings.models import Posting, PostingUpload
from publicity.postings.readings import TableReading, read_pasted, read_workbook_table
from publicity.postings.tables import PublicTable, Said, public_table
from publicity.postings.uploads import keep_reading, reading_by_key, take_over
from publicity.records.models import State
from village_lists.errors import NotAllowed, NotFound, Refusal
from village_lists.exchange.sheets import read_workbook
from village_lists.markers import N_
from village_lists.periods import Span
from village_lists.places.models import Place

LARGEST = 10 * 1024 * 1024
SHOWN = 200
"""So many rows are shown to be checked."""


@cadres.get("/desk/<village:village>/versions/<key:key>/readings/new")
@open_to(Audience.CLERKS)
def new_reading(village: str, key: str) -> str | Answer:
    """Show where a table is pasted, and where a workbook is uploaded."""
    place = my_village(village)
    posting = my_posting(place, key)
    if posting.version.state != State.DRAFT:
        return redirect(url_for(".show_version", village=village, key=key), 303)
    return _new_page(place, posting)


@cadres.post("/desk/<village:village>/versions/<key:key>/readings")
@open_to(Audience.CLERKS)
@once
def take_reading(village: str, key: str) -> Answer | tuple[str, int]:
    """Read what was pasted or uploaded, keep the reading, and lead to the page that shows it."""
    place = my_village(village)
    posting = my_posting(place, key)
    file = request.files.get("file")
    try:
        name, reading = _read_file(posting, file) if file and file.filename else _read_text(posting)
        with transaction() as write:
            version = my_version(my_village(village), key)
            kept = keep_reading(write, version=version, name=name, reading=reading, by=me(), now=clock.now())
            address = url_for(".show_reading", village=village, key=key, reading=kept.key)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _new_page(place, posting, problem=say(refusal.words, refusal.values)), 422
    return redirect(address, 303)


@cadres.get("/desk/<village:village>/versions/<key:key>/readings/<key:reading>")
@open_to(Audience.CLERKS)
def show_reading(village: str, key: str, reading: str) -> str:
    """Show what was read: rows, which column is which, what could not be read by its cell."""
    place = my_village(village)
    posting = my_posting(place, key)
    return _check_page(place, posting, _mine(posting, reading))


@cadres.post("/desk/<village:village>/versions/<key:key>/readings/<key:reading>")
@open_to(Audience.CLERKS)
@once
def take_over_reading(village: str, key: str, reading: str) -> Answer | tuple[str, int]:
    """Put what was read into the draft: in place of its rows, or behind them."""
    try:
        with transaction() as write:
            posting = my_posting(my_village(village), key)
            take_over(
                write,
                version=posting.version,
                upload=_mine(posting, reading),
                is_added=request.form.get("mode") == "add",
                by=me(),
                now=clock.now(),
                seen=request.form.get("revision", 0, int),
            )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        place = my_village(village)
        posting = my_posting(place, key)
        problem = say(refusal.words, refusal.values)
        return _check_page(place, posting, _mine(posting, reading), problem=problem), 422
    flash(_("已填进草稿，请核对后提交"))
    return redirect(url_for(".show_version", village=village, key=key), 303)


def _mine(posting: Posting, key: str) -> PostingUpload:
    return reading_by_key(session(), version=posting.version, key=key) or abort(404)


def _read_text(posting: Posting) -> tuple[str, TableReading]:
    text = request.form.get("pasted", "")
    if not text.strip():
        raise Refusal(N_("请先粘贴表格，或者选择一个文件"))
    return _("粘贴的表格"), read_pasted(content_of(posting.edition), text, span=_span(posting))


def _read_file(posting: Posting, file: FileStorage) -> tuple[str, TableReading]:
    """Read a workbook in the child process; nothing of the database is held meanwhile."""
    content, name = file.stream.read(LARGEST + 1), PurePath(file.filename or "").name[:120]
    file.close()
    if len(content) > LARGEST:
        raise Refusal(N_("文件太大，请不要超过 10 MB"))
    with tempfile.NamedTemporaryFile(suffix=PurePath(name).suffix[:8]) as kept:
        kept.write(content)
        kept.flush()
        workbook = read_workbook(Path(kept.name), name=name)
    return name, read_workbook_table(content_of(posting.edition), workbook, span=_span(posting))


def _span(posting: Posting) -> Span:
    return Span.parse(posting.version.record.period)


def _new_page(place: Place, posting: Posting, *, problem: str = "") -> str:
    return render_template(
        "cadres/new_reading.html",
        village=place,
        version=posting.version,
        record=posting.version.record,
        content=content_of(posting.edition),
        pasted=request.form.get("pasted", ""),
        problem=problem,
        person=me(),
    )


def _check_page(place: Place, posting: Posting, upload: PostingUpload, *, problem: str = "") -> str:
    return render_template(
        "cadres/show_reading.html",
        village=place,
        version=posting.version,
        record=posting.version.record,
        upload=upload,
        reading=upload.reading,
        table=_table(posting, upload),
        most=SHOWN,
        kept=len(posting.rows),
        problem=problem,
    )


def _table(posting: Posting, upload: PostingUpload) -> PublicTable:
    """Return the first rows that were read, as officials see them."""
    rows: list[dict[str, Cell]] = upload.reading["rows"][:SHOWN]
    said = Said(
        content=content_of(posting.edition),
        span=_span(posting),
        title=posting.version.record.title,
        head=upload.reading["head"],
        rows=list(enumerate(rows, start=1)),
        note="",
        is_nil=False,
    )
    return public_table(said, audience=Reader.NEVER)
