"""Fills a new draft from the registers: what stands in them on the last day of the span, what was paid within it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from publicity.categories.contents import CategoryContent, ColumnKind
from publicity.holdings.history import Said
from publicity.holdings.models import ContractSide, HoldingKind
from publicity.holdings.queries import (
    DEBTS,
    ContractView,
    HoldingView,
    WarnDays,
    by_holding,
    contracts_of,
    debt_of,
    holdings_of,
    standing_of,
)
from publicity.holdings.rules import Paid, due_within, paid_within
from publicity.holdings.schedules import months_after
from publicity.ledgers.statements import StatementKind
from publicity.ledgers.tied import debt_movements, payments_of
from publicity.postings.cells import Cell
from publicity.postings.rules import is_kept_cell
from publicity.postings.year_ends import BALANCE, INCOME, statement_fill
from village_lists.markers import N_
from village_lists.periods import Span
from village_lists.places.models import Body

SILENT = WarnDays(expiry=None, arrears=None)
OTHER_WAY = "其他"
SIDES = {HoldingKind.RECEIVABLE: "债权", HoldingKind.PAYABLE: "债务"}
Cells = dict[str, Cell]
Paying = Mapping[int, Sequence[Paid]]


@dataclass(frozen=True, kw_only=True)
class RegisterFill:
    """What a source says: cells of the head by key, rows, and sentences for the clerk about what is left to do."""

    head: Mapping[str, Cell]
    rows: tuple[Mapping[str, Cell], ...]
    notices: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked of a source: whose, for which span, and as of which day (the last of the span, or today)."""

    session: Session
    body: Body
    span: Span
    on: date


Source = Callable[[Wanted], RegisterFill]


def register_rows(
    session: Session, *, source: str, content: CategoryContent, body: Body, span: Span, on: date
) -> RegisterFill:
    """Return what a source gives for a draft of the category: by the keys of its columns, in values that it takes.

    Registers count as of the last day of the span, or as of `on` while the span runs. ValueError for an unknown source.
    """
    if source not in SOURCES:
        raise ValueError(f"nothing fills a draft from {source}")
    given = SOURCES[source](Wanted(session=session, body=body, span=span, on=min(on, span.last_day)))
    head = _taken(content, given.head, in_head=True)
    rows = tuple(_taken(content, row, in_head=False) for row in given.rows)
    return RegisterFill(head=head, rows=rows, notices=given.notices)


def _taken(content: CategoryContent, cells: Mapping[str, Cell], *, in_head: bool) -> Cells:
    """Return the cells that the category takes; a choice that it does not know becomes 其他 where it has that."""
    taken: Cells = {}
    for key, value in cells.items():
        column = content.column(key)
        if column is None or value in (None, ""):
            continue
        if is_kept_cell(content, key, value, in_head=in_head):
            taken[key] = value
        elif column.kind is ColumnKind.CHOICE and is_kept_cell(content, key, OTHER_WAY, in_head=in_head):
            taken[key] = OTHER_WAY
    return taken


def _assets(wanted: Wanted) -> RegisterFill:
    """Return a row for each asset: what the register says, and of its contracts tenant, term, rent and arrears."""
    keys = ("class", "place", "size", "unit", "bought", "cost", "net", "use")
    return _lent(wanted, HoldingKind.ASSET, keys, _asset_cells)


def _asset_cells(told: "_Leases") -> Cells:
    return {"rent": told.yearly_fen, "due_rent": told.due_fen, "paid": told.paid_fen, "owed": told.owed_fen}


def _resources(wanted: Wanted) -> RegisterFill:
    """Return a row for each resource: what the register says, and of its contracts who, how long, fee and arrears."""
    return _lent(wanted, HoldingKind.RESOURCE, ("class", "area", "bounds"), _resource_cells)


def _resource_cells(told: "_Leases") -> Cells:
    fees: Cells = {"fee": told.yearly_fen, "paid": told.paid_fen, "owed": told.owed_fen}
    return {**fees, "contract": told.codes, "way": told.way}


