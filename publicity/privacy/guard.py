"""The privacy guard: what in one text must not be posted, told in a sentence that says how to mend it.

Before submission every text cell passes here (product.md P7). What is found blocks the posting until it is mended or
two people override it with a reason; that decision is not made here.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter

from publicity.privacy.minors import minors
from publicity.privacy.numbers import personal_numbers
from publicity.privacy.reading import plain
from publicity.privacy.wordlists import either, word_list
from village_lists.markers import N_


class Kind(StrEnum):
    """What was found."""

    IDENTITY = "identity"
    CARD = "card"
    MOBILE = "mobile"
    MINOR = "minor"
    ILLNESS = "illness"
    GRADE = "grade"


WORDS = {
    Kind.IDENTITY: N_("这里有身份证号码，不能公开：请把号码删掉，只写姓名。"),
    Kind.CARD: N_("这里有银行卡号，不能公开：请把卡号删掉，或者只留最后四位。"),
    Kind.MOBILE: N_("这里有手机号码，不能公开：请把号码删掉，需要联系方式时写村里的公开电话。"),
    Kind.MINOR: N_("这里能认出一个不满十四周岁的孩子，不能公开：请去掉姓名、年龄和生日，只写户主或人数。"),
    Kind.ILLNESS: N_("这里写了病情，不能公开：请改成「因病」。"),
    Kind.GRADE: N_("这里写了残疾的类别或等级，不能公开：请改成「残疾」。"),
}
COVERS = {Kind.MINOR: "一名孩子", Kind.ILLNESS: "因病", Kind.GRADE: "残疾"}

_illness_words = word_list("illness")
_illness = re.compile(either(_illness_words["illness"]), re.IGNORECASE)
_public = re.compile(either(_illness_words["public"]))
_NUMBER = "[一二三四壹贰叁肆1234ⅠⅡⅢⅣ]"
_grade = re.compile(
    rf"(?:视力|听力|言语|肢体|智力|精神|多重)(?:残疾(?:{_NUMBER}级)?|[:：（(\s]?{_NUMBER}级)"
    rf"|残疾(?:等级)?[:：（(]?\s?{_NUMBER}级|{_NUMBER}级(?:重度|中度|轻度)?残疾|残疾证号"
    # The name of the subsidy and a count of people tell nothing about one of them.
    r"|重度残疾(?!人?(?:[^\u3400-\u9fff]{0,2}[0-9]{1,5}\s?[人名户位]|护理|照护|托养|两项|生活补贴|补贴))"
)


@dataclass(frozen=True, slots=True)
class Exposure:
    """One thing that must not be posted: its kind, its stretch text[start:end], the sentence for the clerk."""

    kind: Kind
    start: int
    end: int
    shown_words: str


def exposures(text: str, *, on: date) -> list[Exposure]:
    """Return what must not be posted in this text, in its order, without overlaps; ages as of the day `on`."""
    chosen: list[Exposure] = []
    for found in _found(text, on):
        # Those chosen lie in order and apart, so only the two beside the place can overlap.
        place = bisect(chosen, found.start, key=attrgetter("start"))
        is_after = place == 0 or chosen[place - 1].end <= found.start
        is_before = place == len(chosen) or found.end <= chosen[place].start
        if is_after and is_before:
            chosen.insert(place, found)
    return chosen


def _found(text: str, on: date) -> Iterator[Exposure]:
    """Yield everything that any rule finds, surest rule first."""
    for number in personal_numbers(text, on=on):
        yield _exposure(Kind(number.kind), number.start, number.end)
    for start, end in minors(text, on=on):
        yield _exposure(Kind.MINOR, start, end)
    legible = plain(text)
    for grade in _grade.finditer(legible):
        yield _exposure(Kind.GRADE, *grade.span())
    if not _public.search(legible):
        for illness in _illness.finditer(legible):
            yield _exposure(Kind.ILLNESS, *illness.span())


def _exposure(kind: Kind, start: int, end: int) -> Exposure:
    return Exposure(kind, start, end, WORDS[kind])


def covered(text: str, found: Iterable[Exposure]) -> str:
    """Return the text with what was found covered, as the guard would mend it: numbers by ****, illness by 因病."""
    for exposure in sorted(found, key=lambda each: each.start, reverse=True):
        text = text[: exposure.start] + COVERS.get(exposure.kind, "****") + text[exposure.end :]
    return text
