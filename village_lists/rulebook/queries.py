"""Questions to the rule book: the nearest valid row wins, and can say why."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.places.models import Level, Place
from village_lists.places.queries import chain_of
from village_lists.rulebook.models import RuleRow
from village_lists.rulebook.rules import nearest


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
        raise Refusal(N_("规则库里没有「%(key)s」在 %(on)s 有效的规定，请县级管理员补上"), key=key, on=on.isoformat())
    return _answer(row, chain)


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

    def _find(self, key: str, place: Place, on: date) -> Answer | None:
        chain = [place]
        while (above := chain[-1].parent_id) is not None and above in self._above:
            chain.append(self._above[above])
        rows = list(self._rows[key, None])
        for link in chain:
            rows += self._rows[key, link.id]
        row = nearest(rows, on=on)
        return _answer(row, chain) if row else None


def rules_for(session: Session, *, keys: Sequence[str], places: Sequence[Place]) -> RuleTable:
    """Return the rows of the rules for the places and all above them; three statements, however many places."""
    known = {place.id: place for place in places}
    wanted = {place.parent_id for place in places if place.parent_id is not None}
    while wanted := wanted - known.keys():
        above = session.scalars(select(Place).where(Place.id.in_(wanted))).all()
        known.update((place.id, place) for place in above)
        wanted = {place.parent_id for place in above if place.parent_id is not None}
    rows = session.scalars(
        select(RuleRow).where(
            RuleRow.key.in_(keys), or_(RuleRow.place_id.is_(None), RuleRow.place_id.in_(known.keys()))
        )
    ).all()
    return RuleTable(rows, list(known.values()))
