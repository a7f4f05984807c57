"""How wide words are, and where a line of them may break: reckoned without any font."""

import re
from functools import lru_cache

NARROW_EM = 0.56
"""Width of a Latin letter or digit in em; a little more than Noto Sans needs, so that text always fits."""

_CLOSERS = "，。；：、？！）」』》】〉”’…％·→"
_OPENERS = "（「『《【〈“‘"
_TOGETHER = r"第 ?\d+ ?[步条]|[\d.,]+(?:个工作日内|日内|万元|[天日个万元年月户人])"
"""What reads badly when it is broken: 第 4 步, 15天."""
_UNITS = re.compile(
    rf"[{_OPENERS}]*(?:{_TOGETHER}|[^\s\u2000-\U0010ffff]+|[^\s{_OPENERS}]|[{_OPENERS}])[{_CLOSERS}]*|\s+"
)


@lru_cache(maxsize=16384)
def _em(words: str) -> float:
    """Return the width of words in em."""
    narrow = sum(1 for letter in words if letter < "\u2000")
    return len(words) - narrow + NARROW_EM * narrow


def width_of(words: str, size: float) -> float:
    """Return the width of one line of words, in the unit of `size` (px or pt): Chinese 1 em, Latin 0.56 em."""
    return _em(words) * size


@lru_cache(maxsize=4096)
def _units(words: str) -> tuple[tuple[str, float, float], ...]:
    """Return what a line breaks between: units with their widths in em, and the same without a space at the end."""
    return tuple((unit, _em(unit), _em(unit.rstrip())) for unit in _UNITS.findall(words))


def _split_hard(unit: str, width: float) -> list[str]:
    """Cut a unit that is wider than a line, in em; a closing mark never stands first in a piece."""
    pieces, piece = [], ""
    for letter in unit:
        if piece and letter not in _CLOSERS and _em(piece + letter) > width:
            kept = len(piece.rstrip(_OPENERS)) or len(piece)
            pieces.append(piece[:kept])
            piece = piece[kept:]
        piece += letter
    return [*pieces, piece]


@lru_cache(maxsize=4096)
def wrap(words: str, width: float, size: float) -> tuple[str, ...]:
    """Return the words as lines no wider than `width`; the same unit as `size`.

    A line neither begins with closing punctuation nor ends with opening punctuation, and a Latin word
    is cut only when it is longer than a whole line. A dot between
    two words goes when they part. At least one line comes out, also of nothing.
    """
    width /= size
    if _em(words) <= width:
        return (words.rstrip(),)
    lines, line, line_width = [], "", 0.0
    for unit, unit_width, inked_width in _units(words):
        if line and line_width + inked_width > width:
            lines.append(line.rstrip().removesuffix(" ·"))
            line, line_width = "", 0.0
            unit = unit.lstrip().removeprefix("·")
            unit_width = _em(unit)
        elif lines and not line:
            unit = unit.lstrip()
            unit_width = _em(unit)
        if unit_width > width:
            *full, unit = _split_hard(line + unit, width)
            lines.extend(full)
            line, line_width = unit, _em(unit)
            continue
        line, line_width = line + unit, line_width + unit_width
    return (*lines, line.rstrip())


@lru_cache(maxsize=4096)
def wrap_even(words: str, width: float, size: float) -> tuple[str, ...]:
    """Like wrap, in as few lines, but about equally long: no last line of a single letter in centred text."""
    lines = wrap(words, width, size)
    if len(lines) < 2:
        return lines
    least = width_of(words, size) / len(lines)
    for tenth in range(10):
        even = wrap(words, least + (width - least) * tenth / 10, size)
        if len(even) == len(lines):
            return even
    return lines
