"""What a reader tells the clerk: problems at a cell, notices, and the refusal to read one cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from village_lists.errors import Refusal
from village_lists.exchange.grids import letter_of


@dataclass(frozen=True)
class Problem:
    """One fault: `words` is a marked Chinese sentence with gaps, `values` fills them, `found` is what stands there."""

    sheet: str
    cell: str
    found: str
    words: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def sentence(self) -> str:
        """Return the filled Chinese sentence."""
        return self.words % self.values if self.values else self.words


@dataclass(frozen=True)
class Notice:
    """Something the clerk should know, but that is no fault: hidden rows, a unit taken for granted."""

    sheet: str
    words: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def sentence(self) -> str:
        """Return the filled Chinese sentence."""
        return self.words % self.values if self.values else self.words


class Unreadable(Refusal):
    """One cell cannot be read; the gaps `row`, `column` and `found` are filled by whoever knows the cell."""


def problem_at(sheet: str, row: int, column: int, found: str, words: str, **values: object) -> Problem:
    """Return a problem at a cell (row and column from 1); the gaps row, column and found are filled here."""
    letter = letter_of(column)
    filled = {"row": row, "column": letter, "found": found, **values}
    return Problem(sheet, f"{letter}{row}", found, words, filled)


def in_yuan(fen: int) -> str:
    """Return whole fen as yuan for a sentence: 123450 -> "1,234.50"."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
