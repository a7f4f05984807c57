"""The clerk's week on a phone: four duties from the list, each in its own way, each on the wall as paper."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from publicity.categories.library import enter_directory
from tests.cast import STONE
from tests.factories import at
from tests.journeys.paper import address_on, picture_of, words_of
from tests.journeys.people import Clerk, Head, Secretary
from tests.journeys.stage import go
from tests.journeys.test_redaction import drag, is_narrow, lying_photo

SINCE = date(2026, 7, 1)
ELDERLY = "姓名\t组别\t月津贴金额\t出生日期\n张根土\t第一组\t100.00\t1941-03-02\n吴阿香\t第三组\t200.00\t1934-11-20\n"
PURCHASES = (
    ("物资和服务采购登记表",),
    ("品名", "数量", "单位", "询价情况", "成交单位", "成交价", "验收人"),
    ("打印机", 1, "台", "三家报价1280、1350、1399元", "松坪办公设备有限公司", 1280, "王永根"),
    ("合计", None, None, None, None, 1280, None),
)


@pytest.fixture
def week(server):
    """Enter the directory, and let it be the week in which the third quarter is due, on the 20th."""
    with Session(server.app.extensions["engine"]) as session:
        enter_directory(session, since=SINCE)
        session.commit()
    server.now = at(date(2026, 10, 15), 9)
    return server


def fits(page: Page) -> bool:
    """Say whether the page, once it is there, runs out of the window nowhere."""
    page.wait_for_load_state()
    return is_narrow(page)


def begins(clerk: Clerk, name: str) -> None:
    """Open the duty of that name from the list, and begin it as it stands there."""
    clerk.page.goto(f"/desk/{STONE}")
    more = clerk.page.locator("section", has_text="本周要做").first.locator("details > summary", has_text="还有")
    if more.count():
        more.first.click()
    task = clerk.page.locator("ul.tasks > li", has_text=name).filter(has_text="上石村村民委员会").first
    go(task.get_by_role("link", name="去填报"))
    clerk.presses("开始填")
    assert "/edit" in clerk.page.url, clerk.page.inner_text("body")
    assert fits(clerk.page)


def submits(clerk: Clerk) -> str:
    """Send what is open to review; return its address."""
    address = clerk.page.url
    assert fits(clerk.page)
    clerk.presses("提交审核")
    assert clerk.sees("已提交，等待审核"), clerk.page.inner_text("body")
    return address


def reviewed(server, head: Head, secretary: Secretary, address: str) -> None:
    """Let the head of the supervision committee approve and the secretary sign."""
    server.pass_minutes(5)
    head.page.goto(address)
    assert fits(head.page)
    head.approves()
    server.pass_minutes(5)
    secretary.page.goto(address)
    secretary.confirms()
    assert secretary.sees("已公开")


def on_the_wall(page: Page, address: str, folder: Path, words: tuple[str, ...], absent: tuple[str, ...] = ()) -> str:
    """Fetch the paper of what is published, look for words on it; return the address in its code."""
    answer = page.request.get(f"{address}/sheet.pdf")
    assert answer.ok, answer.status
    pdf = answer.body()
    printed = words_of(pdf).replace(" ", "").replace("\n", "")
    for one in words:
        assert one in printed, (one, printed[:600])
    for one in absent:
        assert one not in printed
    return address_on(picture_of(pdf, folder))


def test_the_clerk_does_four_duties_of_four_kinds(week, window, camera, tmp_path):
    server = week
    li = Clerk(window().page, "li", STONE)
    yonggen, chen = Head(window().page, "yonggen", STONE), Secretary(window().page, "chen", STONE)
    for person in (li, yonggen, chen):
        person.signs_in()
    camera.take(li.page, "week-1-list")
    assert fits(li.page)

    # By typing: a spreadsheet's cells may even be pasted into a field.
    begins(li, "印章使用")
    li.page.fill("[name=row-1-day]", "2026-09-12")
    li.page.fill("[name=row-1-matter]", "开具居住证明")
    li.page.fill("[name=row-1-copies]", "2")
    li.page.fill("[name=row-1-applicant]", "王小芳")
    li.page.fill("[name=row-2-matter]", "机耕路维修合同")
    camera.take(li.page, "week-2-typing")
    li.page.fill("[name=row-2-day]", "九月底前后")
    li.presses("保存，去核对")
    assert li.sees("读不懂，还没有保存")
    assert li.page.input_value("[name=row-1-matter]") == "开具居住证明"
    camera.take(li.page, "week-3-unreadable")
    li.page.fill("[name=row-2-day]", "9月28日")
    li.presses("保存，去核对")
    camera.take(li.page, "week-4-check")
    typed = submits(li)

    # By paste.
    begins(li, "高龄津贴")
    li.follows("从表格粘贴，或上传文件")
    li.page.fill("[name=pasted]", ELDERLY)
    camera.take(li.page, "week-5-paste")
    li.presses("看看读得对不对")
    assert li.sees("都读懂了，一共 2 行")
    assert fits(li.page)
    camera.take(li.page, "week-6-read")
    li.presses("读得对，填进草稿")
    pasted = submits(li)

    # By workbook.
    begins(li, "物资和服务采购")
    li.follows("从表格粘贴，或上传文件")
    workbook = tmp_path / "采购.xlsx"
    book = openpyxl.Workbook()
    for row in PURCHASES:
        book.active.append(row)
    book.save(workbook)
    li.page.set_input_files("input[type=file]", workbook)
    li.presses("上传并检查")
    assert li.sees("采购.xlsx")
    li.presses("读得对，填进草稿")
    uploaded = submits(li)

    # By photo: what is private on it is covered by finger.
    begins(li, "村务监督委员会工作")
    li.page.fill("[name=head-checked]", "查看了三季度的凭证和机耕路维修现场。")
    li.page.fill("[name=head-found]", "一张付款凭证上写有收款人的银行卡号。")
    li.presses("保存，去核对")
    photographed = li.page.url
    li.follows("加照片、遮盖、排顺序")
    li.page.fill("[name=caption]", "维修付款凭证")
    li.page.set_input_files("#album", lying_photo(tmp_path))
    li.presses("上传")
    li.page.wait_for_selector("text=还没有看过")
    li.follows("看一看，遮一遮")
    li.page.wait_for_load_state()
    drag(li.page, (0.31, 0.34, 0.69, 0.55))
    li.presses("遮住，看看效果")
    li.presses("都遮好了，就这样公开")
    li.page.goto(photographed)
    submits(li)
    camera.take(li.page, "week-7-photo")

    for address in (typed, pasted, uploaded, photographed):
        reviewed(server, yonggen, chen, address)
    camera.take(chen.page, "week-8-signed")

    found = [
        on_the_wall(chen.page, typed, tmp_path, ("印章使用", "开具居住证明", "王小芳", "2026-09-28")),
        on_the_wall(chen.page, pasted, tmp_path, ("高龄津贴", "张根土", "300.00"), ("1941-03-02", "1934")),
        on_the_wall(chen.page, uploaded, tmp_path, ("打印机", "松坪办公设备有限公司", "1,280.00")),
        on_the_wall(chen.page, photographed, tmp_path, ("村务监督委员会工作", "机耕路维修现场")),
    ]
    resident = window(scripts=False)
    names = []
    for path in found:
        resident.page.goto(path)
        assert fits(resident.page)
        names.append(resident.page.inner_text("h1"))
    assert names == ["印章使用", "高龄津贴", "物资和服务采购", "村务监督委员会工作"]
    resident.page.goto(found[1])
    assert "张*" in resident.page.inner_text("body")
    assert "张根土" not in resident.page.content()


def keeps(page: Page, count: int) -> bool:
    """Say whether the browser keeps so many unsent forms, once its scripts had their turn (two seconds at most)."""
    kept = "Object.keys(localStorage).filter(key => key.startsWith('mingbai-kept-')).length"
    for _ in range(20):
        if page.evaluate(kept) == count:
            return True
        page.wait_for_timeout(100)
    return False


def test_what_is_typed_survives_a_lost_connection(week, window):
    li = Clerk(window().page, "li", STONE)
    li.signs_in()
    begins(li, "印章使用")
    address = li.page.url
    li.page.fill("[name=row-1-matter]", "开具居住证明")
    li.page.context.set_offline(True)
    li.taps("先保存，接着填")
    li.page.wait_for_selector("text=没有丢")
    li.page.context.set_offline(False)
    li.page.goto(address)
    assert li.sees("上次没保存的内容还在，要恢复吗")
    assert li.page.input_value("[name=row-1-matter]") == ""
    li.taps("恢复")
    assert li.page.input_value("[name=row-1-matter]") == "开具居住证明"
    li.presses("先保存，接着填")
    assert li.sees("已保存")
    assert not li.sees("要恢复吗")
    assert keeps(li.page, 0)
    li.page.fill("[name=row-1-matter]", "别的")
    li.page.wait_for_timeout(600)
    assert keeps(li.page, 1)
    li.presses("退出")
    assert keeps(li.page, 0)


def test_cells_pasted_into_a_field_spread_over_the_rows(week, window):
    li = Clerk(window().page, "li", STONE)
    li.signs_in()
    begins(li, "印章使用")
    li.page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "2026-09-01\\t证明\\t1\\n2026-09-02\\t合同\\t2\\n2026-09-03\\t报告\\t3\\n");
            const field = document.getElementById("row-1-day");
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    assert li.page.input_value("[name=row-3-matter]") == "报告"
    li.taps("再加几行")
    assert li.page.locator("fieldset[data-row]").count() == 6
    li.presses("保存，去核对")
    assert li.sees("第 3 行")
    assert li.sees("2026年9月3日")
