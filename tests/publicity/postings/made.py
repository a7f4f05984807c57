"""Categories and rows for tests: one of every kind of column by hand, and any by hypothesis; all people invented."""

from datetime import date

from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric

from publicity.categories.contents import Audience, CategoryContent, Column, ColumnKind, Mask, Sheet
from publicity.categories.models import Affairs
from village_lists.periods import Cadence

RELIEF = CategoryContent(
    name="困难群众救助公示",
    affairs=Affairs.VILLAGE,
    sheet=Sheet.ROSTER,
    cadence=Cadence.QUARTER,
    fields=(Column(key="basis", name="政策依据"),),
    columns=(
        Column(
            key="household",
            name="户主",
            kind=ColumnKind.PERSON,
            web_mask=Mask.NAME,
            is_required=True,
            is_identifying=True,
        ),
        Column(key="people", name="保障人数", kind=ColumnKind.COUNT, unit="人", has_total=True),
        Column(key="amount", name="月保障金额", kind=ColumnKind.MONEY, unit="元", is_required=True, has_total=True),
        Column(key="since", name="起始月", kind=ColumnKind.MONTH),
        Column(key="phone", name="联系电话", kind=ColumnKind.PHONE, audience=Audience.PAPER, paper_mask=Mask.PHONE),
        Column(key="identity", name="身份证号", kind=ColumnKind.IDENTITY, audience=Audience.NEVER),
        Column(key="remark", name="备注"),
    ),
    hides_minors=True,
)
SUBSIDY = CategoryContent(
    name="耕地地力保护补贴",
    affairs=Affairs.VILLAGE,
    sheet=Sheet.TABLE,
    cadence=Cadence.YEAR,
    columns=(
        Column(
            key="household",
            name="户主",
            kind=ColumnKind.PERSON,
            web_mask=Mask.NAME,
            is_required=True,
            is_identifying=True,
        ),
        Column(key="group", name="组别", kind=ColumnKind.CHOICE, choices=("第一组", "第二组", "第三组")),
        Column(key="area", name="面积", kind=ColumnKind.NUMBER, unit="亩", is_required=True, has_total=True),
        Column(key="rate", name="标准", kind=ColumnKind.MONEY, unit="元/亩"),
        Column(key="amount", name="金额", kind=ColumnKind.MONEY, unit="元", is_required=True, has_total=True),
        Column(key="card", name="银行卡号", kind=ColumnKind.CARD, audience=Audience.PAPER, paper_mask=Mask.TAIL),
        Column(key="paid_on", name="发放日期", kind=ColumnKind.DATE),
    ),
)
WORKS = CategoryContent(
    name="工程项目公开",
    affairs=Affairs.VILLAGE,
    sheet=Sheet.WORKS,
    cadence=Cadence.EVENT,
    fields=(
        Column(key="project", name="项目名称", is_required=True),
        Column(key="builder", name="中标单位", kind=ColumnKind.PARTY, web_mask=Mask.NAME),
        Column(key="price", name="合同价", kind=ColumnKind.MONEY, unit="万元"),
    ),
    columns=(
        Column(key="day", name="日期", kind=ColumnKind.DATE, is_required=True),
        Column(key="paid", name="已付款", kind=ColumnKind.MONEY, unit="元", has_total=True),
        Column(key="remark", name="备注", kind=ColumnKind.PROSE),
    ),
    may_be_nil=False,
    is_owed=False,
)
NOTICE = CategoryContent(
    name="村民会议决议",
    affairs=Affairs.VILLAGE,
    sheet=Sheet.NOTICE,
    cadence=Cadence.EVENT,
    fields=(
        Column(key="meeting", name="会议名称", is_required=True),
        Column(key="resolution", name="决议内容", kind=ColumnKind.PROSE),
    ),
)

SURNAMES = "赵钱孙李周吴郑王冯陈"
# Signs that stand in no other made text, so that a name is found wherever it leaks.
GIVEN = "鹢鼖齑龢黼黻黧黩黪鼗"


def identity_of(born: str, order: int = 101) -> str:
    """Return an identity number of an invented district that was born on yyyymmdd."""
    number = f"330299{born}{order:03d}0"
    return number[:-1] + ric.calc_check_digit(number)


