"""Paper, third part: what stands in and beside a symbol, how it breaks into lines, and how large that makes it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from village_lists.flowcharts.chart import Mark, Tone
from village_lists.flowcharts.graph import NodeKind
from village_lists.flowcharts.looks import LOOKS
from village_lists.flowcharts.tell import TextStep
from village_lists.flowcharts.text import width_of, wrap_even

MARK_EM = 1.3
LEADING = 1.4
SLENDER = 0.62
"""A diamond that would be taller than this share of its width gives what is not its question to the note."""
BOLD_MARKS = {look.mark for look in LOOKS.values() if look.is_bold}

Said = tuple[str, Tone, Mark | None]


@dataclass(frozen=True)
class Setting:
    """How large the type is, in pt, and how much is told: 3 everything, 2 without papers and risks, 1 who, 0 titles."""

    size: float
    small: float
    detail: int


@dataclass(frozen=True)
class Row:
    """One line of text of a symbol or note, not yet in its place."""

    words: str
    size: float
    tone: Tone
    is_bold: bool = False
    mark: Mark | None = None
    hang: float = 0.0
    """How far the words of a marked line and of those that go on below it stand in, behind the mark."""
    is_struck: bool = False

    @property
    def height(self) -> float:
        """How much room it takes from top to bottom."""
        return self.size * LEADING

    @property
    def width(self) -> float:
        """How wide it is with its mark."""
        return width_of(self.words, self.size) + self.hang


@dataclass
class Content:
    """A symbol with its text, and for a decision a note below it; all measures in pt."""

    step: TextStep
    width: float
    height: float
    rows: list[Row]
    note: list[Row] = field(default_factory=list)

    @property
    def note_height(self) -> float:
        """How tall the note is with the space above it."""
        return sum(row.height for row in self.note) + 3 if self.note else 0.0

    @property
    def full_height(self) -> float:
        """Symbol and note together."""
        return self.height + self.note_height


def _about(step: TextStep) -> str:
    return " · ".join(words for words in (step.actor, step.limit) if words)


def _more(step: TextStep, detail: int) -> Iterator[Said]:
    """Yield what is told besides title, actor and limit."""
    if detail >= 3:
        for words in (step.detail, step.evidence):
            if words:
                yield words, Tone.INK_2, None
    if detail >= 2 and step.posting:
        yield step.posting, Tone.GOOD, Mark.POSTING
    if detail >= 3 and step.risk:
        yield step.risk, Tone.LATE, Mark.RISK
    if detail >= 2:
        for words in step.prohibitions:
            yield words, Tone.MISSING, Mark.PROHIBITION


def _rows(said: Said, width: float, size: float) -> Iterator[Row]:
    words, tone, mark = said
    indent = MARK_EM * size if mark else 0.0
    for place, line in enumerate(wrap_even(words, width - indent, size)):
        yield Row(line, size, tone, is_bold=mark in BOLD_MARKS, mark=mark if place == 0 else None, hang=indent)


def _heading(step: TextStep, width: float, size: float) -> list[Row]:
    """The title in bold, struck if the step has gone."""
    look = LOOKS[step.standing_kind] if step.standing_kind else None
    is_struck = look is not None and look.is_struck
    return [
        Row(words, size, Tone.INK, is_bold=True, is_struck=is_struck) for words in wrap_even(_title(step), width, size)
    ]


def _standing(step: TextStep) -> list[Said]:
    """What is said of the standing of a step, if it has one."""
    if not step.standing_kind:
        return []
    look = LOOKS[step.standing_kind]
    return [(step.standing, look.tone, look.mark)]


def content_of(step: TextStep, width: float, setting: Setting, in_words: list[str], note_width: float) -> Content:
    """Return symbol and text of a step for a width in pt, and its note, if it needs one, for `note_width`.

    `in_words` are exits that are told instead of drawn.
    """
    said: list[Said] = [(_about(step), Tone.INK_2, None)] if setting.detail >= 1 and _about(step) else []
    more: list[Said] = [*_more(step, setting.detail), *((words, Tone.INK, None) for words in in_words)]
    standing = _standing(step)
    if step.kind is NodeKind.DECISION:
        return _decision(step, width, setting, said, standing, more, note_width)
    if step.kind is NodeKind.PARALLEL:
        return _bar(step, width, setting, [*standing, *said, *more])
    return _plain(step, width, setting, [*standing, *said, *more])


def _title(step: TextStep) -> str:
    return step.title if step.number is None else f"{step.mark}  {step.title}"


def _plain(step: TextStep, width: float, setting: Setting, said: list[Said]) -> Content:
    """Stadium, rectangle, or rectangle with side bars: as wide as may be, except the stadium."""
    size = setting.size
    pad = {NodeKind.STEP: 0.7, NodeKind.PREDEFINED: 1.5}.get(step.kind, 1.2) * size
    inner = width - 2 * pad
    rows = _heading(step, inner, size)
    for one in said:
        rows.extend(_rows(one, inner, setting.small))
    if step.kind in (NodeKind.START, NodeKind.END):
        width = min(width, max(6 * size, max(row.width for row in rows) + 2 * pad))
    return Content(step, width, sum(row.height for row in rows) + 0.7 * size, rows)


def _bar(step: TextStep, width: float, setting: Setting, said: list[Said]) -> Content:
    """Two parallel lines with the words between them."""
    rows = _heading(step, width, setting.small)
    for one in said:
        rows.extend(_rows(one, width, setting.small))
    return Content(step, width, sum(row.height for row in rows) + 0.5 * setting.size, rows)


def _decision(
    step: TextStep,
    width: float,
    setting: Setting,
    said: list[Said],
    standing: list[Said],
    more: list[Said],
    note_width: float,
) -> Content:
    """A diamond just tall enough for its question, with what else is to be told below it, left of its exit."""
    height, rows = _diamond(step, width, setting, said)
    if said and height > SLENDER * width:
        height, rows = _diamond(step, width, setting, [])
        more = [*said, *more]
    note = [row for one in (*standing, *more) for row in _rows(one, note_width, setting.small)]
    return Content(step, width, height, rows, note)


def _diamond(step: TextStep, width: float, setting: Setting, said: list[Said]) -> tuple[float, list[Row]]:
    """Return the least height of a diamond of this width, and its text as it then breaks."""
    shapes: list[tuple[float, list[Row]]] = []
    for share in (0.4, 0.5, 0.6, 0.7, 0.8):
        inner = share * width
        rows = _heading(step, inner, setting.size)
        for one in said:
            rows.extend(_rows(one, inner, setting.small))
        if shapes and len(rows) == len(shapes[-1][1]) == 1:
            break
        shapes.append((_diamond_height(rows, width, setting.size), rows))
    return min(shapes, key=lambda shape: shape[0])


def _diamond_height(rows: list[Row], width: float, size: float) -> float:
    """Return the least height at which every line lies inside the diamond."""
    total = sum(row.height for row in rows)
    height, top = 3.2 * size, -total / 2
    for row in rows:
        # of a line's height only the middle 1 em is ink
        slack = row.height * (LEADING - 1) / LEADING / 2
        farthest = max(abs(top + slack), abs(top + row.height - slack))
        free = 1 - min(0.98, (row.width + 0.4 * size) / width)
        height = max(height, 2 * farthest / free)
        top += row.height
    return height
