"""What hinders a list version from being published, told by subject and place; editor, import and gate ask it alike."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from village_lists.editions.contents import (
    CategoryContent,
    ItemContent,
    ListContent,
    ProcedureContent,
    ProcedureUse,
    ProhibitionContent,
)
from village_lists.flowcharts.graph import NodeKind
from village_lists.markers import N_
from village_lists.powers import rules as graphs
from village_lists.powers.models import ItemKind

CODE_LENGTH = 20
AMOUNT_KEY = re.compile(r"amounts\.[a-z0-9_.]{1,50}")
"""Keys of the rule book that bands may name and a list may suggest values for."""
NO_ADDRESS = re.compile(r"""[\s/\\"'<>&?#%]|^\.+$""")
RESERVED = frozenset({"changes", "search"})
"""Addresses under …/powers/ that no item may take."""
ENDINGS = (".json", ".csv")
"""Ends of addresses, which no code may have."""
PROMISES = frozenset({ItemKind.RESPONSIBILITY, ItemKind.ASSIST})
"""Kinds of items that may stand in a list without a procedure."""


@dataclass(frozen=True, kw_only=True)
class ContentProblem:
    """One thing that is wrong.

    `subject` is cover, category, item, procedure, prohibition or threshold, `code` its code or slug, `part` the field
    or the key of the step (empty: the subject as a whole); `words` is a marked sentence, `values` fills it.
    """

    subject: str
    code: str
    part: str
    words: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the Chinese sentence with its gaps filled."""
        return self.words % self.values if self.values else self.words


def content_problems(content: ListContent, *, known_keys: frozenset[str] = frozenset()) -> list[ContentProblem]:
    """Return everything that hinders publication, in reading order.

    `known_keys` are the keys of amounts that the rule book already has; the others must be among the thresholds.
    """
    return [
        *_cover_problems(content),
        *reference_problems(content),
        *_threshold_problems(content),
        *_item_problems(content, known_keys),
        *_procedure_problems(content),
        *_prohibition_problems(content),
    ]


def reference_problems(content: ListContent) -> list[ContentProblem]:
    """Return what hinders even storing: codes missing or twice, categories and procedures that do not exist."""
    return [
        *_category_problems(content.categories),
        *_code_problems("item", (item.code for item in content.items)),
        *_code_problems("procedure", (procedure.slug for procedure in content.procedures)),
        *_code_problems("prohibition", (one.code for one in content.prohibitions)),
        *_code_problems("threshold", (one.key for one in content.thresholds)),
        *_link_problems(content),
    ]


def _told(subject: str, code: str, part: str, words: str, /, **values: object) -> ContentProblem:
    return ContentProblem(subject=subject, code=code, part=part, words=words, values=values)


def _cover_problems(content: ListContent) -> Iterator[ContentProblem]:
    if not content.title.strip():
        yield _told("cover", "", "title", N_("清单还没有名称"))
    if not content.items:
        yield _told("cover", "", "", N_("清单里一个事项也没有"))


def _category_problems(categories: tuple[CategoryContent, ...]) -> Iterator[ContentProblem]:
    yield from _code_problems("category", (category.code for category in categories))
    parents = {category.code: category.parent for category in categories}
    for category in categories:
        if not category.name.strip():
            yield _told("category", category.code, "name", N_("有一个分类没有名称"))
        if category.parent and category.parent not in parents:
            words = N_("分类「%(name)s」的上一级「%(parent)s」不存在")
            yield _told("category", category.code, "parent", words, name=category.name, parent=category.parent)
        elif _loops(category.code, parents):
            words = N_("分类「%(name)s」绕回来成了自己的下级")
            yield _told("category", category.code, "parent", words, name=category.name)


def _loops(code: str, parents: Mapping[str, str]) -> bool:
    seen, here = set[str](), code
    while here and here not in seen:
        seen.add(here)
        here = parents.get(here, "")
    return here == code and bool(here)


def _code_problems(subject: str, codes: Iterable[str]) -> Iterator[ContentProblem]:
    for code, count in Counter(codes).items():
        if not code:
            yield _told(subject, code, "code", N_("有一条没有编码"))
        elif count > 1:
            yield _told(subject, code, "code", N_("编码「%(code)s」用了不止一次"), code=code)


def _link_problems(content: ListContent) -> Iterator[ContentProblem]:
    categories = {category.code for category in content.categories}
    slugs = {procedure.slug for procedure in content.procedures}
    for item in content.items:
        if item.category not in categories:
            words = N_("事项「%(name)s」的分类「%(category)s」不存在")
            yield _told("item", item.code, "category", words, name=item.name, category=item.category)
        for use in item.procedures:
            if use.slug not in slugs:
                words = N_("事项「%(name)s」用的流程「%(slug)s」不存在")
                yield _told("item", item.code, "procedures", words, name=item.name, slug=use.slug)
        for slug, count in Counter(use.slug for use in item.procedures).items():
            if count > 1:
                words = N_("事项「%(name)s」把流程「%(slug)s」用了两次")
                yield _told("item", item.code, "procedures", words, name=item.name, slug=slug)


def _threshold_problems(content: ListContent) -> Iterator[ContentProblem]:
    """Find keys that are none of amounts: publication enters them into the rule book, where other rules stand too."""
    for one in content.thresholds:
        if one.key and not AMOUNT_KEY.fullmatch(one.key):
            words = N_("编号以 amounts. 开头，用小写字母、数字、点和下划线，例如 amounts.works.small")
            yield _told("threshold", one.key, "key", words)


def _item_problems(content: ListContent, known_keys: frozenset[str]) -> Iterator[ContentProblem]:
    names = Counter(item.name.strip() for item in content.items)
    written = (*known_keys, *(one.key for one in content.thresholds))
    keys = frozenset(key for key in written if AMOUNT_KEY.fullmatch(key))
    suggested = {one.key: one.suggested_fen for one in content.thresholds}
    for item in content.items:
        if not item.name.strip():
            yield _told("item", item.code, "name", N_("事项 %(code)s 没有名称"), code=item.code)
        elif names[item.name.strip()] > 1:
            words = N_("「%(name)s」这个名称用在了不止一个事项上")
            yield _told("item", item.code, "name", words, name=item.name)
        if not _is_code(item.code):
            words = N_("事项编码「%(code)s」只能用字母、数字、点和短横，最多 20 个")
            yield _told("item", item.code, "code", words, code=item.code)
        if not item.sentence.strip():
            words = N_("事项「%(name)s」还没有写一句话说明")
            yield _told("item", item.code, "sentence", words, name=item.name)
        if not item.procedures and item.kind not in PROMISES:
            words = N_("事项「%(name)s」还没有流程图")
            yield _told("item", item.code, "procedures", words, name=item.name)
        yield from _band_problems(item, keys, suggested)


def _is_code(code: str) -> bool:
    plain = code.replace(".", "").replace("-", "")
    return (
        0 < len(code) <= CODE_LENGTH
        and plain.isascii()
        and plain.isalnum()
        and code[0].isalnum()
        and code.lower() not in RESERVED
        and not code.lower().endswith(ENDINGS)
    )


def _address_problems(subject: str, code: str) -> Iterator[ContentProblem]:
    """Find what no part of an address can hold: the desk opens charts and prohibitions by their codes."""
    if NO_ADDRESS.search(code):
        words = N_("编号「%(code)s」里不能有空格、斜线、引号、尖括号和 & ? # 和百分号，也不能只有点")
        yield _told(subject, code, "code", words, code=code)


def _band_problems(item: ItemContent, keys: frozenset[str], suggested: Mapping[str, int]) -> Iterator[ContentProblem]:
    """Find bands of unknown amounts, and bands that leave amounts without a chart or give some two."""
    for use in item.procedures:
        for key in (use.from_key, use.below_key):
            if key and key not in keys:
                words = N_("事项「%(name)s」的金额档「%(key)s」在规则库和本清单的金额档里都没有")
                yield _told("item", item.code, "procedures", words, name=item.name, key=key)
    banded = [use for use in item.procedures if use.from_key or use.below_key]
    if not banded:
        return
    if len(banded) < len(item.procedures):
        words = N_("事项「%(name)s」有的流程分金额，有的不分，请写明每张图管多少钱")
        yield _told("item", item.code, "procedures", words, name=item.name)
    elif not _chains(banded):
        words = N_("事项「%(name)s」的金额档没有首尾相接：每一档应当从上一档的金额起")
        yield _told("item", item.code, "procedures", words, name=item.name)
    else:
        ordered = [suggested[use.from_key] for use in banded if use.from_key in suggested]
        if ordered != sorted(set(ordered)):
            words = N_("事项「%(name)s」的金额档应当从小到大写")
            yield _told("item", item.code, "procedures", words, name=item.name)


def _chains(uses: list[ProcedureUse]) -> bool:
    """Tell whether each band begins where the one before ends, the first at nothing, the last without an end."""
    ends = [use.below_key for use in uses]
    begins = [use.from_key for use in uses]
    return begins[0] == "" and ends[-1] == "" and begins[1:] == ends[:-1] and all(begins[1:])


def _procedure_problems(content: ListContent) -> Iterator[ContentProblem]:
    known = {procedure.slug: procedure for procedure in content.procedures}
    used = {use.slug for item in content.items for use in item.procedures}
    used |= {node.embeds for procedure in content.procedures for node in procedure.graph.nodes if node.embeds}
    for procedure in content.procedures:
        slug = procedure.slug
        yield from _address_problems("procedure", slug)
        if not procedure.title.strip():
            yield _told("procedure", slug, "title", N_("有一张流程图没有名称"))
        for found in (*graphs.graph_problems(procedure.graph), *graphs.content_problems(procedure.graph)):
            yield _told("procedure", slug, found.node_key, found.words, **found.values)
        for node in procedure.graph.nodes:
            if node.kind is NodeKind.PREDEFINED and node.embeds and node.embeds not in known:
                words = N_("步骤「%(title)s」用的既定流程「%(slug)s」不存在")
                yield _told("procedure", slug, node.key, words, title=node.title, slug=node.embeds)
        if slug in _embedded(slug, known):
            words = N_("流程「%(title)s」绕回来嵌入了自己")
            yield _told("procedure", slug, "", words, title=procedure.title)
        if slug not in used:
            words = N_("流程「%(title)s」没有事项在用，请挂到事项上或者删去")
            yield _told("procedure", slug, "", words, title=procedure.title)


def _embedded(slug: str, known: Mapping[str, ProcedureContent]) -> set[str]:
    """Return the slugs that a procedure embeds, directly or by way of others."""
    seen = set[str]()
    waiting = [slug]
    while waiting:
        procedure = known.get(waiting.pop())
        for node in procedure.graph.nodes if procedure else ():
            if node.embeds and node.embeds not in seen:
                seen.add(node.embeds)
                waiting.append(node.embeds)
    return seen


def _prohibition_problems(content: ListContent) -> Iterator[ContentProblem]:
    graphs_by_slug = {procedure.slug: procedure.graph for procedure in content.procedures}
    steps = {
        item.code: {
            node.key for use in item.procedures if use.slug in graphs_by_slug for node in graphs_by_slug[use.slug].nodes
        }
        for item in content.items
    }
    for one in content.prohibitions:
        yield from _address_problems("prohibition", one.code)
        yield from _tie_problems(one, steps)
        if not one.words.strip():
            yield _told("prohibition", one.code, "words", N_("负面清单 %(code)s 没有写内容"), code=one.code)
        if not one.watched_by.strip():
            words = N_("负面清单 %(code)s 没有写由谁来看；检查程序管不了的写「需人工判断」")
            yield _told("prohibition", one.code, "watched_by", words, code=one.code)


def _tie_problems(one: ProhibitionContent, steps: Mapping[str, set[str]]) -> Iterator[ContentProblem]:
    for code in one.items:
        if code not in steps:
            words = N_("负面清单 %(code)s 挂的事项「%(item)s」不存在")
            yield _told("prohibition", one.code, "items", words, code=one.code, item=code)
    for tie in one.steps:
        if tie.node_key not in steps.get(tie.item_code, set()):
            words = N_("负面清单 %(code)s 挂的步骤「%(step)s」不存在")
            step = f"{tie.item_code}.{tie.node_key}"
            yield _told("prohibition", one.code, "steps", words, code=one.code, step=step)
