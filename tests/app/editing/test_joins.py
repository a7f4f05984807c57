"""A graph changed at a form stays well-formed where the arrows can be joined without a choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.joins import (
    PLAIN,
    add_exit,
    add_step,
    blank_graph,
    embeddable,
    embeds_itself,
    fresh_key,
    move_step,
    remove_step,
)
from village_lists.errors import Refusal
from village_lists.flowcharts.graph import Edge, Graph, Node, NodeKind
from village_lists.library.actions import library_lists, template_content
from village_lists.powers.rules import graph_problems

BLANK = blank_graph("修路", start="开始", end="结束")
CHARTS = [BLANK, *(one.graph for each in library_lists() for one in template_content(each.slug).procedures)]
STEPS = st.integers(min_value=0, max_value=40)
DEEDS = st.lists(st.tuples(st.sampled_from(("add", "add 1", "remove", "up", "down")), STEPS), max_size=12)


def ends_in(graph: Graph) -> set[str]:
    """Return the arrows that begin or end at no step."""
    keys = {node.key for node in graph.nodes}
    return {f"{edge.source}>{edge.target}" for edge in graph.edges if not {edge.source, edge.target} <= keys}


def done(graph: Graph, deed: str, place: int) -> Graph:
    """Do a deed at the step of that place; what is refused leaves the graph as it is."""
    node = graph.nodes[place % len(graph.nodes)]
    entries = [edge.source for edge in graph.edges if edge.target == node.key]
    kinds = {one.key: one.kind for one in graph.nodes}
    try:
        if deed.startswith("add"):
            return add_step(graph, node.key, exit_number=deed.endswith("1"))
        if deed == "remove":
            # Beside a fork two arrows may fall together; that leaves a choice, and the check tells it.
            is_plain = node.kind in PLAIN and all(kinds[key] is not NodeKind.PARALLEL for key in entries)
            return remove_step(graph, node.key) if is_plain else graph
        return move_step(graph, node.key, by=-1 if deed == "up" else 1)
    except Refusal:
        return graph


def test_the_charts_of_the_library_are_there():
    assert len(CHARTS) > 40


@given(st.sampled_from(CHARTS), DEEDS)
def test_a_well_formed_graph_stays_so(graph, deeds):
    for deed, place in deeds:
        graph = done(graph, deed, place)
    assert not [str(problem) for problem in graph_problems(graph)]


@given(st.sampled_from(CHARTS), st.lists(STEPS, max_size=6))
def test_whatever_is_taken_away_no_arrow_hangs_in_the_air(graph, places):
    for place in places:
        key = graph.nodes[place % len(graph.nodes)].key
        try:
            graph = remove_step(graph, key)
        except Refusal:
            continue
        assert key not in {node.key for node in graph.nodes}
    assert not ends_in(graph)
    assert len(set(graph.edges)) == len(graph.edges)


@given(st.sampled_from(CHARTS), STEPS)
def test_adding_a_step_and_taking_it_away_changes_nothing(graph, place):
    key = graph.nodes[place % len(graph.nodes)].key
    try:
        longer = add_step(graph, key)
    except Refusal:
        return
    again = remove_step(longer, fresh_key(graph))
    assert again.nodes == graph.nodes
    assert set(again.edges) == set(graph.edges)


@given(st.sampled_from(CHARTS), STEPS)
def test_down_and_up_again_changes_nothing(graph, place):
    key = graph.nodes[place % len(graph.nodes)].key
    try:
        moved = move_step(graph, key, by=1)
    except Refusal:
        return
    assert moved != graph
    assert set(move_step(moved, key, by=-1).edges) == set(graph.edges)


def test_a_step_comes_between_a_step_and_its_next():
    longer = add_step(BLANK, "s2")
    assert [node.key for node in longer.nodes] == ["s1", "s2", "s4", "s3"]
    assert {(edge.source, edge.target) for edge in longer.edges} == {("s1", "s2"), ("s2", "s4"), ("s4", "s3")}


def test_what_led_to_a_step_leads_to_its_next():
    shorter = remove_step(add_step(BLANK, "s2"), "s2")
    assert {(edge.source, edge.target) for edge in shorter.edges} == {("s1", "s4"), ("s4", "s3")}


def test_the_start_and_the_last_end_stay():
    for key in ("s1", "s3"):
        with pytest.raises(Refusal):
            remove_step(BLANK, key)


def test_nothing_follows_an_end():
    with pytest.raises(Refusal):
        add_step(BLANK, "s3")


def test_a_step_that_is_gone_is_not_found():
    with pytest.raises(Refusal):
        add_step(BLANK, "s9")


def test_a_decision_gets_an_exit_with_a_name_of_its_own():
    nodes = (*BLANK.nodes[:1], Node(key="s2", kind=NodeKind.DECISION, title="同意吗"), *BLANK.nodes[2:])
    edges = (Edge(source="s1", target="s2"), Edge(source="s2", target="s3", label="出口 2"))
    more = add_exit(Graph(title="", nodes=nodes, edges=edges), "s2", label="出口 {}".format)
    assert [edge.label for edge in more.edges if edge.source == "s2"] == ["出口 2", "出口 3"]


def test_a_plain_step_has_one_exit():
    with pytest.raises(Refusal):
        add_exit(BLANK, "s2", label=str)


def test_a_procedure_is_not_embedded_in_itself_by_a_detour():
    def embedding(slug: str) -> Graph:
        inner = Node(key="s2", kind=NodeKind.PREDEFINED, title="用", embeds=slug)
        return Graph(title="", nodes=(BLANK.nodes[0], inner, BLANK.nodes[2]), edges=BLANK.edges)

    others = {"a": BLANK, "b": embedding("c"), "c": embedding("a")}
    assert embeds_itself("a", embedding("b"), others) == ("s2",)
    assert embeds_itself("a", embedding("d"), others) == ()
    assert embeddable("a", others) == ()
    assert embeddable("b", others) == ("a", "c")
