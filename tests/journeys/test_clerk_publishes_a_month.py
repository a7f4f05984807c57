"""From the clerk's own workbook to the board, and from the board's code to the same figure on a phone."""

from pathlib import Path

from tests.cast import STONE
from tests.journeys.paper import address_on, picture_of, words_of
from tests.journeys.people import Clerk, Head, Secretary, amount_after

WORKBOOK = Path(__file__).parent.parent / "samples" / "ledgers" / "a-two-blocks.xlsx"
CLOSING = "195,117.45"
ITEMS = {
    "租金": "A12",
    "承包款": "A12",
    "电费": "A08",
    "保洁": "A10",
    "机耕路": "A04",
    "会议桌椅": "A02",
    "慰问": "B24",
}


def test_clerk_publishes_a_month(server, window, camera, tmp_path):
    li = Clerk(window().page, "li", STONE)
    li.signs_in()
    camera.take(li.page, "desk-1-clerk")
    li.uploads(WORKBOOK, "collective")
    assert li.sees("没有发现问题")
    camera.take(li.page, "desk-2-read")
    li.takes_over()
    li.ties(ITEMS)
    camera.take(li.page, "desk-3-tied")
    li.submits()
    assert li.sees("等村务监督委员会主任审核")

    server.pass_minutes(10)
    yonggen = Head(window().page, "yonggen", STONE)
    yonggen.signs_in()
    camera.take(yonggen.page, "desk-4-head")
    yonggen.opens_task("去审核")
    yonggen.returns("会议桌椅", "请附上询价记录")
    assert yonggen.sees("草稿")

    server.pass_minutes(10)
    li.opens_task("看意见并答复")
    assert li.sees("请附上询价记录")
    camera.take(li.page, "desk-5-returned")
    li.answers("已补三家询价记录，附在凭证后")
    li.submits()
    assert li.sees("等村务监督委员会主任审核")

    server.pass_minutes(10)
    yonggen.opens_task("去审核")
    assert yonggen.sees("已补三家询价记录")
    camera.take(yonggen.page, "desk-6-review")
    yonggen.approves()

    server.pass_minutes(10)
    chen = Secretary(window().page, "chen", STONE)
    chen.signs_in()
    chen.opens_task("去签发")
    camera.take(chen.page, "desk-7-sign")
    chen.confirms()
    assert chen.sees("已公开，2026年10月8日")

    pdf = chen.downloads_sheet()
    camera.develop(picture_of(pdf, tmp_path, grey=False), "sheet-a3")
    picture = picture_of(pdf, tmp_path)
    printed = amount_after(words_of(pdf).replace(" ", ""), "本月结余")
    path = address_on(picture)

    resident = window(scripts=False)
    resident.page.goto(path)
    assert resident.page.url.endswith(f"/v/{STONE}/accounts/2026-09/collective")
    camera.take(resident.page, "resident-month-scanned")
    shown = resident.page.locator(".figures .answer .amount").inner_text().strip()
    assert printed == shown == CLOSING
    assert not resident.was_given_cookies()
