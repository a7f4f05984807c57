"""Paper, second part: every edge gets a way through the grid that no box and no label stands in.

Between two rows lies a channel for level pieces, beside every column a gutter for upright ones. A way that
goes straight down its column needs neither. What lies in channels and gutters has a track of its own, so
that two lines never lie upon each other unless they lead to the same symbol.

Rows here are those of one panel, counted from 0; channel r lies below row r, channel -1 above all.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from village_lists.flowcharts.graph import Edge, NodeKind
from village_lists.flowcharts.grid import Cell, Grid


class Port(StrEnum):
    """The side of a symbol at which a line leaves or enters."""

    TOP = "top"
    BOTTOM = "bottom"
    LEFT = "left"
    RIGHT = "right"


@dataclass
class Way:
    """How one edge runs: ports, then a straight drop, or by channels and gutter to the target.

    `drop` is the column whose middle it goes down, straight from the source or after a turn; `gutter` the gutter
    it uses. `leave_channel` and `enter_channel` are the channels of its level pieces.
    A way without target port ends at a connector (`to_connector`) or is only told in words (`in_words`).
    """

    edge: Edge
    leave: Port = Port.BOTTOM
    enter: Port | None = None
    drop: int | None = None
    gutter: int | None = None
    leave_channel: int | None = None
    enter_channel: int | None = None
    to_connector: bool = False
    in_words: bool = False
    is_aside: bool = False
    """Whether its last drop stands a little beside the middle, since another line leaves there above it."""


@dataclass
class Routes:
    """All ways of one panel, and the tracks: by gutter and edge, by channel and edge, counted from 0."""

    ways: list[Way] = field(default_factory=list)
    arriving: set[str] = field(default_factory=set)
    """Nodes at whose left side a connector of another panel stands."""
    gutter_tracks: dict[tuple[int, int], int] = field(default_factory=dict)
    channel_tracks: dict[tuple[int, int], int] = field(default_factory=dict)
    gutter_sizes: dict[int, int] = field(default_factory=dict)
    channel_sizes: dict[int, int] = field(default_factory=dict)


class Router:
    """Finds ways for the edges of one panel: rows `first` to `last` of the grid, both included."""

    def __init__(self, grid: Grid, first: int, last: int) -> None:
        """Take the whole grid and the rows that belong to this panel."""
        self.grid, self.first, self.last = grid, first, last
        self.claims: dict[tuple[int, int], tuple[str, str]] = {}
        """Who uses the gutter beside a row, and for leaving or entering: two neighbours never both."""
        self.bottoms: set[str] = set()
        self.routes = Routes()

    def find(self) -> Routes:
        """Return ways and tracks for every edge that leaves a node of this panel."""
        cells, edges = self.grid.cells, self.grid.graph.edges
        inside = {key for key, cell in cells.items() if self.first <= cell.row <= self.last}
        for edge in edges:
            if edge.target in inside and edge.source not in inside:
                self.routes.arriving.add(edge.target)
                self.claims[cells[edge.target].first, cells[edge.target].row] = (edge.target, "connector")
        mine = [edge for edge in edges if edge.source in inside]
        straight = [edge for edge in mine if edge.target in inside and self._go_straight(edge)]
        order = {key: place for place, key in enumerate(cells)}
        rest = [edge for edge in mine if edge not in straight]
        rest.sort(key=lambda edge: (order[edge.target] <= order[edge.source], order[edge.source]))
        for edge in rest:
            self._go_round(edge, is_inside=edge.target in inside)
        self._step_aside()
        self._share_out_tracks()
        return self.routes

    def _go_straight(self, edge: Edge) -> bool:
        """Route an edge straight down if it can go; a bar can be left and entered in any of its columns."""
        source, target = self.grid.cells[edge.source], self.grid.cells[edge.target]
        if target.row <= source.row or (edge.source in self.bottoms and source.kind is not NodeKind.PARALLEL):
            return False
        for column in range(max(source.first, target.first), min(source.last, target.last) + 1):
            if self.grid.is_clear(column, source.row, target.row):
                self.bottoms.add(edge.source)
                self.routes.ways.append(Way(edge, enter=Port.TOP, drop=column))
                return True
        return False

    def _go_round(self, edge: Edge, *, is_inside: bool) -> None:
        """Route an edge by side or bottom; as a last resort it is only told in words."""
        source, target = self.grid.cells[edge.source], self.grid.cells[edge.target]
        is_forward = target.row > source.row
        if is_forward and edge.source not in self.bottoms:
            self.bottoms.add(edge.source)
            way = Way(edge, leave=Port.BOTTOM)
        else:
            side = self._free_side(source, target, is_inside=is_inside)
            if side is not None:
                way = Way(edge, leave=side)
            elif edge.source not in self.bottoms:
                self.bottoms.add(edge.source)
                way = Way(edge, leave=Port.BOTTOM)
            else:
                self.routes.ways.append(Way(edge, in_words=True))
                return
        self.routes.ways.append(way)
        if not is_inside:
            way.to_connector = True
        elif way.leave is Port.BOTTOM:
            self._from_bottom(way, source, target)
        else:
            self._from_side(way, source, target)

    def _free_side(self, source: Cell, target: Cell, *, is_inside: bool) -> Port | None:
        """Claim a free side of the source for leaving: the one towards the target, else the other.

        The lines of a bar may share a side, but not with a connector.
        """
        use = "leave" if is_inside else "break off"
        if target.column == source.column:
            towards = Port.LEFT if source.column == 0 and target.row <= source.row else Port.RIGHT
        else:
            towards = Port.LEFT if target.column < source.column else Port.RIGHT
        for side in (towards, Port.RIGHT if towards is Port.LEFT else Port.LEFT):
            place = (self._gutter(source, side), source.row)
            if is_inside and not self._is_open(place[0], source.row, target.row):
                continue
            claim = self.claims.get(place)
            is_shared = is_inside and source.kind is NodeKind.PARALLEL and claim == (source.key, "leave")
            if claim is None or is_shared:
                self.claims[place] = (source.key, use)
                return side
        return None

    def _is_open(self, gutter: int, one_row: int, other_row: int) -> bool:
        """Whether no parallel bar lies across a gutter between two rows, both included."""
        low, high = sorted((one_row, other_row))
        return not any(
            low <= cell.row <= high and cell.first < gutter <= cell.last for cell in self.grid.cells.values()
        )

    @staticmethod
    def _gutter(cell: Cell, side: Port) -> int:
        return cell.first if side is Port.LEFT else cell.last + 1

    def _enter_from(self, way: Way, target: Cell, gutter: int) -> None:
        """Enter the target from a gutter: at its side if that faces the gutter and is free, else at its top."""
        way.gutter = gutter
        for side in (Port.LEFT, Port.RIGHT):
            place = (gutter, target.row)
            if self._gutter(target, side) == gutter and self.claims.get(place, (target.key, "enter")) == (
                target.key,
                "enter",
            ):
                self.claims[place] = (target.key, "enter")
                way.enter = side
                return
        way.enter, way.enter_channel = Port.TOP, target.row - 1

    def _from_side(self, way: Way, source: Cell, target: Cell) -> None:
        """From a side: down the empty neighbouring column, or by the gutter at that side."""
        step = 1 if way.leave is Port.RIGHT else -1
        column = (source.last if step > 0 else source.first) + step
        is_below = target.row > source.row and target.first <= column <= target.last
        if is_below and self.grid.is_clear(column, source.row - 1, target.row):
            way.drop, way.enter = column, Port.TOP
            return
        self._enter_from(way, target, self._gutter(source, way.leave))

    def _from_bottom(self, way: Way, source: Cell, target: Cell) -> None:
        """From the bottom: by the channel to the target's column, or to a gutter beside the target."""
        way.leave_channel = source.row
        if target.row > source.row and self.grid.is_clear(target.column, source.row, target.row):
            way.drop, way.enter = target.column, Port.TOP
            return
        beside = (target.first, target.last + 1)
        is_left = source.column < target.column or source.column == target.column == 0
        wished = beside if is_left else beside[::-1]
        # the outer gutters are always open
        gutter = next(gutter for gutter in (*wished, 0) if self._is_open(gutter, source.row, target.row))
        self._enter_from(way, target, gutter)

    def _step_aside(self) -> None:
        """Mark drops that begin in a channel into which the box above them sends a line of its own."""
        turning = {
            (way.leave_channel, self.grid.cells[way.edge.source].column)
            for way in self.routes.ways
            if way.leave_channel is not None and way.leave is Port.BOTTOM
        }
        turning |= {
            (cell.row, cell.column)
            for way in self.routes.ways
            if way.to_connector and way.leave is Port.BOTTOM
            for cell in (self.grid.cells[way.edge.source],)
        }
        aside = set()
        for way in self.routes.ways:
            if way.enter is not Port.TOP:
                continue
            target = self.grid.cells[way.edge.target]
            channel = way.enter_channel if way.enter_channel is not None else way.leave_channel
            column = way.drop if way.drop is not None else target.column
            if channel is not None and (channel, column) in turning:
                aside.add((way.edge.target, column))
        for way in self.routes.ways:
            column = way.drop if way.drop is not None else self.grid.cells[way.edge.target].column
            starts_above = way.leave_channel is not None or way.enter_channel is not None
            way.is_aside = starts_above and way.enter is Port.TOP and (way.edge.target, column) in aside

    def _share_out_tracks(self) -> None:
        """Give every level and upright piece a track: pieces to one target share, others never touch."""
        upright: dict[int, dict[str, list[tuple[int, int, int]]]] = {}
        level: dict[int, dict[str, list[tuple[int, int, int]]]] = {}
        for index, way in enumerate(self.routes.ways):
            if way.in_words or way.to_connector or way.enter is None:
                continue
            source, target = self.grid.cells[way.edge.source], self.grid.cells[way.edge.target]
            end = target.column if way.drop is None else way.drop
            if way.gutter is not None:
                begin = 2 * source.row if way.leave_channel is None else 2 * way.leave_channel + 1
                stop = 2 * target.row if way.enter_channel is None else 2 * way.enter_channel + 1
                upright.setdefault(way.gutter, {}).setdefault(target.key, []).append(
                    (min(begin, stop), max(begin, stop), index)
                )
            if way.leave_channel is not None:
                begin = 2 * source.column + 1
                stop = 2 * end + 1 if way.gutter is None else 2 * way.gutter
                level.setdefault(way.leave_channel, {}).setdefault(target.key, []).append(
                    (min(begin, stop), max(begin, stop), index)
                )
            if way.enter_channel is not None and way.gutter is not None:
                begin, stop = 2 * way.gutter, 2 * target.column + 1
                level.setdefault(way.enter_channel, {}).setdefault(f"{target.key} in", []).append(
                    (min(begin, stop), max(begin, stop), index)
                )
        for place, pieces in upright.items():
            tracks = _tracks(pieces)
            self.routes.gutter_tracks.update({(place, index): track for index, track in tracks.items()})
            self.routes.gutter_sizes[place] = 1 + max(tracks.values())
        for place, pieces in level.items():
            tracks = _tracks(pieces)
            self.routes.channel_tracks.update({(place, index): track for index, track in tracks.items()})
            self.routes.channel_sizes[place] = 1 + max(tracks.values())


def _tracks(pieces: dict[str, list[tuple[int, int, int]]]) -> dict[int, int]:
    """Return a track for every piece, short pieces first; the pieces of one name lie on one track."""
    spans = {
        name: (min(low for low, _, _ in parts), max(high for _, high, _ in parts)) for name, parts in pieces.items()
    }
    tracks: list[list[tuple[int, int]]] = []
    chosen = {}
    for name, (low, high) in sorted(spans.items(), key=lambda item: (item[1][1] - item[1][0], item)):
        number = next(
            (
                number
                for number, others in enumerate(tracks)
                if all(high < other_low or other_high < low for other_low, other_high in others)
            ),
            len(tracks),
        )
        if number == len(tracks):
            tracks.append([])
        tracks[number].append((low, high))
        chosen.update({index: number for _, _, index in pieces[name]})
    return chosen
