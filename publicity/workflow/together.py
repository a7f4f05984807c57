"""A corrected month and the later months that follow from it: sent to review together."""

from datetime import datetime

from sqlalchemy.orm import Session

from publicity.ledgers.carrying import LaterMonth, later_months
from publicity.ledgers.queries import ledger_of
from publicity.records.models import State, Version
from publicity.records.queries import UNFINISHED
from publicity.workflow.actions import Seen, submit
from village_lists.people.models import Person


def carrying_of(session: Session, *, version: Version) -> tuple[LaterMonth, ...]:
    """Return which later published months a version under way moves, in order; nothing for what is no ledger."""
    ledger = ledger_of(session, version=version) if version.state in UNFINISHED else None
    return later_months(session, version=version, ledger=ledger) if ledger else ()


def submit_together(session: Session, *, version: Version, by: Person, now: datetime, seen: Seen) -> None:
    """Send a corrected month and every draft that follows from it to review, the earlier before the later.

    All or none: raise DoesNotPass with the problems of the first that does not stand up.
    """
    if version.state == State.DRAFT:
        submit(session, version=version, by=by, now=now, seen=seen)
    for later in carrying_of(session, version=version):
        if later.redone is not None and later.redone.state == State.DRAFT:
            submit(session, version=later.redone, by=by, now=now, seen=Seen(revision=later.redone.revision))
