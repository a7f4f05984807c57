"""A chart that is laid out: boxes, labels and lines with their places, ready to be drawn or measured."""

from dataclasses import dataclass
from enum import StrEnum

from village_lists.flowcharts.graph import NodeKind
from village_lists.flowcharts.standings import StandingKind

Point = tuple[float, float]
"""A place on the chart: x to the right, y downwards, in the chart's unit."""

POINTS_PER_MM = 72 / 25.4


class Form(StrEnum):
    """What a chart is laid out for."""

    PHONE = "phone"
    PRINT = "print"


class Tone(StrEnum):
    """What colour a thing has by its meaning; a palette has a colour under each of these names."""

    INK = "ink"
    INK_2 = "ink_2"
    ACCENT = "accent"
    GOOD = "good"
    LATE = "late"
    MISSING = "missing"
    ON_ACCENT = "on_accent"


class Mark(StrEnum):
    """A small sign drawn before a line of text, so that its meaning does not hang on colour."""

    POSTING = "posting"
    RISK = "risk"
    PROHIBITION = "prohibition"
    TOGETHER = "together"
    DONE = "done"
    CURRENT = "current"
    OVERDUE = "overdue"
    SKIPPED = "skipped"
    WAITING = "waiting"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class Area:
    """A rectangle on the chart."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """The centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: "Area", slack: float = 0.01) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.x < other.right - slack
            and other.x < self.right - slack
            and self.y < other.bottom - slack
            and other.y < self.bottom - slack
        )


@dataclass(frozen=True, kw_only=True)
class Run:
    """One line of text: `x`, `y` is its start (or middle, if centred) on the baseline."""

    words: str
    x: float
    y: float
    size: float
    tone: Tone = Tone.INK
    is_bold: bool = False
    is_centred: bool = False
    mark: Mark | None = None
    is_struck: bool = False


@dataclass(frozen=True, kw_only=True)
class Box:
    """The symbol of a node; on paper its text stands inside, on the phone only its number."""

    key: str
    kind: NodeKind
    area: Area
    runs: tuple[Run, ...]
    standing: StandingKind | None = None


@dataclass(frozen=True, kw_only=True)
class Label:
    """Text outside a symbol: an exit's name, a note, or (phone) all that is said of a step.

    A label with a frame is a chip; `stem` is the point of the line from which a short stem leads to it.
    With a `standing` the frame is a strong one round the words of a step.
    """

    key: str
    area: Area
    runs: tuple[Run, ...]
    has_frame: bool = False
    stem: Point | None = None
    standing: StandingKind | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """A flow line from node to node as corners; it ends with an arrowhead unless it ends at a connector.

    A walked line lies behind a running matter and is drawn stronger, one that has gone is dashed.
    """

    source: str
    target: str
    points: tuple[Point, ...]
    has_arrow: bool = True
    is_walked: bool = False
    is_gone: bool = False


@dataclass(frozen=True, kw_only=True)
class Connector:
    """A circle that breaks a line (GB/T 1526 连接符): the same mark stands at both ends."""

    area: Area
    mark: str


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A little symbol in the legend, as a step with this standing looks."""

    area: Area
    standing: StandingKind


@dataclass(frozen=True, kw_only=True)
class Bracket:
    """What stands beside it happens at the same time (phone): a bracket open to the left."""

    x: float
    top: float
    bottom: float
    reach: float


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart with places, in px (phone) or pt (print); `text_size` is the size of its running text."""

    form: Form
    title: str
    description: str
    width: float
    height: float
    text_size: float
    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    connectors: tuple[Connector, ...] = ()
    brackets: tuple[Bracket, ...] = ()
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The room that a chart gets on paper, in mm, and the type sizes allowed there, in pt.

    The default is A4 portrait inside margins of 15 mm. No text of the chart is smaller than `smallest_pt`.
    From `comfortable_pt` on a simpler layout is preferred to larger type.
    """

    width_mm: float = 180
    height_mm: float = 267
    smallest_pt: float = 9
    comfortable_pt: float = 10.5
    largest_pt: float = 14

    @property
    def width(self) -> float:
        """The width in pt."""
        return self.width_mm * POINTS_PER_MM

    @property
    def height(self) -> float:
        """The height in pt."""
        return self.height_mm * POINTS_PER_MM


A4 = Paper()
A3 = Paper(width_mm=267, height_mm=390, smallest_pt=11, comfortable_pt=14, largest_pt=20)
