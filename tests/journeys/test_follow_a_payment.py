"""A payment to a contractor followed by tapping: village, month, line, matter, step, rule and back; and from paper."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from app.database import open_engine
from publicity.codes.actions import give_code
from publicity.codes.models import TargetKind
from tests.cast import STONE
from tests.factories import at, cast_again, places_again
from tests.journeys.paper import picture_of, words_of
from tests.journeys.people import Secretary
from tests.journeys.stage import Server, Window, open_window, serving
from tests.publicity.workflow.road import INSTALMENT, TITLE, TODAY, build_road, pay_road

VILLAGE = f"/v/{STONE}"
LEDGER = f"{VILLAGE}/accounts/2026-09/collective"
MATTER = f"{VILLAGE}/matters/1"
RULE = f"{VILLAGE}/powers/A05"
AMOUNT = "46,500.00"


@pytest.fixture(scope="module")
def road_file(village_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database in which 上石村 builds a road and has paid an instalment of it."""
    file = tmp_path_factory.mktemp("road") / "mingbai.sqlite"
    shutil.copyfile(village_file, file)
    engine = open_engine(f"sqlite:///{file}")
    with Session(engine, expire_on_commit=False) as session:
        places, cast = places_again(session), cast_again(session)
        matter = build_road(session, places, cast)
        give_code(session, village=places.stone, kind=TargetKind.MATTER, target=str(matter.number), now=at(TODAY))
        pay_road(session, places, cast, matter)
        session.commit()
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture
def server(road_file: Path, tmp_path: Path) -> Iterator[Server]:
    """Return the program over this test's own copy of the village."""
    file = tmp_path / "mingbai.sqlite"
    shutil.copyfile(road_file, file)
    with serving(f"sqlite:///{file}", tmp_path, at(date(2026, 11, 22), 9)) as server:
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
    """Tap the first link within a part of the page that leads to an address, as a thumb would; it has to be wide."""
    link = page.locator(f'{scope} a[href="{address}"]').first
    link.scroll_into_view_if_needed()
    link.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def path_of(page: Page) -> str:
    """Return where a page is, with its anchor."""
    parts = urlsplit(page.url)
    return f"{parts.path}#{parts.fragment}" if parts.fragment else parts.path


def test_from_the_village_page_to_the_rule_and_back(window, camera):
    resident = window(scripts=False)
    page = resident.page
    page.goto(VILLAGE)
    tap(page, "main", LEDGER)
    line = page.locator(f"#line-{INSTALMENT}")
    assert AMOUNT in line.inner_text()
    assert TITLE in line.inner_text()
    camera.take(page, "follow-1-month")

    tap(page, f"#line-{INSTALMENT}", MATTER)
    assert page.locator("h1").inner_text() == TITLE
    assert AMOUNT in page.locator("#money").inner_text()
    camera.take(page, "follow-2-matter")
    tap(page, "main", "#story")
    assert path_of(page) == f"{MATTER}#story"
    assert "办完「施工」" in page.locator("#story").inner_text()

    tap(page, "#rule", RULE)
    assert page.locator("h1").inner_text() == "限额以上工程"
    camera.take(page, "follow-3-rule")

    page.go_back()
    assert path_of(page) == f"{MATTER}#story"
    tap(page, "#money", f"{LEDGER}#line-{INSTALMENT}")
    assert path_of(page) == f"{LEDGER}#line-{INSTALMENT}"
    tap(page, "header", VILLAGE)
    assert path_of(page) == VILLAGE
    assert not resident.was_given_cookies()


def test_from_the_item_to_its_matters_and_the_payment(window):
    page = window(scripts=False).page
    page.goto(f"{RULE}/money")
    assert "A05-2026-01" in page.locator("#matters").inner_text()
    tap(page, "#matters", MATTER)
    tap(page, "#money", f"{LEDGER}#line-{INSTALMENT}")
    tap(page, f"#line-{INSTALMENT}", MATTER)
    assert path_of(page) == MATTER


def test_from_the_printed_sheet_by_its_codes(server, window, camera, tmp_path):
    chen = Secretary(window().page, "chen", STONE)
    chen.signs_in()
    pdf = chen.downloads_sheet()
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
