"""What the sheet of a posting says, gathered from the database; what was withdrawn leaves a tombstone."""

import base64
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from publicity.attachments.models import Attachment
from publicity.bulletins.pieces import Fact, Facts, Foot, Photo, Prose, Sheet
from publicity.bulletins.posting_pieces import heading_of, pieces_of, shown_under
from publicity.bulletins.queries import hotline_of, place_words
from publicity.categories.contents import Audience
from publicity.categories.models import Affairs
from publicity.codes.models import TargetKind
from publicity.codes.queries import code_for
from publicity.postings.views import table_for
from publicity.records.models import Deed, Event, Record, State, Version
from publicity.records.queries import OPEN, WAS_PUBLIC
from publicity.workflow.models import Withdrawal
from publicity.workflow.queries import order_of
from publicity.workflow.rules import POSTS_FOR, Step
from village_lists.days import china_day
from village_lists.documents.models import Document, DocumentKind
from village_lists.errors import NotFound
from village_lists.markers import N_
from village_lists.people.models import PostKind
from village_lists.people.queries import officials_of
from village_lists.periods import Span

AFFAIRS = {Affairs.PARTY: "党务公开", Affairs.VILLAGE: "村务公开", Affairs.FINANCE: "财务公开"}
OFFICES = {
    PostKind.CLERK: "报账员",
    PostKind.SECRETARY: "村书记",
    PostKind.ORGANISER: "组织委员",
    PostKind.DIRECTOR: "村委会主任",
    PostKind.SUPERVISION_HEAD: "监委会主任",
    PostKind.SUPERVISION_MEMBER: "监委会成员",
    PostKind.TOWNSHIP_AUDITOR: "乡镇",
    PostKind.COUNTY_STEWARD: "县级",
}
ROLES = {Deed.SUBMIT: "制表", Deed.APPROVE: "审核", Deed.CONFIRM: "签发", Deed.ENDORSE: "乡镇审核"}
MOST_PHOTOS = 6
SHORT_TITLE = 12


def posting_sheet(session: Session, *, version: Version, public_url: str, on: date) -> Sheet:
    """Return the sheet of a posting's version: what paper may read, under paper's masks.

    Only what stands published or was corrected has a code; a draft says that it is one; what was withdrawn, and what
    came before it, is a tombstone. Raise NotFound where the version holds no posting.
    """
    if withdrawn_version(version) is not None:
        return withdrawn_sheet(session, version=version, public_url=public_url, on=on)
    table = table_for(session, version=version, audience=Audience.PAPER)
    mark, note = mark_of(version)
    title = heading_of(table)
    record = version.record
    return Sheet(
        title=title,
        under=shown_under(table, place=body_words(session, record)),
        short=shortened(title),
        affairs=AFFAIRS[table.content.affairs],
        number=f"第 {record.number} 号",
        pieces=pieces_of(table, photos_of(session, version=version)),
        foot=foot_of(session, version=version, public_url=public_url, on=on),
        mark=mark,
        note=note,
        landscape=True,
        is_draft=version.state not in WAS_PUBLIC,
    )


def withdrawn_version(version: Version) -> Version | None:
    """Return the withdrawn version that hides this one: itself, or a later one of its record; else None."""
    return next(
        (
            other
            for other in version.record.versions
            if other.state is State.WITHDRAWN and other.number >= version.number
        ),
        None,
    )


def withdrawn_sheet(session: Session, *, version: Version, public_url: str, on: date) -> Sheet:
    """Return the tombstone of a withdrawn version: what it was, when, by whom and why it was taken back."""
    stone = withdrawn_version(version)
    event = next((one for one in reversed(stone.events) if one.deed is Deed.WITHDRAW), None) if stone else None
    if stone is None or event is None:
        raise NotFound(N_("这份记录没有撤下"))
    record = version.record
    asked = session.scalar(
        select(Withdrawal).where(Withdrawal.version_id == stone.id, Withdrawal.agreed_at.is_not(None))
    )
    shown = displayed_words(stone.display_from, stone.display_to).removeprefix("公开日期：")
    facts = [
        Fact(name="原公开内容", text=record.title or record.category.name),
        Fact(name="所属期间", text=Span.parse(record.period).words),
        Fact(name="原公开日期", text=shown),
        Fact(name="撤下日期", text=day_words(china_day(event.at)), is_large=True),
        Fact(name="撤下原因", text=event.note, is_large=True),
        *([Fact(name="提出撤下", text=f"{asked.asked_name}（{OFFICES[asked.asked_post]}）")] if asked else []),
        Fact(name="同意撤下", text=f"{event.name}（{OFFICES[event.post]}）"),
    ]
    return Sheet(
        title="撤下公开说明",
        under=f"{body_words(session, record)}　{Span.parse(record.period).words}",
        short="撤下公开说明",
        affairs=AFFAIRS[record.category.affairs],
        number=f"第 {record.number} 号",
        pieces=(
            Facts(facts=tuple(facts)),
            Prose(paragraphs=("原公开内容已经撤下，不再张贴；本说明代替原件张贴。改正以后将重新公开。",)),
        ),
        foot=foot_of(session, version=stone, public_url=public_url, on=on),
        mark="已撤下",
        note=f"{record.category.name}（{Span.parse(record.period).words}，第 {stone.number} 版）",
    )


