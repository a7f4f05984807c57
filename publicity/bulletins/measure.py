"""How wide a text is in ems, and how many lines it takes: close enough to plan pages, and never too little.

The widths are those of Noto Sans SC Bold rounded up, so that a plan made with them holds for both weights; a test
compares them with the type face itself.
"""

import math
import re
import unicodedata
from functools import lru_cache

_WIDTHS = {
    **dict.fromkeys(" .,:;'|ijlIft", 0.43),
    **dict.fromkeys("!()[]{}/\\-r", 0.44),
    **dict.fromkeys("mMWw%@&", 1.01),
    **dict.fromkeys("0123456789", 0.59),
}
_CAPITAL, _OTHER, _CHINESE, _FOREIGN = 0.78, 0.65, 1.0, 1.15

# What a line may not begin with stays with the character before it, what it may not end with with the one after.
_PIECE = re.compile(r"[（「『《〈〔【“‘]*(?:[!-~]+|.)[，。、；：？！）」』》〉〕】”’…—％℃]*", re.DOTALL)


@lru_cache(maxsize=65_536)
def width(text: str) -> float:
    """Return an upper bound of the width of `text` in ems."""
    return sum(_character(character) for character in text)


def _character(character: str) -> float:
    """Return an upper bound of one character's advance in ems; marks that sit on another take none."""
    if character in _WIDTHS:
        return _WIDTHS[character]
    if unicodedata.combining(character):
        return 0.0
    if character.isascii():
        return _CAPITAL if character.isupper() else _OTHER
    return _CHINESE if unicodedata.east_asian_width(character) in "WF" else _FOREIGN


def lines(text: str, ems: float, tail: str = "", tail_scale: float = 1.0) -> int:
    """Return how many lines `ems` wide `text` takes, followed by `tail` in its relative size.

    A piece wider than a line is broken anywhere; `tail` moves to the next line as a whole, and is broken only if it is
    wider than that. The sheets' style does the same.
    """
    if not tail and width(text) <= ems:
        return 1
    count, used = 1, 0.0
    for sizes in (_sizes(text), _tail(tail, tail_scale, ems)):
        for size in sizes:
            if used + size > ems and used > 0:
                count, used = count + 1, 0.0
            broken = math.ceil((size - ems) / max(ems - 1, 0.5)) if size > ems else 0
            count, used = count + broken, used + size - broken * max(ems - 1, 0.5)
    return count


@lru_cache(maxsize=16_384)
def _sizes(text: str) -> tuple[float, ...]:
    """Return the widths of the pieces that a line may end after, in ems."""
    return tuple(width(piece) for piece in _PIECE.findall(text))


def widest_piece(text: str) -> float:
    """Return the width of the widest piece that is not parted between lines, in ems."""
    return max(_sizes(text), default=0.0)


def cut(text: str, ems: float, count: int) -> list[str]:
    """Return `text` in parts that take at most `count` lines `ems` wide each; joined they are the text again.

    A sentence that ends in the last quarter of a part ends the part.
    """
    parts, taken, used = [""], 1, 0.0
    for piece in (bit for found in _PIECE.findall(text) for bit in _bits(found, ems)):
        size = width(piece)
        if used + size > ems and used > 0:
            taken, used = taken + 1, 0.0
        if taken > count:
            sentence = parts[-1].rfind("。") + 1
            rest = parts[-1][sentence:] if sentence > len(parts[-1]) * 3 / 4 else ""
            parts[-1:] = [parts[-1][: len(parts[-1]) - len(rest)], rest]
            # What was taken over is shorter than a part; a line more than it takes is reckoned, never less.
            taken, used = (lines(rest, ems) + 1, 0.0) if rest else (1, 0.0)
        parts[-1] += piece
        used += size
    return parts


def _bits(piece: str, ems: float) -> list[str]:
    """Return a piece wider than a line in bits that fit on one."""
    step = max(int(ems / _FOREIGN), 1)
    if width(piece) <= ems:
        return [piece]
    return [piece[start : start + step] for start in range(0, len(piece), step)]


def _tail(text: str, scale: float, ems: float) -> list[float]:
    """Return the widths of the pieces that the tail may be parted into: one, if it fits on a line."""
    whole = (width(text) + width(" ")) * scale
    if not text or whole <= ems:
        return [whole] if text else []
    return [ems, *(width(piece) * scale for piece in _PIECE.findall(text))]
