"""The registers of a village as pages read them: what it has, is owed and owes, who uses it, what is paid and owed.

Shared by audiences: residents read confirmed editions with private names covered, officials everything in full.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from publicity.categories.contents import Column, ColumnKind
from publicity.holdings.cautions import HoldingWarning, warnings_of
from publicity.holdings.contents import WORDED, fields_of
from publicity.holdings.history import shown_value
from publicity.holdings.models import ContractEdition, HoldingEdition, HoldingKind
from publicity.holdings.queries import (
    DEBTS,
    ContractView,
    HoldingView,
    contracts_of,
    debt_of,
    holdings_of,
    registers_of,
    standing_of,
    warn_days,
)
from publicity.holdings.rules import ContractStanding, DebtStanding, Paid
from publicity.ledgers.tied import debt_movements, payments_of
from publicity.privacy.masking import mask_payee, mask_text, names_in
from village_lists.amounts import yuan
from village_lists.markers import N_
from village_lists.people.queries import officials_of
from village_lists.places.models import Place

KINDS = {
    HoldingKind.ASSET: N_("资产"),
    HoldingKind.RESOURCE: N_("资源"),
    HoldingKind.RECEIVABLE: N_("别人欠的（债权）"),
    HoldingKind.PAYABLE: N_("欠别人的（债务）"),
}
BALANCE = "balance"
BRIEF = ("place", "size", "area", "use", "other", "since")
"""Which fields stand in a list beside the name."""


@dataclass(frozen=True, kw_only=True)
class Cover:
    """Covers the names of private persons for everybody; `is_open`: for officials, who read everything in full."""

    names: frozenset[str] = frozenset()
    officials: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    is_open: bool = False

    def party(self, name: str) -> str:
        """Return another party as it may be read: persons as 张*, organisations in full."""
        if self.is_open:
            return name
        return mask_payee(name, officials=self.officials, organisations=self.organisations)

    def text(self, text: str) -> str:
        """Return a text with the names covered that the registers name as other parties."""
        return text if self.is_open else mask_text(text, self.names, officials=self.officials)

    def values(self, values: Mapping[str, object]) -> dict[str, object]:
        """Return what fills a sentence, its texts covered."""
        return {key: self.text(value) if isinstance(value, str) else value for key, value in values.items()}


OPEN = Cover(is_open=True)


@dataclass(frozen=True, kw_only=True)
class ContractLine:
    """One contract in a list; days and fen. `ends_on` is the agreed end or the day of an early end."""

    number: int
    title: str
    party: str
    paper_code: str
    side: str
    body_kind: str
    body_name: str
    starts_on: date | None
    ends_on: date | None
    is_ended_early: bool
    total_fen: int | None
    standing: ContractStanding | None
    holding: int | None
    is_waiting: bool

    @property
    def is_running(self) -> bool:
        """Say whether it has begun and is not over."""
        return self.standing is not None and self.standing.is_begun and not self.standing.is_expired


@dataclass(frozen=True, kw_only=True)
class HoldingLine:
    """One holding in a list: facts as (name, text), money of a debt as it stands, the contracts about it."""

    number: int
    kind: HoldingKind
    name: str
    body_kind: str
    body_name: str
    content: Mapping[str, object]
    facts: tuple[tuple[str, str], ...]
    brief: str
    debt: DebtStanding | None
    contracts: tuple[ContractLine, ...]
    is_there: bool
    is_waiting: bool


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The holdings of one kind that one body has, with their totals as (name, text)."""

    kind: HoldingKind
    body_kind: str
    body_name: str
    lines: tuple[HoldingLine, ...]
    totals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Book:
    """Everything in the registers of a village on a day."""

    on: date
    holdings: tuple[HoldingLine, ...]
    contracts: tuple[ContractLine, ...]
    cover: Cover

    def shelves(self, kind: HoldingKind | None = None) -> list[Shelf]:
        """Return the holdings by body and kind, the collective first; only those that hold something."""
        wanted = [kind] if kind else list(HoldingKind)
        bodies = sorted({(line.body_kind, line.body_name) for line in self.holdings})
        return [
            _shelf(one, body, lines)
            for body in bodies
            for one in wanted
            if (lines := tuple(line for line in self.holdings if (line.body_kind, line.kind) == (body[0], one)))
        ]

    def holding(self, number: int) -> HoldingLine | None:
        """Return the holding of a number, or None."""
        return next((line for line in self.holdings if line.number == number), None)

    def contract(self, number: int) -> ContractLine | None:
        """Return the contract of a number, or None."""
        return next((line for line in self.contracts if line.number == number), None)


def book_of(session: Session, *, village: Place, on: date, is_public: bool) -> Book:
    """Return the registers of a village on a day; `is_public`: confirmed editions only, private names covered.

    Holdings that are gone and contracts that are over are among them. About twelve statements.
    """
    holdings = holdings_of(session, village=village, on=on, with_gone=True, with_waiting=not is_public)
    contracts = contracts_of(session, village=village, on=on, with_waiting=not is_public)
    cover = _cover(session, village, holdings, contracts, on) if is_public else OPEN
    paid = payments_of(session, contracts={view.contract.id for view in contracts})
    warns = warn_days(session, villages=[village], on=on)[village.id]
    owing = {view.holding.id for view in holdings if view.holding.kind in DEBTS}
    moved = debt_movements(session, holdings=owing) if owing else {}
    lines = []
    about: dict[int, list[ContractLine]] = {}
    numbers = {view.holding.id: view.holding.number for view in holdings}
    for view in contracts:
        standing = standing_of(view, paid=paid.get(view.contract.id, ()), on=on, warns=warns)
        lines.append(line := _contract_line(view, standing, cover, numbers))
        edition = view.edition or view.waiting
        if edition is not None and edition.holding_id is not None:
            about.setdefault(edition.holding_id, []).append(line)
    return Book(
        on=on,
        holdings=tuple(_holding_line(view, about, moved, cover, on) for view in holdings),
        contracts=tuple(lines),
        cover=cover,
    )


