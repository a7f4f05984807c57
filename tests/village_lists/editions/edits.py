"""Lists and edits of lists at random: each edit knows what must be told of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from hypothesis import strategies as st

from village_lists.editions.contents import (
    CategoryContent,
    ItemContent,
    ListContent,
    ProcedureContent,
    ProcedureUse,
    ProhibitionContent,
    StepTie,
    ThresholdContent,
)
from village_lists.editions.differences import ChangeKind, Difference, FieldChange, ProcedureChange, RecordChange
from village_lists.flowcharts.graph import Edge, Graph, Node, NodeKind
from village_lists.people.models import PostKind
from village_lists.powers.models import ItemKind

Fact = tuple[str, ...]
ITEM_EDITS = ["", "fee", "name", "kind", "add a paper", "turn the papers", "renumber", "move", "band"]


@dataclass(frozen=True)
class Edited:
    """A list before and after, and the facts that a comparison must tell: these and no others."""

    former: ListContent
    newer: ListContent
    facts: frozenset[Fact]


def flow(slug: str, steps: int) -> ProcedureContent:
    """Return a procedure of a start, some steps in a row, a question that leads back to the first step, an end."""
    keys = ["start", *(f"s{number}" for number in range(steps)), "vote", "end"]
    kinds = {"start": NodeKind.START, "vote": NodeKind.DECISION, "end": NodeKind.END}
    nodes = tuple(Node(key=key, kind=kinds.get(key, NodeKind.STEP), title=f"{slug}的{key}") for key in keys)
    edges = [Edge(source=one, target=two) for one, two in pairwise(keys[:-1])]
    edges += [Edge(source="vote", target="end", label="同意"), Edge(source="vote", target="s0", label="不同意")]
    return ProcedureContent(
        slug=slug, title=f"流程{slug}", graph=Graph(title=f"流程{slug}", nodes=nodes, edges=tuple(edges))
    )


@st.composite
def contents(draw: st.DrawFn) -> ListContent:
    """Draw a list: two to three classes, each item with a procedure of its own."""
    categories = tuple(CategoryContent(code=f"c{n}", name=f"第{n}类") for n in range(draw(st.integers(2, 3))))
    count = draw(st.integers(1, 5))
    procedures = tuple(flow(f"p{number}", draw(st.integers(2, 4))) for number in range(count))
    items = tuple(
        ItemContent(
            code=f"A{number}",
            name=f"事项{number}",
            kind=ItemKind.POWER,
            category=draw(st.sampled_from(categories)).code,
            papers=("甲", "乙"),
            procedures=(ProcedureUse(slug=f"p{number}"),),
        )
        for number in range(count)
    )
    prohibitions = tuple(
        ProhibitionContent(
            code=f"N{number}",
            words=f"不准{number}",
            items=("A0",),
            steps=(StepTie(item_code=f"A{count - 1}", node_key="s1"),),
        )
        for number in range(draw(st.integers(1, 3)))
    )
    amounts = tuple(
        ThresholdContent(key=f"amounts.k{number}", name=f"金额{number}", suggested_fen=100)
        for number in range(draw(st.integers(0, 2)))
    )
    return ListContent(
        title="清单",
        categories=categories,
        items=items,
        procedures=procedures,
        prohibitions=prohibitions,
        thresholds=amounts,
    )


@st.composite
def edited_lists(draw: st.DrawFn) -> Edited:
    """Draw a list, and at most one edit for each of its members."""
    former = draw(contents())
    facts: set[Fact] = set()
    kept: list[tuple[ItemContent, ProcedureContent]] = []
    codes: dict[str, str] = {}
    keys: dict[tuple[str, str], str] = {}
    for item, procedure in zip(former.items, former.procedures, strict=True):
        if draw(st.integers(0, 9)) == 0:
            facts |= {("item", "removed", item.code), ("procedure", "removed", procedure.slug)}
            continue
        edited = _edit_item(draw, item, former, facts)
        codes[item.code] = edited.code
        kept.append((edited, _edit_procedure(draw, item.code, procedure, facts, keys)))
    if draw(st.booleans()):
        item = ItemContent(code="Z1", name="新的事项", kind=ItemKind.SERVICE, category="c0")
        kept.insert(draw(st.integers(0, len(kept))), (item, flow("z", 2)))
        facts |= {("item", "added", "Z1"), ("procedure", "added", "z")}
    newer = replace(
        former,
        title=draw(st.sampled_from(["清单", "新清单"])),
        items=tuple(item for item, _procedure in kept),
        procedures=tuple(procedure for _item, procedure in kept),
        prohibitions=tuple(_edit_prohibitions(draw, former, codes, keys, facts)),
        thresholds=tuple(_edit_threshold(draw, one, facts) for one in former.thresholds),
    )
    if newer.title != former.title:
        facts.add(("cover", "title"))
    return Edited(former, newer, frozenset(facts))


def _edit_item(draw: st.DrawFn, item: ItemContent, former: ListContent, facts: set[Fact]) -> ItemContent:
    match draw(
        st.sampled_from(["", "fee", "name", "kind", "add a paper", "turn the papers", "renumber", "move", "band"])
    ):
        case "fee":
            facts.add(("item", item.code, "fee"))
            return replace(item, fee="五元")
        case "name":
            facts.add(("item", item.code, "name"))
            return replace(item, name=f"{item.name}改")
        case "kind":
            facts.add(("item", item.code, "kind"))
            return replace(item, kind=ItemKind.ASSIST)
        case "add a paper":
            facts.add(("item", item.code, "papers", "added", "丙"))
            return replace(item, papers=(*item.papers, "丙"))
        case "turn the papers":
            facts.add(("item", item.code, "papers"))
            return replace(item, papers=item.papers[::-1])
        case "renumber":
            facts.add(("item", f"B{item.code}", "renumbered", item.code))
            return replace(item, code=f"B{item.code}")
        case "move":
            category = draw(st.sampled_from([one.code for one in former.categories if one.code != item.category]))
            facts.add(("item", item.code, "category"))
            return replace(item, category=category)
        case "band":
            facts.add(("item", item.code, "use", "changed"))
            return replace(item, procedures=(replace(item.procedures[0], from_key="amounts.k0"),))
    return item


def _edit_procedure(
    draw: st.DrawFn, code: str, procedure: ProcedureContent, facts: set[Fact], keys: dict[tuple[str, str], str]
) -> ProcedureContent:
    graph, slug = procedure.graph, procedure.slug
    steps = [node for node in graph.nodes if node.kind is NodeKind.STEP]
    step = draw(st.sampled_from(steps))
    edit = draw(st.sampled_from(["", "insert", "remove", "limit", "rekey", "turn", "redirect", "relabel", "title"]))
    if edit == "insert":
        facts.add(("step", slug, "added", "new"))
        graph = _inserted(graph, step.key)
    elif edit == "remove" and step is not steps[0]:
        facts.add(("step", slug, "removed", step.key))
        graph = _removed(graph, step.key)
    elif edit == "limit":
        facts.add(("step", slug, "changed", step.key, "limit"))
        nodes = tuple(replace(node, limit_days=9) if node is step else node for node in graph.nodes)
        graph = replace(graph, nodes=nodes)
    elif edit == "rekey":
        keys[code, step.key] = "renamed"
        graph = _rekeyed(graph, step.key)
    elif edit == "turn":
        facts.add(("step", slug, "moved"))
        graph = _turned(graph)
    elif edit == "redirect":
        facts.add(("way", slug, "vote", "不同意"))
        edges = (*graph.edges[:-1], Edge(source="vote", target=steps[-1].key, label="不同意"))
        graph = replace(graph, edges=edges)
    elif edit == "relabel":
        facts.add(("way", slug, "vote", "同意", "通过"))
        edges = tuple(replace(edge, label="通过") if edge.label == "同意" else edge for edge in graph.edges)
        graph = replace(graph, edges=edges)
    elif edit == "title":
        facts.add(("procedure", slug, "title"))
        return replace(procedure, title=f"{procedure.title}改")
    return replace(procedure, graph=graph)


def _inserted(graph: Graph, after: str) -> Graph:
    place = [node.key for node in graph.nodes].index(after) + 1
    node = Node(key="new", kind=NodeKind.STEP, title="新的一步")
    edges = [replace(edge, source="new") if edge.source == after else edge for edge in graph.edges]
    nodes = (*graph.nodes[:place], node, *graph.nodes[place:])
    return replace(graph, nodes=nodes, edges=(*edges, Edge(source=after, target="new")))


def _removed(graph: Graph, key: str) -> Graph:
    onward = next(edge.target for edge in graph.edges if edge.source == key)
    edges = [replace(edge, target=onward) if edge.target == key else edge for edge in graph.edges if edge.source != key]
    return replace(graph, nodes=tuple(node for node in graph.nodes if node.key != key), edges=tuple(edges))


def _rekeyed(graph: Graph, key: str) -> Graph:
    def now(old: str) -> str:
        return "renamed" if old == key else old

    return replace(
        graph,
        nodes=tuple(replace(node, key=now(node.key)) for node in graph.nodes),
        edges=tuple(replace(edge, source=now(edge.source), target=now(edge.target)) for edge in graph.edges),
    )


def _turned(graph: Graph) -> Graph:
    """Let the last two steps change places."""
    keys = [node.key for node in graph.nodes]
    place = keys.index("vote") - 2
    nodes = list(graph.nodes)
    nodes[place], nodes[place + 1] = nodes[place + 1], nodes[place]
    before = [node.key for node in nodes]
    row = [Edge(source=one, target=two) for one, two in pairwise(before[:-1])]
    return replace(graph, nodes=tuple(nodes), edges=(*row, *(edge for edge in graph.edges if edge.label)))


def _edit_prohibitions(
    draw: st.DrawFn, former: ListContent, codes: dict[str, str], keys: dict[tuple[str, str], str], facts: set[Fact]
) -> Iterator[ProhibitionContent]:
    for one in former.prohibitions:
        # Ties follow their items and steps without being told.
        now = replace(
            one,
            items=tuple(codes[code] for code in one.items if code in codes),
            steps=tuple(
                StepTie(item_code=codes[tie.item_code], node_key=keys.get((tie.item_code, tie.node_key), tie.node_key))
                for tie in one.steps
                if tie.item_code in codes
            ),
        )
        edit = draw(st.sampled_from(["", "remove", "words", "tie"]))
        if edit == "remove":
            facts.add(("prohibition", "removed", one.code))
            continue
        if edit == "words":
            facts.add(("prohibition", one.code, "words"))
            now = replace(now, words=f"{now.words}，一次也不行")
        elif edit == "tie":
            facts.add(("prohibition", one.code, "posts"))
            now = replace(now, posts=(PostKind.DIRECTOR,))
        yield now


def _edit_threshold(draw: st.DrawFn, one: ThresholdContent, facts: set[Fact]) -> ThresholdContent:
    if draw(st.booleans()):
        return one
    facts.add(("threshold", one.key, "suggested_fen"))
    return replace(one, suggested_fen=200)


def facts_of(found: Difference) -> frozenset[Fact]:
    """Return what a difference tells, as facts."""
    return frozenset(_facts(found))


def _facts(found: Difference) -> Iterator[Fact]:
    for one in found.cover:
        yield ("cover", one.key)
    for subject in found.reordered:
        yield ("reordered", subject.value)
    changes: list[RecordChange] = [
        *found.categories,
        *found.items,
        *found.procedures,
        *found.prohibitions,
        *found.thresholds,
    ]
    for change in changes:
        if change.kind is not ChangeKind.CHANGED:
            yield (change.subject.value, change.kind.value, change.code)
            continue
        if change.is_renumbered:
            yield (change.subject.value, change.code, "renumbered", change.former_code)
        for one in change.fields:
            if one.added or one.removed:
                lines = [
                    *(("added", str(line)) for line in one.added),
                    *(("removed", str(line)) for line in one.removed),
                ]
                for which, line in lines if one.is_lines and one.key == "papers" else [("", "")]:
                    yield tuple(part for part in (change.subject.value, change.code, one.key, which, line) if part)
            else:
                yield (change.subject.value, change.code, one.key)
    for item in found.items:
        if item.kind is ChangeKind.CHANGED:
            yield from (("item", item.code, "use", use.kind.value) for use in item.uses)
    for procedure in found.procedures:
        if procedure.kind is ChangeKind.CHANGED:
            yield from _flow_facts(procedure)


def _field_facts(change: RecordChange, field: FieldChange) -> Iterator[Fact]:
    place = (change.subject.value, change.code, field.key)
    if field.key != "papers":
        yield place
        return
    yield from ((*place, "added", str(line)) for line in field.added)
    yield from ((*place, "removed", str(line)) for line in field.removed)


def _flow_facts(procedure: ProcedureChange) -> Iterator[Fact]:
    for step in procedure.steps:
        if step.kind is ChangeKind.CHANGED:
            if step.is_moved:
                yield ("step", procedure.code, "moved")
            yield from (("step", procedure.code, "changed", step.former_key, one.key) for one in step.fields)
        else:
            yield ("step", procedure.code, step.kind.value, step.key)
    for way in procedure.ways:
        labels = dict.fromkeys((way.label_before, way.label_after))
        yield ("way", procedure.code, way.former_key, *labels)
    if procedure.are_exits_reordered:
        yield ("exits", procedure.code)
