"""What residents read about accounts: the figures, the comparison, every line with private names masked."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, selectinload

from publicity.categories.models import ACCOUNTS, Category
from publicity.ledgers.corrections import Difference, differences
from publicity.ledgers.figures import Bar, Card, Compared, Figures, card_of, classes_of, compared
from publicity.ledgers.items import Covers, ItemEntry, ItemMoney, ItemRecord, entries_of
from publicity.ledgers.matter_names import matters_named
from publicity.ledgers.models import Entry, Ledger, LedgerFund
from publicity.ledgers.public_lines import PublicLine, masked
from publicity.ledgers.queries import unfinished_ledger
from publicity.records.models import Record, State, Version
from publicity.records.pages import PUBLIC, PublicVersion, RecordPage, record_page
from village_lists.people.models import Post
from village_lists.people.queries import officials_of
from village_lists.periods import Period
from village_lists.places.models import Body, Place
from village_lists.powers.models import Adoption, ListCategory, PowerItem

COLUMNS = (
    Entry.line,
    Entry.happened_on,
    Entry.voucher,
    Entry.summary,
    Entry.payee,
    Entry.income_fen,
    Entry.spending_fen,
    Entry.kind,
    Entry.item_code,
    Entry.matter_id,
    Entry.reverses,
)


@dataclass(frozen=True, kw_only=True)
class AccountsPage:
    """One body's month line by line.

    `is_continued`: it opens with what the month before closes with; None for the first. `is_following`: it does not,
    because the month before was corrected, and its own correction is under way. `is_followed`: so is the next one's.
    """

    card: Card
    version: PublicVersion
    former: PublicVersion | None
    is_continued: bool | None
    is_following: bool
    is_followed: bool
    compared: tuple[Compared, ...]
    classes: tuple[Bar, ...]
    incomes: tuple[PublicLine, ...]
    spendings: tuple[PublicLine, ...]
    changes: tuple[Difference, ...]
    previous: Period | None
    next: Period | None
    funds: tuple[LedgerFund, ...] = ()

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
        if row[5] is not None
    )
    return {(figures.body_kind, figures.period): figures for figures in found}


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
    before, after = known.get((body_kind, period.previous)), known.get((body_kind, period.next))
    return AccountsPage(
        card=card_of(figures, known),
        version=record.current,
        former=former,
        is_continued=before.closing_fen == figures.opening_fen if before else None,
        is_following=before is not None
        and before.closing_fen != figures.opening_fen
        and _is_redone(session, village, body_kind, period, opening_fen=before.closing_fen),
        is_followed=after is not None
        and after.opening_fen != figures.closing_fen
        and _is_redone(session, village, body_kind, period.next, opening_fen=figures.closing_fen),
        compared=compared(known, body_kind, period),
        classes=classes_of(standing),
        incomes=tuple(line for line in standing if line.income_fen),
        spendings=tuple(line for line in standing if line.spending_fen),
        changes=tuple(differences(lines[former.id], standing)) if former else (),
        previous=period.previous if (body_kind, period.previous) in known else None,
        next=period.next if (body_kind, period.next) in known else None,
        funds=_funds(session, record.current.id),
    )


def _funds(session: Session, version_id: int) -> tuple[LedgerFund, ...]:
    """Return where a version's closing balance lies, as the clerk wrote it."""
    query = select(LedgerFund).join(Ledger, Ledger.id == LedgerFund.ledger_id).where(Ledger.version_id == version_id)
    return tuple(session.scalars(query.order_by(LedgerFund.position)))


def _is_redone(session: Session, village: Place, body_kind: str, period: Period, *, opening_fen: int) -> bool:
    """Whether a correction of a month is under way that opens with this balance."""
    body = next(body for body in village.bodies if body.kind == body_kind)
    redone = unfinished_ledger(session, body=body, period=period)
    return redone is not None and redone.opening_fen == opening_fen


def version_page(session: Session, *, village: Place, number: int, version: int) -> VersionPage | None:
    """Return one public version of a month with what it changed, or None where it is none or not to be read."""
    record = record_page(session, village=village, number=number)
    shown = record.version(version) if record else None
    if record is None or shown is None or not shown.is_readable or record.category_code != ACCOUNTS:
        return None
    former = record.before(version)
    ids = [found.id for found in (shown, former) if found]
    lines = lines_of(session, village=village, period=Period.of(record.period.first_day), version_ids=ids)
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


