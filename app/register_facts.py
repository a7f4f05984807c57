"""What pages say of one holding or contract: instalments with what was paid, facts, history, the day asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, request

from app import clock
from app.register_pages import Cover
from app.words import day, say
from publicity.holdings.history import HistoryLine, Said, contract_history, holding_history
from publicity.holdings.models import ContractEdition, HoldingEdition
from publicity.holdings.schedules import Instalment
from village_lists.amounts import yuan
from village_lists.markers import N_


@dataclass(frozen=True, kw_only=True)
class Due:
    """One instalment with what was paid of it, oldest first, in fen; `days` overdue."""

    due_on: date
    amount_fen: int
    words: str
    paid_fen: int
    days: int

    @property
    def left_fen(self) -> int:
        """Return what is not paid of it."""
        return self.amount_fen - self.paid_fen


def dues_of(instalments: Sequence[Instalment], *, paid_fen: int, on: date, cover: Cover) -> list[Due]:
    """Return the instalments by day, the payments laid upon the oldest first."""
    left, found = max(paid_fen, 0), []
    for one in sorted(instalments, key=lambda one: one.due_on):
        paid = min(left, one.amount_fen)
        left -= paid
        days = max((on - one.due_on).days, 0) if paid < one.amount_fen else 0
        found.append(
            Due(due_on=one.due_on, amount_fen=one.amount_fen, words=cover.text(one.words), paid_fen=paid, days=days)
        )
    return found


def history_of(edition: HoldingEdition | ContractEdition) -> HistoryLine:
    """Return what one edition says anew, in full, for officials who decide on it."""
    lines = (
        holding_history(edition.holding, with_undecided=True)
        if isinstance(edition, HoldingEdition)
        else contract_history(edition.contract, with_undecided=True)
    )
    return next(line for line in lines if line.edition is edition)


def day_asked() -> date:
    """Return the day `on` that the address names, today where it names none or a later one; 404 for none at all."""
    written = request.args.get("on", "")
    if not written:
        return clock.today()
    try:
        return min(date.fromisoformat(written), clock.today())
    except ValueError:
        abort(404)


def contract_facts(edition: ContractEdition, cover: Cover) -> tuple[tuple[str, str], ...]:
    """Return what a contract says beside its days and instalments, as (name, text); what is empty is left out."""
    found = (
        (N_("合同对方"), cover.party(edition.party)),
        (N_("合同编号"), edition.paper_code),
        (N_("签订日期"), day(edition.signed_on)),
        (N_("第一天"), day(edition.starts_on)),
        (N_("最后一天"), day(edition.ends_on)),
        (N_("合同总价"), f"{yuan(edition.total_fen)}元" if edition.total_fen is not None else ""),
        (N_("交易方式"), cover.text(edition.method)),
        (N_("以前已付"), f"{yuan(edition.paid_before_fen)}元" if edition.paid_before_fen else ""),
    )
    return tuple((name, text) for name, text in found if text)


def said_values(said: Said, cover: Cover) -> dict[str, object]:
    """Return what fills a sentence of the history: names covered, a marked word in the reader's language."""
    values = cover.values(said.values)
    return {**values, "field": say(str(values["field"]))} if "field" in values else values
