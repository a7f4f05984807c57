"""What residents read about accounts: the figures, the comparison, every line with private names masked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from publicity.categories.models import ACCOUNTS, Category
from publicity.ledgers.corrections import Difference, PublicLine, differences
from publicity.ledgers.models import Entry, Ledger
from publicity.privacy.masking import mask_payee, mask_text, names_in
from publicity.records.models import Record, State, Version
from publicity.records.pages import PublicVersion, RecordPage, record_page
from village_lists.markers import N_
from village_lists.people.queries import officials_of
from village_lists.periods import Period
from village_lists.places.models import Body, Place
from village_lists.powers.models import Adoption, ListCategory, PowerItem

BAR = 100
"""How wide the longest bar is; the others are in proportion."""
WITHOUT_ITEM = N_("还没有对应到事项")


@dataclass(frozen=True, kw_only=True)
class Trend:
    """How an amount stands against another: `direction` is more, less, same or none (nothing to compare with)."""

    direction: str
    percent: str = ""


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
    """This month beside the month before and the same month of last year; `figures` is None where none was posted."""

    period: Period
    is_this: bool
    figures: Figures | None
    income_width: int
    spending_width: int


@dataclass(frozen=True, kw_only=True)
class AccountsPage:
    """One body's month line by line."""

    card: Card
    version: PublicVersion
    former: PublicVersion | None
    is_continued: bool | None
    compared: tuple[Compared, ...]
    classes: tuple[Bar, ...]
    incomes: tuple[PublicLine, ...]
    spendings: tuple[PublicLine, ...]
    changes: tuple[Difference, ...]
    previous: Period | None
    next: Period | None

    @property
    def figures(self) -> Figures:
        """Return the figures of this month."""
        return self.card.figures

    @property
    def lines(self) -> tuple[PublicLine, ...]:
        """Return every line in the order of the sheet."""
        return tuple(sorted((*self.incomes, *self.spendings), key=lambda line: line.line))


@dataclass(frozen=True, kw_only=True)
class VersionPage:
    """One public version of a month's accounts with what it changed against the version before."""

    record: RecordPage
    version: PublicVersion
    former: PublicVersion | None
    changes: tuple[Difference, ...]
    opening_fen: int
    closing_fen: int
    lines: tuple[PublicLine, ...]


def trend(before_fen: int | None, after_fen: int) -> Trend:
    """Return how an amount stands against the one before; no percentage from nothing or from a negative amount."""
    if before_fen is None or before_fen <= 0:
        return Trend(direction="none")
    if before_fen == after_fen:
        return Trend(direction="same")
    tenths = (2000 * abs(after_fen - before_fen) + before_fen) // (2 * before_fen)
    written = f"{tenths // 10:,}" if tenths >= 100 or tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
    return Trend(direction="more" if after_fen > before_fen else "less", percent=f"{written}%")


def published_figures(
    session: Session, *, village: Place, periods: Collection[Period]
) -> dict[tuple[str, Period], Figures]:
    """Return the figures that stand published for the months, by body kind and month; one statement."""
    rows = session.execute(
        select(
            Body.kind,
            Body.name,
            Record.period,
            Record.number,
            Version.id,
            Version.published_at,
            Ledger.opening_fen,
            Ledger.closing_fen,
            func.coalesce(func.sum(Entry.income_fen), 0),
            func.coalesce(func.sum(Entry.spending_fen), 0),
            func.coalesce(func.sum(case((Entry.income_fen != 0, 1), else_=0)), 0),
            func.coalesce(func.sum(case((Entry.spending_fen != 0, 1), else_=0)), 0),
        )
        .select_from(Record)
        .join(Body, Body.id == Record.body_id)
        .join(Category, Category.id == Record.category_id)
        .join(Version, Version.record_id == Record.id)
        .join(Ledger, Ledger.version_id == Version.id)
        .outerjoin(Entry, Entry.ledger_id == Ledger.id)
        .where(
            Record.village_id == village.id,
            Category.code == ACCOUNTS,
            Version.state == State.PUBLISHED,
            Record.period.in_([str(period) for period in periods]),
        )
        .group_by(
            Body.kind,
            Body.name,
            Record.period,
            Record.number,
            Version.id,
            Version.published_at,
            Ledger.opening_fen,
            Ledger.closing_fen,
        )
        .order_by(Record.period, Body.kind)
    ).all()
    found = (
        Figures(
            body_kind=row[0].value,
            body_name=row[1],
            period=Period.parse(row[2]),
            record=row[3],
            version_id=row[4],
            published_at=row[5],
            opening_fen=row[6],
            closing_fen=row[7],
            income_fen=int(row[8]),
            spending_fen=int(row[9]),
            incomes=int(row[10]),
            spendings=int(row[11]),
        )
        for row in rows
    )
    return {(figures.body_kind, figures.period): figures for figures in found}


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


