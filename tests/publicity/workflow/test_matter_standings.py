"""The words beside the boxes of a live chart: how often, in which year, by how much too late, why skipped."""

from datetime import date

from publicity.matters.course import Course, Move, Plan
from publicity.matters.models import MatterDeed
from publicity.matters.replay import course_of
from publicity.workflow.matter_standings import LONGEST_REASON, linked_inside, shown_standings
from village_lists.days import WorkingDays
from village_lists.flowcharts.graph import Edge, Graph, Node, NodeKind
from village_lists.flowcharts.standings import standing_words
from village_lists.flowcharts.tell import say_chinese
from village_lists.places.models import BodyKind

NODES = (
    Node(key="start", kind=NodeKind.START, title="开始"),
    Node(key="plan", kind=NodeKind.STEP, title="做方案", limit_days=5),
    Node(key="agreed", kind=NodeKind.DECISION, title="同意吗"),
    Node(key="end", kind=NodeKind.END, title="办结"),
)
EDGES = (
    Edge(source="start", target="plan"),
    Edge(source="plan", target="agreed"),
    Edge(source="agreed", target="end", label="同意"),
    Edge(source="agreed", target="plan", label="不同意"),
)
LOOP = Graph(title="商量", nodes=NODES, edges=EDGES)
OUTER = Graph(
    title="外面的流程",
    nodes=(
        Node(key="start", kind=NodeKind.START, title="开始"),
        Node(key="inner", kind=NodeKind.PREDEFINED, title="先商量", embeds="loop"),
        Node(key="end", kind=NodeKind.END, title="办结"),
    ),
    edges=(Edge(source="start", target="inner"), Edge(source="inner", target="end")),
)
BACK = (
    (MatterDeed.DONE, date(2025, 12, 3), "inner/plan", "", ""),
    (MatterDeed.DECIDED, date(2025, 12, 4), "inner/agreed", "不同意", ""),
)


def course(*told: tuple[MatterDeed, date, str, str, str], on: date) -> Course:
    """Return the course of a matter opened on 1 December 2025."""
    moves = [
        Move(sequence=number, deed=deed, happened_on=day, step=step, exit=exit_, words=words)
        for number, (deed, day, step, exit_, words) in enumerate(told, 1)
    ]
    return course_of(
        Plan(root="outer", graphs={"outer": OUTER, "loop": LOOP}),
        moves,
        opened_on=date(2025, 12, 1),
        on=on,
        calendar=WorkingDays(),
        posting_days=None,
        body_kind=BodyKind.COMMITTEE,
        budget_fen=None,
    )


def words_at(found: Course, key: str, *, on: date) -> str:
    """Return what stands beside a box of the inner chart."""
    standing = shown_standings(found, "inner", on=on, cover=lambda text: text.replace("张阿德", "张*"))[key]
    return standing_words(standing, say_chinese)


def test_the_second_time_round_says_so_and_how_late_it_is() -> None:
    on = date(2025, 12, 12)
    found = course(*BACK, on=on)
    assert words_at(found, "plan", on=on) == "已超期 3 天（第 2 次），12月9日到期"
    assert words_at(found, "agreed", on=on) == "已办 12月4日：不同意"


def test_another_year_is_named() -> None:
    on = date(2026, 1, 5)
    assert words_at(course(*BACK, on=on), "agreed", on=on) == "已办 2025年12月4日：不同意"


def test_a_reason_is_covered_and_its_beginning_shown() -> None:
    reason = "张阿德说不用再商量了，" + "大家都同意" * 9
    skipped = (MatterDeed.SKIPPED, date(2025, 12, 5), "inner/plan", "", reason)
    on = date(2025, 12, 6)
    told = words_at(course(skipped, on=on), "plan", on=on)
    assert told.startswith("跳过 12月5日：张*说不用再商量了")
    assert told.endswith("…")
    assert len(told.partition("：")[2]) == LONGEST_REASON + 1


def test_a_step_that_embeds_names_the_place_of_its_chart() -> None:
    found = course(on=date(2025, 12, 2))
    assert {node.key: node.embeds for node in linked_inside(found, "").nodes}["inner"] == "inner"
