"""Voucher numbers: kept as written, compared as runs such as 支-041, 支-042, … to find doubles and gaps."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publicity.ledgers.wording import plain

LARGEST_GAP = 30
_PART_OF_ONE = re.compile(r"(.*\d号)[-之/].+")
_RANGE = re.compile(r"(.*?)(\d+)(?:号|#)?[至~、,到](?:\1)?(\d+)(\D*)")


@dataclass(frozen=True)
class Numbers:
    """A voucher in its run: `run` is what does not count on, `first` to `last` what does, `width` its digits."""

    before: str
    after: str
    first: int
    last: int
    width: int

    @property
    def run(self) -> tuple[str, str]:
        """Return what all vouchers of one run share."""
        return self.before, self.after

    def written(self, number: int) -> str:
        """Return a number of the same run as people would write it."""
        return f"{self.before}{number:0{self.width}d}{self.after}"


@dataclass(frozen=True)
class Gap:
    """Voucher numbers left out before the line at `index`; `missing` has at most three of them, as written."""

    index: int
    missing: tuple[str, ...]
    count: int


def numbers_of(voucher: str) -> Numbers | None:
    """Return the run and number of a voucher, None when it has no number."""
    written = plain(voucher).replace("—", "-").replace("–", "-").replace("−", "-")
    if part := _PART_OF_ONE.fullmatch(written):
        written = part[1]
    if several := _RANGE.fullmatch(written):
        before, first, last, after = several.groups()
        if int(first) < int(last):
            return Numbers(before, after, int(first), int(last), len(first))
    # The last number of the text counts on: 收08-1, 2026-09-001. Longer digits are an account or an invoice.
    found = re.fullmatch(r"(.*?)(\d+)(\D*)", written)
    if found is None or re.search(r"\d{10,}", written):
        return None
    before, digits, after = found.groups()
    return Numbers(before, after, int(digits), int(digits), len(digits))


def doubles(vouchers: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (index, index of the first use) of every voucher that was used before; blanks do not count."""
    first_use: dict[str, int] = {}
    for index, voucher in enumerate(vouchers):
        written = plain(voucher)
        if not written:
            continue
        if written in first_use:
            yield index, first_use[written]
        else:
            first_use[written] = index


def gaps(vouchers: Sequence[str]) -> Iterator[Gap]:
    """Yield the gaps inside each run, at the line that carries the next higher number."""
    runs: dict[tuple[str, str], dict[int, tuple[int, Numbers]]] = {}
    for index, voucher in enumerate(vouchers):
        numbers = numbers_of(voucher)
        if numbers is not None:
            runs.setdefault(numbers.run, {}).setdefault(numbers.first, (index, numbers))
    for run in runs.values():
        end: int | None = None
        for first, (index, numbers) in sorted(run.items()):
            if end is not None and first > end + 1:
                missing = range(end + 1, first)
                yield Gap(index, tuple(numbers.written(number) for number in missing[:3]), len(missing))
            end = max(end or 0, numbers.last)
