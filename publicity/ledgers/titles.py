"""What titles, sheet names and file names say: month, legal body, village, unit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from publicity.ledgers.wording import plain, with_digits

COLLECTIVE = "collective"
COMMITTEE = "committee"
_BODIES = (
    (COLLECTIVE, re.compile(r"经济合作社|经济联合社|经济合作联社|集体经济组织|经济联合总社|合作社股份")),
    (COMMITTEE, re.compile(r"村委会|村民委员会|居委会|居民委员会|村委(?!员)")),
)
_VILLAGE = re.compile(r"[一-鿿]{1,6}?(?:村|社区)(?!级|务|民(?!委)|里|集体|账|财|组)")
_BEFORE_VILLAGE = re.compile(r".*(?:镇|乡|街道|县|市|区|省)(?=[一-鿿])")
_NO_VILLAGE = re.compile(r"(农|本|全|各|行政|三|我|该|乡|美丽乡|新农|[0-9年月份表位:])村$|单位|编制|填报")
_RANGE = re.compile(r"(?<!\d)(\d{1,2})月(?:(\d{1,2})[日号])?[-—–~～至到](?:(20\d{2})年)?(\d{1,2})月(?:\d{1,2}[日号])?")
_BARE_RANGE = re.compile(r"(?<!\d)\d{1,2}[-—–~～至到、](\d{1,2})月份?")
_FULL_DATE = re.compile(r"(?:20\d{2}年)?\d{1,2}月\d{1,2}[日号]|20\d{2}([-./])\d{1,2}\1\d{1,2}(?!\d)")
# A figure with its currency or unit, or behind the colon of what it sums up, names no month: 202508元, 支出合计:202508.
_AMOUNT = re.compile(
    r"(?:¥|人民币)\d[\d,.]*|(?<![\d,.])\d[\d,.]*(?:[百千]?元|万)"
    r"|(?<=收入|支出|合计|总计|共计|小计|累计|结转|结存|金额)[:为是]+\d[\d,.]*(?![\d,.年月/-])"
)
# Year and month are a whole token, not a piece of a longer number: neither 201508.54 nor 69.20355 is a month; written
# together the month has two digits, so 20008 is only a number.
_MONTH_OF_YEAR = re.compile(
    r"(?<!\d)(?<!\d[,.])(20\d{2})(?=0|1[0-2]|\D)年?度?(?:[-./年_])?(0?[1-9]|1[0-2])(?:月份?|(?!\d|[,.]\d))"
    r"|(?<!\d)(20\d{2})年度?(0?[1-9]|1[0-2])月"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2})年")
_MONTH = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])月")
_OTHER_DATE = re.compile(r"^(公示|公布|公开|编制|填报|制表|打印|填表|上报|报送|审核|张贴)(日期|时间|期|起止)")
_UNIT = re.compile(r"(?:单位|金额)[:(]?(?:人民币)?(百元|千元|万元|元)|\((?:人民币)?(百元|千元|万元|元)\)")


@dataclass
class Told:
    """Years and months that some texts name; `where` is the cell of the first month."""

    years: set[int] = field(default_factory=set)
    months: set[int] = field(default_factory=set)
    where: str = ""

    def take(self, text: str, cell: str = "") -> None:
        """Add what a text says. A full date is a day of posting or of making, not the month told of."""
        written = with_digits(plain(text))
        if _OTHER_DATE.search(written):
            return
        before = len(self.months)
        written = self._take_ranges(_AMOUNT.sub(" ", written))
        written = _FULL_DATE.sub(" ", written)
        for found in _MONTH_OF_YEAR.finditer(written):
            self.years.add(int(found[1] or found[3]))
            self.months.add(int(found[2] or found[4]))
        self.years.update(int(year) for year in _YEAR.findall(written))
        self.months.update(int(month) for month in _MONTH.findall(_MONTH_OF_YEAR.sub(" ", written)))
        if len(self.months) > before and not self.where:
            self.where = cell

    def _take_ranges(self, written: str) -> str:
        """Take a range of days inside one month as that month; a range of months names none."""
        for found in _RANGE.finditer(written):
            if found[2] and found[1] == found[4]:
                self.months.add(int(found[1]))
        self.years.update(int(year) for year in _YEAR.findall(written))
        return _BARE_RANGE.sub(" ", _RANGE.sub(" ", written))


def told_by_sheet_name(name: str) -> Told:
    """Return what the name of a sheet says; a bare 9 or 09 is a month too."""
    told = Told()
    written = plain(name)
    told.take(name)
    if re.fullmatch(r"0?[1-9]|1[0-2]", written):
        told.months.add(int(written))
    return told


def body_in(texts: Iterable[str]) -> str | None:
    """Return committee or collective if exactly one of them is named, else None."""
    found = {body for text in texts for body, pattern in _BODIES if pattern.search(plain(text))}
    return found.pop() if len(found) == 1 else None


def village_in(text: str) -> str:
    """Return the village that a text names, without town and county; empty if it names none."""
    written = plain(text)
    for found in _VILLAGE.finditer(written):
        name = _BEFORE_VILLAGE.sub("", found[0])
        name = re.sub(r"^.*?[:：\d年月份]", "", name)
        if len(name) >= 2 and not _NO_VILLAGE.search(name):
            return name
    return ""


def units_in(text: str) -> set[str]:
    """Return the units of money that a text states: 单位:元, 金额(万元)."""
    return {one or other for one, other in _UNIT.findall(plain(text))}
