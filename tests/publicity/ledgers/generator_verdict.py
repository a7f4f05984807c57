"""Compares what a reader said of a generated workbook with what is true; knows the document of product.md 4.1 only."""

import re
from typing import Any

from tests.publicity.ledgers.generator_books import Book, Entry
from tests.publicity.ledgers.generator_grid import address
from tests.publicity.ledgers.generator_shapes import EntryMark, Marks
from tests.publicity.ledgers.generator_workbooks import Workbook

FIGURES = ("period", "opening_fen", "income_fen", "spending_fen", "closing_fen")
ENTRY_KEYS = ("row", "date", "voucher", "summary", "income_fen", "spending_fen", "payee")


def faults(workbook: Workbook, document: dict[str, Any], status: int) -> list[str]:
    """Every disagreement as a sentence; an empty list means a faithful reading."""
    found: list[str] = []
    if status != (1 if workbook.plants else 0):
        found.append(f"exit status {status}")
    names = {_sheet(workbook, name): name for name in _sheets(workbook)}
    told = [(names.get(p["sheet"], p["sheet"]), p["cell"], p["words"]) for p in document["problems"]]
    found += _untold(workbook, told)
    found += [
        f"false problem {sheet}!{cell}: {words}" for sheet, cell, words in told if _is_false(workbook, sheet, cell)
    ]
    ledgers = {names.get(ledger["sheet"], ledger["sheet"]): ledger for ledger in document["ledgers"]}
    if [ledger["period"] for ledger in document["ledgers"]] != [book.period for book, _, _ in workbook.sheets]:
        found.append(f"periods {[ledger['period'] for ledger in document['ledgers']]}")
    for book, grid, marks in workbook.sheets:
        if grid.name in ledgers:
            found += [
                f"{grid.name}: {fault}"
                for fault in _ledger_faults(workbook, book, grid.name, marks, ledgers[grid.name])
            ]
        else:
            found.append(f"no ledger of sheet {grid.name}")
    return found


def truth(workbook: Workbook) -> tuple[dict[str, Any], int]:
    """What a faithful reader could print of this workbook, and its exit status; spoilt entries are left out."""
    spoilt = _spoilt(workbook)
    ledgers = []
    for book, grid, marks in workbook.sheets:
        entries = [_as_read(mark) for mark in _in_reading_order(marks, workbook) if mark.entry not in spoilt]
        income, spending = (sum(entry[key] for entry in entries) for key in ("income_fen", "spending_fen"))
        ledgers.append(
            {
                "sheet": _sheet(workbook, grid.name),
                "period": book.period,
                "opening_fen": book.opening_fen,
                "entries": entries,
            }
            | {"income_fen": income, "spending_fen": spending, "closing_fen": book.opening_fen + income - spending}
        )
    problems = [
        {"sheet": _sheet(workbook, plant.sheet), "cell": address(*plant.cells[0]), "words": plant.kind}
        for plant in workbook.plants
    ]
    return {"ledgers": ledgers, "problems": problems}, 1 if problems else 0


def _sheets(workbook: Workbook) -> list[str]:
    return [grid.name for _, grid, _ in workbook.sheets]


def _sheet(workbook: Workbook, name: str) -> str:
    """What the document calls a sheet: that of a CSV is its file name."""
    return workbook.path.name if workbook.path.suffix == ".csv" else name


def _untold(workbook: Workbook, told: list[tuple[str, str, str]]) -> list[str]:
    at = {(sheet, cell) for sheet, cell, _ in told}
    return [
        f"untold {plant.kind} at {plant.sheet}!{address(*plant.cells[0])}"
        for plant in workbook.plants
        if not any((plant.sheet, address(row, column + step)) in at for row, column in plant.cells for step in (0, 1))
    ]


def _is_false(workbook: Workbook, sheet: str, cell: str) -> bool:
    """Whether a problem stands where nothing is wrong.

    In a workbook with mistakes further true problems are right: anywhere outside the entries, at a spoilt entry, at a
    voucher number (its twin or its neighbour is spoilt), at a running balance, and at an opening or closing that shares
    its row with an entry of the other block (a closing that is off leaves the next opening without a match).
    """
    if not workbook.plants:
        return True
    match = re.fullmatch(r"([A-Z]+)(\d+)", cell or "")
    if not match:
        return True
    row = int(match[2])
    spoilt = _spoilt(workbook)
    touched = {(plant.sheet, r) for plant in workbook.plants for r, _ in plant.cells}
    for _, grid, marks in workbook.sheets:
        here = [mark for mark in marks.entries if grid.name == sheet and mark.row == row]
        if not here or (sheet, row) in touched:
            continue
        keyed = [(mark, key) for mark in here for key in ("voucher", "balance") if key in mark.columns]
        free = [address(row, mark.columns[key]) for mark, key in keyed] + [
            address(*marks.opening),
            address(*marks.closing),
        ]
        if cell not in free and not any(mark.entry in spoilt for mark in here):
            return True
    return False


def _spoilt(workbook: Workbook) -> list[Entry]:
    return [plant.entry for plant in workbook.plants if plant.entry]


def _ledger_faults(workbook: Workbook, book: Book, sheet: str, marks: Marks, ledger: dict[str, Any]) -> list[str]:
    found: list[str] = []
    spoilt = _spoilt(workbook)
    own_spoilt = [mark for mark in marks.entries if mark.entry in spoilt]
    skipped: set[str] = set()
    if own_spoilt:
        skipped |= {"income_fen", "spending_fen", "closing_fen"}
    if any(plant.kind == "closing off" and plant.sheet == sheet for plant in workbook.plants):
        skipped.add("closing_fen")
    for key in FIGURES:
        if key not in skipped and ledger[key] != getattr(book, key):
            found.append(f"{key} {ledger[key]} instead of {getattr(book, key)}")
    # Two blocks share rows: of a spoilt row only its sound half is compared.
    spoilt_rows = {mark.row for mark in own_spoilt}
    sound = [_as_read(mark) for mark in _in_reading_order(marks, workbook) if mark.entry not in spoilt]
    read = [{key: entry[key] for key in ENTRY_KEYS} for entry in ledger["entries"]]
    read = [entry for entry in read if entry["row"] not in spoilt_rows or entry in sound]
    if read != sound:
        found += [f"missing entry {entry}" for entry in sound if entry not in read]
        found += [f"strange entry {entry}" for entry in read if entry not in sound]
        if sorted(map(str, read)) == sorted(map(str, sound)):
            found.append("entries in another order")
    many = [
        row
        for row in spoilt_rows
        if sum(e["row"] == row for e in ledger["entries"]) > sum(m.row == row for m in marks.entries)
    ]
    return found + [f"row {row} read twice" for row in many]


def _in_reading_order(marks: Marks, workbook: Workbook) -> list[EntryMark]:
    """Sheet order, but the income block before the spending block."""
    if workbook.habit.shape == "blocks":
        return sorted(marks.entries, key=lambda mark: (not mark.entry.income_fen, mark.row))
    return sorted(marks.entries, key=lambda mark: mark.row)


def _as_read(mark: EntryMark) -> dict[str, Any]:
    entry = mark.entry
    return {
        "row": mark.row,
        "date": entry.day.isoformat(),
        "voucher": entry.voucher,
        "summary": entry.summary,
        "income_fen": entry.income_fen,
        "spending_fen": entry.spending_fen,
        "payee": entry.payee if "payee" in mark.columns else "",
    }
