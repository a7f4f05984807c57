"""A posting as typed into its form: fields `head-<key>`, `row-<line>-<key>`, `note` and `is_nil`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from publicity.categories.contents import CategoryContent, Column
from publicity.postings.cells import Cell, CellUnreadable, read_cell, write_cell
from village_lists.periods import Span

ROW = re.compile(r"row-([1-9][0-9]{0,4})-([a-z][a-z0-9_]{0,39})", re.ASCII)
LONGEST_NOTE = 5_000


@dataclass(frozen=True, kw_only=True)
class TypedProblem:
    """A field that cannot be taken: `line` (None: the head) and `column` key; words with gaps, and what fills them."""

    line: int | None
    column: str
    words: str
    values: Mapping[str, object]

    @property
    def field(self) -> str:
        """Return the name of the form field."""
        return field_name(self.line, self.column)


@dataclass(frozen=True, kw_only=True)
class TypedReading:
    """What was read; rows are numbered anew from 1 without the empty ones, `typed` keeps each field's own text.

    `typed` and `problems` speak of the new numbers, so that the form can be shown again from them.
    """

    head: dict[str, Cell]
    rows: tuple[dict[str, Cell], ...]
    note: str
    is_nil: bool
    problems: tuple[TypedProblem, ...] = ()
    typed: dict[str, str] = field(default_factory=dict)


def field_name(line: int | None, key: str) -> str:
    """Return the name of the form field of a cell; line None is the head."""
    return f"head-{key}" if line is None else f"row-{line}-{key}"


def read_typed(content: CategoryContent, fields: Mapping[str, str], *, span: Span | None = None) -> TypedReading:
    """Return the posting as typed; what cannot be read stands in `problems` and is left out of head and rows."""
    typed: dict[str, str] = {}
    problems: list[TypedProblem] = []
    head = _read_row(content.fields, _head_texts(content, fields), None, span, typed, problems)
    rows = [
        _read_row(content.columns, texts, line, span, typed, problems)
        for line, texts in enumerate(_row_texts(content, fields), start=1)
    ]
    note = "\n".join(fields.get("note", "").splitlines()).strip()[:LONGEST_NOTE]
    return TypedReading(
        head=head,
        rows=tuple(rows),
        note=note,
        is_nil=fields.get("is_nil", "") not in {"", "0", "false"},
        problems=tuple(problems),
        typed=typed,
    )


def typed_of(content: CategoryContent, head: Mapping[str, Cell], rows: Sequence[Mapping[str, Cell]]) -> dict[str, str]:
    """Return the texts that fill the form for a kept posting; `read_typed` gives the same posting back."""
    found = {field_name(None, column.key): write_cell(column, head.get(column.key)) for column in content.fields}
    for line, cells in enumerate(rows, start=1):
        found |= {field_name(line, column.key): write_cell(column, cells.get(column.key)) for column in content.columns}
    return found


def _head_texts(content: CategoryContent, fields: Mapping[str, str]) -> dict[str, str]:
    return {column.key: fields.get(field_name(None, column.key), "") for column in content.fields}


def _row_texts(content: CategoryContent, fields: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the rows that hold something, in the order of their lines."""
    known = {column.key for column in content.columns}
    found: dict[int, dict[str, str]] = {}
    for name, text in fields.items():
        matched = ROW.fullmatch(name)
        if matched and matched[2] in known and text.strip():
            found.setdefault(int(matched[1]), {})[matched[2]] = text
    return [found[line] for line in sorted(found)]


def _read_row(
    columns: Sequence[Column],
    texts: Mapping[str, str],
    line: int | None,
    span: Span | None,
    typed: dict[str, str],
    problems: list[TypedProblem],
) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for column in columns:
        text = texts.get(column.key, "")
        typed[field_name(line, column.key)] = text
        try:
            cells[column.key] = read_cell(column, text, span=span)
        except CellUnreadable as error:
            problems.append(TypedProblem(line=line, column=column.key, words=error.words, values=error.values))
    return cells
