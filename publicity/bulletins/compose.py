"""Plans a finance sheet: which line stands on which page, in which size, with which sums carried over.

Pages are planned here and not by the PDF engine, because carried sums must be known before a page is set, and because
the type is as large as the number of pages allows. Pure: figures and texts in, frozen pages out.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import accumulate
from typing import Self

from publicity.bulletins.measure import lines, width
from publicity.bulletins.papers import A3, MM_PER_POINT, Paper
from publicity.codes.qr import QrPath, outline
from village_lists.errors import Refusal
from village_lists.markers import N_

LINE_HEIGHT = 1.3
ITEM_SCALE = 0.78
HEADING_SCALE = 1.15
HEADING_GAP = 5.0
RULE = 0.4
PAD_STEP = 0.25
PADS = range(2, 25)
"""Room above and below a line's text, in steps of PAD_STEP mm; never more than PAD_SHARE of the line's own height."""
PAD_SHARE = 0.55

TOTAL_WORDS = N_("合计（大写：%(capitals)s）")
"""The words of a table's last row, as the template has them; they are measured here."""

CELL_EMS = 0.6
"""What the padding at both sides of a cell takes."""
DATE_EMS = 3.2
VOUCHER_EMS = (4.2, 6.4)
AMOUNT_EMS = (6.2, 8.6)
"""Columns are narrow (支-041, up to 999,999.99) or wide, so that summary and payee get what is left."""
SUMMARY_SHARE = 0.6
MOST_MATTERS = 6
IN_A_ROW = 3
TITLE_EMS = 18
"""So many matters have their code on a sheet, so many in a row, with a title of two lines."""
FIGURE_EMS = (5.7, 7.9)
"""Up to which widths the four figures have the largest and the middle size: 999,999.99 and -12,345,678.90."""


class Side(StrEnum):
    """The two tables of a finance sheet."""

    INCOME = "income"
    SPENDING = "spending"


class LineTooLong(Refusal):
    """One line's words would fill more than a page."""


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """One receipt or payment as it stands on paper; `item` is the name of the power it used, `payee` the other party.

    `matter` is the code of the matter that it was for (A04-2026-03). `day` is None where the ledger has none. The
    caller has masked what paper may not show.
    """

    day: date | None
    voucher: str
    summary: str
    payee: str
    amount_fen: int
    item: str = ""
    matter: str = ""

    @property
    def used(self) -> str:
        """Return item and matter as they stand in small type after the summary."""
        return "　".join(words for words in (self.item, self.matter) if words)


@dataclass(frozen=True, kw_only=True)
class NamedMatter:
    """A matter that lines of a sheet name: its code and title, the letters and the address of its printed code."""

    code: str
    title: str
    letters: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Signer:
    """An office and the name of the person who signs in it."""

    office: str
    name: str


@dataclass(frozen=True, kw_only=True)
class FinanceSheet:
    """All that a finance sheet says. Words are final (masked, in the village's own terms); sums are checked before.

    The capitals are the totals written out (柒万零伍佰元整). `signers` come in the order in which they sign. `code` is
    the seven characters without spaces, `url` what the QR symbol says; both are empty for a draft, which has no code.
    `note` is a notice that must not be overlooked, or empty: sample, correction with its reason. `matters` are the
    first MOST_MATTERS that its lines name and that have a printed code, `matters_left` how many more there are.
    """

    place: str
    body: str
    period: str
    opening_label: str
    income_label: str
    spending_label: str
    closing_label: str
    opening_fen: int
    income_fen: int
    spending_fen: int
    closing_fen: int
    income: tuple[EntryLine, ...]
    spending: tuple[EntryLine, ...]
    income_capitals: str
    spending_capitals: str
    signers: tuple[Signer, ...]
    made_on: date | None
    displayed_from: date | None
    displayed_to: date | None
    hotline: str
    board: str
    code: str
    url: str
    seals: tuple[str, str]
    version: int = 1
    note: str = ""
    matters: tuple[NamedMatter, ...] = ()
    matters_left: int = 0


@dataclass(frozen=True, kw_only=True)
class Block:
    """A table, or the part of one that stands on a page.

    `count` is the number of lines of the whole table. `brought_fen` (承前页) is set when the table goes on from the
    page before, `carried_fen` (过次页) when it goes on after, `total_fen` with `capitals` when it ends here.
    """

    side: Side
    count: int
    rows: tuple[EntryLine, ...]
    brought_fen: int | None
    carried_fen: int | None
    total_fen: int | None
    capitals: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """One sheet of paper: `number` of `of`, and its tables in reading order."""

    number: int
    of: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Composition:
    """A finance sheet laid out: type of `points` pt, `pad` steps of PAD_STEP mm around a line, and the QR outline.

    `wide_voucher` and `wide_amount` say which of the two widths these columns have, `figures` which
    of three sizes the four large figures have, 0 the largest. `matters` are those of the sheet with the outlines of
    their codes, in rows.
    """

    sheet: FinanceSheet
    paper: Paper
    points: int
    pad: int
    wide_voucher: bool
    wide_amount: bool
    figures: int
    pages: tuple[Page, ...]
    qr: QrPath | None
    matters: tuple[tuple[tuple[NamedMatter, QrPath], ...], ...] = ()


