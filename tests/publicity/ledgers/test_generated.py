"""A thousand generated clerk workbooks, each read back: exactly the ledgers put in, and every planted mistake told.

The generator shares no code with the reader. A failure names the seed; make_workbook(seed, folder) makes it again.
"""

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlrd
from python_calamine import CalamineWorkbook

from publicity.ledgers.check import check_file
from publicity.ledgers.parse import parse_workbook
from publicity.ledgers.parsed import as_json
from tests.publicity.ledgers.generator_books import capitals
from tests.publicity.ledgers.generator_verdict import faults, truth
from tests.publicity.ledgers.generator_workbooks import Workbook, make_workbook
from village_lists.exchange.child import read_content

WORKBOOKS = 1_000
CHUNK = 100


@pytest.mark.parametrize("first", range(0, WORKBOOKS, CHUNK))
def test_generated_workbooks_are_read_faithfully(first: int, tmp_path: Path) -> None:
    """Without mistakes exactly what was put in and nothing told; with mistakes each is told and the rest is intact."""
    wrong: list[str] = []
    for seed in range(first, first + CHUNK):
        workbook = make_workbook(seed, tmp_path)
        wrong += _wrong(workbook, *_read_here(workbook.path))
    assert not wrong, "\n".join(wrong[:40])


@pytest.mark.parametrize("first", range(0, WORKBOOKS, CHUNK))
def test_the_way_through_the_child_process_says_the_same(first: int, tmp_path: Path) -> None:
    """Some of each hundred are read as the command does, by a process of its own."""
    for seed in (first, first + 37, first + 71):
        workbook = make_workbook(seed, tmp_path)
        assert check_file(workbook.path) == _read_here(workbook.path), seed


@pytest.mark.parametrize("seed", [873, 2000, 6086, 10009])
def test_seeds_that_were_once_misread(seed: int, tmp_path: Path) -> None:
    """873: a closing off in one month; 2000: a page title amid a month; 6086, 10009: a period seen inside an amount."""
    workbook = make_workbook(seed, tmp_path)
    assert not _wrong(workbook, *_read_here(workbook.path))


@pytest.mark.parametrize("first", range(0, 200, CHUNK))
def test_what_the_generator_places_stands_in_the_file(first: int, tmp_path: Path) -> None:
    """The generator itself: every text and number that was placed is found by an independent library."""
    for seed in range(first, first + CHUNK):
        workbook = make_workbook(seed, tmp_path)
        for (sheet, row, column), value in _placed(workbook).items():
            assert _found(workbook, sheet, row, column) == value, (seed, sheet, row, column)


def test_the_verdict_takes_the_truth_and_nothing_else(tmp_path: Path) -> None:
    """The true document has no faults; a fen, a row, a word or a problem changed, and it has."""
    for seed in range(60):
        workbook = make_workbook(seed, tmp_path)
        document, status = truth(workbook)
        assert not faults(workbook, document, status), seed
        assert faults(workbook, document, 1 - status), seed
        ledger = document["ledgers"][-1]
        sound = next(entry for entry in ledger["entries"] if entry["income_fen"] or entry["spending_fen"])
        if not any(plant.entry for plant in workbook.plants):
            for change in ({"row": sound["row"] + 500}, {"income_fen": sound["income_fen"] + 1}, {"summary": "别的"}):
                before = dict(sound)
                sound.update(change)
                assert faults(workbook, document, status), (seed, change)
                sound.update(before)
        ledger["opening_fen"] += 1
        assert faults(workbook, document, status), seed
        ledger["opening_fen"] -= 1
        for problem in list(document["problems"]):
            document["problems"].remove(problem)
            assert faults(workbook, document, status), (seed, problem)
            document["problems"].append(problem)
        document["problems"].append({"sheet": ledger["sheet"], "cell": f"ZZ{sound['row']}", "words": ""})
        spoilt_rows = {row for plant in workbook.plants for row, _ in plant.cells}
        if sound["row"] not in spoilt_rows:
            assert faults(workbook, document, status), seed


def test_a_seed_always_makes_the_same_workbook(tmp_path: Path) -> None:
    """Otherwise a failure could not be repeated."""
    one, two = make_workbook(7, tmp_path), make_workbook(7, tmp_path)
    assert [grid for _, grid, _ in one.sheets] == [grid for _, grid, _ in two.sheets]


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (1412060, "壹万肆仟壹佰贰拾元陆角整"),
        (6180290, "陆万壹仟捌佰零贰元玖角整"),
        (1000005, "壹万元零伍分"),
        (100050000, "壹佰万零伍佰元整"),
        (60, "零元陆角整"),
    ],
)
def test_capitals_of_the_generator(fen: int, words: str) -> None:
    """The capitals that the sheets carry, worked out by hand."""
    assert capitals(fen) == words


def _read_here(path: Path) -> tuple[dict[str, Any], int]:
    """What check_file says, without the process of its own that would take five times as long."""
    parsed = parse_workbook(read_content(path.read_bytes(), path.name), name=path.name)
    return as_json(parsed), 1 if parsed.problems else 0


def _wrong(workbook: Workbook, document: dict[str, Any], status: int) -> list[str]:
    return [f"seed {workbook.seed} ({workbook.path.name}): {fault}" for fault in faults(workbook, document, status)]


_OPEN: dict[tuple[Path, int], object] = {}


def _placed(workbook: Workbook) -> dict[tuple[str, int, int], object]:
    """Texts and numbers by (sheet, row, column); formulas are left out."""
    return {
        (grid.name, row, column): cell.value
        for _, grid, _ in workbook.sheets
        for (row, column), cell in grid.cells.items()
        if isinstance(cell.value, str | int | float) and not cell.formula
    }


def _found(workbook: Workbook, sheet: str, row: int, column: int) -> object:
    key = (workbook.path, workbook.seed)
    if key not in _OPEN:
        _OPEN.clear()
        _OPEN[key] = _open(workbook)
    rows = _OPEN[key]
    assert isinstance(rows, dict)
    value = rows[sheet][row - 1][column - 1]
    wanted = _placed(workbook)[sheet, row, column]
    return float(value) if isinstance(wanted, int | float) and isinstance(value, str) and value else value


def _open(workbook: Workbook) -> dict[str, list[list[object]]]:
    if workbook.habit.form == "xlsx":
        book = openpyxl.load_workbook(workbook.path)
        return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}
    if workbook.habit.form == "xls":
        return {
            s.name: [s.row_values(i) for i in range(s.nrows)] for s in xlrd.open_workbook(str(workbook.path)).sheets()
        }
    if workbook.habit.form == "ods":
        ods = CalamineWorkbook.from_path(workbook.path)
        names = [grid.name for _, grid, _ in workbook.sheets]
        return {
            name: [list(row) for row in ods.get_sheet_by_name(name).to_python(skip_empty_area=False)] for name in names
        }
    encoding = {"csv-utf8": "utf-8", "csv-bom": "utf-8-sig", "csv-gb18030": "gb18030"}[workbook.habit.form]
    text = workbook.path.read_text(encoding=encoding)
    return {workbook.sheets[0][1].name: [list(row) for row in csv.reader(text.splitlines())]}
