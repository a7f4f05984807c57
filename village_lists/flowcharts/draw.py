"""Draws a laid-out chart as SVG text with presentation attributes only (page styles do not reach it on paper)."""

import re
from collections.abc import Iterator
from html import escape

from village_lists.flowcharts.chart import Area, Chart, Form, Label, Line, Run
from village_lists.flowcharts.graph import NodeKind
from village_lists.flowcharts.looks import LOOKS
from village_lists.flowcharts.palette import LIGHT, PAPER, Palette
from village_lists.flowcharts.standings import StandingKind
from village_lists.flowcharts.symbols import arrowhead, mark, number, ring, symbol
from village_lists.flowcharts.tell import Say, say_chinese
from village_lists.flowcharts.text import width_of
from village_lists.markers import N_

NO_NAME = re.compile(r"[^\w.-]")
FONTS = "Noto Sans SC, Noto Sans CJK SC, sans-serif"


def draw(
    chart: Chart,
    *,
    title_id: str = "flowchart",
    say: Say = say_chinese,
    palette: Palette | None = None,
    fonts: str = FONTS,
) -> str:
    """Return the chart as one SVG element.

    `title_id` begins the ids of <title> and <desc>, so that several charts may stand on one page; what a name cannot
    hold there is written as a number, for it may come from a list's own codes.
    `palette` is LIGHT on phones and PAPER in print, if none is given. `fonts` is a font-family list.
    """
    colours = palette or (PAPER if chart.form is Form.PRINT else LIGHT)
    unit = "pt" if chart.form is Form.PRINT else ""
    title_id = NO_NAME.sub(lambda found: f"_{ord(found[0]):x}", title_id)
    width, height = number(chart.width), number(chart.height)
    title = say(N_("流程图：%(title)s"), {"title": chart.title})
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{title_id}-title {title_id}-desc"'
        f' width="{width}{unit}" height="{height}{unit}" viewBox="0 0 {width} {height}"'
        f' font-family="{escape(fonts)}">'
        f'<title id="{title_id}-title">{escape(title)}</title>'
        f'<desc id="{title_id}-desc">{escape(chart.description)}</desc>'
    )
    return "".join((head, *_lines(chart, colours), *_things(chart, colours), "</svg>"))


def _path(points: tuple[tuple[float, float], ...]) -> str:
    x, y = points[0]
    commands = [f"M{number(x)} {number(y)}"]
    for next_x, next_y in points[1:]:
        if abs(next_y - y) < 0.01:
            if abs(next_x - x) >= 0.01:
                commands.append(f"H{number(next_x)}")
        elif abs(next_x - x) < 0.01:
            commands.append(f"V{number(next_y)}")
        else:
            commands.append(f"L{number(next_x)} {number(next_y)}")
        x, y = next_x, next_y
    return "".join(commands)


def _weight(chart: Chart) -> float:
    """Lines are as strong as the type is large: 1 to 2 units."""
    return 2 if chart.form is Form.PHONE else max(0.8, chart.text_size / 11)


def _lines(chart: Chart, colours: Palette) -> Iterator[str]:
    """Flow lines first, arrowheads over them; equal pieces are drawn once."""
    weight = _weight(chart)
    arrow = 9 if chart.form is Form.PHONE else chart.text_size * 0.62
    plain = dict.fromkeys(_path(line.points) for line in chart.lines if not line.is_walked and not line.is_gone)
    gone = dict.fromkeys(_path(line.points) for line in chart.lines if line.is_gone)
    walked = dict.fromkeys(_path(line.points) for line in chart.lines if line.is_walked)
    heads = dict.fromkeys(_head(line, arrow) for line in chart.lines if line.has_arrow)
    for label in chart.labels:
        if label.stem:
            plain[_path((label.stem, (label.area.x, label.stem[1])))] = None
    for bracket in chart.brackets:
        left = number(bracket.x - bracket.reach)
        path = f"M{left} {number(bracket.top)}H{number(bracket.x)}V{number(bracket.bottom)}H{left}"
        yield f'<path d="{path}" fill="none" stroke="{colours.accent}" stroke-width="{number(weight)}"/>'
    dashes = f' stroke-dasharray="{number(weight * 2.5)} {number(weight * 2)}"'
    for paths, strength, more in ((gone, weight, dashes), (plain, weight, ""), (walked, weight * 2.2, "")):
        if paths:
            yield (
                f'<path d="{"".join(paths)}" fill="none" stroke="{colours.symbol_line}"'
                f' stroke-width="{number(strength)}" stroke-linejoin="round"{more}/>'
            )
    if heads:
        yield f'<path d="{"".join(heads)}" fill="{colours.symbol_line}"/>'


