"""Paper, first part: every node gets a row and a column, and rows are dealt out to panels side by side."""

from collections import Counter
from dataclasses import dataclass, field

from village_lists.flowcharts.graph import Edge, Graph, NodeKind


@dataclass
class Cell:
    """Where a node stands; a parallel bar reaches from column `first` to `last`, others have both the same."""

    key: str
    kind: NodeKind
    row: int
    first: int
    last: int

    @property
    def column(self) -> int:
        """The column in which a lone line leaves or enters."""
        return self.first


@dataclass
class Grid:
    """All nodes in rows and columns, from the top; `taken` says who stands in a place."""

    graph: Graph
    cells: dict[str, Cell] = field(default_factory=dict)
    taken: dict[tuple[int, int], str] = field(default_factory=dict)
    columns: int = 1

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return 1 + max((cell.row for cell in self.cells.values()), default=-1)

    def keys_in(self, row: int) -> list[str]:
        """Return the nodes of a row from left to right."""
        found = [cell for cell in self.cells.values() if cell.row == row]
        return [cell.key for cell in sorted(found, key=lambda cell: cell.first)]

    def is_clear(self, column: int, after: int, before: int) -> bool:
        """Whether nothing stands in this column between two rows, both excluded."""
        return all((row, column) not in self.taken for row in range(after + 1, before))


def forward_edges(graph: Graph) -> list[Edge]:
    """Return the edges that go on in reading order; the others are loops back."""
    order = {node.key: index for index, node in enumerate(graph.nodes)}
    return [edge for edge in graph.edges if order[edge.target] > order[edge.source]]


def place(graph: Graph, most_columns: int) -> Grid:
    """Return a grid of at most `most_columns` columns in which every forward edge goes down.

    A node stands below whatever leads to it, if it can in the same column as the first of them; further exits of a
    decision or a fork go to the columns at the right. A parallel bar has a row of its own.
    """
    grid = Grid(graph)
    entries: dict[str, list[tuple[str, int]]] = {node.key: [] for node in graph.nodes}
    exits: Counter[str] = Counter()
    for edge in forward_edges(graph):
        entries[edge.target].append((edge.source, exits[edge.source]))
        exits[edge.source] += 1
    closed: set[int] = set()
    regions = parallel_regions(graph)
    inside_of = {graph.nodes[index].key: region for region in regions for index in range(region[0], region[1] + 1)}
    used: Counter[int] = Counter()
    for node in graph.nodes:
        sources = [(grid.cells[key], place_) for key, place_ in entries[node.key]]
        row = max((cell.row + 1 for cell, _ in sources), default=0)
        wished = min((cell.column + place_ for cell, place_ in sources), default=0)
        is_bar = node.kind is NodeKind.PARALLEL
        strange = [region for region in regions if region != inside_of.get(node.key)]
        while True:
            is_stranger = _lies_between(grid, row, strange)
            if is_stranger and node.kind is NodeKind.END:
                # an end that gives way to what runs in parallel stands out of the way of what comes below
                wished = most_columns - 1
            if not is_stranger and row not in closed and used[row] < most_columns and not (is_bar and used[row]):
                break
            row += 1
        column = min(
            (column for column in range(most_columns) if (row, column) not in grid.taken),
            key=lambda column: (abs(column - wished), column),
        )
        grid.cells[node.key] = Cell(node.key, node.kind, row, column, column)
        grid.taken[row, column] = node.key
        used[row] += 1
        if is_bar:
            closed.add(row)
    grid.columns = 1 + max((cell.first for cell in grid.cells.values()), default=0)
    _stretch_bars(grid)
    return grid


def parallel_regions(graph: Graph) -> list[tuple[int, int]]:
    """Return the spans of nodes between a fork and its join, as places in the reading order, both excluded."""
    exits = Counter(edge.source for edge in graph.edges)
    entries = Counter(edge.target for edge in graph.edges)
    spans: list[tuple[int, int]] = []
    open_forks: list[int] = []
    for index, node in enumerate(graph.nodes):
        if node.kind is not NodeKind.PARALLEL:
            continue
        if entries[node.key] > 1 and open_forks:
            spans.append((open_forks.pop() + 1, index - 1))
        if exits[node.key] > 1:
            open_forks.append(index)
    return [(first, last) for first, last in spans if first <= last]


def _lies_between(grid: Grid, row: int, regions: list[tuple[int, int]]) -> bool:
    """Whether a row lies between a fork and its join that both have their rows already: no place for strangers."""
    nodes, cells = grid.graph.nodes, grid.cells
    return any(
        nodes[last + 1].key in cells and cells[nodes[first - 1].key].row < row < cells[nodes[last + 1].key].row
        for first, last in regions
    )


def _stretch_bars(grid: Grid) -> None:
    """Let a parallel bar reach over all columns of the steps that it parts or joins."""
    for cell in grid.cells.values():
        if cell.kind is not NodeKind.PARALLEL:
            continue
        near = {
            grid.cells[edge.target if edge.source == cell.key else edge.source].column
            for edge in forward_edges(grid.graph)
            if cell.key in (edge.source, edge.target)
        }
        cell.first, cell.last = min(near | {cell.first}), max(near | {cell.last})
        for column in range(cell.first, cell.last + 1):
            grid.taken[cell.row, column] = cell.key
