"""Graphs for the tests: procedures as villages have them, well-formed ones made at random, and broken ones."""

import random
from collections.abc import Callable
from dataclasses import replace

from village_lists.flowcharts.graph import DayKind, Edge, Graph, Node, NodeKind, Posting

TITLES = (
    "村党组织提议",
    "联席会议商议，形成方案",
    "村民（成员）代表会议表决通过后公开",
    "报镇备案",
    "张榜公示，听取大家的意见（不少于十五日）",
    "验收",
    "Sign the contract（合同）",
)
LABELS = ("不同意", "需要修改后再报", "3万元以上", "退回", "有异议，经核实不成立，书面答复", "否")


def road_repair() -> Graph:
    """Return a procedure with three decisions, two loops back, one embedded procedure and one fork."""
    nodes = (
        Node(key="start", kind=NodeKind.START, title="提出维修"),
        Node(key="wuyi", kind=NodeKind.PREDEFINED, title="走五议决策法", actor="村党组织", embeds="wuyi"),
        Node(key="vote", kind=NodeKind.DECISION, title="代表会议同意吗", actor="村民代表会议", evidence=("表决票",)),
        Node(
            key="notice",
            kind=NodeKind.STEP,
            title="发竞标公告",
            actor="村民委员会",
            limit_days=5,
            limit_kind=DayKind.WORKING,
            posting=Posting(what="竞标公告", days=5),
            risk="只告诉熟人",
            prohibitions=("N07",),
        ),
        Node(key="bids", kind=NodeKind.DECISION, title="有三家以上报价吗", actor="村务监督委员会"),
        Node(key="fork", kind=NodeKind.PARALLEL, title=""),
        Node(key="build", kind=NodeKind.STEP, title="施工", actor="中标人", detail="先做样板段", limit_days=60),
        Node(key="watch", kind=NodeKind.STEP, title="到现场监督", actor="村务监督委员会"),
        Node(key="join", kind=NodeKind.PARALLEL, title=""),
        Node(key="accept", kind=NodeKind.DECISION, title="验收合格吗", actor="村民代表"),
        Node(key="pay", kind=NodeKind.STEP, title="结算付款", actor="报账员", evidence=("发票", "验收单")),
        Node(key="dropped", kind=NodeKind.END, title="不实施"),
        Node(key="end", kind=NodeKind.END, title="办结"),
    )
    edges = (
        ("start", "wuyi", ""),
        ("wuyi", "vote", ""),
        ("vote", "notice", "同意"),
        ("vote", "wuyi", "改后再议"),
        ("vote", "dropped", "不同意"),
        ("notice", "bids", ""),
        ("bids", "fork", "有"),
        ("bids", "notice", "没有"),
        ("fork", "build", ""),
        ("fork", "watch", ""),
        ("build", "join", ""),
        ("watch", "join", ""),
        ("join", "accept", ""),
        ("accept", "pay", "合格"),
        ("accept", "build", "返工"),
        ("pay", "end", ""),
    )
    return Graph(
        title="小型工程",
        nodes=nodes,
        edges=tuple(Edge(source=source, target=target, label=label) for source, target, label in edges),
    )


def random_graph(seed: int, length: int) -> Graph:
    """Return a well-formed procedure of about `length` nodes: steps, decisions with leaps and loops, forks, ends."""
    return _Maker(random.Random(seed)).make(length)


