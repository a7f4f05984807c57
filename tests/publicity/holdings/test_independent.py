"""Arrears, days overdue and expiry of 200 contracts on each of 400 days agree with counting from day to day.

The counting below uses nothing of the house: it walks the calendar, puts what comes due at the end of a queue, lets
every payment fill the queue from its front, and takes a reversal back from its end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from random import Random

from publicity.holdings.models import Contract, ContractDeed, ContractEdition, ContractSide, EntryState
from publicity.holdings.queries import WarnDays, contract_view, standing_of
from publicity.holdings.rules import Paid
from publicity.holdings.schedules import (
    Instalment,
    Terms,
    changed_instalments,
    instalments,
    read_schedule,
    written_schedule,
)
from tests.factories import at

BEGIN, FIRST, DAYS, CONTRACTS = date(2025, 6, 1), date(2027, 6, 1), 400, 200
ONE = timedelta(days=1)
CALENDAR = [BEGIN + number * ONE for number in range((FIRST - BEGIN).days + DAYS)]
WARN_EXPIRY, WARN_ARREARS = 60, 15


@dataclass(frozen=True)
class Asked:
    """What a schedule asks for: months between, fen, first day, how many, rise a year in permille."""

    months: int
    fen: int
    first: date
    count: int
    rise: int


@dataclass(frozen=True)
class Term:
    """What a contract says from a day on: its schedule and its last day."""

    since: date
    asked: Asked
    last: date | None


@dataclass(frozen=True)
class Drawn:
    """A contract as drawn: what it says, from which day on, the early end, and (day, fen) of the payments."""

    terms: tuple[Term, ...]
    ended: date | None
    before: int
    paid: tuple[tuple[date, int], ...]


@dataclass
class Line:
    """What fell due: on which day of the count, how much, and how much of it is open."""

    number: int
    fen: int
    open: int


@dataclass
class Queue:
    """What is owed, oldest first, and what was paid too much."""

    spare: int
    lines: list[Line] = field(default_factory=list)

    def fall_due(self, number: int, fen: int) -> None:
        """Put what comes due at the end; what was paid too much pays it at once."""
        used = min(self.spare, fen)
        self.spare -= used
        self.lines.append(Line(number, fen, fen - used))

    def pay(self, fen: int) -> None:
        """Let a payment fill the queue from its front."""
        for line in self.lines:
            used = min(fen, line.open)
            line.open -= used
            fen -= used
        self.spare += fen

    def take_back(self, fen: int) -> None:
        """Let a reversal open the queue again from its end."""
        used = min(self.spare, fen)
        self.spare -= used
        fen -= used
        for line in reversed(self.lines):
            used = min(fen, line.fen - line.open)
            line.open += used
            fen -= used
        assert fen == 0


@cache
def amounts(fen: int, rise: int) -> list[int]:
    """Return what is asked for in each year."""
    found = [Decimal(fen)]
    for _ in range(8):
        found.append((found[-1] * (1 + Decimal(rise) / 1000)).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return [int(one) for one in found]


def asked_on(asked: Asked, day: date) -> int:
    """Return what falls due on a day, 0 for nothing."""
    if day.day != asked.first.day and not (day.day < asked.first.day and (day + ONE).day == 1):
        return 0
    months = (day.year - asked.first.year) * 12 + day.month - asked.first.month
    if months < 0 or (asked.months == 0 and months > 0) or (asked.months and months % asked.months):
        return 0
    which = months // asked.months if asked.months else 0
    return amounts(asked.fen, asked.rise)[months // 12] if which < asked.count else 0


def falling_due(drawn: Drawn) -> dict[date, int]:
    """Return what falls due on which day, by what the contract says on that day."""
    found: dict[date, int] = {}
    for term, following in zip(drawn.terms, [*drawn.terms[1:], None], strict=True):
        for day in CALENDAR:
            is_said = day >= term.since and (following is None or day < following.since)
            if is_said and (drawn.ended is None or day <= drawn.ended) and (fen := asked_on(term.asked, day)):
                found[day] = fen
    return found


Told = tuple[int, int, int, bool, bool, bool]


def counted(drawn: Drawn) -> Iterator[tuple[date, Told]]:
    """Yield each of the 400 days with arrears, paid too much, days overdue, expired, and both warnings."""
    queue = Queue(spare=drawn.before)
    due = falling_due(drawn)
    for number, day in enumerate(CALENDAR):
        if day in due:
            queue.fall_due(number, due[day])
        for paid_on, fen in drawn.paid:
            if paid_on == day:
                queue.pay(fen) if fen > 0 else queue.take_back(-fen)
        if day < FIRST:
            continue
        still = [line for line in queue.lines if line.open]
        overdue = number - still[0].number if still else 0
        last = [term for term in drawn.terms if term.since <= day][-1].last
        is_cut = drawn.ended is not None and day >= drawn.ended
        is_over = (drawn.ended is not None and day > drawn.ended) or (last is not None and day > last)
        warns = not is_cut and not is_over and last is not None and day + WARN_EXPIRY * ONE >= last
        owed = sum(line.open for line in still)
        yield day, (owed, queue.spare, overdue, is_over, warns, overdue >= WARN_ARREARS)


def draw(rest: Random, months: int) -> Drawn:
    """Draw a contract: days at month ends and on 29 February, changes, early ends, payments early, late and wrong."""
    start = rest.choice([BEGIN + rest.randrange(700) * ONE, date(2026, 1, 31), date(2026, 8, 30), date(2026, 11, 29)])
    asked = _asked(rest, months, start)
    last = rest.choice([None, start + rest.randrange(400, 1100) * ONE])
    terms = [Term(since=BEGIN, asked=asked, last=last)]
    if rest.random() < 0.4:
        changed = rest.choice([start, FIRST]) + rest.randrange(300) * ONE
        later = _asked(rest, rest.choice([1, 3, 6, 12]), changed + rest.randrange(-40, 60) * ONE)
        terms.append(Term(since=changed, asked=later, last=max(changed, last) + 90 * ONE if last else None))
    ended = max(terms[-1].since, FIRST + rest.randrange(DAYS) * ONE) if rest.random() < 0.3 else None
    drawn = Drawn(tuple(terms), ended, rest.choice([0, 0, asked.fen, 12_345]), ())
    return Drawn(drawn.terms, ended, drawn.before, tuple(_payments(rest, falling_due(drawn))))


def _asked(rest: Random, months: int, first: date) -> Asked:
    count = rest.randrange(2, 30) if months else 1
    return Asked(months, rest.randrange(100, 9_999_999), first, count, rest.choice([0, 0, 50, 33, 125, -100]))


def _payments(rest: Random, due: dict[date, int]) -> Iterator[tuple[date, int]]:
    for day, fen in due.items():
        chance = rest.random()
        on = max(BEGIN, day + rest.choice([0, 0, 1, rest.randrange(-20, 60)]) * ONE)
        if chance < 0.75:
            yield on, fen
        elif chance < 0.85:
            yield on, rest.randrange(1, 2 * fen)
        if chance < 0.08:
            yield on + rest.randrange(1, 50) * ONE, -fen


def entered(drawn: Drawn) -> Contract:
    """Return the contract as the register keeps it, edition by edition."""
    contract = Contract(village_id=1, body_id=1, number=1, side=ContractSide.RECEIVE)
    made: tuple[Instalment, ...] = ()
    for term in drawn.terms:
        asked = term.asked
        wanted = Terms(
            every_months=asked.months,
            amount_fen=asked.fen,
            first_due=asked.first,
            count=asked.count,
            rise_permille=asked.rise,
        )
        made = changed_instalments(made, instalments(wanted), changed_from=term.since)
        _edition(contract, ContractDeed.CHANGE if contract.editions else ContractDeed.SIGN, term, drawn, made)
    if drawn.ended is not None:
        last = Term(drawn.ended, drawn.terms[-1].asked, drawn.terms[-1].last)
        _edition(contract, ContractDeed.END, last, drawn, read_schedule(contract.editions[-1].schedule))
    return contract


def _edition(contract: Contract, deed: ContractDeed, term: Term, drawn: Drawn, made: tuple[Instalment, ...]) -> None:
    edition = ContractEdition(
        contract_id=1,
        number=len(contract.editions) + 1,
        deed=deed,
        valid_from=term.since,
        title="店面租赁",
        party="清风百货店",
        made_by_id=1,
        made_at=at(BEGIN),
        starts_on=BEGIN,
        ends_on=term.last,
        schedule=written_schedule(made),
        paid_before_fen=drawn.before,
        state=EntryState.CONFIRMED,
    )
    contract.editions.append(edition)


def test_standings_agree_with_counting_from_day_to_day() -> None:
    """200 contracts on 400 days: what is owed, for how many days, whether expired, what is warned of."""
    rest = Random(20261123)
    warns = WarnDays(expiry=WARN_EXPIRY, arrears=WARN_ARREARS)
    seen: list[Told] = []
    changed = ended = 0
    for number in range(CONTRACTS):
        drawn = draw(rest, (1, 3, 6, 12, 0)[number % 5])
        contract = entered(drawn)
        paid = [Paid(on=day, fen=fen) for day, fen in drawn.paid]
        for day, expected in counted(drawn):
            found = standing_of(contract_view(contract, on=day), paid=paid, on=day, warns=warns)
            assert found is not None
            told = (
                found.arrears_fen,
                found.overpaid_fen,
                found.days_overdue,
                found.is_expired,
                found.warns_expiry,
                found.warns_arrears,
            )
            assert told == expected, (day, drawn)
            seen.append(told)
        changed += len(drawn.terms) > 1
        ended += drawn.ended is not None
    assert len(seen) == CONTRACTS * DAYS
    # Every answer was asked for often: a draw in which nothing happens would prove nothing.
    assert all(sum(bool(told[place]) for told in seen) > 1_000 for place in range(6))
    assert min(changed, ended) > 40
