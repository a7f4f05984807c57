"""Questions to the registers: what a body has, is owed and owes on a day, its contracts, and how they stand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from publicity.holdings.contents import first_day_of
from publicity.holdings.models import (
    Contract,
    ContractDeed,
    ContractEdition,
    ContractSide,
    EntryState,
    Holding,
    HoldingDeed,
    HoldingEdition,
    HoldingKind,
)
from publicity.holdings.rules import (
    ContractStanding,
    DebtStanding,
    Paid,
    Registered,
    contract_standing,
    debt_standing,
)
from publicity.holdings.schedules import Instalment, kept_instalments, read_schedule
from village_lists.places.models import Body, Place
from village_lists.rulebook.queries import RuleTable, rules_for

EXPIRY_KEY, ARREARS_KEY = "contract.expiry.warn_days", "contract.arrears.warn_days"
DEBTS = frozenset({HoldingKind.RECEIVABLE, HoldingKind.PAYABLE})
Edition = TypeVar("Edition", HoldingEdition, ContractEdition)


@dataclass(frozen=True, kw_only=True)
class HoldingView:
    """A holding on a day: the edition in force (None before its first is confirmed), and the one that waits."""

    holding: Holding
    edition: HoldingEdition | None
    waiting: HoldingEdition | None

    @property
    def is_there(self) -> bool:
        """Say whether the body has it on the day: entered, and not disposed of."""
        return self.edition is not None and self.edition.deed is not HoldingDeed.DISPOSE

    @property
    def name(self) -> str:
        """Return what the register calls it now, or what is proposed."""
        found = self.edition or self.waiting
        return found.name if found else ""


@dataclass(frozen=True, kw_only=True)
class ContractView:
    """A contract on a day: the edition in force (None before its first is confirmed), and the one that waits.

    `ended_on` is the day of an early end that has come. `instalments` are those that are owed by the edition.
    """

    contract: Contract
    edition: ContractEdition | None
    waiting: ContractEdition | None
    ended_on: date | None
    instalments: tuple[Instalment, ...]

    @property
    def title(self) -> str:
        """Return what the contract is called now, or what is proposed."""
        found = self.edition or self.waiting
        return found.title if found else ""


@dataclass(frozen=True, kw_only=True)
class WarnDays:
    """How many days before the end and after an unpaid due day the rule book warns; None: not at all."""

    expiry: int | None
    arrears: int | None


def edition_on(editions: Sequence[Edition], on: date) -> Edition | None:
    """Return the last confirmed edition whose day has come, or None."""
    known = [one for one in editions if one.state is EntryState.CONFIRMED and one.valid_from <= on]
    return max(known, key=lambda one: one.number, default=None)


def waiting_edition(editions: Sequence[Edition]) -> Edition | None:
    """Return the edition that nobody has decided on, or None; there is one at most."""
    return next((one for one in editions if one.state is EntryState.PROPOSED), None)


def last_confirmed(editions: Sequence[Edition]) -> Edition | None:
    """Return the last confirmed edition, whether its day has come or not."""
    known = [one for one in editions if one.state is EntryState.CONFIRMED]
    return max(known, key=lambda one: one.number, default=None)


def holding_view(holding: Holding, *, on: date) -> HoldingView:
    """Return a holding as it is on a day."""
    editions = holding.editions
    return HoldingView(holding=holding, edition=edition_on(editions, on), waiting=waiting_edition(editions))


def contract_view(contract: Contract, *, on: date) -> ContractView:
    """Return a contract as it is on a day."""
    edition = edition_on(contract.editions, on)
    ended_on = edition.valid_from if edition and edition.deed is ContractDeed.END else None
    made = read_schedule(edition.schedule) if edition else ()
    return ContractView(
        contract=contract,
        edition=edition,
        waiting=waiting_edition(contract.editions),
        ended_on=ended_on,
        instalments=kept_instalments(made, ended_on=ended_on) if ended_on else made,
    )


def holdings_of(
    session: Session,
    *,
    village: Place,
    on: date,
    kinds: Collection[HoldingKind] | None = None,
    body: Body | None = None,
    with_gone: bool = False,
    with_waiting: bool = False,
) -> list[HoldingView]:
    """Return what the village (one body of it) has on a day, by number; two statements.

    `with_gone`: also what was disposed of; `with_waiting`: also what is only proposed (for officials).
    """
    asked = select(Holding).where(Holding.village_id == village.id)
    if kinds is not None:
        asked = asked.where(Holding.kind.in_(kinds))
    if body is not None:
        asked = asked.where(Holding.body_id == body.id)
    views = [holding_view(holding, on=on) for holding in session.scalars(_with_editions(asked))]
    return [
        view
        for view in views
        if view.is_there
        or (with_gone and view.edition is not None)
        or (with_waiting and view.edition is None and view.waiting is not None)
    ]


def holding_by_number(session: Session, *, village: Place, number: int) -> Holding | None:
    """Return the holding of that public number in the village, or None."""
    asked = select(Holding).where(Holding.village_id == village.id, Holding.number == number)
    return session.scalar(_with_editions(asked))


def contracts_of(
    session: Session,
    *,
    village: Place,
    on: date,
    body: Body | None = None,
    side: ContractSide | None = None,
    holding: Holding | None = None,
    with_waiting: bool = False,
) -> list[ContractView]:
    """Return the contracts of the village (one body, one side, about one holding) on a day, by number; two statements.

    Those that are over stay among them: they may still be owed something. `with_waiting`: also what is only proposed.
    """
    asked = select(Contract).where(Contract.village_id == village.id)
    if body is not None:
        asked = asked.where(Contract.body_id == body.id)
    if side is not None:
        asked = asked.where(Contract.side == side)
    asked = asked.options(selectinload(Contract.editions)).order_by(Contract.village_id, Contract.number)
    views = [contract_view(contract, on=on) for contract in session.scalars(asked)]
    return [
        view
        for view in views
        if (view.edition is not None or (with_waiting and view.waiting is not None))
        and (holding is None or _is_about(view, holding))
    ]


def contracts_for(session: Session, *, matters: Collection[int]) -> list[Contract]:
    """Return the contracts that some edition was made for one of the matters (by id), with all editions."""
    asked = select(ContractEdition.contract_id).where(ContractEdition.matter_id.in_(matters))
    return list(
        session.scalars(select(Contract).where(Contract.id.in_(asked)).options(selectinload(Contract.editions)))
    )


def contract_by_number(session: Session, *, village: Place, number: int) -> Contract | None:
    """Return the contract of that public number in the village, or None."""
    asked = select(Contract).where(Contract.village_id == village.id, Contract.number == number)
    return session.scalar(asked.options(selectinload(Contract.editions)))


def next_number(session: Session, village: Place, table: type[Holding] | type[Contract]) -> int:
    """Return the next number; whoever enters something in the village at the same moment waits."""
    session.get_one(Place, village.id, with_for_update={"key_share": True}, populate_existing=True)
    found = session.scalar(select(func.max(table.number)).where(table.village_id == village.id))
    return (found or 0) + 1


def registers_of(
    session: Session, *, villages: Sequence[Place], on: date
) -> tuple[list[HoldingView], list[ContractView]]:
    """Return what was ever confirmed of all the villages, by village and number; six statements for any number.

    Holdings that are gone and contracts that are over are among them; places and bodies are loaded.
    """
    ids = [village.id for village in villages]
    holdings = session.scalars(
        _with_editions(select(Holding).where(Holding.village_id.in_(ids))).options(
            selectinload(Holding.village), selectinload(Holding.body)
        )
    )
    contracts = session.scalars(
        select(Contract)
        .where(Contract.village_id.in_(ids))
        .options(selectinload(Contract.editions), selectinload(Contract.village), selectinload(Contract.body))
        .order_by(Contract.village_id, Contract.number)
    )
    return (
        [view for one in holdings if (view := holding_view(one, on=on)).edition is not None],
        [seen for one in contracts if (seen := contract_view(one, on=on)).edition is not None],
    )


def waiting_editions(session: Session, *, villages: Sequence[Place]) -> list[HoldingEdition | ContractEdition]:
    """Return every edition of the villages that waits for the supervision committee, oldest first; six statements."""
    ids = [village.id for village in villages]
    holdings = session.scalars(
        select(HoldingEdition)
        .join(HoldingEdition.holding)
        .where(HoldingEdition.state == EntryState.PROPOSED, Holding.village_id.in_(ids))
        .options(selectinload(HoldingEdition.holding).selectinload(Holding.editions))
    )
    contracts = session.scalars(
        select(ContractEdition)
        .join(ContractEdition.contract)
        .where(ContractEdition.state == EntryState.PROPOSED, Contract.village_id.in_(ids))
        .options(selectinload(ContractEdition.contract).selectinload(Contract.editions))
    )
    return sorted([*holdings, *contracts], key=lambda one: one.made_at)


def warn_days(session: Session, *, villages: Sequence[Place], on: date) -> dict[int, WarnDays]:
    """Return by the id of the village when the rule book warns; three statements for any number of villages."""
    table = rules_for(session, keys=[EXPIRY_KEY, ARREARS_KEY], places=villages)
    return {
        village.id: WarnDays(
            expiry=_days(table, EXPIRY_KEY, village, on), arrears=_days(table, ARREARS_KEY, village, on)
        )
        for village in villages
    }


def standing_of(view: ContractView, *, paid: Sequence[Paid], on: date, warns: WarnDays) -> ContractStanding | None:
    """Return how a contract stands at the end of a day, None while no edition is in force."""
    if view.edition is None:
        return None
    return contract_standing(
        view.instalments,
        paid,
        on=on,
        starts_on=view.edition.starts_on,
        ends_on=view.edition.ends_on,
        ended_on=view.ended_on,
        expiry_warn_days=warns.expiry,
        arrears_warn_days=warns.arrears,
        paid_before_fen=view.edition.paid_before_fen,
    )


def debt_of(holding: Holding, *, movements: Sequence[Paid], on: date, since: date | None = None) -> DebtStanding:
    """Return how a receivable or payable stands at the end of a day, and what changed from the day `since` on."""
    gone = next((one for one in _confirmed(holding) if one.deed is HoldingDeed.DISPOSE), None)
    return debt_standing(
        registered_of(holding), movements, on=on, since=since, gone_on=gone.valid_from if gone is not None else None
    )


def registered_of(holding: Holding) -> list[Registered]:
    """Return what the register says of a debt from which day on, before any line of the accounts.

    A debt that is older than its entry counts from the month in which it came about.
    """
    found: list[Registered] = []
    for edition in _confirmed(holding):
        if edition.deed is HoldingDeed.DISPOSE:
            break
        day = edition.valid_from
        if not found:
            day = min(day, first_day_of(edition.content.get("since")) or day)
        found.append(Registered(on=day, fen=int(edition.content.get("balance") or 0)))
    return found


def _confirmed(holding: Holding) -> list[HoldingEdition]:
    return [one for one in holding.editions if one.state is EntryState.CONFIRMED]


def by_holding(views: Sequence[ContractView]) -> Mapping[int, list[ContractView]]:
    """Return the contracts by the id of the holding that they are about."""
    found: dict[int, list[ContractView]] = {}
    for view in views:
        if view.edition is not None and view.edition.holding_id is not None:
            found.setdefault(view.edition.holding_id, []).append(view)
    return found


def _with_editions(asked: Select[Holding]) -> Select[Holding]:
    return asked.options(selectinload(Holding.editions)).order_by(Holding.village_id, Holding.number)


def _is_about(view: ContractView, holding: Holding) -> bool:
    edition = view.edition or view.waiting
    return edition is not None and edition.holding_id == holding.id


def _days(table: RuleTable, key: str, village: Place, on: date) -> int | None:
    answer = table.answer(key=key, place=village, on=on)
    return int(answer.value) if answer else None
