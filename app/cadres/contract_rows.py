"""A row of a workbook of contracts as the contract that it means; what does not go together is told at its cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.cadres.register_forms import EVERY
from publicity.holdings.papers import ContractPaper
from publicity.holdings.schedules import MONTHS_IN_YEAR, MOST_INSTALMENTS, Instalment, Terms, instalments, months_after
from publicity.postings.cells import Cell, CellUnreadable
from publicity.postings.dates import read_day
from publicity.postings.figures import read_money
from village_lists.amounts import yuan
from village_lists.errors import Refusal
from village_lists.markers import N_

DAY = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*[日号]?")
WAYS = {
    0: "一次 一次性 一次付清 一次性付清 一次付 一次付款 一次性付款 一次性支付 一次缴清 一次性缴清",
    1: "月 月付 每月 一月一付 逐月",
    3: "季 季付 季度 按季度 每季 每季度 一季一付",
    6: "半年 半年付 每半年 半年一付",
    12: "年 年付 每年 按年度 年度 一年一付 逐年 一年一次 每年一次 先交后用",
}
BOTH = 2
LONGEST_TERM = 100


class RowUnclear(Refusal):
    """What a row says does not go together; `key` is the column at which it is told."""

    def __init__(self, key: str, words: str, **values: object) -> None:
        """Keep the column with the words."""
        super().__init__(words, **values)
        self.key = key


@dataclass(frozen=True, kw_only=True)
class ContractRow:
    """What a row means; `has_schedule`: the row says what is paid when. `about` is what the contract is about."""

    paper: ContractPaper
    about: str
    has_schedule: bool


def contract_of(cells: Mapping[str, Cell]) -> ContractRow:
    """Return the contract that a row means; raise RowUnclear."""
    about, party = _text(cells, "about"), _text(cells, "party")
    title = _text(cells, "title") or (about if about.endswith("合同") else f"{about}合同" if about else "")
    if not title:
        raise RowUnclear("party", N_("请写合同名称，或者写标的"))
    starts_on, ends_on = _term(cells)
    if starts_on and ends_on and ends_on < starts_on:
        raise RowUnclear("ends_on", N_("结束日期早于开始日期，请核对"))
    signed_on = _day(cells.get("signed_on"))
    made, terms = _schedule(cells, starts_on=starts_on, ends_on=ends_on, signed_on=signed_on)
    total = _fen(cells, "total")
    if total is not None and _fen(cells, "yearly") is not None and sum(one.amount_fen for one in made) != total:
        raise RowUnclear(
            "total",
            N_("各期加起来是 %(sum)s 元，一共 %(count)s 期，和总价 %(total)s 元对不上，请核对"),
            sum=yuan(sum(one.amount_fen for one in made)),
            count=len(made),
            total=yuan(total),
        )
    paper = ContractPaper(
        title=title,
        party=party,
        paper_code=_text(cells, "paper_code"),
        method=_text(cells, "method"),
        total_fen=total,
        instalments=() if terms else made,
        terms=terms,
        paid_before_fen=_fen(cells, "paid") or 0,
        starts_on=starts_on,
        ends_on=ends_on,
        signed_on=signed_on,
    )
    return ContractRow(paper=paper, about=about, has_schedule=bool(made))


def _term(cells: Mapping[str, Cell]) -> tuple[date | None, date | None]:
    """Return the first and the last day: of their own columns, or both out of the one that says 起止."""
    starts_on, ends_on, term = _day(cells.get("starts_on")), _day(cells.get("ends_on")), _text(cells, "term")
    if not term:
        return starts_on, ends_on
    found = DAY.findall(term[:LONGEST_TERM])
    if len(found) != BOTH:
        raise RowUnclear("term", N_("「%(text)s」里读不出起和止两个日期，请写成 2024-01-01 至 2028-12-31"), text=term)
    try:
        first, last = (_day(read_day(one.replace(" ", ""), span=None)) for one in found)
    except CellUnreadable as error:
        raise RowUnclear("term", error.words, **error.values) from error
    return starts_on or first, ends_on or last


def _schedule(
    cells: Mapping[str, Cell], *, starts_on: date | None, ends_on: date | None, signed_on: date | None
) -> tuple[tuple[Instalment, ...], Terms | None]:
    """Return what is paid when, and the terms where it was made from a sum that comes again."""
    if text := _text(cells, "schedule"):
        return _written_out(text), None
    yearly, total, each = (_fen(cells, key) for key in ("yearly", "total", "each"))
    if yearly is None and total is None and each is None:
        return (), None
    first = _day(cells.get("first_due")) or starts_on or signed_on
    if first is None:
        raise RowUnclear("party", N_("没有写开始日期，不知道从哪一天起付"))
    months = _months(cells, yearly=yearly, each=each)
    if each is not None:
        terms = _terms(cells, each, months, first, ends_on)
        return instalments(terms), terms
    if months == 0 and (total is not None or yearly is None):
        return (Instalment(due_on=first, amount_fen=total or 0),), None
    count, is_whole = _count(cells, starts_on or first, ends_on, months or MONTHS_IN_YEAR)
    if yearly is None:
        return _shared(total or 0, count, first, months), None
    if months == 0:
        return (Instalment(due_on=first, amount_fen=yearly * count),), None
    return _by_year(yearly, count, first, months, total=total, is_whole=is_whole), None


def _months(cells: Mapping[str, Cell], *, yearly: int | None, each: int | None) -> int:
    """Return how many months lie between two instalments; a rent by the year is paid by the year where nothing says."""
    way = "".join(_text(cells, "way").split())
    if not way:
        if each is not None and cells.get("count") != 1:
            raise RowUnclear("each", N_("写了每期金额，也请写付款方式"))
        return MONTHS_IN_YEAR if yearly is not None else 0
    bare = way.removeprefix("按").removesuffix("支付").removesuffix("缴纳").removesuffix("交纳")
    for months, words in WAYS.items():
        if way == EVERY[months] or way in words.split() or bare in words.split():
            return months
    raise RowUnclear(
        "way",
        N_("「%(found)s」不在可选的内容里，请填写其中一个：%(choices)s。"),
        found=way,
        choices="、".join(EVERY.values()),
    )


def _terms(cells: Mapping[str, Cell], each: int, months: int, first: date, ends_on: date | None) -> Terms:
    rise, count = Decimal(str(cells.get("rise") or 0)) * 10, cells.get("count")
    if rise != rise.to_integral_value():
        raise RowUnclear("rise", N_("每年递增最多写一位小数"))
    if months and count is None and ends_on is None:
        raise RowUnclear("each", N_("没有写期数，也没有写结束日期，不知道付到什么时候"))
    until = None if months == 0 or count is not None else ends_on
    return Terms(
        every_months=months,
        amount_fen=each,
        first_due=first,
        count=int(count) if count is not None and months else None,
        until=until,
        rise_permille=int(rise),
    )


def _count(cells: Mapping[str, Cell], starts_on: date, ends_on: date | None, months: int) -> tuple[int, bool]:
    """Return how many instalments there are, and whether the term holds them without a rest.

    The last day of a term is written as 12-31 by some and as 01-01 of the year after by others: both are whole.
    """
    known = cells.get("count")
    if isinstance(known, int) and known > 0:
        return known, True
    if ends_on is None:
        raise RowUnclear("party", N_("没有写结束日期，算不出一共几期"))
    count = 0
    while months_after(starts_on, count * months) < ends_on and count <= MOST_INSTALMENTS:
        count += 1
    after = months_after(starts_on, count * months)
    return max(count, 1), after == ends_on or (after - ends_on).days == 1


def _by_year(
    yearly: int, count: int, first: date, months: int, *, total: int | None, is_whole: bool
) -> tuple[Instalment, ...]:
    """Return the rent of each year in equal parts, what does not go up with the last of the year."""
    parts = MONTHS_IN_YEAR // months
    base = yearly // parts
    sums = [yearly - base * (parts - 1) if (place + 1) % parts == 0 else base for place in range(count)]
    if not is_whole:
        rest = (total or 0) - sum(sums[:-1])
        if total is None or not 0 < rest <= yearly:
            raise RowUnclear(
                "yearly", N_("起止不是整期，只写年租金算不出最后一期，请写上总价，或者在付款安排里一期一期写")
            )
        sums[-1] = rest
    return _dated(sums, first, months)


def _shared(total: int, count: int, first: date, months: int) -> tuple[Instalment, ...]:
    base = total // count
    return _dated([base] * (count - 1) + [total - base * (count - 1)], first, months)


def _dated(sums: list[int], first: date, months: int) -> tuple[Instalment, ...]:
    return tuple(
        Instalment(due_on=months_after(first, place * months), amount_fen=fen) for place, fen in enumerate(sums)
    )


def _written_out(text: str) -> tuple[Instalment, ...]:
    """Return instalments that are written out: 2024-01-15 9000.00 第一期；2024-07-15 8000."""
    found = []
    for part in re.split(r"[;；\n]+", text):
        if not part.strip():
            continue
        day, _blank, rest = part.strip().partition(" ")
        amount, _blank, words = rest.strip().partition(" ")
        try:
            due_on, fen = _day(read_day(day, span=None)), read_money(amount, unit="元")
        except CellUnreadable as error:
            raise RowUnclear("schedule", error.words, **error.values) from error
        if due_on is None or fen is None:
            raise RowUnclear("schedule", N_("「%(text)s」读不懂，请写成 2024-01-15 9000.00"), text=part.strip())
        found.append(Instalment(due_on=due_on, amount_fen=fen, words=words.strip()))
    return tuple(found)


def _text(cells: Mapping[str, Cell], key: str) -> str:
    return str(cells.get(key) or "").strip()


def _fen(cells: Mapping[str, Cell], key: str) -> int | None:
    value = cells.get(key)
    return value if isinstance(value, int) else None


def _day(value: Cell) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None
