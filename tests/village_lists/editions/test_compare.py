"""Two versions compared: every edit is told, and nothing else."""

from collections import Counter
from dataclasses import replace

from hypothesis import given

from tests.village_lists.editions.contents import LIMIT, chart, small_list
from tests.village_lists.editions.edits import Edited, contents, edited_lists, facts_of
from village_lists.editions.compare import compare
from village_lists.editions.contents import CategoryContent, ItemContent, ListContent, ProcedureUse
from village_lists.editions.differences import ChangeKind, Difference, Subject
from village_lists.editions.telling import sentences
from village_lists.flowcharts.graph import Edge, Node, NodeKind
from village_lists.powers.models import ItemKind

MIRRORED = {"added": "removed", "removed": "added", "changed": "changed"}


def told(former: ListContent, newer: ListContent) -> list[str]:
    """Return the sentences of a comparison."""
    return [str(sentence) for sentence in sentences(compare(former, newer))]


def with_item(content: ListContent, which: str, /, **changes: object) -> ListContent:
    """Return the list with one item changed."""
    items = tuple(replace(item, **changes) if item.code == which else item for item in content.items)  # type: ignore[arg-type]
    return replace(content, items=items)


def with_graph(content: ListContent, slug: str, nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> ListContent:
    """Return the list with another graph for a procedure."""
    return replace(
        content,
        procedures=tuple(
            replace(one, graph=replace(one.graph, nodes=nodes, edges=edges)) if one.slug == slug else one
            for one in content.procedures
        ),
    )


def tally(found: Difference) -> Counter[tuple[str, str]]:
    """Count the changes of records, fields, steps and ways by what happened."""
    counts: Counter[tuple[str, str]] = Counter()
    for subject in Subject:
        for change in found.changes_of(subject):
            counts[subject.value, change.kind.value] += 1
            counts[f"{subject.value} fields", "changed"] += len(change.fields)
    for procedure in found.procedures:
        counts.update(("step", step.kind.value) for step in procedure.steps)
        counts.update(("arrow", arrow.kind.value) for arrow in procedure.arrows)
        counts["ways", "changed"] += len(procedure.ways)
    return counts


@given(contents())
def test_a_list_does_not_differ_from_itself(content: ListContent):
    assert compare(content, content).is_empty
    assert not sentences(compare(content, content))


@given(edited_lists())
def test_every_edit_is_told_and_nothing_else(edited: Edited):
    assert facts_of(compare(edited.former, edited.newer)) == edited.facts


@given(edited_lists())
def test_it_is_empty_exactly_when_nothing_was_edited(edited: Edited):
    assert compare(edited.former, edited.newer).is_empty == (not edited.facts)


@given(edited_lists())
def test_the_other_way_round_is_its_mirror(edited: Edited):
    forth = tally(compare(edited.former, edited.newer))
    back = tally(compare(edited.newer, edited.former))
    assert back == Counter({(what, MIRRORED[kind]): count for (what, kind), count in forth.items()})


@given(edited_lists())
def test_every_change_has_a_sentence(edited: Edited):
    found = compare(edited.former, edited.newer)
    assert len(sentences(found)) >= sum(len(found.changes_of(subject)) for subject in Subject)
    assert not any("%(" in str(sentence) for sentence in sentences(found))


def test_a_new_step_is_told_once_without_its_arrows():
    former = small_list()
    nodes = former.procedures[0].graph.nodes
    filing = Node(key="filing", kind=NodeKind.STEP, title="镇里备案")
    edges = (
        Edge(source="start", target="plan"),
        Edge(source="plan", target="filing"),
        Edge(source="filing", target="vote"),
        Edge(source="vote", target="end", label="同意"),
        Edge(source="vote", target="plan", label="不同意"),
    )
    newer = with_graph(former, "little", (*nodes[:2], filing, *nodes[2:]), edges)
    assert told(former, newer) == ["A01、A02、B01 的流程「简易程序」：新增一步「镇里备案」（第 2 步）"]
    assert told(newer, former) == ["A01、A02、B01 的流程「简易程序」：取消一步「镇里备案」（原第 2 步）"]


def test_a_procedure_of_one_item_is_told_as_the_item():
    former = with_item(small_list(), "B02", procedures=(ProcedureUse(slug="own"),))
    former = replace(former, procedures=(*former.procedures, chart("own", "答复")))
    graph = former.procedures[-1].graph
    nodes = tuple(replace(node, limit_days=10) if node.key == "plan" else node for node in graph.nodes)
    newer = with_graph(former, "own", nodes, graph.edges)
    assert told(former, newer) == ["B02 反映情况：第 1 步「拟方案」的时限由「5个工作日内」改为「10个工作日内」"]


def test_an_exit_that_leads_elsewhere_is_told():
    former = small_list()
    graph = former.procedures[0].graph
    edges = (*graph.edges[:-1], Edge(source="vote", target="end", label="不同意"))
    newer = with_graph(former, "little", graph.nodes, edges)
    assert told(former, newer) == [
        "A01、A02、B01 的流程「简易程序」：第 2 步「同意吗」「不同意」后改去「办结」，原来去第 1 步「拟方案」"
    ]


def test_an_embedded_procedure_touches_who_embeds_it():
    former = small_list()
    graph = former.procedures[2].graph
    nodes = tuple(replace(node, actor="村民会议") if node.key == "vote" else node for node in graph.nodes)
    found = compare(former, with_graph(former, "decide", nodes, graph.edges))
    assert found.item_codes == ("A01",)
    assert found.of_item("A01").procedures[0].code == "decide"
    assert found.of_item("B01") is None


def test_renumbering_in_the_middle_makes_no_noise():
    former = small_list()
    newer = with_item(with_item(former, "B02", code="B03"), "B01", code="B02")
    items = list(newer.items)
    items.insert(2, ItemContent(code="B01", name="领补贴", kind=ItemKind.SERVICE, category="b"))
    prohibitions = (*newer.prohibitions[:2], replace(newer.prohibitions[2], items=("B02",)))
    newer = replace(newer, items=tuple(items), prohibitions=prohibitions)
    assert told(former, newer) == [
        "B01 领补贴：新增这一项",
        "B02 盖章：编号由 B01 改为 B02",
        "B03 反映情况：编号由 B02 改为 B03",
    ]


def test_a_category_is_renamed_moved_added_removed():
    former = small_list()
    categories = (
        CategoryContent(code="b", name="村民的事情"),
        CategoryContent(code="a", name="集体的事"),
        CategoryContent(code="a1", name="工程"),
        CategoryContent(code="c", name="别的事"),
    )
    assert told(former, replace(former, categories=categories)) == [
        "分类「村民的事情」：名称由「村民的事」改为「村民的事情」",
        "分类「工程」：上一级由「集体的事」改为「最上一级」",
        "分类「别的事」：新增这一类",
        "清单：分类的先后顺序有调整",
    ]


def test_bands_and_amounts_are_told_by_name():
    former = small_list()
    uses = (ProcedureUse(slug="little"), ProcedureUse(slug="large", from_key=LIMIT))
    newer = with_item(former, "A01", procedures=uses)
    newer = replace(newer, thresholds=(replace(former.thresholds[0], suggested_fen=10_000_000),))
    assert told(former, newer) == [
        "A01 修路：流程「简易程序」适用的金额由不满「一般程序起点」改为不论金额",
        "金额「一般程序起点」：建议金额由「50,000.00 元」改为「100,000.00 元」",
    ]


def test_lines_are_told_by_what_came_and_went():
    former = small_list()
    newer = with_item(former, "A01", papers=("预算", "图纸"), keywords=("道路", "修路"))
    found = compare(former, newer).items[0]
    papers = found.field_named("papers")
    assert (papers.added, papers.removed, papers.kept) == (("图纸",), ("方案",), 1)
    assert told(former, newer) == ["A01 修路：常用说法的先后顺序有调整", "A01 修路：材料增加「图纸」，减少「方案」"]


def test_a_code_that_another_item_took_over_is_not_mixed_up():
    former = small_list()
    without = tuple(item for item in former.items if item.code != "A02")
    newer = with_item(replace(former, items=without), "B01", code="A02")
    newer = replace(newer, prohibitions=(*former.prohibitions[:2], replace(former.prohibitions[2], items=("A02",))))
    kinds = {(change.code, change.kind) for change in compare(former, newer).items}
    assert kinds == {("A02", ChangeKind.CHANGED), ("A02", ChangeKind.REMOVED)}
