"""Sets tables: widths, bands of column blocks, sums brought and carried. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from math import ceil

from publicity.bulletins.flow import Run
from publicity.bulletins.measure import cut, lines
from publicity.bulletins.papers import MM_PER_POINT, Lay
from publicity.bulletins.parts import ROW_LINES, Cell, Galley, Part, around, heading_height, line_height
from publicity.bulletins.pieces import Grid, GridColumn
from publicity.bulletins.widths import PAD_EMS, Widths

GUTTER = 6
"""Millimetres between column blocks that stand side by side."""

BROUGHT = "承前页"

Cells = tuple[str, ...]


def grid_galley(grid: Grid, lay: Lay, points: int, widths: Widths) -> Galley | None:
    """Set a table; with column blocks every unit is a band of rows that stand beside each other."""
    blocks, size = grid.blocks, points * MM_PER_POINT
    mms = widths.millimetres(points, (lay.width - GUTTER * (blocks - 1)) / blocks)
    if mms is None:
        return None
    ems = [mm / size - PAD_EMS for mm in mms]
    loose = [place for place, need in enumerate(widths.needs) if not need.is_tight]
    rows, counts = _fitted(grid.rows, ems, loose)
    tallest = max(counts, default=1)
    if blocks > 1:
        counts = [tallest] * ceil(len(rows) / blocks)
    head = max(lines(column.name, wide, column.unit) for column, wide in zip(grid.columns, ems, strict=True))
    has_sums = bool(grid.totals)
    after = lines(grid.after, lay.width / size) * line_height(points) + 2 if grid.after else 0.0
    sum_lines = _sum_lines(grid, ems, lay.width / size - PAD_EMS)

    def run(pad: int) -> Run:
        names = head * line_height(points) + around(pad)
        sums = sum_lines * line_height(points) + around(pad) if has_sums else 0.0
        return Run(
            heights=tuple(count * line_height(points) + around(pad) for count in counts)
            or (line_height(points) + around(pad),),
            lead=heading_height(grid.heading, lay, points) + names + 2,
            again=heading_height(grid.heading, lay, points) + names + sums + 2,
            close=sums + after,
            carry=sums,
        )

    ways = tuple(_way(column, need.is_tight) for column, need in zip(grid.columns, widths.needs, strict=True))

    def part(start: int, end: int) -> Part:
        return _grid_part(grid, rows, mms, ways, start * blocks, min(end * blocks, len(rows)))

    return Galley(run, part, tallest)


def _sum_lines(grid: Grid, ems: Sequence[float], whole: float) -> int:
    """Return how many lines the row of sums takes: its sentence for column blocks, else its name before the sums."""
    if grid.blocks > 1:
        return max((lines(words, whole) for words in _sum_words(grid, grid.sum_name, grid.totals)), default=1)
    free = next((place for place, text in enumerate(grid.totals or ()) if text), 0)
    return max(lines(name, sum(ems[: max(free, 1)])) for name in (grid.sum_name, BROUGHT))


def _way(column: GridColumn, is_tight: bool) -> str:
    if column.is_figure:
        return "fen"
    return "tight" if is_tight else ""


def _fitted(rows: Sequence[Cells], ems: Sequence[float], loose: Sequence[int]) -> tuple[list[Cells], list[int]]:
    """Return the rows with the lines each takes; one too tall for a page comes in parts."""
    found: list[Cells] = []
    counts: list[int] = []
    for row in rows:
        count = max((lines(row[place], ems[place]) for place in loose), default=1)
        for part, taken in [(row, count)] if count <= ROW_LINES else _parted(row, ems, loose):
            found.append(part)
            counts.append(taken)
    return found, counts


def _parted(row: Cells, ems: Sequence[float], loose: Sequence[int]) -> list[tuple[Cells, int]]:
    """Return a row in parts of at most ROW_LINES lines; figures stand in the first."""
    cells = [cut(text, ems[place], ROW_LINES) if place in loose else [text] for place, text in enumerate(row)]
    parts = [
        tuple(cell[number] if number < len(cell) else "" for cell in cells) for number in range(max(map(len, cells)))
    ]
    return [(part, max(lines(part[place], ems[place]) for place in loose)) for part in parts]


def _grid_part(
    grid: Grid, rows: Sequence[Cells], mms: tuple[int, ...], ways: tuple[str, ...], start: int, end: int
) -> Part:
    count, blocks = len(grid.columns), grid.blocks
    set_rows = [tuple(Cell(text=text, way=way) for text, way in zip(row, ways, strict=True)) for row in rows[start:end]]
    names = tuple(Cell(text=column.name, unit=column.unit) for column in grid.columns)
    deep = ceil(len(set_rows) / blocks)
    empty: tuple[Cell, ...] = (Cell(text=""),) * count
    bands = tuple(
        _beside([set_rows[at] if (at := deep * block + level) < len(set_rows) else empty for block in range(blocks)])
        for level in range(deep)
    )
    begins, ends = start == 0, end >= len(rows)
    brought = None if begins else _sums(grid, rows[:start])
    carried = None if ends else _sums(grid, rows[:end])
    totals = grid.totals if ends else None
    part = Part(
        kind="grid",
        heading=grid.heading,
        told=grid.told,
        goes_on=not begins,
        after=grid.after if ends else "",
        names=_beside([names] * blocks),
        widths=tuple(mm for block in range(blocks) for mm in ((GUTTER,) if block else ()) + mms),
        bands=bands,
        span=count * blocks + blocks - 1,
    )
    if blocks > 1:
        words = [
            *_sum_words(grid, "过次页", carried),
            *_sum_words(grid, grid.sum_name, totals),
        ]
        return replace(part, sums_words=tuple(words), brought_words=_sum_words(grid, BROUGHT, brought))
    return replace(
        part,
        brought=_sum_cells(BROUGHT, brought, ways),
        carried=_sum_cells("过次页", carried, ways),
        totals=_sum_cells(grid.sum_name, totals, ways),
    )


def _beside(blocks: Sequence[Sequence[Cell]]) -> tuple[Cell | None, ...]:
    """Return the cells of blocks that stand beside each other, None for each gutter."""
    found: list[Cell | None] = []
    for block in blocks:
        found += [*([None] if found else []), *block]
    return tuple(found)


def _sums(grid: Grid, rows: Sequence[Cells]) -> Cells | None:
    """Return the sums of the rows in the columns that have a total, in the total's own writing."""
    if not grid.totals:
        return None
    return tuple(_sum([row[place] for row in rows], total) if total else "" for place, total in enumerate(grid.totals))


