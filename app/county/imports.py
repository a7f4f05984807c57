"""A list from a file: read without keeping anything, shown, and taken exactly as it was shown.

Between showing and taking the content travels in the page itself, signed, so that nothing half-done is stored.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.county.places import me
from village_lists.editions.contents import ListContent
from village_lists.editions.plain import digest_of, from_plain, to_plain
from village_lists.errors import Refusal
from village_lists.exchange.grids import MAXIMUM_BYTES
from village_lists.exchange.lists.book_reading import read_list_workbook
from village_lists.exchange.lists.findings import Reading
from village_lists.exchange.lists.yaml_reading import read_yaml
from village_lists.exchange.sheets import read_workbook
from village_lists.markers import N_

YAML = (".yaml", ".yml")
LONGEST_LOOK = 4 * 60 * 60
"""How long a page with a content may be looked at before it is taken, in seconds."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What was shown: the content, and the digest of what it was compared with."""

    content: ListContent
    against: str


def read_list(content: bytes, *, name: str, known_keys: frozenset[str]) -> Reading:
    """Return what a file says, with every problem by its place; raise Refusal for a file that cannot be read at all."""
    if PurePath(name).suffix.lower() in YAML:
        return read_yaml(_text(content), known_keys=known_keys)
    if len(content) > MAXIMUM_BYTES:
        raise Refusal(N_("文件太大，请不要超过 10 MB"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list"
        file.write_bytes(content)
        workbook = read_workbook(file, name=name)
    return read_list_workbook(workbook, title=PurePath(name).stem, known_keys=known_keys)


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(N_("文件里的字读不出来，请存成 UTF-8"))


def _signer(address: str) -> URLSafeTimedSerializer:
    """Return what signs for one person and one address: a page of another is not taken here."""
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt=f"import of a list {me().id} {address}")


def packed(content: ListContent, *, against: ListContent | None, address: str) -> str:
    """Return a content as a text for the page, signed together with what it was compared with."""
    return str(_signer(address).dumps({"content": to_plain(content), "against": digest_of(against)}))


def unpacked(text: str, *, address: str) -> Shown:
    """Return what was shown; raise Refusal for a text that this program did not write, or wrote too long ago."""
    try:
        found = _signer(address).loads(text, max_age=LONGEST_LOOK)
    except BadSignature as wrong:
        raise Refusal(N_("这一页放得太久了，请重新选文件检查")) from wrong
    return Shown(content=from_plain(ListContent, found["content"]), against=found["against"])
