"""What differs between two graphs of a procedure: steps, arrows, and the ways on from the steps that stayed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from village_lists.editions.differences import ArrowChange, ChangeKind, FieldChange, StepChange, WayChange
from village_lists.editions.pairing import moved_of, pair_up
from village_lists.editions.wording import FIELD_WORDS, Said, limit_words, lines_of, step_posting_words, told
from village_lists.flowcharts.graph import Edge, Graph, Node, NodeKind
from village_lists.flowcharts.order import in_reading_order
from village_lists.flowcharts.tell import KIND_WORDS, numbers_of
from village_lists.markers import N_


@dataclass(frozen=True, kw_only=True)
class FlowDifference:
    """What differs between two graphs; `keys` gives for a former key the key of the same step now."""

    steps: tuple[StepChange, ...]
    arrows: tuple[ArrowChange, ...]
    ways: tuple[WayChange, ...]
    are_exits_reordered: bool
    keys: Mapping[str, str]


class _Side:
    """One of the two graphs: its nodes, numbers, and arrows; `gone` are the steps that the other one has not.

    `stepped` are those and the moved ones that only stand in a row: whoever steps out or in there draws arrows along.
    """

    def __init__(self, graph: Graph, titles: Mapping[str, str]) -> None:
        self.graph = in_reading_order(graph)
        self.nodes = {node.key: node for node in self.graph.nodes}
        self.numbers = numbers_of(self.graph)
        self.titles = titles
        self.gone: set[str] = set()
        self.stepped: set[str] = set()
        self.exits: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in graph.edges:
            self.exits[edge.source].append(edge)

    def title(self, key: str) -> Said:
        """The title of a step; a nameless bar says whether it forks or joins."""
        node = self.nodes.get(key)
        if node is None:
            return key
        if node.title or node.kind is not NodeKind.PARALLEL:
            return node.title
        return told(N_("同时进行") if len(self.exits[key]) > 1 else N_("以上都完成后"))

    def place(self, key: str) -> Said:
        """A step as it is named in a sentence: 第 3 步「公示」, or its title where it has no number."""
        number = self.numbers.get(key)
        if number is None:
            return told(N_("「%(title)s」"), title=self.title(key))
        return told(N_("第 %(number)s 步「%(title)s」"), number=number, title=self.title(key))

    def is_passed(self, key: str) -> bool:
        """Whether a step only stands in a row: one way on, without a label."""
        return len(self.exits[key]) == 1 and not self.exits[key][0].label

    def reached(self, edge: Edge) -> set[str]:
        """Return the steps to which an arrow leads, through steps that came, went or moved."""
        found, seen, waiting = set[str](), set[str](), [edge.target]
        while waiting:
            key = waiting.pop()
            if key in seen:
                continue
            seen.add(key)
            if key in self.stepped:
                waiting += [onward.target for onward in self.exits[key]]
            else:
                found.add(key)
        return found


def compare_flows(
    former: Graph,
    newer: Graph,
    *,
    former_titles: Mapping[str, str] | None = None,
    newer_titles: Mapping[str, str] | None = None,
) -> FlowDifference:
    """Return what differs; the titles are those of procedures by slug, to name what a step embeds.

    Steps are paired by key, or by title and kind where the key has changed. The slugs that former steps embed must
    be those of the newer version (see village_lists.editions.compare).
    """
    before, now = _Side(former, former_titles or {}), _Side(newer, newer_titles or {})
    pairs = pair_up(
        before.graph.nodes,
        now.graph.nodes,
        code_of=lambda node: node.key,
        name_of=lambda node: (node.title, node.kind),
    )
    keys = {old.key: new.key for old, new in pairs}
    before.gone = before.nodes.keys() - keys.keys()
    now.gone = now.nodes.keys() - set(keys.values())
    back = {new: old for old, new in keys.items()}
    moved = _moved_keys(before, pairs)
    passing = {key for key in moved if before.is_passed(back[key]) and now.is_passed(key)}
    before.stepped = before.gone | {back[key] for key in passing}
    now.stepped = now.gone | passing
    removed = _arrows_only_in(before, now, keys)
    added = _arrows_only_in(now, before, back)
    arrows = [
        *(_arrow(edge, ChangeKind.REMOVED, before, now, keys) for edge in removed),
        *(_arrow(edge, ChangeKind.ADDED, now, before, back) for edge in added),
    ]
    return FlowDifference(
        steps=tuple(_steps(before, now, pairs, moved)),
        arrows=tuple(arrows),
        ways=tuple(_ways(before, now, keys, arrows)),
        are_exits_reordered=_are_exits_reordered(before, now, keys),
        keys=keys,
    )


def _steps(before: _Side, now: _Side, pairs: list[tuple[Node, Node]], moved: set[str]) -> Iterator[StepChange]:
    """Yield the changed steps in the reading order of the newer graph, then those that are gone."""
    back = {new.key: old for old, new in pairs}
    for node in now.graph.nodes:
        old = back.get(node.key)
        if old is None:
            yield _step(ChangeKind.ADDED, None, node, before, now)
            continue
        step = _step(ChangeKind.CHANGED, old, node, before, now)
        step = replace(step, is_moved=node.key in moved)
        if step.fields or step.is_moved:
            yield step
    for node in before.graph.nodes:
        if node.key in before.gone:
            yield _step(ChangeKind.REMOVED, node, None, before, now)


def _moved_keys(before: _Side, pairs: list[tuple[Node, Node]]) -> set[str]:
    """Return the newer keys of the steps that stand elsewhere among the lasting ones; ends do not count."""
    counted = [(old, new) for old, new in pairs if NodeKind.END not in (old.kind, new.kind)]
    token = {old.key: "\n".join(sorted((old.key, new.key))) for old, new in counted}
    now = [token[old.key] for old, _new in counted]
    then = [token[node.key] for node in before.graph.nodes if node.key in token]
    moved = moved_of(then, now)
    return {new.key for old, new in counted if token[old.key] in moved}


def _step(kind: ChangeKind, old: Node | None, new: Node | None, before: _Side, now: _Side) -> StepChange:
    side, key = (now, new.key) if new else (before, old.key if old else "")
    return StepChange(
        kind=kind,
        key=key,
        former_key=old.key if old else "",
        step_kind=side.nodes[key].kind,
        title=side.title(key),
        number=now.numbers.get(new.key) if new else None,
        former_number=before.numbers.get(old.key) if old else None,
        fields=tuple(_step_fields(old, new, before, now)),
    )


def _step_fields(old: Node | None, new: Node | None, before: _Side, now: _Side) -> Iterator[FieldChange]:
    then = _field_lines(old, before) if old else {}
    today = _field_lines(new, now) if new else {}
    for key in then or today:
        was, says = then.get(key, ()), today.get(key, ())
        if was != says and not (key in ("title", "kind") and (old is None or new is None)):
            name = FIELD_WORDS[key]
            yield FieldChange(key=key, name=name, before=was, after=says, is_lines=key == "evidence")


def _field_lines(node: Node, side: _Side) -> dict[str, tuple[Said, ...]]:
    """Return what a step says, by field, in reading order."""
    limit = limit_words(node)
    return {
        "title": lines_of(node.title),
        "kind": (told(KIND_WORDS[node.kind]),),
        "actor": lines_of(node.actor),
        "detail": lines_of(node.detail),
        "limit": (limit,) if limit else (),
        "evidence": node.evidence,
        "posting": (step_posting_words(node.posting),) if node.posting else (),
        "risk": lines_of(node.risk),
        "embeds": (told(N_("「%(title)s」"), title=side.titles.get(node.embeds, node.embeds)),) if node.embeds else (),
    }


def _carried(edge: Edge, keys: Mapping[str, str]) -> Edge | None:
    """Return an arrow by the keys of the other graph, or None if one of its ends is not there."""
    if edge.source not in keys or edge.target not in keys:
        return None
    return Edge(source=keys[edge.source], target=keys[edge.target], label=edge.label)


def _arrows_only_in(side: _Side, other: _Side, keys: Mapping[str, str]) -> list[Edge]:
    there = set(other.graph.edges)
    return [edge for edge in side.graph.edges if _carried(edge, keys) not in there]


def _arrow(edge: Edge, kind: ChangeKind, side: _Side, other: _Side, keys: Mapping[str, str]) -> ArrowChange:
    """Return an arrow that only this side has, and whether it follows from a step that only one side has."""
    carried = _carried(edge, keys)
    is_consequence = (
        carried is None
        or not side.stepped.isdisjoint((edge.source, edge.target))
        or any(
            onward.label == edge.label and onward.target in other.stepped and carried.target in other.reached(onward)
            for onward in other.exits[carried.source]
        )
    )
    return ArrowChange(
        kind=kind, source=edge.source, target=edge.target, label=edge.label, is_consequence=is_consequence
    )


def _ways(before: _Side, now: _Side, keys: Mapping[str, str], arrows: Iterable[ArrowChange]) -> Iterator[WayChange]:
    """Yield where it now goes on elsewhere, told by step and label; what follows from steps is left out."""
    removed: defaultdict[tuple[str, str], list[ArrowChange]] = defaultdict(list)
    added: defaultdict[tuple[str, str], list[ArrowChange]] = defaultdict(list)
    back = {new: old for old, new in keys.items()}
    for arrow in arrows:
        if arrow.kind is ChangeKind.REMOVED and arrow.source in keys:
            removed[keys[arrow.source], arrow.label].append(arrow)
        elif arrow.kind is ChangeKind.ADDED and arrow.source in back:
            added[arrow.source, arrow.label].append(arrow)
    for old, new in list(_relabelled(removed, added, keys)):
        removed[keys[old.source], old.label].remove(old)
        added[new.source, new.label].remove(new)
        yield WayChange(
            key=new.source,
            former_key=old.source,
            place=now.place(new.source),
            label_before=old.label,
            label_after=new.label,
            before=(before.place(old.target),),
            after=(now.place(new.target),),
        )
    order = {node.key: place for place, node in enumerate(now.graph.nodes)}
    for key, label in sorted({*removed, *added}, key=lambda way: (order[way[0]], way[1])):
        gone, come = removed[key, label], added[key, label]
        if any(not arrow.is_consequence for arrow in (*gone, *come)):
            yield WayChange(
                key=key,
                former_key=back[key],
                place=now.place(key),
                label_before=label,
                label_after=label,
                before=tuple(before.place(arrow.target) for arrow in gone),
                after=tuple(now.place(arrow.target) for arrow in come),
            )


def _relabelled(
    removed: Mapping[tuple[str, str], list[ArrowChange]],
    added: Mapping[tuple[str, str], list[ArrowChange]],
    keys: Mapping[str, str],
) -> Iterator[tuple[ArrowChange, ArrowChange]]:
    """Yield arrows between the same two steps of which only the label changed."""
    gone: defaultdict[tuple[str, str], list[ArrowChange]] = defaultdict(list)
    come: defaultdict[tuple[str, str], list[ArrowChange]] = defaultdict(list)
    for arrow in (arrow for arrows in removed.values() for arrow in arrows):
        if arrow.target in keys:
            gone[keys[arrow.source], keys[arrow.target]].append(arrow)
    for arrow in (arrow for arrows in added.values() for arrow in arrows):
        come[arrow.source, arrow.target].append(arrow)
    for ends, arrows in gone.items():
        if len(arrows) == 1 and len(come.get(ends, ())) == 1:
            yield arrows[0], come[ends][0]


def _are_exits_reordered(before: _Side, now: _Side, keys: Mapping[str, str]) -> bool:
    """Whether the lasting exits of a step are told in another order."""
    for old, new in keys.items():
        today = now.exits[new]
        then = [edge for edge in (_carried(edge, keys) for edge in before.exits[old]) if edge in today]
        if then != [edge for edge in today if edge in then]:
            return True
    return False
