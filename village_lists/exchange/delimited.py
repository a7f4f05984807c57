"""Reads text tables (.csv, .txt) in UTF-8, GB18030 or UTF-16, whichever the bytes really are."""

import codecs
import csv
import io

from village_lists.exchange.collecting import Collector
from village_lists.exchange.grids import MAXIMUM_CELL_LENGTH, UnreadableWorkbook, Workbook
from village_lists.markers import N_

DELIMITERS = (",", "\t", ";", "，", "|")
SAMPLE_LINES = 40


def decoded(content: bytes) -> str:
    """Return the text of the bytes; raises `UnreadableWorkbook` when they are no text in a known encoding.

    A UTF-8 text is hardly ever valid by chance, so it is tried before GB18030.
    """
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text) and "\ufffd" not in text:
            return text.removeprefix("\ufeff")
    raise UnreadableWorkbook(N_("看不出文件的文字编码，请在 Excel 或 WPS 中另存为“CSV UTF-8”或 .xlsx 后再上传"))


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if content.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    if b"\0" in content[:4000]:
        little = content[1:4000:2].count(0) >= content[0:4000:2].count(0)
        return ("utf-16-le", "utf-16-be") if little else ("utf-16-be", "utf-16-le")
    return ("utf-8", "gb18030")


def read_delimited(content: bytes, name: str) -> Workbook:
    """Return one sheet named like the file; raises `UnreadableWorkbook` for a quote that is never closed."""
    text = decoded(content)
    collector = Collector(name, hidden=False)
    csv.field_size_limit(MAXIMUM_CELL_LENGTH)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for number, fields in enumerate(reader, start=1):
            for column, value in enumerate(fields, start=1):
                if value.strip():
                    collector.add(number, column, value, value)
    except csv.Error as error:
        raise UnreadableWorkbook(
            N_("第 %(line)s 行附近引号不成对或文字太长，请在 Excel 或 WPS 中打开检查后再上传"), line=reader.line_num
        ) from error
    return Workbook((collector.sheet(),))


def _delimiter(text: str) -> str:
    """Return the sign that parts the fields: the one found on most of the first lines."""
    lines = text.splitlines()[:SAMPLE_LINES]
    return max(DELIMITERS, key=lambda sign: sum(min(line.count(sign), 3) for line in lines))
