"""When each village of the demonstration posts what: every category of the directory, period by period."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from app.cli.demonstration import holdings, matters, party, spending, welfare
from app.cli.demonstration.desk import Posted, at
from app.cli.demonstration.events import HAPPENINGS, Happening
from app.cli.demonstration.scene import Asked, Said, Scene
from publicity.categories.contents import CategoryContent
from publicity.categories.library import read_directory
from village_lists.days import DAY, china_day
from village_lists.periods import Cadence, Span
from village_lists.places.models import BodyKind

PERIODIC: dict[str, Callable[[Asked], Said]] = {
    "finance.budget": holdings.budget,
    "finance.next-month": holdings.next_month,
    "finance.assets": holdings.assets,
    "finance.resources": holdings.resources,
    "finance.debts": holdings.debts,
    "finance.distribution": holdings.distribution,
    "finance.earmarked": holdings.earmarked,
    "finance.donations": holdings.donations,
    "finance.purchases": spending.purchases,
    "finance.cadre-pay": spending.cadre_pay,
    "finance.lost-work": spending.lost_work,
    "finance.reception": spending.reception,
    "village.relief-approved": welfare.relief_approved,
    "village.disability": welfare.disability,
    "village.elderly": welfare.elderly,
    "village.farm-subsidy": welfare.farm_subsidy,
    "village.homestead": welfare.homestead,
    "village.land-transfer": welfare.land_transfer,
    "village.seal": matters.seal,
    "village.plan": matters.plan,
    "village.supervision": matters.supervision,
    "village.assist": matters.assist,
    "party.organisation": party.organisation,
    "party.fees": party.fees,
    "party.activities": party.activities,
    "party.review": party.review,
    "party.integrity": party.integrity,
    "party.goals": party.goals,
}
EARLY = frozenset({"finance.budget", "village.plan", "party.organisation", "party.goals"})
"""Yearly ones that look ahead: those of the running year are posted in spring."""
STARTS = {Cadence.MONTH: (2, 6), Cadence.QUARTER: (5, 11), Cadence.HALF_YEAR: (6, 14), Cadence.YEAR: (9, 24)}
"""On which days after a period's end the clerk begins, so that the signature comes in time."""
LATE_BY = (12, 24)
ONE_IN_LATE = 17
NEGLECTFUL = 5
KEPT_OF_TEN = 4
NEXT_MONTHS = 6
OWED_DAYS = 270


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """When a village posts: the first one for all the months, the others what they owe.

    `begins` is the first day of the months, `owed_from` that from which on categories are owed; `seed` makes the
    villages differ, and the same every time.
    """

    scene: Scene
    begins: date
    owed_from: date
    now: datetime
    today: date
    seed: int

    @property
    def since(self) -> date:
        """Return from which day on the village posts."""
        return self.begins if self.scene.is_full else self.owed_from


def postings_of(table: Timetable) -> list[Posted]:
    """Return everything that the village posts, in the order of time; nothing after now."""
    found = [posted for posted in (*_periodic(table), *_happened(table)) if posted.at < table.now]
    found = [posted for posted in found if china_day(posted.at) >= table.owed_from]
    return sorted(found, key=lambda posted: (posted.at, posted.code, posted.body))


def owed_from(today: date, *, begins: date) -> date:
    """Return from when on the directory is owed: the quarter nine months ago, or the first month filled if later."""
    return max(begins, Span.of(Cadence.QUARTER, today - timedelta(days=OWED_DAYS)).first_day)


def spans_of(cadence: Cadence, *, since: date, today: date) -> Iterator[Span]:
    """Yield the periods that ended between the two days."""
    span = Span.of(cadence, since)
    while span.last_day < today:
        yield span
        span = span.next


def _periodic(table: Timetable) -> Iterator[Posted]:
    for entry in read_directory().entries:
        says = PERIODIC.get(entry.code)
        if says is None:
            continue
        for span in _wanted(entry.code, entry.content, table):
            for body in entry.content.bodies:
                chance = Random(f"{table.seed}-{table.scene.number}-{entry.code}-{span}-{body}")  # noqa: S311 - invented
                if _is_neglected(table, span, chance):
                    continue
                asked = Asked(scene=table.scene, span=span, body=body, chance=chance, today=table.today)
                yield Posted(
                    at=_begun(table, span, chance),
                    code=entry.code,
                    affairs=entry.content.affairs,
                    body=body,
                    span=span,
                    said=says(asked),
                )


def _wanted(code: str, content: CategoryContent, table: Timetable) -> list[Span]:
    spans = list(spans_of(content.cadence, since=table.since, today=table.today))
    if not content.is_owed:
        return spans[-NEXT_MONTHS:] if table.scene.is_full else []
    running = Span.of(content.cadence, table.today)
    if code in EARLY and running not in spans and table.scene.is_full:
        spans.append(running)
    return spans


def _begun(table: Timetable, span: Span, chance: Random) -> datetime:
    """Return when the clerk begins: after the period's end, in spring for a year that still runs; now and then late."""
    first, last = STARTS[span.cadence]
    after = span.last_day + DAY
    if after > table.today:
        after = span.first_day + timedelta(days=45)
    day = after + timedelta(days=chance.randint(first, last) - 1)
    if chance.randrange(ONE_IN_LATE) == 0:
        day += timedelta(days=chance.randint(*LATE_BY))
    return at(day, chance.randint(8, 16), chance.randint(0, 59))


def _is_neglected(table: Timetable, span: Span, chance: Random) -> bool:
    """Say whether the village forgets it: one village forgets most, the first nothing, the others little."""
    number = table.scene.number
    if number % 8 == NEGLECTFUL:
        return chance.randrange(10) >= KEPT_OF_TEN or span.last_day > table.today - timedelta(days=100)
    return number > 0 and chance.randrange(25) == 0


def _happened(table: Timetable) -> Iterator[Posted]:
    for happening in HAPPENINGS:
        day = table.today - timedelta(days=happening.days_ago + 9 * table.scene.number)
        if day >= table.since and (table.scene.is_full or happening.is_everywhere):
            yield happening_on(table, happening, day)


def happening_on(table: Timetable, happening: Happening, day: date) -> Posted:
    """Return the posting of something that happens: begun within five days, so that it is in time."""
    chance = Random(f"{table.seed}-{table.scene.number}-{happening.code}-{day}")  # noqa: S311 - invented
    span = Span.of(Cadence.EVENT, day)
    asked = Asked(scene=table.scene, span=span, body=happening.body, chance=chance, today=table.today)
    content = next(entry.content for entry in read_directory().entries if entry.code == happening.code)
    return Posted(
        at=at(day + timedelta(days=chance.randint(1, 2)), chance.randint(8, 16), chance.randint(0, 59)),
        code=happening.code,
        affairs=content.affairs,
        body=BodyKind(happening.body),
        span=span,
        said=happening.says(asked),
        title=happening.title,
    )
