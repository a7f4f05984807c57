"""What stands beside the form of a procedure: the chart of what is typed, what is wrong at which step, who uses it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from app.editing.drawings import Drawing, drawing_of
from app.editing.joins import embeddable
from app.editing.procedures import ProcedureForm
from village_lists.editions.contents import ItemContent, ListContent, ProcedureContent
from village_lists.editions.rules import ContentProblem, content_problems
from village_lists.flowcharts.graph import Graph, Node
from village_lists.flowcharts.tell import numbers_of

CHART = "chart"


@dataclass(frozen=True, kw_only=True)
class ProcedurePage:
    """The chart (None while something cannot be read), the problems by step, and what the selects offer.

    `numbers` has the number of each step on the chart, empty for start, end and parallel marks; problems of the
    procedure as a whole stand under the empty key.
    """

    drawing: Drawing | None
    problems: Mapping[str, list[ContentProblem]]
    numbers: Mapping[str, int]
    users: tuple[ItemContent, ...]
    embedded_in: tuple[ProcedureContent, ...]
    embeddable: tuple[ProcedureContent, ...]


def procedure_page(
    content: ListContent, *, slug: str, form: ProcedureForm, known_keys: frozenset[str]
) -> ProcedurePage:
    """Return what stands beside the form of the procedure `slug` of a list; nothing is read from a database."""
    others = {one.slug: one.graph for one in content.procedures}
    users = tuple(item for item in content.items if any(use.slug == slug for use in item.procedures))
    graph = form.content.graph if form.content else Graph(title=form.title, nodes=(), edges=())
    marked, words = _with_prohibitions(content, graph, users)
    offered = set(embeddable(slug, others))
    return ProcedurePage(
        drawing=drawing_of(marked, name=CHART, prohibitions=words) if form.content else None,
        problems=_problems(content, slug, form.content, known_keys),
        numbers=numbers_of(graph),
        users=users,
        embedded_in=tuple(one for one in content.procedures if any(node.embeds == slug for node in one.graph.nodes)),
        embeddable=tuple(one for one in content.procedures if one.slug in offered and one.slug != slug),
    )


def without_keys(problems: Iterable[ContentProblem]) -> list[ContentProblem]:
    """Return problems in which a step without a name is called so: its key is the server's own and never shown."""
    return [
        replace(one, values={**one.values, "title": _("还没有名称")}) if one.values.get("title") == one.part else one
        for one in problems
    ]


def _problems(
    content: ListContent, slug: str, typed: ProcedureContent | None, known_keys: frozenset[str]
) -> dict[str, list[ContentProblem]]:
    """Return the problems of one procedure as it is typed, by the key of the step."""
    if typed is None:
        return {}
    procedures = tuple(typed if one.slug == slug else one for one in content.procedures)
    keys = {node.key for node in typed.graph.nodes}
    found: defaultdict[str, list[ContentProblem]] = defaultdict(list)
    for problem in without_keys(content_problems(replace(content, procedures=procedures), known_keys=known_keys)):
        if problem.subject == "procedure" and problem.code == slug:
            found[problem.part if problem.part in keys else ""].append(problem)
    return dict(found)


def _with_prohibitions(
    content: ListContent, graph: Graph, users: tuple[ItemContent, ...]
) -> tuple[Graph, dict[str, str]]:
    """Return the graph with the prohibitions that are tied to its steps, and their words."""
    codes = {item.code for item in users}
    marks: defaultdict[str, list[str]] = defaultdict(list)
    for one in content.prohibitions:
        for tie in one.steps:
            if tie.item_code in codes and one.code not in marks[tie.node_key]:
                marks[tie.node_key].append(one.code)
    nodes: list[Node] = [replace(node, prohibitions=tuple(marks.get(node.key, ()))) for node in graph.nodes]
    return replace(graph, nodes=tuple(nodes)), {one.code: one.words for one in content.prohibitions}
