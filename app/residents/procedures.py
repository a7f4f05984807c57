"""The procedures of an item as a phone shows them: drawn, and told in words for those who cannot see the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from village_lists.flowcharts.chart import Form
from village_lists.flowcharts.draw import draw
from village_lists.flowcharts.graph import Graph
from village_lists.flowcharts.layout import lay_out
from village_lists.flowcharts.palette import Palette
from village_lists.flowcharts.tell import Say, TextStep, tell
from village_lists.powers.models import PowerItem, Procedure
from village_lists.powers.queries import graph_of, procedure_by_slug
from village_lists.prohibitions.models import Prohibition

# The tokens of the style sheet, so that a drawing turns dark with its page.
TOKENS = Palette(
    ink="var(--ink)",
    ink_2="var(--ink-2)",
    accent="var(--village)",
    on_accent="var(--card)",
    good="var(--good)",
    late="var(--late)",
    missing="var(--missing)",
    line="var(--line)",
    card="var(--card)",
    symbol_fill="var(--village)",
    symbol_line="var(--village)",
)
FONTS = "inherit"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A procedure ready for the page; `is_embedded` tells one that a step of another refers to."""

    slug: str
    title: str
    drawing: Markup
    steps: tuple[TextStep, ...]
    amount_from_fen: int | None
    amount_below_fen: int | None
    is_embedded: bool


def procedures_of(
    session: Session, *, item: PowerItem, prohibitions: Sequence[Prohibition], size: str, say: Say
) -> list[Shown]:
    """Return the procedures of an item, then those that their steps embed, each once."""
    words = {prohibition.code: prohibition.words for prohibition in prohibitions}
    marks: dict[str, list[str]] = {}
    for prohibition in prohibitions:
        for tie in prohibition.ties:
            if tie.item_code == item.code and tie.node_key:
                marks.setdefault(tie.node_key, []).append(prohibition.code)
    prohibited = {key: tuple(codes) for key, codes in marks.items()}
    shown = [_shown(one, graph_of(one, prohibited=prohibited), words, size, say) for one in item.procedures]
    known = {procedure.slug for procedure in item.procedures}
    waiting = [node.embeds for procedure in item.procedures for node in procedure.nodes if node.embeds]
    while waiting:
        slug = waiting.pop(0)
        procedure = None if slug in known else procedure_by_slug(session, version_id=item.version_id, slug=slug)
        known.add(slug)
        if procedure is not None:
            shown.append(_shown(procedure, graph_of(procedure), words, size, say, is_embedded=True))
            waiting += [node.embeds for node in procedure.nodes if node.embeds]
    return shown


def _shown(
    procedure: Procedure, graph: Graph, words: dict[str, str], size: str, say: Say, *, is_embedded: bool = False
) -> Shown:
    chart = lay_out(graph, Form.PHONE, is_large=size == "large", say=say, prohibitions=words)
    drawing = draw(chart, title_id=f"chart-{procedure.slug}", say=say, palette=TOKENS, fonts=FONTS)
    return Shown(
        slug=procedure.slug,
        title=procedure.title,
        drawing=Markup(drawing),  # noqa: S704 - draw escapes every word
        steps=tuple(tell(graph, say=say, prohibitions=words)),
        amount_from_fen=procedure.amount_from_fen,
        amount_below_fen=procedure.amount_below_fen,
        is_embedded=is_embedded,
    )
