"""Deeds upon places: importing them whole from a file."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_lists.errors import Refusal
from village_lists.markers import N_
from village_lists.places.models import Body, BodyKind, Level, Place

LEVEL_OF_LENGTH = {6: Level.COUNTY, 9: Level.TOWNSHIP, 12: Level.VILLAGE}
COLUMNS = ("code", "name", "hotline", "board_address", "committee", "collective", "books")


@dataclass(frozen=True, kw_only=True)
class PlaceRow:
    """A line of the file: a place, and for a village the names of its two bodies (empty: the usual ones).

    `books` names who keeps books: both (the usual), committee or collective.
    """

    code: str
    name: str
    hotline: str = ""
    board_address: str = ""
    committee: str = ""
    collective: str = ""
    books: str = ""


def read_places(lines: Iterable[str]) -> list[PlaceRow]:
    """Read a CSV with the columns of COLUMNS (only code and name are required).

    Raise Refusal naming the line for a missing column, a wrong code, an empty name or a code that comes twice.
    """
    reader = csv.DictReader(lines)
    for column in ("code", "name"):
        if column not in (reader.fieldnames or ()):
            raise Refusal(N_("第 1 行缺少列「%(column)s」"), column=column)
    rows: list[PlaceRow] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(reader, start=2):
        row = PlaceRow(**{name: (line.get(name) or "").strip() for name in COLUMNS})
        if not re.fullmatch(r"[0-9]{6}|[0-9]{9}|[0-9]{12}", row.code):
            raise Refusal(N_("第 %(line)s 行的区划代码「%(code)s」不是 6、9 或 12 位数字"), line=number, code=row.code)
        if not row.name:
            raise Refusal(N_("第 %(line)s 行没有名称"), line=number)
        if row.books not in {"", "both", "committee", "collective"}:
            raise Refusal(
                N_("第 %(line)s 行的 books「%(books)s」应是 both、committee 或 collective"),
                line=number,
                books=row.books,
            )
        if row.code in seen:
            raise Refusal(N_("第 %(line)s 行的代码与第 %(first)s 行相同"), line=number, first=seen[row.code])
        seen[row.code] = number
        rows.append(row)
    return rows


def import_places(session: Session, *, rows: list[PlaceRow]) -> int:
    """Enter or rename the places, parents first; return how many; raise Refusal where a parent is missing."""
    known = {place.code: place for place in session.scalars(select(Place))}
    for row in sorted(rows, key=lambda row: len(row.code)):
        parent = _parent(row.code, known)
        place = known.get(row.code)
        if place is None:
            place = Place(code=row.code, level=LEVEL_OF_LENGTH[len(row.code)], name=row.name)
            session.add(place)
            known[row.code] = place
        place.name = row.name
        place.parent_id = parent.id if parent else None
        place.hotline = row.hotline or place.hotline
        place.board_address = row.board_address or place.board_address
        session.flush()
        if place.level == Level.VILLAGE:
            _name_bodies(session, place, row)
    return len(rows)


def _parent(code: str, known: dict[str, Place]) -> Place | None:
    wanted = {9: code[:6], 12: code[:9]}.get(len(code))
    if wanted is None:
        return None
    if wanted not in known:
        raise Refusal(N_("代码 %(code)s 的上级 %(parent)s 还没有登记"), code=code, parent=wanted)
    return known[wanted]


def _name_bodies(session: Session, village: Place, row: PlaceRow) -> None:
    names = {
        BodyKind.COMMITTEE: row.committee or f"{row.name}村民委员会",
        BodyKind.COLLECTIVE: row.collective or f"{row.name}股份经济合作社",
    }
    existing = {body.kind: body for body in session.scalars(select(Body).where(Body.village_id == village.id))}
    for kind, name in names.items():
        keeps = row.books in {"", "both", kind.value}
        if kind in existing:
            existing[kind].name, existing[kind].keeps_books = name, keeps
        else:
            session.add(Body(village_id=village.id, kind=kind, name=name, keeps_books=keeps))
    session.flush()
