"""Deeds of a village upon its own version of a list: made from a template, changed within limits, put to a meeting."""

from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from village_lists.days import china_day
from village_lists.editions import actions, store
from village_lists.editions.adaptation import (
    OWN_CHART,
    Carried,
    adaptation_problems,
    carry_over,
    next_code,
    plain_chart,
)
from village_lists.editions.allowances import SLUG, allowed_for, own_versions, template_of, unfinished_version
from village_lists.editions.contents import (
    ItemContent,
    ListContent,
    ProcedureContent,
    ProcedureUse,
    ProhibitionContent,
)
from village_lists.editions.plain import digest_of
from village_lists.editions.queries import writers_of
from village_lists.errors import NotAllowed, NotFound, Refusal
from village_lists.markers import N_
from village_lists.people.models import Person
from village_lists.places.models import Place
from village_lists.places.queries import chain_of
from village_lists.powers.actions import confirm_resolution
from village_lists.powers.models import Adoption, ListVersion, VersionState

TITLE_LENGTH = 120
Record = TypeVar("Record", ItemContent, ProcedureContent, ProhibitionContent)


def begin_adaptation(
    session: Session, *, village: Place, template: ListVersion, by: Person, now: datetime
) -> ListVersion:
    """Return a new draft of the village's own list, made from a published version of its county or township.

    What the village's published own version had changed in an earlier version of the template is carried over. Raise
    Refusal where the rule book allows no change at all, or while another own version is unfinished.
    """
    _must_be_offered(session, village, template)
    allowed = allowed_for(session, village=village, on=_today(now))
    if not allowed.is_anything:
        raise Refusal(N_("规则库没有允许村里改编清单，请直接通过上级的清单"))
    content = store.read_content(session, version=template)
    former = next((one for one in own_versions(session, village=village) if one.state is VersionState.PUBLISHED), None)
    before = template_of(session, version=former) if former and former.template_id else None
    if former is not None and before is not None and before.power_list_id == template.power_list_id:
        old = store.read_content(session, version=before)
        mine = store.read_content(session, version=former)
        content = carry_over(old, mine, content, allowance=allowed.allowance).content
    else:
        content = replace(content, title=f"{village.name}{content.title}"[:TITLE_LENGTH])
    return actions.make_version(session, place=village, slug=SLUG, content=content, by=by, now=now, template=template)


def take_up(session: Session, *, village: Place) -> ListVersion | None:
    """Return the village's unfinished version, locked for a deed, or None; what was read before is read again.

    Who else writes in the village's list, or records a resolution upon it, waits: checks rest on what is there.
    """
    session.get_one(Place, village.id, with_for_update=True)
    session.expire_all()
    version = unfinished_version(session, village=village)
    if version is None:
        return None
    return session.get_one(ListVersion, version.id, with_for_update=True, populate_existing=True)


def change_own_item(
    session: Session,
    *,
    village: Place,
    version: ListVersion,
    code: str,
    content: ItemContent | None,
    seen: str,
    by: Person,
    now: datetime,
) -> None:
    """Change an item of the own draft within what is allowed, add an own one (code empty), or take an own one away.

    Raise village_lists.editions.actions.DoesNotHold for what is not allowed, Stale if it was changed meanwhile.
    """
    whole = store.read_content(session, version=version)
    _check(session, village, version, replace(whole, items=_put(whole.items, code, content, "code")), now)
    actions.change_item(session, version=version, code=code, content=content, seen=seen, by=by, now=now)


def change_own_chart(
    session: Session,
    *,
    village: Place,
    version: ListVersion,
    slug: str,
    content: ProcedureContent,
    seen: str,
    by: Person,
    now: datetime,
) -> None:
    """Change the steps of a chart of the own draft within what is allowed; Stale if it was changed meanwhile."""
    whole = store.read_content(session, version=version)
    after = replace(whole, procedures=_put(whole.procedures, slug, content, "slug"))
    _check(session, village, version, after, now)
    actions.change_procedure(session, version=version, slug=slug, content=content, seen=seen, by=by, now=now)


def change_own_prohibition(
    session: Session,
    *,
    village: Place,
    version: ListVersion,
    code: str,
    content: ProhibitionContent | None,
    seen: str,
    by: Person,
    now: datetime,
) -> None:
    """Add a prohibition of the village (code empty), change one or take one away; the template's are never touched."""
    whole = store.read_content(session, version=version)
    after = replace(whole, prohibitions=_put(whole.prohibitions, code, content, "code"))
    _check(session, village, version, after, now)
    actions.change_prohibition(session, version=version, code=code, content=content, seen=seen, by=by, now=now)


def write_own_item(
    session: Session,
    *,
    village: Place,
    version: ListVersion,
    content: ItemContent,
    lines: tuple[str, ...],
    seen: str,
    by: Person,
    now: datetime,
) -> str:
    """Write an item of the village's own with its chart of plain lines; return its code (given where it has none).

    `seen` is the digest of the item before, of None for a new one.
    """
    whole = store.read_content(session, version=version)
    code = content.code or next_code(whole)
    slug = OWN_CHART + code.lower()
    former = next((one for one in whole.procedures if one.slug == slug), None)
    uses = ((ProcedureUse(slug=slug),) if lines else ()) + tuple(use for use in content.procedures if use.slug != slug)
    item = replace(content, code=code, procedures=uses)
    if lines:
        chart = plain_chart(slug=slug, title=item.name, lines=lines, actor=item.body)
        known = slug if former else ""
        _check(session, village, version, replace(whole, procedures=_put(whole.procedures, known, chart, "slug")), now)
        actions.change_procedure(
            session, version=version, slug=known, content=chart, seen=digest_of(former), by=by, now=now
        )
    change_own_item(
        session,
        village=village,
        version=version,
        code=content.code,
        content=item,
        seen=seen,
        by=by,
        now=now,
    )
    if former is not None and not lines:
        actions.change_procedure(
            session, version=version, slug=slug, content=None, seen=digest_of(former), by=by, now=now
        )
    return code