def card_of(order: int) -> str:
    """Return a card number whose check figure is right."""
    number = f"6230520{order:011d}"
    return number + luhn.calc_check_digit(number)


names = st.builds(
    lambda surname, given: surname + given, st.sampled_from(SURNAMES), st.text(alphabet=GIVEN, min_size=1, max_size=2)
)
days = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31))
words = st.text(alphabet="耕种收割修桥补路，。（）《》0123456789 abc%", min_size=1, max_size=20)
MASKS = {
    ColumnKind.PERSON: (Mask.NAME, Mask.HIDDEN),
    ColumnKind.PARTY: (Mask.NAME, Mask.HIDDEN),
    ColumnKind.PHONE: (Mask.PHONE, Mask.HIDDEN),
    ColumnKind.IDENTITY: (Mask.TAIL, Mask.HIDDEN),
    ColumnKind.CARD: (Mask.TAIL, Mask.HIDDEN),
    ColumnKind.BIRTH: (Mask.HIDDEN,),
}
VALUES = {
    ColumnKind.TEXT: words.map(lambda text: " ".join(text.split()) or "路"),
    ColumnKind.PROSE: words.map(lambda text: " ".join(text.split()) or "路"),
    ColumnKind.PERSON: names,
    ColumnKind.PARTY: st.one_of(names, st.sampled_from(["松坪竹木加工厂", "松坪市政工程有限公司"])),
    ColumnKind.MONEY: st.integers(min_value=-(10**9), max_value=10**12),
    ColumnKind.NUMBER: st.decimals(min_value=-9999, max_value=9999, places=3).map(
        lambda number: f"{number:f}".rstrip("0").rstrip(".").replace("-0", "0", 1) if not number else _plain(number)
    ),
    ColumnKind.COUNT: st.integers(min_value=0, max_value=10**6),
    ColumnKind.DATE: days.map(date.isoformat),
    ColumnKind.MONTH: days.map(lambda day: day.isoformat()[:7]),
    ColumnKind.CHOICE: st.sampled_from(["甲等", "乙等", "丙等"]),
    ColumnKind.PHONE: st.integers(min_value=10**8, max_value=10**9 - 1).map(lambda number: f"13{number}"),
    ColumnKind.IDENTITY: st.builds(
        lambda day, order: identity_of(day.strftime("%Y%m%d"), order),
        st.dates(min_value=date(1940, 1, 1), max_value=date(2026, 9, 30)),
        st.integers(min_value=100, max_value=999),
    ),
    ColumnKind.CARD: st.integers(min_value=10**9, max_value=10**10).map(card_of),
    ColumnKind.BIRTH: st.dates(min_value=date(1940, 1, 1), max_value=date(2026, 9, 30)).map(date.isoformat),
}


def _plain(number):
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


@st.composite
def columns(draw, key: str):
    """Return a column of any kind for any audience with masks that fit it."""
    kind = draw(st.sampled_from(ColumnKind))
    masks = st.sampled_from((Mask.NONE, *MASKS.get(kind, ())))
    return Column(
        key=key,
        name=f"栏目{key}",
        kind=kind,
        audience=draw(st.sampled_from(Audience)),
        web_mask=draw(masks),
        paper_mask=draw(masks),
        is_identifying=draw(st.booleans()),
        has_total=draw(st.booleans()),
        unit=draw(st.sampled_from(["", "元", "万元"])) if kind is ColumnKind.MONEY else "",
        choices=("甲等", "乙等", "丙等") if kind is ColumnKind.CHOICE else (),
    )


@st.composite
def contents(draw):
    """Return a category of any columns."""
    heads = draw(st.integers(min_value=0, max_value=2))
    wide = draw(st.integers(min_value=1, max_value=5))
    return CategoryContent(
        name="试一试",
        affairs=Affairs.VILLAGE,
        sheet=Sheet.TABLE,
        cadence=Cadence.QUARTER,
        fields=tuple(draw(columns(key=f"h{number}")) for number in range(heads)),
        columns=tuple(draw(columns(key=f"c{number}")) for number in range(wide)),
        hides_minors=draw(st.booleans()),
    )


@st.composite
def filled(draw, columns_of):
    """Return cells for columns, some empty."""
    return {column.key: draw(st.one_of(VALUES[column.kind], st.none())) for column in columns_of}
