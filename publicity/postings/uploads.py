"""Tables that were pasted or uploaded for a draft: read, kept under a random key, shown to be checked, taken over."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.categories.queries import content_of
from publicity.postings.actions import save_posting
from publicity.postings.cells import Cell
from publicity.postings.models import PostingUpload
from publicity.postings.queries import posting_of
from publicity.postings.readings import TableReading
from publicity.records.models import State, Version
from publicity.records.queries import lock_version
from publicity.records.rules import random_key
from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind
from village_lists.people.rules import holds_on


def keep_reading(
    session: Session, *, version: Version, name: str, reading: TableReading, by: Person, now: datetime
) -> PostingUpload:
    """Keep what was read for a draft; `name` is the file's, or what a pasted table is called.

    Raise NotAllowed for who is no clerk of the village and for what is no draft any more.
    """
    _only_by_a_clerk(by, version, china_day(now))
    if version.state != State.DRAFT:
        raise NotAllowed(N_("已经提交审核的内容不能再改，退回之后才能改"))
    upload = PostingUpload(
        key=random_key(), version_id=version.id, by_id=by.id, name=name[:200], reading=plain_reading(reading)
    )
    session.add(upload)
    session.flush()
    return upload


def plain_reading(reading: TableReading) -> dict[str, Any]:
    """Return a reading as JSON values: rows and head by column keys, problems and notices as marked words."""
    return {
        "rows": [dict(row) for row in reading.rows],
        "head": dict(reading.head),
        "problems": [
            {"address": one.address, "words": one.words, "values": _plain(one.values)} for one in reading.problems
        ],
        "notices": [{"words": one.words, "values": _plain(one.values)} for one in reading.notices],
        "matched": [list(pair) for pair in reading.matched],
        "count": reading.count,
        "sheet": reading.sheet,
    }


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value if isinstance(value, int | float) else str(value) for key, value in values.items()}


def reading_by_key(session: Session, *, version: Version, key: str) -> PostingUpload | None:
    """Return what was read for this version under that key, or None."""
    return session.scalar(select(PostingUpload).where(PostingUpload.version_id == version.id, PostingUpload.key == key))


def take_over(
    session: Session, *, version: Version, upload: PostingUpload, is_added: bool, by: Person, now: datetime, seen: int
) -> None:
    """Put what was read into the draft: behind its rows, or in place of them; head lines that were read replace.

    The reading is deleted then. Raises as `save_posting` does, and Refusal where something could not be read.
    """
    if upload.reading["problems"]:
        raise Refusal(N_("还有读不懂的地方，改好以后再取用"))
    lock_version(session, version=version)
    posting = posting_of(session, version=version)
    if posting is None:
        raise Stale(N_("这份草稿刚被清空，请刷新后重新开始填写"))
    head: dict[str, Cell] = {**posting.head}
    head.update({key: value for key, value in upload.reading["head"].items() if value is not None})
    rows: list[dict[str, Cell]] = [dict(row.cells) for row in posting.rows] if is_added else []
    save_posting(
        session,
        version=version,
        head=head,
        rows=[*rows, *upload.reading["rows"]],
        note=posting.note,
        is_nil=False,
        by=by,
        now=now,
        seen=seen,
        source_name=upload.name,
    )
    session.delete(upload)
    session.flush()


def copy_former(session: Session, *, version: Version, former: Version, by: Person, now: datetime, seen: int) -> None:
    """Put the rows and head lines of a former period into the draft, those that its category still has a place for."""
    old = posting_of(session, version=former)
    lock_version(session, version=version)
    posting = posting_of(session, version=version)
    if old is None or posting is None:
        raise Stale(N_("这份草稿刚被清空，请刷新后重新开始填写"))
    content = content_of(posting.edition)
    fields, columns = {one.key for one in content.fields}, {one.key for one in content.columns}
    save_posting(
        session,
        version=version,
        head={key: value for key, value in old.head.items() if key in fields},
        rows=[{key: value for key, value in row.cells.items() if key in columns} for row in old.rows],
        note=posting.note,
        is_nil=False,
        by=by,
        now=now,
        seen=seen,
    )


def _only_by_a_clerk(by: Person, version: Version, on: date) -> None:
    village = version.record.village_id
    posts = (post for post in by.posts if post.kind == PostKind.CLERK and post.place_id == village)
    if not any(holds_on(post, on) for post in posts):
        raise NotAllowed(N_("只有本村的报账员可以填写公开内容"))
