"""Questions about attachments: which there is, and who may open it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from village_lists.documents.models import Document
from village_lists.people.models import Person
from village_lists.people.rules import holds_on
from village_lists.places.queries import chain_of


def document_for(session: Session, *, key: str, person: Person, on: date) -> Document | None:
    """Return the attachment of that key with its content, or None where there is none for this person on the day.

    It is for who holds a post in its place or in a place above: officials of the village, auditors of its township,
    stewards of its county.
    """
    document = session.scalar(select(Document).where(Document.key == key).options(undefer(Document.content)))
    if document is None:
        return None
    near = {place.id for place in chain_of(session, place=document.place)}
    held = {post.place_id for post in person.posts if holds_on(post, on)}
    return document if near & held else None
