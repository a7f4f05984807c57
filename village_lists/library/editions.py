"""A list of the library as one content: the records that the editor, the exchange and the tables share."""

from collections.abc import Iterable, Iterator, Mapping

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
from village_lists.library.charts import charts_in_use
from village_lists.library.contents import Basis, Category, Consequence, Item, Library, ListTemplate, Prohibition

BASIS_LENGTH = 200
"""How long the basis of a prohibition may become in the tables."""

Titles = Mapping[str, str]
"""The printed titles of sources, by their ids."""


def list_content(library: Library, template: ListTemplate) -> ListContent:
    """Return everything that a list of the library says; of the shared charts only those that it uses come along."""
    titles = {source.id: source.title for source in library.sources}
    return ListContent(
        title=template.title,
        note=template.source_note,
        is_sample=bool(template.marker),
        categories=tuple(_categories(template.categories, parent="")),
        items=tuple(_item(item, titles) for item in template.items),
        procedures=tuple(
            ProcedureContent(slug=chart.slug, title=chart.title, graph=chart.graph)
            for chart in charts_in_use(library, template)
        ),
        prohibitions=tuple(_prohibition(one, titles, is_sample=bool(template.marker)) for one in template.prohibitions),
        thresholds=tuple(
            ThresholdContent(key=one.key, name=one.name, suggested_fen=one.suggested_fen) for one in template.thresholds
        ),
    )


def cited(basis: Basis | Consequence, titles: Titles) -> str:
    """Return 《law》article as printed; empty without a source."""
    return f"《{titles.get(basis.source, basis.source)}》{basis.article}" if basis.source else ""


def _categories(categories: Iterable[Category], *, parent: str) -> Iterator[CategoryContent]:
    """Return a tree in reading order."""
    for category in categories:
        yield CategoryContent(code=category.code, name=category.name, parent=parent)
        yield from _categories(category.children, parent=category.code)


def _item(item: Item, titles: Titles) -> ItemContent:
    own = () if item.procedure is None else (ProcedureUse(slug=item.procedure.slug),)
    uses = (ProcedureUse(slug=use.slug, from_key=use.from_key, below_key=use.below_key) for use in item.uses)
    return ItemContent(
        code=item.code,
        name=item.name,
        kind=item.kind,
        category=item.category,
        standard_code=item.standard_code,
        body=item.body,
        sentence=item.in_one_sentence,
        keywords=item.keywords,
        conditions=item.conditions,
        papers=item.papers,
        time_limit=item.time_limit,
        fee=item.fee,
        accountability=tuple(_with_source(part, titles) for part in item.accountability),
        bases=_bases(item, titles),
        postings=tuple(
            PostingContent(what=one.what, where=one.where, when=one.when, days=one.days) for one in item.postings
        ),
        procedures=(*own, *uses),
    )


def _bases(item: Item, titles: Titles) -> tuple[BasisContent, ...]:
    """Return the bases with the titles of their laws; where none is found, the note that says so."""
    if not item.bases and item.basis_note:
        return (BasisContent(words=item.basis_note),)
    return tuple(
        BasisContent(law=titles.get(basis.source, ""), article=basis.article, words=basis.text) for basis in item.bases
    )


def _with_source(consequence: Consequence, titles: Titles) -> str:
    source = cited(consequence, titles)
    return consequence.words + (f"（{source}）" if source else "")


def _prohibition(prohibition: Prohibition, titles: Titles, *, is_sample: bool) -> ProhibitionContent:
    """Return an entry of the negative list; an item that is tied by a step is not tied once more as a whole."""
    stepped = {tie.item_code for tie in prohibition.steps}
    consequence = prohibition.consequence
    return ProhibitionContent(
        code=prohibition.code,
        words=prohibition.words,
        basis="；".join(cited(basis, titles) for basis in prohibition.bases)[:BASIS_LENGTH],
        consequence="" if consequence is None else _with_source(consequence, titles),
        who=prohibition.who,
        watched_by=prohibition.watched_by,
        is_sample=is_sample,
        items=tuple(code for code in prohibition.items if code not in stepped),
        steps=tuple(StepTie(item_code=tie.item_code, node_key=tie.node_key) for tie in prohibition.steps),
        posts=prohibition.posts,
    )
