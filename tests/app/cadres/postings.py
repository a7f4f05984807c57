"""The furnished village with categories of its own, and short ways for a clerk through the pages of postings."""

import json
import re
from io import BytesIO

from sqlalchemy import text
from sqlalchemy.orm import Session

from publicity.categories.actions import SINCE, enter_category
from tests.app.officials import DESK, Desk, Town, furnish
from tests.publicity.postings.scene import CODES

RELIEF = {
    "head-basis": "示例政策",
    "row-1-household": "张阿德",
    "row-1-people": "2",
    "row-1-amount": "720.00",
    "row-2-household": "李国庆",
    "row-2-people": "1",
    "row-2-amount": "70",
}
TABLE = "户主\t保障人数\t月保障金额\n吴水根\t1\t360.00\n郑阿土\t3\t1080.00\n"
KEY = re.compile(r"/versions/([a-z2-7]{16})")
FIELD = r'name="{}"[^>]*value="([^"]*)"'


def furnish_postings(session: Session) -> Desk:
    """Furnish the village and enter the categories."""
    desk = furnish(session)
    for code, content in CODES.items():
        enter_category(session, code=code, content=content, since=SINCE)
    return desk


def begin(town: Town, code: str = "relief", **about: str) -> str:
    """Let the clerk begin a posting of the third quarter; return the key of the draft."""
    form: dict[str, object] = {"category": code, "body": "committee", "period": "2026-Q3", **about}
    answer = town.visitors["clerk"].post(f"{DESK}/postings", form)
    assert answer.status_code == 303, answer.text
    found = KEY.search(answer.location)
    assert found
    return found[1]


def save(town: Town, key: str, fields: dict[str, str] | None = None, **about: str):
    """Let the clerk send the form as it is when it is opened now."""
    form: dict[str, object] = {
        "revision": str(town.revision(key)),
        "first": "1",
        "shown": "0",
        "do": "done",
        **(fields or RELIEF),
        **about,
    }
    return town.visitors["clerk"].post(f"{DESK}/versions/{key}/posting", form)


def step(town: Town, role: str, key: str, name: str, **about: str):
    """Let somebody press a button upon a version, having just looked."""
    form: dict[str, object] = {"revision": str(town.revision(key)), **about}
    return town.visitors[role].post(f"{DESK}/versions/{key}/{name}", form)


def published(town: Town, **about: str) -> str:
    """Let a posting go the whole way; return its key."""
    key = begin(town, **about)
    assert save(town, key).status_code == 303
    for role, name in (("clerk", "submit"), ("head", "approve"), ("secretary", "confirm")):
        step(town, role, key, name)
    assert town.state(key) == "published"
    return key


def kept(town: Town, key: str) -> list[dict[str, object]]:
    """Return the cells of the rows of a version as they are kept."""
    statement = text(
        "SELECT cells FROM posting_row JOIN posting ON posting.id = posting_id JOIN version ON version.id = version_id"
        " WHERE key = :key ORDER BY line"
    )
    with town.session() as session:
        return [json.loads(cells) for cells in session.execute(statement, {"key": key}).scalars()]


def workbook(content: bytes, name: str = "救助名册.csv") -> tuple[BytesIO, str]:
    """Return a file as a form sends it."""
    return BytesIO(content), name
