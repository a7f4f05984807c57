"""Children under 14 by name, age or birth date (个人信息保护法 Art 28: all their data is sensitive)."""

import re
from collections.abc import Iterator
from datetime import date

from publicity.privacy.names import BOUNDARY, NAME
from publicity.privacy.reading import plain
from publicity.privacy.wordlists import either, word_list

GROWN = 14
HAN_AGES = {sign: age for age, sign in enumerate(["零", *"一二三四五六七八九十", "十一", "十二", "十三"])} | {"两": 2}

CHILD = either(word_list("names")["child"])
# A range (0-6岁, 14岁以下) speaks of a class of people, not of one child.
AGE = (
    r"(?<![0-9一二三四五六七八九十\-~～—至到])([0-9]{1,2}|十[一二三]?|[一二两三四五六七八九])\s?"
    r"(?:周岁|岁)(?!以|及|至|到|[-~～—])"
)
SIGNS = r"[\s,，、（(:：]{0,2}"
DATE = r"((?:19|20)[0-9]{2})[年\-./]\s?([0-9]{1,2})(?:[月\-./]\s?([0-9]{1,2})日?|月)?"
BEFORE_NAME = f"{CHILD}|付|给|为|村民|户主|困难户|低保户|慰问|救助|资助|之子|之女|儿子|女儿|孙子|孙女|其子|其女"
WITHIN = rf"(?:^|[^\u3400-\u9fff\U00020000-\U0003ffff]|{BEFORE_NAME})"

_name_then_age = re.compile(
    rf"{WITHIN}({NAME}){SIGNS}(?:男|女)?(?:孩|童|生)?{SIGNS}(?:今年|现年|年仅|年龄)?{SIGNS}{AGE}"
)
_age_then_name = re.compile(rf"{AGE}的?(?:{CHILD}|男|女)?{SIGNS}({NAME}){BOUNDARY}")
_child_name = re.compile(rf"(?<![大高究])(?<!高中){CHILD}{SIGNS}({NAME}){BOUNDARY}")
_name_child = re.compile(rf"{WITHIN}({NAME})(?:[（(]\s?(?:{CHILD}|未成年)|小朋友|小同学)")
_born_before = re.compile(rf"{DATE}\s?出?生(?![产效活态猪育日意长物命])")
_born_in_year = re.compile(r"((?:19|20)[0-9]{2})年\s?出?生(?![产效活态猪育日意长物命])")
_born_after = re.compile(rf"(?:出生(?:日期|年月日|年月|时间)?|生于|生日)[:：\s为是]{{0,3}}{DATE}")


def minors(text: str, *, on: date) -> Iterator[tuple[int, int]]:
    """Yield the stretches that name a child under 14 or give its birth date, as of the day `on`."""
    legible = plain(text)
    if "岁" in legible:
        yield from _by_age(legible)
    for pattern in (_child_name, _name_child):
        for found in pattern.finditer(legible):
            yield found.span(1)
    if "生" not in legible:
        return
    for found in _born_in_year.finditer(legible):
        # A child that turns fourteen in this year may be either; only surely under fourteen is told.
        if 0 <= on.year - int(found[1]) < GROWN:
            yield found.span()
    for pattern in (_born_before, _born_after):
        for found in pattern.finditer(legible):
            if _under_age(int(found[1]), int(found[2]), int(found[3] or 1), on):
                yield found.span()


def _by_age(legible: str) -> Iterator[tuple[int, int]]:
    for found in _name_then_age.finditer(legible):
        if _age(found[2]) < GROWN:
            yield found.span(1)
    for found in _age_then_name.finditer(legible):
        if _age(found[1]) < GROWN:
            yield found.span(2)


def _age(written: str) -> int:
    return int(written) if written.isascii() else HAN_AGES[written]


def _under_age(year: int, month: int, day: int, on: date) -> bool:
    """Tell whether a birth date lies before `on` and less than 14 birthdays back."""
    return (year, month, day) <= (on.year, on.month, on.day) < (year + GROWN, month, day)
