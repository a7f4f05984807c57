"""Deeds upon the registers: a clerk proposes an edition, a member of the supervision committee decides on it."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from publicity.holdings.contents import Content
from publicity.holdings.entering import (
    ContentRefused,
    TextExposed,
    check_body,
    check_clerk,
    check_entry,
    check_follows,
    check_length,
    check_texts_of,
    former_edition,
    guard_texts,
    kept_content,
    lock_owner,
)
from publicity.holdings.models import (
    Contract,
    ContractDeed,
    ContractEdition,
    ContractSide,
    EntryState,
    Holding,
    HoldingDeed,
    HoldingEdition,
    HoldingKind,
)
from publicity.holdings.papers import ContractPaper, asked_by
from publicity.holdings.queries import DEBTS, holding_by_number, next_number
from publicity.holdings.schedules import changed_instalments, read_schedule, written_schedule, written_terms
from publicity.matters.models import Matter
from publicity.matters.queries import supervisor_on
from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person
from village_lists.places.models import Body, Place

__all__ = [
    "ContentRefused",
    "TextExposed",
    "change_contract",
    "decide_edition",
    "end_contract",
    "propose_change",
    "propose_contract",
    "propose_disposal",
    "propose_holding",
]


def propose_holding(
    session: Session,
    *,
    village: Place,
    body: Body,
    kind: HoldingKind,
    name: str,
    content: Content,
    valid_from: date,
    by: Person,
    now: datetime,
    reason: str = "",
    matter: Matter | None = None,
) -> HoldingEdition:
    """Enter an asset, resource or debt as a proposal under the village's next number.

    Raise NotAllowed for who is no clerk of the village, ContentRefused and TextExposed for what is typed, Refusal for
    a body or matter of another village and for a day out of reach.
    """
    number = next_number(session, village, Holding)
    on = china_day(now)
    check_clerk(by, village=village, on=on)
    check_body(body, village)
    kept = kept_content(kind, name, content, on=on)
    check_entry(village, valid_from=valid_from, reason=reason, matter=matter, on=on)
    holding = Holding(village_id=village.id, body_id=body.id, kind=kind, number=number)
    session.add(holding)
    session.flush()
    edition = HoldingEdition(
        holding_id=holding.id,
        number=1,
        deed=HoldingDeed.ACQUIRE,
        valid_from=valid_from,
        name=name.strip(),
        content=kept,
        made_by_id=by.id,
        made_at=now,
        reason=reason.strip(),
        matter_id=matter.id if matter else None,
    )
    return _added_holding(session, holding, edition)


def propose_change(
    session: Session,
    *,
    holding: Holding,
    name: str,
    content: Content,
    valid_from: date,
    reason: str,
    by: Person,
    now: datetime,
    matter: Matter | None = None,
) -> HoldingEdition:
    """Propose what the register says of a holding from a day on; raises as `propose_holding`, and needs a reason.

    Raise Refusal while another proposal waits, before the first is confirmed, after disposal, and for a day before the
    day of the former edition.
    """
    former = _former_holding(session, holding, valid_from=valid_from, by=by, now=now)
    on = china_day(now)
    kept = kept_content(holding.kind, name, content, on=on)
    check_entry(holding.village, valid_from=valid_from, reason=reason, matter=matter, on=on, is_needed=True)
    if (former.name, former.content) == (name.strip(), kept):
        raise Refusal(N_("内容和原来的一样，没有什么要改"))
    edition = _next_holding(holding, HoldingDeed.CHANGE, valid_from, reason, matter, by=by, now=now)
    edition.name, edition.content = name.strip(), kept
    return _added_holding(session, holding, edition)


def propose_disposal(
    session: Session,
    *,
    holding: Holding,
    valid_from: date,
    reason: str,
    by: Person,
    now: datetime,
    matter: Matter | None = None,
) -> HoldingEdition:
    """Propose that a holding is gone from a day on (sold, scrapped, settled, struck off); raises as `propose_change`.

    What is left of a debt is struck off with it.
    """
    former = _former_holding(session, holding, valid_from=valid_from, by=by, now=now)
    check_entry(holding.village, valid_from=valid_from, reason=reason, matter=matter, on=china_day(now), is_needed=True)
    edition = _next_holding(holding, HoldingDeed.DISPOSE, valid_from, reason, matter, by=by, now=now)
    edition.name, edition.content = former.name, dict(former.content)
    return _added_holding(session, holding, edition)


def propose_contract(
    session: Session,
    *,
    village: Place,
    body: Body,
    side: ContractSide,
    paper: ContractPaper,
    valid_from: date,
    by: Person,
    now: datetime,
    reason: str = "",
    matter: Matter | None = None,
) -> ContractEdition:
    """Enter a contract as a proposal under the village's next number.

    Raise NotAllowed for who is no clerk of the village, TextExposed and Refusal (TermsUnclear) for what is typed, for
    a body, matter or holding of another village or body, and for a day out of reach.
    """
    number = next_number(session, village, Contract)
    on = china_day(now)
    check_clerk(by, village=village, on=on)
    check_body(body, village)
    check_entry(village, valid_from=valid_from, reason=reason, matter=matter, on=on)
    check_texts_of(paper, on=on)
    contract = Contract(village_id=village.id, body_id=body.id, number=number, side=side)
    session.add(contract)
    session.flush()
    edition = _next_contract(contract, ContractDeed.SIGN, valid_from, reason, matter, by=by, now=now)
    _write(session, contract, edition, paper)
    return _added_contract(session, contract, edition)


def change_contract(
    session: Session,
    *,
    contract: Contract,
    paper: ContractPaper,
    valid_from: date,
    reason: str,
    by: Person,
    now: datetime,
    matter: Matter | None = None,
) -> ContractEdition:
    """Propose what a contract says from a day on; what was due before that day stays as it was.

    Raises as `propose_contract`; needs a reason; Refusal while another proposal waits, before the first is confirmed,
    after an early end, and for a day before the day of the former edition.
    """
    former = _former_contract(session, contract, valid_from=valid_from, by=by, now=now)
    on = china_day(now)
    check_entry(contract.village, valid_from=valid_from, reason=reason, matter=matter, on=on, is_needed=True)
    check_texts_of(paper, on=on)
    edition = _next_contract(contract, ContractDeed.CHANGE, valid_from, reason, matter, by=by, now=now)
    _write(session, contract, edition, paper)
    made = changed_instalments(read_schedule(former.schedule), asked_by(paper), changed_from=valid_from)
    edition.schedule = written_schedule(made)
    return _added_contract(session, contract, edition)


def end_contract(
    session: Session,
    *,
    contract: Contract,
    valid_from: date,
    reason: str,
    by: Person,
    now: datetime,
    matter: Matter | None = None,
) -> ContractEdition:
    """Propose that a contract ends early: `valid_from` is its last day; what is due later is no longer owed.

    Raises as `change_contract`.
    """
    former = _former_contract(session, contract, valid_from=valid_from, by=by, now=now)
    check_entry(
        contract.village, valid_from=valid_from, reason=reason, matter=matter, on=china_day(now), is_needed=True
    )
    edition = _next_contract(contract, ContractDeed.END, valid_from, reason, matter, by=by, now=now)
    for name in ("title", "party", "signed_on", "starts_on", "ends_on", "paper_code", "method", "total_fen"):
        setattr(edition, name, getattr(former, name))
    edition.schedule, edition.terms = dict(former.schedule), dict(former.terms)
    edition.paid_before_fen, edition.holding_id = former.paid_before_fen, former.holding_id
    return _added_contract(session, contract, edition)


def decide_edition(
    session: Session,
    *,
    edition: HoldingEdition | ContractEdition,
    is_confirmed: bool,
    by: Person,
    now: datetime,
    note: str = "",
) -> None:
    """Confirm a proposed edition, or refuse it with a note; from then on it is never edited.

    Raise NotAllowed for who is no head or member of the village's supervision committee and for who proposed it, Stale
    where somebody decided meanwhile, Refusal for a refusal without a note, TextExposed for the note.
    """
    owner = edition.holding if isinstance(edition, HoldingEdition) else edition.contract
    lock_owner(session, owner)
    session.refresh(edition)
    on = china_day(now)
    if supervisor_on(by, village=owner.village, on=on) is None:
        raise NotAllowed(N_("只有本村监委会的成员可以核对登记"))
    if edition.made_by_id == by.id:
        raise NotAllowed(N_("自己登记的不能自己核对，请监委会的另一位成员来核对"))
    if edition.state is not EntryState.PROPOSED:
        raise Stale(N_("这一条刚刚已经核对过了，请刷新后再看"))
    if not is_confirmed and not note.strip():
        raise Refusal(N_("退回要写明哪里不对"))
    check_length(note, "note")
    guard_texts([("note", note)], on=on)
    edition.state = EntryState.CONFIRMED if is_confirmed else EntryState.REFUSED
    edition.decided_by_id, edition.decided_name, edition.decided_at = by.id, by.name, now
    edition.note = note.strip()
    session.flush()


def _former_holding(
    session: Session, holding: Holding, *, valid_from: date, by: Person, now: datetime
) -> HoldingEdition:
    """Lock a holding and return its last confirmed edition; refuse where nothing may follow upon it."""
    lock_owner(session, holding)
    check_clerk(by, village=holding.village, on=china_day(now))
    former = former_edition(holding.editions)
    if former.deed is HoldingDeed.DISPOSE:
        raise Refusal(N_("「%(name)s」已经处置，不能再改"), name=former.name)
    check_follows(valid_from, former.valid_from)
    return former


def _former_contract(
    session: Session, contract: Contract, *, valid_from: date, by: Person, now: datetime
) -> ContractEdition:
    """Lock a contract and return its last confirmed edition; refuse where nothing may follow upon it."""
    lock_owner(session, contract)
    check_clerk(by, village=contract.village, on=china_day(now))
    former = former_edition(contract.editions)
    if former.deed is ContractDeed.END:
        raise Refusal(N_("「%(title)s」已经终止，不能再改；要再做，请登记一份新合同"), title=former.title)
    check_follows(valid_from, former.valid_from)
    return former


def _next_holding(
    holding: Holding,
    deed: HoldingDeed,
    valid_from: date,
    reason: str,
    matter: Matter | None,
    *,
    by: Person,
    now: datetime,
) -> HoldingEdition:
    return HoldingEdition(
        holding_id=holding.id,
        number=max((one.number for one in holding.editions), default=0) + 1,
        deed=deed,
        valid_from=valid_from,
        name="",
        content={},
        made_by_id=by.id,
        made_at=now,
        reason=reason.strip(),
        matter_id=matter.id if matter else None,
    )


def _next_contract(
    contract: Contract,
    deed: ContractDeed,
    valid_from: date,
    reason: str,
    matter: Matter | None,
    *,
    by: Person,
    now: datetime,
) -> ContractEdition:
    return ContractEdition(
        contract_id=contract.id,
        number=max((one.number for one in contract.editions), default=0) + 1,
        deed=deed,
        valid_from=valid_from,
        title="",
        party="",
        made_by_id=by.id,
        made_at=now,
        reason=reason.strip(),
        matter_id=matter.id if matter else None,
    )


def _write(session: Session, contract: Contract, edition: ContractEdition, paper: ContractPaper) -> None:
    """Write what a paper says into an edition; its holding must be of the same body, and no debt."""
    edition.title, edition.party = paper.title.strip(), paper.party.strip()
    edition.signed_on, edition.starts_on, edition.ends_on = paper.signed_on, paper.starts_on, paper.ends_on
    edition.paper_code, edition.method = paper.paper_code.strip(), paper.method.strip()
    edition.total_fen, edition.paid_before_fen = paper.total_fen, paper.paid_before_fen
    edition.schedule = written_schedule(asked_by(paper))
    edition.terms = {} if paper.instalments else written_terms(paper.terms)
    if paper.holding_number is None:
        return
    holding = holding_by_number(session, village=contract.village, number=paper.holding_number)
    if holding is None or holding.body_id != contract.body_id or holding.kind in DEBTS:
        raise Refusal(N_("没有编号 %(number)s 的资产或资源"), number=paper.holding_number)
    edition.holding_id = holding.id


def _added_holding(session: Session, holding: Holding, edition: HoldingEdition) -> HoldingEdition:
    session.add(edition)
    session.flush()
    session.expire(holding, ["editions"])
    return edition


def _added_contract(session: Session, contract: Contract, edition: ContractEdition) -> ContractEdition:
    session.add(edition)
    session.flush()
    session.expire(contract, ["editions"])
    return edition
