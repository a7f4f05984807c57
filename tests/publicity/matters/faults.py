"""What is wrong with a matter, found anew from the stays of tests.publicity.matters.independent; shares no code."""

from collections.abc import Callable
from datetime import date, timedelta

from tests.publicity.matters.independent import Shown, Stay
from village_lists.days import WorkingDays
from village_lists.flowcharts.graph import Node

Asked = Callable[[Node], str | None]
"""Who has to carry a step, read from the step."""


def last_day(stay: Stay, calendar: WorkingDays) -> date | None:
    """Count the time limit of a stay day by day."""
    limit = stay.node.limit_days
    if limit is None:
        return None
    day = stay.since
    while limit:
        day += timedelta(days=1)
        is_worked = day in calendar.make_up_days or (day.weekday() < 5 and day not in calendar.days_off)
        limit -= is_worked or stay.node.limit_kind.value == "calendar"
    return day


def heard(stay: Stay, stays: list[Stay], voting: Asked) -> bool | None:
    """Say whether those who had to carry a stay did: there, or, deciding, when last asked; None: they never met."""
    body = voting(stay.node)
    if body is None:
        return None
    own = [one.passes for one in stay.meetings if one.body == body and (stay.ended is None or one.on <= stay.ended)]
    if own or stay.node.kind.value != "decision":
        return any(own) if own else None
    before = [one for one in stays if 0 < one.turn < stay.turn and voting(one.node) == body]
    return heard(max(before, key=lambda one: one.turn), stays, voting) if before else None


def faults(
    stay: Stay, *, on: date, posting_days: int, voting: Asked, calendar: WorkingDays, has_met: bool | None
) -> list[str]:
    """Return the kinds of everything that is wrong with a stay."""
    found: list[str] = []
    for meeting in stay.meetings:
        if meeting.present < meeting.needed:
            found.append("no_quorum")
    for one in stay.shown:
        until = one.up + timedelta(days=one.days)
        if one.down is not None and one.down < until:
            found.append("short")
        elif stay.how in ("done", "handed_over") and stay.ended and one.up < stay.ended < until:
            found.append("hurried")
    due = last_day(stay, calendar)
    if stay.how == "skipped":
        found.append("skipped")
    if stay.how == "active":
        return found + (["overdue"] if due and on > due else [])
    if stay.how == "done" and voting(stay.node):
        is_decision = stay.node.kind.value == "decision"
        if has_met is None or not (is_decision or has_met):
            found.append("no_vote")
    if stay.ended and stay.how != "stopped" and stay.ended < stay.since:
        found.append("order")
    if stay.ended and due and stay.how in ("done", "handed_over") and stay.ended > due:
        found.append("late")
    if stay.how == "done" and stay.node.posting and stay.ended:
        last = stay.ended + timedelta(days=posting_days)
        first = stay.shown[0].up if stay.shown else None
        if (first is None and on > last) or (first is not None and first > last):
            found.append("unposted")
    return found


def is_out_of_band(budget: int | None, former: int | None, band: tuple[int, int] | None) -> bool:
    """Say whether a change of the budget leaves its band: above, or below from within or from above."""
    if budget is None or band is None or band[0] <= budget < band[1]:
        return False
    return budget >= band[1] or former is None or former >= band[0]


def still_told(deed: str, *, passes: bool, hung: Shown | None, day: date, is_out: bool) -> bool:
    """Say whether a deed that was taken back stays told; `hung` is what hung at its step just before it."""
    if deed == "taken_down" and hung is not None:
        return (day - hung.up).days < hung.days
    return deed == "skipped" or (deed == "met" and not passes) or (deed == "budgeted" and is_out)
