"""A row that somebody would like: what it would be, and the book as it would then stand. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from village_lists.places.models import Level, Place
from village_lists.rulebook.models import RuleChange, RuleRow
from village_lists.rulebook.values import Value


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A row as proposed at a place. `value` None only ends the row in force there, with `valid_until`."""

    key: str
    place: Place
    value: Value | None
    valid_from: date
    valid_until: date | None = None
    basis: str = ""
    is_sample: bool = False
    reason: str = ""

    @property
    def level(self) -> Level:
        """Return the level of the row: that of its place."""
        return self.place.level

    @property
    def takes_effect_on(self) -> date:
        """Return the first day on which something is different."""
        if self.value is None and self.valid_until is not None:
            return self.valid_until + timedelta(days=1)
        return self.valid_from

    @property
    def row(self) -> RuleRow | None:
        """Return the row that it would become, or None where it only ends one."""
        if self.value is None:
            return None
        return RuleRow(
            key=self.key,
            level=self.level,
            place_id=self.place.id,
            value={"value": self.value},
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            basis=self.basis,
            is_sample=self.is_sample,
        )


def proposal_of(change: RuleChange, *, place: Place) -> Proposal:
    """Return what a change asks for; `place` is the place it names."""
    return Proposal(
        key=change.key,
        place=place,
        value=change.value["value"] if change.value else None,
        valid_from=change.valid_from,
        valid_until=change.valid_until,
        basis=change.basis,
        is_sample=change.is_sample,
        reason=change.reason,
    )


def row_before(rows: Sequence[RuleRow], proposal: Proposal) -> RuleRow | None:
    """Return the row of the same rule and place that is in force when the proposal begins, or None."""
    own = [row for row in rows if row.key == proposal.key and row.place_id == proposal.place.id]
    on = proposal.valid_from
    valid = [row for row in own if row.valid_from <= on and (row.valid_until is None or row.valid_until >= on)]
    return max(valid, key=lambda row: row.valid_from, default=None)


def last_day_before(proposal: Proposal) -> date | None:
    """Return with which day the row before ends; None where it goes on, since the new one is only for a while."""
    if proposal.value is None:
        return proposal.valid_until
    return None if proposal.valid_until else proposal.valid_from - timedelta(days=1)


def rows_with(rows: Sequence[RuleRow], proposal: Proposal) -> list[RuleRow]:
    """Return the rows as they would stand with the proposal; the given ones are left as they are."""
    former, last = row_before(rows, proposal), last_day_before(proposal)
    found = [_ended(row, last) if row is former and last else row for row in rows]
    return found + ([proposal.row] if proposal.row else [])


def _ended(row: RuleRow, last: date) -> RuleRow:
    return RuleRow(
        key=row.key,
        level=row.level,
        place_id=row.place_id,
        value=row.value,
        valid_from=row.valid_from,
        valid_until=last,
        basis=row.basis,
        is_sample=row.is_sample,
    )
