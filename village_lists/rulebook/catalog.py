"""The catalog of the rule book: which rules there may be, what they are called, who may set them within what bounds.

Kept in data/keys.yaml and read once; every mistake of writing is told by file and line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from itertools import groupby
from pathlib import Path

from village_lists.markers import N_
from village_lists.places.models import Level
from village_lists.rulebook.keyfile import CatalogProblem, CatalogUnreadable, KeyFields, read_rows

DATA = Path(__file__).parent / "data" / "keys.yaml"


class Unit(StrEnum):
    """How the value of a rule is meant."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    DAY_OF_MONTH = "day_of_month"
    FEN = "fen"
    FRACTION = "fraction"
    ORDER = "order"
    NUMBER = "number"
    DATES = "dates"
    PROCEDURE = "procedure"
    FIELDS = "fields"
    CHOICE = "choice"


GROUPS = (
    N_("金额"),
    N_("期限"),
    N_("日历"),
    N_("答复时限"),
    N_("审核顺序"),
    N_("公示天数"),
    N_("公开目录"),
    N_("人数"),
    N_("决策程序"),
    N_("改编"),
)
WHOLE = frozenset({Unit.DAYS, Unit.WORKING_DAYS, Unit.DAY_OF_MONTH, Unit.FEN, Unit.NUMBER})
WORDED = frozenset({Unit.ORDER, Unit.FIELDS, Unit.CHOICE, Unit.PROCEDURE})
COMPARED = WHOLE | {Unit.FRACTION, Unit.CHOICE}


@dataclass(frozen=True, kw_only=True)
class RuleKey:
    """What the catalog says of a rule, or (key with a star) of a family of rules.

    `allowed` and `subjects` map words to what they are called; `not_below` and `not_above` name the level whose row
    bounds the nearer ones; `least` and `most` count in the unit (fen, days, …). An order begins with `first` and holds
    each step (the word after the dot) once, by one of those who may take it; the steps of `may_lack` may be left out.
    """

    key: str
    name: str
    group: str
    unit: Unit
    used_for: str
    levels: tuple[Level, ...]
    least: int | None = None
    most: int | None = None
    allowed: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[str, str] = field(default_factory=dict)
    first: str = ""
    may_lack: tuple[str, ...] = ()
    not_below: Level | None = None
    not_above: Level | None = None
    is_optional: bool = False

    @property
    def is_family(self) -> bool:
        """Say whether the key stands for many."""
        return "*" in self.key

    def named(self, key: str) -> "RuleKey":
        """Return what is said of one rule of the family; a rule that is no family is returned as it is."""
        if not self.is_family:
            return self
        found = _pattern(self.key).fullmatch(key)
        subject = found[1] if found else ""
        about = self.subjects.get(subject, subject)
        return replace(self, key=key, name=f"{about}：{self.name}" if about else self.name)


class Catalog:
    """All rules that there may be, in the order of the file."""

    def __init__(self, entries: tuple[RuleKey, ...]) -> None:
        """Keep the entries; a family with named subjects brings each of its rules."""
        self.entries = entries

    def entry(self, key: str) -> RuleKey | None:
        """Return what is said of the key: by itself, or as one of the family with the longest name, or None."""
        for entry in self.entries:
            if entry.key == key:
                return entry
        families = [entry for entry in self.entries if entry.is_family and _fits(entry, key)]
        found = max(families, key=lambda entry: len(entry.key), default=None)
        return found.named(key) if found else None

    @property
    def keys(self) -> tuple[str, ...]:
        """Return every key that has a name of its own; families without named subjects give none.

        They come as in the file, but of families that begin alike first all of one subject, then all of the next.
        """
        found: list[str] = []
        for beginning, together in groupby(self.entries, key=lambda entry: entry.key.partition("*")[:2]):
            entries = list(together)
            if not beginning[1]:
                found += [entry.key for entry in entries]
            for subject in dict.fromkeys(subject for entry in entries for subject in entry.subjects):
                found += [entry.key.replace("*", subject) for entry in entries if subject in entry.subjects]
        return tuple(found)


def _fits(entry: RuleKey, key: str) -> bool:
    found = _pattern(entry.key).fullmatch(key)
    return found is not None and (not entry.subjects or found[1] in entry.subjects)


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """Return what matches a family; what stands at the star is group 1."""
    return re.compile(re.escape(key).replace(r"\*", "([a-z0-9_.]+)"))


@cache
def catalog(path: Path = DATA) -> Catalog:
    """Return the catalog of a file; raise CatalogUnreadable with every mistake."""
    problems: list[CatalogProblem] = []
    entries = [_entry(part) for part in read_rows(path, problems=problems)]
    if problems:
        raise CatalogUnreadable(problems)
    return Catalog(tuple(entries))


def _entry(part: KeyFields) -> RuleKey:
    """Return one row of the file; what is wrong is noted and stands empty."""
    unit = Unit(part.choice("unit", tuple(Unit)) or Unit.NUMBER)
    entry = RuleKey(
        key=part.text("key"),
        name=part.text("name"),
        group=part.choice("group", GROUPS),
        unit=unit,
        used_for=part.text("used_for"),
        levels=tuple(Level(word) for word in part.choices("levels", tuple(Level))),
        least=part.whole("least"),
        most=part.whole("most"),
        allowed=part.names("allowed", required=unit in WORDED),
        subjects=part.names("subjects"),
        first=part.text("first", required=False),
        may_lack=part.choices("may_lack", tuple(part.names("allowed", required=False)), required=False),
        not_below=_level(part, "not_below"),
        not_above=_level(part, "not_above"),
        is_optional=part.truth("optional"),
    )
    part.close()
    _check(part, entry)
    return entry


def _level(part: KeyFields, key: str) -> Level | None:
    word = part.choice(key, tuple(Level), required=False)
    return Level(word) if word else None


def _check(part: KeyFields, entry: RuleKey) -> None:
    """Note what does not go together in one row."""
    if not re.fullmatch(r"[a-z][a-z0-9_.*]{0,58}", entry.key) or entry.key.count("*") > 1:
        part.tell("key", N_("「%(found)s」不是规则名"), found=entry.key)
    if not part.is_first(entry.key):
        part.tell("key", N_("「%(found)s」写了两次"), found=entry.key)
    if entry.least is not None and entry.most is not None and entry.most < entry.least:
        part.tell("most", N_("「%(found)s」的最多小于最少"), found=entry.key)
    if entry.first and entry.first not in entry.allowed:
        part.tell("first", N_("「%(found)s」不在可以填的词里"), found=entry.first)
    if (entry.not_below or entry.not_above) and entry.unit not in COMPARED:
        part.tell("not_below" if entry.not_below else "not_above", N_("「%(found)s」的单位不能比大小"), found=entry.key)
    if entry.subjects and not entry.is_family:
        part.tell("subjects", N_("「%(found)s」不是一类规则，不能写 subjects"), found=entry.key)
