"""Deeds about duties: a village asks for a later day, its township grants or refuses."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from publicity.duties.extensions import duty_about
from publicity.duties.models import Extension
from publicity.duties.queries import Duty
from publicity.duties.rules import Standing
from publicity.privacy.guard import exposures
from village_lists.days import china_day
from village_lists.errors import NotAllowed, NotFound, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind
from village_lists.people.rules import holds_on
from village_lists.periods import Span
from village_lists.places.models import Body

SHORTEST_REASON = 5
LONGEST_REASON = 500
LATEST_ASKING = timedelta(days=30)
LONGEST_EXTENSION = timedelta(days=60)


def ask_extension(
    session: Session,
    *,
    body: Body,
    code: str,
    span: Span,
    until: date,
    reason: str,
    by: Person,
    now: datetime,
    serial: int = 1,
) -> Extension:
    """Ask for a later day for one duty of a body: `until` is the new last day, the reason is read by everybody.

    By a clerk of the village, before the due day or within 30 days after it, once at a time; `until` lies after the
    day that counts so far and at most 60 days after the day that the rule gives. Raise NotAllowed, NotFound or Refusal.
    """
    on = china_day(now)
    _require_post(by, PostKind.CLERK, body.village_id, on)
    # Two clerks who ask at once come one after the other.
    session.refresh(body, with_for_update={"of": Body})
    duty = duty_about(session, body=body, code=code, span=span, serial=serial, on=on)
    if duty is None:
        raise NotFound(N_("没有这一项要公开的内容"))
    _check_duty(duty, on)
    _check_day(duty, until)
    _check_words(reason, on)
    extension = Extension(
        body_id=body.id,
        category_id=duty.category_id,
        period=str(span),
        serial=serial,
        until=until,
        reason=reason.strip(),
        asked_by_id=by.id,
        asked_at=now,
    )
    session.add(extension)
    session.flush()
    return extension


def _require_post(by: Person, kind: PostKind, place_id: int | None, on: date) -> None:
    if not any(post.kind == kind and post.place_id == place_id and holds_on(post, on) for post in by.posts):
        words = N_("只有本村的报账员可以申请延期") if kind == PostKind.CLERK else N_("只有本乡镇的监督员可以决定延期")
        raise NotAllowed(words)


def _check_duty(duty: Duty, on: date) -> None:
    if duty.due is None:
        raise Refusal(N_("这一项没有公开期限，不用延期"))
    if duty.published_on is not None:
        raise Refusal(N_("这一项已经公开，不用延期"))
    if duty.extension is not None and duty.extension.decided_at is None:
        raise Refusal(N_("已经申请过延期，正在等乡镇决定"))
    if on > duty.due + LATEST_ASKING:
        raise Refusal(N_("过期超过 30 天，不能再申请延期"))


def _check_day(duty: Duty, until: date) -> None:
    if duty.due is None or duty.due_day is None:
        raise Refusal(N_("这一项没有公开期限，不用延期"))
    latest = duty.due_day.day + LONGEST_EXTENSION
    if not duty.due < until <= latest:
        words = N_("延到的日子要在 %(due)s 以后，最晚 %(latest)s（原来的期限以后 60 天）")
        raise Refusal(words, due=duty.due.isoformat(), latest=latest.isoformat())


def _check_words(reason: str, on: date) -> None:
    text = reason.strip()
    if not SHORTEST_REASON <= len(text) <= LONGEST_REASON:
        raise Refusal(N_("理由要写 5 到 500 个字，村民会看到"))
    found = exposures(text, on=on)
    if found:
        raise Refusal(N_("理由会给村民看，里面不能写：%(found)s"), found=found[0].shown_words)


def decide_extension(
    session: Session, *, extension: Extension, is_granted: bool, note: str, by: Person, now: datetime
) -> None:
    """Grant or refuse what a village asked for; by an auditor of its township, once. A refusal says why, to everybody.

    Raise NotAllowed, Stale where it is decided already, Refusal where the note is missing or too private.
    """
    on = china_day(now)
    _require_post(by, PostKind.TOWNSHIP_AUDITOR, extension.body.village.parent_id, on)
    session.refresh(extension, with_for_update={"of": Extension})
    if extension.decided_at is not None:
        raise Stale(N_("这个延期申请已经有人决定过了"))
    if extension.asked_by_id == by.id:
        raise NotAllowed(N_("自己申请的延期，要由别人决定"))
    if not is_granted or note.strip():
        _check_words(note, on)
    extension.is_granted = is_granted
    extension.note = note.strip()
    extension.decided_by_id = by.id
    extension.decided_at = now
    session.flush()


def allowed_days(duty: Duty) -> tuple[date, date] | None:
    """Return the first and the last day to which a duty may be extended, or None where it cannot be."""
    if duty.due is None or duty.due_day is None:
        return None
    return duty.due + timedelta(days=1), duty.due_day.day + LONGEST_EXTENSION


def may_ask(duty: Duty, *, on: date) -> bool:
    """Say whether a later day may be asked for on the day: due, not posted, not asked already, not too long ago."""
    waits = duty.extension is not None and duty.extension.decided_at is None
    is_open = duty.standing in {Standing.MISSING, Standing.UPCOMING, Standing.WAITING, Standing.EXTENDED}
    return is_open and duty.due is not None and not waits and on <= duty.due + LATEST_ASKING
