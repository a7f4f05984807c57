"""The printed sheet of a posting: what a reader, a scanner and a telephone find on it, on both papers."""

import base64
import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
import zxingcpp
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTPage, LTTextContainer, LTTextLine
from PIL import Image
from pypdf import PdfReader

from publicity.bulletins.papers import A3, A4, MM_PER_POINT, Paper
from publicity.bulletins.pieces import Facts, Figures, Grid, GridColumn, Photo, Prose, Sheet, Title
from publicity.bulletins.postings import compose_sheet
from publicity.bulletins.typeset import pdf
from publicity.codes.shortcode import spoken
from tests.publicity.bulletins.rasters import grey_pages
from tests.publicity.bulletins.sheets import STATIC, page_of
from tests.publicity.bulletins.tables import (
    CODE,
    RECEPTION,
    RESOLUTION,
    SECRET,
    WORDS,
    WORKS,
    WORKS_HEAD,
    assets,
    debts,
    foot,
    pay,
    roster,
    sheet,
    table,
)
from tests.publicity.bulletins.test_typeset import CONSTRUCTS

LONG = Grid(
    columns=(GridColumn(name="名称"), GridColumn(name="说明")),
    rows=(("W" * 90, "很长的说明" * 300), ("https://" + "a" * 300, "短")) * 3,
)
AFFAIRS = (
    Title(words="一、财务公开", told="1 件"),
    Figures(
        figures=(
            ("上月结余", "186,420.35"),
            ("本月收入", "70,500.00"),
            ("本月支出", "12,345,678.90"),
            ("本月结余", "1.00"),
        ),
        heading="1．月度财务收支　2026年9月　村民委员会",
        after="单位：元。2026年10月8日公开，第 3 号；共 41 笔，逐笔见单张公开榜，或扫码查看。",
    ),
    Title(words="应公开而没有公开"),
    Prose(paragraphs=("到打印这一天为止，本期应公开的都已公开。",)),
)


