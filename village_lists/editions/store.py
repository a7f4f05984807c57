"""Between records and tables: a whole version read as one content, and a content written into a draft.

Reading takes a fixed number of statements, however long the list is.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from village_lists.editions.contents import (
    BasisContent,
    CategoryContent,
    ItemContent,
    ListContent,
    PostingContent,
    ProcedureContent,
    ProcedureUse,
    ProhibitionContent,
    StepTie,
    ThresholdContent,
)
from village_lists.flowcharts.graph import Edge, Graph, Node
from village_lists.powers.models import (
    ItemBasis,
    ItemPosting,
    ItemProcedure,
    ListCategory,
    ListThreshold,
    ListVersion,
    PowerItem,
    Procedure,
    ProcedureEdge,
    ProcedureNode,
)
from village_lists.powers.queries import graph_of, node_of
from village_lists.prohibitions.models import Prohibition, ProhibitionTie
from village_lists.prohibitions.queries import prohibitions_of


def read_content(session: Session, *, version: ListVersion) -> ListContent:
    """Return everything that a version says."""
    categories = _categories(session, version)
    codes = {row.id: row.code for row in categories}
    return ListContent(
        title=version.title,
        note=version.note,
        is_sample=version.is_sample,
        categories=tuple(
            CategoryContent(code=row.code, name=row.name, parent=codes.get(row.parent_id or 0, ""))
            for row in categories
        ),
        items=tuple(item_content(row, category=codes[row.category_id]) for row in _items(session, version)),
        procedures=tuple(_procedure_contents(session, version)),
        prohibitions=tuple(prohibition_content(row) for row in prohibitions_of(session, version_id=version.id)),
        thresholds=tuple(threshold_contents(session, version=version)),
    )


def _categories(session: Session, version: ListVersion) -> list[ListCategory]:
    wanted = select(ListCategory).where(ListCategory.version_id == version.id).order_by(ListCategory.position)
    return list(session.scalars(wanted))


def _items(session: Session, version: ListVersion) -> list[PowerItem]:
    return list(
        session.scalars(
            select(PowerItem)
            .where(PowerItem.version_id == version.id)
            .options(
                selectinload(PowerItem.bases),
                selectinload(PowerItem.postings),
                selectinload(PowerItem.uses).selectinload(ItemProcedure.procedure),
            )
            .order_by(PowerItem.position, PowerItem.id)
        )
    )


def _procedures(session: Session, version: ListVersion) -> list[Procedure]:
    return list(
        session.scalars(
            select(Procedure)
            .where(Procedure.version_id == version.id)
            .options(selectinload(Procedure.nodes), selectinload(Procedure.edges))
            .order_by(Procedure.position, Procedure.id)
        )
    )


def _procedure_contents(session: Session, version: ListVersion) -> Iterator[ProcedureContent]:
    """Return the procedures of a version by plain rows: a long list has ten thousand steps and arrows."""
    mine = select(Procedure.id).where(Procedure.version_id == version.id)
    nodes: defaultdict[int, list[Node]] = defaultdict(list)
    for row in session.execute(
        select(*(getattr(ProcedureNode, name) for name in ("procedure_id", *NODE_COLUMNS)))
        .where(ProcedureNode.procedure_id.in_(mine))
        .order_by(ProcedureNode.procedure_id, ProcedureNode.position)
    ):
        nodes[row.procedure_id].append(node_of(row))
    edges: defaultdict[int, list[Edge]] = defaultdict(list)
    for number, source, target, label in session.execute(
        select(ProcedureEdge.procedure_id, ProcedureEdge.source, ProcedureEdge.target, ProcedureEdge.label)
        .where(ProcedureEdge.procedure_id.in_(mine))
        .order_by(ProcedureEdge.procedure_id, ProcedureEdge.position)
    ):
        edges[number].append(Edge(source=source, target=target, label=label))
    for number, slug, title in session.execute(
        select(Procedure.id, Procedure.slug, Procedure.title)
        .where(Procedure.version_id == version.id)
        .order_by(Procedure.position, Procedure.id)
    ):
        graph = Graph(title=title, nodes=tuple(nodes[number]), edges=tuple(edges[number]))
        yield ProcedureContent(slug=slug, title=title, graph=graph)


NODE_COLUMNS = (
    "key",
    "kind",
    "title",
    "actor",
    "detail",
    "limit_days",
    "limit_kind",
    "evidence",
    "posting_what",
    "posting_where",
    "posting_when",
    "posting_days",
    "risk",
    "embeds",
)


def category_contents(session: Session, *, version: ListVersion) -> tuple[CategoryContent, ...]:
    """Return the category tree of a version in reading order."""
    rows = _categories(session, version)
    codes = {row.id: row.code for row in rows}
    return tuple(
        CategoryContent(code=row.code, name=row.name, parent=codes.get(row.parent_id or 0, "")) for row in rows
    )


def threshold_contents(session: Session, *, version: ListVersion) -> tuple[ThresholdContent, ...]:
    """Return the amounts that the bands of a version refer to."""
    rows = session.scalars(
        select(ListThreshold).where(ListThreshold.version_id == version.id).order_by(ListThreshold.position)
    )
    return tuple(ThresholdContent(key=row.key, name=row.name, suggested_fen=row.suggested_fen) for row in rows)


def item_content(row: PowerItem, *, category: str) -> ItemContent:
    """Return an item's row as content; `category` is the code of its category."""
    return ItemContent(
        code=row.code,
        name=row.name,
        kind=row.kind,
        category=category,
        standard_code=row.standard_code,
        body=row.body,
        sentence=row.sentence,
        keywords=tuple(row.keywords),
        conditions=tuple(row.conditions.splitlines()),
        papers=tuple(row.papers),
        time_limit=row.time_limit,
        fee=row.fee,
        accountability=tuple(row.accountability.splitlines()),
        bases=tuple(BasisContent(law=one.law, article=one.article, words=one.words) for one in row.bases),
        postings=tuple(
            PostingContent(what=one.what, where=one.place, when=one.moment, days=one.days) for one in row.postings
        ),
        procedures=tuple(
            ProcedureUse(slug=one.procedure.slug, from_key=one.from_key, below_key=one.below_key) for one in row.uses
        ),
    )


