"""Sheets of invented villages, and the page that a sheet becomes: what the tests of paper share."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import jinja2

from publicity.bulletins.compose import EntryLine, FinanceSheet, NamedMatter, Signer
from publicity.bulletins.posters import PowerPoster
from publicity.codes.shortcode import new_code, spoken

ROOT = Path(__file__).resolve().parents[3]
STATIC = ROOT / "static"

_PAYEES = (
    "上石供电营业所",
    "松坪市政工程有限公司",
    "阳光家具店",
    "张阿德等6人",
    "陈小妹",
    "松坪镇农资服务部",
    "周阿根",
)
_SUMMARIES = (
    "8月份村办公室电费",
    "保洁员工资（6人）",
    "后山机耕路维修工程第二期款",
    "会议桌椅",
    "公厕电费",
    "困难户临时慰问",
)
_ITEMS = ("误工补贴与报酬发放", "小型工程", "物资、服务采购", "临时救助", "")


def line(day: int, voucher: str, summary: str, payee: str, amount_fen: int, item: str = "") -> EntryLine:
    """Return one line of September 2026."""
    return EntryLine(
        day=date(2026, 9, day), voucher=voucher, summary=summary, payee=payee, amount_fen=amount_fen, item=item
    )


INCOME = (
    line(2, "收-018", "店面租金（三季度）", "清风百货店", 450_000),
    line(11, "收-019", "上级一事一议财政奖补资金", "松坪镇财政所", 6_000_000),
    line(26, "收-020", "后山山塘承包款", "周阿根", 600_000),
)
SPENDING = (
    line(3, "支-041", "8月份村办公室电费", "上石供电营业所", 41_260),
    line(5, "支-042", "保洁员工资（6人）", "张阿德等6人", 1_080_000, "误工补贴与报酬发放"),
    line(12, "支-043", "后山机耕路维修工程第二期款", "松坪市政工程有限公司", 4_650_000, "小型工程，第4步"),
    line(18, "支-044", "会议桌椅", "阳光家具店", 326_000, "物资、服务采购"),
    line(20, "支-045", "公厕电费", "上石供电营业所", 33_030),
    line(28, "支-046", "困难户临时慰问", "陈小妹", 50_000, "临时救助"),
)


POSTER = PowerPoster(
    place="松坪镇上石村",
    title="小型工程项目管理",
    item_code="A04",
    body="村民委员会",
    sentence="村里花钱修路、修渠、修房子这类小工程，从提出到付款怎么办。",
    prohibitions=(
        "不得把一个工程拆成几个小工程，绕过招标。",
        "不得让村干部及其近亲属承包本村工程。",
        "不得未经验收就付尾款。",
        "不得口头变更合同内容或者增加工程款。",
    ),
    bases=("示例，待当地确认",),
    hotline="0000-1234567（镇监察办）",
    code="K73MPAQ",
    url="https://mingbai.example.cn/q/K73MPAQ",
    list_version="清单第 1 版，2026年3月12日村民代表会议通过（样本）",
)


def many(count: int, seed: int = 1) -> tuple[EntryLine, ...]:
    """Return `count` spending lines, the same for the same seed."""
    random = Random(seed)
    return tuple(
        EntryLine(
            day=date(2026, 9, 1) + timedelta(days=number * 30 // max(count, 1)),
            voucher=f"支-{number + 41:03}",
            summary=random.choice(_SUMMARIES),
            payee=random.choice(_PAYEES),
            amount_fen=random.randrange(1_000, 3_000_000),
            item=random.choice(_ITEMS),
        )
        for number in range(count)
    )


def finance_sheet(
    income: tuple[EntryLine, ...] = INCOME, spending: tuple[EntryLine, ...] = SPENDING, note: str = ""
) -> FinanceSheet:
    """Return a balanced sheet of 上石村 with these lines."""
    came = sum(row.amount_fen for row in income)
    went = sum(row.amount_fen for row in spending)
    code = new_code(Random(7))
    return FinanceSheet(
        place="松坪镇上石村",
        body="股份经济合作社",
        period="2026年9月",
        opening_label="上月结余",
        income_label="本月收入",
        spending_label="本月支出",
        closing_label="本月结余",
        opening_fen=18_642_035,
        income_fen=came,
        spending_fen=went,
        closing_fen=18_642_035 + came - went,
        income=income,
        spending=spending,
        income_capitals="柒万零伍佰元整",
        spending_capitals="陆万壹仟捌佰零贰元玖角",
        signers=(
            Signer(office="制表", name="王春梅"),
            Signer(office="村务监督委员会主任", name="王永根"),
            Signer(office="负责人（社长）", name="陈海涛"),
        ),
        made_on=date(2026, 10, 4),
        displayed_from=date(2026, 10, 8),
        displayed_to=date(2026, 10, 23),
        hotline="0000-1234567（镇监察办）",
        board="上石村文化礼堂门口公开栏",
        code=code,
        url=f"https://mingbai.example.cn/q/{code}",
        seals=("村务监督委员会", "股份经济合作社"),
        note=note,
    )


TITLES = (
    "后山机耕路维修",
    "村口路灯更换",
    "文化礼堂屋面防水和外墙粉刷工程（含脚手架、旧瓦清运）第二次招标",
    "水渠清淤",
    "公厕改造",
    "山塘除险加固",
)


def matters_named(count: int, rows: tuple[EntryLine, ...] = SPENDING) -> FinanceSheet:
    """Return a sheet whose lines name so many matters in turn, each with a printed code."""
    codes = [new_code(Random(number)) for number in range(count)]
    matters = tuple(
        NamedMatter(code=f"A04-2026-{number:02}", title=title, letters=code, url=f"https://mingbai.example.cn/q/{code}")
        for number, (title, code) in enumerate(zip(TITLES, codes, strict=False), start=1)
    )
    tied = tuple(replace(row, matter=matters[place % count].code) for place, row in enumerate(rows))
    return replace(finance_sheet(spending=tied), matters=matters)


def yuan(fen: int) -> str:
    """Return an amount as the app's filter of this name writes it: 7050000 becomes 70,500.00."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02}"


def page_of(template: str, **values: object) -> str:
    """Return the HTML of a bulletin template, rendered as strictly as the app does."""
    jinja = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    jinja.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    jinja.filters.update(yuan=yuan, code_groups=spoken)
    return jinja.get_template(f"bulletins/{template}").render(**values)
