"""The press: the same bytes as in one's own process, and bad pages hurt nobody."""

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from publicity.bulletins.compose import compose
from publicity.bulletins.press import NotPrinted, Press
from publicity.bulletins.typeset import pdf
from tests.publicity.bulletins.sheets import STATIC, finance_sheet, page_of

SIMPLE = "<!DOCTYPE html><html lang='zh-Hans'><title>榜</title><body><p>明白</p>"

HOSTILE = {
    "colspan": "<table><tr><td colspan=1000000>x<td>y</table>",
    "endless word": "<p>" + "x" * 1_000_000,
    "marks": "<p>a" + "\u0301" * 200_000,
    "nested": "<div>" * 20_000,
    "giant type": "<p style='font-size:1000000000px'>大</p>",
    "bomb": "<svg><defs>"
    + "".join(f"<g id='a{n}'>" + f"<use href='#a{n + 1}'/>" * 10 + "</g>" for n in range(9))
    + "<g id='a9'><rect width='1' height='1'/></g></defs><use href='#a0'/></svg>",
}


@pytest.fixture
def press() -> Iterator[Press]:
    """Return a press with a short patience, ended after the test."""
    press = Press(STATIC, seconds=3)
    yield press
    press.close()


def test_the_child_prints_the_same_bytes_as_we_do(press: Press) -> None:
    page = page_of("finance_a3.html", sheet=compose(finance_sheet()))
    printed = press.pdf(page)
    assert printed == press.pdf(page)
    press.close()
    assert printed == press.pdf(page) == pdf(page, static_root=STATIC)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_ends_in_time_and_the_next_one_is_printed(kind: str, press: Press) -> None:
    press.pdf(SIMPLE)
    started = time.monotonic()
    try:
        document = press.pdf(SIMPLE + HOSTILE[kind])
    except NotPrinted:
        document = press.pdf(SIMPLE)
    assert document.startswith(b"%PDF")
    assert time.monotonic() - started < 15
    assert press.pdf(SIMPLE).startswith(b"%PDF")


def test_a_page_that_takes_too_long_is_stopped() -> None:
    hasty = Press(STATIC, seconds=2)
    try:
        hasty.pdf(SIMPLE)
        with pytest.raises(NotPrinted, match="用时太长"):
            hasty.pdf(SIMPLE + "<table>" + "<tr><td>1<td>2" * 60_000)
    finally:
        hasty.close()


def test_a_huge_page_is_refused_unprinted(press: Press) -> None:
    with pytest.raises(NotPrinted, match="分期"):
        press.pdf("明" * 3_000_000)


def test_the_press_prints_after_it_was_closed(press: Press) -> None:
    press.pdf(SIMPLE)
    press.close()
    press.close()
    assert press.pdf(SIMPLE).startswith(b"%PDF")


def test_the_press_does_not_bring_weasyprint_into_the_web() -> None:
    words = "import sys, publicity.bulletins.press; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], check=False, cwd=STATIC.parent).returncode == 0
