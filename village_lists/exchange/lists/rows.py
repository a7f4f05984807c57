"""A list as rows of cells, sheet by sheet: what the workbook writes and what each column of columns.yaml holds."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from village_lists.editions.contents import ItemContent, ListContent, ProcedureContent, ProhibitionContent
from village_lists.exchange.lists.columns import PLAN
from village_lists.flowcharts.graph import DayKind, Node

Value = str | int | Decimal
Record = dict[str, Value]
TIE = "／"
"""Stands between item and step where a prohibition names a step."""


def rows_of(content: ListContent) -> Mapping[str, list[Record]]:
    """Return the records of each sheet by its key: role of the column -> text, whole days, or yuan."""
    titles = {procedure.slug: procedure.title for procedure in content.procedures}
    return {
        "cover": [{"title": content.title, "note": content.note, "is_sample": _truth(content.is_sample)}],
        "categories": [{"code": one.code, "name": one.name, "parent": one.parent} for one in content.categories],
        "items": list(_items(content)),
        "uses": list(_uses(content.items, titles)),
        "procedures": [{"slug": one.slug, "title": one.title} for one in content.procedures],
        "steps": [row for one in content.procedures for row in _steps(one)],
        "exits": [row for one in content.procedures for row in _exits(one)],
        "prohibitions": [_prohibition(one) for one in content.prohibitions],
        "bases": list(_bases(content.items)),
        "postings": list(_postings(content.items)),
        "thresholds": [
            {"key": one.key, "name": one.name, "amount": Decimal(one.suggested_fen) / 100} for one in content.thresholds
        ],
    }


def _truth(value: bool) -> str:
    return PLAN.word("truths", "yes" if value else "no")


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _items(content: ListContent) -> Iterator[Record]:
    names = {one.code: one.name for one in content.categories}
    for item in content.items:
        yield {
            "code": item.code,
            "name": item.name,
            "kind": PLAN.word("kinds", item.kind.value),
            "category": item.category,
            "category_name": names.get(item.category, ""),
            "standard_code": item.standard_code,
            "body": item.body,
            "sentence": item.sentence,
            "keywords": _lines(item.keywords),
            "conditions": _lines(item.conditions),
            "papers": _lines(item.papers),
            "time_limit": item.time_limit,
            "fee": item.fee,
            "accountability": _lines(item.accountability),
        }


def _uses(items: Iterable[ItemContent], titles: Mapping[str, str]) -> Iterator[Record]:
    for item in items:
        for use in item.procedures:
            yield {
                "item": item.code,
                "item_name": item.name,
                "procedure": use.slug,
                "procedure_title": titles.get(use.slug, ""),
                "from": use.from_key,
                "below": use.below_key,
            }


def _steps(procedure: ProcedureContent) -> Iterator[Record]:
    for node in procedure.graph.nodes:
        yield {
            "procedure": procedure.slug,
            "procedure_title": procedure.title,
            "key": node.key,
            "kind": PLAN.word("node_kinds", node.kind.value),
            "title": node.title,
            "actor": node.actor,
            "detail": node.detail,
            **_limit(node),
            "evidence": _lines(node.evidence),
            **_posting(node),
            "risk": node.risk,
            "embeds": node.embeds,
        }


def _limit(node: Node) -> Record:
    if node.limit_days is None and node.limit_kind is DayKind.CALENDAR:
        return {}
    days: Record = {} if node.limit_days is None else {"limit": node.limit_days}
    return {**days, "limit_kind": PLAN.word("day_kinds", node.limit_kind.value)}


def _posting(node: Node) -> Record:
    if node.posting is None:
        return {}
    days: Record = {} if node.posting.days is None else {"posting_days": node.posting.days}
    return {
        "posting_what": node.posting.what,
        "posting_where": node.posting.where,
        "posting_when": node.posting.when,
        **days,
    }


def _exits(procedure: ProcedureContent) -> Iterator[Record]:
    titles = {node.key: node.title for node in procedure.graph.nodes}
    for edge in procedure.graph.edges:
        yield {
            "procedure": procedure.slug,
            "procedure_title": procedure.title,
            "source": edge.source,
            "source_title": titles.get(edge.source, ""),
            "label": edge.label,
            "target": edge.target,
            "target_title": titles.get(edge.target, ""),
        }


def _prohibition(one: ProhibitionContent) -> Record:
    return {
        "code": one.code,
        "words": one.words,
        "basis": one.basis,
        "consequence": one.consequence,
        "who": one.who,
        "watched_by": one.watched_by,
        "is_sample": _truth(one.is_sample),
        "items": _lines(one.items),
        "steps": _lines(f"{tie.item_code}{TIE}{tie.node_key}" for tie in one.steps),
        "posts": _lines(PLAN.word("posts", post.value) for post in one.posts),
    }


def _bases(items: Iterable[ItemContent]) -> Iterator[Record]:
    for item in items:
        for basis in item.bases:
            yield {
                "item": item.code,
                "item_name": item.name,
                "law": basis.law,
                "article": basis.article,
                "words": basis.words,
            }


def _postings(items: Iterable[ItemContent]) -> Iterator[Record]:
    for item in items:
        for posting in item.postings:
            days: Record = {} if posting.days is None else {"days": posting.days}
            yield {
                "item": item.code,
                "item_name": item.name,
                "what": posting.what,
                "where": posting.where,
                "when": posting.when,
                **days,
            }
