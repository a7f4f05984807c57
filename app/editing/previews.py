"""An item of a version as residents would see it: the words, and its procedures drawn, those embedded after them."""

from collections import defaultdict
from dataclasses import dataclass, replace

from app.editing.drawings import Drawing, drawing_of
from app.words import say
from village_lists.editions.contents import (
    ItemContent,
    ListContent,
    ProcedureContent,
    ProcedureUse,
    ProhibitionContent,
)
from village_lists.editions.wording import band_words, said


@dataclass(frozen=True, kw_only=True)
class PreviewChart:
    """A procedure of the item; `amounts` says for which amounts, empty where it does not matter."""

    slug: str
    title: str
    amounts: str
    drawing: Drawing | None
    is_embedded: bool


@dataclass(frozen=True, kw_only=True)
class ItemPreview:
    """An item with what is shown around it."""

    item: ItemContent
    category: str
    charts: tuple[PreviewChart, ...]
    prohibitions: tuple[ProhibitionContent, ...]


def item_preview(content: ListContent, *, code: str) -> ItemPreview | None:
    """Return what the page of an item shows, or None where the list has no such item."""
    item = next((one for one in content.items if one.code == code), None)
    if item is None:
        return None
    tied = tuple(
        one for one in content.prohibitions if code in one.items or any(tie.item_code == code for tie in one.steps)
    )
    names = {category.code: category.name for category in content.categories}
    charts = tuple(_charts(content, item, tied))
    return ItemPreview(item=item, category=names.get(item.category, ""), charts=charts, prohibitions=tied)


def _charts(content: ListContent, item: ItemContent, tied: tuple[ProhibitionContent, ...]) -> list[PreviewChart]:
    known = {one.slug: one for one in content.procedures}
    amounts = {one.key: one.name for one in content.thresholds}
    words = {one.code: one.words for one in tied}
    marks: defaultdict[str, list[str]] = defaultdict(list)
    for one in tied:
        for tie in one.steps:
            if tie.item_code == item.code:
                marks[tie.node_key].append(one.code)
    shown, found = set[str](), list[PreviewChart]()
    waiting: list[tuple[str, ProcedureUse | None]] = [(use.slug, use) for use in item.procedures]
    while waiting:
        slug, use = waiting.pop(0)
        if slug in shown or slug not in known:
            continue
        shown.add(slug)
        band = ""
        if use is not None and (use.from_key or use.below_key):
            low, below = (amounts.get(key, key) for key in (use.from_key, use.below_key))
            band = said(band_words(low, below), say)
        found.append(_chart(known[slug], marks if use else {}, words, band, is_embedded=use is None))
        waiting += [(node.embeds, None) for node in known[slug].graph.nodes if node.embeds]
    return found


def _chart(
    procedure: ProcedureContent, marks: dict[str, list[str]], words: dict[str, str], band: str, *, is_embedded: bool
) -> PreviewChart:
    nodes = tuple(replace(node, prohibitions=tuple(marks.get(node.key, ()))) for node in procedure.graph.nodes)
    graph = replace(procedure.graph, nodes=nodes)
    return PreviewChart(
        slug=procedure.slug,
        title=procedure.title,
        amounts=band,
        drawing=drawing_of(graph, name=f"chart-{procedure.slug}", prohibitions=words),
        is_embedded=is_embedded,
    )