def _sum(texts: Sequence[str], like: str) -> str:
    """Return the sum of figures as they are written, or nothing where one of them is covered."""
    try:
        found = sum((Decimal(text.replace(",", "")) for text in texts if text), start=Decimal())
        places = len(like.partition(".")[2])
    except InvalidOperation:
        return ""
    return f"{found:,.{places}f}"


def _sum_words(grid: Grid, name: str, sums: Cells | None) -> tuple[str, ...]:
    """Return the sums as one sentence, for column blocks; none where there is nothing to sum."""
    if not sums:
        return ()
    told = [f"{column.name}{column.unit} {text}" for column, text in zip(grid.columns, sums, strict=True) if text]
    return (f"{name}（共 {len(grid.rows)} 行）：" + "　".join(told),) if told else ()


def _sum_cells(name: str, sums: Cells | None, ways: tuple[str, ...]) -> tuple[Cell, ...]:
    """Return the row of sums: its name in front, each sum under its column."""
    if not sums or not any(sums):
        return ()
    cells = [Cell(text=text, way=way if text else "") for text, way in zip(sums, ways, strict=True)]
    free = next(place for place, text in enumerate(sums) if text)
    if free == 0:
        return (Cell(text=f"{name} {sums[0]}"), *cells[1:])
    return (Cell(text=name, span=free), *cells[free:])
