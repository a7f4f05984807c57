"""What the library holds once it is read: frozen records that know the file and line they stand in.

Records are equal when they say the same, wherever it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from village_lists.flowcharts.graph import Graph, Posting
from village_lists.people.models import PostKind
from village_lists.places.models import Level
from village_lists.powers.models import ItemKind
from village_lists.rulebook.catalog import Unit


class SourceKind(StrEnum):
    """What weight a source has; a report is never the legal basis of anything."""

    LAW = "law"
    REGULATION = "regulation"
    RULE = "rule"
    REPORT = "report"


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
    """What follows from a breach (责任追究), and where that is written; empty for what a place has to settle itself."""

    words: str
    source: str
    article: str
    spot: Spot = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """A procedure with its graph.

    `slug` is unique among those that a list can name, `node_lines` is the line of each node key.
    """

    slug: str
    title: str
    graph: Graph
    bases: tuple[Basis, ...]
    spot: Spot = field(compare=False)
    node_lines: Mapping[str, int] = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Use:
    """A procedure that an item follows, by slug, within an amount band: from `from_key` (included) below `below_key`.

    Keys name amounts of the rule book or of the list's thresholds; an empty key leaves that end open.
    """

    slug: str
    from_key: str
    below_key: str
    spot: Spot = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of a list.

    `category` is the code of a category. `procedure` is the item's own chart, `uses` are others (items and charts are
    n:m); a responsibility or assistance may have neither. `postings` stand beside those of the steps. Without `bases`
    there is a `basis_note`, such as 依据待当地确认.
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
    postings: tuple[Posting, ...]
    procedure: Procedure | None
    uses: tuple[Use, ...]
    spot: Spot = field(compare=False)

    @property
    def slugs(self) -> tuple[str, ...]:
        """Return the slugs of all charts of the item, its own first."""
        own = () if self.procedure is None else (self.procedure.slug,)
        return own + tuple(use.slug for use in self.uses)


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """An amount that bands of a list name, and what the list suggests where the rule book has no row for it."""

    key: str
    name: str
    suggested_fen: int
    spot: Spot = field(compare=False)


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
    """An entry of the negative list; `who` says in plain words whom it binds, `posts` which posts of Mingbai.

    One that is `list_only` stands in the list alone and is tied to nothing.
    """

    code: str
    words: str
    bases: tuple[Basis, ...]
    consequence: Consequence | None
    items: tuple[str, ...]
    steps: tuple[StepTie, ...]
    posts: tuple[PostKind, ...]
    list_only: bool
    who: str
    watched_by: str
    spot: Spot = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class ListTemplate:
    """A list as it ships: cover, category tree, items in the order of their files, their shared charts, negative list.

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
    thresholds: tuple[Threshold, ...]
    items: tuple[Item, ...]
    procedures: tuple[Procedure, ...]
    prohibitions: tuple[Prohibition, ...]
    spot: Spot = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class RuleRow:
    """A row of the rule book: a whole number, a text (a fraction such as 2/3), or words in order."""

    key: str
    value: int | str | tuple[str, ...]
    unit: Unit
    level: Level
    valid_from: date
    valid_until: date | None
    basis: Basis | None
    is_sample: bool
    note: str
    spot: Spot = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Library:
    """All that ships as data: sources, procedures that all lists share, rule rows, lists."""

    sources: tuple[Source, ...]
    procedures: tuple[Procedure, ...]
    rules: tuple[RuleRow, ...]
    lists: tuple[ListTemplate, ...]

    def charts_of(self, template: ListTemplate) -> dict[str, Procedure]:
        """Return every chart that a list can name, by slug: those all lists share, those its items share, their own.

        Of a slug used twice the nearer chart wins; the check tells of it.
        """
        own = [item.procedure for item in template.items if item.procedure is not None]
        return {chart.slug: chart for chart in (*self.procedures, *template.procedures, *own)}
