"""When two sendings of a form are one and the same, without a database."""

import hashlib
import json
import re
from collections.abc import Iterable

KEY = re.compile(r"[a-z2-7]{16}")
"""What the key of an operation looks like: 16 letters and digits of base 32."""


def is_key(text: str) -> bool:
    """Say whether a text may be the key of an operation."""
    return KEY.fullmatch(text) is not None


def body_digest(fields: Iterable[tuple[str, str]], files: Iterable[tuple[str, str, bytes]] = ()) -> str:
    """Return the SHA-256 (hex) of what a form says: its fields (name, text) and files (name, file name, bytes).

    The order in which fields of different names were sent does not matter.
    """
    said = [["field", name, text] for name, text in fields]
    said += [["file", name, file_name, hashlib.sha256(content).hexdigest()] for name, file_name, content in files]
    said.sort(key=lambda part: part[:2])
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
