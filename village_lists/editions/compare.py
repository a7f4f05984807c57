"""Compares two whole versions of a list: what came, went and changed, and nothing else."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any, TypeVar

from village_lists.editions.contents import (
    CategoryContent,
    ItemContent,
    ListContent,
    ProcedureContent,
    ProhibitionContent,
    StepTie,
)
from village_lists.editions.differences import (
    ChangeKind,
    Difference,
    FieldChange,
    ItemChange,
    ProcedureChange,
    ProhibitionChange,
    RecordChange,
    Subject,
    UseChange,
)
from village_lists.editions.fields import (
    EMPTY_GRAPH,
    LINES,
    NAMES,
    Fields,
    Names,
    category_fields,
    cover_fields,
    item_fields,
    procedure_fields,
    prohibition_fields,
    threshold_fields,
    tied_items,
    without_ties,
)
from village_lists.editions.flows import FlowDifference, compare_flows
from village_lists.editions.pairing import Matched, Row
from village_lists.editions.wording import FIELD_WORDS

Record = TypeVar("Record")


def compare(former: ListContent, newer: ListContent) -> Difference:
    """Return what differs. Members are the same by code, or by name where only their code changed (see pair_up)."""
    return _Comparison(former, newer).difference()


class _Comparison:
    """One comparison: the former content is put into the codes of the newer one, then told field by field."""

    def __init__(self, former: ListContent, newer: ListContent) -> None:
        self.source, self.newer = former, newer
        self.categories = Matched(former.categories, newer.categories, lambda one: one.code, lambda one: one.name)
        self.items = Matched(former.items, newer.items, lambda one: one.code, lambda one: one.name)
        self.procedures = Matched(former.procedures, newer.procedures, lambda one: one.slug, lambda one: one.title)
        self.prohibitions = Matched(
            former.prohibitions, newer.prohibitions, lambda one: one.code, lambda one: one.words
        )
        self.thresholds = Matched(former.thresholds, newer.thresholds, lambda one: one.key, lambda one: one.key)
        self.titles = {self.procedures.codes[one.slug]: one.title for one in former.procedures}
        self.flows = {new.slug: self._flow(self._procedure(old), new) for old, new in self.procedures.pairs}
        self.keys = self._step_keys()
        self.former = replace(
            former,
            categories=tuple(self._category(one) for one in former.categories),
            items=tuple(self._item(one) for one in former.items),
            procedures=tuple(self._procedure(one) for one in former.procedures),
            prohibitions=tuple(self._prohibition(one) for one in former.prohibitions),
        )
        self.then, self.now = Names(self.former), Names(newer)
        self.users = _users(self.former, newer)
        self.gone = frozenset(self.items.codes[one.code] for one in self.items.removed)
        self.come = frozenset(one.code for one in self.items.added)

    def difference(self) -> Difference:
        """Return everything that differs."""
        return Difference(
            cover=_changed_fields(cover_fields(self.former), cover_fields(self.newer)),
            categories=tuple(self._category_changes()),
            items=tuple(self._item_changes()),
            procedures=tuple(self._procedure_changes()),
            prohibitions=tuple(self._prohibition_changes()),
            thresholds=tuple(self._threshold_changes()),
            reordered=tuple(self._reordered()),
            names={**self.then.items, **self.now.items},
            sole=frozenset(self._sole()),
        )

    # the former content in today's codes

    def _category(self, one: CategoryContent) -> CategoryContent:
        codes = self.categories.codes
        return replace(one, code=codes[one.code], parent=codes.get(one.parent, one.parent))

    def _item(self, one: ItemContent) -> ItemContent:
        slugs = self.procedures.codes
        return replace(
            one,
            code=self.items.codes[one.code],
            category=self.categories.codes.get(one.category, one.category),
            procedures=tuple(replace(use, slug=slugs.get(use.slug, use.slug)) for use in one.procedures),
        )

    def _procedure(self, one: ProcedureContent) -> ProcedureContent:
        slugs = self.procedures.codes
        nodes = tuple(replace(node, embeds=slugs.get(node.embeds, node.embeds)) for node in one.graph.nodes)
        return replace(one, slug=slugs[one.slug], graph=replace(one.graph, nodes=nodes))

    def _prohibition(self, one: ProhibitionContent) -> ProhibitionContent:
        codes = self.items.codes
        steps = tuple(
            StepTie(
                item_code=codes.get(tie.item_code, tie.item_code),
                node_key=self.keys.get((tie.item_code, tie.node_key), tie.node_key),
            )
            for tie in one.steps
        )
        items = tuple(codes.get(code, code) for code in one.items)
        return replace(one, code=self.prohibitions.codes[one.code], items=items, steps=steps)

    def _flow(self, old: ProcedureContent | None, new: ProcedureContent | None) -> FlowDifference:
        return compare_flows(
            old.graph if old else EMPTY_GRAPH,
            new.graph if new else EMPTY_GRAPH,
            former_titles=self.titles,
            newer_titles={one.slug: one.title for one in self.newer.procedures},
        )

    def _step_keys(self) -> dict[tuple[str, str], str]:
        """Return today's key of a step by the former code of an item and its former key."""
        keys: dict[tuple[str, str], str] = {}
        for item in self.source.items:
            for use in item.procedures:
                flow = self.flows.get(self.procedures.codes.get(use.slug, ""))
                for former, newer in flow.keys.items() if flow else ():
                    keys.setdefault((item.code, former), newer)
        return keys

    # what is told

    def _category_changes(self) -> Iterator[RecordChange]:
        for row in self.categories.rows(self.newer.categories, self._category):
            change = RecordChange(
                **_said(row, Subject.CATEGORY, _name(row.old, row.new, "name")),
                fields=self._row_fields(row.old, row.new, category_fields),
            )
            # Its code is not read by anybody.
            if change.fields or change.kind is not ChangeKind.CHANGED:
                yield change

    def _item_changes(self) -> Iterator[ItemChange]:
        for row in self.items.rows(self.newer.items, self._item):
            uses, are_reordered = self._uses(row.old, row.new)
            change = ItemChange(
                **_said(row, Subject.ITEM, _name(row.old, row.new, "name")),
                fields=self._row_fields(row.old, row.new, item_fields),
                uses=uses,
                are_uses_reordered=are_reordered,
            )
            if _counts(change) or uses or are_reordered:
                yield change

    def _uses(self, old: ItemContent | None, new: ItemContent | None) -> tuple[tuple[UseChange, ...], bool]:
        """Return the procedures that an item took up, dropped, or follows within another band; and their order."""
        then = {use.slug: use for use in old.procedures} if old else {}
        today = {use.slug: use for use in new.procedures} if new else {}
        found = []
        for slug in {**today, **then}:
            was, now = then.get(slug), today.get(slug)
            if was == now:
                continue
            kind = ChangeKind.CHANGED if was and now else ChangeKind.ADDED if now else ChangeKind.REMOVED
            found.append(
                UseChange(
                    kind=kind,
                    slug=slug,
                    title=(self.now if now else self.then).procedures.get(slug, slug),
                    before=self.then.band(was) if was else "",
                    after=self.now.band(now) if now else "",
                )
            )
        lasting = [slug for slug in then if slug in today]
        return tuple(found), lasting != [slug for slug in today if slug in then]

    def _procedure_changes(self) -> Iterator[ProcedureChange]:
        for row in self.procedures.rows(self.newer.procedures, self._procedure):
            flow = self.flows[row.code] if row.old and row.new else self._flow(row.old, row.new)
            change = ProcedureChange(
                **_said(row, Subject.PROCEDURE, _name(row.old, row.new, "title")),
                fields=self._row_fields(row.old, row.new, procedure_fields),
                items=self.users.get(row.new.slug if row.new else row.old.slug if row.old else "", ()),
                steps=flow.steps,
                arrows=flow.arrows,
                ways=flow.ways,
                are_exits_reordered=flow.are_exits_reordered,
            )
            # The slug is not read by anybody: a procedure that only bears another one has not changed.
            is_said = change.fields or change.steps or change.arrows or change.are_exits_reordered
            if is_said or change.kind is not ChangeKind.CHANGED:
                yield change

    def _prohibition_changes(self) -> Iterator[ProhibitionChange]:
        for row in self.prohibitions.rows(self.newer.prohibitions, self._prohibition):
            old, new = row.old, row.new
            ties = [code for one in (new, old) if one is not None for code in tied_items(one)]
            if old is not None and new is not None:
                # A tie goes and comes with its item, which is told there.
                old, new = without_ties(old, self.gone), without_ties(new, self.come)
            change = ProhibitionChange(
                **_said(row, Subject.PROHIBITION, _name(old, new, "words")),
                fields=self._row_fields(old, new, prohibition_fields),
                touches=tuple(dict.fromkeys(ties)),
            )
            if _counts(change):
                yield change

    def _threshold_changes(self) -> Iterator[RecordChange]:
        for row in self.thresholds.rows(self.newer.thresholds, lambda one: one):
            change = RecordChange(
                **_said(row, Subject.THRESHOLD, _name(row.old, row.new, "name")),
                fields=self._row_fields(row.old, row.new, threshold_fields),
            )
            if _counts(change):
                yield change

    def _row_fields(
        self, old: Record | None, new: Record | None, fields_of: Callable[[Record, Names], Fields]
    ) -> tuple[FieldChange, ...]:
        then = fields_of(old, self.then) if old else {}
        now = fields_of(new, self.now) if new else {}
        return _changed_fields(then, now)

    def _reordered(self) -> Iterator[Subject]:
        """Yield the subjects whose lasting members stand in another order; items are looked at within a category."""
        if self.categories.is_reordered:
            yield Subject.CATEGORY
        stayed = [
            (new.category, place)
            for (old, new), place in zip(self.items.pairs, self.items.places, strict=True)
            if self._item(old).category == new.category
        ]
        if any(before > after and one == other for (one, before), (other, after) in _within(stayed)):
            yield Subject.ITEM
        if self.procedures.is_reordered:
            yield Subject.PROCEDURE
        if self.prohibitions.is_reordered:
            yield Subject.PROHIBITION
        if self.thresholds.is_reordered:
            yield Subject.THRESHOLD

    def _sole(self) -> Iterator[str]:
        """Yield the procedures that are the only one of the only item that follows them."""
        for content in (self.former, self.newer):
            for item in content.items:
                if len(item.procedures) == 1 and self.users.get(item.procedures[0].slug) == (item.code,):
                    yield item.procedures[0].slug


