"""A matter under 五议决策法 on a phone, from proposal to evaluation; what goes wrong is told at once and stays told."""

from datetime import date

import pytest

from tests.cast import STONE
from tests.factories import at
from tests.journeys.people import Clerk, Head
from tests.journeys.stage import go
from tests.journeys.test_redaction import is_narrow

MATTERS = f"/desk/{STONE}/matters"
SHORT = "要公示满 15 天：2026年8月14日贴出，2026年8月23日取下，只有 9 天，少 6 天"
NO_QUORUM = "党员大会人数不够：应到 46 人，到会至少要 31 人，实到 28 人，少 3 人"
SKIPPED = "「对照决议逐项督促」没有办，跳过去了，原因：执行台账里已经逐项写明"
REASON = "执行台账里已经逐项写明"


class MatterClerk(Clerk):
    """李国强, who writes down what happened in a matter, step by step."""

    def opens_matter(self, title: str) -> None:
        """Choose the item and the amount, read which procedure they choose, and open the matter."""
        self.page.goto(MATTERS)
        self.follows("登记一件要办的事")
        self.page.select_option("[name=item]", "A01")
        self.page.locator("input[name=body][value=committee]").check()
        self.page.fill("[name=budget]", "18万")
        self.presses("看走哪一套流程")
        assert self.sees("走「村级重大事项决策（五议决策法）」")
        self.page.fill("[name=title]", title)
        self.page.fill("[name=opened_on]", "2026-08-03")
        self.presses("立项")

    def part(self, button: str, step: str):
        """Return the form of that button (of a step where one is named), unfolded where it was folded."""
        wanted = self.page.get_by_role("button", name=button, exact=True, include_hidden=True)
        form = self.page.locator("main form").filter(has=wanted)
        form = form.filter(has=self.page.locator(f"input[name=step][value='{step}']")).first if step else form.first
        fold = form.locator("xpath=ancestor::details[not(@open)]/summary")
        if fold.count():
            fold.first.click()
        return form

    def enters(self, button: str, day: str, *, at_step: str = "", **fields: str) -> None:
        """Fill the form of that button and send it."""
        form = self.part(button, at_step)
        form.locator("[name=happened_on]").fill(day)
        for name, text in fields.items():
            if name == "exit":
                form.locator(f"input[name=exit][value='{text}']").check()
            else:
                form.locator(f"[name={name}]").fill(text)
        go(form.get_by_role("button", name=button, exact=True))
        assert is_narrow(self.page)

    def does(self, day: str) -> None:
        """The step was done."""
        self.enters("这一步办完了", day)

    def decides(self, day: str, result: str) -> None:
        """The decision went that way."""
        self.enters("登记结果", day, exit=result)

    def meets(self, day: str, due: int, present: int, in_favour: int) -> None:
        """A meeting at the step, in numbers."""
        self.enters("登记会议，算一算够不够", day, due=str(due), present=str(present), in_favour=str(in_favour))


@pytest.fixture
def autumn(server):
    """Let it be the day on which the clerk writes down what happened since August."""
    server.now = at(date(2026, 10, 30), 9)
    return server


def test_a_matter_from_proposal_to_evaluation(autumn, window, camera):
    clerk = MatterClerk(window(scripts=False).page, "li", STONE)
    clerk.signs_in()
    clerk.opens_matter("村口停车场建不建")
    address = clerk.page.url
    clerk.does("2026-08-04")
    clerk.decides("2026-08-05", "属于")
    clerk.does("2026-08-08")
    clerk.does("2026-08-12")
    clerk.enters("登记贴出", "2026-08-14")
    assert clerk.sees("已经贴满")
    clerk.enters("登记取下", "2026-08-23")
    assert SHORT in clerk.page.locator(".message.bad").inner_text(), "told at once"
    camera.take(clerk.page, "matter-desk-posting-cut-short")
    clerk.does("2026-08-23")
    clerk.decides("2026-08-24", "没有")
    clerk.meets("2026-08-26", 46, 28, 28)
    assert NO_QUORUM in clerk.page.locator(".message.bad").inner_text(), "told at once"
    assert clerk.sees("实到 28 人，不够")
    camera.take(clerk.page, "matter-desk-meeting-without-quorum")
    clerk.meets("2026-08-29", 46, 38, 36)
    assert clerk.sees("实到 38 人，够")
    assert not clerk.page.locator(".message.bad").count()
    clerk.does("2026-08-29")
    clerk.decides("2026-08-29", "同意")
    clerk.meets("2026-09-02", 40, 36, 33)
    clerk.does("2026-09-02")
    clerk.decides("2026-09-02", "通过")
    clerk.enters("登记贴出", "2026-09-02")
    clerk.enters("登记取下", "2026-09-05")
    clerk.does("2026-09-05")
    clerk.does("2026-09-28")
    clerk.does("2026-09-30")
    clerk.enters("登记贴出", "2026-10-01", at_step="wuyi/appraise")
    clerk.decides("2026-10-01", "满意")
    clerk.decides("2026-10-01", "通过")
    clerk.does("2026-10-05")
    clerk.enters("登记贴出", "2026-10-05", at_step="ledger")
    clerk.enters("跳过，写明原因", "2026-10-09", words=REASON)
    assert SKIPPED in clerk.page.locator(".message.bad").first.inner_text(), "told at once"
    clerk.does("2026-10-15")
    assert clerk.sees("办完了，2026年10月15日")
    assert clerk.sees("和清单不一样的地方：3 处")
    camera.take(clerk.page, "matter-desk-done")
    autumn.pass_minutes(5)
    _checked(window, address)
    _read_without_scripts(window, camera)


def _checked(window, address: str) -> None:
    """王永根 looks at the deeds and checks them together."""
    head = Head(window().page, "yonggen", STONE)
    head.signs_in()
    head.page.goto(address)
    boxes = head.page.locator("#story input[name=sequence]")
    count = boxes.count()
    assert count > 20
    for number in range(count):
        boxes.nth(number).check()
    head.presses("核对")
    assert head.page.locator("#story").inner_text().count("监委会王永根核对过") == count


def _read_without_scripts(window, camera) -> None:
    """A resident without scripts reads all three on the public page."""
    resident = window(scripts=False).page
    resident.goto(f"/v/{STONE}/matters/1")
    told = resident.locator("#findings").inner_text()
    assert SHORT in told
    assert NO_QUORUM in told
    assert SKIPPED in told
    assert "监委会还没有核对" not in resident.inner_text("body")
    assert is_narrow(resident)
    camera.take(resident, "matter-public-done")
