"""The deeds of review. Every change of state goes through the table; the last review publishes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from publicity.codes.actions import give_code
from publicity.codes.models import TargetKind
from publicity.ledgers.digests import content_digest
from publicity.ledgers.queries import ledger_of
from publicity.records.models import Deed, Event, Remark, State, Version
from publicity.records.queries import lock_version, published_version
from publicity.workflow.queries import GateProblem, Office, entered_by, gate_problems, offices, order_for
from publicity.workflow.rules import STATE_AFTER, may_do, review_due, transitions
from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind
from village_lists.rulebook.queries import rule

SUPERVISION = frozenset({PostKind.SUPERVISION_HEAD, PostKind.SUPERVISION_MEMBER})


class DoesNotPass(Refusal):
    """The gate is shut; `problems` lists every reason."""

    def __init__(self, problems: list[GateProblem]) -> None:
        """Keep the problems; the sentence counts them."""
        super().__init__(N_("账目还不能公开，有 %(count)d 处要改"), count=len(problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the person had on the screen when deciding: the revision number of the version."""

    revision: int


def submit(session: Session, *, version: Version, by: Person, now: datetime, seen: Seen) -> None:
    """Send a draft to review; raise DoesNotPass with every problem where the accounts do not stand up."""
    lock_version(session, version=version)
    office = _office(version, by, Deed.SUBMIT, now)
    _still(version, seen)
    problems = gate_problems(session, version=version)
    if problems:
        raise DoesNotPass(problems)
    _answer_first(version)
    version.digest = _digest(session, version)
    version.submitted_at = now
    _move(session, version, Deed.SUBMIT, by=by, office=office, now=now)


def approve(session: Session, *, version: Version, by: Person, now: datetime, seen: Seen) -> None:
    """The head of the supervision committee agrees to the posting."""
    _review(session, version, Deed.APPROVE, by=by, now=now, seen=seen)


def confirm(session: Session, *, version: Version, by: Person, now: datetime, seen: Seen) -> None:
    """The secretary (or the director as his substitute) signs it off in the village's name."""
    _review(session, version, Deed.CONFIRM, by=by, now=now, seen=seen)


def send_back(
    session: Session, *, version: Version, by: Person, now: datetime, seen: Seen, note: str, remarks: Mapping[int, str]
) -> None:
    """Return a version to its clerk with remarks on lines; earlier approvals are void.

    `remarks` maps line numbers to words. Raise Refusal where nothing says what is to be mended.
    """
    lock_version(session, version=version)
    order = order_for(session, record=version.record, on=_day(now))
    due = review_due(version.state, order)
    if due is None:
        raise NotAllowed(N_("这份账目现在不在审核中"))
    office = _office(version, by, due, now)
    _still(version, seen)
    said = {line: words.strip() for line, words in remarks.items() if words.strip()}
    if not note.strip() and not said:
        raise Refusal(N_("退回要说明原因：请在有疑问的那一笔下面写一句，或写总的意见"))
    for line, words in said.items():
        add_remark(session, version=version, by=by, now=now, line=line, words=words)
    for event in version.events:
        if event.deed in STATE_AFTER:
            event.is_void = True
    _move(session, version, Deed.RETURN, by=by, office=office, now=now, note=note.strip())


def add_remark(
    session: Session, *, version: Version, by: Person, now: datetime, line: int | None, words: str
) -> Remark:
    """A member of the supervision committee (or who reviews) remarks on a line, or on the whole (line None)."""
    lock_version(session, version=version)
    if version.state not in {State.SUBMITTED, State.APPROVED, State.CONFIRMED}:
        raise NotAllowed(N_("这份账目现在不在审核中"))
    held = offices(by, village=version.record.village, on=_day(now))
    if not any(office.post in SUPERVISION or may_do_any(office) for office in held):
        raise NotAllowed(N_("只有村务监督委员会成员和审核人可以提意见"))
    if not words.strip():
        raise Refusal(N_("意见不能是空的"))
    ledger = ledger_of(session, version=version)
    if line is not None and (ledger is None or line not in {entry.line for entry in ledger.entries}):
        raise Refusal(N_("没有第 %(line)s 笔"), line=line)
    remark = Remark(version_id=version.id, line=line, by_id=by.id, name=by.name, at=now, words=words.strip()[:500])
    session.add(remark)
    session.flush()
    session.expire(version, ["remarks"])
    return remark


def add_remarks(
    session: Session, *, version: Version, by: Person, now: datetime, seen: Seen, remarks: Mapping[int, str]
) -> None:
    """Remark on several lines at once; `remarks` maps line numbers to words, empty ones are passed over."""
    _still(version, seen)
    said = {line: words for line, words in remarks.items() if words.strip()}
    if not said:
        raise Refusal(N_("还没有写意见"))
    for line, words in said.items():
        add_remark(session, version=version, by=by, now=now, line=line, words=words)


