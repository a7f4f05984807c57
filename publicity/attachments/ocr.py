"""Boxes proposed over numbers on a photo, where the extra `ocr` is installed; without it nothing is proposed.

The reading is done by a child process (publicity.attachments.recognise) with limits of its own. A proposal is help, no
guard: a person looks at every photo all the same.
"""

import json
import os
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from publicity.attachments.proposals import Proposal, ReadLine, proposals_for

WALL_SECONDS = 60
_ROOT = Path(__file__).resolve().parents[2]


def can_propose() -> bool:
    """Say whether the extra is installed here."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def propose_boxes(content: bytes, *, on: date) -> list[Proposal]:
    """Return boxes over identity, card and mobile numbers that are read on a JPEG; none where nothing can be read."""
    if not can_propose():
        return []
    try:
        found = json.loads(_answer_of_child(content))
    except (ValueError, subprocess.SubprocessError):
        return []
    lines = [ReadLine(text=text, corners=(a, b, c, d)) for text, (a, b, c, d) in found["lines"]]
    return proposals_for(lines, width=found["width"], height=found["height"], on=on)


def _answer_of_child(content: bytes) -> bytes:
    command = [sys.executable, "-B", "-m", "publicity.attachments.recognise"]
    # Nothing of this process's surroundings (keys, addresses of databases) is handed on.
    surroundings = {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "PATH": os.defpath, "OMP_NUM_THREADS": "2"}
    done = subprocess.run(  # noqa: S603 - fixed command; the photo goes in by a pipe, no shell
        command, env=surroundings, input=content, capture_output=True, timeout=WALL_SECONDS, check=False
    )
    return done.stdout if done.returncode == 0 else b""
