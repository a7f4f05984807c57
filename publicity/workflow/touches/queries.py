"""What is going on in some villages that a rule may reach. A handful of statements, however many the villages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from publicity.categories.models import CategoryEdition, EditionState
from publicity.categories.queries import content_of
from publicity.duties.touches import moves_everything
from publicity.ledgers.models import Entry, Ledger
from publicity.records.models import Record, State, Version
from village_lists.periods import Period
from village_lists.places.models import Place
from village_lists.powers.models import (
    Adoption,
    ItemProcedure,
    ListThreshold,
    ListVersion,
    PowerItem,
    PowerList,
    Procedure,
    VersionState,
)
from village_lists.rulebook.catalog import catalog

IN_REVIEW = (State.SUBMITTED, State.APPROVED, State.CONFIRMED, State.ENDORSED)


@dataclass(frozen=True, kw_only=True)
class RuledCategories:
    """The categories of postings that a rule governs, by what it says of them (ids)."""

    due: frozenset[int]
    review: frozenset[int]
    display: frozenset[int]


def categories_ruled_by(session: Session, *, key: str) -> RuledCategories:
    """Return which categories name the rule for their due day, order of review or days of display in any edition.

    Calendars, and what happens on a day off, govern the due days of all.
    """
    editions = session.scalars(select(CategoryEdition).where(CategoryEdition.state == EditionState.IN_FORCE))
    found = [(edition.category_id, content_of(edition)) for edition in editions]
    return RuledCategories(
        due=frozenset(category for category, content in found if content.due_rule == key or moves_everything(key)),
        review=frozenset(category for category, content in found if content.review_rule == key),
        display=frozenset(category for category, content in found if content.display_rule == key),
    )


def versions_in_review(session: Session, *, villages: Sequence[Place], categories: Collection[int]) -> list[Version]:
    """Return the versions of these categories that are being reviewed, with record, body and category."""
    return list(
        session.scalars(
            select(Version)
            .join(Version.record)
            .where(
                Record.village_id.in_([village.id for village in villages]),
                Record.category_id.in_(categories),
                Version.state.in_(IN_REVIEW),
            )
            .options(
                selectinload(Version.record).selectinload(Record.body),
                selectinload(Version.record).selectinload(Record.category),
            )
            .order_by(Record.period, Version.id)
        )
    )


def versions_on_display(
    session: Session, *, villages: Sequence[Place], categories: Collection[int], on: date
) -> list[Version]:
    """Return the published versions of these categories whose display has not ended, with record, body and category."""
    return list(
        session.scalars(
            select(Version)
            .join(Version.record)
            .where(
                Record.village_id.in_([village.id for village in villages]),
                Record.category_id.in_(categories),
                Version.state == State.PUBLISHED,
                Version.display_to >= on,
            )
            .options(
                selectinload(Version.record).selectinload(Record.body),
                selectinload(Version.record).selectinload(Record.category),
            )
            .order_by(Version.display_to, Version.id)
        )
    )


def adopted_versions(session: Session, *, villages: Sequence[Place]) -> dict[int, int]:
    """Return the list version that each village took into force last, by village id; unconfirmed ones do not count."""
    rows = session.execute(
        select(Adoption.village_id, Adoption.version_id)
        .where(Adoption.village_id.in_([village.id for village in villages]), Adoption.confirmed_at.is_not(None))
        .order_by(Adoption.held_on, Adoption.id)
    )
    return {village_id: version_id for village_id, version_id in rows}  # noqa: C416 - dict() of rows has no types


@dataclass(frozen=True, kw_only=True)
class TouchedItem:
    """An item of a published list that refers to an amount: by a band, or (`words`) by the amount as written."""

    version_id: int
    list_title: str
    code: str
    name: str
    is_banded: bool


def items_with_band(session: Session, *, key: str, places: Collection[int]) -> list[TouchedItem]:
    """Return the items of the published lists of these places (ids) whose charts are chosen by the amount."""
    rows = session.execute(
        select(ListVersion.id, ListVersion.title, PowerItem.code, PowerItem.name, PowerItem.position)
        .join(PowerItem, PowerItem.version_id == ListVersion.id)
        .join(ItemProcedure, ItemProcedure.item_id == PowerItem.id)
        .join(PowerList, PowerList.id == ListVersion.power_list_id)
        .where(
            ListVersion.state == VersionState.PUBLISHED,
            PowerList.place_id.in_(places),
            or_(ItemProcedure.from_key == key, ItemProcedure.below_key == key),
        )
        .order_by(ListVersion.id, PowerItem.position)
        .distinct()
    )
    return [
        TouchedItem(version_id=at, list_title=title, code=code, name=name, is_banded=True)
        for at, title, code, name, _ in rows
    ]


def items_to_read(session: Session, *, places: Collection[int]) -> list[tuple[TouchedItem, str]]:
    """Return every item of the published lists of these places with all its words, charts included."""
    items = session.execute(
        select(ListVersion.id, ListVersion.title, PowerItem)
        .join(PowerItem, PowerItem.version_id == ListVersion.id)
        .join(PowerList, PowerList.id == ListVersion.power_list_id)
        .where(ListVersion.state == VersionState.PUBLISHED, PowerList.place_id.in_(places))
        .options(
            selectinload(PowerItem.uses).selectinload(ItemProcedure.procedure).selectinload(Procedure.nodes),
            selectinload(PowerItem.uses).selectinload(ItemProcedure.procedure).selectinload(Procedure.edges),
        )
        .order_by(ListVersion.id, PowerItem.position)
    )
    return [
        (TouchedItem(version_id=at, list_title=title, code=item.code, name=item.name, is_banded=False), _words(item))
        for at, title, item in items
    ]


def _words(item: PowerItem) -> str:
    parts = [item.name, item.sentence, item.conditions, *item.papers]
    for procedure in item.procedures:
        parts += [text for node in procedure.nodes for text in (node.title, node.detail)]
        parts += [edge.label for edge in procedure.edges]
    return "\n".join(parts)


@dataclass(frozen=True, kw_only=True)
class Payment:
    """A published payment under an item; amount in fen."""

    village_id: int
    village: str
    period: Period
    summary: str
    item_code: str
    spending_fen: int


def payments_between(
    session: Session, *, villages: Sequence[Place], codes: Collection[str], since: Period, low_fen: int, high_fen: int
) -> list[Payment]:
    """Return the published payments under these items from a month on, from one amount up to below another."""
    rows = session.execute(
        select(Record.village_id, Place.name, Record.period, Entry.summary, Entry.item_code, Entry.spending_fen)
        .join(Ledger, Ledger.id == Entry.ledger_id)
        .join(Version, Version.id == Ledger.version_id)
        .join(Record, Record.id == Version.record_id)
        .join(Place, Place.id == Record.village_id)
        .where(
            Record.village_id.in_([village.id for village in villages]),
            Version.state == State.PUBLISHED,
            Record.period >= str(since),
            Entry.item_code.in_(codes),
            Entry.spending_fen >= low_fen,
            Entry.spending_fen < high_fen,
        )
        .order_by(Record.period.desc(), Entry.id)
    )
    return [
        Payment(
            village_id=village_id,
            village=village,
            period=Period.parse(period),
            summary=summary,
            item_code=code,
            spending_fen=spending,
        )
        for village_id, village, period, summary, code, spending in rows
    ]


def amount_names(session: Session) -> dict[str, str]:
    """Return what the lists call the amounts that the catalog of rules does not name itself, by key of the rule."""
    rows = session.execute(select(ListThreshold.key, ListThreshold.name).order_by(ListThreshold.id))
    known = set(catalog().keys)
    return {key: name for key, name in rows if key not in known and name}


def unconfirmed_adoptions(session: Session, *, villages: Sequence[Place], decision_body: str = "") -> list[Adoption]:
    """Return the resolutions recorded in the villages and not yet confirmed; of one body where it is named."""
    query = (
        select(Adoption)
        .where(Adoption.village_id.in_([village.id for village in villages]), Adoption.confirmed_at.is_(None))
        .options(selectinload(Adoption.village))
        .order_by(Adoption.held_on, Adoption.id)
    )
    if decision_body:
        query = query.where(Adoption.decision_body == decision_body)
    return list(session.scalars(query))


def adapted_drafts(session: Session, *, places: Collection[int]) -> list[ListVersion]:
    """Return the drafts in these places (ids) that adapt a template, with their lists and places."""
    return list(
        session.scalars(
            select(ListVersion)
            .join(ListVersion.power_list)
            .where(
                ListVersion.state == VersionState.DRAFT,
                ListVersion.template_id.is_not(None),
                PowerList.place_id.in_(places),
            )
            .options(selectinload(ListVersion.power_list).selectinload(PowerList.place))
            .order_by(ListVersion.id)
        )
    )
