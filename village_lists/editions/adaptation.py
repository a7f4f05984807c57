"""What a village may make of a template: checked against it, and carried over to the template's next version. Pure.

A village keeps the template's categories, items, charts and prohibitions in their order. It changes the fields that
the rule book allows, and adds items and prohibitions of its own after them; their codes begin with `OWN`, the slugs of
their charts with `OWN_CHART`. Title and note of the cover are the village's.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypeVar

from village_lists.editions.contents import (
    ItemContent,
    ListContent,
    ProcedureContent,
    ProhibitionContent,
    StepTie,
)
from village_lists.editions.rules import ContentProblem
from village_lists.editions.wording import FIELD_WORDS
from village_lists.flowcharts.graph import Edge, Graph, Node, NodeKind
from village_lists.markers import N_

OWN = "V-"
OWN_PROHIBITION = "V-N"
OWN_CHART = "v-"
WRITTEN = {"limit_days": ("limit_days", "limit_kind")}
"""Fields of a step that are written together; the others stand for themselves."""
ITEM_FIELDS = ("body", "sentence", "keywords", "conditions", "papers", "time_limit", "fee", "accountability")
STEP_FIELDS = ("title", "actor", "detail", "limit_days", "evidence", "posting", "risk")
START, END = "开始", "结束"
ONLY_STEPS = frozenset({NodeKind.STEP, NodeKind.DECISION})

Kept = TypeVar("Kept", ItemContent, Node)


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What the rule book lets a village change: fields of items and steps, own items, own prohibitions."""

    item_fields: frozenset[str] = frozenset()
    step_fields: frozenset[str] = frozenset()
    own_items: bool = False
    own_prohibitions: bool = False


@dataclass(frozen=True, kw_only=True)
class Clash:
    """A field that the village and the new template both changed; the village's words stay.

    `subject` is item or procedure, `code` its code or slug, `part` the key of the step (empty: the item itself).
    """

    subject: str
    code: str
    part: str
    field: str


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A village's version upon the new template, and where the two had changed the same."""

    content: ListContent
    clashes: tuple[Clash, ...]


def adaptation_problems(template: ListContent, adapted: ListContent, *, allowance: Allowance) -> list[ContentProblem]:
    """Return everything in which the adapted list leaves what the rule book allows, in reading order."""
    return [
        *_cover_problems(template, adapted),
        *_item_problems(template, adapted, allowance),
        *_procedure_problems(template, adapted, allowance),
        *_prohibition_problems(template, adapted, allowance),
    ]


def field_name(name: str) -> str:
    """Return what a field of an item or a step is called."""
    return FIELD_WORDS.get("limit" if name.startswith("limit") else name, name)


def _told(subject: str, code: str, part: str, words: str, /, **values: object) -> ContentProblem:
    return ContentProblem(subject=subject, code=code, part=part, words=words, values=values)


def _cover_problems(template: ListContent, adapted: ListContent) -> Iterator[ContentProblem]:
    if template.is_sample and not adapted.is_sample:
        yield _told("cover", "", "is_sample", N_("模板是示例，村里的清单也要标明是示例"))
    if adapted.categories != template.categories:
        yield _told("category", "", "", N_("分类要和模板一样"))
    if adapted.thresholds != template.thresholds:
        yield _told("threshold", "", "", N_("金额档要和模板一样"))


def _item_problems(template: ListContent, adapted: ListContent, allowance: Allowance) -> Iterator[ContentProblem]:
    found = {item.code: item for item in adapted.items}
    codes = [item.code for item in template.items]
    for item in template.items:
        if item.code not in found:
            yield _told("item", item.code, "", N_("模板里的事项「%(name)s」不能去掉"), name=item.name)
            continue
        for name in _changed(item, found[item.code], allowance.item_fields):
            words = N_("事项「%(name)s」的这一栏不能改：%(field)s")
            yield _told("item", item.code, name, words, name=item.name, field=field_name(name))
    if [item.code for item in adapted.items[: len(codes)] if item.code in set(codes)] != codes:
        yield _told("item", "", "", N_("事项的顺序要和模板一样，自己的排在后面"))
    for item in adapted.items:
        if item.code not in set(codes):
            yield from _own_item_problems(item, allowance)


