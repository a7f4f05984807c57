"""A list as one YAML file that a clerk can read: each step names its own way on, as in the library's data files."""

from collections.abc import Iterable, Mapping

from village_lists.editions.contents import (
    BasisContent,
    ItemContent,
    ListContent,
    PostingContent,
    ProcedureContent,
    ProcedureUse,
    ProhibitionContent,
)
from village_lists.exchange.lists.yaml_text import Plain, yaml_text
from village_lists.flowcharts.graph import DayKind, Edge, Graph, Node, Posting

HEAD = """\
# 明白栏清单。一份文件就是一版清单，可以用文本编辑器改，也可以导入到别的县。
# 缩进用空格，不要用制表符；没有内容的项目不写。
"""
WATCHED_BY = ProhibitionContent(code="", words="").watched_by
WHERE = Posting(what="").where


def write_yaml(content: ListContent) -> str:
    """Return a list as YAML: the same content gives the same text; `read_yaml` gives the content back."""
    return HEAD + yaml_text(
        _filled(
            title=content.title,
            note=content.note,
            is_sample=content.is_sample,
            categories=[_filled(code=one.code, name=one.name, parent=one.parent) for one in content.categories],
            thresholds=[
                _filled(key=one.key, name=one.name, suggested_fen=one.suggested_fen) for one in content.thresholds
            ],
            items=[_item(item) for item in content.items],
            procedures=[_procedure(procedure) for procedure in content.procedures],
            prohibitions=[_prohibition(one) for one in content.prohibitions],
        )
    )


def _filled(**fields: Plain | None) -> dict[str, Plain]:
    """Return the fields that say something."""
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [], {}, ())}


def _item(item: ItemContent) -> Mapping[str, Plain]:
    return _filled(
        code=item.code,
        name=item.name,
        kind=item.kind.value,
        category=item.category,
        standard_code=item.standard_code,
        body=item.body,
        in_one_sentence=item.sentence,
        keywords=item.keywords,
        conditions=item.conditions,
        papers=item.papers,
        time_limit=item.time_limit,
        fee=item.fee,
        bases=[_basis(basis) for basis in item.bases],
        accountability=item.accountability,
        postings=[_item_posting(posting) for posting in item.postings],
        procedures=[_use(use) for use in item.procedures],
    )


def _basis(basis: BasisContent) -> Mapping[str, Plain]:
    return _filled(law=basis.law, article=basis.article, text=basis.words)


def _item_posting(posting: PostingContent) -> Mapping[str, Plain]:
    return _filled(what=posting.what, where=posting.where, when=posting.when, days=posting.days)


def _use(use: ProcedureUse) -> Mapping[str, Plain]:
    return {"slug": use.slug, **_filled(from_key=use.from_key, below_key=use.below_key)}


def _procedure(procedure: ProcedureContent) -> Mapping[str, Plain]:
    """Return a procedure; its arrows stand with the steps, or in a list of their own where that would lose order."""
    graph = procedure.graph
    with_steps = [edge for node in graph.nodes for edge in _leaving(graph, node)] == list(graph.edges) and all(
        _is_plain_way(_leaving(graph, node)) for node in graph.nodes
    )
    once = len({node.key for node in graph.nodes}) == len(graph.nodes)
    own_list = not (with_steps and once)
    return _filled(
        slug=procedure.slug,
        title=procedure.title,
        nodes=[_node(node, () if own_list else _leaving(graph, node)) for node in graph.nodes],
        arrows=[_filled(source=edge.source, target=edge.target, label=edge.label) for edge in graph.edges]
        if own_list
        else [],
    )


def _leaving(graph: Graph, node: Node) -> list[Edge]:
    return [edge for edge in graph.edges if edge.source == node.key]


def _is_plain_way(edges: list[Edge]) -> bool:
    """Tell whether arrows fit `next` (none labelled) or `exits` (all labelled, no label twice)."""
    labels = {edge.label for edge in edges}
    return labels <= {""} or ("" not in labels and len(labels) == len(edges))


def _node(node: Node, edges: Iterable[Edge]) -> Mapping[str, Plain]:
    targets = [edge.target for edge in edges if not edge.label]
    return {
        "key": node.key,
        "kind": node.kind.value,
        **_filled(
            title=node.title,
            actor=node.actor,
            detail=node.detail,
            limit_days=node.limit_days,
            limit_kind="" if node.limit_kind is DayKind.CALENDAR else node.limit_kind.value,
            evidence=node.evidence,
            posting=_posting(node.posting) if node.posting else {},
            risk=node.risk,
            embeds=node.embeds,
            exits={edge.label: edge.target for edge in edges if edge.label},
            next=targets[0] if len(targets) == 1 else targets,
        ),
    }


def _posting(posting: Posting) -> dict[str, Plain]:
    """Return the posting of a step; a place that is not said is said to be none, since the usual one is the default."""
    where = {} if posting.where == WHERE else {"where": posting.where}
    return {"what": posting.what, **where, **_filled(when=posting.when, days=posting.days)}


def _prohibition(one: ProhibitionContent) -> Mapping[str, Plain]:
    return {
        **_filled(code=one.code, words=one.words, basis=one.basis, consequence=one.consequence, who=one.who),
        "watched_by": one.watched_by,
        "is_sample": one.is_sample,
        **_filled(
            items=one.items,
            steps=[_filled(item=tie.item_code, step=tie.node_key) for tie in one.steps],
            posts=[post.value for post in one.posts],
        ),
    }
