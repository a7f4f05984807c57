"""The life of the county's list in the demonstration: a second version, who adopted it, who lags, what waits."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from publicity.codes.actions import give_list_codes
from village_lists.days import china_day
from village_lists.documents.actions import Readable, keep_readable
from village_lists.documents.models import DocumentKind
from village_lists.editions import actions
from village_lists.editions.adapting import begin_adaptation, confirm_adoption
from village_lists.editions.contents import ItemContent, ListContent, ProcedureUse, ProhibitionContent
from village_lists.editions.plain import digest_of
from village_lists.editions.store import read_content
from village_lists.flowcharts.graph import Graph, Node
from village_lists.library.actions import template_content
from village_lists.people.models import Person
from village_lists.places.models import Place
from village_lists.powers.actions import record_resolution
from village_lists.powers.models import ItemKind, ListVersion
from village_lists.powers.queries import items_of
from village_lists.powers.resolutions import Resolution
from village_lists.rulebook.actions import propose_change
from village_lists.rulebook.proposals import Proposal

SECOND_LIST = "sample-52"
CHANGED_CHART, CHANGED_STEP = "04-works-small", "notice"
NEW_ITEM = "A20"
AGO = timedelta(days=40)
# The smallest file that a viewer opens; real minutes are photographs or scans.
MINUTES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(frozen=True)
class Cadres:
    """Who acts for a village when its list is adopted."""

    village: Place
    clerk: Person
    head: Person


def renew(
    session: Session,
    *,
    first: ListVersion,
    county: Place,
    township: Place,
    stewards: tuple[Person, Person],
    villages: list[Cadres],
    now: datetime,
) -> None:
    """Publish the list's second version, put it to the villages, and leave work at every desk.

    The first village has adopted it, the second waits for confirmation, the third adapts it, the others lag. The
    second sample list waits for the other steward, and so does a change of the rule book.
    """
    wrote, looked = stewards
    then = now - AGO
    version = actions.next_version(session, power_list=first.power_list, by=wrote, now=then)
    _change(session, version, by=wrote, now=then)
    actions.submit_version(session, version=version, note="按半年试行的意见修改", by=wrote, now=then)
    later = then + timedelta(days=2)
    actions.publish_version(session, version=version, valid_from=later.date(), by=looked, now=later)
    until = china_day(now) + timedelta(days=8)
    actions.roll_out(session, version=version, townships=[township], adopt_by=until, by=looked, now=later)
    for place, cadres in enumerate(villages[:3]):
        if place == 2:
            begin_adaptation(
                session, village=cadres.village, template=version, by=cadres.clerk, now=now - timedelta(days=1)
            )
        else:
            _adopt(session, version, cadres, is_confirmed=place == 0, now=now - timedelta(days=20 - 18 * place))
    _leave_work(session, county, township, wrote, looked, now)


def _change(session: Session, version: ListVersion, *, by: Person, now: datetime) -> None:
    content = read_content(session, version=version)
    chart = next(one for one in content.procedures if one.slug == CHANGED_CHART)
    nodes = tuple(_longer(node) if node.key == CHANGED_STEP else node for node in chart.graph.nodes)
    graph = Graph(title=chart.graph.title, nodes=nodes, edges=chart.graph.edges)
    actions.change_procedure(
        session,
        version=version,
        slug=chart.slug,
        content=replace(chart, graph=graph),
        seen=digest_of(chart),
        by=by,
        now=now,
    )
    actions.change_item(
        session, version=version, code="", content=_new_item(content), seen=digest_of(None), by=by, now=now
    )
    forbidden = ProhibitionContent(
        code=f"N{len(content.prohibitions) + 1:02}",
        words="不准在竞标公告期满以前定下施工人",
        basis="示例，待当地确认",
        who="村干部",
        items=("A04",),
    )
    actions.change_prohibition(
        session, version=version, code="", content=forbidden, seen=digest_of(None), by=by, now=now
    )


def _longer(node: Node) -> Node:
    """Return the step with a longer time limit, as villages asked for."""
    return replace(node, limit_days=(node.limit_days or 5) + 2)


def _new_item(content: ListContent) -> ItemContent:
    """Return an item that the second version adds; it uses a chart that is already there."""
    nearest = next(item for item in content.items if item.code == "A02")
    return replace(
        nearest,
        code=NEW_ITEM,
        name="零星用工安排",
        kind=ItemKind.POWER,
        sentence="村里临时请人做工，先说清要几个人、几天、多少钱，再请人，做完公布。",
        keywords=("零工", "小工", "请人做工", "误工"),
        procedures=tuple(ProcedureUse(slug=use.slug) for use in nearest.procedures),
        postings=(),
    )


def _adopt(session: Session, version: ListVersion, cadres: Cadres, *, is_confirmed: bool, now: datetime) -> None:
    readable = Readable(kind=DocumentKind.PDF, name="村民代表会议记录.pdf", content=MINUTES)
    minutes = keep_readable(session, place=cadres.village, readable=readable, by=cadres.clerk, now=now)
    resolution = Resolution(
        decision_body="representatives",
        meeting="村民代表会议",
        held_on=china_day(now) - timedelta(days=1),
        due=38,
        present=34,
        in_favour=33,
    )
    adoption = record_resolution(
        session,
        village=cadres.village,
        version_id=version.id,
        resolution=resolution,
        minutes=minutes,
        by=cadres.clerk,
        now=now,
    )
    if is_confirmed:
        later = now + timedelta(hours=3)
        confirm_adoption(session, adoption=adoption, by=cadres.head, now=later)
        codes = [item.code for item in items_of(session, version_id=version.id)]
        give_list_codes(session, village=cadres.village, item_codes=codes, now=later)


def _leave_work(session: Session, county: Place, township: Place, wrote: Person, looked: Person, now: datetime) -> None:
    """Leave a list and a change of the rule book for the other steward to decide."""
    yesterday = now - timedelta(days=1)
    waiting = actions.make_version(
        session, place=county, slug=SECOND_LIST, content=template_content(SECOND_LIST), by=wrote, now=yesterday
    )
    actions.submit_version(session, version=waiting, note="六类五十二项，请再看一遍", by=wrote, now=yesterday)
    proposal = Proposal(
        key="due.finance.monthly.day",
        place=township,
        value=15,
        valid_from=china_day(now).replace(day=1) + timedelta(days=62),
        basis="示例，待当地确认",
        is_sample=True,
        reason="几个村月初对不上银行单，申请放宽五天",
    )
    propose_change(session, proposal=proposal, by=looked, now=yesterday)
