"""Deeds upon postings: beginning one, saving its draft, discarding it; the words that the search looks through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from publicity.attachments.actions import copy_attachments, remove_all
from publicity.categories.contents import Audience, CategoryContent, Sheet
from publicity.categories.models import CategoryEdition
from publicity.categories.queries import InForce, category_in_force, content_of
from publicity.ledgers.pages import lines_of
from publicity.ledgers.queries import ledger_of
from publicity.postings.cells import Cell, legible
from publicity.postings.models import Posting, PostingRow, PostingUpload, PublishedText
from publicity.postings.queries import open_version, posting_of, records_for, standing_version
from publicity.postings.registers import SOURCES, register_rows
from publicity.postings.rules import MOST_ROWS, is_kept_cell
from publicity.postings.tables import public_table
from publicity.postings.typed import LONGEST_NOTE
from publicity.postings.views import said_of, searched_words
from publicity.records.models import Deed, Event, Record, State, Version
from publicity.records.queries import lock_version, next_record_number
from publicity.records.rules import random_key
from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, Post, PostKind
from village_lists.people.queries import officials_of
from village_lists.people.rules import holds_on
from village_lists.periods import Cadence, Period, Span
from village_lists.places.models import Body, Place

DAYS_AHEAD = 60
"""An event may be posted so many days before it happens: notices of what is coming."""
LONGEST_TITLE = 120
LONGEST_REASON = 1_000


class AlreadyBegun(Refusal):
    """A version of this record is being written or reviewed; `key` names it."""

    def __init__(self, words: str, *, key: str, **values: object) -> None:
        """Keep the key of the version that is there, so that a page can lead to it."""
        super().__init__(words, **values)
        self.key = key


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What somebody wants to begin."""

    body: Body
    village: Place
    found: InForce
    span: Span
    title: str
    reason: str


def begin_posting(
    session: Session,
    *,
    body: Body,
    code: str,
    span: Span,
    title: str,
    reason: str,
    by: Person,
    now: datetime,
) -> Version:
    """Make the draft of a body's posting of a category for a span: a new record, or the next version of one.

    A record that stands published (for events: one of the same title and day) gets a correction that begins with its
    content and needs a reason; so does one that was withdrawn. Raise AlreadyBegun while a version is being written or
    reviewed, NotAllowed for who is no clerk of the village and for categories that the body does not owe, Refusal for
    a retired category, a span that has not come, an event without a title.
    """
    # Two clerks at once: the second waits, then finds the record and draft of the first.
    village = session.get_one(Place, body.village_id, with_for_update={"key_share": True}, populate_existing=True)
    on = china_day(now)
    _clerk(by, village=village, on=on)
    found = category_in_force(session, code=code, place=village, on=on)
    if found is None:
        raise Refusal(N_("没有这一类公开内容"))
    asked = _Asked(
        body=body, village=village, found=found, span=span, title=_one_line(title), reason=legible(reason).strip()
    )
    _check(asked, on=on)
    record = _record(session, asked)
    return _next_version(session, record, asked, by=by, now=now)


def _one_line(title: str) -> str:
    return " ".join(legible(title).split())


def _clerk(by: Person, *, village: Place, on: date) -> Post:
    """Return the clerk's post of a person in the village on the day; raise NotAllowed where there is none."""
    for post in by.posts:
        if post.place_id == village.id and post.kind == PostKind.CLERK and holds_on(post, on):
            return post
    raise NotAllowed(N_("只有本村的报账员可以填写公开内容"))


def _check(asked: _Asked, *, on: date) -> None:
    content, span = asked.found.content, asked.span
    if not content.is_active:
        raise Refusal(N_("「%(category)s」已经停用，不再新增"), category=content.name)
    if content.sheet is Sheet.ACCOUNTS:
        raise Refusal(N_("「%(category)s」请从账目导入，不在这里填写"), category=content.name)
    if asked.body.kind not in content.bodies:
        raise NotAllowed(N_("「%(category)s」不由%(body)s公开"), category=content.name, body=asked.body.name)
    if span.cadence is not content.cadence:
        raise Refusal(N_("「%(category)s」不按%(period)s这样的期间公开"), category=content.name, period=span.words)
    if len(asked.title) > LONGEST_TITLE:
        raise Refusal(N_("标题太长，最多 %(longest)s 个字"), longest=LONGEST_TITLE)
    if len(asked.reason) > LONGEST_REASON:
        raise Refusal(N_("原因太长，最多 %(longest)s 个字"), longest=LONGEST_REASON)
    if span.cadence is not Cadence.EVENT:
        if span.first_day > on:
            raise Refusal(N_("%(period)s还没有开始，到时候再填写"), period=span.words)
        return
    if not asked.title:
        raise Refusal(N_("请写明是哪一件事，例如「后山机耕路维修」"))
    if span.first_day > on + timedelta(days=DAYS_AHEAD):
        raise Refusal(N_("%(day)s离今天太远，最多提前 %(days)s 天公开"), day=span.words, days=DAYS_AHEAD)


