"""Questions about versions: what the desk shows, what a form was filled from, who wrote, who adopted, who lags."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from village_lists.editions import store
from village_lists.editions.contents import CategoryContent
from village_lists.editions.rules import ContentProblem, content_problems
from village_lists.people.models import Person
from village_lists.places.models import Level, Place
from village_lists.places.queries import chain_of
from village_lists.powers.models import (
    Adoption,
    ItemProcedure,
    ListDeed,
    ListDeedKind,
    ListVersion,
    PowerItem,
    PowerList,
    Procedure,
    Rollout,
    VersionState,
)
from village_lists.prohibitions.models import Prohibition
from village_lists.rulebook.models import RuleRow

WRITING = (
    ListDeedKind.MAKE,
    ListDeedKind.IMPORT,
    ListDeedKind.CHANGE,
    ListDeedKind.UNDO,
    ListDeedKind.SUBMIT,
)


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """A version as the desk lists it; `items` and `adopted` are counts, `by` who last did something to it."""

    version: ListVersion
    items: int
    adopted: int
    last_deed: ListDeed | None


@dataclass(frozen=True, kw_only=True)
class ListLine:
    """A list with its versions, newest first."""

    power_list: PowerList
    place: Place
    versions: tuple[VersionLine, ...]

    @property
    def newest(self) -> VersionLine:
        """Return the newest version, whatever its state."""
        return self.versions[0]

    @property
    def published(self) -> VersionLine | None:
        """Return the version that is published now, or None."""
        return next((line for line in self.versions if line.version.state is VersionState.PUBLISHED), None)

    @property
    def unfinished(self) -> VersionLine | None:
        """Return the draft or submitted version, or None."""
        states = (VersionState.DRAFT, VersionState.SUBMITTED)
        return next((line for line in self.versions if line.version.state in states), None)


def lists_of(session: Session, *, places: Sequence[Place]) -> list[ListLine]:
    """Return the lists of the places in their order, each with its versions; four statements in all."""
    order = {place.id: number for number, place in enumerate(places)}
    versions = session.scalars(
        select(ListVersion)
        .join(PowerList)
        .where(PowerList.place_id.in_(order))
        .options(selectinload(ListVersion.power_list).selectinload(PowerList.place))
        .order_by(ListVersion.power_list_id, ListVersion.number.desc())
    ).all()
    numbers = [version.id for version in versions]
    items = _counts(session, select(PowerItem.version_id, func.count()).group_by(PowerItem.version_id), numbers)
    adopted = _adopted_now(session)
    deeds = {
        deed.version_id: deed
        for deed in session.scalars(
            select(ListDeed)
            .where(ListDeed.version_id.in_(numbers))
            .options(selectinload(ListDeed.by))
            .order_by(ListDeed.id)
        )
    }
    lines: defaultdict[int, list[VersionLine]] = defaultdict(list)
    for version in versions:
        lines[version.power_list_id].append(
            VersionLine(
                version=version,
                items=items[version.id],
                adopted=adopted[version.id],
                last_deed=deeds.get(version.id),
            )
        )
    found = [
        ListLine(power_list=group[0].version.power_list, place=group[0].version.power_list.place, versions=tuple(group))
        for group in lines.values()
    ]
    return sorted(found, key=lambda line: (order[line.place.id], line.power_list.slug))


def _counts(session: Session, query: Any, numbers: Sequence[int]) -> Counter[int]:
    wanted = set(numbers)
    return Counter({number: count for number, count in session.execute(query).all() if number in wanted})


def _adopted_now(session: Session) -> Counter[int]:
    """Return by version how many villages go by it: each village's newest confirmed adoption counts."""
    return Counter(adoption.version_id for adoption in newest_adoptions(session).values())


def newest_adoptions(session: Session) -> dict[int, Adoption]:
    """Return each village's newest confirmed adoption, by the number of the village."""
    rows = session.scalars(
        select(Adoption).where(Adoption.confirmed_at.is_not(None)).order_by(Adoption.held_on, Adoption.id)
    )
    return {adoption.village_id: adoption for adoption in rows}


def version_by_number(session: Session, *, place: Place, slug: str, number: int) -> ListVersion | None:
    """Return a version of a place's list, with the list, or None."""
    return session.scalar(
        select(ListVersion)
        .join(PowerList)
        .where(PowerList.place_id == place.id, PowerList.slug == slug, ListVersion.number == number)
        .options(selectinload(ListVersion.power_list).selectinload(PowerList.place))
    )


