"""A small list for tests: two levels of classes, a chart that two items share, a band of amounts."""

from datetime import date

from sqlalchemy.orm import Session

from tests.factories import BEGIN, at
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
from village_lists.editions.store import write_content
from village_lists.flowcharts.graph import Edge, Graph, Node, NodeKind, Posting
from village_lists.places.models import Place
from village_lists.powers.models import (
    Adoption,
    ItemKind,
    ListDeed,
    ListDeedKind,
    ListVersion,
    PowerList,
    VersionState,
)

BAND = "amounts.small.below"


def graph(title: str, step: str) -> Graph:
    """Return a chart of one step that is posted."""
    return Graph(
        title=title,
        nodes=(
            Node(key="start", kind=NodeKind.START, title="开始"),
            Node(key="do", kind=NodeKind.STEP, title=step, posting=Posting(what="结果", days=7, when="办完当天")),
            Node(key="end", kind=NodeKind.END, title="办结"),
        ),
        edges=(Edge(source="start", target="do"), Edge(source="do", target="end")),
    )


CONTENT = ListContent(
    title="小清单",
    categories=(
        CategoryContent(code="own", name="村里的事"),
        CategoryContent(code="works", name="工程", parent="own"),
        CategoryContent(code="road", name="道路", parent="works"),
        CategoryContent(code="none", name="空的"),
        CategoryContent(code="help", name="便民"),
    ),
    items=(
        ItemContent(
            code="R1",
            name="修路",
            kind=ItemKind.POWER,
            category="road",
            standard_code="标-001",
            body="村民委员会",
            sentence="路坏了就修",
            keywords=("铺路",),
            procedures=(ProcedureUse(slug="short", below_key=BAND), ProcedureUse(slug="long", from_key=BAND)),
        ),
        ItemContent(
            code="R2",
            name="修桥",
            kind=ItemKind.POWER,
            category="works",
            procedures=(ProcedureUse(slug="long"),),
        ),
        ItemContent(code="H1", name="开证明", kind=ItemKind.SERVICE, category="help"),
    ),
    procedures=(
        ProcedureContent(slug="short", title="小修", graph=graph("小修", "动手修")),
        ProcedureContent(slug="long", title="大修", graph=graph("大修", "招标")),
    ),
    prohibitions=(
        ProhibitionContent(
            code="N1", words="不准拆开来做", who="报账员、村干部", steps=(StepTie(item_code="R1", node_key="do"),)
        ),
        ProhibitionContent(code="N2", words="不准收红包", who="村干部", basis="示例依据"),
    ),
    thresholds=(ThresholdContent(key=BAND, name="小修的上限", suggested_fen=5_000_000),),
)


def make_version(session: Session, *, place: Place, content: ListContent = CONTENT, slug: str = "small") -> ListVersion:
    """Enter a list of a place with a version that says the content, still a draft."""
    power_list = PowerList(place_id=place.id, slug=slug)
    session.add(power_list)
    session.flush()
    version = ListVersion(power_list_id=power_list.id, number=1, title=content.title)
    session.add(version)
    session.flush()
    write_content(session, version=version, content=content)
    return version


def adopt(
    session: Session, *, village: Place, version: ListVersion, held_on: date = BEGIN, is_confirmed: bool = True
) -> Adoption:
    """Record an adoption, confirmed an hour later or not; a draft becomes public first."""
    if version.state is VersionState.DRAFT:
        session.add(ListDeed(version_id=version.id, deed=ListDeedKind.PUBLISH, by_id=None, at=at(held_on)))
        session.flush()
        version.state = VersionState.PUBLISHED
    adoption = Adoption(
        village_id=village.id,
        version_id=version.id,
        meeting="村民代表会议",
        held_on=held_on,
        due=38,
        present=35,
        in_favour=34,
        recorded_at=at(held_on, 17),
        confirmed_at=at(held_on, 18) if is_confirmed else None,
    )
    session.add(adoption)
    session.flush()
    return adoption
