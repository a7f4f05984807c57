"""Paper, last part: tries type sizes, columns and panels until a chart fits one sheet, or fills as few as can be."""

import math
import string
from dataclasses import dataclass

from village_lists.errors import Refusal
from village_lists.flowcharts.chart import Chart, Form, Label, Paper, Sample
from village_lists.flowcharts.contents import Setting, content_of
from village_lists.flowcharts.graph import Graph
from village_lists.flowcharts.grid import Grid, place
from village_lists.flowcharts.legend import legend
from village_lists.flowcharts.panel import EDGE, ROW_GAP, WIDEST_BOX, Memory, Panel
from village_lists.flowcharts.tell import Say, TextStep
from village_lists.markers import N_

NARROWEST_COLUMN = 13
"""Columns on paper are at least this wide, in em."""
MOST_PANELS = 4
MOST_COLUMNS = 3
"""More columns are hard to follow."""
FEWER_COLUMNS_PAY = 1.12
"""Fewer columns are taken only if the type grows by this much."""
MOST_SPREAD = 1.2
"""On a sheet with room to spare rows move apart by no more than this, in em."""
FULL_DETAIL = 3
"""Everything told; see contents.Setting."""


class ChartTooLarge(Refusal):
    """The chart does not fit on the paper with the smallest type that is allowed there."""


