"""The phone's chart: symbols stand on a rail at the left, words beside them, side lanes run back and ahead.

An exit leaves the rail below its decision (GB/T 1526: one flow line that branches), with its label beside
the branch, and runs in a lane at the far left to the symbol where it goes on. Lines to the same symbol share
a lane; so do the branches of one fork.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from village_lists.flowcharts.chart import (
    Area,
    Box,
    Bracket,
    Chart,
    Form,
    Label,
    Line,
    Mark,
    Run,
    Sample,
    Tone,
)
from village_lists.flowcharts.graph import Graph, NodeKind
from village_lists.flowcharts.grid import parallel_regions
from village_lists.flowcharts.legend import legend
from village_lists.flowcharts.looks import LOOKS, Look
from village_lists.flowcharts.standings import LIVE, StandingKind
from village_lists.flowcharts.tell import Say, TextStep, Way, say_chinese
from village_lists.flowcharts.text import width_of, wrap, wrap_even

PHONE_WIDTH = 360
MARGIN = 16
WIDTH = PHONE_WIDTH - 2 * MARGIN
LANE = 10
MOST_LANES = 8
GAP = 12
"""Between symbol and words, px."""
STEP_GAP = 24
"""Between one step and the next, px."""
BRACKET = 14
CHIP_PAD = 8
FRAME_PAD = 6
"""Between the words of a step and the frame round them, px."""
MARK_EM = 1.3


@dataclass(frozen=True)
class Type:
    """The sizes of one type scale, px."""

    title: float
    text: float
    symbol: float


NORMAL = Type(title=18, text=16, symbol=36)
LARGE = Type(title=24, text=22, symbol=46)


@dataclass(frozen=True)
class Lane:
    """A line beside the rail: from the first to the last place that it serves, in half steps of the order."""

    number: int
    first: int
    last: int


def _lane_name(graph_forks: set[str], source: str, target: str) -> str:
    """Lines to one target share a lane; the branches of a fork share the fork's."""
    return f"fork {source}" if source in graph_forks else f"to {target}"


def _assign_lanes(graph: Graph, forks: set[str]) -> dict[str, int]:
    """Return lane numbers by name, 0 nearest to the rail; what finds no room among MOST_LANES is left out."""
    order = {node.key: index for index, node in enumerate(graph.nodes)}
    spans: dict[str, tuple[int, int]] = {}
    for edge in graph.edges:
        start, end = order[edge.source], order[edge.target]
        if end == start + 1:
            continue
        name = _lane_name(forks, edge.source, edge.target)
        # a chip stands below its symbol, hence the odd number
        low, high = min(2 * start + 1, 2 * end), max(2 * start + 1, 2 * end)
        known = spans.get(name, (low, high))
        spans[name] = min(known[0], low), max(known[1], high)
    lanes: list[list[tuple[int, int]]] = []
    chosen = {}
    for name, (low, high) in sorted(spans.items(), key=lambda item: (item[1][1] - item[1][0], item)):
        for number in range(MOST_LANES):
            if number == len(lanes):
                lanes.append([])
            if all(high < other_low or other_high < low for other_low, other_high in lanes[number]):
                lanes[number].append((low, high))
                chosen[name] = number
                break
    return chosen


def lines_of(step: TextStep) -> Iterator[tuple[str, Tone, Mark | None]]:
    """Yield what is said of a step below its title, a line of meaning at a time, in the order people ask."""
    if step.standing_kind:
        look = LOOKS[step.standing_kind]
        yield step.standing, look.tone, look.mark
    if step.together:
        yield step.together, Tone.ACCENT, Mark.TOGETHER
    about = " · ".join(words for words in (step.actor, step.limit) if words)
    if about:
        yield about, Tone.INK_2, None
    for words in (step.detail, step.evidence):
        if words:
            yield words, Tone.INK_2, None
    if step.posting:
        yield step.posting, Tone.GOOD, Mark.POSTING
    if step.risk:
        yield step.risk, Tone.LATE, Mark.RISK
    for words in step.prohibitions:
        yield words, Tone.MISSING, Mark.PROHIBITION


def _look(step: TextStep) -> Look | None:
    return LOOKS[step.standing_kind] if step.standing_kind else None


