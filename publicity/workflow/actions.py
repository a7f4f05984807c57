"""The deeds of review. Every change of state goes through the table; the last review publishes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from publicity.postings.actions import freeze_officials
from publicity.records.models import Deed, Event, Remark, State, Version
from publicity.records.queries import lock_version
from publicity.workflow.contents import content_of_version, version_content_digest
from publicity.workflow.gates import GateProblem, gate_problems
from publicity.workflow.publication import make_room, tell_the_public
from publicity.workflow.queries import (
    Office,
    entered_by,
    office_for,
    offices,
    order_at_submission,
    order_of,
    overrides_of,
    reviewed_by,
)
from publicity.workflow.rules import IN_REVIEW, REVIEWS, Step, review_due, transitions, written
from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind

SUPERVISION = frozenset({PostKind.SUPERVISION_HEAD, PostKind.SUPERVISION_MEMBER})
LONGEST_REMARK = 500


class DoesNotPass(Refusal):
    """The gate is shut; `problems` lists every reason."""

    def __init__(self, problems: list[GateProblem]) -> None:
        """Keep the problems; the sentence counts them."""
        super().__init__(N_("还不能公开，有 %(count)d 处要改"), count=len(problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the person had on the screen when deciding: the revision number of the version."""

    revision: int


def submit(session: Session, *, version: Version, by: Person, now: datetime, seen: Seen) -> None:
    """Send a draft to review, in the order that the rule book gives now; that order stays until it returns.

    Raise DoesNotPass with every problem where the content does not stand up.
    """
    lock_version(session, version=version)
    office = office_of(version, by, (Step.SUBMIT,), now)
    still(version, seen)
    if version.state != State.DRAFT:
        raise Stale(N_("这份记录刚被别人处理过，请刷新后再看"))
    content = content_of_version(session, version=version)
    problems = gate_problems(session, version=version, content=content)
    if problems:
        raise DoesNotPass(problems)
    _answer_first(version)
    freeze_officials(session, version=version)
    order = order_at_submission(session, version=version, on=china_day(now))
    version.review = written(order)
    version.digest = version_content_digest(session, version, content)
    version.submitted_at = now
    _move(session, version, Deed.SUBMIT, order, by=by, office=office, now=now)


def approve(session: Session, *, version: Version, by: Person, now: datetime, seen: Seen) -> None:
    """The head of the supervision committee (for party affairs the organiser) agrees to the posting."""
    _review(session, version, Deed.APPROVE, by=by, now=now, seen=seen)


def confirm(session: Session, *, version: Version, by: Person, now: datetime, seen: Seen) -> None:
    """The secretary (or the director as his substitute) signs it off in the village's name."""
    _review(session, version, Deed.CONFIRM, by=by, now=now, seen=seen)


def endorse(session: Session, *, version: Version, by: Person, now: datetime, seen: Seen) -> None:
    """The township's auditor endorses it, where the order of review asks for that."""
    _review(session, version, Deed.ENDORSE, by=by, now=now, seen=seen)


def send_back(
    session: Session, *, version: Version, by: Person, now: datetime, seen: Seen, note: str, remarks: Mapping[int, str]
) -> None:
    """Return a version to its clerk with remarks on lines; earlier approvals are void.

    `remarks` maps line numbers to words. Raise Refusal where nothing says what is to be mended.
    """
    lock_version(session, version=version)
    if version.state not in IN_REVIEW:
        raise NotAllowed(N_("这份记录现在不在审核中"))
    order = order_of(session, version=version, on=china_day(now))
    due = review_due(version.state, order)
    office = office_of(version, by, (due,) if due else order, now)
    still(version, seen)
    said = {line: words for line, words in remarks.items() if words.strip()}
    if not note.strip() and not said:
        raise Refusal(N_("退回要说明原因：请在有疑问的那一笔下面写一句，或写总的意见"))
    for line, words in said.items():
        add_remark(session, version=version, by=by, now=now, line=line, words=words)
    _give_back(session, version, order, by=by, office=office, now=now, note=note.strip())


def take_back(session: Session, *, version: Version, by: Person, now: datetime, seen: Seen, note: str = "") -> None:
    """The clerk takes back what was submitted, as long as nobody reviewed it; it is a draft again."""
    lock_version(session, version=version)
    office = office_of(version, by, (Step.SUBMIT,), now)
    still(version, seen)
    if version.state != State.SUBMITTED:
        raise Refusal(N_("已经有人审核或已经退回，不能再撤回；要改请审核人退回"))
    order = order_of(session, version=version, on=china_day(now))
    _give_back(session, version, order, by=by, office=office, now=now, note=note.strip() or "报账员撤回")


def add_remark(
    session: Session, *, version: Version, by: Person, now: datetime, line: int | None, words: str
) -> Remark:
    """A member of the supervision committee (or who reviews) remarks on a line, or on the whole (line None)."""
    lock_version(session, version=version)
    if version.state not in IN_REVIEW:
        raise NotAllowed(N_("这份记录现在不在审核中"))
    held = offices(by, village=version.record.village, on=china_day(now))
    order = order_of(session, version=version, on=china_day(now))
    if not any(office.post in SUPERVISION for office in held) and office_for(held, steps=order) is None:
        raise NotAllowed(N_("只有村务监督委员会成员和审核人可以提意见"))
    if not words.strip():
        raise Refusal(N_("意见不能是空的"))
    if line is not None and line not in content_of_version(session, version=version).lines:
        raise Refusal(N_("没有第 %(line)s 笔"), line=line)
    said = words.strip()[:LONGEST_REMARK]
    remark = Remark(version_id=version.id, line=line, by_id=by.id, name=by.name, at=now, words=said)
    session.add(remark)
    session.flush()
    session.expire(version, ["remarks"])
    return remark


