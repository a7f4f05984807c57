"""What the desk of a village asks of its list: how it stands, what may be adopted, what its own version may say."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from village_lists.editions import store
from village_lists.editions.adaptation import (
    ITEM_FIELDS,
    field_name,
    own_items_of,
    own_prohibitions_of,
    plain_lines,
    step_fields_of,
)
from village_lists.editions.allowances import ITEM_FIELDS as ITEM_FIELDS_KEY
from village_lists.editions.allowances import STEP_FIELDS as STEP_FIELDS_KEY
from village_lists.editions.allowances import (
    Allowed,
    allowed_for,
    faults_of,
    newer_template,
    template_of,
    unfinished_version,
)
from village_lists.editions.contents import ItemContent, ListContent, ProcedureContent, ProhibitionContent
from village_lists.editions.plain import digest_of
from village_lists.editions.queries import OutlineCategory, outline, problems_of
from village_lists.editions.rules import ContentProblem
from village_lists.errors import Refusal
from village_lists.flowcharts.graph import Node
from village_lists.people.models import Person, PostKind
from village_lists.people.rules import holds_on
from village_lists.places.models import Place
from village_lists.powers.adoptions import (
    Choice,
    ListStanding,
    adoptions_of,
    choices_for,
    confirmers,
    standing_of,
)
from village_lists.powers.models import Adoption, ListVersion, VersionState
from village_lists.rulebook.queries import Answer


@dataclass(frozen=True, kw_only=True)
class Sides:
    """What a person may do with the list of a village: the clerk records and adapts, another confirms."""

    is_clerk: bool
    may_confirm: bool


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """The page of a village's list: how it stands, what its meeting may adopt, its own version in the making."""

    standing: ListStanding
    choices: tuple[Choice, ...]
    allowed: Allowed
    own: ListVersion | None
    newer: ListVersion | None
    adoptions: tuple[Adoption, ...]
    sides: Sides

    @property
    def templates(self) -> tuple[Choice, ...]:
        """Return the versions from which an own one may be begun: those of county and township."""
        return tuple(choice for choice in self.choices if not choice.is_own)


def sides_of(session: Session, *, village: Place, person: Person, pending: Adoption | None, on: date) -> Sides:
    """Return what the person may do in the village on a day; a rule book without a row lets nobody confirm."""
    held = [post for post in person.posts if post.place_id == village.id and holds_on(post, on)]
    try:
        confirming = confirmers(session, village=village, on=on)
    except Refusal:
        confirming = {}
    return Sides(
        is_clerk=any(post.kind is PostKind.CLERK for post in held),
        may_confirm=pending is not None and person.id in confirming and person.id != pending.recorded_by_id,
    )


def list_page(session: Session, *, village: Place, person: Person, on: date) -> ListPage:
    """Return everything that the page of the village's list shows to this person."""
    standing = standing_of(session, village=village, on=on)
    own = unfinished_version(session, village=village)
    return ListPage(
        standing=standing,
        choices=tuple(choices_for(session, village=village)),
        allowed=allowed_for(session, village=village, on=on),
        own=own,
        newer=newer_template(session, version=own) if own else None,
        adoptions=tuple(adoptions_of(session, village=village)),
        sides=sides_of(session, village=village, person=person, pending=standing.pending, on=on),
    )


@dataclass(frozen=True, kw_only=True)
class OwnListPage:
    """A village's own version in the making: its items by category, what it added, what still hinders it."""

    version: ListVersion
    template: ListVersion
    newer: ListVersion | None
    allowed: Allowed
    outline: tuple[OutlineCategory, ...]
    changed: frozenset[str]
    own_items: frozenset[str]
    own_prohibitions: tuple[ProhibitionContent, ...]
    problems: tuple[ContentProblem, ...]
    cover_seen: str
    sides: Sides
    is_recorded: bool

    @property
    def is_draft(self) -> bool:
        """Tell whether it may still be changed."""
        return self.version.state is VersionState.DRAFT


def own_list_page(session: Session, *, village: Place, version: ListVersion, person: Person, on: date) -> OwnListPage:
    """Return the own version as the clerk works on it; `changed` are the codes of items that differ from the template.

    An item counts as changed too where a step of its charts was; `is_recorded`: a resolution upon it waits.
    """
    pending = standing_of(session, village=village, on=on).pending
    template = template_of(session, version=version)
    before, mine = store.read_content(session, version=template), store.read_content(session, version=version)
    faults = [
        *faults_of(session, village=village, version=version, on=on),
        *problems_of(session, version=version, on=on),
    ]
    return OwnListPage(
        version=version,
        template=template,
        newer=newer_template(session, version=version),
        allowed=allowed_for(session, village=village, on=on),
        outline=tuple(outline(session, version=version)),
        changed=_changed(before, mine),
        own_items=frozenset(item.code for item in own_items_of(before, mine)),
        own_prohibitions=own_prohibitions_of(before, mine),
        problems=tuple(faults),
        cover_seen=digest_of((version.title, version.note, version.is_sample)),
        sides=sides_of(session, village=village, person=person, pending=pending, on=on),
        is_recorded=pending is not None and pending.version_id == version.id,
    )


def _changed(template: ListContent, adapted: ListContent) -> frozenset[str]:
    items = {item.code: item for item in template.items}
    charts = {one.slug: one for one in template.procedures}
    touched = {one.slug for one in adapted.procedures if one.slug in charts and one != charts[one.slug]}
    return frozenset(
        item.code
        for item in adapted.items
        if item.code in items and (item != items[item.code] or touched & {use.slug for use in item.procedures})
    )


