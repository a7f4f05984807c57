"""Going on under a later version of the procedure (rule 9 of publicity.matters.course). Pure."""

from dataclasses import replace

from publicity.matters.course import (
    Move,
    Visit,
)
from publicity.matters.walking import OutOfOrder, Run, Scope, due_day, graph_at, is_entered, node_at, slug_at
from village_lists.flowcharts.graph import NodeKind
from village_lists.markers import N_


def go_on_under(run: Run, move: Move) -> None:
    """Go on under another plan, where everything that is active or waits has its place there too."""
    if move.plan is None:
        raise OutOfOrder(N_("没有写明换成哪个流程"))
    before, run.plan = run.plan, move.plan
    former = {path: scope.slug for path, scope in run.scopes.items()}
    scopes = {path: slug_at(move.plan, path) for path in run.scopes}
    fits = all(slug is not None for slug in scopes.values())
    if fits:
        for path, slug in scopes.items():
            run.scopes[path].slug = slug or ""
        fits = all(_has_visit(run, visit) for visit in map(run.visits.__getitem__, run.active.values()))
        fits = fits and all(_has_arrows(run, path, scope) for path, scope in run.scopes.items())
    if not fits:
        # On a past day the course goes on without a deed that it does not allow.
        run.plan = before
        for path, slug in former.items():
            run.scopes[path].slug = slug
        raise OutOfOrder(N_("正在办的步骤在新的流程里没有，不能换过去"))
    for place, number in run.active.items():
        path, _, key = place.rpartition("/")
        visit, node = run.visits[number], node_at(run, path, key)
        due = due_day(node, since=visit.since, calendar=run.calendar)
        run.visits[number] = replace(visit, node=node, due=due)


def _has_visit(run: Run, visit: Visit) -> bool:
    path, _, key = visit.path.rpartition("/")
    node = next((one for one in graph_at(run, path).nodes if one.key == key), None)
    if node is None or node.kind is not visit.node.kind:
        return False
    return node.kind is not NodeKind.PREDEFINED or not is_entered(run, path, node)


def _has_arrows(run: Run, path: str, scope: Scope) -> bool:
    nodes = {node.key: node.kind for node in graph_at(run, path).nodes}
    arrows = {(edge.source, edge.label, edge.target) for edge in graph_at(run, path).edges}
    return all(
        nodes.get(place.rpartition("/")[2]) is NodeKind.PARALLEL
        and all((*walked, place.rpartition("/")[2]) in arrows for walked in joins)
        for place, joins in scope.joins.items()
    )
