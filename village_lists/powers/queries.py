"""Questions about lists: which version is in force for a village, its items, one item with its procedure."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from village_lists.flowcharts.graph import Edge, Graph, Node, Posting
from village_lists.places.models import Place
from village_lists.powers.models import (
    Adoption,
    ListCategory,
    ListVersion,
    PowerItem,
    PowerList,
    Procedure,
    ProcedureNode,
)


def adoption_of(session: Session, *, village: Place) -> Adoption | None:
    """Return the village's newest adoption with its version and list, or None."""
    return session.scalar(
        select(Adoption)
        .where(Adoption.village_id == village.id)
        .options(selectinload(Adoption.version).selectinload(ListVersion.power_list))
        .order_by(Adoption.held_on.desc(), Adoption.id.desc())
        .limit(1)
    )


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """An item as a list shows it."""

    code: str
    name: str
    sentence: str
    category: str
    group: str


def items_of(session: Session, *, version_id: int) -> list[ItemLine]:
    """Return the items of a version in their order, each with its category and top group."""
    categories = {
        category.id: category
        for category in session.scalars(select(ListCategory).where(ListCategory.version_id == version_id))
    }
    rows = session.execute(
        select(PowerItem.code, PowerItem.name, PowerItem.sentence, PowerItem.category_id)
        .where(PowerItem.version_id == version_id)
        .order_by(PowerItem.position)
    ).all()
    return [
        ItemLine(
            code=code,
            name=name,
            sentence=sentence,
            category=categories[category_id].name,
            group=_top(categories, category_id),
        )
        for code, name, sentence, category_id in rows
    ]


def _top(categories: dict[int, ListCategory], number: int) -> str:
    node = categories[number]
    while node.parent_id is not None:
        node = categories[node.parent_id]
    return node.name


def item_by_code(session: Session, *, version_id: int, code: str) -> PowerItem | None:
    """Return an item of a version with bases, postings and procedures, or None."""
    return session.scalar(
        select(PowerItem)
        .where(PowerItem.version_id == version_id, PowerItem.code == code)
        .options(
            selectinload(PowerItem.bases),
            selectinload(PowerItem.postings),
            selectinload(PowerItem.category),
            selectinload(PowerItem.procedures).selectinload(Procedure.nodes),
            selectinload(PowerItem.procedures).selectinload(Procedure.edges),
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
        nodes=tuple(_node(node, marks.get(node.key, ())) for node in procedure.nodes),
        edges=tuple(Edge(source=edge.source, target=edge.target, label=edge.label) for edge in procedure.edges),
    )


def _node(node: ProcedureNode, prohibitions: tuple[str, ...]) -> Node:
    posting = None
    if node.posting_what:
        posting = Posting(what=node.posting_what, where=node.posting_where, days=node.posting_days)
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
