"""The symbols of GB/T 1526-1989 as SVG shapes, and the small marks before lines of text."""

from village_lists.flowcharts.chart import Area, Mark
from village_lists.flowcharts.graph import NodeKind

ROUNDEST = 24.0
"""A stadium of many lines is no rounder than this, or its ends would cut the first and last of them."""
STANDING_MARKS = {
    Mark.DONE,
    Mark.CURRENT,
    Mark.OVERDUE,
    Mark.SKIPPED,
    Mark.WAITING,
    Mark.ADDED,
    Mark.REMOVED,
    Mark.CHANGED,
}


def number(value: float) -> str:
    """Write a measure with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def _rectangle(area: Area, corner: float, paint: str) -> str:
    return (
        f'<rect x="{number(area.x)}" y="{number(area.y)}" width="{number(area.width)}"'
        f' height="{number(area.height)}" rx="{number(corner)}"{paint}/>'
    )


def diamond(area: Area) -> str:
    """Return the path of a diamond that fills an area: 判断, one entrance, several exits."""
    x, y = (number(value) for value in area.middle)
    return f"M{x} {number(area.y)}L{number(area.right)} {y}L{x} {number(area.bottom)}L{number(area.x)} {y}Z"


def symbol(
    kind: NodeKind, area: Area, *, fill: str, stroke: str, bars: str, weight: float, is_dashed: bool = False
) -> str:
    """Return the symbol of a node as SVG.

    Stadium for start and end (端点符), rectangle for a step (处理), diamond for a decision (判断), rectangle with
    double side bars for an embedded procedure (既定处理; `bars` colours its inner bars), and two parallel
    lines for parallel mode (并行方式).
    """
    dashes = f' stroke-dasharray="{number(weight * 2.5)} {number(weight * 2)}"' if is_dashed else ""
    paint = f' fill="{fill}" stroke="{stroke}" stroke-width="{number(weight)}"{dashes}'
    if kind in (NodeKind.START, NodeKind.END):
        return _rectangle(area, min(area.height / 2, area.width / 2, ROUNDEST), paint)
    if kind is NodeKind.DECISION:
        return f'<path d="{diamond(area)}"{paint} stroke-linejoin="round"/>'
    if kind is NodeKind.PARALLEL:
        left, right, top, bottom = (number(v) for v in (area.x, area.right, area.y, area.bottom))
        bolder = number(max(weight * 1.6, 2))
        both = f"M{left} {top}H{right}M{left} {bottom}H{right}"
        return f'<path d="{both}" fill="none" stroke="{stroke}" stroke-width="{bolder}"{dashes}/>'
    corner = 4 if kind is NodeKind.STEP and fill == stroke else 0
    box = _rectangle(area, corner, paint)
    if kind is NodeKind.PREDEFINED:
        inset = max(4.0, min(area.width * 0.14, area.height * 0.16))
        left, right, top, bottom = (number(v) for v in (area.x + inset, area.right - inset, area.y, area.bottom))
        both = f"M{left} {top}V{bottom}M{right} {top}V{bottom}"
        box += f'<path d="{both}" fill="none" stroke="{bars}" stroke-width="{number(weight)}"/>'
    return box


def ring(kind: NodeKind, area: Area, *, gap: float, stroke: str, weight: float) -> str:
    """Return a second outline round a symbol, `gap` outside it, or inside if that is negative; bars have none."""
    if kind is NodeKind.PARALLEL or (kind is NodeKind.DECISION and gap < 0):
        # inside a diamond the words reach close to the rim
        return ""
    if kind is NodeKind.DECISION:
        gap *= 1.42
    around = Area(x=area.x - gap, y=area.y - gap, width=area.width + 2 * gap, height=area.height + 2 * gap)
    paint = f' fill="none" stroke="{stroke}" stroke-width="{number(weight)}"'
    if kind is NodeKind.DECISION:
        return f'<path d="{diamond(around)}"{paint} stroke-linejoin="round"/>'
    is_stadium = kind in (NodeKind.START, NodeKind.END)
    return _rectangle(
        around, min(around.height / 2, around.width / 2, ROUNDEST + gap) if is_stadium else max(0.0, gap + 2), paint
    )


def mark(kind: Mark, x: float, baseline: float, size: float, colour: str) -> str:
    """Return a mark as tall as a capital letter, with its left end at x, for text of this size."""
    side = size * 0.76
    top = baseline - side + size * 0.04
    left, right, bottom = x + size * 0.08, x + size * 0.08 + side, top + side
    pen = f' fill="none" stroke="{colour}" stroke-width="{number(max(size * 0.1, 1))}"'
    a, b, c, d = number(left), number(right), number(top), number(bottom)
    if kind is Mark.PROHIBITION:
        return f'<path d="M{a} {c}L{b} {d}M{b} {c}L{a} {d}"{pen}/>'
    if kind is Mark.POSTING:
        inset = side * 0.28
        e, f, g, h = (number(v) for v in (left + inset, right - inset, top + inset, bottom - inset))
        inner = f"M{e} {g}H{f}V{h}H{e}Z"
        return f'<path d="M{a} {c}H{b}V{d}H{a}Z"{pen}/><path d="{inner}" fill="{colour}"/>'
    if kind is Mark.RISK:
        middle = (left + right) / 2
        stroke = f"M{number(middle)} {number(top + side * 0.36)}V{number(top + side * 0.66)}"
        dot = f"M{number(middle)} {number(top + side * 0.76)}V{number(top + side * 0.86)}"
        return f'<path d="M{number(middle)} {c}L{b} {d}H{a}Z{stroke}{dot}"{pen} stroke-linejoin="round"/>'
    if kind in STANDING_MARKS:
        return _standing_mark(kind, left, top, side, colour)
    one, two = number(left + side * 0.3), number(left + side * 0.7)
    return f'<path d="M{one} {c}V{d}M{two} {c}V{d}"{pen}/>'


def _standing_mark(kind: Mark, left: float, top: float, side: float, colour: str) -> str:
    """Return the sign of a standing; each is told from the others by its shape alone."""
    width = number(max(side * 0.16, 1.2))
    pen = f' fill="none" stroke="{colour}" stroke-width="{width}"'

    def at(x: float, y: float) -> str:
        return f"{number(left + x * side)} {number(top + y * side)}"

    if kind is Mark.CURRENT:
        return f'<path d="M{at(0.1, 0)}L{at(1, 0.5)}L{at(0.1, 1)}Z" fill="{colour}"/>'
    if kind in (Mark.OVERDUE, Mark.WAITING):
        hands = f'<path d="M{at(0.5, 0.2)}L{at(0.5, 0.55)}L{at(0.78, 0.55)}"{pen}/>' if kind is Mark.OVERDUE else ""
        x, y = number(left + side / 2), number(top + side / 2)
        return f'<circle cx="{x}" cy="{y}" r="{number(side * 0.46)}"{pen}/>{hands}'
    paths = {
        Mark.DONE: f"M{at(0, 0.55)}L{at(0.36, 0.92)}L{at(1, 0.1)}",
        Mark.SKIPPED: f"M{at(0, 0.1)}L{at(0.42, 0.5)}L{at(0, 0.9)}M{at(0.5, 0.1)}L{at(0.92, 0.5)}L{at(0.5, 0.9)}",
        Mark.ADDED: f"M{at(0.5, 0)}L{at(0.5, 1)}M{at(0, 0.5)}L{at(1, 0.5)}",
        Mark.REMOVED: f"M{at(0, 0.5)}L{at(1, 0.5)}",
        Mark.CHANGED: f"M{at(0, 0.35)}L{at(1, 0.35)}M{at(0, 0.7)}L{at(1, 0.7)}M{at(0.2, 1)}L{at(0.8, 0.05)}",
    }
    return f'<path d="{paths[kind]}"{pen}/>'


def arrowhead(tip: tuple[float, float], before: tuple[float, float], size: float) -> str:
    """Return the path of a filled arrowhead at `tip`, pointing away from `before`; the line is upright or level."""
    (x, y), (from_x, from_y) = tip, before
    half = size * 0.42
    if abs(from_x - x) < abs(from_y - y):
        back = y - size if from_y < y else y + size
        return f"M{number(x)} {number(y)}L{number(x - half)} {number(back)}H{number(x + half)}Z"
    back = x - size if from_x < x else x + size
    return f"M{number(x)} {number(y)}L{number(back)} {number(y - half)}V{number(y + half)}Z"
