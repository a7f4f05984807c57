"""Lays a true month out on a sheet as one clerk would, and remembers where everything was put."""

from dataclasses import dataclass, field
from random import Random

from tests.publicity.ledgers.generator_books import Book, Entry, capitals
from tests.publicity.ledgers.generator_grid import Cell, Grid, address
from tests.publicity.ledgers.generator_habits import Habit, amount_cell, date_cells

OPENINGS = ("上月结余", "期初余额", "上期余额", "上月结转", "月初余额", "上期结余", "月初结余", "上月余额")
CLOSINGS = ("本月结余", "期末余额", "本期余额", "月末结余", "月末余额", "期末结余", "本月余额")
NOTES = (
    "说明：以上收支已经村务监督委员会逐笔审核，村民如有疑问可在公示期内提出。",
    "注：本月困难补助3户，每户500元，名单另行公示。",
    "注：1.本表一式三份；2.公示时间10天。",
    "备注：以上收支不含土地征收补偿费。",
)
SIGNATURES = ("制表：周桂芳        审核：村务监督委员会", "制表人：王春梅", "村主任：        会计：        出纳：")
FILLERS = {
    "类别": ("管理费用", "公益支出", "经营收入", "补助收入"),
    "经手人": ("王春梅", "李国强"),
    "审批人": ("陈志明", "周桂芳"),
    "附件张数": (1, 2, 3, 12),
    "备注": ("", "", "3盏", "每户30元", "见合同", "2张发票"),
}


@dataclass
class EntryMark:
    """Where an entry stands: sheet row and the column of each key."""

    entry: Entry
    row: int
    columns: dict[str, int]


@dataclass
class Marks:
    """Where everything of a sheet stands: cells as (row, column)."""

    entries: list[EntryMark] = field(default_factory=list)
    totals: list[tuple[int, int, int]] = field(default_factory=list)  # row, column, fen
    subtotals: list[tuple[int, int, int]] = field(default_factory=list)
    opening: tuple[int, int] = (0, 0)
    closing: tuple[int, int] = (0, 0)
    capitals: list[tuple[int, int, int, str]] = field(default_factory=list)  # with the words before the figure
    opening_prefix: str = ""
    closing_prefix: str = ""


@dataclass
class Block:
    """Columns of one block of the table and the entries that go into it."""

    columns: dict[str, int]
    words: dict[str, str]
    items: list[Entry | str]
    side: str  # both, income or spending

    @property
    def first(self) -> int:
        """First column."""
        return min(self.columns.values())

    @property
    def last(self) -> int:
        """Last column."""
        return max(self.columns.values())


