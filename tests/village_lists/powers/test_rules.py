"""Graphs of procedures: the checker agrees with a slow and simple reference on random graphs."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.village_lists.flowcharts.graphs import random_graph, spoiled_graph
from village_lists.flowcharts.graph import Edge, Graph, Node, NodeKind, Posting
from village_lists.powers.rules import canonical_form, content_problems, graph_problems, has_way_back

# The start of each sentence of the checker, and the short name under which the reference knows the fault.
FAULTS = {
    "流程里一个": "empty",
    "步骤编号「": "key twice",
    "有箭头从不": "from nowhere",
    "流程没有开": "no start",
    "流程只能有": "second start",
    "流程没有结": "no end",
    "开始「%(t": "start entered",
    "结束「%(t": "end left",
}
LATER_FAULTS = {
    "没有去处": "nowhere",
    "」不存在": "to nowhere",
    "画了不止一次": "arrow twice",
    "至少要有两个出口": "one exit",
    "有出口没写结果": "no label",
    "有两个出口写了同样的结果": "same label",
    "只有一进一出": "idle parallel",
    "只有判断和并行可以": "many exits",
    "从开始走不到步骤": "unreachable",
    "走不到结束": "stuck",
}


def fault_of(words: str) -> str:
    """Return the short name of a sentence."""
    for beginning, fault in FAULTS.items():
        if words.startswith(beginning):
            return fault
    return next(fault for part, fault in LATER_FAULTS.items() if part in words)


def told(graph: Graph) -> set[tuple[str, str]]:
    """Return what the checker tells, as pairs of node key and short name."""
    return {(problem.node_key, fault_of(problem.words)) for problem in graph_problems(graph)}


def reaches(graph: Graph, begin: str, end: str) -> bool:
    """Tell whether a walk leads from one node to another, by following every walk of bounded length."""
    here = {begin}
    for _ in graph.nodes:
        here |= {edge.target for edge in graph.edges if edge.source in here}
    return end in here


def reference(graph: Graph) -> set[tuple[str, str]]:
    """Return the same pairs as the checker should, written down as plainly as the rule reads."""
    keys = [node.key for node in graph.nodes]
    faults = {(key, "key twice") for key in keys if keys.count(key) > 1}
    for edge in graph.edges:
        place = edge.source if edge.source in keys else ""
        if edge.source not in keys:
            faults.add(("", "from nowhere"))
        if edge.target not in keys:
            faults.add((place, "to nowhere"))
        if graph.edges.count(edge) > 1:
            faults.add((place, "arrow twice"))
    if faults:
        return faults
    starts = [node.key for node in graph.nodes if node.kind is NodeKind.START]
    ends = [node.key for node in graph.nodes if node.kind is NodeKind.END]
    faults |= {("", "no start")} if not starts else {(key, "second start") for key in starts[1:]}
    faults |= set() if ends else {("", "no end")}
    for node in graph.nodes:
        faults |= {(node.key, fault) for fault in reference_of_node(graph, node)}
        if starts and node.key not in starts and not reaches(graph, starts[0], node.key):
            faults.add((node.key, "unreachable"))
        if ends and not any(reaches(graph, node.key, end) for end in ends):
            faults.add((node.key, "stuck"))
    return faults


def reference_of_node(graph: Graph, node: Node) -> set[str]:
    """Return the faults of one node's own arrows."""
    labels = [edge.label for edge in graph.edges if edge.source == node.key]
    entries = [edge for edge in graph.edges if edge.target == node.key]
    if node.kind is NodeKind.END:
        return {"end left"} if labels else set()
    faults = {"start entered"} if node.kind is NodeKind.START and entries else set()
    if not labels:
        return faults | {"nowhere"}
    if node.kind is NodeKind.DECISION:
        given = [label for label in labels if label]
        faults |= {"one exit"} if len(labels) == 1 else set()
        faults |= {"no label"} if "" in labels else set()
        return faults | ({"same label"} if any(given.count(label) > 1 for label in given) else set())
    if node.kind is NodeKind.PARALLEL:
        return {"idle parallel"} if len(labels) == 1 and len(entries) <= 1 else set()
    return faults | ({"many exits"} if len(labels) > 1 else set())


