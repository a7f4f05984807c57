"""The directory that Mingbai brings: one data file for each category, read and checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sqlalchemy.orm import Session

from publicity.categories.actions import enter_category, enter_first_categories
from publicity.categories.contents import Audience, Basis, CategoryContent, Column, ColumnKind, Mask, Sheet
from publicity.categories.models import ACCOUNTS, Affairs
from publicity.categories.rules import CategoryProblem, content_problems
from publicity.categories.taxonomies import read_taxonomies
from village_lists.library.fields import Fields
from village_lists.library.located import read_located
from village_lists.library.problems import LibraryProblem
from village_lists.markers import N_
from village_lists.periods import Cadence
from village_lists.places.models import BodyKind
from village_lists.rulebook.catalog import catalog

FOLDER = Path(__file__).parent / "data" / "directory"
FALLBACK = Column(key="", name="")
CODE = re.compile(r"(?=.{3,40}\Z)[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*")


@dataclass(frozen=True, kw_only=True)
class DirectoryEntry:
    """A category of the directory with its code; `lines` tells where a field ("" beside it) or a column stands."""

    code: str
    content: CategoryContent
    lines: Mapping[tuple[str, str], int]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the data files say; `problems` has every mistake with file and line."""

    entries: tuple[DirectoryEntry, ...]
    problems: tuple[LibraryProblem, ...]


@cache
def read_directory(folder: Path = FOLDER) -> Reading:
    """Read every data file of the folder in the order of their names, and check each as a steward's would be."""
    entries: dict[str, DirectoryEntry] = {}
    problems: list[LibraryProblem] = []
    for path in sorted(folder.glob("*.yaml")):
        top = read_located(path, file=path.name, problems=problems)
        if top is None:
            continue
        before = len(problems)
        entry = _entry(Fields(top, file=path.name, problems=problems))
        if len(problems) > before:
            continue
        problems += _wrong(path.name, entry)
        if entry.code in entries or entry.code == ACCOUNTS:
            words = N_("代号「%(code)s」已经有了")
            told = CategoryProblem(place="code", words=words, values={"code": entry.code})
            problems.append(_told(path.name, entry, told))
        entries.setdefault(entry.code, entry)
    return Reading(entries=tuple(entries.values()), problems=tuple(problems))


def enter_directory(session: Session, *, since: date, folder: Path = FOLDER) -> None:
    """Enter the accounts and every category of the directory, or the newer edition of those that changed.

    Raise ValueError with the first problem of a directory with mistakes; nothing is entered then.
    """
    reading = read_directory(folder)
    if reading.problems:
        raise ValueError(str(reading.problems[0]))
    enter_first_categories(session)
    for entry in reading.entries:
        enter_category(session, code=entry.code, content=entry.content, since=since)


def _entry(part: Fields) -> DirectoryEntry:
    """Return what a file says; what is wrong is noted and stands empty."""
    lines: dict[tuple[str, str], int] = {}
    usual = CategoryContent(name="", affairs=Affairs.VILLAGE, sheet=Sheet.TABLE, cadence=Cadence.EVENT)
    code = part.text("code")
    if code and not CODE.fullmatch(code):
        part.tell(part.line_of("code"), N_("「%(code)s」不能做代号，要写成 finance.budget 的样子"), code=code)
    content = CategoryContent(
        name=part.text("name"),
        affairs=part.choice("affairs", Affairs),
        sheet=part.choice("sheet", Sheet),
        cadence=part.choice("cadence", Cadence),
        about=part.text("about"),
        headings=tuple(_headings(part)),
        bodies=part.choices("bodies", BodyKind),
        fields=tuple(columns_of(part, "fields", lines)),
        columns=tuple(columns_of(part, "columns", lines)),
        due_rule=part.text("due_rule"),
        review_rule=part.text("review_rule", required=False) or usual.review_rule,
        display_rule=part.text("display_rule", required=False) or usual.display_rule,
        basis=tuple(_bases(part)),
        items=part.texts("items", required=False),
        may_be_nil=_truth(part, "may_be_nil", usual=usual.may_be_nil),
        is_owed=_truth(part, "is_owed", usual=usual.is_owed),
        hides_minors=_truth(part, "hides_minors", usual=usual.hides_minors),
        is_active=_truth(part, "is_active", usual=usual.is_active),
        position=part.whole("position", required=True) or 0,
        note=part.text("note", required=False),
        filled_from=part.text("filled_from", required=False),
    )
    part.close()
    lines |= {(name, ""): part.line_of(name) for name in ("code", *CategoryContent.__dataclass_fields__)}
    return DirectoryEntry(code=code, content=content, lines=MappingProxyType(lines))


def _headings(part: Fields) -> Iterator[tuple[str, str]]:
    inner = part.part("headings", required=True)
    for tree, value, _ in inner.pairs() if inner else ():
        yield tree, value.scalar or ""


def columns_of(part: Fields, place: str, lines: dict[tuple[str, str], int]) -> Iterator[Column]:
    """Yield the columns of a list in a data file; notes their lines by ("", key), and what is wrong in the part."""
    for row in part.parts(place, required=False):
        column = Column(
            key=row.text("key"),
            name=row.text("name"),
            kind=_chosen_kind(row),
            audience=row.choice("audience", Audience) if row.raw("audience") else FALLBACK.audience,
            web_mask=row.choice("web_mask", Mask) if row.raw("web_mask") else FALLBACK.web_mask,
            paper_mask=row.choice("paper_mask", Mask) if row.raw("paper_mask") else FALLBACK.paper_mask,
            is_required=row.truth("is_required"),
            is_identifying=row.truth("is_identifying"),
            has_total=row.truth("has_total"),
            unit=row.text("unit", required=False),
            hint=row.text("hint", required=False),
            choices=row.texts("choices", required=False),
        )
        row.close()
        lines.setdefault(("", column.key), row.line)
        yield column


def _chosen_kind(row: Fields) -> ColumnKind:
    return row.choice("kind", ColumnKind) if row.raw("kind") else FALLBACK.kind


def _bases(part: Fields) -> Iterator[Basis]:
    for row in part.parts("basis"):
        yield Basis(words=row.text("words"), is_sample=_truth(row, "is_sample", usual=True))
        row.close()


def _truth(part: Fields, key: str, *, usual: bool) -> bool:
    return usual if part.raw(key) is None else part.truth(key)


def _wrong(file: str, entry: DirectoryEntry) -> Iterator[LibraryProblem]:
    trees = {tree.key: frozenset(heading.key for heading in tree.headings) for tree in read_taxonomies()}
    for problem in content_problems(entry.content, rule=catalog().entry, trees=trees):
        yield _told(file, entry, problem)


def _told(file: str, entry: DirectoryEntry, problem: CategoryProblem) -> LibraryProblem:
    line = entry.lines.get((problem.place, problem.column), 1)
    return LibraryProblem(file=file, line=line, words=problem.words, values=problem.values)
