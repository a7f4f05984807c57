"""Matters of the demonstration, deed by deed: a road with everything that can go wrong, and small ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.cli.demonstration.books import Line
from app.cli.demonstration.desk import Staff, at
from app.cli.demonstration.events import BUILDER, ROAD
from app.cli.demonstration.scene import fen
from publicity.codes.actions import give_code
from publicity.codes.models import TargetKind
from publicity.ledgers.parsed import ParsedEntry
from publicity.matters.actions import put_up, record_meeting, stop_matter, take_down
from publicity.matters.deeds import record_deed
from publicity.matters.evidence import check_deed
from publicity.matters.models import Matter, MatterDeed
from publicity.matters.opening import open_matter
from village_lists.days import china_day
from village_lists.places.models import BodyKind

DONE, DECIDED, SKIPPED = MatterDeed.DONE, MatterDeed.DECIDED, MatterDeed.SKIPPED
GRANT = "一事一议财政奖补（后山机耕路）"
CONTRACT_FEN = fen(226_800)


@dataclass(frozen=True, kw_only=True)
class Told:
    """One deed of a case: how many days before today, which, at which step, with what."""

    ago: int
    deed: str
    step: str = ""
    exit: str = ""
    words: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Paid:
    """A line of the accounts under a case: how many days before today, for what, who with, how much (fen)."""

    ago: int
    summary: str
    party: str
    fen: int
    is_income: bool = False
    account: str = "153"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case: under which item, what it is called, what it may cost, what happened, what was paid."""

    item: str
    title: str
    budget_fen: int | None
    funding: str
    ago: int
    told: tuple[Told, ...]
    paid: tuple[Paid, ...] = ()
    body: BodyKind = BodyKind.COLLECTIVE


def _met(ago: int, step: str, body: str, meeting: str, due: int, present: int, in_favour: int) -> Told:
    more = {"decision_body": body, "meeting": meeting, "due": due, "present": present, "in_favour": in_favour}
    return Told(ago=ago, deed="met", step=step, more=more)


def _hung(step: str, *, up: int, down: int) -> tuple[Told, Told]:
    return Told(ago=up, deed="posted", step=step), Told(ago=down, deed="taken_down", step=step)


