"""The reading order of a graph: the order of its nodes, with the ends put where the eye expects them."""

from dataclasses import replace

from village_lists.flowcharts.graph import Graph, Node, NodeKind


def in_reading_order(graph: Graph) -> Graph:
    """Return the graph with the end that the last step leads to right behind that step.

    Data files often list 不实施 before 办结; drawn in that order the main way would have to leap over an end.
    Only ends that stand together at the foot are moved, so step numbers stay as they are.
    """
    body = list(graph.nodes)
    ends: list[Node] = []
    while body and body[-1].kind is NodeKind.END:
        ends.insert(0, body.pop())
    if not body or len(ends) < 2:
        return graph
    reached = [edge.target for edge in graph.edges if edge.source == body[-1].key]
    ends.sort(key=lambda node: reached.index(node.key) if node.key in reached else len(reached))
    return replace(graph, nodes=(*body, *ends))
