"""A procedure drawn for the screen of who edits it, in the colours of the page, also while it is not well formed."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from app.palettes import FONTS, TOKENS
from app.words import say, type_size
from village_lists.flowcharts.chart import Form
from village_lists.flowcharts.draw import draw
from village_lists.flowcharts.graph import Graph
from village_lists.flowcharts.layout import lay_out
from village_lists.flowcharts.tell import TextStep, tell


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A procedure as a picture and as steps in words; `is_whole` is False where arrows or steps had to be left out."""

    picture: Markup
    steps: tuple[TextStep, ...]
    is_whole: bool


def drawing_of(graph: Graph, *, name: str, prohibitions: Mapping[str, str] | None = None) -> Drawing | None:
    """Return a graph as it can be drawn now, or None where there is nothing to draw; `name` is unique on the page."""
    whole = drawable(graph)
    if not whole.nodes:
        return None
    chart = lay_out(whole, Form.PHONE, is_large=type_size() == "large", say=say, prohibitions=prohibitions)
    picture = draw(chart, title_id=name, say=say, palette=TOKENS, fonts=FONTS)
    return Drawing(
        picture=Markup(picture),  # noqa: S704 - draw escapes every word
        steps=tuple(tell(whole, say=say, prohibitions=prohibitions)),
        is_whole=whole == graph,
    )


def drawable(graph: Graph) -> Graph:
    """Return what of a graph can be drawn: steps with different keys, arrows between them, none twice or to itself."""
    nodes = tuple({node.key: node for node in graph.nodes}.values())
    keys = {node.key for node in nodes}
    edges = [edge for edge in graph.edges if edge.source in keys and edge.target in keys and edge.source != edge.target]
    return Graph(title=graph.title, nodes=nodes, edges=tuple(dict.fromkeys(edges)))
