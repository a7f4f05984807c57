"""The stage of the journeys: the real program on a real port, a real browser, and a camera."""

import gzip
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, Response, Route
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wsgi import ClosingIterator

from app import create_app
from app.settings import Settings

PHONE = {"width": 360, "height": 740}
# Chromium calls home unless it is told not to; that is not the program's doing.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
]


class QuietHandler(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Write nothing."""


@dataclass
class Server:
    """The program under an address; the clock moves as the journey says."""

    app: Flask
    url: str
    now: datetime

    def pass_minutes(self, minutes: int) -> None:
        """Let time pass; after 30 minutes without a click an official would have to sign in again."""
        self.now += timedelta(minutes=minutes)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def whole(app: Flask) -> WSGIApplication:
    """Return the program with each answer read to its end and closed before a byte of it is sent.

    Werkzeug's server leaves an answer's file open when the browser hangs up at the wrong moment; a browser that is
    closed at the end of a test does just that.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        with closing(ClosingIterator(app(environ, start_response))) as parts:
            return [b"".join(parts)]

    return answer


@contextmanager
def serving(database_url: str, folder: Path, now: datetime) -> Iterator[Server]:
    """Serve the program over a database until the block ends."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = Settings(instance=folder, database_url=database_url, public_url=url, secret_key="x" * 40)
    app = create_app(settings)
    server = Server(app, url, now)
    app.config["CLOCK"] = lambda: server.now
    listener = make_server("127.0.0.1", port, whole(app), threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()
        app.extensions["engine"].dispose()


@dataclass
class Window:
    """A browser of somebody, with everything it asked for; requests to other hosts are stopped and remembered."""

    context: BrowserContext
    page: Page
    strangers: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def was_given_cookies(self) -> bool:
        """Say whether any answer tried to leave a cookie: who refuses them must miss nothing."""
        return bool(self.context.cookies()) or any("set-cookie" in answer.headers for answer in self.answers)

    def weight(self) -> int:
        """Return how many bytes came, compressed as a server in front of the program does it."""
        return sum(_packed(answer) for answer in self.answers)


def _packed(answer: Response) -> int:
    body = answer.body()
    return min(len(body), len(gzip.compress(body, 6))) if answer.ok else 0


def open_window(
    browser: Browser,
    server: Server,
    *,
    scripts: bool = True,
    dark: bool = False,
    width: int = PHONE["width"],
    height: int = PHONE["height"],
) -> Window:
    """Return a fresh window, signed in nowhere, that has no cookies yet."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        java_script_enabled=scripts,
        color_scheme="dark" if dark else "light",
        base_url=server.url,
        locale="zh-CN",
        accept_downloads=True,
    )
    context.set_default_timeout(10_000)
    window = Window(context, context.new_page())
    home = urlsplit(server.url).netloc

    def watch(route: Route, request: Request) -> None:
        if urlsplit(request.url).netloc not in {home, ""}:
            window.strangers.append(request.url)
            route.abort()
        else:
            route.continue_()

    context.route("**/*", watch)
    window.page.on("response", lambda answer: window.answers.append(answer))  # playwright marks what it is given
    return window


def go(target: Locator) -> None:
    """Click what leads to another page, and wait until that page has come whole.

    A click alone ends when the first bytes of an answer are there; whoever then only looks may see half a page, or the
    page before it.
    """
    with target.page.expect_navigation():
        target.click()


class Camera:
    """Takes pictures into the folder that MINGBAI_PICTURES names; without it, nothing."""

    def __init__(self) -> None:
        """Read where the pictures go."""
        name = os.environ.get("MINGBAI_PICTURES", "")
        self.folder = Path(name) if name else None
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)

    def take(self, page: Page, name: str, *, whole: bool = True) -> None:
        """Keep a picture of the page."""
        if self.folder:
            page.screenshot(path=self.folder / f"{name}.png", full_page=whole)

    def develop(self, picture: Image.Image, name: str) -> None:
        """Keep a picture that was not taken of a page."""
        if self.folder:
            picture.save(self.folder / f"{name}.png", optimize=True)
