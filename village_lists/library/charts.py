"""Charts of the library: which of them a list brings along, and what is wrong with each, told by file and line."""

from collections.abc import Iterable, Iterator, Mapping

from village_lists.flowcharts.graph import Graph, NodeKind
from village_lists.library.contents import Library, ListTemplate, Procedure, Spot
from village_lists.library.problems import LibraryProblem, told
from village_lists.markers import N_
from village_lists.powers.rules import canonical_form, content_problems, graph_problems


def charts_in_use(library: Library, template: ListTemplate) -> tuple[Procedure, ...]:
    """Return the charts that a list's items follow and those embedded in them, in the order in which they are met.

    Slugs that lead nowhere are passed over; the check tells them.
    """
    charts = library.charts_of(template)
    found: dict[str, Procedure] = {}

    def meet(slug: str) -> None:
        if slug in charts and slug not in found:
            found[slug] = charts[slug]
            for embedded in _embedded(charts[slug].graph):
                meet(embedded)

    for item in template.items:
        for slug in item.slugs:
            meet(slug)
    return tuple(found.values())


def shared_chart_problems(library: Library) -> Iterator[LibraryProblem]:
    """Find faults of the charts that all lists share, and those that no list uses."""
    shared = {chart.slug: chart for chart in library.procedures}
    for chart in library.procedures:
        yield from _chart_problems(chart, shared)
    yield from _cycle_problems(shared)
    used = {chart.slug for template in library.lists for chart in charts_in_use(library, template)}
    yield from _unused_problems(library.procedures, used)


def list_chart_problems(library: Library, template: ListTemplate) -> Iterator[LibraryProblem]:
    """Find faults of a list's own charts, slugs used twice, charts nobody uses, and charts that are copies."""
    charts = library.charts_of(template)
    own = [item.procedure for item in template.items if item.procedure is not None]
    for chart in (*own, *template.procedures):
        yield from _chart_problems(chart, charts)
    yield from _cycle_problems(charts)
    yield from _slug_problems((*library.procedures, *template.procedures, *own))
    in_use = charts_in_use(library, template)
    yield from _unused_problems(template.procedures, {chart.slug for chart in in_use})
    yield from _twin_problems(in_use)


def _chart_problems(chart: Procedure, known: Mapping[str, Procedure]) -> Iterator[LibraryProblem]:
    """Find faults of one graph, embedded charts that do not exist, and charts that demand nothing."""
    file, graph = chart.spot.file, chart.graph
    for found in (*graph_problems(graph), *content_problems(graph)):
        line = chart.node_lines.get(found.node_key, chart.spot.line)
        yield LibraryProblem(file=file, line=line, words=found.words, values=found.values)
    for node in graph.nodes:
        if node.embeds and node.embeds not in known:
            spot = Spot(file=file, line=chart.node_lines[node.key])
            yield told(spot, N_("步骤「%(title)s」用的既定流程「%(slug)s」不存在"), title=node.title, slug=node.embeds)
    yield from _demand_problems(chart)


def _demand_problems(chart: Procedure) -> Iterator[LibraryProblem]:
    """Find charts without any limit, evidence, posting or risk: they would promise residents nothing."""
    nodes = chart.graph.nodes
    if not any(node.limit_days for node in nodes):
        yield told(chart.spot, N_("流程「%(title)s」没有一步写时限"), title=chart.title)
    if not any(node.evidence for node in nodes):
        yield told(chart.spot, N_("流程「%(title)s」没有一步要留材料"), title=chart.title)
    if not any(node.posting for node in nodes):
        yield told(chart.spot, N_("流程「%(title)s」没有一步要公示"), title=chart.title)
    if not any(node.risk for node in nodes):
        yield told(chart.spot, N_("流程「%(title)s」没有一步写风险点"), title=chart.title)


def _cycle_problems(charts: Mapping[str, Procedure]) -> Iterator[LibraryProblem]:
    """Find charts that embed themselves, directly or by way of others."""
    for chart in charts.values():
        waiting, seen = _embedded(chart.graph), set[str]()
        while waiting:
            slug = waiting.pop()
            if slug in charts and slug not in seen:
                seen.add(slug)
                waiting += _embedded(charts[slug].graph)
        if chart.slug in seen:
            yield told(chart.spot, N_("既定流程「%(title)s」绕回来嵌入了自己"), title=chart.title)


def _embedded(graph: Graph) -> list[str]:
    """Return the slugs that a graph embeds."""
    return [node.embeds for node in graph.nodes if node.kind is NodeKind.PREDEFINED]


def _slug_problems(charts: Iterable[Procedure]) -> Iterator[LibraryProblem]:
    """Find a slug that two charts bear: an item naming it could mean either."""
    seen: dict[str, Procedure] = {}
    for chart in charts:
        first = seen.setdefault(chart.slug, chart)
        if chart.slug and first is not chart:
            words = N_("流程图的编号「%(slug)s」和 %(file)s 的重复了")
            yield told(chart.spot, words, slug=chart.slug, file=first.spot.file)


def _unused_problems(charts: Iterable[Procedure], used: set[str]) -> Iterator[LibraryProblem]:
    """Find shared charts that no item follows and no chart in use embeds."""
    for chart in charts:
        if chart.slug not in used:
            yield told(chart.spot, N_("共用流程「%(title)s」没有事项在用，请删去"), title=chart.title)


def _twin_problems(charts: Iterable[Procedure]) -> Iterator[LibraryProblem]:
    """Find charts that are the same once the names are gone: copied, not thought through."""
    seen: dict[str, Procedure] = {}
    for chart in charts:
        first = seen.setdefault(canonical_form(chart.graph), chart)
        if first is not chart:
            words = N_("「%(title)s」的流程图和「%(first)s」一模一样，只换了字")
            yield told(chart.spot, words, title=chart.title, first=first.title)
