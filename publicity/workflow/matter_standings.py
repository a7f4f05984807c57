"""The standings of a live flowchart in words that are ready to be read, on the phone as on paper. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from publicity.matters.course import Course
from publicity.matters.standings import HANDED_OVER, STOPPED
from village_lists.flowcharts.graph import Graph, NodeKind
from village_lists.flowcharts.standings import Standing, StandingKind
from village_lists.flowcharts.tell import Say, say_chinese
from village_lists.markers import N_

LONGEST_REASON = 24
"""A box of the chart has room for the beginning of a reason; the story beside it tells the whole."""


def shown_standings(
    course: Course, path: str, *, on: date, say: Say = say_chinese, cover: Callable[[str], str] = str
) -> Mapping[str, Standing]:
    """Return the standings of the steps of one procedure (its path) in the reader's words, by node key.

    What came back says which time it is, another year than today's is named; `cover` masks what somebody wrote.
    """
    rounds: dict[str, int] = {}
    for visit in course.visits:
        rounds[visit.path] = max(visit.round, rounds.get(visit.path, 0))
    return {
        key: _shown(standing, rounds.get(f"{path}/{key}".lstrip("/"), 1), on, say, cover)
        for key, standing in course.standings[path].items()
    }


def _shown(standing: Standing, round_: int, on: date, say: Say, cover: Callable[[str], str]) -> Standing:
    words = _words(standing, on, say, cover)
    if round_ > 1 and standing.kind is not StandingKind.WAITING:
        again = say(N_("第 %(round)d 次"), {"round": round_})
        words = say(N_("%(words)s（%(again)s）"), {"words": words, "again": again}) if words else again
    ended = standing.on
    if isinstance(ended, date) and ended.year != on.year:
        # A matter may take years; the chart names the year where it is not this one.
        values = {"year": ended.year, "month": ended.month, "day": ended.day}
        ended = say(N_("%(year)s年%(month)s月%(day)s日"), values)
    return replace(standing, words=words, on=ended)


def _words(standing: Standing, on: date, say: Say, cover: Callable[[str], str]) -> str:
    if standing.kind is StandingKind.OVERDUE and isinstance(standing.on, date):
        return say(N_("%(days)d 天"), {"days": (on - standing.on).days})
    if standing.words in {HANDED_OVER, STOPPED}:
        return say(standing.words, {})
    words = cover(standing.words)
    return words if len(words) <= LONGEST_REASON else f"{words[:LONGEST_REASON]}…"


def linked_inside(course: Course, path: str) -> Graph:
    """Return the graph of a procedure of the course; steps that embed another name its path (wuyi-deep)."""
    graph = course.plan.graphs[course.embedded[path]]
    nodes = []
    for node in graph.nodes:
        inner = f"{path}/{node.key}".lstrip("/")
        is_entered = node.kind is NodeKind.PREDEFINED and inner in course.embedded
        nodes.append(replace(node, embeds=anchor_of(inner)) if is_entered else node)
    return replace(graph, nodes=tuple(nodes))


def anchor_of(path: str) -> str:
    """Return the name of a procedure's place on a page: its path with hyphens, `whole` for the outermost."""
    return path.replace("/", "-") or "whole"
