"""When the graph of a procedure is well formed (L2), and when two graphs have the same shape.

Pure: no session, no clock, no files. The library's check uses it now, editors of lists later.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from village_lists.flowcharts.graph import Graph, Node, NodeKind
from village_lists.markers import N_


@dataclass(frozen=True, kw_only=True)
class GraphProblem:
    """What is wrong at which node (empty key: the graph as a whole).

    `words` is a marked Chinese sentence with named gaps, `values` fills them.
    """

    node_key: str
    words: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the Chinese sentence with its gaps filled."""
        return self.words % self.values if self.values else self.words


def graph_problems(graph: Graph) -> list[GraphProblem]:
    """Return every fault of the shape, in reading order; an empty list means a well-formed graph.

    Demanded (L2): one start that nothing enters, ends that nothing leaves, every node reachable from the start
    and reaching an end, a decision with two or more differently labelled exits, one exit everywhere else
    (a parallel mark apart). While keys or arrows are broken, only those faults are told: the rest would mislead.
    """
    broken = [*_key_problems(graph), *_arrow_problems(graph)]
    if broken:
        return broken
    return [*_start_and_end_problems(graph), *_exit_problems(graph), *_way_problems(graph)]


def content_problems(graph: Graph) -> list[GraphProblem]:
    """Return what the nodes fail to say: titles, actors of steps, embedded procedures, limits of a day or more."""
    return [problem for node in graph.nodes for problem in _node_problems(node)]


def has_way_back(graph: Graph) -> bool:
    """Tell whether some decision has an exit by which the decision can be reached again."""
    exits = _exits(graph)
    decisions = [node.key for node in graph.nodes if node.kind is NodeKind.DECISION]
    return any(key in _reached([target], exits) for key in decisions for target in exits.get(key, []))


def canonical_form(graph: Graph) -> str:
    """Return a text that is equal for two graphs exactly when they have the same shape.

    Shape is: kinds of nodes, arrows, and whether an arrow has a label. Names, keys and the order of writing do not
    matter. Colours are refined; where nodes stay alike each is tried and the smallest text wins.
    """
    keys = list(dict.fromkeys(node.key for node in graph.nodes))
    kinds = {node.key: node.kind.value for node in graph.nodes}
    arrows = Counter(
        (edge.source, edge.target, bool(edge.label))
        for edge in graph.edges
        if edge.source in kinds and edge.target in kinds
    )
    ranks = {kind: number for number, kind in enumerate(sorted(set(kinds.values())))}
    shape = _Shape(kinds=kinds, arrows=arrows)
    return shape.smallest({key: ranks[kinds[key]] for key in keys})


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """A graph without names: the kinds by key, and how often each arrow (source, target, labelled) occurs."""

    kinds: dict[str, str]
    arrows: Counter[tuple[str, str, bool]]

    def smallest(self, colours: dict[str, int]) -> str:
        """Return the smallest text over all orders that the colours allow."""
        colours = self._refined(colours)
        cells: dict[int, list[str]] = {}
        for key, colour in colours.items():
            cells.setdefault(colour, []).append(key)
        alike = next((cells[colour] for colour in sorted(cells) if len(cells[colour]) > 1), None)
        if alike is None:
            return self._text(colours)
        return min(self.smallest({**colours, key: -1}) for key in self._without_twins(alike))

    def _refined(self, colours: dict[str, int]) -> dict[str, int]:
        """Split colours by the colours of the neighbours until nothing splits any more."""
        while True:
            around: dict[str, list[tuple[int, int, bool, int]]] = {key: [] for key in colours}
            for (source, target, labelled), count in self.arrows.items():
                around[source].append((0, colours[target], labelled, count))
                around[target].append((1, colours[source], labelled, count))
            seen = {key: (colour, sorted(around[key])) for key, colour in colours.items()}
            ranked: list[tuple[int, list[tuple[int, int, bool, int]]]] = []
            for signature in sorted(seen.values()):
                if not ranked or ranked[-1] != signature:
                    ranked.append(signature)
            finer = {key: ranked.index(signature) for key, signature in seen.items()}
            if len(ranked) == len(set(colours.values())):
                return finer
            colours = finer

    def _without_twins(self, alike: Sequence[str]) -> Iterable[str]:
        """Leave out nodes with the very same neighbours as an earlier one: trying them gives the same text."""
        neighbourhoods = set()
        for key in alike:
            mine = frozenset(
                ("" if source == key else source, "" if target == key else target, labelled, count)
                for (source, target, labelled), count in self.arrows.items()
                if key in (source, target)
            )
            if mine not in neighbourhoods:
                neighbourhoods.add(mine)
                yield key

    def _text(self, colours: dict[str, int]) -> str:
        """Write kinds and arrows in the order of colours that are all different."""
        order = sorted(colours, key=lambda key: colours[key])
        number = {key: index for index, key in enumerate(order)}
        arrows = sorted((number[s], number[t], labelled, count) for (s, t, labelled), count in self.arrows.items())
        written = " ".join(f"{s}{'=' if labelled else '-'}{t}x{count}" for s, t, labelled, count in arrows)
        return f"{' '.join(self.kinds[key] for key in order)} | {written}"


