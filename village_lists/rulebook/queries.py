"""Questions to the rule book: the nearest valid row wins, and can say why."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.places.models import BodyKind, Level, Place
from village_lists.places.queries import chain_of
from village_lists.rulebook.models import ChangeState, RuleChange, RuleRow
from village_lists.rulebook.proposals import Proposal, rows_with
from village_lists.rulebook.quorums import BodyRule, CountedOf
from village_lists.rulebook.rules import nearest
from village_lists.rulebook.shares import Share

PARTS = ("body", "present", "favour", "favour_of")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A value and the row that gave it, for 「为什么是这个数」."""

    key: str
    value: Any
    level: Level
    place: str
    basis: str
    valid_from: date
    is_sample: bool


def rule(session: Session, *, key: str, place: Place, on: date) -> Answer:
    """Return the value of a rule for a place on a day; raise Refusal where no row is valid."""
    chain = chain_of(session, place=place)
    rows = session.scalars(
        select(RuleRow).where(
            RuleRow.key == key,
            or_(RuleRow.place_id.is_(None), RuleRow.place_id.in_([above.id for above in chain])),
        )
    ).all()
    row = nearest(list(rows), on=on)
    if row is None:
        raise _unruled(key, on)
    return _answer(row, chain)


def _unruled(key: str, on: date) -> Refusal:
    return Refusal(N_("规则库里没有「%(key)s」在 %(on)s 有效的规定，请县级管理员补上"), key=key, on=on.isoformat())


def _answer(row: RuleRow, chain: Sequence[Place]) -> Answer:
    return Answer(
        key=row.key,
        value=row.value["value"],
        level=row.level,
        place=next((above.name for above in chain if above.id == row.place_id), ""),
        basis=row.basis,
        valid_from=row.valid_from,
        is_sample=row.is_sample,
    )


class RuleTable:
    """The rows of some rules for many places, asked once; answers without asking the database again."""

    def __init__(self, rows: Sequence[RuleRow], places: Sequence[Place]) -> None:
        """Keep the rows, and the places with everything above them by which they are found."""
        self._above = {place.id: place for place in places}
        self._rows: defaultdict[tuple[str, int | None], list[RuleRow]] = defaultdict(list)
        for row in rows:
            self._rows[row.key, row.place_id].append(row)
        self._known: dict[tuple[str, int, date], Answer | None] = {}

    def answer(self, *, key: str, place: Place, on: date) -> Answer | None:
        """Return the value of a rule for one of the places on a day, or None where no row is valid."""
        wanted = (key, place.id, on)
        if wanted not in self._known:
            self._known[wanted] = self._find(key, place, on)
        return self._known[wanted]

    def rows(self, *, key: str, place: Place) -> list[RuleRow]:
        """Return every row of a rule that may count for one of the places, past and coming ones too."""
        return [row for link in (None, *(above.id for above in self._chain(place))) for row in self._rows[key, link]]

    def _find(self, key: str, place: Place, on: date) -> Answer | None:
        row = nearest(self.rows(key=key, place=place), on=on)
        return _answer(row, self._chain(place)) if row else None

    def _chain(self, place: Place) -> list[Place]:
        chain = [place]
        while (above := chain[-1].parent_id) is not None and above in self._above:
            chain.append(self._above[above])
        return chain


def rules_for(session: Session, *, keys: Sequence[str], places: Sequence[Place]) -> RuleTable:
    """Return the rows of the rules for the places and all above them; three statements, however many places."""
    known = _with_all_above(session, places)
    return RuleTable(_rows_for(session, keys, known), list(known.values()))


def tables_around(
    session: Session, *, proposal: Proposal, places: Sequence[Place], further: Sequence[str] = ()
) -> tuple[RuleTable, RuleTable]:
    """Return the rules for the places as they stand, and as they would stand with the proposal.

    Both hold the proposal's rule and the `further` ones. Three statements; nothing is written.
    """
    known = _with_all_above(session, [*places, proposal.place])
    rows = _rows_for(session, [proposal.key, *further], known)
    everywhere = list(known.values())
    return RuleTable(rows, everywhere), RuleTable(rows_with(rows, proposal), everywhere)


def _with_all_above(session: Session, places: Sequence[Place]) -> dict[int, Place]:
    known = {place.id: place for place in places}
    wanted = {place.parent_id for place in places if place.parent_id is not None}
    while wanted := wanted - known.keys():
        above = session.scalars(select(Place).where(Place.id.in_(wanted))).all()
        known.update((place.id, place) for place in above)
        wanted = {place.parent_id for place in above if place.parent_id is not None}
    return known


def _rows_for(session: Session, keys: Sequence[str], places: dict[int, Place]) -> list[RuleRow]:
    return list(
        session.scalars(
            select(RuleRow).where(
                RuleRow.key.in_(keys), or_(RuleRow.place_id.is_(None), RuleRow.place_id.in_(places.keys()))
            )
        )
    )


