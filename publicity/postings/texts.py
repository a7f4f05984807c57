"""Every text that web or paper would show of a posting, cell by cell, for the privacy guard."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from publicity.categories.contents import Audience, CategoryContent, Column, ColumnKind, Mask
from publicity.postings.cells import FIGURES, Cell, shown_cell
from publicity.postings.masks import mask_for
from publicity.postings.models import Posting
from publicity.postings.tables import Said, minors_of
from village_lists.periods import Span

UNGUARDED = FIGURES | {ColumnKind.DATE, ColumnKind.MONTH, ColumnKind.CHOICE}


@dataclass(frozen=True, kw_only=True)
class PostedText:
    """One text: `line` (None: head, note, title), `column` key ("" for note and title), and where it stands.

    `place` is its name within the posting (row-3-name, head-stage, note, title): the same for both audiences.
    """

    line: int | None
    column: str
    place: str
    text: str


def texts_of(content: CategoryContent, posting: Posting) -> Iterator[PostedText]:
    """Yield every text of the posting that web or paper shows: as masked, once for each way it looks.

    A telephone in a column that the category puts on paper in full passes: two stewards decided it. On the web it is
    told all the same.
    """
    record = posting.version.record
    said = Said(
        content=content,
        span=Span.parse(record.period),
        title=record.title,
        head=posting.head,
        rows=[(row.line, row.cells) for row in posting.rows],
        note=posting.note,
        is_nil=posting.is_nil,
    )
    minors = minors_of(said)
    if record.title:
        yield PostedText(line=None, column="", place="title", text=record.title)
    yield from _shown(content.fields, said.head, None, None in minors)
    for line, cells in said.rows:
        yield from _shown(content.columns, cells, line, line in minors)
    if posting.note:
        yield PostedText(line=None, column="", place="note", text=posting.note)


def _shown(columns: Sequence[Column], cells: Mapping[str, Cell], line: int | None, minor: bool) -> Iterator[PostedText]:
    for column in columns:
        value = cells.get(column.key)
        if value is None or column.kind in UNGUARDED:
            continue
        place = f"head-{column.key}" if line is None else f"row-{line}-{column.key}"
        for text in sorted(_looks(column, value, minor)):
            yield PostedText(line=line, column=column.key, place=place, text=text)


def _looks(column: Column, value: Cell, minor: bool) -> set[str]:
    """Return the ways in which web and paper show the value."""
    found = {shown_cell(column, value, audience=Audience.WEB, is_minor=minor)}
    decided = column.kind is ColumnKind.PHONE and mask_for(column, Audience.PAPER) is Mask.NONE
    if not decided:
        found.add(shown_cell(column, value, audience=Audience.PAPER, is_minor=minor))
    return found - {""}