def _own_item_problems(item: ItemContent, allowance: Allowance) -> Iterator[ContentProblem]:
    if not allowance.own_items:
        yield _told("item", item.code, "", N_("村里不能自己加事项「%(name)s」"), name=item.name)
    elif not item.code.startswith(OWN):
        words = N_("自己的事项「%(name)s」编号要以 %(own)s 开头")
        yield _told("item", item.code, "code", words, name=item.name, own=OWN)


def _procedure_problems(template: ListContent, adapted: ListContent, allowance: Allowance) -> Iterator[ContentProblem]:
    found = {procedure.slug: procedure for procedure in adapted.procedures}
    slugs = [procedure.slug for procedure in template.procedures]
    for procedure in template.procedures:
        if procedure.slug not in found:
            words = N_("模板里的流程「%(title)s」不能去掉")
            yield _told("procedure", procedure.slug, "", words, title=procedure.title)
        else:
            yield from _graph_problems(procedure, found[procedure.slug], allowance)
    if [one.slug for one in adapted.procedures[: len(slugs)] if one.slug in set(slugs)] != slugs:
        yield _told("procedure", "", "", N_("流程的顺序要和模板一样，自己的排在后面"))
    for procedure in adapted.procedures:
        own = procedure.slug.startswith(OWN_CHART) and allowance.own_items
        if procedure.slug not in set(slugs) and not own:
            words = N_("村里不能自己加流程「%(title)s」")
            yield _told("procedure", procedure.slug, "", words, title=procedure.title)


def _graph_problems(
    template: ProcedureContent, adapted: ProcedureContent, allowance: Allowance
) -> Iterator[ContentProblem]:
    slug = template.slug
    before, after = template.graph, adapted.graph
    if (template.title, before.title, before.edges) != (adapted.title, after.title, after.edges) or [
        node.key for node in before.nodes
    ] != [node.key for node in after.nodes]:
        words = N_("流程「%(title)s」的步骤、走向和名称要和模板一样")
        yield _told("procedure", slug, "", words, title=template.title)
        return
    for node, own in zip(before.nodes, after.nodes, strict=True):
        for name in _changed(node, own, _step_fields(node, allowance)):
            words = N_("步骤「%(title)s」的这一栏不能改：%(field)s")
            yield _told("procedure", slug, node.key, words, title=node.title, field=field_name(name))


def _prohibition_problems(
    template: ListContent, adapted: ListContent, allowance: Allowance
) -> Iterator[ContentProblem]:
    codes = {one.code for one in template.prohibitions}
    if adapted.prohibitions[: len(codes)] != template.prohibitions:
        yield _told("prohibition", "", "", N_("模板里的负面清单不能改，自己的排在后面"))
    for one in adapted.prohibitions:
        if one.code in codes:
            continue
        if not allowance.own_prohibitions:
            yield _told("prohibition", one.code, "", N_("村里不能自己加禁止的事 %(code)s"), code=one.code)
        elif not one.code.startswith(OWN_PROHIBITION):
            words = N_("自己加的禁止的事 %(code)s，编号要以 %(own)s 开头")
            yield _told("prohibition", one.code, "code", words, code=one.code, own=OWN_PROHIBITION)


def _step_fields(node: Node, allowance: Allowance) -> frozenset[str]:
    """Return what may change in a step; begin, end and embedded charts have nobody and no limit."""
    return allowance.step_fields if node.kind in ONLY_STEPS else frozenset()


def step_fields_of(node: Node, allowance: Allowance) -> tuple[str, ...]:
    """Return the fields of a step that the village may change, in their order."""
    return tuple(name for name in STEP_FIELDS if name in _step_fields(node, allowance))


def _written(fields: frozenset[str]) -> frozenset[str]:
    return frozenset(part for name in fields for part in WRITTEN.get(name, (name,)))