@dataclass(frozen=True, kw_only=True)
class _Leases:
    """What the contracts about one holding say together; money in fen."""

    tenant: str
    term: str
    codes: str
    way: str
    yearly_fen: int | None
    due_fen: int
    paid_fen: int
    owed_fen: int


def _lent(wanted: Wanted, kind: HoldingKind, keys: Sequence[str], more: Callable[[_Leases], Cells]) -> RegisterFill:
    views = _views(wanted, [kind])
    contracts = contracts_of(
        wanted.session, village=wanted.body.village, on=wanted.on, body=wanted.body, side=ContractSide.RECEIVE
    )
    payments = payments_of(wanted.session, contracts=[view.contract.id for view in contracts])
    about = by_holding(contracts)
    rows = []
    for view in views:
        if not view.is_there or view.edition is None:
            continue
        row: Cells = {"name": view.name, **{key: view.edition.content.get(key) for key in keys}}
        told = _leases(about.get(view.holding.id, ()), payments, wanted)
        if told is not None:
            row |= {"tenant": told.tenant, "term": told.term, **more(told)}
        rows.append(row)
    return RegisterFill(head={}, rows=tuple(rows), notices=_notices(views, rows))


def _leases(views: Sequence[ContractView], payments: Paying, wanted: Wanted) -> _Leases | None:
    """Return what the contracts of a holding say that run, are owed something or were paid within the span."""
    span, on = wanted.span, wanted.on
    runs, due, paid, owed = [], 0, 0, 0
    for view in views:
        of_it = payments.get(view.contract.id, ())
        standing = standing_of(view, paid=of_it, on=on, warns=SILENT)
        if standing is None or view.edition is None:
            continue
        due += due_within(view.instalments, first=span.first_day, last=on)
        paid += paid_within(of_it, first=span.first_day, last=on)
        owed += standing.arrears_fen
        if standing.arrears_fen or (standing.is_begun and not standing.is_expired):
            runs.append(view)
    if not runs and not (due or paid):
        return None
    editions = [view.edition for view in runs if view.edition is not None]
    yearly = [fen for view in runs if (fen := _yearly_fen(view, on)) is not None]
    return _Leases(
        tenant="、".join(dict.fromkeys(edition.party for edition in editions)),
        term="；".join(_term(view) for view in runs),
        codes="、".join(edition.paper_code for edition in editions if edition.paper_code),
        way=next((edition.method for edition in editions if edition.method), ""),
        yearly_fen=sum(yearly) if yearly else None,
        due_fen=due,
        paid_fen=paid,
        owed_fen=owed,
    )


def _yearly_fen(view: ContractView, on: date) -> int | None:
    """Return what is asked for within the year of the contract in which the day lies, None where there is nothing."""
    starts_on = view.edition.starts_on if view.edition else None
    first = starts_on or min((one.due_on for one in view.instalments), default=None)
    if first is None or first > on:
        return None
    years = on.year - first.year - (months_after(first, 12 * (on.year - first.year)) > on)
    begins, ends = months_after(first, 12 * years), months_after(first, 12 * (years + 1))
    return sum(one.amount_fen for one in view.instalments if begins <= one.due_on < ends) or None


def _term(view: ContractView) -> str:
    """Return the term of a contract as the sheet says it: 2024-01-01至2028-12-31."""
    edition = view.edition
    if edition is None or edition.starts_on is None:
        return ""
    last = view.ended_on or edition.ends_on
    return f"{edition.starts_on}至{last}" if last else f"{edition.starts_on}起"


def _debts(wanted: Wanted) -> RegisterFill:
    """Return a row for each debt that was there at the beginning or end of the span, or moved within it."""
    views = _views(wanted, DEBTS)
    moved = debt_movements(wanted.session, holdings=[view.holding.id for view in views])
    rows = [row for view in views if (row := _debt(view, moved.get(view.holding.id, ()), wanted)) is not None]
    return RegisterFill(head={}, rows=tuple(rows), notices=_notices(views, rows))


