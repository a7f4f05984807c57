"""The page of a posting on the desk: what it says, who will read what, what stops it, what changed."""

from dataclasses import dataclass

from flask import render_template

from app import clock
from app.cadres.places import me
from app.database import session
from publicity.categories.contents import Audience, Column
from publicity.categories.wording import shown_where
from publicity.ledgers.statement_checks import Finding
from publicity.postings.compare import Difference, differences
from publicity.postings.former import former_period, replaced_version
from publicity.postings.queries import CLOSED
from publicity.postings.tables import PublicTable
from publicity.postings.views import table_for
from publicity.postings.year_ends import year_end_findings
from publicity.records.models import Remark, Version
from publicity.workflow.gates import GateProblem
from publicity.workflow.version_pages import VersionPage
from village_lists.periods import Span
from village_lists.places.models import Place

MOST_CHANGES = 100


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the posting with (column, text) of what is filled, its problems and remarks."""

    line: int
    cells: tuple[tuple[Column, str], ...]
    problems: tuple[GateProblem, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What changed against another version: against the one that it corrects, or against the last period."""

    version: Version
    span: Span
    changes: tuple[Difference, ...]


def posting_page(place: Place, page: VersionPage) -> str:
    """Return the page of a version that is a posting, as the person signed in may treat it."""
    version, table = page.version, page.table
    former, replaced = None, None
    if table is not None:
        earlier, before = former_period(session(), version=version), replaced_version(version)
        replaced = _compared(table, before) if before else None
        former = _compared(table, earlier) if earlier and not before else None
    return render_template(
        "cadres/show_posting.html",
        village=place,
        page=page,
        version=version,
        record=page.record,
        table=table,
        rows=_rows(page),
        weighed=_weighed(page),
        readers=_readers(page),
        totals=_totals(table),
        former=former,
        replaced=replaced,
        attachments=page.attachments,
        editable=page.is_clerk and version.state == "draft",
        on=clock.today(),
        person=me(),
    )


def _rows(page: VersionPage) -> tuple[Row, ...]:
    table = page.table
    if table is None:
        return ()
    columns = {column.key: column for column in table.content.columns}
    return tuple(
        Row(
            line=row.line,
            cells=tuple(
                (columns[column.key], text) for column, text in zip(table.columns, row.cells, strict=True) if text
            ),
            problems=tuple(problem for problem in page.problems if problem.line == row.line),
            remarks=page.line_remarks.get(row.line, ()),
        )
        for row in table.rows
    )


def _weighed(page: VersionPage) -> tuple[Finding, ...]:
    """Return what differs from the books in a year-end statement and hinders nothing: for the reviewers to weigh."""
    if page.posting is None or page.content is None or page.version.state in CLOSED:
        return ()
    found = year_end_findings(session(), version=page.version, posting=page.posting, content=page.content)
    return tuple(one for one in found if not one.is_hindering)


def _readers(page: VersionPage) -> tuple[tuple[Column, tuple[str, ...]], ...]:
    """Return every column with the marked words that say who reads it how."""
    content = page.content
    return tuple((column, shown_where(column)) for column in (*content.fields, *content.columns)) if content else ()


def _totals(table: PublicTable | None) -> tuple[tuple[str, str], ...]:
    if table is None or table.totals is None:
        return ()
    return tuple((column.name, text) for column, text in zip(table.columns, table.totals, strict=True) if text)


def _compared(table: PublicTable, other: Version) -> Compared:
    before = table_for(session(), version=other, audience=Audience.NEVER)
    changes = differences(before, table)[:MOST_CHANGES]
    return Compared(version=other, span=Span.parse(other.record.period), changes=tuple(changes))
