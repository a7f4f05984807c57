"""The picture of a printed code: a QR symbol as one outline path, sharp at any size and a quarter of the usual weight.

Error correction M (15 %) bears a drop of rain or a crease; the quiet zone of four modules is what ISO/IEC 18004 asks.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import qrcode  # type: ignore[import-untyped]
from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]

QUIET = 4
"""Modules of white on each side."""

Point = tuple[int, int]


@dataclass(frozen=True)
class QrPath:
    """A QR symbol: `modules` is its width with the quiet zone, `d` its SVG path, filled by the even-odd rule."""

    modules: int
    d: str


def outline(url: str) -> QrPath:
    """Return the symbol for `url` as the outlines of its dark areas; the same address always gives the same path."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(url)
    code.make(fit=True)
    matrix = [[bool(module) for module in row] for row in code.get_matrix()]
    return QrPath(modules=len(matrix), d=traced(matrix))


def traced(matrix: list[list[bool]]) -> str:
    """Return one closed path around every dark area and hole of `matrix` (rows of modules, light all round)."""
    onward = _borders(matrix)
    parts = []
    while onward:
        start = min(onward)
        points = [start]
        point = onward[start].pop()
        while point != start:
            points.append(point)
            point = onward[point].pop()
        for visited in points:
            if visited in onward and not onward[visited]:
                del onward[visited]
        parts.append(_path(points))
    return "".join(parts)


def _borders(matrix: list[list[bool]]) -> dict[Point, list[Point]]:
    """Return the unit edges between dark and light, from corner to corner, dark always on the right hand."""
    onward: dict[Point, list[Point]] = defaultdict(list)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if not dark:
                continue
            if not matrix[y - 1][x]:
                onward[x, y].append((x + 1, y))
            if not row[x + 1]:
                onward[x + 1, y].append((x + 1, y + 1))
            if not matrix[y + 1][x]:
                onward[x + 1, y + 1].append((x, y + 1))
            if not row[x - 1]:
                onward[x, y + 1].append((x, y))
    return dict(onward)


def _path(points: list[Point]) -> str:
    """Return the closed path through unit steps `points`, equal steps joined into one horizontal or vertical line."""
    x, y = points[0]
    parts = [f"M{x} {y}"]
    run: Point = (0, 0)
    for (fx, fy), (tx, ty) in pairwise(points):
        step = (tx - fx, ty - fy)
        if step[0] * run[1] != step[1] * run[0]:
            parts.append(_line(run))
            run = (0, 0)
        run = (run[0] + step[0], run[1] + step[1])
    return "".join([*parts, _line(run), "z"])


def _line(run: Point) -> str:
    """Return the relative path command for a straight run."""
    if run == (0, 0):
        return ""
    return f"h{run[0]}" if run[1] == 0 else f"v{run[1]}"


def svg(url: str, mm: float) -> str:
    """Return the symbol for `url` as a whole SVG element, `mm` millimetres wide with its quiet zone.

    Only presentation attributes are used: a style sheet does not reach into a drawing in WeasyPrint, and the pages'
    content security policy forbids inline style.
    """
    symbol = outline(url)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{mm:g}mm" height="{mm:g}mm"'
        f' viewBox="0 0 {symbol.modules} {symbol.modules}" role="img" aria-hidden="true">'
        f'<path fill="#fff" d="M0 0h{symbol.modules}v{symbol.modules}H0z"/>'
        f'<path fill="#000" fill-rule="evenodd" d="{symbol.d}"/></svg>'
    )
