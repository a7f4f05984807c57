"""What a body published in the twelve months of a year: the lines of its books, and which months are missing."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from publicity.ledgers.queries import booked_lines, published_ends
from publicity.ledgers.statements import BookLine
from village_lists.periods import Period
from village_lists.places.models import Body


@dataclass(frozen=True, kw_only=True)
class YearBooks:
    """The published lines of a year, and what the books opened and closed with (fen).

    `opening_fen`: the opening of the first month that stands published (books may begin within the year);
    `december_fen`: the closing of December; both None where nothing says it. `missing`: months that are not published.
    """

    lines: tuple[BookLine, ...]
    opening_fen: int | None
    december_fen: int | None
    missing: tuple[Period, ...]


def year_books(session: Session, *, body: Body, year: int) -> YearBooks:
    """Return the books of a body's year, from what stands published alone; two statements."""
    months = list(Period(year, 1).through(Period(year, 12)))
    ledgers = published_ends(session, body=body, periods=months)
    first, december = ledgers.get(min(ledgers, default="")), ledgers.get(str(months[-1]))
    return YearBooks(
        lines=tuple(booked_lines(session, ledgers=[number for number, _, _ in ledgers.values()])),
        opening_fen=first[1] if first else None,
        december_fen=december[2] if december else None,
        missing=tuple(month for month in months if str(month) not in ledgers),
    )
