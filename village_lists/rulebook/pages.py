"""The rule book as a steward reads it: every rule of a place on a day, and why one value is what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from village_lists.markers import N_
from village_lists.places.models import Level, Place
from village_lists.places.queries import chain_of
from village_lists.rulebook.catalog import GROUPS, RuleKey, catalog
from village_lists.rulebook.models import ChangeState, RuleChange, RuleRow
from village_lists.rulebook.proposals import Proposal, last_day_before, row_before
from village_lists.rulebook.queries import Answer, changes_of, places_ruling, rows_below, rows_of, tables_around
from village_lists.rulebook.rules import NEARNESS, nearest
from village_lists.rulebook.values import Told, told, written

OURS = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
UNKNOWN_GROUP = N_("其他")


class Outcome(StrEnum):
    """Why a row gives the value, or does not."""

    WINS = "wins"
    FARTHER = "farther"
    EARLIER = "earlier"
    COMING = "coming"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Link:
    """A row of the chain: whose it is, what it says, and whether it gives the value."""

    level: Level
    place: str
    value: Told
    basis: str
    is_sample: bool
    valid_from: date
    valid_until: date | None
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """A rule with its value for a place on a day; `value` None: nothing is ruled.

    `coming` begins later; `below` counts the places below with rows of their own.
    """

    key: str
    name: str
    used_for: str
    group: str
    value: Told | None
    level: Level | None
    place: str
    basis: str
    is_sample: bool
    valid_from: date | None
    valid_until: date | None
    coming: tuple[Link, ...]
    below: int


@dataclass(frozen=True, kw_only=True)
class RuleGroup:
    """Rules that belong together."""

    name: str
    lines: tuple[RuleLine, ...]


@dataclass(frozen=True, kw_only=True)
class RulePage:
    """One rule: its line, the chain from nearest to farthest, what the places below rule themselves, its changes.

    `entry` is None where the catalog does not know the rule: it can be read, not changed. `starting_values` are what
    the form begins with.
    """

    key: str
    entry: RuleKey | None
    line: RuleLine
    chain: tuple[Link, ...]
    below: tuple[Link, ...]
    changes: tuple[RuleChange, ...]
    starting_values: tuple[str, ...]
    can_be_set: bool
    has_own_row: bool


def rule_book(
    session: Session, *, place: Place, on: date, search: str = "", names: Mapping[str, str] | None = None
) -> tuple[RuleGroup, ...]:
    """Return every rule of a place on a day in its group; with `search` those that have the words in name or use.

    `names` calls by key what the catalog knows only as one of a family. Five statements at most. Rules that the catalog
    names and nobody has set stand there without a value, unless they are optional.
    """
    chain = chain_of(session, place=place)
    rows = session.scalars(
        select(RuleRow).where(or_(RuleRow.place_id.is_(None), RuleRow.place_id.in_([link.id for link in chain])))
    ).all()
    of_key: dict[str, list[RuleRow]] = {key: [] for key in catalog().keys}
    for row in rows:
        of_key.setdefault(row.key, []).append(row)
    below = places_ruling(session, place=place, on=on)
    for key in below:
        of_key.setdefault(key, [])
    lines = [
        _line(key, found, chain, on, below=below.get(key, 0), names=names or {})
        for key, found in of_key.items()
        if found or key in below or _is_expected(key)
    ]
    wanted = [line for line in lines if _speaks_of(line, search)]
    in_order = [*GROUPS, UNKNOWN_GROUP]
    groups = ((name, tuple(line for line in wanted if line.group == name)) for name in in_order)
    return tuple(RuleGroup(name=name, lines=found) for name, found in groups if found)


def _is_expected(key: str) -> bool:
    entry = catalog().entry(key)
    return entry is not None and not entry.is_optional


def _speaks_of(line: RuleLine, search: str) -> bool:
    text = f"{line.key} {line.name} {line.used_for} {line.group}".lower()
    return all(word in text for word in search.lower().split())


def rule_page(
    session: Session, *, key: str, place: Place, county: Place, on: date, names: Mapping[str, str] | None = None
) -> RulePage | None:
    """Return one rule at a place on a day with its changes in the county; None where there is no such rule.

    `names` is that of `rule_book`.
    """
    entry = catalog().entry(key)
    rows = rows_of(session, key=key, place=place)
    if entry is None and not rows:
        return None
    chain = chain_of(session, place=place)
    row = nearest(rows, on=on)
    begins = row.value["value"] if row else None
    return RulePage(
        key=key,
        entry=entry,
        line=_line(key, rows, chain, on, names=names or {}),
        chain=_links(rows, chain, on),
        below=_links_below(session, key, place, on),
        changes=tuple(changes_of(session, county=county, key=key)),
        starting_values=tuple(written(entry, begins)) if entry and begins is not None else (),
        can_be_set=entry is not None and any(level in entry.levels for level in OURS),
        has_own_row=any(row.place_id == place.id and _is_in_force(row, on) for row in rows),
    )


def why(session: Session, *, key: str, place: Place, on: date) -> tuple[Link, ...]:
    """Return the rows that may give a rule at a place, nearest first, each with why it gives the value or does not."""
    return _links(rows_of(session, key=key, place=place), chain_of(session, place=place), on)


def _line(
    key: str,
    rows: Sequence[RuleRow],
    chain: Sequence[Place],
    on: date,
    *,
    below: int = 0,
    names: Mapping[str, str],
) -> RuleLine:
    entry = catalog().entry(key)
    row = nearest(list(rows), on=on)
    return RuleLine(
        key=key,
        name=names.get(key) or (entry.name if entry else key),
        used_for=entry.used_for if entry else "",
        group=entry.group if entry else UNKNOWN_GROUP,
        value=told(entry, row.value["value"]) if row else None,
        level=row.level if row else None,
        place=_place_name(row, chain) if row else "",
        basis=row.basis if row else "",
        is_sample=bool(row and row.is_sample),
        valid_from=row.valid_from if row else None,
        valid_until=row.valid_until if row else None,
        coming=tuple(link for link in _links(rows, chain, on) if link.outcome == Outcome.COMING),
        below=below,
    )


def _place_name(row: RuleRow, places: Sequence[Place]) -> str:
    return next((place.name for place in places if place.id == row.place_id), "")


def _links(rows: Sequence[RuleRow], places: Sequence[Place], on: date) -> tuple[Link, ...]:
    best = nearest(list(rows), on=on)
    ordered = sorted(rows, key=lambda row: (NEARNESS.index(row.level), row.valid_from), reverse=True)
    return tuple(_link(row, _place_name(row, places), _outcome(row, best, on)) for row in ordered)


def _link(row: RuleRow, place: str, outcome: Outcome) -> Link:
    return Link(
        level=row.level,
        place=place,
        value=told(catalog().entry(row.key), row.value["value"]),
        basis=row.basis,
        is_sample=row.is_sample,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        outcome=outcome,
    )


def _outcome(row: RuleRow, best: RuleRow | None, on: date) -> Outcome:
    if row.valid_from > on:
        return Outcome.COMING
    if row.valid_until is not None and row.valid_until < on:
        return Outcome.ENDED
    if row is best:
        return Outcome.WINS
    return Outcome.EARLIER if best is not None and row.level == best.level else Outcome.FARTHER


def _is_in_force(row: RuleRow, on: date) -> bool:
    return row.valid_from <= on and (row.valid_until is None or on <= row.valid_until)


def _links_below(session: Session, key: str, place: Place, on: date) -> tuple[Link, ...]:
    """Return the rows of places below that have not ended: there this place's row does not count."""
    rows = [
        row for row in rows_below(session, key=key, place=place) if row.valid_until is None or row.valid_until >= on
    ]
    return tuple(
        _link(row, row.place.name if row.place else "", Outcome.COMING if row.valid_from > on else Outcome.WINS)
        for row in rows
    )