def _debt(view: HoldingView, moved: Sequence[Paid], wanted: Wanted) -> Cells | None:
    if view.edition is None:
        return None
    standing = debt_of(view.holding, movements=moved, on=wanted.on, since=wanted.span.first_day)
    if not (standing.opening_fen or standing.more_fen or standing.less_fen):
        return None
    said = view.edition.content
    return {
        "side": SIDES[view.holding.kind],
        **{key: said.get(key) for key in ("other", "since", "reason", "original", "plan")},
        "opening": standing.opening_fen,
        "more": standing.more_fen,
        "less": standing.less_fen,
        "closing": standing.closing_fen,
    }


def _contracts(wanted: Wanted) -> RegisterFill:
    """Return a row for each contract that runs, is owed something or was paid within the span."""
    views = contracts_of(wanted.session, village=wanted.body.village, on=wanted.on, body=wanted.body)
    payments = payments_of(wanted.session, contracts=[view.contract.id for view in views])
    rows = [row for view in views if (row := _contract(view, payments.get(view.contract.id, ()), wanted)) is not None]
    return RegisterFill(head={}, rows=tuple(rows), notices=() if rows else (_nothing(),))


def _contract(view: ContractView, paid: Sequence[Paid], wanted: Wanted) -> Cells | None:
    span, edition = wanted.span, view.edition
    standing = standing_of(view, paid=paid, on=wanted.on, warns=SILENT)
    if standing is None or edition is None:
        return None
    within = paid_within(paid, first=span.first_day, last=wanted.on)
    if standing.is_expired and not (standing.arrears_fen or within):
        return None
    return {
        "title": edition.title,
        "party": edition.party,
        "contract": edition.paper_code,
        "side": "收" if view.contract.side is ContractSide.RECEIVE else "付",
        "term": _term(view),
        "signed": edition.signed_on.isoformat() if edition.signed_on else None,
        "way": edition.method,
        "total": edition.total_fen,
        "due": due_within(view.instalments, first=span.first_day, last=wanted.on),
        "paid": within,
        "owed": standing.arrears_fen,
    }


def _views(wanted: Wanted, kinds: Sequence[HoldingKind] | frozenset[HoldingKind]) -> list[HoldingView]:
    return holdings_of(
        wanted.session,
        village=wanted.body.village,
        on=wanted.on,
        kinds=kinds,
        body=wanted.body,
        with_gone=True,
        with_waiting=True,
    )


def _notices(views: Sequence[HoldingView], rows: Sequence[Cells]) -> tuple[Said, ...]:
    """Return what the clerk should know: nothing registered, and what nobody has confirmed yet."""
    waiting = [view.waiting.name for view in views if view.waiting is not None]
    notices = [] if rows else [_nothing()]
    if waiting:
        words = N_("台账里还有 %(count)s 条没有核对，没有带出：%(names)s")
        notices.append(Said(words=words, values={"count": len(waiting), "names": "、".join(waiting)}))
    return tuple(notices)


def _nothing() -> Said:
    return Said(words=N_("台账里没有可以带出的内容，请先登记，或者直接填写"), values={})


def _statement(wanted: Wanted, kind: StatementKind) -> RegisterFill:
    """Return a year-end statement as twelve months of published lines have it."""
    filled = statement_fill(wanted.session, body=wanted.body, span=wanted.span, kind=kind)
    notices = tuple(Said(words=gap.words, values=dict(gap.values)) for gap in filled.gaps)
    return RegisterFill(head={}, rows=filled.rows, notices=notices)


SOURCES: dict[str, Source] = {
    "holdings.assets": _assets,
    "holdings.resources": _resources,
    "holdings.debts": _debts,
    "contracts": _contracts,
    BALANCE: partial(_statement, kind=StatementKind.BALANCE),
    INCOME: partial(_statement, kind=StatementKind.INCOME),
}
"""What may stand in `filled_from` of a category; what each needs of it stands in publicity.categories.rules.SOURCES."""
