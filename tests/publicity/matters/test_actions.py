"""Every deed of a matter, and everything that is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from publicity.matters.actions import (
    add_evidence,
    change_budget,
    check_deed,
    move_on,
    put_up,
    show_evidence,
    stop_matter,
    take_back,
    tie_record,
)
from publicity.matters.course import FindingKind, PostingState, VisitState
from publicity.matters.models import MatterState
from publicity.matters.queries import later_procedure
from publicity.matters.replay import OutOfOrder
from tests.factories import at, make_draft
from tests.publicity.matters.scene import OPENED, PROCEDURES, TODAY
from tests.village_lists.powers.lists import adopt, make_version
from village_lists.documents.actions import Readable, keep_readable
from village_lists.documents.models import DocumentKind
from village_lists.editions.contents import ListContent
from village_lists.errors import NotAllowed, Refusal, Stale


def usual(scene, matter):
    """Return what every deed takes, by the clerk, today."""
    return {"by": scene.cast.li, "now": at(TODAY), "seen": matter.revision}


def test_a_matter_has_a_number_a_code_and_the_procedure_of_its_amount(scene):
    road = scene.open()
    assert (road.number, road.code, road.procedure.slug) == (1, "A04-2026-01", "road")
    assert (road.state, road.opened_name, road.list_version_id) == (MatterState.RUNNING, "李国强", scene.version.id)
    small = scene.open(budget_fen=999_999, title="水渠修补", opened_on=date(2025, 12, 31))
    assert (small.number, small.code, small.procedure.slug) == (2, "A04-2025-01", "micro")
    assert scene.open(budget_fen=1_000_000).code == "A04-2026-02"
    assert [visit.path for visit in scene.course(road).visits] == ["decide/show"]
    assert [visit.path for visit in scene.course(small).visits] == ["quote"]


def test_the_clerk_chooses_where_the_amount_does_not(scene):
    with pytest.raises(Refusal, match="请选这件事走哪一套流程"):
        scene.open(budget_fen=None)
    assert scene.open(budget_fen=None, procedure="micro").procedure.slug == "micro"
    with pytest.raises(Refusal, match="请选这件事走哪一套流程"):
        scene.open(item_code="B02", procedure="road")
    # Stricter than the amount asks is free, looser is not.
    assert scene.open(budget_fen=100, procedure="road").procedure.slug == "road"
    with pytest.raises(Refusal, match="预算 5万元，「小修小补」只管 1万元以下的"):
        scene.open(procedure="micro")


NOT_OPENED: list[tuple[dict[str, Any], str]] = [
    ({"item_code": "Z99"}, "本村清单里没有编号「Z99」的事项"),
    ({"item_code": "B01"}, "还没有流程"),
    ({"budget_fen": 20_000_000}, "这个金额不归「修路」，请改选「大工程」"),
    ({"budget_fen": -1}, "不能是负数"),
    ({"opened_on": TODAY + timedelta(days=1)}, "还没有到"),
    ({"title": " "}, "请写明这件事叫什么"),
    ({"title": "路" * 121}, "最多 120 个字"),
    ({"funding": "钱" * 201}, "最多 200 个字"),
    ({"title": "资助方翠莲（330226195001011232）"}, "身份证号码"),
    ({"funding": "打到 13805741234 的账上"}, "手机号码"),
]


def test_what_is_not_opened(scene):
    for choices, words in NOT_OPENED:
        with pytest.raises(Refusal, match=words):
            scene.open(**choices)


def test_only_the_villages_clerk_opens_and_goes_on(scene):
    matter, cast = scene.open(), scene.cast
    for other in (cast.chen, cast.yonggen, cast.zhao, cast.zhou, cast.wang):
        with pytest.raises(NotAllowed):
            scene.open(by=other)
        with pytest.raises(NotAllowed):
            scene.deed(matter, "done", "decide/show", by=other)
    with pytest.raises(NotAllowed):
        scene.open(body=scene.places.field.bodies[0])


def test_a_road_from_the_proposal_to_its_end_with_everything_told(scene):
    road = scene.open()
    scene.hang(road, "decide/show", up=2, down=9)
    scene.deed(road, "done", "decide/show", after=9)
    scene.meet(road, "decide/party", present=19, body="party", after=12)
    scene.deed(road, "skipped", "decide/party", after=12, words="人不够，先开代表会议")
    scene.meet(road, "decide/vote", present=20, after=15)
    scene.deed(road, "decided", "decide/vote", after=15, exit="同意")
    course = scene.course(road)
    assert [visit.path for visit in course.active] == ["build"]
    assert course.visits[-1].due == date(2026, 9, 30)  # ten working days after 16 September
    said = [finding.words % finding.values for finding in course.findings]
    assert said == [
        "「方案公示」要公示满 15 天：2026-09-03贴出，2026-09-10取下，只有 7 天，少 8 天",
        "「党员大会审议」2026-09-13的村民代表会议人数不够：应到 30 人，到会至少要 20 人，实到 19 人，少 1 人",
        "「党员大会审议」没有办，跳过去了，原因：人不够，先开代表会议",
        "「施工」2026-09-30前要办完，到2026-11-20超过 51 天",
    ]
    scene.deed(road, "done", "build", after=30)
    assert (road.state, road.closed_on) == (MatterState.DONE, date(2026, 10, 1))
    kinds = scene.faults(road)
    assert kinds[-2:] == [FindingKind.LATE, FindingKind.UNPOSTED]
    with pytest.raises(OutOfOrder, match="已经结束"):
        scene.deed(road, "done", "build", after=31)
    scene.hang(road, "build", up=50)
    (_, duty) = scene.course(road).posting_duties
    assert (duty.due, duty.state) == (date(2026, 10, 4), PostingState.LATE)


def test_a_decision_goes_back_and_the_step_is_counted_again(scene):
    road = scene.open()
    for after in (1, 5):
        scene.deed(road, "done", "decide/show", after=after)
        scene.deed(road, "done", "decide/party", after=after)
        scene.deed(road, "decided", "decide/vote", after=after, exit="改方案")
    rounds = [(visit.path, visit.round) for visit in scene.course(road).visits]
    assert rounds[-1] == ("decide/show", 3)
    assert len(rounds) == 7


NOT_WRITTEN: list[tuple[str, str, dict[str, Any], str]] = [
    ("done", "build", {}, "现在没有走到这一步"),
    ("done", "nowhere/at/all", {}, "现在没有走到这一步"),
    ("decided", "decide/show", {"exit": "同意"}, "不是判断"),
    ("taken_down", "decide/show", {}, "没有贴着的公示"),
    ("skipped", "decide/show", {}, "请写明原因"),
    ("skipped", "decide/show", {"words": "不"}, "请写明原因"),
    ("skipped", "decide/show", {"words": "方翠莲肺癌住院，没空"}, "因病"),
    ("done", "decide/show", {"words": "电话 13805741234"}, "手机号码"),
    ("done", "decide/show", {"after": 100}, "还没有到"),
    ("done", "decide/show", {"after": -1}, "比立项的日子"),
]


def test_what_is_not_written_down(scene):
    road = scene.open()
    for deed, step, choices, words in NOT_WRITTEN:
        with pytest.raises(Refusal, match=words):
            scene.deed(road, deed, step, **choices)
    scene.session.expire_all()
    assert road.events == []
    assert road.revision == 1


def test_two_clerks_at_once_get_clear_words(scene):
    road = scene.open()
    before = road.revision
    scene.deed(road, "done", "decide/show")
    with pytest.raises(Stale, match="刚有人登记过"):
        scene.deed(road, "done", "decide/party", seen=before)


def test_a_meeting_keeps_its_arithmetic(scene):
    road = scene.open()
    for present, in_favour, passes in ((20, 11, True), (20, 10, False), (19, 19, False)):
        event = scene.meet(road, "decide/show", present=present, in_favour=in_favour)
        assert event.content["passes"] is passes
        assert event.content["arithmetic"]["needed_present"] == 20
        assert (FindingKind.NO_QUORUM in scene.faults(road)) is (present < 20)
    with pytest.raises(Refusal, match="对不上"):
        scene.meet(road, "decide/show", present=31)
    with pytest.raises(Refusal, match="规则库里没有"):
        scene.meet(road, "decide/show", present=20, body="villagers")


def test_a_failed_vote_is_told_or_refused_as_the_rule_book_says(scene):
    told = scene.open()
    scene.deed(told, "done", "decide/show")
    scene.meet(told, "decide/party", present=19, body="party")
    scene.deed(told, "done", "decide/party")
    assert scene.faults(told, OPENED) == [FindingKind.NO_QUORUM, FindingKind.NO_VOTE]
    scene.rule("matter.failed_vote", "refuse")
    with pytest.raises(Refusal, match="「代表会议同意吗」要开会决定"):
        scene.deed(told, "decided", "decide/vote", exit="同意")
    scene.meet(told, "decide/vote", present=20)
    scene.deed(told, "decided", "decide/vote", exit="同意")
    assert [visit.path for visit in scene.course(told).active] == ["build"]


def test_a_posting_hangs_as_long_as_the_step_or_the_rule_says(scene):
    road = scene.open()
    scene.hang(road, "decide/show", up=0)
    assert scene.course(road).visits[0].postings[0].days == 15
    with pytest.raises(OutOfOrder, match="还贴着"):
        scene.hang(road, "decide/show", up=1)
    scene.deed(road, "done", "decide/show", after=15)
    with pytest.raises(OutOfOrder, match="没有要求这一步公示"):
        scene.hang(road, "decide/party", up=16)
    scene.deed(road, "done", "decide/party", after=16)
    scene.deed(road, "decided", "decide/vote", after=16, exit="同意")
    event = put_up(
        scene.session,
        matter=road,
        step="build",
        happened_on=OPENED + timedelta(days=17),
        where="三组公告栏",
        record=7,
        **usual(scene, road),
    )
    assert event.content == {"where": "三组公告栏", "days": 7, "record": 7}


def test_a_matter_is_stopped_with_a_reason_and_that_can_be_taken_back(scene):
    road = scene.open()
    with pytest.raises(Refusal, match="请写明原因"):
        stop_matter(scene.session, matter=road, happened_on=OPENED, words=" ", **usual(scene, road))
    stop_matter(scene.session, matter=road, happened_on=OPENED, words="资金没有落实", **usual(scene, road))
    assert (road.state, road.closed_on) == (MatterState.STOPPED, OPENED)
    assert scene.course(road).visits[0].state is VisitState.STOPPED
    take_back(scene.session, matter=road, words="登记错了一件事", **usual(scene, road))
    assert (road.state, road.closed_on, len(road.events)) == (MatterState.RUNNING, None, 2)
    with pytest.raises(Refusal, match="没有可以撤回的"):
        take_back(scene.session, matter=road, words="再撤一次", **usual(scene, road))


def test_the_budget_changes_with_a_reason_and_back(scene):
    road = scene.open()
    more = {"matter": road, "happened_on": OPENED, "words": "加一座涵洞"}
    change_budget(scene.session, budget_fen=6_000_000, **more, **usual(scene, road))
    assert (road.budget_fen, scene.course(road).budget_fen) == (6_000_000, 6_000_000)
    take_back(scene.session, matter=road, words="涵洞不做了", **usual(scene, road))
    assert road.budget_fen == 5_000_000
    with pytest.raises(Refusal, match="负数"):
        change_budget(scene.session, budget_fen=-1, **more, **usual(scene, road))


def newer(scene, content):
    """Let the village adopt another list."""
    version = make_version(scene.session, place=scene.places.county, content=content, slug="newer")
    adopt(scene.session, village=scene.stone, version=version, held_on=date(2026, 10, 1))
    return version


def test_a_matter_goes_on_under_a_later_version_if_it_fits(scene):
    road = scene.open()
    assert later_procedure(scene.session, matter=road) is None
    before = road.procedure_id
    version = newer(scene, ListContent(title="新清单", procedures=PROCEDURES))
    later = later_procedure(scene.session, matter=road)
    assert later is not None
    assert later.version_id == version.id
    with pytest.raises(Refusal, match="没有这一套更新的流程"):
        move_on(scene.session, matter=road, procedure=road.procedure, words="照新清单办", **usual(scene, road))
    move_on(scene.session, matter=road, procedure=later, words="照新清单办", **usual(scene, road))
    assert (road.procedure_id, road.list_version_id) == (later.id, version.id)
    scene.deed(road, "done", "decide/show")
    scene.deed(road, "voided", words="日子写错了", content={"sequence": 2})
    take_back(scene.session, matter=road, words="还是照老清单", **usual(scene, road))
    assert (road.procedure_id, road.list_version_id) == (before, scene.version.id)


def test_a_matter_does_not_go_on_where_its_step_is_gone(scene):
    road = scene.open()
    before = road.procedure_id
    others = (*PROCEDURES[:1], *(one for one in PROCEDURES[2:]))
    newer(scene, ListContent(title="新清单", procedures=others))
    later = later_procedure(scene.session, matter=road)
    assert later is not None
    with pytest.raises(OutOfOrder, match="在新的流程里没有"):
        move_on(scene.session, matter=road, procedure=later, words="照新清单办", **usual(scene, road))
    assert road.procedure_id == before


def test_supervision_checks_a_deed_once_and_the_clerk_never(scene):
    road = scene.open()
    event = scene.deed(road, "done", "decide/show")
    for who in (scene.cast.li, scene.cast.chen, scene.cast.zhao):
        with pytest.raises(NotAllowed):
            check_deed(scene.session, event=event, by=who, now=at(TODAY))
    check_deed(scene.session, event=event, by=scene.cast.mei, now=at(TODAY))
    assert (event.checked_name, event.checked_at) == ("梅秀英", at(TODAY))
    with pytest.raises(Stale, match="已经核对过"):
        check_deed(scene.session, event=event, by=scene.cast.yonggen, now=at(TODAY))


def test_evidence_is_for_officials_until_somebody_looked_at_it(scene):
    road = scene.open()
    event = scene.deed(road, "done", "decide/show")
    readable = Readable(kind=DocumentKind.PDF, name="会议记录.pdf", content=b"%PDF-1.7")
    papers = [
        keep_readable(scene.session, place=scene.stone, readable=readable, by=scene.cast.li, now=at(TODAY))
        for _ in range(2)
    ]
    told = {"event": event, "document": papers[0], "now": at(TODAY)}
    evidence = add_evidence(scene.session, name="会议记录", by=scene.cast.li, **told)
    assert (evidence.is_checked, evidence.shown_id) == (False, None)
    with pytest.raises(NotAllowed):
        add_evidence(scene.session, name="会议记录", by=scene.cast.chen, **told)
    with pytest.raises(NotAllowed):
        show_evidence(scene.session, evidence=evidence, shown=papers[1], by=scene.cast.zhou, now=at(TODAY))
    show_evidence(scene.session, evidence=evidence, shown=papers[1], by=scene.cast.li, now=at(TODAY))
    assert (evidence.is_checked, evidence.shown_id) == (True, papers[1].id)
    assert road.events[0].evidence == [evidence]


def test_a_record_is_tied_once_at_a_step_that_was_reached(scene):
    road = scene.open()
    record = make_draft(scene.session, body=scene.places.collective, cast=scene.cast, lines=()).record
    told = {"matter": road, "record": record, "now": at(TODAY)}
    with pytest.raises(NotAllowed):
        tie_record(scene.session, step="", by=scene.cast.chen, **told)
    with pytest.raises(Refusal, match="还没有走到这一步"):
        tie_record(scene.session, step="build", by=scene.cast.li, **told)
    assert tie_record(scene.session, step="decide/show", by=scene.cast.li, **told).record_id == record.id
    with pytest.raises(Refusal, match="已经归到这件事"):
        tie_record(scene.session, step="", by=scene.cast.li, **told)