def add_remarks(
    session: Session,
    *,
    version: Version,
    by: Person,
    now: datetime,
    seen: Seen,
    remarks: Mapping[int, str],
    note: str = "",
) -> None:
    """Remark on several lines and on the whole at once; `remarks` maps line numbers to words, empty ones pass over."""
    still(version, seen)
    said: dict[int | None, str] = {line: words for line, words in remarks.items() if words.strip()}
    if note.strip():
        said[None] = note
    if not said:
        raise Refusal(N_("还没有写意见"))
    for line, words in said.items():
        add_remark(session, version=version, by=by, now=now, line=line, words=words)


def answer_remark(
    session: Session, *, version: Version, number: int, by: Person, now: datetime, seen: Seen, words: str
) -> None:
    """The clerk answers a remark on a returned draft."""
    del seen  # an answer does not rest on the figures
    lock_version(session, version=version)
    office_of(version, by, (Step.SUBMIT,), now)
    remark = next((remark for remark in version.remarks if remark.id == number), None)
    if remark is None or version.state != State.DRAFT:
        raise NotAllowed(N_("这条意见现在不能答复"))
    if not words.strip():
        raise Refusal(N_("答复不能是空的"))
    remark.answer, remark.answered_by, remark.answered_at = words.strip()[:LONGEST_REMARK], by.name, now
    session.flush()


def _review(session: Session, version: Version, deed: Deed, *, by: Person, now: datetime, seen: Seen) -> None:
    lock_version(session, version=version)
    order = order_of(session, version=version, on=china_day(now))
    due = review_due(version.state, order) if version.state in IN_REVIEW else None
    steps = tuple(step for step in order if step.deed is deed)
    office = office_of(version, by, steps, now)
    if by.id in entered_by(version):
        raise NotAllowed(N_("录入人不能审核自己录入的内容，请由其他人审核"))
    if by.id in {override.asked_by_id for override in overrides_of(session, version=version)}:
        raise NotAllowed(N_("申请过放行的人不能审核这一份，请由其他人审核"))
    if by.id in reviewed_by(version):
        raise NotAllowed(N_("同一个人不能既审核又签发"))
    if due not in steps:
        raise Stale(N_("这份记录现在不等您这一步，请刷新后再看"))
    still(version, seen)
    # Read once, under the lock: whatever asks for its rows until the end of the deed finds them in the session.
    content = content_of_version(session, version=version)
    if version.digest != version_content_digest(session, version, content):
        raise Stale(N_("内容在审核中被改过，请退回后重新提交"))
    if transitions(order)[version.state, deed] is not State.PUBLISHED:
        _move(session, version, deed, order, by=by, office=office, now=now)
        return
    problems = gate_problems(session, version=version, for_publication=True, content=content)
    if problems:
        raise DoesNotPass(problems)
    make_room(session, version=version, now=now)
    _move(session, version, deed, order, by=by, office=office, now=now)
    tell_the_public(session, version=version, now=now)


def _give_back(
    session: Session,
    version: Version,
    order: Sequence[Step],
    *,
    by: Person,
    office: Office,
    now: datetime,
    note: str,
) -> None:
    for event in version.events:
        if event.deed in REVIEWS:
            event.is_void = True
    _move(session, version, Deed.RETURN, order, by=by, office=office, now=now, note=note)
    version.review = ""
    session.flush()


def _move(
    session: Session,
    version: Version,
    deed: Deed,
    order: Sequence[Step],
    *,
    by: Person,
    office: Office,
    now: datetime,
    note: str = "",
) -> None:
    """Take one move of the table and write down who took it, in which office, over which content."""
    after = transitions(order).get((version.state, deed))
    if after is None:
        raise Stale(N_("这份记录刚被别人处理过，请刷新后再看"))
    write_deed(session, version=version, deed=deed, by=by, office=office, now=now, note=note)
    version.revision += 1
    version.state = after
    session.flush()
    session.expire(version, ["events"])


def write_deed(
    session: Session, *, version: Version, deed: Deed, by: Person, office: Office, now: datetime, note: str = ""
) -> None:
    """Write down a deed with name and office as they are now, over the content as it was submitted."""
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
            is_acting=office.is_acting,
        )
    )
    session.flush()


def office_of(version: Version, by: Person, steps: Sequence[Step], now: datetime) -> Office:
    """Return the office in which the person takes one of the steps; raise NotAllowed where there is none."""
    held = offices(by, village=version.record.village, on=china_day(now))
    office = office_for(held, steps=steps)
    if office is None:
        raise NotAllowed(N_("这一步不在您的职责范围内"))
    return office


def still(version: Version, seen: Seen) -> None:
    """Raise Stale where the version moved on since the person looked."""
    if version.revision != seen.revision:
        raise Stale(N_("您看的时候这份记录被改过，请刷新后再决定"))


def _answer_first(version: Version) -> None:
    open_remarks = [remark for remark in version.remarks if not remark.answer]
    if open_remarks:
        raise Refusal(N_("还有 %(count)d 条意见没有答复，请逐条答复后再提交"), count=len(open_remarks))