class PhoneLayout:
    """Lays one graph out from top to bottom; made anew for every chart."""

    def __init__(self, graph: Graph, steps: list[TextStep], sizes: Type, say: Say = say_chinese) -> None:
        """Take the graph, the words of its steps in the same order, the type scale and the way of saying."""
        self.graph, self.steps, self.sizes, self.say = graph, steps, sizes, say
        self.forks = {step.key for step in steps if step.kind is NodeKind.PARALLEL and len(step.ways) > 1}
        self.lanes = _assign_lanes(graph, self.forks)
        self.lanes_width = LANE * (max(self.lanes.values()) + 2) if self.lanes else 0.0
        self.rail = self.lanes_width + sizes.symbol / 2
        self.text_x = self.lanes_width + sizes.symbol + GAP
        self.boxes: list[Box] = []
        self.labels: list[Label] = []
        self.branch_ys: dict[tuple[str, str, str], float] = {}
        self.chip_starts: dict[tuple[str, str, str], float] = {}
        self.samples: tuple[Sample, ...] = ()
        # where a matter runs, a step without a standing must not look done
        is_live = any(step.standing_kind in LIVE for step in steps)
        self.silent = StandingKind.WAITING if is_live else None

    def chart(self) -> Chart:
        """Return the finished chart; its height follows from its words."""
        regions = parallel_regions(self.graph)
        y = 4.0
        tops, bottoms = [], []
        for index, step in enumerate(self.steps):
            is_bracketed = any(first <= index <= last for first, last in regions)
            tops.append(y)
            y = self._place(step, y, WIDTH - self.text_x - (BRACKET if is_bracketed else 0))
            bottoms.append(y)
            y += STEP_GAP
        bottom = self._place_legend(bottoms[-1]) if bottoms else 4.0
        return Chart(
            form=Form.PHONE,
            title=self.graph.title,
            description="",
            width=WIDTH,
            height=round(bottom + 4, 1),
            text_size=self.sizes.text,
            boxes=tuple(self.boxes),
            labels=tuple(self.labels),
            lines=tuple(self._lines()),
            brackets=tuple(
                Bracket(x=WIDTH - 2, top=tops[first], bottom=bottoms[last], reach=BRACKET - 6)
                for first, last in regions
            ),
            samples=self.samples,
        )

    def _place_legend(self, y: float) -> float:
        """Put the legend below y, if any step has a standing; return where it ends."""
        kinds = [step.standing_kind for step in self.steps if step.standing_kind]
        label, self.samples, end = legend(
            kinds, left=4, top=y + STEP_GAP, width=WIDTH - 8, size=self.sizes.text, say=self.say
        )
        if label is None:
            return y
        self.labels.append(label)
        return end

    def _place(self, step: TextStep, y: float, width: float) -> float:
        """Place the symbol, the words and the exits of a step from y down; return where they end."""
        self._place_symbol(step, y)
        # the first line of the title stands level with the middle of the symbol
        text_top = y + max(0.0, (self.sizes.symbol - 1.4 * self.sizes.title) / 2)
        look = _look(step)
        framing: StandingKind | None = step.standing_kind if look and look.is_framed else None
        pad = FRAME_PAD if framing else 0
        bottom, runs = self._words(step, text_top, width - pad)
        widest = max(width_of(run.words, run.size) + (MARK_EM * run.size if run.x > self.text_x else 0) for run in runs)
        # a frame is as wide as there is room, so that the current step stands out like a card
        area = Area(
            x=self.text_x - pad,
            y=text_top - pad / 2,
            width=width + pad - 2 if framing else min(width, widest),
            height=bottom - text_top + pad,
        )
        bottom = area.bottom
        self.labels.append(Label(key=step.key, area=area, runs=tuple(runs), standing=framing))
        y = max(bottom, y + self.sizes.symbol)
        for way in step.ways:
            if way.label or not (way.is_next or step.key in self.forks):
                y = self._place_exit(step, way, y, width)
        return y

    def _place_symbol(self, step: TextStep, y: float) -> None:
        """Put the symbol on the rail; a stadium and a process are a little lower than the diamond."""
        size = self.sizes.symbol
        height = {NodeKind.DECISION: size, NodeKind.PARALLEL: size / 3}.get(step.kind, size * 0.84)
        width = {NodeKind.STEP: size * 0.84, NodeKind.PREDEFINED: size * 0.94}.get(step.kind, size)
        area = Area(x=self.rail - width / 2, y=y + (size - height) / 2, width=width, height=height)
        runs: tuple[Run, ...] = ()
        standing = step.standing_kind or self.silent
        if step.mark:
            mark_size = self.sizes.text * (0.82 if step.kind is NodeKind.DECISION and len(step.mark) > 1 else 1)
            baseline = area.middle[1] + 0.36 * mark_size
            runs = (
                Run(
                    words=step.mark,
                    x=self.rail,
                    y=baseline,
                    size=mark_size,
                    tone=Tone.ACCENT if standing and LOOKS[standing].is_hollow else Tone.ON_ACCENT,
                    is_bold=True,
                    is_centred=True,
                ),
            )
        self.boxes.append(Box(key=step.key, kind=step.kind, area=area, runs=runs, standing=standing))

    def _words(self, step: TextStep, y: float, width: float) -> tuple[float, list[Run]]:
        """Set title and lines from y down; return the end and the lines of text."""
        runs, size, look = [], self.sizes.title, _look(step)
        is_struck = look is not None and look.is_struck
        for words in wrap(step.title, width, size):
            runs.append(
                Run(words=words, x=self.text_x, y=y + size * 1.06, size=size, is_bold=True, is_struck=is_struck)
            )
            y += size * 1.4
        size = self.sizes.text
        for said, tone, mark in lines_of(step):
            y += 2
            indent = MARK_EM * size if mark else 0.0
            is_standing = look is not None and mark is look.mark
            for place, words in enumerate((wrap_even if is_standing else wrap)(said, width - indent, size)):
                runs.append(
                    Run(
                        words=words,
                        x=self.text_x + indent,
                        y=y + size * 1.1,
                        size=size,
                        tone=tone,
                        is_bold=look is not None and look.is_bold and is_standing,
                        mark=mark if place == 0 else None,
                    )
                )
                y += size * 1.5
        return y, runs

    def _place_exit(self, step: TextStep, way: Way, y: float, width: float) -> float:
        """Put an exit's words below y, beside the place where its line leaves the rail; return where they end."""
        size = self.sizes.text
        inner = width - 2 * CHIP_PAD
        lines = wrap(way.words, inner, size)
        # the last exit of a decision, the one that goes straight on, stays on the rail and needs no frame
        area = Area(
            x=self.text_x,
            y=y + 10,
            width=min(width, max(width_of(words, size) for words in lines) + 2 * CHIP_PAD),
            height=size * 1.4 * len(lines) + CHIP_PAD,
        )
        runs = tuple(
            Run(words=words, x=area.x + CHIP_PAD, y=area.y + CHIP_PAD / 2 + size * (1.06 + 1.4 * place), size=size)
            for place, words in enumerate(lines)
        )
        middle = area.middle[1]
        self.branch_ys[step.key, way.target, way.label] = middle
        self.chip_starts[step.key, way.target, way.label] = area.x
        self.labels.append(Label(key=step.key, area=area, runs=runs, has_frame=True, stem=(self.rail, middle)))
        return area.bottom

    def _lines(self) -> Iterator[Line]:
        """Yield every arrow of the graph as corners."""
        boxes = {box.key: box.area for box in self.boxes}
        order = {box.key: index for index, box in enumerate(self.boxes)}
        for edge in self.graph.edges:
            source, target = boxes[edge.source], boxes[edge.target]
            points: tuple[tuple[float, float], ...]
            if order[edge.target] == order[edge.source] + 1:
                points = ((self.rail, source.bottom), (self.rail, target.y))
                yield Line(source=edge.source, target=edge.target, points=points)
                continue
            exit_ = edge.source, edge.target, edge.label
            lane = self.lanes.get(_lane_name(self.forks, edge.source, edge.target))
            # the branches of a fork leave together, right below its bar
            leave = self.branch_ys.get(exit_, source.bottom + STEP_GAP / 3)
            start = ((self.rail, source.bottom), (self.rail, leave))
            if lane is None:
                # no lane is left: the words beside the branch say where it goes on
                points = (*start, (self.chip_starts.get(exit_, self.text_x), leave))
                if edge.source not in self.forks:
                    yield Line(source=edge.source, target=edge.target, points=points)
                continue
            x = self.lanes_width - LANE * (lane + 1.4)
            middle = target.middle[1]
            points = (*start, (x, leave), (x, middle), (target.x, middle))
            yield Line(source=edge.source, target=edge.target, points=points)