def _changed(template: Kept, adapted: Kept, allowed: frozenset[str]) -> list[str]:
    """Return the fields in which two records differ though they may not."""
    before, after = vars(template), vars(adapted)
    return [name for name in before if name not in _written(allowed) and before[name] != after[name]]


def carry_over(
    old_template: ListContent, adapted: ListContent, new_template: ListContent, *, allowance: Allowance
) -> Carried:
    """Return the new template with what the village had changed and may change, whatever else the adapted list says.

    Where both changed a field the village's stays and is named. Own items whose category is gone move to the first
    one; ties and charts that are gone fall away. The result always passes `adaptation_problems` with the new template.
    """
    clashes: list[Clash] = []
    items = _carried_items(old_template, adapted, new_template, allowance, clashes)
    procedures = _carried_procedures(old_template, adapted, new_template, allowance, clashes)
    own_items = _own_items(adapted, old_template, new_template, allowance)
    own_charts = _own_charts(adapted, old_template, new_template, own_items)
    slugs = {one.slug for one in (*procedures, *own_charts)}
    own_items = tuple(
        replace(item, procedures=tuple(use for use in item.procedures if use.slug in slugs)) for item in own_items
    )
    whole = ListContent(
        title=_mine(old_template.title, adapted.title, new_template.title),
        note=_mine(old_template.note, adapted.note, new_template.note),
        is_sample=new_template.is_sample or adapted.is_sample,
        categories=new_template.categories,
        items=(*items, *own_items),
        procedures=(*procedures, *own_charts),
        prohibitions=new_template.prohibitions,
        thresholds=new_template.thresholds,
    )
    own = _own_prohibitions(adapted, old_template, whole) if allowance.own_prohibitions else ()
    return Carried(content=replace(whole, prohibitions=(*whole.prohibitions, *own)), clashes=tuple(clashes))


def _mine(old: Any, own: Any, new: Any) -> Any:
    return new if own == old else own


def _merged(old: Kept, own: Kept, new: Kept, allowed: frozenset[str], clash: Callable[[str], object]) -> Kept:
    """Return the new record with the fields that the village changed and may change."""
    before, mine, after = vars(old), vars(own), vars(new)
    values = dict[str, Any]()
    for name in sorted(allowed):
        parts = WRITTEN.get(name, (name,))
        if any(mine[part] != before[part] for part in parts):
            values |= {part: mine[part] for part in parts}
            if any(after[part] not in (before[part], mine[part]) for part in parts):
                clash(name)
    return replace(new, **values)


def _carried_items(
    old: ListContent, adapted: ListContent, new: ListContent, allowance: Allowance, clashes: list[Clash]
) -> tuple[ItemContent, ...]:
    before, mine = {item.code: item for item in old.items}, {item.code: item for item in adapted.items}
    found = []
    for item in new.items:
        if item.code in before and item.code in mine:

            def clash(name: str, code: str = item.code) -> None:
                clashes.append(Clash(subject="item", code=code, part="", field=name))

            found.append(_merged(before[item.code], mine[item.code], item, allowance.item_fields, clash))
        else:
            found.append(item)
    return tuple(found)


def _carried_procedures(
    old: ListContent, adapted: ListContent, new: ListContent, allowance: Allowance, clashes: list[Clash]
) -> tuple[ProcedureContent, ...]:
    before, mine = _steps(old.procedures), _steps(adapted.procedures)
    found = []
    for procedure in new.procedures:
        nodes = []
        for node in procedure.graph.nodes:
            place = (procedure.slug, node.key)
            if place in before and place in mine:

                def clash(name: str, place: tuple[str, str] = place) -> None:
                    clashes.append(Clash(subject="procedure", code=place[0], part=place[1], field=name))

                nodes.append(_merged(before[place], mine[place], node, _step_fields(node, allowance), clash))
            else:
                nodes.append(node)
        found.append(replace(procedure, graph=replace(procedure.graph, nodes=tuple(nodes))))
    return tuple(found)