class SheetMaker:
    """Makes one sheet of one month."""

    def __init__(
        self, rng: Random, habit: Habit, book: Book, name: str, base: tuple[int, int], style_seed: int
    ) -> None:
        """Take the clerk, the month, the name of the sheet, and income and spending before this month (for 累计)."""
        self.rng, self.habit, self.book, self.base = rng, habit, book, base
        self.same = Random(style_seed)  # choices that are the same on every sheet of the workbook
        self.grid, self.marks = Grid(name), Marks()
        self.words = {
            "opening": self.same.choice(OPENINGS),
            "closing": self.same.choice(CLOSINGS),
            "total": self.same.choice(("本月合计", "合计", "合  计", "本月合计：", "总计")),
            "cumulative": self.same.choice(("累计", "本年累计", "累  计")),
            "subtotal": self.same.choice(("本页小计", "本页合计")) if habit.page else "小计",
            "month": self.same.choice(("本月", "本期", "")),
        }
        # Where the unit stands only over the columns, a bare figure outside them would be open to two readings.
        self.own_unit = "(万元)" if habit.wan and habit.unit_place == "header" else ""
        self.closing_side = "spending" if self.same.random() < 0.15 else "income"
        self.blocks = self._blocks()
        self.width = max(block.last for block in self.blocks)
        self.first = min(block.first for block in self.blocks)
        self.row = 1
        self.running = book.opening_fen
        self.since = [0, 0]
        self.serial = 0

    def make(self) -> tuple[Grid, Marks]:
        """The sheet and where everything stands on it."""
        self._upper()
        self._header()
        if self.habit.opening_place == "top" and self.habit.shape != "blocks":
            self._label_row("opening", self.book.opening_fen)
        self._items()
        self._totals()
        self._lower()
        self._notes()
        return self.grid, self.marks

    # -- columns -------------------------------------------------------------------------------------------------

    def _blocks(self) -> list[Block]:
        habit, start = self.habit, 1 + self.habit.indent
        if habit.shape != "blocks":
            columns = {key: start + i for i, key in enumerate(habit.order)}
            return [Block(columns, self._block_words("payee"), list(self.book.entries), "both")]
        left = [k for k in habit.order if k not in habit.extras or k == "序号"]
        if self.same.random() < 0.4:
            left = [k for k in left if k != "payee"]
        right = list(habit.order)
        offset = start + len(left) + habit.gap
        incomes: list[Entry | str] = [e for e in self.book.entries if e.income_fen]
        spendings: list[Entry | str] = [e for e in self.book.entries if not e.income_fen]
        if habit.opening_place == "top":
            incomes.insert(0, "opening")
        one = Block({k: start + i for i, k in enumerate(left)}, self._block_words("payer", "income"), incomes, "income")
        two = Block(
            {k: offset + i for i, k in enumerate(right)}, self._block_words("payee", "spending"), spendings, "spending"
        )
        return [one, two]

    def _block_words(self, other_party: str, side: str = "") -> dict[str, str]:
        words = {word: word for word in self.habit.extras} | self.habit.words | {"month": "月", "day": "日"}
        words["payee"] = self.habit.words[other_party]
        if side:
            words["amount"] = self.habit.words[side]
        return words

    # -- above the table -----------------------------------------------------------------------------------------

    def _upper(self) -> None:
        habit, book = self.habit, self.book
        in_title = habit.period_place == "title"
        full_name = habit.sheet_names != "9月" and habit.sheet_names != "九月份"
        year_only = habit.period_place == "sheet" and not full_name and not habit.form.startswith("csv")
        when = (
            f"{book.year}年{book.month}月" + self.same.choice(("", "份"))
            if in_title
            else f"{book.year}年"
            if year_only
            else ""
        )
        what = (
            "现金日记账"
            if habit.daybook
            else self.same.choice(("财务收支公开表", "收支明细账", "财务收支情况公布", "资金流水"))
        )
        body = self.same.choice(("", "松坪镇")) + habit.village + self.same.choice(("", "股份经济合作社", "村民委员会"))
        self.title = Cell(body + when + what, red=self.same.random() < 0.1 and not habit.form.startswith("csv"))
        lines: list[dict[int, Cell]] = [{self.first: self.title}]
        if habit.period_place == "subtitle":
            lines.append(
                {
                    self.first + self.same.randint(0, 2): Cell(
                        self.same.choice(
                            (
                                f"{book.year}年{book.month}月",
                                f"（{book.year}年{book.month}月份）",
                                f"所属期：{book.year}年{book.month:02d}月",
                            )
                        )
                    )
                }
            )
        unit = self._unit_line()
        if unit:
            lines.append(unit)
        where = self._upper_figures(lines)
        need = len(lines) + 1
        top = max(habit.header_row, need)
        spare = top - need
        for index, line in enumerate(lines):
            for column, cell in line.items():
                self.grid.put(self.row, column, cell)
            for name, (at, column), fen in where:
                if at == index and name:
                    setattr(self.marks, name, (self.row, column))
                elif at == index:
                    self.marks.totals.append((self.row, column, fen))
            if index == 0:
                self.grid.merge(1, self.first, 1, self.width)
            self.row += 1
            # The two lines of a grid of figures stay together.
            if spare and not (habit.opening_place == "grid" and index == len(lines) - 2) and self.same.random() < 0.5:
                self.row += 1
                spare -= 1
        self.row = top

    def _unit_line(self) -> dict[int, Cell]:
        habit, line = self.habit, {}
        if self.same.random() < 0.4:
            line[self.first] = Cell("编制单位：" + habit.village)
        if habit.unit_place == "corner":
            unit = "万元" if habit.wan else "元"
            line[self.width] = Cell(self.same.choice(("单位:", "单位：", "金额单位：", "计量单位：")) + unit)
        return line

    def _upper_figures(self, lines: list[dict[int, Cell]]) -> list[tuple[str, tuple[int, int], int]]:
        """Append lines with opening and closing above the table; return which figure stands at (line, column)."""
        habit, book = self.habit, self.book
        found: list[tuple[str, tuple[int, int], int]] = []
        wanted = [
            (n, f)
            for n, f, p in (
                ("opening", book.opening_fen, habit.opening_place),
                ("closing", book.closing_fen, habit.closing_place),
            )
            if p in {"above", "above-one-cell", "grid"}
        ]
        if not wanted:
            return []
        style = (
            habit.opening_place if habit.opening_place in {"above", "above-one-cell", "grid"} else habit.closing_place
        )
        pairs = [(n, self.words[n], f) for n, f in wanted]
        if style != "above-one-cell" and self.same.random() < 0.4:
            month = self.words["month"] or "本月"
            pairs[1:1] = [("", month + "收入合计", book.income_fen), ("", month + "支出合计", book.spending_fen)]
        labels: dict[int, Cell] = {}
        values: dict[int, Cell] = {}
        at = len(lines)
        for index, (name, word, fen) in enumerate(pairs):
            if style == "grid":
                spot = (at + 1, self.first + index)
                labels[spot[1]], values[spot[1]] = Cell(word + self.own_unit), self._money(fen)
            elif style == "above":
                spot = (at, self.first + 2 * index + 1)
                word += self.own_unit + self.same.choice(("", "：", ":"))
                labels[spot[1] - 1], labels[spot[1]] = Cell(word), self._money(fen)
            else:
                spot = (at, self.first + 3 * index)
                prefix = word + self.same.choice(("：", ":"))
                setattr(self.marks, name + "_prefix", prefix)
                labels[spot[1]] = Cell(prefix + str(amount_cell(self.same, habit, fen, style="suffix").value))
            found.append((name, spot, fen))
        lines.append(labels)
        if values:
            lines.append(values)
        return found

    # -- the table -----------------------------------------------------------------------------------------------

    def _header(self) -> None:
        habit = self.habit
        if habit.shape == "blocks" and habit.group_row:
            for block, word in zip(self.blocks, ("收  入", "支  出"), strict=True):
                self.grid.put(self.row, block.first, word)
                self.grid.merge(self.row, block.first, self.row, block.last)
            self.row += 1
        double = habit.two_line_header
        for block in self.blocks:
            for key, column in block.columns.items():
                word = block.words[key]
                if not double:
                    self.grid.put(self.row, column, word)
                elif key in {"month", "day"} or (key in {"income", "spending", "balance"} and habit.shape == "columns"):
                    self.grid.put(self.row + 1, column, word)
                else:
                    self.grid.put(self.row, column, word)
                    self.grid.merge(self.row, column, self.row + 1, column)
            if double:
                self._group(block, ["month", "day"], self.same.choice((f"{self.book.year}年", "日期")))
                if habit.shape == "columns":
                    self._group(block, ["income", "spending", "balance"], "金  额")
        self.row += 2 if double else 1

    def _group(self, block: Block, keys: list[str], word: str) -> None:
        columns = [block.columns[key] for key in keys if key in block.columns]
        if columns:
            self.grid.put(self.row, min(columns), word)
            self.grid.merge(self.row, min(columns), self.row, max(columns))

    def _items(self) -> None:
        habit = self.habit
        lengths = [len(block.items) for block in self.blocks]
        for index in range(max(lengths)):
            if habit.page and index and index % habit.page == 0:
                self._page_break()
            elif habit.blanks and index and self.rng.random() < 0.2:
                self.row += 1
            for block in self.blocks:
                if index < len(block.items):
                    self._item(block, block.items[index])
            if habit.hide_rows and index and self.rng.random() < 0.25:
                self.grid.hidden_rows.add(self.row)
            self.row += 1
        if habit.subtotals:
            self._subtotal()

    def _item(self, block: Block, item: Entry | str) -> None:
        if isinstance(item, str):
            self._label(block, self.words["opening"])
            self.grid.put(self.row, block.columns["amount"], self._money(self.book.opening_fen))
            self.marks.opening = (self.row, block.columns["amount"])
            return
        self.running += item.income_fen - item.spending_fen
        self.since[0] += item.income_fen
        self.since[1] += item.spending_fen
        self.serial += 1
        cells = date_cells(self.habit, item.day) | {
            "voucher": Cell(item.voucher),
            "summary": Cell(item.summary),
            "payee": Cell(item.payee or None),
            "序号": Cell(self.serial),
            "balance": self._money(self.running),
        }
        for key in block.columns:
            if key in FILLERS:
                cells[key] = Cell(self.rng.choice(FILLERS[key]) or None)
        cells |= self._entry_money(item)
        for key, column in block.columns.items():
            if cells[key].value is not None:
                self.grid.put(self.row, column, cells[key])
        self.marks.entries.append(EntryMark(item, self.row, dict(block.columns)))

    def _entry_money(self, entry: Entry) -> dict[str, Cell]:
        habit, fen = self.habit, entry.income_fen or entry.spending_fen
        is_income = bool(entry.income_fen)
        if habit.shape == "columns":
            empty = Cell({"": None, "0": 0, "-": "-"}[habit.nothing])
            filled = self._money(fen, computed=True)
            return {"income": filled if is_income else empty, "spending": empty if is_income else filled}
        if habit.shape == "signed":
            return {"amount": self._money(fen if is_income else -fen, computed=True)}
        word = habit.direction_words[0 if is_income else 1]
        return {"amount": self._money(fen, computed=True), "direction": Cell(word)}

    def _money(self, fen: int, *, computed: bool = False) -> Cell:
        cell = amount_cell(self.rng, self.habit, fen)
        if computed and self.habit.formulas and isinstance(cell.value, int | float) and self.rng.random() < 0.15:
            cell.formula = f"={cell.value}*1"
        return cell

    def _sum(self, fen: int, column: int, first_row: int) -> Cell:
        """A total: as a formula with the noise of floating sums where the clerk uses formulas."""
        cell = amount_cell(self.rng, self.habit, fen)
        if self.habit.formulas and isinstance(cell.value, int | float) and not cell.red:
            noise = self.rng.choice((0.0, 7e-12, -7e-12))
            cell.value = cell.value + noise if noise else cell.value
            cell.formula = f"=SUM({address(first_row, column)}:{address(max(first_row, self.row - 1), column)})"
        return cell

    def _page_break(self) -> None:
        if self.habit.subtotals:
            self._subtotal()
        if self.rng.random() < 0.5:
            self.row += 1
        if self.habit.page_title:
            self.grid.put(self.row, self.first, Cell(self.title.value))
            self.row += 1
        self._header()

    def _subtotal(self) -> None:
        income, spending = self.since
        self._sides(self.words["subtotal"], income, spending, self.marks.subtotals)
        self.since = [0, 0]
        self.row += 1

    def _sides(self, word: str, income: int, spending: int, marks: list[tuple[int, int, int]]) -> None:
        """A label with the sums of both sides (or the net sum of a signed column) in this row."""
        for block in self.blocks:
            self._label(block, word)
            wanted = {"income": income, "spending": spending}
            if block.side != "both":
                wanted = {"amount": wanted[block.side]}
            elif self.habit.shape == "signed":
                wanted = {"amount": income - spending}
            for key, fen in wanted.items():
                column = block.columns[key]
                self.grid.put(self.row, column, self._sum(fen, column, self.habit.header_row))
                marks.append((self.row, column, fen))

    def _label(self, block: Block, word: str) -> None:
        money = min(
            block.columns[k] for k in ("income", "spending", "amount", "direction", "balance") if k in block.columns
        )
        if self.habit.merged_labels and money > block.first:
            self.grid.put(self.row, block.first, word)
            self.grid.merge(self.row, block.first, self.row, money - 1)
        elif self.habit.label_column == "summary":
            self.grid.put(self.row, block.columns["summary"], word)
        else:
            self.grid.put(self.row, block.first, word)

    def _label_row(self, name: str, fen: int) -> None:
        """A row of the table with opening or closing."""
        block = self.blocks[0]
        self._label(block, self.words[name])
        side = self.closing_side if name == "closing" else "income"
        key = "balance" if "balance" in block.columns else "amount" if "amount" in block.columns else side
        cell = self._money(fen)
        self.grid.put(self.row, block.columns[key], cell)
        setattr(self.marks, name, (self.row, block.columns[key]))
        self.row += 1

    # -- below the entries ---------------------------------------------------------------------------------------

    def _totals(self) -> None:
        habit, book = self.habit, self.book
        if habit.blanks and self.rng.random() < 0.5:
            self.row += 1
        if habit.totals in {"one-row", "net"}:
            self._sides(self.words["total"], book.income_fen, book.spending_fen, self.marks.totals)
            block = self.blocks[0]
            if habit.closing_place == "total-balance":
                self.grid.put(self.row, block.columns["balance"], self._money(book.closing_fen))
                self.marks.closing = (self.row, block.columns["balance"])
            self.row += 1
        elif habit.totals == "two-rows":
            self._one_total("income", "收入合计", book.income_fen)
            self._one_total("spending", "支出合计", book.spending_fen)
        if habit.cumulative and habit.totals == "one-row":
            self._sides(self.words["cumulative"], self.base[0] + book.income_fen, self.base[1] + book.spending_fen, [])
            self.row += 1
        if habit.closing_place == "bottom-row":
            self._label_row("closing", book.closing_fen)
        if habit.capitals:
            self._capitals()

    def _one_total(self, side: str, word: str, fen: int) -> None:
        block = self.blocks[0]
        self._label(block, self.words["month"] + word)
        column = block.columns[side if side in block.columns else "amount"]
        shown = -fen if side == "spending" and self.habit.shape == "signed" else fen
        self.grid.put(self.row, column, self._sum(shown, column, self.habit.header_row))
        self.marks.totals.append((self.row, column, shown))
        self.row += 1

    def _capitals(self) -> None:
        for word, fen in (("收入", self.book.income_fen), ("支出", self.book.spending_fen)):
            if self.same.random() < 0.3:
                continue
            label = self.words["month"] + word + self.same.choice(("合计(大写)", "合计（大写）"))
            if self.same.random() < 0.5:
                self.grid.put(self.row, self.first, label + "：" + capitals(fen))
                self.marks.capitals.append((self.row, self.first, fen, label + "："))
            else:
                self.grid.put(self.row, self.first, label)
                self.grid.put(self.row, self.first + 1, capitals(fen))
                self.marks.capitals.append((self.row, self.first + 1, fen, ""))
            self.row += 1

    def _lower(self) -> None:
        """Opening and closing as a list under the table, a label and its value side by side."""
        habit, book = self.habit, self.book
        names = [n for n, p in (("opening", habit.opening_place), ("closing", habit.closing_place)) if p == "bottom"]
        if not names:
            return
        self.row += self.same.randint(0, 1)
        lines = [(n, self.words[n], book.opening_fen if n == "opening" else book.closing_fen) for n in names]
        if self.same.random() < 0.4 and len(lines) == 2:
            month = self.words["month"] or "本月"
            lines[1:1] = [("", month + "收入", book.income_fen), ("", month + "支出", book.spending_fen)]
        for name, word, fen in lines:
            self.grid.put(self.row, self.first, word + self.own_unit)
            self.grid.put(self.row, self.first + 1, self._money(fen))
            if name:
                setattr(self.marks, name, (self.row, self.first + 1))
            else:
                self.marks.totals.append((self.row, self.first + 1, fen))
            self.row += 1

    def _notes(self) -> None:
        if self.rng.random() < 0.6:
            self.row += self.rng.randint(1, 2)
            note = self.rng.choice(NOTES)
            self.grid.put(self.row, self.first, note)
            self.grid.merge(self.row, self.first, self.row, self.width)
            self.row += 1
        if self.rng.random() < 0.5:
            self.row += self.rng.randint(0, 1)
            self.grid.put(self.row, self.first, self.rng.choice(SIGNATURES))
