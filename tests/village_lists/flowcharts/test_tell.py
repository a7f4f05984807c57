"""The chart in words."""

from dataclasses import replace

from tests.village_lists.flowcharts.graphs import road_repair
from village_lists.flowcharts.graph import DayKind, Edge, Graph, Node, NodeKind, Posting
from village_lists.flowcharts.tell import limit_words, posting_words, tell

WUYI = Graph(
    title="五议决策法",
    nodes=(
        Node(key="start", kind=NodeKind.START, title="有重大事项要办"),
        Node(key="again", kind=NodeKind.PREDEFINED, title="再走一遍", embeds="wuyi"),
        Node(key="end", kind=NodeKind.END, title="办结"),
    ),
    edges=(Edge(source="start", target="again"), Edge(source="again", target="end")),
)


def test_says_where_it_goes_on() -> None:
    steps = {step.key: step for step in tell(road_repair())}
    assert steps["vote"].onward == "同意 → 第 3 步；改后再议 → 回到第 1 步；不同意 → 结束：不实施"
    assert steps["start"].onward == "→ 第 1 步"
    assert steps["end"].onward == ""
    assert [way.is_back for way in steps["vote"].ways] == [False, True, False]


def test_numbers_steps_in_reading_order_and_not_the_ends() -> None:
    steps = tell(road_repair())
    assert [step.number for step in steps] == [None, 1, 2, 3, 4, None, 5, 6, None, 7, 8, None, None]
    assert [step.mark for step in steps][:3] == ["始", "1", "2"]


def test_says_limit_papers_posting_risk_and_prohibition() -> None:
    steps = {step.key: step for step in tell(road_repair(), prohibitions={"N07": "不得拆分工程"})}
    notice = steps["notice"]
    assert notice.limit == "5个工作日内"
    assert notice.posting == "张榜5天：竞标公告（村务公开栏）"
    assert notice.risk == "廉政风险：只告诉熟人"
    assert notice.prohibitions == ("不得拆分工程",)
    assert steps["pay"].evidence == "材料：发票、验收单"


def test_says_that_branches_run_at_the_same_time() -> None:
    steps = {step.key: step for step in tell(road_repair())}
    assert steps["fork"].title == "同时进行"
    assert steps["join"].title == "以上都完成后"
    assert steps["watch"].together == "同时进行（2项之2）"


def test_unfolds_an_embedded_procedure_once() -> None:
    steps = {step.key: step for step in tell(road_repair(), embedded={"wuyi": WUYI})}
    inner = steps["wuyi"].embedded
    assert [step.title for step in inner] == ["有重大事项要办", "再走一遍", "办结"]
    assert inner[1].embedded == ()


def test_limits_in_calendar_and_working_days() -> None:
    node = Node(key="a", kind=NodeKind.STEP, title="办")
    assert limit_words(node) == ""
    assert limit_words(replace(node, limit_days=0)) == "当日"
    assert limit_words(replace(node, limit_days=7)) == "7日内"
    assert limit_words(replace(node, limit_days=7, limit_kind=DayKind.WORKING)) == "7个工作日内"


def test_posting_without_days_names_none() -> None:
    assert posting_words(Posting(what="决议", where="村口")) == "张榜：决议（村口）"


def test_words_can_be_translated() -> None:
    steps = tell(
        road_repair(), say=lambda words, values: {"第 %(number)s 步": "step %(number)s"}.get(words, "?") % values
    )
    assert steps[0].ways[0].place == "step 1"
