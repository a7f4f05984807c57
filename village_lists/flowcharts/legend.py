"""The legend of a chart with standings: a little symbol, a sign and a word for every kind that occurs."""

from collections.abc import Iterable

from village_lists.flowcharts.chart import Area, Label, Run, Sample
from village_lists.flowcharts.looks import LOOKS
from village_lists.flowcharts.standings import STANDING_WORDS, StandingKind
from village_lists.flowcharts.tell import Say
from village_lists.flowcharts.text import width_of

LEGEND = "legend"
"""The key of the label that holds the legend."""
LEADING = 1.7
SYMBOL_EM = 1.5
MARK_EM = 1.3


def legend(
    kinds: Iterable[StandingKind], *, left: float, top: float, width: float, size: float, say: Say
) -> tuple[Label | None, tuple[Sample, ...], float]:
    """Return label, little symbols and the y where they end, set in rows from `top` down; nothing without kinds.

    All measures in the unit of the chart; `size` is the size of the type.
    """
    used = set(kinds)
    runs: list[Run] = []
    samples: list[Sample] = []
    x, y = left, top
    for kind in StandingKind:
        if kind not in used:
            continue
        words = say(STANDING_WORDS[kind], {})
        before = (SYMBOL_EM + 0.5 + MARK_EM) * size
        if x > left and x + before + width_of(words, size) > left + width:
            x, y = left, y + LEADING * size
        middle = y + LEADING * size / 2
        area = Area(x=x + 0.3 * size, y=middle - 0.42 * size, width=(SYMBOL_EM - 0.3) * size, height=0.84 * size)
        samples.append(Sample(area=area, standing=kind))
        look = LOOKS[kind]
        runs.append(
            Run(
                words=words,
                x=x + before,
                y=middle + 0.36 * size,
                size=size,
                tone=look.tone,
                mark=look.mark,
                is_bold=look.is_bold,
            )
        )
        x += before + width_of(words, size) + 1.2 * size
    if not runs:
        return None, (), top
    bottom = y + LEADING * size
    return (
        Label(key=LEGEND, area=Area(x=left, y=top, width=width, height=bottom - top), runs=tuple(runs)),
        tuple(samples),
        bottom,
    )
