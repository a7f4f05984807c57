"""Deeds upon operations: claiming a key before the effect, keeping the answer after it, letting it go again."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from village_lists.errors import Stale
from village_lists.markers import N_
from village_lists.operations.models import Operation
from village_lists.operations.queries import operation_by_key
from village_lists.people.models import Person


class SentBefore(Stale):
    """The key was used already; what was sent under it then stands in the database."""


def claim_operation(session: Session, *, key: str, by: Person, address: str, digest: str, now: datetime) -> Operation:
    """Write the key down as the first thing of a transaction; raise SentBefore for one that was used.

    On PostgreSQL a second sending waits here for the first, on SQLite it waited for the write lock before. After
    SentBefore nothing but a rollback is possible.
    """
    words = N_("刚才已经收到，没有重复记录")
    if operation_by_key(session, key=key) is not None:
        raise SentBefore(words)
    operation = Operation(key=key, by_id=by.id, at=now, address=address, digest=digest)
    session.add(operation)
    try:
        session.flush()
    except IntegrityError as taken:
        raise SentBefore(words) from taken
    return operation


def keep_answer(session: Session, *, operation: Operation, answer: str) -> None:
    """Keep the address that was answered, for whoever sends the same again."""
    operation.answer = answer
    session.flush()


def forget_operation(session: Session, *, operation: Operation) -> None:
    """Let the key go: what was sent under it was refused and may be mended and sent again."""
    session.delete(operation)
    session.flush()
