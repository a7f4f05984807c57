"""What a line of the accounts was for: its item, matter, contract and debt; how that lasts over a new upload."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.holdings.models import Contract, EntryState, Holding, HoldingKind
from publicity.ledgers.models import Entry
from publicity.ledgers.parsed import ParsedEntry
from publicity.matters.models import Matter
from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.places.models import Place

DEBTS = (HoldingKind.RECEIVABLE, HoldingKind.PAYABLE)
LineKey = tuple[str, str, int, int]
Chosen = Mapping[int, int | None]


@dataclass(frozen=True, kw_only=True)
class Tie:
    """What one line was tied to; nothing where nothing was chosen."""

    item_code: str = ""
    matter_id: int | None = None
    contract_id: int | None = None
    holding_id: int | None = None
    account: str = ""
    reverses: str = ""


class KeptTies:
    """The ties of a ledger, by what its lines say: the same line in a new upload gets the same ties.

    Of several lines that say the same, the first keeps what the first had.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Keep the ties of the lines."""
        self._kept: defaultdict[LineKey, list[Tie]] = defaultdict(list)
        for entry in entries:
            self._kept[_key(entry)].append(
                Tie(
                    item_code=entry.item_code,
                    matter_id=entry.matter_id,
                    contract_id=entry.contract_id,
                    holding_id=entry.holding_id,
                    account=entry.account,
                    reverses=entry.reverses,
                )
            )

    def take(self, entry: ParsedEntry) -> Tie:
        """Return the ties of the line that said the same; each is given once."""
        waiting = self._kept.get(_key(entry))
        return waiting.pop(0) if waiting else Tie()


def _key(entry: Entry | ParsedEntry) -> LineKey:
    return (entry.summary, entry.payee, entry.income_fen, entry.spending_fen)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the chosen numbers stand for in the village: matters, contracts and debts by public number."""

    matters: Mapping[int, Matter] = field(default_factory=dict)
    contracts: Mapping[int, Contract] = field(default_factory=dict)
    debts: Mapping[int, Holding] = field(default_factory=dict)


def known_numbers(session: Session, *, village: Place, matters: Chosen, contracts: Chosen, debts: Chosen) -> Known:
    """Return what the numbers chosen for lines stand for; raise Refusal for one that is not the village's own."""
    found = Known(
        matters=_matters(session, village, _numbers(matters)),
        contracts=_contracts(session, village, _numbers(contracts)),
        debts=_debts(session, village, _numbers(debts)),
    )
    for number in sorted(_numbers(matters) - found.matters.keys()):
        raise Refusal(N_("本村没有第 %(number)d 号事项，请重新选"), number=number)
    for number in sorted(_numbers(contracts) - found.contracts.keys()):
        raise Refusal(N_("本村没有第 %(number)d 号合同，请重新选"), number=number)
    for number in sorted(_numbers(debts) - found.debts.keys()):
        raise Refusal(N_("本村登记的债权债务里没有第 %(number)d 号，请重新选"), number=number)
    return found


def matter_of_contract(contract: Contract) -> int | None:
    """Return the id of the matter that a contract was made for, or None; a later change may name another reason."""
    confirmed = [one for one in contract.editions if one.state is EntryState.CONFIRMED]
    return next((one.matter_id for one in confirmed if one.matter_id is not None), None)


def _numbers(chosen: Chosen) -> set[int]:
    return {number for number in chosen.values() if number is not None}


def _matters(session: Session, village: Place, numbers: set[int]) -> dict[int, Matter]:
    if not numbers:
        return {}
    found = session.scalars(select(Matter).where(Matter.village_id == village.id, Matter.number.in_(numbers)))
    return {one.number: one for one in found}


def _contracts(session: Session, village: Place, numbers: set[int]) -> dict[int, Contract]:
    if not numbers:
        return {}
    found = session.scalars(select(Contract).where(Contract.village_id == village.id, Contract.number.in_(numbers)))
    return {one.number: one for one in found}


def _debts(session: Session, village: Place, numbers: set[int]) -> dict[int, Holding]:
    if not numbers:
        return {}
    asked = select(Holding).where(Holding.village_id == village.id, Holding.number.in_(numbers))
    return {one.number: one for one in session.scalars(asked.where(Holding.kind.in_(DEBTS)))}
