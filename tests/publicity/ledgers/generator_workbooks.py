"""One seed, one workbook: the file, the ledgers put in, the mistakes planted."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.publicity.ledgers.generator_books import Book, draw_books
from tests.publicity.ledgers.generator_grid import Grid, write
from tests.publicity.ledgers.generator_habits import Habit, draw_habit
from tests.publicity.ledgers.generator_mistakes import (
    Plant,
    choose_kinds,
    plant_in_books,
    plant_on_sheets,
)
from tests.publicity.ledgers.generator_shapes import Marks, SheetMaker

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


@dataclass
class Workbook:
    """A generated file and everything that is true about it."""

    seed: int
    path: Path
    habit: Habit
    sheets: list[tuple[Book, Grid, Marks]]
    plants: list[Plant]


def make_workbook(seed: int, folder: Path) -> Workbook:
    """Draw, lay out, plant and write the workbook of this seed into folder."""
    rng = Random(seed)
    habit = draw_habit(rng)
    if habit.balance and habit.totals == "one-row" and habit.closing_place == "bottom-row" and rng.random() < 0.4:
        habit.closing_place = "total-balance"
    books = draw_books(
        rng,
        habit.months,
        reversals=habit.shape != "signed",
        two_series=habit.two_series,
        style=habit.vouchers,
        restart=habit.restart,
    )
    kinds = choose_kinds(rng)
    done = plant_in_books(rng, kinds, books, habit)
    base = (rng.randint(0, 10_000_000), rng.randint(0, 10_000_000)) if books[0].month > 1 else (0, 0)
    style_seed = rng.getrandbits(32)
    sheets: list[tuple[Book, Grid, Marks]] = []
    for book in books:
        if book.month == 1:
            base = (0, 0)
        grid, marks = SheetMaker(rng, habit, book, _sheet_name(habit, book, seed), base, style_seed).make()
        base = (base[0] + book.income_fen, base[1] + book.spending_fen)
        sheets.append((book, grid, marks))
    plants = plant_on_sheets(rng, kinds, habit, sheets, done)
    grids = [grid for _, grid, _ in sheets]
    if habit.hidden_sheet:
        grids.insert(rng.choice((0, len(grids))), _picklist(rng))
    if habit.empty_sheet:
        grids.append(Grid("Sheet3"))
    suffix = "csv" if habit.form.startswith("csv") else habit.form
    path = folder / (f"{sheets[0][1].name}.csv" if suffix == "csv" else f"{seed}.{suffix}")
    write(grids, path, habit.form, since_1904=habit.since_1904)
    return Workbook(seed, path, habit, sheets, plants)


def _sheet_name(habit: Habit, book: Book, seed: int) -> str:
    if habit.form.startswith("csv"):
        return f"{habit.village}{book.year}年{book.month}月" if habit.period_place == "sheet" else f"村账-{seed}"
    return {
        "9月": f"{book.month}月",
        "2026.9": f"{book.year}.{book.month}",
        "2026-09": f"{book.year}-{book.month:02d}",
        "2026年9月": f"{book.year}年{book.month}月",
        "九月份": f"{NUMERALS[book.month - 1]}月份",
    }[habit.sheet_names]


def _picklist(rng: Random) -> Grid:
    """A hidden sheet with choices for the clerk; sometimes it looks a little like a ledger."""
    grid = Grid("选项", hidden=True)
    for row, word in enumerate(("管理费用", "公益支出", "经营收入", "补助收入"), start=1):
        grid.put(row, 1, word)
    if rng.random() < 0.4:
        for column, word in enumerate(("日期", "凭证号", "摘要", "收入", "支出"), start=3):
            grid.put(1, column, word)
        for column, text in enumerate(("2020年1月1日", "支-999", "示例", "100"), start=3):
            grid.put(2, column, text)
    return grid
