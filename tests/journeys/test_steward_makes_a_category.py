"""A category that no one foresaw, made in the browser: a form, an import template, a web table, a paper sheet."""

import pytest

from tests.cast import COUNTY, STONE
from tests.conftest import AT_NIGHT
from tests.journeys.paper import address_on, picture_of, words_of
from tests.journeys.people import Clerk, Head, Secretary, Steward

NAME = "老年食堂助餐补贴名单"
CODE = f"{COUNTY}-1"
TODAY = "2026-10-08"


@pytest.mark.parametrize(
    "scripts", [pytest.param(True, id="with-scripts"), pytest.param(False, id="without", marks=AT_NIGHT)]
)
def test_steward_makes_a_category(server, window, camera, scripts):
    shen = Steward(window(scripts=scripts).page, "shen")
    shen.signs_in()
    shen.begins_a_category(NAME, "roster", "event")
    shen.writes_a_column(1, "姓名", "person")
    shen.writes_a_column(2, "身份证号", "identity")
    shen.writes_a_column(3, "家庭住址", "text", audience="paper")
    shen.writes_a_column(_further_row(shen, scripts), "补贴金额", "money")
    camera.take(shen.page, f"category-1-columns-{scripts}")
    shen.presses("保存，看样子")
    assert shen.sees("网上写 张*，纸上写全")
    camera.take(shen.page, f"category-2-edition-{scripts}")
    edition = shen.page.url
    assert _fits(shen)
    shen.presses("提交")
    assert shen.sees("等另一位管理员核对")
    assert not shen.page.get_by_role("button", name="核对无误，生效").count()

    tang = Steward(window(width=1280, height=900, scripts=scripts).page, "tang")
    tang.signs_in()
    tang.page.goto(edition)
    web, paper = tang.page.inner_text("#look-web"), tang.page.inner_text("#look-paper")
    assert "张*" in web
    assert "张大有" in paper
    assert "家庭住址" not in web
    assert "家庭住址" in paper
    assert "身份证号" not in web + paper
    camera.take(tang.page, f"category-3-second-{scripts}")
    tang.puts_in_force(TODAY)
    tang.page.goto(f"/county/{COUNTY}/categories/{CODE}")
    assert tang.sees("唐秋月 核对")
    camera.take(tang.page, f"category-4-in-force-{scripts}")
    tang.page.goto("/county/categories")
    camera.take(tang.page, f"category-5-directory-{scripts}")


def _further_row(shen, scripts):
    """Save, and return a row to write into: with scripts one more was added, saved and taken away again."""
    if scripts:
        shen.page.locator("#columns").get_by_role("button", name="再加一行").click()
        shen.page.fill("#columns-4-name", "不要的一行")
    shen.presses("保存，接着写")
    if scripts:
        shen.page.locator("[data-row=columns-4]").get_by_role("button", name="去掉").click()
    return 5 if scripts else 4


def _fits(official):
    """Say whether the page needs no sideways scrolling."""
    return official.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") is True


ROSTER = (
    "姓名\t身份证号\t家庭住址\t补贴金额\n"
    "吴阿大\t330299194103120011\t上石村溪边18号\t180.00\n"
    "欧阳春梅\t330299193807210029\t上石村上墩7号\t240.50\n"
)
UNSEEN_ON_PAPER = ("330299194103120011", "19410312", "身份证号")
UNSEEN_ON_THE_WEB = ("吴阿大", "欧阳春梅", "330299194103120011", "19410312", "溪边18号")


def test_a_pasted_roster_under_it_shows_no_more_than_it_may(server, window, tmp_path):
    """The clerk pastes, others review: web, JSON, CSV and search keep what the steward ruled, paper shows the names."""
    shen = Steward(window(scripts=False).page, "shen")
    shen.signs_in()
    shen.begins_a_category(NAME, "roster", "event")
    shen.writes_a_column(1, "姓名", "person")
    shen.writes_a_column(2, "身份证号", "identity")
    shen.writes_a_column(3, "家庭住址", "text", audience="paper")
    shen.presses("保存，接着写")
    shen.writes_a_column(4, "补贴金额", "money")
    shen.presses("保存，看样子")
    shen.presses("提交")
    tang = Steward(window(scripts=False).page, "tang")
    tang.signs_in()
    tang.page.goto(shen.page.url)
    tang.puts_in_force(TODAY)

    li = Clerk(window(scripts=False).page, "li", STONE)
    yonggen, chen = (
        Head(window(scripts=False).page, "yonggen", STONE),
        Secretary(window(scripts=False).page, "chen", STONE),
    )
    for person in (li, yonggen, chen):
        person.signs_in()
    address = _pastes_a_roster(li)
    server.pass_minutes(5)
    yonggen.page.goto(address)
    yonggen.approves()
    server.pass_minutes(5)
    chen.page.goto(address)
    chen.confirms()
    assert chen.sees("已公开")

    pdf = chen.page.request.get(f"{address}/sheet.pdf").body()
    printed = words_of(pdf).replace(" ", "").replace("\n", "")
    assert "吴阿大" in printed
    assert "溪边18号" in printed
    assert not [words for words in UNSEEN_ON_PAPER if words in printed]

    record = address_on(picture_of(pdf, tmp_path))
    resident = window(scripts=False).page
    resident.goto(record)
    for ending in ("", ".json", ".csv"):
        answer = resident.request.get(f"{resident.url}{ending}")
        assert answer.ok, answer.status
        assert "吴*" in answer.text()
        assert "欧阳*" in answer.text()
        assert "240.5" in answer.text() or "24050" in answer.text()
        assert not [words for words in UNSEEN_ON_THE_WEB if words in answer.text()]
    number = resident.url.rsplit("/", 1)[1]
    assert _found(resident, "老年食堂", number)
    assert not [words for words in UNSEEN_ON_THE_WEB if _found(resident, words, number)]


def _pastes_a_roster(li):
    """Begin a posting of the new category, paste the spreadsheet's rows and send it to review; return its address."""
    li.page.goto(f"/desk/{STONE}/postings/new?category={CODE}")
    li.page.fill("#title", "九月老年食堂助餐补贴")
    li.page.fill("#period", TODAY)
    li.presses("开始填")
    li.follows("从表格粘贴，或上传文件")
    li.page.fill("[name=pasted]", ROSTER)
    li.presses("看看读得对不对")
    assert li.sees("都读懂了，一共 2 行")
    li.presses("读得对，填进草稿")
    address = li.page.url
    li.presses("提交审核")
    assert li.sees("已提交，等待审核"), li.page.inner_text("body")
    return address


def _found(resident, words, number):
    """Say whether the search of the village's records leads to this record."""
    resident.goto(f"/v/{STONE}/records?q={words}")
    return resident.locator(f"a[href$='/records/{number}']").count() > 0
