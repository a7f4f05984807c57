"""The procedures of an item as a phone shows them: drawn, and told in words for those who cannot see the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.amount_words import band_words
from app.palettes import FONTS, TOKENS
from app.words import language, say, type_size
from village_lists.flowcharts.chart import Form
from village_lists.flowcharts.draw import draw
from village_lists.flowcharts.graph import Graph
from village_lists.flowcharts.layout import lay_out
from village_lists.flowcharts.tell import TextStep, tell
from village_lists.places.models import Place
from village_lists.powers.bands import Band, Limit
from village_lists.powers.models import PowerItem, Procedure
from village_lists.powers.pages import OtherUse, bands_of, other_uses
from village_lists.powers.queries import graph_of, procedure_by_slug
from village_lists.prohibitions.models import Prohibition

KEPT_DRAWINGS = 512


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A procedure ready for the page; `is_embedded` tells one that a step of another refers to.

    `band` is for which amounts it is meant, `amounts` the same in words; `others` are further items that follow it.
    """

    slug: str
    title: str
    drawing: Markup
    steps: tuple[TextStep, ...]
    band: Band | None
    amounts: str
    others: tuple[OtherUse, ...]
    is_embedded: bool

    @property
    def postings(self) -> tuple[TextStep, ...]:
        """Return the steps that demand a posting."""
        return tuple(step for step in self.steps if step.posting)


def procedures_of(
    session: Session, *, item: PowerItem, prohibitions: Sequence[Prohibition], place: Place
) -> list[Shown]:
    """Return the procedures of an item as they stand at a place today, then those that their steps embed, each once."""
    words = tuple((prohibition.code, prohibition.words) for prohibition in prohibitions)
    prohibited = _marks(item, prohibitions)
    bands = bands_of(session, item=item, place=place, on=clock.today())
    others = other_uses(session, item=item)
    own = [
        _shown(one, words, prohibited, band=bands.get(one.slug), others=others.get(one.slug, ()))
        for one in item.procedures
    ]
    return own + [_shown(one, words, {}, is_embedded=True) for one in embedded_in(session, item=item)]


def limits_in(procedures: Sequence[Shown]) -> tuple[Limit, ...]:
    """Return the amounts that choose between the procedures, each once, the smallest first."""
    found = {limit.key: limit for one in procedures if one.band for limit in one.band.limits}
    return tuple(sorted(found.values(), key=lambda limit: (limit.fen is None, limit.fen or 0)))


def embedded_in(session: Session, *, item: PowerItem) -> list[Procedure]:
    """Return the procedures that steps of the item's procedures embed, and what those embed; a statement each."""
    found: list[Procedure] = []
    known = {procedure.slug for procedure in item.procedures}
    waiting = [node.embeds for procedure in item.procedures for node in procedure.nodes if node.embeds]
    while waiting:
        slug = waiting.pop(0)
        procedure = None if slug in known else procedure_by_slug(session, version_id=item.version_id, slug=slug)
        known.add(slug)
        if procedure is not None:
            found.append(procedure)
            waiting += [node.embeds for node in procedure.nodes if node.embeds]
    return found


def _marks(item: PowerItem, prohibitions: Sequence[Prohibition]) -> dict[str, tuple[str, ...]]:
    """Return the codes of the prohibitions of each step of the item, by node key."""
    marks: dict[str, list[str]] = {}
    for prohibition in prohibitions:
        for tie in prohibition.ties:
            if tie.item_code == item.code and tie.node_key:
                marks.setdefault(tie.node_key, []).append(prohibition.code)
    return {key: tuple(codes) for key, codes in marks.items()}


def _shown(
    procedure: Procedure,
    words: tuple[tuple[str, str], ...],
    prohibited: dict[str, tuple[str, ...]],
    *,
    band: Band | None = None,
    others: tuple[OtherUse, ...] = (),
    is_embedded: bool = False,
) -> Shown:
    graph = graph_of(procedure, prohibited=prohibited)
    told = {code for node in graph.nodes for code in node.prohibitions}
    own = tuple(pair for pair in words if pair[0] in told)
    drawing, steps = _drawn(graph, own, f"chart-{procedure.slug}", type_size(), language())
    return Shown(
        slug=procedure.slug,
        title=procedure.title,
        drawing=drawing,
        steps=steps,
        band=band,
        amounts=band_words(band) if band else "",
        others=others,
        is_embedded=is_embedded,
    )


@lru_cache(maxsize=KEPT_DRAWINGS)
def _drawn(
    graph: Graph,
    prohibitions: tuple[tuple[str, str], ...],
    name: str,
    size: str,
    spoken: str,  # noqa: ARG001 - tells the drawings of one language from those of another
) -> tuple[Markup, tuple[TextStep, ...]]:
    """Return a graph drawn and told. The arguments are all that a drawing depends on, so it can be kept."""
    words = dict(prohibitions)
    chart = lay_out(graph, Form.PHONE, is_large=size == "large", say=say, prohibitions=words)
    drawing = draw(chart, title_id=name, say=say, palette=TOKENS, fonts=FONTS)
    return Markup(drawing), tuple(tell(graph, say=say, prohibitions=words))  # noqa: S704 - draw escapes every word
