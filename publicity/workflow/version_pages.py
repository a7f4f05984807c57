"""A version as one person may treat it: what it says, what stops it, the step that this person may take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from publicity.attachments.models import Attachment
from publicity.attachments.queries import attachments_of
from publicity.categories.contents import Audience, CategoryContent
from publicity.holdings.queries import ContractView, HoldingView
from publicity.ledgers.carrying import LaterMonth
from publicity.ledgers.models import Entry, Ledger
from publicity.ledgers.queries import Suggested, suggestions
from publicity.matters.models import Matter
from publicity.postings.models import Posting
from publicity.postings.tables import PublicTable
from publicity.postings.views import table_for
from publicity.records.models import Deed, Record, Remark, State, Version
from publicity.workflow.contents import Content, content_of_version
from publicity.workflow.gates import GateProblem, gate_problems, gate_remarks
from publicity.workflow.line_choices import LineChoices, line_choices
from publicity.workflow.models import Filing, Override, Withdrawal
from publicity.workflow.pages import holders_of, post_words
from publicity.workflow.queries import (
    Office,
    entered_by,
    filing_of,
    my_step,
    offices,
    open_withdrawal,
    overrides_of,
    step_due,
)
from publicity.workflow.rules import IN_REVIEW, Step
from publicity.workflow.together import carrying_of
from publicity.workflow.withdrawals import ASKING, may_decide
from village_lists.people.models import Person, PostKind
from village_lists.powers.queries import ItemLine, adoption_of, items_of

SUPERVISION = frozenset({PostKind.SUPERVISION_HEAD, PostKind.SUPERVISION_MEMBER})
OVERRIDING = frozenset({PostKind.SUPERVISION_HEAD, PostKind.SECRETARY})


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of accounts on the desk, with what it was for, what is suggested, its remarks and what stops it.

    `suggested` is an item; `suggested_matter` and `suggested_contract` are public numbers, None for none. `matters`
    and `contracts` are what may be chosen, the likely first. `cautions` are told and stop nothing.
    """

    entry: Entry
    item_code: str
    suggested: str
    suggested_matter: int | None
    suggested_contract: int | None
    matter: Matter | None
    contract: ContractView | None
    debt: HoldingView | None
    matters: tuple[Matter, ...]
    contracts: tuple[ContractView, ...]
    remarks: tuple[Remark, ...]
    problems: tuple[GateProblem, ...]
    cautions: tuple[GateProblem, ...]

    @property
    def is_suggested(self) -> bool:
        """Say whether a matter or a contract is suggested."""
        return self.suggested_matter is not None or self.suggested_contract is not None


@dataclass(frozen=True, kw_only=True)
class Possible:
    """What this person may do now, beside the step that is due."""

    remark: bool
    take_back: bool
    ask_override: bool
    agree_override: bool
    ask_withdrawal: bool
    decide_withdrawal: bool
    receive_filing: bool


@dataclass(frozen=True, kw_only=True)
class VersionPage:
    """A version as one person may treat it; `deed` is the step that this person may take now.

    A ledger has `lines`, a posting has `table` (the officials' view, everything in it) and `content`. `problems` are
    all that stops a draft, those of the lines of a ledger apart (they stand at the lines). `waits_posts` are marked
    words, `holders` (marked post, name); both empty where nothing waits, `holders` also where the post is vacant.
    `withdrawal` is the one that waits for a second person. `cautions` are what reviewers should look at in the whole,
    those of lines stand at the lines; `choices` is what a line may be tied to. `carrying`: the later published months
    that a correction of accounts moves.
    """

    version: Version
    record: Record
    ledger: Ledger | None
    posting: Posting | None
    table: PublicTable | None
    content: CategoryContent | None
    lines: tuple[Line, ...]
    items: tuple[ItemLine, ...]
    choices: LineChoices
    problems: tuple[GateProblem, ...]
    cautions: tuple[GateProblem, ...]
    remarks: tuple[Remark, ...]
    line_remarks: dict[int, tuple[Remark, ...]]
    overrides: tuple[Override, ...]
    withdrawal: Withdrawal | None
    filing: Filing | None
    attachments: tuple[Attachment, ...]
    income_fen: int
    spending_fen: int
    deed: Deed | None
    waits_for: Deed | None
    waits_posts: tuple[str, ...]
    holders: tuple[tuple[str, str], ...]
    may: Possible
    is_clerk: bool
    tied: int
    carrying: tuple[LaterMonth, ...]

    @property
    def may_remark(self) -> bool:
        """Say whether this person may remark."""
        return self.may.remark