def version_by_id(session: Session, *, number: int) -> ListVersion | None:
    """Return a version by its id in the database, with the list and its place, or None."""
    return session.scalar(
        select(ListVersion)
        .where(ListVersion.id == number)
        .options(selectinload(ListVersion.power_list).selectinload(PowerList.place))
    )


def deeds_of(session: Session, *, version: ListVersion) -> list[ListDeed]:
    """Return what was done to a version, the latest first, with who did it."""
    return list(
        session.scalars(
            select(ListDeed)
            .where(ListDeed.version_id == version.id)
            .options(selectinload(ListDeed.by))
            .order_by(ListDeed.id.desc())
        )
    )


def writers_of(session: Session, *, version: ListVersion) -> frozenset[int]:
    """Return the numbers of the people who wrote or submitted a version: they do not publish it."""
    return frozenset(
        session.scalars(
            select(Person.id)
            .join(ListDeed, ListDeed.by_id == Person.id)
            .where(ListDeed.version_id == version.id, ListDeed.deed.in_(WRITING))
        )
    )


def content_of_subject(session: Session, *, version: ListVersion, subject: str, code: str) -> Any:
    """Return what a form about one subject is filled from: its record, a tuple of records or texts, or None.

    `subject` is cover, categories, thresholds, order, item, procedure or prohibition.
    """
    match subject:
        case "cover":
            return (version.title, version.note, version.is_sample)
        case "categories":
            return store.category_contents(session, version=version)
        case "thresholds":
            return store.threshold_contents(session, version=version)
        case "order":
            return store.order_of(session, version=version, subject="item")
        case "item":
            return _item(session, version, code)
        case "procedure":
            return _procedure(session, version, code)
        case "prohibition":
            return _prohibition(session, version, code)
    raise ValueError(subject)


def _item(session: Session, version: ListVersion, code: str) -> Any:
    row = session.scalar(
        select(PowerItem)
        .where(PowerItem.version_id == version.id, PowerItem.code == code)
        .options(
            selectinload(PowerItem.category),
            selectinload(PowerItem.bases),
            selectinload(PowerItem.postings),
            selectinload(PowerItem.uses).selectinload(ItemProcedure.procedure),
        )
    )
    return store.item_content(row, category=row.category.code) if row else None


def _procedure(session: Session, version: ListVersion, slug: str) -> Any:
    row = session.scalar(
        select(Procedure)
        .where(Procedure.version_id == version.id, Procedure.slug == slug)
        .options(selectinload(Procedure.nodes), selectinload(Procedure.edges))
    )
    return store.procedure_content(row) if row else None


def _prohibition(session: Session, version: ListVersion, code: str) -> Any:
    row = session.scalar(
        select(Prohibition)
        .where(Prohibition.version_id == version.id, Prohibition.code == code)
        .options(selectinload(Prohibition.ties))
    )
    return store.prohibition_content(row) if row else None


def keys_known(session: Session, *, place: Place, on: date) -> frozenset[str]:
    """Return the keys for which the rule book has a row that is valid for the place on the day."""
    chain = [above.id for above in chain_of(session, place=place)]
    rows = session.scalars(
        select(RuleRow.key).where(
            or_(RuleRow.place_id.is_(None), RuleRow.place_id.in_(chain)),
            RuleRow.valid_from <= on,
            or_(RuleRow.valid_until.is_(None), RuleRow.valid_until >= on),
        )
    )
    return frozenset(rows)


def problems_of(session: Session, *, version: ListVersion, on: date) -> list[ContentProblem]:
    """Return everything that hinders the publication of a version on a day."""
    known = keys_known(session, place=version.power_list.place, on=on)
    return content_problems(store.read_content(session, version=version), known_keys=known)


@dataclass(frozen=True, kw_only=True)
class OutlineItem:
    """An item as the outline of a version shows it."""

    code: str
    name: str
    kind: str
    sentence: str
    charts: int


@dataclass(frozen=True, kw_only=True)
class OutlineCategory:
    """A category with its depth (0: at the top) and its own items."""

    category: CategoryContent
    depth: int
    items: tuple[OutlineItem, ...]


