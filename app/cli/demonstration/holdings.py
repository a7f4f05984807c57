"""What the books say besides the accounts: budget, assets, resources, debts, distribution, gifts."""

from app.cli.demonstration.scene import NIL, Asked, Said, cells, fen

BUDGET = (
    ("收入", "店面和厂房租金", 186_000, 178_400, "按合同，六月起续租两间"),
    ("收入", "山塘、机动地承包款", 42_000, 41_000, "合同期内，价格不变"),
    ("收入", "上级补助", 260_000, 243_500, "机耕路奖补尾款和运转经费"),
    ("收入", "利息和其他", 3_200, 2_960, ""),
    ("支出", "机耕路、水渠维修", 186_000, 152_300, "后山机耕路二期"),
    ("支出", "保洁和公厕", 128_000, 124_600, "保洁员六人"),
    ("支出", "村干部误工补贴", 62_000, 60_800, "标准没有变"),
    ("支出", "水电、电话、报刊", 24_000, 22_750, ""),
    ("支出", "老人节慰问和困难户慰问", 38_000, 35_400, "满七十岁每人一份"),
)  # fmt: skip
ASSETS = (
    ("文化礼堂", "非经营性", "村口", "680", "平方米", "2016-10", 920_000, 690_000, "自用", None, None, 0),
    ("沿街店面（东一间）", "经营性", "新街1号", "43", "平方米", "2012-05", 180_000, 96_000, "出租", "清风百货店",
     "2024-01至2028-12", 18_000),
    ("沿街店面（东二间）", "经营性", "新街2号", "43", "平方米", "2012-05", 180_000, 96_000, "出租", "兴农农资店",
     "2024-01至2028-12", 18_000),
    ("老粮站厂房", "经营性", "溪边路", "420", "平方米", "1998-03", 260_000, 48_000, "出租", "松坪竹木加工厂",
     "2023-07至2028-06", 52_000),
    ("村办公楼", "非经营性", "新街18号", "360", "平方米", "2009-12", 640_000, 310_000, "自用", None, None, 0),
    ("清扫车", "非经营性", "停在村办公楼", "1", "辆", "2022-04", 86_000, 51_600, "自用", None, None, 0),
    ("旧小学教室", "经营性", "上街", "210", "平方米", "1986-09", 90_000, 12_000, "闲置", None, None, 0),
)  # fmt: skip
RESOURCES = (
    ("大山塘", "水面", "12", "东至机耕路，南至竹林，西至溪，北至水坝", 6_000, 0, "交易中心", "2023-08至2028-07"),
    ("溪边机动地", "耕地", "35", "东至溪，南至公路，西至水渠，北至田埂", 21_000, 0, "交易中心", "2024-03至2029-02"),
    ("后山竹林", "林地", "180", "东至山脊，南至机耕路，西至村界，北至山顶", 14_400, 3_600, "村内公开",
     "2021-01至2030-12"),
    ("桥头杨梅园", "园地", "22", "东至桥，南至溪，西至机耕路，北至山脚", 8_800, 0, "村内公开", "2022-05至2027-04"),
)  # fmt: skip
DEBTS = (
    ("债务", "松坪市政工程有限公司", "2023-05", "文化礼堂外墙工程尾款", 86_000, 66_000, 5_000, "每季还一期"),
    ("债权", "松坪竹木加工厂", "2025-01", "厂房租金欠缴", 26_000, 24_000, 2_000, "已签还款计划，每季收一期"),
    ("债权", "松坪镇财政所", "2025-11", "机耕路奖补尾款", 45_000, 45_000, 0, "验收资料已报，等待拨付"),
)  # fmt: skip
MONEY_GIVEN = (
    ("一事一议财政奖补", "松坪镇财政所", 180_000, "后山机耕路维修"),
    ("村级组织运转经费", "松坪镇财政所", 52_000, "办公、水电、会议"),
    ("生活垃圾分类补助", "宁川县环境卫生中心", 24_000, "分类桶和保洁员补贴"),
    ("农村饮用水管网维护补助", "宁川县水利服务站", 36_000, "三组管网更换"),
)  # fmt: skip


def budget(asked: Asked) -> Said:
    """Return the plan of the year; the committee's is small where the collective keeps the books."""
    rows = BUDGET if asked.is_collective else (BUDGET[2], BUDGET[7])
    some = [
        (side, item, _near(asked, fen(planned)), _near(asked, fen(last)), why or None)
        for side, item, planned, last, why in rows
    ]
    return Said(rows=cells("side item planned last reason", some), note="已经村民代表会议通过。")