@st.composite
def any_graphs(draw: st.DrawFn, largest: int = 6) -> Graph:
    """Draw a graph in which anything may be wrong, but much is nearly right."""
    kinds = draw(st.lists(st.sampled_from(NodeKind), min_size=1, max_size=largest))
    keys = [draw(st.sampled_from([f"n{index}"] * 19 + ["n0"])) for index in range(len(kinds))]
    ends = st.sampled_from([*keys * 5, "gone"])
    arrows = st.builds(Edge, source=ends, target=ends, label=st.sampled_from(["", "是", "否"]))
    edges = draw(st.lists(arrows, max_size=9))
    nodes = tuple(Node(key=key, kind=kind, title=key) for key, kind in zip(keys, kinds, strict=True))
    return Graph(title="图", nodes=nodes, edges=tuple(edges))


@st.composite
def sound_graphs(draw: st.DrawFn) -> Graph:
    """Draw a well-formed graph: a chain with decisions that lead anywhere behind the start."""
    kinds = draw(st.lists(st.sampled_from([NodeKind.STEP, NodeKind.DECISION, NodeKind.PREDEFINED]), max_size=7))
    kinds = [NodeKind.START, *kinds, NodeKind.END]
    edges = []
    for index, kind in enumerate(kinds[:-1]):
        is_decision = kind is NodeKind.DECISION
        edges.append(Edge(source=f"n{index}", target=f"n{index + 1}", label="同意" if is_decision else ""))
        if is_decision:
            target = draw(st.integers(min_value=1, max_value=len(kinds) - 1))
            edges.append(Edge(source=f"n{index}", target=f"n{target}", label="不同意"))
    nodes = tuple(Node(key=f"n{index}", kind=kind, title="步") for index, kind in enumerate(kinds))
    return Graph(title="图", nodes=nodes, edges=tuple(edges))


def is_well_formed(graph: Graph) -> bool:
    """Tell whether a graph is well formed, slowly and by other means: arrows as a matrix, and its closure.

    `ways[i]` is a row of bits: bit j says that a walk of one or more arrows leads from node i to node j (Warshall).
    """
    keys = [node.key for node in graph.nodes]
    places = {key: place for place, key in enumerate(keys)}
    triples = [(edge.source, edge.target, edge.label) for edge in graph.edges]
    if not keys or len(places) < len(keys) or len(set(triples)) < len(triples):
        return False
    if any(key not in places for source, target, _ in triples for key in (source, target)):
        return False
    ways = [sum(1 << places[target] for target in {t for s, t, _ in triples if s == key}) for key in keys]
    for middle in range(len(keys)):
        ways = [row | ways[middle] if row >> middle & 1 else row for row in ways]
    kinds = [node.kind for node in graph.nodes]
    if kinds.count(NodeKind.START) != 1 or NodeKind.END not in kinds:
        return False
    start = kinds.index(NodeKind.START)
    ends = sum(1 << place for place, kind in enumerate(kinds) if kind is NodeKind.END)
    labels = [[label.strip() for source, _, label in triples if source == key] for key in keys]
    entries = [sum(target == key for _, target, _ in triples) for key in keys]
    return all(
        (place == start or bool(ways[start] >> place & 1))
        and (kind is NodeKind.END or bool(ways[place] & ends))
        and is_left_rightly(kind, labels[place], entries[place])
        for place, kind in enumerate(kinds)
    )


def is_left_rightly(kind: NodeKind, labels: list[str], entries: int) -> bool:
    """Tell whether a node of a kind may have exits with these labels and so many entries."""
    if kind is NodeKind.START:
        return len(labels) == 1 and entries == 0
    if kind is NodeKind.END:
        return not labels
    if kind is NodeKind.DECISION:
        return len(labels) > 1 and all(labels) and len(set(labels)) == len(labels)
    if kind is NodeKind.PARALLEL:
        return len(labels) > 1 or (len(labels) == 1 and entries > 1)
    return len(labels) == 1


