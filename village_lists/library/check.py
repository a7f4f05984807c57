"""The check of the library: what one file cannot know of itself, told by file and line."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from village_lists.flowcharts.graph import Graph, NodeKind
from village_lists.library.contents import (
    Basis,
    Category,
    Consequence,
    Item,
    Library,
    ListTemplate,
    Procedure,
    SourceKind,
    Spot,
)
from village_lists.library.load import DATA, scan_library
from village_lists.library.problems import LibraryProblem
from village_lists.markers import N_
from village_lists.powers.rules import canonical_form, content_problems, graph_problems, has_way_back


def check_library(folder: Path = DATA) -> list[LibraryProblem]:
    """Return every mistake of the library in a folder, by file and line; an empty list means all is well."""
    problems: list[LibraryProblem] = []
    library = scan_library(folder, problems=problems)
    problems += _source_problems(library)
    problems += _rule_problems(library)
    shared = {procedure.slug for procedure in library.procedures}
    for procedure in library.procedures:
        problems += _procedure_problems(procedure, shared)
    problems += _embedding_problems(library.procedures)
    for template in library.lists:
        problems += _list_problems(template, shared)
    told_once = {str(problem): problem for problem in problems}.values()
    return sorted(told_once, key=lambda problem: (problem.file, problem.line))


def _told(spot: Spot, words: str, **values: object) -> LibraryProblem:
    """Return a problem at a spot."""
    return LibraryProblem(file=spot.file, line=spot.line, words=words, values=values)


def _source_problems(library: Library) -> Iterator[LibraryProblem]:
    """Find sources named twice or never, bases of unknown sources, and reports passed off as sanctions."""
    yield from _repeated((source.id, source.spot) for source in library.sources)
    used = {cited.source for cited in _cited(library)}
    for source in library.sources:
        if source.id not in used:
            yield _told(source.spot, N_("出处「%(id)s」没有被引用，请删去"), id=source.id)
    kinds = {source.id: source.kind for source in library.sources}
    for cited in _cited(library):
        if cited.source not in kinds:
            words = N_("依据「%(source)s」不在 sources.yaml 里，只能引用查到的依据")
            yield _told(cited.spot, words, source=cited.source)
        elif isinstance(cited, Consequence) and kinds[cited.source] is SourceKind.REPORT:
            yield _told(cited.spot, N_("「%(source)s」是报道，不能当作处罚的依据"), source=cited.source)


def _cited(library: Library) -> Iterator[Basis | Consequence]:
    """Return everything that names a source."""
    yield from (rule.basis for rule in library.rules if rule.basis is not None)
    for procedure in library.procedures:
        yield from procedure.bases
    for template in library.lists:
        for item in template.items:
            yield from item.bases
            yield from item.accountability
            yield from item.procedure.bases
        for prohibition in template.prohibitions:
            yield from prohibition.bases
            if prohibition.consequence is not None:
                yield prohibition.consequence


def _rule_problems(library: Library) -> Iterator[LibraryProblem]:
    """Find rows that say the same twice, run backwards, or are neither sourced nor marked as a sample."""
    yield from _repeated((f"{row.key} {row.level} {row.valid_from}", row.spot) for row in library.rules)
    for row in library.rules:
        if row.valid_until is not None and row.valid_until < row.valid_from:
            yield _told(row.spot, N_("「%(key)s」的失效日期早于生效日期"), key=row.key)
        if row.basis is None and not row.is_sample:
            yield _told(row.spot, N_("「%(key)s」没有依据，又没有标明是示例"), key=row.key)


def _procedure_problems(procedure: Procedure, shared: set[str]) -> Iterator[LibraryProblem]:
    """Find faults of one graph, embedded procedures that do not exist, and charts that demand nothing."""
    file, graph = procedure.spot.file, procedure.graph
    for found in (*graph_problems(graph), *content_problems(graph)):
        line = procedure.node_lines.get(found.node_key, procedure.spot.line)
        yield LibraryProblem(file=file, line=line, words=found.words, values=found.values)
    for node in graph.nodes:
        if node.embeds and node.embeds not in shared:
            spot = Spot(file=file, line=procedure.node_lines[node.key])
            yield _told(spot, N_("步骤「%(title)s」用的既定流程「%(slug)s」不存在"), title=node.title, slug=node.embeds)
    yield from _demand_problems(procedure)


def _demand_problems(procedure: Procedure) -> Iterator[LibraryProblem]:
    """Find charts without any limit, evidence, posting or risk: they would promise residents nothing."""
    nodes = procedure.graph.nodes
    if not any(node.limit_days for node in nodes):
        yield _told(procedure.spot, N_("流程「%(title)s」没有一步写时限"), title=procedure.title)
    if not any(node.evidence for node in nodes):
        yield _told(procedure.spot, N_("流程「%(title)s」没有一步要留材料"), title=procedure.title)
    if not any(node.posting for node in nodes):
        yield _told(procedure.spot, N_("流程「%(title)s」没有一步要公示"), title=procedure.title)
    if not any(node.risk for node in nodes):
        yield _told(procedure.spot, N_("流程「%(title)s」没有一步写风险点"), title=procedure.title)


def _embedding_problems(procedures: Iterable[Procedure]) -> Iterator[LibraryProblem]:
    """Find shared procedures that embed themselves, directly or by way of others."""
    known = {procedure.slug: procedure for procedure in procedures}
    for procedure in known.values():
        waiting, seen = _embedded(procedure.graph), set[str]()
        while waiting:
            slug = waiting.pop()
            if slug in known and slug not in seen:
                seen.add(slug)
                waiting += _embedded(known[slug].graph)
        if procedure.slug in seen:
            yield _told(procedure.spot, N_("既定流程「%(title)s」绕回来嵌入了自己"), title=procedure.title)


def _embedded(graph: Graph) -> list[str]:
    """Return the slugs that a graph embeds."""
    return [node.embeds for node in graph.nodes if node.kind is NodeKind.PREDEFINED]


def _list_problems(template: ListTemplate, shared: set[str]) -> Iterator[LibraryProblem]:
    """Find what is wrong in one list: codes, categories, procedures, twins, counts, negative list."""
    categories = list(_all_categories(template.categories))
    yield from _repeated((category.code, category.spot) for category in categories)
    yield from _repeated((item.code, item.spot) for item in template.items)
    yield from _repeated((item.name, item.spot) for item in template.items)
    for item in template.items:
        yield from _item_problems(item, {category.code for category in categories}, shared)
    yield from _twin_problems(template.items)
    yield from _count_problems(template, categories)
    yield from _prohibition_problems(template)


def _item_problems(item: Item, categories: set[str], shared: set[str]) -> Iterator[LibraryProblem]:
    """Find faults of one item and of its own chart."""
    if item.category not in categories:
        yield _told(item.spot, N_("「%(name)s」的分类「%(category)s」不存在"), name=item.name, category=item.category)
    for slug in item.further_procedures:
        if slug not in shared:
            yield _told(item.spot, N_("「%(name)s」引用的流程「%(slug)s」不存在"), name=item.name, slug=slug)
    yield from _procedure_problems(item.procedure, shared)


def _twin_problems(items: Iterable[Item]) -> Iterator[LibraryProblem]:
    """Find items whose charts are the same once the names are gone: copied, not thought through."""
    seen: dict[str, Item] = {}
    for item in items:
        first = seen.setdefault(canonical_form(item.procedure.graph), item)
        if first is not item:
            words = N_("「%(name)s」的流程图和「%(first)s」一模一样，只换了字")
            yield _told(item.procedure.spot, words, name=item.name, first=first.name)


def _count_problems(template: ListTemplate, categories: Iterable[Category]) -> Iterator[LibraryProblem]:
    """Find categories with another number of items than expected, and too few decisions with a way back."""
    counts = Counter(item.category for item in template.items)
    for category in categories:
        found = sum(counts[below.code] for below in _all_categories([category]))
        if category.expected_items is not None and found != category.expected_items:
            words = N_("分类「%(name)s」应有 %(expected)d 项，实有 %(found)d 项")
            yield _told(category.spot, words, name=category.name, expected=category.expected_items, found=found)
    back = sum(has_way_back(item.procedure.graph) for item in template.items)
    if back < template.expected_ways_back:
        words = N_("至少 %(expected)d 项要有能退回的判断，实有 %(found)d 项")
        yield _told(template.spot, words, expected=template.expected_ways_back, found=back)


def _prohibition_problems(template: ListTemplate) -> Iterator[LibraryProblem]:
    """Find entries with a code twice, tied to no such item or step, or to a step of an item they do not name."""
    yield from _repeated((prohibition.code, prohibition.spot) for prohibition in template.prohibitions)
    steps = {item.code: {node.key for node in item.procedure.graph.nodes} for item in template.items}
    for prohibition in template.prohibitions:
        for code in prohibition.items:
            if code not in steps:
                yield _told(
                    prohibition.spot, N_("「%(code)s」挂的事项「%(item)s」不存在"), code=prohibition.code, item=code
                )
        for tie in prohibition.steps:
            values = {"code": prohibition.code, "step": f"{tie.item_code}.{tie.node_key}"}
            if tie.node_key not in steps.get(tie.item_code, ()):
                yield _told(prohibition.spot, N_("「%(code)s」挂的步骤「%(step)s」不存在"), **values)
            elif tie.item_code not in prohibition.items:
                yield _told(prohibition.spot, N_("「%(code)s」挂了步骤「%(step)s」，却没挂这个事项"), **values)


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
            yield _told(spot, words, name=name, file=seen[name].file, line=seen[name].line)
