"""What a record of a list says, field by field, with its references said by name: what a comparison compares."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from village_lists.editions.contents import (
    CategoryContent,
    ItemContent,
    ListContent,
    ProcedureContent,
    ProcedureUse,
    ProhibitionContent,
    StepTie,
    ThresholdContent,
)
from village_lists.editions.wording import (
    ITEM_KIND_WORDS,
    POST_WORDS,
    Said,
    amount_words,
    band_words,
    basis_words,
    item_posting_words,
    lines_of,
    told,
)
from village_lists.flowcharts.graph import Graph
from village_lists.markers import N_

Fields = Mapping[str, tuple[object, tuple[Said, ...]]]
"""Of each field what is compared, and the lines that are read."""
LINES = frozenset(
    {"keywords", "conditions", "papers", "accountability", "bases", "postings", "items", "steps", "posts"}
)
"""Fields that are lists of lines; the others are texts."""
NAMES = frozenset({"name", "title", "words"})
"""Fields by which a record is called; one that came or went is called by them anyway."""
EMPTY_GRAPH = Graph(title="", nodes=(), edges=())


class Names:
    """What the members of one content are called, by the codes of the newer version."""

    def __init__(self, content: ListContent) -> None:
        self.categories = {one.code: one for one in content.categories}
        self.items = {one.code: one.name for one in content.items}
        self.procedures = {one.slug: one.title for one in content.procedures}
        self.thresholds = {one.key: one.name for one in content.thresholds}
        self.steps: dict[tuple[str, str], str] = {}
        graphs = {one.slug: one.graph for one in content.procedures}
        for item in content.items:
            for use in item.procedures:
                for node in graphs.get(use.slug, EMPTY_GRAPH).nodes:
                    self.steps.setdefault((item.code, node.key), node.title)

    def category(self, code: str) -> str:
        """The path of a category from the top."""
        path, seen = list[str](), set[str]()
        while code in self.categories and code not in seen:
            seen.add(code)
            path.insert(0, self.categories[code].name)
            code = self.categories[code].parent
        return " › ".join(path) or code

    def item(self, code: str) -> Said:
        """An item with its code."""
        return f"{code} {self.items.get(code, '')}".strip()

    def step(self, tie: StepTie) -> Said:
        """A step of an item."""
        title = self.steps.get((tie.item_code, tie.node_key), tie.node_key)
        return told(N_("%(item)s 的「%(step)s」"), item=self.item(tie.item_code), step=title)

    def threshold(self, key: str) -> str:
        """An amount by its name, or its key where the list does not name it."""
        return self.thresholds.get(key, key)

    def band(self, use: ProcedureUse) -> Said:
        """The amount band of a use; empty where it has none."""
        if not use.from_key and not use.below_key:
            return ""
        return band_words(*(self.threshold(key) if key else "" for key in (use.from_key, use.below_key)))


def cover_fields(content: ListContent) -> Fields:
    """Return what the cover says."""
    return {"title": _text(content.title), "note": _text(content.note), "is_sample": _sample(content.is_sample)}


def category_fields(one: CategoryContent, names: Names) -> Fields:
    """Return what a category says."""
    above = (names.category(one.parent),) if one.parent else (told(N_("最上一级")),)
    return {"name": _text(one.name), "parent": (one.parent, above)}


def item_fields(one: ItemContent, names: Names) -> Fields:
    """Return what an item says, without its procedures."""
    bases = tuple(basis_words(basis) for basis in one.bases)
    postings = tuple(item_posting_words(posting) for posting in one.postings)
    return {
        "name": _text(one.name),
        "kind": (one.kind, (told(ITEM_KIND_WORDS[one.kind]),)),
        "category": (one.category, (names.category(one.category),)),
        "standard_code": _text(one.standard_code),
        "body": _text(one.body),
        "sentence": _text(one.sentence),
        "keywords": (one.keywords, one.keywords),
        "conditions": (one.conditions, one.conditions),
        "papers": (one.papers, one.papers),
        "time_limit": _text(one.time_limit),
        "fee": _text(one.fee),
        "accountability": (one.accountability, one.accountability),
        "bases": (bases, bases),
        "postings": (one.postings, postings),
    }


def procedure_fields(one: ProcedureContent, _names: Names) -> Fields:
    """Return what a procedure says beside its graph."""
    return {"title": _text(one.title)}


def prohibition_fields(one: ProhibitionContent, names: Names) -> Fields:
    """Return what an entry of the negative list says; the order of its ties does not matter."""
    return {
        "words": _text(one.words),
        "basis": _text(one.basis),
        "consequence": _text(one.consequence),
        "who": _text(one.who),
        "watched_by": _text(one.watched_by),
        "is_sample": _sample(one.is_sample),
        "items": (frozenset(one.items), tuple(names.item(code) for code in one.items)),
        "steps": (frozenset(one.steps), tuple(names.step(tie) for tie in one.steps)),
        "posts": (frozenset(one.posts), tuple(told(POST_WORDS[post]) for post in one.posts)),
    }


def tied_items(one: ProhibitionContent) -> tuple[str, ...]:
    """Return the codes of the items that an entry is tied to, by a step or as a whole."""
    return (*one.items, *(tie.item_code for tie in one.steps))


def without_ties(one: ProhibitionContent, codes: Collection[str]) -> ProhibitionContent:
    """Return an entry without its ties to these items."""
    items = tuple(code for code in one.items if code not in codes)
    return replace(one, items=items, steps=tuple(tie for tie in one.steps if tie.item_code not in codes))


def threshold_fields(one: ThresholdContent, _names: Names) -> Fields:
    """Return what an amount of the list says."""
    return {"name": _text(one.name), "suggested_fen": (one.suggested_fen, (amount_words(one.suggested_fen),))}


def _text(text: str) -> tuple[object, tuple[Said, ...]]:
    return text, lines_of(text)


def _sample(is_sample: bool) -> tuple[object, tuple[Said, ...]]:
    return is_sample, (told(N_("示例，待当地确认") if is_sample else N_("已由当地确认")),)
