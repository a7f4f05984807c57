"""Sets the pieces of a sheet in one type size: how tall each unit is, and what of it stands on a page. Pure.

The measures are those of static/css/sheet.css, class `posting`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from math import ceil

from publicity.bulletins.flow import Run
from publicity.bulletins.measure import cut, lines, width
from publicity.bulletins.papers import MM_PER_POINT, Lay
from publicity.bulletins.pieces import Fact, Facts, Figures, Grid, GridColumn, Photo, Photos, Piece, Prose, Title
from publicity.bulletins.widths import PAD_EMS, Widths

LINE, PROSE_LINE = 1.3, 1.55
PAD_STEP, RULE = 0.25, 0.5
HEADING_SCALE, HEADING_GAP = 1.15, 5.0
TITLE_SCALE, TITLE_GAP = 1.3, 7.0
LARGE_SCALE = 1.25
MIDDLE_SCALE, MIDDLE_LINES = 1.6, 3
FIGURE_SCALES = (1.45, 1.1, 0.85, 0.65)
GUTTER = 6
"""Millimetres between column blocks that stand side by side."""
ROW_LINES = 14
"""A row with more lines is set in parts."""
PARAGRAPH_LINES = 10
IN_A_ROW = 3

Cells = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A printed cell: its words, how they stand (fen, tight, ""), the unit under a head, how many columns it takes."""

    text: str
    way: str = ""
    unit: str = ""
    span: int = 1


