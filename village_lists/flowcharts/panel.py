"""Paper, fourth part: one panel of rows gets its measures in pt, and its symbols, labels and lines their places."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from village_lists.flowcharts.chart import Area, Box, Connector, Label, Line, Point, Run, Tone
from village_lists.flowcharts.contents import Content, Row, Setting, content_of
from village_lists.flowcharts.graph import NodeKind
from village_lists.flowcharts.grid import Cell, Grid
from village_lists.flowcharts.routes import Port, Router, Routes, Way
from village_lists.flowcharts.tell import TextStep
from village_lists.flowcharts.text import width_of, wrap_even

TRACK = 0.85
"""Distance of neighbouring lines, in em."""
WIDEST_BOX = 25
"""A symbol grows no wider than this, in em, however much room there is."""
EDGE = 1.5
"""Room for half a stroke at the rim of the paper, in pt."""
LABEL_EM = {26: 5.2, 16: 4.1, 0: 3.7}
"""An exit's label beside a decision breaks at this width, by the least width of its column, both in em."""
ROW_GAP = 1.5
"""Between a row with its lines and the next row, in em, if there is no more room."""


@dataclass
class Memory:
    """What was found out for one graph and comes again in the next try.

    Contents by node, width, setting, exits told in words, and width of the note; routes by columns and rows.
    """

    contents: dict[tuple[str, float, Setting, tuple[str, ...], float], Content] = field(default_factory=dict)
    routes: dict[tuple[int, int, int], Routes] = field(default_factory=dict)


