"""Pay, lost work, purchases and guests: what residents ask about first."""

from datetime import timedelta

from app.cli.demonstration.scene import NIL, Asked, Said, cells, fen, tenths
from publicity.postings.cells import Cell
from village_lists.people.models import PostKind

PAY = (
    (PostKind.SECRETARY, "村党组织书记", 3_200, 3_900, "财政"),
    (PostKind.DIRECTOR, "村委会主任", 2_880, 3_500, "财政"),
    (PostKind.SUPERVISION_HEAD, "村监委会主任", 2_240, 2_400, "财政"),
    (PostKind.CLERK, "报账员", 1_800, 1_500, "集体"),
    (PostKind.ORGANISER, "组织委员", 2_240, 2_400, "财政和集体"),
)
LOST_WORK = (
    ("防汛巡查", 25, 120), ("征地丈量带路", 20, 120), ("机耕路维修现场监督", 45, 120), ("换届选举计票", 10, 120),
    ("公益林巡护", 60, 100), ("饮用水池清洗", 15, 150), ("人口普查入户登记", 35, 120),
)  # fmt: skip
PURCHASES = (
    ("办公桌", "4", "张", "阳光家具店3260元、城关家具行3480元、木匠作坊3550元", "阳光家具店", 3_260),
    ("硒鼓和打印纸", "1", "批", "松坪印务社680元、城关文具店720元、清风百货店755元", "松坪印务社", 680),
    ("防汛沙袋", "300", "只", "兴农农资店1350元、溪口农资店1420元、镇供销社1500元", "兴农农资店", 1_350),
    ("太阳能路灯", "12", "盏", "亮美电器商行15840元、城关灯具行16200元、新光灯饰16800元", "亮美电器商行", 15_840),
    ("垃圾分类桶", "80", "只", "百惠超市4800元、城关日杂店5040元、镇供销社5200元", "百惠超市", 4_800),
    ("老人节慰问品", "96", "份", "百惠超市7680元、清风百货店7872元、镇供销社8064元", "百惠超市", 7_680),
)  # fmt: skip
GUESTS = (
    ("宁川县水利服务站", "查看饮用水池", 4, 1),
    ("松坪镇人民政府", "机耕路验收", 5, 1),
    ("邻镇考察队", "看垃圾分类", 8, 2),
)


def cadre_pay(asked: Asked) -> Said:
    """Return what everybody in office was paid in the quarter; names are those of the cast, in full."""
    rows: list[tuple[Cell, ...]] = []
    for kind, post, basic, performance, source in PAY:
        days = 6 + (asked.quarter + len(rows)) % 5
        allowance, bonus = fen(120 * days), fen(performance) // 4
        total = 3 * fen(basic) + bonus + allowance
        rows.append((asked.scene.officials[kind], post, fen(basic), bonus, allowance, 0, total, source))
    keys = "name post basic performance allowance other total source"
    return Said(rows=cells(keys, rows), note="误工补贴每天120元，标准由村民代表会议定。")


def lost_work(asked: Asked) -> Said:
    """Return who lost work over what, how many days, at which rate."""
    if not asked.is_collective:
        return NIL
    rows = []
    for place, family in enumerate(asked.scene.some(20 + asked.quarter, 9)):
        work, most, rate = LOST_WORK[(place + asked.quarter) % len(LOST_WORK)]
        halves = asked.chance.randint(1, most // 5) * 5
        rows.append((family.name, work, tenths(halves), fen(rate), halves * fen(rate) // 10))
    return Said(rows=cells("name work days rate amount", rows))


def purchases(asked: Asked) -> Said:
    """Return what was bought, with the prices asked for in three places."""
    count = 4 if asked.scene.is_full else 2
    if not asked.is_collective:
        count -= 2
    chosen = [PURCHASES[(asked.quarter * 2 + place + asked.scene.number) % len(PURCHASES)] for place in range(count)]
    head = asked.scene.officials[PostKind.SUPERVISION_HEAD]
    rows = [
        (goods, number, unit, quotes, seller, fen(price), head) for goods, number, unit, quotes, seller, price in chosen
    ]
    return Said(rows=cells("goods number unit quotes supplier price accepted", rows))


def reception(asked: Asked) -> Said:
    """Return the guests of a month: in most months none, which is said too."""
    month = asked.span.last_day.month
    if (month + asked.scene.number) % 4:
        return NIL
    guests, reason, people, escorts = GUESTS[month % len(GUESTS)]
    rate = fen(40)
    day = asked.span.first_day + timedelta(days=11)
    row = (day.isoformat(), guests, reason, people, escorts, rate, rate * (people + escorts))
    return Said(rows=cells("day guests reason people escorts rate amount", [row]))
