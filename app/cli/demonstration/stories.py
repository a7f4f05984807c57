"""What happened in the first village besides the ordinary: one of everything that a reviewer may meet."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from app.cli.demonstration.desk import Posted, Staff, at, carry_on, draft, post, seen
from app.cli.demonstration.directory import Timetable, happening_on, postings_of
from app.cli.demonstration.events import Happening, consultation, helpers, resolutions
from app.cli.demonstration.scene import Said
from app.cli.demonstration.vouchers import PHONE_BOX, voucher_photo
from publicity.attachments.actions import attach, confirm_shown, cover
from publicity.duties.actions import ask_extension, decide_extension
from publicity.duties.extensions import duty_about
from publicity.records.models import State, Version
from publicity.workflow.withdrawals import agree_withdrawal, ask_withdrawal
from village_lists.days import china_day
from village_lists.documents.actions import read_document
from village_lists.periods import Cadence, Span
from village_lists.places.models import BodyKind

MISSING = "village.assist"
LATE = "village.seal"
EXTENDED = (("finance.earmarked", BodyKind.COLLECTIVE), ("finance.reception", BodyKind.COMMITTEE))
RETURNED = "village.land-transfer"
CORRECTED, WHY_CORRECTED = "finance.cadre-pay", "报账员的误工补贴少写了一天，按登记簿改正"
WITHDRAWN, WHY_WITHDRAWN = "village.homestead", "有一户的批文还没有办好，先撤下，办好以后重新公开"
WITH_PHOTO = "works.during"
WAITING = (
    (Happening(code="village.helpers", title="护林员续聘", days_ago=2, says=helpers), "submitted"),
    (
        Happening(code="village.resolutions", title="村民代表会议决议（店面续租）", days_ago=4, says=resolutions),
        "approved",
    ),
    (Happening(code="village.consultation", title="老年活动室开放时间", days_ago=1, says=consultation), "draft"),
)
DAY = timedelta(days=1)
DUE_SURELY = timedelta(days=35)
ASKED_WITHIN = timedelta(days=65)
"""After a quarter's end: longer ago no day still to come can be granted."""


def post_all(session: Session, staff: Staff, table: Timetable) -> None:
    """Post everything of a village; the first one has its stories."""
    planned = postings_of(table)
    if not table.scene.is_full:
        for posted in planned:
            post(session, staff, posted, now=table.now)
        return
    made: dict[str, Version] = {}
    told = [_told(table, posted) for posted in planned if not _is_missing(table, posted)]
    for posted in (*told, *_waiting(table)):
        made[posted.code] = _posted(session, staff, posted, table)
    _withdraw(session, staff, made.get(WITHDRAWN), table)
    _extend(session, staff, table)


def _newest(table: Timetable, posted: Posted) -> bool:
    """Say whether the posting is about the last period of its length that ended so long ago that it was due."""
    due = Span.of(posted.span.cadence, table.today - DUE_SURELY + DAY).previous
    return posted.span == due and posted.span.cadence is not Cadence.EVENT


def _is_missing(table: Timetable, posted: Posted) -> bool:
    extended = (posted.code, posted.body, posted.span) == _extended(table)
    return extended or (posted.code == MISSING and _newest(table, posted))


def _told(table: Timetable, posted: Posted) -> Posted:
    """Return the posting with what befell it."""
    if not _newest(table, posted):
        return posted
    if posted.code == RETURNED:
        return replace(posted, fate="returned")
    if posted.code == LATE:
        late = at(posted.span.last_day + timedelta(days=26), 10, 5)
        return replace(posted, at=min(late, table.now - 3 * DAY))
    return posted


def _waiting(table: Timetable) -> Iterable[Posted]:
    """Yield what waits at the clerk's, the head's and the secretary's desk today."""
    for happening, fate in WAITING:
        day = table.today - timedelta(days=happening.days_ago)
        if day >= table.since:
            posted = happening_on(table, happening, day)
            begun = table.now - timedelta(days=happening.days_ago, hours=2)
            yield replace(posted, at=begun, fate=fate)


