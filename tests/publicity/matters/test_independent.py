"""Two thousand random matters: chart, duties and deadlines agree with a replay that shares no code."""

from collections import Counter
from datetime import date, timedelta
from operator import itemgetter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from publicity.matters.course import Course, Finding, PostingDuty, Visit
from publicity.matters.meetings import vote_body_of
from tests.publicity.matters import faults
from tests.publicity.matters.histories import CALENDAR, POSTING_DAYS, History
from tests.publicity.matters.independent import Net, Stay
from tests.publicity.matters.procedures import any_plan
from village_lists.flowcharts.graph import Node
from village_lists.places.models import BodyKind


def asked(node: Node) -> str | None:
    """Return who has to carry a step."""
    return vote_body_of(node, BodyKind.COMMITTEE)


def expected_standings(net: Net, on: date) -> dict[str, tuple[str, object]]:
    """Return how each box of the unfolded chart stands, and its day."""
    stays: dict[str, Stay] = {stay.path: stay for stay in net.stays}
    words = {"done": "done", "handed_over": "done", "skipped": "skipped", "stopped": "skipped"}
    found: dict[str, tuple[str, object]] = {}
    for path in net.nodes:
        if path in stays:
            due = faults.last_day(stays[path], CALENDAR)
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
    course, net = history.course(history.moves, on), history.net(history.standing(), on)
    assert (course.state.value, course.closed_on, course.budget_fen) == (net.state, net.closed, net.budget)
    assert course.is_stuck == (net.state == "running" and not net.resting())
    assert found_standings(course) == expected_standings(net, on)
    stays, visits = sorted(net.stays, key=path_of), sorted(course.visits, key=path_of)
    assert [(visit.path, visit.since, visit.done_on, visit.due, visit.exit) for visit in visits] == [
        (stay.path, stay.since, stay.ended, faults.last_day(stay, CALENDAR), stay.exit) for stay in stays
    ]
    rounds: Counter[str] = Counter()
    for visit in visits:
        rounds[visit.path] += 1
        assert visit.round == rounds[visit.path]
    agree_on_faults(course, stays, on, [("", "band")] * sum(net.above_or_below) + history.still_told(on))
    agree_on_postings(course, stays, on)


def agree_on_faults(course: Course, stays: list[Stay], on: date, further: list[tuple[str, str]]) -> None:
    """Compare what is told to be wrong; every sentence has its numbers."""
    wrong = [
        (stay.path, kind)
        for stay in stays
        for kind in faults.faults(
            stay,
            on=on,
            posting_days=POSTING_DAYS,
            voting=asked,
            calendar=CALENDAR,
            has_met=faults.heard(stay, stays, asked),
        )
    ]
    assert [(finding.path, finding.kind.value) for finding in sorted(course.findings, key=path_of)] == sorted(
        [*wrong, *further], key=itemgetter(0)
    )
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
    agree(history, history.today + timedelta(days=chance.randint(-30, 40)))


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
        ends["moved"] += any(move.deed == "moved" for move in history.standing())
        ends["refused"] += history.refused > 0
    wanted = {"running", "done", "stopped", "skipped", "short", "hurried", "no_quorum", "no_vote", "order", "late"}
    wanted |= {"band", "taken_back", "moved"}
    wanted |= {"deep", "overdue", "unposted", "loops", "embedded", "refused", "stuck"}
    assert {word for word in wanted if ends[word] < 3} == set()
