"""The directory that Mingbai brings: one data file for each category, read and checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from sqlalchemy.orm import Session

from publicity.categories.actions import enter_category, enter_first_categories
from publicity.categories.contents import CategoryContent, from_plain
from publicity.categories.rules import content_problems
from publicity.categories.taxonomies import read_taxonomies
from village_lists.rulebook.catalog import catalog

FOLDER = Path(__file__).parent / "data" / "directory"
FIELDS = frozenset(CategoryContent.__dataclass_fields__) | {"code"}


@dataclass(frozen=True, kw_only=True)
class DirectoryProblem:
    """What is wrong with a data file: its name, the field, and a sentence."""

    file: str
    field: str
    words: str

    def __str__(self) -> str:
        """Return one line: file, field, sentence."""
        return f"{self.file}: {self.field}: {self.words}"


@dataclass(frozen=True, kw_only=True)
class DirectoryEntry:
    """A category of the directory with its code."""

    code: str
    content: CategoryContent


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the data files say; `entries` only those that could be read."""

    entries: tuple[DirectoryEntry, ...]
    problems: tuple[DirectoryProblem, ...]


@cache
def read_directory(folder: Path = FOLDER) -> Reading:
    """Read every data file of the folder in the order of their names, and check each as a steward's would be."""
    entries: list[DirectoryEntry] = []
    problems: list[DirectoryProblem] = []
    for path in sorted(folder.glob("*.yaml")):
        entry = _entry(path, problems)
        if entry is None:
            continue
        if any(entry.code == other.code for other in entries):
            problems.append(DirectoryProblem(file=path.name, field="code", words="两个文件用了同一个代号"))
        problems += _wrong(path, entry)
        entries.append(entry)
    return Reading(entries=tuple(entries), problems=tuple(problems))


def _entry(path: Path, problems: list[DirectoryProblem]) -> DirectoryEntry | None:
    try:
        plain: dict[str, Any] = YAML(typ="safe", pure=True).load(path)
    except YAMLError as wrong:
        problems.append(DirectoryProblem(file=path.name, field="", words=f"文件写得不对：{str(wrong)[:200]}"))
        return None
    unknown = set(plain) - FIELDS
    if unknown:
        problems.append(DirectoryProblem(file=path.name, field="、".join(sorted(unknown)), words="没有这样的栏"))
        return None
    try:
        code = str(plain.pop("code"))
        headings = [[taxonomy, heading] for taxonomy, heading in plain.pop("headings", {}).items()]
        content = from_plain({**plain, "headings": headings})
    except (KeyError, TypeError, ValueError) as wrong:
        problems.append(DirectoryProblem(file=path.name, field="", words=f"有一栏缺了或写得不对：{wrong}"))
        return None
    return DirectoryEntry(code=code, content=content)


def _wrong(path: Path, entry: DirectoryEntry) -> Iterator[DirectoryProblem]:
    for problem in content_problems(entry.content, known_rules=frozenset(catalog().keys)):
        yield DirectoryProblem(file=path.name, field=problem.place, words=problem.words % dict(problem.values))
    for tree in read_taxonomies():
        key = dict(entry.content.headings).get(tree.key)
        if key is None or tree.heading(key) is None:
            yield DirectoryProblem(file=path.name, field="headings", words=f"在「{tree.name}」里没有这个标题")


def enter_directory(session: Session, *, since: date) -> None:
    """Enter the accounts and every category of the directory, or the newer edition of those that changed.

    Raise ValueError with the first problem of a directory with mistakes; nothing is entered then.
    """
    reading = read_directory()
    if reading.problems:
        raise ValueError(str(reading.problems[0]))
    enter_first_categories(session)
    for entry in reading.entries:
        enter_category(session, code=entry.code, content=entry.content, since=since)
