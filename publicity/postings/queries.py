"""Questions about postings: what a version says, and what the village's published words hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from publicity.categories.models import Category
from publicity.postings.models import Posting, PublishedText
from publicity.records.models import Record, State, Version
from village_lists.periods import Span
from village_lists.places.models import Body, Place

CLOSED = (State.PUBLISHED, State.CORRECTED, State.WITHDRAWN)
MOST_FOUND = 50
MOST_WORDS = 6
BEFORE, AFTER = 24, 60


@dataclass(frozen=True, kw_only=True)
class Find:
    """A published record in which all words stand; `excerpt` is what is around the first of them."""

    number: int
    category_code: str
    category: str
    body_kind: str
    body_name: str
    title: str
    span: Span
    published_at: datetime | None
    excerpt: str


def posting_of(session: Session, *, version: Version) -> Posting | None:
    """Return what a version says, with its rows and the edition it says it under, or None; two statements."""
    return session.scalar(
        select(Posting)
        .where(Posting.version_id == version.id)
        .options(selectinload(Posting.rows), joinedload(Posting.edition))
    )


def records_for(session: Session, *, body: Body, code: str, span: Span) -> list[Record]:
    """Return the body's records of a category for a span in the order of their serials, versions loaded."""
    return list(
        session.scalars(
            select(Record)
            .join(Record.category)
            .where(Record.body_id == body.id, Category.code == code, Record.period == str(span))
            .options(selectinload(Record.versions))
            .order_by(Record.serial)
            .execution_options(populate_existing=True)
        )
    )


def published_postings(session: Session, *, body: Body, span: Span) -> list[Posting]:
    """Return everything but accounts that stands published of a body for a span, with rows and editions."""
    return list(
        session.scalars(
            select(Posting)
            .join(Posting.version)
            .join(Version.record)
            .where(Record.body_id == body.id, Record.period == str(span), Version.state == State.PUBLISHED)
            .options(selectinload(Posting.rows), joinedload(Posting.edition))
            .order_by(Record.number)
        )
    )


def open_version(record: Record) -> Version | None:
    """Return the version that is being written or reviewed, or None."""
    return next((version for version in record.versions if version.state not in CLOSED), None)


def standing_version(record: Record) -> Version | None:
    """Return the version that stands published, or None."""
    return next((version for version in record.versions if version.state == State.PUBLISHED), None)


def search_records(session: Session, *, village: Place, words: str) -> list[Find]:
    """Return the village's standing records in which every word stands, newest first, at most 50; one statement.

    It looks through nothing but what the web shows (PublishedText): a full private name finds nothing.
    """
    wanted = [word for word in re.split(r"[\s，,、；;]+", words.strip()) if word][:MOST_WORDS]
    if not wanted or not "".join(wanted).isprintable():
        return []
    rows = session.execute(
        select(
            Record.number,
            Category.code,
            Category.name,
            Body.kind,
            Body.name,
            Record.period,
            Version.published_at,
            PublishedText.words,
        )
        .select_from(PublishedText)
        .join(Version, Version.id == PublishedText.version_id)
        .join(Record, Record.id == Version.record_id)
        .join(Category, Category.id == Record.category_id)
        .join(Body, Body.id == Record.body_id)
        .where(
            Record.village_id == village.id,
            Version.state == State.PUBLISHED,
            *(PublishedText.words.ilike(f"%{_escaped(word)}%", escape="\\") for word in wanted),
        )
        .order_by(Version.published_at.desc(), Record.number.desc())
        .limit(MOST_FOUND)
    ).all()
    return [
        Find(
            number=number,
            category_code=code,
            category=category,
            body_kind=kind.value,
            body_name=name,
            title=text.split("\n", 1)[0],
            span=Span.parse(period),
            published_at=at,
            excerpt=_excerpt(text, wanted),
        )
        for number, code, category, kind, name, period, at, text in rows
    ]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _excerpt(text: str, wanted: Sequence[str]) -> str:
    """Return the words around the first find below the title, else the beginning."""
    title_end = text.find("\n") + 1
    lowered = text.lower()
    places = [lowered.find(word.lower(), title_end) for word in wanted]
    first = min((place for place in places if place >= 0), default=title_end)
    begin, end = max(title_end, first - BEFORE), min(len(text), first + AFTER)
    shown = " ".join(text[begin:end].split())
    return f"{'…' if begin > title_end else ''}{shown}{'…' if end < len(text) else ''}"
