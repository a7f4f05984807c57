"""Chooses the widths of a printed table's columns from what stands in them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from publicity.bulletins.measure import lines, widest_piece, width
from publicity.bulletins.papers import MM_PER_POINT
from publicity.bulletins.pieces import Grid, GridColumn

PAD_EMS = 0.7
"""What the padding at both sides of a cell takes, with a little air."""
LOOSE_EMS = (5.0, 3.4)
"""How narrow a column of words may become: at best, and where the table is very wide."""
TIGHT_MOST = 14.0
"""What is wider than this may be broken, whatever it is."""
PIECE_MOST = 7.0
"""A figure or a date within words is not parted up to this width."""
WANTED_MOST = 34.0
"""No column asks for more than this, so that one long text does not starve the others."""
HEAD_LINES = 3
SAMPLE = 24
STEP = 0.5
EXACT_TO = 60


@dataclass(frozen=True)
class Needs:
    """What one column needs: the least and the wanted width in ems, and whether its cells stand unbroken."""

    least: float
    narrow: float
    wanted: float
    is_tight: bool


class Widths:
    """The needs of a table's columns, measured once for all type sizes."""

    def __init__(self, grid: Grid) -> None:
        """Take the table; nothing is measured before it is asked for."""
        self._grid = grid

    @cached_property
    def needs(self) -> tuple[Needs, ...]:
        """Return what each column needs."""
        grid = self._grid
        return tuple(
            _needs(column, [row[place] for row in grid.rows], (grid.totals or ("",) * len(grid.columns))[place])
            for place, column in enumerate(grid.columns)
        )

    @cached_property
    def longest(self) -> tuple[tuple[str, ...], ...]:
        """Return for each column the texts that decide how many lines rows take: the longest SAMPLE of them."""
        return tuple(
            tuple(sorted({row[place] for row in self._grid.rows}, key=width, reverse=True)[:SAMPLE])
            for place in range(len(self._grid.columns))
        )

    def millimetres(self, points: int, whole: float) -> tuple[int, ...] | None:
        """Return whole-millimetre widths that fill `whole`, or None where the type is too large for the columns."""
        size = points * MM_PER_POINT
        for leasts in ([need.least for need in self.needs], [need.narrow for need in self.needs]):
            if sum(leasts) <= whole / size:
                found = _shared(self._poured(leasts, whole / size), self.needs, whole / size)
                return _rounded([ems * size for ems in found], int(whole))
        return None

    def _poured(self, leasts: Sequence[float], whole: float) -> list[float]:
        """Return widths grown from `leasts`: each step goes to the column whose texts take the most lines."""
        found, spare = list(leasts), whole - sum(leasts)
        depths = [self._depth(place, ems) for place, ems in enumerate(found)]
        while spare >= STEP:
            place = max(range(len(found)), key=lambda at: depths[at])
            if depths[place][0] <= 1:
                break
            found[place] += STEP
            spare -= STEP
            depths[place] = self._depth(place, found[place])
        return found

    def _depth(self, place: int, ems: float) -> tuple[int, int]:
        """Return the most lines that a text of the column takes, and what all of the sample take together."""
        if self.needs[place].is_tight:
            return (1, 0)
        counts = [_lines(text, ems - PAD_EMS) for text in self.longest[place]]
        return (max(counts, default=1), sum(counts))


def _lines(text: str, ems: float) -> int:
    """Return how many lines a text takes; of a long one about how many, which is enough to share out the room."""
    return lines(text, ems) if len(text) <= EXACT_TO else ceil(width(text) / ems)


def _needs(column: GridColumn, cells: Sequence[str], total: str) -> Needs:
    fullest = max((width(cell) for cell in cells), default=0.0)
    head = width(column.name)
    head_least = max(min(widest_piece(column.name), 4.0), min(head, 2.0), head / HEAD_LINES + 0.3, width(column.unit))
    sums = width(total)
    if (column.is_tight and fullest <= TIGHT_MOST) or fullest <= LOOSE_EMS[1]:
        least = max(fullest, head_least, sums) + PAD_EMS
        return Needs(least=least, narrow=least, wanted=max(least, head + PAD_EMS), is_tight=True)
    wanted = min(max(fullest, head, sums), WANTED_MOST) + PAD_EMS
    piece = min(max((widest_piece(cell) for cell in cells), default=0.0), PIECE_MOST)
    least, narrow = (max(min(fullest, floor), piece, head_least, sums) + PAD_EMS for floor in LOOSE_EMS)
    return Needs(least=least, narrow=narrow, wanted=max(wanted, least), is_tight=False)


def _shared(widths: Sequence[float], needs: Sequence[Needs], whole: float) -> list[float]:
    """Return the widths with what is left over given first to what columns want, then to all of them fairly."""
    spare = whole - sum(widths)
    gaps = [max(need.wanted - ems, 0.0) for need, ems in zip(needs, widths, strict=True)]
    asked = sum(gaps)
    given = min(1.0, spare / asked) if asked else 0.0
    found = [ems + gap * given for ems, gap in zip(widths, gaps, strict=True)]
    rest = max(whole - sum(found), 0.0)
    return [ems + rest * ems / sum(found) for ems in found]


def _rounded(widths: Sequence[float], whole: int) -> tuple[int, ...]:
    """Return the widths in whole millimetres; what rounding leaves over goes to those it took the most from."""
    found = [int(one) for one in widths]
    short = sorted(range(len(found)), key=lambda place: found[place] - widths[place])
    for place in short[: max(whole - sum(found), 0)]:
        found[place] += 1
    return tuple(found)
