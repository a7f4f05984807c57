"""Who is helped and who farms what: relief, allowances, subsidies, homesteads, land let to others."""

from datetime import timedelta

from app.cli.demonstration.scene import Asked, Said, born_in, cells, fen, identity

# Those that are paid month by month; help for once would not stand in a list that says since when.
RELIEF_KINDS = ("最低生活保障", "最低生活保障", "特困人员供养", "最低生活保障", "最低生活保障")
MONTHLY = {"最低生活保障": 720, "特困人员供养": 1_150}
"""What each person is granted a month, in yuan."""
CHILD_BORN = "20160518"
RELIEF_DAYS_AGO, RELIEF_PROPOSED = 74, 72
"""When relief was asked for in the first village, and from which household on: granted, they join the list."""
PLACES = ("溪边路", "上街", "桥头", "后山脚", "新街北")


def relief_approved(asked: Asked) -> Said:
    """Return who is helped now; in the first village one of them is a child, whose name nobody reads."""
    rows = []
    families = asked.scene.some(0, 14)
    if asked.scene.is_full and asked.span.last_day > asked.today - timedelta(days=RELIEF_DAYS_AGO):
        families += asked.scene.some(RELIEF_PROPOSED, 3)
    for place, family in enumerate(families):
        kind = RELIEF_KINDS[place % len(RELIEF_KINDS)]
        covered = min(family.people, 1 + place % 3) if kind == RELIEF_KINDS[0] else 1
        since = f"{2019 + place % 6}-{1 + place % 12:02d}"
        is_child = asked.scene.is_full and place == 2
        number = identity(CHILD_BORN if is_child else born_in(asked.chance, 1945, 1979), 110 + place)
        rows.append((family.name, kind, covered, fen(MONTHLY[kind]) * covered, since, number))
    return Said(rows=cells("name kind covered amount since identity", rows), note="与救助无关的信息不公开。")


def disability(asked: Asked) -> Said:
    """Return who draws the two allowances; neither web nor paper says more than name and amount."""
    rows = []
    for place, family in enumerate(asked.scene.some(16, 11)):
        is_care = place % 2 == 1
        kind, amount = ("重度残疾人护理补贴", 500) if is_care else ("困难残疾人生活补贴", 340)
        rows.append((family.name, kind, fen(amount), f"{2018 + place % 7}-{1 + place % 12:02d}"))
    return Said(rows=cells("name kind amount since", rows))


def elderly(asked: Asked) -> Said:
    """Return the old people's allowance by age group."""
    rows = []
    for place, family in enumerate(asked.scene.some(28, 26)):
        is_ninety = place % 6 == 0
        born = born_in(asked.chance, 1929, 1935) if is_ninety else born_in(asked.chance, 1937, 1944)
        birth = f"{born[:4]}-{born[4:6]}-{born[6:]}"
        rows.append((family.name, family.group, fen(120 if is_ninety else 60), birth))
    return Said(rows=cells("name group amount birth", rows))


def farm_subsidy(asked: Asked) -> Said:
    """Return the subsidy for grain land, household by household."""
    rate = 9_850
    rows = [
        (family.name, family.group, family.area, rate, family.tenths * rate // 10) for family in asked.scene.some(0, 72)
    ]
    return Said(rows=cells("name group area rate amount", rows), note="面积以二轮承包确权面积为准。")


def homestead(asked: Asked) -> Said:
    """Return the building plots that were granted in the quarter."""
    year = asked.span.last_day.year
    rows = []
    for place, family in enumerate(asked.scene.some(50 + asked.quarter * 2, 3)):
        kind = ("翻建", "新建", "扩建")[place % 3]
        area = ("110", "125", "75")[(place + asked.quarter) % 3]
        permit = f"松宅批〔{year}〕{asked.quarter * 4 % 60 + place + 1}号"
        rows.append((family.name, family.people, area, kind, PLACES[(place + asked.quarter) % 5], permit))
    return Said(rows=cells("name people area kind place permit", rows))


def land_transfer(asked: Asked) -> Said:
    """Return whose fields went to whom for how much."""
    rows = []
    for place, family in enumerate(asked.scene.some(34 + asked.quarter, 8)):
        taker = ("绿野家庭农场", "绿源农业合作社", asked.scene.households[70].name)[place % 3]
        first = asked.span.last_day.year
        term = f"{first}-01至{first + 3 + place % 4}-12"
        rows.append(
            (family.name, taker, family.area, fen(600 + 50 * (place % 3)), term, "已备案" if place % 5 else "未备案")
        )
    return Said(rows=cells("owner taker area price term filed", rows))
