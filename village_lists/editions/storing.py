"""What no table could keep beside broken references.

Texts longer than their column, numbers out of reach, signs that are no text, and steps or arrows that occur twice.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from village_lists.editions.contents import ListContent
from village_lists.editions.rules import ContentProblem
from village_lists.markers import N_
from village_lists.powers.models import (
    ItemBasis,
    ItemPosting,
    ListCategory,
    ListThreshold,
    ListVersion,
    PowerItem,
    Procedure,
    ProcedureEdge,
    ProcedureNode,
)
from village_lists.prohibitions.models import Prohibition

MAXIMUM_DAYS = 36_500
MAXIMUM_FEN = 10**15
# Control signs apart from tab and line break, halves of pairs, and what Unicode calls no character.
NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

Told = Iterator[ContentProblem]


def storing_problems(content: ListContent) -> list[ContentProblem]:
    """Return everything for which a row could not be written."""
    return [
        *_text("cover", "", "title", content.title, ListVersion, "title"),
        *_text("cover", "", "note", content.note),
        *_categories(content),
        *_items(content),
        *_procedures(content),
        *_doubles(content),
        *_prohibitions(content),
        *_thresholds(content),
    ]


def _text(subject: str, code: str, part: str, text: str, model: Any = None, column: str = "") -> Told:
    """Find one text that does not fit the column of a model (None: of any length)."""
    longest = model.__table__.c[column].type.length if model is not None else None
    if longest is not None and len(text) > longest:
        words = N_("「%(start)s…」太长，最多 %(longest)s 个字")
        values: dict[str, object] = {"start": text[:12], "longest": longest}
        yield ContentProblem(subject=subject, code=code, part=part, words=words, values=values)
    if NO_TEXT.search(text):
        yield ContentProblem(subject=subject, code=code, part=part, words=N_("文字里有看不见的控制符，请重新打一遍"))


def _number(subject: str, code: str, part: str, number: int | None, most: int) -> Told:
    if number is not None and not 0 <= number <= most:
        words = N_("数目 %(number)s 太大或者太小")
        yield ContentProblem(subject=subject, code=code, part=part, words=words, values={"number": number})


def _categories(content: ListContent) -> Told:
    for one in content.categories:
        yield from _text("category", one.code, "code", one.code, ListCategory, "code")
        yield from _text("category", one.code, "name", one.name, ListCategory, "name")


def _items(content: ListContent) -> Told:
    for item in content.items:
        for part in ("code", "name", "standard_code", "body", "time_limit", "fee"):
            yield from _text("item", item.code, part, getattr(item, part), PowerItem, part)
        for part in ("sentence", "keywords", "conditions", "papers", "accountability"):
            value = getattr(item, part)
            yield from _text("item", item.code, part, value if isinstance(value, str) else "".join(value))
        for basis in item.bases:
            yield from _text("item", item.code, "bases", basis.law, ItemBasis, "law")
            yield from _text("item", item.code, "bases", basis.article, ItemBasis, "article")
            yield from _text("item", item.code, "bases", basis.words)
        for posting in item.postings:
            yield from _text("item", item.code, "postings", posting.what, ItemPosting, "what")
            yield from _text("item", item.code, "postings", posting.where, ItemPosting, "place")
            yield from _text("item", item.code, "postings", posting.when, ItemPosting, "moment")
            yield from _number("item", item.code, "postings", posting.days, MAXIMUM_DAYS)
        for use in item.procedures:
            yield from _text("item", item.code, "procedures", use.from_key, ListThreshold, "key")
            yield from _text("item", item.code, "procedures", use.below_key, ListThreshold, "key")


def _procedures(content: ListContent) -> Told:
    for procedure in content.procedures:
        slug = procedure.slug
        yield from _text("procedure", slug, "slug", slug, Procedure, "slug")
        yield from _text("procedure", slug, "title", procedure.title, Procedure, "title")
        for node in procedure.graph.nodes:
            for column in ("key", "title", "actor", "embeds"):
                yield from _text("procedure", slug, node.key, getattr(node, column), ProcedureNode, column)
            for text in (node.detail, node.risk, *node.evidence):
                yield from _text("procedure", slug, node.key, text)
            yield from _number("procedure", slug, node.key, node.limit_days, MAXIMUM_DAYS)
            if node.posting is not None:
                for column in ("what", "where", "when"):
                    text = getattr(node.posting, column)
                    yield from _text("procedure", slug, node.key, text, ProcedureNode, f"posting_{column}")
                yield from _number("procedure", slug, node.key, node.posting.days, MAXIMUM_DAYS)
        for edge in procedure.graph.edges:
            for column in ("source", "target", "label"):
                yield from _text("procedure", slug, edge.source, getattr(edge, column), ProcedureEdge, column)


def _doubles(content: ListContent) -> Told:
    """Find steps without or with the same key, and arrows drawn twice: both are unique in their tables."""
    for procedure in content.procedures:
        keys = Counter(node.key for node in procedure.graph.nodes)
        for key, count in keys.items():
            if count > 1 or not key:
                words = N_("步骤编号「%(key)s」用了不止一次") if key else N_("有一步没有编号")
                values: dict[str, object] = {"key": key} if key else {}
                yield ContentProblem(subject="procedure", code=procedure.slug, part=key, words=words, values=values)
        arrows = Counter((edge.source, edge.target, edge.label) for edge in procedure.graph.edges)
        titles = {node.key: node.title for node in procedure.graph.nodes}
        for (source, target, _label), count in arrows.items():
            if count > 1:
                words = N_("步骤「%(title)s」到「%(target)s」的箭头画了不止一次")
                values = {"title": titles.get(source, source), "target": target}
                yield ContentProblem(subject="procedure", code=procedure.slug, part=source, words=words, values=values)


def _prohibitions(content: ListContent) -> Told:
    for one in content.prohibitions:
        for part in ("code", "words", "basis", "consequence", "who", "watched_by"):
            yield from _text("prohibition", one.code, part, getattr(one, part), Prohibition, part)


def _thresholds(content: ListContent) -> Told:
    for one in content.thresholds:
        yield from _text("threshold", one.key, "key", one.key, ListThreshold, "key")
        yield from _text("threshold", one.key, "name", one.name, ListThreshold, "name")
        yield from _number("threshold", one.key, "amount", one.suggested_fen, MAXIMUM_FEN)
