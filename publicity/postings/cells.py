"""Cells: what each kind of column takes, keeps, gives back to a form and shows to an audience.

A cell is None (empty), int (money in fen, counts) or str (all else: days 2026-09-12, months 2026-09, numbers 12.5).
"""

import re
import unicodedata
from collections.abc import Set

from publicity.categories.contents import Audience, Column, ColumnKind, Mask
from publicity.ledgers.wording import plain
from publicity.postings.dates import read_birth, read_day, read_month
from publicity.postings.figures import read_count, read_money, read_number, shown_money, write_money
from publicity.postings.masks import CHILD, HIDDEN, NAMED, PERSONAL, covered, mask_for, sees
from publicity.postings.persons import UNSEEN, read_card, read_identity, read_name, read_party, read_phone
from publicity.postings.unreadable import CellUnreadable
from publicity.privacy.masking import names_in
from village_lists.markers import N_
from village_lists.periods import Span

__all__ = ["FIGURES", "Cell", "CellUnreadable", "legible", "read_cell", "shown_cell", "write_cell"]

Cell = int | str | None
FIGURES = frozenset({ColumnKind.MONEY, ColumnKind.NUMBER, ColumnKind.COUNT})
LONGEST_TEXT = 500
LONGEST_PROSE = 5_000
_YES, _NO = frozenset("√✓✔☑是有Yy"), frozenset("×✗✘☒否无Nn")


def read_cell(column: Column, text: str, *, span: Span | None = None, yuan_each: int | None = None) -> Cell:
    """Return the value of a text as villages write it, None for an empty one; raises CellUnreadable.

    `span` completes a day that is written without its year; `yuan_each` is the unit of money that a header names
    (万元: 10000) where it is another than the column's.
    """
    text = UNSEEN.sub("", text)
    if not text.strip():
        return None
    kind = column.kind
    if kind is ColumnKind.MONEY:
        return read_money(text, unit=column.unit, yuan_each=yuan_each)
    if kind is ColumnKind.COUNT:
        return read_count(text, unit=column.unit, name=column.name)
    if kind is ColumnKind.NUMBER:
        return read_number(text, unit=column.unit)
    if kind is ColumnKind.DATE:
        return read_day(text, span=span)
    if kind is ColumnKind.MONTH:
        return read_month(text, span=span)
    return _read_words(column, text)


def _read_words(column: Column, text: str) -> str | None:
    if column.kind is ColumnKind.CHOICE:
        return _chosen(column, text)
    if column.kind is ColumnKind.PROSE:
        return _prose(text)
    readers = {
        ColumnKind.PERSON: read_name,
        ColumnKind.PARTY: read_party,
        ColumnKind.PHONE: read_phone,
        ColumnKind.IDENTITY: read_identity,
        ColumnKind.CARD: read_card,
        ColumnKind.BIRTH: read_birth,
    }
    return readers.get(column.kind, _line)(text)


def legible(text: str) -> str:
    """Return the text without signs that no page and no database can hold; line ends and tabs stay."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})


def _line(text: str) -> str | None:
    line = " ".join(legible(text.replace("\r", "\n")).split())
    if len(line) > LONGEST_TEXT:
        raise CellUnreadable(N_("「%(found)s」太长，最多 %(longest)s 个字。"), found=text, longest=LONGEST_TEXT)
    return line or None


def _prose(text: str) -> str | None:
    lines = legible(re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text)).split("\n")
    prose = re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()
    if len(prose) > LONGEST_PROSE:
        raise CellUnreadable(N_("「%(found)s」太长，最多 %(longest)s 个字。"), found=text, longest=LONGEST_PROSE)
    return prose or None


def _chosen(column: Column, text: str) -> str:
    """Return the choice that is meant: written out, or by a beginning that only one choice has."""
    written = plain(text)
    exact = [choice for choice in column.choices if plain(choice) == written]
    begun = [choice for choice in column.choices if plain(choice).startswith(written)]
    if not exact and {plain(choice) for choice in column.choices} in ({"是", "否"}, {"有", "无"}):
        begun = [choice for choice in column.choices if written in (_YES if choice in "是有" else _NO)]
    if len(found := exact[:1] or begun) == 1:
        return found[0]
    allowed = "、".join(column.choices)
    raise CellUnreadable(
        N_("「%(found)s」不在可选的内容里，请填写其中一个：%(choices)s。"), found=text, choices=allowed
    )


def write_cell(column: Column, value: Cell) -> str:
    """Return a value as typed back into a form (1234.50, 2026-09-12, 38), "" for None; read_cell gives it back."""
    if value is None:
        return ""
    if column.kind is ColumnKind.MONEY and isinstance(value, int):
        return write_money(value, unit=column.unit)
    return str(value)


def shown_cell(
    column: Column,
    value: Cell,
    *,
    audience: Audience,
    is_minor: bool = False,
    officials: Set[str] = frozenset(),
    organisations: Set[str] = frozenset(),
) -> str:
    """Return what the audience reads in the cell, "" where it may not see the column or nothing stands there.

    Audience.NEVER is the officials' own view: everything in full. `is_minor`: the row speaks of a child under 14, whose
    name and numbers neither web nor paper shows. `officials` are those in office, by full name; they stay in full.
    """
    if not sees(column, audience):
        return ""
    mask = mask_for(column, audience)
    if mask is Mask.HIDDEN:
        # Covered where nothing stands too: that a number is missing says something as well.
        return HIDDEN
    if value is None:
        return ""
    if is_minor and audience is not Audience.NEVER:
        if column.kind in PERSONAL:
            return HIDDEN
        if column.kind in NAMED and (column.kind is ColumnKind.PERSON or names_in(str(value))):
            return CHILD
    return covered(column, _written(column, value), mask, officials=officials, organisations=organisations)


def _written(column: Column, value: int | str) -> str:
    if column.kind is ColumnKind.MONEY and isinstance(value, int):
        return shown_money(value, unit=column.unit)
    return str(value)
