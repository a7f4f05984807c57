"""A list that nobody here has seen: from a workbook made by hand to the wall and the phone, all in the browser."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.cast import STONE
from tests.journeys.paper import picture_of
from tests.journeys.people import Official, Recorder, Steward
from tests.journeys.stage import go

WORKBOOK = Path(__file__).parent.parent / "samples" / "lists" / "four-classes.xlsx"
BROKEN = WORKBOOK.with_name("broken.xlsx")
TODAY, LATER = "2026-10-08", "2026-10-28"


@pytest.fixture
def minutes(tmp_path):
    """Return a photograph of minutes."""
    file = tmp_path / "会议记录.jpg"
    paper = Image.new("RGB", (1200, 1600), "#f6f2e6")
    ImageDraw.Draw(paper).line((100, 200, 1100, 200), fill="#333333", width=6)
    paper.save(file)
    return file


def test_county_brings_its_list(server, window, camera, tmp_path, minutes):
    shen = Steward(window(width=1280, height=900).page, "shen")
    shen.signs_in()
    camera.take(shen.page, "county-1-lists")
    shen.brings_a_list(BROKEN)
    assert shen.sees("没有导入，什么都没有改")
    camera.take(shen.page, "county-2-broken")
    shen.brings_a_list(WORKBOOK)
    camera.take(shen.page, "county-3-read")
    shen.presses("采用")
    assert shen.sees("下一步：提交给另一位管理员")
    title = shen.page.locator("h1").first.inner_text()
    camera.take(shen.page, "county-4-draft")
    shen.presses("提交")
    assert shen.sees("等另一位管理员公布")
    address = shen.page.url

    tang = Steward(window(width=1280, height=900, scripts=False).page, "tang")
    tang.signs_in()
    tang.page.goto(address)
    tang.publishes(TODAY)
    tang.rolls_out(LATER)
    assert tang.sees("上石村")
    camera.take(tang.page, "county-5-published")

    resident = window(scripts=False)
    resident.page.goto(f"/v/{STONE}/powers")
    assert title not in resident.page.inner_text("body")

    li = Recorder(window().page, "li", STONE)
    li.signs_in()
    camera.take(li.page, "adopt-1-desk")
    li.records_a_resolution(due=38, present=34, in_favour=33, minutes=minutes)
    assert li.sees("等另一个人确认")
    yonggen = Official(window().page, "yonggen", STONE)
    yonggen.signs_in()
    yonggen.page.goto(f"/desk/{STONE}/list")
    yonggen.follows("去核对并确认")
    camera.take(yonggen.page, "adopt-2-confirm")
    yonggen.presses("属实，确认")
    assert yonggen.sees("已确认")

    resident.page.goto(f"/v/{STONE}/powers")
    shown = resident.page.inner_text("body")
    assert title in shown
    assert "应到 38 人，实到 34 人，同意 33 人" in shown
    camera.take(resident.page, "own-list-resident")
    go(resident.page.get_by_role("link").filter(has_text="物资采购").first)
    assert "怎么办" in resident.page.inner_text("body")
    camera.take(resident.page, "own-list-item")
    _prints(li, camera, tmp_path)


def _prints(li, camera, tmp_path):
    li.page.goto(f"/desk/{STONE}/posters")
    poster = li.page.request.get(str(li.page.get_by_role("link", name="A4").first.get_attribute("href")))
    booklet = li.page.request.get(str(li.page.get_by_role("link", name="全部事项").get_attribute("href")))
    for name, answer in (("own-list-poster", poster), ("own-list-booklet", booklet)):
        assert answer.ok, answer.status
        camera.develop(picture_of(answer.body(), tmp_path, dpi=80, grey=False), name)