def _exits(graph: Graph) -> dict[str, list[str]]:
    """Return the targets of each node's arrows, by key."""
    exits: dict[str, list[str]] = {node.key: [] for node in graph.nodes}
    for edge in graph.edges:
        exits.setdefault(edge.source, []).append(edge.target)
    return exits


def _entries(graph: Graph) -> dict[str, list[str]]:
    """Return the sources of the arrows into each node, by key."""
    entries: dict[str, list[str]] = {node.key: [] for node in graph.nodes}
    for edge in graph.edges:
        entries.setdefault(edge.target, []).append(edge.source)
    return entries


def _reached(begin: Iterable[str], arrows: Mapping[str, Sequence[str]]) -> set[str]:
    """Return all that can be reached along the arrows, the beginning included."""
    waiting = list(begin)
    reached = set(waiting)
    while waiting:
        for key in arrows.get(waiting.pop(), []):
            if key not in reached:
                reached.add(key)
                waiting.append(key)
    return reached


def _key_problems(graph: Graph) -> list[GraphProblem]:
    """Find an empty graph and keys that occur twice."""
    if not graph.nodes:
        return [GraphProblem(node_key="", words=N_("流程里一个步骤也没有"))]
    counts = Counter(node.key for node in graph.nodes)
    return [
        GraphProblem(node_key=key, words=N_("步骤编号「%(key)s」用了不止一次"), values={"key": key})
        for key, count in counts.items()
        if count > 1
    ]


def _arrow_problems(graph: Graph) -> list[GraphProblem]:
    """Find arrows that begin or end nowhere, and arrows drawn twice."""
    titles = {node.key: node.title for node in graph.nodes}
    problems = []
    counts = Counter((edge.source, edge.target, edge.label) for edge in graph.edges)
    for (source, target, _label), count in counts.items():
        values = {"title": titles.get(source, source), "target": target}
        if source not in titles:
            problems.append(
                GraphProblem(node_key="", words=N_("有箭头从不存在的步骤「%(key)s」出发"), values={"key": source})
            )
        if target not in titles:
            words = N_("步骤「%(title)s」的去处「%(target)s」不存在")
            problems.append(GraphProblem(node_key=source if source in titles else "", words=words, values=values))
        if count > 1:
            words = N_("步骤「%(title)s」到「%(target)s」的箭头画了不止一次")
            problems.append(GraphProblem(node_key=source if source in titles else "", words=words, values=values))
    return problems


def _start_and_end_problems(graph: Graph) -> list[GraphProblem]:
    """Find a missing or second start, a missing end, arrows into a start or out of an end."""
    starts = [node for node in graph.nodes if node.kind is NodeKind.START]
    ends = [node for node in graph.nodes if node.kind is NodeKind.END]
    exits, entries = _exits(graph), _entries(graph)
    problems = []
    if not starts:
        problems.append(GraphProblem(node_key="", words=N_("流程没有开始")))
    problems += [_at(node, N_("流程只能有一个开始，「%(title)s」是多出来的")) for node in starts[1:]]
    if not ends:
        problems.append(GraphProblem(node_key="", words=N_("流程没有结束")))
    problems += [_at(node, N_("开始「%(title)s」前面不能再有步骤")) for node in starts if entries[node.key]]
    problems += [_at(node, N_("结束「%(title)s」后面不能再有步骤")) for node in ends if exits[node.key]]
    return problems