def _posted(session: Session, staff: Staff, posted: Posted, table: Timetable) -> Version:
    version = draft(session, staff, posted)
    if posted.code == WITH_PHOTO:
        _add_photo(session, staff, version, posted)
    carry_on(session, staff, posted, version, now=table.now)
    if posted.code == CORRECTED and _newest(table, posted) and version.state == State.PUBLISHED:
        return _correct(session, staff, posted, table)
    return version


def _add_photo(session: Session, staff: Staff, version: Version, posted: Posted) -> None:
    """Attach the voucher of the payment, its telephone number covered."""
    readable = read_document(name="第二期款凭证.jpg", content=voucher_photo())
    by, now = staff.clerk, posted.at + timedelta(minutes=15)
    attachment = attach(
        session, version=version, readable=readable, line=None, caption="第二期工程款的支出凭证", by=by, now=now
    )
    cover(session, attachment=attachment, boxes=[PHONE_BOX], by=by, now=now)
    seen = attachment.shown_digest
    confirm_shown(session, attachment=attachment, seen=seen, by=by, now=now + timedelta(minutes=2))


def _correct(session: Session, staff: Staff, posted: Posted, table: Timetable) -> Version:
    """Publish the pay again with a day more for the clerk; the reason is public."""
    rows = [dict(row) for row in posted.said.rows]
    for row in rows:
        if row["post"] == "报账员":
            row["allowance"], row["total"] = int(row["allowance"] or 0) + 12_000, int(row["total"] or 0) + 12_000
    said = Said(rows=tuple(rows), note=posted.said.note)
    later = min(posted.at + 9 * DAY, table.now - 3 * DAY)
    if later <= posted.at + 3 * DAY:
        later = posted.at + 3 * DAY
    return post(session, staff, replace(posted, said=said, at=later, reason=WHY_CORRECTED), now=table.now)


def _withdraw(session: Session, staff: Staff, version: Version | None, table: Timetable) -> None:
    """Take the newest list of building plots down again, five days after it was published."""
    if version is None or version.state != State.PUBLISHED or version.published_at is None:
        return
    asked = version.published_at + 5 * DAY
    if asked + DAY < table.now:
        by = staff.clerk
        ask_withdrawal(session, version=version, reason=WHY_WITHDRAWN, by=by, now=asked, seen=seen(version))
        agree_withdrawal(session, version=version, by=staff.head, now=asked + DAY, seen=seen(version))


def _extended(table: Timetable) -> tuple[str, BodyKind, Span]:
    """Return which duty gets a later day: one of the last quarter, or where that is too long ago of the last month."""
    quarter, month = (Span.of(cadence, table.today).previous for cadence in (Cadence.QUARTER, Cadence.MONTH))
    is_recent = table.today - quarter.last_day < ASKED_WITHIN
    return (*EXTENDED[0], quarter) if is_recent else (*EXTENDED[1], month)


def _extend(session: Session, staff: Staff, table: Timetable) -> None:
    """Ask for a later day before the old one has passed, and let the township grant it."""
    code, kind, span = _extended(table)
    asked = min(at(span.last_day + timedelta(days=7), 9, 30), table.now - 2 * DAY)
    body = staff.body(kind)
    duty = duty_about(session, body=body, code=code, span=span, serial=1, on=china_day(asked))
    if duty is None or duty.due is None:
        return
    until = max(table.today + timedelta(days=12), duty.due + timedelta(days=5))
    reason = "镇里的拨款单还没有寄到，等对好账再公开"
    extension = ask_extension(
        session, body=body, code=code, span=span, until=until, reason=reason, by=staff.clerk, now=asked
    )
    later = asked + DAY
    decide_extension(session, extension=extension, is_granted=True, note="", by=staff.auditor, now=later)
