"""Vacant posts and who stands in: what is told, what is refused, how it ends."""

from datetime import date, timedelta

import pytest

from publicity.categories.actions import enter_category
from publicity.workflow.actions import approve
from publicity.workflow.vacancies import ended_acting, latest_day, name_acting, vacancies
from tests.publicity.workflow.kinds import CONTENT, ROSTER, stranger, with_roster
from tests.publicity.workflow.stage import NOW, SINCE, seen
from village_lists.errors import NotAllowed, Refusal
from village_lists.people.actions import enter_person, give_post
from village_lists.people.models import PostKind
from village_lists.places.models import Place

ON = NOW.date()
UNTIL = date(2026, 12, 31)


def told(stage, on=ON):
    """Return what is vacant in the stage's village, as kind, how many wait, and who stands in."""
    township = stage.session.get_one(Place, stage.village.parent_id)
    found = vacancies(stage.session, township=township, on=on)
    here = [one for one in found if one.village.id == stage.village.id]
    return [(one.kind, one.waiting, one.acting.person.name if one.acting else "") for one in here]


def leave(stage, role, *, on=ON):
    """Let somebody's post have ended the day before."""
    stage[role].posts[0].ends_on = on - timedelta(days=1)
    stage.session.flush()


def name(stage, role="stranger", **about):
    """Let the township name who stands in for the head."""
    wanted = {"kind": PostKind.SUPERVISION_HEAD, "until": UNTIL, "reason": "主任空缺", "by": stage["auditor"]}
    return name_acting(stage.session, village=stage.village, person=stage[role], now=NOW, **{**wanted, **about})


def test_nothing_is_vacant_where_everybody_is_in_office(stage):
    assert told(stage) == []


@pytest.mark.parametrize(
    ("role", "kind", "waiting"),
    [
        ("clerk", PostKind.CLERK, 1),
        ("head", PostKind.SUPERVISION_HEAD, 1),
        ("secretary", PostKind.SECRETARY, 1),
    ],
)
def test_a_post_that_ended_is_vacant_and_says_what_waits(stage, role, kind, waiting):
    if role == "clerk":
        stage.draft()
    elif role == "head":
        stage.submitted()
    else:
        stage.approved()
    leave(stage, role)
    assert told(stage) == [(kind, waiting, "")]


def test_the_organiser_is_missed_only_where_an_order_needs_one(stage):
    assert PostKind.ORGANISER not in [kind for kind, _, _ in told(stage)]
    with_roster(stage)
    leave(stage, "organiser")
    assert told(stage) == [(PostKind.ORGANISER, 0, "")]
    enter_category(
        stage.session, code=ROSTER, content=CONTENT.__class__(**{**CONTENT.__dict__, "is_active": False}), since=SINCE
    )
    assert told(stage) == []


def test_who_is_named_takes_the_step_and_stands_in_until_the_day(stage):
    stranger(stage)
    leave(stage, "head")
    version = stage.submitted()
    post = name(stage)
    assert (post.is_acting, post.starts_on, post.ends_on) == (True, ON, UNTIL)
    assert told(stage) == [(PostKind.SUPERVISION_HEAD, 1, "吕新民")]
    approve(stage.session, version=version, by=stage["stranger"], now=NOW, seen=seen(version))
    assert version.events[-1].is_acting
    assert told(stage, UNTIL + timedelta(days=1)) == [(PostKind.SUPERVISION_HEAD, 0, "")]


def test_an_appointment_ends_it_by_itself_and_is_told(stage):
    stranger(stage)
    leave(stage, "head")
    post = name(stage)
    later = ON + timedelta(days=20)
    person = enter_person(stage.session, name="新主任", secret="of the test")
    give_post(stage.session, person=person, place=stage.village, kind=PostKind.SUPERVISION_HEAD, starts_on=later)
    assert post.ends_on == later - timedelta(days=1)
    assert told(stage, later) == []
    township = stage.session.get_one(Place, stage.village.parent_id)
    ended = ended_acting(stage.session, township=township, on=later)
    assert [(one.post.person.name, one.successors) for one in ended] == [("吕新民", ("新主任",))]


@pytest.mark.parametrize("role", ["clerk", "secretary", "substitute"])
def test_nobody_of_the_committee_supervises_meanwhile(stage, role):
    leave(stage, "head")
    with pytest.raises(Refusal, match="不能同时担任"):
        name(stage, role)


@pytest.mark.parametrize("kind", [PostKind.CLERK, PostKind.SECRETARY])
def test_nobody_of_the_supervision_does_the_village_s_work_meanwhile(stage, kind):
    leave(stage, "clerk")
    leave(stage, "secretary")
    with pytest.raises(Refusal, match="不能同时担任"):
        name(stage, "member", kind=kind)


@pytest.mark.parametrize("role", ["clerk", "secretary", "head", "steward", "elsewhere"])
def test_only_an_auditor_of_the_township_names_somebody(stage, role):
    stranger(stage)
    leave(stage, "head")
    with pytest.raises(NotAllowed):
        name(stage, by=stage[role])


@pytest.mark.parametrize(
    "about",
    [
        {"until": ON - timedelta(days=1)},
        {"until": latest_day(ON) + timedelta(days=1)},
        {"reason": "  "},
        {"reason": "长" * 201},
        {"kind": PostKind.CLERK},
        {"kind": PostKind.TOWNSHIP_AUDITOR},
    ],
    ids=["past", "too long", "no reason", "long reason", "held", "not of the village"],
)
def test_what_is_refused(stage, about):
    stranger(stage)
    leave(stage, "head")
    with pytest.raises(Refusal):
        name(stage, **about)


def test_somebody_without_post_or_account_is_not_named(stage):
    leave(stage, "head")
    stage.people["nobody"] = enter_person(stage.session, name="路人", secret="of the test")
    with pytest.raises(Refusal, match="没有职务"):
        name(stage, "nobody")


def test_two_do_not_stand_in_for_one_post(stage):
    stranger(stage)
    leave(stage, "head")
    name(stage)
    stage.enter("another", name="另一人")
    with pytest.raises(Refusal, match="已经由 吕新民 代行"):
        name(stage, "another")


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 29), date(2028, 2, 29)),
        (date(2026, 1, 15), date(2026, 7, 15)),
    ],
)
def test_six_months_end_on_a_day_that_exists(on, last):
    assert latest_day(on) == last
