"""The SVG: well-formed, complete, with the symbols of GB/T 1526, and safe from what people write."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.village_lists.flowcharts.graphs import random_graph, road_repair
from village_lists.flowcharts.chart import Area, Form
from village_lists.flowcharts.draw import draw
from village_lists.flowcharts.graph import Edge, Graph, Node, NodeKind
from village_lists.flowcharts.layout import lay_out, lay_out_sheets
from village_lists.flowcharts.palette import DARK
from village_lists.flowcharts.symbols import symbol
from village_lists.flowcharts.tell import tell

SVG = "{http://www.w3.org/2000/svg}"


def _words(svg: str) -> str:
    """Return all drawn text without spaces, in drawing order."""
    return re.sub(r"\s", "", "".join(text.text or "" for text in _root(svg).iter(f"{SVG}text")))


def _root(svg: str) -> ElementTree.Element:
    """Return the parsed picture, which must be well-formed."""
    return ElementTree.fromstring(svg)  # noqa: S314 - we drew it ourselves


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 100_000), length=st.integers(3, 30))
def test_every_title_is_drawn_and_told(seed: int, length: int) -> None:
    graph = random_graph(seed, length)
    told = {step.key: step.title for step in tell(graph)}
    phone = _words(draw(lay_out(graph, Form.PHONE)))
    paper = "".join(_words(draw(sheet)) for sheet in lay_out_sheets(graph))
    for node in graph.nodes:
        assert told[node.key]
        title = re.sub(r"\s", "", told[node.key])
        assert title in phone
        assert title in paper


def test_what_people_write_is_escaped() -> None:
    nodes = (
        Node(key="start", kind=NodeKind.START, title='<script>alert("1")</script>'),
        Node(key="end", kind=NodeKind.END, title="A & B"),
    )
    graph = Graph(title="</title><b>", nodes=nodes, edges=(Edge(source="start", target="end"),))
    for form in Form:
        svg = draw(lay_out(graph, form))
        assert "<script" not in svg
        assert "<b>" not in svg
        assert "A&B" in _words(svg)


def test_the_name_of_a_chart_breaks_out_of_no_attribute() -> None:
    graph = Graph(
        title="买纸",
        nodes=(
            Node(key="start", kind=NodeKind.START, title="开始"),
            Node(key="end", kind=NodeKind.END, title="结束"),
        ),
        edges=(Edge(source="start", target="end"),),
    )
    svg = draw(lay_out(graph, Form.PHONE), title_id='chart-a b"><script>alert(1)</script>')
    assert "<script" not in svg
    root = _root(svg)
    assert root.get("aria-labelledby", "").split() == [root[0].get("id"), root[1].get("id")]


def test_is_an_image_with_title_and_description() -> None:
    root = _root(draw(lay_out(road_repair(), Form.PHONE), title_id="a04"))
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}" == "a04-title a04-desc"
    assert title.text == "流程图：小型工程"
    assert "不同意 → 结束：不实施" in (description.text or "")


@pytest.mark.parametrize("form", list(Form))
def test_has_neither_styles_nor_scripts_nor_markers(form: Form) -> None:
    svg = draw(lay_out(road_repair(), form))
    assert not re.search(r"style|class=|marker|script|href|url\(", svg)


def test_text_on_phones_is_large_enough_to_read() -> None:
    for is_large, least in ((False, 16), (True, 22)):
        chart = lay_out(road_repair(), Form.PHONE, is_large=is_large)
        assert min(run.size for label in chart.labels for run in label.runs) >= least


def test_posting_risk_and_prohibition_are_drawn_with_sign_and_word() -> None:
    words = _words(draw(lay_out(road_repair(), Form.PHONE, prohibitions={"N07": "不得拆分工程"})))
    assert "张榜5天：竞标公告" in words
    assert "廉政风险：只告诉熟人" in words
    assert "不得拆分工程" in words
    assert "5个工作日内" in words


def test_colours_come_from_the_palette() -> None:
    chart = lay_out(road_repair(), Form.PHONE)
    assert DARK.accent in draw(chart, palette=DARK)
    assert DARK.accent not in draw(chart)


def test_words_go_through_the_translator() -> None:
    svg = draw(lay_out(road_repair(), Form.PHONE, say=lambda words, values: words % values), say=lambda *_: "Flowchart")
    assert "Flowchart" in svg


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        (NodeKind.START, r'<rect x="0" y="0" width="80" height="40" rx="20"'),
        (NodeKind.END, r'<rect x="0" y="0" width="80" height="40" rx="20"'),
        (NodeKind.STEP, r'<rect x="0" y="0" width="80" height="40" rx="0"'),
        (NodeKind.DECISION, r'd="M40 0L80 20L40 40L0 20Z"'),
        (NodeKind.PREDEFINED, r'<rect x="0" y="0" width="80" height="40" rx="0".*d="M6\.4 0V40M73\.6 0V40"'),
        (NodeKind.PARALLEL, r'^<path d="M0 0H80M0 40H80" fill="none"'),
    ],
)
def test_symbols_follow_the_standard(kind: NodeKind, shape: str) -> None:
    area = Area(x=0, y=0, width=80, height=40)
    assert re.search(shape, symbol(kind, area, fill="#fff", stroke="#000", bars="#000", weight=1))
