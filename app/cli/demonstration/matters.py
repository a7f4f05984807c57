"""The village's own matters period by period: seal, plan, supervision, what was done for the government."""

from datetime import timedelta

from app.cli.demonstration.scene import PHONE, Asked, Said, cells
from village_lists.people.models import PostKind

SEALED = (
    ("户口迁移证明", 1), ("土地流转合同备案", 3), ("困难救助申请", 2), ("建房申请", 2), ("机耕路奖补资金申请", 4),
    ("外出务工证明", 1), ("水管维修合同", 2), ("老年优待证申请", 1), ("林权转移说明", 2),
)  # fmt: skip
PLAN = (
    ("后山机耕路二期", "六月底前完工，验收以后十天内公布结算"),
    ("三组饮用水管网更换", "换管四百米，年内通水"),
    ("文化礼堂屋面防漏", "梅雨以前修好"),
    ("居家养老食堂", "每天中午开一餐，七十岁以上老人优先"),
    ("溪边公园路灯", "装太阳能路灯十二盏"),
    ("老年活动室添置桌椅", "年内办好"),
)
CHECKED = (
    "查了本季全部收支凭证，看了后山机耕路的现场，参加了店面续租的公开竞价。",
    "逐户核对了低保和残疾人补贴的名单，查了保洁员工资的发放表。",
    "查了惠农补贴的面积，看了饮用水池的清洗记录，参加了采购询价。",
    "查了本季的印章登记和误工补贴，走访了十二户村民。",
)
FOUND = (
    ("两张凭证少了经手人签名。", "经手人当天补签，报账员以后先看签名再入账。"),
    ("一户的承包面积多登记了三分。", "已经重新丈量，按新的面积改正。"),
    ("公开栏有两天被雨淋湿，看不清。", "已经重新张贴，换了带盖的公开栏。"),
    ("没有发现问题。", ""),
)
ASSISTED = (
    ("城乡居民医疗保险缴费", "松坪镇人民政府", "已上门登记，多数已缴"),
    ("森林防火巡查", "松坪镇林业站", "每天两人巡山，没有火情"),
    ("地质灾害点巡查", "松坪镇自然资源所", "三处险点雨后各查一次"),
    ("养老待遇资格认证", "松坪镇社会保障所", "已全部办完，行动不便的上门办"),
    ("流动人口登记", "松坪镇派出所", "新登记九人"),
    ("秸秆禁烧宣传", "松坪镇人民政府", "发放宣传单一百二十份"),
)


def seal(asked: Asked) -> Said:
    """Return what the village's seal was put on; who asked is a resident, who approved is in office."""
    officials = asked.scene.officials
    rows = []
    for place, family in enumerate(asked.scene.some(7 + asked.quarter, 12)):
        matter, copies = SEALED[(place * 2 + asked.quarter) % len(SEALED)]
        day = asked.span.first_day + timedelta(days=4 + place * 6)
        approved, keeper = officials[PostKind.DIRECTOR], officials[PostKind.CLERK]
        rows.append((day.isoformat(), matter, copies, family.name, approved, keeper))
    return Said(rows=cells("day matter copies applicant approved keeper", rows))


def plan(asked: Asked) -> Said:
    """Return what is to be done in the year, or what of it was done in a year that has ended."""
    who = (asked.scene.officials[PostKind.DIRECTOR], asked.scene.officials[PostKind.SECRETARY])
    count = len(PLAN) if asked.scene.is_full else 3
    is_over = asked.chance.random() < 0.5
    states = (
        ("已办成", "已办成", "进行中", "已办成", "不再办理") if is_over else ("未开始", "进行中", "进行中", "未开始")
    )
    rows = []
    for place in range(count):
        matter, goal = PLAN[(place + asked.scene.number) % len(PLAN)]
        rows.append((matter, goal, who[place % 2], states[place % len(states)]))
    return Said(rows=cells("matter goal who state", rows), note="已经村民代表会议通过。")


def supervision(asked: Asked) -> Said:
    """Return what the supervision committee looked at, found and saw mended."""
    found, mended = FOUND[(asked.quarter + asked.scene.number) % len(FOUND)]
    head, member = asked.scene.officials[PostKind.SUPERVISION_HEAD], asked.scene.officials[PostKind.SUPERVISION_MEMBER]
    return Said(
        head={
            "checked": CHECKED[(asked.quarter + asked.scene.number) % len(CHECKED)],
            "found": found,
            "mended": mended or None,
            "members": f"主任{head}、委员{member}，电话{PHONE}",
        }
    )


def assist(asked: Asked) -> Said:
    """Return what the village did for the government in the quarter."""
    count = 4 if asked.scene.is_full else 2
    chosen = [ASSISTED[(asked.quarter * 2 + place + asked.scene.number) % len(ASSISTED)] for place in range(count)]
    return Said(rows=cells("matter asked state", chosen))
