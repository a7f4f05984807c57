"""Reads a table of any workbook, or of what was pasted from one, into rows of a category; every fault by its cell.

Lenient in what it reads, strict in what it gives: while anything cannot be read, `rows` is empty.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from publicity.categories.contents import CategoryContent, Column, ColumnKind
from publicity.ledgers.amounts import read_amount
from publicity.ledgers.problems import Unreadable
from publicity.ledgers.wording import is_ditto, plain
from publicity.postings.cells import FIGURES, Cell, CellUnreadable, read_cell
from publicity.postings.figures import yuan_of
from publicity.postings.headings import Heading, bare, find_heading, header_words, is_repeated
from publicity.postings.rules import MOST_ROWS
from publicity.postings.tables import total_of
from publicity.postings.unreadable import LONGEST_FOUND
from village_lists.exchange.grids import Cell as GridCell
from village_lists.exchange.grids import Row, Sheet, Workbook, letter_of
from village_lists.markers import N_
from village_lists.periods import Span

MOST_PROBLEMS = 200
MOST_PASTED = 3_000_000
EXACT_FIGURES = 15
GUIDES = frozenset({"说明", "填写说明", "填表说明", "使用说明"})
_PAGE = re.compile(r"第\d+页|共\d+页")
NUMBERED = frozenset({ColumnKind.IDENTITY, ColumnKind.CARD})


@dataclass(frozen=True, kw_only=True)
class CellProblem:
    """One fault: at `address` (E12; 第 3 行第 2 列 of what was pasted), row and column from 1, words with gaps."""

    address: str
    row: int
    column: int
    words: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Return the filled Chinese sentence without its place."""
        return self.words % self.values if self.values else self.words


@dataclass(frozen=True, kw_only=True)
class ReadingNotice:
    """Something the clerk should know that is no fault."""

    words: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Return the filled Chinese sentence."""
        return self.words % self.values if self.values else self.words


@dataclass(frozen=True, kw_only=True)
class TableReading:
    """What was read: rows and head by column keys (empty while there are problems), `count` rows seen.

    `matched` are pairs of what stands over a column and the name of the category's column that it was taken for.
    `addresses` say for each row where the cell of a column key stood, for checks of what a whole row says.
    """

    rows: tuple[dict[str, Cell], ...]
    head: dict[str, Cell]
    problems: tuple[CellProblem, ...]
    notices: tuple[ReadingNotice, ...]
    matched: tuple[tuple[str, str], ...]
    count: int = 0
    sheet: str = ""
    addresses: tuple[Mapping[str, str], ...] = ()


Addressing = Callable[[int, int], str]


def read_workbook_table(content: CategoryContent, workbook: Workbook, *, span: Span | None = None) -> TableReading:
    """Return the table of the sheet that fits the category best; `span` completes days without a year."""
    filled = [sheet for sheet in workbook.sheets if sheet.rows]
    if not filled:
        return _nothing(N_("这个文件里没有内容，请检查是不是选错了文件。"))
    tables = [sheet for sheet in filled if plain(sheet.name) not in GUIDES] or filled
    shown = [sheet for sheet in tables if not sheet.hidden] or tables
    found = [(one, find_heading(one, content)) for one in shown]
    # A notice has no columns to tell its sheet by: the first one counts.
    sheet, heading = max(found, key=lambda pair: _fit(*pair)) if content.columns else found[0]
    reader = _Reader(content, sheet, heading, _sheet_address, span)
    reading = reader.read()
    others = [one.name for one, other in found if one is not sheet and other is not None]
    notices = reading.notices
    if others:
        words = N_("只读了「%(sheet)s」这张表，没有读：%(others)s")
        notices = (ReadingNotice(words=words, values={"sheet": sheet.name, "others": "、".join(others)}), *notices)
    notices += tuple(ReadingNotice(words=words, values=values) for words, values in workbook.notices)
    return replace(reading, notices=notices, sheet=sheet.name)


def read_pasted(content: CategoryContent, text: str, *, span: Span | None = None) -> TableReading:
    """Return the table of a text copied from a spreadsheet (tabs) or a CSV, with or without a header."""
    if len(text) > MOST_PASTED:
        return _nothing(N_("粘贴的内容太多，请改用上传文件。"))
    sheet = _pasted_sheet(text)
    if not sheet.rows:
        return _nothing(N_("还没有粘贴内容，请在表格里选中要填的行，复制后粘贴到这里。"))
    heading = find_heading(sheet, content) or _heading_by_position(sheet, content)
    return _Reader(content, sheet, heading, _pasted_address, span).read()


def _nothing(words: str) -> TableReading:
    problem = CellProblem(address="", row=0, column=0, words=words)
    return TableReading(rows=(), head={}, problems=(problem,), notices=(), matched=())


def _sheet_address(row: int, column: int) -> str:
    return f"{letter_of(column)}{row}"


def _pasted_address(row: int, column: int) -> str:
    return f"第 {row} 行第 {column} 列"


def _fit(sheet: Sheet, heading: Heading | None) -> tuple[int, int, int]:
    if heading is None:
        return (0, 0, len(sheet.rows))
    required = sum(column.is_required for column in heading.columns.values())
    return (len(heading.columns), required, len(sheet.rows))


def _pasted_sheet(text: str) -> Sheet:
    """Return what was pasted as a sheet of texts; quoted cells may hold line ends and tabs."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    first = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = "\t" if "\t" in text else "," if "," in first else "，" if "，" in first else "\t"
    csv.field_size_limit(MOST_PASTED)
    rows = []
    for number, texts in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
        cells = tuple(
            GridCell(f"{letter_of(column)}{number}", value, value)
            for column, value in enumerate(texts, start=1)
            if value.strip()
        )
        if cells:
            rows.append(Row(number, hidden=False, cells=cells))
    return Sheet("", hidden=False, rows=tuple(rows))


