"""Typed reading of one mapping of a data file: each mistake is noted with its line, then reading goes on."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import TypeVar

from village_lists.library.contents import Spot
from village_lists.library.located import TEXT_TAGS, TRUTH_TAG, WHOLE_TAG, Located
from village_lists.library.problems import LibraryProblem
from village_lists.markers import N_

Choice = TypeVar("Choice", bound=StrEnum)


class Fields:
    """The fields of one mapping. Ask for each by name; `close` then tells the keys nobody asked for.

    A field with `required=False` gives an empty value when it is not there. Empty values stand for what is wrong, so
    that one reading finds every mistake; what was read counts only when `problems` stayed empty.
    """

    def __init__(self, value: Located, *, file: str, problems: list[LibraryProblem]) -> None:
        """Take a located value that should be a mapping; if it is not, say so once and behave as empty."""
        self.file = file
        self.problems = problems
        self.line = value.line
        self.is_mapping = value.fields is not None
        self._fields = dict(value.fields or {})
        self._lines = dict(value.key_lines)
        self._asked: set[str] = set()
        if not self.is_mapping:
            self.tell(value.line, N_("这里应当是「名称: 内容」的一组"))

    @property
    def spot(self) -> Spot:
        """Return where the mapping begins."""
        return Spot(file=self.file, line=self.line)

    def tell(self, line: int, words: str, **values: object) -> None:
        """Note a mistake at a line."""
        self.problems.append(LibraryProblem(file=self.file, line=line, words=words, values=values))

    def line_of(self, key: str) -> int:
        """Return the line of a key, or of the mapping where the key is missing."""
        return self._lines.get(key, self.line)

    def text(self, key: str, *, required: bool = True) -> str:
        """Return a text that is not blank; empty if it is not required and missing."""
        value = self._take(key, required)
        if value is None:
            return ""
        if value.scalar is None or value.tag not in TEXT_TAGS or not value.scalar.strip():
            self.tell(self.line_of(key), N_("「%(key)s」应当是文字"), key=key)
            return ""
        return value.scalar.strip()

    def texts(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        """Return a list of texts; a required one has at least one."""
        found = []
        for child in self.children(key, required=required):
            if child.scalar is None or child.tag not in TEXT_TAGS or not child.scalar.strip():
                self.tell(child.line, N_("「%(key)s」里的每一条应当是文字"), key=key)
            else:
                found.append(child.scalar.strip())
        return tuple(found)

    def whole(self, key: str, *, required: bool = False) -> int | None:
        """Return a whole number, or None where there is none."""
        value = self._take(key, required)
        if value is None:
            return None
        try:
            if value.scalar is not None and value.tag == WHOLE_TAG:
                return int(value.scalar)
        except ValueError:
            pass  # hexadecimal and the like: YAML calls it a number, a clerk would not
        self.tell(self.line_of(key), N_("「%(key)s」应当是整数"), key=key)
        return None

    def truth(self, key: str) -> bool:
        """Return true or false; a missing key is false."""
        value = self._take(key, False)
        if value is None:
            return False
        if value.tag != TRUTH_TAG:
            self.tell(self.line_of(key), N_("「%(key)s」应当是 true 或者 false"), key=key)
        return value.scalar == "true"

    def day(self, key: str, *, required: bool = False) -> date | None:
        """Return a date written 2026-01-01, or None where there is none."""
        value = self._take(key, required)
        if value is None:
            return None
        try:
            return date.fromisoformat(value.scalar or "")
        except ValueError:
            self.tell(self.line_of(key), N_("「%(key)s」应当是日期，写成 2026-01-01 的样子"), key=key)
            return None

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        """Return a member of an enumeration by its value; the first member where it is wrong."""
        return self._chosen(key, kind, self.text(key), self.line_of(key))

    def choices(self, key: str, kind: type[Choice], *, required: bool = True) -> tuple[Choice, ...]:
        """Return several members of an enumeration; a required list has at least one."""
        found = self.texts(key, required=required)
        return tuple(self._chosen(key, kind, one, self.line_of(key)) for one in found)

    def children(self, key: str, *, required: bool = True) -> tuple[Located, ...]:
        """Return the entries of a list; a required one has at least one."""
        value = self._take(key, required)
        if value is None:
            return ()
        if value.entries is None or (required and not value.entries):
            self.tell(self.line_of(key), N_("「%(key)s」应当是列表，至少有一条"), key=key)
            return ()
        return value.entries

    def part(self, key: str, *, required: bool = False) -> "Fields | None":
        """Return the fields of a mapping inside this one, or None where there is none."""
        value = self._take(key, required)
        return None if value is None else Fields(value, file=self.file, problems=self.problems)

    def parts(self, key: str, *, required: bool = True) -> Iterator["Fields"]:
        """Return the fields of each mapping in a list."""
        for child in self.children(key, required=required):
            yield Fields(child, file=self.file, problems=self.problems)

    def raw(self, key: str, *, required: bool = False) -> Located | None:
        """Return the value as written, for fields that may have several forms."""
        return self._take(key, required)

    def pairs(self) -> Iterable[tuple[str, Located, int]]:
        """Return every key with value and line, for mappings whose keys are free words; all count as asked for."""
        self._asked.update(self._fields)
        return [(key, value, self._lines[key]) for key, value in self._fields.items()]

    def close(self) -> None:
        """Tell every key that nobody asked for."""
        for key in self._fields:
            if key not in self._asked:
                self.tell(self._lines[key], N_("不认识「%(key)s」这一项"), key=key)

    def _take(self, key: str, required: bool) -> Located | None:
        """Return the value of a key; a required one that is missing is told."""
        self._asked.add(key)
        if key not in self._fields and required and self.is_mapping:
            self.tell(self.line, N_("缺少「%(key)s」这一项"), key=key)
        return self._fields.get(key)

    def _chosen(self, key: str, kind: type[Choice], found: str, line: int) -> Choice:
        """Return the member with this value; tell what is allowed where there is none."""
        try:
            return kind(found)
        except ValueError:
            if found:
                allowed = "、".join(member.value for member in kind)
                words = N_("「%(key)s」不能是「%(found)s」，可以是：%(allowed)s")
                self.tell(line, words, key=key, found=found, allowed=allowed)
            return next(iter(kind))
