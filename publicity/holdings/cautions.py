"""What the registers warn of on a day, in neutral words with numbers: ends, arrears, what lies idle or is unclear."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from publicity.holdings.models import ContractSide, EntryState, Holding, HoldingKind
from publicity.holdings.queries import (
    ContractView,
    HoldingView,
    by_holding,
    registers_of,
    standing_of,
    warn_days,
)
from publicity.holdings.rules import ContractStanding, Paid
from village_lists.amounts import yuan
from village_lists.markers import N_
from village_lists.places.models import Body, Place

USED_BY_OTHERS = frozenset({"出租", "发包"})
IDLE = "闲置"
LENT = frozenset({HoldingKind.ASSET, HoldingKind.RESOURCE})


class Caution(StrEnum):
    """What is warned of."""

    ARREARS = "arrears"
    EXPIRED_IN_USE = "expired_in_use"
    EXPIRING = "expiring"
    WITHOUT_CONTRACT = "without_contract"
    GONE_IN_USE = "gone_in_use"
    IDLE = "idle"


@dataclass(frozen=True, kw_only=True)
class HoldingWarning:
    """One warning about a contract or a holding (`number` is its public one): a marked sentence with its values.

    `title` and `values` may name private persons: pages of residents mask them. `fen` is the arrears, else None.
    """

    caution: Caution
    village: Place
    body: Body
    is_contract: bool
    number: int
    title: str
    words: str
    values: Mapping[str, object]
    days: int
    fen: int | None = None


def warnings_of(
    session: Session, *, villages: Sequence[Place], on: date, payments: Mapping[int, Sequence[Paid]]
) -> list[HoldingWarning]:
    """Return what is warned of in the villages on a day, by village, then what is worst first; about ten statements.

    `payments` by the id of the contract (publicity.ledgers.tied.payments_of).
    """
    holdings, contracts = registers_of(session, villages=villages, on=on)
    days = warn_days(session, villages=villages, on=on)
    standings: dict[int, ContractStanding] = {}
    for view in contracts:
        paid = payments.get(view.contract.id, ())
        standing = standing_of(view, paid=paid, on=on, warns=days[view.contract.village_id])
        if standing is not None:
            standings[view.contract.id] = standing
    about = by_holding(contracts)
    found = [warning for view in contracts for warning in _of_contract(view, standings[view.contract.id])]
    found += [
        warning for view in holdings for warning in _of_holding(view, about.get(view.holding.id, ()), standings, on=on)
    ]
    order = {village.id: place for place, village in enumerate(villages)}
    worst = list(Caution)
    return sorted(found, key=lambda one: (order[one.village.id], worst.index(one.caution), -one.days, one.number))


def _of_contract(view: ContractView, standing: ContractStanding) -> Iterator[HoldingWarning]:
    if standing.warns_arrears:
        receives = view.contract.side is ContractSide.RECEIVE
        words = (
            N_("合同「%(title)s」应收 %(due)s 元，已收 %(paid)s 元，还欠 %(owed)s 元，最早的一期过了 %(days)s 天")
            if receives
            else N_("合同「%(title)s」应付 %(due)s 元，已付 %(paid)s 元，还欠 %(owed)s 元，最早的一期过了 %(days)s 天")
        )
        values = {"due": standing.due_fen, "paid": standing.paid_fen, "owed": standing.arrears_fen}
        yield _about(
            view,
            Caution.ARREARS,
            words,
            days=standing.days_overdue,
            fen=standing.arrears_fen,
            **{key: yuan(fen) for key, fen in values.items()},
        )
    if standing.warns_expiry and standing.days_to_expiry is not None and view.edition is not None:
        last = view.edition.ends_on
        words = N_("合同「%(title)s」还有 %(days)s 天到期，最后一天是 %(day)s")
        yield _about(view, Caution.EXPIRING, words, days=standing.days_to_expiry, day=last.isoformat() if last else "")


def _about(
    view: ContractView, caution: Caution, words: str, *, days: int, fen: int | None = None, **values: object
) -> HoldingWarning:
    return HoldingWarning(
        caution=caution,
        village=view.contract.village,
        body=view.contract.body,
        is_contract=True,
        number=view.contract.number,
        title=view.title,
        words=words,
        values={"title": view.title, "days": days, **values},
        days=days,
        fen=fen,
    )


def _of_holding(
    view: HoldingView, about: Sequence[ContractView], standings: Mapping[int, ContractStanding], *, on: date
) -> Iterator[HoldingWarning]:
    """Yield what is unclear about an asset or resource: idle, used after the end, used without a contract, gone."""
    holding, edition = view.holding, view.edition
    if holding.kind not in LENT or edition is None:
        return
    lent = [one for one in about if one.contract.side is ContractSide.RECEIVE]
    running = [one for one in lent if _is_running(standings[one.contract.id])]
    use = str(edition.content.get("use") or "")
    named: dict[str, object] = {"name": view.name, "use": use}
    if not view.is_there:
        if running:
            words = N_("「%(name)s」已经处置，合同「%(title)s」还没有到期")
            gone = (on - edition.valid_from).days
            yield _told(holding, Caution.GONE_IN_USE, words, days=gone, **named, title=running[0].title)
        return
    if use == IDLE:
        days = (on - _same_use_since(holding, use, on)).days
        yield _told(holding, Caution.IDLE, N_("「%(name)s」登记为%(use)s，已经 %(days)s 天"), days=days, **named)
    if use not in USED_BY_OTHERS or running:
        return
    over = [one for one in lent if standings[one.contract.id].is_expired]
    if over:
        last = max(over, key=lambda one: standings[one.contract.id].days_to_expiry or 0)
        days = -(standings[last.contract.id].days_to_expiry or 0)
        words = N_("「%(name)s」登记的使用方式是%(use)s，合同「%(title)s」已经到期 %(days)s 天")
        yield _told(holding, Caution.EXPIRED_IN_USE, words, days=days, **named, title=last.title)
        return
    days = (on - _same_use_since(holding, use, on)).days
    words = N_("「%(name)s」登记的使用方式是%(use)s，台账里没有它的合同，已经 %(days)s 天")
    yield _told(holding, Caution.WITHOUT_CONTRACT, words, days=days, **named)


def _is_running(standing: ContractStanding) -> bool:
    return standing.is_begun and not standing.is_expired


def _told(holding: Holding, caution: Caution, words: str, *, days: int, **values: object) -> HoldingWarning:
    return HoldingWarning(
        caution=caution,
        village=holding.village,
        body=holding.body,
        is_contract=False,
        number=holding.number,
        title=str(values["name"]),
        words=words,
        values={"days": days, **values},
        days=days,
    )


def _same_use_since(holding: Holding, use: str, on: date) -> date:
    """Return since which day the register says the same use without a break."""
    since = on
    known = [one for one in holding.editions if one.state is EntryState.CONFIRMED and one.valid_from <= on]
    for edition in reversed(known):
        if edition.content.get("use") != use:
            break
        since = edition.valid_from
    return since