def renamed(graph: Graph, order: list[int]) -> Graph:
    """Return the same shape with other keys, titles and order."""
    names = {node.key: f"other{place}" for node, place in zip(graph.nodes, order, strict=True)}
    nodes = [replace(node, key=names[node.key], title="别的") for node in graph.nodes]
    edges = [
        replace(edge, source=names[edge.source], target=names[edge.target], label=edge.label and "换了")
        for edge in reversed(graph.edges)
    ]
    shuffled = tuple(node for _place, node in sorted(zip(order, nodes, strict=True), key=lambda pair: pair[0]))
    return Graph(title="别的图", nodes=shuffled, edges=tuple(edges))


def shape(graph: Graph, order: tuple[Node, ...]) -> tuple[list[NodeKind], list[tuple[int, int, bool]]]:
    """Return kinds and arrows of a graph when its nodes are numbered in this order."""
    number = {node.key: index for index, node in enumerate(order)}
    arrows = sorted((number[edge.source], number[edge.target], bool(edge.label)) for edge in graph.edges)
    return [node.kind for node in order], arrows


def is_same_shape(one: Graph, other: Graph) -> bool:
    """Tell whether some numbering makes both graphs equal, by trying all of them."""
    if len(one.nodes) != len(other.nodes):
        return False
    wanted = shape(one, one.nodes)
    return any(shape(other, order) == wanted for order in permutations(other.nodes))


@st.composite
def pairs_of_small_graphs(draw: st.DrawFn) -> tuple[Graph, Graph]:
    """Draw two graphs of few nodes of two kinds, so that equal shapes really occur."""
    count = draw(st.integers(min_value=1, max_value=4))
    places = st.integers(min_value=0, max_value=count - 1)

    def graph() -> Graph:
        kinds = draw(st.lists(st.sampled_from([NodeKind.STEP, NodeKind.END]), min_size=count, max_size=count))
        nodes = tuple(Node(key=str(index), kind=kind, title="步") for index, kind in enumerate(kinds))
        arrows = draw(st.lists(st.tuples(places, places, st.sampled_from(["", "是"])), max_size=4))
        edges = tuple(Edge(source=str(source), target=str(target), label=label) for source, target, label in arrows)
        return Graph(title="图", nodes=nodes, edges=edges)

    return graph(), graph()


@settings(max_examples=300)
@given(any_graphs())
def test_the_checker_agrees_with_the_reference(graph: Graph) -> None:
    """Same faults at the same nodes on graphs in which anything may be wrong."""
    assert told(graph) == reference(graph)


def test_a_thousand_graphs_are_accepted_exactly_if_they_are_well_formed() -> None:
    """Of 500 made well and 1,000 spoiled ones of up to 37 nodes, the checker takes just those that the matrix takes."""
    made_well = [random_graph(seed, 3 + seed % 30) for seed in range(500)]
    spoiled = [spoiled_graph(seed, 3 + seed % 30) for seed in range(1000)]
    accepted = [graph_problems(graph) == [] for graph in (*made_well, *spoiled)]
    assert accepted == [is_well_formed(graph) for graph in (*made_well, *spoiled)]
    assert all(accepted[:500])
    # both answers must really be asked for, or the comparison would show nothing
    assert 100 < sum(accepted[500:]) < 400


@pytest.mark.parametrize("fault", sorted({*FAULTS.values(), *LATER_FAULTS.values()} - {"empty"}))
def test_every_fault_occurs_among_the_spoiled_graphs(fault: str) -> None:
    """The thousand would be poor if one way of being wrong were missing."""
    assert any(fault in {name for _, name in told(spoiled_graph(seed, 3 + seed % 30))} for seed in range(1000))


@given(sound_graphs())
def test_sound_graphs_are_accepted(graph: Graph) -> None:
    """What is well formed by construction has no faults, and the reference says the same."""
    assert graph_problems(graph) == []
    assert reference(graph) == set()


@given(sound_graphs(), st.data())
def test_one_lost_arrow_is_seen(graph: Graph, data: st.DataObject) -> None:
    """Take away any arrow of a sound graph and the checker agrees with the reference again."""
    lost = data.draw(st.integers(min_value=0, max_value=len(graph.edges) - 1))
    broken = replace(graph, edges=graph.edges[:lost] + graph.edges[lost + 1 :])
    assert told(broken) == reference(broken) != set()