@dataclass(frozen=True, kw_only=True)
class Part:
    """What of a piece stands on one page; `kind` says which of the other fields the template reads.

    `widths` are millimetres by column; for column blocks side by side `names`, `widths` and `bands` hold every
    block's, with None for the gutter, and their sums are sentences (`brought_words`, `sums_words`), each over `span`
    columns. `brought` and `carried` are sums by column, `totals` the last row.
    """

    kind: str
    heading: str = ""
    told: str = ""
    goes_on: bool = False
    after: str = ""
    names: tuple[Cell | None, ...] = ()
    widths: tuple[int, ...] = ()
    bands: tuple[tuple[Cell | None, ...], ...] = ()
    span: int = 1
    brought: tuple[Cell, ...] = ()
    carried: tuple[Cell, ...] = ()
    totals: tuple[Cell, ...] = ()
    brought_words: tuple[str, ...] = ()
    sums_words: tuple[str, ...] = ()
    facts: tuple[tuple[Fact, ...], ...] = ()
    paragraphs: tuple[str, ...] = ()
    photos: tuple[tuple[Photo, ...], ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    step: int = 0


@dataclass(frozen=True)
class Galley:
    """A piece set in one size: its run for a padding (in steps of PAD_STEP mm), its parts, its tallest row in lines."""

    run: Callable[[int], Run]
    part: Callable[[int, int], Part]
    tallest: int = 1


def galley(piece: Piece, lay: Lay, points: int, widths: Widths | None = None) -> Galley | None:
    """Return the piece set in `points`, or None where its columns do not stand side by side in that size."""
    if isinstance(piece, Grid):
        return _grid(piece, lay, points, widths or Widths(piece))
    if isinstance(piece, Facts):
        return _facts(piece, lay, points)
    if isinstance(piece, Prose):
        return _prose(piece, lay, points)
    if isinstance(piece, Photos):
        return _photos(piece, lay, points)
    if isinstance(piece, Figures):
        return _figures(piece, lay, points)
    return _title(piece, lay, points)


def _line(points: int) -> float:
    return points * MM_PER_POINT * LINE


def _heading(heading: str, lay: Lay, points: int) -> float:
    if not heading:
        return 0.0
    count = lines(heading, lay.width / (points * MM_PER_POINT * HEADING_SCALE))
    return count * _line(points) * HEADING_SCALE + HEADING_GAP


def _around(pad: int) -> float:
    return 2 * pad * PAD_STEP + RULE


# --- tables


def _grid(grid: Grid, lay: Lay, points: int, widths: Widths) -> Galley | None:
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
    after = lines(grid.after, lay.width / size) * _line(points) + 2 if grid.after else 0.0
    sum_lines = max(
        (lines(words, lay.width / size - PAD_EMS) for words in _sum_words(grid, grid.sum_name, grid.totals)), default=1
    )

    def run(pad: int) -> Run:
        names = head * _line(points) + _around(pad)
        sums = (sum_lines if blocks > 1 else 1) * _line(points) + _around(pad) if has_sums else 0.0
        return Run(
            heights=tuple(count * _line(points) + _around(pad) for count in counts) or (_line(points) + _around(pad),),
            lead=_heading(grid.heading, lay, points) + names + 2,
            again=_heading(grid.heading, lay, points) + names + sums + 2,
            close=sums + after,
            carry=sums,
        )

    ways = tuple(_way(column, need.is_tight) for column, need in zip(grid.columns, widths.needs, strict=True))

    def part(start: int, end: int) -> Part:
        return _grid_part(grid, rows, mms, ways, start * blocks, min(end * blocks, len(rows)))

    return Galley(run, part, tallest)


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
        return replace(part, sums_words=tuple(words), brought_words=_sum_words(grid, "承前页", brought))
    return replace(
        part,
        brought=_sum_cells("承前页", brought, ways),
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


# --- facts


def _facts(piece: Facts, lay: Lay, points: int) -> Galley:
    """Set names and values: two pairs in a row while both are short, else one."""
    size = points * MM_PER_POINT
    whole = lay.width / size
    name_ems = min(piece.name_ems or max(width(fact.name) for fact in piece.facts), 9.0) + PAD_EMS * 1.5
    half = whole / 2 - name_ems - PAD_EMS
    rows = _pairs(piece.facts, half)
    name_mm, value_mm = ceil(name_ems * size), int(lay.width / 2) - ceil(name_ems * size)
    value_ems = {1: (lay.width - name_mm) / size - PAD_EMS, 2: value_mm / size - PAD_EMS}
    parts = [one for row in rows for one in _fact_parts(row, value_ems[len(row)])]
    heights = [_fact_height(one, name_ems - PAD_EMS, value_ems[len(one)]) for one in parts]
    tallest = ceil(max(text for text, _ in heights))

    def run(pad: int) -> Run:
        return Run(
            heights=tuple(count * _line(points) + _around(pad) for count, _ in heights),
            lead=_heading(piece.heading, lay, points) + 3,
            again=_heading(piece.heading, lay, points) + 3,
        )

    def part(start: int, end: int) -> Part:
        return Part(
            kind="facts",
            heading=piece.heading,
            goes_on=start > 0,
            facts=tuple(parts[start:end]),
            widths=(name_mm, value_mm, name_mm, int(lay.width) - 2 * name_mm - value_mm),
        )

    return Galley(run, part, 1 if tallest <= 2 else tallest)


def _scale(fact: Fact) -> float:
    return LARGE_SCALE if fact.is_large else 1.0


def _pairs(facts: Sequence[Fact], half: float) -> list[tuple[Fact, ...]]:
    """Return the facts in rows: two that are short enough side by side, a long one alone."""
    rows: list[tuple[Fact, ...]] = []
    waiting: Fact | None = None
    for fact in facts:
        is_short = width(fact.text) * _scale(fact) <= half and "\n" not in fact.text
        if waiting and is_short:
            rows.append((waiting, fact))
            waiting = None
        elif is_short:
            waiting = fact
        else:
            rows += [*([(waiting,)] if waiting else []), (fact,)]
            waiting = None
    return [*rows, *([(waiting,)] if waiting else [])]


def _fact_parts(row: tuple[Fact, ...], ems: float) -> list[tuple[Fact, ...]]:
    if len(row) > 1 or lines(row[0].text, ems) <= ROW_LINES:
        return [row]
    texts = cut(row[0].text, ems, ROW_LINES)
    return [(replace(row[0], name=row[0].name if number == 0 else "", text=text),) for number, text in enumerate(texts)]


def _fact_height(row: tuple[Fact, ...], name_ems: float, ems: float) -> tuple[float, float]:
    """Return the height of a row in lines, and that of its names alone."""
    names = max(lines(fact.name, name_ems) for fact in row)
    values = max(lines(fact.text, ems / _scale(fact)) * _scale(fact) for fact in row)
    return max(float(names), values), float(names)


# --- text, photos, figures, titles


def _prose(piece: Prose, lay: Lay, points: int) -> Galley:
    """Set paragraphs, the first line of each two ems in; a very long one in parts that end with a sentence."""
    ems = lay.width / (points * MM_PER_POINT) - 0.2
    parts: list[str] = []
    for paragraph in piece.paragraphs:
        parts += cut("　　" + paragraph, ems, PARAGRAPH_LINES) if not piece.is_middle else [paragraph]
    one = points * MM_PER_POINT * PROSE_LINE
    scale = MIDDLE_SCALE if piece.is_middle else 1.0
    counts = [lines(part, ems / scale) * scale for part in parts]

    def run(pad: int) -> Run:
        # A sentence in the middle of the sheet does not stick to the head.
        extra = MIDDLE_LINES * one if piece.is_middle else 0.0
        return Run(
            heights=tuple(count * one + pad * PAD_STEP + extra for count in counts),
            lead=_heading(piece.heading, lay, points) + 3,
        )

    def part(start: int, end: int) -> Part:
        return Part(
            kind="middle" if piece.is_middle else "prose",
            heading=piece.heading if start == 0 else "",
            paragraphs=tuple(parts[start:end]),
        )

    return Galley(run, part)


def _photos(piece: Photos, lay: Lay, points: int) -> Galley:
    beside = 4 if len(piece.photos) == 4 else IN_A_ROW
    rows = tuple(piece.photos[start : start + beside] for start in range(0, len(piece.photos), beside))

    def run(pad: int) -> Run:  # noqa: ARG001 - photos have one height
        return Run(heights=(lay.photo,) * len(rows), lead=_heading(piece.heading, lay, points), again=0.0)

    def part(start: int, end: int) -> Part:
        return Part(kind="photos", heading=piece.heading if start == 0 else "", photos=rows[start:end])

    return Galley(run, part)


def _figures(piece: Figures, lay: Lay, points: int) -> Galley:
    after = lines(piece.after, lay.width / (points * MM_PER_POINT)) * _line(points) + 2 if piece.after else 0.0
    room = lay.width / len(piece.figures) / (points * MM_PER_POINT) - 0.5
    longest = max(width(text) for _, text in piece.figures)
    step = next((at for at, scale in enumerate(FIGURE_SCALES) if longest * scale <= room), len(FIGURE_SCALES) - 1)
    height = points * MM_PER_POINT * LINE * (1 + FIGURE_SCALES[0]) + 5 + after

    def run(pad: int) -> Run:  # noqa: ARG001 - figures have one height
        return Run(heights=(height,), lead=_heading(piece.heading, lay, points))

    def part(start: int, end: int) -> Part:  # noqa: ARG001 - one unit
        return Part(kind="figures", heading=piece.heading, after=piece.after, figures=piece.figures, step=step)

    return Galley(run, part)


def _title(piece: Title, lay: Lay, points: int) -> Galley:
    ems = lay.width / (points * MM_PER_POINT)
    count = lines(piece.words, ems / TITLE_SCALE, piece.told, 0.8 / TITLE_SCALE)

    def run(pad: int) -> Run:  # noqa: ARG001 - a title has one height
        return Run(heights=(count * _line(points) * TITLE_SCALE + TITLE_GAP,), stays=True)

    def part(start: int, end: int) -> Part:  # noqa: ARG001 - one unit
        return Part(kind="title", heading=piece.words, told=piece.told)

    return Galley(run, part)