def _steps(procedures: Sequence[ProcedureContent]) -> Mapping[tuple[str, str], Node]:
    return {(procedure.slug, node.key): node for procedure in procedures for node in procedure.graph.nodes}


def own_items_of(template: ListContent, adapted: ListContent) -> tuple[ItemContent, ...]:
    """Return the items that the village added."""
    codes = {item.code for item in template.items}
    return tuple(item for item in adapted.items if item.code not in codes)


def own_prohibitions_of(template: ListContent, adapted: ListContent) -> tuple[ProhibitionContent, ...]:
    """Return the prohibitions that the village added."""
    codes = {one.code for one in template.prohibitions}
    return tuple(one for one in adapted.prohibitions if one.code not in codes)


def next_code(content: ListContent, *, prefix: str = OWN) -> str:
    """Return a code for the next own item (or prohibition) that nothing in the list has."""
    known = {item.code for item in content.items} | {one.code for one in content.prohibitions}
    return next(code for number in range(1, len(known) + 2) if (code := f"{prefix}{number:02d}") not in known)


def _own_items(
    adapted: ListContent, old: ListContent, new: ListContent, allowance: Allowance
) -> tuple[ItemContent, ...]:
    if not allowance.own_items or not new.categories:
        return ()
    categories = {category.code for category in new.categories}
    taken = {item.code for item in new.items} | {one.code for one in new.prohibitions}
    found = []
    for item in own_items_of(old, adapted):
        if item.code in taken or not item.code.startswith(OWN):
            continue
        category = item.category if item.category in categories else new.categories[0].code
        found.append(replace(item, category=category))
        taken.add(item.code)
    return tuple(found)


def _own_charts(
    adapted: ListContent, old: ListContent, new: ListContent, items: Sequence[ItemContent]
) -> tuple[ProcedureContent, ...]:
    used = {use.slug for item in items for use in item.procedures}
    taken = {one.slug for one in (*old.procedures, *new.procedures)}
    return tuple(
        one
        for one in adapted.procedures
        if one.slug in used and one.slug not in taken and one.slug.startswith(OWN_CHART)
    )


def _own_prohibitions(adapted: ListContent, old: ListContent, whole: ListContent) -> tuple[ProhibitionContent, ...]:
    graphs = {one.slug: one.graph for one in whole.procedures}
    steps = {
        item.code: {node.key for use in item.procedures if use.slug in graphs for node in graphs[use.slug].nodes}
        for item in whole.items
    }

    def stands(tie: StepTie) -> bool:
        return tie.node_key in steps.get(tie.item_code, set())

    taken = {one.code for one in whole.prohibitions}
    return tuple(
        replace(
            one,
            items=tuple(code for code in one.items if code in steps),
            steps=tuple(tie for tie in one.steps if stands(tie)),
        )
        for one in own_prohibitions_of(old, adapted)
        if one.code not in taken and one.code.startswith(OWN_PROHIBITION)
    )


def plain_chart(*, slug: str, title: str, lines: Sequence[str], actor: str) -> ProcedureContent:
    """Return a chart of one step after another, from lines such as 「报账员：登记」; who is not named is `actor`."""
    nodes = [Node(key="start", kind=NodeKind.START, title=START)]
    for number, line in enumerate(lines, start=1):
        who, colon, what = line.replace(":", "：").partition("：")
        step = Node(
            key=f"s{number}",
            kind=NodeKind.STEP,
            title=(what if colon else who).strip(),
            actor=(who.strip() if colon else "") or actor,
        )
        nodes.append(step)
    nodes.append(Node(key="end", kind=NodeKind.END, title=END))
    edges = tuple(Edge(source=one.key, target=other.key) for one, other in pairwise(nodes))
    return ProcedureContent(slug=slug, title=title, graph=Graph(title=title, nodes=tuple(nodes), edges=edges))


def plain_lines(chart: ProcedureContent) -> tuple[str, ...]:
    """Return the lines from which `plain_chart` makes this chart."""
    return tuple(f"{node.actor}：{node.title}" for node in chart.graph.nodes if node.kind is NodeKind.STEP)
