"""Filing with the township (备案): what was published is received by an auditor of the village's township."""

from datetime import datetime

from sqlalchemy.orm import Session

from publicity.records.models import State, Version
from publicity.records.queries import lock_version
from publicity.workflow.actions import Seen, still
from publicity.workflow.models import Filing
from publicity.workflow.queries import filing_of, offices
from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind


def receive_filing(
    session: Session, *, version: Version, by: Person, now: datetime, seen: Seen, note: str = ""
) -> Filing:
    """An auditor of the village's township receives a published version, once."""
    lock_version(session, version=version)
    held = offices(by, village=version.record.village, on=china_day(now))
    if not any(office.post is PostKind.TOWNSHIP_AUDITOR for office in held):
        raise NotAllowed(N_("这一步不在您的职责范围内"))
    still(version, seen)
    filing = filing_of(session, version=version)
    if filing is None or version.state != State.PUBLISHED:
        raise Refusal(N_("这份记录现在不用备案"))
    if filing.filed_at is not None:
        raise Stale(N_("这份记录已经收过备案，请刷新后再看"))
    filing.filed_by_id, filing.filed_name, filing.filed_at, filing.note = by.id, by.name, now, note.strip()
    session.flush()
    return filing
