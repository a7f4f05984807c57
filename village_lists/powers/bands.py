"""Which chart for which amount: the bands of an item's procedures, with what the rule book says for a place today."""

from dataclasses import dataclass

from village_lists.rulebook.queries import Answer


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One end of a band. `answer` is the row of the rule book that gave `fen`.

    Without it the list's own suggestion stands there, and where the list has none, nothing.
    """

    key: str
    name: str
    fen: int | None
    answer: Answer | None


@dataclass(frozen=True, kw_only=True)
class Band:
    """From an amount (included) to an amount (excluded); an open end is None."""

    start: Limit | None
    end: Limit | None

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Return the ends that are not open, the lower first."""
        return tuple(limit for limit in (self.start, self.end) if limit)
