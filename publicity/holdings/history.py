"""The history of a holding or contract in sentences: what changed from what to what, why, and by which matter."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from publicity.categories.contents import Column, ColumnKind
from publicity.holdings.contents import fields_of
from publicity.holdings.models import (
    Contract,
    ContractDeed,
    ContractEdition,
    EntryState,
    Holding,
    HoldingDeed,
    HoldingEdition,
)
from publicity.holdings.schedules import kept_instalments, read_schedule
from publicity.matters.models import Matter
from village_lists.amounts import yuan
from village_lists.days import china_day
from village_lists.markers import N_

CHANGED = N_("「%(field)s」由「%(before)s」改为「%(after)s」")
FILLED = N_("「%(field)s」原来空着，写上了「%(after)s」")
EMPTIED = N_("「%(field)s」原来是「%(before)s」，现在空着")
CONTRACT_FIELDS = {
    "title": N_("合同名称"),
    "party": N_("合同对方"),
    "signed_on": N_("签订日期"),
    "starts_on": N_("第一天"),
    "ends_on": N_("最后一天"),
    "paper_code": N_("合同编号"),
    "method": N_("交易方式"),
    "total_fen": N_("合同总价"),
    "paid_before_fen": N_("以前已付"),
}
Cover = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Said:
    """One marked sentence and what fills its gaps; a gap `field` holds a marked word again."""

    words: str
    values: Mapping[str, object]

    def __str__(self) -> str:
        """Return the Chinese sentence with its gaps filled."""
        return self.words % self.values


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One edition: from which day on, what it says anew, why, by which matter, who made it and who decided."""

    edition: HoldingEdition | ContractEdition
    on: date
    said: tuple[Said, ...]
    reason: str
    matter: Matter | None
    made_by: str
    decided_by: str
    decided_on: date | None
    state: EntryState
    note: str


def holding_history(holding: Holding, *, cover: Cover = str, with_undecided: bool = False) -> list[HistoryLine]:
    """Return the confirmed editions of a holding, oldest first; `cover` masks the names of other parties.

    `with_undecided`: for officials, what waits or was refused too; each is told against the confirmed one before it.
    """
    lines = []
    former: HoldingEdition | None = None
    for edition in holding.editions:
        if edition.state is EntryState.CONFIRMED or with_undecided:
            lines.append(_line(edition, tuple(_holding_said(holding, former, edition, cover))))
        if edition.state is EntryState.CONFIRMED:
            former = edition
    return lines


def contract_history(contract: Contract, *, cover: Cover = str, with_undecided: bool = False) -> list[HistoryLine]:
    """Return the confirmed editions of a contract, oldest first; see `holding_history`."""
    lines = []
    former: ContractEdition | None = None
    for edition in contract.editions:
        if edition.state is EntryState.CONFIRMED or with_undecided:
            lines.append(_line(edition, tuple(_contract_said(former, edition, cover))))
        if edition.state is EntryState.CONFIRMED:
            former = edition
    return lines


def shown_value(column: Column, value: object, *, cover: Cover = str) -> str:
    """Return a value of the register as people read it: 1,234.50元, 12亩, the name of a party covered; "" for None."""
    if value is None:
        return ""
    if column.kind is ColumnKind.MONEY and isinstance(value, int):
        return f"{yuan(value)}{column.unit}"
    return cover(str(value)) if column.kind is ColumnKind.PARTY else f"{value}{column.unit}"


def _line(edition: HoldingEdition | ContractEdition, said: tuple[Said, ...]) -> HistoryLine:
    return HistoryLine(
        edition=edition,
        on=edition.valid_from,
        said=said,
        reason=edition.reason,
        matter=edition.matter,
        made_by=edition.made_by.name,
        decided_by=edition.decided_name,
        decided_on=china_day(edition.decided_at) if edition.decided_at else None,
        state=edition.state,
        note=edition.note,
    )


def _holding_said(
    holding: Holding, former: HoldingEdition | None, edition: HoldingEdition, cover: Cover
) -> Iterator[Said]:
    if former is None:
        yield Said(words=N_("登记入册：%(name)s"), values={"name": edition.name})
        return
    if edition.deed is HoldingDeed.DISPOSE:
        yield Said(words=N_("已经处置：%(name)s"), values={"name": edition.name})
        return
    yield from _changed(N_("名称"), former.name, edition.name)
    for column in fields_of(holding.kind):
        before, after = (shown_value(column, one.content.get(column.key), cover=cover) for one in (former, edition))
        if former.content.get(column.key) != edition.content.get(column.key):
            yield from _changed(column.name, before, after)


def _contract_said(former: ContractEdition | None, edition: ContractEdition, cover: Cover) -> Iterator[Said]:
    if former is None:
        values = {"party": cover(edition.party), "title": edition.title}
        yield Said(words=N_("和「%(party)s」签订「%(title)s」"), values=values)
        yield from _schedule_said(None, edition)
        return
    if edition.deed is ContractDeed.END:
        yield from _end_said(edition)
        return
    for name, words in CONTRACT_FIELDS.items():
        if getattr(former, name) != getattr(edition, name):
            before, after = (_written(name, getattr(one, name), cover) for one in (former, edition))
            yield from _changed(words, before, after)
    old, new = (str(one.holding.number) if one.holding else "" for one in (former, edition))
    yield from _changed(N_("资产或资源的编号"), old, new)
    if former.schedule != edition.schedule:
        yield from _schedule_said(former, edition)


def _changed(field: str, before: str, after: str) -> Iterator[Said]:
    if before == after:
        return
    words = CHANGED if before and after else FILLED if after else EMPTIED
    yield Said(words=words, values={"field": field, "before": before, "after": after})


def _written(name: str, value: object, cover: Cover) -> str:
    if value is None:
        return ""
    if name.endswith("_fen") and isinstance(value, int):
        return f"{yuan(value)}元"
    return cover(str(value)) if name == "party" else str(value)


def _schedule_said(former: ContractEdition | None, edition: ContractEdition) -> Iterator[Said]:
    made = read_schedule(edition.schedule)
    values = {"count": len(made), "fen": yuan(sum(one.amount_fen for one in made))}
    if former is None:
        if made:
            yield Said(words=N_("分 %(count)s 期付，一共 %(fen)s 元"), values=values)
        return
    old = read_schedule(former.schedule)
    values |= {"old_count": len(old), "old_fen": yuan(sum(one.amount_fen for one in old))}
    words = N_("付款由 %(old_count)s 期共 %(old_fen)s 元改为 %(count)s 期共 %(fen)s 元")
    yield Said(words=words, values=values)


def _end_said(edition: ContractEdition) -> Iterator[Said]:
    yield Said(words=N_("提前终止，最后一天是 %(day)s"), values={"day": edition.valid_from.isoformat()})
    made = read_schedule(edition.schedule)
    cut = made[len(kept_instalments(made, ended_on=edition.valid_from)) :]
    if cut:
        values = {"count": len(cut), "fen": yuan(sum(one.amount_fen for one in cut))}
        yield Said(words=N_("以后的 %(count)s 期共 %(fen)s 元不再付"), values=values)
