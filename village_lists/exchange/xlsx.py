"""Reads .xlsx and .xlsm: values as the office program last saved them, and the look that tells negatives.

Own reading of the few parts that matter, after ECMA-376: one pass that sees values, styles, hidden rows, merged cells
and formulas without a saved value together; macros, links to other files, pictures and drawings are never opened.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from posixpath import join, normpath
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from village_lists.exchange.collecting import Collector
from village_lists.exchange.grids import (
    MAXIMUM_CELL_LENGTH,
    MAXIMUM_SHEETS,
    Sheet,
    UnreadableWorkbook,
    Value,
    Workbook,
    column_of,
    row_of,
)
from village_lists.exchange.numberformats import (
    BUILT_IN_FORMATS,
    BUILT_IN_RED,
    DATE_FORMAT_NUMBERS,
    day_of_serial,
    is_date_format,
    is_red_format,
    shown,
)
from village_lists.markers import N_

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RED_INDEXES = frozenset(["2", "10"])


@dataclass(frozen=True)
class Look:
    """What a cell style tells: number format and whether the letters are red."""

    format_number: int = 0
    format: str = ""
    is_red: bool = False


@dataclass
class Styles:
    """The parts of styles.xml that matter while it is read."""

    formats: dict[int, str] = field(default_factory=dict)
    red_fonts: list[bool] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)


@dataclass(frozen=True)
class Surroundings:
    """What every sheet of one workbook shares."""

    strings: list[str]
    looks: list[Look]
    from_1904: bool


def is_red(rgb: str) -> bool:
    """Tell whether a colour such as FFC00000 or #ff0000 is red enough to mean a negative amount."""
    digits = rgb.lstrip("#")[-6:]
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", digits):
        return False
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return red >= 0xB0 and green <= 0x50 and blue <= 0x50


def read_xlsx(archive: zipfile.ZipFile) -> Workbook:
    """Return all sheets of a walked archive; raises `UnreadableWorkbook` where a part is missing or broken."""
    names = {name.lower(): name for name in archive.namelist()}
    parts, from_1904 = _sheet_parts(archive)
    if len(parts) > MAXIMUM_SHEETS:
        raise UnreadableWorkbook(N_("工作表太多，最多能读 %(sheets)s 张"), sheets=MAXIMUM_SHEETS)
    strings = _shared_strings(archive, names.get("xl/sharedstrings.xml"))
    surroundings = Surroundings(strings, _looks(archive, names.get("xl/styles.xml")), from_1904)
    sheets = []
    for title, hidden, part in parts:
        real = names.get(part.lower())
        if real is None:
            raise UnreadableWorkbook(N_("工作表“%(sheet)s”已损坏，请在 Excel 或 WPS 中打开并另存后再上传"), sheet=title)
        sheets.append(_read_sheet(archive, real, Collector(title, hidden=hidden), surroundings))
    return Workbook(tuple(sheets), tuple(_left_out(names)))