def rows_of(session: Session, *, key: str, place: Place) -> list[RuleRow]:
    """Return every row of a rule that may count for a place, past and coming ones too, in the order of entry."""
    chain = chain_of(session, place=place)
    return list(
        session.scalars(
            select(RuleRow)
            .where(RuleRow.key == key, or_(RuleRow.place_id.is_(None), RuleRow.place_id.in_([p.id for p in chain])))
            .order_by(RuleRow.id)
        )
    )


def rows_below(session: Session, *, key: str, place: Place) -> list[RuleRow]:
    """Return the rows of a rule in the places one or two levels below, with their places."""
    below = select(Place.id).where(Place.parent_id == place.id)
    further = select(Place.id).where(Place.parent_id.in_(below))
    return list(
        session.scalars(
            select(RuleRow)
            .where(RuleRow.key == key, or_(RuleRow.place_id.in_(below), RuleRow.place_id.in_(further)))
            .options(selectinload(RuleRow.place))
            .order_by(RuleRow.place_id, RuleRow.valid_from)
        )
    )


def places_ruling(session: Session, *, place: Place, on: date) -> dict[str, int]:
    """Return how many places one or two levels below have a row in force on the day, by the key of the rule."""
    below = select(Place.id).where(Place.parent_id == place.id)
    further = select(Place.id).where(Place.parent_id.in_(below))
    rows = session.execute(
        select(RuleRow.key, func.count(RuleRow.place_id.distinct()))
        .where(
            or_(RuleRow.place_id.in_(below), RuleRow.place_id.in_(further)),
            RuleRow.valid_from <= on,
            or_(RuleRow.valid_until.is_(None), RuleRow.valid_until >= on),
        )
        .group_by(RuleRow.key)
    )
    return {key: count for key, count in rows}  # noqa: C416 - dict() of rows has no types


def villages_under(session: Session, *, place: Place) -> list[Place]:
    """Return the villages of a county or township (or the village itself) by their codes, with their bodies."""
    township = aliased(Place)
    query = select(Place).where(Place.level == Level.VILLAGE).options(selectinload(Place.bodies)).order_by(Place.code)
    if place.level == Level.VILLAGE:
        query = query.where(Place.id == place.id)
    elif place.level == Level.TOWNSHIP:
        query = query.where(Place.parent_id == place.id)
    else:
        query = query.join(township, township.id == Place.parent_id).where(township.parent_id == place.id)
    return list(session.scalars(query))


def places_of(session: Session, *, county: Place) -> list[Place]:
    """Return the county, its townships and its villages, each township followed by its villages."""
    townships = session.scalars(select(Place).where(Place.parent_id == county.id).order_by(Place.code)).all()
    villages = session.scalars(
        select(Place).where(Place.parent_id.in_([town.id for town in townships])).order_by(Place.code)
    ).all()
    found = [county]
    for town in townships:
        found += [town, *(village for village in villages if village.parent_id == town.id)]
    return found


def changes_of(session: Session, *, county: Place, state: ChangeState | None = None, key: str = "") -> list[RuleChange]:
    """Return the proposed changes in a county, newest first, of one state and one rule where these are given."""
    towns = select(Place.id).where(Place.parent_id == county.id)
    villages = select(Place.id).where(Place.parent_id.in_(towns))
    places = or_(RuleChange.place_id == county.id, RuleChange.place_id.in_(towns), RuleChange.place_id.in_(villages))
    query = (
        select(RuleChange)
        .where(places)
        .options(
            selectinload(RuleChange.place), selectinload(RuleChange.proposed_by), selectinload(RuleChange.decided_by)
        )
        .order_by(RuleChange.id.desc())
    )
    if state is not None:
        query = query.where(RuleChange.state == state)
    return list(session.scalars(query.where(RuleChange.key == key) if key else query))


def change_numbered(session: Session, *, county: Place, number: int) -> RuleChange | None:
    """Return the change of that number if it concerns the county or a place in it, or None."""
    return next((change for change in changes_of(session, county=county) if change.id == number), None)


@dataclass(frozen=True, kw_only=True)
class DecisionRule:
    """What a body of a village needs to decide on a day, and the rows of the rule book that say so."""

    rule: BodyRule
    answers: tuple[Answer, ...]


def decision_rule(session: Session, *, decision_body: str, place: Place, on: date) -> DecisionRule:
    """Return by which shares a body decides at a place on a day (`decision_body.*` of the rule book).

    Raise Refusal where the rule book does not know the body, or a row is missing; none has to say who must come.
    """
    key = f"decision_body.{decision_body}"
    table = rules_for(session, keys=[f"{key}.{part}" for part in PARTS], places=[place])
    found = {part: table.answer(key=f"{key}.{part}", place=place, on=on) for part in PARTS}
    for part in ("favour", "favour_of"):
        if found[part] is None:
            raise _unruled(f"{key}.{part}", on)
    values = {part: str(answer.value) for part, answer in found.items() if answer}
    return DecisionRule(
        rule=BodyRule(
            decision_body=decision_body,
            body=BodyKind(values["body"]) if "body" in values else None,
            present=Share.parse(values["present"]) if "present" in values else None,
            favour=Share.parse(values["favour"]),
            favour_of=CountedOf(values["favour_of"]),
        ),
        answers=tuple(answer for answer in found.values() if answer),
    )
