"""Questions to the rule book: the nearest valid row wins, and can say why."""

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
    name = next((above.name for above in chain if above.id == row.place_id), "")
    return Answer(
        key=key,
        value=row.value["value"],
        level=row.level,
        place=name,
        basis=row.basis,
        valid_from=row.valid_from,
        is_sample=row.is_sample,
    )
