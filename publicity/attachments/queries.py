"""Questions about attachments: which a version has, what the public gets of them, and what is still to be done."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, undefer

from publicity.attachments.likeness import are_alike
from publicity.attachments.models import Attachment
from publicity.categories.models import Category
from publicity.privacy.guard import exposures
from publicity.records.models import Record, Version
from publicity.records.queries import is_readable
from publicity.records.rules import LARGEST_NUMBER
from village_lists.days import china_day
from village_lists.documents.models import Document, DocumentKind
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind
from village_lists.people.rules import holds_on
from village_lists.places.models import Place

VILLAGE_POSTS = frozenset(PostKind) - {PostKind.TOWNSHIP_AUDITOR, PostKind.COUNTY_STEWARD}


@dataclass(frozen=True, kw_only=True)
class PublicAttachment:
    """What residents may open: `size` is in bytes, `line` None where it belongs to the whole."""

    key: str
    kind: DocumentKind
    caption: str
    line: int | None
    name: str
    size: int

    @property
    def kilobytes(self) -> int:
        """Return the size in KB, at least one: what a tap costs."""
        return max(1, round(self.size / 1024))


@dataclass(frozen=True, kw_only=True)
class AttachmentProblem:
    """Why a version may not go on: a marked sentence with its values.

    `place` is attachment:<key>, or attachment:<key>.name for the file's name; `kind` what the privacy guard found
    ("" where it is none of its matters), `text` what it found that in.
    """

    line: int | None
    words: str
    values: dict[str, object]
    place: str
    kind: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class SeenElsewhere:
    """The attachment of that key looks like one of another record; `is_same`: byte for byte."""

    key: str
    is_same: bool
    record: int
    period: str
    category: str
    title: str


def attachments_of(session: Session, *, version: Version) -> list[Attachment]:
    """Return the attachments of a version in their order, with their documents but without the bytes."""
    return list(
        session.scalars(
            select(Attachment)
            .where(Attachment.version_id == version.id)
            .options(joinedload(Attachment.original), joinedload(Attachment.shown))
            .order_by(Attachment.position, Attachment.id)
        )
    )


def attachment_by_key(session: Session, *, version: Version, key: str) -> Attachment | None:
    """Return the attachment of that key if it belongs to the version, or None."""
    found = select(Attachment).where(Attachment.key == key, Attachment.version_id == version.id)
    return session.scalar(found.options(joinedload(Attachment.original), joinedload(Attachment.shown)))


def public_attachments(session: Session, *, version: Version) -> list[PublicAttachment]:
    """Return what residents may open of a version, in its order; nothing of one that is not public. One statement."""
    return public_attachments_of(session, version_ids=[version.id])[version.id]


def public_attachments_of(session: Session, *, version_ids: Collection[int]) -> dict[int, list[PublicAttachment]]:
    """Return what residents may open of each of the versions; one statement."""
    rows = session.execute(
        select(
            Attachment.version_id,
            Attachment.key,
            Document.kind,
            Attachment.caption,
            Attachment.line,
            Document.name,
            func.length(Document.content),
        )
        .join(Document, Document.id == Attachment.shown_id)
        .join(Version, Version.id == Attachment.version_id)
        .where(Attachment.version_id.in_(version_ids), Attachment.is_checked, is_readable())
        .order_by(Attachment.position, Attachment.id)
    )
    found: dict[int, list[PublicAttachment]] = {number: [] for number in version_ids}
    for version_id, key, kind, caption, line, name, size in rows:
        found[version_id].append(PublicAttachment(key=key, kind=kind, caption=caption, line=line, name=name, size=size))
    return found


def shown_document(session: Session, *, village: Place, record: int, version: int, key: str) -> Document | None:
    """Return what residents get of an attachment, with its bytes; None for whatever is not public now."""
    if max(record, version) > LARGEST_NUMBER:
        return None
    return session.scalar(
        select(Document)
        .join(Attachment, Attachment.shown_id == Document.id)
        .join(Version, Version.id == Attachment.version_id)
        .join(Record, Record.id == Version.record_id)
        .where(
            Attachment.key == key,
            Attachment.is_checked,
            Version.number == version,
            is_readable(),
            Record.number == record,
            Record.village_id == village.id,
        )
        .options(undefer(Document.content))
    )


def document_of(session: Session, *, key: str, is_original: bool, person: Person, on: date) -> Document | None:
    """Return the original of an attachment (or what is shown of it), with its bytes, to who may see it on the day.

    These are the officials of its village and the auditors of its township; for everybody else there is none.
    """
    side = Attachment.original_id if is_original else Attachment.shown_id
    document = session.scalar(
        select(Document)
        .join(Attachment, side == Document.id)
        .where(Attachment.key == key)
        .options(undefer(Document.content), joinedload(Document.place))
    )
    if document is None or not _may_see(person, document.place, on):
        return None
    return document


def _may_see(person: Person, village: Place, on: date) -> bool:
    held = {(post.kind, post.place_id) for post in person.posts if holds_on(post, on)}
    at_home = any((kind, village.id) in held for kind in VILLAGE_POSTS)
    return at_home or (PostKind.TOWNSHIP_AUDITOR, village.parent_id) in held


def attachment_problems(
    session: Session, *, version: Version, lines: Collection[int] | None = None
) -> list[AttachmentProblem]:
    """Return what keeps a version from going on: nobody looked, a line that is gone, what must not be written.

    `lines` are the numbers of its lines; None: do not look at them.
    """
    on = china_day(version.made_at)
    problems: list[AttachmentProblem] = []
    for number, one in enumerate(attachments_of(session, version=version), start=1):
        place = f"attachment:{one.key}"
        if not one.is_checked:
            words = N_("第 %(number)d 个附件还没有看过：请打开它，遮住不能公开的，或者写明没有要遮的")
            problems.append(AttachmentProblem(line=one.line, words=words, values={"number": number}, place=place))
        if one.line is not None and lines is not None and one.line not in lines:
            words = N_("第 %(number)d 个附件属于第 %(line)d 行，这一行已经没有了：请改它的行号")
            values: dict[str, object] = {"number": number, "line": one.line}
            problems.append(AttachmentProblem(line=None, words=words, values=values, place=place))
        if one.shown_id is not None or not one.is_checked:
            problems += _exposed(one.line, one.caption, place, on)
            problems += _exposed(one.line, one.original.name, f"{place}.name", on)
    return problems


def _exposed(line: int | None, text: str, place: str, on: date) -> list[AttachmentProblem]:
    return [
        AttachmentProblem(line=line, words=found.shown_words, values={}, place=place, kind=found.kind.value, text=text)
        for found in exposures(text, on=on)
    ]


def attachments_digest(session: Session, *, version: Version) -> str:
    """Return the SHA-256 (hex) of everything about a version's attachments that a reviewer agrees to; "" for none."""
    told = [
        [one.line, one.caption, one.original.digest, one.shown.digest if one.shown else "", one.is_checked]
        for one in attachments_of(session, version=version)
    ]
    if not told:
        return ""
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def seen_elsewhere(session: Session, *, version: Version) -> list[SeenElsewhere]:
    """Return which photos of a version look like photos of other records of the village; two statements.

    For reviewers, and neutral: a photo may well belong to two matters.
    """
    own = attachments_of(session, version=version)
    if not own:
        return []
    others = _others(session, version.record)
    found: dict[tuple[str, int], SeenElsewhere] = {}
    for one in own:
        for boxes, digest, number, period, category, title in others:
            is_same = digest == one.original.digest
            if not is_same and not are_alike(str(boxes.get("likeness", "")), str(one.boxes.get("likeness", ""))):
                continue
            known = found.get((one.key, number))
            found[one.key, number] = SeenElsewhere(
                key=one.key,
                is_same=is_same or bool(known and known.is_same),
                record=number,
                period=period,
                category=category,
                title=title,
            )
    return list(found.values())


def _others(session: Session, record: Record) -> Sequence[tuple[dict[str, object], str, int, str, str, str]]:
    """Return look and digest of every attachment of the village's other records, with the record's names."""
    rows = session.execute(
        select(Attachment.boxes, Document.digest, Record.number, Record.period, Category.name, Record.title)
        .join(Document, Document.id == Attachment.original_id)
        .join(Version, Version.id == Attachment.version_id)
        .join(Record, Record.id == Version.record_id)
        .join(Category, Category.id == Record.category_id)
        .where(Record.village_id == record.village_id, Record.id != record.id)
        .order_by(Record.number, Attachment.id)
    )
    return [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in rows]


def is_used(session: Session, *, document_id: int) -> bool:
    """Say whether any attachment still needs the document."""
    other = aliased(Attachment)
    needs = select(other.id).where(or_(other.original_id == document_id, other.shown_id == document_id)).limit(1)
    return session.scalar(needs) is not None
