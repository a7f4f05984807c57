"""Party affairs period by period: who is who, fees, meetings, review, integrity, goals."""

from datetime import timedelta

from app.cli.demonstration.scene import PHONE, Asked, Said, cells
from village_lists.people.models import PostKind

SEATS = (
    (PostKind.SECRETARY, "村党组织书记", "主持全面工作，管党员教育"),
    (PostKind.DIRECTOR, "副书记", "管村务、工程和安全"),
    (PostKind.ORGANISER, "组织委员", "管发展党员、党费和活动记录"),
    (PostKind.SUPERVISION_HEAD, "纪检委员", "管监督、信访"),
)
MEETINGS = (
    ("主题党日", "清扫溪边公园，看望独居老人", 8, False),
    ("支委会", "商量发展党员和机耕路用工", 0, True),
    ("党员大会", "通过上半年工作报告，评议预备党员", 6, False),
    ("党课", "学习农村集体经济组织法", 10, False),
    ("党小组会", "分三个小组讨论垃圾分类", 5, False),
    ("主题党日", "防汛物资搬运和水渠清淤", 9, False),
    ("支委会", "讨论困难党员慰问", 1, True),
    ("组织生活会", "开展批评和自我批评", 4, False),
)
GOALS = (
    ("发展党员一名，培养入党积极分子两名", "十二月底前"),
    ("办好后山机耕路和饮用水管网两件实事", "十月底前"),
    ("集体经营收入比上年多一成", "十二月底前"),
    ("党员联系困难户，每户每季上门一次", "每季末"),
)
COMMITTEE_SIZE = 5
MONTHLY_FEN = (50, 100, 20, 200)


def organisation(asked: Asked) -> Said:
    """Return who is on the party's committee; an office telephone, no mobile one."""
    officials = asked.scene.officials
    rows = [(officials[kind], post, work, PHONE) for kind, post, work in SEATS]
    return Said(rows=cells("name post work phone", rows))


def fees(asked: Asked) -> Said:
    """Return who paid how much; farmers pay 0.20 to 2 yuan a month."""
    members = asked.scene.members if asked.scene.is_full else asked.scene.members[:12]
    rows = []
    for place, (name, group) in enumerate(members):
        monthly = MONTHLY_FEN[place % len(MONTHLY_FEN)]
        day = asked.span.first_day + timedelta(days=38 + place % 25)
        is_owing = place == 9 and asked.quarter % 2 == 0
        paid, paid_on, note = (0, None, "在外务工，下季补交") if is_owing else (3 * monthly, day.isoformat(), None)
        rows.append((name, group, monthly, 3 * monthly, paid, paid_on, note))
    due, paid = sum(row[3] for row in rows), sum(row[4] for row in rows)
    handed = paid // 2
    return Said(
        head={"due_total": due, "received": paid, "handed": handed, "kept": paid - handed},
        rows=cells("name group monthly owed paid day note", rows),
    )


def activities(asked: Asked) -> Said:
    """Return the meetings and lessons of the quarter."""
    members = len(asked.scene.members)
    rows = []
    for place in range(5 if asked.scene.is_full else 3):
        kind, topic, away, is_small = MEETINGS[(asked.quarter * 3 + place) % len(MEETINGS)]
        due = COMMITTEE_SIZE if is_small else members
        day = asked.span.first_day + timedelta(days=6 + 17 * place)
        rows.append((day.isoformat(), kind, topic, due - away, due))
    return Said(rows=cells("day kind topic present due_people", rows))


def review(asked: Asked) -> Said:
    """Return how the members judged each other at the end of the year."""
    members = asked.scene.members if asked.scene.is_full else asked.scene.members[:10]
    rows = [
        (name, "优秀" if place % 7 == 0 else "合格", "镇优秀共产党员" if place == 7 else None)
        for place, (name, _group) in enumerate(members)
    ]
    return Said(rows=cells("name result honour", rows))


def integrity(asked: Asked) -> Said:
    """Return what the village's officials said of themselves, and what became of complaints."""
    secretary = asked.scene.officials[PostKind.SECRETARY]
    return Said(
        head={
            "report": f"书记{secretary}和村委会主任向村民代表述职述廉，到会三十四人，满意三十一人，基本满意三人。",
            "found": "收到反映两件：路灯不亮，三天内修好；误工补贴天数不清，已按登记簿逐人公布。",
            "training": "组织村干部和监委会成员上廉政课一次，学习小微权力清单。",
        }
    )


def goals(asked: Asked) -> Said:
    """Return what the party's branch means to do in the year."""
    officials = asked.scene.officials
    who = (officials[PostKind.ORGANISER], officials[PostKind.DIRECTOR], officials[PostKind.SECRETARY])
    states = ("进行中", "已完成", "未开始", "进行中")
    count = len(GOALS) if asked.scene.is_full else 3
    rows = [(goal, who[place % 3], until, states[place]) for place, (goal, until) in enumerate(GOALS[:count])]
    return Said(rows=cells("goal who by state", rows))
