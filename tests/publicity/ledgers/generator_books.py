"""True ledgers for the generated workbooks: what a clerk wants to say, before any layout.

Shares nothing with the reader. All money is whole fen; everything is drawn from the given Random.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from random import Random

INCOMES = (
    "店面租金(三季度)",
    "上级一事一议财政奖补资金",
    "后山山塘承包款",
    "收土地流转服务费",
    "收村民自来水费",
    "收生态公益林补偿",
    "收银行存款利息",
    "村级组织运转经费补助",
    "收机动地承包款",
    "摊位费",
    "废旧物资处置款",
    "收上年结余资金利息",
)
SPENDINGS = (
    "8月份村办公室电费",
    "保洁员工资(6人)",
    "后山机耕路维修工程第二期款",
    "会议桌椅",
    "公厕电费",
    "困难户陈小妹临时慰问",
    "付防汛沙袋",
    "付自来水管网抢修",
    "付文化礼堂电费",
    "教师节慰问品",
    "村干部误工补贴",
    "支付村道路灯维修",
    "宣传横幅",
    "支付会计委托代理服务费",
    "付上半年累计电费差额",
    "合计三户困难补助",
)
PAYERS = ("绿源农业合作社", "松坪镇财政所", "农商银行松坪支行", "绿野家庭农场", "326户", "镇财政", "")
PAYEES = (
    "国网松坪供电所",
    "张阿德等6人",
    "松坪市政工程有限公司",
    "阳光家具店",
    "陈小妹",
    "兴农农资店",
    "徐根木",
    "百惠超市",
    "",
)
VOUCHER_STYLES = ("支-041", "记字第41号", "41#", "支08-1", "记-41")


@dataclass(eq=False)
class Entry:
    """One payment or receipt; compared by identity so that mistakes can name it."""

    day: date
    summary: str
    income_fen: int
    spending_fen: int
    payee: str
    series: str = ""
    number: int = 0
    voucher: str = ""


@dataclass(eq=False)
class Book:
    """One month: opening, entries in the order of their vouchers; closing follows."""

    year: int
    month: int
    opening_fen: int
    entries: list[Entry] = field(default_factory=list)

    @property
    def period(self) -> str:
        """The month as yyyy-mm."""
        return f"{self.year}-{self.month:02d}"

    @property
    def income_fen(self) -> int:
        """Sum of the income."""
        return sum(entry.income_fen for entry in self.entries)

    @property
    def spending_fen(self) -> int:
        """Sum of the spending, reversals counted negative."""
        return sum(entry.spending_fen for entry in self.entries)

    @property
    def closing_fen(self) -> int:
        """What is left at the end of the month."""
        return self.opening_fen + self.income_fen - self.spending_fen


def draw_books(rng: Random, months: int, *, reversals: bool, two_series: bool, style: str, restart: bool) -> list[Book]:
    """Draw consecutive months whose openings carry over and whose vouchers run without gaps.

    reversals: whether negative spending may occur (a signed column could not show it);
    two_series: receipts and payments numbered apart; restart: numbers begin at 1 each month.
    """
    year, month = rng.choice((2024, 2025, 2026)), rng.randint(1, 12)
    books: list[Book] = []
    for _ in range(months):
        book = Book(year, month, 0)
        book.entries = _draw_entries(rng, year, month, reversals=reversals)
        books.append(book)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    # Large enough that no month ends below zero.
    books[0].opening_fen = sum(b.spending_fen for b in books) + rng.randint(1, 50_000_000)
    for before, after in pairwise(books):
        after.opening_fen = before.closing_fen
    first = 1 if rng.random() < 0.3 else rng.randint(2, 60)
    _number(books, first=first, two_series=two_series, style=style, restart=restart)
    return books


def _draw_entries(rng: Random, year: int, month: int, *, reversals: bool) -> list[Entry]:
    """At least one receipt and two payments, by date."""
    last = monthrange(year, month)[1]
    entries: list[Entry] = []
    for _ in range(rng.randint(1, 5)):
        entries.append(
            Entry(date(year, month, rng.randint(1, last)), rng.choice(INCOMES), _amount(rng), 0, rng.choice(PAYERS))
        )
    for _ in range(rng.randint(2, 9)):
        entries.append(
            Entry(date(year, month, rng.randint(1, last)), rng.choice(SPENDINGS), 0, _amount(rng), rng.choice(PAYEES))
        )
    if reversals and rng.random() < 0.5:
        wrong = rng.choice([e for e in entries if e.spending_fen > 1000])
        day = date(year, month, rng.randint(wrong.day.day, last))
        entries.append(
            Entry(day, "冲销" + wrong.summary + "多付款", 0, -rng.randint(1, wrong.spending_fen // 2), wrong.payee)
        )
    return sorted(entries, key=lambda e: e.day)


def _amount(rng: Random) -> int:
    """An amount in fen as villages have them: from electricity of 24.60 to works of some 100,000."""
    kind = rng.random()
    if kind < 0.3:
        return rng.randint(1, 900) * 10_000
    if kind < 0.6:
        return rng.randint(20, 20_000) * 100
    return rng.randint(1_100, 15_000_000)


def _number(books: list[Book], *, first: int, two_series: bool, style: str, restart: bool) -> None:
    """Give running numbers."""
    counters: dict[str, int] = {}
    for book in books:
        if restart:
            counters = {}
        for entry in book.entries:
            entry.series = ("收" if entry.income_fen else "支") if two_series else "记"
            counters[entry.series] = counters.get(entry.series, (1 if restart else first) - 1) + 1
            entry.number = counters[entry.series]
    write_vouchers(books, style)


def write_vouchers(books: list[Book], style: str) -> None:
    """Write each entry's voucher text from its series and number (again after a number was changed)."""
    for book in books:
        for entry in book.entries:
            number, series = entry.number, entry.series
            entry.voucher = {
                "支-041": f"{series}-{number:03d}",
                "记字第41号": f"{series}字第{number}号",
                "41#": f"{number}#" if series == "记" else f"{series}{number}#",
                "支08-1": f"{series}{book.month:02d}-{number}",
                "记-41": f"{series}-{number}",
            }[style]


def capitals(fen: int) -> str:
    """Whole fen as the capital characters of Chinese invoices, e.g. 1412060 -> 壹万肆仟壹佰贰拾元陆角整."""
    digits = "零壹贰叁肆伍陆柒捌玖"
    yuan, rest = divmod(abs(fen), 100)
    words = ""
    groups: list[int] = []
    while yuan:
        yuan, group = divmod(yuan, 10_000)
        groups.append(group)
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            continue
        text, gap = "", False
        for unit, divisor in (("仟", 1000), ("佰", 100), ("拾", 10), ("", 1)):
            digit = group // divisor % 10
            if digit:
                text += ("零" if gap and text else "") + digits[digit] + unit
                gap = False
            else:
                gap = True
        skipped = place + 1 < len(groups) and (group < 1000 or groups[place + 1] % 10 == 0)
        words += ("零" if words and skipped else "") + text + ("", "万", "亿")[place]
    words = (words or "零") + "元"
    jiao, single = divmod(rest, 10)
    if not rest:
        words += "整"
    else:
        words += (digits[jiao] + "角") if jiao else "零"
        words += (digits[single] + "分") if single else "整"
    return ("负" if fen < 0 else "") + words
