"""What matters ask for, as open data of several audiences gives it beside the duties of the directory."""

from collections.abc import Callable

from publicity.duties.matters import MatterDuty

CATEGORY = "matter"
AFFAIRS = "village"


def matter_content(duty: MatterDuty, *, cover: Callable[[str], str] = str) -> dict[str, object]:
    """Return a posting that a matter demands as plain values, under the names that other duties have.

    `period` is the day on which the step was finished. `cover` hides private names where everybody reads.
    """
    return {
        "village": duty.village,
        "category": CATEGORY,
        "category_name": cover(duty.what),
        "affairs": AFFAIRS,
        "body": duty.body_kind,
        "period": duty.since.isoformat(),
        "title": cover(duty.title),
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