def photo(colour: str) -> Photo:
    """Return a photo of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "JPEG")
    return Photo(
        address=f"data:image/jpeg;base64,{base64.b64encode(file.getvalue()).decode()}", caption="完工后的机耕路"
    )


PHOTOS = tuple(photo(colour) for colour in ("#222", "#444", "#333", "#555"))
CORRECTED = sheet(pay(), mark="更正", note="第 2 版，2026年10月20日公开。更正原因：绩效多记一位数。")
DRAFT = sheet(debts(), is_draft=True, mark="样张，未公开", note="只供核对，请勿张贴。")
SHEETS: dict[str, Sheet] = {
    "five households": sheet(roster(5)),
    "forty households": sheet(roster(40)),
    "a hundred households": sheet(roster(110)),
    "nine assets": sheet(assets(9)),
    "debts": sheet(debts()),
    "works": sheet(table(WORKS, head=WORKS_HEAD, note="资料存村档案室。"), photos=PHOTOS),
    "resolution": sheet(table(RESOLUTION, head={"words": WORDS}, title="关于机耕路维修和店面出租的决议" * 5)),
    "nothing": sheet(table(RECEPTION, is_nil=True, note="本季度没有公务接待。")),
    "corrected": CORRECTED,
    "draft": DRAFT,
    "long words": replace(sheet(pay()), pieces=(LONG,)),
    "affairs": replace(sheet(pay()), pieces=AFFAIRS),
}
PAPERS = {"A3": A3, "A4": A4}


@cache
def printed(name: str, paper: str = "A3") -> bytes:
    """Return one of SHEETS as a PDF, printed once for all tests."""
    return pressed(SHEETS[name], PAPERS[paper])


def pressed(words: Sheet, paper: Paper = A3) -> bytes:
    """Return a sheet as a PDF."""
    return pdf(page_of("sheet.html", plan=compose_sheet(words, paper)), static_root=STATIC)


def text_of(document: bytes) -> str:
    """Return all text of a PDF without spaces and line breaks."""
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
    return "".join(words.split())


def lines_of(page: LTPage) -> Iterator[LTTextLine]:
    """Return the text lines of a page with their places."""
    for box in page:
        if isinstance(box, LTTextContainer):
            yield from (part for part in box if isinstance(part, LTTextLine))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", SHEETS)
def test_pages_come_out_as_planned_and_nothing_leaves_them(name: str, paper: str) -> None:
    plan = compose_sheet(SHEETS[name], PAPERS[paper])
    pages = list(extract_pages(io.BytesIO(printed(name, paper))))
    assert len(pages) == len(plan.pages)
    for number, page in enumerate(pages, 1):
        side = (page.width * MM_PER_POINT - plan.lay.width) / 2
        top = (page.height * MM_PER_POINT - plan.lay.height) / 2
        closing = plan.lay.closing if number == len(pages) else plan.lay.turning
        under = []
        for found in lines_of(page):
            x0, x1 = found.x0 * MM_PER_POINT, found.x1 * MM_PER_POINT
            assert side - 0.6 <= x0, found.get_text()
            assert x1 <= page.width * MM_PER_POINT - side + 0.6, found.get_text()
            assert found.y0 * MM_PER_POINT >= top - 1.5
            under.append(found.y0 * MM_PER_POINT - top)
        # Between the highest line of the foot and the lowest line of the body there is nothing.
        body = [place for place in under if place > closing - 3.0]
        foot_lines = [place for place in under if place <= closing - 3.0]
        assert foot_lines
        if body:
            assert min(body) >= closing - 3.0


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", ["five households", "nine assets", "works", "a hundred households"])
def test_a_telephone_reads_the_code_from_a_grey_print(name: str, paper: str) -> None:
    found = zxingcpp.read_barcodes(grey_pages(printed(name, paper))[-1])
    assert [result.text for result in found] == [SHEETS[name].foot.url]
    corners = found[0].position
    assert (corners.top_right.x - corners.top_left.x) / 150 * 25.4 >= 33


@pytest.mark.parametrize("paper", PAPERS)
def test_who_signs_when_and_where_to_turn_is_on_paper(paper: str) -> None:
    text = text_of(printed("five households", paper))
    for words in (
        "最低生活保障对象公开",
        "松坪镇上石村村民委员会2026年第3季度",
        "制表（报账员）：李国强",
        "审核（监委会主任）：王永根",
        "签发（村书记）：陈海涛（代行）",
        "从2026年10月8日到10月23日",
        "监督电话：0000-1234567",
        "公开地点：上石村文化礼堂门口公开栏",
        "村务监督委员会（章）",
        "上石村村民委员会（章）",
        "第12号",
        "".join(spoken(CODE).split()),
    ):
        assert words in text, words


def test_paper_shows_names_and_its_own_columns_and_never_the_hidden_one() -> None:
    text = text_of(printed("five households"))
    name = SHEETS["five households"].pieces[0].rows[0][1]
    assert name in text
    assert "139****0000" in text
    assert "13900000000" not in text
    assert SECRET not in text
    assert "身份证" not in text


@pytest.mark.parametrize("name", ["nine assets", "forty households"])
def test_lines_on_the_wall_are_never_smaller_than_fourteen_points(name: str) -> None:
    body = {cell for piece in SHEETS[name].pieces if isinstance(piece, Grid) for row in piece.rows for cell in row}
    sizes: list[float] = []
    for page in extract_pages(io.BytesIO(printed(name))):
        for found in lines_of(page):
            if found.get_text().strip() in body - {""}:
                sizes += [one.size for one in found if isinstance(one, LTChar)]
    assert min(sizes) > 13.9


@pytest.mark.parametrize("paper", PAPERS)
def test_a_draft_carries_no_code_and_says_what_it_is(paper: str) -> None:
    document = printed("draft", paper)
    assert zxingcpp.read_barcodes(grey_pages(document)[0]) == []
    text = text_of(document)
    assert "扫一扫" not in text
    assert "样张，未公开" in text
    assert CODE not in text


def test_a_correction_says_why_and_when() -> None:
    assert "更正第2版，2026年10月20日公开。更正原因：绩效多记一位数。" in text_of(printed("corrected"))


def test_works_show_their_stages_and_photos() -> None:
    document = printed("works")
    text = text_of(document)
    for words in ("事前", "事中", "事后", "155,180.00元", "2026年9月26日", "完工后的机耕路"):
        assert words in text
    assert sum(len(page.images) for page in PdfReader(io.BytesIO(document)).pages) == 4


def test_words_of_clerks_are_text_and_nothing_else() -> None:
    nasty = [construct.format(url="http://127.0.0.1:9/x") for construct in CONSTRUCTS]
    columns = (GridColumn(name="名称"), GridColumn(name=nasty[0]))
    pieces = (
        Grid(columns=columns, rows=tuple((words, "乙") for words in nasty[:13])),
        Facts(facts=SHEETS["works"].pieces[0].facts, heading=nasty[13]),
        Prose(paragraphs=tuple(nasty[14:])),
    )
    text = text_of(pressed(replace(sheet(pay()), title=nasty[1], pieces=pieces, foot=foot())))
    for words in nasty:
        assert "".join(words.split()) in text, words


def test_a_sheet_stays_light() -> None:
    assert len(printed("forty households")) < 130_000
