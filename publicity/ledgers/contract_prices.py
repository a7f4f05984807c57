"""What the contracts of matters came to: their prices, what an early end cut, what was paid before the books began."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from publicity.holdings.models import Contract, ContractDeed, ContractEdition, ContractSide, EntryState
from publicity.holdings.queries import edition_on
from publicity.holdings.schedules import kept_instalments, read_schedule
from publicity.ledgers.ties import matter_of_contract
from publicity.matters.models import Matter


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What the contracts of a matter say on a day, in fen; of those that the body pays, unless told otherwise.

    `changes_fen`: by how much the prices changed since they were signed; what an early end cut is in it, as less.
    `paid_before_fen` and `received_before_fen` (of contracts that pay the body): what moved before the books began.
    """

    signed_fen: int = 0
    changes_fen: int = 0
    ended_fen: int = 0
    paid_before_fen: int = 0
    received_before_fen: int = 0

    def __add__(self, other: "Agreed") -> "Agreed":
        """Return both together."""
        return Agreed(
            signed_fen=self.signed_fen + other.signed_fen,
            changes_fen=self.changes_fen + other.changes_fen,
            ended_fen=self.ended_fen + other.ended_fen,
            paid_before_fen=self.paid_before_fen + other.paid_before_fen,
            received_before_fen=self.received_before_fen + other.received_before_fen,
        )


def cut_by_end(edition: ContractEdition) -> int:
    """Return what an early end took from the price, in fen: the instalments due after its last day.

    0 where the contract was not ended, names no price, or no instalments: then nobody can say what fell away.
    """
    if edition.deed is not ContractDeed.END or edition.total_fen is None:
        return 0
    made = read_schedule(edition.schedule)
    kept = kept_instalments(made, ended_on=edition.valid_from)
    return min(edition.total_fen, sum(one.amount_fen for one in made) - sum(one.amount_fen for one in kept))


def agreed_of(contracts: Iterable[Contract], *, matters: Sequence[Matter], on: date) -> dict[int, Agreed]:
    """Return what the contracts, with their editions, say on a day for each matter, by the ids of the matters."""
    found = {matter.id: Agreed() for matter in matters}
    for contract in contracts:
        now, matter = edition_on(contract.editions, on), matter_of_contract(contract)
        if now is not None and matter in found:
            found[matter] += _agreed(contract, now)
    return found


def _agreed(contract: Contract, now: ContractEdition) -> Agreed:
    if contract.side is ContractSide.RECEIVE:
        return Agreed(received_before_fen=now.paid_before_fen)
    first = min((one for one in contract.editions if one.state is EntryState.CONFIRMED), key=lambda one: one.number)
    signed, cut = first.total_fen or 0, cut_by_end(now)
    return Agreed(
        signed_fen=signed,
        changes_fen=(now.total_fen or 0) - cut - signed,
        ended_fen=cut,
        paid_before_fen=now.paid_before_fen,
    )
