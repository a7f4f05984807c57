"""What a deed told stays told after it was taken back, with its numbers and the reason."""

from datetime import timedelta

from publicity.matters.actions import change_budget, take_back
from publicity.matters.course import FindingKind
from tests.factories import at
from tests.publicity.matters.scene import OPENED, TODAY


def told(scene, matter, on=TODAY):
    """Return the sentences about what was taken back."""
    found = scene.course(matter, on).findings
    return [one.words % one.values for one in found if one.kind is FindingKind.TAKEN_BACK]


def undo(scene, matter, words):
    """Take the last deed back."""
    take_back(scene.session, matter=matter, words=words, by=scene.cast.li, now=at(TODAY), seen=matter.revision)


def test_meetings_postings_and_skipped_steps_stay_told(scene):
    road = scene.open()
    scene.hang(road, "decide/show", up=9, down=12)
    undo(scene, road, "日子写错了")
    scene.deed(road, "skipped", "decide/show", after=12, words="村民都知道了")
    undo(scene, road, "还是要办的")
    scene.deed(road, "done", "decide/show", after=12)
    scene.meet(road, "decide/party", present=19, body="party", after=13)
    undo(scene, road, "人数记错了")
    scene.meet(road, "decide/party", present=20, in_favour=10, body="party", after=13)
    undo(scene, road, "票数记错了")
    assert told(scene, road) == [
        "「方案公示」登记过公示没有贴满 15 天（2026-09-10贴出，2026-09-13取下，只有 3 天），"
        "登记以后撤回了，原因：日子写错了",
        "「方案公示」登记过跳过去没有办，原因：村民都知道了。这一条登记以后撤回了，原因：还是要办的",
        "「党员大会审议」登记过2026-09-14的村民代表会议人数不够（应到 30 人，到会至少要 20 人，实到 19 人），"
        "登记以后撤回了，原因：人数记错了",
        "「党员大会审议」登记过2026-09-14的村民代表会议没有通过（应到 30 人，实到 20 人，同意 10 人），"
        "登记以后撤回了，原因：票数记错了",
    ]
    found = [one for one in scene.course(road).findings if one.kind is FindingKind.TAKEN_BACK]
    assert [(one.path, one.round, one.sequence) for one in found] == [
        ("decide/show", 1, 2),
        ("decide/show", 1, 4),
        ("decide/party", 1, 7),
        ("decide/party", 1, 9),
    ]
    # They are told from the day on which they happened, and what the step itself says now stands beside them.
    assert [len(told(scene, road, OPENED + timedelta(days=after))) for after in (11, 12, 13)] == [0, 2, 4]
    assert FindingKind.NO_QUORUM not in scene.faults(road)


def test_what_told_nothing_is_forgotten(scene):
    road = scene.open()
    scene.hang(road, "decide/show", up=0, down=15)
    undo(scene, road, "取错了一张")
    scene.meet(road, "decide/show", present=20)
    undo(scene, road, "不是这一步")
    scene.deed(road, "done", "decide/show")
    undo(scene, road, "还没有办完")
    more = {"happened_on": OPENED, "words": "加一座涵洞", "by": scene.cast.li, "now": at(TODAY)}
    change_budget(scene.session, matter=road, budget_fen=6_000_000, seen=road.revision, **more)
    undo(scene, road, "涵洞不做了")
    assert told(scene, road) == []


def test_a_budget_out_of_band_stays_told(scene):
    road = scene.open()
    more = {"happened_on": OPENED, "words": "加一座桥", "by": scene.cast.li, "now": at(TODAY)}
    change_budget(scene.session, matter=road, budget_fen=10_000_000, seen=road.revision, **more)
    undo(scene, road, "桥不做了")
    assert told(scene, road) == ["登记过预算改为 10万元，不在「修路」管的金额里，登记以后撤回了，原因：桥不做了"]
