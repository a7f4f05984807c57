"""What whole screens ask of lists: the list under its category tree, what the search reads, where charts are shared."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from village_lists.places.models import Place
from village_lists.powers.bands import Band, Limit
from village_lists.powers.models import ItemProcedure, ListCategory, ListThreshold, PowerItem, Procedure, ProcedureNode
from village_lists.powers.queries import ItemLine, categories_of, item_rows, line_of, path_of
from village_lists.powers.search import Searchable
from village_lists.rulebook.queries import Answer, rules_for


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A category with its own items and the categories below it; `depth` is 0 at the top, `count` is of all below."""

    code: str
    name: str
    depth: int
    items: tuple[ItemLine, ...]
    branches: tuple["Branch", ...]

    @property
    def count(self) -> int:
        """Return how many items stand here and below."""
        return len(self.items) + sum(branch.count for branch in self.branches)


def branches_of(session: Session, *, version_id: int) -> tuple[Branch, ...]:
    """Return the items of a version under its category tree, empty categories left out; two statements."""
    rows = categories_of(session, version_id)
    categories = {category.id: category for category in rows}
    items: defaultdict[int, list[ItemLine]] = defaultdict(list)
    for row in item_rows(session, version_id):
        items[row.category_id].append(line_of(row, categories))
    below: defaultdict[int | None, list[ListCategory]] = defaultdict(list)
    for category in rows:
        below[category.parent_id].append(category)

    def grown(parent_id: int | None, depth: int) -> tuple[Branch, ...]:
        branches = (
            Branch(
                code=category.code,
                name=category.name,
                depth=depth,
                items=tuple(items[category.id]),
                branches=grown(category.id, depth + 1),
            )
            for category in below[parent_id]
        )
        return tuple(branch for branch in branches if branch.count)

    return grown(None, 0)


def searchables_of(session: Session, *, version_id: int) -> list[Searchable]:
    """Return what the search of a version's items reads, in their order; two statements."""
    categories = {category.id: category for category in categories_of(session, version_id)}
    rows = session.execute(
        select(
            PowerItem.code,
            PowerItem.name,
            PowerItem.sentence,
            PowerItem.keywords,
            PowerItem.conditions,
            PowerItem.papers,
            PowerItem.category_id,
        )
        .where(PowerItem.version_id == version_id)
        .order_by(PowerItem.position, PowerItem.id)
    ).all()
    return [
        Searchable(
            code=row.code,
            name=row.name,
            sentence=row.sentence,
            keywords=tuple(row.keywords),
            category=path_of(categories, row.category_id),
            conditions=tuple(row.conditions.splitlines()),
            papers=tuple(row.papers),
        )
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True)
class OtherUse:
    """Another item that follows the same procedure."""

    code: str
    name: str


def other_uses(session: Session, *, item: PowerItem) -> dict[str, tuple[OtherUse, ...]]:
    """Return the other items that follow a procedure of this item, by slug, in list order; one statement."""
    own = aliased(ItemProcedure)
    rows = session.execute(
        select(Procedure.slug, PowerItem.code, PowerItem.name)
        .join(ItemProcedure, ItemProcedure.procedure_id == Procedure.id)
        .join(PowerItem, PowerItem.id == ItemProcedure.item_id)
        .join(own, own.procedure_id == Procedure.id)
        .where(own.item_id == item.id, ItemProcedure.item_id != item.id)
        .order_by(PowerItem.position, PowerItem.id)
    ).all()
    found: defaultdict[str, list[OtherUse]] = defaultdict(list)
    for slug, code, name in rows:
        found[slug].append(OtherUse(code=code, name=name))
    return {slug: tuple(uses) for slug, uses in found.items()}


@dataclass(frozen=True, kw_only=True)
class StepPlace:
    """A step of an item: its title, and the procedure (slug) in which it stands."""

    title: str
    slug: str


def steps_named(
    session: Session, *, version_id: int, steps: Collection[tuple[str, str]]
) -> dict[tuple[str, str], StepPlace]:
    """Return the steps of a version by item code and node key, those that exist; one statement.

    Of several procedures of an item that have a step of this key, the first counts.
    """
    if not steps:
        return {}
    rows = session.execute(
        select(PowerItem.code, ProcedureNode.key, ProcedureNode.title, Procedure.slug)
        .join(ItemProcedure, ItemProcedure.item_id == PowerItem.id)
        .join(Procedure, Procedure.id == ItemProcedure.procedure_id)
        .join(ProcedureNode, ProcedureNode.procedure_id == Procedure.id)
        .where(PowerItem.version_id == version_id, ProcedureNode.key.in_({key for _code, key in steps}))
        .order_by(PowerItem.position, ItemProcedure.position)
    ).all()
    wanted = set(steps)
    found: dict[tuple[str, str], StepPlace] = {}
    for code, key, title, slug in rows:
        if (code, key) in wanted:
            found.setdefault((code, key), StepPlace(title=title, slug=slug))
    return found


def bands_of(session: Session, *, item: PowerItem, place: Place, on: date) -> dict[str, Band]:
    """Return the amount bands of an item's procedures by slug, those that have one.

    No statement where no procedure has a band, else at most four.
    """
    keys = sorted({key for use in item.uses for key in (use.from_key, use.below_key) if key})
    if not keys:
        return {}
    rules = rules_for(session, keys=keys, places=[place])
    known = {
        row.key: row
        for row in session.scalars(
            select(ListThreshold).where(ListThreshold.version_id == item.version_id, ListThreshold.key.in_(keys))
        )
    }
    limits = {key: _limit(key, known.get(key), rules.answer(key=key, place=place, on=on)) for key in keys}
    return {
        use.procedure.slug: _band(limits, use.from_key, use.below_key)
        for use in item.uses
        if use.from_key or use.below_key
    }


def _limit(key: str, suggested: ListThreshold | None, answer: Answer | None) -> Limit:
    fen = answer.value if answer else suggested.suggested_fen if suggested else None
    return Limit(key=key, name=suggested.name if suggested else "", fen=fen, answer=answer)


def _band(limits: Mapping[str, Limit], from_key: str, below_key: str) -> Band:
    return Band(start=limits.get(from_key), end=limits.get(below_key))
