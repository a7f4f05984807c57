"""Where the closing balance lies: the cash box and the bank accounts of a month (LedgerFund)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from publicity.ledgers.actions import note_draft
from publicity.ledgers.models import FundKind, Ledger, LedgerFund
from publicity.ledgers.queries import ledger_of
from publicity.records.models import Deed, State, Version
from publicity.records.queries import lock_version
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person

MOST = 8
LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class Fund:
    """A cash box or a bank account with what lies in it, in fen; `name` as the village calls it (农商银行基本户)."""

    kind: FundKind
    name: str
    closing_fen: int


def funds_gap(ledger: Ledger) -> int | None:
    """Return by how much all funds together differ from the closing (fen, 0: they agree), None where none is given."""
    if not ledger.funds:
        return None
    return sum(fund.closing_fen for fund in ledger.funds) - ledger.closing_fen


def set_funds(
    session: Session, *, version: Version, funds: Sequence[Fund], revision: int, by: Person, now: datetime
) -> None:
    """Say where a month's closing balance lies, in the place of what was said before; nothing given: not said.

    Raise NotAllowed once the draft was submitted, Stale where it was uploaded anew meanwhile, Refusal for too many, a
    bank account without a name, or one that stands twice. Whether they add up is looked at before posting.
    """
    lock_version(session, version=version)
    if version.state != State.DRAFT:
        raise NotAllowed(N_("已经提交审核的账目不能再改，退回之后才能改"))
    if version.revision != revision:
        raise Stale(N_("这份账目刚被重新上传过，请刷新后再填"))
    ledger = ledger_of(session, version=version)
    if ledger is None or len(funds) > MOST:
        raise Refusal(N_("库存现金和银行账户最多 %(most)d 行"), most=MOST)
    names = [fund.name.strip()[:LONGEST_NAME] for fund in funds]
    if any(fund.kind is FundKind.BANK and not name for fund, name in zip(funds, names, strict=True)):
        raise Refusal(N_("银行账户要写一个叫法，例如基本户；不要写账号"))
    if len({(fund.kind, name) for fund, name in zip(funds, names, strict=True)}) < len(funds):
        raise Refusal(N_("同一个账户写了两行，请合成一行"))
    ledger.funds.clear()
    session.flush()
    for position, (fund, name) in enumerate(zip(funds, names, strict=True), start=1):
        one = LedgerFund(position=position, kind=fund.kind, name=name, closing_fen=fund.closing_fen)
        ledger.funds.append(one)
    session.flush()
    entered = {version.made_by_id} | {event.by_id for event in version.events if event.deed == Deed.DRAFT}
    if by.id not in entered:
        note_draft(session, version, by=by, now=now, source="")
        session.expire(version, ["events"])
