"""Attachments: photos come out as nothing but their picture, PDFs as they are, everything else not at all."""

import io
from datetime import date

import pytest
from PIL import Image

from tests.factories import at, make_people, make_place_tree
from tests.village_lists.documents.files import (
    PDF,
    picture,
    png_that_claims,
    telling_jpeg,
    telling_png,
    written,
)
from village_lists.documents.actions import keep_document
from village_lists.documents.models import Document, DocumentKind
from village_lists.documents.photos import draw_anew
from village_lists.documents.queries import document_for
from village_lists.documents.rules import MAXIMUM_BYTES, kind_of, plain_name
from village_lists.documents.unreadable import UnreadableDocument

NOW = at(date(2026, 11, 20), 10)
TODAY = NOW.date()


def opened(content: bytes) -> Image.Image:
    """Return a photo as a viewer sees it."""
    return Image.open(io.BytesIO(content))


def test_a_photo_is_turned_upright_and_says_nothing_but_its_picture():
    drawn = draw_anew(telling_jpeg())
    photo = opened(drawn)
    assert (photo.format, photo.size) == ("JPEG", (40, 60))
    assert not photo.getexif()
    assert b"SECRET" not in drawn
    assert "comment" not in photo.info
    assert "icc_profile" not in photo.info
    # Turned by a quarter: what was left is above.
    above, below = photo.getpixel((20, 5)), photo.getpixel((20, 55))
    assert isinstance(above, tuple)
    assert isinstance(below, tuple)
    assert above[0] > 150
    assert below[2] > 150


@pytest.mark.parametrize(("kind", "more"), [("PNG", {}), ("WEBP", {"lossless": True}), ("JPEG", {})])
def test_every_kind_of_photo_becomes_a_jpeg(kind, more):
    assert opened(draw_anew(written(picture(), kind, **more))).format == "JPEG"


def test_text_in_a_png_stays_behind_and_what_was_see_through_is_white():
    image = picture().convert("RGBA")
    image.putalpha(0)
    drawn = draw_anew(telling_png())
    assert b"SECRET" not in drawn
    assert opened(draw_anew(written(image, "PNG"))).getpixel((5, 5)) == (255, 255, 255)


def test_a_large_photo_is_drawn_smaller():
    assert opened(draw_anew(written(picture(3000, 1500), "JPEG"))).size == (2000, 1000)


def test_what_follows_the_picture_is_not_kept():
    page = b"<html><script>alert(1)</script></html>"
    drawn = draw_anew(written(picture(), "JPEG") + page + b"PK\x03\x04" + PDF)
    assert b"script" not in drawn
    assert b"PK\x03\x04" not in drawn
    assert b"%PDF" not in drawn


@pytest.mark.parametrize("size", [(8000, 5001), (9000, 9000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused(size):
    with pytest.raises(UnreadableDocument, match=r"4000 万像素|已损坏"):
        draw_anew(png_that_claims(*size))


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_photo_is_refused(kind, part):
    image = Image.effect_noise((300, 300), 90).convert("RGB")
    whole = written(image, kind)
    with pytest.raises(UnreadableDocument, match="已损坏"):
        draw_anew(whole[: int(len(whole) * part)])


@pytest.mark.parametrize("name", ["GIF", "BMP", "TIFF", "ICO"])
def test_other_pictures_are_refused_even_by_the_child(name):
    content = written(picture(), name)
    with pytest.raises(UnreadableDocument, match="只能上传"):
        kind_of(content)
    with pytest.raises(UnreadableDocument, match="已损坏"):
        draw_anew(content)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"<html></html>",
        b"PK\x03\x04" + b"x" * 100,
        b"MZ\x90",
        b"\0\0\0\x18ftypheic",
        b"RIFF\x00\x00\x00\x00AVI ",
        b" %PDF-1.4 %%EOF",
    ],
)
def test_what_is_no_photo_and_no_pdf_is_refused(content):
    with pytest.raises(UnreadableDocument, match=r"只能上传照片（JPG、PNG、WebP）或者 PDF 文件"):
        kind_of(content)


def test_nothing_too_much_and_half_a_pdf_are_refused():
    with pytest.raises(UnreadableDocument, match="空的"):
        kind_of(b"")
    with pytest.raises(UnreadableDocument, match="最多 10 MB"):
        kind_of(PDF + b"x" * MAXIMUM_BYTES)
    with pytest.raises(UnreadableDocument, match="不完整"):
        kind_of(b"%PDF-1.7 and then nothing")


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("会议记录.png", "会议记录.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ('a"; filename="b.html', "b.jpg"),
        ("C:\\照片\\一.JPEG", "一.jpg"),
        ("\u202egpj.exe", "gpj.jpg"),
        ("\n\r", "file.jpg"),
        ("", "file.jpg"),
        ("长" * 300 + ".png", "长" * 100 + ".jpg"),
    ],
)
def test_a_name_is_plain(given, plain):
    assert plain_name(given, DocumentKind.PHOTO) == plain


def test_a_pdf_is_kept_as_it_is_and_opened_by_those_of_the_place_and_above(session):
    places = make_place_tree(session)
    cast = make_people(session, places)
    document = keep_document(session, place=places.stone, name="记录.pdf", content=PDF, by=cast.li, now=NOW)
    assert (document.kind, document.content, document.name) == (DocumentKind.PDF, PDF, "记录.pdf")
    assert len(document.key) == 16
    for person in (cast.li, cast.chen, cast.yonggen, cast.zhao, cast.shen):
        assert document_for(session, key=document.key, person=person, on=TODAY) is document
    for person in (cast.wang, cast.zhou):
        assert document_for(session, key=document.key, person=person, on=TODAY) is None
    assert document_for(session, key="a" * 16, person=cast.li, on=TODAY) is None
    assert document_for(session, key=document.key, person=cast.li, on=date(2025, 1, 1)) is None


def test_a_photo_is_kept_drawn_anew_and_nothing_of_a_broken_one(session):
    places = make_place_tree(session)
    keep_document(session, place=places.stone, name="一.png", content=telling_png(), by=None, now=NOW)
    with pytest.raises(UnreadableDocument):
        keep_document(session, place=places.stone, name="二.png", content=telling_png()[:90], by=None, now=NOW)
    (kept,) = session.query(Document).all()
    assert (kept.kind, kept.name, kept.content[:3]) == (DocumentKind.PHOTO, "一.jpg", b"\xff\xd8\xff")
