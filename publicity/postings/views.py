"""Postings as an audience reads them: tables for web and paper, plain values for open data, words for the search."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from publicity.categories.contents import Audience, ColumnKind, Mask
from publicity.categories.queries import content_of
from publicity.postings.models import Posting
from publicity.postings.queries import posting_of
from publicity.postings.tables import Cover, HeadLine, PublicColumn, PublicRow, PublicTable, Said, public_table
from publicity.records.models import State, Version
from village_lists.errors import NotFound
from village_lists.markers import N_
from village_lists.people.queries import officials_of
from village_lists.periods import Span

__all__ = [
    "HeadLine",
    "PublicColumn",
    "PublicRow",
    "PublicTable",
    "csv_rows",
    "open_table",
    "public_words",
    "said_by",
    "said_of",
    "searched_words",
    "table_for",
]
MADE_PLAIN = frozenset({ColumnKind.MONEY, ColumnKind.COUNT})


def said_by(session: Session, *, version: Version) -> Said:
    """Return what a version says, unmasked, with who is in office on the span's last day; at most seven statements.

    Raise NotFound where the version holds no posting.
    """
    posting = posting_of(session, version=version)
    if posting is None:
        raise NotFound(N_("这份记录里还没有内容"))
    return said_of(session, version=version, posting=posting)


def said_of(session: Session, *, version: Version, posting: Posting) -> Said:
    """Return what a posting that was loaded already says, with who stands in full by being in office.

    Of a draft those in office on the span's last day; afterwards those whom the submission wrote down.
    """
    record = version.record
    span = Span.parse(record.period)
    in_office = (
        frozenset(post.person.name for post in officials_of(session, place=record.village, on=span.last_day))
        if version.state == State.DRAFT
        else frozenset(posting.officials)
    )
    return Said(
        content=content_of(posting.edition),
        span=span,
        title=record.title,
        head=posting.head,
        rows=[(row.line, row.cells) for row in posting.rows],
        note=posting.note,
        is_nil=posting.is_nil,
        officials=in_office,
        organisations=frozenset(body.name for body in record.village.bodies),
    )


def table_for(session: Session, *, version: Version, audience: Audience) -> PublicTable:
    """Return the posting as the audience reads it; Audience.NEVER is the officials' view with everything in full.

    At most seven statements. Raise NotFound where the version holds no posting.
    """
    return public_table(said_by(session, version=version), audience=audience)


def public_words(session: Session, *, version: Version, text: str, audience: Audience = Audience.WEB) -> str:
    """Return words about a version (a reason, a caption, a title) with the names covered that its table covers."""
    return Cover(said_by(session, version=version), audience).text(text)


def open_table(session: Session, *, version: Version) -> dict[str, Any]:
    """Return the posting as open data: the web's own masks, money in whole fen, counts as numbers, else texts."""
    said = said_by(session, version=version)
    table = public_table(said, audience=Audience.WEB)
    content = said.content
    values = dict(said.rows)
    return {
        "category": content.name,
        "title": table.title,
        "period": str(table.span),
        "is_nil": table.is_nil,
        "note": table.note,
        "head": {line.key: _plain(said, line.key, said.head.get(line.key), line.text) for line in table.head},
        "fields": [_described(line.key, line.name, line.unit, line.kind) for line in table.head],
        "columns": [_described(column.key, column.name, column.unit, column.kind) for column in table.columns],
        "rows": [
            {
                column.key: _plain(said, column.key, values[row.line].get(column.key), text)
                for column, text in zip(table.columns, row.cells, strict=True)
            }
            for row in table.rows
        ],
        "totals": _total_values(said, table),
        "columns_not_shown": table.hidden,
    }


def _described(key: str, name: str, unit: str, kind: ColumnKind) -> dict[str, str]:
    return {"key": key, "name": name, "unit": "fen" if kind is ColumnKind.MONEY else unit, "kind": kind.value}


def _plain(said: Said, key: str, value: object, text: str) -> object:
    """Return a whole number where the web shows it in full, else the text that the web shows; None for nothing."""
    column = said.content.column(key)
    if column is not None and column.kind in MADE_PLAIN and column.web_mask is Mask.NONE:
        return value
    return text or None


def _total_values(said: Said, table: PublicTable) -> dict[str, object] | None:
    if table.totals is None:
        return None
    return {
        column.key: (
            sum(int(cells.get(column.key) or 0) for _, cells in said.rows) if column.kind in MADE_PLAIN else text
        )
        for column, text in zip(table.columns, table.totals, strict=True)
        if text
    }


def csv_rows(table: PublicTable) -> tuple[list[str], list[list[str]]]:
    """Return the header and rows of the table as CSV holds them: the same masks, figures without thousands' commas."""
    header = [f"{column.name}（{column.unit}）" if column.unit else column.name for column in table.columns]
    rows = [
        [
            text.replace(",", "") if column.is_figure else text
            for column, text in zip(table.columns, row.cells, strict=True)
        ]
        for row in table.rows
    ]
    if table.columns:
        return header, rows
    return [line.name for line in table.head], [[line.text for line in table.head]]


def searched_words(table: PublicTable) -> str:
    """Return the words of a table as the search looks through them; give it the web's table only."""
    return "\n".join(line for line in _lines(table) if line)


def _lines(table: PublicTable) -> Iterator[str]:
    yield " ".join(table.title.split())
    yield f"{table.content.name} {table.span.words}"
    yield from (f"{line.name}：{line.text}" for line in table.head if line.text)
    yield from (" ".join(cell for cell in row.cells if cell) for row in table.rows)
    yield table.note
