"""Reading of a procedure: each step names its own way on, so a clerk reads the file from top to bottom."""

from village_lists.flowcharts.graph import DayKind, Edge, Graph, Node, NodeKind, Posting
from village_lists.library.contents import Basis, Consequence, Procedure
from village_lists.library.fields import Fields
from village_lists.library.located import TEXT_TAGS
from village_lists.markers import N_


def read_bases(fields: Fields, *, required: bool = False) -> tuple[Basis, ...]:
    """Return the bases listed under `bases`."""
    return tuple(_basis(part) for part in fields.parts("bases", required=required))


def read_basis(fields: Fields) -> Basis | None:
    """Return the single basis under `basis`, or None."""
    part = fields.part("basis")
    return None if part is None else _basis(part)


def read_consequence(part: Fields) -> Consequence:
    """Return what follows from a breach, with its source; without one the words say that they are a sample."""
    consequence = Consequence(
        words=part.text("words"),
        source=part.text("source", required=False),
        article=part.text("article", required=False),
        spot=part.spot,
    )
    part.close()
    return consequence


def read_posting(part: Fields) -> Posting:
    """Return a posting: what, where, when in words, for how many days."""
    posting = Posting(
        what=part.text("what"),
        where=part.text("where"),
        days=part.whole("days"),
        when=part.text("when", required=False),
    )
    part.close()
    return posting


def read_procedure(fields: Fields, *, slug: str) -> Procedure:
    """Return the procedure of a mapping with `title` and `nodes`.

    A node says `next: key`, a parallel mark `next: [key, key]`, a decision `exits: {同意: key, 不同意: key}`.
    """
    title = fields.text("title")
    nodes: list[Node] = []
    edges: list[Edge] = []
    lines: dict[str, int] = {}
    for part in fields.parts("nodes"):
        key = part.text("key")
        nodes.append(_read_node(part, key))
        edges += _read_edges(part, key)
        lines[key] = part.line
        part.close()
    procedure = Procedure(
        slug=slug,
        title=title,
        graph=Graph(title=title, nodes=tuple(nodes), edges=tuple(edges)),
        bases=read_bases(fields),
        spot=fields.spot,
        node_lines=lines,
    )
    fields.close()
    return procedure


def _basis(part: Fields) -> Basis:
    """Return one basis: source, article, short text."""
    basis = Basis(
        source=part.text("source"),
        article=part.text("article", required=False),
        text=part.text("text", required=False),
        spot=part.spot,
    )
    part.close()
    return basis


def _read_node(part: Fields, key: str) -> Node:
    """Return one node; prohibitions are tied to it in the negative list, not here."""
    posting = part.part("posting")
    has_limit_kind = part.raw("limit_kind") is not None
    return Node(
        key=key,
        kind=part.choice("kind", NodeKind),
        title=part.text("title"),
        actor=part.text("actor", required=False),
        detail=part.text("detail", required=False),
        limit_days=part.whole("limit_days"),
        limit_kind=part.choice("limit_kind", DayKind) if has_limit_kind else DayKind.CALENDAR,
        evidence=part.texts("evidence", required=False),
        posting=None if posting is None else read_posting(posting),
        risk=part.text("risk", required=False),
        embeds=part.text("embeds", required=False),
    )


def _read_edges(part: Fields, key: str) -> list[Edge]:
    """Return the arrows that leave a node, in the order written."""
    edges = []
    exits = part.part("exits")
    if exits is not None:
        for label, value, line in exits.pairs():
            if value.scalar is None or value.tag not in TEXT_TAGS:
                exits.tell(line, N_("出口「%(label)s」后面应当写去哪一步"), label=label)
            else:
                edges.append(Edge(source=key, target=value.scalar, label=label))
    onward = part.raw("next")
    if onward is not None and onward.entries is not None:
        edges += [Edge(source=key, target=target) for target in part.texts("next")]
    elif onward is not None:
        target = part.text("next")
        edges += [Edge(source=key, target=target)] if target else []
    return edges