def body_words(session: Session, record: Record) -> str:
    """Return township, village and who makes it public in one breath: 松坪镇上石村村民委员会."""
    village = record.village
    body = "党组织" if record.category.affairs is Affairs.PARTY else record.body.name.removeprefix(village.name)
    return f"{place_words(session, village=village)}{body}"


def shortened(title: str) -> str:
    """Return the title as the head of further pages has room for it."""
    return title if len(title) <= SHORT_TITLE else f"{title[:SHORT_TITLE]}…"


def mark_of(version: Version) -> tuple[str, str]:
    """Return the mark of a version and the words that explain it; both empty for a first published one."""
    if version.state not in WAS_PUBLIC:
        return "样张，未公开", "只供核对内容和版面，没有经过全部审核，请勿张贴。"
    if version.state is State.CORRECTED:
        return "已更正", "本表已被新的版本更正，请以最新版本为准。"
    if not version.reason:
        return "", ""
    on = f"{day_words(china_day(version.published_at))}公开" if version.published_at else ""
    return "更正", f"第 {version.number} 版，{on}。更正原因：{version.reason.rstrip('。')}。"


def foot_of(session: Session, *, version: Version, public_url: str, on: date) -> Foot:
    """Return what stands under a sheet of this version."""
    record = version.record
    village = record.village
    code = None
    if version.state in WAS_PUBLIC:
        code = code_for(session, village=village, kind=TargetKind.RECORD, target=str(record.number))
    body = f"{village.name}党组织" if record.category.affairs is Affairs.PARTY else record.body.name
    made = day_words(china_day(version.submitted_at or version.made_at))
    return Foot(
        signers=signers_of(session, version=version, on=on),
        made=f"制表日期：{made}　第 {version.number} 版",
        displayed=displayed_words(version.display_from, version.display_to),
        hotline=hotline_of(session, village),
        board=village.board_address,
        code=code or "",
        url=f"{public_url}/q/{code}" if code else "",
        scan="扫一扫看全文",
        seals=("村务监督委员会", body),
    )


def day_words(day: date) -> str:
    """Return 2026年9月12日."""
    return f"{day.year}年{day.month}月{day.day}日"


def displayed_words(start: date | None, end: date | None) -> str:
    """Return from when to when it hangs; the second year only where it is another; nothing before publication."""
    if start is None or end is None:
        return ""
    year = "" if end.year == start.year else f"{end.year}年"
    return f"公开日期：从{day_words(start)}到{year}{end.month}月{end.day}日"


def signers_of(session: Session, *, version: Version, on: date) -> tuple[tuple[str, str], ...]:
    """Return office and name of who makes and reviews it, in the order that holds for it.

    Names and offices as they were frozen; before the deed, who holds the post. 代行 and 代签 are told.
    """
    held = officials_of(session, place=version.record.village, on=on)
    found = []
    for step in (Step.SUBMIT, *order_of(session, version=version, on=on)):
        event = _event(version, step.deed)
        if event is not None:
            post, name = event.post, f"{event.name}{_standing_in(event)}"
        else:
            post = min(POSTS_FOR[step], key=lambda kind: kind is PostKind.DIRECTOR)
            name = next((one.person.name for one in held if one.kind is post), "")
        found.append((f"{ROLES[step.deed]}（{OFFICES[post]}）", name))
    return tuple(found)


def _event(version: Version, deed: Deed) -> Event | None:
    return next((one for one in reversed(version.events) if one.deed is deed and not one.is_void), None)


def _standing_in(event: Event) -> str:
    if event.is_acting:
        return "（代行）"
    return "（代签）" if event.acts_as_substitute else ""


def photos_of(session: Session, *, version: Version) -> tuple[Photo, ...]:
    """Return the shown photos of a public version, the first MOST_PHOTOS, as data addresses; one statement."""
    if version.state not in OPEN:
        return ()
    rows = session.execute(
        select(Attachment.caption, Document)
        .join(Document, Document.id == Attachment.shown_id)
        .where(
            Attachment.version_id == version.id,
            Attachment.is_checked,
            Document.kind == DocumentKind.PHOTO,
        )
        .options(undefer(Document.content))
        .order_by(Attachment.position, Attachment.id)
        .limit(MOST_PHOTOS)
    )
    return tuple(
        Photo(address=f"data:image/jpeg;base64,{base64.b64encode(document.content).decode()}", caption=caption)
        for caption, document in rows
    )