def _left_out(names: dict[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
    if any(name.endswith("vbaproject.bin") for name in names):
        yield N_("文件带有宏，宏没有读取，只读了表格里的内容"), {}
    if any(name.startswith("xl/externallinks/") for name in names):
        yield N_("文件引用了别的文件，别的文件没有打开，只读了上次保存的数值"), {}
    if any(name.startswith(("xl/embeddings/", "xl/media/")) for name in names):
        yield N_("文件里的图片和嵌入的对象没有读取"), {}


def _events(stream: IO[bytes], *wanted: str) -> Iterator[tuple[str, str, Element]]:
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        name = local(element.tag)
        if not wanted or name in wanted:
            yield event, name, element


def local(tag: str) -> str:
    """Return a tag or attribute name without its namespace (there are two dialects of the same format)."""
    return tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _sheet_parts(archive: zipfile.ZipFile) -> tuple[list[tuple[str, bool, str]], bool]:
    targets: dict[str, str] = {}
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        for event, _, element in _events(stream, "Relationship"):
            if event == "start" and _attribute(element, "Type").endswith("/worksheet"):
                target = _attribute(element, "Target")
                targets[_attribute(element, "Id")] = normpath(join("/xl", target)).lstrip("/")
    parts, from_1904 = [], False
    with archive.open("xl/workbook.xml") as stream:
        for event, name, element in _events(stream, "sheet", "workbookPr"):
            if event == "start" and name == "workbookPr":
                from_1904 = _attribute(element, "date1904") in {"1", "true"}
            elif event == "start":
                part = targets.get(element.get(_relation_key(element), ""))
                if part is not None:
                    hidden = _attribute(element, "state").lower().endswith("hidden")
                    parts.append((_attribute(element, "name"), hidden, part))
    return parts, from_1904


def _relation_key(element: Element) -> str:
    return next((key for key in element.attrib if key.startswith("{") and local(key) == "id"), "")


def _shared_strings(archive: zipfile.ZipFile, part: str | None) -> list[str]:
    if part is None:
        return []
    strings: list[str] = []
    with archive.open(part) as stream:
        for event, _, element in _events(stream, "si"):
            if event == "end":
                strings.append(_text_of(element))
                element.clear()
    return strings


def _text_of(element: Element) -> str:
    """Return the letters of a (rich) text, without the reading aids that may stand beside them."""
    pieces = []
    for child in element:
        if local(child.tag) == "t":
            pieces.append(child.text or "")
        elif local(child.tag) == "r":
            pieces.extend(piece.text or "" for piece in child if local(piece.tag) == "t")
    text = "".join(pieces)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _looks(archive: zipfile.ZipFile, part: str | None) -> list[Look]:
    if part is None:
        return []
    styles = Styles()
    inside = ""
    with archive.open(part) as stream:
        for event, name, element in _events(stream):
            if event == "start" and name in {"numFmts", "fonts", "cellXfs", "cellStyleXfs", "dxfs"}:
                inside = name
            elif event == "end" and name == inside:
                inside = ""
            elif event == "end":
                _note_style(styles, inside, name, element)
    return styles.looks


def _note_style(styles: Styles, inside: str, name: str, element: Element) -> None:
    if inside == "numFmts" and name == "numFmt":
        styles.formats[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
    elif inside == "fonts" and name == "font":
        colours = [child for child in element if local(child.tag) == "color"]
        styles.red_fonts.append(
            any(is_red(colour.get("rgb", "")) or colour.get("indexed") in _RED_INDEXES for colour in colours)
        )
    elif inside == "cellXfs" and name == "xf":
        number, font = int(element.get("numFmtId", "0")), int(element.get("fontId", "0"))
        red = font < len(styles.red_fonts) and styles.red_fonts[font]
        styles.looks.append(Look(number, styles.formats.get(number, BUILT_IN_FORMATS.get(number, "")), red))


def _read_sheet(archive: zipfile.ZipFile, part: str, collector: Collector, around: Surroundings) -> Sheet:
    row_number = column = 0
    with archive.open(part) as stream:
        for event, name, element in _events(stream, "sheetData", "row", "c", "mergeCell"):
            if event == "start" and name == "row":
                row_number = int(element.get("r") or row_number + 1)
                column = 0
                if element.get("hidden") in {"1", "true"} or element.get("zeroHeight") in {"1", "true"}:
                    collector.hide_row(row_number)
            elif event == "end" and name == "c":
                column = column_of(element.get("r", "")) or column + 1
                _take_cell(collector, row_number, column, element, around)
                element.clear()
            elif event == "end" and name == "mergeCell":
                first, _, last = element.get("ref", "").partition(":")
                if last:
                    collector.merge(row_of(first), column_of(first), row_of(last), column_of(last))
            elif event == "end" and name == "row":
                element.clear()
    return collector.sheet()


def _take_cell(collector: Collector, row: int, column: int, element: Element, around: Surroundings) -> None:
    style = int(element.get("s") or 0)
    look = around.looks[style] if style < len(around.looks) else Look()
    kind = element.get("t", "n")
    children = {local(child.tag): child for child in element}
    if kind == "inlineStr":
        text = _text_of(children["is"]) if "is" in children else ""
        collector.add(row, column, text, text, is_red=look.is_red)
        return
    written = children["v"].text if "v" in children else None
    if written is None:
        # A formula whose answer is an empty text is saved as t="str"; one without that was never worked out.
        collector.add(row, column, None, "", without_value="f" in children and kind != "str")
        return
    if len(written) > MAXIMUM_CELL_LENGTH:
        collector.add(row, column, "", written)
        return
    value, text, red = _value_of(kind, written, look, around)
    collector.add(row, column, value, text, is_red=red)


def _value_of(kind: str, written: str, look: Look, around: Surroundings) -> tuple[Value, str, bool]:
    if kind == "s":
        text = around.strings[int(written)]
        return text, text, look.is_red
    if kind == "n":
        return _number_of(written, look, from_1904=around.from_1904)
    if kind == "d":
        return date.fromisoformat(written[:10]), written[:10], look.is_red
    if kind == "b":
        written = "TRUE" if written == "1" else "FALSE"
    return written, written, look.is_red


def _number_of(written: str, look: Look, *, from_1904: bool) -> tuple[Value, str, bool]:
    number = float(written)
    if look.format_number in DATE_FORMAT_NUMBERS or is_date_format(look.format):
        day = day_of_serial(number, from_1904=from_1904)
        if day is not None:
            return day, day.isoformat(), look.is_red
    red = look.is_red or is_red_format(look.format, number) or (look.format_number in BUILT_IN_RED and number < 0)
    value: Value = int(number) if number.is_integer() and abs(number) < 1e15 else number
    return value, shown(number, look.format), red
