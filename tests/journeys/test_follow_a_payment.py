"""A payment to a contractor in the demonstration followed by tapping: village, line, matter, step, rule, and back."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from playwright.sync_api import Browser, Locator, Page

from app.cli.demonstration.events import ROAD
from app.cli.demonstration.fill import PASSWORD
from tests.cast import STONE
from tests.factories import at
from tests.journeys.paper import picture_of, words_of
from tests.journeys.stage import Server, Window, go, open_window, serving

NOW = at(date(2026, 11, 22), 9)
MONTHS = 8
"""From the month in which the road was proposed to the last one that has ended."""
VILLAGE = f"/v/{STONE}"
LEDGER = f"{VILLAGE}/accounts/2026-10/collective"
MATTER = f"{VILLAGE}/matters/1"
RULE = f"{VILLAGE}/powers/A05"
PAYMENT, AMOUNT = f"{ROAD}验收后付款", "34,170.00"


@pytest.fixture(scope="module")
def server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return the program over the demonstration's first village; nobody here writes but who signs in."""
    folder = tmp_path_factory.mktemp("demonstration")
    file = folder / "mingbai.sqlite"
    shutil.copyfile(sqlite_template, file)
    with serving(f"sqlite:///{file}", folder, NOW) as server:
        words = ["demo", "fill", "--villages", "1", "--months", str(MONTHS)]
        result = server.app.test_cli_runner().invoke(args=words)
        assert result.exit_code == 0, result.output
        yield server


@pytest.fixture
def window(browser: Browser, server: Server, windows: list[Window]) -> Callable[..., Window]:
    """Return a function that opens a window upon this village."""

    def open_one(**choices: object) -> Window:
        opened = open_window(browser, server, **choices)  # type: ignore[arg-type] # handed through
        windows.append(opened)
        return opened

    return open_one


def tap(page: Page, scope: str, address: str) -> None:
    """Tap the first link within a part of the page that leads to an address, as a thumb would; nothing is too wide."""
    follow(page.locator(f'{scope} a[href="{address}"]').first)


def follow(link: Locator) -> None:
    """Tap a link; the place that its anchor names is there, and in sight."""
    link.scroll_into_view_if_needed()
    go(link)
    page = link.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    anchor = urlsplit(page.url).fragment
    if anchor:
        box = page.locator(f"#{anchor}").bounding_box()
        assert box is not None
        assert -1 <= box["y"] <= 740


def path_of(page: Page) -> str:
    """Return where a page is, with its anchor."""
    parts = urlsplit(page.url)
    return f"{parts.path}#{parts.fragment}" if parts.fragment else parts.path


def test_from_the_village_page_to_the_rule_and_back(window, camera):
    resident = window(scripts=False)
    page = resident.page
    page.goto(VILLAGE)
    tap(page, "main", LEDGER)
    line = page.locator("li", has_text=PAYMENT)
    assert AMOUNT in line.inner_text()
    assert ROAD in line.locator(f'a[href="{MATTER}"]').inner_text()
    anchor = line.get_attribute("id")
    camera.take(page, "follow-1-month")

    follow(line.locator(f'a[href="{MATTER}"]'))
    assert page.locator("h1").inner_text() == ROAD
    assert AMOUNT in page.locator("#money").inner_text()
    camera.take(page, "follow-2-matter")

    chart = page.locator("#chart-whole")
    chart.get_by_text("用文字读这个流程").click()
    follow(chart.locator("li", has=page.get_by_role("heading", name="验收", exact=False)).get_by_role("link").first)
    deed = page.locator(f"#{urlsplit(page.url).fragment}")
    assert "验收" in deed.inner_text()
    assert "一处路肩返工以后验收合格" in deed.inner_text()

    follow(chart.get_by_role("link", name="清单里怎么规定这张图"))
    assert path_of(page) == f"{RULE}#chart-05-works-large"
    assert page.locator("h1").inner_text() == "限额以上工程"
    camera.take(page, "follow-3-rule")

    assert "A05-2026-01" in page.locator("#matters").inner_text()
    tap(page, "#matters", MATTER)
    tap(page, "#money", f"{LEDGER}#{anchor}")
    assert PAYMENT in page.locator(f"#{anchor}").inner_text()
    tap(page, "header", VILLAGE)
    assert path_of(page) == VILLAGE
    assert not resident.was_given_cookies()


def test_from_the_printed_sheet_by_its_codes(server, window, camera, tmp_path):
    page = window().page
    page.goto(f"/desk/{STONE}")
    page.fill("[name=name]", "s1")
    page.fill("[name=password]", PASSWORD)
    go(page.get_by_role("button", name="登录"))
    page.goto(LEDGER)
    record = page.get_by_role("link", name="公开和更正的经过").get_attribute("href") or ""
    pdf = page.request.get(f"{record.replace('/v/', '/desk/')}/sheet.pdf").body()
    picture = picture_of(pdf, tmp_path)
    camera.develop(picture, "follow-4-sheet")
    printed = words_of(pdf)
    assert "A05-2026-01" in printed
    assert AMOUNT in printed
    addresses = {urlsplit(code.text).path for code in zxingcpp.read_barcodes(picture)}
    page = window(scripts=False).page
    opened = set()
    for address in sorted(addresses):
        page.goto(address)
        opened.add(path_of(page))
        assert AMOUNT in page.content()
    assert opened == {LEDGER, MATTER}
