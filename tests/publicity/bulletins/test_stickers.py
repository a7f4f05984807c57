"""Stickers: who gets one, how many stand on a sheet, and that a telephone reads each off a grey print."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.high_level import extract_pages
from sqlalchemy.orm import Session

from publicity.bulletins.press import Press
from publicity.bulletins.stickers import (
    ACROSS,
    DOWN,
    SMALLEST,
    Sticker,
    StickerSheets,
    give_sticker_codes,
    laid_out,
    points_for,
    sticker_sheets,
)
from publicity.codes.qr import outline
from publicity.codes.shortcode import spoken
from publicity.holdings.models import HoldingKind
from tests.publicity.bulletins.rasters import grey_pages
from tests.publicity.bulletins.sheets import page_of
from tests.publicity.holdings.scene import DEBT, NOW, POND, TODAY, set_scene

URL = "https://gongkai.example.cn"
LONG = "上石村老年活动中心二楼东侧原供销社仓库及门前水泥场地（含雨棚和公共厕所）"


def sticker(number: int, name: str = "村口店面") -> Sticker:
    """Return a label."""
    code = f"K73MP{number:02d}"
    return Sticker(
        qr=outline(f"{URL}/q/{code}"),
        url=f"{URL}/q/{code}",
        letters=spoken(code),
        name=name,
        points=points_for(name),
        number=number,
        village="上石村",
        body="上石村股份经济合作社",
    )


ONE = sticker(1)


@pytest.fixture(scope="module")
def document() -> bytes:
    """Return 26 labels as a PDF: one sheet full, two on a second."""
    labels = [sticker(number, LONG if number == 3 else "村口店面") for number in range(1, 27)]
    press = Press(Path(__file__).resolve().parents[3] / "static")
    html = page_of("stickers.html", sheets=StickerSheets(village="上石村", pages=laid_out(labels)))
    found = press.pdf(html)
    press.close()
    return found


def test_a_telephone_reads_every_label_off_a_grey_print_at_150_dpi(document: bytes) -> None:
    first, second = grey_pages(document, 150)
    read = {found.text for found in zxingcpp.read_barcodes(first)}
    assert read == {sticker(number).url for number in range(1, 25)}
    assert {found.text for found in zxingcpp.read_barcodes(second)} == {sticker(25).url, sticker(26).url}


def test_every_label_stays_in_its_field(document: bytes) -> None:
    pages = list(extract_pages(io.BytesIO(document)))
    assert len(pages) == 2
    texts = "".join(found.get_text() for page in pages for found in page if hasattr(found, "get_text"))
    assert texts.count("扫码看") == 26
    assert "厕所）" in texts.replace("\n", "")


@given(st.integers(0, 80))
def test_every_label_stands_once_in_its_order(count: int) -> None:
    labels = [replace(ONE, number=number) for number in range(count)]
    pages = laid_out(labels)
    assert [one for page in pages for one in page] == labels
    assert all(len(page) == ACROSS * DOWN for page in pages[:-1])
    assert all(pages)


@given(st.text(max_size=130), st.text(max_size=40))
def test_a_longer_name_never_has_larger_type(name: str, more: str) -> None:
    assert SMALLEST <= points_for(name + more) <= points_for(name)


def test_confirmed_assets_and_resources_get_one_and_debts_none(session: Session) -> None:
    scene = set_scene(session)
    shop = scene.holding()
    scene.holding(HoldingKind.RESOURCE, "门前塘", POND)
    scene.holding(HoldingKind.PAYABLE, "工程款", DEBT)
    scene.proposed(name="还没有核对的")
    assert sticker_sheets(session, village=scene.places.stone, on=TODAY, public_url=URL).pages == ()
    assert give_sticker_codes(session, village=scene.places.stone, on=TODAY, now=NOW) == 2
    (page,) = sticker_sheets(session, village=scene.places.stone, on=TODAY, public_url=URL).pages
    assert [one.name for one in page] == ["村口店面", "门前塘"]
    assert page[0].url == f"{URL}/q/{page[0].letters.replace(' ', '').replace('-', '')}"
    (only,) = sticker_sheets(session, village=scene.places.stone, on=TODAY, public_url=URL, numbers={shop.number}).pages
    assert [one.number for one in only] == [shop.number]
    before = sticker_sheets(session, village=scene.places.stone, on=date(2023, 1, 1), public_url=URL)
    assert before.pages == ()
