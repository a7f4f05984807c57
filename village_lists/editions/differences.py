"""What differs between two versions of a list, as frozen records: by subject, by field, by step, by arrow."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from village_lists.editions.wording import Said, Told
from village_lists.flowcharts.graph import NodeKind


class Subject(StrEnum):
    """What a change is a change of, in the order in which changes are told."""

    COVER = "cover"
    CATEGORY = "category"
    ITEM = "item"
    PROCEDURE = "procedure"
    PROHIBITION = "prohibition"
    THRESHOLD = "threshold"


class ChangeKind(StrEnum):
    """What happened to a subject, a step or a use between the former version and the newer."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """A field that says something else: its lines before and after, none where nothing stood; a text is one line.

    `name` is the marked Chinese name of the field. Lines are compared as a bag, then by their order.
    """

    key: str
    name: str
    before: tuple[Said, ...]
    after: tuple[Said, ...]
    is_lines: bool = False

    @property
    def added(self) -> tuple[Said, ...]:
        """The lines that are new, in their order."""
        return _without(self.after, self.before)

    @property
    def removed(self) -> tuple[Said, ...]:
        """The lines that are gone, in their order."""
        return _without(self.before, self.after)

    @property
    def kept(self) -> int:
        """How many lines stayed."""
        return len(self.after) - len(self.added)


def _without(lines: tuple[Said, ...], others: tuple[Said, ...]) -> tuple[Said, ...]:
    """Return the lines that the others do not have, each as often as it stands there too often."""
    spare = Counter(str(line) for line in others)
    left: list[Said] = []
    for line in lines:
        if spare[str(line)]:
            spare[str(line)] -= 1
        else:
            left.append(line)
    return tuple(left)


@dataclass(frozen=True, kw_only=True)
class RecordChange:
    """A subject that was added, removed or changed.

    `code` is the code now (before, if it is gone), `former_code` the code before (empty if it is new); they differ
    where the subject was renumbered. `fields` of one that is new or gone are all that it says or said.
    """

    subject: Subject
    kind: ChangeKind
    code: str
    former_code: str
    name: str
    fields: tuple[FieldChange, ...] = ()

    @property
    def is_renumbered(self) -> bool:
        """Whether it bears another code than before."""
        return self.kind is ChangeKind.CHANGED and self.code != self.former_code

    def field_named(self, key: str) -> FieldChange | None:
        """Return the change of that field, or None."""
        return next((one for one in self.fields if one.key == key), None)


@dataclass(frozen=True, kw_only=True)
class UseChange:
    """A procedure that an item took up or dropped, or follows within another amount band; `title` is today's."""

    kind: ChangeKind
    slug: str
    title: str
    before: Said = ""
    after: Said = ""


@dataclass(frozen=True, kw_only=True)
class ItemChange(RecordChange):
    """An item that changed; `uses` are its procedures that came, went, or changed their band."""

    uses: tuple[UseChange, ...] = ()
    are_uses_reordered: bool = False

    @property
    def is_moved(self) -> bool:
        """Whether it stands in another category."""
        return self.kind is ChangeKind.CHANGED and self.field_named("category") is not None


@dataclass(frozen=True, kw_only=True)
class StepChange:
    """A step of a procedure that came, went or changed; numbers are None where a step has none or is not there.

    `is_moved` tells one that stands elsewhere among the steps that both versions have.
    """

    kind: ChangeKind
    key: str
    former_key: str
    step_kind: NodeKind
    title: Said
    number: int | None
    former_number: int | None
    fields: tuple[FieldChange, ...] = ()
    is_moved: bool = False


@dataclass(frozen=True, kw_only=True)
class ArrowChange:
    """An arrow that came or went, by the keys of its own version; a consequence follows from a step that came or went.

    A consequence is told with its step: an arrow from or to that step, or the arrow that it stepped between.
    """

    kind: ChangeKind
    source: str
    target: str
    label: str
    is_consequence: bool


@dataclass(frozen=True, kw_only=True)
class WayChange:
    """Where it goes on from a step that both versions have: the targets before and now under one label.

    `key` and `former_key` are those of the step that it goes on from, `place` and the targets are ready to be said.
    Where only the label changed the targets are the same.
    """

    key: str
    former_key: str
    place: Said
    label_before: str
    label_after: str
    before: tuple[Said, ...]
    after: tuple[Said, ...]


