"""Questions about operations."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_lists.operations.models import Operation


def operation_by_key(session: Session, *, key: str) -> Operation | None:
    """Return the operation of that key, or None where nothing of it took effect."""
    return session.scalar(select(Operation).where(Operation.key == key))
