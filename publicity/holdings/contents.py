"""The fields of each kind of holding (data/kinds.yaml), read and checked, and which values may stand in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from publicity.categories.contents import COLUMN_KEY, Column, ColumnKind
from publicity.categories.library import columns_of
from publicity.holdings.models import HoldingKind
from village_lists.library.fields import Fields
from village_lists.library.located import read_located
from village_lists.library.problems import LibraryProblem
from village_lists.markers import N_

FILE = Path(__file__).parent / "data" / "kinds.yaml"
WORDED = frozenset({ColumnKind.TEXT, ColumnKind.PROSE, ColumnKind.PARTY})
KINDS = WORDED | {ColumnKind.MONEY, ColumnKind.NUMBER, ColumnKind.COUNT, ColumnKind.MONTH, ColumnKind.CHOICE}
LONGEST = {ColumnKind.TEXT: 200, ColumnKind.PARTY: 120, ColumnKind.PROSE: 2_000}
MOST = 10**13
KEYS: Mapping[HoldingKind, frozenset[str]] = {
    HoldingKind.ASSET: frozenset({"use"}),
    HoldingKind.RESOURCE: frozenset({"use"}),
    HoldingKind.RECEIVABLE: frozenset({"other", "since", "balance"}),
    HoldingKind.PAYABLE: frozenset({"other", "since", "balance"}),
}
"""What the program itself reads (warnings, the balance of a debt), so that it must be there."""
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,14})(?:\.\d{0,8}[1-9])?")
_MONTH = re.compile(r"(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])")

Content = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The fields of every kind; `problems` has every mistake of the file with its line."""

    fields: Mapping[HoldingKind, tuple[Column, ...]]
    problems: tuple[LibraryProblem, ...]


@dataclass(frozen=True, kw_only=True)
class ContentProblem:
    """What is wrong with a field: its key, a marked sentence with gaps, and what fills them."""

    key: str
    words: str
    values: Mapping[str, object] = field(default_factory=dict)


@cache
def read_kinds(path: Path = FILE) -> Reading:
    """Read the fields of the kinds; every mistake is told by file and line, and nothing is raised."""
    problems: list[LibraryProblem] = []
    top = read_located(path, file=path.name, problems=problems)
    found: dict[HoldingKind, tuple[Column, ...]] = dict.fromkeys(HoldingKind, ())
    if top is not None:
        part = Fields(top, file=path.name, problems=problems)
        for kind in HoldingKind:
            lines: dict[tuple[str, str], int] = {}
            found[kind] = tuple(columns_of(part, kind.value, lines))
            _check(part, kind, found[kind], lines)
        part.close()
    return Reading(fields=MappingProxyType(found), problems=tuple(problems))


def fields_of(kind: HoldingKind) -> tuple[Column, ...]:
    """Return the fields of a kind in their order; raise ValueError with the first mistake of the data file."""
    reading = read_kinds()
    if reading.problems:
        raise ValueError(str(reading.problems[0]))
    return reading.fields[kind]


def content_problems(kind: HoldingKind, content: Content) -> list[ContentProblem]:
    """Return everything that keeps a content from the register: unknown keys, wrong values, what is missing.

    A value is None (empty), whole fen, a count, or text: a number as 12.5, a month as 2026-09, a choice as written.
    """
    known = {column.key: column for column in fields_of(kind)}
    problems = [
        ContentProblem(key=key, words=N_("登记里没有「%(key)s」这一项"), values={"key": key})
        for key in content
        if key not in known
    ]
    for key, column in known.items():
        value = content.get(key)
        named = {"name": column.name}
        if value is None:
            if column.is_required:
                problems.append(ContentProblem(key=key, words=N_("请填写「%(name)s」"), values=named))
        elif not is_kept_value(column, value):
            words = N_("「%(name)s」里的内容不符合要求，请重新填写")
            problems.append(ContentProblem(key=key, words=words, values=named))
    return problems


def is_kept_value(column: Column, value: object) -> bool:
    """Say whether a value may be kept in a field: what publicity.postings.cells.read_cell gives, within bounds."""
    if column.kind in {ColumnKind.MONEY, ColumnKind.COUNT}:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST
    if not isinstance(value, str):
        return False
    if column.kind is ColumnKind.CHOICE:
        return value in column.choices
    if column.kind is ColumnKind.NUMBER:
        return _NUMBER.fullmatch(value) is not None
    if column.kind is ColumnKind.MONTH:
        return _MONTH.fullmatch(value) is not None
    return value == value.strip() != "" and len(value) <= LONGEST.get(column.kind, 0)


def first_day_of(month: object) -> date | None:
    """Return the first day of a month as it is kept (2023-05), None for anything else."""
    if not isinstance(month, str) or not _MONTH.fullmatch(month):
        return None
    return date.fromisoformat(f"{month}-01")


def _check(part: Fields, kind: HoldingKind, columns: tuple[Column, ...], lines: Mapping[tuple[str, str], int]) -> None:
    """Note what is wrong with the fields of a kind, each at its line."""
    seen: set[str] = set()
    for column in columns:
        line = lines.get(("", column.key), part.line_of(kind.value))
        if column.key in seen:
            part.tell(line, N_("有两项的代号都是「%(key)s」"), key=column.key)
        if not COLUMN_KEY.fullmatch(column.key):
            part.tell(line, N_("「%(key)s」不能做代号"), key=column.key)
        if column.kind not in KINDS:
            part.tell(line, N_("「%(key)s」这种内容不能登记在册"), key=column.key)
        if (column.kind is ColumnKind.CHOICE) != bool(column.choices):
            part.tell(line, N_("「%(key)s」可以选的内容没有写，或者不是选一个的却写了"), key=column.key)
        seen.add(column.key)
    for key in sorted(KEYS[kind] - seen):
        part.tell(part.line_of(kind.value), N_("「%(kind)s」要有「%(key)s」这一项"), kind=kind.value, key=key)