@dataclass(frozen=True)
class _Unit:
    """One line with its place in its table, or an empty table (`row` None); `sum_fen` is the sum up to it."""

    side: Side
    index: int
    count: int
    row: EntryLine | None
    sum_fen: int

    @property
    def first(self) -> bool:
        """Whether the table begins here."""
        return self.index == 0

    @property
    def last(self) -> bool:
        """Whether the table ends here."""
        return self.index >= self.count - 1


def compose(sheet: FinanceSheet, paper: Paper = A3) -> Composition:
    """Return `sheet` on as few pages as its smallest type needs, then in the largest type that needs no more.

    Raises LineTooLong if a line would not fit on a page.
    """
    units = [*_units(Side.INCOME, sheet.income), *_units(Side.SPENDING, sheet.spending)]
    columns = _Columns.of(sheet)
    plans = [_Plan(sheet, paper, columns, units, points, PADS[0]) for points in paper.sizes]
    best = plans[0]
    fewest, tallest = len(best.breaks()), max(best.tallest, 2)
    for plan in plans[1:]:
        if plan.tallest <= tallest and plan.fits(fewest):
            best = plan
    for pad in PADS[1:]:
        roomier = _Plan(sheet, paper, columns, units, best.points, pad)
        if pad * PAD_STEP <= PAD_SHARE * best.line and roomier.fits(fewest):
            best = roomier
    return Composition(
        sheet=sheet,
        paper=paper,
        points=best.points,
        pad=best.pad,
        wide_voucher=columns.voucher == VOUCHER_EMS[1],
        wide_amount=columns.amount == AMOUNT_EMS[1],
        figures=_figures(sheet),
        pages=_pages(sheet, units, best.breaks()),
        qr=outline(sheet.url) if sheet.url else None,
        matters=tuple(
            tuple((_clipped(one), outline(one.url)) for one in sheet.matters[start : start + IN_A_ROW])
            for start in range(0, len(sheet.matters), IN_A_ROW)
        ),
    )


def _clipped(matter: NamedMatter) -> NamedMatter:
    """Return a matter with so much of its title as two lines beside its code hold."""
    ends = list(accumulate(width(sign) for sign in matter.title))
    if not ends or ends[-1] <= TITLE_EMS:
        return matter
    kept = sum(end <= TITLE_EMS - 1 for end in ends)
    return replace(matter, title=f"{matter.title[:kept]}…")


