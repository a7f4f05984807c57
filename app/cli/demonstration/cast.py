"""The invented places and people of the demonstration; no real village, person or company."""

from dataclasses import dataclass
from random import Random

from village_lists.people.models import PostKind

COUNTY = "330299"
TOWNSHIP = "330299101"
NAMES = (
    "上石村", "下田村", "竹岙村", "岭后村", "前塘村", "石塘村", "中堡村", "海头村",
    "箬山村", "东坑村", "西坞村", "大路村", "桥头村", "里洋村", "外洋村", "南坪村",
)  # fmt: skip
SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田"
GIVEN = (
    "国强", "海涛", "永根", "春梅", "志伟", "桂芳", "阿德", "小妹", "根木", "永发", "建华", "秀英", "金凤", "文斌",
    "明亮", "素珍", "德兴", "月仙", "庆林", "爱娟", "水根", "彩云", "长青", "玉兰", "宝山", "美珠", "立新", "巧云",
)  # fmt: skip
ROLES = {
    PostKind.CLERK: "报账员",
    PostKind.SECRETARY: "村党组织书记",
    PostKind.DIRECTOR: "村委会主任",
    PostKind.SUPERVISION_HEAD: "村监委会主任",
    PostKind.SUPERVISION_MEMBER: "村监委会委员",
    PostKind.ORGANISER: "组织委员",
    PostKind.TOWNSHIP_AUDITOR: "乡镇监察办",
    PostKind.COUNTY_STEWARD: "县级管理员",
}
FIRST_VILLAGE = {
    PostKind.CLERK: "李国强",
    PostKind.SECRETARY: "陈海涛",
    PostKind.DIRECTOR: "周建华",
    PostKind.SUPERVISION_HEAD: "王永根",
    PostKind.SUPERVISION_MEMBER: "徐春梅",
    PostKind.ORGANISER: "孙秀珍",
}
SUPPLIERS = (
    "松坪市政工程有限公司", "阳光家具店", "兴农农资店", "亮美电器商行", "百惠超市", "松坪印务社", "清风百货店",
    "绿源农业合作社", "绿野家庭农场", "松坪镇三资中心", "国网松坪供电所", "松坪自来水厂",
)  # fmt: skip


@dataclass(frozen=True)
class Seat:
    """A post to be filled: its kind, the person's name, the user name."""

    kind: PostKind
    name: str
    user_name: str


def village_name(number: int) -> str:
    """Return the name of the village with that number, from 0."""
    return NAMES[number] if number < len(NAMES) else f"{NAMES[number % len(NAMES)][:-1]}{number // len(NAMES) + 1}村"


def village_code(number: int) -> str:
    """Return the 12-digit code: 201 and up under the township."""
    return f"{TOWNSHIP}{201 + number}"


def person_name(chance: Random) -> str:
    """Return an invented name."""
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


def seats(number: int, chance: Random) -> list[Seat]:
    """Return who holds which post in a village; user names are c1, s1, d1, h1, m1, o1 and so on."""
    letters = {
        PostKind.CLERK: "c",
        PostKind.SECRETARY: "s",
        PostKind.DIRECTOR: "d",
        PostKind.SUPERVISION_HEAD: "h",
        PostKind.SUPERVISION_MEMBER: "m",
        PostKind.ORGANISER: "o",
    }
    found: list[Seat] = []
    for kind, letter in letters.items():
        name = FIRST_VILLAGE[kind] if number == 0 else person_name(chance)
        while any(seat.name == name for seat in found):
            name = person_name(chance)
        found.append(Seat(kind, name, f"{letter}{number + 1}"))
    return found
