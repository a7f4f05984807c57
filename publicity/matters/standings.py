"""How each box of a live flowchart stands: from the visits, and from what passes by itself. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from publicity.matters.course import Plan, Visit, VisitState
from village_lists.flowcharts.graph import Node, NodeKind
from village_lists.flowcharts.standings import Standing, StandingKind
from village_lists.markers import N_

HANDED_OVER = N_("由后面的步骤来办")
STOPPED = N_("停办")


def embedded_in(plan: Plan) -> dict[str, str]:
    """Return the slug of every procedure of the plan by its path, the root under "", outer ones first."""
    found: dict[str, str] = {}
    waiting = [("", plan.root, frozenset({plan.root}))]
    while waiting:
        path, slug, around = waiting.pop(0)
        found[path] = slug
        for node in plan.graphs[slug].nodes:
            if node.kind is NodeKind.PREDEFINED and node.embeds in plan.graphs and node.embeds not in around:
                inner = f"{path}/{node.key}" if path else node.key
                waiting.append((inner, node.embeds, around | {node.embeds}))
    return found


def standings_of(
    plan: Plan,
    embedded: Mapping[str, str],
    visits: Sequence[Visit],
    *,
    passed: Mapping[str, date],
    open_scopes: Collection[str],
    on: date,
) -> dict[str, dict[str, Standing]]:
    """Return by the path of a procedure the standing of each of its nodes, of the newest visit.

    `passed`: the day on which a node was passed that nobody has to do; `open_scopes`: what is being walked inside.
    """
    newest = {visit.path: visit for visit in visits}
    return {
        path: {
            node.key: _standing(node, f"{path}/{node.key}" if path else node.key, newest, passed, open_scopes, on)
            for node in plan.graphs[slug].nodes
        }
        for path, slug in embedded.items()
    }


def _standing(
    node: Node,
    place: str,
    newest: Mapping[str, Visit],
    passed: Mapping[str, date],
    open_scopes: Collection[str],
    on: date,
) -> Standing:
    if place in newest:
        return visit_standing(newest[place], on=on)
    if node.kind is NodeKind.PREDEFINED and place in open_scopes:
        return Standing(StandingKind.CURRENT)
    if place in passed:
        return Standing(StandingKind.DONE, on=passed[place])
    return Standing(StandingKind.WAITING)


def visit_standing(visit: Visit, *, on: date) -> Standing:
    """Return how a visit stands on a day; words are marked sentences or what somebody wrote."""
    ended = visit.done_on or ""
    if visit.state is VisitState.DONE:
        return Standing(StandingKind.DONE, words=visit.exit, on=ended)
    if visit.state is VisitState.HANDED_OVER:
        return Standing(StandingKind.DONE, words=HANDED_OVER, on=ended)
    if visit.state is VisitState.SKIPPED:
        return Standing(StandingKind.SKIPPED, words=visit.words, on=ended)
    if visit.state is VisitState.STOPPED:
        return Standing(StandingKind.SKIPPED, words=STOPPED, on=ended)
    if visit.due is not None and on > visit.due:
        return Standing(StandingKind.OVERDUE, words=f"{(on - visit.due).days} 天", on=visit.due)
    return Standing(StandingKind.CURRENT, on=visit.due or "")
