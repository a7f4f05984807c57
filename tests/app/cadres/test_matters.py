"""Matters on the desk: the amount chooses, the clerk opens, the list shows what is overdue first."""

import pytest
from sqlalchemy import select

from publicity.codes.models import ShortCode, TargetKind
from publicity.records.rules import random_key
from tests.app.cadres.matters import FORM, MATTERS, adopt_small_list, count_of, open_one, send, shown
from tests.publicity.workflow.stage import STONE

CHOSEN: tuple[tuple[str, str, set[str]], ...] = (
    ("8000", "走「小修小补」", {"micro", "road"}),
    ("50000", "走「修路」", {"road"}),
    ("20万", "这个金额不归这一项", set()),
)
ASKED = (
    ({"item": "A04", "body": "committee", "budget": "9万9"}, 422, "“9万9”不是金额"),
    ({"item": "A04"}, 422, "请选是哪个单位的事"),
    ({"item": "Z99", "body": "committee"}, 422, "请从清单里选一项"),
    ({"item": "B01", "body": "committee"}, 200, "还没有流程，不能登记"),
    ({"item": "B02", "body": "committee"}, 200, "这是清单里排在最前面的，下面可以改选"),
    ({"item": "A04", "budget": "5万", "change": "1"}, 200, "第一步"),
)
REFUSED = (
    ({"title": ""}, "请写明这件事叫什么"),
    ({"title": "修路，找李13812345678"}, "手机"),
    ({"opened_on": "2026-10-06"}, "还没有到"),
    ({"opened_on": "昨天"}, "请填日子"),
    ({"procedure": "micro"}, "请改选别的流程"),
    ({"budget": "20万", "procedure": ""}, "请改选"),
    ({"funding": "张三卡6222021234567890128"}, "银行卡"),
)


@pytest.fixture
def village(town):
    """Let the village have a list that parts amounts."""
    adopt_small_list(town)
    return town


def asked(town, **chosen):
    """Ask which procedure an item and an amount choose."""
    question = "&".join(f"{name}={value}" for name, value in chosen.items())
    return town.visitors["clerk"].get(f"{MATTERS}/new?{question}")


def test_nothing_is_being_done_yet(town):
    page = town.visitors["clerk"].get(MATTERS).text
    assert "现在没有正在办的事。" in page
    assert "登记一件要办的事" in page
    page = town.visitors["secretary"].get(f"{MATTERS}?state=stopped").text
    assert "没有停办的事。" in page
    assert "登记一件要办的事" not in page


def test_the_amount_chooses_the_procedure_and_says_why(village):
    for budget, told, offered in CHOSEN:
        answer = asked(village, item="A04", body="committee", budget=budget)
        assert answer.status_code == 200
        assert told in answer.text
        for slug in ("micro", "road"):
            assert (f'name="procedure" value="{slug}"' in answer.text) is (slug in offered), (budget, slug)
        assert "为什么是这个数" in answer.text
        assert "小修的上限" in answer.text
        assert ("item=A05" in answer.text) is (not offered)
    small = asked(village, item="A05", body="committee", budget="50000").text
    assert "item=A04" in small
    assert 'name="procedure"' not in small


def test_what_is_missing_is_said(village):
    for chosen, status, told in ASKED:
        answer = asked(village, **chosen)
        assert answer.status_code == status, chosen
        assert told in answer.text, chosen


def test_the_clerk_opens_a_matter_and_residents_read_it(village):
    answer = open_one(village)
    assert answer.headers["Location"] == f"{MATTERS}/1"
    page = shown(village)
    assert "已立项，编号 A04-2026-01" in page
    assert "「先决策」里的第 1 步：方案公示" in page
    with village.session() as session:
        code = session.scalars(select(ShortCode).where(ShortCode.kind == TargetKind.MATTER)).one()
        assert code.target == "1"
    assert "后山机耕路维修" in village.visitors["anonymous"].get(f"/v/{STONE}/matters/1").text


def test_a_stricter_procedure_may_be_taken(village):
    assert open_one(village, budget="8000", procedure="road").status_code == 303
    assert "流程：修路" in shown(village)


def test_a_refused_opening_keeps_what_was_typed(village):
    before = village.rows()
    for changed, told in REFUSED:
        answer = open_one(village, **changed)
        assert answer.status_code == 422, changed
        assert told in answer.text, changed
        if not changed.keys() & {"title", "budget", "procedure"}:
            assert 'value="后山机耕路维修"' in answer.text, changed
    assert village.rows() == before


def test_two_taps_open_one_matter(village):
    key = random_key()
    first, second = (open_one(village, op=key) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert count_of(village, "matter") == 1


def test_only_the_clerk_opens_and_only_the_village_reads(village):
    assert open_one(village, role="secretary").status_code == 403
    assert village.visitors["head"].get(f"{MATTERS}/new").status_code == 403
    assert open_one(village, role="elsewhere").status_code == 404
    open_one(village)
    assert village.visitors["elsewhere"].get(f"{MATTERS}/1").status_code == 404
    assert village.visitors["auditor"].get(f"{MATTERS}/1").status_code == 404
    assert village.visitors["clerk"].get(f"{MATTERS}/2").status_code == 404
    assert "登记贴出" not in shown(village, "secretary")
    assert "方案公示" in shown(village, "secretary")


def test_the_list_shows_the_latest_first_and_each_state_apart(village):
    open_one(village, title="桥", item="A04", opened_on="2026-09-25")
    open_one(village, title="路", opened_on="2026-09-01")
    open_one(village, title="灯", opened_on="2026-09-20")
    send(village, "stop", number=3, happened_on="2026-09-21", words="换到明年")
    page = village.visitors["clerk"].get(MATTERS).text
    assert "1 件有步骤超期" in page
    assert page.index("路") < page.index("桥")
    assert ">灯" not in page
    assert "灯" in village.visitors["clerk"].get(f"{MATTERS}?state=stopped").text
    member = village.visitors["member"].get(f"{MATTERS}?state=stopped").text
    assert "1 条等您核对" in member
    assert FORM["title"] not in member
