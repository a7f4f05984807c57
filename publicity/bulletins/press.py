"""The press: runs WeasyPrint in a child process with limits of memory and time, so that no page can hurt the web.

Web processes import this module and never `typeset`. One child serves one page after the other, which saves the start
of half a second; it is renewed after RENEWED_AFTER pages, after a fault that broke it, and after idle minutes.
"""

import atexit
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from village_lists.errors import Refusal
from village_lists.markers import N_

SECONDS = 60
"""How long one page may take by the clock before its child is killed."""

RENEWED_AFTER = 50
LARGEST_PAGE = 8 * 1024 * 1024

_CODE = Path(__file__).resolve().parents[2]


class NotPrinted(Refusal):
    """The sheet could not be made: it was too large, took too long or broke the child; nothing else is affected."""


class Press:
    """One child process and the lock that lets only one page at a time go to it."""

    def __init__(self, static_root: Path, *, seconds: float = SECONDS) -> None:
        """Take the static folder with the style sheets and the time one page may take; starts nothing yet."""
        self._static_root = static_root
        self._seconds = seconds
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._printed = 0
        atexit.register(self.close)

    def pdf(self, html: str) -> bytes:
        """Return `html` as a PDF, waiting for the page before it; raises NotPrinted."""
        order = html.encode()
        if len(order) > LARGEST_PAGE:
            raise NotPrinted(N_("这张公开榜内容太多，无法生成，请分期或分表公开。"))
        with self._lock:
            return self._printed_by_child(order)

    def close(self) -> None:
        """End the child, if there is one; the next page starts another."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def _printed_by_child(self, order: bytes) -> bytes:
        """Return the child's answer to `order`; the child is killed if the answer does not come in time."""
        child = self._ready_child()
        watch = threading.Timer(self._seconds, child.kill)
        watch.start()
        try:
            done, answer = _exchange(child, order)
        except (OSError, EOFError):
            self.close()
            raise NotPrinted(N_("公开榜生成失败：内容太多或用时太长，请减少行数后再试。")) from None
        finally:
            watch.cancel()
        self._printed += 1
        if self._printed >= RENEWED_AFTER or not done:
            self.close()
        if not done:
            raise NotPrinted(N_("公开榜生成失败（%(fault)s），请告诉系统管理员。"), fault=answer.decode())
        return answer

    def _ready_child(self) -> subprocess.Popen[bytes]:
        """Return the living child, or a new one."""
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = _start(self._static_root)
            self._printed = 0
        return self._child


def _start(static_root: Path) -> subprocess.Popen[bytes]:
    """Return a new child; its environment holds what Python and fonts need, and none of the settings or secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "XDG_CACHE_HOME") if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell, no words from outside
        [sys.executable, "-m", "publicity.bulletins.typeset", str(static_root.resolve())],
        cwd=_CODE,
        env={**kept, "PYTHONHASHSEED": "0"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _exchange(child: subprocess.Popen[bytes], order: bytes) -> tuple[bool, bytes]:
    """Return whether the child printed `order`, and the PDF or the kind of fault; raises EOFError when it died."""
    orders, answers = child.stdin, child.stdout
    assert orders is not None  # noqa: S101 - both are pipes, see _start
    assert answers is not None  # noqa: S101
    orders.write(len(order).to_bytes(4, "big") + order)
    orders.flush()
    done = _read(answers, 1)
    return done == b"\x01", _read(answers, int.from_bytes(_read(answers, 4), "big"))


def _read(answers: IO[bytes], size: int) -> bytes:
    """Return exactly `size` bytes; raises EOFError when the child ended before them."""
    answer = answers.read(size)
    if len(answer) < size:
        raise EOFError
    return answer
