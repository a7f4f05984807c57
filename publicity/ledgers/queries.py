"""Questions about ledgers: what came before, what was chosen before, what a page shows."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from publicity.holdings.models import Contract, ContractDeed
from publicity.holdings.queries import contract_view
from publicity.ledgers.models import ColumnChoice, Entry, Ledger, StartingBalance, Upload
from publicity.ledgers.statements import BookLine
from publicity.matters.models import Matter
from publicity.records.models import Record, State, Version
from publicity.records.queries import UNFINISHED
from village_lists.periods import Period
from village_lists.places.models import Body, Place

FIGURES = re.compile(r"[\d０-９一二三四五六七八九十]+|[（(].*?[）)]|\s")


def tie_key(summary: str) -> str:
    """Return a summary without figures, brackets and spaces: next month's electricity bill is the same purpose."""
    return FIGURES.sub("", summary)[:300]


def ledger_of(session: Session, *, version: Version) -> Ledger | None:
    """Return the ledger of a version with its lines, or None."""
    return session.scalar(select(Ledger).where(Ledger.version_id == version.id).options(selectinload(Ledger.entries)))


def published_ledger(session: Session, *, body: Body, period: Period) -> Ledger | None:
    """Return the ledger that stands published for a body and month, or None."""
    return session.scalar(
        select(Ledger)
        .join(Ledger.version)
        .join(Version.record)
        .where(Record.body_id == body.id, Record.period == str(period), Version.state == State.PUBLISHED)
        .options(selectinload(Ledger.entries), selectinload(Ledger.version))
    )


def unfinished_ledger(session: Session, *, body: Body, period: Period) -> Ledger | None:
    """Return the ledger of a body and month that is being written or reviewed, or None."""
    return session.scalar(
        select(Ledger)
        .join(Ledger.version)
        .join(Version.record)
        .where(
            Record.body_id == body.id,
            Record.period == str(period),
            Version.state.in_(UNFINISHED),
        )
        .options(selectinload(Ledger.entries), selectinload(Ledger.version))
    )


def closing_before(session: Session, *, body: Body, period: Period) -> int | None:
    """Return the published closing (fen) of the month before, or None."""
    ledger = published_ledger(session, body=body, period=period.previous)
    return ledger.closing_fen if ledger else None


def starting_balance(session: Session, *, body: Body) -> StartingBalance | None:
    """Return the balance the body's books start from, or None."""
    return session.scalar(select(StartingBalance).where(StartingBalance.body_id == body.id))


def published_periods(session: Session, *, body: Body) -> list[str]:
    """Return the months that stand published for a body, oldest first, as yyyy-mm."""
    return list(
        session.scalars(
            select(Record.period)
            .join(Record.versions)
            .join(Ledger, Ledger.version_id == Version.id)
            .where(Record.body_id == body.id, Version.state == State.PUBLISHED)
            .order_by(Record.period)
        )
    )


def upload_by_key(session: Session, *, village: Place, key: str) -> Upload | None:
    """Return the upload of that key if it belongs to the village, or None."""
    return session.scalar(select(Upload).join(Upload.body).where(Upload.key == key, Body.village_id == village.id))


def column_choices(session: Session, *, village: Place) -> dict[str, dict[str, object]]:
    """Return the column choices of the village by the signature of their header."""
    found = session.scalars(select(ColumnChoice).where(ColumnChoice.village_id == village.id))
    return {choice.signature: choice.mapping for choice in found}


REMEMBERED = 5000


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What came in and went out, in fen."""

    income_fen: int
    spending_fen: int


def totals(session: Session, *, body: Body, period: Period) -> Totals | None:
    """Return the published totals of a body's month, or None where nothing stands published."""
    row = session.execute(
        select(func.sum(Entry.income_fen), func.sum(Entry.spending_fen))
        .join(Ledger, Entry.ledger_id == Ledger.id)
        .join(Ledger.version)
        .join(Version.record)
        .where(Record.body_id == body.id, Record.period == str(period), Version.state == State.PUBLISHED)
    ).one()
    if row[0] is None:
        return Totals(income_fen=0, spending_fen=0) if published_ledger(session, body=body, period=period) else None
    return Totals(income_fen=int(row[0]), spending_fen=int(row[1]))


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """What this village chose before for such a line: the item, and public numbers of a matter and a contract."""

    item_code: str = ""
    matter: int | None = None
    contract: int | None = None


