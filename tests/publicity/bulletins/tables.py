"""The forms of domain.md section 4 as postings, filled in an invented village and masked as paper reads them."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from publicity.bulletins.pieces import Foot, Photo, Sheet
from publicity.bulletins.posting_pieces import heading_of, pieces_of, shown_under
from publicity.categories.contents import Audience, CategoryContent, Column, ColumnKind, Mask
from publicity.categories.contents import Sheet as SheetKind
from publicity.categories.models import Affairs
from publicity.codes.shortcode import new_code
from publicity.postings.cells import Cell
from publicity.postings.tables import PublicTable, Said, public_table
from village_lists.periods import Cadence, Span

QUARTER = Span.of(Cadence.QUARTER, date(2026, 9, 1))
CODE = new_code(Random(11))
SURNAMES, GIVEN = "张王李赵陈林周徐何沈", ("建国", "春梅", "永根", "海涛", "小芳", "国强", "秀英", "阿德", "明亮")
SECRET = "330299195001011234"


def column(key: str, name: str, kind: ColumnKind = ColumnKind.TEXT, unit: str = "", **about: object) -> Column:
    """Return a column; money is summed."""
    summed = kind is ColumnKind.MONEY and "has_total" not in about
    return Column(key=key, name=name, kind=kind, unit=unit, **({"has_total": True} if summed else {}), **about)  # type: ignore[arg-type] # handed through


def category(name: str, sheet: SheetKind, columns: Sequence[Column], fields: Sequence[Column] = ()) -> CategoryContent:
    """Return a category of village affairs."""
    return CategoryContent(
        name=name,
        affairs=Affairs.VILLAGE,
        sheet=sheet,
        cadence=Cadence.QUARTER,
        fields=tuple(fields),
        columns=tuple(columns),
    )


def table(
    content: CategoryContent,
    rows: Sequence[Sequence[Cell]] = (),
    *,
    head: Mapping[str, Cell] | None = None,
    title: str = "",
    note: str = "",
    is_nil: bool = False,
) -> PublicTable:
    """Return a posting of the third quarter as paper reads it; cells stand in the order of the columns."""
    keys = [one.key for one in content.columns]
    said = Said(
        content=content,
        span=QUARTER,
        title=title,
        head=head or {},
        rows=[(line, dict(zip(keys, row, strict=True))) for line, row in enumerate(rows, 1)],
        note=note,
        is_nil=is_nil,
    )
    return public_table(said, audience=Audience.PAPER)


def person(random: Random) -> str:
    """Return an invented name."""
    return random.choice(SURNAMES) + random.choice(GIVEN)


MONEY, DATE, COUNT, PERSON = ColumnKind.MONEY, ColumnKind.DATE, ColumnKind.COUNT, ColumnKind.PERSON
ROSTER = category(
    "最低生活保障对象",
    SheetKind.ROSTER,
    [
        column("household", "户主", PERSON, web_mask=Mask.NAME),
        column("people", "保障人数", COUNT, "人", has_total=True),
        column("amount", "月金额", MONEY, "元/月"),
        column("phone", "联系电话", ColumnKind.PHONE, audience=Audience.PAPER, paper_mask=Mask.PHONE),
        column("identity", "身份证号", ColumnKind.IDENTITY, audience=Audience.NEVER),
    ],
)
ASSETS = category(
    "资产资源",
    SheetKind.TABLE,
    [
        column("name", "名称"),
        column("sort", "类别"),
        column("where", "坐落"),
        column("size", "面积/数量"),
        column("since", "购建年月", ColumnKind.MONTH),
        column("cost", "原值", MONEY, "元"),
        column("net", "净值", MONEY, "元"),
        column("use", "使用方式"),
        column("lessee", "承租方", ColumnKind.PARTY),
        column("term", "合同期限"),
        column("rent", "年租金", MONEY, "元"),
        column("due", "本期应收", MONEY, "元"),
        column("paid", "已收", MONEY, "元"),
        column("owed", "欠收", MONEY, "元"),
    ],
)
DEBTS = category(
    "债权债务",
    SheetKind.TABLE,
    [
        column("side", "债权/债务"),
        column("whom", "对象"),
        column("since", "形成时间", ColumnKind.MONTH),
        column("why", "形成原因"),
        column("first", "原始金额", MONEY, "元"),
        column("before", "期初余额", MONEY, "元"),
        column("more", "本期增", MONEY, "元"),
        column("less", "本期减", MONEY, "元"),
        column("after", "期末余额", MONEY, "元"),
        column("how", "清收/偿还措施"),
    ],
)
PAY = category(
    "村干部报酬",
    SheetKind.TABLE,
    [
        column("name", "姓名"),
        column("post", "职务"),
        column("basic", "基本报酬", MONEY, "元/月", has_total=False),
        column("merit", "绩效", MONEY, "元"),
        column("days", "误工补贴标准×天数"),
        column("other", "其他", MONEY, "元"),
        column("sum", "本期合计", MONEY, "元"),
        column("source", "资金来源"),
    ],
)
WORKS = category(
    "工程项目",
    SheetKind.WORKS,
    [],
    [
        column("before_project", "项目名称"),
        column("before_source", "资金来源"),
        column("before_budget", "预算", MONEY, "元"),
        column("before_meetings", "决策会议及日期", ColumnKind.PROSE),
        column("during_builder", "中标单位"),
        column("during_price", "合同价", MONEY, "元"),
        column("during_paid", "已付款", MONEY, "元"),
        column("after_accepted", "验收日期", DATE),
        column("after_final", "审定价", MONEY, "元"),
    ],
)
RESOLUTION = category("村民代表会议决议", SheetKind.NOTICE, [], [column("words", "决议内容", ColumnKind.PROSE)])
RECEPTION = category("公务接待", SheetKind.TABLE, [column("day", "日期", DATE), column("amount", "金额", MONEY, "元")])

WORKS_HEAD: dict[str, Cell] = {
    "before_project": "后山机耕路维修工程",
    "before_source": "一事一议财政奖补、村集体自筹",
    "before_budget": 15_800_000,
    "before_meetings": "2月10日村党组织提议；2月12日两委会商议；3月1日村民代表会议决议，应到38人，实到35人，同意34人",
    "during_builder": "松坪市政工程有限公司",
    "during_price": 15_260_000,
    "during_paid": 9_300_000,
    "after_accepted": "2026-09-26",
    "after_final": 15_518_000,
}
WORDS = "\n".join(
    (
        "2026年9月18日，村民代表会议在村文化礼堂召开，应到代表38人，实到35人，符合法定人数。",
        "一、同意后山机耕路维修工程增加涵洞加长一项，增加费用3,400元，从村集体经济收入中列支。",
        "二、同意将村口店面2间继续出租，租期五年，年租金18,000元，按季收取。",
    )
)
_ASSETS: tuple[tuple[Cell, ...], ...] = (
    ("店面2间", "经营性", "村口大路边", "86 ㎡", "2003-05", 28_600_000, 17_160_000, "出租", "清风百货店",
     "2024-01 至 2028-12", 1_800_000, 450_000, 450_000, 0),
    ("后山山塘", "经营性", "后山", "12 亩", "1978-10", 6_000_000, 6_000_000, "出租", "松坪水产合作社",
     "2022-01 至 2026-12", 600_000, 150_000, 0, 150_000),
    ("村委会办公楼", "非经营性", "村中心文化广场北侧", "640 ㎡", "2011-08", 128_600_000, 84_233_000, "自用", "",
     "", 0, 0, 0, 0),
)  # fmt: skip


def roster(count: int) -> PublicTable:
    """Return `count` households; paper shows the telephone masked, nobody but officials the identity."""
    random = Random(count)
    rows = [(person(random), 1 + at % 4, 20_000 + 100 * at, f"1390000{at:04}", SECRET) for at in range(count)]
    return table(ROSTER, rows)


def assets(count: int) -> PublicTable:
    """Return `count` assets in fourteen columns."""
    return table(ASSETS, [_ASSETS[at % len(_ASSETS)] for at in range(count)])


def debts() -> PublicTable:
    """Return what the village owes and is owed."""
    row = ("应付", "松坪建筑队", "2023-05", "文化礼堂尾款", 8_600_000, 8_600_000, 0, 4_000_000, 4_600_000, "分两年付清")
    return table(
        DEBTS, [row, ("应收", "清风百货店", "2026-04", "店面租金", 450_000, 450_000, 0, 0, 450_000, "书面催收")]
    )


def pay() -> PublicTable:
    """Return what the cadres were paid."""
    rows: list[tuple[Cell, ...]] = [
        ("陈海涛", "村党组织书记", 320_000, 128_800, "", 0, 1_088_800, "财政"),
        ("何建设", "村委会副主任", 240_000, 96_600, "120元×6天", 0, 888_600, "财政、集体"),
        ("李国强", "报账员", 224_000, 90_200, "", 20_000, 782_200, "财政"),
        ("王永根", "监委会主任", 0, 0, "120元×18天", 0, 216_000, "集体"),
    ]
    return table(PAY, rows)


def foot(*, is_draft: bool = False) -> Foot:
    """Return what stands under a sheet; a draft has no code."""
    return Foot(
        signers=(("制表（报账员）", "李国强"), ("审核（监委会主任）", "王永根"), ("签发（村书记）", "陈海涛（代行）")),
        made="制表日期：2026年10月4日　第 1 版",
        displayed="" if is_draft else "公开日期：从2026年10月8日到10月23日",
        hotline="0000-1234567（镇监察办）",
        board="上石村文化礼堂门口公开栏",
        code="" if is_draft else CODE,
        url="" if is_draft else f"https://mingbai.example.cn/q/{CODE}",
        scan="扫一扫看全文",
        seals=("村务监督委员会", "上石村村民委员会"),
    )


def sheet(
    shown: PublicTable, *, mark: str = "", note: str = "", is_draft: bool = False, photos: Sequence[Photo] = ()
) -> Sheet:
    """Return the sheet of a posting of 上石村."""
    return Sheet(
        title=heading_of(shown),
        under=shown_under(shown, place="松坪镇上石村村民委员会"),
        short=heading_of(shown)[:12],
        affairs="村务公开",
        number="第 12 号",
        pieces=pieces_of(shown, photos),
        foot=foot(is_draft=is_draft),
        mark=mark,
        note=note,
        landscape=True,
        is_draft=is_draft,
    )
