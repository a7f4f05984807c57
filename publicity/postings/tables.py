"""A posting as one audience reads it: columns, rows and words covered by the category's masks, without a database.

A name, telephone or number that the audience does not read in full is covered wherever it stands in a text of the
posting too: in other cells, in the head, the note and the title. Words of relief cover the name beside them always.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal

from publicity.categories.contents import Audience, CategoryContent, Column, ColumnKind, Mask
from publicity.postings.cells import FIGURES, Cell, shown_cell
from publicity.postings.figures import shown_money
from publicity.postings.masks import CHILD, NAMED, PERSONAL, WORDED, mask_for, private_names, sees
from publicity.postings.persons import is_minor
from publicity.privacy.masking import mask_text
from publicity.privacy.names import is_organisation
from village_lists.periods import Span

GLUE = 2
SHORTEST_COVERED = 5


@dataclass(frozen=True, kw_only=True)
class PublicColumn:
    """One column that the audience sees; `is_figure`: money, numbers and counts, set to the right."""

    key: str
    name: str
    unit: str
    kind: ColumnKind
    is_figure: bool
    is_identifying: bool = False


@dataclass(frozen=True, kw_only=True)
class HeadLine:
    """One line above the table. `digest` tells two covered values apart without telling them."""

    key: str
    name: str
    text: str
    unit: str = ""
    kind: ColumnKind = ColumnKind.TEXT
    digest: int = field(default=0, repr=False)


@dataclass(frozen=True, kw_only=True)
class PublicRow:
    """One row, a text for each column.

    `digests` tell apart what looks the same under the masks, `identity` pairs the row with another version's and
    `unseen` stands for the columns this audience does not see: numbers for comparing only, never to be shown.
    """

    line: int
    cells: tuple[str, ...]
    digests: tuple[int, ...] = field(default=(), repr=False)
    identity: int = field(default=0, repr=False)
    unseen: int = field(default=0, repr=False)


@dataclass(frozen=True, kw_only=True)
class PublicTable:
    """A posting for one audience; `hidden` counts the columns and head lines that it does not see.

    `totals` has a text for each column ("" where nothing is summed), None where no column is.
    """

    title: str
    span: Span
    columns: tuple[PublicColumn, ...]
    head: tuple[HeadLine, ...]
    rows: tuple[PublicRow, ...]
    totals: tuple[str, ...] | None
    note: str
    is_nil: bool
    hidden: int
    content: CategoryContent
    unseen: int = field(default=0, repr=False)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a version says, before anybody's masks; `rows` are pairs of line and cells."""

    content: CategoryContent
    span: Span
    title: str
    head: Mapping[str, Cell]
    rows: Sequence[tuple[int, Mapping[str, Cell]]]
    note: str
    is_nil: bool
    officials: Set[str] = frozenset()
    organisations: Set[str] = frozenset()


def public_table(said: Said, *, audience: Audience) -> PublicTable:
    """Return the posting as the audience reads it."""
    cover = Cover(said, audience)
    content = said.content
    columns = [column for column in content.columns if sees(column, audience)]
    fields = [column for column in content.fields if sees(column, audience)]
    minors = minors_of(said)
    head_is_minor = None in minors
    return PublicTable(
        title=cover.text(said.title or content.name),
        span=said.span,
        columns=tuple(_column(column) for column in columns),
        head=tuple(
            HeadLine(
                key=column.key,
                name=column.name,
                text=cover.cell(column, said.head.get(column.key), is_minor=head_is_minor),
                unit=column.unit,
                kind=column.kind,
                digest=hash(said.head.get(column.key)),
            )
            for column in fields
        ),
        rows=tuple(_row(content, columns, line, cells, cover, line in minors) for line, cells in said.rows),
        totals=_totals(columns, said.rows, audience),
        note=cover.text(said.note),
        is_nil=said.is_nil,
        hidden=len(content.columns) + len(content.fields) - len(columns) - len(fields),
        content=content,
        unseen=_unseen(content.fields, fields, said.head),
    )


def tells_too_much(said: Said) -> bool:
    """Say whether the record's title holds what the web covers: it stands in lists where no table is at hand."""
    return bool(said.title) and Cover(said, Audience.WEB).text(said.title) != said.title


def minors_of(said: Said) -> frozenset[int | None]:
    """Return the lines that speak of a child under 14 on the last day of the span (None: the head)."""
    if not said.content.hides_minors:
        return frozenset()
    on = said.span.last_day
    found: set[int | None] = {line for line, cells in said.rows if is_minor(said.content.columns, cells, on=on)}
    return frozenset(found | ({None} if is_minor(said.content.fields, said.head, on=on) else set()))


def _column(column: Column) -> PublicColumn:
    return PublicColumn(
        key=column.key,
        name=column.name,
        unit=column.unit,
        kind=column.kind,
        is_figure=column.kind in FIGURES,
        is_identifying=column.is_identifying,
    )