PARTY, REPRESENTATIVES = "党员大会", "村民代表会议"
ROAD_BEGINS = (
    Told(ago=255, deed=DONE, step="wuyi/propose"),
    Told(ago=250, deed=DONE, step="wuyi/deliberate", words="方案：路面宽 3 米，长 1.2 公里"),
    *_hung("wuyi/show", up=250, down=235),
    Told(ago=235, deed=DONE, step="wuyi/show"),
    Told(ago=233, deed=DECIDED, step="wuyi/opinions", exit="有", words="三组要求多做一座涵洞"),
    Told(ago=230, deed=DONE, step="wuyi/deliberate", words="方案加了一座涵洞，预算改到 24 万元"),
)
ROAD_FAULTS = (
    *_hung("wuyi/show", up=230, down=221),
    Told(ago=221, deed=DONE, step="wuyi/show"),
    Told(
        ago=221,
        deed=SKIPPED,
        step="wuyi/opinions",
        exit="没有",
        words="第二次公示没有人提意见，没有再开会处理",
    ),
    _met(216, "wuyi/review", "party", PARTY, 46, 28, 28),
)
ROAD_FINE = (
    *_hung("wuyi/show", up=230, down=215),
    Told(ago=215, deed=DONE, step="wuyi/show"),
    Told(ago=214, deed=DECIDED, step="wuyi/opinions", exit="没有"),
)
ROAD_GOES_ON = (
    _met(210, "wuyi/review", "party", PARTY, 46, 38, 37),
    Told(ago=210, deed=DONE, step="wuyi/review"),
    Told(ago=210, deed=DECIDED, step="wuyi/endorsed", exit="同意"),
    _met(203, "wuyi/decide", "representatives", REPRESENTATIVES, 38, 35, 34),
    Told(ago=203, deed=DONE, step="wuyi/decide"),
    Told(ago=203, deed=DECIDED, step="wuyi/carried", exit="通过"),
    *_hung("wuyi/announce", up=203, down=200),
    Told(ago=200, deed=DONE, step="wuyi/announce"),
    Told(ago=199, deed=MatterDeed.HANDED_OVER, step="wuyi/carry_out"),
    Told(ago=198, deed=DECIDED, step="passed", exit="通过"),
    Told(ago=190, deed=DONE, step="review"),
    Told(ago=189, deed=DECIDED, step="approved", exit="同意"),
    Told(ago=188, deed="posted", step="tender"),
    Told(ago=172, deed=DONE, step="tender"),
    Told(ago=158, deed=DONE, step="sign", words=f"和{BUILDER}签合同，合同价 226800 元"),
    Told(ago=157, deed="taken_down", step="tender"),
    Told(ago=96, deed="posted", step="build"),
    Told(ago=45, deed=DONE, step="build"),
    Told(ago=45, deed=DONE, step="supervise"),
    Told(ago=38, deed=DONE, step="accept", words="一处路肩返工以后验收合格"),
    Told(ago=36, deed="taken_down", step="build"),
)
ROAD_PAID = (
    Paid(ago=150, summary=GRANT, party="松坪镇财政所", fen=fen(180_000), is_income=True),
    Paid(ago=125, summary=f"{ROAD}第一期款", party=BUILDER, fen=fen(68_040)),
    Paid(ago=100, summary=f"{ROAD}第二期款", party=BUILDER, fen=fen(24_960)),
    Paid(ago=68, summary=f"{ROAD}第三期款", party=BUILDER, fen=fen(90_000)),
    Paid(ago=40, summary=f"{ROAD}验收后付款", party=BUILDER, fen=fen(34_170)),
)
DESKS = Case(
    item="A02",
    title="村办公室购置桌椅",
    budget_fen=fen(3_500),
    funding="村集体收入",
    ago=120,
    told=(
        Told(ago=118, deed=DONE, step="request"),
        Told(ago=115, deed=DONE, step="quote", words="阳光家具店 3260 元、城关家具行 3480 元、木匠作坊 3550 元"),
        Told(ago=115, deed=DECIDED, step="enough", exit="有"),
        Told(ago=112, deed=DONE, step="meeting"),
        Told(ago=110, deed=DONE, step="contract"),
        Told(ago=104, deed=DONE, step="deliver"),
        Told(ago=104, deed=DECIDED, step="good", exit="一样"),
        Told(ago=101, deed=DONE, step="pay"),
        Told(ago=99, deed="posted", step="pay"),
        Told(ago=80, deed="taken_down", step="pay"),
    ),
    paid=(Paid(ago=102, summary="办公桌椅", party="阳光家具店", fen=fen(3_260), account="513"),),
)
LAMPS = Case(
    item="A04",
    title="溪边公园太阳能路灯",
    budget_fen=fen(36_000),
    funding="村集体收入",
    ago=140,
    told=(
        Told(ago=134, deed=DONE, step="propose"),
        Told(ago=130, deed=DONE, step="joint"),
        Told(ago=120, deed=MatterDeed.STOPPED, words="镇里统一装路灯，村里不再自己装，停办"),
    ),
)
PIPES = Case(
    item="A03",
    title="二组自来水管抢修",
    budget_fen=fen(4_800),
    funding="村集体收入",
    ago=26,
    told=(Told(ago=24, deed=DONE, step="look"), Told(ago=22, deed=DONE, step="agree")),
)