def lines_of(
    session: Session, *, village: Place, period: Period, version_ids: Sequence[int]
) -> dict[int, tuple[PublicLine, ...]]:
    """Return the lines of the versions with private names masked; officials of that month stand in full.

    A private name is masked in every purpose of the month, not only on its own line.
    """
    rows = session.execute(
        select(
            Ledger.version_id,
            *COLUMNS,
        )
        .join(Ledger, Ledger.id == Entry.ledger_id)
        .where(Ledger.version_id.in_(version_ids))
        .order_by(Ledger.version_id, Entry.line)
    ).all()
    items = _items(session, village=village, codes={row.item_code for row in rows if row.item_code})
    officials = _officials(session, village=village, on=period.last_day)
    organisations = frozenset(body.name for body in village.bodies)
    found: dict[int, list[PublicLine]] = {number: [] for number in version_ids}
    matters = matters_named(
        session, ids={row.matter_id for row in rows}, officials=officials, organisations=organisations
    )
    lines = masked(rows, items=items, officials=officials, organisations=organisations, matters=matters)
    for row, line in zip(rows, lines, strict=True):
        found[row.version_id].append(line)
    return {number: tuple(lines) for number, lines in found.items()}


def money_under(session: Session, *, village: Place, item_code: str) -> ItemMoney:
    """Return the standing records with lines of the item, and their sums; one statement."""
    rows = session.execute(
        select(
            Record.number,
            Record.period,
            Body.kind,
            Body.name,
            Version.published_at,
            func.sum(Entry.income_fen),
            func.sum(Entry.spending_fen),
            func.count(),
        )
        .select_from(Record)
        .join(Body, Body.id == Record.body_id)
        .join(Version, Version.record_id == Record.id)
        .join(Ledger, Ledger.version_id == Version.id)
        .join(Entry, Entry.ledger_id == Ledger.id)
        .where(Record.village_id == village.id, Version.state == State.PUBLISHED, Entry.item_code == item_code)
        .group_by(Record.number, Record.period, Body.kind, Body.name, Version.published_at)
        .order_by(Record.period.desc(), Record.number.desc())
    ).all()
    return ItemMoney(
        records=tuple(
            ItemRecord(
                number=number,
                period=Period.parse(period),
                body_kind=kind.value,
                body_name=name,
                published_at=at,
                income_fen=int(income),
                spending_fen=int(spending),
                count=count,
            )
            for number, period, kind, name, at, income, spending, count in rows
            if at is not None
        )
    )


def lines_under(
    session: Session, *, village: Place, item_code: str, item_name: str, skip: int = 0, limit: int | None = None
) -> list[ItemEntry]:
    """Return the standing lines of the item, newest first, from the one after `skip`, at most `limit`.

    Masked as the month's own page masks them: with the officials of that month, and every private name that is paid
    in that month covered in the purposes too, whichever line it stands on. At most eight statements.
    """
    rows = session.execute(
        select(*COLUMNS, Record.number, Record.period, Body.kind.label("body_kind"))
        .select_from(Record)
        .join(Body, Body.id == Record.body_id)
        .join(Version, Version.record_id == Record.id)
        .join(Ledger, Ledger.version_id == Version.id)
        .join(Entry, Entry.ledger_id == Ledger.id)
        .where(Record.village_id == village.id, Version.state == State.PUBLISHED, Entry.item_code == item_code)
        .order_by(Record.period.desc(), Entry.happened_on.desc(), Entry.id.desc())
        .offset(skip)
        .limit(limit)
    ).all()
    if not rows:
        return []
    covers = covers_of(session, village=village, records={row.number for row in rows})
    officials = covers.officials(max(Period.parse(row.period) for row in rows))
    matters = matters_named(
        session, ids={row.matter_id for row in rows}, officials=officials, organisations=covers.organisations
    )
    return entries_of(rows, items={item_code: (item_name, "")}, covers=covers, matters=matters)


def covers_of(session: Session, *, village: Place, records: set[int]) -> Covers:
    """Return who is named in full and who is covered in the records (by number) of a village; two statements."""
    posts = session.scalars(select(Post).where(Post.place_id == village.id).options(selectinload(Post.person))).all()
    return Covers(
        posts=posts,
        payees=_payees(session, village=village, records=records),
        organisations=frozenset(body.name for body in village.bodies),
    )


def _payees(session: Session, *, village: Place, records: set[int]) -> dict[int, list[str]]:
    """Return whom the public versions of the records name as payees, each once; one statement."""
    rows = session.execute(
        select(Record.number, Entry.payee)
        .select_from(Record)
        .join(Version, Version.record_id == Record.id)
        .join(Ledger, Ledger.version_id == Version.id)
        .join(Entry, Entry.ledger_id == Ledger.id)
        .where(Record.village_id == village.id, Record.number.in_(records), Version.state.in_(PUBLIC))
        .where(Entry.payee != "")
        .distinct()
    ).all()
    found: defaultdict[int, list[str]] = defaultdict(list)
    for number, payee in rows:
        found[number].append(payee)
    return found


def _officials(session: Session, *, village: Place, on: date) -> frozenset[str]:
    """Return the names of those in office on the day: they stand in full everywhere."""
    return frozenset(post.person.name for post in officials_of(session, place=village, on=on))


def _items(session: Session, *, village: Place, codes: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return name and class of the items, by code, from the list that the village adopted last."""
    if not codes:
        return {}
    adopted = (
        select(Adoption.version_id)
        .where(Adoption.village_id == village.id, Adoption.confirmed_at.is_not(None))
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
