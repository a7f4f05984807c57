"""The only door to WeasyPrint: HTML of our own templates in, PDF out, and nothing fetched from anywhere.

Rendering takes 0.3 to 4 seconds and up to some hundred megabytes, and a hostile text can make it take more. Web
processes therefore never import this module: they call `publicity.bulletins.press`, which runs it as a child.
"""

import base64
import gc
import logging
import os
import re
import resource
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import BinaryIO

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# fontconfig reads its file once, when the first font is asked for: naming it here, before any render, is early enough.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).resolve().parents[2] / "static" / "fonts" / "fonts.conf")

MEMORY_BYTES = 1_500 * 1024 * 1024
"""The address space that a child may take: four times what a thousand lines need."""

LARGEST_FILE = 16 * 1024 * 1024
"""A child writes no file but fontconfig's list of fonts, which is far smaller."""

IDLE_SECONDS = 300
"""A child that nobody has asked for so long ends and gives its memory back; the press starts another when needed."""

# A sheet needs style sheets and photos alone: faces come through fontconfig, drawings and codes stand in the page.
_ASSET = re.compile(r"asset:(css/sheet[a-z0-9_-]*\.css)")
_PHOTO = re.compile(r"data:(image/jpeg);base64,([A-Za-z0-9+/]+={0,2})")

# A render makes many small objects that live to its end; collecting them meanwhile costs a fifth of the time.
_FEW_COLLECTIONS = (100_000, 50, 1_000)


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Answers `asset:css/sheet….css` with that file of the static folder, a JPEG that stands in its own address with
    that picture, and refuses every other address.
    """

    def __init__(self, static_root: Path) -> None:
        """Take the folder that the names are looked up in; no protocol handler is ever asked."""
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._root = static_root

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - WeasyPrint's signature
        """Return the style sheet or picture; raises ValueError for anything else, which WeasyPrint passes over."""
        photo = _PHOTO.fullmatch(url)
        if photo is not None:
            return URLFetcherResponse("data:", base64.b64decode(photo[2]), {"Content-Type": photo[1]})
        found = _ASSET.fullmatch(url)
        if found is None:
            message = f"a sheet may not fetch {url[:80]}"
            raise ValueError(message)
        return URLFetcherResponse(url, (self._root / found[1]).read_bytes(), {"Content-Type": "text/css"})


@cache
def _fonts() -> FontConfiguration:
    """Return the one font configuration of this process; making it anew costs a twentieth of a sheet."""
    return FontConfiguration()


@contextmanager
def _unhurried_collector() -> Iterator[None]:
    """Let the garbage collector run seldom inside the block, and as before after it."""
    before = gc.get_threshold()
    gc.set_threshold(*_FEW_COLLECTIONS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def pdf(html: str, *, static_root: Path) -> bytes:
    """Return `html` as a PDF, its style sheets read from `static_root`/css; the same page gives the same bytes.

    The PDF says nothing about who made it, where and when: only the page's own title and language.
    """
    with _unhurried_collector():
        page = HTML(string=html, base_url="asset:", url_fetcher=AssetFetcher(static_root))
        document: bytes = page.write_pdf(font_config=_fonts(), pdf_tags=True)
    return document


def serve(static_root: Path, orders: BinaryIO, answers: BinaryIO) -> None:
    """Print one page after the other until `orders` ends or stays silent for IDLE_SECONDS.

    An order is four bytes of length and the HTML; an answer is one byte (1 done, 0 failed), four bytes of length, and
    the PDF or the kind of fault. Only the kind: the text of a fault may quote the page.
    """
    while select.select([orders], [], [], IDLE_SECONDS)[0]:
        head = orders.read(4)
        if len(head) < 4:
            return
        html = orders.read(int.from_bytes(head, "big")).decode()
        try:
            done, answer = 1, pdf(html, static_root=static_root)
        except Exception as fault:  # whatever went wrong, the press must hear of it
            done, answer = 0, type(fault).__name__.encode()
        answers.write(bytes((done,)) + len(answer).to_bytes(4, "big") + answer)
        answers.flush()


def main() -> None:
    """Serve as the press's child: limits first, then orders on standard input, answers on standard output.

    The one argument is the static folder. Warnings of WeasyPrint go nowhere: they would quote the page.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())
    serve(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
