"""Lays a graph out for phone or paper: the way in for everybody who wants a chart."""

from collections.abc import Mapping
from dataclasses import replace

from village_lists.flowcharts.chart import A4, Chart, Form, Paper
from village_lists.flowcharts.graph import Graph
from village_lists.flowcharts.grid import forward_edges
from village_lists.flowcharts.order import in_reading_order
from village_lists.flowcharts.phone import LARGE, NORMAL, PhoneLayout
from village_lists.flowcharts.sheets import FULL_DETAIL, ChartTooLarge, PaperLayout
from village_lists.flowcharts.standings import Standing, is_gone, is_walked
from village_lists.flowcharts.tell import Say, TextStep, say_chinese, tell
from village_lists.markers import N_

__all__ = ["ChartTooLarge", "lay_out", "lay_out_sheets"]


def lay_out(
    graph: Graph,
    form: Form,
    *,
    paper: Paper = A4,
    is_large: bool = False,
    say: Say = say_chinese,
    prohibitions: Mapping[str, str] | None = None,
    standings: Mapping[str, Standing] | None = None,
) -> Chart:
    """Lay a graph out as one chart, always the same for the same graph.

    PHONE: 328 px wide, as tall as it gets; `is_large` sets it in 22 px. PRINT: at most as large as `paper`,
    in the largest type that fits; if even the smallest does not, papers and risks are left out, then postings,
    then who does what. Raises ChartTooLarge if titles alone do not fit (see lay_out_sheets).
    `prohibitions` gives their words by code; `standings` the standing of steps by node key, shown by shape, sign
    and word, with a legend at the foot.
    """
    graph = in_reading_order(graph)
    steps = tell(graph, say=say, prohibitions=prohibitions, standings=standings)
    if form is Form.PHONE:
        chart = PhoneLayout(graph, steps, LARGE if is_large else NORMAL, say).chart()
        return _finished(chart, graph, steps, say, standings or {})
    setter = PaperLayout(graph, steps, paper, say)
    for detail in range(FULL_DETAIL, -1, -1):
        found = setter.one_sheet(detail)
        if found is not None:
            return _finished(found, graph, steps, say, standings or {})
    raise ChartTooLarge(N_("流程图「%(title)s」放不进一张纸，请分成几张打印"), title=graph.title)


def lay_out_sheets(
    graph: Graph,
    *,
    paper: Paper = A4,
    say: Say = say_chinese,
    prohibitions: Mapping[str, str] | None = None,
    standings: Mapping[str, Standing] | None = None,
) -> tuple[Chart, ...]:
    """Lay a graph out on as many sheets as it needs with everything told, joined by connectors.

    One sheet if it fits in the smallest type or larger; otherwise comfortable type on several.
    Raises ChartTooLarge if a single step is taller than a sheet.
    """
    graph = in_reading_order(graph)
    steps = tell(graph, say=say, prohibitions=prohibitions, standings=standings)
    setter = PaperLayout(graph, steps, paper, say)
    found = setter.one_sheet(FULL_DETAIL)
    sheets = (found,) if found is not None else setter.many_sheets()
    return tuple(_finished(sheet, graph, steps, say, standings or {}) for sheet in sheets)


def _finished(chart: Chart, graph: Graph, steps: list[TextStep], say: Say, standings: Mapping[str, Standing]) -> Chart:
    """Add what all forms have in common: the description, and which lines lie behind or have gone."""
    return _walked(_described(chart, steps, say), graph, standings)


def _described(chart: Chart, steps: list[TextStep], say: Say) -> Chart:
    """Add the description for those who cannot see the chart: every step in one line, in order."""
    comma = say(N_("；"), {})
    told = []
    for step in steps:
        after = comma.join(words for words in (step.standing, step.onward) if words)
        values = {"mark": step.mark, "title": step.title, "onward": after}
        told.append(say(N_("%(mark)s %(title)s（%(onward)s）"), values) if after else f"{step.mark} {step.title}")
    return replace(chart, description=comma.join(told))


def _walked(chart: Chart, graph: Graph, standings: Mapping[str, Standing]) -> Chart:
    """Mark the lines that the matter has gone, and those that have gone with a removed step.

    Loops back are left out: that a decision and an earlier step are both done does not tell that it went back.
    """
    if not standings:
        return chart
    ahead = {(edge.source, edge.target) for edge in forward_edges(graph)}
    walked = {edge for edge in ahead if is_walked(standings.get(edge[0]), standings.get(edge[1]))}
    reached = {target for _, target in walked}
    lines = tuple(
        replace(
            line,
            is_walked=(line.source, line.target) in walked or (not line.source and line.target in reached),
            is_gone=is_gone(standings.get(line.source), standings.get(line.target)),
        )
        for line in chart.lines
    )
    return replace(chart, lines=lines)