def open_changes(session: Session, *, county: Place) -> tuple[RuleChange, ...]:
    """Return the changes in a county that wait for a second person, oldest first."""
    return tuple(reversed(changes_of(session, county=county, state=ChangeState.PROPOSED)))


@dataclass(frozen=True, kw_only=True)
class ProposalPage:
    """A proposed row beside what counts so far at its place; `former_ends_on` None: the row before goes on.

    `before` and `after` are None where nothing is ruled; with an end alone, `after` is what counts then.
    """

    proposal: Proposal
    name: str
    before: Answer | None
    before_value: Told | None
    after: Answer | None
    after_value: Told | None
    former_ends_on: date | None


def proposal_page(session: Session, *, proposal: Proposal) -> ProposalPage:
    """Return what a proposed row would replace at its own place, on its first day."""
    before, after = tables_around(session, proposal=proposal, places=[proposal.place])
    since, key, place = proposal.takes_effect_on, proposal.key, proposal.place
    old, new = before.answer(key=key, place=place, on=since), after.answer(key=key, place=place, on=since)
    former, entry = row_before(rows_of(session, key=key, place=place), proposal), catalog().entry(key)
    return ProposalPage(
        proposal=proposal,
        name=entry.name if entry else key,
        before=old,
        before_value=told(entry, old.value) if old else None,
        after=new,
        after_value=told(entry, new.value) if new else None,
        former_ends_on=last_day_before(proposal) if former else None,
    )


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """A proposed change with the name of its rule and what it asks for; `value` None: that the row only ends."""

    change: RuleChange
    name: str
    value: Told | None


def change_line(change: RuleChange) -> ChangeLine:
    """Return a change in words."""
    entry = catalog().entry(change.key)
    value = told(entry, change.value["value"]) if change.value else None
    return ChangeLine(change=change, name=entry.name if entry else change.key, value=value)
