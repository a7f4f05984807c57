"""Questions about lists: which version is in force for a village, its items, one item with its procedure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, joinedload, selectinload

from village_lists.flowcharts.graph import Edge, Graph, Node, Posting
from village_lists.places.models import Place
from village_lists.powers.models import (
    Adoption,
    ItemKind,
    ItemProcedure,
    ListCategory,
    ListVersion,
    PowerItem,
    PowerList,
    Procedure,
    ProcedureNode,
    Rollout,
    VersionState,
)


def adoption_of(session: Session, *, village: Place) -> Adoption | None:
    """Return the village's newest adoption that a second person confirmed, with its version, or None; one statement."""
    return session.scalar(
        select(Adoption)
        .where(Adoption.village_id == village.id, Adoption.confirmed_at.is_not(None))
        .options(joinedload(Adoption.version).joinedload(ListVersion.power_list))
        .order_by(Adoption.held_on.desc(), Adoption.id.desc())
        .limit(1)
    )


def pending_adoption(session: Session, *, village: Place) -> Adoption | None:
    """Return the village's newest recorded adoption that still waits for a second person, or None; one statement."""
    return session.scalar(
        select(Adoption)
        .where(Adoption.village_id == village.id, Adoption.confirmed_at.is_(None))
        .options(joinedload(Adoption.version).joinedload(ListVersion.power_list))
        .order_by(Adoption.held_on.desc(), Adoption.id.desc())
        .limit(1)
    )


def offered_version(session: Session, *, village: Place) -> ListVersion | None:
    """Return the version in force that the village's township was last asked to adopt, or None; one statement."""
    return session.scalar(
        select(ListVersion)
        .join(Rollout, Rollout.version_id == ListVersion.id)
        .where(Rollout.township_id == village.parent_id, ListVersion.state == VersionState.PUBLISHED)
        .options(joinedload(ListVersion.power_list))
        .order_by(Rollout.asked_at.desc(), Rollout.id.desc())
        .limit(1)
    )


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """An item as a list shows it; `path` names its categories from the top (`group`) down to `category`."""

    code: str
    name: str
    sentence: str
    category: str
    group: str
    kind: ItemKind = ItemKind.POWER
    path: tuple[str, ...] = ()


def items_of(session: Session, *, version_id: int) -> list[ItemLine]:
    """Return the items of a version in their order, each with its category and top group; two statements."""
    categories = {category.id: category for category in categories_of(session, version_id)}
    return [line_of(row, categories) for row in item_rows(session, version_id)]


def categories_of(session: Session, version_id: int) -> list[ListCategory]:
    """Return the categories of a version in reading order; one statement."""
    wanted = select(ListCategory).where(ListCategory.version_id == version_id)
    return list(session.scalars(wanted.order_by(ListCategory.position, ListCategory.id)))


def item_rows(session: Session, version_id: int) -> Sequence[Row[str, str, str, ItemKind, int]]:
    """Return code, name, sentence, kind and category of each item of a version in its order; one statement."""
    return session.execute(
        select(PowerItem.code, PowerItem.name, PowerItem.sentence, PowerItem.kind, PowerItem.category_id)
        .where(PowerItem.version_id == version_id)
        .order_by(PowerItem.position, PowerItem.id)
    ).all()


def line_of(row: Row[str, str, str, ItemKind, int], categories: Mapping[int, ListCategory]) -> ItemLine:
    """Return a row of `item_rows` as a list shows it."""
    path = path_of(categories, row.category_id)
    return ItemLine(
        code=row.code,
        name=row.name,
        sentence=row.sentence,
        category=path[-1],
        group=path[0],
        kind=row.kind,
        path=path,
    )


def path_of(categories: Mapping[int, ListCategory], number: int) -> tuple[str, ...]:
    """Return the names of the categories from the top down to this one."""
    names: list[str] = []
    node: ListCategory | None = categories[number]
    while node is not None:
        names.append(node.name)
        node = categories[node.parent_id] if node.parent_id is not None else None
    return tuple(reversed(names))


def item_line(session: Session, *, version_id: int, code: str) -> ItemLine | None:
    """Return one item of a version as a list shows it, or None; two statements."""
    row = session.execute(
        select(PowerItem.code, PowerItem.name, PowerItem.sentence, PowerItem.kind, PowerItem.category_id).where(
            PowerItem.version_id == version_id, PowerItem.code == code
        )
    ).one_or_none()
    if row is None:
        return None
    return line_of(row, {category.id: category for category in categories_of(session, version_id)})


def item_by_code(session: Session, *, version_id: int, code: str) -> PowerItem | None:
    """Return an item of a version with bases, postings and procedures, or None."""
    return session.scalar(
        select(PowerItem)
        .where(PowerItem.version_id == version_id, PowerItem.code == code)
        .options(
            selectinload(PowerItem.bases),
            selectinload(PowerItem.postings),
            selectinload(PowerItem.category),
            selectinload(PowerItem.uses).joinedload(ItemProcedure.procedure).selectinload(Procedure.nodes),
            selectinload(PowerItem.uses).joinedload(ItemProcedure.procedure).selectinload(Procedure.edges),
        )
    )


def procedure_by_slug(session: Session, *, version_id: int, slug: str) -> Procedure | None:
    """Return a procedure of a version by its slug, with nodes and arrows, or None."""
    return session.scalar(
        select(Procedure)
        .where(Procedure.version_id == version_id, Procedure.slug == slug)
        .options(selectinload(Procedure.nodes), selectinload(Procedure.edges))
    )


def graph_of(procedure: Procedure, *, prohibited: dict[str, tuple[str, ...]] | None = None) -> Graph:
    """Return the procedure as a graph; `prohibited` gives the prohibition codes by node key."""
    marks = prohibited or {}
    return Graph(
        title=procedure.title,
        nodes=tuple(node_of(node, marks.get(node.key, ())) for node in procedure.nodes),
        edges=tuple(Edge(source=edge.source, target=edge.target, label=edge.label) for edge in procedure.edges),
    )


def node_of(node: ProcedureNode | Row[Any], prohibitions: tuple[str, ...] = ()) -> Node:
    """Return a step's row, or its columns, as a node of a graph."""
    posting = None
    if node.posting_what:
        posting = Posting(
            what=node.posting_what, where=node.posting_where, days=node.posting_days, when=node.posting_when
        )
    return Node(
        key=node.key,
        kind=node.kind,
        title=node.title,
        actor=node.actor,
        detail=node.detail,
        limit_days=node.limit_days,
        limit_kind=node.limit_kind,
        evidence=tuple(node.evidence),
        posting=posting,
        risk=node.risk,
        embeds=node.embeds,
        prohibitions=prohibitions,
    )


def all_versions(session: Session) -> list[ListVersion]:
    """Return every list version with its list and place, oldest first."""
    return list(
        session.scalars(
            select(ListVersion)
            .options(selectinload(ListVersion.power_list).selectinload(PowerList.place))
            .order_by(ListVersion.power_list_id, ListVersion.number)
        )
    )
