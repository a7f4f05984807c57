"""Postings, photos, requests and categories at every desk, so that every address has its thing."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.attachments.actions import attach, declare_clean
from publicity.categories.editing import make_category, submit_edition
from publicity.duties.actions import ask_extension
from publicity.holdings.actions import decide_edition, propose_contract, propose_holding
from publicity.holdings.models import ContractSide, HoldingKind
from publicity.holdings.papers import ContractPaper
from publicity.holdings.schedules import Terms
from publicity.matters.courses import course_for
from publicity.matters.deeds import record_deed
from publicity.matters.evidence import add_evidence, show_evidence
from publicity.matters.models import MatterDeed
from publicity.matters.opening import open_matter
from publicity.postings.actions import begin_posting, save_posting
from publicity.postings.readings import read_pasted
from publicity.postings.uploads import keep_reading
from publicity.records.models import Version
from publicity.workflow.actions import approve, confirm, submit
from publicity.workflow.overrides import ask_override
from publicity.workflow.withdrawals import ask_withdrawal
from tests.factories import RELIEF, RELIEF_ROWS
from tests.factories import make_category as enter
from tests.publicity.workflow.stage import NOW, SINCE, STONE, seen
from village_lists.documents.actions import Readable, keep_readable
from village_lists.documents.models import DocumentKind
from village_lists.people.actions import appoint
from village_lists.people.models import Person, PostKind
from village_lists.periods import Span
from village_lists.places.models import Body, BodyKind, Level, Place
from village_lists.places.queries import body_of
from village_lists.rulebook.models import RuleRow

ENDORSED = ["clerk.submit", "supervision.approve", "secretary.confirm", "township.endorse"]


@dataclass(frozen=True)
class Things:
    """What stands where, by key or number: drafts, photos, readings, requests."""

    draft: str
    photo: str
    original: str
    shown: str
    reading: str
    override: int
    overridden: str
    submitted: str
    waiting: str
    asked_back: str
    record: int
    public_photo: str
    filed: str
    extension: int
    paper: str = ""


def furnish_postings(session: Session, *, people: dict[PostKind, Person], village: Place) -> Things:
    """Make a draft with photo, reading and an override asked for, versions in review, a withdrawal asked for."""
    committee = body_of(session, village=village, kind=BodyKind.COMMITTEE)
    assert committee
    county = session.scalars(select(Place).where(Place.level == Level.COUNTY)).one()
    enter(session)
    enter(
        session,
        content=replace(RELIEF, name="要乡镇审核的名单", review_rule="review.order.endorsed"),
        code="village.big",
    )
    for key, value in (
        ("review.order.endorsed", ENDORSED),
        ("filing.township.days", 10),
        ("due.general.quarterly.day", 20),
    ):
        row = RuleRow(key=key, level=Level.COUNTY, place_id=county.id, value={"value": value}, valid_from=SINCE)
        session.add(row)
    session.flush()
    clerk = people[PostKind.CLERK]
    public, photo = _published(session, people, committee, "2026-Q1", with_photo=True)
    asked_back, _ = _published(session, people, committee, "2026-Q2")
    ask_withdrawal(session, version=asked_back, by=clerk, now=NOW, seen=seen(asked_back), reason="名单登错了")
    submitted = _draft(session, clerk, committee, "2026-Q1", code="village.big")
    waiting = _draft(session, clerk, committee, "2026-Q2", code="village.big")
    for version in (submitted, waiting):
        submit(session, version=version, by=clerk, now=NOW, seen=seen(version))
    approve(session, version=waiting, by=people[PostKind.SUPERVISION_HEAD], now=NOW, seen=seen(waiting))
    confirm(session, version=waiting, by=people[PostKind.SECRETARY], now=NOW, seen=seen(waiting))
    overridden = _draft(session, clerk, committee, "2026-Q3", code="village.big", note="电话 13812345678")
    override = ask_override(
        session,
        version=overridden,
        place="note",
        kind="mobile",
        reason="这是村里的值班手机",
        by=clerk,
        now=NOW,
        seen=seen(overridden),
    )
    draft = _draft(session, clerk, committee, "2026-Q3")
    mine = attach(session, version=draft, readable=_photo(), line=None, caption="现场", by=clerk, now=NOW)
    declare_clean(session, attachment=mine, by=clerk, now=NOW)
    reading = read_pasted(RELIEF, "户主\t组别\t金额\n方翠莲\t一组\t1500\n")
    upload = keep_reading(session, version=draft, name="粘贴的表格", reading=reading, by=clerk, now=NOW)
    extension = ask_extension(
        session,
        body=committee,
        code="village.relief",
        span=Span.parse("2026-Q3"),
        until=date(2026, 11, 10),
        reason="名单还在核对",
        by=clerk,
        now=NOW,
    )
    _categories(session, county, people[PostKind.COUNTY_STEWARD])
    assert mine.shown
    return Things(
        draft=draft.key,
        photo=mine.key,
        original=mine.original.key,
        shown=mine.shown.key,
        reading=upload.key,
        override=override.id,
        overridden=overridden.key,
        submitted=submitted.key,
        waiting=waiting.key,
        asked_back=asked_back.key,
        record=public.record.number,
        public_photo=photo,
        filed=public.key,
        extension=extension.id,
    )


def furnish_registers(session: Session, *, people: dict[PostKind, Person], village: Place) -> str:
    """Open a matter with a deed and a paper that everybody may see, and enter an asset with its contract and an office.

    Return the key of the paper.
    """
    body = body_of(session, village=village, kind=BodyKind.COLLECTIVE)
    assert body
    clerk, head, day = people[PostKind.CLERK], people[PostKind.SUPERVISION_HEAD], NOW.date() - timedelta(days=10)
    matter = open_matter(
        session,
        village=village,
        body=body,
        item_code="A01",
        title="机耕路维修",
        budget_fen=None,
        funding="",
        procedure="",
        opened_on=day,
        by=clerk,
        now=NOW,
    )
    step = course_for(session, matter=matter, on=NOW.date()).active[0].path
    deed = record_deed(
        session,
        matter=matter,
        deed=MatterDeed.DONE,
        step=step,
        happened_on=day,
        by=clerk,
        now=NOW,
        seen=matter.revision,
    )
    document = keep_readable(session, place=village, readable=_photo(), by=clerk, now=NOW)
    paper = add_evidence(session, event=deed, name="会议记录", document=document, by=clerk, now=NOW)
    show_evidence(session, evidence=paper, shown=document, by=clerk, now=NOW)
    asset = propose_holding(
        session,
        village=village,
        body=body,
        kind=HoldingKind.ASSET,
        name="村口店面",
        content={"class": "经营性", "place": "村口", "size": "43", "unit": "平方米", "use": "出租"},
        valid_from=day,
        by=clerk,
        now=NOW,
    )
    lease = propose_contract(
        session,
        village=village,
        body=body,
        side=ContractSide.RECEIVE,
        paper=ContractPaper(
            title="村口店面租赁合同",
            party="清风百货店",
            starts_on=day,
            terms=Terms(every_months=3, amount_fen=450_000, first_due=day, count=4),
            holding_number=asset.holding.number,
        ),
        valid_from=day,
        by=clerk,
        now=NOW,
    )
    for edition in (asset, lease):
        decide_edition(session, edition=edition, is_confirmed=True, by=head, now=NOW)
    appoint(session, body=body, person=people[PostKind.SECRETARY], title="理事长", starts_on=SINCE, by=clerk, now=NOW)
    return paper.key


def _categories(session: Session, county: Place, steward: Person) -> None:
    """Make a category that is being written (330299-1) and one that waits for a second steward (330299-2)."""
    for name in ("正在写的类别", "等人核对的类别"):
        edition = make_category(session, county=county, content=replace(RELIEF, name=name), by=steward, now=NOW)
    submit_edition(session, edition=edition, by=steward, now=NOW)


def _draft(
    session: Session, clerk: Person, body: Body, span: str, *, code: str = "village.relief", note: str = ""
) -> Version:
    stretch = Span.parse(span)
    version = begin_posting(session, body=body, code=code, span=stretch, title="", reason="", by=clerk, now=NOW)
    save_posting(
        session,
        version=version,
        head={},
        rows=[dict(row) for row in RELIEF_ROWS],  # type: ignore[arg-type]
        note=note,
        is_nil=False,
        by=clerk,
        now=NOW,
        seen=version.revision,
    )
    return version


def _published(
    session: Session, people: dict[PostKind, Person], body: Body, span: str, *, with_photo: bool = False
) -> tuple[Version, str]:
    clerk, key = people[PostKind.CLERK], ""
    version = _draft(session, clerk, body, span)
    if with_photo:
        photo = attach(session, version=version, readable=_photo(), line=None, caption="收据", by=clerk, now=NOW)
        declare_clean(session, attachment=photo, by=clerk, now=NOW)
        key = photo.key
    submit(session, version=version, by=clerk, now=NOW, seen=seen(version))
    approve(session, version=version, by=people[PostKind.SUPERVISION_HEAD], now=NOW, seen=seen(version))
    confirm(session, version=version, by=people[PostKind.SECRETARY], now=NOW, seen=seen(version))
    return version, key


def _photo() -> Readable:
    stream = BytesIO()
    Image.new("RGB", (64, 48), "white").save(stream, "JPEG")
    return Readable(kind=DocumentKind.PHOTO, name="照片.jpg", content=stream.getvalue())


def keep_minutes(session: Session, *, village: Place, by: Person) -> str:
    """Keep minutes of a meeting and return their key."""
    minutes = Readable(kind=DocumentKind.PDF, name="会议记录.pdf", content=b"%PDF-1.4")
    return keep_readable(session, place=village, readable=minutes, by=by, now=NOW).key


def village_of(session: Session) -> Place:
    """Return 上石村."""
    return session.scalars(select(Place).where(Place.code == STONE)).one()
