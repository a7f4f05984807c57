"""Withdrawals, overrides and filings by deeds: what works, what is refused, what residents read afterwards."""

import pytest

from publicity.codes.models import TargetKind
from publicity.codes.queries import code_for, target_of
from publicity.postings.models import PublishedText
from publicity.postings.queries import search_records
from publicity.records.models import Deed, State
from publicity.records.pages import public_records, record_page
from publicity.workflow.actions import DoesNotPass, Seen, approve, confirm, submit
from publicity.workflow.filings import receive_filing
from publicity.workflow.gates import gate_problems
from publicity.workflow.overrides import agree_override, ask_override
from publicity.workflow.pages import record_story
from publicity.workflow.queries import filing_of, open_withdrawal, withdrawals_of
from publicity.workflow.version_pages import version_page
from publicity.workflow.withdrawals import agree_withdrawal, ask_withdrawal, refuse_withdrawal
from tests.publicity.workflow.kinds import PHONE, begun, roster_in_review, with_roster
from tests.publicity.workflow.stage import NOW, SINCE, seen
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.rulebook.models import RuleRow

NOTE = {"place": "row-1-because", "kind": "mobile", "reason": "本人书面同意公开"}


def take(deed, stage, version, role, **more):
    return deed(stage.session, version=version, by=stage[role], now=NOW, seen=seen(version), **more)


@pytest.fixture
def standing(stage):
    """Return the roster as it stands published."""
    with_roster(stage)
    version = roster_in_review(stage)
    take(approve, stage, version, "organiser")
    take(confirm, stage, version, "secretary")
    return version


def test_two_withdraw_it_and_a_tombstone_stays(stage, standing):
    village = stage.village
    code = code_for(stage.session, village=village, kind=TargetKind.RECORD, target="1")
    assert search_records(stage.session, village=village, words="家庭困难")
    take(ask_withdrawal, stage, standing, "clerk", reason="名单有误，重新核对")
    assert standing.state == State.PUBLISHED
    take(agree_withdrawal, stage, standing, "head")
    assert standing.state == State.WITHDRAWN
    assert not search_records(stage.session, village=village, words="家庭困难")
    assert stage.session.query(PublishedText).count() == 0
    page = record_page(stage.session, village=village, number=1)
    assert page
    assert page.is_withdrawn
    assert page.current.tombstone
    assert page.current.tombstone.reason == "名单有误，重新核对"
    assert not page.current.is_readable
    assert [line.is_withdrawn for line in public_records(stage.session, village=village)] == [True]
    assert code
    assert target_of(stage.session, code=code)


def test_after_it_a_new_version_says_why_and_stands(stage, standing):
    take(ask_withdrawal, stage, standing, "secretary", reason="名单有误")
    take(agree_withdrawal, stage, standing, "head")
    with pytest.raises(Refusal, match="原因"):
        begun(stage)
    version = begun(stage, reason="核对后重新公开")
    for deed, role in ((submit, "clerk"), (approve, "organiser"), (confirm, "secretary")):
        take(deed, stage, version, role)
    page = record_page(stage.session, village=stage.village, number=1)
    assert page
    assert (page.current.number, page.current.is_readable, page.is_withdrawn) == (2, True, False)
    assert page.before(2) is None
    assert standing.state == State.WITHDRAWN


def test_accounts_are_withdrawn_alike(stage):
    version = stage.published()
    take(ask_withdrawal, stage, version, "clerk", reason="账目有误")
    take(agree_withdrawal, stage, version, "head")
    assert version.events[-1].deed == Deed.WITHDRAW
    with pytest.raises(Refusal, match="原因"):
        stage.draft()
    assert stage.draft(reason="核对后重新公开").number == 2


@pytest.mark.parametrize("role", ["head", "member", "substitute", "organiser", "auditor", "elsewhere"])
def test_only_the_clerk_or_the_secretary_asks(stage, standing, role):
    with pytest.raises(NotAllowed):
        take(ask_withdrawal, stage, standing, role, reason="名单有误")


@pytest.mark.parametrize("role", ["clerk", "member", "substitute", "auditor", "elsewhere"])
def test_only_who_is_in_office_agrees(stage, standing, role):
    take(ask_withdrawal, stage, standing, "secretary", reason="名单有误")
    for deed in (agree_withdrawal, refuse_withdrawal):
        with pytest.raises(NotAllowed):
            take(deed, stage, standing, role)


def test_the_secretary_does_not_agree_to_what_he_asked(stage, standing):
    take(ask_withdrawal, stage, standing, "secretary", reason="名单有误")
    with pytest.raises(NotAllowed, match="自己"):
        take(agree_withdrawal, stage, standing, "secretary")
    take(agree_withdrawal, stage, standing, "organiser")


def test_the_organiser_decides_on_party_affairs_alone(stage):
    with_roster(stage)
    version = stage.published()
    take(ask_withdrawal, stage, version, "clerk", reason="账目有误")
    with pytest.raises(NotAllowed):
        take(agree_withdrawal, stage, version, "organiser")


@pytest.mark.parametrize(("reason", "words"), [("  ", "原因"), (f"请打{PHONE}", "还不能公开")])
def test_a_withdrawal_says_why_and_nothing_private(stage, standing, reason, words):
    with pytest.raises(Refusal, match=words):
        take(ask_withdrawal, stage, standing, "clerk", reason=reason)


def test_a_draft_is_not_withdrawn_and_nothing_twice(stage, standing):
    with pytest.raises(Refusal, match="正在公开"):
        take(ask_withdrawal, stage, stage.draft(), "clerk", reason="名单有误")
    take(ask_withdrawal, stage, standing, "clerk", reason="名单有误")
    with pytest.raises(Refusal, match="已经有人申请"):
        take(ask_withdrawal, stage, standing, "secretary", reason="名单有误")


