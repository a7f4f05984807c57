"""What publication sets beside the state: days of display, code, words for search, filing with the township."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from publicity.categories.queries import category_in_force
from publicity.codes.actions import give_code
from publicity.codes.models import TargetKind
from publicity.postings.actions import drop_published_text, save_published_text
from publicity.records.models import State, Version
from publicity.records.queries import published_version
from publicity.workflow.contents import content_of_version
from publicity.workflow.models import Filing
from village_lists.days import china_day
from village_lists.rulebook.queries import rule, rules_for

FILING = "filing.township.days"


def make_room(session: Session, *, version: Version, now: datetime) -> None:
    """Set the days of display and the code; the version before it stays readable as corrected."""
    record = version.record
    before = published_version(record)
    if before is not None:
        before.state = State.CORRECTED
        session.flush()
        drop_published_text(session, version=before)
    on = china_day(now)
    days = int(rule(session, key=_display_rule(session, version, now), place=record.village, on=on).value)
    version.published_at = now
    version.display_from, version.display_to = on, on + timedelta(days=days)
    give_code(session, village=record.village, kind=TargetKind.RECORD, target=str(record.number), now=now)


def tell_the_public(session: Session, *, version: Version, now: datetime) -> None:
    """Write what search reads, and ask for the filing where the rule book does; the version stands published."""
    save_published_text(session, version=version)
    village, on = version.record.village, china_day(now)
    answer = rules_for(session, keys=[FILING], places=[village]).answer(key=FILING, place=village, on=on)
    if answer is not None:
        session.add(Filing(version_id=version.id, due=on + timedelta(days=int(answer.value))))
    session.flush()


def _display_rule(session: Session, version: Version, now: datetime) -> str:
    """Return the key for how long it is displayed: by the edition it was begun with, for ledgers the one in force."""
    category = content_of_version(session, version=version).category
    if category is None:
        record = version.record
        ruling = category_in_force(session, code=record.category.code, place=record.village, on=china_day(now))
        return ruling.content.display_rule if ruling else record.category.display_rule
    return category.display_rule
