"""A version as one person may treat it: its lines, what stops it, the step that this person may take."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from publicity.ledgers.models import Entry, Ledger
from publicity.ledgers.queries import ledger_of, suggestions
from publicity.records.models import Deed, Record, Remark, State, Version
from publicity.workflow.queries import GateProblem, Office, entered_by, gate_problems, offices, order_for
from publicity.workflow.rules import IN_REVIEW, may_do, review_due
from village_lists.people.models import Person, PostKind
from village_lists.powers.queries import ItemLine, adoption_of, items_of

SUPERVISION = frozenset({PostKind.SUPERVISION_HEAD, PostKind.SUPERVISION_MEMBER})


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of accounts on the desk, with its item, what is suggested, its remarks and what stops it."""

    entry: Entry
    item_code: str
    suggested: str
    remarks: tuple[Remark, ...]
    problems: tuple[GateProblem, ...]


@dataclass(frozen=True, kw_only=True)
class VersionPage:
    """A version as one person may treat it; `deed` is the step that this person may take now."""

    version: Version
    record: Record
    ledger: Ledger | None
    lines: tuple[Line, ...]
    items: tuple[ItemLine, ...]
    problems: tuple[GateProblem, ...]
    remarks: tuple[Remark, ...]
    income_fen: int
    spending_fen: int
    deed: Deed | None
    waits_for: Deed | None
    may_remark: bool
    is_clerk: bool
    tied: int


def version_page(session: Session, *, version: Version, person: Person, on: date) -> VersionPage:
    """Return everything that the page of a version shows to this person."""
    record = version.record
    ledger = ledger_of(session, version=version)
    entries = list(ledger.entries) if ledger else []
    problems = gate_problems(session, version=version) if version.state == State.DRAFT else []
    draft = version.state == State.DRAFT
    remembered = suggestions(session, village=record.village, entries=entries) if draft else {}
    adoption = adoption_of(session, village=record.village)
    held = offices(person, village=record.village, on=on)
    due = review_due(version.state, order_for(session, record=record, on=on))
    is_clerk = any(office.post == PostKind.CLERK for office in held)
    return VersionPage(
        version=version,
        record=record,
        ledger=ledger,
        lines=tuple(_line(entry, version, problems, remembered) for entry in entries),
        items=tuple(items_of(session, version_id=adoption.version_id)) if adoption else (),
        problems=tuple(problem for problem in problems if problem.line is None),
        remarks=tuple(remark for remark in version.remarks if remark.line is None),
        income_fen=sum(entry.income_fen for entry in entries),
        spending_fen=sum(entry.spending_fen for entry in entries),
        deed=_deed(version, person, held, due, is_clerk),
        waits_for=due,
        may_remark=version.state in IN_REVIEW and any(office.post in SUPERVISION for office in held),
        is_clerk=is_clerk,
        tied=sum(1 for entry in entries if entry.item_code),
    )


def _line(entry: Entry, version: Version, problems: list[GateProblem], remembered: dict[int, str]) -> Line:
    return Line(
        entry=entry,
        item_code=entry.item_code,
        suggested="" if entry.item_code else remembered.get(entry.line, ""),
        remarks=tuple(remark for remark in version.remarks if remark.line == entry.line),
        problems=tuple(problem for problem in problems if problem.line == entry.line),
    )


def _deed(version: Version, person: Person, held: list[Office], due: Deed | None, is_clerk: bool) -> Deed | None:
    if version.state == State.DRAFT:
        return Deed.SUBMIT if is_clerk else None
    if due is None or person.id in entered_by(version):
        return None
    mine = any(may_do(due, post=office.post, is_substitute=office.is_substitute) for office in held)
    return due if mine else None
