"""A workbook in: one of ours, or one that somebody made by hand, read into a content with every problem at its cell."""

from collections.abc import Mapping

from village_lists.editions.contents import ListContent, ThresholdContent
from village_lists.exchange.grids import Workbook
from village_lists.exchange.lists.book_categories import Categories
from village_lists.exchange.lists.book_items import read_items
from village_lists.exchange.lists.book_procedures import Procedures
from village_lists.exchange.lists.book_prohibitions import read_prohibitions
from village_lists.exchange.lists.cells import fen_of, truth_of
from village_lists.exchange.lists.findings import Findings, Reading, Spot
from village_lists.exchange.lists.tables import Table, find_tables
from village_lists.markers import N_


def read_list_workbook(workbook: Workbook, *, title: str = "", known_keys: frozenset[str] = frozenset()) -> Reading:
    """Return the list of a workbook (village_lists.exchange.sheets.read_workbook gives the grids).

    Only a sheet of items is needed. `title` names the list where neither the sheet 清单 nor a title above the items
    does; `known_keys` are the amounts that the rule book knows. What is made up (codes, starts and ends of
    procedures) is made up the same way each time, and told as a notice where a person might wonder.
    """
    findings = Findings()
    for words, values in workbook.notices:
        findings.notice("", words, **values)
    tables = find_tables(workbook, findings)
    order = [sheet.name for sheet in workbook.sheets]
    if "items" not in tables:
        return findings.refused(order)
    _stand_sheets(tables, findings)
    return findings.reading(_content(tables, title, findings), known_keys=known_keys, order=order)


def _stand_sheets(tables: Mapping[str, Table], findings: Findings) -> None:
    """Remember the sheets, for faults of something that stands nowhere itself."""
    kinds = {
        "cover": "cover",
        "items": "item",
        "categories": "category",
        "procedures": "procedure",
        "prohibitions": "prohibition",
        "thresholds": "threshold",
    }
    for key, table in tables.items():
        if key in kinds:
            findings.stands(kinds[key], "", "", Spot(sheet=table.sheet))
    findings.stands("cover", "", "", Spot(sheet=tables["items"].sheet))


def _content(tables: Mapping[str, Table], title: str, findings: Findings) -> ListContent:
    thresholds = _thresholds(tables.get("thresholds"), findings)
    categories = Categories(tables, findings)
    plain_items, item_lines = read_items(tables, categories, findings)
    items, procedures = Procedures(tables, plain_items, item_lines, thresholds, findings).read()
    content = ListContent(
        title="",
        categories=categories.all(),
        items=tuple(items),
        procedures=procedures,
        prohibitions=read_prohibitions(tables, items, procedures, findings),
        thresholds=thresholds,
    )
    return _with_cover(content, tables, title, findings)


def _with_cover(content: ListContent, tables: Mapping[str, Table], title: str, findings: Findings) -> ListContent:
    """Put title, note and sample mark on; without a sheet 清单 the title stands above the items."""
    cover = tables.get("cover")
    named, note, is_sample = "", "", True
    if cover is not None and cover.lines:
        line = cover.lines[0]
        named, note, is_sample = line.text("title"), line.text("note"), truth_of(line.entry("is_sample"), findings)
        for part in ("title", "note"):
            findings.stands("cover", "", part, line.entry(part).spot)
        for further in cover.lines[1:]:
            findings.tell(further.spot("title"), N_("一本工作簿只能有一份清单，多出来的这一行请删去"))
    above = tables["items"].title
    if cover is None:
        named = "".join(above.text.split("\n")) if above is not None else title
        if named:
            words = N_("没有「清单」这张表，清单名称就用「%(title)s」；是不是示例没有写，按示例算")
            findings.notice(tables["items"].sheet, words, title=named)
    return ListContent(
        title=named,
        note=note,
        is_sample=is_sample,
        categories=content.categories,
        items=content.items,
        procedures=content.procedures,
        prohibitions=content.prohibitions,
        thresholds=content.thresholds,
    )


def _thresholds(table: Table | None, findings: Findings) -> tuple[ThresholdContent, ...]:
    """Return the amounts; a missing key is made up of the amount, so that the same amount gets the same key."""
    found: list[ThresholdContent] = []
    known: set[str] = set()
    for line in table.lines if table is not None else ():
        is_wan = "万" in (table.headers.get("amount", "") if table is not None else "")
        fen = fen_of(line.entry("amount"), findings, is_wan=is_wan)
        key = line.text("key") or f"amounts.yuan{fen // 100}"
        if key in known:
            about = ("threshold", key, "code")
            findings.tell(line.spot("key"), N_("编号「%(found)s」用了不止一次"), found=key, about=about)
        for part, role in (("", "name"), ("code", "key"), ("key", "key"), ("name", "name"), ("amount", "amount")):
            findings.stands("threshold", key, part, line.spot(role))
        known.add(key)
        found.append(ThresholdContent(key=key, name=line.text("name"), suggested_fen=fen))
    return tuple(found)
