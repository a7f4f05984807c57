"""What matters put on the desk: steps and postings for the clerk, deeds to be checked for supervision."""

from datetime import date, timedelta

from publicity.matters.evidence import check_deed
from publicity.workflow.desk import Desk, TaskKind, desk_of
from tests.factories import at
from tests.publicity.matters.scene import OPENED, TODAY, Scene, set_scene
from village_lists.people.models import Person


def about_matters(tasks):
    """Return those tasks that are about matters, as (kind, matter, name, due)."""
    return [(task.kind, task.matter, task.name, task.due) for task in tasks if task.matter]


def desk(scene: Scene, person: Person, on: date) -> Desk:
    """Return a person's desk at 上石村."""
    return desk_of(scene.session, village=scene.stone, person=person, on=on)


def test_the_clerk_finds_steps_and_postings_of_this_week_and_later(session):
    scene = set_scene(session)
    road = scene.open()
    due = OPENED + timedelta(days=20)
    assert about_matters(desk(scene, scene.cast.li, OPENED).later) == [(TaskKind.STEP, 1, "方案公示", due)]
    week = desk(scene, scene.cast.li, due - timedelta(days=7)).tasks
    (step,) = [task for task in week if task.matter]
    assert (step.title, step.is_late, step.working_days) == ("后山机耕路维修", False, 6)
    (step,) = [task for task in desk(scene, scene.cast.li, due + timedelta(days=2)).tasks if task.matter]
    assert (step.is_late, step.days_late, step.working_days) == (True, 2, 0)
    scene.deed(road, "done", "decide/show", after=10)
    tasks = about_matters(desk(scene, scene.cast.li, OPENED + timedelta(days=10)).tasks)
    assert tasks == [
        (TaskKind.HANG, 1, "实施方案", OPENED + timedelta(days=13)),
        (TaskKind.STEP, 1, "党员大会审议", OPENED + timedelta(days=17)),
    ]
    scene.hang(road, "decide/show", up=12)
    assert [kind for kind, *_ in about_matters(desk(scene, scene.cast.li, TODAY).tasks)] == [TaskKind.STEP]


def test_supervision_finds_what_nobody_checked_and_others_find_nothing(session):
    scene = set_scene(session)
    road = scene.open()
    first, _ = scene.deed(road, "done", "decide/show"), scene.deed(road, "done", "decide/party")
    (task,) = [task for task in desk(scene, scene.cast.mei, TODAY).tasks if task.matter]
    assert (task.kind, task.matter, task.count) == (TaskKind.CHECK, 1, 2)
    check_deed(session, event=first, by=scene.cast.mei, now=at(TODAY))
    (task,) = [task for task in desk(scene, scene.cast.yonggen, TODAY).tasks if task.matter]
    assert task.count == 1
    assert about_matters(desk(scene, scene.cast.chen, TODAY).tasks) == []
    assert about_matters(desk(scene, scene.cast.zhou, TODAY).tasks) == []
