"""Every deed of a matter, and everything that is refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from publicity.matters.actions import change_budget, move_on, put_up, stop_matter, take_back
from publicity.matters.choices import later_procedure
from publicity.matters.course import FindingKind, PostingState, VisitState
from publicity.matters.models import MatterState
from publicity.matters.walking import OutOfOrder
from tests.factories import at
from tests.publicity.matters.scene import DECIDE, OPENED, PROCEDURES, TODAY
from tests.village_lists.powers.lists import adopt, make_version
from village_lists.editions.contents import ListContent
from village_lists.errors import NotAllowed, Refusal, Stale


def usual(scene, matter):
    """Return what every deed takes, by the clerk, today."""
    return {"by": scene.cast.li, "now": at(TODAY), "seen": matter.revision}


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


def test_a_posting_put_up_on_the_day_its_step_ended_and_taken_down_too_early_is_told(scene):
    road = scene.open()
    scene.hang(road, "decide/show", up=4)
    scene.deed(road, "done", "decide/show", after=4)
    assert scene.faults(road, OPENED + timedelta(days=4)) == []
    scene.deed(road, "taken_down", "decide/show", after=6)
    (finding,) = (one for one in scene.course(road).findings if one.kind is FindingKind.SHORT)
    assert finding.words % finding.values == (
        "「方案公示」要公示满 15 天：2026-09-05贴出，2026-09-07取下，只有 2 天，少 13 天"
    )


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


def test_what_was_done_before_a_later_version_is_judged_by_its_own_time(scene):
    road = scene.open()
    scene.deed(road, "done", "decide/show")
    scene.meet(road, "decide/party", present=20, body="party")
    scene.deed(road, "done", "decide/party")
    assert scene.faults(road, OPENED) == []
    nodes = {node.key: node for node in DECIDE.nodes}
    changed = [replace(nodes[key], actor="村民会议") for key in ("party", "vote")]
    others = [node for key, node in nodes.items() if key not in ("party", "vote")]
    graph = replace(DECIDE, nodes=(*others, *changed))
    newer(scene, ListContent(title="新清单", procedures=(*PROCEDURES[::2], replace(PROCEDURES[1], graph=graph))))
    later = later_procedure(scene.session, matter=road)
    assert later is not None
    move_on(scene.session, matter=road, procedure=later, words="照新清单办", **usual(scene, road))
    assert FindingKind.NO_VOTE not in scene.faults(road)
    scene.meet(road, "decide/vote", present=20)
    scene.deed(road, "decided", "decide/vote", exit="同意")
    # The new procedure asks another body for what is decided under it.
    assert [one.path for one in scene.course(road).findings if one.kind is FindingKind.NO_VOTE] == ["decide/vote"]


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