def _row(
    content: CategoryContent,
    columns: Sequence[Column],
    line: int,
    cells: Mapping[str, Cell],
    cover: "Cover",
    minor: bool,
) -> PublicRow:
    identity = tuple(cells.get(column.key) for column in content.columns if column.is_identifying)
    return PublicRow(
        line=line,
        cells=tuple(cover.cell(column, cells.get(column.key), is_minor=minor) for column in columns),
        digests=tuple(hash(cells.get(column.key)) for column in columns),
        identity=hash(identity) if any(value is not None for value in identity) else 0,
        unseen=_unseen(content.columns, columns, cells),
    )


def _unseen(every: Sequence[Column], seen: Sequence[Column], cells: Mapping[str, Cell]) -> int:
    keys = {column.key for column in seen}
    return hash(tuple(cells.get(column.key) for column in every if column.key not in keys))


def _totals(
    columns: Sequence[Column], rows: Sequence[tuple[int, Mapping[str, Cell]]], audience: Audience
) -> tuple[str, ...] | None:
    summed = [
        column.has_total and column.kind in FIGURES and mask_for(column, audience) is Mask.NONE for column in columns
    ]
    totals = tuple(
        # The sum of nothing is not 0.00: a column that nobody filled in has none.
        total_of(column, values) if is_summed and any(value is not None for value in values) else ""
        for column, is_summed in zip(columns, summed, strict=True)
        for values in [[cells.get(column.key) for _, cells in rows]]
    )
    return totals if any(totals) else None


def total_of(column: Column, values: Iterable[Cell]) -> str:
    """Return the sum of a column of figures as it is shown, exact."""
    given = [value for value in values if value is not None]
    if column.kind is ColumnKind.MONEY:
        return shown_money(sum(int(value) for value in given), unit=column.unit)
    if column.kind is ColumnKind.COUNT:
        return str(sum(int(value) for value in given))
    return f"{sum((Decimal(value) for value in given), Decimal(0)):f}"


class Cover:
    """Covers cells and texts of one posting for one audience."""

    def __init__(self, said: Said, audience: Audience) -> None:
        """Find what the audience must not read in full, anywhere in the posting."""
        self._audience = audience
        self._officials = said.officials
        self._organisations = said.organisations
        self._names: dict[str, list[str]] = {}
        self._children: set[str] = set()
        self._numbers: dict[str, str] = {}
        if audience is not Audience.NEVER:
            minors = minors_of(said)
            self._learn(said.content.fields, said.head, minor=None in minors)
            for line, cells in said.rows:
                self._learn(said.content.columns, cells, minor=line in minors)

    def cell(self, column: Column, value: Cell, *, is_minor: bool) -> str:
        """Return what the audience reads in a cell."""
        shown = shown_cell(
            column,
            value,
            audience=self._audience,
            is_minor=is_minor,
            officials=self._officials,
            organisations=self._organisations,
        )
        if column.kind in WORDED:
            return self.text(shown)
        # A name that a county lets stand in full in its own column stays; others beside it in the cell are covered.
        in_full = column.kind in NAMED and shown == value and not self._is_known(shown) and not is_organisation(shown)
        return self.text(shown) if in_full else shown

    def _is_known(self, name: str) -> bool:
        return name in self._names.get(name[:GLUE], ())

    def text(self, text: str) -> str:
        """Return a text with everything covered that the audience does not read in full elsewhere."""
        if not text or self._audience is Audience.NEVER:
            return text
        for number in [number for number in self._numbers if number in re.sub(r"[\s-]", "", text)]:
            text = self._numbers[number].join(re.split(r"[\s-]*".join(map(re.escape, number)), text))
        names = self._named_in(text)
        for name in sorted(names & self._children, key=len, reverse=True):
            text = CHILD.join(re.split(r"\s*".join(map(re.escape, name)), text))
        return mask_text(text, names, officials=self._officials)

    def _named_in(self, text: str) -> set[str]:
        """Return the private names that stand in the text; a table of first signs keeps long rosters quick."""
        bare = re.sub(r"[\s\u200b-\u200f\u2060\ufeff]+", "", text)
        found: set[str] = set()
        for at in range(len(bare) - 1):
            found.update(name for name in self._names.get(bare[at : at + GLUE], ()) if bare.startswith(name, at))
        return found

    def _learn(self, columns: Sequence[Column], cells: Mapping[str, Cell], *, minor: bool) -> None:
        for column in columns:
            value = cells.get(column.key)
            if not isinstance(value, str):
                continue
            in_full = sees(column, self._audience) and mask_for(column, self._audience) is Mask.NONE and not minor
            if in_full:
                continue
            if column.kind in NAMED:
                for name in self._private(column, value):
                    self._names.setdefault(name[:GLUE], []).append(name)
                    if minor:
                        self._children.add(name)
            elif column.kind in PERSONAL and len(value) >= SHORTEST_COVERED:
                self._numbers[value.replace("-", "")] = self.cell(column, value, is_minor=minor) or "****"

    def _private(self, column: Column, value: str) -> Iterator[str]:
        names = private_names(column, value, officials=self._officials, organisations=self._organisations)
        bare = {re.sub(r"[\s\u200b-\u200f\u2060\ufeff]+", "", name) for name in names}
        known = self._names
        yield from (name for name in bare if len(name) > 1 and name not in known.get(name[:GLUE], ()))
