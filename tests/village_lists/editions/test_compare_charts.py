"""The marks of a comparison on the two charts."""

from dataclasses import replace

from tests.village_lists.editions.contents import chart
from village_lists.editions.contents import ProcedureContent
from village_lists.editions.pairing import moved_of
from village_lists.editions.telling import standings_of
from village_lists.flowcharts.graph import Edge, Node, NodeKind
from village_lists.flowcharts.standings import Standing, StandingKind

FORMER = chart("little", "简易程序")


def edited(nodes: tuple[Node, ...], edges: tuple[Edge, ...] = FORMER.graph.edges) -> ProcedureContent:
    """Return the procedure with other nodes and arrows."""
    return replace(FORMER, graph=replace(FORMER.graph, nodes=nodes, edges=edges))


def test_the_same_chart_bears_no_marks():
    assert standings_of(FORMER, FORMER) == ({}, {})


def test_a_new_step_is_marked_on_the_newer_chart_and_a_gone_one_on_the_former():
    start, plan, vote, end = FORMER.graph.nodes
    filing = Node(key="filing", kind=NodeKind.STEP, title="备案")
    edges = (
        *(edge for edge in FORMER.graph.edges if edge.label != "同意"),
        Edge(source="vote", target="filing", label="同意"),
        Edge(source="filing", target="end"),
    )
    newer = edited((start, plan, vote, filing, end), edges)
    assert standings_of(FORMER, newer) == ({}, {"filing": Standing(StandingKind.ADDED)})
    assert standings_of(newer, FORMER) == ({"filing": Standing(StandingKind.REMOVED)}, {})


def test_a_changed_step_is_marked_on_both_and_says_what():
    start, plan, vote, end = FORMER.graph.nodes
    newer = edited(
        (start, replace(plan, key="draft", limit_days=9), vote, end),
        tuple(
            replace(
                edge,
                source="draft" if edge.source == "plan" else edge.source,
                target="draft" if edge.target == "plan" else edge.target,
            )
            for edge in FORMER.graph.edges
        ),
    )
    before, after = standings_of(FORMER, newer)
    assert before == {"plan": Standing(StandingKind.CHANGED, "时限")}
    assert after == {"draft": Standing(StandingKind.CHANGED, "时限由5个工作日内改为9个工作日内")}


def test_an_exit_that_leads_elsewhere_marks_its_question():
    edges = (*FORMER.graph.edges[:-1], Edge(source="vote", target="end", label="不同意"))
    before, after = standings_of(FORMER, edited(FORMER.graph.nodes, edges))
    assert before == {"vote": Standing(StandingKind.CHANGED, "下一步")}
    assert after == {"vote": Standing(StandingKind.CHANGED, "「不同意」后改去「办结」")}


def test_a_whole_procedure_that_came_or_went_is_marked_everywhere():
    before, after = standings_of(None, FORMER)
    assert before == {}
    assert {one.kind for one in after.values()} == {StandingKind.ADDED}
    assert set(standings_of(FORMER, None)[0]) == {node.key for node in FORMER.graph.nodes}


def test_the_fewest_members_move_and_the_same_both_ways():
    assert moved_of("abcde", "abcde") == set()
    assert moved_of("abcde", "bcdea") == {"a"}
    assert moved_of("bcdea", "abcde") == {"a"}
    assert moved_of("ab", "ba") == moved_of("ba", "ab")
