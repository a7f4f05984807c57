"""Lays a graph out for phone or paper: the way in for everybody who wants a chart."""

import string
from collections.abc import Mapping
from dataclasses import replace

from village_lists.errors import Refusal
from village_lists.flowcharts.chart import A4, Chart, Form, Paper
from village_lists.flowcharts.contents import Setting, content_of
from village_lists.flowcharts.graph import Graph
from village_lists.flowcharts.grid import Grid, place
from village_lists.flowcharts.order import in_reading_order
from village_lists.flowcharts.panel import WIDEST_BOX, Panel
from village_lists.flowcharts.phone import LARGE, NORMAL, PhoneLayout
from village_lists.flowcharts.tell import Say, TextStep, say_chinese, tell
from village_lists.markers import N_

NARROWEST_COLUMN = 13
"""Columns on paper are at least this wide, in em."""
MOST_PANELS = 4
FULL_DETAIL = 3


class ChartTooLarge(Refusal):
    """The chart does not fit on the paper with the smallest type that is allowed there."""


def lay_out(
    graph: Graph,
    form: Form,
    *,
    paper: Paper = A4,
    is_large: bool = False,
    say: Say = say_chinese,
    prohibitions: Mapping[str, str] | None = None,
) -> Chart:
    """Lay a graph out as one chart, always the same for the same graph.

    PHONE: 328 px wide, as tall as it gets; `is_large` sets it in 22 px. PRINT: at most as large as `paper`,
    in the largest type that fits; if even the smallest does not, papers and risks are left out, then postings,
    then who does what. Raises ChartTooLarge if titles alone do not fit (see lay_out_sheets).
    `prohibitions` gives their words by code.
    """
    graph = in_reading_order(graph)
    steps = tell(graph, say=say, prohibitions=prohibitions)
    if form is Form.PHONE:
        chart = PhoneLayout(graph, steps, LARGE if is_large else NORMAL).chart()
        return _described(chart, steps, say)
    setter = _PaperLayout(graph, steps, paper, say)
    for detail in range(FULL_DETAIL, -1, -1):
        found = setter.one_sheet(detail)
        if found is not None:
            return found
    raise ChartTooLarge(N_("流程图「%(title)s」放不进一张纸，请分成几张打印"), title=graph.title)


def lay_out_sheets(
    graph: Graph,
    *,
    paper: Paper = A4,
    say: Say = say_chinese,
    prohibitions: Mapping[str, str] | None = None,
) -> tuple[Chart, ...]:
    """Lay a graph out on as many sheets as it needs with everything told, joined by connectors.

    One sheet if it fits in the smallest type or larger; otherwise comfortable type on several.
    Raises ChartTooLarge if a single step is taller than a sheet.
    """
    graph = in_reading_order(graph)
    setter = _PaperLayout(graph, tell(graph, say=say, prohibitions=prohibitions), paper, say)
    found = setter.one_sheet(FULL_DETAIL)
    return (found,) if found is not None else setter.many_sheets()


def _described(chart: Chart, steps: list[TextStep], say: Say) -> Chart:
    """Add the description for those who cannot see the chart: every step in one line, in order."""
    told = [
        say(N_("%(mark)s %(title)s（%(onward)s）"), {"mark": step.mark, "title": step.title, "onward": step.onward})
        if step.onward
        else f"{step.mark} {step.title}"
        for step in steps
    ]
    words = say(N_("；"), {}).join(told)
    return replace(chart, description=words)


