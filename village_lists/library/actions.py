"""From data files to tables: the sample list with its procedures and prohibitions, and the rule book's rows."""

from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_lists.errors import NotFound
from village_lists.library import contents
from village_lists.library.load import DATA, read_library
from village_lists.markers import N_
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code
from village_lists.powers.models import (
    ItemBasis,
    ItemPosting,
    ListCategory,
    ListVersion,
    PowerItem,
    PowerList,
    Procedure,
    ProcedureEdge,
    ProcedureNode,
    VersionState,
)
from village_lists.prohibitions.models import Prohibition, ProhibitionTie
from village_lists.rulebook.models import RuleRow

TITLES = dict[str, str]


def load_library(session: Session, *, county_code: str, on: date, folder: Path = DATA) -> ListVersion:
    """Put the library's first list as a new version of the county's list, and the rule rows it has not yet.

    Raise NotFound for an unknown county, village_lists.library.load's errors for a library with mistakes.
    """
    county = place_by_code(session, code=county_code, level=Level.COUNTY)
    if county is None:
        raise NotFound(N_("没有区划代码为 %(code)s 的县"), code=county_code)
    library = _library(folder)
    titles = {source.id: source.title for source in library.sources}
    _load_rules(session, library, county, titles)
    return _load_list(session, library, library.lists[0], county, on, titles)


@cache
def _library(folder: Path) -> contents.Library:
    """Read the data files once in a process; what they give is frozen."""
    return read_library(folder)


def _load_rules(session: Session, library: contents.Library, county: Place, titles: TITLES) -> None:
    known = {(row.key, row.level, row.place_id, row.valid_from) for row in session.scalars(select(RuleRow))}
    towns = session.scalars(select(Place).where(Place.parent_id == county.id).order_by(Place.code)).all()
    for row in library.rules:
        places: list[int | None] = [None]
        if row.level == Level.COUNTY:
            places = [county.id]
        elif row.level == Level.TOWNSHIP:
            places = [town.id for town in towns]
        for place_id in places:
            if (row.key, row.level, place_id, row.valid_from) not in known:
                session.add(_rule_row(row, place_id, titles))
    session.flush()


def _rule_row(row: contents.RuleRow, place_id: int | None, titles: TITLES) -> RuleRow:
    value = list(row.value) if isinstance(row.value, tuple) else row.value
    return RuleRow(
        key=row.key,
        level=row.level,
        place_id=place_id,
        value={"value": value, "unit": row.unit.value},
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        basis=_cited(row.basis, titles) if row.basis else row.note,
        is_sample=row.is_sample,
    )


def _cited(basis: contents.Basis | contents.Consequence, titles: TITLES) -> str:
    return f"《{titles.get(basis.source, basis.source)}》{basis.article}" if basis.source else ""


def _load_list(
    session: Session,
    library: contents.Library,
    template: contents.ListTemplate,
    county: Place,
    on: date,
    titles: TITLES,
) -> ListVersion:
    version = _new_version(session, template, county, on)
    categories = _load_categories(session, template, version)
    procedures = {procedure.slug: _procedure(procedure, version) for procedure in library.procedures}
    for position, item in enumerate(template.items):
        session.add(_item(item, position, version, categories, procedures, titles))
    session.add_all(procedures.values())
    for position, prohibition in enumerate(template.prohibitions):
        session.add(_prohibition(prohibition, position, version, titles, is_sample=bool(template.marker)))
    session.flush()
    return version


def _new_version(session: Session, template: contents.ListTemplate, county: Place, on: date) -> ListVersion:
    wanted = select(PowerList).where(PowerList.place_id == county.id, PowerList.slug == template.slug)
    power_list = session.scalar(wanted)
    if power_list is None:
        power_list = PowerList(place_id=county.id, slug=template.slug, title=template.title)
        session.add(power_list)
        session.flush()
    highest = session.scalar(select(func.max(ListVersion.number)).where(ListVersion.power_list_id == power_list.id))
    version = ListVersion(
        power_list_id=power_list.id,
        number=(highest or 0) + 1,
        state=VersionState.PUBLISHED,
        valid_from=on,
        is_sample=bool(template.marker),
        note=template.source_note,
    )
    session.add(version)
    session.flush()
    return version


