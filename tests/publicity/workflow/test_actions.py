"""Review by deeds: what works, and each thing that is refused."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from publicity.codes.models import TargetKind
from publicity.codes.queries import code_for
from publicity.ledgers.actions import draft_ledger, tie_lines
from publicity.ledgers.queries import ledger_of
from publicity.records.models import Deed, Event, State
from publicity.workflow.actions import (
    DoesNotPass,
    Seen,
    add_remark,
    add_remarks,
    answer_remark,
    approve,
    confirm,
    send_back,
    submit,
)
from publicity.workflow.rules import Step, transitions
from tests.publicity.workflow.stage import AUGUST, NOW, SEPTEMBER, SINCE, month, seen, set_order
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.people.actions import give_post
from village_lists.people.models import PostKind


def take(deed, stage, version, role, **more):
    deed(stage.session, version=version, by=stage[role], now=NOW, seen=seen(version), **more)


def test_the_last_review_publishes(stage):
    version = stage.published()
    assert version.state == State.PUBLISHED
    assert [event.deed for event in version.events] == [Deed.DRAFT, Deed.SUBMIT, Deed.APPROVE, Deed.CONFIRM]
    assert version.display_to - version.display_from == timedelta(days=15)
    assert code_for(stage.session, village=stage.village, kind=TargetKind.RECORD, target="1")


def test_a_county_may_let_the_secretary_go_first(stage):
    set_order(stage.session, ["clerk.submit", "secretary.confirm", "supervision.approve"])
    version = stage.submitted()
    with pytest.raises(Stale):
        take(approve, stage, version, "head")
    take(confirm, stage, version, "secretary")
    assert version.state == State.CONFIRMED
    take(approve, stage, version, "head")
    assert version.state == State.PUBLISHED


def test_the_director_confirms_as_substitute_and_it_is_written_down(stage):
    version = stage.approved()
    take(confirm, stage, version, "substitute")
    assert version.state == State.PUBLISHED
    assert version.events[-1].acts_as_substitute


def test_a_director_who_substitutes_nobody_confirms_nothing(stage):
    version = stage.approved()
    stage.enter("director", PostKind.DIRECTOR)
    with pytest.raises(NotAllowed):
        take(confirm, stage, version, "director")


@pytest.mark.parametrize("role", ["clerk", "secretary", "substitute", "member", "auditor", "steward", "elsewhere"])
def test_only_the_head_approves(stage, role):
    version = stage.submitted()
    with pytest.raises(NotAllowed):
        take(approve, stage, version, role)
    assert version.state == State.SUBMITTED


@pytest.mark.parametrize("role", ["clerk", "head", "member", "auditor", "steward", "elsewhere"])
def test_only_the_secretary_or_his_substitute_confirms(stage, role):
    version = stage.approved()
    with pytest.raises(NotAllowed):
        take(confirm, stage, version, role)
    assert version.state == State.APPROVED


def test_who_entered_it_does_not_confirm_it_in_a_second_post(stage):
    give_post(stage.session, person=stage["clerk"], place=stage.village, kind=PostKind.SECRETARY, starts_on=SINCE)
    stage.session.refresh(stage["clerk"], ["posts"])
    version = stage.approved()
    with pytest.raises(NotAllowed, match="录入人"):
        take(confirm, stage, version, "clerk")


def test_who_entered_an_earlier_draft_of_it_does_not_confirm_it(stage):
    stage.enter("both", PostKind.CLERK, PostKind.SECRETARY)
    stage.draft(by="both")
    version = stage.approved()
    with pytest.raises(NotAllowed, match="录入人"):
        take(confirm, stage, version, "both")


def test_who_sent_the_workbook_does_not_confirm_what_another_made_of_it(stage):
    both = stage.enter("both", PostKind.CLERK, PostKind.SECRETARY)
    version = draft_ledger(
        stage.session,
        body=stage.collective,
        parsed=month(AUGUST),
        source="账本.xlsx",
        by=stage["clerk"],
        now=NOW,
        sent_by=both,
    )
    take(submit, stage, version, "clerk")
    take(approve, stage, version, "head")
    with pytest.raises(NotAllowed, match="录入人"):
        take(confirm, stage, version, "both")


def test_who_tied_lines_does_not_confirm_them(stage):
    both = stage.enter("both", PostKind.CLERK, PostKind.SECRETARY)
    version = stage.draft()
    known = frozenset({"A08"})
    tie_lines(stage.session, version=version, ties={2: "A08"}, known=known, revision=version.revision, by=both, now=NOW)
    take(submit, stage, version, "clerk")
    take(approve, stage, version, "head")
    with pytest.raises(NotAllowed, match="录入人"):
        take(confirm, stage, version, "both")


def test_one_person_does_not_both_approve_and_confirm(stage):
    version = stage.approved()
    # The rules keep these posts apart; a term that begins later would get past them.
    stage["head"].posts[0].kind = PostKind.SECRETARY
    with pytest.raises(NotAllowed, match="同一个人"):
        take(confirm, stage, version, "head")


def test_a_post_that_has_ended_carries_nothing(stage):
    version = stage.submitted()
    stage["head"].posts[0].ends_on = (NOW - timedelta(days=1)).date()
    with pytest.raises(NotAllowed):
        take(approve, stage, version, "head")


@pytest.mark.parametrize("wrong_fen", [1, -1])
def test_a_fen_off_is_not_submitted(stage, wrong_fen):
    version = stage.draft(wrong_fen=wrong_fen)
    with pytest.raises(DoesNotPass) as refused:
        take(submit, stage, version, "clerk")
    assert "0.01" in str(refused.value.problems[0].values)
    assert version.state == State.DRAFT


def test_an_opening_a_fen_off_the_last_closing_is_not_submitted(stage):
    closing = ledger_of(stage.session, version=stage.published()).closing_fen
    version = stage.draft(SEPTEMBER, opening_fen=closing + 1)
    with pytest.raises(DoesNotPass):
        take(submit, stage, version, "clerk")


def test_a_month_is_not_published_before_the_one_before_it(stage):
    closing = ledger_of(stage.session, version=stage.submitted()).closing_fen
    version = stage.approved(SEPTEMBER, opening_fen=closing)
    with pytest.raises(DoesNotPass):
        take(confirm, stage, version, "secretary")
    assert version.state == State.APPROVED


def test_a_correction_keeps_what_the_next_month_began_with(stage):
    closing = ledger_of(stage.session, version=stage.published()).closing_fen
    stage.published(SEPTEMBER, opening_fen=closing)
    version = stage.draft(reason="电费多记一分", spending_fen=34_999)
    with pytest.raises(DoesNotPass):
        take(submit, stage, version, "clerk")


def test_an_id_number_in_a_line_keeps_it_from_review(stage):
    version = stage.draft(payee="何某 11010519491231002X")
    with pytest.raises(DoesNotPass) as refused:
        take(submit, stage, version, "clerk")
    assert [problem.line for problem in refused.value.problems] == [2]
    assert "身份证" in refused.value.problems[0].words


def test_a_return_needs_a_word(stage):
    version = stage.submitted()
    with pytest.raises(Refusal, match="原因"):
        take(send_back, stage, version, "head", note=" ", remarks={1: " "})
    assert version.state == State.SUBMITTED


def test_a_return_voids_the_approval_and_keeps_the_remarks(stage):
    version = stage.approved()
    take(send_back, stage, version, "secretary", note="", remarks={2: "请附电费单"})
    assert version.state == State.DRAFT
    assert [event.is_void for event in version.events if event.deed == Deed.APPROVE] == [True]
    assert [(remark.line, remark.words) for remark in version.remarks] == [(2, "请附电费单")]


def test_a_remark_must_be_answered_before_it_goes_back(stage):
    version = stage.submitted()
    take(send_back, stage, version, "head", note="", remarks={2: "请附电费单"})
    with pytest.raises(Refusal, match="没有答复"):
        take(submit, stage, version, "clerk")
    with pytest.raises(Refusal, match="不能是空的"):
        take(answer_remark, stage, version, "clerk", number=version.remarks[0].id, words="  ")
    take(answer_remark, stage, version, "clerk", number=version.remarks[0].id, words="已附")
    take(submit, stage, version, "clerk")
    assert version.state == State.SUBMITTED


def test_after_a_return_both_reviews_are_given_anew(stage):
    version = stage.approved()
    take(send_back, stage, version, "secretary", note="重新核对", remarks={})
    take(submit, stage, version, "clerk")
    with pytest.raises(Stale):
        take(confirm, stage, version, "secretary")
    take(approve, stage, version, "head")
    take(confirm, stage, version, "secretary")
    assert version.state == State.PUBLISHED


@pytest.mark.parametrize("role", ["clerk", "member", "substitute", "auditor"])
def test_only_whose_turn_it_is_returns(stage, role):
    version = stage.submitted()
    with pytest.raises(NotAllowed):
        take(send_back, stage, version, role, note="不对", remarks={})


def test_a_member_remarks_and_the_clerk_does_not(stage):
    version = stage.submitted()
    take(add_remarks, stage, version, "member", remarks={1: "租金是几个月的？", 2: " "})
    assert [remark.name for remark in version.remarks] == ["徐春梅"]
    with pytest.raises(NotAllowed):
        take(add_remarks, stage, version, "clerk", remarks={1: "没有问题"})


def test_a_remark_is_on_a_line_that_is_there(stage):
    version = stage.submitted()
    with pytest.raises(Refusal, match="第 7 笔"):
        add_remark(stage.session, version=version, by=stage["member"], now=NOW, line=7, words="这一笔呢")


@pytest.mark.parametrize("make", ["draft", "published"])
def test_there_is_no_remark_outside_review(stage, make):
    version = getattr(stage, make)()
    with pytest.raises(NotAllowed):
        add_remark(stage.session, version=version, by=stage["member"], now=NOW, line=1, words="晚了")


def test_who_saw_an_older_revision_decides_nothing(stage):
    version = stage.submitted()
    old = Seen(revision=version.revision - 1)
    for deed in (approve, submit):
        with pytest.raises((Stale, NotAllowed)):
            deed(stage.session, version=version, by=stage["head"], now=NOW, seen=old)
    assert version.state == State.SUBMITTED


def test_the_fingerprint_of_what_was_submitted_never_changes(stage):
    version = stage.submitted()
    version.digest = "0" * 64
    with pytest.raises(IntegrityError, match="stays what was submitted"):
        take(approve, stage, version, "head")


def test_a_second_approval_changes_nothing(stage):
    version = stage.approved()
    with pytest.raises((Stale, NotAllowed)):
        take(approve, stage, version, "head")
    assert [event.deed for event in version.events].count(Deed.APPROVE) == 1


def test_a_month_in_review_is_not_replaced(stage):
    stage.submitted()
    with pytest.raises(Refusal, match="正在审核"):
        stage.draft()


def test_lines_in_review_are_not_tied(stage):
    version = stage.submitted()
    with pytest.raises(NotAllowed):
        tie_lines(
            stage.session,
            version=version,
            ties={1: ""},
            known=frozenset(),
            revision=version.revision,
            by=version.made_by,
            now=NOW,
        )


def test_a_correction_needs_a_reason(stage):
    stage.published()
    for reason in ("", "   "):
        with pytest.raises(Refusal, match="更正"):
            stage.draft(reason=reason)


def test_a_reason_once_given_is_not_blanked(stage):
    stage.published()
    stage.draft(reason="电费记错")
    assert stage.draft(reason="   ").reason == "电费记错"


def test_a_correction_takes_its_place_and_the_old_one_stays(stage):
    first = stage.published()
    code = code_for(stage.session, village=stage.village, kind=TargetKind.RECORD, target="1")
    second = stage.published(reason="电费记错", spending_fen=36_000)
    assert (first.state, second.state, second.number) == (State.CORRECTED, State.PUBLISHED, 2)
    assert ledger_of(stage.session, version=first).entries[1].spending_fen == 35_000
    assert code_for(stage.session, village=stage.village, kind=TargetKind.RECORD, target="1") == code


def test_names_and_offices_stay_as_they_were(stage):
    version = stage.published()
    stage["head"].name = "王新名"
    stage["head"].posts[0].kind = PostKind.SUPERVISION_MEMBER
    stage.session.flush()
    stage.session.expire_all()
    found = [event for event in version.events if event.deed == Deed.APPROVE]
    assert [(event.name, event.post) for event in found] == [("王永根", PostKind.SUPERVISION_HEAD)]


def test_no_deed_leads_out_of_the_table():
    order = (Step.SUPERVISION, Step.CONFIRM)
    out = {after for (before, _), after in transitions(order).items() if before == State.PUBLISHED}
    assert out == {State.CORRECTED, State.WITHDRAWN}
    assert not [move for move in transitions(order) if move[0] in out]


def test_events_of_review_name_the_content(stage):
    version = stage.published()
    found = stage.session.query(Event).filter(Event.deed.in_([Deed.SUBMIT, Deed.APPROVE, Deed.CONFIRM])).all()
    assert {event.digest for event in found} == {version.digest}
    assert len(version.digest) == 64
