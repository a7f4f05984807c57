"""A YAML file in: the content that `write_yaml` wrote or a person did, and every fault by line."""

from collections.abc import Iterator

from village_lists.editions.contents import (
    BasisContent,
    CategoryContent,
    ItemContent,
    ListContent,
    PostingContent,
    ProcedureContent,
    ProcedureUse,
    ProhibitionContent,
    StepTie,
    ThresholdContent,
)
from village_lists.exchange.lists.findings import Findings, Reading, Spot
from village_lists.exchange.lists.yaml_fields import ListFields
from village_lists.exchange.lists.yaml_tree import UnreadableYaml, read_tree
from village_lists.exchange.lists.yaml_writing import WATCHED_BY, WHERE
from village_lists.flowcharts.graph import DayKind, Edge, Graph, Node, NodeKind, Posting
from village_lists.library.problems import LibraryProblem
from village_lists.markers import N_
from village_lists.people.models import PostKind
from village_lists.powers.models import ItemKind

ITEM_PARTS = (
    "code", "name", "category", "standard_code", "body", "keywords", "conditions", "papers", "time_limit", "fee",
    "accountability", "bases", "postings", "procedures",
)  # fmt: skip


def read_yaml(text: str, *, known_keys: frozenset[str] = frozenset()) -> Reading:
    """Return the list of a YAML text with every problem by line.

    `known_keys` are the amounts that the rule book knows. What no list ever has (aliases, tags, control signs, more
    than 4 MB, great depth) is refused with one problem.
    """
    findings = Findings()
    try:
        tree, doubles = read_tree(text)
    except UnreadableYaml as refusal:
        findings.add(Spot(line=refusal.line), refusal.words, refusal.values)
        return findings.refused()
    for line, key in doubles:
        findings.tell(Spot(line=line), N_("「%(key)s」写了两次"), key=key)
    told: list[LibraryProblem] = []
    content = _content(ListFields(tree, file="", problems=told), findings)
    for one in told:
        findings.add(Spot(line=one.line), one.words, one.values)
    return findings.reading(content, known_keys=known_keys)


def _content(fields: ListFields, findings: Findings) -> ListContent:
    for part in ("", "title", "note"):
        findings.stands("cover", "", part, Spot(line=fields.line_of(part)))
    for subject, key in (("item", "items"), ("procedure", "procedures"), ("prohibition", "prohibitions")):
        findings.stands(subject, "", "", Spot(line=fields.line_of(key)))
    content = ListContent(
        title=fields.text("title", required=False),
        note=fields.text("note", required=False),
        is_sample=fields.truth_or("is_sample", otherwise=True),
        categories=tuple(_category(part, findings) for part in fields.records("categories")),
        thresholds=tuple(_threshold(part, findings) for part in fields.records("thresholds")),
        items=tuple(_item(part, findings) for part in fields.records("items")),
        procedures=tuple(_procedure(part, findings) for part in fields.records("procedures")),
        prohibitions=tuple(_prohibition(part, findings) for part in fields.records("prohibitions")),
    )
    fields.close()
    return content


def _stand(fields: ListFields, findings: Findings, subject: str, code: str, names: dict[str, str]) -> None:
    """Remember the lines of a record: `names` maps the parts that checks name to the keys of the file."""
    findings.stands(subject, code, "", Spot(line=fields.line))
    for part, key in names.items():
        findings.stands(subject, code, part, Spot(line=fields.line_of(key)))


def _category(fields: ListFields, findings: Findings) -> CategoryContent:
    found = CategoryContent(
        code=fields.text("code", required=False),
        name=fields.text("name", required=False),
        parent=fields.text("parent", required=False),
    )
    fields.close()
    _stand(fields, findings, "category", found.code, {part: part for part in ("code", "name", "parent")})
    return found


def _threshold(fields: ListFields, findings: Findings) -> ThresholdContent:
    found = ThresholdContent(
        key=fields.text("key", required=False),
        name=fields.text("name", required=False),
        suggested_fen=fields.whole("suggested_fen", required=True) or 0,
    )
    fields.close()
    _stand(fields, findings, "threshold", found.key, {"code": "key", "name": "name", "amount": "suggested_fen"})
    return found


def _item(fields: ListFields, findings: Findings) -> ItemContent:
    found = ItemContent(
        code=fields.text("code", required=False),
        name=fields.text("name", required=False),
        kind=fields.choice("kind", ItemKind),
        category=fields.text("category", required=False),
        standard_code=fields.text("standard_code", required=False),
        body=fields.text("body", required=False),
        sentence=fields.text("in_one_sentence", required=False),
        keywords=fields.texts("keywords", required=False),
        conditions=fields.texts("conditions", required=False),
        papers=fields.texts("papers", required=False),
        time_limit=fields.text("time_limit", required=False),
        fee=fields.text("fee", required=False),
        accountability=fields.texts("accountability", required=False),
        bases=tuple(_basis(part) for part in fields.records("bases")),
        postings=tuple(_item_posting(part) for part in fields.records("postings")),
        procedures=tuple(_use(part) for part in fields.records("procedures")),
    )
    fields.close()
    names = {part: part for part in ITEM_PARTS}
    _stand(fields, findings, "item", found.code, {**names, "sentence": "in_one_sentence"})
    return found


