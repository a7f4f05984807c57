"""The live flowcharts of a matter, drawn and told: shared by audiences, as app/differences.py is.

A chart for every procedure of the plan, the outermost first; its boxes show what is done, under way, overdue or
skipped, with days. What loops back says which time it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _
from markupsafe import Markup

from app.palettes import FONTS, TOKENS
from app.words import day, say, type_size
from publicity.matters.course import Course
from publicity.matters.standings import HANDED_OVER, STOPPED
from village_lists.flowcharts.chart import Form
from village_lists.flowcharts.draw import draw
from village_lists.flowcharts.graph import Graph, NodeKind
from village_lists.flowcharts.layout import lay_out
from village_lists.flowcharts.standings import ON_THE_WAY, Standing, StandingKind
from village_lists.flowcharts.tell import TextStep, tell

Cover = Callable[[str], str]
TELLING = {*ON_THE_WAY, StandingKind.SKIPPED}
LONGEST_REASON = 24
"""A box of the chart has room for the beginning of a reason; the story below it tells the whole."""


@dataclass(frozen=True, kw_only=True)
class LiveChart:
    """A procedure of a matter as it stands: drawn, and told step by step for those who cannot see the drawing.

    `path` is "" for the outermost, else the steps that embed it; `is_telling` where a step in it is being done or was
    skipped.
    """

    path: str
    slug: str
    title: str
    drawing: Markup
    steps: tuple[TextStep, ...]
    is_telling: bool

    @property
    def anchor(self) -> str:
        """Return the name of its place on the page."""
        return f"chart-{self.path.replace('/', '-') or 'whole'}"


def charts_of(course: Course, *, on: date, cover: Cover = str, form: Form = Form.PHONE) -> list[LiveChart]:
    """Return the live flowchart of every procedure of the course, the outermost first, then embedded ones by path.

    `cover` masks what somebody wrote as a reason, for pages that everybody reads.
    """
    charts = []
    for path in sorted(course.embedded):
        slug = course.embedded[path]
        standings = shown_standings(course, path, on=on, cover=cover)
        graph = linked_inside(course.plan.graphs[slug], course, path)
        chart = lay_out(graph, form, is_large=type_size() == "large", say=say, standings=standings)
        name = f"matter-{path.replace('/', '-') or 'whole'}"
        drawing = draw(chart, title_id=name, say=say, palette=TOKENS, fonts=FONTS)
        charts.append(
            LiveChart(
                path=path,
                slug=slug,
                title=graph.title,
                drawing=Markup(drawing),  # noqa: S704 - draw escapes every word
                steps=tuple(tell(graph, say=say, standings=standings)),
                is_telling=any(one.kind in TELLING for one in course.standings[path].values()),
            )
        )
    return charts


def linked_inside(graph: Graph, course: Course, path: str) -> Graph:
    """Return the graph with steps that embed a procedure of this course naming the place of its chart on the page."""
    nodes = tuple(
        replace(node, embeds=inner.replace("/", "-"))
        if node.kind is NodeKind.PREDEFINED and (inner := f"{path}/{node.key}".lstrip("/")) in course.embedded
        else node
        for node in graph.nodes
    )
    return replace(graph, nodes=nodes)


def shown_standings(course: Course, path: str, *, on: date, cover: Cover = str) -> Mapping[str, Standing]:
    """Return the standings of a procedure's steps in the reader's words, with which time it is where it came back."""
    rounds: dict[str, int] = {}
    for visit in course.visits:
        rounds[visit.path] = max(visit.round, rounds.get(visit.path, 0))
    return {
        key: _shown(standing, rounds.get(f"{path}/{key}".lstrip("/"), 1), on, cover)
        for key, standing in course.standings[path].items()
    }


def _shown(standing: Standing, round_: int, on: date, cover: Cover) -> Standing:
    words = _words(standing, on, cover)
    if round_ > 1 and standing.kind is not StandingKind.WAITING:
        again = _("第 %(round)d 次", round=round_)
        words = _("%(words)s（%(again)s）", words=words, again=again) if words else again
    ended = standing.on
    if isinstance(ended, date) and ended.year != on.year:
        # A matter may take years; the chart says the year where it is not this one.
        ended = day(ended)
    return replace(standing, words=words, on=ended)


def _words(standing: Standing, on: date, cover: Cover) -> str:
    if standing.kind is StandingKind.OVERDUE and isinstance(standing.on, date):
        return str(_("%(days)d 天", days=(on - standing.on).days))
    if standing.words in {HANDED_OVER, STOPPED}:
        return say(standing.words)
    words = cover(standing.words)
    return words if len(words) <= LONGEST_REASON else f"{words[:LONGEST_REASON]}…"


def told(words: str, values: Mapping[str, object]) -> str:
    """Say a sentence of a matter in the reader's language: days in its gaps as people write them."""
    return say(words, {name: day(one) if isinstance(one, date) else one for name, one in values.items()})
