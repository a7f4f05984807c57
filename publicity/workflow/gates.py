"""The gate: everything that keeps a version from being posted, told with line, column and place."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from publicity.attachments.queries import attachment_problems
from publicity.ledgers.carrying import later_months
from publicity.ledgers.funds import funds_gap
from publicity.ledgers.models import Ledger
from publicity.ledgers.problems import Problem, in_yuan
from publicity.ledgers.queries import (
    closing_before,
    ledger_of,
    published_periods,
    starting_balance,
    unfinished_ledger,
)
from publicity.ledgers.remarks import hindering_remarks, ledger_remarks
from publicity.ledgers.rules import EntryFacts, LedgerFacts, gate
from publicity.postings.rules import posting_problems
from publicity.postings.tables import tells_too_much
from publicity.postings.views import said_of
from publicity.postings.year_ends import year_end_findings
from publicity.privacy.guard import exposures
from publicity.records.models import Version
from publicity.records.queries import was_public
from publicity.workflow.contents import Content, WrittenText, content_of_version, written_texts
from publicity.workflow.queries import overrides_of
from village_lists.days import china_day
from village_lists.markers import N_
from village_lists.periods import Cadence, Period, Span


@dataclass(frozen=True, kw_only=True)
class GateProblem:
    """A reason why a version may not be posted: a marked sentence with its values; `line` None: the whole.

    `column` is the key of the column ("" where none is meant). What the privacy guard found has a `place` in the
    version, a `kind` and the SHA-256 (hex) of the text that was judged: these three name it for an override.
    """

    line: int | None
    words: str
    values: dict[str, object]
    column: str = ""
    place: str = ""
    kind: str = ""
    digest: str = ""


def gate_problems(
    session: Session, *, version: Version, for_publication: bool = False, content: Content | None = None
) -> list[GateProblem]:
    """Return everything that keeps a version from being posted: sums, carry-over, what is missing, privacy, photos.

    For publication the month before must stand published; for submission a draft of it is enough to compare with.
    What two people agreed to override does not hinder (`publicity.workflow.overrides`). `content` is what the version
    says where the caller has just read it; otherwise it is read.
    """
    content = content or content_of_version(session, version=version)
    if content.ledger is not None:
        problems = _ledger_problems(session, version, content.ledger, for_publication=for_publication)
        hindering = hindering_remarks(session, version=version, ledger=content.ledger)
        problems += [GateProblem(line=one.line, words=one.words, values=dict(one.values)) for one in hindering]
    elif content.posting is not None:
        problems = [*_posting_problems(version, content), *_year_end_problems(session, version, content)]
        if tells_too_much(said_of(session, version=version, posting=content.posting)):
            words = N_("标题里有网上要遮住的姓名或号码，标题会出现在目录里：请改一个标题")
            problems.append(GateProblem(line=None, words=words, values={}, place="title"))
    else:
        return [GateProblem(line=None, words=N_("这份记录里还没有内容"), values={})]
    if not version.reason.strip() and was_public(version.record):
        words = N_("这份记录公开过，再公开要写明原因，原因会一起公开")
        problems.append(GateProblem(line=None, words=words, values={}, place="reason"))
    return problems + exposed(session, version=version, content=content)


def gate_remarks(session: Session, *, version: Version) -> list[GateProblem]:
    """Return what the reviewers should look at in a month of accounts; told, not hindering, and never twice.

    Nothing for a posting. What the rule book makes a hindrance is among the problems of the gate and not here.
    """
    ledger = ledger_of(session, version=version)
    if ledger is None:
        return []
    hindering = hindering_remarks(session, version=version, ledger=ledger)
    told = [one for one in ledger_remarks(session, version=version, ledger=ledger) if one not in hindering]
    return [GateProblem(line=one.line, words=one.words, values=dict(one.values)) for one in told]


def exposed(session: Session, *, version: Version, content: Content) -> list[GateProblem]:
    """Return what is wrong with the attachments, and what must not be read by everybody and nobody overrode."""
    found = [*_attached(session, version, content), *_written(version, content)]
    allowed = {
        (override.place, override.kind, override.digest)
        for override in overrides_of(session, version=version)
        if override.agreed_by_id is not None
    }
    return [one for one in found if not one.kind or (one.place, one.kind, one.digest) not in allowed]


def guarded(text: str, *, on: date, place: str) -> list[GateProblem]:
    """Return what must not be read by everybody in one text, such as the reason of a withdrawal."""
    return [
        GateProblem(
            line=None,
            words=found.shown_words,
            values={},
            place=place,
            kind=found.kind.value,
            digest=text_digest(text),
        )
        for found in exposures(text, on=on)
    ]


def text_digest(text: str) -> str:
    """Return the SHA-256 (hex) of a text: an override counts for what was judged alone."""
    return hashlib.sha256(text.encode()).hexdigest()


def _written(version: Version, content: Content) -> Iterator[GateProblem]:
    """Yield what the guard finds, once for each place and kind; a place may look different on web and on paper."""
    on = china_day(version.made_at)
    places: dict[str, list[WrittenText]] = {}
    for written in written_texts(version, content):
        places.setdefault(written.place, []).append(written)
    for place, looks in places.items():
        found = {one.kind: one.shown_words for look in looks for one in exposures(look.text, on=on)}
        for kind, words in found.items():
            yield GateProblem(
                line=looks[0].line,
                words=words,
                values={},
                column=looks[0].column,
                place=place,
                kind=kind.value,
                digest=text_digest("\n".join(look.text for look in looks)),
            )


def _attached(session: Session, version: Version, content: Content) -> Iterator[GateProblem]:
    for problem in attachment_problems(session, version=version, lines=content.lines):
        yield GateProblem(
            line=problem.line,
            words=problem.words,
            values=dict(problem.values),
            place=problem.place,
            kind=problem.kind,
            digest=text_digest(problem.text) if problem.kind else "",
        )


def _posting_problems(version: Version, content: Content) -> list[GateProblem]:
    posting, category = content.posting, content.category
    if posting is None or category is None:
        return []
    found = posting_problems(
        category, posting.head, [row.cells for row in posting.rows], is_nil=posting.is_nil, note=posting.note
    )
    problems = [
        GateProblem(line=one.line, words=one.words, values=dict(one.values), column=one.column) for one in found
    ]
    # A notice of a coming event may hang before its day; a period that has not begun has nothing to tell.
    span = Span.parse(version.record.period)
    if span.cadence is not Cadence.EVENT and span.first_day > china_day(version.made_at):
        words = N_("%(period)s还没有开始，不能公开")
        values: dict[str, object] = {"period": Span.parse(version.record.period).words}
        problems.append(GateProblem(line=None, words=words, values=values))
    return problems


def _year_end_problems(session: Session, version: Version, content: Content) -> list[GateProblem]:
    """Return what hinders a year-end statement; what only differs from the books is told, not hindered."""
    if content.posting is None or content.category is None:
        return []
    found = year_end_findings(session, version=version, posting=content.posting, content=content.category)
    return [
        GateProblem(line=one.line, words=one.words, values=dict(one.values), column=one.column)
        for one in found
        if one.is_hindering
    ]


def _ledger_problems(session: Session, version: Version, ledger: Ledger, *, for_publication: bool) -> list[GateProblem]:
    period = Period.parse(version.record.period)
    before = _closing_before(session, version=version, ledger=ledger, period=period, strict=for_publication)
    facts = _facts(ledger, period)
    found = gate(facts, previous_closing_fen=facts.opening_fen if before is None else before, starting_fen=None)
    problems = [GateProblem(line=_line(problem), words=problem.words, values=dict(problem.values)) for problem in found]
    if before is None:
        problems.append(_nothing_before(session, version=version, period=period))
    problems += _carried_on(session, version=version, ledger=ledger, for_publication=for_publication)
    gap = funds_gap(ledger)
    if gap:
        words = N_("库存现金和银行账户加起来和本月结余差 %(gap)s 元，请核对")
        problems.append(GateProblem(line=None, words=words, values={"gap": in_yuan(gap)}, place="funds"))
    return problems


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


def _closing_before(session: Session, *, version: Version, ledger: Ledger, period: Period, strict: bool) -> int | None:
    """Return what the month must open with (fen), or None where nothing says so.

    While the month before is being corrected, its correction says so too; for publication only what stands published.
    """
    body = version.record.body
    correction = None if strict else unfinished_ledger(session, body=body, period=period.previous)
    if correction is not None and correction.closing_fen == ledger.opening_fen:
        return correction.closing_fen
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


def _carried_on(session: Session, *, version: Version, ledger: Ledger, for_publication: bool) -> Iterator[GateProblem]:
    """Yield which later published months were not redone: before submission made, before publication submitted."""
    for later in later_months(session, version=version, ledger=ledger):
        values: dict[str, object] = {
            "month": later.period.words,
            "opening": in_yuan(later.opening_fen),
            "becomes": in_yuan(later.becomes_fen),
        }
        if not later.is_redone:
            words = N_(
                "%(month)s的账目已按月初 %(opening)s 元公开，要跟着改成 %(becomes)s 元：请先点「一起改后面的月份」"
            )
            yield GateProblem(line=None, words=words, values=values, place="carry")
        elif for_publication and not later.is_submitted:
            words = N_("%(month)s的更正还没有提交审核；后面的月份都提交了，这个月才能公开")
            yield GateProblem(line=None, words=words, values=values, place="carry")


def _nothing_before(session: Session, *, version: Version, period: Period) -> GateProblem:
    if published_periods(session, body=version.record.body):
        words = N_("%(month)s的账目还没有公开，请先公开上一个月")
    else:
        words = N_("没有%(month)s的账目，也没有登记起始余额；第一个月请先登记起始余额")
    return GateProblem(line=None, words=words, values={"month": period.previous.words})