def _basis(fields: ListFields) -> BasisContent:
    found = BasisContent(
        law=fields.text("law", required=False),
        article=fields.text("article", required=False),
        words=fields.text("text", required=False),
    )
    fields.close()
    return found


def _item_posting(fields: ListFields) -> PostingContent:
    found = PostingContent(
        what=fields.text("what"),
        where=fields.text("where", required=False),
        when=fields.text("when", required=False),
        days=fields.whole("days"),
    )
    fields.close()
    return found


def _use(fields: ListFields) -> ProcedureUse:
    found = ProcedureUse(
        slug=fields.text("slug"),
        from_key=fields.text("from_key", required=False),
        below_key=fields.text("below_key", required=False),
    )
    fields.close()
    return found


def _procedure(fields: ListFields, findings: Findings) -> ProcedureContent:
    slug, title = fields.text("slug", required=False), fields.text("title", required=False)
    _stand(fields, findings, "procedure", slug, {"slug": "slug", "code": "slug", "title": "title"})
    nodes: list[Node] = []
    edges: list[Edge] = []
    for part in fields.records("nodes"):
        key = part.text("key")
        findings.stands("procedure", slug, key, Spot(line=part.line))
        nodes.append(_node(part, key))
        edges += _edges(part, key)
        part.close()
    edges += [_arrow(part) for part in fields.records("arrows")]
    fields.close()
    return ProcedureContent(slug=slug, title=title, graph=Graph(title=title, nodes=tuple(nodes), edges=tuple(edges)))


def _node(part: ListFields, key: str) -> Node:
    return Node(
        key=key,
        kind=part.choice("kind", NodeKind),
        title=part.text("title", required=False),
        actor=part.text("actor", required=False),
        detail=part.text("detail", required=False),
        limit_days=part.whole("limit_days"),
        limit_kind=part.choice("limit_kind", DayKind) if part.has("limit_kind") else DayKind.CALENDAR,
        evidence=part.texts("evidence", required=False),
        posting=_posting(part),
        risk=part.text("risk", required=False),
        embeds=part.text("embeds", required=False),
    )


def _posting(part: ListFields) -> Posting | None:
    inner = part.record("posting")
    if inner is None:
        return None
    found = Posting(
        what=inner.text("what"),
        where=inner.text_or("where", otherwise=WHERE),
        when=inner.text("when", required=False),
        days=inner.whole("days"),
    )
    inner.close()
    return found


def _edges(part: ListFields, key: str) -> Iterator[Edge]:
    """Return the arrows that leave a step: `exits` with their labels, then `next`."""
    exits = part.part("exits")
    if exits is not None:
        for label, value, line in exits.pairs():
            if not value.scalar:
                exits.tell(line, N_("出口「%(label)s」后面应当写去哪一步"), label=label)
            else:
                yield Edge(source=key, target=value.scalar.strip(), label=label.strip())
    onward = part.raw("next")
    if onward is not None and onward.entries is not None:
        yield from (Edge(source=key, target=target) for target in part.texts("next"))
    elif onward is not None:
        target = part.text("next")
        if target:
            yield Edge(source=key, target=target)


def _arrow(fields: ListFields) -> Edge:
    found = Edge(source=fields.text("source"), target=fields.text("target"), label=fields.text("label", required=False))
    fields.close()
    return found


def _prohibition(fields: ListFields, findings: Findings) -> ProhibitionContent:
    found = ProhibitionContent(
        code=fields.text("code", required=False),
        words=fields.text("words", required=False),
        basis=fields.text("basis", required=False),
        consequence=fields.text("consequence", required=False),
        who=fields.text("who", required=False),
        watched_by=fields.text_or("watched_by", otherwise=WATCHED_BY),
        is_sample=fields.truth_or("is_sample", otherwise=True),
        items=fields.texts("items", required=False),
        steps=tuple(_tie(part) for part in fields.records("steps")),
        posts=fields.choices("posts", PostKind) if fields.has("posts") else (),
    )
    fields.close()
    parts = ("code", "words", "basis", "consequence", "who", "watched_by", "items", "steps", "posts")
    _stand(fields, findings, "prohibition", found.code, {part: part for part in parts})
    return found


def _tie(fields: ListFields) -> StepTie:
    found = StepTie(item_code=fields.text("item"), node_key=fields.text("step"))
    fields.close()
    return found