def test_a_refusal_leaves_it_standing_and_is_told(stage, standing):
    take(ask_withdrawal, stage, standing, "clerk", reason="名单有误")
    take(refuse_withdrawal, stage, standing, "head", note="名单没有错")
    assert standing.state == State.PUBLISHED
    assert open_withdrawal(stage.session, version=standing) is None
    with pytest.raises(Stale):
        take(agree_withdrawal, stage, standing, "head")
    take(ask_withdrawal, stage, standing, "clerk", reason="还是有误")
    assert len(withdrawals_of(stage.session, version=standing)) == 2
    story = record_story(stage.session, village=stage.village, record=standing.record_id, on=NOW.date())
    said = [(one.words, one.note) for one in story.happenings]
    assert ("不同意撤下", "名单没有错") in said
    assert ("申请撤下", "还是有误") in said


def test_who_saw_an_older_revision_withdraws_nothing(stage, standing):
    with pytest.raises(Stale):
        ask_withdrawal(
            stage.session, version=standing, reason="有误", by=stage["clerk"], now=NOW, seen=Seen(revision=1)
        )


def test_a_phone_keeps_it_from_review_until_two_let_it_pass(stage):
    version = begun(with_roster(stage), because=PHONE)
    found = [one for one in gate_problems(stage.session, version=version) if one.kind]
    assert [(one.line, one.column, one.place, one.kind) for one in found] == [(1, "because", "row-1-because", "mobile")]
    with pytest.raises(DoesNotPass):
        take(submit, stage, version, "clerk")
    override = take(ask_override, stage, version, "clerk", **NOTE)
    with pytest.raises(DoesNotPass):
        take(submit, stage, version, "clerk")
    for role in ("clerk", "member", "organiser", "auditor"):
        with pytest.raises(NotAllowed):
            take(agree_override, stage, version, role, number=override.id)
    take(agree_override, stage, version, "head", number=override.id)
    take(submit, stage, version, "clerk")
    page = version_page(stage.session, version=version, person=stage["auditor"], on=NOW.date())
    assert [one.reason for one in page.overrides] == ["本人书面同意公开"]
    story = record_story(stage.session, village=stage.village, record=version.record_id, on=NOW.date())
    assert [one.name for one in story.happenings if "放行" in one.words] == ["李国强", "王永根"]


def test_another_text_at_the_place_is_judged_anew(stage):
    version = begun(with_roster(stage), because=PHONE)
    override = take(ask_override, stage, version, "clerk", **NOTE)
    take(agree_override, stage, version, "head", number=override.id)
    begun(stage, because=PHONE.replace("96", "97"))
    with pytest.raises(DoesNotPass):
        take(submit, stage, version, "clerk")


@pytest.mark.parametrize(
    "about",
    [{**NOTE, "reason": " "}, {**NOTE, "place": "note"}, {**NOTE, "kind": "card"}, {**NOTE, "reason": PHONE}],
    ids=["no reason", "another place", "another kind", "a number in the reason"],
)
def test_what_is_not_asked(stage, about):
    version = begun(with_roster(stage), because=PHONE)
    with pytest.raises(Refusal):
        take(ask_override, stage, version, "clerk", **about)


def test_who_entered_it_does_not_let_it_pass(stage):
    with_roster(stage)
    stage.enter("both", *[post.kind for role in ("clerk", "secretary") for post in stage[role].posts])
    version = begun(stage, because=PHONE, by="both")
    override = take(ask_override, stage, version, "clerk", **NOTE)
    with pytest.raises(NotAllowed):
        take(agree_override, stage, version, "both", number=override.id)


def test_who_asked_to_let_it_pass_does_not_review_it(stage):
    with_roster(stage)
    stage.enter("both", *[post.kind for role in ("clerk", "secretary") for post in stage[role].posts])
    version = begun(stage, because=PHONE)
    override = take(ask_override, stage, version, "both", **NOTE)
    take(agree_override, stage, version, "head", number=override.id)
    take(submit, stage, version, "clerk")
    take(approve, stage, version, "organiser")
    with pytest.raises(NotAllowed, match="放行"):
        take(confirm, stage, version, "both")
    take(confirm, stage, version, "secretary")


def test_accounts_have_their_places_too(stage):
    version = stage.draft(payee="何某 13857412096")
    about = {"place": "entry:2:payee", "kind": "mobile", "reason": "店铺公开电话"}
    override = take(ask_override, stage, version, "clerk", **about)
    take(agree_override, stage, version, "secretary", number=override.id)
    take(submit, stage, version, "clerk")


def filing_row(stage, days):
    """Let the county ask for filing within some days."""
    like = stage.session.query(RuleRow).filter_by(key="display.days").one()
    stage.session.add(
        RuleRow(
            key="filing.township.days",
            level=like.level,
            place_id=like.place_id,
            value={"value": days},
            valid_from=SINCE,
        )
    )
    stage.session.flush()


def test_a_filing_is_asked_for_where_the_rule_book_does(stage):
    assert filing_of(stage.session, version=stage.published()) is None
    filing_row(stage, 7)
    version = stage.published(reason="电费记错", spending_fen=36_000)
    filing = filing_of(stage.session, version=version)
    assert filing
    assert (filing.due - version.display_from).days == 7
    for role in ("clerk", "secretary", "steward", "elsewhere"):
        with pytest.raises(NotAllowed):
            take(receive_filing, stage, version, role)
    take(receive_filing, stage, version, "auditor", note="已收")
    assert (filing.filed_name, filing.note) == ("赵明亮", "已收")
    with pytest.raises(Stale):
        take(receive_filing, stage, version, "auditor")
