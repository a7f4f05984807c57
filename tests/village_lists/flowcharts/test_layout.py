"""Charts of every form keep their shapes apart, whatever the procedure."""

import random
from datetime import date

import pytest

from tests.conftest import AT_NIGHT
from tests.village_lists.flowcharts.graphs import one_of_a_thousand, random_graph, road_repair
from tests.village_lists.flowcharts.measures import faults, runs_of, unsaid
from village_lists.flowcharts.chart import A3, A4, Chart, Form, Paper
from village_lists.flowcharts.graph import Edge, Graph, Node, NodeKind
from village_lists.flowcharts.layout import lay_out, lay_out_sheets
from village_lists.flowcharts.sheets import ChartTooLarge
from village_lists.flowcharts.standings import LIVE, Standing, StandingKind
from village_lists.flowcharts.tell import tell
from village_lists.powers.rules import graph_problems


def _edges(chart: Chart) -> set[tuple[str, str]]:
    return {(line.source, line.target) for line in chart.lines if line.source}


IN_THE_GATE = 400
BLOCKS = [
    pytest.param(range(first, first + 100), marks=[AT_NIGHT] if first >= IN_THE_GATE else [])
    for first in range(0, 1000, 100)
]
"""The thousand graphs, by their seeds: always the same ones, so that what fails once fails again."""


def _standings(graph: Graph, seed: int) -> dict[str, Standing]:
    """Return standings for some of the nodes of every third graph, as of a running matter or of a comparison."""
    chance = random.Random(seed)
    if seed % 3:
        return {}
    kinds = [kind for kind in StandingKind if (kind in LIVE) == (seed % 2 == 0)]
    days = ("", date(2026, 9, 3), "九月初")
    words = ("", "3 天", "与镇里商定，改由村务监督委员会主任主持")
    return {
        node.key: Standing(chance.choice(kinds), chance.choice(words), chance.choice(days))
        for node in graph.nodes
        if chance.random() < 0.7
    }


@pytest.mark.parametrize("seeds", BLOCKS, ids=lambda seeds: str(seeds.start))
def test_a_thousand_charts_on_phones_keep_everything_apart_and_inside(seeds: range) -> None:
    """Normal and large type: nothing overlaps, is cut, or leaves the 328 px; every word and arrow is there."""
    for seed in seeds:
        graph = one_of_a_thousand(seed)
        standings = _standings(graph, seed)
        assert graph_problems(graph) == []
        for is_large in (False, True):
            chart = lay_out(graph, Form.PHONE, is_large=is_large, standings=standings)
            assert faults(chart) == [], (seed, is_large)
            assert chart.width == 328
            assert min(run.size for label in chart.labels for run in label.runs) >= (22 if is_large else 16)
            assert {box.key for box in chart.boxes} == {node.key for node in graph.nodes}
            assert _edges(chart) == {(edge.source, edge.target) for edge in graph.edges}
        assert unsaid((chart,), tell(graph, standings=standings), with_exits=True) == []
        assert chart == lay_out(graph, Form.PHONE, is_large=True, standings=standings)


@pytest.mark.parametrize("seeds", BLOCKS, ids=lambda seeds: str(seeds.start))
def test_a_thousand_charts_on_paper_keep_everything_apart_and_inside(seeds: range) -> None:
    """A4 and A3 by turns, as one sheet and as many: nothing overlaps, is cut, or leaves the paper."""
    for seed in seeds:
        graph = one_of_a_thousand(seed)
        standings = _standings(graph, seed)
        paper = A3 if seed % 2 else A4
        sheets = lay_out_sheets(graph, paper=paper, standings=standings)
        assert unsaid(sheets, tell(graph, standings=standings), with_exits=False) == [], seed
        _assert_fits(sheets, graph, paper)
        if len(sheets) > 1 and seed % 4 == 0:
            try:
                _assert_fits((lay_out(graph, Form.PRINT, paper=paper, standings=standings),), graph, paper)
            except ChartTooLarge:
                assert len(graph.nodes) > 12
        if seed % 50 == 0:
            assert sheets == lay_out_sheets(graph, paper=paper, standings=standings)