def village_warnings(session: Session, *, villages: Sequence[Place], on: date) -> list[HoldingWarning]:
    """Return what is warned of in the villages, by village, then what is worst first; the same number of statements."""
    _holdings, contracts = registers_of(session, villages=villages, on=on)
    paid = payments_of(session, contracts={view.contract.id for view in contracts})
    return warnings_of(session, villages=villages, on=on, payments=paid)


def facts_of(kind: HoldingKind, content: Mapping[str, object], cover: Cover) -> tuple[tuple[str, str], ...]:
    """Return what the register says, field by field as people read it; empty fields are left out."""
    found = ((column.name, _shown(column, content.get(column.key), cover)) for column in fields_of(kind))
    return tuple((name, text) for name, text in found if text)


def _shown(column: Column, value: object, cover: Cover) -> str:
    text = shown_value(column, value, cover=cover.party)
    return cover.text(text) if column.kind in WORDED else text


def _shelf(kind: HoldingKind, body: tuple[str, str], lines: tuple[HoldingLine, ...]) -> Shelf:
    return Shelf(
        kind=kind,
        body_kind=body[0],
        body_name=body[1],
        lines=lines,
        totals=tuple(_totals(kind, [line for line in lines if line.is_there])),
    )


def _totals(kind: HoldingKind, lines: Sequence[HoldingLine]) -> list[tuple[str, str]]:
    """Return the sums of what may be summed: money, and numbers that are all of one unit."""
    found = []
    for column in fields_of(kind):
        values = [line.content[column.key] for line in lines if line.content.get(column.key) is not None]
        if column.key == BALANCE:
            fen = sum(line.debt.closing_fen for line in lines if line.debt)
            found.append((N_("现在余额"), f"{yuan(fen)}{column.unit}"))
        elif column.kind is ColumnKind.MONEY and values:
            found.append((column.name, f"{yuan(sum(int(str(one)) for one in values))}{column.unit}"))
        elif column.kind is ColumnKind.NUMBER and column.unit and values:
            found.append((column.name, f"{sum((Decimal(str(one)) for one in values), Decimal()):f}{column.unit}"))
    return found


def _cover(
    session: Session, village: Place, holdings: Sequence[HoldingView], contracts: Sequence[ContractView], on: date
) -> Cover:
    """Learn whom the registers name as other parties, in any edition."""
    officials = frozenset(post.person.name for post in officials_of(session, place=village, on=on))
    organisations = frozenset(body.name for body in village.bodies)
    named = {edition.party for view in contracts for edition in view.contract.editions}
    for view in holdings:
        keys = [column.key for column in fields_of(view.holding.kind) if column.kind is ColumnKind.PARTY]
        named |= {str(one.content.get(key) or "") for one in view.holding.editions for key in keys}
    names = {name for party in named for name in names_in(party, officials=officials, organisations=organisations)}
    return Cover(names=frozenset(names), officials=officials, organisations=organisations)


def _contract_line(
    view: ContractView, standing: ContractStanding | None, cover: Cover, numbers: Mapping[int, int]
) -> ContractLine:
    """Return a contract; what it is about is named by its number where the reader may see that, too."""
    edition: ContractEdition = view.edition or view.waiting  # type: ignore[assignment] # one of them is there
    return ContractLine(
        number=view.contract.number,
        title=cover.text(edition.title),
        party=cover.party(edition.party),
        paper_code=edition.paper_code,
        side=view.contract.side.value,
        body_kind=view.contract.body.kind.value,
        body_name=view.contract.body.name,
        starts_on=edition.starts_on,
        ends_on=min((day for day in (edition.ends_on, view.ended_on) if day), default=None),
        is_ended_early=view.ended_on is not None,
        total_fen=edition.total_fen,
        standing=standing,
        holding=numbers.get(edition.holding_id) if edition.holding_id else None,
        is_waiting=view.waiting is not None,
    )


def _holding_line(
    view: HoldingView,
    about: Mapping[int, Sequence[ContractLine]],
    moved: Mapping[int, Sequence[Paid]],
    cover: Cover,
    on: date,
) -> HoldingLine:
    holding = view.holding
    edition: HoldingEdition = view.edition or view.waiting  # type: ignore[assignment] # one of them is there
    owes = holding.kind in DEBTS and view.edition is not None
    by_key = {column.key: _shown(column, edition.content.get(column.key), cover) for column in fields_of(holding.kind)}
    unit = str(edition.content.get("unit") or "")
    return HoldingLine(
        number=holding.number,
        kind=holding.kind,
        name=cover.text(edition.name),
        body_kind=holding.body.kind.value,
        body_name=holding.body.name,
        content=edition.content,
        facts=facts_of(holding.kind, edition.content, cover),
        brief="　".join(text + (unit if key == "size" else "") for key in BRIEF if (text := by_key.get(key, ""))),
        debt=debt_of(holding, movements=moved.get(holding.id, ()), on=on) if owes else None,
        contracts=tuple(about.get(holding.id, ())),
        is_there=view.is_there,
        is_waiting=view.waiting is not None,
    )