@dataclass(frozen=True, kw_only=True)
class ProcedureChange(RecordChange):
    """A procedure that changed; `items` are the codes of all items that follow it, also inside another procedure.

    Codes of items are those of the newer version where the item is still there.
    """

    items: tuple[str, ...] = ()
    steps: tuple[StepChange, ...] = ()
    arrows: tuple[ArrowChange, ...] = ()
    ways: tuple[WayChange, ...] = ()
    are_exits_reordered: bool = False


@dataclass(frozen=True, kw_only=True)
class ProhibitionChange(RecordChange):
    """An entry of the negative list that changed; `touches` are the codes of all items that it was or is tied to."""

    touches: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many of one subject came, went, and changed."""

    subject: Subject
    added: int
    removed: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One change told to a villager: `where` names the subject, `what` says what happened; both are whole phrases."""

    subject: Subject
    code: str
    kind: ChangeKind
    where: Told
    what: Told

    def __str__(self) -> str:
        """Return the Chinese sentence."""
        return f"{self.where}：{self.what}"


@dataclass(frozen=True, kw_only=True)
class ItemDifference:
    """Everything that is different for one item: its own record, its procedures, the prohibitions tied to it."""

    code: str
    name: str
    item: ItemChange | None
    procedures: tuple[ProcedureChange, ...]
    prohibitions: tuple[ProhibitionChange, ...]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What differs between two contents; empty exactly when nothing that people read has changed.

    The keys of steps are not read: a step that only bears another key has not changed. `reordered` names subjects
    whose lasting members stand in another order. `names` gives the names of items by code, of both versions.
    """

    cover: tuple[FieldChange, ...] = ()
    categories: tuple[RecordChange, ...] = ()
    items: tuple[ItemChange, ...] = ()
    procedures: tuple[ProcedureChange, ...] = ()
    prohibitions: tuple[ProhibitionChange, ...] = ()
    thresholds: tuple[RecordChange, ...] = ()
    reordered: tuple[Subject, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    sole: frozenset[str] = frozenset()
    """The slugs of procedures that are the only one of the only item that follows them."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed."""
        return not (self.cover or any(self.changes_of(subject) for subject in Subject) or self.reordered)

    def changes_of(self, subject: Subject) -> tuple[RecordChange, ...]:
        """Return the changes of one subject; the cover has none of this kind."""
        found: dict[Subject, tuple[RecordChange, ...]] = {
            Subject.CATEGORY: self.categories,
            Subject.ITEM: self.items,
            Subject.PROCEDURE: self.procedures,
            Subject.PROHIBITION: self.prohibitions,
            Subject.THRESHOLD: self.thresholds,
        }
        return found.get(subject, ())

    @property
    def counts(self) -> tuple[Count, ...]:
        """How many of each subject came, went and changed, subjects without a change left out."""
        found = []
        if self.cover:
            found.append(Count(subject=Subject.COVER, added=0, removed=0, changed=len(self.cover)))
        for subject in Subject:
            kinds = Counter(change.kind for change in self.changes_of(subject))
            if kinds:
                found.append(
                    Count(
                        subject=subject,
                        added=kinds[ChangeKind.ADDED],
                        removed=kinds[ChangeKind.REMOVED],
                        changed=kinds[ChangeKind.CHANGED],
                    )
                )
        return tuple(found)

    @property
    def item_codes(self) -> tuple[str, ...]:
        """The codes of all items for which something is different, changed records first."""
        codes = [change.code for change in self.items]
        codes += [code for change in self.procedures for code in change.items]
        codes += [code for change in self.prohibitions for code in change.touches]
        return tuple(dict.fromkeys(codes))

    def of_item(self, code: str) -> ItemDifference | None:
        """Return what is different for the item with this code, or None where nothing is."""
        item = next((change for change in self.items if change.code == code), None)
        is_gone = item is not None and item.kind is ChangeKind.REMOVED
        procedures = tuple(change for change in self.procedures if code in change.items)
        prohibitions = () if is_gone else tuple(change for change in self.prohibitions if code in change.touches)
        if item is None and not procedures and not prohibitions:
            return None
        name = item.name if item else self.names.get(code, code)
        return ItemDifference(code=code, name=name, item=item, procedures=procedures, prohibitions=prohibitions)
