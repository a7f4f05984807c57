"""Walking through the procedures of a matter: what is reached, what waits at joins, what is left. Pure.

The rules stand in publicity.matters.course; what deeds do is in publicity.matters.replay.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from publicity.matters.course import (
    Move,
    Plan,
    Visit,
    VisitState,
)
from publicity.matters.models import MatterState
from village_lists.days import WorkingDays
from village_lists.errors import Refusal
from village_lists.flowcharts.graph import DayKind, Edge, Graph, Node, NodeKind
from village_lists.markers import N_

MOST_PASSED = 1000
"""More than any procedure passes by itself between two deeds; a circle of nothing but embedded procedures ends here."""


class OutOfOrder(Refusal):
    """The course does not allow this deed now."""


@dataclass
class Scope:
    """A procedure that is being walked: its slug, the day of the last end of a branch in it, what waits at joins."""

    slug: str
    last_end: date
    joins: dict[str, dict[tuple[str, str], date]] = field(default_factory=dict)


@dataclass
class Run:
    """A course while it is replayed.

    `passed`: the days on which nodes were passed that nobody has to do; `budgets`: the deeds that changed the budget.
    """

    plan: Plan
    calendar: WorkingDays
    budget_fen: int | None
    scopes: dict[str, Scope] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    active: dict[str, int] = field(default_factory=dict)
    passed: dict[str, date] = field(default_factory=dict)
    budgets: list[Move] = field(default_factory=list)
    state: MatterState = MatterState.RUNNING
    closed_on: date | None = None


def begin(run: Run, path: str, slug: str, day: date) -> None:
    """Walk into a procedure at its start."""
    run.scopes[path] = Scope(slug=slug, last_end=day)
    for node in graph_at(run, path).nodes:
        if node.kind is NodeKind.START:
            run.passed[_under(path, node.key)] = day
            pass_on(run, path, exits_of(run, path, node.key), day)


def _arrive(run: Run, path: str, edge: Edge, day: date) -> None:
    """Walk along an arrow to the node at its end."""
    node = node_at(run, path, edge.target)
    place = _under(path, node.key)
    if node.kind is NodeKind.END:
        run.passed[place] = day
        run.scopes[path].last_end = day
    elif node.kind is NodeKind.START:
        pass_on(run, path, exits_of(run, path, node.key), day)
    elif node.kind is NodeKind.PARALLEL:
        run.scopes[path].joins.setdefault(place, {})[edge.source, edge.label] = day
    elif node.kind is NodeKind.PREDEFINED and is_entered(run, path, node):
        if place not in run.scopes:
            begin(run, place, node.embeds, day)
    elif place not in run.active:
        _visit(run, place, node, day)


def _visit(run: Run, place: str, node: Node, day: date) -> None:
    earlier = sum(visit.path == place for visit in run.visits)
    run.active[place] = len(run.visits)
    run.visits.append(
        Visit(
            path=place,
            round=earlier + 1,
            node=node,
            state=VisitState.ACTIVE,
            since=day,
            due=due_day(node, since=day, calendar=run.calendar),
        )
    )


def due_day(node: Node, *, since: date, calendar: WorkingDays) -> date | None:
    """Return the last day of a step's time limit, or None where it has none."""
    if node.limit_days is None:
        return None
    if node.limit_kind is DayKind.WORKING:
        return calendar.plus(since, node.limit_days)
    return since + timedelta(days=node.limit_days)


def settle(run: Run) -> None:
    """Let joins pass whose arrows were all walked, and leave procedures in which nothing is left, inner ones first."""
    for _ in range(MOST_PASSED):
        if not (_join(run) or _leave(run)):
            return
    raise OutOfOrder(N_("这套流程里有一圈没有人办的步骤，走不出来，请县级管理员改正流程"))


def _join(run: Run) -> bool:
    for path, scope in run.scopes.items():
        for place, walked in scope.joins.items():
            key = place.rpartition("/")[2]
            wanted = {(edge.source, edge.label) for edge in graph_at(run, path).edges if edge.target == key}
            if wanted <= walked.keys():
                day = max(walked.values())
                del scope.joins[place]
                run.passed[place] = day
                pass_on(run, path, exits_of(run, path, key), day)
                return True
    return False


def _leave(run: Run) -> bool:
    for path in sorted(run.scopes, key=lambda one: -one.count("/") - bool(one)):
        scope = run.scopes[path]
        if scope.joins or any(_is_inside(one, path) for one in (*run.active, *run.scopes) if one != path):
            continue
        del run.scopes[path]
        if not path:
            run.state, run.closed_on = MatterState.DONE, scope.last_end
        else:
            outer, _, key = path.rpartition("/")
            run.passed[path] = scope.last_end
            pass_on(run, outer, exits_of(run, outer, key), scope.last_end)
        return True
    return False


def _is_inside(place: str, path: str) -> bool:
    return not path or place.startswith(f"{path}/")


def pass_on(run: Run, path: str, edges: Sequence[Edge], day: date) -> None:
    """Walk along arrows; where there are none the branch ends here, on that day."""
    if not edges:
        run.scopes[path].last_end = day
    for edge in edges:
        _arrive(run, path, edge, day)


def slug_at(plan: Plan, path: str) -> str | None:
    """Return which procedure a path walks into under a plan, or None where there is none."""
    slug = plan.root
    for key in filter(None, path.split("/")):
        node = next((one for one in plan.graphs[slug].nodes if one.key == key), None)
        if node is None or node.kind is not NodeKind.PREDEFINED or node.embeds not in plan.graphs:
            return None
        slug = node.embeds
    return slug


def is_entered(run: Run, path: str, node: Node) -> bool:
    """Whether the procedure that a step embeds is in the plan and not being walked around it already."""
    keys = path.split("/") if path else []
    around = {slug_at(run.plan, "/".join(keys[:count])) for count in range(len(keys) + 1)}
    return node.embeds in run.plan.graphs and node.embeds not in around


def graph_at(run: Run, path: str) -> Graph:
    """Return the procedure that is being walked under a path."""
    return run.plan.graphs[run.scopes[path].slug]


def node_at(run: Run, path: str, key: str) -> Node:
    """Return a node of the procedure under a path by its key."""
    return next(node for node in graph_at(run, path).nodes if node.key == key)


def exits_of(run: Run, path: str, key: str) -> list[Edge]:
    """Return the arrows that leave a node of the procedure under a path."""
    return [edge for edge in graph_at(run, path).edges if edge.source == key]


def _under(path: str, key: str) -> str:
    return f"{path}/{key}" if path else key
