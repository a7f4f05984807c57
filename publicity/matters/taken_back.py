"""What a deed told stays told when it is taken back: neutrally, with its numbers and the reason. Pure."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from publicity.matters.budgets import out_of_band
from publicity.matters.course import Finding, FindingKind, HungPosting, Move, Visit
from publicity.matters.findings import needed_present
from publicity.matters.models import MatterDeed
from village_lists.amounts import exact
from village_lists.markers import N_

TOO_FEW = N_(
    "「%(step)s」登记过%(day)s的%(meeting)s人数不够（应到 %(due)d 人，到会至少要 %(needed)d 人，实到 %(present)d 人），"
    "登记以后撤回了，原因：%(reason)s"
)
NOT_CARRIED = N_(
    "「%(step)s」登记过%(day)s的%(meeting)s没有通过（应到 %(due)d 人，实到 %(present)d 人，同意 %(in_favour)d 人），"
    "登记以后撤回了，原因：%(reason)s"
)
CUT_SHORT = N_(
    "「%(step)s」登记过公示没有贴满 %(days)d 天（%(up)s贴出，%(down)s取下，只有 %(found)d 天），"
    "登记以后撤回了，原因：%(reason)s"
)
PASSED_OVER = N_("「%(step)s」登记过跳过去没有办，原因：%(former_reason)s。这一条登记以后撤回了，原因：%(reason)s")
BUDGET = N_("登记过预算改为 %(budget)s，不在「%(procedure)s」管的金额里，登记以后撤回了，原因：%(reason)s")

Told = tuple[str, Mapping[str, object]]


def finding_of_taken_back(visits: Sequence[Visit], move: Move, *, reason: str) -> Finding | None:
    """Return what stays told of a deed that was taken back, or None where it told nothing by itself.

    `visits` as they were with the deed, before it was taken back.
    """
    if move.deed is MatterDeed.BUDGETED:
        found = out_of_band(move)
        values = {"budget": exact(found.budget_fen), "procedure": found.procedure} if found else {}
        return _finding(None, move, (BUDGET, values), reason) if found else None
    for visit in visits:
        told = _told(visit, move)
        if told is not None:
            return _finding(visit, move, told, reason)
    return None


def _finding(visit: Visit | None, move: Move, told: Told, reason: str) -> Finding:
    words, values = told
    return Finding(
        kind=FindingKind.TAKEN_BACK,
        path=visit.path if visit else "",
        round=visit.round if visit else 0,
        words=words,
        values={**values, **({"step": visit.node.title} if visit else {}), "reason": reason},
        sequence=move.sequence,
    )


def _told(visit: Visit, move: Move) -> Told | None:
    """Return what a deed at a visit told by itself, or None where it told nothing or belongs to another visit."""
    if move.deed is MatterDeed.SKIPPED and visit.sequence == move.sequence:
        return PASSED_OVER, {"former_reason": visit.words}
    if move.deed is MatterDeed.MET:
        return _met(visit, move)
    if move.deed is MatterDeed.TAKEN_DOWN and visit.path == move.step:
        return _came_down(visit.postings, move)
    return None


def _met(visit: Visit, move: Move) -> Told | None:
    meeting = next((one for one in visit.meetings if one.sequence == move.sequence), None)
    if meeting is None or meeting.passes:
        return None
    needed = needed_present(meeting)
    values = {
        "day": meeting.on,
        "meeting": meeting.meeting,
        "due": meeting.due,
        "present": meeting.present,
        "needed": needed,
        "in_favour": meeting.in_favour,
    }
    return (TOO_FEW if meeting.present < needed else NOT_CARRIED), values


def _came_down(postings: Sequence[HungPosting], move: Move) -> Told | None:
    """Return what the posting that this deed took down told: it came down too early."""
    posting = next((one for one in postings if one.taken_down_by == move.sequence), None)
    down = posting.taken_down_on if posting else None
    if posting is None or down is None or down >= posting.posted_on + timedelta(days=posting.days):
        return None
    found = (down - posting.posted_on).days
    return CUT_SHORT, {"days": posting.days, "up": posting.posted_on, "down": down, "found": found}