def _within(stayed: list[tuple[str, int]]) -> Iterator[tuple[tuple[str, int], tuple[str, int]]]:
    """Yield neighbours of one category."""
    ordered = sorted(range(len(stayed)), key=lambda number: (stayed[number][0], number))
    for one, other in pairwise(ordered):
        yield stayed[one], stayed[other]


def _changed_fields(then: Fields, now: Fields) -> tuple[FieldChange, ...]:
    """Return the fields that differ; where there is no record, every field that says something."""
    found = []
    for key in now or then:
        if key in NAMES and not (then and now):
            continue
        was, says = then.get(key, (None, ())), now.get(key, (None, ()))
        if was[0] != says[0] and (was[1] or says[1]):
            found.append(
                FieldChange(key=key, name=FIELD_WORDS[key], before=was[1], after=says[1], is_lines=key in LINES)
            )
    return tuple(found)


def _said(row: Row[Record], subject: Subject, name: str) -> dict[str, Any]:
    """Return what every change of a record says of itself."""
    return {
        "subject": subject,
        "kind": row.kind,
        "code": row.code,
        "former_code": row.former_code,
        "name": name,
    }


def _name(old: object | None, new: object | None, part: str) -> str:
    name: str = getattr(new if new is not None else old, part)
    return name


def _counts(change: RecordChange) -> bool:
    """Whether there is something to tell."""
    return bool(change.fields) or change.is_renumbered or change.kind is not ChangeKind.CHANGED


def _users(former: ListContent, newer: ListContent) -> dict[str, tuple[str, ...]]:
    """Return for each slug the items that follow the procedure in either content, also inside another one."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for content in (newer, former):
        inner = {one.slug: [node.embeds for node in one.graph.nodes if node.embeds] for one in content.procedures}
        for item in content.items:
            waiting, seen = [use.slug for use in item.procedures], set[str]()
            while waiting:
                slug = waiting.pop()
                if slug not in seen:
                    seen.add(slug)
                    found[slug][item.code] = None
                    waiting += inner.get(slug, ())
    return {slug: tuple(codes) for slug, codes in found.items()}
