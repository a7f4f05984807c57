"""The printed power poster: one page, its chart inside it, its code readable."""

import io

import pytest
import zxingcpp
from markupsafe import Markup
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextContainer
from pypdf import PdfReader

from publicity.bulletins.papers import A3, A4, MM_PER_POINT, Paper
from publicity.bulletins.posters import plan
from publicity.bulletins.typeset import pdf
from tests.publicity.bulletins.rasters import grey_pages
from tests.publicity.bulletins.sheets import POSTER, STATIC, page_of


def printed(paper: Paper) -> bytes:
    """Return the poster with a chart that fills all the room it is given, its last word at the very bottom."""
    planned = plan(POSTER, paper)
    wide, high = planned.chart_width_mm, planned.chart_height_mm
    chart = (
        f'<svg width="{wide}mm" height="{high}mm" viewBox="0 0 {wide} {high}">'
        f'<rect width="{wide}" height="{high}" fill="none" stroke="#000"/>'
        f'<text x="9" y="{high - 1}" font-size="6" font-family="Noto Sans SC">完工</text></svg>'
    )
    page = page_of("poster.html", title=POSTER.title, paper=paper.name, pages=[(planned, Markup(chart))])  # noqa: S704
    return pdf(page, static_root=STATIC)


@pytest.mark.parametrize("paper", [A3, A4])
def test_a_poster_is_one_page_with_all_its_words(paper: Paper) -> None:
    reader = PdfReader(io.BytesIO(printed(paper)))
    assert len(reader.pages) == 1
    text = "".join(reader.pages[0].extract_text().split())
    for words in (POSTER.title, POSTER.sentence, *POSTER.prohibitions, "K73MPAQ", POSTER.hotline, "完工"):
        assert words in text


@pytest.mark.parametrize("paper", [A3, A4])
def test_the_chart_ends_above_the_prohibitions(paper: Paper) -> None:
    page = next(iter(extract_pages(io.BytesIO(printed(paper)))))
    places = {box.get_text().strip()[:4]: box for box in page if isinstance(box, LTTextContainer)}
    gap = (places["完工"].y0 - places["× 不得"[:4]].y1) * MM_PER_POINT
    assert 0 < gap < 40


@pytest.mark.parametrize("paper", [A3, A4])
def test_a_telephone_reads_the_posters_code(paper: Paper) -> None:
    found = zxingcpp.read_barcodes(grey_pages(printed(paper))[0])
    assert [result.text for result in found] == [POSTER.url]
