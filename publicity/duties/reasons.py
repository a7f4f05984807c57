"""Why something is due on the day it is: the arithmetic from the end of the period to the last day, in sentences."""

from collections.abc import Mapping, Sequence
from datetime import date

from publicity.duties.queries import Cell, Duty
from publicity.duties.rules import DueDay
from village_lists.days import DAY
from village_lists.markers import N_
from village_lists.rulebook.catalog import Unit

Told = tuple[str, Mapping[str, object]]
"""A marked sentence and what fills its gaps; days stand there as dates, for the page to write them."""
WAYS = {
    Unit.DAY_OF_MONTH: N_("%(end)s到期，要在下个月 %(count)d 日前公开（没有这一天的月份，算最后一天）。"),
    Unit.DAYS: N_("从%(end)s的第二天算起，第 %(count)d 天是最后一天。"),
    Unit.WORKING_DAYS: N_("从%(end)s的第二天算起，第 %(count)d 个工作日是最后一天。"),
}


def arithmetic(duty: Duty | Cell) -> tuple[Told, ...]:
    """Return how the due day came about, sentence by sentence; nothing where no rule was valid."""
    due = duty.due_day
    if due is None:
        return ()
    told: list[Told] = []
    way = WAYS.get(due.unit)
    if way:
        told.append((way, {"end": due.counted_from, "count": due.count}))
    if due.moved_from is not None:
        words = N_("%(day)s不上班，按规定顺延到%(due)s。")
        told.append((words, {"day": due.moved_from, "due": due.day}))
    elif due.jumped:
        told += [_jumped(first, last) for first, last in _runs(due)]
    told += [(N_("%(year)d年的放假安排还没有登记，只按周末算。"), {"year": year}) for year in due.unknown_years]
    if duty.extended_until is not None:
        told.append((N_("村里申请延期，乡镇同意延到%(until)s。"), {"until": duty.extended_until}))
    return tuple(told)


def _jumped(first: date, last: date) -> Told:
    if first == last:
        return N_("%(day)s不上班，不算。"), {"day": first}
    return N_("%(first)s到%(last)s不上班，不算。"), {"first": first, "last": last}


def _runs(due: DueDay) -> list[tuple[date, date]]:
    """Return the stretches of days off that were jumped over, each with its first and last day."""
    runs: list[tuple[date, date]] = []
    for day in due.jumped:
        if runs and day - runs[-1][1] == DAY:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def is_unruled(duty: Duty | Cell) -> bool:
    """Say whether no row of the rule book was valid, so that nothing is late."""
    return duty.due is None


def worst_first(duties: Sequence[Duty]) -> list[Duty]:
    """Return the duties by how they stand: missing the longest first, then taken down, late, and the rest."""
    return sorted(duties, key=lambda duty: (RANK.get(duty.standing.value, 9), -duty.days_late))


RANK = {"missing": 0, "withdrawn_early": 1, "extended": 2, "late": 3, "waiting": 4, "upcoming": 5, "met": 6}
