"""How a contract and a debt stand on a day, without a database.

Rules of a contract:

* Due on a day is every instalment whose day has come, that day included, less what an early end cut.
* Paid on a day is what was paid up to and including that day, and what was paid before Mingbai; a reversal counts
  against it on its own day.
* Payments go to the oldest instalment first.
* Arrears are what is due less what is paid, never below nothing; what was paid too much is told apart.
* Overdue is an instalment from the day after its day; the days overdue are those of the oldest that is not paid in
  full. A warning comes with the day of the rule book, and never before the first day overdue.
* The last day of the term (the earlier of the agreed end and an early end) is still in force; the day after, the
  contract is expired. A warning comes so many days before the agreed end as the rule book says, from the first day of
  the term on, and no longer once the contract was ended early.

Rules of a debt: what the register says is owed (every edition from its day on; a debt that is older than the register
from the month in which it came about) less what was repaid, plus what was added, by the lines of the accounts that are
tied to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from publicity.holdings.schedules import Instalment, kept_instalments


@dataclass(frozen=True, kw_only=True)
class Paid:
    """A payment on a day, in fen; of a debt: what it became smaller by. Negative takes back (adds to a debt)."""

    on: date
    fen: int


@dataclass(frozen=True, kw_only=True)
class ContractStanding:
    """How a contract stands on a day; money in fen.

    `oldest_unpaid` is the oldest instalment that has come due and is not paid in full, `days_overdue` since then (0 on
    its own day and where all is paid). `days_to_expiry` is 0 on the last day, negative afterwards, None without an end.
    `next_due` is the first instalment after the day.
    """

    due_fen: int
    paid_fen: int
    arrears_fen: int
    overpaid_fen: int
    oldest_unpaid: Instalment | None
    days_overdue: int
    is_begun: bool
    is_expired: bool
    days_to_expiry: int | None
    warns_expiry: bool
    warns_arrears: bool
    next_due: Instalment | None


@dataclass(frozen=True, kw_only=True)
class Registered:
    """What the register says from a day on that is owed, in fen, before any line of the accounts."""

    on: date
    fen: int


@dataclass(frozen=True, kw_only=True)
class DebtStanding:
    """A debt over a stretch of days, in fen: opening + more − less is closing."""

    opening_fen: int
    more_fen: int
    less_fen: int
    closing_fen: int


def contract_standing(
    instalments: Sequence[Instalment],
    paid: Sequence[Paid],
    *,
    on: date,
    starts_on: date | None,
    ends_on: date | None,
    ended_on: date | None,
    expiry_warn_days: int | None,
    arrears_warn_days: int | None,
    paid_before_fen: int = 0,
) -> ContractStanding:
    """Return how a contract stands at the end of the day `on`; see the rules above.

    `ends_on` is the agreed end, `ended_on` the day of an early end. A warning whose days are None never comes.
    """
    owed = kept_instalments(instalments, ended_on=ended_on) if ended_on else tuple(instalments)
    due = sorted((one for one in owed if one.due_on <= on), key=lambda one: one.due_on)
    due_fen = sum(one.amount_fen for one in due)
    paid_fen = paid_before_fen + sum(one.fen for one in paid if one.on <= on)
    oldest = _oldest_unpaid(due, paid_fen)
    days_overdue = (on - oldest.due_on).days if oldest else 0
    lasts = [day for day in (ends_on, ended_on) if day is not None]
    left = (min(lasts) - on).days if lasts else None
    is_begun = starts_on is None or starts_on <= on
    return ContractStanding(
        due_fen=due_fen,
        paid_fen=paid_fen,
        arrears_fen=max(0, due_fen - paid_fen),
        overpaid_fen=max(0, paid_fen - due_fen),
        oldest_unpaid=oldest,
        days_overdue=days_overdue,
        is_begun=is_begun,
        is_expired=left is not None and left < 0,
        days_to_expiry=left,
        warns_expiry=_warns_expiry(left, ended_on, expiry_warn_days) and is_begun,
        warns_arrears=arrears_warn_days is not None and days_overdue >= max(1, arrears_warn_days),
        next_due=min((one for one in owed if one.due_on > on), key=lambda one: one.due_on, default=None),
    )


def _oldest_unpaid(due: Sequence[Instalment], paid_fen: int) -> Instalment | None:
    """Return the first instalment that the payments, oldest first, do not cover in full."""
    reached = 0
    for one in due:
        reached += one.amount_fen
        if reached > paid_fen:
            return one
    return None


def _warns_expiry(left: int | None, ended_on: date | None, warn_days: int | None) -> bool:
    return left is not None and ended_on is None and warn_days is not None and 0 <= left <= warn_days


def due_within(instalments: Sequence[Instalment], *, first: date, last: date, ended_on: date | None = None) -> int:
    """Return what came due from the first day to the last, both counted, in fen."""
    return sum(
        one.amount_fen
        for one in instalments
        if first <= one.due_on <= last and (ended_on is None or one.due_on <= ended_on)
    )


def paid_within(paid: Sequence[Paid], *, first: date, last: date) -> int:
    """Return what was paid from the first day to the last, both counted, in fen; below nothing after reversals."""
    return sum(one.fen for one in paid if first <= one.on <= last)


def debt_standing(
    registered: Sequence[Registered],
    movements: Sequence[Paid],
    *,
    on: date,
    since: date | None = None,
    gone_on: date | None = None,
) -> DebtStanding:
    """Return how a debt stands at the end of the day `on`, and what changed from the day `since` on.

    `registered` by day, the first what was owed at first; without `since` everything up to `on` counts as change.
    `gone_on`: the day on which it was struck off the register, with whatever was left of it.
    """
    # What was paid before the debt was registered is in the registered balance; what is struck off moves no more.
    first = min((one.on for one in registered), default=on)
    counted = [one for one in movements if one.on >= first and (gone_on is None or one.on <= gone_on)]
    steps = [*_steps(registered), *(Paid(on=one.on, fen=-one.fen) for one in counted)]
    if gone_on is not None:
        steps.append(Paid(on=gone_on, fen=-sum(one.fen for one in steps if one.on <= gone_on)))
    opening = sum(one.fen for one in steps if since is not None and one.on < since)
    within = [one.fen for one in steps if (since is None or one.on >= since) and one.on <= on]
    more = sum(fen for fen in within if fen > 0)
    less = -sum(fen for fen in within if fen < 0)
    return DebtStanding(opening_fen=opening, more_fen=more, less_fen=less, closing_fen=opening + more - less)


def _steps(registered: Sequence[Registered]) -> list[Paid]:
    """Return by how much the register raised (or lowered, negative) the debt, and when."""
    before = [0, *(one.fen for one in registered)]
    return [Paid(on=one.on, fen=one.fen - former) for one, former in zip(registered, before, strict=False)]