def version_page(session: Session, *, version: Version, person: Person, on: date) -> VersionPage:
    """Return everything that the page of a version shows to this person."""
    record, content = version.record, content_of_version(session, version=version)
    problems = gate_problems(session, version=version) if version.state == State.DRAFT else []
    held = offices(person, village=record.village, on=on)
    due = Step.SUBMIT if version.state == State.DRAFT else step_due(session, version=version, on=on)
    cautions = gate_remarks(session, version=version) if version.state in (State.DRAFT, *IN_REVIEW) else []
    choices = _choices(session, version, content, on)
    lines = _lines(session, version, content, problems, cautions, choices)
    entries = content.ledger.entries if content.ledger else []
    adoption = adoption_of(session, village=record.village) if content.ledger else None
    filing = filing_of(session, version=version)
    withdrawal = open_withdrawal(session, version=version)
    overrides = tuple(overrides_of(session, version=version))
    is_clerk = any(office.post == PostKind.CLERK for office in held)
    return VersionPage(
        version=version,
        record=record,
        ledger=content.ledger,
        posting=content.posting,
        table=table_for(session, version=version, audience=Audience.NEVER) if content.posting else None,
        content=content.category,
        lines=lines,
        items=tuple(items_of(session, version_id=adoption.version_id)) if adoption else (),
        choices=choices,
        problems=tuple(problem for problem in problems if problem.line is None or content.ledger is None),
        cautions=tuple(caution for caution in cautions if caution.line is None),
        remarks=tuple(remark for remark in version.remarks if remark.line is None),
        line_remarks=_by_line(version),
        overrides=overrides,
        withdrawal=withdrawal,
        filing=filing,
        attachments=tuple(attachments_of(session, version=version)),
        income_fen=sum(entry.income_fen for entry in entries),
        spending_fen=sum(entry.spending_fen for entry in entries),
        deed=_deed(version, person, held, due),
        waits_for=due.deed if due and due is not Step.SUBMIT else None,
        waits_posts=post_words(due),
        holders=holders_of(session, village=record.village, step=due, on=on),
        may=_possible(version, person, held, overrides, withdrawal, filing),
        is_clerk=is_clerk,
        tied=sum(1 for entry in entries if entry.item_code),
        carrying=carrying_of(session, version=version),
    )


def _by_line(version: Version) -> dict[int, tuple[Remark, ...]]:
    lines = sorted({remark.line for remark in version.remarks if remark.line is not None})
    return {line: tuple(remark for remark in version.remarks if remark.line == line) for line in lines}


def _choices(session: Session, version: Version, content: Content, on: date) -> LineChoices:
    if content.ledger is None:
        return LineChoices()
    return line_choices(session, version=version, entries=content.ledger.entries, on=on)


def _lines(
    session: Session,
    version: Version,
    content: Content,
    problems: Sequence[GateProblem],
    cautions: Sequence[GateProblem],
    choices: LineChoices,
) -> tuple[Line, ...]:
    entries = list(content.ledger.entries) if content.ledger else []
    is_draft = version.state == State.DRAFT
    remembered = suggestions(session, village=version.record.village, entries=entries) if is_draft else {}
    found = []
    for entry in entries:
        suggested = remembered.get(entry.line, Suggested())
        item_code = entry.item_code or suggested.item_code
        is_open = entry.matter_id is None and entry.contract_id is None
        found.append(
            Line(
                entry=entry,
                item_code=entry.item_code,
                suggested="" if entry.item_code else suggested.item_code,
                suggested_matter=suggested.matter if is_open else None,
                suggested_contract=suggested.contract if is_open else None,
                matter=choices.matter_of(entry),
                contract=choices.contract_of(entry),
                debt=choices.debt_of(entry),
                matters=choices.matters_for(item_code),
                contracts=choices.contracts_for(entry),
                remarks=tuple(remark for remark in version.remarks if remark.line == entry.line),
                problems=tuple(problem for problem in problems if problem.line == entry.line),
                cautions=tuple(caution for caution in cautions if caution.line == entry.line),
            )
        )
    return tuple(found)


def _deed(version: Version, person: Person, held: Sequence[Office], due: Step | None) -> Deed | None:
    if due is Step.SUBMIT:
        return Deed.SUBMIT if any(office.post is PostKind.CLERK for office in held) else None
    step = my_step(version, person=person, held=held, due=due)
    return step.deed if step else None


def _possible(
    version: Version,
    person: Person,
    held: Sequence[Office],
    overrides: Sequence[Override],
    withdrawal: Withdrawal | None,
    filing: Filing | None,
) -> Possible:
    posts = {office.post for office in held}
    is_draft, is_published = version.state == State.DRAFT, version.state == State.PUBLISHED
    others = [one for one in overrides if one.agreed_by_id is None and one.asked_by_id != person.id]
    decides = any(may_decide(version, office) for office in held)
    return Possible(
        remark=version.state in IN_REVIEW and bool(posts & SUPERVISION),
        take_back=version.state == State.SUBMITTED and PostKind.CLERK in posts,
        ask_override=is_draft and PostKind.CLERK in posts,
        agree_override=is_draft and bool(others and posts & OVERRIDING) and person.id not in entered_by(version),
        ask_withdrawal=is_published and withdrawal is None and bool(posts & ASKING),
        decide_withdrawal=(is_published and withdrawal is not None and decides and withdrawal.asked_by_id != person.id),
        receive_filing=(
            is_published and filing is not None and filing.filed_at is None and PostKind.TOWNSHIP_AUDITOR in posts
        ),
    )