@dataclass(frozen=True, kw_only=True)
class ItemField:
    """A field of an item: what it is called, what stands there and in the template, whether it may change."""

    key: str
    name: str
    value: str
    template: str
    is_lines: bool
    is_open: bool

    @property
    def is_changed(self) -> bool:
        """Tell whether the village says something else than the template."""
        return self.value != self.template


@dataclass(frozen=True, kw_only=True)
class ItemPage:
    """An item of the own version; `is_own` is one that the village added, with the plain lines of its chart."""

    item: ItemContent
    is_own: bool
    fields: tuple[ItemField, ...]
    charts: tuple[ProcedureContent, ...]
    lines: tuple[str, ...]
    allowed: Allowed
    seen: str

    @property
    def open_fields(self) -> tuple[ItemField, ...]:
        """Return the fields that may change."""
        return tuple(field for field in self.fields if field.is_open)

    @property
    def shut_fields(self) -> tuple[ItemField, ...]:
        """Return the fields that may not."""
        return tuple(field for field in self.fields if not field.is_open)

    @property
    def row(self) -> Answer | None:
        """Return the row of the rule book that names the open fields."""
        return self.allowed.answers[ITEM_FIELDS_KEY]


def item_page(session: Session, *, village: Place, version: ListVersion, code: str, on: date) -> ItemPage | None:
    """Return an item of the own version as its form shows it, or None."""
    mine = store.read_content(session, version=version)
    before = store.read_content(session, version=template_of(session, version=version))
    item = next((one for one in mine.items if one.code == code), None)
    if item is None:
        return None
    former = next((one for one in before.items if one.code == code), None)
    allowed = allowed_for(session, village=village, on=on)
    slugs = [use.slug for use in item.procedures]
    charts = sorted((one for one in mine.procedures if one.slug in slugs), key=lambda one: slugs.index(one.slug))
    own = [one for one in charts if one.slug not in {chart.slug for chart in before.procedures}]
    return ItemPage(
        item=item,
        is_own=former is None,
        fields=tuple(_item_fields(item, former or item, allowed)),
        charts=tuple(charts),
        lines=plain_lines(own[0]) if own else (),
        allowed=allowed,
        seen=digest_of(item),
    )


def _item_fields(item: ItemContent, former: ItemContent, allowed: Allowed) -> list[ItemField]:
    return [
        ItemField(
            key=key,
            name=field_name(key),
            value=_as_text(getattr(item, key)),
            template=_as_text(getattr(former, key)),
            is_lines=isinstance(getattr(item, key), tuple),
            is_open=key in allowed.allowance.item_fields,
        )
        for key in ITEM_FIELDS
    ]


def _as_text(value: str | tuple[str, ...]) -> str:
    return "\n".join(value) if isinstance(value, tuple) else value


@dataclass(frozen=True, kw_only=True)
class StepForm:
    """A step as its form shows it, with the fields of it that may change and the step of the template."""

    node: Node
    template: Node
    fields: tuple[str, ...]

    @property
    def is_changed(self) -> bool:
        """Tell whether the village says something else than the template."""
        return self.node != self.template


@dataclass(frozen=True, kw_only=True)
class StepsPage:
    """A chart of the own version; `users` are the codes and names of all items that follow it."""

    chart: ProcedureContent
    steps: tuple[StepForm, ...]
    users: tuple[tuple[str, str], ...]
    allowed: Allowed
    seen: str

    @property
    def is_open(self) -> bool:
        """Tell whether anything in it may change."""
        return any(step.fields for step in self.steps)

    @property
    def row(self) -> Answer | None:
        """Return the row of the rule book that names the open fields."""
        return self.allowed.answers[STEP_FIELDS_KEY]


def steps_page(
    session: Session, *, village: Place, version: ListVersion, code: str, number: int, on: date
) -> StepsPage | None:
    """Return the chart that the item follows at place `number` (from 1) as its form shows it, or None."""
    mine = store.read_content(session, version=version)
    before = store.read_content(session, version=template_of(session, version=version))
    item = next((one for one in mine.items if one.code == code), None)
    if item is None or not 0 < number <= len(item.procedures):
        return None
    slug = item.procedures[number - 1].slug
    chart = next(one for one in mine.procedures if one.slug == slug)
    former = next((one for one in before.procedures if one.slug == slug), None)
    if former is None:
        return None
    allowed = allowed_for(session, village=village, on=on)
    nodes = {node.key: node for node in former.graph.nodes}
    return StepsPage(
        chart=chart,
        steps=tuple(
            StepForm(
                node=node,
                template=nodes.get(node.key, node),
                fields=step_fields_of(node, allowed.allowance),
            )
            for node in chart.graph.nodes
        ),
        users=tuple((one.code, one.name) for one in mine.items if any(use.slug == slug for use in one.procedures)),
        allowed=allowed,
        seen=digest_of(chart),
    )


def contents_to_compare(session: Session, *, version: ListVersion) -> tuple[ListContent, ListContent]:
    """Return the template and the own version; the title is the village's in both."""
    before = store.read_content(session, version=template_of(session, version=version))
    mine = store.read_content(session, version=version)
    return replace(before, title=mine.title), mine


def templates_to_compare(session: Session, *, version: ListVersion) -> tuple[ListContent, ListContent] | None:
    """Return the template of the own version and the newer one, or None where there is no newer one."""
    newer = newer_template(session, version=version)
    if newer is None:
        return None
    former = template_of(session, version=version)
    return store.read_content(session, version=former), store.read_content(session, version=newer)
