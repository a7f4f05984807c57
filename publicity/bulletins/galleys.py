"""Sets the pieces of a sheet in one type size: how tall each unit is, and what of it stands on a page. Pure.

The measures are those of static/css/sheet.css, class `posting`; tables are set by publicity.bulletins.grids.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from publicity.bulletins.flow import Run
from publicity.bulletins.grids import grid_galley
from publicity.bulletins.measure import cut, lines, width
from publicity.bulletins.papers import MM_PER_POINT, Lay
from publicity.bulletins.parts import LINE, PAD_STEP, ROW_LINES, Galley, Part, around, heading_height, line_height
from publicity.bulletins.pieces import Fact, Facts, Figures, Grid, Photos, Piece, Prose, Title
from publicity.bulletins.widths import PAD_EMS, Widths

PROSE_LINE = 1.55
TITLE_SCALE, TITLE_GAP = 1.3, 7.0
LARGE_SCALE = 1.25
MIDDLE_SCALE, MIDDLE_LINES = 1.6, 3
FIGURE_SCALES = (1.45, 1.1, 0.85, 0.65)
PARAGRAPH_LINES = 10
IN_A_ROW = 3


def galley(piece: Piece, lay: Lay, points: int, widths: Widths | None = None) -> Galley | None:
    """Return the piece set in `points`, or None where its columns do not stand side by side in that size."""
    if isinstance(piece, Grid):
        return grid_galley(piece, lay, points, widths or Widths(piece))
    if isinstance(piece, Facts):
        return _facts(piece, lay, points)
    if isinstance(piece, Prose):
        return _prose(piece, lay, points)
    if isinstance(piece, Photos):
        return _photos(piece, lay, points)
    if isinstance(piece, Figures):
        return _figures(piece, lay, points)
    return _title(piece, lay, points)


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
            heights=tuple(count * line_height(points) + around(pad) for count, _ in heights),
            lead=heading_height(piece.heading, lay, points) + 3,
            again=heading_height(piece.heading, lay, points) + 3,
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
            lead=heading_height(piece.heading, lay, points) + 3,
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
        return Run(heights=(lay.photo,) * len(rows), lead=heading_height(piece.heading, lay, points), again=0.0)

    def part(start: int, end: int) -> Part:
        return Part(kind="photos", heading=piece.heading if start == 0 else "", photos=rows[start:end])

    return Galley(run, part)


def _figures(piece: Figures, lay: Lay, points: int) -> Galley:
    after = lines(piece.after, lay.width / (points * MM_PER_POINT)) * line_height(points) + 2 if piece.after else 0.0
    room = lay.width / len(piece.figures) / (points * MM_PER_POINT) - 0.5
    longest = max(width(text) for _, text in piece.figures)
    step = next((at for at, scale in enumerate(FIGURE_SCALES) if longest * scale <= room), len(FIGURE_SCALES) - 1)
    height = points * MM_PER_POINT * LINE * (1 + FIGURE_SCALES[0]) + 5 + after

    def run(pad: int) -> Run:  # noqa: ARG001 - figures have one height
        return Run(heights=(height,), lead=heading_height(piece.heading, lay, points))

    def part(start: int, end: int) -> Part:  # noqa: ARG001 - one unit
        return Part(kind="figures", heading=piece.heading, after=piece.after, figures=piece.figures, step=step)

    return Galley(run, part)


def _title(piece: Title, lay: Lay, points: int) -> Galley:
    ems = lay.width / (points * MM_PER_POINT)
    count = lines(piece.words, ems / TITLE_SCALE, piece.told, 0.8 / TITLE_SCALE)

    def run(pad: int) -> Run:  # noqa: ARG001 - a title has one height
        return Run(heights=(count * line_height(points) * TITLE_SCALE + TITLE_GAP,), stays=True)

    def part(start: int, end: int) -> Part:  # noqa: ARG001 - one unit
        return Part(kind="title", heading=piece.words, told=piece.told)

    return Galley(run, part)
