"""Reads the rows under the headers into lines and claims; nothing is added up yet.

A line is one entry as it stands; a claim is a figure that the sheet itself asserts (opening, closing, a total).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from publicity.ledgers.amounts import YUAN_OF_UNIT, fen_of_text, is_dash, is_figure, read_amount
from publicity.ledgers.capitals import from_capitals
from publicity.ledgers.columns import Header
from publicity.ledgers.dates import Known, could_be_tenfold, read_date
from publicity.ledgers.labels import Label, is_note, label_of, section_of
from publicity.ledgers.mapping import BlockMapping
from publicity.ledgers.problems import Notice, Problem, Unreadable, problem_at
from publicity.ledgers.wording import is_ditto, plain
from village_lists.exchange.grids import Cell, Row, letter_of
from village_lists.markers import N_

_TEXTS = ("summary", "payee", "category", "handler", "note", "bank")
_CAPITALS = frozenset("零壹贰叁肆伍陆柒捌玖")
_MONEY = ("income", "spending", "amount")
_IN = frozenset(["收", "收入", "收款", "借", "借方", "增加", "+", "进", "转入", "存入", "收方", "入"])
_OUT = frozenset(["支", "支出", "付", "付款", "贷", "贷方", "减少", "-", "出", "转出", "支取", "付方", "付出", "开支"])


@dataclass
class Line:
    """One entry as read; `income_fen` and `spending_fen` nought where nothing could be read (`unreadable` says so)."""

    row: int
    block: int
    column: int
    day: date | None = None
    date_column: int = 0
    voucher: str = ""
    voucher_column: int = 0
    summary_column: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    income_fen: int = 0
    spending_fen: int = 0
    spending_column: int = 0
    signed: bool = False
    unreadable: bool = False
    balance_fen: int | None = None
    balance_column: int = 0


@dataclass(frozen=True)
class Claim:
    """A figure the sheet asserts: `role` is the column it stands in, `lines` how many lines of its block came before.

    `page` and `part` are how many had come at the last header and at the last subtotal.
    """

    kind: str
    direction: str
    role: str
    fen: int
    row: int
    column: int
    block: int
    lines: int = 0
    page: int = 0
    part: int = 0
    found: str = ""
    red: bool = False
    order: int = 0


@dataclass(frozen=True)
class Terms:
    """What holds for all rows of one part of a sheet."""

    sheet: str
    known: Known
    unit: str
    rows_by_word: Mapping[str, str]


@dataclass
class Reading:
    """All that was read from one part of a sheet."""

    lines: list[Line] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """A header and the rows down to the next one; `section` is the side that a heading above it names."""

    header: Header
    rows: tuple[Row, ...]
    section: str = ""
    is_continued: bool = False


class BlockReader:
    """Reads one block (of one or several side by side) through all tables of a part of a sheet."""

    def __init__(self, terms: Terms, reading: Reading, index: int) -> None:
        """Begin before the first row."""
        self.terms = terms
        self.reading = reading
        self.index = index
        self.section = ""
        self.count = self.page = self.part = 0
        self.before: Line | None = None
        self.header: Header
        self.block: BlockMapping
        self.first = self.last = 0

    def read(self, table: Table) -> None:
        """Read the rows of one table."""
        self.header = table.header
        self.block = table.header.blocks[self.index]
        starts = [min(column for column, _ in block.columns) for block in table.header.blocks]
        self.first = 1 if self.index == 0 else starts[self.index]
        self.last = starts[self.index + 1] - 1 if self.index + 1 < len(starts) else 10_000
        self.page = self.count
        self.section = table.section or ("" if not table.is_continued else self.section)
        for row in table.rows:
            self._read_row(row)

    def _read_row(self, row: Row) -> None:
        cells = {cell.column: cell for cell in row.cells if self.first <= cell.column <= self.last}
        filled = [cell for cell in cells.values() if not cell.is_blank]
        if not filled:
            return
        labels = self._row_labels(filled)
        label = labels[0] if labels else None
        money = self._money_cells(cells)
        if len({one.kind + one.direction for one in labels if one.kind != "capitals"}) > 1:
            self._take_several(row, cells)
            return
        if label is not None:
            self._take_claim(row, cells, label)
            return
        if not money and len(filled) == 1 and (section := section_of(filled[0].text, self.terms.rows_by_word)):
            self.section = section
            return
        if self._is_total_of_other_block(row, cells, filled):
            return
        if not self._is_line(filled, money):
            self._pass_over(row, filled)
            return
        self._take_line(row, cells)

    # --- what a row is

    def _row_labels(self, filled: list[Cell]) -> list[Label]:
        """Return the labels of a row; words such as 收入 in a direction column label nothing."""
        found = []
        for cell in filled:
            if isinstance(cell.value, str) and self._role_of(cell) not in {"direction", "category", "note"}:
                label = label_of(cell.value, self.terms.rows_by_word, self.terms.known.month)
                if label is not None and label.kind != "section":
                    found.append(label)
        return found

    def _take_several(self, row: Row, cells: Mapping[int, Cell]) -> None:
        """Take a row of several labels, each with its figure beside it: 收入合计 … 支出合计 … 结余 …"""
        part = Row(row.number, row.hidden, tuple(cells.values()))
        for claim in loose_claims(iter([part]), self.terms):
            if isinstance(claim, Problem):
                self.reading.problems.append(claim)
            else:
                self.reading.claims.append(replace(claim, order=len(self.reading.lines)))

    def _money_cells(self, cells: Mapping[int, Cell]) -> list[Cell]:
        found = []
        for column, role in self.block.columns:
            cell = cells.get(column)
            if role in _MONEY and cell is not None and not cell.is_blank:
                if isinstance(cell.value, str) and (is_note(cell.value) or is_dash(cell.value)):
                    continue
                found.append(cell)
        return found

    def _is_total_of_other_block(self, row: Row, cells: Mapping[int, Cell], filled: list[Cell]) -> bool:
        """Take a lone figure as a total when the other block of the same row is one: 合计 stands only once."""
        if len(self.header.blocks) < 2 or any(self._role_of(cell) not in {*_MONEY, "balance"} for cell in filled):
            return False
        for cell in row.cells:
            if isinstance(cell.value, str):
                label = label_of(cell.value, self.terms.rows_by_word, self.terms.known.month)
                if label is not None and label.kind in {"total", "subtotal", "cumulative"} and not label.direction:
                    self._take_claim(row, cells, label)
                    return True
        return False

    def _is_line(self, filled: list[Cell], money: list[Cell]) -> bool:
        what = {self._role_of(cell) for cell in filled}
        notes = any(isinstance(cell.value, str) and is_note(cell.value) for cell in filled)
        if money:
            return not (notes and not any(is_figure(cell.value) for cell in money))
        if notes:
            return False
        named = bool(what & {"date", "month", "day"}) + bool(what & {"voucher", "voucher_number"}) + ("summary" in what)
        return named >= 2 or bool(named and "balance" in what)

    def _role_of(self, cell: Cell) -> str:
        return next((role for column, role in self.block.columns if column == cell.column), "")

    def _pass_over(self, row: Row, filled: list[Cell]) -> None:
        """Leave a row of words alone, but say so where it stands among the lines and may be a part of one."""
        roles = {self._role_of(cell) for cell in filled}
        words = any(isinstance(cell.value, str) and is_note(cell.value) for cell in filled)
        if not words and roles & {"summary", "voucher"} and self.count:
            self.reading.notices.append(
                Notice(
                    self.terms.sheet,
                    N_("第 %(row)s 行没有金额，当作说明文字，没有计入：%(found)s"),
                    {"row": row.number, "found": filled[0].text.strip()},
                )
            )

    # --- claims

    def _take_claim(self, row: Row, cells: Mapping[int, Cell], label: Label) -> None:
        if label.kind == "capitals":
            self._take_capitals(row, cells, label)
        elif label.value:
            self._claim_from_text(row, cells, label)
        else:
            if not label.direction and self._side(cells) not in {"", "?"}:
                label = replace(label, direction=self._side(cells))
            for role, cell in self._figures(cells):
                fen = self._amount(row, cell, red=False)
                if fen is not None:
                    self._claim(label, role, fen, row, cell)
        if label.kind == "subtotal":
            self.part = self.count

    def _figures(self, cells: Mapping[int, Cell]) -> Iterator[tuple[str, Cell]]:
        """Yield the cells of a label row that hold figures: those in columns of figures, else the only number."""
        found = False
        for column, role in self.block.columns:
            cell = cells.get(column)
            if role in {*_MONEY, "balance"} and cell is not None and not cell.is_blank:
                found = True
                if not (isinstance(cell.value, str) and is_note(cell.value)):
                    yield role, cell
        if not found:
            yield from self._figure_beside(cells)

    def _figure_beside(self, cells: Mapping[int, Cell]) -> Iterator[tuple[str, Cell]]:
        """Yield the nearest figure to the right of the label, whatever column it stands in."""
        labelled = False
        for _, cell in sorted(cells.items()):
            if isinstance(cell.value, str) and label_of(cell.value, self.terms.rows_by_word, self.terms.known.month):
                labelled = True
            elif labelled and is_figure(cell.value):
                yield "", cell
                return

    def _claim_from_text(self, row: Row, cells: Mapping[int, Cell], label: Label) -> None:
        for cell in cells.values():
            if isinstance(cell.value, str) and plain(label.value) in plain(cell.value):
                try:
                    fen = fen_of_text(label.value, yuan=self._yuan(cell.column))
                except Unreadable as error:
                    self._tell(error, row, cell)
                    return
                if fen is not None:
                    self._claim(label, "", fen, row, cell)
                return

    def _take_capitals(self, row: Row, cells: Mapping[int, Cell], label: Label) -> None:
        texts = [(cell, cell.value) for cell in cells.values() if isinstance(cell.value, str) and not cell.is_blank]
        written = [(cell, label.value) for cell, text in texts if label.value and label.value in plain(text)]
        if not written:
            written = [(cell, text) for cell, text in texts if _CAPITALS & set(text) and "元" in text]
        numbers = [cell for role, cell in self._figures(cells) if role and is_figure(cell.value)]
        figures = [fen for cell in numbers if (fen := self._amount(row, cell, red=False)) is not None]
        for cell, text in written[:1]:
            try:
                fen = from_capitals(text.split("¥")[0].split("(")[0])
            except Unreadable:
                self.reading.problems.append(
                    problem_at(
                        self.terms.sheet,
                        row.number,
                        cell.column,
                        cell.text.strip(),
                        N_("第 %(row)s 行 %(column)s 列：“%(found)s”不是正确的大写金额，例如 柒万零伍佰元整"),
                    )
                )
                return
            self._claim(label, "figures" if figures and fen not in figures else "", fen, row, cell)

    def _claim(self, label: Label, role: str, fen: int, row: Row, cell: Cell) -> None:
        direction = label.direction or (role if role in {"income", "spending"} else "")
        if not direction and role == "amount":
            direction = self.block.direction or self.section
        if label.kind in {"opening", "opening_year", "closing"}:
            direction = ""
        self.reading.claims.append(
            Claim(
                label.kind,
                direction,
                role,
                fen,
                row.number,
                cell.column,
                self.index,
                self.count,
                self.page,
                self.part,
                cell.text.strip(),
                cell.is_red,
                len(self.reading.lines),
            )
        )

    # --- lines

    def _take_line(self, row: Row, cells: Mapping[int, Cell]) -> None:
        line = Line(row.number, self.index, self._main_column())
        line.texts = {role: self._text(role, cells) for role in _TEXTS}
        line.voucher, line.voucher_column = self._voucher(cells)
        line.date_column = self.block.column("date") or self.block.column("day") or 0
        line.summary_column = self.block.column("summary") or 0
        line.day = self._date(row, cells)
        self._take_money(line, row, cells)
        self._take_balance(line, row, cells)
        if row.hidden:
            self.reading.hidden_rows.append(row.number)
        if line.voucher_column and not line.voucher:
            self._say(row, line.voucher_column, "", N_("第 %(row)s 行 %(column)s 列：没有凭证号，请填写这一笔的凭证号"))
        if line.summary_column and not line.texts["summary"]:
            self._say(
                row, line.summary_column, "", N_("第 %(row)s 行 %(column)s 列：没有摘要，请写明这笔钱的用途或来源")
            )
        self.reading.lines.append(line)
        self.before = line
        self.count += 1

    def _main_column(self) -> int:
        return next((column for column, role in self.block.columns if role in _MONEY), self.first)

    def _cell(self, role: str, cells: Mapping[int, Cell]) -> Cell | None:
        column = self.block.column(role)
        return cells.get(column) if column else None

    def _text(self, role: str, cells: Mapping[int, Cell]) -> str:
        cell = self._cell(role, cells)
        if cell is None:
            return ""
        before = self.before.texts[role] if self.before and role in _TEXTS else ""
        if cell.merged_from and _is_from_above(cell):
            return before
        if isinstance(cell.value, str) and is_ditto(cell.value):
            return before
        return cell.text.strip()

    def _voucher(self, cells: Mapping[int, Cell]) -> tuple[str, int]:
        cell = self._cell("voucher", cells)
        column = self.block.column("voucher")
        if column is None:
            number = self._cell("voucher_number", cells)
            word = self._cell("voucher_word", cells)
            column = self.block.column("voucher_number") or 0
            if number is None or number.is_blank:
                return "", column
            before = word.text.strip() if word is not None and not is_ditto(word.text) else ""
            return before + number.text.strip(), column
        if cell is None:
            return "", column
        if (cell.merged_from and _is_from_above(cell)) or (isinstance(cell.value, str) and is_ditto(cell.value)):
            return (self.before.voucher if self.before else ""), column
        return cell.text.strip(), column

    def _date(self, row: Row, cells: Mapping[int, Cell]) -> date | None:
        if self.block.has("day"):
            return self._date_in_two(row, cells)
        cell = self._cell("date", cells)
        column = self.block.column("date")
        if column is None:
            if self.block.has("month"):
                return self._date_of(row, self._cell("month", cells), self.block.column("month") or 1, self.terms.known)
            return None
        return self._date_of(row, cell, column, self.terms.known)

    def _date_of(self, row: Row, cell: Cell | None, column: int, known: Known) -> date | None:
        if cell is not None and (
            (cell.merged_from and _is_from_above(cell)) or (isinstance(cell.value, str) and is_ditto(cell.value))
        ):
            if self.before is not None and self.before.day is not None:
                return self.before.day
            self._say(
                row, column, cell.text.strip(), N_("第 %(row)s 行 %(column)s 列：上一行没有日期可以照用，请填写日期")
            )
            return None
        if cell is None or cell.is_blank:
            self._say(row, column, "", N_("第 %(row)s 行 %(column)s 列：没有日期，请填写日期，例如 2026-09-03"))
            return None
        try:
            day = read_date(cell, known)
        except Unreadable as error:
            self._tell(error, row, cell)
            return None
        return self._certain(row, cell, day)

    def _certain(self, row: Row, cell: Cell, day: date) -> date | None:
        """Refuse 9.3 saved as a number where the order of the dates says that it may be 9.30."""
        if not could_be_tenfold(cell):
            return day
        earlier = self.before.day if self.before else None
        if earlier is not None and day < earlier and (day.year, day.month) == (earlier.year, earlier.month):
            self._say(
                row,
                cell.column,
                cell.text,
                N_(
                    "第 %(row)s 行 %(column)s 列：看不出“%(found)s”是 %(month)s 月 %(day)s 日还是 %(tenfold)s 日，"
                    "请写成“%(month)s月%(day)s日”这样"
                ),
                month=day.month,
                day=day.day,
                tenfold=day.day * 10,
            )
            return None
        return day

    def _date_in_two(self, row: Row, cells: Mapping[int, Cell]) -> date | None:
        """Read month and day from two columns; a month left blank is the month of the ledger."""
        month_cell, day_cell = self._cell("month", cells), self._cell("day", cells)
        column = self.block.column("day") or 1
        known = self.terms.known
        if month_cell is not None and not month_cell.is_blank and not is_ditto(month_cell.text):
            written = plain(month_cell.text).rstrip("月份")
            if not written.isdigit() or not 1 <= int(written) <= 12:
                self._say(
                    row,
                    month_cell.column,
                    month_cell.text.strip(),
                    N_("第 %(row)s 行 %(column)s 列：“%(found)s”不是月份，请填写 1 到 12"),
                )
                return None
            known = Known(known.year, int(written))
        elif self.before is not None and self.before.day is not None:
            known = Known(known.year, self.before.day.month)
        return self._date_of(row, day_cell, column, known)

    def _take_money(self, line: Line, row: Row, cells: Mapping[int, Cell]) -> None:
        income = self._money(line, row, "income", cells)
        spending = self._money(line, row, "spending", cells)
        amount = self._money(line, row, "amount", cells)
        line.spending_column = self.block.column("spending") or self.block.column("amount") or 0
        if amount is not None:
            income, spending = self._sided(line, row, amount, cells)
        line.income_fen, line.spending_fen = income or 0, spending or 0
        if line.unreadable:
            return
        if income and spending:
            self._say(
                row,
                line.column,
                f"{income / 100:.2f} / {spending / 100:.2f}",
                N_("第 %(row)s 行 %(column)s 列：收入和支出都填了，一笔只能填一边，请分成两行或删去一边"),
            )
        elif not income and not spending:
            self._say(row, line.column, "", N_("第 %(row)s 行 %(column)s 列：没有金额，请填写收入或支出的金额"))

    def _money(self, line: Line, row: Row, role: str, cells: Mapping[int, Cell]) -> int | None:
        cell = self._cell(role, cells)
        if cell is None or (isinstance(cell.value, str) and is_note(cell.value)):
            return None
        try:
            return read_amount(cell, yuan=self._yuan(cell.column), red_is_negative=True)
        except Unreadable as error:
            self._tell(error, row, cell)
            line.unreadable = True
            return None

    def _sided(self, line: Line, row: Row, amount: int, cells: Mapping[int, Cell]) -> tuple[int, int]:
        """Return (income, spending) of a single column: by a direction column, its block, its heading, or its sign."""
        cell = self._cell("direction", cells)
        side = self._side(cells)
        if not side and self.block.has("direction"):
            side = "?"
        if side == "?":
            column = cell.column if cell is not None else self.block.column("direction") or 1
            self._say(
                row,
                column,
                cell.text.strip() if cell is not None else "",
                N_("第 %(row)s 行 %(column)s 列：看不出“%(found)s”是收入还是支出，请填写“收”或“支”"),
            )
            line.unreadable = True
            return 0, 0
        side = side or self.block.direction or self.section
        if side:
            return (amount, 0) if side == "income" else (0, amount)
        line.signed = True
        return (amount, 0) if amount > 0 else (0, -amount)

    def _side(self, cells: Mapping[int, Cell]) -> str:
        """Return income or spending as the direction column says, "?" for other words, nothing for a blank cell."""
        cell = self._cell("direction", cells)
        if cell is None or cell.is_blank:
            return ""
        written = plain(cell.text)
        return "income" if written in _IN else "spending" if written in _OUT else "?"

    def _take_balance(self, line: Line, row: Row, cells: Mapping[int, Cell]) -> None:
        cell = self._cell("balance", cells)
        if cell is not None and not cell.is_blank:
            line.balance_fen = self._amount(row, cell, red=True)
            line.balance_column = cell.column

    def _amount(self, row: Row, cell: Cell, *, red: bool) -> int | None:
        try:
            return read_amount(cell, yuan=self._yuan(cell.column), red_is_negative=red)
        except Unreadable as error:
            self._tell(error, row, cell)
            return None

    def _yuan(self, column: int) -> int:
        own = dict(self.header.units).get(column, "")
        return YUAN_OF_UNIT[own or self.terms.unit]

    # --- telling

    def _tell(self, error: Unreadable, row: Row, cell: Cell) -> None:
        self._say(row, cell.column, cell.text.strip(), error.words, **error.values)

    def _say(self, row: Row, column: int, found: str, words: str, **values: object) -> None:
        self.reading.problems.append(problem_at(self.terms.sheet, row.number, column, found, words, **values))


def _is_from_above(cell: Cell) -> bool:
    """Tell whether a covered cell belongs to a merged cell that begins in a row above, in the same column."""
    start = cell.merged_from or ""
    return start.rstrip("0123456789") == letter_of(cell.column)


def read_tables(terms: Terms, tables: list[Table]) -> Reading:
    """Return the lines and claims of the tables of one part of a sheet, the first block's lines before the second's."""
    reading = Reading()
    for index in range(max((len(table.header.blocks) for table in tables), default=0)):
        reader = BlockReader(terms, reading, index)
        for table in tables:
            if index < len(table.header.blocks):
                reader.read(table)
    return reading


def loose_claims(rows: Iterator[Row], terms: Terms) -> Iterator[Claim | Problem]:
    """Yield what rows outside the tables assert: 上月结余：186420.35元, or labels with figures beside or below them."""
    above: dict[int, Label] = {}
    for row in rows:
        labels: dict[int, Label] = {}
        waiting: Label | None = None
        for cell in row.cells:
            if cell.is_blank:
                continue
            label = label_of(cell.value, terms.rows_by_word, terms.known.month) if isinstance(cell.value, str) else None
            if label is not None and label.kind in {"opening", "opening_year", "closing", "total"}:
                if label.value:
                    yield from _loose(label, label.value, row, cell, terms)
                else:
                    labels[cell.column] = waiting = label
                continue
            figure = _figure_text(cell)
            if figure and waiting is not None:
                labels = {column: one for column, one in labels.items() if one is not waiting}
                yield from _loose(waiting, figure, row, cell, terms)
            elif figure and cell.column in above:
                yield from _loose(above[cell.column], figure, row, cell, terms)
            waiting = None
        above = labels


def _figure_text(cell: Cell) -> str:
    return str(cell.value) if is_figure(cell.value) else ""


def _loose(label: Label, figure: str, row: Row, cell: Cell, terms: Terms) -> Iterator[Claim | Problem]:
    if label.kind == "total" and not label.direction:
        return
    try:
        value = (
            Cell(cell.address, float(figure), figure)
            if isinstance(cell.value, float)
            else Cell(cell.address, figure, figure)
        )
        fen = read_amount(value, yuan=YUAN_OF_UNIT[terms.unit])
    except Unreadable as error:
        yield problem_at(terms.sheet, row.number, cell.column, cell.text.strip(), error.words, **error.values)
        return
    if fen is not None:
        yield Claim(label.kind, label.direction, "loose", fen, row.number, cell.column, 0, found=cell.text.strip())
