"""What matters ask of a village becomes a duty by itself: steps under way, postings of finished steps."""

from datetime import date, timedelta

import pytest

from publicity.duties.matters import MatterDutyKind, matter_duties, tally_matters
from publicity.duties.rules import Standing
from tests.publicity.duties.township import at_most
from tests.publicity.matters.scene import OPENED, TODAY, Scene, set_scene

STEP, POSTING = MatterDutyKind.STEP, MatterDutyKind.POSTING


@pytest.fixture
def scene(session) -> Scene:
    """Return a village with a small list and no matters yet."""
    return set_scene(session)


def asked(scene, on=TODAY, **choices):
    """Return what the matters of both villages ask for."""
    villages = [scene.places.field, scene.stone]
    return matter_duties(scene.session, villages=villages, on=on, **choices)


def test_a_step_under_way_is_a_duty_until_it_is_done(scene):
    road = scene.open()
    due = OPENED + timedelta(days=20)
    (duty,) = asked(scene, due)
    assert (duty.kind, duty.step, duty.step_title, duty.since, duty.due) == (
        STEP,
        "decide/show",
        "方案公示",
        OPENED,
        due,
    )
    assert (duty.standing, duty.days_late) == (Standing.UPCOMING, 0)
    assert (duty.village_name, duty.number, duty.code, duty.body_kind) == ("上石村", 1, "A04-2026-01", "committee")
    (duty,) = asked(scene, due + timedelta(days=4))
    assert (duty.standing, duty.days_late) == (Standing.MISSING, 4)
    scene.deed(road, "done", "decide/show", after=16)
    assert [(one.kind, one.step) for one in asked(scene)] == [(STEP, "decide/party"), (POSTING, "decide/show")]


def test_a_finished_step_demands_its_posting_within_the_days_of_the_rule(scene):
    road = scene.open()
    scene.deed(road, "done", "decide/show", after=10)
    due = OPENED + timedelta(days=13)

    def posting(on):
        return next(one for one in asked(scene, on) if one.kind is POSTING)

    assert (posting(due).due, posting(due).standing) == (due, Standing.UPCOMING)
    late = posting(due + timedelta(days=2))
    assert (late.standing, late.days_late, late.what, late.where) == (Standing.MISSING, 2, "实施方案", "村务公开栏")
    scene.hang(road, "decide/show", up=14)
    put_up = posting(TODAY)
    assert (put_up.standing, put_up.days_late, put_up.posted_on) == (Standing.LATE, 1, due + timedelta(days=1))


def test_a_skipped_step_demands_nothing_and_a_closed_matter_still_does(scene):
    road, small = scene.open(), scene.open(budget_fen=100)
    scene.deed(small, "done", "quote", after=1)
    scene.deed(road, "skipped", "decide/show", after=1, words="没有什么可以公示")
    assert [(one.kind, one.step) for one in asked(scene)] == [(STEP, "decide/party")]
    scene.deed(road, "done", "decide/party", after=2)
    scene.deed(road, "decided", "decide/vote", after=2, exit="同意")
    scene.deed(road, "done", "build", after=4)
    assert [(one.kind, one.step, one.standing) for one in asked(scene)] == [(POSTING, "build", Standing.MISSING)]
    assert asked(scene, since=OPENED + timedelta(days=4)) != []
    assert asked(scene, since=OPENED + timedelta(days=5)) == []


def test_villages_stand_in_sum_with_most_missing_first_in_few_statements(scene):
    for number in range(4):
        road = scene.open(title=f"第{number}条路")
        scene.deed(road, "done", "decide/show", after=3)
        if number:
            scene.hang(road, "decide/show", up=4 if number == 1 else 40)
    scene.session.commit()
    scene.session.expire_all()
    with at_most(scene.session, 20):
        duties = asked(scene)
    (tally,) = tally_matters(duties, villages=[scene.places.field, scene.stone])
    assert (tally.name, tally.matters, tally.met, tally.late, tally.missing) == ("上石村", 4, 1, 2, 1)
    assert (tally.due, tally.overdue) == (4, 4)
    assert tally_matters([], villages=[scene.stone]) == []
    assert date(2026, 9, 7) in {duty.due for duty in duties}
