"""Graphs for the tests: procedures as villages have them, and well-formed ones made at random."""

import random

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
LABELS = ("同意", "不同意", "需要修改后再报", "3万元以上", "退回")


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
    """Return a well-formed procedure of about `length` nodes: steps, decisions with leaps and loops, forks."""
    return _Maker(random.Random(seed)).make(length)


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
        for key in decisions:
            for _ in range(self.chance.choice((1, 1, 1, 2, 2, 4))):
                known = {edge.target for edge in self.edges if edge.source == key}
                target = self.chance.choice(self.nodes[1:]).key
                if target not in known | {key}:
                    self.edge(key, target, self.chance.choice(LABELS))
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
