"""What happens now and then: works, meetings, elections, hired people, relief asked for, disasters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from app.cli.demonstration.scene import PHONE, Asked, Said, cells, fen, identity, tenths
from app.cli.demonstration.welfare import RELIEF_DAYS_AGO, RELIEF_PROPOSED
from publicity.postings.cells import Cell
from village_lists.people.models import PostKind
from village_lists.places.models import BodyKind

ROAD = "后山机耕路维修"
MATTER = "A04-2026-03"
BUILDER = "松坪市政工程有限公司"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing that happens: its category and title, how many days before today, who posts it, what it says."""

    code: str
    title: str
    days_ago: int
    says: Callable[[Asked], Said]
    body: BodyKind = BodyKind.COMMITTEE
    is_everywhere: bool = False


def _in(asked: Asked, days: int) -> str:
    return (asked.span.last_day + timedelta(days=days)).isoformat()


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def works_before(asked: Asked) -> Said:
    """Return the road before work begins: what it is to cost, and how that was decided."""
    day = asked.span.last_day
    steps = (
        f"村党组织会议提议，{_words(day - timedelta(days=24))}；村两委会议商议，{_words(day - timedelta(days=20))}；"
        f"党员大会审议，{_words(day - timedelta(days=16))}；村民代表会议决议，{_words(day - timedelta(days=11))}，"
        "应到38人，实到35人，同意34人。"
    )
    return Said(
        head={
            "name": ROAD,
            "matter": MATTER,
            "source": "一事一议奖补18万元，村集体自筹6万元",
            "budget": fen(240_000),
            "decided": steps,
            "tender": "公开招标",
            "notice": "公告15天",
            "scope": "路基修补1.2公里，混凝土路面3米宽，两边砌石护坡，新做涵洞两座。",
        }
    )


def works_during(asked: Asked) -> Said:
    """Return the road while it is built: who builds it, for how much, how much is paid."""
    return Said(
        head={
            "name": ROAD,
            "matter": MATTER,
            "winner": BUILDER,
            "bid": fen(226_800),
            "contract": fen(226_800),
            "period": "60天",
            "changes": fen(8_400),
            "approved": "多做涵洞一座，村两委和村监委会现场看过，村民代表会议同意。",
            "paid": fen(93_000),
            "share": "41",
            "watcher": asked.scene.officials[PostKind.SUPERVISION_HEAD],
        }
    )


def works_after(asked: Asked) -> Said:
    """Return the road when it is done: accepted by whom, settled for how much."""
    head, director = asked.scene.officials[PostKind.SUPERVISION_HEAD], asked.scene.officials[PostKind.DIRECTOR]
    settled = fen(228_600)
    return Said(
        head={
            "name": ROAD,
            "matter": MATTER,
            "accepted": asked.span.last_day.isoformat(),
            "people": f"{director}、{head}和村民代表三人，镇工程员一人",
            "sent": fen(235_200),
            "audited": settled,
            "settled": settled,
            "kept": settled * 5 // 100,
            "paid": settled - settled * 5 // 100,
            "papers": "合同、变更单、验收单、审核报告放在村办公楼，可以来翻看。",
        }
    )