def _load_categories(session: Session, template: contents.ListTemplate, version: ListVersion) -> dict[str, int]:
    numbers: dict[str, int] = {}

    def enter(category: contents.Category, parent: int | None) -> None:
        row = ListCategory(
            version_id=version.id,
            code=category.code,
            name=category.name,
            position=len(numbers),
            parent_id=parent,
        )
        session.add(row)
        session.flush()
        numbers[category.code] = row.id
        for child in category.children:
            enter(child, row.id)

    for category in template.categories:
        enter(category, None)
    return numbers


def _item(
    item: contents.Item,
    position: int,
    version: ListVersion,
    categories: dict[str, int],
    procedures: dict[str, Procedure],
    titles: TITLES,
) -> PowerItem:
    own = _procedure(item.procedure, version)
    return PowerItem(
        version_id=version.id,
        category_id=categories[item.category],
        code=item.code,
        name=item.name,
        kind=item.kind,
        position=position,
        standard_code=item.standard_code,
        body=item.body,
        sentence=item.in_one_sentence,
        keywords=list(item.keywords),
        conditions="\n".join(item.conditions),
        papers=list(item.papers),
        time_limit=item.time_limit,
        fee=item.fee,
        accountability="\n".join(
            part.words + (f"（{cited}）" if (cited := _cited(part, titles)) else "") for part in item.accountability
        ),
        bases=_bases(item, titles),
        postings=[
            ItemPosting(position=place, what=posting.what, place=posting.where, moment=posting.when, days=posting.days)
            for place, posting in enumerate(item.postings)
        ],
        procedures=[own, *(procedures[slug] for slug in item.further_procedures)],
    )


def _bases(item: contents.Item, titles: TITLES) -> list[ItemBasis]:
    found = [
        ItemBasis(position=place, law=titles.get(basis.source, ""), article=basis.article, words=basis.text)
        for place, basis in enumerate(item.bases)
    ]
    if not found and item.basis_note:
        found.append(ItemBasis(position=0, law="", words=item.basis_note))
    return found


def _procedure(procedure: contents.Procedure, version: ListVersion) -> Procedure:
    return Procedure(
        version_id=version.id,
        slug=procedure.slug,
        title=procedure.title,
        nodes=[
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
                posting_days=node.posting.days if node.posting else None,
                risk=node.risk,
                embeds=node.embeds,
            )
            for position, node in enumerate(procedure.graph.nodes)
        ],
        edges=[
            ProcedureEdge(position=position, source=edge.source, target=edge.target, label=edge.label)
            for position, edge in enumerate(procedure.graph.edges)
        ],
    )


def _prohibition(
    prohibition: contents.Prohibition, position: int, version: ListVersion, titles: TITLES, *, is_sample: bool
) -> Prohibition:
    steps = [ProhibitionTie(item_code=tie.item_code, node_key=tie.node_key) for tie in prohibition.steps]
    stepped = {tie.item_code for tie in prohibition.steps}
    items = [ProhibitionTie(item_code=code) for code in prohibition.items if code not in stepped]
    posts = [ProhibitionTie(post=post) for post in prohibition.posts]
    consequence = prohibition.consequence
    return Prohibition(
        version_id=version.id,
        code=prohibition.code,
        position=position,
        words=prohibition.words,
        basis="；".join(_cited(basis, titles) for basis in prohibition.bases)[:200],
        consequence=(consequence.words + f"（{_cited(consequence, titles)}）") if consequence else "",
        watched_by=prohibition.watched_by,
        is_sample=is_sample,
        ties=[*steps, *items, *posts],
    )