def procedure_content(row: Procedure) -> ProcedureContent:
    """Return a procedure's rows as content."""
    return ProcedureContent(slug=row.slug, title=row.title, graph=graph_of(row))


def prohibition_content(row: Prohibition) -> ProhibitionContent:
    """Return a prohibition's row with its ties as content; an item whose step is tied counts as tied too."""
    steps = tuple(StepTie(item_code=tie.item_code, node_key=tie.node_key) for tie in row.ties if tie.node_key)
    return ProhibitionContent(
        code=row.code,
        words=row.words,
        basis=row.basis,
        consequence=row.consequence,
        who=row.who,
        watched_by=row.watched_by,
        is_sample=row.is_sample,
        items=tuple(tie.item_code for tie in row.ties if tie.item_code and not tie.node_key),
        steps=steps,
        posts=tuple(tie.post for tie in row.ties if tie.post is not None),
    )


def write_content(session: Session, *, version: ListVersion, content: ListContent) -> None:
    """Fill an empty draft with a content whose references hold (village_lists.editions.rules finds those that do not).

    Raise KeyError for an item of an unknown category or procedure.
    """
    version.title, version.note, version.is_sample = content.title, content.note, content.is_sample
    write_categories(session, version=version, categories=content.categories)
    procedures = {}
    for position, procedure in enumerate(content.procedures):
        row = Procedure(version_id=version.id, slug=procedure.slug, title=procedure.title, position=position)
        _fill_procedure(row, procedure)
        session.add(row)
        procedures[procedure.slug] = row
    categories = {row.code: row.id for row in _categories(session, version)}
    for position, item in enumerate(content.items):
        row_of_item = PowerItem(
            version_id=version.id,
            category_id=categories[item.category],
            code=item.code,
            name=item.name,
            kind=item.kind,
            position=position,
        )
        _fill_item(row_of_item, item, categories, procedures)
        session.add(row_of_item)
    for position, prohibition in enumerate(content.prohibitions):
        session.add(_prohibition_row(prohibition, version, position))
    write_thresholds(session, version=version, thresholds=content.thresholds)
    session.flush()


def write_categories(session: Session, *, version: ListVersion, categories: tuple[CategoryContent, ...]) -> None:
    """Make the tree of a draft say this; categories are known by their codes, parents stand before or after."""
    known = {row.code: row for row in _categories(session, version)}
    for position, category in enumerate(categories):
        row = known.get(category.code)
        if row is None:
            row = ListCategory(version_id=version.id, code=category.code, name=category.name, position=position)
            session.add(row)
            known[category.code] = row
        row.name, row.position = category.name, position
    session.flush()
    for category in categories:
        known[category.code].parent_id = known[category.parent].id if category.parent else None
    session.flush()
    wanted = {category.code for category in categories}
    gone = [row for code, row in known.items() if code not in wanted]
    # First out of the tree, then away: one that goes may have stood above another.
    for row in gone:
        row.parent_id = None
    session.flush()
    for row in gone:
        session.delete(row)
    session.flush()