class PaperLayout:
    """Tries type sizes and numbers of panels until everything fits the paper."""

    def __init__(self, graph: Graph, steps: list[TextStep], paper: Paper, say: Say) -> None:
        """Take the graph, the words of its steps, the paper and the way of saying."""
        self.graph, self.paper, self.say = graph, paper, say
        self.order, self.steps = steps, {step.key: step for step in steps}
        self.kinds = [step.standing_kind for step in steps if step.standing_kind]
        self.grids: dict[int, Grid] = {}
        self.memory = Memory()
        self.least_heights: dict[tuple[int, Setting], float] = {}
        self.heights: dict[tuple[int, float, int, int], float] = {}

    def one_sheet(self, detail: int) -> Chart | None:
        """Return the best single sheet with this much detail, or None: few panels before large type.

        Many columns keep branches side by side, few make boxes wide and diamonds flat: fewer must pay in type.
        """
        best: _Found | None = None
        for panels in range(1, MOST_PANELS + 1):
            for columns in range(MOST_COLUMNS, 0, -1):
                least = self.paper.smallest_pt
                if best is not None:
                    least = best.size * (FEWER_COLUMNS_PAY if best.panels == panels else 1.0) + 0.5
                best = self._largest(panels, columns, detail, least) or best
            if best is not None and best.size >= self.paper.comfortable_pt:
                break
        return self._spread(best) if best else None

    def _largest(self, panels: int, columns: int, detail: int, least: float) -> "_Found | None":
        """Return the sheet in the largest type from `least` on, by half points, at which so many panels fit."""
        low, high = math.ceil(least * 2 - 0.01), round(self.paper.largest_pt * 2)
        if low > high or self._least_height(columns, self._setting(low / 2, detail)) > panels * self.paper.height:
            return None
        best = self._try(low / 2, panels, columns, detail)
        if best is None:
            return None
        while low < high:
            middle = (low + high + 1) // 2
            found = self._try(middle / 2, panels, columns, detail)
            if found is None:
                high = middle - 1
            else:
                best, low = found, middle
        return best

    def _setting(self, size: float, detail: int) -> Setting:
        return Setting(size, max(self.paper.smallest_pt, round(0.86 * size, 1)), detail)

    def _try(self, size: float, panels: int, columns: int, detail: int) -> "_Found | None":
        """Return a sheet in this size with this many columns in every panel, or None if it does not fit."""
        width = self._panel_width(size, panels)
        grid = self._grid(columns)
        is_narrow = columns > 1 and width < columns * NARROWEST_COLUMN * size
        if is_narrow or width < NARROWEST_COLUMN * size or grid.columns < columns or panels > grid.rows:
            return None
        setting = self._setting(size, detail)
        deal = self._deal(grid, setting, panels, width)
        height = self._full_height(max(panel.height for panel in self._panels(grid, setting, deal, panels)), setting)
        if height > self.paper.height:
            return None
        return _Found(size=size, panels=panels, grid=grid, setting=setting, deal=deal, height=height)

    def _spread(self, found: "_Found") -> Chart:
        """Use up to MOST_SPREAD of what room is left below, by moving the rows apart."""
        rows = max(last - first for first, last in found.deal)
        gap = min(MOST_SPREAD, (self.paper.height - found.height) / (rows * found.size)) if rows else 0.0
        # not the last hair's breadth: what is computed in another order may come out a little larger
        return self._chart(found.grid, found.setting, found.deal, found.panels, row_gap=ROW_GAP + 0.98 * gap)

    def _panel_width(self, size: float, panels: int) -> float:
        return (self.paper.width - (panels - 1) * 2 * size) / panels

    def _grid(self, columns: int) -> Grid:
        if columns not in self.grids:
            self.grids[columns] = place(self.graph, columns)
        return self.grids[columns]

    def _row_heights(self, grid: Grid, setting: Setting, width: float) -> list[float]:
        """Estimate how much every row takes with its channel."""
        column = min(WIDEST_BOX * setting.size, width / grid.columns - 4 * setting.size)
        return [
            max(content_of(self.steps[key], column, setting, [], column / 2).full_height for key in grid.keys_in(row))
            + 3 * setting.size
            for row in range(grid.rows)
        ]

    def _least_height(self, columns: int, setting: Setting) -> float:
        """Return a height below which the rows do not come, whatever the panels: in columns as wide as can be."""
        grid = self._grid(columns)
        name = columns, setting
        if name not in self.least_heights:
            width = min(WIDEST_BOX * setting.size, self.paper.width / grid.columns)
            self.least_heights[name] = (
                sum(
                    max(content_of(self.steps[key], width, setting, [], width / 2).height for key in grid.keys_in(row))
                    + ROW_GAP * setting.size
                    for row in range(grid.rows)
                )
                - ROW_GAP * setting.size
            )
        return self.least_heights[name]

    def _deal(self, grid: Grid, setting: Setting, panels: int, width: float) -> list[tuple[int, int]]:
        """Deal the rows out to so many panels of nearly equal height."""
        if panels == 1:
            return [(0, grid.rows - 1)]
        heights = self._row_heights(grid, setting, width)
        low, high = max(heights), sum(heights)
        for _ in range(12):
            middle = (low + high) / 2
            if len(_cut(heights, middle)) <= panels:
                high = middle
            else:
                low = middle
        return _cut(heights, high)

    def _full_height(self, height: float, setting: Setting) -> float:
        """Return the height of a sheet with panels of this height: with the legend, if there is one."""
        return self._legend(height, setting)[2]

    def _legend(self, height: float, setting: Setting) -> tuple[Label | None, tuple[Sample, ...], float]:
        """Set the legend below panels of this height; return it and where the sheet ends."""
        below = height + 1 + (setting.size if self.kinds else 0)
        width = self.paper.width - 2 * EDGE
        return legend(self.kinds, left=EDGE, top=below, width=width, size=setting.small, say=self.say)

    def _panels(
        self,
        grid: Grid,
        setting: Setting,
        deal: list[tuple[int, int]],
        places: int,
        only: int | None = None,
        row_gap: float = ROW_GAP,
    ) -> list[Panel]:
        """Measure the panels of a sheet that is parted into so many places; `only` takes one of the deal alone."""
        width, marks = self._panel_width(setting.size, places), self._marks(grid, deal)
        return [
            Panel(
                grid,
                self.steps,
                setting,
                rows=rows,
                left=place_ * (width + 2 * setting.size),
                width=width,
                marks=marks,
                row_gap=row_gap,
                memory=self.memory,
            )
            for place_, rows in enumerate(deal if only is None else [deal[only]])
        ]

    def _chart(
        self,
        grid: Grid,
        setting: Setting,
        deal: list[tuple[int, int]],
        places: int,
        *,
        only: int | None = None,
        row_gap: float = ROW_GAP,
    ) -> Chart:
        """Set the panels side by side, or `only` one of them on a sheet of its own."""
        panels = self._panels(grid, setting, deal, places, only, row_gap)
        label, samples, end = self._legend(max(panel.height for panel in panels), setting)
        return Chart(
            form=Form.PRINT,
            title=self.graph.title,
            description="",
            width=self.paper.width,
            height=end,
            text_size=setting.size,
            boxes=tuple(box for panel in panels for box in panel.boxes()),
            labels=(*(one for panel in panels for one in panel.labels()), *((label,) if label else ())),
            lines=tuple(line for panel in panels for line in panel.lines()),
            connectors=tuple(connector for panel in panels for connector in panel.connectors()),
            samples=samples,
        )

    def many_sheets(self) -> tuple[Chart, ...]:
        """Return as few sheets in comfortable type as can be, about equally full, in the largest type that allows."""
        best: tuple[Setting, Grid, list[tuple[int, int]]] | None = None
        for columns in range(MOST_COLUMNS, 0, -1):
            size, grid = self.paper.comfortable_pt, self._grid(columns)
            while size <= self.paper.largest_pt and self.paper.width >= columns * NARROWEST_COLUMN * size:
                if grid.columns < columns:
                    break
                setting = self._setting(size, FULL_DETAIL)
                cuts = self._filled(grid, setting, self.paper.height)
                if cuts is None or (best and (len(cuts), -size) >= (len(best[2]), -best[0].size)):
                    break
                best = setting, grid, cuts
                size += 1
        if best is None:
            raise ChartTooLarge(N_("流程图「%(title)s」有一步太长，一张纸放不下"), title=self.graph.title)
        setting, grid, cuts = best
        cuts = self._balanced(grid, setting, cuts)
        return tuple(self._chart(grid, setting, cuts, 1, only=place_) for place_ in range(len(cuts)))

    def _filled(self, grid: Grid, setting: Setting, limit: float) -> list[tuple[int, int]] | None:
        """Fill sheets of a height one after another; None if a single row is too tall for one."""
        cuts, first = [], 0
        while first < grid.rows:
            if self._height(grid, setting, first, first) > limit:
                return None
            # halving is enough: more rows are hardly ever less tall, and what is taken has been measured
            last, high = first, grid.rows - 1
            while last < high:
                middle = (last + high + 1) // 2
                if self._height(grid, setting, first, middle) <= limit:
                    last = middle
                else:
                    high = middle - 1
            cuts.append((first, last))
            first = last + 1
        return cuts

    def _height(self, grid: Grid, setting: Setting, first: int, last: int) -> float:
        """Return how tall a sheet with these rows is."""
        known = grid.columns, setting.size, first, last
        if known not in self.heights:
            # what lies on which sheet is all that matters here, not how many sheets there are
            deal = [rows for rows in ((0, first - 1), (first, last), (last + 1, grid.rows - 1)) if rows[0] <= rows[1]]
            (panel,) = self._panels(grid, setting, deal, 1, deal.index((first, last)))
            self.heights[known] = self._full_height(panel.height, setting)
        return self.heights[known]

    def _balanced(self, grid: Grid, setting: Setting, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Lower the limit as long as there are no more sheets, so that the last is not nearly empty."""
        low, high = self.paper.height / 3, self.paper.height
        for _ in range(4):
            middle = (low + high) / 2
            found = self._filled(grid, setting, middle)
            if found is not None and len(found) <= len(cuts):
                high, cuts = middle, found
            else:
                low = middle
        return cuts

    def _marks(self, grid: Grid, deal: list[tuple[int, int]]) -> dict[str, str]:
        """Return a mark for every node that is reached from another panel: its number, or a letter where it has none.

        So the circle at which a line breaks off says at once with which step it goes on.
        """
        panel_of = {row: place for place, (first, last) in enumerate(deal) for row in range(first, last + 1)}
        cells = grid.cells
        reached = {
            edge.target
            for edge in grid.graph.edges
            if panel_of[cells[edge.source].row] != panel_of[cells[edge.target].row]
        }
        letters = (f"{letter}{turn or ''}" for turn in range(len(cells)) for letter in string.ascii_uppercase)
        return {
            key: str(self.steps[key].number) if self.steps[key].number is not None else next(letters)
            for key in cells
            if key in reached
        }


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A sheet that fits, and how it was made."""

    size: float
    panels: int
    grid: Grid
    setting: Setting
    deal: list[tuple[int, int]]
    height: float


def _cut(heights: list[float], limit: float) -> list[tuple[int, int]]:
    """Cut rows into runs none of which is taller than the limit, a single row apart."""
    cuts, first, total = [], 0, 0.0
    for row, height in enumerate(heights):
        if row > first and total + height > limit:
            cuts.append((first, row - 1))
            first, total = row, 0.0
        total += height
    return [*cuts, (first, len(heights) - 1)]
