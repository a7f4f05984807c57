"""Plants mistakes of known kinds and remembers at which cells a faithful reader must tell them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.publicity.ledgers.generator_books import (
    Book,
    Entry,
    capitals,
    write_vouchers,
)
from tests.publicity.ledgers.generator_grid import Cell, Grid
from tests.publicity.ledgers.generator_habits import Habit, amount_cell, date_cell
from tests.publicity.ledgers.generator_shapes import EntryMark, Marks

NOT_NUMBERS = ("约三百", "三百左右", "待定", "见附件", "若干")
AMBIGUOUS = ("1,23.4.5", "12.345.6", "3OO", "300/400", "1.2.3")
BEFORE_LAYOUT = ("voucher missing", "opening not carried over")
AFTER_LAYOUT = (
    "not a number",
    "ambiguous amount",
    "impossible date",
    "outside the month",
    "voucher twice",
    "both sides",
    "no summary",
    "neither side",
    "total off",
    "closing off",
    "subtotal off",
    "capitals wrong",
    "never calculated",
)


@dataclass
class Plant:
    """A mistake: kind, sheet, the cells at which it may be told, and the entry that it spoils, if any."""

    kind: str
    sheet: str
    cells: list[tuple[int, int]]
    entry: Entry | None = None


def choose_kinds(rng: Random) -> list[str]:
    """No mistake half of the time, else one to three different kinds."""
    return rng.sample(BEFORE_LAYOUT + AFTER_LAYOUT, rng.randint(1, 3)) if rng.random() < 0.5 else []


def plant_in_books(rng: Random, kinds: list[str], books: list[Book], habit: Habit) -> dict[str, Entry | Book]:
    """Mistakes that change the books themselves; return what each was done to."""
    done: dict[str, Entry | Book] = {}
    if "opening not carried over" in kinds and len(books) > 1:
        book = rng.choice(books[1:])
        shift = rng.choice((1, 100, -1, 90_000))
        for later in books[books.index(book) :]:
            later.opening_fen += shift
        done["opening not carried over"] = book
    if "voucher missing" in kinds:
        choices = [
            (book, entry)
            for book in books
            for index, entry in enumerate(book.entries)
            if any(earlier.series == entry.series for earlier in book.entries[:index])
        ]
        if choices:
            book, entry = rng.choice(choices)
            later_books = [] if habit.restart else books[books.index(book) + 1 :]
            for moved in [*book.entries[book.entries.index(entry) :], *(e for b in later_books for e in b.entries)]:
                if moved.series == entry.series:
                    moved.number += 1
            write_vouchers(books, habit.vouchers)
            done["voucher missing"] = entry
    return done


def plant_on_sheets(
    rng: Random, kinds: list[str], habit: Habit, sheets: list[tuple[Book, Grid, Marks]], done: dict[str, Entry | Book]
) -> list[Plant]:
    """Mistakes on the laid-out sheets, each on a row of its own; kinds that the layout cannot show are left out."""
    plants: list[Plant] = []
    spoilt = {id(value) for value in done.values()}
    for book, grid, marks in sheets:
        if done.get("opening not carried over") is book:
            plants.append(Plant("opening not carried over", grid.name, [marks.opening]))
        plants += [
            Plant("voucher missing", grid.name, [(m.row, m.columns["voucher"])])
            for m in marks.entries
            if done.get("voucher missing") is m.entry
        ]
    for kind in kinds:
        if kind in BEFORE_LAYOUT:
            continue
        book, grid, marks = rng.choice(sheets)
        free = [m for m in marks.entries if id(m.entry) not in spoilt]
        plant = _plant_in_figures(rng, kind, habit, book, grid, marks) or (
            _plant_in_entry(rng, kind, habit, book, grid, rng.choice(free), marks) if free else None
        )
        if plant:
            plants.append(plant)
            if plant.entry:
                spoilt.add(id(plant.entry))
    return plants


def _plant_in_figures(rng: Random, kind: str, habit: Habit, book: Book, grid: Grid, marks: Marks) -> Plant | None:
    off = rng.choice((1, -1))
    if kind == "closing off":
        row, column = marks.closing
        if marks.closing_prefix:
            text = str(amount_cell(rng, habit, book.closing_fen + off, style="suffix").value)
            grid.put(row, column, marks.closing_prefix + text)
        else:
            grid.put(row, column, amount_cell(rng, habit, book.closing_fen + off))
        return Plant(kind, grid.name, [(row, column)])
    if kind in {"total off", "subtotal off"}:
        places = marks.totals if kind == "total off" else marks.subtotals
        if not places:
            return None
        row, column, fen = rng.choice(places)
        grid.put(row, column, amount_cell(rng, habit, fen + off))
        return Plant(kind, grid.name, [(row, column)])
    if kind == "capitals wrong" and marks.capitals:
        row, column, fen, prefix = rng.choice(marks.capitals)
        grid.put(row, column, prefix + capitals(fen + rng.choice((100, -100, 10_000, 1))))
        return Plant(kind, grid.name, [(row, column)])
    return None


def _plant_in_entry(
    rng: Random, kind: str, habit: Habit, book: Book, grid: Grid, mark: EntryMark, marks: Marks
) -> Plant | None:
    entry, columns = mark.entry, mark.columns
    side = "income" if entry.income_fen else "spending"
    money = columns.get(side, columns.get("amount", 0))
    at = (mark.row, money)

    def told(*cells: tuple[int, int]) -> Plant:
        return Plant(kind, grid.name, list(cells), entry)

    if kind in {"not a number", "ambiguous amount"}:
        grid.put(*at, rng.choice(NOT_NUMBERS if kind == "not a number" else AMBIGUOUS))
        return told(at)
    if kind == "never calculated" and habit.form == "xlsx":
        grid.put(*at, Cell(None, formula=f"={rng.randint(1, 90)}*{rng.randint(2, 12)}"))
        return told(at)
    if kind in {"impossible date", "outside the month"}:
        return told(*_wrong_date(rng, kind, habit, book, grid, mark))
    if kind == "voucher twice":
        earlier = [
            m
            for m in marks.entries
            if m.entry.series == entry.series
            and m.entry is not entry
            and book.entries.index(m.entry) < book.entries.index(entry)
        ]
        if not earlier:
            return None
        first = rng.choice(earlier)
        grid.put(mark.row, columns["voucher"], Cell(first.entry.voucher))
        # In two blocks of one series the second one read may be either of the two.
        both = habit.shape == "blocks" and not habit.two_series
        cells = [(mark.row, columns["voucher"])] + ([(first.row, first.columns["voucher"])] if both else [])
        return told(*cells)
    if kind == "both sides" and habit.shape == "columns":
        other = (mark.row, columns["spending" if side == "income" else "income"])
        grid.put(*other, amount_cell(rng, habit, abs(entry.income_fen or entry.spending_fen)))
        return told(at, other)
    if kind == "no summary":
        grid.put(mark.row, columns["summary"], rng.choice((None, " ")))
        return told((mark.row, columns["summary"]))
    if kind == "neither side":
        keys = [key for key in ("income", "spending", "amount") if key in columns]
        for key in keys:
            grid.put(mark.row, columns[key], None)
        return told(*((mark.row, columns[key]) for key in keys))
    return None


def _wrong_date(rng: Random, kind: str, habit: Habit, book: Book, grid: Grid, mark: EntryMark) -> list[tuple[int, int]]:
    last = monthrange(book.year, book.month)[1]
    if kind == "outside the month":
        first = date(book.year, book.month, 1)
        day = rng.choice(
            (first - timedelta(days=rng.randint(1, 20)), first + timedelta(days=last + rng.randint(0, 20)))
        )
        month, number, text = day.month, day.day, None
    else:
        day, month, number, text = None, book.month, last + 1, f"{book.month}月{last + 1}日"
        if habit.dates in {"2026/9/3", "2026-09-03", "2026.9.3"}:
            mark_between = habit.dates[4]
            text = f"{book.year}{mark_between}{book.month:02d}{mark_between}{last + 1}"
        elif habit.dates.startswith("9.3"):
            text = f"{book.month}.{last + 1}"
    if habit.dates == "two-columns":
        grid.put(mark.row, mark.columns["month"], month)
        grid.put(mark.row, mark.columns["day"], number)
        return [(mark.row, mark.columns["month"]), (mark.row, mark.columns["day"])]
    at = (mark.row, mark.columns["date"])
    grid.put(*at, Cell(text) if text or day is None else date_cell(habit.dates, day, habit.form))
    return [at]
