"""Deeds in a matter as the desk sends them: what goes wrong is told at once, what cannot be is refused."""

from typing import Any

import pytest
from sqlalchemy import select, update

from publicity.matters.models import MatterEvent
from publicity.records.rules import random_key
from tests.app.cadres.matters import (
    MATTERS,
    adopt_small_list,
    count_of,
    day,
    number_of_month,
    open_one,
    send,
    shown,
    words_of,
)
from tests.publicity.workflow.stage import STONE
from village_lists.people.models import Post, PostKind

SHOW, PARTY, VOTE, BUILD = "decide/show", "decide/party", "decide/vote", "build"
MEETING: dict[str, Any] = {
    "decision_body": "party",
    "meeting": "党员大会",
    "due": "46",
    "present": "28",
    "in_favour": "28",
}

REFUSED: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("ends", {"step": SHOW, "deed": "done", "happened_on": "2026-10-06"}, "还没有到"),
    ("ends", {"step": SHOW, "deed": "done", "happened_on": "2026-08-31"}, "比立项的日子"),
    ("ends", {"step": SHOW, "deed": "done", "happened_on": "早上"}, "请填日子"),
    ("ends", {"step": SHOW, "deed": "finished"}, "请选办完了"),
    ("ends", {"step": PARTY, "deed": "done"}, "现在没有走到这一步"),
    ("ends", {"step": SHOW, "deed": "done", "words": "联系李13812345678"}, "手机"),
    ("meetings", {"step": SHOW, **MEETING, "present": "四十"}, "人数请填数字"),
    ("meetings", {"step": SHOW, **MEETING, "present": "50"}, "对不上"),
    ("meetings", {"step": SHOW, **MEETING, "decision_body": "nobody"}, "规则"),
    ("postings", {"step": SHOW, "record": "999"}, "没有公开过第 999 号"),
    ("postings", {"step": SHOW, "record": "一"}, "编号请填数字"),
    ("postings/end", {"step": SHOW}, "没有贴着的公示"),
    ("budget", {"budget": "很多", "words": "材料涨价了"}, "不是金额"),
    ("budget", {"budget": "6万", "words": ""}, "请写明原因"),
    ("stop", {"words": ""}, "请写明原因"),
    ("back", {"words": "登记错了"}, "没有可以撤回的"),
    ("procedure", {"words": "清单改了"}, "没有这一套更新的流程"),
    ("records", {"record": ""}, "请选一份公开件"),
)


@pytest.fixture
def road(town):
    """Let a road be opened on 1 September, standing at the posting of its plan."""
    adopt_small_list(town)
    assert open_one(town).status_code == 303
    return town


def done(town, step, after, deed="done", **fields):
    """Say that a step was done so many days after the opening."""
    answer = send(town, "ends", step=step, deed=deed, happened_on=day(after), **fields)
    assert answer.status_code == 303, words_of(answer.text)


def test_the_step_asks_for_its_posting_first(road):
    page = shown(road)
    assert "要公示：实施方案，贴满 15 天" in page
    assert "由村民委员会办" in page
    assert page.index("登记贴出</button>") < page.index("这一步办完了</button>")


def test_a_posting_cut_short_is_told_at_once(road):
    assert send(road, "postings", step=SHOW, happened_on=day(1), where="文化礼堂门口").status_code == 303
    page = shown(road)
    assert "已登记贴出。" in page
    assert "已经贴满" in page
    assert send(road, "postings/end", step=SHOW, happened_on=day(10)).status_code == 303
    page = shown(road)
    told = "要公示满 15 天：2026年9月2日贴出，2026年9月11日取下，只有 9 天，少 6 天"
    assert page.count(told) == 3, "as a message, among the findings, at the deed"
    assert told in road.visitors["anonymous"].get(f"/v/{STONE}/matters/1").text


def test_a_posting_that_hangs_says_how_long_still(road):
    send(road, "postings", step=SHOW, happened_on="2026-10-01", where="公开栏")
    assert "还差 11 天，现在取下就算没有贴满" in shown(road)


def test_a_meeting_without_quorum_shows_its_sums(road):
    done(road, SHOW, 16)
    assert send(road, "meetings", step=PARTY, happened_on=day(18), **MEETING).status_code == 303
    page = shown(road)
    assert page.count("应到 46 人，到会至少要 31 人，实到 28 人，少 3 人") == 3
    assert "实到 28 人，不够" in page
    assert "<h3>登记会议</h3>" in page, "another one is asked for"
    assert page.index("登记会议，算一算够不够</button>") < page.index("这一步办完了</button>")
    send(road, "meetings", step=PARTY, happened_on=day(20), **{**MEETING, "present": "40", "in_favour": "40"})
    page = shown(road)
    assert "实到 40 人，够" in page
    assert page.index("这一步办完了</button>") < page.index("登记会议，算一算够不够</button>")


def test_a_skipped_step_keeps_its_reason(road):
    assert send(road, "ends", step=SHOW, deed="skipped", words="").status_code == 422
    done(road, SHOW, 4, deed="skipped", words="方案和去年一样，贴过了")
    assert shown(road).count("跳过去了，原因：方案和去年一样，贴过了") == 3


def test_a_decision_chooses_its_exit_and_loops(road):
    done(road, SHOW, 16)
    done(road, PARTY, 18)
    refused = send(road, "ends", step=VOTE, deed="decided", happened_on=day(19))
    assert refused.status_code == 422
    assert "请选结果" in refused.text
    done(road, VOTE, 19, deed="decided", exit="改方案")
    assert "方案公示（第 2 次）" in shown(road)