def remove_own_item(
    session: Session, *, village: Place, version: ListVersion, code: str, seen: str, by: Person, now: datetime
) -> None:
    """Take an item of the village's own away, with its chart; raise DoesNotHold for one of the template."""
    change_own_item(session, village=village, version=version, code=code, content=None, seen=seen, by=by, now=now)
    whole = store.read_content(session, version=version)
    slug = OWN_CHART + code.lower()
    former = next((one for one in whole.procedures if one.slug == slug), None)
    if former is not None:
        actions.change_procedure(
            session, version=version, slug=slug, content=None, seen=digest_of(former), by=by, now=now
        )


def change_own_cover(
    session: Session, *, version: ListVersion, title: str, note: str, seen: str, by: Person, now: datetime
) -> None:
    """Change title and note of the own draft."""
    if not title.strip():
        raise Refusal(N_("清单还没有名称"))
    actions.change_cover(
        session,
        version=version,
        title=title[:TITLE_LENGTH],
        note=note,
        is_sample=version.is_sample,
        seen=seen,
        by=by,
        now=now,
    )


def redo_adaptation(
    session: Session, *, village: Place, version: ListVersion, template: ListVersion, by: Person, now: datetime
) -> Carried:
    """Put the own draft upon a newer version of its template, keeping what the village changed and may change."""
    _must_be_offered(session, village, template)
    former = template_of(session, version=version)
    if former.power_list_id != template.power_list_id or template.number <= former.number:
        raise Refusal(N_("这不是模板的新版"))
    carried = carry_over(
        store.read_content(session, version=former),
        store.read_content(session, version=version),
        store.read_content(session, version=template),
        allowance=allowed_for(session, village=village, on=_today(now)).allowance,
    )
    actions.replace_content(session, version=version, content=carried.content, by=by, now=now)
    version.template_id = template.id
    session.flush()
    return carried


def submit_adaptation(session: Session, *, village: Place, version: ListVersion, by: Person, now: datetime) -> None:
    """Put the own draft before the village's meeting; raise DoesNotHold with everything that leaves the limits."""
    _check(session, village, version, store.read_content(session, version=version), now)
    actions.submit_version(session, version=version, note="", by=by, now=now)


def take_back(session: Session, *, version: ListVersion, by: Person, now: datetime) -> None:
    """Make a version that was put before the meeting a draft again; raise Refusal once a resolution is recorded."""
    if session.scalar(select(Adoption.id).where(Adoption.version_id == version.id)):
        raise Refusal(N_("这一版的会议决议已经登记，不能再收回修改"))
    actions.send_back(session, version=version, note="村里收回修改", by=by, now=now)


def confirm_adoption(session: Session, *, adoption: Adoption, by: Person, now: datetime) -> None:
    """Let a resolution count as the second person; a version of the village's own is published by it.

    Raise NotAllowed for who recorded it, wrote the own version, or holds no post that confirms.
    """
    version = session.get_one(
        ListVersion,
        adoption.version_id,
        options=[selectinload(ListVersion.power_list)],
        with_for_update=True,
        populate_existing=True,
    )
    # A draft is refused by `publish_adopted`: nobody put it before the meeting.
    states = (VersionState.DRAFT, VersionState.SUBMITTED)
    is_own = version.power_list.place_id == adoption.village_id and version.state in states
    if is_own and by.id in writers_of(session, version=version):
        raise NotAllowed(N_("自己起草的清单，要由另一个人确认"))
    confirm_resolution(session, adoption=adoption, by=by, now=now)
    if is_own:
        actions.publish_adopted(session, version=version, by=by, on=_today(now), now=now)


def _today(now: datetime) -> date:
    return china_day(now)


def _must_be_offered(session: Session, village: Place, template: ListVersion) -> None:
    above = {place.id for place in chain_of(session, place=village)} - {village.id}
    if template.state is not VersionState.PUBLISHED or template.power_list.place_id not in above:
        raise NotFound(N_("没有编号为 %(id)s 的清单版本"), id=template.id)


def _check(session: Session, village: Place, version: ListVersion, after: ListContent, now: datetime) -> None:
    if version.power_list.place_id != village.id:
        raise NotFound(N_("没有编号为 %(id)s 的清单版本"), id=version.id)
    problems = adaptation_problems(
        store.read_content(session, version=template_of(session, version=version)),
        after,
        allowance=allowed_for(session, village=village, on=_today(now)).allowance,
    )
    if problems:
        raise actions.DoesNotHold(problems)


def _put(records: tuple[Record, ...], code: str, content: Record | None, name: str) -> tuple[Record, ...]:
    """Return the records with the one of that code replaced, taken away (None), or a new one at the end (no code)."""
    kept: list[Record] = []
    for one in records:
        found = content if code and getattr(one, name) == code else one
        if found is not None:
            kept.append(found)
    if not code and content is not None:
        kept.append(content)
    return tuple(kept)
