"""Opening a matter: its number, its code, the procedure of its amount, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from publicity.matters.models import MatterState
from tests.publicity.matters.scene import TODAY
from village_lists.errors import Refusal


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
