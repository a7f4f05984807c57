"""What a contract asks for, instalment by instalment; without a database.

Rules of a schedule:

* The first instalment is due on `first_due`, each further one `every_months` later; 0 months: one instalment alone.
* The day of the month stays that of `first_due`; a month without it gives its last day (31 Jan → 28 Feb → 31 Mar), and
  the month after has the day again.
* The schedule ends after `count` instalments or with the last that is due up to and including `until`.
* Every full year after `first_due` the amount rises by `rise_permille` of the year before, rounded half up to the fen.
* A contract that was ended on a day no longer owes what is due after that day; what is due that day is still owed.
* A change that counts from a day keeps what was due before that day; what the new schedule asks for before it, does not
  count.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from village_lists.errors import Refusal
from village_lists.markers import N_

MONTHS_IN_YEAR = 12
LONGEST_STEP = 120
MOST_INSTALMENTS = 600
MOST_FEN = 10**13
LEAST_RISE, MOST_RISE = -500, 1000
LONGEST_WORDS = 60
LAST_YEAR = 2999


class TermsUnclear(Refusal):
    """The terms or the instalments give no schedule."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a schedule is made from: whole fen, months, permille a year; `count` or `until` unless it is paid once."""

    every_months: int
    amount_fen: int
    first_due: date
    count: int | None = None
    until: date | None = None
    rise_permille: int = 0


class Instalment(NamedTuple):
    """One sum that is due on a day; `words` as the contract calls it (第 2 期, 验收后付尾款)."""

    due_on: date
    amount_fen: int
    words: str = ""


def instalments(terms: Terms) -> tuple[Instalment, ...]:
    """Return every instalment that the terms ask for, by day; raise TermsUnclear where they give none or too many."""
    _check(terms)
    made: list[Instalment] = []
    amounts = [terms.amount_fen]
    for index in range(_most(terms)):
        months = index * terms.every_months
        if terms.first_due.year + (terms.first_due.month - 1 + months) // MONTHS_IN_YEAR > LAST_YEAR:
            raise TermsUnclear(N_("付款写得太远了，最多到%(year)s年"), year=LAST_YEAR)
        due_on = months_after(terms.first_due, months)
        if terms.until is not None and due_on > terms.until:
            break
        if len(made) == MOST_INSTALMENTS:
            raise TermsUnclear(N_("一份合同最多 %(most)s 期"), most=MOST_INSTALMENTS)
        while len(amounts) <= months // MONTHS_IN_YEAR:
            amounts.append((amounts[-1] * (1000 + terms.rise_permille) + 500) // 1000)
        made.append(Instalment(due_on=due_on, amount_fen=amounts[months // MONTHS_IN_YEAR]))
    return tuple(made)


def _most(terms: Terms) -> int:
    """Return how many instalments there may be; one above the most that are taken tells that there are too many."""
    if terms.every_months == 0:
        return 1
    return terms.count if terms.count is not None else MOST_INSTALMENTS + 1


def _check(terms: Terms) -> None:
    if not 0 <= terms.every_months <= LONGEST_STEP:
        raise TermsUnclear(N_("每隔几个月付一次，请写 0 到 %(most)s 之间的整数，只付一次写 0"), most=LONGEST_STEP)
    if not 0 < terms.amount_fen <= MOST_FEN:
        raise TermsUnclear(N_("每期的金额要大于零，也不能大得不合理"))
    if terms.every_months and (terms.count is None) == (terms.until is None):
        raise TermsUnclear(N_("请写明一共几期，或者付到哪一天为止，两样写一样"))
    if terms.count is not None and not 1 <= terms.count <= MOST_INSTALMENTS:
        raise TermsUnclear(N_("期数请写 1 到 %(most)s 之间的整数"), most=MOST_INSTALMENTS)
    if terms.until is not None and terms.until < terms.first_due:
        raise TermsUnclear(N_("最后一天不能早于第一次付款的日子"))
    if not LEAST_RISE <= terms.rise_permille <= MOST_RISE:
        raise TermsUnclear(
            N_("每年递增不能少于千分之%(least)s，不能多于千分之%(most)s"), least=LEAST_RISE, most=MOST_RISE
        )


def months_after(day: date, months: int) -> date:
    """Return the same day of the month so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def kept_instalments(made: Sequence[Instalment], *, ended_on: date) -> tuple[Instalment, ...]:
    """Return what is still owed of a contract that was ended on a day: everything due up to and including it."""
    return tuple(one for one in made if one.due_on <= ended_on)


def changed_instalments(
    former: Sequence[Instalment], later: Sequence[Instalment], *, changed_from: date
) -> tuple[Instalment, ...]:
    """Return the schedule of a contract that was changed: the former before the day, the later one from the day on."""
    kept = [one for one in former if one.due_on < changed_from]
    return (*kept, *(one for one in later if one.due_on >= changed_from))


def checked_instalments(made: Sequence[Instalment]) -> tuple[Instalment, ...]:
    """Return typed instalments by day; raise TermsUnclear for too many, for sums of nothing and for long words."""
    if len(made) > MOST_INSTALMENTS:
        raise TermsUnclear(N_("一份合同最多 %(most)s 期"), most=MOST_INSTALMENTS)
    for number, one in enumerate(made, start=1):
        if not 0 < one.amount_fen <= MOST_FEN:
            raise TermsUnclear(N_("第 %(number)s 期的金额要大于零，也不能大得不合理"), number=number)
        if len(one.words) > LONGEST_WORDS:
            raise TermsUnclear(N_("第 %(number)s 期的说明太长，最多 %(most)s 个字"), number=number, most=LONGEST_WORDS)
    return tuple(sorted(made, key=lambda one: one.due_on))


def written_schedule(made: Sequence[Instalment]) -> dict[str, Any]:
    """Return the schedule as an edition keeps it; `read_schedule` gives it back."""
    return {"instalments": [[one.due_on.isoformat(), one.amount_fen, one.words] for one in made]}


def read_schedule(kept: Mapping[str, Any]) -> tuple[Instalment, ...]:
    """Return the instalments that an edition keeps, none of an empty one."""
    return tuple(Instalment(date.fromisoformat(day), fen, words) for day, fen, words in kept.get("instalments", ()))


def written_terms(terms: Terms | None) -> dict[str, Any]:
    """Return the terms as an edition keeps them, {} where the instalments were typed; `read_terms` gives them back."""
    if terms is None:
        return {}
    return {
        "every_months": terms.every_months,
        "amount_fen": terms.amount_fen,
        "first_due": terms.first_due.isoformat(),
        "count": terms.count,
        "until": terms.until.isoformat() if terms.until else None,
        "rise_permille": terms.rise_permille,
    }


def read_terms(kept: Mapping[str, Any]) -> Terms | None:
    """Return the terms that an edition keeps, None where its instalments were typed."""
    if not kept:
        return None
    until = kept["until"]
    return Terms(
        every_months=kept["every_months"],
        amount_fen=kept["amount_fen"],
        first_due=date.fromisoformat(kept["first_due"]),
        count=kept["count"],
        until=date.fromisoformat(until) if until else None,
        rise_permille=kept["rise_permille"],
    )
