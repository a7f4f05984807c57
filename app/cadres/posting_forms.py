"""The form of a posting: what stands in its fields, what was typed, what is wrong with it, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from app.words import say
from publicity.categories.contents import CategoryContent, Column
from publicity.categories.queries import content_of
from publicity.postings.cells import Cell
from publicity.postings.models import Posting
from publicity.postings.typed import TypedReading, field_name, read_typed, typed_of
from village_lists.periods import Span

PER_PAGE = 30
"""So many rows stand in one form: more, and a phone's browser gets slow."""
SPARE, MORE = 2, 5


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field: its name in the form, its column, what stands in it, and what is wrong with that."""

    name: str
    column: Column
    text: str
    problem: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """One row of the form; `number` is the line that it has in the posting."""

    line: int
    number: int
    fields: tuple[Field, ...]

    @property
    def is_wrong(self) -> bool:
        """Say whether something in it cannot be read."""
        return any(field.problem for field in self.fields)


@dataclass(frozen=True, kw_only=True)
class Form:
    """A page of the form: rows from the `first` line on; `shown` of the kept rows are on it, `total` are kept."""

    content: CategoryContent
    head: tuple[Field, ...]
    cards: tuple[Card, ...]
    note: str
    is_nil: bool
    revision: int
    first: int
    shown: int
    total: int

    @property
    def pages(self) -> tuple[int, ...]:
        """Return the first lines of all pages."""
        return tuple(range(1, max(self.total, 1) + 1, PER_PAGE))

    @property
    def problems(self) -> tuple[Field, ...]:
        """Return the fields that cannot be read."""
        return tuple(
            field for card in (self.head, *(card.fields for card in self.cards)) for field in card if field.problem
        )


def kept_form(posting: Posting, *, first: int) -> Form:
    """Return the form filled with what is kept, the page on which a line stands."""
    content, total = content_of(posting.edition), len(posting.rows)
    first = (min(max(first, 1), max(total, 1)) - 1) // PER_PAGE * PER_PAGE + 1
    rows = [row.cells for row in posting.rows][first - 1 : first - 1 + PER_PAGE]
    typed = typed_of(content, posting.head, rows)
    is_last = first - 1 + PER_PAGE >= total
    count = len(rows) + (SPARE if is_last else 0) if content.columns else 0
    return Form(
        content=content,
        head=_fields(content.fields, None, typed, {}),
        cards=_cards(content, max(count, 1) if content.columns else 0, first, typed, {}),
        note=posting.note,
        is_nil=posting.is_nil,
        revision=posting.version.revision,
        first=first,
        shown=len(rows),
        total=total,
    )


def sent_reading(posting: Posting) -> TypedReading:
    """Read what was sent."""
    span = Span.parse(posting.version.record.period)
    return read_typed(content_of(posting.edition), request.form.to_dict(), span=span)


def sent_form(posting: Posting, reading: TypedReading, *, is_judged: bool) -> Form:
    """Return the form with everything that was typed; `is_judged`: with what is wrong with it, else more rows."""
    content = content_of(posting.edition)
    wrong = {problem.field: say(problem.words, problem.values) for problem in reading.problems} if is_judged else {}
    count = len(reading.rows) + (SPARE if is_judged else MORE) if content.columns else 0
    first, shown = sent_window(posting)
    return Form(
        content=content,
        head=_fields(content.fields, None, reading.typed, wrong),
        cards=_cards(content, count, first, reading.typed, wrong),
        note=reading.note,
        is_nil=reading.is_nil,
        revision=request.form.get("revision", 0, int),
        first=first,
        shown=shown,
        total=len(posting.rows),
    )


def sent_window(posting: Posting) -> tuple[int, int]:
    """Return the first line of the page that was sent, and how many kept rows stood on it."""
    total = len(posting.rows)
    first = min(max(request.form.get("first", 1, int), 1), total + 1)
    return first, min(max(request.form.get("shown", 0, int), 0), total - first + 1)


def whole_rows(posting: Posting, reading: TypedReading) -> list[Mapping[str, Cell]]:
    """Return all rows of the posting with those of the page that was sent in their place."""
    first, shown = sent_window(posting)
    kept = [row.cells for row in posting.rows]
    return [*kept[: first - 1], *reading.rows, *kept[first - 1 + shown :]]


def _cards(
    content: CategoryContent, count: int, first: int, typed: Mapping[str, str], wrong: Mapping[str, str]
) -> tuple[Card, ...]:
    return tuple(
        Card(line=line, number=first - 1 + line, fields=_fields(content.columns, line, typed, wrong))
        for line in range(1, count + 1)
    )


def _fields(
    columns: tuple[Column, ...], line: int | None, typed: Mapping[str, str], wrong: Mapping[str, str]
) -> tuple[Field, ...]:
    names = [(field_name(line, column.key), column) for column in columns]
    return tuple(
        Field(name=name, column=column, text=typed.get(name, ""), problem=wrong.get(name, "")) for name, column in names
    )
