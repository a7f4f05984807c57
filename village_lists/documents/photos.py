"""Photos in: drawn anew by a limited child process (village_lists.documents.redraw) and never by this one."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from village_lists.documents.unreadable import UnreadableDocument
from village_lists.markers import N_

WALL_SECONDS = 30
_ROOT = Path(__file__).resolve().parents[2]


def draw_anew(content: bytes) -> bytes:
    """Return a JPEG, PNG or WebP drawn anew as JPEG: upright, at most 2000 px long, nothing in it but the picture.

    Raise UnreadableDocument with one sentence for what is broken, too large or no photo.
    """
    return _drawn(content)


def draw_covered(content: bytes, boxes: Sequence[Sequence[int]]) -> bytes:
    """Return a photo drawn anew with opaque boxes where nothing of the picture is left; see `draw_anew`.

    `boxes` are [x, y, width, height] in thousandths of the upright picture, whole numbers, inside of it.
    """
    return _drawn(content, json.dumps([list(box) for box in boxes]))


def _drawn(content: bytes, *arguments: str) -> bytes:
    head, _line, photo = _answer_of_child(content, *arguments).partition(b"\n")
    answer = json.loads(head)
    if "refused" in answer:
        words, values = answer["refused"]
        raise UnreadableDocument(words, **values)
    if not photo or len(photo) != answer["drawn"]:
        raise _too_much()
    return photo


def _answer_of_child(content: bytes, *arguments: str) -> bytes:
    command = [sys.executable, "-B", "-m", "village_lists.documents.redraw", *arguments]
    # Nothing of this process's surroundings (keys, addresses of databases) is handed on.
    surroundings = {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "PATH": os.defpath}
    try:
        done = subprocess.run(  # noqa: S603 - fixed command, boxes are numbers; the photo goes in by a pipe, no shell
            command, env=surroundings, input=content, capture_output=True, timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much() from error
    if done.returncode != 0 or not done.stdout:
        raise _too_much()
    return done.stdout


def _too_much() -> UnreadableDocument:
    return UnreadableDocument(N_("照片太大或已损坏，读不完；请用手机缩小后再上传"))
