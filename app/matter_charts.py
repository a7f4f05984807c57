"""The live flowcharts of a matter, drawn and told: shared by audiences, as app/differences.py is.

A chart for every procedure of the plan, the outermost first; its boxes show what is done, under way, overdue or
skipped, with days. What loops back says which time it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from app.palettes import FONTS, TOKENS
from app.words import day, say, type_size
from publicity.matters.course import Course
from publicity.workflow.matter_standings import anchor_of, linked_inside, shown_standings
from village_lists.flowcharts.chart import Form
from village_lists.flowcharts.draw import draw
from village_lists.flowcharts.layout import lay_out
from village_lists.flowcharts.standings import ON_THE_WAY, StandingKind
from village_lists.flowcharts.tell import TextStep, tell

TELLING = {*ON_THE_WAY, StandingKind.SKIPPED}


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
        return f"chart-{anchor_of(self.path)}"

    def place(self, step: TextStep) -> str:
        """Return the path of one of its steps, as deeds and money name it."""
        return f"{self.path}/{step.key}".lstrip("/")


def charts_of(
    course: Course, *, on: date, cover: Callable[[str], str] = str, form: Form = Form.PHONE
) -> list[LiveChart]:
    """Return the live flowchart of every procedure of the course, the outermost first, then embedded ones by path.

    `cover` masks what somebody wrote as a reason, for pages that everybody reads.
    """
    charts = []
    for path in sorted(course.embedded):
        standings = shown_standings(course, path, on=on, say=say, cover=cover)
        graph = linked_inside(course, path)
        chart = lay_out(graph, form, is_large=type_size() == "large", say=say, standings=standings)
        drawing = draw(chart, title_id=f"matter-{anchor_of(path)}", say=say, palette=TOKENS, fonts=FONTS)
        charts.append(
            LiveChart(
                path=path,
                slug=course.embedded[path],
                title=graph.title,
                drawing=Markup(drawing),  # noqa: S704 - draw escapes every word
                steps=tuple(tell(graph, say=say, standings=standings)),
                is_telling=any(one.kind in TELLING for one in course.standings[path].values()),
            )
        )
    return charts


def told(words: str, values: Mapping[str, object]) -> str:
    """Say a sentence of a matter in the reader's language: days in its gaps as people write them."""
    return say(words, {name: day(one) if isinstance(one, date) else one for name, one in values.items()})