class _PaperLayout:
    """Tries type sizes and numbers of panels until everything fits the paper."""

    def __init__(self, graph: Graph, steps: list[TextStep], paper: Paper, say: Say) -> None:
        self.graph, self.paper, self.say = graph, paper, say
        self.order, self.steps = steps, {step.key: step for step in steps}
        self.grids: dict[int, Grid] = {}

    def one_sheet(self, detail: int) -> Chart | None:
        """Return the best single sheet with this much detail, or None: few panels before large type."""
        best: tuple[float, Chart] | None = None
        for panels in range(1, MOST_PANELS + 1):
            found = self._largest(panels, detail)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
            if best is not None and best[0] >= self.paper.comfortable_pt:
                break
        return best[1] if best else None

    def _largest(self, panels: int, detail: int) -> tuple[float, Chart] | None:
        """Return the largest type size in half points at which so many panels fit, by halving the range."""
        low, high = round(self.paper.smallest_pt * 2), round(self.paper.largest_pt * 2)
        best = None
        while low <= high:
            middle = (low + high) // 2
            chart = self._try(middle / 2, panels, detail)
            if chart is None:
                high = middle - 1
            else:
                best = middle / 2, chart
                low = middle + 1
        return best

    def _setting(self, size: float, detail: int) -> Setting:
        return Setting(size, max(self.paper.smallest_pt, round(0.86 * size, 1)), detail)

    def _try(self, size: float, panels: int, detail: int) -> Chart | None:
        """Return a chart of one sheet in this size, or None if it does not fit."""
        width = self._panel_width(size, panels)
        columns = int(width / (NARROWEST_COLUMN * size))
        if columns < 1:
            return None
        grid = self._grid(columns)
        if panels > grid.rows:
            return None
        setting = self._setting(size, detail)
        deal = self._deal(grid, setting, panels, width)
        chart = self._chart(grid, setting, deal, panels, _marks(grid, deal))
        return chart if chart.height <= self.paper.height else None

    def _panel_width(self, size: float, panels: int) -> float:
        return (self.paper.width - (panels - 1) * 2 * size) / panels

    def _grid(self, columns: int) -> Grid:
        """Return the graph in at most three columns; more are hard to follow."""
        columns = min(columns, 3)
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

    def _chart(
        self, grid: Grid, setting: Setting, deal: list[tuple[int, int]], places: int, marks: dict[str, str]
    ) -> Chart:
        """Set the panels side by side; `places` is how many panels a sheet is parted into."""
        width = self._panel_width(setting.size, places)
        panels = [
            Panel(
                grid,
                self.steps,
                setting,
                rows=rows,
                left=place_ * (width + 2 * setting.size),
                width=width,
                marks=marks,
            )
            for place_, rows in enumerate(deal)
        ]
        chart = Chart(
            form=Form.PRINT,
            title=self.graph.title,
            description="",
            width=self.paper.width,
            height=max(panel.height for panel in panels) + 1,
            text_size=setting.size,
            boxes=tuple(box for panel in panels for box in panel.boxes()),
            labels=tuple(label for panel in panels for label in panel.labels()),
            lines=tuple(line for panel in panels for line in panel.lines()),
            connectors=tuple(connector for panel in panels for connector in panel.connectors()),
        )
        return _described(chart, self.order, self.say)

    def many_sheets(self) -> tuple[Chart, ...]:
        """Return sheets in comfortable type, filled one after another."""
        setting = self._setting(self.paper.comfortable_pt, FULL_DETAIL)
        width = self.paper.width
        grid = self._grid(max(1, int(width / (NARROWEST_COLUMN * setting.size))))
        limit = self.paper.height
        heights = self._row_heights(grid, setting, width)
        for _ in range(12):
            cuts = _cut(heights, limit)
            marks = _marks(grid, cuts)
            charts = tuple(self._chart(grid, setting, [rows], 1, marks) for rows in cuts)
            if all(chart.height <= self.paper.height for chart in charts):
                return charts
            limit *= 0.9
        raise ChartTooLarge(N_("流程图「%(title)s」有一步太长，一张纸放不下"), title=self.graph.title)


def _cut(heights: list[float], limit: float) -> list[tuple[int, int]]:
    """Cut rows into runs none of which is taller than the limit, a single row apart."""
    cuts, first, total = [], 0, 0.0
    for row, height in enumerate(heights):
        if row > first and total + height > limit:
            cuts.append((first, row - 1))
            first, total = row, 0.0
        total += height
    return [*cuts, (first, len(heights) - 1)]


def _marks(grid: Grid, deal: list[tuple[int, int]]) -> dict[str, str]:
    """Return a letter for every node that is reached from another panel, in reading order: A to Z, then A1 to Z1."""
    panel_of = {row: place for place, (first, last) in enumerate(deal) for row in range(first, last + 1)}
    cells = grid.cells
    reached = {
        edge.target for edge in grid.graph.edges if panel_of[cells[edge.source].row] != panel_of[cells[edge.target].row]
    }
    letters = (f"{letter}{turn or ''}" for turn in range(len(cells)) for letter in string.ascii_uppercase)
    return dict(zip((key for key in cells if key in reached), letters, strict=False))
