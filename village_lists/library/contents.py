"""What the library holds once it is read: frozen records that know the file and line they stand in.

Records are equal when they say the same, wherever it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from village_lists.flowcharts.graph import Graph
from village_lists.people.models import PostKind
from village_lists.places.models import Level
from village_lists.powers.models import ItemKind


class SourceKind(StrEnum):
    """What weight a source has; a report is never the legal basis of anything."""

    LAW = "law"
    REGULATION = "regulation"
    RULE = "rule"
    REPORT = "report"


class RuleUnit(StrEnum):
    """How the value of a rule row is meant."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    DAY_OF_MONTH = "day_of_month"
    FEN = "fen"
    FRACTION = "fraction"
    ORDER = "order"
    NUMBER = "number"


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A line of a file; `file` is relative to the library's folder, `line` counts from 1."""

    file: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Source:
    """A document that bases may name; `dated` and `in_force` are as printed (empty: not known)."""

    id: str
    kind: SourceKind
    title: str
    dated: str
    in_force: str
    note: str
    spot: Spot = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What something rests on: the id of a source, its article (empty: the whole), what it says in short."""

    source: str
    article: str
    text: str
    spot: Spot = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """What follows from a breach (责任追究), and where that is written."""

    words: str
    source: str
    article: str
    spot: Spot = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class PostingDuty:
    """A posting that the step `node_key` demands: what, where, when, for how many days (None: see rule book)."""

    what: str
    where: str
    when: str
    days: int | None
    node_key: str


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """A procedure with its graph and the postings that its steps demand.

    `slug` is unique in the library, `node_lines` is the line of each node key.
    """

    slug: str
    title: str
    graph: Graph
    postings: tuple[PostingDuty, ...]
    bases: tuple[Basis, ...]
    spot: Spot = field(compare=False)
    node_lines: Mapping[str, int] = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of a list.

    `category` is the code of a category, `further_procedures` are slugs of shared procedures that the item also
    shows (items and charts are n:m). Without `bases` there is a `basis_note`, such as 依据待当地确认.
    """

    code: str
    slug: str
    name: str
    kind: ItemKind
    category: str
    body: str
    in_one_sentence: str
    keywords: tuple[str, ...]
    conditions: tuple[str, ...]
    papers: tuple[str, ...]
    time_limit: str
    fee: str
    standard_code: str
    bases: tuple[Basis, ...]
    basis_note: str
    accountability: tuple[Consequence, ...]
    procedure: Procedure
    further_procedures: tuple[str, ...]
    spot: Spot = field(compare=False)

    @property
    def postings(self) -> tuple[PostingDuty, ...]:
        """Return what must be posted: every posting is the duty of some step of the item's own procedure."""
        return self.procedure.postings


@dataclass(frozen=True, kw_only=True)
class Category:
    """A node of the category tree; `expected_items` counts the items below it (None: any number)."""

    code: str
    name: str
    expected_items: int | None
    children: tuple["Category", ...]
    spot: Spot = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class StepTie:
    """The step of an item that a prohibition belongs to."""

    item_code: str
    node_key: str


@dataclass(frozen=True, kw_only=True)
class Prohibition:
    """An entry of the negative list; `who` says in plain words whom it binds, `posts` which posts of Mingbai."""

    code: str
    words: str
    bases: tuple[Basis, ...]
    consequence: Consequence | None
    items: tuple[str, ...]
    steps: tuple[StepTie, ...]
    posts: tuple[PostKind, ...]
    who: str
    watched_by: str
    spot: Spot = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class ListTemplate:
    """A list as it ships: cover, category tree, items in the order of their files, negative list.

    `marker` (示例，待当地确认) is shown wherever the list is; empty for a list that is no sample.
    """

    slug: str
    title: str
    name_words: tuple[str, ...]
    level: Level
    marker: str
    source_note: str
    expected_ways_back: int
    categories: tuple[Category, ...]
    items: tuple[Item, ...]
    prohibitions: tuple[Prohibition, ...]
    spot: Spot = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class RuleRow:
    """A row of the rule book: a whole number, a text (a fraction such as 2/3), or words in order."""

    key: str
    value: int | str | tuple[str, ...]
    unit: RuleUnit
    level: Level
    valid_from: date
    valid_until: date | None
    basis: Basis | None
    is_sample: bool
    note: str
    spot: Spot = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Library:
    """All that ships as data: sources, shared procedures, rule rows, lists."""

    sources: tuple[Source, ...]
    procedures: tuple[Procedure, ...]
    rules: tuple[RuleRow, ...]
    lists: tuple[ListTemplate, ...]
