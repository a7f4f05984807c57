"""What a clerk may choose for a line of accounts: the matters, contracts and debts that come into question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from publicity.holdings.models import ContractSide
from publicity.holdings.queries import DEBTS, ContractView, HoldingView, contracts_of, holdings_of
from publicity.ledgers.models import Entry
from publicity.matters.models import Matter
from publicity.records.models import Version
from village_lists.places.models import Place

SHOWN_AFTER = timedelta(days=365)
"""A matter or a contract that is over can still be chosen so long: last payments and deposits come late."""


@dataclass(frozen=True, kw_only=True)
class LineChoices:
    """What may be chosen for the lines of one body's month: matters newest first, contracts and debts by number."""

    matters: tuple[Matter, ...] = ()
    contracts: tuple[ContractView, ...] = ()
    debts: tuple[HoldingView, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to choose."""
        return not (self.matters or self.contracts or self.debts)

    def matters_for(self, item_code: str) -> tuple[Matter, ...]:
        """Return the matters, those of an item first."""
        return tuple(sorted(self.matters, key=lambda one: one.item_code != item_code))

    def contracts_for(self, entry: Entry) -> tuple[ContractView, ...]:
        """Return the contracts, those first by which money moves the way of the line."""
        side = ContractSide.RECEIVE if entry.income_fen else ContractSide.PAY
        return tuple(sorted(self.contracts, key=lambda one: one.contract.side is not side))

    def matter_of(self, entry: Entry) -> Matter | None:
        """Return the matter that a line names, or None."""
        return next((one for one in self.matters if one.id == entry.matter_id), None)

    def contract_of(self, entry: Entry) -> ContractView | None:
        """Return the contract that a line names, or None."""
        return next((one for one in self.contracts if one.contract.id == entry.contract_id), None)

    def debt_of(self, entry: Entry) -> HoldingView | None:
        """Return the receivable or payable that a line names, or None."""
        return next((one for one in self.debts if one.holding.id == entry.holding_id), None)


def line_choices(session: Session, *, version: Version, entries: Sequence[Entry], on: date) -> LineChoices:
    """Return what may be chosen for the lines of a version: the running, the lately ended, and what they name already.

    Matters of the whole village, contracts and debts of the body whose books these are. Five statements.
    """
    village, body = version.record.village, version.record.body
    named = {
        "matter": {entry.matter_id for entry in entries},
        "contract": {entry.contract_id for entry in entries},
        "debt": {entry.holding_id for entry in entries},
    }
    contracts = contracts_of(session, village=village, on=on)
    debts = holdings_of(session, village=village, on=on, kinds=DEBTS, with_gone=True)
    return LineChoices(
        matters=tuple(_matters(session, village, {one for one in named["matter"] if one is not None}, on)),
        contracts=tuple(
            one
            for one in contracts
            if one.contract.id in named["contract"] or (one.contract.body_id == body.id and _is_recent(one, on))
        ),
        debts=tuple(
            one for one in debts if one.holding.id in named["debt"] or (one.holding.body_id == body.id and one.is_there)
        ),
    )


def _matters(session: Session, village: Place, named: set[int], on: date) -> Sequence[Matter]:
    query = select(Matter).where(
        Matter.village_id == village.id,
        or_(Matter.closed_on.is_(None), Matter.closed_on >= on - SHOWN_AFTER, Matter.id.in_(named)),
    )
    return session.scalars(query.order_by(Matter.opened_on.desc(), Matter.id.desc())).all()


def _is_recent(view: ContractView, on: date) -> bool:
    ends = [day for day in (view.ended_on, view.edition and view.edition.ends_on) if day]
    return not ends or min(ends) >= on - SHOWN_AFTER