def assets(asked: Asked) -> Said:
    """Return what the collective owns and what the rents of the quarter are."""
    rows = []
    for name, kind, place, size, unit, bought, cost, net, use, tenant, term, rent in ASSETS[: _few(asked, 7)]:
        due = fen(rent) // 4
        owed = due // 2 if name == "老粮站厂房" and asked.quarter % 2 else 0
        told = (fen(rent), due, due - owed, owed) if rent else (None, None, None, None)
        rows.append((name, kind, place, size, unit, bought, fen(cost), fen(net), use, tenant, term, *told))
    keys = "name class place size unit bought cost net use tenant term rent due_rent paid owed"
    return Said(rows=cells(keys, rows))


def resources(asked: Asked) -> Said:
    """Return the land, woods and waters that are let, and whether the fees came in."""
    rows = []
    for place, (name, kind, area, bounds, fee, owed, way, term) in enumerate(RESOURCES[: _few(asked, 4)]):
        tenant = "绿野家庭农场" if place == 1 else asked.scene.households[40 + place].name
        number = f"承包-{2021 + place}-{place + 3:02d}"
        rows.append((name, kind, area, bounds, tenant, term, fen(fee), fen(fee - owed), fen(owed), number, way))
    return Said(rows=cells("name class area bounds tenant term fee paid owed contract way", rows))


def debts(asked: Asked) -> Said:
    """Return who owes whom; what is paid off each quarter goes on from the quarter before."""
    if not asked.is_collective:
        return NIL
    rows = []
    for side, other, since, reason, original, opening, less, plan in DEBTS[: _few(asked, 3)]:
        before = max(0, fen(opening) - asked.quarter * fen(less))
        paid = min(before, fen(less))
        rows.append((side, other, since, reason, fen(original), before, 0, paid, before - paid, plan))
    return Said(rows=cells("side other since reason original opening more less closing plan", rows))


def distribution(asked: Asked) -> Said:
    """Return how the year's gain was shared, household by household; one share a person."""
    each = fen(180 + 20 * (asked.scene.number % 4))
    families = asked.scene.some(0, 64)
    total = sum(family.people for family in families) * each
    rows = [
        (family.name, family.group, family.people, str(family.people), each, family.people * each)
        for family in families
    ]
    head = {"profit": total * 100 // 60, "reserve": total * 30 // 60, "welfare": total * 10 // 60, "per": total}
    return Said(
        head=head, rows=cells("name group members shares each amount", rows), note="成员大会通过后，从一卡通发放。"
    )


def earmarked(asked: Asked) -> Said:
    """Return the money that came for one purpose, and how far it is spent."""
    if not asked.is_collective and not asked.scene.is_full:
        return NIL
    rows = []
    wanted = MONEY_GIVEN[:2] if asked.is_collective else MONEY_GIVEN[1:]
    for name, source, received, use in wanted:
        spent = fen(received) * (40 + asked.quarter * 7 % 55) // 100
        rows.append((name, source, fen(received), spent, fen(received) - spent, use))
    return Said(rows=cells("name source received spent left use", rows))


def donations(asked: Asked) -> Said:
    """Return who gave what; in most quarters nobody."""
    if asked.quarter % 3 and not asked.scene.is_full:
        return NIL
    giver = asked.scene.households[51 + asked.quarter % 9].name
    rows = [
        (giver, "现金", fen(5_000), "全部用于村居家养老食堂"),
        ("松坪竹木加工厂", "毛竹长凳12条", fen(2_400), "放在文化礼堂和溪边公园"),
        ("百惠超市", "大米30袋、食用油30桶", fen(3_900), "重阳节送给八十岁以上老人"),
    ]
    return Said(rows=cells("giver goods amount use", rows[: 1 + asked.quarter % 3]))


def next_month(asked: Asked) -> Said:
    """Return what the collective means to do next month."""
    month = asked.span.last_day.month
    rows = [
        ("保洁员工资", "支出", fen(10_800), "保洁员六人", "每月固定"),
        ("公厕和村办公室电费", "支出", fen(900), "国网松坪供电所", None),
        ("店面租金", "收入", fen(9_000), "清风百货店", "按合同"),
        (
            "水渠清淤",
            "支出",
            fen(6_000 + 500 * (month % 4)),
            asked.scene.households[60 + month].name,
            "雨季前后要清一次",
        ),
    ]
    return Said(rows=cells("item side amount payee reason", rows))


def _near(asked: Asked, amount: int) -> int:
    """Return an amount a little off, rounded to 100 yuan, so that villages differ."""
    return amount * asked.chance.randint(70, 130) // 100 // 10_000 * 10_000


def _few(asked: Asked, count: int) -> int:
    return count if asked.scene.is_full else max(2, count - 1 - asked.scene.number % 3)