def one_of_a_thousand(seed: int) -> Graph:
    """Return a well-formed graph: 3 to 19 nodes as most procedures have, every twentieth 30 to 39 and some more."""
    return random_graph(seed, 30 + seed // 100 if seed % 20 == 7 else 3 + seed % 17)


class _Maker:
    """Grows a chain from start to end, putting forks and decisions in."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []

    def make(self, length: int) -> Graph:
        tail = self.node(NodeKind.START)
        decisions = []
        while len(self.nodes) < length - 1:
            dice = self.chance.random()
            if dice < 0.15 and len(self.nodes) + 5 < length:
                tail = self.fork(tail)
                continue
            kind = NodeKind.DECISION if dice < 0.45 else NodeKind.PREDEFINED if dice < 0.55 else NodeKind.STEP
            key = self.node(kind)
            self.edge(tail, key, self.exit_label(tail))
            tail = key
            if kind is NodeKind.DECISION:
                decisions.append(key)
        last = self.node(NodeKind.END)
        self.edge(tail, last, self.exit_label(tail))
        if decisions and self.chance.random() < 0.4:
            # most procedures also end without having been carried out
            self.edge(self.chance.choice(decisions), self.node(NodeKind.END), "不再实施")
        for key in decisions:
            labels = self.chance.sample(LABELS, self.chance.choice((1, 1, 1, 2, 2, 4)))
            for label in labels:
                known = {edge.target for edge in self.edges if edge.source == key} | {key}
                others = [node.key for node in self.nodes[1:] if node.key not in known]
                if others:
                    self.edge(key, self.chance.choice(others), label)
                elif len(known) == 2:
                    # too short a procedure to go anywhere else: ask once more
                    self.edge(key, key, label)
        return Graph(title="任意流程", nodes=tuple(self.nodes), edges=tuple(self.edges))

    def fork(self, tail: str) -> str:
        fork = self.node(NodeKind.PARALLEL)
        self.edge(tail, fork, self.exit_label(tail))
        ends = []
        for _ in range(self.chance.choice((2, 2, 3, 4))):
            end = fork
            for _ in range(self.chance.choice((1, 1, 2))):
                step = self.node(NodeKind.STEP)
                self.edge(end, step)
                end = step
            ends.append(end)
        join = self.node(NodeKind.PARALLEL)
        for end in ends:
            self.edge(end, join)
        return join

    def node(self, kind: NodeKind) -> str:
        key, chance = f"n{len(self.nodes)}", self.chance
        is_bar = kind is NodeKind.PARALLEL
        self.nodes.append(
            Node(
                key=key,
                kind=kind,
                title="" if is_bar else f"{chance.choice(TITLES)}{len(self.nodes)}",
                actor="" if is_bar else chance.choice(("", "村民委员会", "村务监督委员会、村民代表")),
                limit_days=None if is_bar else chance.choice((None, 0, 5, 30)),
                evidence=() if is_bar else chance.choice(((), ("会议记录", "签到册"))),
                posting=None if is_bar else chance.choice((None, Posting(what="方案", days=15))),
                risk="" if is_bar else chance.choice(("", "与事项有利害关系的人不回避")),
                prohibitions=() if is_bar else chance.choice(((), (), ("N01",))),
            )
        )
        return key

    def edge(self, source: str, target: str, label: str = "") -> None:
        self.edges.append(Edge(source=source, target=target, label=label))

    def exit_label(self, tail: str) -> str:
        return "同意" if any(node.key == tail and node.kind is NodeKind.DECISION for node in self.nodes) else ""


def spoiled_graph(seed: int, length: int) -> Graph:
    """Return a random procedure in which up to three things have been changed; most of them make it ill-formed."""
    chance = random.Random(seed)
    graph = random_graph(seed, length)
    for _ in range(chance.choice((1, 1, 2, 3))):
        graph = chance.choice(_SPOILERS)(graph, chance)
    return graph


def _lose_an_arrow(graph: Graph, chance: random.Random) -> Graph:
    lost = chance.choice(graph.edges)
    return replace(graph, edges=tuple(edge for edge in graph.edges if edge is not lost))


def _add_an_arrow(graph: Graph, chance: random.Random) -> Graph:
    source, target = chance.choice(graph.nodes), chance.choice(graph.nodes)
    return replace(graph, edges=(*graph.edges, Edge(source=source.key, target=target.key)))


def _double_an_arrow(graph: Graph, chance: random.Random) -> Graph:
    return replace(graph, edges=(*graph.edges, chance.choice(graph.edges)))


def _turn_an_arrow(graph: Graph, chance: random.Random) -> Graph:
    turned = chance.choice(graph.edges)
    target = chance.choice([*(node.key for node in graph.nodes), "gone"])
    edges = (replace(edge, target=target) if edge is turned else edge for edge in graph.edges)
    return replace(graph, edges=tuple(edges))


def _reverse_an_arrow(graph: Graph, chance: random.Random) -> Graph:
    turned = chance.choice(graph.edges)
    edges = (Edge(source=e.target, target=e.source, label=e.label) if e is turned else e for e in graph.edges)
    return replace(graph, edges=tuple(edges))


def _change_a_label(graph: Graph, chance: random.Random) -> Graph:
    changed, label = chance.choice(graph.edges), chance.choice(("", " ", "同意", "否"))
    return replace(graph, edges=tuple(replace(e, label=label) if e is changed else e for e in graph.edges))


def _change_a_kind(graph: Graph, chance: random.Random) -> Graph:
    changed, kind = chance.choice(graph.nodes), chance.choice(list(NodeKind))
    return replace(graph, nodes=tuple(replace(n, kind=kind) if n is changed else n for n in graph.nodes))


def _lose_a_node(graph: Graph, chance: random.Random) -> Graph:
    lost = chance.choice(graph.nodes)
    return replace(graph, nodes=tuple(node for node in graph.nodes if node is not lost) or graph.nodes)


def _add_a_node(graph: Graph, chance: random.Random) -> Graph:
    key = chance.choice(("new", graph.nodes[-1].key))
    return replace(graph, nodes=(*graph.nodes, Node(key=key, kind=chance.choice(list(NodeKind)), title="多出来的")))


def _change_nothing(graph: Graph, chance: random.Random) -> Graph:
    # the same procedure written in another order, with other words
    nodes = list(graph.nodes)
    chance.shuffle(nodes)
    return replace(graph, nodes=tuple(replace(node, title="步") for node in nodes))


_SPOILERS: tuple[Callable[[Graph, random.Random], Graph], ...] = (
    _lose_an_arrow,
    _add_an_arrow,
    _double_an_arrow,
    _turn_an_arrow,
    _reverse_an_arrow,
    _change_a_label,
    _change_a_kind,
    _lose_a_node,
    _add_a_node,
    _change_nothing,
)