def _heading_by_position(sheet: Sheet, content: CategoryContent) -> Heading | None:
    """Return a heading for pasted rows without one: the columns in the category's order, a counting one left out."""
    width = max(cell.column for row in sheet.rows for cell in row.cells)
    shift = 1 if width == len(content.columns) + 1 and _counts(sheet) else 0
    optional = all(not column.is_required for column in content.columns[width - shift :])
    if not content.columns or width - shift > len(content.columns) or not optional:
        return None
    columns = dict(enumerate(content.columns[: width - shift], start=1 + shift))
    return Heading(
        top=0,
        bottom=0,
        columns=columns,
        labels={place: column.name for place, column in columns.items()},
        unread={},
        ignored=frozenset({1} if shift else ()),
        yuan={},
    )


def _counts(sheet: Sheet) -> bool:
    first = [row.cells[0] for row in sheet.rows]
    return all(cell.column == 1 and plain(str(cell.value)).isdigit() for cell in first)


class _Reader:
    """Reads one sheet under its heading, row by row."""

    def __init__(
        self,
        content: CategoryContent,
        sheet: Sheet,
        heading: Heading | None,
        address: Addressing,
        span: Span | None,
    ) -> None:
        self._content, self._sheet, self._heading = content, sheet, heading
        self._address, self._span = address, span
        self._problems: list[CellProblem] = []
        self._notices: list[ReadingNotice] = []
        self._rows: list[dict[str, Cell]] = []
        self._addresses: list[dict[str, str]] = []
        self._since = self._begin = 0
        self._ahead: list[tuple[Row, int, Column, GridCell]] = []
        self._faulty: set[str] = set()
        self._former: dict[str, Cell] = {}
        self._masters = {cell.address: cell for row in sheet.rows for cell in row.cells if not cell.is_blank}
        self._is_over = False

    def read(self) -> TableReading:
        """Return the whole reading."""
        head = self._read_head()
        if self._content.columns:
            if self._heading is None:
                self._say(self._first_row(), 1, self._no_heading(), columns=self._wanted())
            else:
                self._read_table(self._heading)
        if self._content.columns and self._heading is not None and not self._rows and not self._problems:
            self._say(self._heading.bottom or 1, 1, N_("表头下面没有读到任何一行，请检查是不是选错了表。"))
        whole = not self._problems
        columns = self._heading.columns if self._heading and self._content.columns else {}
        labels = self._heading.labels if self._heading else {}
        return TableReading(
            rows=tuple(self._rows) if whole else (),
            head=head if whole else {},
            problems=tuple(sorted(self._problems, key=lambda problem: (problem.row, problem.column))),
            notices=tuple(self._notices),
            matched=tuple((labels[place], column.name) for place, column in sorted(columns.items())),
            count=len(self._rows),
            addresses=tuple(self._addresses) if whole else (),
        )

    def _say(self, row: int, column: int, words: str, /, **values: object) -> None:
        if len(self._problems) < MOST_PROBLEMS:
            place = self._address(row, column)
            self._problems.append(CellProblem(address=place, row=row, column=column, words=words, values=values))

    def _note(self, words: str, /, **values: object) -> None:
        self._notices.append(ReadingNotice(words=words, values=values))

    def _first_row(self) -> int:
        return self._sheet.rows[0].number if self._sheet.rows else 1

    def _no_heading(self) -> str:
        return N_("没有认出表头，表头要有这些栏目：%(columns)s。")

    def _wanted(self) -> str:
        return "、".join(column.name for column in self._content.columns)

    def _read_table(self, heading: Heading) -> None:
        self._check_columns(heading)
        for block in heading.blocks:
            self._begin = self._since = len(self._rows)
            self._former = {}
            self._read_block(block, alone=not heading.repeats)
        for row, place, column, cell in self._ahead:
            self._check_sum(heading, row, place, column, cell, self._rows)

    def _read_block(self, heading: Heading, *, alone: bool) -> None:
        for row in self._sheet.rows:
            if row.number <= heading.bottom:
                continue
            if len(self._rows) >= MOST_ROWS:
                self._say(row.number, 1, N_("一份最多 %(most)s 行，后面的没有读，请分成几份。"), most=MOST_ROWS)
                break
            own = row if alone else replace(row, cells=tuple(one for one in row.cells if heading.covers(one.column)))
            if own.cells:
                self._read_row(heading, own)

    def _check_columns(self, heading: Heading) -> None:
        first = min(heading.columns)
        for column in self._content.columns:
            if column.is_required and column.key not in heading.keys:
                words = N_("没有找到「%(column)s」这一栏，请在表里加上，或把表头改成这个名称。")
                self._say(max(heading.bottom, 1), first, words, column=column.name)
        taken = {bare(heading.labels[place]) for place in heading.columns}
        for place, label in heading.unread.items():
            if bare(label) in taken:
                words = N_("「%(header)s」这一栏出现了两次，不知道该读哪一栏，请只留一栏。")
                self._say(max(heading.bottom, 1), place, words, header=label)
            else:
                self._note(N_("「%(header)s」这一栏没有用上"), header=label)

    def _read_row(self, heading: Heading, row: Row) -> None:
        cells = {cell.column: cell for cell in row.cells}
        filled = {place: cell for place, cell in cells.items() if not cell.is_blank}
        if not any(place in heading.columns for place in filled) and self._is_little(filled, heading):
            self._pass_over(filled, row)
        elif is_repeated(row, heading):
            return
        elif kind := self._sum_kind(filled):
            self._check_sums(heading, row, filled, kind)
        elif self._is_no_row(filled, cells, heading):
            self._pass_over(filled, row)
        else:
            self._take_row(heading, row, cells)

    def _is_little(self, filled: Mapping[int, GridCell], heading: Heading) -> bool:
        return all(place in heading.ignored for place in filled) or len(filled) <= 1

    def _pass_over(self, filled: Mapping[int, GridCell], row: Row) -> None:
        text = " ".join(str(cell.value) for cell in filled.values() if isinstance(cell.value, str))
        if text.strip():
            shown = text if len(text) <= LONGEST_FOUND else f"{text[:LONGEST_FOUND]}…"
            self._note(N_("第 %(row)s 行「%(text)s」没有当作表里的一行"), row=row.number, text=shown)

    def _sum_kind(self, filled: Mapping[int, GridCell]) -> str:
        words = header_words()
        for cell in list(filled.values())[:3]:
            written = bare(str(cell.value)) if isinstance(cell.value, str) else ""
            if written in words.subtotals:
                return "subtotal"
            if written in words.totals:
                return "total"
        return ""

    def _is_no_row(self, filled: Mapping[int, GridCell], cells: Mapping[int, GridCell], heading: Heading) -> bool:
        """Say whether a row is a note, a line of signatures or a heading between the rows."""
        texts = [cell.value for cell in filled.values()]
        if not texts or not isinstance(texts[0], str):
            return False
        written = plain(texts[0])
        covered = sum(cell.merged_from is not None for cell in cells.values())
        if len(filled) == 1 and covered and len(heading.columns) > 1:
            return self._spans_columns(cells)
        if _PAGE.match(written):
            return True
        begins = any(
            written.startswith((f"{word}:", f"{word}人:")) or written == word for word in header_words().footers
        )
        figures = sum(not isinstance(text, str) for text in texts)
        return begins and not figures

    def _spans_columns(self, cells: Mapping[int, GridCell]) -> bool:
        master = next(cell for cell in cells.values() if not cell.is_blank)
        return any(cell.merged_from == master.address for cell in cells.values())

    def _check_sums(self, heading: Heading, row: Row, filled: Mapping[int, GridCell], kind: str) -> None:
        part = self._rows[self._since :] if kind == "subtotal" else self._rows
        is_ahead = not self._rows
        for place, column in heading.columns.items():
            cell = filled.get(place)
            if cell is None or column.kind not in FIGURES or column.key in self._faulty or bare(str(cell.value)) == "":
                continue
            if is_ahead:
                self._ahead.append((row, place, column, cell))
            else:
                self._check_sum(heading, row, place, column, cell, part)
        if kind == "subtotal":
            self._since = len(self._rows)

    def _check_sum(
        self,
        heading: Heading,
        row: Row,
        place: int,
        column: Column,
        cell: GridCell,
        part: Sequence[Mapping[str, Cell]],
    ) -> None:
        try:
            given = self._value(column, cell, heading.yuan.get(place))
        except CellUnreadable as error:
            if column.has_total:
                self._say(row.number, place, error.words, **error.values)
            return
        if given is None:
            return
        rows = [part, self._rows, self._rows[self._since :], self._rows[self._begin :]]
        sums = [total_of(column, [cells.get(column.key) for cells in some]) for some in rows]
        written = total_of(column, [given])
        if written not in sums:
            words = N_("这里写的合计是 %(found)s，各行加起来是 %(sum)s，请核对。")
            if column.has_total:
                self._say(row.number, place, words, found=written, sum=sums[0])
            else:
                self._note(
                    N_("第 %(row)s 行「%(column)s」的合计 %(found)s 与各行相加 %(sum)s 不同"),
                    row=row.number,
                    column=column.name,
                    found=written,
                    sum=sums[0],
                )

    def _take_row(self, heading: Heading, row: Row, cells: Mapping[int, GridCell]) -> None:
        if row.hidden:
            self._note(N_("第 %(row)s 行是隐藏的，也读了"), row=row.number)
        values: dict[str, Cell] = {column.key: None for column in self._content.columns}
        for place, column in heading.columns.items():
            cell = self._source(cells.get(place), column)
            if cell is None:
                continue
            try:
                values[column.key] = self._value(column, cell, heading.yuan.get(place))
            except CellUnreadable as error:
                self._faulty.add(column.key)
                self._say(row.number, place, error.words, **error.values)
        self._miss(heading, row, cells, values)
        self._rows.append(values)
        self._addresses.append(
            {column.key: self._address(row.number, place) for place, column in heading.columns.items()}
        )
        self._former = values

    def _miss(self, heading: Heading, row: Row, cells: Mapping[int, GridCell], values: Mapping[str, Cell]) -> None:
        for place, column in heading.columns.items():
            known = cells.get(place)
            if column.is_required and values[column.key] is None and (known is None or self._is_empty(known, column)):
                self._say(row.number, place, N_("「%(column)s」是空的，请填写。"), column=column.name)

    def _is_empty(self, cell: GridCell, column: Column) -> bool:
        """Say whether nothing was told about the cell yet: it is blank or a mere dash."""
        source = self._source(cell, column)
        if source is None:
            return True
        try:
            return self._value(column, source, None) is None
        except CellUnreadable:
            return False

    def _source(self, cell: GridCell | None, column: Column) -> GridCell | None:
        """Return the cell that says the value: of merged ones the first, but never for figures, which would add up."""
        if cell is None:
            return None
        if cell.merged_from:
            master = self._masters.get(cell.merged_from)
            same_column = master is not None and master.column == cell.column
            return master if same_column and column.kind not in FIGURES else None
        return None if cell.is_blank else cell

    def _value(self, column: Column, cell: GridCell, yuan_each: int | None) -> Cell:
        if cell.is_formula_without_value:
            words = N_("这里的公式还没有算出结果，请在 Excel 或 WPS 中打开，重新计算并保存后再上传。")
            raise CellUnreadable(words, found="")
        if isinstance(cell.value, str):
            if is_ditto(cell.value) and column.kind not in FIGURES:
                return self._former.get(column.key)
            return read_cell(column, cell.value, span=self._span, yuan_each=yuan_each)
        if column.kind is ColumnKind.MONEY and not isinstance(cell.value, date):
            return self._money(column, cell, yuan_each)
        return read_cell(column, _text_of(column, cell), span=self._span)

    def _money(self, column: Column, cell: GridCell, yuan_each: int | None) -> int | None:
        try:
            return read_amount(cell, yuan=yuan_each or yuan_of(column.unit))
        except Unreadable:
            return _as_int(read_cell(column, str(cell.value), yuan_each=yuan_each))

    def _read_head(self) -> dict[str, Cell]:
        """Return the head's values that stand above (or, for a notice, anywhere in) the sheet as 名称：内容."""
        found: dict[str, Cell] = {}
        last = self._heading.top if self._heading is not None and self._content.columns else None
        for row in self._sheet.rows:
            if last is not None and row.number >= last:
                break
            for column, cell, value in _pairs_in(row, self._content.fields):
                if column.key in found:
                    continue
                try:
                    found[column.key] = self._value(column, value, None)
                except CellUnreadable as error:
                    self._say(row.number, cell.column, error.words, **error.values)
        return found


