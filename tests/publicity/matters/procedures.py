"""Random procedures for the tests of matters: steps, decisions that go back or ahead, forks, embedded procedures."""

from dataclasses import dataclass, field, replace
from random import Random

from publicity.matters.course import Plan
from village_lists.flowcharts.graph import DayKind, Edge, Graph, Node, NodeKind, Posting

BODIES = ("村民代表会议", "党员大会", "村民委员会", "", "监委会")


@dataclass
class Draft:
    """A procedure while it is made up, part after part; every part has one way in and leads to the next."""

    chance: Random
    slugs: list[str]
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    ways_in: list[str] = field(default_factory=list)

    def box(self, kind: NodeKind) -> str:
        """Add a box of a kind with a limit, an actor and a posting by chance; return its key."""
        chance = self.chance
        key = f"n{len(self.nodes)}"
        embeds = chance.choice([*self.slugs, "nowhere"]) if kind is NodeKind.PREDEFINED else ""
        has_posting = kind in (NodeKind.STEP, NodeKind.DECISION) and chance.random() < 0.3
        self.nodes.append(
            Node(
                key=key,
                kind=kind,
                title=f"{kind.value} {key}",
                actor=chance.choice(BODIES),
                limit_days=chance.choice([None, 0, 1, 3, 10, 30]),
                limit_kind=chance.choice(list(DayKind)),
                posting=Posting(what="公示", days=chance.choice([None, 3, 15])) if has_posting else None,
                embeds=embeds,
            )
        )
        return key

    def leads(self, source: str, target: str, label: str = "") -> None:
        """Add an arrow."""
        self.edges.append(Edge(source=source, target=target, label=label))


def any_plan(chance: Random) -> Plan:
    """Return one to three procedures, of which later ones may embed those before, and even themselves."""
    graphs: dict[str, Graph] = {}
    for number in range(chance.randint(1, 3)):
        slug = f"p{number}"
        graphs[slug] = _graph(chance, [*graphs, slug] if chance.random() < 0.1 else list(graphs))
    return Plan(root=f"p{len(graphs) - 1}", graphs=graphs)


def later_plan(plan: Plan, chance: Random) -> Plan:
    """Return the same procedures a version later: other limits, people and postings; a step is gone by chance."""
    return Plan(root=plan.root, graphs={slug: _later(graph, chance) for slug, graph in plan.graphs.items()})


def _later(graph: Graph, chance: Random) -> Graph:
    gone = chance.choice(graph.nodes).key if chance.random() < 0.3 else ""
    keys = {node.key: "fresh" if node.key == gone else node.key for node in graph.nodes}
    return replace(
        graph,
        nodes=tuple(_changed(replace(node, key=keys[node.key]), chance) for node in graph.nodes),
        edges=tuple(replace(edge, source=keys[edge.source], target=keys[edge.target]) for edge in graph.edges),
    )


def _changed(node: Node, chance: Random) -> Node:
    if node.kind not in (NodeKind.STEP, NodeKind.DECISION) or chance.random() < 0.5:
        return node
    posting = Posting(what="公示", days=3) if chance.random() < 0.3 else None
    return replace(node, actor=chance.choice(BODIES), limit_days=chance.choice([None, 1, 10]), posting=posting)


def _graph(chance: Random, slugs: list[str]) -> Graph:
    draft = Draft(chance=chance, slugs=slugs)
    draft.box(NodeKind.START)
    ends = [draft.box(NodeKind.END) for _ in range(chance.randint(1, 2))]
    last = "n0"
    decisions: list[str] = []
    for _ in range(chance.randint(1, 5)):
        kind = chance.choice(["step", "step", "decision", "parallel", "embed"])
        before = last
        if kind == "parallel":
            way_in, last = _parallel(draft, decisions)
        else:
            made = {"step": NodeKind.STEP, "decision": NodeKind.DECISION, "embed": NodeKind.PREDEFINED}[kind]
            way_in = last = draft.box(made)
        draft.ways_in.append(way_in)
        draft.leads(before, way_in, "好" if before in decisions else "")
        if kind == "decision":
            decisions.append(last)
    draft.leads(last, ends[0], "好" if last in decisions else "")
    inside = [node.key for node in draft.nodes if node.kind in (NodeKind.STEP, NodeKind.PREDEFINED)]
    for decision in decisions:
        others = [*draft.ways_in, *ends, *inside]
        draft.leads(decision, chance.choice(others), "另一样")
    return Graph(title="随便一套流程", nodes=tuple(draft.nodes), edges=tuple(draft.edges))


def _parallel(draft: Draft, decisions: list[str]) -> tuple[str, str]:
    """Add two branches between a fork and a join; a decision on one of them may lead out, so that two walk at once."""
    chance = draft.chance
    kinds = [NodeKind.STEP, NodeKind.STEP, NodeKind.DECISION, NodeKind.PREDEFINED]
    fork = draft.box(NodeKind.PARALLEL)
    branches = [[draft.box(chance.choice(kinds)) for _ in range(chance.randint(1, 2))] for _ in range(2)]
    join = draft.box(NodeKind.PARALLEL)
    own = [node.key for node in draft.nodes if node.kind is NodeKind.DECISION]
    for branch in branches:
        for source, target in zip([fork, *branch], [*branch, join], strict=True):
            draft.leads(source, target, "好" if source in own else "")
        decisions += [key for key in branch if key in own]
    return fork, join
