"""The picture of a code is read back with an independent reader, and weighs what it should."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from publicity.codes import qr

URL = "https://mingbai.example.cn/q/K73MPAQ"


def drawn(path: qr.QrPath, scale: int = 4) -> Image.Image:
    """Return the path as a grey picture, `scale` pixels a module, filled by the even-odd rule."""
    outlines = [corners_of(part, 2) for part in path.d.split("z") if part]
    modules = Image.new("L", (path.modules, path.modules), 255)
    for x in range(path.modules):
        for y in range(path.modules):
            if sum(_crossings(corners, 2 * x + 1, 2 * y + 1) for corners in outlines) % 2:
                modules.putpixel((x, y), 0)
    return modules.resize((path.modules * scale,) * 2, Image.Resampling.NEAREST)


def corners_of(part: str, scale: int) -> list[tuple[int, int]]:
    """Return the corners of one closed outline in pixels."""
    head, *steps = part.removeprefix("M").replace("h", "|h").replace("v", "|v").split("|")
    x, y = (int(number) for number in head.split(" "))
    corners = [(x * scale, y * scale)]
    for step in steps:
        x, y = (x + int(step[1:]), y) if step[0] == "h" else (x, y + int(step[1:]))
        corners.append((x * scale, y * scale))
    return corners


def test_the_outline_is_read_back() -> None:
    results = zxingcpp.read_barcodes(drawn(qr.outline(URL)))
    assert [result.text for result in results] == [URL]


def test_error_correction_is_m_and_the_quiet_zone_four_modules() -> None:
    path = qr.outline(URL)
    result = zxingcpp.read_barcodes(drawn(path))[0]
    assert result.ec_level == "M"
    corners = [corner for part in path.d.split("z") if part for corner in corners_of(part, 1)]
    assert min(min(corner) for corner in corners) == qr.QUIET
    assert max(max(corner) for corner in corners) == path.modules - qr.QUIET


def test_the_same_address_gives_the_same_small_path() -> None:
    assert qr.outline(URL) == qr.outline(URL)
    assert len(qr.outline(URL).d) < 4_000


def test_svg_carries_its_size_and_no_style() -> None:
    picture = qr.svg(URL, 38)
    assert 'width="38mm"' in picture
    assert "style" not in picture
    assert picture.count("<path") == 2


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=6, max_size=6))
def test_outlines_enclose_exactly_the_dark_modules(inner: list[list[bool]]) -> None:
    matrix = [[False] * 8, *([False, *row, False] for row in inner), [False] * 8]
    parts = [part for part in qr.traced(matrix).split("z") if part]
    for y in range(8):
        for x in range(8):
            crossings = sum(_crossings(corners_of(part, 2), 2 * x + 1, 2 * y + 1) for part in parts)
            assert bool(crossings % 2) == matrix[y][x], (x, y)


def _crossings(corners: list[tuple[int, int]], x: int, y: int) -> int:
    """Return how many vertical sides of the outline lie to the right of the point."""
    sides = zip(corners, [*corners[1:], corners[0]], strict=True)
    return sum(ax == bx and ax > x and min(ay, by) < y < max(ay, by) for (ax, ay), (bx, by) in sides)


@pytest.mark.parametrize("length", [10, 60, 120])
def test_longer_addresses_get_larger_symbols_that_still_read(length: int) -> None:
    url = "https://m.cn/q/" + "K" * length
    assert zxingcpp.read_barcodes(drawn(qr.outline(url)))[0].text == url
