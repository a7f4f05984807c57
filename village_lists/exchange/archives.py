"""Zip archives that hold workbooks: walked before anything is unpacked (security.md section 4, Upload)."""

import zipfile
from itertools import pairwise
from pathlib import PurePosixPath

from village_lists.exchange.grids import UnreadableWorkbook
from village_lists.markers import N_

MAXIMUM_ENTRIES = 200
MAXIMUM_UNPACKED = 100 * 1024 * 1024
MAXIMUM_RATIO = 50
RATIO_COUNTS_ABOVE = 1024 * 1024


def walk(archive: zipfile.ZipFile) -> None:
    """Raise `UnreadableWorkbook` unless the table of contents is that of an honest workbook."""
    entries = archive.infolist()
    names = [entry.filename.lower() for entry in entries]
    if len(entries) > MAXIMUM_ENTRIES or len(set(names)) != len(names):
        raise UnreadableWorkbook(N_("文件结构不正常（内含文件过多或重名），请在 Excel 或 WPS 中另存为 .xlsx 后再上传"))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableWorkbook(N_("文件加了密码，请去掉密码后再上传"))
    if sum(entry.file_size for entry in entries) > MAXIMUM_UNPACKED or any(_is_bomb(entry) for entry in entries):
        raise UnreadableWorkbook(N_("文件解开后太大，请删去多余的行和图片，另存为 .xlsx 后再上传"))
    if any(_leads_outside(name) for name in names) or _overlap(entries):
        raise UnreadableWorkbook(N_("文件已损坏或结构不正常，请在 Excel 或 WPS 中打开并另存为 .xlsx 后再上传"))


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > RATIO_COUNTS_ABOVE and entry.file_size > MAXIMUM_RATIO * max(entry.compress_size, 1)


def _leads_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    return any(
        earlier.header_offset + 30 + earlier.compress_size > later.header_offset for earlier, later in pairwise(ordered)
    )
