"""Two thousand random matters: chart, duties and deadlines agree with a replay that shares no code."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from publicity.matters.course import Course, Finding, Move, Plan, PostingDuty, Visit
from publicity.matters.meetings import voting_of
from publicity.matters.models import MatterDeed
from publicity.matters.replay import OutOfOrder, course_of
from tests.publicity.matters import independent
from tests.publicity.matters.independent import Met, Net, Stay
from tests.publicity.matters.procedures import any_plan
from village_lists.days import WorkingDays
from village_lists.places.models import BodyKind

OPENED = date(2027, 12, 20)
CALENDAR = WorkingDays(
    days_off=frozenset({date(2028, 1, 3), date(2028, 1, 26), date(2028, 1, 27), date(2028, 1, 28)}),
    make_up_days=frozenset({date(2028, 1, 29)}),
    known_years=frozenset({2027, 2028}),
)
FLOW = ("done", "decided", "skipped", "handed_over")
DEEDS = [*FLOW, *FLOW, "met", "posted", "posted", "taken_down", "stopped", "voided"]
POSTING_DAYS = 3


@dataclass
class History:
    """A matter that lives by chance, written down twice: as deeds for the program, and in the net."""

    plan: Plan
    chance: Random
    today: date = OPENED
    moves: list[Move] = field(default_factory=list)
    refused: int = 0

    def net(self, moves: list[Move]) -> Net:
        """Return the net after the deeds that were not taken back."""
        net = Net(dict(self.plan.graphs), self.plan.root, OPENED)
        for move in moves:
            self._apply(net, move)
        return net

    def standing(self) -> list[Move]:
        """Return the deeds without those that were taken back."""
        gone = {move.content["sequence"] for move in self.moves if move.deed == "voided"}
        return [move for move in self.moves if move.deed != "voided" and move.sequence not in gone]

    def _apply(self, net: Net, move: Move) -> None:
        deed = move.deed.value
        if deed in FLOW:
            net.end(move.step, deed, move.happened_on, move.exit)
        elif deed == "met":
            if move.step not in net.resting():
                raise independent.RefusedError(move.step)
            said = move.content
            met = Met(
                said["arithmetic"]["needed_present"],
                said["present"],
                said["passes"],
                said["decision_body"],
                move.happened_on,
            )
            net.resting()[move.step].meetings.append(met)
        elif deed == "posted":
            net.put_up(move.step, move.happened_on, move.content["days"])
        elif deed == "taken_down":
            net.take_down(move.step, move.happened_on)
        else:
            net.stop(move.happened_on)

    def live(self) -> None:
        """Let one thing happen; what the net does not allow the program must refuse too."""
        self.today += timedelta(days=self.chance.choice([0, 1, 2, 5, 12]))
        move = self._any()
        if self._is_allowed(move):
            self.moves.append(move)
            return
        self.refused += 1
        try:
            self.course([*self.moves, move])
        except OutOfOrder:
            return
        raise AssertionError(f"not refused: {move}")

    def _is_allowed(self, move: Move) -> bool:
        if move.deed == "voided":
            standing = self.standing()
            return bool(standing) and standing[-1].sequence == move.content["sequence"]
        try:
            self.net([*self.standing(), move])
        except independent.RefusedError:
            return False
        return True

    def _any(self) -> Move:
        chance, net = self.chance, self.net(self.standing())
        here = list(net.resting()) or [stay.path for stay in net.stays] or ["n1"]
        step = chance.choice(here if chance.random() < 0.9 else list(net.nodes))
        deed = MatterDeed(chance.choices(DEEDS, weights=[6] * 8 + [3, 3, 3, 3, 0.3, 1])[0])
        hanging = [stay.path for stay in net.stays for one in stay.shown if one.down is None]
        if hanging and chance.random() < 0.15:
            deed = MatterDeed.TAKEN_DOWN
        demanding = [stay.path for stay in net.stays if stay.node.posting]
        if deed == "taken_down" and hanging:
            step = chance.choice(hanging)
        elif deed == "posted" and demanding:
            step = chance.choice(demanding)
        is_decision = net.nodes[step].kind.value == "decision"
        if is_decision and deed == "done":
            deed = MatterDeed.DECIDED
        elif not is_decision and deed == "decided":
            deed = MatterDeed.DONE
        content: dict[str, Any] = {}
        if deed == "met":
            due, present = 30, chance.randint(10, 30)
            content = {
                "decision_body": chance.choice(["representatives", "representatives", "party"]),
                "meeting": "会议",
                "due": due,
                "present": present,
                "in_favour": present,
                "passes": present >= 20,
                "arithmetic": {"needed_present": 20},
            }
        elif deed == "posted":
            content = {"days": chance.choice([1, 3, 15])}
        elif deed == "voided":
            content = {"sequence": self.moves[-1].sequence if self.moves else 1}
        labels = [arrow[1] for arrow in net.arrows if arrow[0] == step]
        return Move(
            sequence=len(self.moves) + 1,
            deed=deed,
            happened_on=self.today - timedelta(days=chance.choice([0, 0, 0, 4])),
            step="" if deed in ("stopped", "voided") else step,
            exit=chance.choice([*labels, *labels, "没有的结果"]) if is_decision else "",
            words="原因",
            content=content,
        )

    def course(self, moves: list[Move], on: date | None = None) -> Course:
        """Return what the program says."""
        return course_of(
            self.plan,
            moves,
            opened_on=OPENED,
            on=on or self.today,
            calendar=CALENDAR,
            posting_days=POSTING_DAYS,
            voting=voting_of(self.plan, BodyKind.COMMITTEE),
            budget_fen=None,
        )


def expected_standings(net: Net, on: date) -> dict[str, tuple[str, object]]:
    """Return how each box of the unfolded chart stands, and its day."""
    stays: dict[str, Stay] = {stay.path: stay for stay in net.stays}
    words = {"done": "done", "handed_over": "done", "skipped": "skipped", "stopped": "skipped"}
    found: dict[str, tuple[str, object]] = {}
    for path in net.nodes:
        if path in stays:
            due = independent.last_day(stays[path], CALENDAR)
            is_late = due is not None and on > due
            day = stays[path].ended or due or ""
            found[path] = (words.get(stays[path].how, "overdue" if is_late else "current"), day)
        elif path in net.open and path:
            found[path] = ("current", "")
        else:
            found[path] = ("done", net.days[path]) if path in net.days else ("waiting", "")
    return found


def found_standings(course: Course) -> dict[str, tuple[str, object]]:
    """Return the same as the program draws it."""
    return {
        f"{path}/{key}" if path else key: (standing.kind.value, standing.on)
        for path, standings in course.standings.items()
        for key, standing in standings.items()
    }


def path_of(stay: Stay | Visit | Finding | PostingDuty) -> str:
    """Return the path; sorted by it, the times at one step keep their order, and the order between branches is free."""
    return stay.path


def agree(history: History, on: date) -> None:
    """Compare everything that the program says on a day."""
    course, net = history.course(history.moves, on), history.net(history.standing())
    assert (course.state.value, course.closed_on) == (net.state, net.closed)
    assert course.is_stuck == (net.state == "running" and not net.resting())
    assert found_standings(course) == expected_standings(net, on)
    stays, visits = sorted(net.stays, key=path_of), sorted(course.visits, key=path_of)
    assert [(visit.path, visit.since, visit.done_on, visit.due, visit.exit) for visit in visits] == [
        (stay.path, stay.since, stay.ended, independent.last_day(stay, CALENDAR), stay.exit) for stay in stays
    ]
    rounds: Counter[str] = Counter()
    for visit in visits:
        rounds[visit.path] += 1
        assert visit.round == rounds[visit.path]
    agree_on_faults(course, stays, on, voting_of(history.plan, BodyKind.COMMITTEE))
    agree_on_postings(course, stays, on)


def agree_on_faults(course: Course, stays: list[Stay], on: date, voting: dict[str, str]) -> None:
    """Compare what is told to be wrong; every sentence has its numbers."""
    wrong = [
        (stay.path, kind)
        for stay in stays
        for kind in independent.faults(
            stay,
            on=on,
            posting_days=POSTING_DAYS,
            voting=voting,
            calendar=CALENDAR,
            has_met=independent.heard(stay, stays, voting),
        )
    ]
    assert [(finding.path, finding.kind.value) for finding in sorted(course.findings, key=path_of)] == wrong
    for finding in course.findings:
        assert finding.words % finding.values


def agree_on_postings(course: Course, stays: list[Stay], on: date) -> None:
    """Compare the postings that are demanded, by when, and how they stand."""
    expected = []
    for stay in stays:
        if stay.how == "done" and stay.node.posting and stay.ended:
            last = stay.ended + timedelta(days=POSTING_DAYS)
            first = stay.shown[0].up if stay.shown else None
            state = ("met" if first <= last else "late") if first else ("missing" if on > last else "upcoming")
            expected.append((stay.path, last, state))
    duties = sorted(course.posting_duties, key=path_of)
    assert [(duty.path, duty.due, duty.state.value) for duty in duties] == expected


@settings(max_examples=2000)
@given(st.integers(0, 2**32))
def test_random_matters_agree_with_an_independent_replay(seed: int) -> None:
    chance = Random(seed)
    history = History(any_plan(chance), chance)
    for _ in range(chance.randint(0, 14)):
        history.live()
    agree(history, history.today)
    agree(history, history.today + timedelta(days=chance.randint(0, 40)))


def test_chance_reaches_what_matters() -> None:
    ends: Counter[str] = Counter()
    for seed in range(300):
        chance = Random(seed)
        history = History(any_plan(chance), chance)
        for _ in range(14):
            history.live()
        course = history.course(history.moves)
        ends[course.state.value] += 1
        ends.update({finding.kind.value for finding in course.findings})
        ends["loops"] += any(visit.round > 1 for visit in course.visits)
        ends["stuck"] += course.is_stuck
        ends["embedded"] += any("/" in visit.path for visit in course.visits)
        ends["deep"] += any(visit.path.count("/") > 1 for visit in course.visits)
        ends["refused"] += history.refused > 0
    wanted = {"running", "done", "stopped", "skipped", "short", "hurried", "no_quorum", "no_vote", "order", "late"}
    wanted |= {"deep", "overdue", "unposted", "loops", "embedded", "refused", "stuck"}
    assert {word for word in wanted if ends[word] < 3} == set()