def _as_int(value: Cell) -> int | None:
    return value if isinstance(value, int) else None


def _pairs_in(row: Row, fields: Sequence[Column]) -> Iterator[tuple[Column, GridCell, GridCell]]:
    """Yield the head columns that a row names, with the cell and what stands behind the colon or in the next cell."""
    filled = [cell for cell in row.cells if not cell.is_blank]
    for place, cell in enumerate(filled):
        text = str(cell.value)
        label, colon, rest = text.replace("：", ":").partition(":")
        for column in fields:
            if bare(label) != bare(column.name):
                continue
            if colon and rest.strip():
                yield column, cell, GridCell(cell.address, rest.strip(), rest.strip())
            elif place + 1 < len(filled):
                yield column, filled[place + 1], filled[place + 1]


def _text_of(column: Column, cell: GridCell) -> str:
    """Return a value that is no text as a text that `read_cell` understands; numbers without their noise."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value or 0)
    if column.kind in NUMBERED and number >= 10**EXACT_FIGURES:
        words = N_("「%(found)s」在表格里存成了数字，最后几位已经丢失；请把这一栏设成「文本」后重新填写。")
        raise CellUnreadable(words, found=cell.text or str(value))
    if column.unit == "%" and cell.text.endswith("%"):
        return cell.text
    if number == number.to_integral_value():
        return f"{number:.0f}"
    if column.kind in {ColumnKind.DATE, ColumnKind.MONTH} and cell.text:
        return cell.text
    # A spreadsheet keeps 15 figures; what lies behind the twelfth is the noise of its arithmetic.
    return f"{Decimal(f'{number:.12g}'):f}" if isinstance(value, float) else f"{number.normalize():f}"
