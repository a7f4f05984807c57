"""Plans a power poster: one item of the list with its way, its prohibitions and its code, on one page.

The flowchart is drawn elsewhere: `plan` says how much room is left for it, the caller lays the chart out for that room.
"""

from dataclasses import dataclass, replace

from publicity.bulletins.measure import lines, width
from publicity.bulletins.papers import MM_PER_POINT, Paper
from publicity.codes.qr import QrPath, outline
from village_lists.errors import Refusal
from village_lists.markers import N_

LINE_HEIGHT = 1.35
CHART_SHARE = 0.45
"""The share of the page that the chart should get before the type grows."""
LEAST_CHART = 0.25

TITLE_EMS = {"a3": 16.5, "a4": 17.0}
"""Up to which width a title stands in its large size."""


class PosterTooFull(Refusal):
    """Prohibitions and bases leave no room for the flowchart."""


@dataclass(frozen=True, kw_only=True)
class PowerPoster:
    """All that a power poster says, in final words; `code` and `url` are empty for an item not yet adopted.

    `item_code` is the item's code in the list, `body` who is responsible, `sentence` what it is in one sentence,
    `prohibitions` whole sentences, `bases` legal bases with article, `list_version` the words for the list's version.
    `way` names the chart where an item has several (which amounts it is for); `facts` stand where an item has none.
    """

    place: str
    title: str
    item_code: str
    body: str
    sentence: str
    prohibitions: tuple[str, ...]
    bases: tuple[str, ...]
    hotline: str
    code: str
    url: str
    list_version: str
    way: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PosterPlan:
    """A poster laid out: type of `points` pt, and the room for the chart in millimetres."""

    poster: PowerPoster
    paper: Paper
    points: int
    has_long_title: bool
    chart_width_mm: float
    chart_height_mm: float
    qr: QrPath | None


def plan(poster: PowerPoster, paper: Paper) -> PosterPlan:
    """Return the poster in the largest type that leaves the chart its share.

    Where the prohibitions alone would take the chart's room, the last ones give way to a line that says how many more
    the code shows. Raises PosterTooFull where even that does not help.
    """
    kept = len(poster.prohibitions)
    while kept and _largest_room(_shortened(poster, kept), paper) < LEAST_CHART * paper.height:
        kept -= 1
    poster = _shortened(poster, kept)
    rooms = {points: _chart_room(poster, paper, points) for points in paper.poster_sizes}
    ample = [points for points, room in rooms.items() if room >= CHART_SHARE * paper.height]
    points = max(ample, default=paper.poster_sizes[0])
    if rooms[points] < LEAST_CHART * paper.height:
        raise PosterTooFull(N_("禁止事项和依据太多，一页纸放不下流程图，请改用更大的纸。"))
    return PosterPlan(
        poster=poster,
        paper=paper,
        points=points,
        has_long_title=width(poster.title) > TITLE_EMS[paper.name],
        chart_width_mm=paper.width,
        chart_height_mm=rooms[points],
        qr=outline(poster.url) if poster.url else None,
    )


def _shortened(poster: PowerPoster, kept: int) -> PowerPoster:
    left = len(poster.prohibitions) - kept
    if not left:
        return poster
    more = f"还有 {left} 条，扫一扫二维码或者看负面清单。"
    return replace(poster, prohibitions=(*poster.prohibitions[:kept], more))


def _largest_room(poster: PowerPoster, paper: Paper) -> float:
    return _chart_room(poster, paper, paper.poster_sizes[0])


def _chart_room(poster: PowerPoster, paper: Paper, points: int) -> float:
    """Return the height in millimetres that texts of `points` pt leave between the head and the foot."""
    em = points * MM_PER_POINT
    line = em * LINE_HEIGHT
    inner = (paper.width - 10) / em
    forbidden = sum(lines(words, inner - 1.2) for words in poster.prohibitions)
    texts = lines(poster.sentence, paper.width / em) + forbidden + lines("；".join(poster.bases), paper.width / em - 5)
    texts += lines(poster.way, paper.width / em) if poster.way else 0
    heading = line * 1.15
    gaps = 4 + 5.4 + 4 + 6
    return paper.height - paper.poster_head - paper.poster_foot - texts * line - heading - gaps
