"""Rows that are not lines: opening, closing, totals, capitals, sections, notes — known by their words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from publicity.ledgers.wording import plain, with_digits, without_brackets

_ENUMERATION = re.compile(r"^(?:[(]?[一二三四五六七八九十\d]{1,2}[)、.](?!\d)|[*※])")
_MONTH_BEFORE = re.compile(r"^(?:截至|截止|至|到)?(?:20\d{2}年)?(\d{1,2})月(?:份|(\d{1,2})[日号]止?)?(末|底|初)?")
_YEAR_BEFORE = re.compile(r"^(?:20\d{2}年度?)")
_CAPITALS = re.compile(r"大写")
_SINCE_JANUARY = re.compile(r"^1?月?[-—~至到]\d{1,2}月(?:份)?(?:累计|合计)")
_VALUE_AFTER = re.compile(r"^(\D{2,16}?)(?:[:为是]|人民币|¥)*([(\-¥]?\d[\d,]*(?:\.\d+)?\)?(?:万元|元|万)?)[。;,]?$")
_NOTE = re.compile(
    r"^(?:注|备注|说明|附注|附|制表|编制|填表|填报|审核|复核|出纳|会计|主管|负责|记账|报账|村主任|主任|书记|村书记|社长|理事长|"
    r"监事长|监委会|村务监督|监督|公示|公开|公布|经办|财务|单位负责|盖章|签字|签章|签名|民主理财|理财|联系|电话|"
    r"举报|日期|时间|村民代表|第\d+页|共\d+页|单位|金额单位|计量单位|打印)"
    r"[^:]{0,14}[:]"
)
_NOTE_ALONE = re.compile(
    r"^(?:(?:金额|计量)?单位[(:]?(?:人民币)?[百千万]?元\)?|第\d+页.*|共\d+页.*|\(?公章\)?|\(?盖章\)?|"
    r"\(?接上页\)?|以下空白|\d+/\d+页)$"
)


@dataclass(frozen=True)
class Label:
    """The kind of a row as `rows` of the synonyms names it, and a value written into the same cell, if any."""

    kind: str
    value: str = ""
    direction: str = ""


def label_of(text: str, rows: Mapping[str, str], month: int | None) -> Label | None:
    """Return what a cell labels its row as, None for an ordinary text; `month` is the ledger's: it places 8月结余."""
    written = with_digits(plain(text)).rstrip(":").strip("。*-—=")
    if not written or len(written) > 60:
        return None
    if _CAPITALS.search(written):
        return _capitals(written)
    if kind := _kind_of(written, rows, month):
        return _directed(kind, written)
    found = _VALUE_AFTER.match(written)
    if found and (kind := _kind_of(found[1].rstrip(":"), rows, month)):
        return _directed(kind, found[1], found[2])
    return None


def section_of(text: str, rows: Mapping[str, str]) -> str:
    """Return income or spending if a text heads such a part of the sheet, else an empty text."""
    written = _ENUMERATION.sub("", plain(text)).rstrip(":")
    written = _YEAR_BEFORE.sub("", re.sub(r"^(?:20\d{2}年)?\d{1,2}月份?", "", with_digits(written)))
    if written in {"收入", "支出"}:
        return "income" if written == "收入" else "spending"
    if re.fullmatch(
        r"(?:本月|当月|村级|财务|资金)?(收入|支出)(?:部分|明细|明细表|情况|类|项目|项|栏)?", without_brackets(written)
    ):
        return "income" if "收入" in written else "spending"
    return {"income_section": "income", "spending_section": "spending"}.get(rows.get(written, ""), "")


def is_note(text: str) -> bool:
    """Tell whether a cell is a remark or a place for a signature: 制表:…, 说明:…, 单位:元, 第1页."""
    written = plain(text)
    return bool(_NOTE.match(written) or _NOTE_ALONE.match(written))


def _capitals(written: str) -> Label:
    """Return the label of a total in capitals; what follows the word may be the amount itself."""
    direction = "income" if "收入" in written else "spending" if "支出" in written else ""
    tail = re.split(r"大写\)?[:为]?", written, maxsplit=1)[1]
    return Label("capitals", tail if re.search(r"[零壹贰叁肆伍陆柒捌玖一二三四五六七八九拾]", tail) else "", direction)


def _directed(kind: str, written: str, value: str = "") -> Label:
    if kind.endswith("_section"):
        return Label("section", value, kind.removesuffix("_section"))
    direction = ""
    if kind not in {"opening", "opening_year", "closing"}:
        direction = "income" if "收入" in written else "spending" if "支出" in written or "开支" in written else ""
    return Label({"total_income": "total", "total_spending": "total"}.get(kind, kind), value, direction)


def _kind_of(written: str, rows: Mapping[str, str], month: int | None) -> str:
    """Return the kind of a label as it stands, without its number, its brackets, or with its month made relative."""
    if _SINCE_JANUARY.match(written):
        return "cumulative"
    numberless = _ENUMERATION.sub("", written)
    for candidate in (written, numberless, without_brackets(numberless), _YEAR_BEFORE.sub("", numberless)):
        kind = rows.get(candidate, "")
        if kind and not kind.endswith("_section"):
            return kind
    return _of_month(without_brackets(numberless), rows, month)


def _of_month(written: str, rows: Mapping[str, str], month: int | None) -> str:
    found = _MONTH_BEFORE.match(written)
    if found is None:
        return ""
    named, day, edge = int(found[1]), found[2], found[3] or ""
    rest = written[found.end() :]
    before = month is not None and named == (month - 2) % 12 + 1
    if not before and month is not None and named != month:
        return ""
    if before:
        kind = rows.get("上月" + edge + rest) or rows.get("上月" + rest, "")
        return kind if kind == "opening" else ""
    if edge == "初" or day == "1":
        return rows.get("月初" + rest, "")
    for candidate in ("本月" + edge + rest, "本月" + rest, "月" + edge + rest):
        kind = rows.get(candidate, "")
        if kind and not kind.endswith("_section"):
            return kind
    return ""
