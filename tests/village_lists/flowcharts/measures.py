"""What must hold of every chart, as sentences about what is wrong with one."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from village_lists.flowcharts.chart import Area, Chart, Form, Run
from village_lists.flowcharts.graph import NodeKind
from village_lists.flowcharts.tell import TextStep
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


def runs_of(chart: Chart) -> Iterator[tuple[str, Area, Run]]:
    """Yield every line of text with the name and the place of what it stands in."""
    for box in chart.boxes:
        yield from ((f"box {box.key}", box.area, run) for run in box.runs)
    for label in chart.labels:
        yield from ((f"label {label.key}", label.area, run) for run in label.runs)


def _is_cut(chart: Chart, area: Area, run: Run) -> bool:
    """Whether a line of text, with its mark and the height of its letters, reaches out of its place or the page."""
    width = width_of(run.words, run.size)
    left = run.x - (width / 2 if run.is_centred else 0)
    right = left + width
    if run.mark:
        left -= 1.3 * run.size
    slack = 0.05
    # letters reach 0.88 em above and 0.12 em below the line that they stand on; what is read must be inside
    top, bottom = run.y - 0.88 * run.size, run.y + 0.12 * run.size
    is_inside = (
        left >= max(0, area.x) - slack
        and right <= min(chart.width, area.right) + slack
        and top >= area.y - slack
        and bottom <= area.bottom + slack
    )
    return not is_inside


def _leaves_diamond(area: Area, run: Run) -> bool:
    """Whether the corners of a line of text, as high as its letters, reach beyond the sides of a diamond."""
    half_width, half_height = area.width / 2, area.height / 2
    reach = width_of(run.words, run.size) / 2
    farthest = max(abs(run.y - 0.8 * run.size - area.middle[1]), abs(run.y - area.middle[1]))
    return reach / half_width + farthest / half_height > 1.02


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
    found += [f"text {run.words} of {name} is cut" for name, area, run in runs_of(chart) if _is_cut(chart, area, run)]
    if chart.form is Form.PRINT:
        found += [
            f"text {run.words} leaves the diamond {box.key}"
            for box in chart.boxes
            if box.kind is NodeKind.DECISION
            for run in box.runs
            if _leaves_diamond(box.area, run)
        ]
    for bracket in chart.brackets:
        found += [
            f"bracket at {bracket.x} lies on {name}"
            for name, area in areas
            if area.right > bracket.x - bracket.reach and area.y < bracket.bottom and area.bottom > bracket.top
        ]
    return found + _shared_pieces(chart)


def unsaid(charts: tuple[Chart, ...], steps: list[TextStep], *, with_exits: bool) -> list[str]:
    """Return everything that is told of the steps but stands on none of the charts, not even over several lines."""
    parts = [part.runs for chart in charts for part in chart.boxes]
    parts += [part.runs for chart in charts for part in chart.labels]
    drawn = [re.sub(r"\s", "", "".join(run.words for run in runs)) for runs in parts]
    everything = "\n".join(drawn)
    told = [
        words
        for step in steps
        for words in (
            step.title,
            step.actor,
            step.limit,
            step.detail,
            step.evidence,
            step.posting,
            step.risk,
            step.standing,
            *step.prohibitions,
            *(way.label for way in step.ways),
            *(way.words for way in step.ways if with_exits and way.label),
        )
    ]
    return [words for words in told if re.sub(r"\s", "", words) not in everything]


def crossings(chart: Chart) -> int:
    """Return how often lines cross each other that neither come from nor lead to the same symbol."""
    pieces = [(line, start, end) for line in chart.lines for start, end in pairwise(line.points)]
    count = 0
    for (one, a, b), (other, c, d) in combinations(pieces, 2):
        if one.source == other.source or one.target == other.target:
            continue
        for (level_from, level_to), (up_from, up_to) in (((a, b), (c, d)), ((c, d), (a, b))):
            if abs(level_from[1] - level_to[1]) > 0.01 or abs(up_from[0] - up_to[0]) > 0.01:
                continue
            low_x, high_x = sorted((level_from[0], level_to[0]))
            low_y, high_y = sorted((up_from[1], up_to[1]))
            count += low_x < up_from[0] < high_x and low_y < level_from[1] < high_y
    return count


def longest_way_back(chart: Chart) -> float:
    """Return how far the longest line that leads up goes up, as a share of the chart's height."""
    return max((line.points[0][1] - line.points[-1][1] for line in chart.lines), default=0.0) / chart.height


def density(chart: Chart) -> float:
    """Return how much of the chart's area is symbols and words."""
    areas = [*(box.area for box in chart.boxes), *(label.area for label in chart.labels)]
    return sum(area.width * area.height for area in areas) / (chart.width * chart.height)


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
