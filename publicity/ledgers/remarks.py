"""What the supervision committee is told about a month of accounts beside what hinders it; only what is certain."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from publicity.holdings.models import Contract, ContractSide
from publicity.holdings.queries import edition_on
from publicity.ledgers.models import Entry, FundKind, Ledger
from publicity.ledgers.problems import in_yuan
from publicity.matters.course import Course, VisitState
from publicity.matters.courses import courses_for
from publicity.matters.meetings import vote_body_of, voting_of
from publicity.matters.models import Matter, MatterEvent, MatterState
from publicity.records.models import State, Version
from village_lists.markers import N_
from village_lists.periods import Period
from village_lists.powers.queries import adoption_of, items_of
from village_lists.rulebook.queries import RuleTable, rules_for

NEEDED_FROM, NEEDED_EFFECT, CASH_MOST = "matter.needed.from", "matter.needed.effect", "cash.closing.most"
NEEDED = "matter_needed"
OPEN = (VisitState.ACTIVE, VisitState.STOPPED)


@dataclass(frozen=True, kw_only=True)
class Remarked:
    """One thing to look at: a marked sentence with its values, at a line (None: the whole); `kind` names what."""

    kind: str
    line: int | None
    words: str
    values: Mapping[str, object]


def ledger_remarks(session: Session, *, version: Version, ledger: Ledger) -> list[Remarked]:
    """Return what is to be looked at in a month of accounts, by line; what concerns the whole comes first."""
    table = _rules(session, version)
    found = [
        *_too_much_cash(version, ledger, table),
        *_without_matter(session, version, ledger, table),
        *_above_contract(session, version, ledger),
        *_out_of_course(session, ledger),
        *_takes_back_nothing(ledger),
    ]
    return sorted(found, key=lambda one: one.line or 0)


def hindering_remarks(session: Session, *, version: Version, ledger: Ledger) -> list[Remarked]:
    """Return the remarks that the rule book makes hindrances: spendings without the matter that they need."""
    table = _rules(session, version)
    effect = table.answer(key=NEEDED_EFFECT, place=version.record.village, on=_last_day(version))
    if effect is None or effect.value != "block":
        return []
    return list(_without_matter(session, version, ledger, table))


def _rules(session: Session, version: Version) -> RuleTable:
    return rules_for(session, keys=[NEEDED_FROM, NEEDED_EFFECT, CASH_MOST], places=[version.record.village])


def _last_day(version: Version) -> date:
    return Period.parse(version.record.period).last_day


def _too_much_cash(version: Version, ledger: Ledger, table: RuleTable) -> Iterator[Remarked]:
    limit = table.answer(key=CASH_MOST, place=version.record.village, on=_last_day(version))
    boxes = [fund.closing_fen for fund in ledger.funds if fund.kind is FundKind.CASH]
    if limit is None or sum(boxes) <= int(limit.value):
        return
    words = N_("月底库存现金 %(cash)s 元，超过规定的 %(limit)s 元")
    values = {"cash": in_yuan(sum(boxes)), "limit": in_yuan(int(limit.value))}
    yield Remarked(kind="cash", line=None, words=words, values=values)


def _without_matter(session: Session, version: Version, ledger: Ledger, table: RuleTable) -> Iterator[Remarked]:
    """Yield the spendings under an item that are large enough to need a matter and name none."""
    village = version.record.village
    wanted = []
    for entry in ledger.entries:
        limit = table.answer(key=NEEDED_FROM, place=village, on=entry.happened_on)
        if entry.item_code and entry.matter_id is None and limit and entry.spending_fen >= int(limit.value):
            wanted.append((entry, int(limit.value)))
    if not wanted:
        return
    adoption = adoption_of(session, village=village)
    names = {item.code: item.name for item in items_of(session, version_id=adoption.version_id)} if adoption else {}
    words = N_("第 %(line)d 笔 %(amount)s 元用了「%(item)s」，达到 %(limit)s 元要写明是哪一件事，现在没有")
    for entry, least in wanted:
        item = names.get(entry.item_code, entry.item_code)
        values = {"line": entry.line, "amount": in_yuan(entry.spending_fen), "item": item, "limit": in_yuan(least)}
        yield Remarked(kind=NEEDED, line=entry.line, words=words, values=values)


def _above_contract(session: Session, version: Version, ledger: Ledger) -> Iterator[Remarked]:
    """Yield for each contract to pay the line with which more was paid than it says, other months counted in."""
    own: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in ledger.entries:
        if entry.contract_id is not None:
            own[entry.contract_id].append(entry)
    if not own:
        return
    asked = select(Contract).where(Contract.id.in_(own), Contract.side == ContractSide.PAY)
    before = _paid_elsewhere(session, version, own)
    for contract in session.scalars(asked.options(selectinload(Contract.editions))):
        edition = edition_on(contract.editions, _last_day(version))
        if edition is None or edition.total_fen is None:
            continue
        paid = edition.paid_before_fen + before.get(contract.id, 0)
        over = _first_over(own[contract.id], paid, edition.total_fen)
        if over is None:
            continue
        paid += sum(entry.spending_fen - entry.income_fen for entry in own[contract.id])
        words = N_("第 %(line)d 笔付完，合同「%(contract)s」一共付了 %(paid)s 元，合同总价是 %(total)s 元")
        values = {
            "line": over.line,
            "contract": edition.title,
            "paid": in_yuan(paid),
            "total": in_yuan(edition.total_fen),
        }
        yield Remarked(kind="contract", line=over.line, words=words, values=values)


def _first_over(entries: Sequence[Entry], paid_fen: int, total_fen: int) -> Entry | None:
    """Return the last payment of the month where all of them together come to more than the contract, else None."""
    if paid_fen + sum(entry.spending_fen - entry.income_fen for entry in entries) <= total_fen:
        return None
    return next((entry for entry in reversed(entries) if entry.spending_fen > 0), None)


def _paid_elsewhere(session: Session, version: Version, contracts: Iterable[int]) -> dict[int, int]:
    """Return what other records have published on the contracts, in fen by their ids; one statement."""
    rows = session.execute(
        select(Entry.contract_id, func.sum(Entry.spending_fen), func.sum(Entry.income_fen))
        .join(Ledger, Ledger.id == Entry.ledger_id)
        .join(Version, Version.id == Ledger.version_id)
        .where(
            Entry.contract_id.in_(contracts),
            Version.state == State.PUBLISHED,
            Version.record_id != version.record_id,
        )
        .group_by(Entry.contract_id)
    )
    return {number: int(out) - int(into) for number, out, into in rows if number is not None}


def _out_of_course(session: Session, ledger: Ledger) -> Iterator[Remarked]:
    """Yield payments before the matter was opened or decided, and after it was stopped, as its deeds tell it."""
    paid = [entry for entry in ledger.entries if entry.matter_id is not None and entry.spending_fen > 0]
    if not paid:
        return
    asked = select(Matter).where(Matter.id.in_({entry.matter_id for entry in paid}))
    matters = session.scalars(
        asked.options(selectinload(Matter.events).selectinload(MatterEvent.evidence), selectinload(Matter.body))
    ).all()
    courses = courses_for(session, matters=matters, on=max(entry.happened_on for entry in paid))
    known = {matter.id: matter for matter in matters}
    for entry in paid:
        matter = known[entry.matter_id or 0]
        words = _course_words(matter, courses[matter.id], entry.happened_on)
        if words:
            day = matter.closed_on if matter.closed_on and matter.state is MatterState.STOPPED else matter.opened_on
            paid_on = entry.happened_on.isoformat()
            values = {"line": entry.line, "paid": paid_on, "matter": matter.title, "day": day.isoformat()}
            yield Remarked(kind="course", line=entry.line, words=words, values=values)


def _course_words(matter: Matter, course: Course, on: date) -> str:
    """Return what is certain about a payment on a day that the course does not provide for, "" for nothing."""
    if on < matter.opened_on:
        return N_("第 %(line)d 笔是 %(paid)s 付的，「%(matter)s」到 %(day)s 才登记开始")
    if matter.state is MatterState.STOPPED and matter.closed_on is not None and on > matter.closed_on:
        return N_("第 %(line)d 笔是 %(paid)s 付的，「%(matter)s」已经在 %(day)s 停办")
    # Who had to carry a step is asked of the step as it was: the matter may have moved to a later procedure since.
    ended = [
        visit.done_on
        for visit in course.visits
        if visit.state not in OPEN and vote_body_of(visit.node, matter.body.kind) is not None
    ]
    if voting_of(course.plan, matter.body.kind) and not any(day is not None and day <= on for day in ended):
        return N_("第 %(line)d 笔是 %(paid)s 付的，按登记的经过，到那天「%(matter)s」还没有开会决定过")
    return ""


def _takes_back_nothing(ledger: Ledger) -> Iterator[Remarked]:
    words = N_("第 %(line)d 笔 %(amount)s 元是冲回，没有写明冲的是哪个月的哪一笔")
    for entry in ledger.entries:
        fen = entry.income_fen or entry.spending_fen
        if fen < 0 and not entry.reverses:
            values = {"line": entry.line, "amount": in_yuan(fen)}
            yield Remarked(kind="reversal", line=entry.line, words=words, values=values)
