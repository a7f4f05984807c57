"""Deeds upon list versions: begun, changed with a way back, submitted, published by another person, put to villages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from village_lists.days import china_day
from village_lists.editions import store
from village_lists.editions.contents import (
    CategoryContent,
    ItemContent,
    ListContent,
    ProcedureContent,
    ProhibitionContent,
    ThresholdContent,
)
from village_lists.editions.plain import digest_of, from_plain, to_plain
from village_lists.editions.queries import content_of_subject, deeds_of, keys_known, writers_of
from village_lists.editions.rules import ContentProblem, content_problems, reference_problems
from village_lists.editions.storing import storing_problems
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person
from village_lists.places.models import Level, Place
from village_lists.powers.models import (
    ListDeed,
    ListDeedKind,
    ListVersion,
    PowerList,
    Rollout,
    VersionState,
)
from village_lists.rulebook.models import RuleRow

UNFINISHED = (VersionState.DRAFT, VersionState.SUBMITTED)


class DoesNotHold(Refusal):
    """The content has faults; `problems` has all of them."""

    def __init__(self, problems: Sequence[ContentProblem]) -> None:
        """Keep the problems and name the first."""
        super().__init__(N_("清单有 %(count)s 处问题，第一处：%(first)s"), count=len(problems), first=str(problems[0]))
        self.problems = tuple(problems)


def make_version(
    session: Session,
    *,
    place: Place,
    slug: str,
    content: ListContent,
    by: Person | None,
    now: datetime,
    template: ListVersion | None = None,
    deed: ListDeedKind = ListDeedKind.MAKE,
) -> ListVersion:
    """Return a new draft of the list `slug` of a place, which is begun if there is none; `by` None is the operator.

    Raise Refusal while the list has an unfinished version, DoesNotHold for a content that cannot even be stored.
    """
    power_list = session.scalar(select(PowerList).where(PowerList.place_id == place.id, PowerList.slug == slug))
    if power_list is None:
        power_list = PowerList(place_id=place.id, slug=slug)
        session.add(power_list)
        session.flush()
    # Two people beginning at once: the second waits here and then finds the first one's draft.
    session.get_one(PowerList, power_list.id, with_for_update=True, populate_existing=True)
    versions = session.scalars(
        select(ListVersion).where(ListVersion.power_list_id == power_list.id).order_by(ListVersion.number)
    ).all()
    if any(version.state in UNFINISHED for version in versions):
        raise Refusal(N_("这份清单还有一版没有做完，请先做完或者作废那一版"))
    version = ListVersion(
        power_list_id=power_list.id,
        number=versions[-1].number + 1 if versions else 1,
        title=content.title,
        template_id=template.id if template else None,
    )
    session.add(version)
    session.flush()
    _store(session, version, content)
    _deed(session, version, deed, by, now)
    return version


def next_version(session: Session, *, power_list: PowerList, by: Person, now: datetime) -> ListVersion:
    """Return a new draft that says what the newest published version says; raise Refusal where there is none."""
    former = session.scalar(
        select(ListVersion)
        .where(ListVersion.power_list_id == power_list.id, ListVersion.state == VersionState.PUBLISHED)
        .order_by(ListVersion.number.desc())
    )
    if former is None:
        raise Refusal(N_("这份清单还没有公布过的版本"))
    content = store.read_content(session, version=former)
    template = session.get(ListVersion, former.template_id) if former.template_id else None
    return make_version(
        session,
        place=power_list.place,
        slug=power_list.slug,
        content=content,
        by=by,
        now=now,
        template=template,
    )


def change_cover(
    session: Session,
    *,
    version: ListVersion,
    title: str,
    note: str,
    is_sample: bool,
    seen: str,
    by: Person,
    now: datetime,
) -> None:
    """Change title, note and sample mark of a draft; raise Stale if another person changed them meanwhile."""
    former = _begin(session, version, "cover", "", seen)
    _fits(title=title.strip(), note=note.strip())
    version.title, version.note, version.is_sample = title.strip(), note.strip(), is_sample
    _changed(session, version, "cover", "", former, by, now)


def change_categories(
    session: Session,
    *,
    version: ListVersion,
    categories: tuple[CategoryContent, ...],
    seen: str,
    by: Person,
    now: datetime,
) -> None:
    """Change the category tree of a draft; raise DoesNotHold while an item would lose its category."""
    former = _begin(session, version, "categories", "", seen)
    _hold(replace(store.read_content(session, version=version), categories=categories))
    store.write_categories(session, version=version, categories=categories)
    _changed(session, version, "categories", "", former, by, now)


def change_item(
    session: Session,
    *,
    version: ListVersion,
    code: str,
    content: ItemContent | None,
    seen: str,
    by: Person,
    now: datetime,
) -> None:
    """Change the item `code` of a draft, add one (code empty), or take it away (content None).

    Raise Stale if the item was changed meanwhile, DoesNotHold where it names what is not there or a code twice.
    """
    former = _begin(session, version, "item", code, seen)
    if content is not None:
        _hold_item(session, version, code, content)
    store.write_item(session, version=version, content=content, code=code)
    _changed(session, version, "item", content.code if content else code, former, by, now)


def _hold_item(session: Session, version: ListVersion, code: str, content: ItemContent) -> None:
    _fits(items=(content,))
    whole = store.read_content(session, version=version)
    others = tuple(item for item in whole.items if item.code != code or not code)
    known = {(problem.subject, problem.code, problem.part) for problem in reference_problems(whole)}
    problems = [
        problem
        for problem in reference_problems(replace(whole, items=(*others, content)))
        if (problem.subject, problem.code, problem.part) not in known
    ]
    if problems:
        raise DoesNotHold(problems)


def change_procedure(
    session: Session,
    *,
    version: ListVersion,
    slug: str,
    content: ProcedureContent | None,
    seen: str,
    by: Person,
    now: datetime,
) -> None:
    """Change the procedure `slug` of a draft, add one (slug empty), or take it away with every use of it.

    A graph may be stored with faults, so that work can stop half-way; publication refuses them.
    """
    former = _begin(session, version, "procedure", slug, seen)
    if (
        content is not None
        and not slug
        and content_of_subject(session, version=version, subject="procedure", code=content.slug)
    ):
        raise Refusal(N_("流程编号「%(slug)s」已经有了"), slug=content.slug)
    if content is not None:
        _fits(procedures=(content,))
    store.write_procedure(session, version=version, content=content, slug=slug)
    _changed(session, version, "procedure", content.slug if content else slug, former, by, now)


def change_prohibition(
    session: Session,
    *,
    version: ListVersion,
    code: str,
    content: ProhibitionContent | None,
    seen: str,
    by: Person,
    now: datetime,
) -> None:
    """Change the prohibition `code` of a draft, add one (code empty), or take it away (content None)."""
    former = _begin(session, version, "prohibition", code, seen)
    if (
        content is not None
        and content.code != code
        and content_of_subject(session, version=version, subject="prohibition", code=content.code)
    ):
        raise Refusal(N_("负面清单编号「%(code)s」已经有了"), code=content.code)
    if content is not None:
        _fits(prohibitions=(content,))
    store.write_prohibition(session, version=version, content=content, code=code)
    _changed(session, version, "prohibition", content.code if content else code, former, by, now)


def change_thresholds(
    session: Session,
    *,
    version: ListVersion,
    thresholds: tuple[ThresholdContent, ...],
    seen: str,
    by: Person,
    now: datetime,
) -> None:
    """Change the amounts that bands refer to."""
    former = _begin(session, version, "thresholds", "", seen)
    if len({one.key for one in thresholds}) < len(thresholds):
        raise Refusal(N_("金额档里有两行编号相同，没有保存"))
    _fits(thresholds=thresholds)
    store.write_thresholds(session, version=version, thresholds=thresholds)
    _changed(session, version, "thresholds", "", former, by, now)


def change_order(
    session: Session, *, version: ListVersion, codes: tuple[str, ...], seen: str, by: Person, now: datetime
) -> None:
    """Put the items of a draft into this order of codes."""
    former = _begin(session, version, "order", "", seen)
    store.write_order(session, version=version, subject="item", codes=codes)
    _changed(session, version, "order", "", former, by, now)


def replace_content(
    session: Session, *, version: ListVersion, content: ListContent, by: Person | None, now: datetime
) -> None:
    """Let a draft say what was imported; what it said before is kept whole, so that the import can be taken back."""
    _must_be_draft(session, version)
    former = to_plain(store.read_content(session, version=version))
    store.empty(session, version=version)
    _store(session, version, content)
    _deed(session, version, ListDeedKind.IMPORT, by, now, subject="all", before={"value": former})


def undo_change(session: Session, *, version: ListVersion, by: Person, now: datetime, last: int = 0) -> ListDeed:
    """Take back the last change that was not taken back yet; return the deed. Raise Refusal where there is none.

    `last` is the number of the latest deed that the page showed (0: whichever); raise Stale where another came since.
    """
    _must_be_draft(session, version)
    deeds = deeds_of(session, version=version)
    if last and deeds and deeds[0].id != last:
        raise Stale(N_("又有了新的改动，请看看再撤销"))
    undone = {deed.undoes_id for deed in deeds}
    found = next(
        (deed for deed in deeds if deed.subject and deed.id not in undone and deed.deed is not ListDeedKind.UNDO), None
    )
    if found is None:
        raise Refusal(N_("没有可以撤销的改动"))
    _restore(session, version, found)
    undo = ListDeedKind.UNDO
    return _deed(session, version, undo, by, now, subject=found.subject, code=found.code, undoes_id=found.id)


def _restore(session: Session, version: ListVersion, deed: ListDeed) -> None:
    before: Any = deed.before["value"] if deed.before else None
    match deed.subject:
        case "all":
            store.empty(session, version=version)
            store.write_content(session, version=version, content=from_plain(ListContent, before))
        case "cover":
            version.title, version.note, version.is_sample = before
        case "categories":
            categories = from_plain(tuple[CategoryContent, ...], before)
            store.write_categories(session, version=version, categories=categories)
        case "thresholds":
            thresholds = from_plain(tuple[ThresholdContent, ...], before)
            store.write_thresholds(session, version=version, thresholds=thresholds)
        case "order":
            store.write_order(session, version=version, subject="item", codes=before)
        case "item":
            _undo_item(session, version, deed, before)
        case "procedure":
            procedure = from_plain(ProcedureContent, before) if before else None
            store.write_procedure(session, version=version, content=procedure, slug=deed.code)
            for item in (deed.before or {}).get("users", ()):
                # Taking the chart away took it from these items; they get it back where it stood.
                content = from_plain(ItemContent, item)
                store.write_item(session, version=version, content=content, code=content.code)
        case "prohibition":
            prohibition = from_plain(ProhibitionContent, before) if before else None
            store.write_prohibition(session, version=version, content=prohibition, code=deed.code)
    if before and "order" in (deed.before or {}):
        store.write_order(session, version=version, subject=deed.subject, codes=(deed.before or {})["order"])


def _undo_item(session: Session, version: ListVersion, deed: ListDeed, before: Any) -> None:
    if before is None:
        store.write_item(session, version=version, content=None, code=deed.code)
        return
    content = from_plain(ItemContent, before)
    is_back = content_of_subject(session, version=version, subject="item", code=deed.code) is None
    store.write_item(session, version=version, content=content, code="" if is_back else deed.code)
    if is_back:
        for plain in (deed.before or {}).get("tied", ()):
            tied = from_plain(ProhibitionContent, plain)
            store.write_prohibition(session, version=version, content=tied, code=tied.code)


def submit_version(session: Session, *, version: ListVersion, note: str, by: Person, now: datetime) -> None:
    """Put a draft before a second person (for a village's own version: before the meeting).

    Raise DoesNotHold with everything that hinders publication.
    """
    _must_be_draft(session, version)
    content = store.read_content(session, version=version)
    known = keys_known(session, place=version.power_list.place, on=china_day(now))
    problems = content_problems(content, known_keys=known)
    if problems:
        raise DoesNotHold(problems)
    version.state = VersionState.SUBMITTED
    _deed(session, version, ListDeedKind.SUBMIT, by, now, note=note, digest=digest_of(content))


def send_back(session: Session, *, version: ListVersion, note: str, by: Person, now: datetime) -> None:
    """Give a submitted version back as a draft, with a note that says why (the writer may take it back himself)."""
    _must_be_submitted(session, version)
    if not note.strip():
        raise Refusal(N_("请写明退回的原因"))
    version.state = VersionState.DRAFT
    _deed(session, version, ListDeedKind.RETURN, by, now, note=note)


def publish_version(session: Session, *, version: ListVersion, valid_from: date, by: Person, now: datetime) -> None:
    """Publish a submitted version from a day on; the one before is superseded.

    Raise NotAllowed for anyone who wrote or submitted it, Refusal for a day that is past, Stale if the content is no
    longer what was submitted.
    """
    _must_be_submitted(session, version)
    if by.id in writers_of(session, version=version):
        raise NotAllowed(N_("自己起草或者提交的清单，要由另一个人公布"))
    if valid_from < china_day(now):
        raise Refusal(N_("生效日期不能早于今天"))
    submitted = next(deed for deed in deeds_of(session, version=version) if deed.deed is ListDeedKind.SUBMIT)
    if submitted.digest != digest_of(store.read_content(session, version=version)):
        raise Stale(N_("清单内容和提交的时候不一样了，请退回重新提交"))
    _publish(session, version, valid_from, by, now, digest=submitted.digest)


def publish_as_operator(session: Session, *, version: ListVersion, on: date) -> None:
    """Publish a draft that the operator put in from the library, from a day on."""
    _publish(session, version, on, None, datetime.combine(on, time(), tzinfo=UTC), digest="")


def publish_adopted(session: Session, *, version: ListVersion, by: Person | None, on: date, now: datetime) -> None:
    """Publish a village's own version that its meeting adopted; `by` is who confirmed the resolution."""
    if version.state is VersionState.DRAFT:
        raise Refusal(N_("这一版还没有提请会议讨论"))
    _publish(session, version, on, by, now, digest="")


def _publish(
    session: Session, version: ListVersion, valid_from: date, by: Person | None, now: datetime, *, digest: str
) -> None:
    _deed(session, version, ListDeedKind.PUBLISH, by, now, digest=digest)
    former = session.scalars(
        select(ListVersion).where(
            ListVersion.power_list_id == version.power_list_id, ListVersion.state == VersionState.PUBLISHED
        )
    )
    for one in former:
        one.state = VersionState.SUPERSEDED
        one.valid_until = valid_from
    version.valid_from = valid_from
    version.state = VersionState.PUBLISHED
    session.flush()
    _enter_thresholds(session, version, valid_from)


def _enter_thresholds(session: Session, version: ListVersion, valid_from: date) -> None:
    """Give the rule book the suggested amounts that it has no row for, marked as samples."""
    place = version.power_list.place
    if place.level not in (Level.COUNTY, Level.TOWNSHIP):
        return
    known = keys_known(session, place=place, on=valid_from)
    for one in store.threshold_contents(session, version=version):
        if one.key not in known:
            row = RuleRow(
                key=one.key,
                level=place.level,
                place_id=place.id,
                value={"value": one.suggested_fen, "unit": "fen"},
                valid_from=valid_from,
                basis=one.name,
                is_sample=True,
            )
            session.add(row)
    session.flush()


def discard_version(session: Session, *, version: ListVersion) -> None:
    """Throw a draft away whole; raise Refusal for anything else."""
    _must_be_draft(session, version)
    store.empty(session, version=version)
    store.write_categories(session, version=version, categories=())
    session.execute(delete(ListDeed).where(ListDeed.version_id == version.id))
    session.delete(version)
    session.flush()


def roll_out(
    session: Session, *, version: ListVersion, townships: Sequence[Place], adopt_by: date, by: Person, now: datetime
) -> None:
    """Put a published version before the villages of townships; asked again, the newer day counts.

    Raise Refusal for a version that is not published, a day that is past, a place that the list is not for.
    """
    if version.state is not VersionState.PUBLISHED:
        raise Refusal(N_("只有已公布的清单可以下发"))
    if adopt_by < china_day(now):
        raise Refusal(N_("请村里通过的期限不能早于今天"))
    keeper = version.power_list.place_id
    for township in townships:
        if township.level is not Level.TOWNSHIP or keeper not in (township.id, township.parent_id):
            raise Refusal(N_("这份清单不归%(name)s用，不能下发到那里"), name=township.name)
    known = {row.township_id: row for row in session.scalars(select(Rollout).where(Rollout.version_id == version.id))}
    for township in townships:
        row = known.get(township.id)
        if row is None:
            session.add(
                Rollout(
                    version_id=version.id, township_id=township.id, adopt_by=adopt_by, asked_by_id=by.id, asked_at=now
                )
            )
        else:
            row.adopt_by, row.asked_by_id, row.asked_at = adopt_by, by.id, now
    session.flush()


def _begin(session: Session, version: ListVersion, subject: str, code: str, seen: str) -> dict[str, Any]:
    """Lock the draft, refuse what was changed meanwhile, and return what an undo needs of what stands there."""
    _must_be_draft(session, version)
    former = content_of_subject(session, version=version, subject=subject, code=code)
    if seen != digest_of(former):
        raise Stale(N_("这一处刚被别人改过，请对照现在的内容再改一次"))
    kept: dict[str, Any] = {"value": to_plain(former) if former is not None else None, "code": code}
    whole = store.read_content(session, version=version) if code and subject in ("item", "procedure") else None
    if subject in store.ORDERED:
        kept["order"] = list(store.order_of(session, version=version, subject=subject))
    if whole is not None and subject == "item":
        kept["tied"] = [
            to_plain(one)
            for one in whole.prohibitions
            if code in one.items or any(tie.item_code == code for tie in one.steps)
        ]
    if whole is not None and subject == "procedure":
        kept["users"] = [to_plain(item) for item in whole.items if any(use.slug == code for use in item.procedures)]
    return kept


def _changed(
    session: Session,
    version: ListVersion,
    subject: str,
    code: str,
    former: dict[str, Any],
    by: Person,
    now: datetime,
) -> None:
    session.flush()
    _deed(session, version, ListDeedKind.CHANGE, by, now, subject=subject, code=code, before=former)


def _hold(content: ListContent) -> None:
    problems = [*reference_problems(content), *storing_problems(content)]
    if problems:
        raise DoesNotHold(problems)


def _fits(**parts: object) -> None:
    """Raise DoesNotHold for texts too long, numbers out of reach, or doubles in what is about to be stored."""
    problems = storing_problems(replace(ListContent(title=""), **parts))  # type: ignore[arg-type] # fields by name
    if problems:
        raise DoesNotHold(problems)


def _store(session: Session, version: ListVersion, content: ListContent) -> None:
    _hold(content)
    store.write_content(session, version=version, content=content)


def _lock(session: Session, version: ListVersion) -> ListVersion:
    return session.get_one(ListVersion, version.id, with_for_update=True, populate_existing=True)


def _must_be_draft(session: Session, version: ListVersion) -> None:
    if _lock(session, version).state is not VersionState.DRAFT:
        raise Refusal(N_("这一版已经提交或者公布，不能再改；要改请退回或者另做新的一版"))


def _must_be_submitted(session: Session, version: ListVersion) -> None:
    if _lock(session, version).state is not VersionState.SUBMITTED:
        raise Stale(N_("这一版现在不在等人公布，请刷新后再看"))


def _deed(
    session: Session,
    version: ListVersion,
    deed: ListDeedKind,
    by: Person | None,
    now: datetime,
    *,
    note: str = "",
    subject: str = "",
    code: str = "",
    before: dict[str, Any] | None = None,
    undoes_id: int | None = None,
    digest: str = "",
) -> ListDeed:
    row = ListDeed(
        version_id=version.id,
        deed=deed,
        by_id=by.id if by else None,
        at=now,
        note=note.strip(),
        subject=subject,
        code=code,
        before=before,
        undoes_id=undoes_id,
        digest=digest,
    )
    session.add(row)
    session.flush()
    return row
