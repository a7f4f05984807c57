"""Names as the open web, JSON, CSV and search show them: 张* for private persons, organisations and officials in full.

On paper private payees stand in full; people on relief are masked in every text there too (product.md P7).
How a payee is judged, in this order: a known official or organisation: in full; by its ending or a word inside it an
organisation or a group (供电所, 326户, 全体村民): in full; Han signs that look like a name: masked; all else: in full.
"""

import re
from collections.abc import Iterable, Iterator, Set

from publicity.privacy.names import HAN, SINGLE, TITLES, is_name, is_organisation, relief_names, surname
from publicity.privacy.wordlists import either, word_list

STAR = "*"
_SEPARATORS = re.compile(r"([、，,;；:：/／|\-—–]+|\s+|（|）|\(|\))")
_BRACKETS = re.compile(r"[（）()]")
# 和 is a given name too (张和平), so it parts only what is no name as a whole.
_AND = re.compile(r"(和|与|及)")
# 李  明, 李 大 有: blanks that only fill the width of a column.
_SPACED = re.compile(rf"(?<!{HAN})[{''.join(sorted(SINGLE))}](?:[ \u3000]+{HAN}){{1,2}}(?!{HAN}|\*)")
_TAIL = re.compile(
    r"(?:等.*|\d.*|户|家|家庭|一家|夫妇|夫妻|父子|母子|兄弟|之[妻夫子女]"
    rf"|代领|代收|代付|代办|转交|本人|{TITLES})$"
)
_HEAD = re.compile(
    rf"(?:{either(word_list('names')['relief'])}"
    r"|村民|农户|居民|户主|社员|组民|党员|组长|代表|承包人|承租人|领款人|收款人|付给|支付|付|退|出纳|会计|文书"
    r"|书记|主任|委员|保洁员|护林员|网格员|工人|司机|第?[一二三四五六七八九十0-9]+[组队](?:村民)?)[:：\s]?"
)
_UNSEEN = "[\\s\u200b-\u200f\u2060\ufeff]*"


def mask_name(name: str) -> str:
    """Return surname and star: 张阿德 gives 张*, 欧阳小明 欧阳*, one sign alone *; twice is as once."""
    name = re.sub(_UNSEEN, "", name)
    if name.endswith(STAR):
        return name
    return surname(name) + STAR if len(name) > 1 else STAR


def mask_payee(payee: str, *, officials: Set[str] = frozenset(), organisations: Set[str] = frozenset()) -> str:
    """Return the payee for the open web; `officials` and `organisations` are the full names that stay in full."""
    shown = frozenset(officials | organisations)
    return "".join(words if not name else _covered(words, name) for words, name in _parts(payee, shown))


def names_in(payee: str, *, officials: Set[str] = frozenset(), organisations: Set[str] = frozenset()) -> list[str]:
    """Return the private names in a payee, in order: 周桂芳、李四等3人 gives both; for `mask_text` of the same line."""
    shown = frozenset(officials | organisations)
    return [name for _, name in _parts(payee, shown) if name]


def mask_text(text: str, names: Iterable[str], *, officials: Set[str] = frozenset()) -> str:
    """Return the text with the given names masked, and those that words of relief beside them tell (困难户陈小妹)."""
    for name in sorted({re.sub(_UNSEEN, "", name) for name in names}, key=len, reverse=True):
        if len(name) > 1 and not name.endswith(STAR):
            text = mask_name(name).join(re.split(_UNSEEN.join(map(re.escape, name)), text))
    for start, end in sorted(set(relief_names(text)), reverse=True):
        if text[start:end] not in officials:
            text = text[:start] + mask_name(text[start:end]) + text[end:]
    return text


def _covered(words: str, name: str) -> str:
    return words.replace(name, mask_name(name))


def _parts(payee: str, shown: Set[str]) -> Iterator[tuple[str, str]]:
    """Yield the payee piece by piece, each with the private name in it or an empty one."""
    whole = payee.strip()
    # Brackets inside an organisation's name (松坪(集团)公司) part nothing; 公司(张三) ends with a bracket.
    closed = not whole.endswith(("）", ")"))
    if whole in shown or (is_organisation(whole) and closed and not _SEPARATORS.search(_BRACKETS.sub("", whole))):
        yield payee, ""
        return
    for piece in _SEPARATORS.split(_SPACED.sub(lambda found: "".join(found[0].split()), payee)):
        yield from _joined(piece, shown)


def _joined(piece: str, shown: Set[str]) -> Iterator[tuple[str, str]]:
    """Yield a piece, parted at 和, 与, 及 where something known stands before it, else at each of them."""
    name = _private_name(piece, shown)
    if name or is_organisation(piece) or not _AND.search(piece):
        yield piece, name
        return
    for joint in _AND.finditer(piece):
        first = piece[: joint.start()]
        name = _private_name(first, shown)
        if name or first in shown or is_organisation(first):
            yield first, name
            yield joint[0], ""
            yield from _joined(piece[joint.end() :], shown)
            return
    yield from ((part, _private_name(part, shown)) for part in _AND.split(piece))


def _private_name(piece: str, shown: Set[str]) -> str:
    """Return the private name inside one piece of a payee, empty if there is none."""
    bare = _HEAD.sub("", piece, count=1) if _HEAD.match(piece) else piece
    # 付 and 司 are surnames as well as the beginning of 付给 and 司机, so the whole is tried first.
    stems = [_TAIL.sub("", piece), piece, _TAIL.sub("", bare), bare]
    if any(stem in shown for stem in stems):
        return ""
    return next((stem for stem in stems if is_name(stem)), "")
