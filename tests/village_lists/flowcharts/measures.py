"""What must hold of every chart, as sentences about what is wrong with one."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from village_lists.flowcharts.chart import Area, Chart, Run
from village_lists.flowcharts.text import width_of


def _crosses(area: Area, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a level or upright piece runs through the inside of an area; touching its rim is allowed."""
    slack = 0.05
    low_x, high_x = sorted((start[0], end[0]))
    low_y, high_y = sorted((start[1], end[1]))
    return (
        low_x < area.right - slack
        and high_x > area.x + slack
        and low_y < area.bottom - slack
        and high_y > area.y + slack
    )


def _runs(chart: Chart) -> Iterator[Run]:
    for box in chart.boxes:
        yield from box.runs
    for label in chart.labels:
        yield from label.runs


def faults(chart: Chart) -> list[str]:
    """Return everything that is wrong with the places of a chart; nothing if it may be drawn."""
    areas = [
        *((f"box {box.key}", box.area) for box in chart.boxes),
        *((f"label {label.key} {label.runs[0].words}", label.area) for label in chart.labels),
        *((f"connector {connector.mark}", connector.area) for connector in chart.connectors),
    ]
    found = [f"{one} lies on {other}" for (one, a), (other, b) in combinations(areas, 2) if a.overlaps(b)]
    for name, area in areas:
        if area.x < -0.01 or area.y < -0.01 or area.right > chart.width + 0.01 or area.bottom > chart.height + 0.01:
            found.append(f"{name} reaches beyond the page: {area}")
    for line in chart.lines:
        for start, end in pairwise(line.points):
            if abs(start[0] - end[0]) > 0.01 and abs(start[1] - end[1]) > 0.01:
                found.append(f"{line.source} to {line.target} runs aslant")
            if not (-0.01 <= end[0] <= chart.width + 0.01 and -0.01 <= end[1] <= chart.height + 0.01):
                found.append(f"{line.source} to {line.target} leaves the page")
            found += [
                f"{line.source} to {line.target} runs through {name}"
                for name, area in areas
                if _crosses(area, start, end)
            ]
    for run in _runs(chart):
        left = run.x - (width_of(run.words, run.size) / 2 if run.is_centred else 0)
        if left < -0.01 or left + width_of(run.words, run.size) > chart.width + 0.01:
            found.append(f"text {run.words} reaches beyond the page")
    return found + _shared_pieces(chart)


def _shared_pieces(chart: Chart) -> list[str]:
    """Two lines may lie upon each other only if they come from one symbol or lead to one."""
    pieces = [(line, start, end) for line in chart.lines for start, end in pairwise(line.points) if line.source]
    found = []
    for (one, a, b), (other, c, d) in combinations(pieces, 2):
        if one.source == other.source or one.target == other.target:
            continue
        for level, along in ((1, 0), (0, 1)):
            if abs(a[level] - b[level]) > 0.01 or abs(c[level] - d[level]) > 0.01 or abs(a[level] - c[level]) > 0.3:
                continue
            shared = min(max(a[along], b[along]), max(c[along], d[along])) - max(
                min(a[along], b[along]), min(c[along], d[along])
            )
            if shared > 0.05:
                found.append(f"{one.source}-{one.target} lies upon {other.source}-{other.target}")
    return found
