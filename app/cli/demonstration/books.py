"""Months of accounts as a village of that size really has them (domain.md 4.9): 60 to 110 vouchers a year."""

from dataclasses import dataclass
from datetime import date
from random import Random

from app.cli.demonstration.cast import person_name
from publicity.ledgers.parsed import ParsedEntry, ParsedLedger
from village_lists.periods import Period


@dataclass(frozen=True)
class Habit:
    """A kind of line: in which months (none: all), how much in fen from–to, for what, to whom, under which item."""

    summary: str
    payee: str
    least: int
    most: int
    item: str = ""
    months: tuple[int, ...] = ()
    is_income: bool = False
    chance: float = 1.0


QUARTER = (3, 6, 9, 12)
COLLECTIVE = (
    Habit("店面租金", "清风百货店", 450_000, 900_000, "A12", (1, 4, 7, 10), is_income=True),
    Habit("山塘承包款", "{name}", 300_000, 900_000, "A12", (3, 9), is_income=True),
    Habit("土地流转服务费", "绿野家庭农场", 120_000, 480_000, "B31", (5, 11), is_income=True),
    Habit("上级一事一议财政奖补资金", "松坪镇财政所", 2_000_000, 9_000_000, "A16", (4, 9), is_income=True, chance=0.8),
    Habit("生态公益林补偿", "松坪镇财政所", 800_000, 2_400_000, "", (6,), is_income=True),
    Habit("村级组织运转经费补助", "松坪镇财政所", 2_500_000, 6_000_000, "", (2, 8), is_income=True),
    Habit("银行存款利息", "农商银行松坪支行", 3_000, 19_000, "", QUARTER, is_income=True),
    Habit("收村民自来水费", "{households}户", 200_000, 980_000, "", (1, 4, 7, 10), is_income=True, chance=0.7),
    Habit("{previous}月份村办公室电费", "国网松坪供电所", 24_000, 78_000, "A08"),
    Habit("公厕电费", "国网松坪供电所", 18_000, 36_000, "A08", chance=0.8),
    Habit("{previous}月份水费", "松坪自来水厂", 6_000, 21_000, "A08", chance=0.7),
    Habit("保洁员工资（{few}人）", "{name}等{few}人", 720_000, 1_200_000, "A10"),
    Habit("村干部误工补贴", "{name}等5人", 520_000, 960_000, "A10", QUARTER),
    Habit("机耕路维修工程进度款", "松坪市政工程有限公司", 1_200_000, 6_800_000, "A04", (5, 9, 12), chance=0.7),
    Habit("自来水管网抢修", "{name}", 80_000, 540_000, "A03", chance=0.35),
    Habit("路灯维修", "亮美电器商行", 30_000, 180_000, "A03", chance=0.4),
    Habit("购置办公桌椅", "阳光家具店", 90_000, 360_000, "A02", chance=0.2),
    Habit("打印纸、硒鼓", "松坪印务社", 12_000, 68_000, "A02", chance=0.6),
    Habit("防汛沙袋", "兴农农资店", 60_000, 190_000, "A02", (6, 7)),
    Habit("重阳节老人慰问品", "百惠超市", 380_000, 980_000, "A02", (10,)),
    Habit("困难户临时慰问", "{name}", 30_000, 100_000, "B24", (1, 6, 9, 12), chance=0.9),
    Habit("会计委托代理服务费", "松坪镇三资中心", 60_000, 60_000, "A08", QUARTER),
    Habit("党报党刊订阅", "松坪邮政所", 180_000, 320_000, "A08", (11,)),
)
COMMITTEE = (
    Habit("村务运转经费补助", "松坪镇财政所", 600_000, 1_200_000, "", (1, 4, 7, 10), is_income=True),
    Habit("村民用章工本费减免补助", "松坪镇财政所", 20_000, 60_000, "B35", (3, 9), is_income=True),
    Habit("办公电话费", "松坪电信营业厅", 9_000, 18_000, "A08"),
    Habit("公告栏维修", "{name}", 20_000, 160_000, "A03", chance=0.25),
    Habit("会议用水", "百惠超市", 6_000, 24_000, "A02", chance=0.6),
    Habit("网格员补贴（3人）", "{name}等3人", 240_000, 360_000, "A10", QUARTER),
)


def month_of(
    habits: tuple[Habit, ...], *, period: Period, opening_fen: int, first_voucher: int, body: str, chance: Random
) -> ParsedLedger:
    """Return a month's ledger that balances; vouchers run on from `first_voucher` (收- and 支- together)."""
    households = chance.randint(120, 480)
    wanted = [habit for habit in habits if _falls(habit, period, chance)]
    days = sorted(chance.randint(1, period.last_day.day) for _ in wanted)
    entries = []
    for number, (habit, day) in enumerate(zip(wanted, days, strict=True)):
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
        entries.append(
            ParsedEntry(
                row=5 + number,
                date=date(period.year, period.month, day),
                voucher=f"记-{first_voucher + number:03d}",
                summary=habit.summary.format(**words),
                income_fen=amount if habit.is_income else 0,
                spending_fen=0 if habit.is_income else amount,
                payee=habit.payee.format(**words),
                note=habit.item,
            )
        )
    income = sum(entry.income_fen for entry in entries)
    spending = sum(entry.spending_fen for entry in entries)
    return ParsedLedger(
        sheet=f"{period.month}月",
        body=body,
        period=str(period),
        opening_fen=opening_fen,
        income_fen=income,
        spending_fen=spending,
        closing_fen=opening_fen + income - spending,
        entries=tuple(entries),
    )


def _falls(habit: Habit, period: Period, chance: Random) -> bool:
    return (not habit.months or period.month in habit.months) and chance.random() < habit.chance
