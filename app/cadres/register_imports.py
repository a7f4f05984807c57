"""Registers from a clerk's own workbook or a pasted table: read, shown row by row, proposed exactly as it was shown.

Between showing and proposing the rows travel in the page itself, signed; nothing half-done is stored.
"""

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Answer

from app import clock
from app.access import Audience, open_to
from app.cadres.blueprint import cadres
from app.cadres.places import me, my_village
from app.cadres.register_forms import sent_body
from app.cadres.register_proposals import propose_all
from app.cadres.register_rows import Asked, Understood, understand
from app.cadres.register_tables import CONTRACTS, TITLES, contract_table, holding_table
from app.database import session, transaction
from app.once import once
from app.words import say
from publicity.categories.contents import CategoryContent
from publicity.holdings.models import ContractSide, HoldingKind
from publicity.postings.cells import Cell
from publicity.postings.readings import CellProblem, TableReading, read_pasted, read_workbook_table
from publicity.postings.workbooks import template_workbook
from village_lists.errors import NotAllowed, NotFound, Refusal, Stale
from village_lists.exchange.grids import MAXIMUM_BYTES
from village_lists.exchange.sheets import read_workbook
from village_lists.markers import N_
from village_lists.places.models import Place

Page = str | tuple[str, int]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 500
"""So many rows may come at once: the page that shows them carries them all."""
LONGEST_LOOK = 4 * 60 * 60
"""How long the page may be looked at before it is taken, in seconds."""
SUBJECTS = {kind.value: words for kind, words in TITLES.items()} | {
    side.value: words for side, words in CONTRACTS.items()
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What was shown: the rows as they were read, and what they meant then."""

    rows: list[dict[str, Cell]]
    outcome: list[list[object]]
    body: str
    valid_from: date


@cadres.get("/desk/<village:village>/holdings/imports/new")
@open_to(Audience.CLERKS)
def new_register_import(village: str) -> str:
    """Show where a table of one kind is pasted or uploaded."""
    return _new_page(my_village(village), _subject())


@cadres.get("/desk/<village:village>/holdings/imports/template.xlsx")
@open_to(Audience.CLERKS)
def download_register_template(village: str) -> Response:
    """Give an empty workbook with the columns of one kind."""
    place, subject = my_village(village), _subject()
    content = template_workbook(_content(subject), village=place, period="")
    disposition = f"attachment; filename={village}-{subject}.xlsx"
    return Response(content, mimetype=XLSX, headers={"Content-Disposition": disposition})


@cadres.post("/desk/<village:village>/holdings/imports/check")
@open_to(Audience.CLERKS)
@once
def check_register_import(village: str) -> Page:
    """Show what was read and what of it is new or changed, or every problem by its cell; nothing is kept."""
    place, subject = my_village(village), _subject()
    file = request.files.get("file")
    try:
        asked = _asked(place, subject, request.form.get("body", ""), _day(request.form.get("valid_from", "")))
        reading = _read_file(subject, file) if file and file.filename else _read_text(subject)
        if len(reading.rows) > MOST:
            raise Refusal(N_("一次最多 %(most)s 行，请分成几份"), most=MOST)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _new_page(place, subject, problem=say(refusal.words, refusal.values)), 422
    understood = understand(session(), asked, reading.rows, addresses=reading.addresses, on=clock.today())
    return _check_page(asked, subject, reading, understood, packed=_packed(asked, subject, reading, understood))


@cadres.post("/desk/<village:village>/holdings/imports")
@open_to(Audience.CLERKS)
@once
def take_register_import(village: str) -> Answer | Page:
    """Propose everything that was shown as new or changed; nothing where something became different meanwhile."""
    place, subject = my_village(village), _subject()
    try:
        shown = _unpacked(request.form.get("content", ""), place, subject)
        with transaction() as write:
            asked = _asked(my_village(village), subject, shown.body, shown.valid_from)
            understood = understand(write, asked, shown.rows, addresses=(), on=clock.today())
            if understood.problems or understood.outcome != shown.outcome:
                raise Stale(N_("台账刚刚有了变化，和这一页上看到的不一样了，请重新检查"))
            reason = request.form.get("reason", "")
            count = propose_all(write, asked, understood.rows, reason=reason, by=me(), now=clock.now())
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _refused_page(my_village(village), subject, say(refusal.words, refusal.values)), 422
    flash(_("已登记 %(count)s 条，监委会核对以后生效并公开。", count=count))
    if subject in set(ContractSide):
        return redirect(url_for(".list_contracts", village=village), 303)
    return redirect(url_for(".list_holdings", village=village, kind=subject), 303)


def _subject() -> str:
    """Return what the import is of: a kind of holdings or a side of contracts; 404 for anything else."""
    wanted = request.values.get("kind", HoldingKind.ASSET.value)
    return wanted if wanted in SUBJECTS else abort(404)


def _content(subject: str) -> CategoryContent:
    if subject in set(ContractSide):
        return contract_table(ContractSide(subject))
    return holding_table(HoldingKind(subject))


def _asked(place: Place, subject: str, body: str, valid_from: date) -> Asked:
    found = next((one for one in place.bodies if one.kind == body), None) or sent_body(place)
    is_contracts = subject in set(ContractSide)
    return Asked(
        village=place,
        body=found,
        kind=None if is_contracts else HoldingKind(subject),
        side=ContractSide(subject) if is_contracts else None,
        valid_from=valid_from,
    )


def _day(written: str) -> date:
    if not written.strip():
        return clock.today()
    try:
        return date.fromisoformat(written.strip())
    except ValueError as wrong:
        raise Refusal(N_("请填日子，例如 2026-10-20")) from wrong


def _read_text(subject: str) -> TableReading:
    text = request.form.get("pasted", "")
    if not text.strip():
        raise Refusal(N_("请先粘贴表格，或者选择一个文件"))
    return read_pasted(_content(subject), text)


def _read_file(subject: str, file: FileStorage) -> TableReading:
    """Read a workbook in the child process."""
    content, name = file.stream.read(MAXIMUM_BYTES + 1), PurePath(file.filename or "").name[:120]
    file.close()
    if len(content) > MAXIMUM_BYTES:
        raise Refusal(N_("文件太大，请不要超过 10 MB"))
    with tempfile.NamedTemporaryFile(suffix=PurePath(name).suffix[:8]) as kept:
        kept.write(content)
        kept.flush()
        workbook = read_workbook(Path(kept.name), name=name)
    return read_workbook_table(_content(subject), workbook)


def _signer(village: str, subject: str) -> URLSafeTimedSerializer:
    """Return what signs for one person, village and kind: a page of another is not taken here."""
    salt = f"import of a register {me().id} {village} {subject}"
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt=salt)


def _packed(asked: Asked, subject: str, reading: TableReading, understood: Understood) -> str:
    """Return what was read as a text for the page, signed together with what it meant; "" while there are problems."""
    if reading.problems or understood.problems:
        return ""
    shown = {
        "rows": [dict(row) for row in reading.rows],
        "outcome": understood.outcome,
        "body": asked.body.kind.value,
        "valid_from": asked.valid_from.isoformat(),
    }
    return str(_signer(asked.village.code, subject).dumps(shown))


def _unpacked(text: str, place: Place, subject: str) -> Shown:
    """Return what was shown; raise Refusal for what this program did not write for the person, or too long ago."""
    try:
        found = _signer(place.code, subject).loads(text, max_age=LONGEST_LOOK)
    except BadSignature as wrong:
        raise Refusal(N_("这一页放得太久了，请重新选文件检查")) from wrong
    day = date.fromisoformat(found["valid_from"])
    return Shown(rows=found["rows"], outcome=found["outcome"], body=found["body"], valid_from=day)


def _new_page(place: Place, subject: str, *, problem: str = "") -> str:
    return render_template(
        "cadres/new_register_import.html",
        village=place,
        subject=subject,
        subjects=SUBJECTS,
        content=_content(subject),
        bodies=sorted(place.bodies, key=lambda body: body.kind),
        body=request.form.get("body", "collective"),
        valid_from=request.form.get("valid_from", ""),
        pasted=request.form.get("pasted", ""),
        problem=problem,
    )


def _check_page(
    asked: Asked, subject: str, reading: TableReading, understood: Understood, *, packed: str, problem: str = ""
) -> Page:
    problems: tuple[CellProblem, ...] = (*reading.problems, *understood.problems)
    page = render_template(
        "cadres/check_register_import.html",
        village=asked.village,
        subject=subject,
        subjects=SUBJECTS,
        asked=asked,
        reading=reading,
        understood=understood,
        problems=problems,
        packed=packed,
        reason=request.form.get("reason", ""),
        problem=problem,
    )
    return (page, 422) if problems else page


def _refused_page(place: Place, subject: str, problem: str) -> str:
    """Return the page that was shown again with why it was not taken; the first page where it cannot be shown."""
    try:
        shown = _unpacked(request.form.get("content", ""), place, subject)
    except Refusal:
        return _new_page(place, subject, problem=problem)
    asked = _asked(place, subject, shown.body, shown.valid_from)
    understood = understand(session(), asked, shown.rows, addresses=(), on=clock.today())
    reading = TableReading(rows=tuple(shown.rows), head={}, problems=(), notices=(), matched=())
    packed = "" if understood.problems else _packed(asked, subject, reading, understood)
    page = _check_page(asked, subject, reading, understood, packed=packed, problem=problem)
    return page if isinstance(page, str) else page[0]