def write_thresholds(session: Session, *, version: ListVersion, thresholds: tuple[ThresholdContent, ...]) -> None:
    """Make the amounts of a draft say this."""
    session.execute(delete(ListThreshold).where(ListThreshold.version_id == version.id))
    for position, one in enumerate(thresholds):
        session.add(
            ListThreshold(
                version_id=version.id, position=position, key=one.key, name=one.name, suggested_fen=one.suggested_fen
            )
        )
    session.flush()


def write_item(session: Session, *, version: ListVersion, content: ItemContent | None, code: str) -> None:
    """Make the item `code` of a draft say this: changed, added at the end where there was none, or None: taken away.

    An item whose code changes takes its prohibitions along; one that goes leaves them without this tie.
    """
    row = session.scalar(select(PowerItem).where(PowerItem.version_id == version.id, PowerItem.code == code))
    if content is None:
        if row is not None:
            session.delete(row)
            _drop_ties(session, version, code)
        session.flush()
        return
    categories = {category.code: category.id for category in _categories(session, version)}
    slugs = [use.slug for use in content.procedures]
    wanted = select(Procedure).where(Procedure.version_id == version.id, Procedure.slug.in_(slugs))
    procedures = {procedure.slug: procedure for procedure in session.scalars(wanted)}
    if row is None:
        row = PowerItem(
            version_id=version.id,
            category_id=categories[content.category],
            code=content.code,
            name=content.name,
            kind=content.kind,
            position=_next_position(session, PowerItem, version),
        )
        session.add(row)
    elif content.code != code:
        _move_ties(session, version, code, content.code)
    _fill_item(row, content, categories, procedures)
    session.flush()


def write_procedure(session: Session, *, version: ListVersion, content: ProcedureContent | None, slug: str) -> None:
    """Make the procedure `slug` of a draft say this; None takes it away, with every item's use of it."""
    row = session.scalar(
        select(Procedure)
        .where(Procedure.version_id == version.id, Procedure.slug == slug)
        .options(selectinload(Procedure.nodes), selectinload(Procedure.edges))
    )
    if content is None:
        if row is not None:
            for use in session.scalars(select(ItemProcedure).where(ItemProcedure.procedure_id == row.id)):
                session.delete(use)
            session.flush()
            session.delete(row)
        session.flush()
        return
    if row is None:
        row = Procedure(
            version_id=version.id,
            slug=content.slug,
            title=content.title,
            position=_next_position(session, Procedure, version),
        )
        session.add(row)
    else:
        # Gone before the new ones come: a key is unique within its procedure.
        row.nodes, row.edges = [], []
        session.flush()
    row.title = content.title
    _fill_procedure(row, content)
    session.flush()


def write_prohibition(session: Session, *, version: ListVersion, content: ProhibitionContent | None, code: str) -> None:
    """Make the prohibition `code` of a draft say this; None takes it away."""
    row = session.scalar(select(Prohibition).where(Prohibition.version_id == version.id, Prohibition.code == code))
    position = row.position if row is not None else _next_position(session, Prohibition, version)
    if row is not None:
        session.delete(row)
        session.flush()
    if content is not None:
        session.add(_prohibition_row(content, version, position))
    session.flush()


def write_order(session: Session, *, version: ListVersion, subject: str, codes: Sequence[str]) -> None:
    """Put the items, procedures or prohibitions of a draft into this order of codes; others follow as they stood."""
    place = {code: number for number, code in enumerate(codes)}
    rows = sorted(_ordered(session, version, subject), key=lambda row: place.get(_code(row), len(place)))
    for position, row in enumerate(rows):
        row.position = position
    session.flush()


ORDERED: dict[str, type[PowerItem] | type[Procedure] | type[Prohibition]] = {
    "item": PowerItem,
    "procedure": Procedure,
    "prohibition": Prohibition,
}
Ordered = PowerItem | Procedure | Prohibition


def _ordered(session: Session, version: ListVersion, subject: str) -> list[Ordered]:
    kind: Any = ORDERED[subject]
    wanted = select(kind).where(kind.version_id == version.id).order_by(kind.position, kind.id)
    return list(session.scalars(wanted))


def _code(row: Ordered) -> str:
    return row.slug if isinstance(row, Procedure) else row.code


def order_of(session: Session, *, version: ListVersion, subject: str) -> tuple[str, ...]:
    """Return the codes of the items, procedures or prohibitions of a version in their order."""
    return tuple(_code(row) for row in _ordered(session, version, subject))


def _next_position(
    session: Session, kind: type[PowerItem] | type[Procedure] | type[Prohibition], version: ListVersion
) -> int:
    last = session.scalar(
        select(kind.position).where(kind.version_id == version.id).order_by(kind.position.desc()).limit(1)
    )
    return 0 if last is None else last + 1