def _assert_fits(sheets: tuple[Chart, ...], graph: Graph, paper: Paper) -> None:
    for sheet in sheets:
        assert faults(sheet) == []
        assert sheet.width <= paper.width
        assert sheet.height <= paper.height
        assert min(run.size for _, _, run in runs_of(sheet)) >= paper.smallest_pt
    assert sorted(box.key for sheet in sheets for box in sheet.boxes) == sorted(node.key for node in graph.nodes)


def test_every_edge_is_a_line_or_told_in_words() -> None:
    graph = road_repair()
    assert _edges(lay_out(graph, Form.PRINT)) == {(edge.source, edge.target) for edge in graph.edges}


def test_exits_beyond_the_sides_of_a_diamond_are_told_below_it() -> None:
    labels = ("村里办", "镇里办", "县里办", "不办")
    nodes = (
        Node(key="start", kind=NodeKind.START, title="开始"),
        Node(key="what", kind=NodeKind.DECISION, title="谁来办"),
        *(Node(key=label, kind=NodeKind.END, title=label) for label in labels),
    )
    edges = (
        Edge(source="start", target="what"),
        *(Edge(source="what", target=label, label=label) for label in labels),
    )
    chart = lay_out(Graph(title="谁来办", nodes=nodes, edges=edges), Form.PRINT)
    words = "".join(run.words for label in chart.labels for run in label.runs)
    assert all(label in words for label in labels)
    assert "→" in words
    assert faults(chart) == []


def test_the_same_graph_gives_the_same_chart() -> None:
    assert lay_out(road_repair(), Form.PRINT) == lay_out(road_repair(), Form.PRINT)


def test_branches_of_a_fork_stand_side_by_side_on_paper_and_in_a_bracket_on_the_phone() -> None:
    paper = {box.key: box.area for box in lay_out(road_repair(), Form.PRINT).boxes}
    assert paper["build"].middle[1] == pytest.approx(paper["watch"].middle[1])
    assert paper["build"].right < paper["watch"].x
    phone = lay_out(road_repair(), Form.PHONE)
    areas = {box.key: box.area for box in phone.boxes}
    (bracket,) = phone.brackets
    assert bracket.top <= areas["build"].y < areas["watch"].bottom <= bracket.bottom


def test_a_loop_back_ends_at_the_side_of_its_target() -> None:
    for form in Form:
        chart = lay_out(road_repair(), form)
        (line,) = (line for line in chart.lines if (line.source, line.target) == ("bids", "notice"))
        target = next(box.area for box in chart.boxes if box.key == "notice")
        x, y = line.points[-1]
        assert x == pytest.approx(target.x)
        assert y == pytest.approx(target.middle[1])
        assert min(x for x, _ in line.points) < target.x


def test_larger_paper_gets_larger_type() -> None:
    assert lay_out(road_repair(), Form.PRINT, paper=A3).text_size > lay_out(road_repair(), Form.PRINT).text_size


def test_too_small_a_paper_drops_papers_and_then_refuses() -> None:
    smaller = lay_out(road_repair(), Form.PRINT, paper=Paper(height_mm=100))
    words = "".join(run.words for box in smaller.boxes for run in box.runs)
    assert "发票" not in words
    assert "结算付款" in words
    with pytest.raises(ChartTooLarge) as refused:
        lay_out(road_repair(), Form.PRINT, paper=Paper(width_mm=60, height_mm=60))
    assert "小型工程" in str(refused.value)


def test_sheets_are_joined_by_connectors_with_the_same_mark() -> None:
    graph = random_graph(seed=21, length=30)
    sheets = lay_out_sheets(graph, paper=Paper(height_mm=200))
    assert len(sheets) > 1
    leaving = {connector.mark for sheet in sheets for connector in sheet.connectors}
    arriving = {line.target for sheet in sheets for line in sheet.lines if not line.source}
    assert len(leaving) == len(arriving)


def test_the_end_of_the_main_way_comes_first() -> None:
    keys = [box.key for box in lay_out(road_repair(), Form.PHONE).boxes]
    assert keys[-3:] == ["pay", "end", "dropped"]
