"""The figures of a month and what they are compared with: plain computing over whole fen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from publicity.ledgers.public_lines import PublicLine
from village_lists.markers import N_
from village_lists.periods import Period

BAR = 100
"""How wide the longest bar is; the others are in proportion."""
SMALL_FEN = 10_000
"""Below 100 yuan a percentage of the amount says nothing."""
MOST_TENTHS = 9_990
"""The largest percentage that is told, in tenths of a percent."""
WITHOUT_ITEM = N_("还没有对应到事项")


@dataclass(frozen=True, kw_only=True)
class Trend:
    """How an amount stands against another: `direction` is more, less, same or none (nothing to compare with).

    `difference_fen` stands in the place of `percent` ("" then) where a percentage would say nothing.
    """

    direction: str
    percent: str = ""
    difference_fen: int = 0


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of one body's published month, in fen."""

    body_kind: str
    body_name: str
    period: Period
    record: int
    version_id: int
    published_at: datetime
    opening_fen: int
    income_fen: int
    spending_fen: int
    closing_fen: int
    incomes: int
    spendings: int

    @property
    def count(self) -> int:
        """Return how many lines there are."""
        return self.incomes + self.spendings

    @property
    def balances(self) -> bool:
        """Say whether what was left, came in and went out makes what is left."""
        return self.opening_fen + self.income_fen - self.spending_fen == self.closing_fen


@dataclass(frozen=True, kw_only=True)
class Card:
    """A month in short: its figures and how they stand against the month before."""

    figures: Figures
    income: Trend
    spending: Trend


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A named amount with the width of its bar, 0 to 100."""

    name: str
    fen: int
    width: int


@dataclass(frozen=True, kw_only=True)
class Compared:
    """This month beside the month before and the same month of last year; `figures` is None where none was posted.

    `income` and `spending`: how this month stands against that one.
    """

    period: Period
    is_this: bool
    figures: Figures | None
    income: Trend
    spending: Trend
    income_width: int
    spending_width: int


@dataclass(frozen=True, kw_only=True)
class YearPlan:
    """What a body planned for a year, in fen; `record` is the number of the record that says so."""

    year: int
    record: int
    income_fen: int
    spending_fen: int


@dataclass(frozen=True, kw_only=True)
class PlanSide:
    """Income or spending of the year so far beside the plan (fen), with bars; `percent` is "" where none was planned.

    `left_fen` is what the plan still holds, negative where it is exceeded.
    """

    side: str
    actual_fen: int
    planned_fen: int
    percent: str
    actual_width: int
    planned_width: int

    @property
    def left_fen(self) -> int:
        """Return what the plan still holds."""
        return self.planned_fen - self.actual_fen


@dataclass(frozen=True, kw_only=True)
class AgainstPlan:
    """The year up to a month beside its plan; `missing`: months up to there that are not published, not counted in."""

    plan: YearPlan
    through: Period
    sides: tuple[PlanSide, PlanSide]
    missing: tuple[Period, ...]


def trend(before_fen: int | None, after_fen: int) -> Trend:
    """Return how an amount stands against the one before; nothing from nothing or from a negative amount.

    The difference in fen instead of a percentage from an amount below SMALL_FEN, or of more than 999 %.
    """
    if before_fen is None or before_fen <= 0:
        return Trend(direction="none")
    if before_fen == after_fen:
        return Trend(direction="same")
    tenths = (2000 * abs(after_fen - before_fen) + before_fen) // (2 * before_fen)
    direction = "more" if after_fen > before_fen else "less"
    if before_fen < SMALL_FEN or tenths > MOST_TENTHS:
        return Trend(direction=direction, difference_fen=abs(after_fen - before_fen))
    written = f"{tenths // 10:,}" if tenths >= 100 or tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
    return Trend(direction=direction, percent=f"{written}%")


def card_of(figures: Figures, known: Mapping[tuple[str, Period], Figures]) -> Card:
    """Return a month's card, compared with the month before where that is among the known ones."""
    before = known.get((figures.body_kind, figures.period.previous))
    return Card(
        figures=figures,
        income=trend(before.income_fen if before else None, figures.income_fen),
        spending=trend(before.spending_fen if before else None, figures.spending_fen),
    )


def newest_cards(known: Mapping[tuple[str, Period], Figures]) -> list[Card]:
    """Return the newest published month of each body, the committee first."""
    newest: dict[str, Figures] = {}
    for figures in sorted(known.values(), key=lambda figures: figures.period):
        newest[figures.body_kind] = figures
    kinds = sorted(newest, key=lambda kind: kind != "committee")
    return [card_of(newest[kind], known) for kind in kinds]


def classes_of(lines: Sequence[PublicLine]) -> tuple[Bar, ...]:
    """Return what was spent by class of the power list, most first; what is tied to no item comes last."""
    sums: dict[str, int] = {}
    for line in lines:
        if line.spending_fen:
            sums[line.category] = sums.get(line.category, 0) + line.spending_fen
    most = max(sums.values(), default=0)
    order = sorted(sums, key=lambda name: (not name, -sums[name]))
    return tuple(Bar(name=name or WITHOUT_ITEM, fen=sums[name], width=_width(sums[name], most)) for name in order)


def compared(known: Mapping[tuple[str, Period], Figures], body_kind: str, period: Period) -> tuple[Compared, ...]:
    """Return the month beside the one before and the same month of last year, with bars in proportion."""
    months = (period, period.previous, period.plus(-12))
    found = {month: known.get((body_kind, month)) for month in months}
    most = max((max(one.income_fen, one.spending_fen) for one in found.values() if one), default=0)
    return tuple(
        Compared(
            period=month,
            is_this=month == period,
            figures=one,
            income=_trend_from(one, found[period], "income_fen"),
            spending=_trend_from(one, found[period], "spending_fen"),
            income_width=_width(one.income_fen, most) if one else 0,
            spending_width=_width(one.spending_fen, most) if one else 0,
        )
        for month, one in found.items()
    )


def _trend_from(then: Figures | None, this: Figures | None, amount: str) -> Trend:
    """Return how this month stands against another; nothing to compare with for itself or what was not posted."""
    if then is None or this is None or then is this:
        return Trend(direction="none")
    return trend(getattr(then, amount), getattr(this, amount))


def against_plan(
    plan: YearPlan, known: Mapping[tuple[str, Period], Figures], body_kind: str, period: Period
) -> AgainstPlan:
    """Return the published months of the plan's year up to `period`, added up, beside the plan."""
    months = list(Period(plan.year, 1).through(period))
    found = {month: known[body_kind, month] for month in months if (body_kind, month) in known}
    return AgainstPlan(
        plan=plan,
        through=period,
        sides=(
            _plan_side("income", sum(one.income_fen for one in found.values()), plan.income_fen),
            _plan_side("spending", sum(one.spending_fen for one in found.values()), plan.spending_fen),
        ),
        missing=tuple(month for month in months if month not in found),
    )


def _plan_side(side: str, actual_fen: int, planned_fen: int) -> PlanSide:
    most = max(actual_fen, planned_fen)
    return PlanSide(
        side=side,
        actual_fen=actual_fen,
        planned_fen=planned_fen,
        percent=f"{(200 * actual_fen + planned_fen) // (2 * planned_fen):,}%" if planned_fen > 0 else "",
        actual_width=_width(actual_fen, most),
        planned_width=_width(planned_fen, most),
    )


def _width(fen: int, most: int) -> int:
    """Return the width of a bar: never nothing where there is something."""
    return max(1, fen * BAR // most) if fen > 0 and most > 0 else 0
