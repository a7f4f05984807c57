"""Changing a graph as a person at a form does: steps come and go, move, and get exits, and the arrows follow.

Pure: a graph goes in and a graph comes out. A well-formed graph stays well-formed where the arrows can be joined
without a choice; where a choice is left (the branches of a decision that is taken away) the check tells it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from village_lists.errors import Refusal
from village_lists.flowcharts.graph import Edge, Graph, Node, NodeKind
from village_lists.markers import N_

OWN_KEY = re.compile(r"s([0-9]{1,6})")
PLAIN = frozenset({NodeKind.STEP, NodeKind.PREDEFINED})


def blank_graph(title: str, *, start: str, end: str) -> Graph:
    """Return the smallest graph to begin with: start, one step without a name, end; the words are titles."""
    return Graph(
        title=title,
        nodes=(
            Node(key="s1", kind=NodeKind.START, title=start),
            Node(key="s2", kind=NodeKind.STEP, title=""),
            Node(key="s3", kind=NodeKind.END, title=end),
        ),
        edges=(Edge(source="s1", target="s2"), Edge(source="s2", target="s3")),
    )


def fresh_key(graph: Graph) -> str:
    """Return the key of the next step: s and a number that no step of the graph has."""
    taken = [int(found[1]) for node in graph.nodes if (found := OWN_KEY.fullmatch(node.key))]
    return f"s{max(taken, default=0) + 1}"


def add_step(graph: Graph, after: str, *, exit_number: int = 0) -> Graph:
    """Return the graph with a new step between `after` and where its exit (counted from 0) led.

    Raise Refusal behind an end, or where there is no such step.
    """
    place = _place(graph, after)
    if graph.nodes[place].kind is NodeKind.END:
        raise Refusal(N_("结束后面不能再加步骤"))
    key = fresh_key(graph)
    nodes = (*graph.nodes[: place + 1], Node(key=key, kind=NodeKind.STEP, title=""), *graph.nodes[place + 1 :])
    exits = [number for number, edge in enumerate(graph.edges) if edge.source == after]
    if not exits:
        return replace(graph, nodes=nodes, edges=(*graph.edges, Edge(source=after, target=key)))
    chosen = exits[exit_number] if exit_number < len(exits) else exits[0]
    former = graph.edges[chosen]
    edges = list(graph.edges)
    edges[chosen] = replace(former, target=key)
    edges.insert(chosen + 1, Edge(source=key, target=former.target))
    return replace(graph, nodes=nodes, edges=tuple(edges))


def remove_step(graph: Graph, key: str) -> Graph:
    """Return the graph without a step: what led to it now leads to where it went on.

    Of several exits the first that leads ahead counts. Raise Refusal for the start and for the last end.
    """
    place = _place(graph, key)
    node = graph.nodes[place]
    if node.kind is NodeKind.START:
        raise Refusal(N_("开始不能删去"))
    ends = [other.key for other in graph.nodes if other.kind is NodeKind.END and other.key != key]
    if node.kind is NodeKind.END and not ends:
        raise Refusal(N_("流程至少要有一个结束"))
    target = ends[0] if node.kind is NodeKind.END else _next(graph, key, place)
    edges = [
        replace(edge, target=target) if edge.target == key else edge
        for edge in graph.edges
        if edge.source != key and (edge.target != key or target)
    ]
    nodes = tuple(other for other in graph.nodes if other.key != key)
    return replace(graph, nodes=nodes, edges=tuple(dict.fromkeys(edges)))


def _next(graph: Graph, key: str, place: int) -> str:
    """Return where a step goes on, ahead if it can; empty where nowhere."""
    order = {node.key: number for number, node in enumerate(graph.nodes)}
    targets = [edge.target for edge in graph.edges if edge.source == key and edge.target != key]
    ahead = [target for target in targets if order.get(target, -1) > place]
    return next(iter([*ahead, *targets]), "")


def move_step(graph: Graph, key: str, *, by: int) -> Graph:
    """Return the graph with a step before the one that leads to it (`by` -1), or behind its next (`by` 1).

    Both must be plain steps, one straight behind the other; raise Refusal elsewhere, for then only the person knows
    which arrows are meant.
    """
    _place(graph, key)
    former, latter = (key, _next_plain(graph, key)) if by > 0 else (_former_plain(graph, key), key)
    if not former or not latter:
        raise Refusal(N_("前后不是直接相连的普通步骤，请用「下一步」改箭头"))
    return _swapped(graph, former, latter)


def _next_plain(graph: Graph, key: str) -> str:
    """Return the plain step to which this plain step alone leads straight on; empty if there is none."""
    kinds = _kinds(graph)
    targets = [edge.target for edge in graph.edges if edge.source == key]
    if len(targets) != 1 or kinds[key] not in PLAIN or kinds.get(targets[0]) not in PLAIN or targets[0] == key:
        return ""
    sources = [edge.source for edge in graph.edges if edge.target == targets[0]]
    return targets[0] if sources == [key] and len(_exits(graph, targets[0])) == 1 else ""


def _former_plain(graph: Graph, key: str) -> str:
    """Return the last plain step before this one in the order that leads straight to it; empty if there is none."""
    place = _place(graph, key)
    leading = [node.key for node in graph.nodes[:place] if _next_plain(graph, node.key) == key]
    return leading[-1] if leading else ""


def _swapped(graph: Graph, former: str, latter: str) -> Graph:
    def turned(edge: Edge) -> Edge:
        if edge.source == former:
            return replace(edge, source=latter, target=former)
        if edge.source == latter:
            return replace(edge, source=former, target=latter if edge.target == former else edge.target)
        return replace(edge, target=latter) if edge.target == former else edge

    nodes = [node for node in graph.nodes if node.key != latter]
    place = next(number for number, node in enumerate(nodes) if node.key == former)
    nodes.insert(place, graph.nodes[_place(graph, latter)])
    return replace(graph, nodes=tuple(nodes), edges=tuple(dict.fromkeys(turned(edge) for edge in graph.edges)))


def add_exit(graph: Graph, key: str, *, label: Callable[[int], str]) -> Graph:
    """Return the graph with one more exit of a decision or a parallel mark, to the last end.

    `label` names the exit of a decision by its number; a name that is taken is not given again.
    """
    node = graph.nodes[_place(graph, key)]
    ends = [other.key for other in graph.nodes if other.kind is NodeKind.END]
    if node.kind not in (NodeKind.DECISION, NodeKind.PARALLEL) or not ends:
        raise Refusal(N_("只有判断和同时进行可以有几个出口"))
    exits = _exits(graph, key)
    taken = {edge.label for edge in exits}
    number = next(count for count in range(len(exits) + 1, 2 * len(exits) + 3) if label(count) not in taken)
    words = label(number) if node.kind is NodeKind.DECISION else ""
    added = Edge(source=key, target=ends[-1], label=words)
    return replace(graph, edges=tuple(dict.fromkeys((*graph.edges, added))))


def embeds_itself(slug: str, graph: Graph, others: Mapping[str, Graph]) -> tuple[str, ...]:
    """Return the keys of the steps that embed a procedure which leads back to this one (`slug` empty: a new one)."""
    return tuple(node.key for node in graph.nodes if node.embeds and slug and _leads_to(node.embeds, slug, others))


def embeddable(slug: str, others: Mapping[str, Graph]) -> tuple[str, ...]:
    """Return the procedures that this one may embed: those that do not lead back to it."""
    return tuple(other for other in others if not slug or not _leads_to(other, slug, others))


def _leads_to(begin: str, slug: str, graphs: Mapping[str, Graph]) -> bool:
    waiting, seen = [begin], set[str]()
    while waiting:
        here = waiting.pop()
        if here == slug:
            return True
        if here in seen or here not in graphs:
            continue
        seen.add(here)
        waiting += [node.embeds for node in graphs[here].nodes if node.embeds]
    return False


def _exits(graph: Graph, key: str) -> list[Edge]:
    return [edge for edge in graph.edges if edge.source == key]


def _kinds(graph: Graph) -> dict[str, NodeKind]:
    return {node.key: node.kind for node in graph.nodes}


def _place(graph: Graph, key: str) -> int:
    for number, node in enumerate(graph.nodes):
        if node.key == key:
            return number
    raise Refusal(N_("这一步已经不在流程里了，请看看现在的内容"))