def cases_of(number: int) -> tuple[Case, ...]:
    """Return the cases of a village: the first one has everything that can go wrong, the others the road alone."""
    faults = ROAD_FAULTS if number == 0 else ROAD_FINE
    road = Case(
        item="A05",
        title=ROAD,
        budget_fen=fen(240_000),
        funding="一事一议奖补18万元，村集体自筹6万元",
        ago=260,
        told=(*ROAD_BEGINS, *faults, *ROAD_GOES_ON),
        paid=ROAD_PAID,
        body=BodyKind.COMMITTEE,
    )
    return (road, DESKS, LAMPS, PIPES) if number == 0 else (road,)


@dataclass(frozen=True, kw_only=True)
class CaseBook:
    """The matters of a village, and which line of the accounts belongs to which."""

    matters: Mapping[str, Matter]
    lines: Mapping[tuple[str, str], str]
    extra: tuple[Line, ...]

    def matter_of(self, entry: ParsedEntry) -> int | None:
        """Return the number of the matter that a line belongs to, or None."""
        title = self.lines.get((entry.summary, entry.payee))
        return self.matters[title].number if title else None


def open_cases(session: Session, staff: Staff, *, number: int, begins: date, today: date) -> CaseBook:
    """Open the cases of a village and take every deed of them; none that would begin before the books."""
    matters: dict[str, Matter] = {}
    lines: dict[tuple[str, str], str] = {}
    extra: list[Line] = []
    for case in cases_of(number):
        if today - timedelta(days=case.ago) < begins:
            continue
        matters[case.title] = _run(session, staff, case, today)
        for paid in case.paid:
            lines[paid.summary, paid.party] = case.title
            extra.append(_entry(paid, case, today))
    return CaseBook(matters=matters, lines=lines, extra=tuple(extra))


def _entry(paid: Paid, case: Case, today: date) -> Line:
    entry = ParsedEntry(
        row=0,
        date=today - timedelta(days=paid.ago),
        voucher="",
        summary=paid.summary,
        income_fen=paid.fen if paid.is_income else 0,
        spending_fen=0 if paid.is_income else paid.fen,
        payee=paid.party,
    )
    return Line(entry=entry, item=case.item, account="241" if paid.is_income else paid.account)


def _run(session: Session, staff: Staff, case: Case, today: date) -> Matter:
    opened = today - timedelta(days=case.ago)
    now = at(opened, 9)
    matter = open_matter(
        session,
        village=staff.village,
        body=staff.body(case.body),
        item_code=case.item,
        title=case.title,
        budget_fen=case.budget_fen,
        funding=case.funding,
        procedure="",
        opened_on=opened,
        by=staff.clerk,
        now=now,
    )
    give_code(session, village=staff.village, kind=TargetKind.MATTER, target=str(matter.number), now=now)
    for told in case.told:
        _take(session, staff, matter, told, today)
    for event in matter.events:
        # What is two weeks old was looked at; the newest still waits.
        if (today - event.happened_on).days > 14:
            check_deed(session, event=event, by=staff.head, now=event.at + timedelta(days=2))
    return matter


def _take(session: Session, staff: Staff, matter: Matter, told: Told, today: date) -> None:
    """Take one deed on its day; a weekend's is entered on the Monday after, like everything in an office."""
    day = today - timedelta(days=told.ago)
    now = at(day, 16)
    common: dict[str, Any] = {
        "matter": matter,
        "happened_on": min(day, china_day(now)),
        "by": staff.clerk,
        "now": now,
        "seen": matter.revision,
    }
    if told.deed == MatterDeed.MET:
        record_meeting(session, step=told.step, **told.more, **common)
    elif told.deed == MatterDeed.POSTED:
        put_up(session, step=told.step, where="", record=None, **common)
    elif told.deed == MatterDeed.TAKEN_DOWN:
        take_down(session, step=told.step, **common)
    elif told.deed == MatterDeed.STOPPED:
        stop_matter(session, words=told.words, **common)
    else:
        record_deed(session, deed=MatterDeed(told.deed), step=told.step, exit=told.exit, words=told.words, **common)
