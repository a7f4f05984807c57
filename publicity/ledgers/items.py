"""All money posted under an item of the list: sums by record and year, and every line, private names masked.

Only what stands published counts: drafts are not public, and what was corrected is replaced by its correction.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from publicity.ledgers.public_lines import Named, PublicLine, masked
from publicity.privacy.masking import mask_text, names_in
from village_lists.people.models import Post
from village_lists.people.rules import holds_on
from village_lists.periods import Period

LINES_ON_A_PAGE = 100


@dataclass(frozen=True, kw_only=True)
class ItemRecord:
    """A posted record that holds lines of the item; the sums are of these lines alone."""

    number: int
    period: Period
    body_kind: str
    body_name: str
    published_at: datetime
    income_fen: int
    spending_fen: int
    count: int


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Money in and out and how many lines; `year` is None for all years together."""

    year: int | None
    income_fen: int
    spending_fen: int
    count: int


@dataclass(frozen=True, kw_only=True)
class ItemMoney:
    """The records that hold lines of an item, newest first, and what they come to."""

    records: tuple[ItemRecord, ...]

    @property
    def total(self) -> Sums:
        """Return the sums of all years."""
        return _sums(None, self.records)

    @property
    def years(self) -> tuple[Sums, ...]:
        """Return the sums of each year of accounts in which something was posted, newest first."""
        return tuple(_sums(year, list(of)) for year, of in groupby(self.records, key=lambda one: one.period.year))

    def year(self, year: int) -> Sums:
        """Return the sums of one year, noughts where nothing was posted."""
        return _sums(year, [record for record in self.records if record.period.year == year])


@dataclass(frozen=True, kw_only=True)
class ItemEntry:
    """A posted line of an item, and the record where it stands."""

    record: int
    period: Period
    body_kind: str
    line: PublicLine


@dataclass(frozen=True, kw_only=True)
class ItemMonth:
    """The lines of one month, newest first."""

    period: Period
    entries: tuple[ItemEntry, ...]


def by_month(entries: Iterable[ItemEntry]) -> tuple[ItemMonth, ...]:
    """Return the lines under their months, in their order."""
    return tuple(
        ItemMonth(period=period, entries=tuple(of)) for period, of in groupby(entries, key=lambda one: one.period)
    )


class Covers:
    """Who is named in full and who is covered: `posts` of the village, `payees` by record, organisations in full."""

    def __init__(
        self, *, posts: Sequence[Post], payees: Mapping[int, Sequence[str]], organisations: frozenset[str]
    ) -> None:
        """Keep what was asked of the database."""
        self._posts = posts
        self._payees = payees
        self._known: dict[tuple[str, frozenset[str]], list[str]] = {}
        self.organisations = organisations

    def officials(self, period: Period) -> frozenset[str]:
        """Return the names of those in office at the end of the month: they stand in full."""
        return frozenset(post.person.name for post in self._posts if holds_on(post, period.last_day))

    def names(self, record: int, officials: frozenset[str]) -> Iterator[str]:
        """Yield every private name that is paid in the record."""
        for payee in self._payees.get(record, ()):
            if (payee, officials) not in self._known:
                found = names_in(payee, officials=officials, organisations=self.organisations)
                self._known[payee, officials] = found
            yield from self._known[payee, officials]


def entries_of(
    rows: Sequence[Any],
    *,
    items: Mapping[str, tuple[str, str]],
    covers: Covers,
    matters: Mapping[int, Named] | None = None,
) -> list[ItemEntry]:
    """Return rows (columns of Entry, number and period of the record, body kind) masked, in their order.

    The rows of a month stand together; `items` gives name and class by item code, `matters` what each id stands for.
    """
    found: list[ItemEntry] = []
    for written, of in groupby(rows, key=lambda row: row.period):
        own, period = list(of), Period.parse(written)
        officials = covers.officials(period)
        lines = masked(own, items=items, officials=officials, organisations=covers.organisations, matters=matters or {})
        for row, line in zip(own, lines, strict=True):
            names = [name for name in covers.names(row.number, officials) if name in row.summary]
            summary = mask_text(line.summary, names, officials=officials)
            shown = replace(line, summary=summary)
            found.append(ItemEntry(record=row.number, period=period, body_kind=row.body_kind.value, line=shown))
    return found


def _sums(year: int | None, records: Sequence[ItemRecord]) -> Sums:
    return Sums(
        year=year,
        income_fen=sum(record.income_fen for record in records),
        spending_fen=sum(record.spending_fen for record in records),
        count=sum(record.count for record in records),
    )
