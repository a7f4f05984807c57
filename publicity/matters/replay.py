"""Replaying the deeds of a matter over its procedure. Pure; the rules stand in publicity.matters.course."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from publicity.matters.budgets import budget_findings
from publicity.matters.course import (
    Course,
    HungPosting,
    Meeting,
    Move,
    Plan,
    VisitState,
)
from publicity.matters.findings import findings_of
from publicity.matters.models import MatterDeed, MatterState
from publicity.matters.moving import go_on_under
from publicity.matters.postings import posting_duties_of
from publicity.matters.standings import embedded_in, standings_of
from publicity.matters.taken_back import finding_of_taken_back
from publicity.matters.walking import OutOfOrder, Run, begin, exits_of, pass_on, settle
from village_lists.days import WorkingDays
from village_lists.flowcharts.graph import NodeKind
from village_lists.markers import N_
from village_lists.places.models import BodyKind

ENDINGS = {
    MatterDeed.DONE: VisitState.DONE,
    MatterDeed.DECIDED: VisitState.DONE,
    MatterDeed.SKIPPED: VisitState.SKIPPED,
    MatterDeed.HANDED_OVER: VisitState.HANDED_OVER,
}


AFTERWARDS = {MatterDeed.POSTED, MatterDeed.TAKEN_DOWN, MatterDeed.VOIDED}
"""What may still happen once a matter is done or stopped: postings outlive it, and a mistake is taken back."""


def course_of(
    plan: Plan,
    moves: Sequence[Move],
    *,
    opened_on: date,
    on: date,
    calendar: WorkingDays,
    posting_days: int | None,
    body_kind: BodyKind,
    budget_fen: int | None,
) -> Course:
    """Return where a matter stands on a day after all its deeds that happened by then.

    `posting_days`: within how many days a demanded posting is due (None: the rule book does not say). `body_kind`:
    whose matter it is, which says who has to carry a step. Raise OutOfOrder for a deed that the course does not allow.
    """

    def replay(some: Sequence[Move], until: date) -> Run:
        run = Run(plan=plan, calendar=calendar, budget_fen=budget_fen)
        begin(run, "", plan.root, opened_on)
        settle(run)
        _follow(run, some, until)
        return run

    standing, taken_back = sorted_out(moves)
    run = replay(standing, on)
    told = [
        finding_of_taken_back(replay([*one.before, one.move], date.max).visits, one.move, reason=one.reason)
        for one in taken_back
        if one.move.happened_on <= on
    ]
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
        findings=(
            *findings_of(visits, duties, body_kind=body_kind, on=on),
            *budget_findings(run.budgets),
            *filter(None, told),
        ),
        posting_duties=duties,
        is_stuck=run.state is MatterState.RUNNING and not run.active and waits,
    )


@dataclass(frozen=True, kw_only=True)
class TakenBack:
    """A deed that was taken back, why, and the deeds that stood before it."""

    move: Move
    reason: str
    before: tuple[Move, ...]


def sorted_out(moves: Sequence[Move]) -> tuple[list[Move], list[TakenBack]]:
    """Return the deeds that stand, and those that were taken back; raise OutOfOrder where another than the last is."""
    standing: list[Move] = []
    taken_back: list[TakenBack] = []
    for move in moves:
        if move.deed is not MatterDeed.VOIDED:
            standing.append(move)
        elif standing and standing[-1].sequence == move.content.get("sequence"):
            gone = standing.pop()
            taken_back.append(TakenBack(move=gone, reason=move.words, before=tuple(standing)))
        else:
            raise OutOfOrder(N_("只能撤回最后登记的一条"))
    return standing, taken_back


def _follow(run: Run, moves: Sequence[Move], until: date) -> None:
    """Apply the deeds that happened by a day; where that leaves some out, also without what is not allowed then."""
    counted = [move for move in moves if move.happened_on <= until]
    for move in counted:
        try:
            _apply(run, move)
        except OutOfOrder:
            if len(counted) == len(moves):
                raise
            continue
        settle(run)


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
        run.budgets.append(move)
    elif move.deed is MatterDeed.MOVED:
        go_on_under(run, move)
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
    edges = exits_of(run, path, key)
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
    pass_on(run, path, edges, move.happened_on)


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
    down = replace(postings[position], taken_down_on=move.happened_on, taken_down_by=move.sequence)
    postings[position] = down
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
