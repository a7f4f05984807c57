"""Names of private persons: what looks like one, and where one stands inside a sentence of relief or about a child.

There is no list of all names. A short run of Han signs that begins with a known surname is taken for a name; in a
sentence that is trusted only beside a word that speaks of a person (困难户…, …临时救助). When in doubt a payee is
masked (a masked shop does less harm than a named neighbour) and a word in a sentence is left alone.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from publicity.privacy.wordlists import either, word_list

_surnames = word_list("surnames")
_words = word_list("names")
_organisations = word_list("organisations")

SINGLE = frozenset("".join(_surnames["single"].split()))
COMPOUND = frozenset(_surnames["compound"])
HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
# Signs that end a name rather than belong to one.
NOT_GIVEN = "的了是在及等或年月日元号村镇乡县市区组户费款员补贴助额度困难慰问救低保病残疾岁"
GIVEN = rf"(?![{NOT_GIVEN}]){HAN}"
SURNAME = "(?:" + "|".join(sorted(COMPOUND)) + "|[" + "".join(sorted(SINGLE)) + "])"
# The first look is for speed alone: nearly every sign begins no name.
_FIRST = "".join(sorted(SINGLE | {name[0] for name in COMPOUND}))
NAME = rf"(?=[{_FIRST}])(?!{either(_words['not_names'])}){SURNAME}(?:{GIVEN}){{1,2}}"
BOUNDARY = rf"(?=$|[^\u3400-\u9fff\U00020000-\U0003ffff]|{either(_words['after'])})"
TITLES = either(_words["titles"])

_whole = re.compile(rf"{SURNAME}{HAN}{{1,2}}")
_double = re.compile(rf"[{''.join(sorted(SINGLE))}]{{2}}{HAN}{{2}}")
_dotted = re.compile(rf"{HAN}{{1,8}}(?:[·•・.]{HAN}{{1,8}})+")
_group = frozenset(_organisations["groups"])
_endings = tuple(_organisations["endings"])
_ambiguous = tuple(_organisations["ambiguous"])
_inside = re.compile(either(_organisations["inside"]))
_following = re.compile(rf"[、，,;；和及与\s]{{1,2}}({NAME}){BOUNDARY}")
_after_relief = re.compile(rf"{either(_words['relief'])}[:：\s（(]{{0,2}}({NAME}){BOUNDARY}")
_before_relief = re.compile(
    rf"(?:^|[、，,。；;:：（(\s]|{either(_words['giving'])})({NAME})"
    rf"(?=(?:[、，,和及与]{SURNAME}{HAN}{{1,2}})*(?:等\d*[人户名]?)?[（(]?(?:家庭|家|户)?{either(_words['of_relief'])})"
)


@lru_cache(maxsize=8192)
def is_organisation(words: str) -> bool:
    """Tell whether an entry names an organisation or a group, by its ending or a word inside it."""
    if words in _group or _inside.search(words) or (len(words) > 2 and words.endswith(_endings)):
        return True
    return words.endswith(_ambiguous) and not _whole.fullmatch(words)


@lru_cache(maxsize=8192)
def is_name(words: str) -> bool:
    """Tell whether an entry standing alone is taken for a private person's name."""
    return _like_a_name(words) and not is_organisation(words)


def _like_a_name(words: str) -> bool:
    return bool(_whole.fullmatch(words) or _double.fullmatch(words) or _dotted.fullmatch(words))


def surname(name: str) -> str:
    """Return the surname of a Chinese name: two signs if it is a compound one and more follows, else the first."""
    return name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]


def relief_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the text that are names of people on relief, told by the words beside them."""
    for pattern in (_after_relief, _before_relief):
        for found in pattern.finditer(text):
            yield found.span(1)
            following = _following.match(text, found.end(1))
            while following:
                yield following.span(1)
                following = _following.match(text, following.end(1))
