"""What matters ask for, as pages and open data of several audiences show it beside the duties of the directory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.database import session
from publicity.duties.matters import MatterDuty, MatterDutyKind, matter_duties
from publicity.duties.pages import SHAPES, WORDS
from publicity.duties.rules import Standing
from publicity.workflow.matter_words import MatterWords
from village_lists.places.models import Place

CATEGORY = "matter"
AFFAIRS = "village"


@dataclass(frozen=True, kw_only=True)
class MatterDutyLine:
    """A posting that a matter demands as everybody may read it: private names covered, `words` has the gap `days`."""

    duty: MatterDuty
    title: str
    what: str
    step_title: str
    shape: str
    words: str


def postings_of_year(village: Place, *, year: int, on: date) -> list[MatterDutyLine]:
    """Return the postings that a village's matters demand and that fall due in a year, newest first, names covered."""
    found = [duty for duty in matter_postings([village], on=on, since=date(year - 1, 1, 1)) if _year(duty) == year]
    cover = MatterWords(session(), village=village, matters={duty.matter_id for duty in found}, on=on).text
    lines = [
        MatterDutyLine(
            duty=duty,
            title=cover(duty.title),
            what=cover(duty.what),
            step_title=cover(duty.step_title),
            shape=SHAPES[duty.standing],
            words=WORDS[duty.standing],
        )
        for duty in found
    ]
    return sorted(lines, key=lambda line: (line.duty.standing is not Standing.MISSING, -_day(line.duty).toordinal()))


def matter_postings(villages: Sequence[Place], *, on: date, since: date) -> list[MatterDuty]:
    """Return the postings that the matters of some villages demand; matters closed before `since` are left out."""
    found = matter_duties(session(), villages=villages, on=on, since=since)
    return [duty for duty in found if duty.kind is MatterDutyKind.POSTING]


def _day(duty: MatterDuty) -> date:
    return duty.due or duty.since


def _year(duty: MatterDuty) -> int:
    return _day(duty).year


def matter_content(duty: MatterDuty) -> dict[str, object]:
    """Return a posting that a matter demands as plain values, under the names that other duties have.

    `period` is the day on which the step was finished. Names stand in full; `line_content` is for everybody.
    """
    return {
        "village": duty.village,
        "category": CATEGORY,
        "category_name": duty.what,
        "affairs": AFFAIRS,
        "body": duty.body_kind,
        "period": duty.since.isoformat(),
        "title": duty.title,
        "due": duty.due.isoformat() if duty.due else None,
        "state": duty.standing.value,
        "published": duty.posted_on.isoformat() if duty.posted_on else None,
        "days_late": duty.days_late,
        "extended_until": None,
        "extension_reason": None,
        "withdrawn": None,
        "record": duty.record,
        "matter": duty.number,
        "matter_code": duty.code,
        "step": duty.step,
    }


def line_content(line: MatterDutyLine) -> dict[str, object]:
    """Return a posting as plain values with the words that everybody may read."""
    return {**matter_content(line.duty), "category_name": line.what, "title": line.title}