def _head(line: Line, size: float) -> str:
    """The arrowhead of a line; a walked line has a larger one."""
    return arrowhead(line.points[-1], line.points[-2], size * (1.35 if line.is_walked else 1))


def _things(chart: Chart, colours: Palette) -> Iterator[str]:
    weight = _weight(chart)
    for box in chart.boxes:
        yield _symbol(box.kind, box.area, box.standing, chart.form, colours, weight)
        for run in box.runs:
            yield _text(run, colours)
    for label in chart.labels:
        if label.has_frame or label.standing:
            yield _frame(label, colours)
        for run in label.runs:
            yield _text(run, colours)
    for sample in chart.samples:
        yield _symbol(NodeKind.STEP, sample.area, sample.standing, chart.form, colours, weight)
    for connector in chart.connectors:
        x, y = connector.area.middle
        yield (
            f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(connector.area.width / 2)}"'
            f' fill="{colours.card}" stroke="{colours.symbol_line}" stroke-width="{number(weight)}"/>'
        )
        size = connector.area.width * 0.62
        run = Run(words=connector.mark, x=x, y=y + size * 0.36, size=size, is_bold=True, is_centred=True)
        yield _text(run, colours)


def _symbol(
    kind: NodeKind, area: Area, standing: StandingKind | None, form: Form, colours: Palette, weight: float
) -> str:
    """The symbol as its standing looks; a parallel bar is drawn in the colour of lines, since it has no inside."""
    fill, is_dashed, strength = colours.symbol_fill, False, weight
    look = LOOKS[standing] if standing else None
    if look:
        fill = colours.card if look.is_hollow else (colours.shade or fill) if look.is_shaded else fill
        is_dashed = look.is_dashed
        strength = weight * (1.8 if look.is_heavy and form is Form.PHONE else 2.6 if look.is_heavy else 1)
    bars = colours.on_accent if kind is NodeKind.PREDEFINED and fill == colours.symbol_fill else colours.symbol_line
    drawn = symbol(kind, area, fill=fill, stroke=colours.symbol_line, bars=bars, weight=strength, is_dashed=is_dashed)
    if look and look.is_ringed:
        # on the phone round the symbol, on paper inside it: beyond its rim the sheet may end
        gap = 3.0 if form is Form.PHONE else -1.8 - strength
        drawn += ring(kind, area, gap=gap, stroke=colours.symbol_line, weight=weight * 0.75)
    return drawn


def _frame(label: Label, colours: Palette) -> str:
    area = label.area
    line = colours.of(LOOKS[label.standing].tone) if label.standing else colours.line
    weight = ' stroke-width="2"' if label.standing else ""
    return (
        f'<rect x="{number(area.x)}" y="{number(area.y)}" width="{number(area.width)}" height="{number(area.height)}"'
        f' rx="8" fill="{colours.card}" stroke="{line}"{weight}/>'
    )


def _text(run: Run, colours: Palette) -> str:
    colour = colours.of(run.tone)
    drawn = ""
    if run.mark:
        start = run.x - 1.3 * run.size
        if run.is_centred:
            start -= width_of(run.words, run.size) / 2
        drawn = mark(run.mark, start, run.y, run.size, colour)
    if run.is_struck:
        start = run.x - (width_of(run.words, run.size) / 2 if run.is_centred else 0)
        ends = (start, run.y - run.size * 0.34), (start + width_of(run.words, run.size), run.y - run.size * 0.34)
        drawn += f'<path d="{_path(ends)}" fill="none" stroke="{colour}" stroke-width="{number(run.size * 0.09)}"/>'
    anchor = ' text-anchor="middle"' if run.is_centred else ""
    bold = ' font-weight="700"' if run.is_bold else ""
    return (
        f'{drawn}<text x="{number(run.x)}" y="{number(run.y)}" font-size="{number(run.size)}"'
        f' fill="{colour}"{anchor}{bold}>{escape(run.words)}</text>'
    )
