"""The printed finance sheet: what a reader, a scanner and a telephone find on it."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
import zxingcpp
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTPage, LTTextContainer, LTTextLine
from pypdf import PdfReader

from publicity.bulletins.compose import FinanceSheet, compose, matters_height
from publicity.bulletins.papers import A3, A4, MM_PER_POINT, Paper
from publicity.bulletins.typeset import pdf
from publicity.codes.shortcode import spoken
from tests.publicity.bulletins.rasters import grey_pages
from tests.publicity.bulletins.sheets import (
    INCOME,
    SPENDING,
    STATIC,
    finance_sheet,
    line,
    many,
    matters_named,
    page_of,
    yuan,
)

LONG = line(
    30,
    "记字第1041号",
    "后山机耕路维修工程第二期款（含路基、涵洞、护栏三项，详见验收单）",
    "松坪市政工程建设开发有限责任公司上石分公司",
    123_456_789,
    "小型工程项目管理，第4步施工监督",
)
SHEETS = {
    "nine lines": (finance_sheet(), A3),
    "a notice": (finance_sheet(note="样张：供练习使用，不作公示。" * 6), A3),
    "no lines": (finance_sheet((), ()), A3),
    "long words": (finance_sheet(spending=(LONG,) * 31), A3),
    "long words, file": (finance_sheet(spending=(LONG,) * 31), A4),
    "sixty lines": (finance_sheet(spending=many(57)), A3),
    "nine lines, file": (finance_sheet(), A4),
    "forty lines, file": (finance_sheet(spending=many(40)), A4),
    "both long": (finance_sheet(many(70, seed=2), many(80)), A3),
    "two hundred lines": (finance_sheet(spending=many(197)), A3),
    "six matters": (matters_named(6, many(24)), A3),
    "four matters, file": (matters_named(4, many(12)), A4),
}


def printed(sheet: FinanceSheet, paper: Paper = A3) -> bytes:
    """Return the sheet as a PDF."""
    return pdf(page_of("finance_a3.html", sheet=compose(sheet, paper)), static_root=STATIC)


@cache
def printed_as(name: str) -> bytes:
    """Return one of SHEETS as a PDF, printed once for all tests."""
    return printed(*SHEETS[name])


def text_of(document: bytes) -> str:
    """Return all text of a PDF without spaces and line breaks."""
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
    return "".join(words.split())


def lines_of(page: LTPage) -> Iterator[LTTextLine]:
    """Return the text lines of a page with their places."""
    for box in page:
        if isinstance(box, LTTextContainer):
            yield from (part for part in box if isinstance(part, LTTextLine))


@pytest.mark.parametrize("name", SHEETS)
def test_pages_come_out_as_planned_and_nothing_overlaps_the_foot(name: str) -> None:
    sheet, paper = SHEETS[name]
    planned = compose(sheet, paper)
    pages = list(extract_pages(io.BytesIO(printed_as(name))))
    assert len(pages) == len(planned.pages)
    for number, page in enumerate(pages, 1):
        reserved = paper.closing + matters_height(sheet, paper) if number == len(pages) else paper.turning
        margin = (page.height * MM_PER_POINT - paper.height) / 2
        last = min(found.y0 for found in lines_of(page) if found.get_text().startswith(("合计", "过次页")))
        assert last * MM_PER_POINT > margin + reserved - 4, name


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_leaves_the_sheet(name: str) -> None:
    for page in extract_pages(io.BytesIO(printed_as(name))):
        for found in lines_of(page):
            assert found.x0 >= 0
            assert found.x1 <= page.width - 20, found.get_text()


@pytest.mark.parametrize("name", ["nine lines", "nine lines, file", "sixty lines"])
def test_a_telephone_reads_the_code_from_a_grey_print(name: str) -> None:
    sheet, paper = SHEETS[name]
    last = grey_pages(printed_as(name))[-1]
    found = zxingcpp.read_barcodes(last)
    assert [result.text for result in found] == [sheet.url]
    corners = found[0].position
    dark = (corners.top_right.x - corners.top_left.x) / 150 * 25.4
    assert dark >= 33, "the symbol with its quiet zone is to be 35 mm and more"
    assert paper.width > dark


def test_a_telephone_reads_the_code_from_a_crooked_photograph() -> None:
    sheet, _ = SHEETS["nine lines"]
    crooked = grey_pages(printed_as("nine lines"))[0].rotate(3, fillcolor=255)
    assert [result.text for result in zxingcpp.read_barcodes(crooked)] == [sheet.url]


@pytest.mark.parametrize("name", ["six matters", "four matters, file"])
def test_every_matter_that_lines_name_has_its_code_on_the_last_page(name: str) -> None:
    sheet, _ = SHEETS[name]
    found = {result.text for result in zxingcpp.read_barcodes(grey_pages(printed_as(name))[-1])}
    assert found == {sheet.url, *(matter.url for matter in sheet.matters)}
    text = text_of(printed_as(name))
    for matter in sheet.matters:
        assert "".join(spoken(matter.letters).split()) in text
        assert text.count(matter.code) == 1 + sum(row.matter == matter.code for row in sheet.spending)
    assert "文化礼堂屋面防水和" in text
    assert "第二次招标" not in text, "a title of more than two lines is clipped"


@pytest.mark.parametrize("name", ["nine lines", "both long", "sixty lines"])
def test_every_figure_and_voucher_is_on_paper(name: str) -> None:
    sheet, _ = SHEETS[name]
    text = text_of(printed_as(name))
    for fen in (sheet.opening_fen, sheet.income_fen, sheet.spending_fen, sheet.closing_fen):
        assert yuan(fen) in text
    for row in (*sheet.income, *sheet.spending):
        assert yuan(row.amount_fen) in text
        assert row.voucher in text
    assert "财务收支逐笔公开榜" in text


def test_who_signs_when_and_where_to_turn_is_on_paper() -> None:
    text = text_of(printed_as("nine lines"))
    sheet = finance_sheet()
    for words in (
        "制表：王春梅",
        "村务监督委员会主任：王永根",
        "从2026年10月8日到10月23日",
        "监督电话：0000-1234567",
        "公开地点：上石村文化礼堂门口公开栏",
        "扫一扫看每一笔",
        "村务监督委员会（章）",
        "合计（大写：柒万零伍佰元整）",
        "".join(spoken(sheet.code).split()),
        sheet.url,
    ):
        assert words in text, words


def test_a_display_over_new_year_names_both_years() -> None:
    over = replace(finance_sheet(), displayed_from=date(2026, 12, 25), displayed_to=date(2027, 1, 9))
    assert "从2026年12月25日到2027年1月9日" in text_of(printed(over))


def test_nothing_is_promised_that_is_not_built() -> None:
    text = text_of(printed_as("nine lines"))
    assert "比对码" not in text
    assert "提疑问" not in text


def test_carried_sums_are_printed() -> None:
    text = text_of(printed_as("sixty lines"))
    carried = compose(SHEETS["sixty lines"][0]).pages[0].blocks[-1].carried_fen
    assert carried is not None
    assert text.count(yuan(carried)) == 2
    assert "过次页" in text
    assert "承前页" in text


@pytest.mark.parametrize("name", ["nine lines", "two hundred lines"])
def test_lines_are_never_smaller_than_fourteen_points(name: str) -> None:
    vouchers = {row.voucher for row in (*SHEETS[name][0].income, *SHEETS[name][0].spending)}
    sizes: list[float] = []
    for page in extract_pages(io.BytesIO(printed_as(name))):
        for found in lines_of(page):
            if any(voucher in found.get_text() for voucher in vouchers):
                # The item in small stands beside it.
                sizes.append(max(part.size for part in found if isinstance(part, LTChar)))
    assert min(sizes) > 13.9


def test_a_draft_carries_neither_code_nor_symbol() -> None:
    document = printed(replace(finance_sheet(), code="", url="", note="草稿：未审核，不得张贴。"))
    assert zxingcpp.read_barcodes(grey_pages(document)[0]) == []
    assert "扫一扫" not in text_of(document)


def test_words_of_clerks_are_text_and_nothing_else() -> None:
    nasty = replace(SPENDING[0], summary="<b>电费</b>&amp;<script>", payee="<img src=file:///etc/passwd>")
    text = text_of(printed(finance_sheet(INCOME, (nasty,))))
    assert "<b>电费</b>&amp;<script>" in text
    assert "<imgsrc=file:///etc/passwd>" in text


def test_the_sheet_stays_light() -> None:
    assert len(printed_as("sixty lines")) < 130_000