def _record(session: Session, asked: _Asked) -> Record:
    """Return the record that is asked for, a new one where there is none; of events the title tells which."""
    records = records_for(session, body=asked.body, code=asked.found.code, span=asked.span)
    if asked.span.cadence is Cadence.EVENT:
        same = [record for record in records if record.title == asked.title]
    else:
        same = records
    if same:
        return same[-1]
    record = Record(
        village_id=asked.village.id,
        body_id=asked.body.id,
        category_id=asked.found.category_id,
        number=next_record_number(session, village=asked.village),
        period=str(asked.span),
        serial=max((record.serial for record in records), default=0) + 1,
        title=asked.title,
    )
    session.add(record)
    session.flush()
    return record


def _next_version(session: Session, record: Record, asked: _Asked, *, by: Person, now: datetime) -> Version:
    current = open_version(record)
    if current is not None and (resumed := _resumed(session, current, asked, by=by, now=now)):
        return resumed
    if current is not None:
        words = (
            N_("%(period)s的「%(category)s」已经有一份草稿，请接着填写那一份")
            if current.state == State.DRAFT
            else N_("%(period)s的「%(category)s」正在审核，退回之前不能再填")
        )
        raise AlreadyBegun(words, key=current.key, period=asked.span.words, category=asked.found.content.name)
    former = standing_version(record)
    if record.versions and not asked.reason:
        words = (
            N_("更正已公开的内容要写明原因，原因会一起公开")
            if former
            else N_("撤下以后重新公开要写明原因，原因会一起公开")
        )
        raise Refusal(words)
    version = Version(
        record_id=record.id,
        number=max((version.number for version in record.versions), default=0) + 1,
        key=random_key(),
        made_by_id=by.id,
        made_at=now,
        reason=asked.reason,
    )
    session.add(version)
    session.flush()
    session.expire(record, ["versions"])
    session.add(_first_posting(session, version, asked, former=former, on=china_day(now)))
    session.flush()
    if former is not None:
        copy_attachments(session, before=former, after=version, by=by, now=now)
    return version


def _resumed(session: Session, version: Version, asked: _Asked, *, by: Person, now: datetime) -> Version | None:
    """Return a draft that was emptied (`discard_draft`) filled anew, or None where it holds something."""
    if version.state != State.DRAFT or posting_of(session, version=version) is not None:
        return None
    former = standing_version(version.record)
    if not (asked.reason or version.reason) and len(version.record.versions) > 1:
        raise Refusal(N_("更正已公开的内容要写明原因，原因会一起公开"))
    version.reason = asked.reason or version.reason
    version.made_by_id, version.made_at, version.revision = by.id, now, version.revision + 1
    session.add(_first_posting(session, version, asked, former=former, on=china_day(now)))
    session.flush()
    return version


def _first_posting(session: Session, version: Version, asked: _Asked, *, former: Version | None, on: date) -> Posting:
    """Return a posting under the edition in force, or for a correction what stands published.

    A new one is empty, or filled from the register that the category names; the clerk may type it over.

    A correction goes under the edition in force too, unless that has no place for something that stands published.
    """
    published = posting_of(session, version=former) if former is not None else None
    if published is None:
        return _filled(session, Posting(version_id=version.id, edition_id=asked.found.edition_id), asked, on=on)
    edition = session.get_one(CategoryEdition, asked.found.edition_id)
    if not _fits(content_of(edition), published):
        edition = published.edition
    copied = Posting(
        version_id=version.id,
        edition_id=edition.id,
        head=dict(published.head),
        note=published.note,
        is_nil=published.is_nil,
        source_name=published.source_name,
    )
    copied.rows = [PostingRow(line=row.line, cells=dict(row.cells)) for row in published.rows]
    return copied


def _filled(session: Session, posting: Posting, asked: _Asked, *, on: date) -> Posting:
    content = asked.found.content
    if content.filled_from not in SOURCES:
        return posting
    fill = register_rows(session, source=content.filled_from, content=content, body=asked.body, span=asked.span, on=on)
    posting.head = dict(fill.head)
    rows = enumerate(fill.rows[:MOST_ROWS], start=1)
    posting.rows = [PostingRow(line=line, cells=dict(cells)) for line, cells in rows]
    return posting


