"""Finds the header of a table of any layout and what each of its columns is, by the words over them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from publicity.categories.contents import CategoryContent, Column, ColumnKind
from publicity.ledgers.amounts import is_figure
from publicity.ledgers.wording import plain
from village_lists.exchange.grids import Cell, Row, Sheet

SEARCHED_ROWS = 15
SEARCHED_COLUMNS = 300
LONGEST_HEADER = 100
"""What is longer is no header; brackets that never close would take minutes."""
ENOUGH = 2
_BRACKETS = re.compile(r"[(\[【<《][^)\]】>》]*[)\]】>》]")
_UNIT = re.compile(r"(万元|元)(?:/.*)?\)?$")
_UNITS_LINE = re.compile(r"单位[:]?(万元|元)")
_MARKS = re.compile(r"[*:,、。.·/\\|_\-—]+")
YUAN = {"元": 1, "万元": 10_000}


@dataclass(frozen=True)
class HeaderWords:
    """The words of data/headers.yaml, ready to be compared."""

    groups: Mapping[str, int]
    alone: Mapping[str, frozenset[str]]
    ignored: frozenset[str]
    totals: frozenset[str]
    subtotals: frozenset[str]
    footers: tuple[str, ...]


@lru_cache(maxsize=1)
def header_words() -> HeaderWords:
    """Return the everyday words over columns, read once."""
    loaded: Mapping[str, Any] = YAML(typ="safe", pure=True).load(Path(__file__).parent / "data" / "headers.yaml")
    return HeaderWords(
        groups={bare(word): number for number, words in enumerate(loaded["same"]) for word in words},
        alone={kind: frozenset(bare(word) for word in words) for kind, words in loaded["alone"].items()},
        ignored=frozenset(bare(str(word)) for word in loaded["ignored"]) | {"no", "#"},
        totals=frozenset(bare(word) for word in loaded["totals"]),
        subtotals=frozenset(bare(word) for word in loaded["subtotals"]),
        footers=tuple(loaded["footers"]),
    )


def bare(text: str) -> str:
    """Return a header in one spelling: half width, small letters, without blanks, marks and what is in brackets."""
    written = plain(text[:LONGEST_HEADER]).lower()
    return _MARKS.sub("", _BRACKETS.sub("", written) or written)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The header of a table: rows `top` to `bottom`, which sheet column is which, what fits nothing.

    `columns` maps sheet columns (from 1) to columns of the category, `unread` to headers that fit none, `yuan` to the
    yuan of one unit where a header or a units line names it. `repeats` are further blocks of the same columns beside
    the first, as a long roster is printed in two halves; `left` is where the block before ends.
    """

    top: int
    bottom: int
    columns: Mapping[int, Column]
    labels: Mapping[int, str]
    unread: Mapping[int, str]
    ignored: frozenset[int]
    yuan: Mapping[int, int]
    repeats: tuple[Mapping[int, Column], ...] = ()
    left: int = 0

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys of the columns that were found."""
        return frozenset(column.key for column in self.columns.values())

    @property
    def blocks(self) -> tuple["Heading", ...]:
        """Return a heading for each block of columns side by side; mostly the one."""
        ends = [max(self.columns), *(max(columns) for columns in self.repeats)]
        further = zip(self.repeats, ends, strict=False)
        return (self, *(replace(self, columns=columns, repeats=(), left=left) for columns, left in further))

    def covers(self, place: int) -> bool:
        """Say whether a sheet column stands within the block, with the counting column before it."""
        return self.left < place <= max(self.columns)


def find_heading(sheet: Sheet, content: CategoryContent) -> Heading | None:
    """Return the header that fits the category best within the first rows of a sheet, or None."""
    best: Heading | None = None
    masters = _masters(sheet)
    for place, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        below = sheet.rows[place + 1] if place + 1 < len(sheet.rows) else None
        is_double = below is not None and below.number == row.number + 1 and _may_be_header(below)
        for rows in ([row], *([[row, below]] if below is not None and is_double else [])):
            heading = _heading_of(rows, content, masters)
            if best is None or _worth(heading) > _worth(best):
                best = heading
    if best is None or len(best.columns) < min(ENOUGH, len(content.columns)) or not best.columns:
        return None
    return _with_units(sheet, best)


def _worth(heading: Heading) -> tuple[int, int, int]:
    required = sum(column.is_required for column in heading.columns.values())
    return (len(heading.columns), required, -(heading.bottom - heading.top))


def _may_be_header(row: Row) -> bool:
    """Say whether a row under a header may belong to it: nothing in it is a number."""
    values = [cell.value for cell in row.cells if not cell.is_blank]
    return all(isinstance(value, str) and not is_figure(value) for value in values)


def _masters(sheet: Sheet) -> Mapping[str, Cell]:
    return {cell.address: cell for row in sheet.rows[: SEARCHED_ROWS + 1] for cell in row.cells if not cell.is_blank}


def _text(cell: Cell, masters: Mapping[str, Cell]) -> str:
    source = masters.get(cell.merged_from, cell) if cell.merged_from else cell
    return "" if source.value is None else str(source.value)


def _heading_of(rows: Sequence[Row], content: CategoryContent, masters: Mapping[str, Cell]) -> Heading:
    parts: dict[int, list[str]] = {}
    for row in rows:
        for cell in row.cells:
            if cell.column > SEARCHED_COLUMNS:
                break
            text = _text(cell, masters).strip()
            known = parts.setdefault(cell.column, [])
            if text and text not in known:
                known.append(text)
    columns, labels = _matched(parts, content)
    words = header_words()
    ignored = frozenset(
        place for place, texts in parts.items() if place not in columns and any(bare(t) in words.ignored for t in texts)
    )
    repeats = _repeats(columns, labels)
    taken = {*columns, *ignored, *(place for block in repeats for place in block)}
    return Heading(
        top=rows[0].number,
        bottom=rows[-1].number,
        columns=columns,
        labels=labels,
        unread={place: labels[place] for place, texts in parts.items() if texts and place not in taken},
        ignored=ignored,
        yuan=_units({place: column for block in (columns, *repeats) for place, column in block.items()}, labels),
        repeats=repeats,
    )


def _repeats(columns: Mapping[int, Column], labels: Mapping[int, str]) -> tuple[dict[int, Column], ...]:
    """Return further blocks in which the labels of all found columns come again to the right, each in turn."""
    if not columns:
        return ()
    blocks: list[dict[int, Column]] = []
    last = max(columns)
    while True:
        block: dict[int, Column] = {}
        for place, column in columns.items():
            again = [other for other in sorted(labels) if other > last and bare(labels[other]) == bare(labels[place])]
            if again:
                block[again[0]] = column
        if len(block) < len(columns):
            return tuple(blocks)
        blocks.append(block)
        last = max(block)


def _units(columns: Mapping[int, Column], labels: Mapping[int, str]) -> dict[int, int]:
    found = {}
    for place, column in columns.items():
        unit = _UNIT.search(plain(labels[place]))
        if unit and column.kind is ColumnKind.MONEY and bare(labels[place]) != plain(labels[place]).lower():
            found[place] = YUAN[unit[1]]
    return found


def _with_units(sheet: Sheet, heading: Heading) -> Heading:
    """Return the heading with the unit that a line above it names (单位：万元) for the money that names none itself."""
    line = "".join(plain(str(cell.value)) for row in sheet.rows if row.number < heading.top for cell in row.cells)
    found = _UNITS_LINE.search(line)
    if found is None:
        return heading
    every = [pair for block in heading.blocks for pair in block.columns.items()]
    money = {place for place, column in every if column.kind is ColumnKind.MONEY}
    units = dict.fromkeys(money, YUAN[found[1]]) | dict(heading.yuan)
    return replace(heading, yuan=units)


def _matched(parts: Mapping[int, Sequence[str]], content: CategoryContent) -> tuple[dict[int, Column], dict[int, str]]:
    """Return the column under each sheet column, the surest likeness first, and the whole label of each."""
    labels = {place: " ".join(texts) for place, texts in parts.items()}
    found: dict[int, Column] = {}
    for likeness in (_is_own_name, _is_same_group, _contains_name):
        for place, texts in parts.items():
            if place in found or _is_again(place, found, labels):
                continue
            free = [column for column in content.columns if column not in found.values()]
            fitting = [column for column in free if any(likeness(text, column) for text in _candidates(texts))]
            if len(fitting) == 1 or (fitting and likeness is _is_own_name):
                found[place] = fitting[0]
    _match_alone(
        {place: texts for place, texts in parts.items() if not _is_again(place, found, labels)}, content, found
    )
    return found, labels


def _is_again(place: int, found: Mapping[int, Column], labels: Mapping[int, str]) -> bool:
    """Say whether a header says what one that was taken says already."""
    return any(bare(labels[place]) == bare(labels[taken]) for taken in found if taken != place)


def _candidates(texts: Sequence[str]) -> list[str]:
    """Return what a header of one or two rows may be: the lower words, both together, the upper ones."""
    if not texts:
        return []
    return list(dict.fromkeys([texts[-1], "".join(texts), texts[0]]))


def _is_own_name(text: str, column: Column) -> bool:
    return plain(text).lower() in {plain(column.name).lower(), column.key} or bare(text) == bare(column.name)


def _is_same_group(text: str, column: Column) -> bool:
    groups = header_words().groups
    group = groups.get(bare(text))
    return group is not None and group == groups.get(bare(column.name))


def _contains_name(text: str, column: Column) -> bool:
    """Say whether one of the two is the end or beginning of the other: 补贴面积 and 核定补贴面积, 职务 and 现任职务."""
    written, name = bare(text), bare(column.name)
    if min(len(written), len(name)) < ENOUGH:
        return False
    return written.endswith(name) or name.endswith(written)


def _match_alone(parts: Mapping[int, Sequence[str]], content: CategoryContent, found: dict[int, Column]) -> None:
    """Take an everyday word for the one column of a kind that nothing fits, where only one header says so."""
    for kind, words in header_words().alone.items():
        free = [column for column in content.columns if column.kind.value == kind and column not in found.values()]
        places = [
            place for place, texts in parts.items() if place not in found and any(bare(text) in words for text in texts)
        ]
        if len(free) == 1 and len(places) == 1:
            found[places[0]] = free[0]


def is_repeated(row: Row, heading: Heading) -> bool:
    """Say whether a row is the header again, as on the next printed page."""
    texts = {cell.column: plain(str(cell.value)) for cell in row.cells if not cell.is_blank}
    same = sum(text == plain(heading.labels.get(place, "")) for place, text in texts.items())
    return same >= max(ENOUGH, (len(heading.columns) + 1) // 2)