@given(sound_graphs())
def test_a_way_back_is_a_decision_on_a_circle(graph: Graph) -> None:
    """There is a way back exactly when an exit of a decision leads to the decision again."""
    expected = any(
        reaches(graph, edge.target, node.key)
        for node in graph.nodes
        if node.kind is NodeKind.DECISION
        for edge in graph.edges
        if edge.source == node.key
    )
    assert has_way_back(graph) == expected


@given(sound_graphs(), st.data())
def test_names_do_not_change_the_canonical_form(graph: Graph, data: st.DataObject) -> None:
    """Other keys, titles, labels and order: the same form."""
    order = data.draw(st.permutations(range(len(graph.nodes))))
    assert canonical_form(renamed(graph, list(order))) == canonical_form(graph)


@settings(max_examples=200)
@given(pairs_of_small_graphs())
def test_forms_are_equal_exactly_for_equal_shapes(pair: tuple[Graph, Graph]) -> None:
    """The form agrees with trying every numbering."""
    one, other = pair
    assert (canonical_form(one) == canonical_form(other)) == is_same_shape(one, other)


def test_a_label_is_part_of_the_shape() -> None:
    """An arrow with a label is another arrow than one without."""
    nodes = (Node(key="a", kind=NodeKind.STEP, title="甲"), Node(key="b", kind=NodeKind.END, title="乙"))
    plain = Graph(title="图", nodes=nodes, edges=(Edge(source="a", target="b"),))
    named = Graph(title="图", nodes=nodes, edges=(Edge(source="a", target="b", label="是"),))
    assert canonical_form(plain) != canonical_form(named)


def test_many_like_nodes_are_compared_quickly() -> None:
    """Twenty steps between a fork and a join are interchangeable; trying every order would never end."""
    inner = [f"s{index}" for index in range(20)]
    nodes = tuple(Node(key=key, kind=NodeKind.STEP, title=key) for key in ("fork", *inner, "join"))
    edges = [Edge(source="fork", target=key) for key in inner] + [Edge(source=key, target="join") for key in inner]
    graph = Graph(title="图", nodes=nodes, edges=tuple(edges))
    turned = Graph(title="图", nodes=nodes[::-1], edges=tuple(edges[::-1]))
    assert canonical_form(graph) == canonical_form(turned)


def test_a_sentence_names_the_step() -> None:
    """The gap is filled with the title."""
    graph = Graph(
        title="图",
        nodes=(
            Node(key="start", kind=NodeKind.START, title="开始"),
            Node(key="post", kind=NodeKind.STEP, title="公示"),
            Node(key="end", kind=NodeKind.END, title="办结"),
        ),
        edges=(Edge(source="start", target="post"),),
    )
    assert "步骤「公示」没有去处" in [str(problem) for problem in graph_problems(graph)]


def test_an_empty_graph_is_told() -> None:
    """A procedure without a single box."""
    assert [str(problem) for problem in graph_problems(Graph(title="图", nodes=(), edges=()))] == [
        "流程里一个步骤也没有"
    ]


@pytest.mark.parametrize(
    ("node", "sentence"),
    [
        (Node(key="a", kind=NodeKind.END, title=" "), "步骤没有名称"),
        (Node(key="a", kind=NodeKind.STEP, title="公示"), "步骤「公示」没写由谁来做"),
        (Node(key="a", kind=NodeKind.PREDEFINED, title="五议"), "步骤「五议」没写用的是哪个既定流程"),
        (Node(key="a", kind=NodeKind.END, title="办结", embeds="wuyi"), "步骤「办结」不是既定流程，不能嵌入别的流程"),
        (Node(key="a", kind=NodeKind.END, title="办结", limit_days=0), "步骤「办结」的时限不足一天"),
        (
            Node(key="a", kind=NodeKind.END, title="办结", posting=Posting(what="结果", days=0)),
            "步骤「办结」的公示不足一天",
        ),
    ],
)
def test_what_a_node_leaves_unsaid_is_told(node: Node, sentence: str) -> None:
    """Titles, actors, embedded procedures and days."""
    told_now = content_problems(Graph(title="图", nodes=(node,), edges=()))
    assert [str(problem) for problem in told_now] == [sentence]