def _fill_item(
    row: PowerItem, content: ItemContent, categories: dict[str, int], procedures: dict[str, Procedure]
) -> None:
    row.code, row.name, row.kind = content.code, content.name, content.kind
    row.category_id = categories[content.category]
    row.standard_code, row.body, row.sentence = content.standard_code, content.body, content.sentence
    row.keywords, row.papers = list(content.keywords), list(content.papers)
    row.conditions, row.accountability = "\n".join(content.conditions), "\n".join(content.accountability)
    row.time_limit, row.fee = content.time_limit, content.fee
    row.bases = [
        ItemBasis(position=place, law=one.law, article=one.article, words=one.words)
        for place, one in enumerate(content.bases)
    ]
    row.postings = [
        ItemPosting(position=place, what=one.what, place=one.where, moment=one.when, days=one.days)
        for place, one in enumerate(content.postings)
    ]
    # A use that stays keeps its row: an item has a procedure once.
    known = {use.procedure.slug: use for use in row.uses}
    uses = []
    for place, one in enumerate(content.procedures):
        use = known.get(one.slug) or ItemProcedure(position=place, procedure=procedures[one.slug])
        use.position, use.from_key, use.below_key = place, one.from_key, one.below_key
        uses.append(use)
    row.uses = uses


def _fill_procedure(row: Procedure, content: ProcedureContent) -> None:
    graph: Graph = content.graph
    row.nodes = [
        ProcedureNode(
            position=position,
            key=node.key,
            kind=node.kind,
            title=node.title,
            actor=node.actor,
            detail=node.detail,
            limit_days=node.limit_days,
            limit_kind=node.limit_kind,
            evidence=list(node.evidence),
            posting_what=node.posting.what if node.posting else "",
            posting_where=node.posting.where if node.posting else "",
            posting_when=node.posting.when if node.posting else "",
            posting_days=node.posting.days if node.posting else None,
            risk=node.risk,
            embeds=node.embeds,
        )
        for position, node in enumerate(graph.nodes)
    ]
    places = {node.key: place for place, node in enumerate(graph.nodes)}
    edges = sorted(graph.edges, key=lambda edge: places.get(edge.source, len(places)))
    row.edges = [
        ProcedureEdge(position=position, source=edge.source, target=edge.target, label=edge.label)
        for position, edge in enumerate(edges)
    ]


def _prohibition_row(content: ProhibitionContent, version: ListVersion, position: int) -> Prohibition:
    return Prohibition(
        version_id=version.id,
        code=content.code,
        position=position,
        words=content.words,
        basis=content.basis,
        consequence=content.consequence,
        who=content.who,
        watched_by=content.watched_by,
        is_sample=content.is_sample,
        ties=[
            *(ProhibitionTie(item_code=tie.item_code, node_key=tie.node_key) for tie in content.steps),
            *(ProhibitionTie(item_code=code) for code in content.items),
            *(ProhibitionTie(post=post) for post in content.posts),
        ],
    )


def _ties_of(session: Session, version: ListVersion, code: str) -> defaultdict[int, list[ProhibitionTie]]:
    rows = session.execute(
        select(Prohibition.id, ProhibitionTie)
        .join(ProhibitionTie, ProhibitionTie.prohibition_id == Prohibition.id)
        .where(Prohibition.version_id == version.id, ProhibitionTie.item_code == code)
    )
    found: defaultdict[int, list[ProhibitionTie]] = defaultdict(list)
    for number, tie in rows:
        found[number].append(tie)
    return found


def _drop_ties(session: Session, version: ListVersion, code: str) -> None:
    for ties in _ties_of(session, version, code).values():
        for tie in ties:
            session.delete(tie)


def _move_ties(session: Session, version: ListVersion, former: str, code: str) -> None:
    for ties in _ties_of(session, version, former).values():
        for tie in ties:
            tie.item_code = code


def category_numbers(session: Session, *, version: ListVersion) -> dict[int, str]:
    """Return the code of each category of a version by its number in the database."""
    return {row.id: row.code for row in _categories(session, version)}


def empty(session: Session, *, version: ListVersion) -> None:
    """Take everything but the cover and the category rows' names out of a draft, before another content is written."""
    for prohibition in prohibitions_of(session, version_id=version.id):
        session.delete(prohibition)
    for item in _items(session, version):
        session.delete(item)
    session.flush()
    for procedure in _procedures(session, version):
        session.delete(procedure)
    session.flush()
    write_thresholds(session, version=version, thresholds=())