def _fits(content: CategoryContent, posting: Posting) -> bool:
    """Say whether the content takes everything that the posting says."""
    filled = [(key, value) for key, value in posting.head.items() if value is not None]
    cells = {(key, value) for row in posting.rows for key, value in row.cells.items() if value is not None}
    return all(is_kept_cell(content, key, value, in_head=True) for key, value in filled) and all(
        is_kept_cell(content, key, value, in_head=False) for key, value in cells
    )


def save_posting(
    session: Session,
    *,
    version: Version,
    head: Mapping[str, Cell],
    rows: Sequence[Mapping[str, Cell]],
    note: str,
    is_nil: bool,
    by: Person,
    now: datetime,
    seen: int,
    source_name: str = "",
) -> None:
    """Keep what a draft says now, in place of what it said; the rows are numbered from 1, the revision moves on.

    Who saves has entered part of it (deed DRAFT) and does not review it. Raise Stale where the version moved on since
    `seen`, NotAllowed for who is no clerk of the village and for what is in review, Refusal for too many rows and for
    cells that the category does not take. An incomplete posting may be saved; submission asks for completeness.
    """
    lock_version(session, version=version)
    _clerk(by, village=version.record.village, on=china_day(now))
    _still_draft(version, seen)
    posting = posting_of(session, version=version)
    if posting is None:
        raise Stale(N_("这份草稿刚被清空，请刷新后重新开始填写"))
    _keepable(content_of(posting.edition), head, rows, note=note)
    posting.head = {key: value for key, value in head.items() if value is not None}
    posting.note, posting.is_nil = legible(note).strip(), is_nil
    posting.source_name = source_name[:200]
    _put_rows(session, posting, rows)
    version.revision += 1
    _note_draft(session, version, by=by, now=now, source=source_name)


def _still_draft(version: Version, seen: int) -> None:
    if version.state != State.DRAFT:
        raise NotAllowed(N_("已经提交审核的内容不能再改，退回之后才能改"))
    if version.revision != seen:
        raise Stale(N_("您填写的时候，这份草稿被别人改过；请刷新后核对，再保存"))


def _keepable(
    content: CategoryContent, head: Mapping[str, Cell], rows: Sequence[Mapping[str, Cell]], *, note: str
) -> None:
    if len(rows) > MOST_ROWS:
        words = N_("一份最多 %(most)s 行，这里有 %(count)s 行，请分成几份")
        raise Refusal(words, most=MOST_ROWS, count=len(rows))
    if len(note) > LONGEST_NOTE:
        raise Refusal(N_("说明太长，最多 %(longest)s 个字"), longest=LONGEST_NOTE)
    for key, value in head.items():
        if value is not None and not is_kept_cell(content, key, value, in_head=True):
            raise Refusal(N_("「%(key)s」里的内容不符合这一类的要求，请重新填写"), key=_name(content, key))
    checked: set[tuple[str, Cell]] = set()
    for line, cells in enumerate(rows, start=1):
        for key, value in cells.items():
            if value is None or (key, value) in checked:
                continue
            if not is_kept_cell(content, key, value, in_head=False):
                words = N_("第 %(line)s 行「%(key)s」里的内容不符合这一类的要求，请重新填写")
                raise Refusal(words, line=line, key=_name(content, key))
            checked.add((key, value))


def _name(content: CategoryContent, key: str) -> str:
    column = content.column(key)
    return column.name if column else key


def _put_rows(session: Session, posting: Posting, rows: Sequence[Mapping[str, Cell]]) -> None:
    session.execute(delete(PostingRow).where(PostingRow.posting_id == posting.id))
    session.expire(posting, ["rows"])
    kept = [{key: value for key, value in cells.items() if value is not None} for cells in rows]
    posting.rows.extend(PostingRow(line=line, cells=cells) for line, cells in enumerate(kept, start=1))
    session.flush()


def _note_draft(session: Session, version: Version, *, by: Person, now: datetime, source: str) -> None:
    """Write down once who entered something of the draft, so that he does not review it."""
    if any(event.by_id == by.id and event.deed == Deed.DRAFT for event in version.events):
        return
    post = _clerk(by, village=version.record.village, on=china_day(now))
    session.add(
        Event(
            version_id=version.id,
            deed=Deed.DRAFT,
            by_id=by.id,
            post=PostKind.CLERK,
            name=by.name,
            at=now,
            note=source[:200],
            is_acting=post.is_acting,
        )
    )
    session.flush()
    session.expire(version, ["events"])


