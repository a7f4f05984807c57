"""Plans the sheet of a posting: upright or on its side, in how many column blocks, in which size, on which pages.

As few pages as the smallest type needs, then the largest type that needs no more: few lines are read from further
away. Pure: words in, frozen pages out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publicity.bulletins.flow import Room, Slice, TooTall, flow
from publicity.bulletins.galleys import galley
from publicity.bulletins.measure import lines, width
from publicity.bulletins.papers import A3, LAYS, MM_PER_POINT, Lay, Paper
from publicity.bulletins.parts import LINE, PAD_STEP, Galley, Part
from publicity.bulletins.pieces import Facts, Grid, Piece, Sheet
from publicity.bulletins.widths import Widths
from publicity.codes.qr import QrPath, outline
from village_lists.markers import N_

PADS = range(2, 49)
GRID_SHARE = 0.75
"""A table does not use the very largest sizes, which are for a few sentences."""
PAD_SHARE = 0.85
"""Room above and below a line's text, in steps of PAD_STEP mm, is never more than this share of the line's height."""
BLOCK_ROWS = {2: 14, 3: 36, 4: 60}
"""From how many rows on a roster may stand in so many column blocks."""
TITLE_SPACING = 1.07
HEAD_GAP = 7.0
KEPT_COLUMNS = 2
"""How many leading columns are said again where a table too wide for its paper is printed in parts."""
WIDE_FROM, UPRIGHT_TO = 10, 7
"""A table with so many columns lies on its side, one with so few never does; between them the larger type decides."""


@dataclass(frozen=True, kw_only=True)
class SheetPage:
    """One side of paper: `number` of `of`, and what stands on it."""

    number: int
    of: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class SheetPlan:
    """A sheet laid out: its type in points, `pad` steps around a line, the step its title has, and the QR outline."""

    sheet: Sheet
    lay: Lay
    points: int
    pad: int
    title_step: int
    pages: tuple[SheetPage, ...]
    qr: QrPath | None


@dataclass(frozen=True)
class _Try:
    """One way to print it that works."""

    lay: Lay
    points: int
    galleys: tuple[Galley, ...]
    pages: list[list[Slice]]
    room: Room


def compose_sheet(sheet: Sheet, paper: Paper = A3) -> SheetPlan:
    """Return the plan of a sheet; raises TooTall where something that stands whole is taller than a page."""
    best = _best(sheet, paper) or _best(_in_parts(sheet, paper), paper)
    if best is None:
        raise TooTall(N_("有一处文字太长，一页纸放不下，请分段或缩短。"))
    pad, pages = PADS[0], best.pages
    for wider in PADS[1:]:
        roomier = _flowed(best, wider)
        if wider * PAD_STEP > PAD_SHARE * best.points * MM_PER_POINT * LINE or len(roomier) > len(pages):
            break
        pad, pages = wider, roomier
    return SheetPlan(
        sheet=sheet,
        lay=best.lay,
        points=best.points,
        pad=pad,
        title_step=_title_step(sheet.title, best.lay)[0],
        pages=tuple(
            SheetPage(
                number=number,
                of=len(pages),
                parts=tuple(best.galleys[part.section].part(part.start, part.end) for part in page),
            )
            for number, page in enumerate(pages, 1)
        ),
        qr=outline(sheet.foot.url) if sheet.foot.url else None,
    )


def _flowed(found: _Try, pad: int) -> list[list[Slice]]:
    """Return its pages with another padding; one page too many where that does not fit."""
    try:
        return flow([one.run(pad) for one in found.galleys], found.room)
    except TooTall:
        return [*found.pages, []]


def _best(sheet: Sheet, paper: Paper) -> _Try | None:
    """Return the way with the fewest pages, of those the one with the largest type, of those the plainest."""
    tries = [
        found for lay in _lays(sheet, paper) for blocks in _blocks(sheet) if (found := _largest(sheet, lay, blocks))
    ]
    return max(tries, key=lambda found: (-len(found.pages), found.points), default=None)


def _lays(sheet: Sheet, paper: Paper) -> tuple[Lay, ...]:
    """Return the ways it may lie, the preferred first."""
    upright, wide = LAYS[paper.name]
    columns = max((len(piece.columns) for piece in sheet.pieces if isinstance(piece, Grid)), default=0)
    if not sheet.landscape or columns <= UPRIGHT_TO:
        return (upright,)
    return (wide,) if columns >= WIDE_FROM else (upright, wide)


def _blocks(sheet: Sheet) -> Iterator[int]:
    """Yield in how many column blocks its rosters may stand."""
    yield 1
    grids = [piece for piece in sheet.pieces if isinstance(piece, Grid)]
    for count, least in BLOCK_ROWS.items():
        if any(grid.blocks >= count and len(grid.rows) >= least for grid in grids):
            yield count


def _largest(sheet: Sheet, lay: Lay, blocks: int) -> _Try | None:
    """Return the largest type that needs no more pages, and breaks no row into more lines, than the smallest does."""
    names = max(
        (width(fact.name) for piece in sheet.pieces if isinstance(piece, Facts) for fact in piece.facts), default=0
    )
    pieces = [
        replace(piece, name_ems=names) if isinstance(piece, Facts) else _in_blocks(piece, blocks)
        for piece in sheet.pieces
    ]
    widths = [Widths(piece) if isinstance(piece, Grid) else None for piece in pieces]
    room = _room(sheet, lay)
    best: _Try | None = None
    tallest = 0
    has_rows = any(isinstance(piece, Grid) for piece in pieces)
    for points in lay.sizes:
        if has_rows and points > lay.sizes[-1] * GRID_SHARE:
            break
        found = _tried(lay, points, pieces, widths, room)
        if found is None:
            if best is None:
                continue
            break
        rows = max((one.tallest for one in found.galleys), default=1)
        if best is None:
            best, tallest = found, max(rows, 2)
            if blocks > 1 and rows > 2:
                return None
        elif len(found.pages) <= len(best.pages) and rows <= tallest:
            best = found
    return best


def _in_blocks(piece: Piece, blocks: int) -> Piece:
    if not isinstance(piece, Grid) or piece.blocks == 1:
        return piece
    return replace(piece, blocks=min(blocks, piece.blocks) if len(piece.rows) >= BLOCK_ROWS.get(blocks, 0) else 1)


def _tried(lay: Lay, points: int, pieces: Sequence[Piece], widths: Sequence[Widths | None], room: Room) -> _Try | None:
    """Return the sheet set in one size, or None where it does not fit."""
    galleys = []
    for piece, needs in zip(pieces, widths, strict=True):
        one = galley(piece, lay, points, needs)
        if one is None:
            return None
        galleys.append(one)
    try:
        pages = flow([one.run(PADS[0]) for one in galleys], room)
    except TooTall:
        return None
    return _Try(lay, points, tuple(galleys), pages, room)


def _room(sheet: Sheet, lay: Lay) -> Room:
    """Return what head and foot leave of the paper."""
    _, title = _title_step(sheet.title, lay)
    under_line = lay.under_points * MM_PER_POINT * 1.5
    under = lines(f"　　　　{sheet.under}", lay.width / (lay.under_points * MM_PER_POINT)) * under_line
    head = title + under + HEAD_GAP
    return Room(
        first=lay.height - head - _note(sheet, lay),
        further=lay.height - lay.running,
        closing=lay.closing,
        turning=lay.turning,
    )


def _title_step(title: str, lay: Lay) -> tuple[int, float]:
    """Return the number of the largest step in which the title stands on one line, and its height; else the last."""
    for step, (points, line) in enumerate(lay.title_steps):
        if width(title) * TITLE_SPACING <= lay.width / (points * MM_PER_POINT):
            return step, line
    points, line = lay.title_steps[-1]
    return len(lay.title_steps) - 1, line * lines(title, lay.width / (points * MM_PER_POINT * TITLE_SPACING))


def _note(sheet: Sheet, lay: Lay) -> float:
    """Return what mark and notice take, with their frame."""
    if not sheet.note and not sheet.mark:
        return 0.0
    size = lay.note_points * MM_PER_POINT
    return lines(f"{sheet.mark}　　　{sheet.note}", (lay.width - 14) / size) * size * 1.6 + 8


def _in_parts(sheet: Sheet, paper: Paper) -> Sheet:
    """Return the sheet with every table that is too wide for its paper in parts, each with the leading columns."""
    lay = _lays(sheet, paper)[-1]
    pieces: list[Piece] = []
    for piece in sheet.pieces:
        pieces += _parts(piece, lay) if isinstance(piece, Grid) else [piece]
    return replace(sheet, pieces=tuple(pieces))


def _parts(grid: Grid, lay: Lay) -> list[Grid]:
    for count in range(1, len(grid.columns)):
        parts = [
            _columns(grid, group, number, count) for number, group in enumerate(_groups(len(grid.columns), count), 1)
        ]
        if all(galley(part, lay, lay.sizes[0]) for part in parts):
            return parts
    return [grid]


def _groups(columns: int, count: int) -> list[tuple[int, ...]]:
    """Return the columns in `count` groups, each with the leading ones."""
    kept = min(KEPT_COLUMNS, columns - 1)
    rest = list(range(kept, columns))
    step = -(-len(rest) // count)
    return [(*range(kept), *rest[start : start + step]) for start in range(0, len(rest), step)]


def _columns(grid: Grid, group: Sequence[int], number: int, of: int) -> Grid:
    if of == 1:
        return grid
    return replace(
        grid,
        columns=tuple(grid.columns[place] for place in group),
        rows=tuple(tuple(row[place] for place in group) for row in grid.rows),
        totals=tuple(grid.totals[place] for place in group) if grid.totals else None,
        heading=f"{grid.heading}（第 {number} 部分，共 {of} 部分）",
        blocks=1,
    )
