"""Breaks a run of measured sections into pages: heads repeated, sums carried, the foot on the last page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from village_lists.errors import Refusal
from village_lists.markers import N_


class TooTall(Refusal):
    """Something that stands whole is taller than a page."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """A section in one type size, in millimetres.

    `lead` stands before its first unit, `again` at the top of a page on which it goes on, `close` after its last unit,
    `carry` under it where a page ends within it; `heights` are those of its units, which stand whole. What `stays` is
    not left at the lower end of a page, away from what it heads.
    """

    heights: tuple[float, ...]
    lead: float = 0.0
    again: float = 0.0
    close: float = 0.0
    carry: float = 0.0
    stays: bool = False


@dataclass(frozen=True, kw_only=True)
class Room:
    """The heights between head and lower margin on the first and every further page, and what the feet take of them:
    `closing` on the last page, `turning` on those before it.
    """

    first: float
    further: float
    closing: float
    turning: float


@dataclass(frozen=True, kw_only=True)
class Slice:
    """The units `start` to `end` (not included) of a section that stand on one page."""

    section: int
    start: int
    end: int


def flow(runs: Sequence[Run], room: Room) -> list[list[Slice]]:
    """Return the slices of each page; raises TooTall where a unit does not fit on a page of its own."""
    units = [(section, index) for section, run in enumerate(runs) for index in range(len(run.heights))]
    starts = [0]
    while True:
        start, height = starts[-1], room.first if len(starts) == 1 else room.further
        if _reach(runs, units, start, height - room.closing) == len(units):
            break
        reached = min(_reach(runs, units, start, height - room.turning), len(units) - 1)
        while reached - 1 > start and runs[units[reached - 1][0]].stays:
            reached -= 1
        if reached == start and len(starts) > 1:
            raise TooTall(N_("有一处文字太长，一页纸放不下，请分段或缩短。"))
        # A first page whose head leaves no room keeps the head alone.
        starts.append(reached)
    ends = [*starts[1:], len(units)]
    return [_slices(units[start:end]) for start, end in zip(starts, ends, strict=True)]


def _reach(runs: Sequence[Run], units: Sequence[tuple[int, int]], start: int, height: float) -> int:
    """Return the index after the last unit that fits on a page beginning with `start`."""
    used, reached = 0.0, start
    for place in range(start, len(units)):
        section, index = units[place]
        run = runs[section]
        if index == 0:
            used += run.lead
        elif place == start:
            used += run.again
        used += run.heights[index]
        is_last = index == len(run.heights) - 1
        if used + (run.close if is_last else run.carry) > height:
            break
        if is_last:
            used += run.close
        reached = place + 1
    return reached


def _slices(units: Sequence[tuple[int, int]]) -> list[Slice]:
    found: dict[int, list[int]] = {}
    for section, index in units:
        found.setdefault(section, []).append(index)
    return [Slice(section=section, start=at[0], end=at[-1] + 1) for section, at in found.items()]
