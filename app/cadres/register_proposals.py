"""Proposes what an imported table means: every row that is new or changed, all of them or none."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.cadres.register_rows import Asked, Meant, Standing
from publicity.holdings.actions import change_contract, propose_change, propose_contract, propose_holding
from publicity.holdings.papers import ContractPaper
from publicity.holdings.queries import contracts_of, holdings_of
from publicity.postings.cells import Cell
from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.people.models import Person


def propose_all(
    session: Session, asked: Asked, rows: Sequence[Meant], *, reason: str, by: Person, now: datetime
) -> int:
    """Propose every row that is new or changed, and return how many; Refusal where one of them is refused."""
    wanted = [row for row in rows if row.standing in {Standing.NEW, Standing.CHANGED}]
    for row in wanted:
        try:
            if row.paper is not None:
                _propose_contract(session, asked, row, row.paper, reason=reason, by=by, now=now)
            else:
                _propose_holding(session, asked, row, row.content or {}, reason=reason, by=by, now=now)
        except Refusal as refused:
            named = N_("「%(name)s」没有登记上：%(why)s")
            raise Refusal(named, name=row.name, why=str(refused)) from refused
    return len(wanted)


def _propose_holding(
    session: Session, asked: Asked, row: Meant, content: Mapping[str, Cell], *, reason: str, by: Person, now: datetime
) -> None:
    if asked.kind is None:
        raise ValueError("an import of contracts proposes no holdings")
    if row.standing is Standing.NEW:
        propose_holding(
            session,
            village=asked.village,
            body=asked.body,
            kind=asked.kind,
            name=row.name,
            content=content,
            valid_from=asked.valid_from,
            by=by,
            now=now,
        )
        return
    views = holdings_of(session, village=asked.village, on=asked.valid_from, kinds=[asked.kind], body=asked.body)
    holding = next(view.holding for view in views if view.holding.number == row.number)
    propose_change(
        session,
        holding=holding,
        name=row.name,
        content=content,
        valid_from=asked.valid_from,
        reason=reason,
        by=by,
        now=now,
    )


def _propose_contract(
    session: Session, asked: Asked, row: Meant, paper: ContractPaper, *, reason: str, by: Person, now: datetime
) -> None:
    if asked.side is None:
        raise ValueError("an import of holdings proposes no contracts")
    if row.standing is Standing.NEW:
        propose_contract(
            session,
            village=asked.village,
            body=asked.body,
            side=asked.side,
            paper=paper,
            valid_from=min(paper.signed_on or paper.starts_on or asked.valid_from, asked.valid_from),
            by=by,
            now=now,
        )
        return
    views = contracts_of(session, village=asked.village, on=asked.valid_from, body=asked.body, side=asked.side)
    contract = next(view.contract for view in views if view.contract.number == row.number)
    change_contract(session, contract=contract, paper=paper, valid_from=asked.valid_from, reason=reason, by=by, now=now)