def test_what_follows_outside_may_do_the_rest_once_the_bodies_decided(road):
    assert "交给后面的步骤" not in shown(road)
    refused = send(road, "ends", step=SHOW, deed="handed_over", happened_on=day(5))
    assert refused.status_code == 422
    assert "不能从这里交给后面的步骤" in refused.text
    done(road, SHOW, 5)
    done(road, PARTY, 6)
    done(road, VOTE, 7, deed="decided", exit="改方案")
    assert "交给后面的步骤</button>" in shown(road)
    done(road, SHOW, 8, deed="handed_over")
    assert "第 2 步：施工" in shown(road)


def test_the_posting_of_a_step_that_is_over_waits_with_its_day(road):
    done(road, SHOW, 5)
    done(road, PARTY, 6)
    done(road, VOTE, 7, deed="decided", exit="同意")
    done(road, BUILD, 20)
    page = shown(road)
    assert "办完了，2026年9月21日" in page
    assert "2026年9月24日前贴出，已过 11 天" in page
    number = number_of_month(road)
    send(road, "postings", step=BUILD, happened_on="2026-10-01", where="公开栏", record=number)
    assert "9月24日前要贴出，2026年10月1日才贴出，晚了 7 天" in shown(road)
    assert count_of(road, "matter_record") == 1


def test_a_refused_deed_changes_nothing_and_keeps_what_was_typed(road):
    before = road.rows()
    for form, fields, told in REFUSED:
        answer = send(road, form, **fields)
        assert answer.status_code == 422, (form, fields)
        assert told in answer.text, (form, fields, words_of(answer.text))
        if fields.get("words"):
            assert fields["words"] in answer.text
    assert road.rows() == before


def test_whoever_is_slower_is_told_and_keeps_what_was_typed(road):
    fields: dict[str, Any] = {"step": SHOW, "deed": "done", "happened_on": day(16), "words": "贴满了十五天"}
    answer = send(road, "ends", **{**fields, "revision": "7"})
    assert answer.status_code == 409
    assert "刚有人登记过" in answer.text
    assert "贴满了十五天" in answer.text


def test_two_taps_are_one_deed(road):
    key = random_key()
    fields: dict[str, Any] = {"step": SHOW, "deed": "done", "happened_on": day(16), "op": key, "revision": "1"}
    places = {send(road, "ends", **fields).headers["Location"] for _ in range(2)}
    assert places == {f"{MATTERS}/1"}
    assert count_of(road, "matter_event") == 1


def test_budget_stop_and_taking_back(road):
    assert send(road, "budget", budget="6万", words="砂石涨价了").status_code == 303
    assert "60,000.00" in shown(road)
    assert send(road, "stop", words="今年不修，换到明年").status_code == 303
    page = shown(road)
    assert "停办了，2026年9月5日" in page
    assert "原因：今年不修，换到明年" in page
    assert "这件事不办了" not in page
    assert send(road, "back", words="停办登记错了").status_code == 303
    page = shown(road)
    assert "这一条登记错了，后来撤回，不算数" in page
    assert "「先决策」里的第 1 步：方案公示" in page


def test_a_later_version_of_the_list_is_offered(road):
    assert "改按新版的流程办" not in shown(road)
    adopt_small_list(road, slug="later", ago=1)
    assert "换到新版的「修路」" in shown(road)
    assert send(road, "procedure", words="清单换了新版").status_code == 303
    page = shown(road)
    assert "改按后一版清单的流程往下办" in page
    assert "换到新版的「修路」" not in page


def test_a_record_is_tied_to_the_matter_once(road):
    number = number_of_month(road)
    assert send(road, "records", record=number, step=SHOW).status_code == 303
    answer = send(road, "records", record=number)
    assert answer.status_code == 422
    assert "已经归到这件事了" in answer.text


def test_the_supervision_committee_checks_several_at_once(road):
    done(road, SHOW, 16)
    done(road, PARTY, 18)
    page = shown(road, "head")
    assert "有 2 条等您核对" in page
    assert page.count('name="sequence"') == 2
    assert 'name="sequence"' not in shown(road, "secretary")
    nothing = send(road, "checks", role="head")
    assert nothing.status_code == 422
    assert "请先勾选看过的" in nothing.text
    assert send(road, "checks", role="head", sequence=["1", "2"]).status_code == 303
    page = shown(road, "member")
    assert page.count("监委会王永根核对过") == 2
    assert "等您核对" not in page
    again = send(road, "checks", role="member", sequence="1")
    assert again.status_code == 409
    assert "已经核对过了" in again.text


def test_who_entered_it_is_not_asked_to_check_it(road):
    done(road, SHOW, 16)
    with road.session() as session:
        clerk = select(MatterEvent.by_id).scalar_subquery()
        session.execute(update(Post).where(Post.person_id == clerk).values(kind=PostKind.SUPERVISION_MEMBER))
        session.commit()
    assert 'name="sequence"' not in shown(road)
    assert 'name="sequence"' in shown(road, "member")
    assert send(road, "checks", sequence="1").status_code == 403


def test_who_may_do_what(road):
    assert send(road, "ends", role="secretary", step=SHOW, deed="done").status_code == 403
    assert send(road, "ends", role="elsewhere", step=SHOW, deed="done").status_code == 404
    done(road, SHOW, 16)
    assert send(road, "checks", role="clerk", sequence="1").status_code == 403
    assert send(road, "checks", role="secretary", sequence="1").status_code == 403
    assert send(road, "stop", number=9, words="没有这件事").status_code == 404