def outline(session: Session, *, version: ListVersion) -> list[OutlineCategory]:
    """Return the category tree with the items in their order; three statements, however long the list is."""
    categories = store.category_contents(session, version=version)
    codes = store.category_numbers(session, version=version)
    rows = session.execute(
        select(PowerItem.category_id, PowerItem.code, PowerItem.name, PowerItem.kind, PowerItem.sentence, _CHARTS)
        .where(PowerItem.version_id == version.id)
        .order_by(PowerItem.position, PowerItem.id)
    ).all()
    items: defaultdict[str, list[OutlineItem]] = defaultdict(list)
    for category_id, code, name, kind, sentence, charts in rows:
        line = OutlineItem(code=code, name=name, kind=kind.value, sentence=sentence, charts=charts)
        items[codes[category_id]].append(line)
    return [
        OutlineCategory(category=category, depth=depth, items=tuple(items[category.code]))
        for category, depth in _in_tree_order(categories)
    ]


_CHARTS = (
    select(func.count(ItemProcedure.id))
    .where(ItemProcedure.item_id == PowerItem.id)
    .correlate(PowerItem)
    .scalar_subquery()
)


def _in_tree_order(categories: Sequence[CategoryContent]) -> list[tuple[CategoryContent, int]]:
    below: defaultdict[str, list[CategoryContent]] = defaultdict(list)
    known = {category.code for category in categories}
    for category in categories:
        below[category.parent if category.parent in known else ""].append(category)
    found: list[tuple[CategoryContent, int]] = []
    seen = set[str]()

    def walk(parent: str, depth: int) -> None:
        for category in below[parent]:
            if category.code not in seen:
                seen.add(category.code)
                found.append((category, depth))
                walk(category.code, depth + 1)

    walk("", 0)
    return found + [(category, 0) for category in categories if category.code not in seen]


@dataclass(frozen=True, kw_only=True)
class VillageStanding:
    """How a village stands to a list: the version it adopted (None: none of this list), and how many it is behind.

    `adoption` is the village's newest confirmed adoption of whichever list; `pending` one of this list that waits.
    """

    village: Place
    adoption: Adoption | None
    follows: ListVersion | None
    behind_by: int
    pending: Adoption | None
    adopt_by: date | None

    def is_late(self, *, on: date) -> bool:
        """Tell whether the village was asked to adopt the newest version and the day has passed."""
        return self.adopt_by is not None and self.behind_by > 0 and on > self.adopt_by


def adoption_overview(session: Session, *, power_list: PowerList) -> list[tuple[Place, list[VillageStanding]]]:
    """Return each township of the list's place with its villages and how they stand to the list.

    A village that adapted the list counts with the version that its own version was made from.
    """
    versions = {version.id: version for version in session.scalars(select(ListVersion))}
    published = sorted(
        (
            version
            for version in versions.values()
            if version.power_list_id == power_list.id
            and version.state in (VersionState.PUBLISHED, VersionState.SUPERSEDED)
        ),
        key=lambda version: version.number,
    )
    townships = _townships(session, power_list)
    villages = session.scalars(
        select(Place).where(Place.parent_id.in_([town.id for town in townships])).order_by(Place.code)
    ).all()
    adopted = newest_adoptions(session)
    pending = {
        adoption.village_id: adoption
        for adoption in session.scalars(select(Adoption).where(Adoption.confirmed_at.is_(None)))
        if _followed(versions, adoption, power_list) is not None
    }
    asked = {}
    if published:
        rows = session.scalars(select(Rollout).where(Rollout.version_id == published[-1].id))
        asked = {row.township_id: row.adopt_by for row in rows}
    standings: defaultdict[int, list[VillageStanding]] = defaultdict(list)
    for village in villages:
        adoption = adopted.get(village.id)
        follows = _followed(versions, adoption, power_list)
        standings[village.parent_id or 0].append(
            VillageStanding(
                village=village,
                adoption=adoption,
                follows=follows,
                behind_by=_behind(published, follows),
                pending=pending.get(village.id),
                adopt_by=asked.get(village.parent_id or 0),
            )
        )
    return [(town, standings[town.id]) for town in townships]


def _townships(session: Session, power_list: PowerList) -> list[Place]:
    place = power_list.place
    if place.level is Level.TOWNSHIP:
        return [place]
    wanted = select(Place).where(Place.parent_id == place.id, Place.level == Level.TOWNSHIP).order_by(Place.code)
    return list(session.scalars(wanted))


def _followed(versions: dict[int, ListVersion], adoption: Adoption | None, power_list: PowerList) -> ListVersion | None:
    version = versions.get(adoption.version_id) if adoption else None
    while version is not None and version.power_list_id != power_list.id:
        version = versions.get(version.template_id) if version.template_id else None
    return version


def _behind(published: Sequence[ListVersion], follows: ListVersion | None) -> int:
    if follows is None:
        return len(published)
    return sum(version.number > follows.number for version in published)
