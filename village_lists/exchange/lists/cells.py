"""What a single cell means: days, amounts, words of a choice. What is not understood is told at the cell."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from village_lists.exchange.lists.columns import PLAN
from village_lists.exchange.lists.findings import Findings
from village_lists.exchange.lists.tables import Entry, Line, Table
from village_lists.exchange.lists.wording import lines_of, parts_of, whole_number
from village_lists.flowcharts.graph import DayKind
from village_lists.markers import N_

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
_LIMIT = re.compile(
    r"(?P<number>\d+|[〇零一二两三四五六七八九十]+)个?"
    r"(?P<unit>工作日|日历日|日历天|自然日|日|天)?(?:以内|之内|内)?"
)


def choice_of(entry: Entry, group: str, findings: Findings, *, otherwise: str) -> str:
    """Return the value of a group that a cell's word means; `otherwise` for an empty cell and for a word unknown."""
    if not entry:
        return otherwise
    value = PLAN.value(group, entry.text)
    if not value:
        words = N_("「%(found)s」不认识，可以写：%(allowed)s")
        findings.tell(entry.spot, words, found=entry.text, allowed="、".join(PLAN.words(group)))
    return value or otherwise


def truth_of(entry: Entry, findings: Findings) -> bool:
    """Return what a cell with 是 or 否 says; an empty one says 是: what nobody has confirmed is a sample."""
    return choice_of(entry, "truths", findings, otherwise="yes") == "yes"


def days_of(entry: Entry, findings: Findings) -> int | None:
    """Return the whole days of a cell (5, 5天, 五日), or None for an empty one."""
    days, kind = _limit(entry)
    if entry and (days is None or kind is DayKind.WORKING):
        words = N_("「%(found)s」看不出是几天，请只写天数，例如 7")
        findings.tell(entry.spot, words, found=entry.text)
        return None
    return days


def limit_of(line: Line, findings: Findings) -> tuple[int | None, DayKind]:
    """Return the time limit of a step: a number with its unit beside it, or both in one cell (5个工作日)."""
    entry, beside = line.entry("limit"), line.entry("limit_kind")
    days, kind = _limit(entry)
    if entry and days is None:
        words = N_("时限「%(found)s」看不懂，请写成「5个工作日」或「15日」；没有时限就空着")
        findings.tell(entry.spot, words, found=entry.text)
    stated = choice_of(beside, "day_kinds", findings, otherwise="")
    if stated and kind is not None and DayKind(stated) is not kind:
        words = N_("时限写的是「%(found)s」，旁边的单位写的是「%(unit)s」，对不上")
        findings.tell(entry.spot, words, found=entry.text, unit=beside.text)
    return days, DayKind(stated) if stated else kind or DayKind.CALENDAR


def _limit(entry: Entry) -> tuple[int | None, DayKind | None]:
    """Return days and unit of a text; None for what it does not say."""
    written = re.sub(r"\s", "", unicodedata.normalize("NFKC", entry.text))
    found = _LIMIT.fullmatch(written)
    if not found:
        return None, None
    unit = found["unit"]
    kind = None if not unit else DayKind.WORKING if unit == "工作日" else DayKind.CALENDAR
    return whole_number(found["number"]), kind


def fen_of(entry: Entry, findings: Findings, *, is_wan: bool) -> int:
    """Return an amount in whole fen: a number in the header's unit (`is_wan`: 万元), or with its own (5万元)."""
    written = re.sub(r"[\s,¥]", "", unicodedata.normalize("NFKC", entry.text))
    found = re.fullmatch(r"([-+]?\d+(?:\.\d+)?)(元|万元|万)?(?:以下|以上|\(含\))?", written, re.ASCII)
    figure = str(entry.value) if isinstance(entry.value, float | Decimal) else found[1] if found else ""
    unit = FEN_PER_WAN if (is_wan or (found and found[2] in ("万元", "万"))) else FEN_PER_YUAN
    if found and found[2] == "元":
        unit = FEN_PER_YUAN
    try:
        fen = Decimal(figure) * unit
    except InvalidOperation:
        fen = Decimal("NaN")
    if not fen.is_finite() or fen < 0 or fen != fen.to_integral_value():
        words = N_("金额「%(found)s」看不懂，请写成 50000 或者 5万元，最多到分") if entry else N_("没有写金额")
        findings.tell(entry.spot, words, found=entry.text)
        return 0
    return int(fen)


def listed(line: Line, table: Table, role: str, *, separators: str) -> tuple[str, ...]:
    """Return what a cell lists: by lines where the header says so, else by numbers, lines and separators."""
    text = line.text(role)
    return lines_of(text) if table.has_lines(role) else parts_of(text, separators)
