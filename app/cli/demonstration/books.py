"""Months of accounts as a village of that size really has them (domain.md 4.9): 60 to 110 vouchers a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from app.cli.demonstration.cast import person_name
from publicity.ledgers.parsed import ParsedEntry, ParsedLedger
from village_lists.periods import Period


@dataclass(frozen=True)
class Habit:
    """A kind of line: in which months (none: all), how much in fen from–to, for what, to whom, under which item.

    `account`: the code of its counter account in the chart of 2023, which the demonstration's county uses.
    """

    summary: str
    payee: str
    least: int
    most: int
    item: str = ""
    months: tuple[int, ...] = ()
    is_income: bool = False
    chance: float = 1.0
    account: str = ""


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month's ledger, and for each line (from 1) its item and its account, as the clerk chooses them."""

    parsed: ParsedLedger
    items: Mapping[int, str]
    accounts: Mapping[int, str]


QUARTER, RENT = (3, 6, 9, 12), (1, 4, 7, 10)
COLLECTIVE = (
    Habit("店面租金（东一间）", "清风百货店", 450_000, 450_000, "A12", RENT, is_income=True, account="501"),
    Habit("店面租金（东二间）", "兴农农资店", 450_000, 450_000, "A12", RENT, is_income=True, account="501"),
    Habit(
        "老粮站厂房租金", "松坪竹木加工厂", 1_300_000, 1_300_000, "A12", RENT, is_income=True, chance=0.8, account="501"
    ),
    Habit("溪边机动地承包款", "绿野家庭农场", 2_100_000, 2_100_000, "A12", (3,), is_income=True, account="501"),
    Habit("土地流转服务费", "绿野家庭农场", 120_000, 480_000, "B31", (5, 11), is_income=True, account="501"),
    Habit(
        "上级一事一议财政奖补资金",
        "松坪镇财政所",
        2_000_000,
        9_000_000,
        "A16",
        (4, 9),
        is_income=True,
        chance=0.8,
        account="241",
    ),
    Habit("生态公益林补偿", "松坪镇财政所", 800_000, 2_400_000, "", (6,), is_income=True, account="503"),
    Habit("村级组织运转经费补助", "松坪镇财政所", 2_500_000, 6_000_000, "", (2, 8), is_income=True, account="503"),
    Habit("银行存款利息", "农商银行松坪支行", 3_000, 19_000, "", QUARTER, is_income=True, account="504"),
    Habit(
        "收村民自来水费",
        "{households}户",
        200_000,
        980_000,
        "",
        (1, 4, 7, 10),
        is_income=True,
        chance=0.7,
        account="501",
    ),
    Habit("{previous}月份村办公室电费", "国网松坪供电所", 24_000, 78_000, "A08", account="513"),
    Habit("公厕电费", "国网松坪供电所", 18_000, 36_000, "A08", chance=0.8, account="514"),
    Habit("{previous}月份水费", "松坪自来水厂", 6_000, 21_000, "A08", chance=0.7, account="513"),
    Habit("保洁员工资（{few}人）", "{name}等{few}人", 720_000, 1_200_000, "A10", account="514"),
    Habit("村干部误工补贴", "{name}等5人", 520_000, 960_000, "A10", QUARTER, account="513"),
    Habit("自来水管网抢修", "{name}", 80_000, 540_000, "A03", chance=0.35, account="514"),
    Habit("路灯维修", "亮美电器商行", 30_000, 180_000, "A03", chance=0.4, account="514"),
    Habit("购置办公桌椅", "阳光家具店", 90_000, 360_000, "A02", chance=0.2, account="513"),
    Habit("打印纸、硒鼓", "松坪印务社", 12_000, 68_000, "A02", chance=0.6, account="513"),
    Habit("防汛沙袋", "兴农农资店", 60_000, 190_000, "A02", (6, 7), account="514"),
    Habit("重阳节老人慰问品", "百惠超市", 380_000, 980_000, "A02", (10,), account="514"),
    Habit("困难户临时慰问", "{name}", 30_000, 100_000, "B24", (1, 6, 9, 12), chance=0.9, account="514"),
    Habit("会计委托代理服务费", "松坪镇三资中心", 60_000, 60_000, "A08", QUARTER, account="513"),
    Habit("党报党刊订阅", "松坪邮政所", 180_000, 320_000, "A08", (11,), account="513"),
)
COMMITTEE = (
    Habit("村务运转经费补助", "松坪镇财政所", 600_000, 1_200_000, "", (1, 4, 7, 10), is_income=True, account="503"),
    Habit("村民用章工本费减免补助", "松坪镇财政所", 20_000, 60_000, "B35", (3, 9), is_income=True, account="503"),
    Habit("办公电话费", "松坪电信营业厅", 9_000, 18_000, "A08", account="513"),
    Habit("公告栏维修", "{name}", 20_000, 160_000, "A03", chance=0.25, account="514"),
    Habit("会议用水", "百惠超市", 6_000, 24_000, "A02", chance=0.6, account="513"),
    Habit("网格员补贴（3人）", "{name}等3人", 240_000, 360_000, "A10", QUARTER, account="513"),
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line before it has its row and voucher, with its item and account."""

    entry: ParsedEntry
    item: str
    account: str


def month_of(
    habits: tuple[Habit, ...],
    *,
    period: Period,
    opening_fen: int,
    first_voucher: int,
    body: str,
    chance: Random,
    extra: Sequence[Line] = (),
) -> Month:
    """Return a month that balances, with `extra` lines of its cases; vouchers run on from `first_voucher`."""
    households = chance.randint(120, 480)
    wanted = [habit for habit in habits if _falls(habit, period, chance)]
    days = sorted(chance.randint(1, period.last_day.day) for _ in wanted)
    lines = []
    for habit, day in zip(wanted, days, strict=True):
        few = chance.randint(3, 7)
        words = {
            "previous": period.previous.month,
            "few": few,
            "households": households,
            "name": person_name(chance),
        }
        amount = chance.randint(habit.least, habit.most)
        if habit.most > 100_000:
            amount -= amount % 5_000
        entry = ParsedEntry(
            row=0,
            date=date(period.year, period.month, day),
            voucher="",
            summary=habit.summary.format(**words),
            income_fen=amount if habit.is_income else 0,
            spending_fen=0 if habit.is_income else amount,
            payee=habit.payee.format(**words),
        )
        lines.append(Line(entry=entry, item=habit.item, account=habit.account))
    lines += [line for line in extra if line.entry.date and Period.of(line.entry.date) == period]
    lines.sort(key=lambda line: line.entry.date or period.last_day)
    entries = [
        replace(line.entry, row=5 + number, voucher=f"记-{first_voucher + number:03d}")
        for number, line in enumerate(lines)
    ]
    income = sum(entry.income_fen for entry in entries)
    spending = sum(entry.spending_fen for entry in entries)
    parsed = ParsedLedger(
        sheet=f"{period.month}月",
        body=body,
        period=str(period),
        opening_fen=opening_fen,
        income_fen=income,
        spending_fen=spending,
        closing_fen=opening_fen + income - spending,
        entries=tuple(entries),
    )
    return Month(
        parsed=parsed,
        items={number: line.item for number, line in enumerate(lines, start=1)},
        accounts={number: line.account for number, line in enumerate(lines, start=1)},
    )


def _falls(habit: Habit, period: Period, chance: Random) -> bool:
    return (not habit.months or period.month in habit.months) and chance.random() < habit.chance