def retitle_draft(session: Session, *, version: Version, title: str, by: Person, now: datetime, seen: int) -> None:
    """Give the record of an event another title while nothing of it was ever sent to review.

    Raises as `save_posting` does; Refusal for an empty or long title and where another record has it that day.
    """
    lock_version(session, version=version)
    _clerk(by, village=version.record.village, on=china_day(now))
    _still_draft(version, seen)
    record, title = version.record, _one_line(title)
    if len(record.versions) > 1 or version.submitted_at is not None:
        raise Refusal(N_("交过审核的内容不能再改标题"))
    if not title:
        raise Refusal(N_("请写明是哪一件事，例如「后山机耕路维修」"))
    if len(title) > LONGEST_TITLE:
        raise Refusal(N_("标题太长，最多 %(longest)s 个字"), longest=LONGEST_TITLE)
    span = Span.parse(record.period)
    others = records_for(session, body=record.body, code=record.category.code, span=span)
    if any(other.title == title for other in others if other.id != record.id):
        raise Refusal(N_("这一天已经有「%(title)s」，请换一个标题"), title=title)
    record.title = title
    version.revision += 1
    session.flush()
    _note_draft(session, version, by=by, now=now, source="")


def discard_draft(session: Session, *, version: Version, by: Person, now: datetime, seen: int) -> None:
    """Throw away what a draft says, for good.

    A draft that nobody saved anything in goes altogether, with its record where that has no other version. Deeds and
    remarks are kept, so one with any of them stays as an empty draft (no Posting), which `begin_posting` fills anew.
    Raises as `save_posting` does.
    """
    lock_version(session, version=version)
    _clerk(by, village=version.record.village, on=china_day(now))
    _still_draft(version, seen)
    posting = posting_of(session, version=version)
    if posting is not None:
        session.delete(posting)
        session.flush()
    session.execute(delete(PostingUpload).where(PostingUpload.version_id == version.id))
    remove_all(session, version=version, by=by, now=now)
    if version.events or version.remarks or _is_referred_to(session, version):
        version.revision += 1
        session.flush()
        return
    record = version.record
    session.delete(version)
    session.flush()
    session.expire(record, ["versions"])
    if not record.versions:
        session.delete(record)
        session.flush()


def _is_referred_to(session: Session, version: Version) -> bool:
    """Say whether anything else still points to the version: what later packages keep about it is not lost."""
    own = {"posting", "posting_upload", "attachment"}
    for table in Version.metadata.sorted_tables:
        column = table.columns.get("version_id")
        if (
            column is None
            or table.name in own
            or not any(key.column.table.name == "version" for key in column.foreign_keys)
        ):
            continue
        if session.scalar(select(func.count()).select_from(table).where(column == version.id)):
            return True
    return False


def freeze_officials(session: Session, *, version: Version) -> None:
    """Write down whose names stand in full for being in office; called when a draft is submitted."""
    posting = posting_of(session, version=version)
    if posting is not None:
        on = Span.parse(version.record.period).last_day
        posts = officials_of(session, place=version.record.village, on=on)
        posting.officials = sorted({post.person.name for post in posts})
        session.flush()


def save_published_text(session: Session, *, version: Version) -> None:
    """Keep the words of a version that is being published as the web reads them, masked, for the search.

    For accounts these are the masked public lines. Called by the workflow's publication.
    """
    drop_published_text(session, version=version)
    posting = posting_of(session, version=version)
    if posting is not None:
        words = searched_words(public_table(said_of(session, version=version, posting=posting), audience=Audience.WEB))
    elif ledger_of(session, version=version) is not None:
        words = _ledger_words(session, version)
    else:
        return
    session.add(PublishedText(version_id=version.id, words=words))
    session.flush()


def fill_published_texts(session: Session) -> int:
    """Keep the words of every standing version that has none yet (published before there was a search); say how many.

    The operator's deed after an upgrade; doing it again changes nothing.
    """
    kept = select(PublishedText.version_id)
    versions = session.scalars(select(Version).where(Version.state == State.PUBLISHED, Version.id.not_in(kept))).all()
    for version in versions:
        save_published_text(session, version=version)
    return len(versions)


def drop_published_text(session: Session, *, version: Version) -> None:
    """Take the words away that the search looks through; called when a version is corrected or withdrawn."""
    session.execute(delete(PublishedText).where(PublishedText.version_id == version.id))


def _ledger_words(session: Session, version: Version) -> str:
    record = version.record
    period = Period.parse(record.period)
    lines = lines_of(session, village=record.village, period=period, version_ids=[version.id])[version.id]
    said = [f"{record.category.name}", f"{period.words} {record.body.name}"]
    for line in lines:
        parts = (line.day.isoformat(), line.voucher, line.summary, line.payee, line.category, line.item_name)
        said.append(" ".join(part for part in parts if part))
    return "\n".join(said)
