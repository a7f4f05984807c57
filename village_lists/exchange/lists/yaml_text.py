"""Plain values as YAML in block style, always the same bytes: no anchors, nothing escaped that need not be.

A writer of its own: a library's emitter may fold or quote differently in its next version, and is ten times slower.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

Plain = str | int | bool | Sequence["Plain"] | Mapping[str, "Plain"]

# Texts that every reader of YAML 1.1 and 1.2 takes for the same text without quotes: those that open with a letter, or
# with a figure or bracket where some Chinese sign shows that the whole is neither number nor date.
_INSIDE = r"[\w /.%+（）《》，。；：、？！…「」“”—～·-]"
_PLAIN = re.compile(
    rf"(?:[^\W\d_]|[\d《（「“](?={_INSIDE}*[\u4e00-\u9fff]))(?:{_INSIDE}*[\w.%+（）《》，。；：、？！…」”—～·-])?"
)
_RESERVED = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"])
# What may stand in a literal block as it is; everything else goes between quotes.
_LITERAL = re.compile("[\n\x20-\x7e\u3000-\ufdff\uff00-\uffef\u2010-\u2027\u2030-\u205e\u2190-\u2bff]+")

# Between quotes too: what YAML calls a line break or not printable, and the mark of byte order.
_UNSEEN = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def yaml_text(document: Mapping[str, Plain]) -> str:
    """Return a mapping as a YAML document; texts of several lines stand in literal blocks where they can."""
    return "".join(f"{line}\n" for line in _mapping(document, 0))


def _mapping(value: Mapping[str, Plain], depth: int) -> Iterator[str]:
    pad = "  " * depth
    for key, child in value.items():
        head = f"{pad}{scalar(key)}:"
        if isinstance(child, Mapping) and child:
            yield head
            yield from _mapping(child, depth + 1)
        elif isinstance(child, Sequence) and not isinstance(child, str) and child:
            yield head
            yield from _sequence(child, depth + 1)
        else:
            yield from _leaf(head, child, depth + 1)


def _sequence(value: Sequence[Plain], depth: int) -> Iterator[str]:
    pad = "  " * depth
    for child in value:
        if isinstance(child, Mapping) and child:
            lines = _mapping(child, depth + 1)
            yield f"{pad}- {next(lines).lstrip(' ')}"
            yield from lines
        else:
            yield from _leaf(f"{pad}-", child, depth + 1)


def _leaf(head: str, value: Plain, depth: int) -> Iterator[str]:
    if isinstance(value, str) and "\n" in value and _is_literal(value):
        yield f"{head} |-"
        for line in value.split("\n"):
            yield f"{'  ' * depth}{line}" if line else ""
    else:
        yield f"{head} {_inline(value)}"


def _inline(value: Plain) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return scalar(value) if isinstance(value, str) else ("{}" if isinstance(value, Mapping) else "[]")


def scalar(text: str) -> str:
    """Return a text as a scalar of one line: as it is where no reader could take it for anything else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    written = json.dumps(text, ensure_ascii=False)
    return _UNSEEN.sub(_escaped, written)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _is_literal(text: str) -> bool:
    """Tell whether a text of several lines survives a literal block: no blanks where the block itself begins."""
    return bool(_LITERAL.fullmatch(text)) and text[0] not in " \n" and not text.endswith("\n")