def _exit_problems(graph: Graph) -> list[GraphProblem]:
    """Find nodes with too few or too many exits, and decisions whose exits cannot be told apart."""
    exits, entries = _exits(graph), _entries(graph)
    labels: dict[str, list[str]] = {}
    for edge in graph.edges:
        labels.setdefault(edge.source, []).append(edge.label.strip())
    problems = []
    for node in graph.nodes:
        if node.kind is NodeKind.END:
            continue
        count = len(exits[node.key])
        if count == 0:
            problems.append(_at(node, N_("步骤「%(title)s」没有去处")))
        elif node.kind is NodeKind.DECISION:
            problems += _decision_problems(node, labels[node.key])
        elif node.kind is NodeKind.PARALLEL:
            if count == 1 and len(entries[node.key]) < 2:
                problems.append(_at(node, N_("并行「%(title)s」只有一进一出，没有分开也没有汇合")))
        elif count > 1:
            problems.append(_at(node, N_("步骤「%(title)s」有几个去处，只有判断和并行可以")))
    return problems


def _decision_problems(node: Node, labels: Sequence[str]) -> list[GraphProblem]:
    """Find a decision with one exit, exits without a label, and labels that occur twice."""
    problems = []
    if len(labels) < 2:
        problems.append(_at(node, N_("判断「%(title)s」至少要有两个出口")))
    if not all(labels):
        problems.append(_at(node, N_("判断「%(title)s」有出口没写结果")))
    named = [label for label in labels if label]
    if len(set(named)) < len(named):
        problems.append(_at(node, N_("判断「%(title)s」有两个出口写了同样的结果")))
    return problems


def _way_problems(graph: Graph) -> list[GraphProblem]:
    """Find nodes that the start does not reach, and nodes from which no end is reached."""
    starts = [node.key for node in graph.nodes if node.kind is NodeKind.START]
    ends = [node.key for node in graph.nodes if node.kind is NodeKind.END]
    problems = []
    if starts:
        reached = _reached(starts[:1], _exits(graph))
        # A second start is told as such; that it is not reached as well would only repeat it.
        lost = [node for node in graph.nodes if node.key not in reached and node.key not in starts]
        problems += [_at(node, N_("从开始走不到步骤「%(title)s」")) for node in lost]
    if ends:
        ending = _reached(ends, _entries(graph))
        stuck = [node for node in graph.nodes if node.key not in ending]
        problems += [_at(node, N_("步骤「%(title)s」走不到结束")) for node in stuck]
    return problems


def _node_problems(node: Node) -> list[GraphProblem]:
    """Find what one node leaves unsaid or says of itself in vain."""
    problems = []
    if not node.title.strip():
        problems.append(GraphProblem(node_key=node.key, words=N_("步骤没有名称")))
    if node.kind in (NodeKind.STEP, NodeKind.DECISION) and not node.actor.strip():
        problems.append(_at(node, N_("步骤「%(title)s」没写由谁来做")))
    if node.kind is NodeKind.PREDEFINED and not node.embeds:
        problems.append(_at(node, N_("步骤「%(title)s」没写用的是哪个既定流程")))
    if node.kind is not NodeKind.PREDEFINED and node.embeds:
        problems.append(_at(node, N_("步骤「%(title)s」不是既定流程，不能嵌入别的流程")))
    if node.limit_days is not None and node.limit_days < 1:
        problems.append(_at(node, N_("步骤「%(title)s」的时限不足一天")))
    if node.posting is not None and node.posting.days is not None and node.posting.days < 1:
        problems.append(_at(node, N_("步骤「%(title)s」的公示不足一天")))
    return problems


def _at(node: Node, words: str) -> GraphProblem:
    """Return a problem at a node, its title filling the gap; a node without a title is named by its key."""
    return GraphProblem(node_key=node.key, words=words, values={"title": node.title or node.key})
