"""Replaying the deeds of a matter over its procedure. Pure; the rules stand in publicity.matters.course."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from publicity.matters.course import (
    Course,
    HungPosting,
    Meeting,
    Move,
    Plan,
    Visit,
    VisitState,
)
from publicity.matters.findings import findings_of
from publicity.matters.models import MatterDeed, MatterState
from publicity.matters.postings import posting_duties_of
from publicity.matters.standings import embedded_in, standings_of
from village_lists.days import WorkingDays
from village_lists.errors import Refusal
from village_lists.flowcharts.graph import DayKind, Edge, Graph, Node, NodeKind
from village_lists.markers import N_

ENDINGS = {
    MatterDeed.DONE: VisitState.DONE,
    MatterDeed.DECIDED: VisitState.DONE,
    MatterDeed.SKIPPED: VisitState.SKIPPED,
    MatterDeed.HANDED_OVER: VisitState.HANDED_OVER,
}
MOST_PASSED = 1000
"""More than any procedure passes by itself between two deeds; a circle of nothing but embedded procedures ends here."""
AFTERWARDS = {MatterDeed.POSTED, MatterDeed.TAKEN_DOWN, MatterDeed.VOIDED}
"""What may still happen once a matter is done or stopped: postings outlive it, and a mistake is taken back."""


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
    """A course while it is replayed; `passed`: the days on which nodes were passed that nobody has to do."""

    plan: Plan
    calendar: WorkingDays
    budget_fen: int | None
    scopes: dict[str, Scope] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    active: dict[str, int] = field(default_factory=dict)
    passed: dict[str, date] = field(default_factory=dict)
    state: MatterState = MatterState.RUNNING
    closed_on: date | None = None


def course_of(
    plan: Plan,
    moves: Sequence[Move],
    *,
    opened_on: date,
    on: date,
    calendar: WorkingDays,
    posting_days: int | None,
    voting: Mapping[str, str],
    budget_fen: int | None,
) -> Course:
    """Return where a matter stands on a day after all its deeds.

    `posting_days`: within how many days a demanded posting is due (None: the rule book does not say). `voting`: by path
    the body of the rule book that has to carry the step. Raise OutOfOrder for a deed that the course does not allow.
    """
    run = Run(plan=plan, calendar=calendar, budget_fen=budget_fen)
    _begin(run, "", plan.root, opened_on)
    _settle(run)
    for move in standing_moves(moves):
        _apply(run, move)
        _settle(run)
    visits = tuple(run.visits)
    duties = posting_duties_of(visits, posting_days=posting_days, on=on)
    embedded = embedded_in(run.plan)
    waits = any(scope.joins for scope in run.scopes.values())
    return Course(
        state=run.state,
        closed_on=run.closed_on,
        budget_fen=run.budget_fen,
        plan=run.plan,
        visits=visits,
        standings=standings_of(run.plan, embedded, visits, passed=run.passed, open_scopes=run.scopes.keys(), on=on),
        embedded=embedded,
        findings=findings_of(visits, duties, voting=voting, on=on),
        posting_duties=duties,
        is_stuck=run.state is MatterState.RUNNING and not run.active and waits,
    )


def standing_moves(moves: Sequence[Move]) -> list[Move]:
    """Return the deeds without those that were taken back; raise OutOfOrder where another than the last one is."""
    found: list[Move] = []
    for move in moves:
        if move.deed is not MatterDeed.VOIDED:
            found.append(move)
        elif found and found[-1].sequence == move.content.get("sequence"):
            found.pop()
        else:
            raise OutOfOrder(N_("只能撤回最后登记的一条"))
    return found


def _begin(run: Run, path: str, slug: str, day: date) -> None:
    """Walk into a procedure at its start."""
    run.scopes[path] = Scope(slug=slug, last_end=day)
    for node in _graph(run, path).nodes:
        if node.kind is NodeKind.START:
            run.passed[_under(path, node.key)] = day
            _pass_on(run, path, _exits(run, path, node.key), day)


def _arrive(run: Run, path: str, edge: Edge, day: date) -> None:
    """Walk along an arrow to the node at its end."""
    node = _node(run, path, edge.target)
    place = _under(path, node.key)
    if node.kind is NodeKind.END:
        run.passed[place] = day
        run.scopes[path].last_end = day
    elif node.kind is NodeKind.START:
        _pass_on(run, path, _exits(run, path, node.key), day)
    elif node.kind is NodeKind.PARALLEL:
        run.scopes[path].joins.setdefault(place, {})[edge.source, edge.label] = day
    elif node.kind is NodeKind.PREDEFINED and _is_entered(run, path, node):
        if place not in run.scopes:
            _begin(run, place, node.embeds, day)
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


def _settle(run: Run) -> None:
    """Let joins pass whose arrows were all walked, and leave procedures in which nothing is left, inner ones first."""
    for _ in range(MOST_PASSED):
        if not (_join(run) or _leave(run)):
            return
    raise OutOfOrder(N_("这套流程里有一圈没有人办的步骤，走不出来，请县级管理员改正流程"))


def _join(run: Run) -> bool:
    for path, scope in run.scopes.items():
        for place, walked in scope.joins.items():
            key = place.rpartition("/")[2]
            wanted = {(edge.source, edge.label) for edge in _graph(run, path).edges if edge.target == key}
            if wanted <= walked.keys():
                day = max(walked.values())
                del scope.joins[place]
                run.passed[place] = day
                _pass_on(run, path, _exits(run, path, key), day)
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
            _pass_on(run, outer, _exits(run, outer, key), scope.last_end)
        return True
    return False


def _is_inside(place: str, path: str) -> bool:
    return not path or place.startswith(f"{path}/")


def _pass_on(run: Run, path: str, edges: Sequence[Edge], day: date) -> None:
    if not edges:
        run.scopes[path].last_end = day
    for edge in edges:
        _arrive(run, path, edge, day)


def _apply(run: Run, move: Move) -> None:
    if run.state is not MatterState.RUNNING and move.deed not in AFTERWARDS:
        raise OutOfOrder(N_("这件事已经结束，不能再登记"))
    if move.deed in ENDINGS:
        _end(run, move)
    elif move.deed is MatterDeed.MET:
        number = _active(run, move.step)
        visit = run.visits[number]
        run.visits[number] = replace(visit, meetings=(*visit.meetings, _meeting(move)))
    elif move.deed is MatterDeed.POSTED:
        _put_up(run, move)
    elif move.deed is MatterDeed.TAKEN_DOWN:
        _take_down(run, move)
    elif move.deed is MatterDeed.BUDGETED:
        run.budget_fen = move.content.get("budget_fen")
    elif move.deed is MatterDeed.MOVED:
        _move(run, move)
    else:
        _stop(run, move)


def _active(run: Run, place: str) -> int:
    if place not in run.active:
        raise OutOfOrder(N_("现在没有走到这一步，请刷新后再登记"))
    return run.active[place]


def _end(run: Run, move: Move) -> None:
    number = _active(run, move.step)
    visit = run.visits[number]
    path, _, key = move.step.rpartition("/")
    edges = _exits(run, path, key)
    is_decision = visit.node.kind is NodeKind.DECISION
    if move.deed is MatterDeed.HANDED_OVER:
        if not path:
            raise OutOfOrder(N_("这一步不在嵌入的流程里，没有后面的步骤来接"))
        edges = []
    elif is_decision:
        edges = [edge for edge in edges if edge.label == move.exit]
        if move.deed is MatterDeed.DONE or not edges:
            raise OutOfOrder(N_("这一步是判断，请选结果"))
    elif move.deed is MatterDeed.DECIDED:
        raise OutOfOrder(N_("这一步不是判断，没有结果可选"))
    del run.active[move.step]
    run.visits[number] = replace(
        visit,
        state=ENDINGS[move.deed],
        done_on=move.happened_on,
        exit=move.exit if is_decision and edges else "",
        words=move.words,
        sequence=move.sequence,
    )
    _pass_on(run, path, edges, move.happened_on)


def _meeting(move: Move) -> Meeting:
    said = move.content
    return Meeting(
        sequence=move.sequence,
        on=move.happened_on,
        decision_body=str(said["decision_body"]),
        meeting=str(said["meeting"]),
        due=int(said["due"]),
        present=int(said["present"]),
        in_favour=int(said["in_favour"]),
        passes=bool(said["passes"]),
        arithmetic=said["arithmetic"],
    )


def _newest(run: Run, place: str) -> int:
    numbers = [number for number, visit in enumerate(run.visits) if visit.path == place]
    if not numbers:
        raise OutOfOrder(N_("还没有走到这一步"))
    return numbers[-1]


def _hanging(run: Run, place: str) -> tuple[int, int] | None:
    """Return the visit and the place among its postings of what hangs for a step, or None."""
    for number, visit in enumerate(run.visits):
        for position, posting in enumerate(visit.postings):
            if visit.path == place and posting.taken_down_on is None:
                return number, position
    return None


def _put_up(run: Run, move: Move) -> None:
    number = _newest(run, move.step)
    if run.visits[number].node.posting is None:
        raise OutOfOrder(N_("流程没有要求这一步公示"))
    if _hanging(run, move.step):
        raise OutOfOrder(N_("这一步的公示还贴着，取下以后才能再贴"))
    posting = HungPosting(
        posted_on=move.happened_on,
        days=int(move.content["days"]),
        where=str(move.content.get("where", "")),
        record=move.content.get("record"),
        sequence=move.sequence,
    )
    run.visits[number] = replace(run.visits[number], postings=(*run.visits[number].postings, posting))


def _take_down(run: Run, move: Move) -> None:
    found = _hanging(run, move.step)
    if found is None:
        raise OutOfOrder(N_("这一步没有贴着的公示"))
    number, position = found
    visit = run.visits[number]
    postings = list(visit.postings)
    if move.happened_on < postings[position].posted_on:
        raise OutOfOrder(N_("取下的日期比贴出的日期早，请核对"))
    postings[position] = replace(postings[position], taken_down_on=move.happened_on)
    run.visits[number] = replace(visit, postings=tuple(postings))


def _stop(run: Run, move: Move) -> None:
    for number in run.active.values():
        run.visits[number] = replace(
            run.visits[number],
            state=VisitState.STOPPED,
            done_on=move.happened_on,
            words=move.words,
            sequence=move.sequence,
        )
    run.active.clear()
    run.scopes.clear()
    run.state, run.closed_on = MatterState.STOPPED, move.happened_on


def _move(run: Run, move: Move) -> None:
    """Go on under another plan, where everything that is active or waits has its place there too."""
    if move.plan is None:
        raise OutOfOrder(N_("没有写明换成哪个流程"))
    before, run.plan = run.plan, move.plan
    scopes = {path: _slug(move.plan, path) for path in run.scopes}
    fits = all(slug is not None for slug in scopes.values())
    if fits:
        for path, slug in scopes.items():
            run.scopes[path].slug = slug or ""
        fits = all(_has_visit(run, visit) for visit in map(run.visits.__getitem__, run.active.values()))
        fits = fits and all(_has_arrows(run, path, scope) for path, scope in run.scopes.items())
    if not fits:
        run.plan = before
        raise OutOfOrder(N_("正在办的步骤在新的流程里没有，不能换过去"))
    for place, number in run.active.items():
        path, _, key = place.rpartition("/")
        visit, node = run.visits[number], _node(run, path, key)
        due = due_day(node, since=visit.since, calendar=run.calendar)
        run.visits[number] = replace(visit, node=node, due=due)


def _slug(plan: Plan, path: str) -> str | None:
    """Return which procedure a path walks into under a plan, or None where there is none."""
    slug = plan.root
    for key in filter(None, path.split("/")):
        node = next((one for one in plan.graphs[slug].nodes if one.key == key), None)
        if node is None or node.kind is not NodeKind.PREDEFINED or node.embeds not in plan.graphs:
            return None
        slug = node.embeds
    return slug


def _has_visit(run: Run, visit: Visit) -> bool:
    path, _, key = visit.path.rpartition("/")
    node = next((one for one in _graph(run, path).nodes if one.key == key), None)
    if node is None or node.kind is not visit.node.kind:
        return False
    return node.kind is not NodeKind.PREDEFINED or not _is_entered(run, path, node)


def _has_arrows(run: Run, path: str, scope: Scope) -> bool:
    nodes = {node.key: node.kind for node in _graph(run, path).nodes}
    arrows = {(edge.source, edge.label, edge.target) for edge in _graph(run, path).edges}
    return all(
        nodes.get(place.rpartition("/")[2]) is NodeKind.PARALLEL
        and all((*walked, place.rpartition("/")[2]) in arrows for walked in joins)
        for place, joins in scope.joins.items()
    )


def _is_entered(run: Run, path: str, node: Node) -> bool:
    """Whether the procedure that a step embeds is in the plan and not being walked around it already."""
    keys = path.split("/") if path else []
    around = {_slug(run.plan, "/".join(keys[:count])) for count in range(len(keys) + 1)}
    return node.embeds in run.plan.graphs and node.embeds not in around


def _graph(run: Run, path: str) -> Graph:
    return run.plan.graphs[run.scopes[path].slug]


def _node(run: Run, path: str, key: str) -> Node:
    return next(node for node in _graph(run, path).nodes if node.key == key)


def _exits(run: Run, path: str, key: str) -> list[Edge]:
    return [edge for edge in _graph(run, path).edges if edge.source == key]


def _under(path: str, key: str) -> str:
    return f"{path}/{key}" if path else key
