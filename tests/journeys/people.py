"""People as they act on the pages: each method is one thing that somebody does."""

import re
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.stage import go

PASSWORD = "chun-tian-hua-kai"


class Official:
    """Somebody with an account, at the desk of a village."""

    def __init__(self, page: Page, name: str, village: str) -> None:
        """Take a browser page, the user name, and the village's code."""
        self.page, self.name, self.village = page, name, village

    def signs_in(self) -> None:
        """Go to the desk, and give name and password where they are asked for."""
        self.page.goto(f"/desk/{self.village}")
        self.gives_name_and_password()

    def gives_name_and_password(self) -> None:
        """Fill in the form of the sign-in page, which leads on to where the person wanted to go."""
        self.page.fill("[name=name]", self.name)
        self.page.fill("[name=password]", PASSWORD)
        go(self.page.get_by_role("button", name="登录"))

    def sees(self, words: str) -> bool:
        """Say whether the page shows the words."""
        return words in self.page.inner_text("body")

    def opens_task(self, button: str) -> None:
        """Go to the desk and follow the button of a task."""
        self.page.goto(f"/desk/{self.village}")
        go(self.page.get_by_role("link", name=button, exact=True).first)

    def taps(self, button: str) -> None:
        """Press a button that does something on the page and leads nowhere."""
        self.page.get_by_role("button", name=button, exact=True).click()

    def presses(self, button: str) -> None:
        """Press a button that leads on."""
        go(self.page.get_by_role("button", name=button, exact=True))

    def follows(self, words: str) -> None:
        """Follow a link."""
        go(self.page.get_by_role("link", name=words, exact=True).first)


class Clerk(Official):
    """李国强, who keeps the books."""

    def uploads(self, workbook: Path, body: str) -> None:
        """Upload a workbook for one of the village's bodies."""
        self.page.goto(f"/desk/{self.village}/uploads/new")
        self.page.locator(f"input[name=body][value={body}]").check()
        self.page.set_input_files("input[type=file]", workbook)
        self.presses("上传并检查")

    def takes_over(self) -> None:
        """Use what was read, as it is."""
        self.presses("就用这些，去对应事项")

    def ties(self, items: dict[str, str]) -> None:
        """Name the power item of each line by a word of its summary."""
        for line in self.page.locator(".line").all():
            summary = line.locator(".what").inner_text()
            for word, code in items.items():
                if word in summary:
                    line.locator("select[name^=line-]").select_option(code)

    def submits(self) -> None:
        """Send the draft to review."""
        self.presses("保存并提交审核")

    def answers(self, words: str) -> None:
        """Answer the first open remark."""
        self.page.locator("textarea[name=words]").first.fill(words)
        self.presses("答复")


class Head(Official):
    """王永根, head of the supervision committee."""

    def returns(self, summary: str, words: str) -> None:
        """Return the accounts with a remark on the line of that summary."""
        line = self.page.locator(".line", has_text=summary)
        line.locator("summary").click()
        line.locator("textarea").fill(words)
        self.presses("退回，写明意见")

    def approves(self) -> None:
        """Agree to the posting."""
        self.presses("审核同意")


class Secretary(Official):
    """陈海涛, the village's secretary."""

    def confirms(self) -> None:
        """Sign it off; this publishes."""
        self.presses("签发，公开")

    def downloads_sheet(self) -> bytes:
        """Fetch the A3 sheet of the newest posting, as the link on the desk gives it."""
        self.page.goto(f"/desk/{self.village}")
        address = self.page.get_by_role("link", name="A3 公开榜").first.get_attribute("href")
        answer = self.page.request.get(str(address))
        assert answer.ok, answer.status
        return answer.body()


class Steward(Official):
    """沈文斌 or 唐秋月, who keep the county's lists and rule book."""

    def __init__(self, page: Page, name: str) -> None:
        """Take a browser page and the user name."""
        super().__init__(page, name, "")

    def signs_in(self) -> None:
        """Go to the lists of the county."""
        self.page.goto("/county/lists")
        self.gives_name_and_password()

    def brings_a_list(self, workbook: Path) -> None:
        """Have a workbook checked that shall become a list of the county."""
        self.page.goto("/county/lists")
        self.follows("新建或者导入一份清单")
        self.page.set_input_files("input[type=file]", workbook)
        self.presses("检查这个文件")

    def publishes(self, day: str) -> None:
        """Publish what another steward submitted, from a day on."""
        self.page.fill("[name=valid_from]", day)
        self.presses("公布")

    def rolls_out(self, day: str) -> None:
        """Put the published version before all villages, to be adopted by a day."""
        self.page.fill("[name=adopt_by]", day)
        self.presses("下发")

    def begins_a_category(self, name: str, sheet: str, cadence: str) -> None:
        """Begin a category of village affairs from nothing; its columns are asked for next."""
        self.page.goto("/county/categories")
        self.follows("新建一个类别")
        self.page.fill("#name", name)
        for field, value in (("affairs", "village"), ("sheet", sheet), ("cadence", cadence)):
            self.page.locator(f"input[name={field}][value={value}]").check()
        self.presses("建好，去写内容")

    def writes_a_column(self, number: int, name: str, kind: str, **choices: str) -> None:
        """Fill in a row of the columns; `choices` are audience, web_mask, paper_mask by their values."""
        row = f"columns-{number}"
        self.page.fill(f"#{row}-name", name)
        self.page.select_option(f"#{row}-kind", kind)
        for about, value in choices.items():
            self.page.select_option(f"#{row}-{about}", value)

    def puts_in_force(self, day: str) -> None:
        """Let the category that another steward wrote hold from a day on."""
        self.page.fill("[name=valid_from]", day)
        self.presses("核对无误，生效")

    def opens(self, title: str, number: int) -> None:
        """Open a version of a list from the desk."""
        self.page.goto("/county/lists")
        card = self.page.locator("section", has_text=title)
        go(card.get_by_role("link").filter(has_text=f"第 {number} 版").first)


class Recorder(Official):
    """李国强 again, who brings the resolutions of the meetings."""

    def records_a_resolution(self, *, due: int, present: int, in_favour: int, minutes: Path) -> None:
        """Say what the meeting decided on the newest version that may be adopted."""
        self.page.goto(f"/desk/{self.village}/list")
        self.follows("会已开过，登记决议")
        self.fills_in(due=due, present=present, in_favour=in_favour, minutes=minutes)

    def fills_in(self, *, due: int, present: int, in_favour: int, minutes: Path) -> None:
        """Fill in the form and send it."""
        self.page.locator("input[name=decision_body][value=representatives]").check()
        self.page.fill("[name=meeting]", "第三次村民代表会议")
        self.page.fill("[name=held_on]", "2026-10-08")
        for name, number in (("due", due), ("present", present), ("in_favour", in_favour)):
            self.page.fill(f"[name={name}]", str(number))
        self.page.set_input_files("input[type=file]", minutes)
        self.presses("登记")


def amount_after(text: str, label: str) -> str:
    """Return the first amount with two decimals that follows a label in a text."""
    found = re.search(re.escape(label) + r"\D*?(-?[\d,]+\.\d{2})", text)
    assert found, f"no amount after {label!r} in: {text[:400]}"
    return found[1]
