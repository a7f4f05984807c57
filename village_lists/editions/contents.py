"""A whole list version as plain frozen records: the one shape that editor, exchange, check and comparison share.

Two contents are equal exactly when the versions say the same. Texts are stripped; lists of lines are tuples.
"""

from dataclasses import dataclass

from village_lists.flowcharts.graph import Graph
from village_lists.people.models import PostKind
from village_lists.powers.models import ItemKind


@dataclass(frozen=True, kw_only=True)
class CategoryContent:
    """A node of the category tree; `parent` is the code of the node above it (empty: at the top)."""

    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True, kw_only=True)
class BasisContent:
    """What an item rests on: law and article as printed, and what it says in short; a note alone has no law."""

    law: str = ""
    article: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class PostingContent:
    """What an item demands to be posted beside its steps' postings; `days` None: as the rule book says."""

    what: str
    where: str = ""
    when: str = ""
    days: int | None = None


@dataclass(frozen=True, kw_only=True)
class ProcedureUse:
    """A procedure that an item follows, by slug, within an amount band named by keys of the rule book."""

    slug: str
    from_key: str = ""
    below_key: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemContent:
    """One item; `category` is the code of a category of the same list."""

    code: str
    name: str
    kind: ItemKind
    category: str
    standard_code: str = ""
    body: str = ""
    sentence: str = ""
    keywords: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    time_limit: str = ""
    fee: str = ""
    accountability: tuple[str, ...] = ()
    bases: tuple[BasisContent, ...] = ()
    postings: tuple[PostingContent, ...] = ()
    procedures: tuple[ProcedureUse, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProcedureContent:
    """A procedure; several items may use it, others may embed it. The nodes carry no prohibitions: ties do."""

    slug: str
    title: str
    graph: Graph


@dataclass(frozen=True, kw_only=True)
class StepTie:
    """A step of an item (of whichever of its procedures) that a prohibition belongs to."""

    item_code: str
    node_key: str


@dataclass(frozen=True, kw_only=True)
class ProhibitionContent:
    """An entry of the negative list; without items, steps and posts it stands in the list alone."""

    code: str
    words: str
    basis: str = ""
    consequence: str = ""
    who: str = ""
    watched_by: str = "需人工判断"
    is_sample: bool = True
    items: tuple[str, ...] = ()
    steps: tuple[StepTie, ...] = ()
    posts: tuple[PostKind, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ThresholdContent:
    """An amount that bands refer to: key of the rule book, what it is called, the value that the list suggests."""

    key: str
    name: str
    suggested_fen: int


@dataclass(frozen=True, kw_only=True)
class ListContent:
    """A whole version: cover, category tree in reading order, items, procedures, negative list, amounts of bands."""

    title: str
    note: str = ""
    is_sample: bool = True
    categories: tuple[CategoryContent, ...] = ()
    items: tuple[ItemContent, ...] = ()
    procedures: tuple[ProcedureContent, ...] = ()
    prohibitions: tuple[ProhibitionContent, ...] = ()
    thresholds: tuple[ThresholdContent, ...] = ()
