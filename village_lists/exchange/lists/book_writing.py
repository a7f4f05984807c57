"""A list as one workbook: a sheet for each part, drop-downs, and a note on every header that explains it to a clerk."""

import re
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from village_lists.editions.contents import ListContent
from village_lists.errors import Refusal
from village_lists.exchange.grids import MAXIMUM_CELL_LENGTH
from village_lists.exchange.lists.columns import PLAN, Column, SheetPlan
from village_lists.exchange.lists.rows import Record, Value, rows_of
from village_lists.exchange.lists.tables import FAULTS, reads_as_note
from village_lists.markers import N_

CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no zones; always the same, so that the bytes are
GUIDE = "说明"
SPARE_ROWS = 2_000
"""How far below its last row a sheet still offers drop-downs."""
RISKY = ("=", "+", "-", "@", "\t", "\r")
# How the format itself writes signs that XML cannot hold; two that share a sign would come back as something else.
_ESCAPES = re.compile("_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
GUIDE_LINES = (
    "这本工作簿装着一整份清单：分类、事项、流程图、负面清单。可以在这里改好，再导入。",
    "",
    "怎么改",
    "一行写一样东西。加一样就在下面加一行，去掉一样就删去整行。先后就是行的先后。",
    "表头的字不要改，列可以换先后。每个表头右上角有红色小三角，鼠标放上去会说明这一列怎么填。",
    "表头写着「一行一条」的，在一格里分行写：按 Alt 和回车换行。",
    "有下拉箭头的格子，从里面选；新加的分类、事项、流程，写到对应的表里以后就能选到。",
    "标着「只给人看」的名称列不用填，导入时看的是编号和代码。",
    "",
    "各张表",
    "清单：名称和说明。分类：分类的层次。事项：有哪些事项。事项流程：哪个事项走哪张流程图，按金额分的写明金额档。",
    "流程：有哪些流程图。步骤：每张图有哪些步骤。出口：从哪一步到哪一步；判断的每个出口写明什么情况。",
    "负面清单：不准做什么，挂在哪些事项、步骤、岗位上。依据：事项依据的法条。公示：事项另外要贴的东西。金额档：分流程用的金额。",
    "",
    "导入时",
    "有写错的地方，会一处一处说出在哪张表、哪一格，全部改好以前什么都不会变。",
    "导入的是草稿，要经第二个人看过才会公布。",
)


class NotForWorkbook(Refusal):
    """A text that no cell can hold."""


def write_workbook(content: ListContent) -> bytes:
    """Return a list as .xlsx, the same bytes for the same content; `read_list_workbook` gives the content back.

    Texts are text cells whatever they look like, so nothing is taken for a formula. Raise NotForWorkbook for a
    text that no cell holds.
    """
    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": CREATED, "author": "", "title": content.title[:200]})
    looks = _Looks(book)
    _write_guide(book.add_worksheet(GUIDE), looks)
    for key, rows in rows_of(content).items():
        _write_sheet(book.add_worksheet(PLAN.sheets[key].title), PLAN.sheets[key], rows, looks)
    book.close()
    return stream.getvalue()


class _Looks:
    """How the cells of the workbook look."""

    def __init__(self, book: Workbook) -> None:
        cell = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#c9c5bb"}
        self.head: Format = book.add_format({**cell, "bold": True, "bg_color": "#e6efe9", "valign": "vcenter"})
        self.seen_head: Format = book.add_format({**cell, "bg_color": "#eeeeea", "font_color": "#5c5c58"})
        self.text: Format = book.add_format({**cell, "num_format": "@"})
        # Shown with a mark in front where somebody edits the cell, so that it stays a text then too.
        self.risky: Format = book.add_format({**cell, "num_format": "@", "quote_prefix": True})
        self.seen: Format = book.add_format({**cell, "num_format": "@", "font_color": "#5c5c58"})
        self.days: Format = book.add_format({**cell, "num_format": "0"})
        self.money: Format = book.add_format({**cell, "num_format": "#,##0.00"})
        self.guide: Format = book.add_format({"text_wrap": True, "valign": "top", "font_size": 12})
        self.guide_head: Format = book.add_format({"bold": True, "font_size": 14})


def _write_guide(sheet: Worksheet, looks: _Looks) -> None:
    sheet.set_column(0, 0, 100)
    sheet.hide_gridlines(2)
    for row, line in enumerate(GUIDE_LINES):
        sheet.write_string(row, 0, line, looks.guide_head if line and line[-1] not in "。" else looks.guide)


def _write_sheet(sheet: Worksheet, plan: SheetPlan, rows: list[Record], looks: _Looks) -> None:
    columns = plan.written
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 24)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, looks.text)
        sheet.write_string(0, place, column.header, looks.seen_head if column.is_seen else looks.head)
        sheet.write_comment(0, place, column.note, {"author": "", "x_scale": 1.6, "y_scale": 0.9, "font_size": 10})
        _offer_choices(sheet, place, column, len(rows))
    for number, row in enumerate(rows, 1):
        _refuse_a_note(row)
        for place, column in enumerate(columns):
            _write_cell(sheet, (number, place), row.get(column.role, ""), column, looks)
    last = xl_col_to_name(len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{last}{len(rows) + SPARE_ROWS}"})


def _refuse_a_note(row: Record) -> None:
    """Refuse a row that says nothing but a text which the reader takes for a note under the table."""
    said = [value for value in row.values() if value not in {"", None}]
    alone = said[0] if len(said) == 1 else ""
    if isinstance(alone, str) and reads_as_note(alone):
        words = N_("「%(start)s」单独占一行，会被当成表下面的说明，请导出成 YAML")
        raise NotForWorkbook(words, start=alone[:12])


def _write_cell(sheet: Worksheet, at: tuple[int, int], value: Value, column: Column, looks: _Looks) -> None:
    if isinstance(value, int):
        sheet.write_number(*at, value, looks.days)
    elif isinstance(value, Decimal):
        sheet.write_number(*at, float(value), looks.money)
    elif value:
        if len(value) > MAXIMUM_CELL_LENGTH:
            words = N_("「%(start)s…」太长，放不进表格的一格（最多 %(longest)s 个字），请导出成 YAML")
            raise NotForWorkbook(words, start=value[:12], longest=MAXIMUM_CELL_LENGTH)
        if value in FAULTS:
            raise NotForWorkbook(N_("「%(start)s」会被当成没有算出来的公式，请导出成 YAML"), start=value)
        if _ESCAPES.search(value):
            raise NotForWorkbook(N_("「%(start)s…」里有表格文件自己要用的记号，请导出成 YAML"), start=value[:12])
        risky = looks.risky if value.startswith(RISKY) else looks.text
        sheet.write_string(*at, value, looks.seen if column.is_seen else risky)


def _offer_choices(sheet: Worksheet, place: int, column: Column, rows: int) -> None:
    """Offer the words of a group, or what stands in a column of another sheet; the latter may be typed too."""
    if not column.choices:
        return
    group, _, role = column.choices.partition(".")
    offer: dict[str, object] = {"validate": "list", "error_title": column.title, "error_message": column.note[:250]}
    if role:
        other = PLAN.sheets[group]
        letter = xl_col_to_name([one.role for one in other.written].index(role))
        offer |= {"source": f"='{other.title}'!${letter}$2:${letter}${SPARE_ROWS}", "error_type": "information"}
    else:
        offer |= {"source": list(PLAN.words(group))}
    sheet.data_validation(1, place, rows + SPARE_ROWS, place, offer)
