"""Keeping what people attach."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from village_lists.documents.models import Document, DocumentKind
from village_lists.documents.photos import draw_anew
from village_lists.documents.rules import kind_of, plain_name
from village_lists.people.models import Person
from village_lists.places.models import Place

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
KEY_LENGTH = 16


@dataclass(frozen=True, kw_only=True)
class Readable:
    """A file that may be kept: a photo drawn anew, or a PDF as it came."""

    kind: DocumentKind
    name: str
    content: bytes


def read_document(*, name: str, content: bytes) -> Readable:
    """Return what may be kept of a file that was sent; it may take seconds, so it is done outside of a transaction.

    `content` is at most 10 MB. Raise village_lists.documents.unreadable.UnreadableDocument with one sentence.
    """
    kind = kind_of(content)
    kept = draw_anew(content) if kind is DocumentKind.PHOTO else content
    return Readable(kind=kind, name=plain_name(name, kind), content=kept)


def keep_document(
    session: Session, *, place: Place, name: str, content: bytes, by: Person | None, now: datetime
) -> Document:
    """Read an attachment and keep it; see `read_document` and `keep_readable`."""
    readable = read_document(name=name, content=content)
    return keep_readable(session, place=place, readable=readable, by=by, now=now)


def keep_readable(session: Session, *, place: Place, readable: Readable, by: Person | None, now: datetime) -> Document:
    """Keep an attachment of a place under a random key of 80 bits; `by` None is the operator."""
    document = Document(
        key="".join(secrets.choice(LETTERS) for _ in range(KEY_LENGTH)),
        place_id=place.id,
        kind=readable.kind,
        name=readable.name,
        content=readable.content,
        digest=hashlib.sha256(readable.content).hexdigest(),
        entered_at=now,
        entered_by_id=by.id if by else None,
    )
    session.add(document)
    session.flush()
    return document
