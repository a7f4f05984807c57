"""The works sheet of a matter: what it says, and that the room left to the charts is what the page has."""

import io
from dataclasses import replace

import pytest
import zxingcpp
from markupsafe import Markup
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextContainer
from sqlalchemy.orm import Session

from publicity.bulletins.matter_sheets import MatterSheet, chart_pages, matter_sheet
from publicity.bulletins.papers import A3, A4, MM_PER_POINT, Paper
from publicity.bulletins.pieces import Facts, Grid, Prose
from publicity.bulletins.postings import compose_sheet
from publicity.bulletins.typeset import pdf
from publicity.codes.actions import give_code
from publicity.codes.models import TargetKind
from publicity.codes.shortcode import spoken
from tests.factories import at, make_list, make_people, make_place_tree
from tests.publicity.bulletins.rasters import grey_pages
from tests.publicity.bulletins.sheets import STATIC, page_of
from tests.publicity.workflow.road import REASON, TITLE, TODAY, build_road
from village_lists.errors import NotFound

URL = "https://mingbai.example"


@pytest.fixture(scope="module")
def kept() -> dict[str, MatterSheet]:
    """Keep the sheet between the tests: it is words alone."""
    return {}


@pytest.fixture
def sheet(session: Session, kept: dict[str, MatterSheet]) -> MatterSheet:
    if "sheet" not in kept:
        places = make_place_tree(session)
        cast = make_people(session, places)
        make_list(session, villages=[places.stone])
        matter = build_road(session, places, cast)
        give_code(session, village=places.stone, kind=TargetKind.MATTER, target="1", now=at(TODAY, 9))
        asked = {"village": places.stone, "public_url": URL, "on": TODAY}
        kept["sheet"] = matter_sheet(session, number=matter.number, **asked)  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            matter_sheet(session, number=99, **asked)  # type: ignore[arg-type]
    return kept["sheet"]


def test_it_says_what_the_web_says(sheet: MatterSheet) -> None:
    facts, findings, steps = sheet.sheet.pieces
    assert isinstance(facts, Facts)
    assert isinstance(findings, Prose)
    assert isinstance(steps, Grid)
    assert {fact.name: fact.text for fact in facts.facts}["预算"] == "240,000.00 元"
    assert any("2026年4月5日取下，只有 9 天，少 6 天" in words for words in findings.paragraphs)
    results = {row[0].strip(): row[4] for row in steps.rows}
    assert results["4 有重要意见要改吗（第 2 次）"] == f"跳过，按「没有」往下走；原因：{REASON}"
    assert "2026.4.8 应到 46 人，实到 28 人，同意 28 人" in results["5 三议：党员大会审议"]
    assert results["2 二议：联席会议商议，形成方案"] == "已办；材料：实施方案、联席会议记录"
    assert [chart.path for chart in sheet.charts] == ["", "wuyi"]


@pytest.mark.parametrize(("paper", "side_by_side"), [(A3, 2), (A4, 1)])
def test_charts_that_fill_their_room_end_above_the_code(sheet: MatterSheet, paper: Paper, side_by_side: int) -> None:
    planned = chart_pages(replace(sheet, title=TITLE * 20), paper, side_by_side=side_by_side)
    plan = compose_sheet(sheet.sheet, paper)
    pages = [(page, [_filling(page.chart_width_mm, page.chart_height_mm)] * len(page.charts)) for page in planned]
    document = pdf(page_of("matter.html", pages=pages, plan=plan), static_root=STATIC)
    printed = list(extract_pages(io.BytesIO(document)))
    assert len(printed) == len(planned) + len(plan.pages)
    for page in printed[: len(planned)]:
        places = {box.get_text().strip()[:4]: box for box in page if isinstance(box, LTTextContainer)}
        assert 0 < (places["画到这里"].y0 - places[spoken(sheet.code)[:4]].y1) * MM_PER_POINT < 24
    read = [zxingcpp.read_barcodes(page) for page in grey_pages(document)]
    assert [one.text for one in (*read[0], *read[-1])] == [f"{URL}/q/{sheet.code}"] * 2


def _filling(wide: float, high: float) -> Markup:
    """Return a drawing that takes all the room it is given, its last word at the very bottom."""
    return Markup(  # noqa: S704 - our own drawing
        f'<svg width="{wide}mm" height="{high}mm" viewBox="0 0 {wide} {high}">'
        f'<rect width="{wide}" height="{high}" fill="none" stroke="#000"/>'
        f'<text x="9" y="{high - 1}" font-size="6" font-family="Noto Sans SC">画到这里</text></svg>'
    )
