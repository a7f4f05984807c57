"""The door to WeasyPrint: nothing is fetched, nothing is told, and every character is there."""

import contextlib
import io
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from weasyprint.text.ffi import harfbuzz_subset

from publicity.bulletins.compose import compose
from publicity.bulletins.papers import A3, A4, Paper
from publicity.bulletins.posters import plan
from publicity.bulletins.typeset import AssetFetcher, pdf
from tests.publicity.bulletins.sheets import POSTER, SPENDING, STATIC, finance_sheet, line, page_of

SECRET = "口令不得外传"

# The constructs of HTML, CSS and SVG that make an engine fetch something; {url} is what it is to fetch.
CONSTRUCTS = (
    '<img src="{url}">',
    '<img srcset="{url} 2x">',
    '<picture><source srcset="{url}"><img src="{url}"></picture>',
    '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<link rel="icon" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<style>@import "{url}";</style>',
    "<style>@import url({url}) print;</style>",
    "<style>@font-face{{font-family:x;src:url({url})}} b{{font-family:x}}</style><b>x</b>",
    "<style>@page{{background:url({url})}}</style>",
    '<style>@page{{@top-left{{content:url("{url}")}}}}</style>',
    '<style>@page{{@top-left{{background:url("{url}");content:"x"}}}}</style>',
    "<style>p::before{{content:url({url})}}</style><p>x</p>",
    '<p style="background:url({url})">x</p>',
    '<ul style="list-style-image:url({url})"><li>x</ul>',
    '<p style="border-image:url({url}) 1">x</p>',
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<iframe src="{url}"></iframe>',
    '<svg><image href="{url}" width="9" height="9"/></svg>',
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="{url}#a"/></svg>',
    '<svg><style>@import "{url}";</style><rect fill="url({url}#a)" width="9" height="9"/></svg>',
    '<base href="{url}"><img src="next.png">',
    '<video poster="{url}"></video><input type="image" src="{url}">',
    '<style>@color-profile x {{src:url({url})}}</style><p style="mask:url({url});filter:url({url})">x</p>',
)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """Return the address of a server of this machine, and what it has been asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_listen, args=(server, asked))
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/picture.png", asked
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        thread.join()


def _listen(server: socket.socket, asked: list[bytes]) -> None:
    """Note every request until the server is shut."""
    with contextlib.suppress(OSError):
        while True:
            connection, _ = server.accept()
            with connection:
                asked.append(connection.recv(200))


def attachments_of(document: bytes) -> int:
    """Return how many files are embedded in the PDF."""
    reader = PdfReader(io.BytesIO(document))
    count: int = len(reader.attachments) + sum(
        isinstance(item, DictionaryObject) and item.get("/Type") == "/EmbeddedFile"
        for item in (reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1))
    )
    return count


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_a_page_can_neither_fetch_nor_read_a_file(
    construct: str, listener: tuple[str, list[bytes]], tmp_path: Path
) -> None:
    url, asked = listener
    secret = tmp_path / "secret.css"
    secret.write_text(f"p::after {{ content: '{SECRET}'; color: #123456 }}", encoding="utf-8")
    for address in (url, secret.as_uri(), f"asset:css/../../{secret}", "data:text/css,p{color:red}"):
        page = (
            f"<!DOCTYPE html><html lang='zh-Hans'><title>榜</title><body><p>看得见</p>{construct.format(url=address)}"
        )
        document = pdf(page, static_root=STATIC)
        text = "".join(found.extract_text() for found in PdfReader(io.BytesIO(document)).pages)
        assert "看得见" in text
        assert SECRET not in text
        assert attachments_of(document) == 0
    assert asked == []


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_the_same_in_a_clerks_words_is_only_text(construct: str, listener: tuple[str, list[bytes]]) -> None:
    url, asked = listener
    words = construct.format(url=url)
    sheet = finance_sheet(spending=(line(3, "支-041", words, "甲", 100, "乙"),), note=words)
    document = pdf(page_of("finance_a3.html", sheet=compose(sheet)), static_root=STATIC)
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages).split())
    assert text.count("".join(words.split())) == 2
    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        "asset:css/phone.css",
        "asset:css/../css/sheet.css",
        "asset:fonts/NotoSansSC-Regular.ttf",
        "asset:/css/sheet.css",
        "asset:css/sheet.css?x",
        "css/sheet.css",
        "http://css/sheet.css",
        "ASSET:css/sheet.css",
        "",
    ],
)
def test_only_our_style_sheets_have_a_name(address: str) -> None:
    with pytest.raises(ValueError, match="may not fetch"):
        AssetFetcher(STATIC).fetch(address)


def test_the_sheets_own_style_is_answered() -> None:
    answer = AssetFetcher(STATIC).fetch("asset:css/sheet.css")
    assert answer.content_type == "text/css"
    assert answer.read() == (STATIC / "css" / "sheet.css").read_bytes()


def test_the_subsetter_of_harfbuzz_is_installed() -> None:
    assert harfbuzz_subset is not None, "install libharfbuzz-subset0: without it a sheet takes ten times as long"


def font_names(document: bytes) -> set[str]:
    """Return the names of the faces embedded in the PDF, without their subset tags."""
    names = set()
    for page in PdfReader(io.BytesIO(document)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            names.add(str(font["/BaseFont"]).rpartition("+")[2])
    return names


@pytest.mark.parametrize("paper", [A3, A4])
def test_a_sheet_is_set_in_our_faces_alone(paper: Paper) -> None:
    page = page_of("finance_a3.html", sheet=compose(finance_sheet(), paper))
    names = font_names(pdf(page, static_root=STATIC))
    assert names == {"Noto-Sans-SC", "Noto-Sans-SC-Bold", "Noto-Serif-SC-Heavy"}


def missing(document: bytes, words: str) -> set[str]:
    """Return the characters of `words` that no embedded face draws: Pango leaves them without a glyph of their own."""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
    return set(words) - set(text)


def test_rare_characters_of_names_come_from_a_chinese_face() -> None:
    rare = "㛃堃喆𬭎𠅤"
    sheet = finance_sheet(spending=(line(3, "支-041", "误工补贴", rare, 100), *SPENDING))
    document = pdf(page_of("finance_a3.html", sheet=compose(sheet)), static_root=STATIC)
    assert missing(document, rare) == set()
    assert any("CJK-SC" in name for name in font_names(document)), font_names(document)


def test_no_character_of_sheets_and_posters_is_missing() -> None:
    symbols = "▣●◐○✓¥￥〇㎡›▲▼＋×・—…“”「」《》〔〕①②③㎏℃‰"
    sheet = finance_sheet(spending=(line(3, "支-041", symbols, symbols, 100, symbols),), note=symbols)
    for page in (
        page_of("finance_a3.html", sheet=compose(sheet)),
        page_of("poster.html", title="样张", paper="a4", pages=[(plan(POSTER, A4), Markup("<svg></svg>"))]),
    ):
        document = pdf(page, static_root=STATIC)
        shown = "".join(re.sub(r"<[^>]*>", "", page[page.index("<section") :]).split())
        assert missing(document, shown) == set()
        assert all(name.startswith("Noto-S") and "CJK" not in name for name in font_names(document))


def test_a_missing_character_would_be_seen() -> None:
    private = "\ue123\U000f1234"
    document = pdf(f"<html lang='zh-Hans'><title>榜</title><body><p>甲{private}乙</p>", static_root=STATIC)
    assert missing(document, f"甲{private}乙") == set(private)


def test_the_same_page_gives_the_same_bytes_and_tells_nothing() -> None:
    page = page_of("finance_a3.html", sheet=compose(finance_sheet()))
    document = pdf(page, static_root=STATIC)
    assert document == pdf(page, static_root=STATIC)
    metadata = PdfReader(io.BytesIO(document)).metadata
    assert metadata is not None
    assert set(metadata) <= {"/Title", "/Producer"}
    assert str(STATIC).encode() not in document
