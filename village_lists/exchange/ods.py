"""Reads .ods (OpenDocument 1.2 part 1, chapter 9) from content.xml: saved values, colours, hidden and merged cells."""

import zipfile
from dataclasses import dataclass, field
from datetime import date
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from village_lists.exchange.collecting import Collector
from village_lists.exchange.grids import MAXIMUM_ROWS, MAXIMUM_SHEETS, Sheet, UnreadableWorkbook, Value, Workbook
from village_lists.exchange.xlsx import is_red, local
from village_lists.markers import N_


@dataclass
class Styles:
    """Names of styles that matter: red letters, hidden tables; `parents` of cell styles."""

    red: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    parents: dict[str, str] = field(default_factory=dict)


def read_ods(archive: zipfile.ZipFile) -> Workbook:
    """Return all sheets of a walked archive; raises `UnreadableWorkbook` beyond the limits."""
    styles = Styles()
    if "styles.xml" in archive.namelist():
        with archive.open("styles.xml") as stream:
            for _, element in iterparse(stream, events=("end",), forbid_dtd=True):
                _note_style(styles, element)
    sheets: list[Sheet] = []
    with archive.open("content.xml") as stream:
        for _, element in iterparse(stream, events=("end",), forbid_dtd=True):
            _note_style(styles, element)
            if local(element.tag) == "table":
                if len(sheets) >= MAXIMUM_SHEETS:
                    raise UnreadableWorkbook(N_("工作表太多，最多能读 %(sheets)s 张"), sheets=MAXIMUM_SHEETS)
                sheets.append(_read_table(element, styles))
                element.clear()
    return Workbook(tuple(sheets))


def _get(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _note_style(styles: Styles, element: Element) -> None:
    if local(element.tag) != "style":
        return
    name, family = _get(element, "name"), _get(element, "family")
    if family == "table-cell":
        styles.parents[name] = _get(element, "parent-style-name")
        colours = [_get(child, "color") for child in element if local(child.tag) == "text-properties"]
        if any(is_red(colour) for colour in colours):
            styles.red.add(name)
    elif family == "table" and any(_get(child, "display") == "false" for child in element):
        styles.hidden.add(name)


def _read_table(table: Element, styles: Styles) -> Sheet:
    hidden = _get(table, "style-name") in styles.hidden
    collector = Collector(_get(table, "name"), hidden=hidden)
    number = 1
    for row in table.iter():
        if local(row.tag) != "table-row":
            continue
        repeated = int(_get(row, "number-rows-repeated") or 1)
        is_hidden = _get(row, "visibility") in {"collapse", "filter"}
        is_filled = any(_get(cell, "value-type") or _get(cell, "formula") for cell in row)
        for again in range(repeated if is_filled else min(repeated, MAXIMUM_ROWS) if is_hidden else 0):
            if is_hidden:
                collector.hide_row(number + again)
            if is_filled:
                _read_row(collector, row, number + again, styles)
        number += repeated
    return collector.sheet()


def _read_row(collector: Collector, row: Element, number: int, styles: Styles) -> None:
    column = 1
    for cell in row:
        if local(cell.tag) not in {"table-cell", "covered-table-cell"}:
            continue
        repeated = int(_get(cell, "number-columns-repeated") or 1)
        down, right = int(_get(cell, "number-rows-spanned") or 1), int(_get(cell, "number-columns-spanned") or 1)
        if down > 1 or right > 1:
            collector.merge(number, column, number + down - 1, column + right - 1)
        value, text = _value_of(cell)
        without_value = bool(_get(cell, "formula")) and not _get(cell, "value-type")
        if value not in (None, "") or without_value:
            for again in range(repeated):
                collector.add(
                    number,
                    column + again,
                    value,
                    text,
                    is_red=_is_red(styles, _get(cell, "style-name")),
                    without_value=without_value,
                )
        column += repeated


def _is_red(styles: Styles, name: str) -> bool:
    for _ in range(10):
        if name in styles.red:
            return True
        name = styles.parents.get(name, "")
    return False


def _value_of(cell: Element) -> tuple[Value, str]:
    lines = ["".join(_letters(line)) for line in cell if local(line.tag) == "p"]
    text = "\n".join(lines)
    kind = _get(cell, "value-type")
    if kind == "date":
        return date.fromisoformat(_get(cell, "date-value")[:10]), text
    if kind in {"float", "currency", "percentage"}:
        number = float(_get(cell, "value"))
        return (int(number) if number.is_integer() and abs(number) < 1e15 else number), text
    if kind:
        written = _get(cell, "string-value") or text
        return written, text or written
    return None, ""


def _letters(element: Element) -> list[str]:
    """Return the letters of a paragraph; a run of blanks is written as one element, remarks are left out."""
    pieces = [element.text or ""]
    for child in element:
        name = local(child.tag)
        if name == "s":
            pieces.append(" " * min(int(_get(child, "c") or 1), 1000))
        elif name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("\n")
        elif name not in {"annotation", "note"}:
            pieces.extend(_letters(child))
        pieces.append(child.tail or "")
    return pieces
