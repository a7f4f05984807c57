"""Questions about review: in which order, who waits for whom, what would stop it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from publicity.ledgers.models import Ledger
from publicity.ledgers.problems import Problem, in_yuan
from publicity.ledgers.queries import (
    closing_before,
    ledger_of,
    opening_after,
    published_periods,
    starting_balance,
    unfinished_ledger,
)
from publicity.ledgers.rules import EntryFacts, LedgerFacts, gate
from publicity.privacy.guard import exposures
from publicity.records.models import Deed, Record, Version
from publicity.workflow.rules import review_order
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind
from village_lists.people.rules import holds_on
from village_lists.periods import Period
from village_lists.places.models import Place
from village_lists.rulebook.queries import rule


@dataclass(frozen=True, kw_only=True)
class Office:
    """The office in which a person acts in a village."""

    post: PostKind
    is_substitute: bool


@dataclass(frozen=True, kw_only=True)
class GateProblem:
    """A reason why a version may not be posted: a marked sentence with its values; `line` None: the whole."""

    line: int | None
    words: str
    values: dict[str, object]


def order_for(session: Session, *, record: Record, on: date) -> tuple[Deed, ...]:
    """Return the order of review that holds for the record on the day."""
    answer = rule(session, key=record.category.review_rule, place=record.village, on=on)
    return review_order(answer.value)


def offices(person: Person, *, village: Place, on: date) -> list[Office]:
    """Return the offices that a person holds in the village on the day."""
    return [
        Office(post=post.kind, is_substitute=post.is_substitute)
        for post in person.posts
        if post.place_id == village.id and holds_on(post, on)
    ]


def entered_by(version: Version) -> frozenset[int]:
    """Return the natural persons who entered or submitted the version."""
    entered = {event.by_id for event in version.events if event.deed in {Deed.DRAFT, Deed.SUBMIT}}
    return frozenset(entered | {version.made_by_id})


def gate_problems(session: Session, *, version: Version, for_publication: bool = False) -> list[GateProblem]:
    """Return everything that keeps the accounts from being posted: sums, carry-over, vouchers, dates, privacy.

    For publication the month before must stand published; for submission a draft of it is enough to compare with.
    """
    ledger = ledger_of(session, version=version)
    if ledger is None:
        return [GateProblem(line=None, words=N_("这份记录里还没有账目"), values={})]
    period = Period.parse(version.record.period)
    before = _closing_before(session, version=version, period=period, strict=for_publication)
    facts = _facts(ledger, period)
    found = gate(facts, previous_closing_fen=facts.opening_fen if before is None else before, starting_fen=None)
    problems = [GateProblem(line=_line(problem), words=problem.words, values=dict(problem.values)) for problem in found]
    if before is None:
        problems.append(_nothing_before(session, version=version, period=period))
    problems += _carried_on(session, version=version, ledger=ledger, period=period)
    return problems + _exposed(ledger, reason=version.reason, on=version.made_at.date())


def _line(problem: Problem) -> int | None:
    row = problem.values.get("row")
    return row if isinstance(row, int) else None


def _facts(ledger: Ledger, period: Period) -> LedgerFacts:
    return LedgerFacts(
        str(period),
        ledger.opening_fen,
        ledger.closing_fen,
        [
            EntryFacts(
                entry.line, entry.happened_on, entry.voucher, entry.summary, entry.income_fen, entry.spending_fen
            )
            for entry in ledger.entries
        ],
    )


def _closing_before(session: Session, *, version: Version, period: Period, strict: bool) -> int | None:
    """Return what the month must open with (fen), or None where nothing says so."""
    body = version.record.body
    before = closing_before(session, body=body, period=period)
    if before is not None:
        return before
    start = starting_balance(session, body=body)
    if start is not None and start.period == str(period):
        return start.amount_fen
    if strict:
        return None
    draft = unfinished_ledger(session, body=body, period=period.previous)
    return draft.closing_fen if draft else None


def _carried_on(session: Session, *, version: Version, ledger: Ledger, period: Period) -> list[GateProblem]:
    after = opening_after(session, body=version.record.body, period=period)
    if after is None or after == ledger.closing_fen:
        return []
    words = N_("下一个月的账目已按 %(after)s 元开头公开，这个月的结余不能变成 %(closing)s 元")
    values: dict[str, object] = {"after": in_yuan(after), "closing": in_yuan(ledger.closing_fen)}
    return [GateProblem(line=None, words=words, values=values)]


def _nothing_before(session: Session, *, version: Version, period: Period) -> GateProblem:
    if published_periods(session, body=version.record.body):
        words = N_("%(month)s的账目还没有公开，请先公开上一个月")
    else:
        words = N_("没有%(month)s的账目，也没有登记起始余额；第一个月请先登记起始余额")
    return GateProblem(line=None, words=words, values={"month": period.previous.words})


def _exposed(ledger: Ledger, *, reason: str, on: date) -> list[GateProblem]:
    """Return what must not be read by everybody: in the lines, and in the reason of a correction."""
    problems = [GateProblem(line=None, words=found.shown_words, values={}) for found in exposures(reason, on=on)]
    for entry in ledger.entries:
        for text in (entry.summary, entry.payee, entry.voucher):
            for exposure in exposures(text, on=on):
                problems.append(GateProblem(line=entry.line, words=exposure.shown_words, values={}))
    return problems
