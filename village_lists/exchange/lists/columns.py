"""What sheets and columns a list's workbook has, and by which words they are known; data/columns.yaml says it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML

from village_lists.exchange.lists.wording import spelled, without_brackets

Choice = TypeVar("Choice", bound=StrEnum)
DATA = Path(__file__).parent / "data" / "columns.yaml"
LINES_HINT = "一行一条"
"""Stands in the header of a column whose cells are cut by lines alone, whatever else stands in them."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its `role`, the `title` that is written, the words that are read, width in characters, a cell note.

    `choices` names a group of words or a column of another sheet; `is_extra` columns are read and never written;
    `is_seen` columns are only for people.
    """

    role: str
    title: str
    width: int
    note: str
    words: tuple[str, ...]
    choices: str
    has_lines: bool
    is_extra: bool
    is_seen: bool

    @property
    def header(self) -> str:
        """Return what stands over the column in a workbook of ours."""
        return f"{self.title}（{LINES_HINT}）" if self.has_lines else self.title


@dataclass(frozen=True, kw_only=True)
class SheetPlan:
    """A sheet: its key, title, other names, the roles without which it cannot be read, its columns in order."""

    key: str
    title: str
    words: tuple[str, ...]
    needs: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def written(self) -> tuple[Column, ...]:
        """Return the columns that a workbook of ours has."""
        return tuple(column for column in self.columns if not column.is_extra)

    def column(self, role: str) -> Column:
        """Return the column of a role; raise KeyError if the sheet has none."""
        return {column.role: column for column in self.columns}[role]

    def role_of(self, header: str) -> str:
        """Return the role that a header's words mean, or an empty text; what stands in brackets does not matter."""
        known: dict[str, str] = {}
        for column in self.columns:
            for word in (column.title, *column.words):
                known.setdefault(spelled(word), column.role)
                known.setdefault(without_brackets(spelled(word)), column.role)
        word = spelled(header)
        return known.get(word) or known.get(without_brackets(word), "")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All sheets in their order, and the words of each choice: group -> value -> words, the first is written."""

    sheets: Mapping[str, SheetPlan]
    choices: Mapping[str, Mapping[str, tuple[str, ...]]]

    def word(self, group: str, value: str) -> str:
        """Return the word that is written for a value."""
        return self.choices[group][value][0]

    def words(self, group: str) -> tuple[str, ...]:
        """Return the words that are written for all values of a group."""
        return tuple(words[0] for words in self.choices[group].values())

    def value(self, group: str, word: str) -> str:
        """Return the value that a word of a group means, or an empty text."""
        wanted = spelled(word)
        for value, words in self.choices[group].items():
            if wanted == value or any(wanted == spelled(one) for one in words):
                return value
        return ""

    def sheet_of(self, name: str) -> str:
        """Return the key of the sheet that a name means, or an empty text."""
        wanted = spelled(name)
        for key, sheet in self.sheets.items():
            if any(wanted == spelled(word) for word in (sheet.title, *sheet.words)):
                return key
        return ""


def load_plan(path: Path = DATA) -> Plan:
    """Return the plan of a YAML file of the form of data/columns.yaml."""
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(path)
    return Plan(
        sheets={key: _sheet(key, sheet) for key, sheet in loaded["sheets"].items()},
        choices={
            group: {value: tuple(words) for value, words in values.items()}
            for group, values in loaded["choices"].items()
        },
    )


def _sheet(key: str, sheet: Mapping[str, Any]) -> SheetPlan:
    return SheetPlan(
        key=key,
        title=sheet["title"],
        words=_texts(sheet["words"]),
        needs=_texts(sheet["needs"]),
        columns=tuple(_column(role, column) for role, column in sheet["columns"].items()),
    )


def _column(role: str, column: Mapping[str, Any]) -> Column:
    return Column(
        role=role,
        title=column["title"],
        width=column["width"],
        note=column["note"],
        words=_texts(column["words"]),
        choices=column.get("choices", ""),
        has_lines=column.get("lines", False),
        is_extra=column.get("extra", False),
        is_seen=column.get("seen", False),
    )


def _texts(words: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(word) for word in words)


PLAN = load_plan()
