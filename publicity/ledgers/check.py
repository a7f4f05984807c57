"""Checks one file for `flask ledgers check FILE`: reads it, and says whether it may go on."""

from pathlib import Path
from typing import Any

from publicity.ledgers.parse import parse_workbook
from publicity.ledgers.parsed import as_json
from village_lists.exchange.sheets import read_workbook


def check_file(path: Path) -> tuple[dict[str, Any], int]:
    """Return the JSON document of a file and the exit code: 0 without problems, 1 with some.

    Raises `UnreadableWorkbook` for a file that cannot be read at all (exit code 2).
    """
    parsed = parse_workbook(read_workbook(path), name=path.name)
    return as_json(parsed), 1 if parsed.problems else 0
