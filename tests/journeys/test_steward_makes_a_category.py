"""A category that no one foresaw, made in the browser: a form, an import template, a web table, a paper sheet."""

import pytest

from tests.cast import COUNTY
from tests.journeys.people import Steward

NAME = "老年食堂助餐补贴名单"
CODE = f"{COUNTY}-1"
TODAY = "2026-10-08"


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
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
