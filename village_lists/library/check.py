"""The check of the library: what one file cannot know of itself, told by file and line."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from village_lists.editions.rules import PROMISES
from village_lists.library.bands import band_problems
from village_lists.library.charts import list_chart_problems, shared_chart_problems
from village_lists.library.contents import (
    Basis,
    Category,
    Consequence,
    Item,
    Library,
    ListTemplate,
    Procedure,
    Prohibition,
    SourceKind,
    Spot,
)
from village_lists.library.load import DATA, scan_library
from village_lists.library.problems import LibraryProblem, told
from village_lists.markers import N_
from village_lists.powers.rules import has_way_back

SAMPLE = "示例，待当地确认"
"""What a consequence without a source has to say of itself."""

Charts = Mapping[str, Procedure]
"""The charts that a list can name, by slug."""


def check_library(folder: Path = DATA) -> list[LibraryProblem]:
    """Return every mistake of the library in a folder, by file and line; an empty list means all is well."""
    problems: list[LibraryProblem] = []
    library = scan_library(folder, problems=problems)
    problems += _source_problems(library)
    problems += _rule_problems(library)
    problems += shared_chart_problems(library)
    for template in library.lists:
        problems += _list_problems(library, template)
    told_once = {str(problem): problem for problem in problems}.values()
    return sorted(told_once, key=lambda problem: (problem.file, problem.line))


def _source_problems(library: Library) -> Iterator[LibraryProblem]:
    """Find sources named twice or never, bases of unknown sources, and reports passed off as sanctions."""
    yield from _repeated((source.id, source.spot) for source in library.sources)
    used = {cited.source for cited in _cited(library)}
    for source in library.sources:
        if source.id not in used:
            yield told(source.spot, N_("出处「%(id)s」没有被引用，请删去"), id=source.id)
    kinds = {source.id: source.kind for source in library.sources}
    for cited in _cited(library):
        if isinstance(cited, Consequence) and not cited.source:
            if SAMPLE not in cited.words:
                words = N_("这条后果没有出处，请写 source，或者在 words 里注明「%(mark)s」")
                yield told(cited.spot, words, mark=SAMPLE)
        elif cited.source not in kinds:
            words = N_("依据「%(source)s」不在 sources.yaml 里，只能引用查到的依据")
            yield told(cited.spot, words, source=cited.source)
        elif isinstance(cited, Consequence) and kinds[cited.source] is SourceKind.REPORT:
            yield told(cited.spot, N_("「%(source)s」是报道，不能当作处罚的依据"), source=cited.source)


def _cited(library: Library) -> Iterator[Basis | Consequence]:
    """Return everything that names a source."""
    yield from (rule.basis for rule in library.rules if rule.basis is not None)
    for procedure in library.procedures:
        yield from procedure.bases
    for template in library.lists:
        for item in template.items:
            yield from item.bases
            yield from item.accountability
        for chart in _own_charts(template):
            yield from chart.bases
        for prohibition in template.prohibitions:
            yield from prohibition.bases
            if prohibition.consequence is not None:
                yield prohibition.consequence


def _rule_problems(library: Library) -> Iterator[LibraryProblem]:
    """Find rows that say the same twice, run backwards, or are neither sourced nor marked as a sample."""
    yield from _repeated((f"{row.key} {row.level} {row.valid_from}", row.spot) for row in library.rules)
    for row in library.rules:
        if row.valid_until is not None and row.valid_until < row.valid_from:
            yield told(row.spot, N_("「%(key)s」的失效日期早于生效日期"), key=row.key)
        if row.basis is None and not row.is_sample:
            yield told(row.spot, N_("「%(key)s」没有依据，又没有标明是示例"), key=row.key)


def _list_problems(library: Library, template: ListTemplate) -> Iterator[LibraryProblem]:
    """Find what is wrong in one list: codes, categories, charts, bands, counts, negative list."""
    categories = list(_all_categories(template.categories))
    yield from _repeated((category.code, category.spot) for category in categories)
    yield from _repeated((item.code, item.spot) for item in template.items)
    yield from _repeated((item.name, item.spot) for item in template.items)
    yield from _repeated((threshold.key, threshold.spot) for threshold in template.thresholds)
    charts = library.charts_of(template)
    for item in template.items:
        yield from _item_problems(item, {category.code for category in categories}, charts)
    yield from list_chart_problems(library, template)
    yield from band_problems(library, template)
    yield from _count_problems(template, categories)
    yield from _prohibition_problems(template, charts)


def _item_problems(item: Item, categories: set[str], charts: Charts) -> Iterator[LibraryProblem]:
    """Find faults of one item: its category, the charts it names, and whether it may do without any."""
    if item.category not in categories:
        yield told(item.spot, N_("「%(name)s」的分类「%(category)s」不存在"), name=item.name, category=item.category)
    for number, use in enumerate(item.uses):
        if use.slug not in charts:
            yield told(use.spot, N_("「%(name)s」引用的流程「%(slug)s」不存在"), name=item.name, slug=use.slug)
        elif use.slug in item.slugs[: len(item.slugs) - len(item.uses) + number]:
            yield told(use.spot, N_("「%(name)s」把流程「%(slug)s」用了两次"), name=item.name, slug=use.slug)
    if not item.slugs and item.kind not in PROMISES:
        yield told(item.spot, N_("「%(name)s」没有流程图，只有责任和协助政府的事项可以没有"), name=item.name)


def _count_problems(template: ListTemplate, categories: Iterable[Category]) -> Iterator[LibraryProblem]:
    """Find categories with another number of items than expected, and too few decisions with a way back."""
    counts = Counter(item.category for item in template.items)
    for category in categories:
        found = sum(counts[below.code] for below in _all_categories([category]))
        if category.expected_items is not None and found != category.expected_items:
            words = N_("分类「%(name)s」应有 %(expected)d 项，实有 %(found)d 项")
            yield told(category.spot, words, name=category.name, expected=category.expected_items, found=found)
    back = sum(has_way_back(chart.graph) for chart in _own_charts(template))
    if back < template.expected_ways_back:
        words = N_("至少 %(expected)d 张流程图要有能退回的判断，实有 %(found)d 张")
        yield told(template.spot, words, expected=template.expected_ways_back, found=back)


def _own_charts(template: ListTemplate) -> Iterator[Procedure]:
    """Return the charts that stand in the folder of a list."""
    yield from (item.procedure for item in template.items if item.procedure is not None)
    yield from template.procedures


def _prohibition_problems(template: ListTemplate, charts: Charts) -> Iterator[LibraryProblem]:
    """Find entries with a code twice, tied to nothing without saying so, or tied to what does not exist."""
    yield from _repeated((prohibition.code, prohibition.spot) for prohibition in template.prohibitions)
    steps = {
        item.code: {node.key for slug in item.slugs if slug in charts for node in charts[slug].graph.nodes}
        for item in template.items
    }
    for prohibition in template.prohibitions:
        tied = bool(prohibition.items or prohibition.steps or prohibition.posts)
        if not tied and not prohibition.list_only:
            words = N_("「%(code)s」没有挂事项、步骤或者岗位；只列在清单里的，请写 list_only: true")
            yield told(prohibition.spot, words, code=prohibition.code)
        if tied and prohibition.list_only:
            words = N_("「%(code)s」写了 list_only，又挂了事项、步骤或者岗位")
            yield told(prohibition.spot, words, code=prohibition.code)
        yield from _tie_problems(prohibition, steps)


def _tie_problems(prohibition: Prohibition, steps: Mapping[str, set[str]]) -> Iterator[LibraryProblem]:
    """Find ties to items and steps that do not exist, and to a step of an item that the entry does not name."""
    for code in prohibition.items:
        if code not in steps:
            words = N_("「%(code)s」挂的事项「%(item)s」不存在")
            yield told(prohibition.spot, words, code=prohibition.code, item=code)
    for tie in prohibition.steps:
        values = {"code": prohibition.code, "step": f"{tie.item_code}.{tie.node_key}"}
        if tie.node_key not in steps.get(tie.item_code, ()):
            yield told(prohibition.spot, N_("「%(code)s」挂的步骤「%(step)s」不存在"), **values)
        elif tie.item_code not in prohibition.items:
            yield told(prohibition.spot, N_("「%(code)s」挂了步骤「%(step)s」，却没挂这个事项"), **values)


def _all_categories(categories: Iterable[Category]) -> Iterator[Category]:
    """Return categories and all below them."""
    for category in categories:
        yield category
        yield from _all_categories(category.children)


def _repeated(named: Iterable[tuple[str, Spot]]) -> Iterator[LibraryProblem]:
    """Find names that occur twice; the later one is told. Empty names were told when they were read."""
    seen: dict[str, Spot] = {}
    for name, spot in named:
        if name and seen.setdefault(name, spot) != spot:
            words = N_("「%(name)s」重复了，前面在 %(file)s 第 %(line)d 行")
            yield told(spot, words, name=name, file=seen[name].file, line=seen[name].line)
