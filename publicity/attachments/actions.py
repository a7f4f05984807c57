"""Deeds upon attachments: add, cover, say that nothing is to be covered, keep inside, name, order, remove.

All of them touch drafts only and are done by a clerk of the village. What is covered is drawn anew from the original,
and the former drawing is deleted: nowhere is there a picture with fewer boxes but the original itself.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from publicity.attachments.likeness import look_of
from publicity.attachments.models import Attachment
from publicity.attachments.queries import attachments_of, is_used
from publicity.attachments.rules import CAPTION_LENGTH, MAXIMUM, check_boxes
from publicity.records.models import Deed, Event, State, Version
from publicity.records.queries import lock_version
from publicity.records.rules import random_key
from village_lists.days import china_day
from village_lists.documents.actions import Readable, keep_readable
from village_lists.documents.models import Document, DocumentKind
from village_lists.documents.photos import draw_covered
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind
from village_lists.people.rules import holds_on


class CannotCover(Refusal):
    """The attachment is no photo, or there is no box."""


def attach(
    session: Session,
    *,
    version: Version,
    readable: Readable,
    line: int | None,
    caption: str,
    by: Person,
    now: datetime,
) -> Attachment:
    """Add a photo or PDF to a draft; nobody has looked at it yet, so it is not public and holds the version up.

    `readable` comes from village_lists.documents.actions.read_document, outside of the transaction. The same file sent
    again for the same line is the attachment that is there. Raise NotAllowed or Refusal.
    """
    _may_change(session, version, by, now)
    present = attachments_of(session, version=version)
    digest = hashlib.sha256(readable.content).hexdigest()
    for one in present:
        if one.line == line and one.original.digest == digest:
            return one
    if len(present) >= MAXIMUM:
        raise Refusal(N_("一份公开内容最多 %(count)d 个附件"), count=MAXIMUM)
    document = keep_readable(session, place=version.record.village, readable=readable, by=by, now=now)
    attachment = Attachment(
        key=random_key(),
        version_id=version.id,
        position=max((one.position for one in present), default=0) + 1,
        original_id=document.id,
        by_id=by.id,
        at=now,
        line=_line(line),
        caption=_caption(caption),
        boxes=_look(readable),
    )
    session.add(attachment)
    session.flush()
    return attachment


def cover(
    session: Session,
    *,
    attachment: Attachment,
    boxes: Sequence[Sequence[int]],
    by: Person,
    now: datetime,
    drawn: bytes | None = None,
) -> Attachment:
    """Burn opaque boxes into a new document that the public will see; `confirm_shown` says that it is right.

    `boxes` are [x, y, width, height] in thousandths of the picture. `drawn` is what draw_covered made of the original
    with these boxes before the transaction began; without it, it is drawn here, which takes half a second. Raise
    CannotCover for a PDF or no boxes, BoxesUnreadable for boxes outside of the picture, NotAllowed.
    """
    _may_change(session, attachment.version, by, now)
    wanted = check_boxes(boxes)
    if attachment.original.kind is not DocumentKind.PHOTO:
        raise CannotCover(N_("PDF 文件不能遮盖：请打印出来遮住再拍照，或者对着屏幕拍一张照片上传"))
    if not wanted:
        raise CannotCover(N_("还没有框：请框住不能公开的地方；没有要遮的就按「没有要遮的」"))
    content = draw_covered(attachment.original.content, wanted) if drawn is None else drawn
    readable = Readable(kind=DocumentKind.PHOTO, name=attachment.original.name, content=content)
    document = keep_readable(session, place=attachment.version.record.village, readable=readable, by=by, now=now)
    _show(session, attachment, document)
    attachment.boxes = {**attachment.boxes, "boxes": [list(box) for box in wanted], "checked": {}}
    attachment.is_checked = False
    session.flush()
    return attachment


def confirm_shown(session: Session, *, attachment: Attachment, seen: str, by: Person, now: datetime) -> None:
    """Say after a look at the covered picture that it may be seen like this.

    `seen`: the `shown_digest` of what was looked at. Raise Stale where it was covered anew since.
    """
    _may_change(session, attachment.version, by, now)
    session.refresh(attachment)
    if attachment.shown_id is None:
        raise Refusal(N_("还没有遮盖过的照片可以确认"))
    if seen != attachment.shown_digest:
        raise Stale(N_("这份材料刚才又改过，和您看的不一样了，请重新看一遍再确认"))
    _check(session, attachment, by, now)


def declare_clean(session: Session, *, attachment: Attachment, by: Person, now: datetime) -> None:
    """Say after a look that nothing is to be covered: the public sees the original, drawn anew and stripped."""
    _may_change(session, attachment.version, by, now)
    _show(session, attachment, attachment.original)
    attachment.boxes = {**attachment.boxes, "boxes": []}
    _check(session, attachment, by, now)


def keep_inside(session: Session, *, attachment: Attachment, by: Person, now: datetime) -> None:
    """Keep an attachment for officials alone; reviewers see it, the public never does."""
    _may_change(session, attachment.version, by, now)
    _show(session, attachment, None)
    attachment.boxes = {**attachment.boxes, "boxes": []}
    _check(session, attachment, by, now)


def change_caption(
    session: Session, *, attachment: Attachment, caption: str, line: int | None, by: Person, now: datetime
) -> None:
    """Write what is to be seen on it, and which line it belongs to (None: the whole)."""
    _may_change(session, attachment.version, by, now)
    attachment.caption, attachment.line = _caption(caption), _line(line)
    session.flush()


def move(session: Session, *, attachment: Attachment, up: bool, by: Person, now: datetime) -> None:
    """Let it change places with the one before it (or, not `up`, after it); at the end nothing happens."""
    _may_change(session, attachment.version, by, now)
    ordered = attachments_of(session, version=attachment.version)
    at = next(place for place, one in enumerate(ordered) if one.id == attachment.id)
    other = at - 1 if up else at + 1
    if 0 <= other < len(ordered):
        ordered[at], ordered[other] = ordered[other], ordered[at]
    for position, one in enumerate(ordered, start=1):
        one.position = position
    session.flush()


def remove(session: Session, *, attachment: Attachment, by: Person, now: datetime) -> None:
    """Take an attachment out of a draft; its documents are deleted unless another version needs them."""
    _may_change(session, attachment.version, by, now)
    documents = [document for document in (attachment.original, attachment.shown) if document is not None]
    session.delete(attachment)
    session.flush()
    for document in dict.fromkeys(documents):
        _forget(session, document)


def remove_all(session: Session, *, version: Version, by: Person, now: datetime) -> None:
    """Take every attachment out of a draft, as when it is discarded."""
    for attachment in attachments_of(session, version=version):
        remove(session, attachment=attachment, by=by, now=now)


def copy_attachments(
    session: Session,
    *,
    before: Version,
    after: Version,
    by: Person,
    now: datetime,
    lines: Mapping[int, int] | None = None,
) -> list[Attachment]:
    """Take what stood in a version over into the draft that corrects it: the same documents, looked at already.

    `lines` says which line became which; one that is not named there is gone, and what belonged to it then belongs to
    the whole. None: the lines are as they were.
    """
    _may_change(session, after, by, now)
    copies = [
        Attachment(
            key=random_key(),
            version_id=after.id,
            position=one.position,
            original_id=one.original_id,
            by_id=by.id,
            at=now,
            line=one.line if lines is None or one.line is None else lines.get(one.line),
            caption=one.caption,
            shown_id=one.shown_id,
            boxes=dict(one.boxes),
            is_checked=one.is_checked,
        )
        for one in attachments_of(session, version=before)
    ]
    session.add_all(copies)
    session.flush()
    return copies


def _may_change(session: Session, version: Version, by: Person, now: datetime) -> None:
    """Wait for who decides on the version at this moment; raise NotAllowed but for a clerk of its village, a draft."""
    lock_version(session, version=version)
    on, village = china_day(now), version.record.village_id
    clerks = (post for post in by.posts if post.kind is PostKind.CLERK and post.place_id == village)
    post = next((post for post in clerks if holds_on(post, on)), None)
    if post is None:
        raise NotAllowed(N_("只有本村的报账员可以改附件"))
    if version.state != State.DRAFT:
        raise NotAllowed(N_("已经提交的内容不能再改附件，要改请先退回"))
    _note_hand(session, version, by, now, is_acting=post.is_acting)


def _note_hand(session: Session, version: Version, by: Person, now: datetime, *, is_acting: bool) -> None:
    """Write down once that somebody else than its maker had a hand in a draft, so that he does not review it."""
    entered = {event.by_id for event in version.events if event.deed is Deed.DRAFT} | {version.made_by_id}
    if by.id in entered:
        return
    session.add(
        Event(
            version_id=version.id,
            deed=Deed.DRAFT,
            by_id=by.id,
            post=PostKind.CLERK,
            name=by.name,
            at=now,
            is_acting=is_acting,
        )
    )
    session.flush()
    session.expire(version, ["events"])


def _show(session: Session, attachment: Attachment, document: Document | None) -> None:
    former = attachment.shown
    attachment.shown_id = document.id if document else None
    session.flush()
    session.expire(attachment, ["shown"])
    if former is not None:
        _forget(session, former)


def _forget(session: Session, document: Document) -> None:
    """Delete a document that no attachment needs any more: what was covered badly is nowhere left."""
    if not is_used(session, document_id=document.id):
        session.delete(document)
        session.flush()


def _check(session: Session, attachment: Attachment, by: Person, now: datetime) -> None:
    attachment.boxes = {**attachment.boxes, "checked": {"name": by.name, "at": now.isoformat()}}
    attachment.is_checked = True
    session.flush()


def _look(readable: Readable) -> dict[str, object]:
    if readable.kind is not DocumentKind.PHOTO:
        return {"boxes": []}
    look = look_of(readable.content)
    return {"boxes": [], "size": list(look.size), "likeness": look.likeness}


def _line(line: int | None) -> int | None:
    if line is not None and line < 1:
        raise Refusal(N_("行号从 1 开始"))
    return line


def _caption(caption: str) -> str:
    plain = " ".join(caption.split())
    if len(plain) > CAPTION_LENGTH:
        raise Refusal(N_("说明最多 %(count)d 个字"), count=CAPTION_LENGTH)
    return plain
