"""A small list for tests: two levels of categories, a shared chart, bands of amount, every kind of tie."""

from village_lists.editions.contents import (
    BasisContent,
    CategoryContent,
    ItemContent,
    ListContent,
    PostingContent,
    ProcedureContent,
    ProcedureUse,
    ProhibitionContent,
    StepTie,
    ThresholdContent,
)
from village_lists.flowcharts.graph import DayKind, Edge, Graph, Node, NodeKind, Posting
from village_lists.people.models import PostKind
from village_lists.powers.models import ItemKind

LIMIT = "amounts.test.limit"


def chart(slug: str, title: str, *, embeds: str = "") -> ProcedureContent:
    """Return a procedure: start, a step, a question with a way back, end; the step may embed another procedure."""
    kind = NodeKind.PREDEFINED if embeds else NodeKind.STEP
    nodes = (
        Node(key="start", kind=NodeKind.START, title="有人提出"),
        Node(
            key="plan",
            kind=kind,
            title="拟方案",
            actor="村民委员会",
            limit_days=5,
            limit_kind=DayKind.WORKING,
            evidence=("方案",),
            posting=Posting(what="方案", where="村务公开栏", days=15, when="拟好后"),
            risk="先定人后定方案",
            embeds=embeds,
        ),
        Node(key="vote", kind=NodeKind.DECISION, title="同意吗", actor="村民代表会议"),
        Node(key="end", kind=NodeKind.END, title="办结"),
    )
    edges = (
        Edge(source="start", target="plan"),
        Edge(source="plan", target="vote"),
        Edge(source="vote", target="end", label="同意"),
        Edge(source="vote", target="plan", label="不同意"),
    )
    return ProcedureContent(slug=slug, title=title, graph=Graph(title=title, nodes=nodes, edges=edges))


def small_list() -> ListContent:
    """Return a list without a fault: four items, three charts, three prohibitions, one amount."""
    return ListContent(
        title="小清单（示例）",
        note="只用于测试",
        categories=(
            CategoryContent(code="a", name="集体的事"),
            CategoryContent(code="a1", name="工程", parent="a"),
            CategoryContent(code="b", name="村民的事"),
        ),
        items=(
            ItemContent(
                code="A01",
                name="修路",
                kind=ItemKind.POWER,
                category="a1",
                standard_code="标-01",
                body="村民委员会",
                sentence="修路先议后修。",
                keywords=("修路", "道路"),
                conditions=("路坏了", "有钱"),
                papers=("方案", "预算"),
                time_limit="60日",
                fee="不收费",
                accountability=("私自发包的要追责",),
                bases=(BasisContent(law="村民委员会组织法", article="第二十八条", words="先议"),),
                postings=(PostingContent(what="预算", where="村务公开栏", when="开工前", days=15),),
                procedures=(
                    ProcedureUse(slug="little", below_key=LIMIT),
                    ProcedureUse(slug="large", from_key=LIMIT),
                ),
            ),
            ItemContent(
                code="A02",
                name="买东西",
                kind=ItemKind.POWER,
                category="a",
                sentence="买东西先比价。",
                procedures=(ProcedureUse(slug="little"),),
            ),
            ItemContent(
                code="B01",
                name="盖章",
                kind=ItemKind.SERVICE,
                category="b",
                sentence="盖章要登记。",
                procedures=(ProcedureUse(slug="little"),),
            ),
            ItemContent(
                code="B02", name="反映情况", kind=ItemKind.RESPONSIBILITY, category="b", sentence="有人问就要答。"
            ),
        ),
        procedures=(
            chart("little", "简易程序"),
            chart("large", "一般程序", embeds="decide"),
            chart("decide", "议事程序"),
        ),
        prohibitions=(
            ProhibitionContent(
                code="N1",
                words="不准先修后议",
                basis="示例",
                consequence="追责",
                who="村干部",
                items=("A01",),
                steps=(StepTie(item_code="A01", node_key="plan"),),
                posts=(PostKind.DIRECTOR,),
            ),
            ProhibitionContent(code="N2", words="不准公款吃喝"),
            ProhibitionContent(code="N3", words="不准白盖章", items=("B01",), is_sample=False),
        ),
        thresholds=(ThresholdContent(key=LIMIT, name="一般程序起点", suggested_fen=5_000_000),),
    )