def accounts_page(session: Session, *, village: Place, body_kind: str, period: Period) -> AccountsPage | None:
    """Return one body's published month line by line, or None where nothing stands published."""
    near = (period, period.previous, period.next, period.plus(-12))
    known = published_figures(session, village=village, periods=near)
    figures = known.get((body_kind, period))
    if figures is None:
        return None
    record = record_page(session, village=village, number=figures.record)
    if record is None:
        return None
    former = record.before(record.current.number)
    ids = [version.id for version in (record.current, former) if version]
    lines = lines_of(session, village=village, period=period, version_ids=ids)
    standing = lines[record.current.id]
    before = known.get((body_kind, period.previous))
    return AccountsPage(
        card=card_of(figures, known),
        version=record.current,
        former=former,
        is_continued=before.closing_fen == figures.opening_fen if before else None,
        compared=compared(known, body_kind, period),
        classes=classes_of(standing),
        incomes=tuple(line for line in standing if line.income_fen),
        spendings=tuple(line for line in standing if line.spending_fen),
        changes=tuple(differences(lines[former.id], standing)) if former else (),
        previous=period.previous if (body_kind, period.previous) in known else None,
        next=period.next if (body_kind, period.next) in known else None,
    )


def version_page(session: Session, *, village: Place, number: int, version: int) -> VersionPage | None:
    """Return one public version of a record with what it changed, or None where it was never public."""
    record = record_page(session, village=village, number=number)
    shown = record.version(version) if record else None
    if record is None or shown is None:
        return None
    former = record.before(version)
    ids = [found.id for found in (shown, former) if found]
    lines = lines_of(session, village=village, period=record.period, version_ids=ids)
    ends = {
        found: (opening, closing)
        for found, opening, closing in session.execute(
            select(Ledger.version_id, Ledger.opening_fen, Ledger.closing_fen).where(Ledger.version_id.in_(ids))
        )
    }
    return VersionPage(
        record=record,
        version=shown,
        former=former,
        changes=tuple(differences(lines[former.id], lines[shown.id])) if former else (),
        opening_fen=ends[shown.id][0],
        closing_fen=ends[shown.id][1],
        lines=lines[shown.id],
    )


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
            income_width=_width(one.income_fen, most) if one else 0,
            spending_width=_width(one.spending_fen, most) if one else 0,
        )
        for month, one in found.items()
    )


def _width(fen: int, most: int) -> int:
    """Return the width of a bar: never nothing where there is something."""
    return max(1, fen * BAR // most) if fen > 0 and most > 0 else 0


def lines_of(
    session: Session, *, village: Place, period: Period, version_ids: Sequence[int]
) -> dict[int, tuple[PublicLine, ...]]:
    """Return the lines of the versions with private names masked; officials of that month stand in full.

    A private name is masked in every purpose of the month, not only on its own line.
    """
    rows = session.execute(
        select(
            Ledger.version_id,
            Entry.line,
            Entry.happened_on,
            Entry.voucher,
            Entry.summary,
            Entry.payee,
            Entry.income_fen,
            Entry.spending_fen,
            Entry.kind,
            Entry.item_code,
        )
        .join(Ledger, Ledger.id == Entry.ledger_id)
        .where(Ledger.version_id.in_(version_ids))
        .order_by(Ledger.version_id, Entry.line)
    ).all()
    items = _items(session, village=village, codes={row.item_code for row in rows if row.item_code})
    officials = frozenset(post.person.name for post in officials_of(session, place=village, on=period.last_day))
    organisations = frozenset(body.name for body in village.bodies)
    private = {row.payee: names_in(row.payee, officials=officials, organisations=organisations) for row in rows}
    everybody = {name for names in private.values() for name in names}
    found: dict[int, list[PublicLine]] = {number: [] for number in version_ids}
    for row in rows:
        name, category = items.get(row.item_code, ("", ""))
        named = [*private[row.payee], *(one for one in everybody if one in row.summary)]
        found[row.version_id].append(
            PublicLine(
                line=row.line,
                day=row.happened_on,
                voucher=row.voucher,
                summary=mask_text(row.summary, named, officials=officials),
                payee=mask_payee(row.payee, officials=officials, organisations=organisations),
                income_fen=row.income_fen,
                spending_fen=row.spending_fen,
                item_code=row.item_code if name else "",
                item_name=name,
                category=row.kind or category,
                payee_digest=hash(row.payee),
            )
        )
    return {number: tuple(lines) for number, lines in found.items()}


def _items(session: Session, *, village: Place, codes: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return name and class of the items, by code, from the list that the village adopted last."""
    if not codes:
        return {}
    adopted = (
        select(Adoption.version_id)
        .where(Adoption.village_id == village.id)
        .order_by(Adoption.held_on.desc(), Adoption.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(PowerItem.code, PowerItem.name, ListCategory.name)
        .join(ListCategory, ListCategory.id == PowerItem.category_id)
        .where(PowerItem.version_id == adopted, PowerItem.code.in_(codes))
    )
    return {code: (name, category) for code, name, category in rows}
