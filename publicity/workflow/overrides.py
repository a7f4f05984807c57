"""Overrides of the privacy guard (P7): a clerk asks with a reason, another person in office agrees."""

from datetime import datetime

from sqlalchemy.orm import Session

from publicity.records.models import State, Version
from publicity.records.queries import lock_version
from publicity.workflow.actions import DoesNotPass, Seen, still
from publicity.workflow.contents import content_of_version
from publicity.workflow.gates import exposed, guarded
from publicity.workflow.models import Override
from publicity.workflow.queries import entered_by, offices, overrides_of
from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind

AGREEING = frozenset({PostKind.SUPERVISION_HEAD, PostKind.SECRETARY})


def ask_override(
    session: Session, *, version: Version, place: str, kind: str, reason: str, by: Person, now: datetime, seen: Seen
) -> Override:
    """A clerk asks that what the guard found at a place of a draft may be posted all the same, and says why.

    `place` and `kind` as in GateProblem. It waits for somebody else to agree, and counts for the text as it is now.
    """
    lock_version(session, version=version)
    _only_in_office(version, by, frozenset({PostKind.CLERK}), now)
    _only_a_draft(version)
    still(version, seen)
    found = exposed(session, version=version, content=content_of_version(session, version=version))
    problem = next((one for one in found if one.kind and (one.place, one.kind) == (place, kind)), None)
    if problem is None:
        raise Stale(N_("这里现在没有要放行的内容，请刷新后再看"))
    if any(
        (one.place, one.kind, one.digest) == (place, kind, problem.digest)
        for one in overrides_of(session, version=version)
    ):
        raise Refusal(N_("这一处已经申请过放行，正等另一个人同意"))
    _reason_given(reason, now)
    override = Override(
        version_id=version.id,
        place=place,
        kind=kind,
        digest=problem.digest,
        reason=reason.strip(),
        asked_by_id=by.id,
        asked_at=now,
    )
    session.add(override)
    session.flush()
    return override


def agree_override(
    session: Session, *, version: Version, number: int, by: Person, now: datetime, seen: Seen
) -> Override:
    """The head of supervision or the secretary agrees to the override of that id; never who asked or entered it."""
    lock_version(session, version=version)
    _only_in_office(version, by, AGREEING, now)
    _only_a_draft(version)
    still(version, seen)
    override = next((one for one in overrides_of(session, version=version) if one.id == number), None)
    if override is None or override.agreed_by_id is not None:
        raise Stale(N_("这一处现在不等人同意，请刷新后再看"))
    if by.id == override.asked_by_id or by.id in entered_by(version):
        raise NotAllowed(N_("申请放行的人和录入人不能自己同意，请由其他人决定"))
    override.agreed_by_id, override.agreed_at = by.id, now
    session.flush()
    return override


def _only_in_office(version: Version, by: Person, posts: frozenset[PostKind], now: datetime) -> None:
    held = offices(by, village=version.record.village, on=china_day(now))
    if not any(office.post in posts for office in held):
        raise NotAllowed(N_("这一步不在您的职责范围内"))


def _only_a_draft(version: Version) -> None:
    if version.state != State.DRAFT:
        raise NotAllowed(N_("已经提交审核，退回之后才能申请或同意放行"))


def _reason_given(reason: str, now: datetime) -> None:
    if not reason.strip():
        raise Refusal(N_("请写明为什么可以公开，比如本人书面同意"))
    problems = guarded(reason, on=china_day(now), place="override")
    if problems:
        raise DoesNotPass(problems)
