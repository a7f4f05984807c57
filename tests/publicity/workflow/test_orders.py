"""Every order of review that the rule book can give, walked by every post; what the table of moves refuses."""

from datetime import timedelta

import pytest

from publicity.records.models import Deed, State
from publicity.workflow.actions import Seen, approve, confirm, endorse, send_back, submit, take_back
from publicity.workflow.queries import step_due
from publicity.workflow.rules import Step, may_do, order_going_on, review_due, review_order, transitions
from tests.publicity.workflow.kinds import ROLE_OF, ROSTER_ORDER, every_order, roster_in_review, with_roster
from tests.publicity.workflow.stage import NOW, SINCE, seen, set_order
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.people.actions import give_acting_post
from village_lists.people.models import PostKind

DEEDS = {Deed.APPROVE: approve, Deed.CONFIRM: confirm, Deed.ENDORSE: endorse}
ROLES = ("clerk", "secretary", "substitute", "head", "member", "organiser", "auditor", "steward", "elsewhere")
MAY_CONFIRM = {"secretary", "substitute"}


def take(deed, stage, version, role, **more):
    deed(stage.session, version=version, by=stage[role], now=NOW, seen=seen(version), **more)


@pytest.mark.parametrize("order", every_order(), ids=lambda order: "-".join(step.split(".")[0] for step in order))
def test_each_step_is_taken_in_its_turn_by_its_post_alone(stage, order):
    with_roster(stage)
    set_order(stage.session, order)
    set_order(stage.session, order, key=ROSTER_ORDER)
    for version in (stage.submitted(), roster_in_review(stage)):
        assert version.review == " ".join(order[1:])
        for step in order[1:]:
            due = step_due(stage.session, version=version, on=NOW.date())
            assert due == step
            right = MAY_CONFIRM if step is Step.CONFIRM else {ROLE_OF[step]}
            for deed in DEEDS.values():
                for role in ROLES:
                    if deed is not DEEDS[step.deed] or role not in right:
                        with pytest.raises((NotAllowed, Stale)):
                            take(deed, stage, version, role)
            assert version.state not in {State.PUBLISHED, State.DRAFT}
            take(DEEDS[step.deed], stage, version, ROLE_OF[step])
        assert version.state == State.PUBLISHED
        assert [event.deed for event in version.events if event.deed in DEEDS] == [step.deed for step in order[1:]]


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["clerk.submit"],
        ["clerk.submit", "secretary.confirm"],
        ["clerk.submit", "supervision.approve"],
        ["clerk.submit", "supervision.approve", "organiser.approve", "secretary.confirm"],
        ["clerk.submit", "supervision.approve", "secretary.confirm", "secretary.confirm"],
        ["clerk.submit", "supervision.approve", "secretary.confirm", "township.endorse", "township.endorse"],
        ["supervision.approve", "clerk.submit", "secretary.confirm"],
        ["township.endorse", "clerk.submit", "supervision.approve", "secretary.confirm"],
        ["clerk.submit", "clerk.submit", "supervision.approve", "secretary.confirm"],
        ["clerk.submit", "secretary.approve", "secretary.confirm"],
    ],
)
def test_an_order_has_one_approval_and_one_confirmation_after_the_submission(names):
    with pytest.raises(ValueError, match=r"order|Step"):
        review_order(names)


def test_the_last_step_of_every_order_publishes_and_no_other_does():
    for names in every_order():
        order = review_order(names)
        table = transitions(order)
        publishing = {deed for (_, deed), after in table.items() if after is State.PUBLISHED}
        assert publishing == {order[-1].deed}
        assert review_due(State.PUBLISHED, order) is None


def test_the_director_confirms_as_substitute_alone():
    assert may_do(Step.CONFIRM, post=PostKind.DIRECTOR, is_substitute=True)
    assert not may_do(Step.CONFIRM, post=PostKind.DIRECTOR, is_substitute=False)
    assert not may_do(Step.SUPERVISION, post=PostKind.ORGANISER, is_substitute=False)


@pytest.mark.parametrize("later", every_order()[::4], ids=lambda order: "-".join(step.split(".")[0] for step in order))
def test_a_change_of_the_rule_never_leaves_anybody_unable_to_go_on_or_return_it(stage, later):
    with_roster(stage)
    version, former = stage.approved(), roster_in_review(stage)
    take(approve, stage, former, "organiser")
    stage.session.flush()
    set_order(stage.session, later)
    set_order(stage.session, later, key=ROSTER_ORDER)
    take(send_back, stage, former, "secretary", note="请核对", remarks={})
    assert (former.state, former.review) == (State.DRAFT, "")
    take(confirm, stage, version, "secretary")
    assert version.state == State.PUBLISHED


@pytest.mark.parametrize("later", every_order(), ids=lambda order: "-".join(step.split(".")[0] for step in order))
def test_an_older_version_that_keeps_no_order_goes_on_by_what_was_done(later):
    rules = review_order(later)
    assert order_going_on([Deed.APPROVE], rules) == (Step.SUPERVISION, Step.CONFIRM)
    assert order_going_on([Deed.CONFIRM], rules) == (Step.CONFIRM, Step.SUPERVISION)
    fresh = order_going_on([], rules)
    assert [step.deed for step in fresh] == [step.deed for step in rules if step.deed is not Deed.ENDORSE]


def test_the_clerk_takes_back_what_nobody_has_reviewed(stage):
    version = stage.submitted()
    with pytest.raises(NotAllowed):
        take(take_back, stage, version, "secretary")
    take(take_back, stage, version, "clerk")
    assert (version.state, version.events[-1].deed) == (State.DRAFT, Deed.RETURN)
    take(submit, stage, version, "clerk")
    take(approve, stage, version, "head")
    with pytest.raises(Refusal, match="已经有人审核"):
        take(take_back, stage, version, "clerk")


def test_a_draft_is_not_taken_back(stage):
    with pytest.raises(Refusal):
        take(take_back, stage, stage.draft(), "clerk")


def test_the_townships_auditor_endorses_for_his_own_township_alone(stage):
    with_roster(stage)
    set_order(stage.session, (Step.SUBMIT, Step.ENDORSE, Step.SUPERVISION, Step.CONFIRM))
    version = stage.submitted()
    stage.enter("neighbour", PostKind.TOWNSHIP_AUDITOR, name="邻镇人", place=stage["elsewhere"].posts[0].place)
    with pytest.raises(NotAllowed):
        take(endorse, stage, version, "neighbour")
    take(endorse, stage, version, "auditor")
    assert version.state == State.ENDORSED
    take(send_back, stage, version, "head", note="请核对", remarks={})
    assert version.events[-2].is_void


def test_who_stands_in_is_written_down_as_standing_in(stage):
    stage["head"].posts[0].ends_on = (NOW - timedelta(days=1)).date()
    stage.enter("stand_in", name="代行人")
    give_acting_post(
        stage.session,
        person=stage["stand_in"],
        place=stage.village,
        kind=PostKind.SUPERVISION_HEAD,
        starts_on=SINCE,
        ends_on=NOW.date() + timedelta(days=30),
        by=stage["auditor"],
        because="主任空缺",
    )
    stage.session.refresh(stage["stand_in"], ["posts"])
    version = stage.submitted()
    take(approve, stage, version, "stand_in")
    assert version.events[-1].is_acting
    assert not version.events[0].is_acting


def test_who_saw_an_older_revision_takes_nothing_back(stage):
    version = stage.submitted()
    with pytest.raises(Stale):
        take_back(stage.session, version=version, by=stage["clerk"], now=NOW, seen=Seen(revision=version.revision - 1))