class Panel:
    """Rows `first` to `last` of a grid, set in a strip of paper of a given width; made anew for every try."""

    def __init__(
        self,
        grid: Grid,
        steps: dict[str, TextStep],
        setting: Setting,
        *,
        rows: tuple[int, int],
        left: float,
        width: float,
        marks: dict[str, str],
        row_gap: float = ROW_GAP,
        memory: Memory | None = None,
    ) -> None:
        """Route the lines and set all measures; `marks` are the marks of connectors by target.

        `memory` goes from panel to panel of the same graph.
        """
        self.row_gap = row_gap
        self.memory = memory or Memory()
        self.grid, self.steps, self.setting, self.marks = grid, steps, setting, marks
        self.first, self.last = rows
        self.em = setting.size
        self.keys = [key for row in range(self.first, self.last + 1) for key in grid.keys_in(row)]
        self.columns = 1 + max(grid.cells[key].last for key in self.keys)
        place = grid.columns, self.first, self.last
        if place not in self.memory.routes:
            self.memory.routes[place] = Router(grid, self.first, self.last).find()
        self.routes = self.memory.routes[place]
        self.ways_of: dict[str, list[Way]] = {key: [] for key in self.keys}
        for way in self.routes.ways:
            self.ways_of[way.edge.source].append(way)
        self._measure_columns(left, width)
        self.contents = {key: self._content(key) for key in self.keys}
        self._measure_rows()

    # measures

    def _measure_columns(self, left: float, width: float) -> None:
        """Share the width out among gutters and columns."""
        track = TRACK * self.em
        self.gutters: list[float] = []
        for gutter in range(self.columns + 1):
            lines = self.routes.gutter_sizes.get(gutter, 0)
            is_outer = gutter in (0, self.columns)
            if is_outer:
                self.gutters.append((lines + 0.6) * track if lines else EDGE)
            else:
                self.gutters.append(max((lines + 1.2) * track, 1.4 * self.em))
        self.column_width = (width - sum(self.gutters)) / self.columns
        self.column_lefts: list[float] = []
        x = left
        for room in self.gutters[:-1]:
            x += room
            self.column_lefts.append(x)
            x += self.column_width
        self.gutter_lefts = [left, *(x + self.column_width for x in self.column_lefts)]

    def _reserve(self, key: str) -> float:
        """Return how much room beside a symbol its side exits and connectors need, the same on both sides."""
        circle = 2 * self.circle + 0.9 * self.em
        room = circle if key in self.routes.arriving else 0.0
        for way in self.ways_of[key]:
            if way.leave in (Port.LEFT, Port.RIGHT) and not way.in_words:
                label = self._label_width(way.edge.label) + 0.8 * self.em if way.edge.label else 0.0
                room = max(room, label, circle if way.to_connector else 0.0)
        return room

    @property
    def circle(self) -> float:
        """The radius of a connector: its mark in it is never smaller than the smallest type."""
        return 0.81 * self.setting.small

    def _label_lines(self, label: str, width: float | None = None) -> tuple[str, ...]:
        widest = next(label_em for least, label_em in LABEL_EM.items() if self.column_width >= least * self.em)
        return wrap_even(label, width or widest * self.setting.small, self.setting.small)

    def _label_width(self, label: str) -> float:
        return max(width_of(words, self.setting.small) for words in self._label_lines(label))

    def _content(self, key: str) -> Content:
        cell = self.grid.cells[key]
        told = [
            next(
                one.words
                for one in self.steps[key].ways
                if (one.target, one.label) == (way.edge.target, way.edge.label)
            )
            for way in self.ways_of[key]
            if way.in_words
        ]
        if cell.kind is NodeKind.PARALLEL:
            width = self.column_lefts[cell.last] + self.column_width - self.column_lefts[cell.first]
            width -= 2 * self._reserve(key)
        else:
            width = max(4 * self.em, min(WIDEST_BOX * self.em, self.column_width - 2 * self._reserve(key)))
        name = key, width, self.setting, tuple(told), self._half
        known = self.memory.contents
        if name not in known:
            known[name] = content_of(self.steps[key], width, self.setting, told, self._half)
        return known[name]

    def _channel_room(self, row: int) -> float:
        """Return the height of the lines' part of the channel below a row."""
        lines = self.routes.channel_sizes.get(row, 0)
        return lines * TRACK * self.em

    def _below(self, key: str) -> float:
        """Return how far label and connector of the bottom exit reach down from the top of a node's content."""
        content = self.contents[key]
        reach = content.full_height
        for way in self.ways_of[key]:
            if way.leave is Port.BOTTOM and not way.in_words:
                depth = content.height + self._label_depth(way)
                if way.to_connector:
                    depth = max(depth, content.full_height) + 2 * self.circle + 0.8 * self.em
                reach = max(reach, depth)
        return reach

    def _label_depth(self, way: Way) -> float:
        """Return how far the label of a bottom exit reaches below its symbol."""
        if not way.edge.label:
            return 0.0
        return len(self._label_lines(way.edge.label, self._half)) * self.setting.small * 1.25 + 4

    def _above(self, key: str) -> float:
        """Return how far the labels of side exits reach above the symbol."""
        heights = [
            len(self._label_lines(way.edge.label)) * self.setting.small * 1.25
            + 2
            + (self.circle if way.to_connector else 0)
            for way in self.ways_of[key]
            if way.edge.label and way.leave in (Port.LEFT, Port.RIGHT) and not way.in_words
        ]
        return max([0.0, *(height - self.contents[key].height / 2 for height in heights)])

    @property
    def _half(self) -> float:
        return self.column_width / 2 - 0.5 * self.em

    def _measure_rows(self) -> None:
        """Stack rows and channels; what hangs below a symbol belongs to its row's band."""
        y = self._channel_room(self.first - 1)
        y += 1.3 * self.em if y else EDGE
        self.tops: dict[str, float] = {}
        self.channel_tops: dict[int, float] = {self.first - 1: 0.0}
        for row in range(self.first, self.last + 1):
            keys = self.grid.keys_in(row)
            height = max(self.contents[key].full_height for key in keys)
            y += max(self._above(key) for key in keys)
            for key in keys:
                self.tops[key] = y + (height - self.contents[key].full_height) / 2
            bottom = max([y + height, *(self.tops[key] + self._below(key) for key in keys)])
            lines = self._channel_room(row)
            self.channel_tops[row] = bottom + (0.3 * self.em if lines else 0.0)
            y = self.channel_tops[row] + lines
            self.height = y
            y += self.row_gap * self.em

    # places

    def _area(self, key: str) -> Area:
        """Return the place of a node's symbol."""
        content, cell = self.contents[key], self.grid.cells[key]
        middle = (self._centre(cell.first) + self._centre(cell.last)) / 2
        return Area(x=middle - content.width / 2, y=self.tops[key], width=content.width, height=content.height)

    def _centre(self, column: int) -> float:
        return self.column_lefts[column] + self.column_width / 2

    def _gutter_x(self, gutter: int, track: int) -> float:
        """Return the x of a track; in the left outer gutter they count from the columns outwards."""
        place = (track + 1.1) * TRACK * self.em
        if gutter == 0:
            return self.gutter_lefts[0] + self.gutters[0] - place
        return self.gutter_lefts[gutter] + place

    def _channel_y(self, channel: int, track: int) -> float:
        return self.channel_tops[channel] + (track + 0.5) * TRACK * self.em

    def boxes(self) -> Iterable[Box]:
        """Yield the symbols with their text."""
        for key in self.keys:
            area, content = self._area(key), self.contents[key]
            top = area.middle[1] - sum(row.height for row in content.rows) / 2
            yield Box(
                key=key,
                kind=content.step.kind,
                area=area,
                runs=tuple(_set(content.rows, area.middle[0], top, is_centred=True)),
                standing=content.step.standing_kind,
            )

    def labels(self) -> Iterable[Label]:
        """Yield the notes below decisions and the labels of exits."""
        for key in self.keys:
            area, content = self._area(key), self.contents[key]
            if content.note:
                # a narrow note stands near its exit line, not far out at the left
                used = max(row.width for row in content.note)
                left = area.middle[0] - 0.5 * self.em - used
                note = Area(x=left, y=area.bottom + 3, width=used, height=content.note_height - 3)
                yield Label(key=key, area=note, runs=tuple(_set(content.note, left, note.y, is_centred=False)))
            for way in self.ways_of[key]:
                if way.edge.label and not way.in_words:
                    yield self._exit_label(way, area)

    def _exit_label(self, way: Way, area: Area) -> Label:
        size = self.setting.small
        x, y = area.middle
        if way.leave is Port.BOTTOM:
            lines = self._label_lines(way.edge.label, self._half)
            x, y = x + 0.4 * self.em, area.bottom + 2
        else:
            lines = self._label_lines(way.edge.label)
            y -= len(lines) * size * 1.25 + 2 + (self.circle if way.to_connector else 0)
            x = (
                area.right + 0.35 * self.em
                if way.leave is Port.RIGHT
                else area.x - 0.35 * self.em - self._label_width(way.edge.label)
            )
        rows = [Row(words, size, Tone.INK, is_bold=True) for words in lines]
        runs = tuple(_set(rows, x, y, is_centred=False, leading=1.25))
        place = Area(x=x, y=y, width=max(row.width for row in rows), height=len(lines) * size * 1.25)
        return Label(key=way.edge.source, area=place, runs=runs)

    def connectors(self) -> Iterable[Connector]:
        """Yield the circles at which lines break off, and those at which they go on."""
        for key in self.keys:
            area = self._area(key)
            if key in self.routes.arriving:
                x = area.x - 0.9 * self.em - self.circle
                yield self._connector((x, area.middle[1]), key)
            for way in self.ways_of[key]:
                if way.to_connector:
                    yield self._connector(self._away(way, area), way.edge.target)

    def _connector(self, centre: Point, target: str) -> Connector:
        radius = self.circle
        area = Area(x=centre[0] - radius, y=centre[1] - radius, width=2 * radius, height=2 * radius)
        return Connector(area=area, mark=self.marks[target])

    def _away(self, way: Way, area: Area) -> Point:
        """Return the centre of the connector at which a line leaves the panel."""
        x, y = area.middle
        if way.leave is Port.BOTTOM:
            x, _ = self._port(way, area)
            depth = max(self._label_depth(way), self.contents[way.edge.source].note_height)
            return x, area.bottom + depth + 0.6 * self.em + self.circle
        out = self.circle + 0.9 * self.em
        return (area.right + out if way.leave is Port.RIGHT else area.x - out), y

    def _port(self, way: Way, area: Area) -> Point:
        """Return the point at which a line leaves its symbol."""
        y = area.middle[1]
        if way.leave is Port.BOTTOM:
            cell = self.grid.cells[way.edge.source]
            column = way.drop if way.drop is not None and way.leave_channel is None else cell.column
            return self._centre(column), area.bottom
        return (area.right if way.leave is Port.RIGHT else area.x), y

    def lines(self) -> Iterable[Line]:
        """Yield the flow lines."""
        for key in sorted(self.routes.arriving, key=self.keys.index):
            area = self._area(key)
            x, y = area.x, area.middle[1]
            yield Line(source="", target=key, points=((x - 0.9 * self.em, y), (x, y)))
        for index, way in enumerate(self.routes.ways):
            if way.in_words:
                continue
            area = self._area(way.edge.source)
            start = self._port(way, area)
            if way.to_connector:
                end = self._away(way, area)
                x = end[0] + (
                    0 if way.leave is Port.BOTTOM else self.circle if way.leave is Port.LEFT else -self.circle
                )
                y = end[1] - (self.circle if way.leave is Port.BOTTOM else 0)
                yield Line(source=way.edge.source, target=way.edge.target, points=(start, (x, y)), has_arrow=False)
                continue
            points = _cleaned([start, *self._corners(index, way, start)])
            yield Line(source=way.edge.source, target=way.edge.target, points=points)

    def _corners(self, index: int, way: Way, start: Point) -> list[Point]:
        """Return the corners of a line after its start."""
        x, y = start
        points: list[Point] = []
        target = self._area(way.edge.target)
        cell: Cell = self.grid.cells[way.edge.target]
        if way.leave_channel is not None:
            y = self._channel_y(way.leave_channel, self.routes.channel_tracks[way.leave_channel, index])
            points.append((x, y))
        if way.gutter is not None:
            x = self._gutter_x(way.gutter, self.routes.gutter_tracks[way.gutter, index])
            points.append((x, y))
        if way.enter in (Port.LEFT, Port.RIGHT):
            y = target.middle[1]
            return [*points, (x, y), (target.x if way.enter is Port.LEFT else target.right, y)]
        if way.enter_channel is not None:
            y = self._channel_y(way.enter_channel, self.routes.channel_tracks[way.enter_channel, index])
            points.append((x, y))
        x = self._centre(way.drop if way.drop is not None else cell.column)
        if way.is_aside:
            x += 0.8 * self.em
        return [*points, (x, y), (x, target.y)]


def _set(rows: list[Row], x: float, top: float, *, is_centred: bool, leading: float = 1.4) -> Iterable[Run]:
    """Put lines of text one under another; x is their middle or their left end, of a mark too."""
    for row in rows:
        shift = (row.hang / 2 if row.mark else 0.0) if is_centred else row.hang
        yield Run(
            words=row.words,
            x=x + shift,
            y=top + row.size * (leading / 2 + 0.36),
            size=row.size,
            tone=row.tone,
            is_bold=row.is_bold,
            is_centred=is_centred,
            mark=row.mark,
            is_struck=row.is_struck,
        )
        top += row.size * leading


def _cleaned(points: list[Point]) -> tuple[Point, ...]:
    """Drop corners that repeat or lie in the middle of a straight piece."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(point[0] - kept[-1][0]) < 0.01 and abs(point[1] - kept[-1][1]) < 0.01:
            continue
        if len(kept) > 1:
            (x0, y0), (x1, y1) = kept[-2], kept[-1]
            if (abs(x0 - x1) < 0.01 and abs(x1 - point[0]) < 0.01) or (
                abs(y0 - y1) < 0.01 and abs(y1 - point[1]) < 0.01
            ):
                kept.pop()
        kept.append(point)
    return tuple(kept)