def may_do_any(office: Office) -> bool:
    """Say whether the office carries a review."""
    return any(may_do(deed, post=office.post, is_substitute=office.is_substitute) for deed in STATE_AFTER)


def answer_remark(
    session: Session, *, version: Version, number: int, by: Person, now: datetime, seen: Seen, words: str
) -> None:
    """The clerk answers a remark on a returned draft."""
    del seen  # an answer does not rest on the figures
    lock_version(session, version=version)
    _office(version, by, Deed.SUBMIT, now)
    remark = next((remark for remark in version.remarks if remark.id == number), None)
    if remark is None or version.state != State.DRAFT:
        raise NotAllowed(N_("这条意见现在不能答复"))
    if not words.strip():
        raise Refusal(N_("答复不能是空的"))
    remark.answer, remark.answered_by, remark.answered_at = words.strip()[:500], by.name, now
    session.flush()


def _review(session: Session, version: Version, deed: Deed, *, by: Person, now: datetime, seen: Seen) -> None:
    lock_version(session, version=version)
    office = _office(version, by, deed, now)
    if by.id in entered_by(version):
        raise NotAllowed(N_("录入人不能审核自己录入的账目，请由其他人审核"))
    if any(event.by_id == by.id and event.deed in STATE_AFTER and not event.is_void for event in version.events):
        raise NotAllowed(N_("同一个人不能既审核又签发"))
    order = order_for(session, record=version.record, on=_day(now))
    if review_due(version.state, order) != deed:
        raise Stale(N_("这份账目现在不等您这一步，请刷新后再看"))
    _still(version, seen)
    if version.digest != _digest(session, version):
        raise Stale(N_("账目内容在审核中被改过，请退回后重新提交"))
    after = transitions(order)[version.state, deed]
    if after == State.PUBLISHED:
        problems = gate_problems(session, version=version, for_publication=True)
        if problems:
            raise DoesNotPass(problems)
        _publish(session, version, deed, by=by, office=office, now=now)
    else:
        _move(session, version, deed, by=by, office=office, now=now)


def _publish(session: Session, version: Version, deed: Deed, *, by: Person, office: Office, now: datetime) -> None:
    """Set what only publication sets: dates, code; the version before it stays readable as corrected."""
    record = version.record
    before = published_version(record)
    if before is not None:
        before.state = transitions(order_for(session, record=record, on=_day(now)))[before.state, Deed.SUPERSEDE]
        session.flush()
    on = _day(now)
    days = int(rule(session, key=record.category.display_rule, place=record.village, on=on).value)
    version.published_at = now
    version.display_from, version.display_to = on, on + timedelta(days=days)
    give_code(session, village=record.village, kind=TargetKind.RECORD, target=str(record.number), now=now)
    _move(session, version, deed, by=by, office=office, now=now)


def _move(
    session: Session, version: Version, deed: Deed, *, by: Person, office: Office, now: datetime, note: str = ""
) -> None:
    """Take one move of the table and write down who took it, in which office, over which content."""
    order = order_for(session, record=version.record, on=_day(now))
    after = transitions(order).get((version.state, deed))
    if after is None:
        raise Stale(N_("这份账目刚被别人处理过，请刷新后再看"))
    session.add(
        Event(
            version_id=version.id,
            deed=deed,
            by_id=by.id,
            post=office.post,
            name=by.name,
            at=now,
            digest=version.digest,
            note=note,
            acts_as_substitute=office.is_substitute,
        )
    )
    session.flush()
    version.revision += 1
    version.state = after
    session.flush()
    session.expire(version, ["events"])


def _office(version: Version, by: Person, deed: Deed, now: datetime) -> Office:
    for office in offices(by, village=version.record.village, on=_day(now)):
        if may_do(deed, post=office.post, is_substitute=office.is_substitute):
            return office
    raise NotAllowed(N_("这一步不在您的职责范围内"))


def _still(version: Version, seen: Seen) -> None:
    if version.revision != seen.revision:
        raise Stale(N_("您看的时候这份账目被改过，请刷新后再决定"))


def _answer_first(version: Version) -> None:
    open_remarks = [remark for remark in version.remarks if not remark.answer]
    if open_remarks:
        raise Refusal(N_("还有 %(count)d 条意见没有答复，请逐条答复后再提交"), count=len(open_remarks))


def _digest(session: Session, version: Version) -> str:
    ledger = ledger_of(session, version=version)
    if ledger is None:
        raise Refusal(N_("这份记录里还没有账目"))
    return content_digest(ledger, body_id=version.record.body_id, period=version.record.period)


def _day(now: datetime) -> date:
    return china_day(now)
