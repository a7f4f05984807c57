"""Workbooks in: any file of a clerk as plain grids, opened by a limited child process and never by this one."""

import json
import os
import subprocess
import sys
from pathlib import Path

from village_lists.exchange.grids import (
    MAXIMUM_BYTES,
    Cell,
    Row,
    Sheet,
    UnreadableWorkbook,
    Workbook,
    workbook_from_json,
)
from village_lists.markers import N_

__all__ = ["Cell", "Row", "Sheet", "UnreadableWorkbook", "Workbook", "read_workbook"]

WALL_SECONDS = 30
_ROOT = Path(__file__).resolve().parents[2]


def read_workbook(path: Path, *, name: str | None = None) -> Workbook:
    """Return the sheets of a .xlsx, .xlsm, .xls, .ods or text table; `name` is the file's name for people.

    The content decides what the file is, not its ending. Raises `UnreadableWorkbook` with one sentence.
    """
    if not path.is_file():
        raise UnreadableWorkbook(N_("找不到文件“%(name)s”"), name=name or path.name)
    if path.stat().st_size > MAXIMUM_BYTES:
        raise UnreadableWorkbook(N_("文件太大，最多 %(megabytes)s MB"), megabytes=MAXIMUM_BYTES // 1024 // 1024)
    document = json.loads(_answer_of_child(path.resolve(), name or path.name))
    if "refused" in document:
        words, values = document["refused"]
        raise UnreadableWorkbook(words, **values)
    return workbook_from_json(document)


def _answer_of_child(path: Path, name: str) -> bytes:
    command = [sys.executable, "-B", "-m", "village_lists.exchange.child", str(path), name]
    # Nothing of this process's surroundings (keys, addresses of databases) is handed on.
    surroundings = {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "PATH": os.defpath}
    try:
        done = subprocess.run(  # noqa: S603 - fixed command; the path and the name are single arguments, no shell
            command, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much() from error
    if done.returncode != 0 or not done.stdout:
        raise _too_much()
    return done.stdout


def _too_much() -> UnreadableWorkbook:
    return UnreadableWorkbook(N_("文件太大或已损坏，读不完；请只留需要的工作表，另存为 .xlsx 后再上传"))