def fundraising(asked: Asked) -> Said:
    """Return who was asked for money and work for the road, group by group."""
    rows = []
    for place, group in enumerate(("一组", "二组", "三组", "四组", "五组")):
        households = 28 + 5 * place
        due, waived = fen(90 * households), fen(180)
        rows.append((group, households, due, due - waived, waived, tenths(10 * households // 4 * 3)))
    head: dict[str, Cell] = {"matter": ROAD, "decided": _in(asked, -6), "rate": fen(30), "spent": fen(11_200)}
    return Said(head=head, rows=cells("group households due_amount collected waived days", rows))


def land_compensation(asked: Asked) -> Said:
    """Return how the money for land that was taken is shared among those who farmed it."""
    rows = []
    for family in asked.scene.some(10, 21):
        taken = 2 + family.tenths // 12
        rows.append((family.name, family.group, tenths(taken), taken * fen(5_200)))
    total = sum(row[3] for row in rows)
    head: dict[str, Cell] = {
        "project": "镇自来水厂扩建",
        "total": total * 10 // 8,
        "decided": _in(asked, -9),
        "favour": "应到61人，到会52人，同意50人",
    }
    return Said(head=head, rows=cells("name group area amount", rows), note="其余两成留作集体，用于被征地户养老保险。")


def relief_proposed(asked: Asked) -> Said:
    """Return who asked for relief, before it is decided; reasons are told by kind alone."""
    reasons = ("因病", "缺劳力", "因残", "因学", "因病")
    rows = []
    for place, family in enumerate(asked.scene.some(RELIEF_PROPOSED, 5)):
        covered = min(family.people, 2)
        born = f"195{place}0{place + 2}1{place}"
        amount, number = fen(680) * covered, identity(born, 210 + place)
        home = f"{family.group}{place + 3}号"
        rows.append((family.name, family.people, covered, reasons[place], amount, family.group, number, home))
    head: dict[str, Cell] = {"kind": "最低生活保障", "until": _in(asked, 14), "phone": PHONE}
    return Said(head=head, rows=cells("name people covered reason amount group identity home", rows))


def disaster(asked: Asked) -> Said:
    """Return to whom rice, quilts and money went after the storm."""
    goods = ("大米2袋、棉被1条", "大米1袋", "棉被2条", "油毡3卷")
    rows = [
        (family.name, family.group, goods[place % 4], fen(300 + 200 * (place % 3)), _in(asked, -1))
        for place, family in enumerate(asked.scene.some(44, 13))
    ]
    total = sum(row[3] for row in rows)
    head: dict[str, Cell] = {
        "source": "县应急管理局救灾款物，松坪镇转发",
        "total": f"救灾款{total // 100}元，另有大米、棉被和油毡",
    }
    return Said(head=head, rows=cells("name group goods amount received", rows))


def resolutions(asked: Asked) -> Said:
    """Return what the representatives decided."""
    words = (
        "一、同意后山机耕路维修工程预算二十四万元，公开招标。\n二、同意店面续租，租金每年一万八千元一间，先公告后竞价。\n"
        "三、误工补贴标准仍为每天一百二十元。"
    )
    return Said(
        head={
            "meeting": "村民代表会议",
            "day": asked.span.last_day.isoformat(),
            "due_people": 38,
            "present": 35,
            "favour": 34,
            "against": 1,
            "words": words,
        }
    )


def consultation(asked: Asked) -> Said:
    """Return what people talked over and agreed upon."""
    return Said(
        head={
            "matter": "溪边停车场怎么停、谁来管",
            "day": asked.span.last_day.isoformat(),
            "who": "村民代表、沿溪住户、店主和村监委会，共二十三人",
            "result": "划车位三十二个，本村车免费，逢集市留出消防通道；由保洁员兼管。",
            "done": "车位已经划好，牌子已经立好。",
        }
    )


def elections(asked: Asked) -> Said:
    """Return who was chosen to fill a seat of the supervision committee."""
    member = asked.scene.officials[PostKind.SUPERVISION_MEMBER]
    rows = [(member, "村监委会委员", 412), (asked.scene.households[80].name, "村监委会委员候选人", 187)]
    head: dict[str, Cell] = {"day": asked.span.last_day.isoformat(), "voters": 726, "cast": 618, "valid": 599}
    return Said(head=head, rows=cells("name post votes", rows))


def helpers(asked: Asked) -> Said:
    """Return who was hired, for what, for how long, and whether a cadre's relative is among them."""
    year = asked.span.last_day.year
    rows = []
    for place, family in enumerate(asked.scene.some(62, 6)):
        post, pay = ("保洁员", 1_800) if place < 4 else ("护林员", 1_200)
        rows.append((family.name, post, fen(pay), f"{year}-01至{year}-12", "有，已回避" if place == 3 else "没有"))
    head: dict[str, Cell] = {"notice": _in(asked, -12), "applied": len(rows) + 3}
    return Said(head=head, rows=cells("name post pay term relative", rows))


def recruitment(asked: Asked) -> Said:
    """Return who is to become a member of the party; what is kept for officials stays with them."""
    first, second = asked.scene.households[84], asked.scene.households[85]
    sponsor = asked.scene.officials[PostKind.ORGANISER]
    rows = [
        (first.name, "女", "发展对象", f"{asked.span.last_day.year - 2}-07", sponsor, "1991-04-16"),
        (second.name, "男", "预备党员", f"{asked.span.last_day.year - 3}-03", sponsor, "1988-11-02"),
    ]
    head: dict[str, Cell] = {"until": _in(asked, 14), "phone": PHONE}
    return Said(head=head, rows=cells("name sex stage applied sponsor birth", rows))


COLLECTIVE = BodyKind.COLLECTIVE
HAPPENINGS = (
    Happening(code="works.before", title=ROAD, days_ago=170, says=works_before, body=COLLECTIVE),
    Happening(code="finance.fundraising", title=ROAD, days_ago=160, says=fundraising),
    Happening(code="works.during", title=ROAD, days_ago=96, says=works_during, body=COLLECTIVE),
    Happening(code="works.after", title=ROAD, days_ago=38, says=works_after, body=COLLECTIVE),
    Happening(
        code="finance.land-compensation",
        title="镇自来水厂扩建征地",
        days_ago=130,
        says=land_compensation,
        body=COLLECTIVE,
    ),
    Happening(code="village.relief-proposed", title="最低生活保障初审", days_ago=RELIEF_DAYS_AGO, says=relief_proposed),
    Happening(code="village.disaster", title="大风救灾款物发放", days_ago=84, says=disaster),
    Happening(code="village.resolutions", title="村民代表会议决议", days_ago=172, says=resolutions, is_everywhere=True),
    Happening(code="village.consultation", title="溪边停车场", days_ago=66, says=consultation),
    Happening(code="village.elections", title="村监委会委员补选", days_ago=210, says=elections),
    Happening(code="village.helpers", title="保洁员和护林员聘用", days_ago=118, says=helpers, is_everywhere=True),
    Happening(code="party.recruitment", title="发展党员公示", days_ago=58, says=recruitment),
)