def matters_height(sheet: FinanceSheet, paper: Paper) -> float:
    """Return what the matters of a sheet take above its foot, in millimetres; nothing where it names none."""
    rows = -(-len(sheet.matters) // IN_A_ROW)
    return paper.matter_head + rows * paper.matter_row if rows else 0.0


def _figures(sheet: FinanceSheet) -> int:
    """Return the size that lets the longest of the four figures stand in its quarter of the sheet."""
    longest = max(
        width(f"{fen // 100:,}.00")
        for fen in (sheet.opening_fen, sheet.income_fen, sheet.spending_fen, sheet.closing_fen)
    )
    return sum(longest > limit for limit in FIGURE_EMS)


def _units(side: Side, rows: tuple[EntryLine, ...]) -> list[_Unit]:
    """Return the table's lines with their running sums; an empty table is one unit without a line."""
    if not rows:
        return [_Unit(side, 0, 0, None, 0)]
    sums = accumulate(row.amount_fen for row in rows)
    return [
        _Unit(side, index, len(rows), row, total) for index, (row, total) in enumerate(zip(rows, sums, strict=True))
    ]


@dataclass(frozen=True)
class _Columns:
    """The widths of the columns whose width depends on what stands in them, in ems."""

    voucher: float
    amount: float

    @classmethod
    def of(cls, sheet: FinanceSheet) -> Self:
        """Return the narrow widths wherever all of the sheet's vouchers and amounts fit into them."""
        rows = (*sheet.income, *sheet.spending)
        voucher = max((width(row.voucher) for row in rows), default=0)
        amounts = (sheet.income_fen, sheet.spending_fen, *(row.amount_fen for row in rows))
        amount = max(width(f"{amount_fen // 100:,}.00") for amount_fen in amounts)
        return cls(
            voucher=VOUCHER_EMS[voucher > VOUCHER_EMS[0] - CELL_EMS],
            amount=AMOUNT_EMS[amount > AMOUNT_EMS[0] - CELL_EMS],
        )


class _Plan:
    """The heights of one sheet in one type size and with one padding, and the page breaks that follow from them."""

    def __init__(
        self, sheet: FinanceSheet, paper: Paper, columns: _Columns, units: list[_Unit], points: int, pad: int
    ) -> None:
        """Measure every line once; heights are in millimetres."""
        self.points, self.pad, self._paper, self._units = points, pad, paper, units
        self.line = points * MM_PER_POINT * LINE_HEIGHT
        self._around = 2 * pad * PAD_STEP + RULE
        ems = paper.width / (points * MM_PER_POINT)
        wide = ems - DATE_EMS - columns.voucher - columns.amount
        counts = [_lines_of(unit.row, wide, columns.voucher) for unit in units]
        self.tallest = max(counts)
        self._heights = [count * self.line + self._around for count in counts]
        total_ems = ems - columns.amount - 2 * CELL_EMS
        capitals = (sheet.income_capitals, sheet.spending_capitals)
        self._closes = max(lines(TOTAL_WORDS % {"capitals": words}, total_ems) for words in capitals)
        self._note = _note_height(sheet.note, paper)
        self._foot = paper.closing + matters_height(sheet, paper)

    def breaks(self) -> list[int]:
        """Return the index of the unit that each page begins with; raises LineTooLong."""
        starts = [0]
        while True:
            start, room = starts[-1], self._room(first=len(starts) == 1)
            whole = len(self._units)
            if self._reach(start, room - self._foot) == whole:
                return starts
            reached = min(self._reach(start, room - self._paper.turning), whole - 1)
            if reached == start:
                raise _too_long(self._units[start].row)
            starts.append(reached)

    def fits(self, pages: int) -> bool:
        """Return whether this size and padding need no more than `pages` pages."""
        try:
            return len(self.breaks()) <= pages
        except LineTooLong:
            return False

    def _room(self, *, first: bool) -> float:
        """Return the height between the head and the paper's lower margin."""
        return self._paper.height - (self._paper.opening + self._note if first else self._paper.running)

    def _reach(self, start: int, room: float) -> int:
        """Return the index after the last unit that fits on a page beginning with `start`, its closing row included."""
        used, reached = 0.0, start
        for index in range(start, len(self._units)):
            unit = self._units[index]
            if index == start or unit.first:
                used += self._head(carried=not unit.first)
            used += self._heights[index]
            closing = self._closes * self.line + self._around
            if used + closing > room:
                break
            if unit.last:
                used += closing
            reached = index + 1
        return reached

    def _head(self, *, carried: bool) -> float:
        """Return the height of a table's heading and head row, and of the row 承前页 where it goes on."""
        heading = self.line * HEADING_SCALE + HEADING_GAP
        return heading + (2 if carried else 1) * (self.line + self._around)


def _lines_of(row: EntryLine | None, wide: float, voucher: float) -> int:
    """Return how many lines the fullest cell of `row` takes; `wide` is what summary and payee share, all in ems."""
    if row is None:
        return 1
    return max(
        lines(row.summary, wide * SUMMARY_SHARE - CELL_EMS, row.used, ITEM_SCALE),
        lines(row.payee, wide * (1 - SUMMARY_SHARE) - CELL_EMS),
        lines(row.voucher, voucher - CELL_EMS),
    )


def _note_height(note: str, paper: Paper) -> float:
    """Return what the notice takes at the smallest size, with its frame."""
    if not note:
        return 0.0
    size = paper.sizes[0] * MM_PER_POINT
    return lines(note, (paper.width - 12) / size) * size * LINE_HEIGHT + 8


def _too_long(row: EntryLine | None) -> LineTooLong:
    """Return the refusal that names the line by its voucher."""
    voucher = row.voucher if row else ""
    return LineTooLong(N_("凭证 %(voucher)s 的文字太长，一页纸放不下，请缩短摘要。"), voucher=voucher)


def _pages(sheet: FinanceSheet, units: list[_Unit], starts: list[int]) -> tuple[Page, ...]:
    """Return the pages that begin with the units numbered `starts`."""
    ends = [*starts[1:], len(units)]
    return tuple(
        Page(
            number=number,
            of=len(starts),
            blocks=tuple(
                _block(sheet, part)
                for side in Side
                if (part := [unit for unit in units[start:end] if unit.side is side])
            ),
        )
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    )


def _block(sheet: FinanceSheet, part: list[_Unit]) -> Block:
    """Return the part of one table that stands on one page, with what it brings and carries."""
    side, begins, ends = part[0].side, part[0], part[-1]
    income = side is Side.INCOME
    own_fen = begins.row.amount_fen if begins.row else 0
    return Block(
        side=side,
        count=begins.count,
        rows=tuple(unit.row for unit in part if unit.row),
        brought_fen=None if begins.first else begins.sum_fen - own_fen,
        carried_fen=None if ends.last else ends.sum_fen,
        total_fen=(sheet.income_fen if income else sheet.spending_fen) if ends.last else None,
        capitals=sheet.income_capitals if income else sheet.spending_capitals,
    )