def suggestions(session: Session, *, village: Place, entries: Iterable[Entry]) -> dict[int, Suggested]:
    """Return for each line what this village last chose for such a summary, or always for such a payee.

    A payee counts only where every posted line of his has the same: a wrong guess is worse than none. A matter or a
    contract that no longer ran on the day of the line is not suggested. Keys are line numbers; lines without a
    remembered choice are left out. At most three statements and the editions of the contracts.
    """
    wanted = list(entries)
    rows = session.execute(
        select(Entry.tie_key, Entry.payee, Entry.item_code, Entry.matter_id, Entry.contract_id, Version.state)
        .join(Ledger, Entry.ledger_id == Ledger.id)
        .join(Ledger.version)
        .join(Version.record)
        .where(
            Record.village_id == village.id,
            or_(
                Entry.item_code != "",
                Entry.matter_id.is_not(None),
                Entry.contract_id.is_not(None),
                Version.state != State.DRAFT,
            ),
        )
        .order_by(Entry.id.desc())
        .limit(REMEMBERED)
    ).all()
    items = _Remembered((row.state, row.tie_key, row.payee, row.item_code) for row in rows)
    matters = _Remembered((row.state, row.tie_key, row.payee, row.matter_id) for row in rows)
    contracts = _Remembered((row.state, row.tie_key, row.payee, row.contract_id) for row in rows)
    known = _matters(session, {row.matter_id for row in rows if row.matter_id})
    in_force = _contracts(session, {row.contract_id for row in rows if row.contract_id})
    found: dict[int, Suggested] = {}
    for entry in wanted:
        matter = known.get(matters.chosen(entry) or 0)
        contract = in_force.get(contracts.chosen(entry) or 0)
        one = Suggested(
            item_code=items.chosen(entry) or "",
            matter=matter.number if matter and _runs(matter, entry.happened_on) else None,
            contract=contract.number if contract and is_in_force(contract, on=entry.happened_on) else None,
        )
        if one != Suggested():
            found[entry.line] = one
    return found


Choice = TypeVar("Choice")


class _Remembered(Generic[Choice]):
    """What was chosen for lines, the newest first: by their summary without figures, and by their payee.

    Nothing chosen counts as a choice too, but not in a draft, where nobody may have got to it yet.
    """

    def __init__(self, rows: Iterable[tuple[State, str, str, Choice]]) -> None:
        """Keep the newest choice for each summary and all that were made for each payee."""
        self._by_summary: dict[str, Choice] = {}
        self._by_payee: dict[str, set[Choice]] = {}
        for state, key, payee, choice in rows:
            if state == State.DRAFT and not choice:
                continue
            self._by_summary.setdefault(key, choice)
            self._by_payee.setdefault(payee, set()).add(choice)

    def chosen(self, entry: Entry) -> Choice | None:
        """Return the one choice for such a line, or None where there is none or there are several."""
        if entry.tie_key in self._by_summary:
            return self._by_summary[entry.tie_key]
        chosen = self._by_payee.get(entry.payee, set()) if entry.payee else set()
        return next(iter(chosen)) if len(chosen) == 1 else None


def is_in_force(contract: Contract, *, on: date) -> bool:
    """Say whether a contract is confirmed on a day and neither ended nor over by then."""
    edition = contract_view(contract, on=on).edition
    if edition is None or edition.deed is ContractDeed.END:
        return False
    return edition.ends_on is None or edition.ends_on >= on


def _runs(matter: Matter, on: date) -> bool:
    return matter.closed_on is None or matter.closed_on >= on


def _matters(session: Session, ids: set[int]) -> dict[int, Matter]:
    if not ids:
        return {}
    return {one.id: one for one in session.scalars(select(Matter).where(Matter.id.in_(ids)))}


def _contracts(session: Session, ids: set[int]) -> dict[int, Contract]:
    if not ids:
        return {}
    asked = select(Contract).where(Contract.id.in_(ids)).options(selectinload(Contract.editions))
    return {one.id: one for one in session.scalars(asked)}


def accounts_used(session: Session, *, body: Body, tie_keys: Collection[str]) -> dict[tuple[str, bool], set[str]]:
    """Return the accounts that the body's published lines carry, by purpose (tie key) and whether money came in."""
    if not tie_keys:
        return {}
    rows = session.execute(
        select(Entry.tie_key, Entry.income_fen != 0, Entry.account)
        .join(Ledger, Entry.ledger_id == Ledger.id)
        .join(Ledger.version)
        .join(Version.record)
        .where(
            Record.body_id == body.id,
            Version.state == State.PUBLISHED,
            Entry.account != "",
            Entry.tie_key.in_(tie_keys),
        )
        .distinct()
    )
    found: dict[tuple[str, bool], set[str]] = {}
    for key, is_income, account in rows:
        found.setdefault((key, bool(is_income)), set()).add(account)
    return found


def published_ends(session: Session, *, body: Body, periods: Collection[Period]) -> dict[str, tuple[int, int, int]]:
    """Return id, opening and closing (fen) of the ledgers that stand published for those of the months, by month."""
    rows = session.execute(
        select(Record.period, Ledger.id, Ledger.opening_fen, Ledger.closing_fen)
        .join(Ledger.version)
        .join(Version.record)
        .where(
            Record.body_id == body.id,
            Record.period.in_([str(period) for period in periods]),
            Version.state == State.PUBLISHED,
        )
    )
    return {period: (number, opening, closing) for period, number, opening, closing in rows}


def booked_lines(session: Session, *, ledgers: Collection[int]) -> list[BookLine]:
    """Return every line of the ledgers (by id) as books see it: its account, and what came in or went out."""
    rows = session.execute(
        select(Entry.account, Entry.income_fen, Entry.spending_fen)
        .where(Entry.ledger_id.in_(ledgers))
        .order_by(Entry.ledger_id, Entry.line)
    )
    return [BookLine(account=account, income_fen=into, spending_fen=out) for account, into, out in rows]
