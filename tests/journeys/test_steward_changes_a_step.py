"""From a step and a threshold that a steward changes to the difference that residents read."""

import pytest

from tests.cast import COUNTY, STONE
from tests.conftest import AT_NIGHT
from tests.journeys.people import Official, Recorder, Steward
from tests.journeys.stage import go
from tests.journeys.test_county_brings_its_list import LATER, TODAY, minutes

__all__ = ["minutes"]
TITLE = "三十六条"
KEY = "amounts.works.small.below"
CHART = "04-works-small"


@pytest.mark.parametrize(
    "scripts", [pytest.param(True, id="with-scripts"), pytest.param(False, id="without", marks=AT_NIGHT)]
)
def test_steward_changes_a_step(server, window, camera, minutes, scripts):
    shen = Steward(window(width=1280, height=900, scripts=scripts).page, "shen")
    shen.signs_in()
    _changes_the_threshold(shen, camera)
    address = _changes_the_step(shen, camera)

    tang = Steward(window(width=1280, height=900, scripts=scripts).page, "tang")
    tang.signs_in()
    tang.page.goto(f"/county/{COUNTY}/rules/changes")
    go(tang.page.locator("main").get_by_role("link").filter(has_text="松坪镇").first)
    tang.presses("同意，写进规则库")
    tang.page.goto(address)
    tang.follows("和上一版比有什么不同")
    assert tang.sees("第 5 步「发竞标公告」的时限由「5日内」改为「9日内」")
    camera.take(tang.page, "step-4-difference")
    tang.page.goto(address)
    tang.publishes(TODAY)
    tang.rolls_out(LATER)

    li = Recorder(window(scripts=scripts).page, "li", STONE)
    li.signs_in()
    li.records_a_resolution(due=38, present=20, in_favour=20, minutes=minutes)
    assert li.sees("至少要 26 人") or li.sees("至少 26 人")
    assert li.page.input_value("[name=present]") == "20"
    camera.take(li.page, "step-5-no-quorum")
    li.fills_in(due=38, present=30, in_favour=29, minutes=minutes)
    assert li.sees("等另一个人确认")

    resident = window(scripts=False)
    resident.page.goto(f"/v/{STONE}/powers")
    assert "第 1 版" in resident.page.inner_text("body")
    yonggen = Official(window(scripts=scripts).page, "yonggen", STONE)
    yonggen.signs_in()
    yonggen.page.goto(f"/desk/{STONE}/list")
    yonggen.follows("去核对并确认")
    yonggen.presses("属实，确认")

    resident.page.goto(f"/v/{STONE}/powers")
    assert "第 2 版" in resident.page.inner_text("body")
    go(resident.page.get_by_role("link", name="和上一版、和模板比，变了什么"))
    shown = resident.page.inner_text("body")
    assert "小型工程" in shown
    assert "发竞标公告" in shown
    camera.take(resident.page, "step-6-residents-difference")
    go(resident.page.get_by_role("link", name="前后对照").first)
    assert "有改动" in resident.page.content()
    camera.take(resident.page, "step-7-residents-charts")


def _changes_the_threshold(shen, camera):
    shen.page.goto(f"/county/{COUNTY}/rules/{KEY}")
    camera.take(shen.page, "step-1-why")
    shen.page.select_option("#place", label="松坪镇")
    shen.page.fill("#value", "12万")
    shen.page.fill("#valid_from", LATER)
    shen.page.fill("#basis", "示例文件第三条")
    shen.page.fill("#reason", "材料涨价")
    shen.presses("先看会影响什么")
    assert shen.sees("现在还什么都没有改")
    assert shen.sees("上石村")
    camera.take(shen.page, "step-2-touches")
    shen.presses("提出")


def _changes_the_step(shen, camera):
    shen.page.goto("/county/lists")
    shen.presses("做新的一版（从已公布的改）")
    version = shen.page.url
    shen.page.goto(f"{version}/procedures/{CHART}")
    step = shen.page.locator("details", has=shen.page.locator("input[value=发竞标公告]"))
    step.locator("summary").first.click()
    step.locator("input[name$=limit_days]").fill("9")
    go(shen.page.get_by_role("button", name="保存并重画").last)
    assert "9日内" in shen.page.locator("#chart").inner_text()
    camera.take(shen.page, "step-3-editor")
    shen.page.goto(version)
    shen.presses("提交")
    return version
