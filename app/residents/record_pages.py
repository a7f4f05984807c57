"""What the pages of records put together: the directory, one opened record as page, as JSON, as rows."""

from dataclasses import dataclass
from datetime import date

from flask import abort, render_template
from flask_babel import gettext as _

from app import clock
from app.database import session
from app.phone_tables import phone_table
from app.residents.places import village_or_404
from app.residents.tables import card_content, line_content, line_row, version_card_content
from app.words import say
from publicity.categories.models import Affairs
from publicity.categories.queries import taxonomy_for
from publicity.categories.taxonomies import heading_of, heading_path, heading_places
from publicity.ledgers.pages import VersionPage, version_page
from publicity.postings.queries import Find, search_records
from publicity.postings.views import csv_rows, open_table
from publicity.records.models import Version
from publicity.workflow.public_records import PublicRecord, Shelf, public_record, shelves_of
from village_lists.places.models import Place
from village_lists.powers.queries import adoption_of, items_of


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of the directory with its shelves; `path` from the top."""

    path: tuple[str, ...]
    affairs: Affairs
    shelves: tuple[Shelf, ...]

    @property
    def posted(self) -> int:
        """Return how many records stand under it."""
        return sum(len(shelf.cards) for shelf in self.shelves)


@dataclass(frozen=True, kw_only=True)
class DirectoryPage:
    """The directory as residents read it: all headings, one opened category, or what a search found."""

    headings: tuple[Heading, ...]
    opened: Shelf | None
    question: str
    found: tuple[Find, ...]


def directory_page(village: Place, *, on: date, code: str, question: str) -> DirectoryPage:
    """Return the directory of a village; 404 for a category that is not there."""
    shelves = shelves_of(session(), village=village, on=on)
    opened = next((shelf for shelf in shelves if shelf.code == code), None)
    if code and opened is None:
        abort(404)
    taxonomy = taxonomy_for(session(), place=village, on=on)
    places = heading_places(taxonomy)
    headings: dict[tuple[str, ...], list[Shelf]] = {}
    for shelf in sorted(shelves, key=lambda one: places[heading_of(taxonomy, one.heading(taxonomy), one.affairs).key]):
        path = heading_path(taxonomy, shelf.heading(taxonomy), shelf.affairs)
        headings.setdefault(path, []).append(shelf)
    return DirectoryPage(
        headings=tuple(
            Heading(path=path, affairs=group[0].affairs, shelves=tuple(group)) for path, group in headings.items()
        ),
        opened=opened,
        question=question,
        found=tuple(search_records(session(), village=village, words=question)) if question else (),
    )


def opened_or_404(village: str, number: int, version: int | None = None) -> tuple[Place, PublicRecord]:
    """Return the village and its record with one version opened; 404 where nothing of it is public."""
    place = village_or_404(village)
    record = public_record(session(), village=place, number=number, version=version)
    if record is None:
        abort(404)
    return place, record


def record_answer(template: str, village: Place, record: PublicRecord) -> str:
    """Return the page of a record, of whatever kind."""
    on = clock.today()
    items = record.content.items if record.content else ()
    adoption = adoption_of(session(), village=village) if items else None
    known = items_of(session(), version_id=adoption.version_id) if adoption else []
    names = {item.code: item.name for item in known}
    return render_template(
        template,
        village=village,
        record=record,
        table=record.table,
        phone=phone_table(record.table) if record.table else None,
        accounts=_accounts(village, record),
        items=[(code, names[code]) for code in items if code in names],
        days_left=record.card.days_left(on),
    )


def _accounts(village: Place, record: PublicRecord) -> VersionPage | None:
    """Return the lines of a version of accounts, None for all else and for what was withdrawn."""
    if not record.card.is_accounts or not record.opened.is_readable:
        return None
    return version_page(session(), village=village, number=record.card.number, version=record.opened.number)


def version_answer(village: Place, record: PublicRecord, *, with_versions: bool) -> dict[str, object]:
    """Return the opened version as JSON values, masked as the page is; `with_versions`: the history too."""
    content: dict[str, object] = {
        "village": village.code,
        "village_name": village.name,
        **card_content(record.card),
        **version_card_content(record.opened),
        "changes": [say(change.words, change.values) for change in record.changes],
    }
    if record.table:
        content["table"] = open_table(session(), version=session().get_one(Version, record.opened.id))
    accounts = _accounts(village, record)
    if accounts:
        content |= {
            "opening_fen": accounts.opening_fen,
            "closing_fen": accounts.closing_fen,
            "changes": [say(change.words, change.values) for change in accounts.changes],
            "entries": [line_content(line) for line in accounts.lines],
        }
    if with_versions:
        content["versions"] = [version_card_content(version) for version in record.versions]
    return content


def record_rows(record: PublicRecord) -> tuple[list[str], list[list[object]]]:
    """Return head and rows for CSV; 404 where nothing is shown; accounts line by line."""
    if record.table:
        head, rows = csv_rows(record.table)
        return head, [list(row) for row in rows]
    place = village_or_404(record.village)
    accounts = _accounts(place, record)
    if accounts is None:
        abort(404)
    header = [_("日期"), _("凭证号"), _("用途"), _("对方"), _("收入（元）"), _("支出（元）"), _("事项编号"), _("事项")]
    return header, [line_row(line) for line in accounts.lines]
