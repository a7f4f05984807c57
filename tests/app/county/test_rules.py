"""The rule book's pages: read it, ask why, see what a change touches, change it with a second person."""

import re
from datetime import date

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests.app.county.conftest import COUNTY, NEXT, Stewards
from tests.app.officials import Visitor
from tests.publicity.workflow.stage import FIELD, STONE

RULES = f"/county/{COUNTY}/rules"
DUE = f"{RULES}/due.finance.monthly.day"
CHANGE = {
    "place": COUNTY,
    "value": "8",
    "valid_from": "2026-11-01",
    "basis": "宁川县文件〔2026〕1号",
    "reason": "早些公开",
}


def asked(**about: str) -> str:
    """Return the query of the preview."""
    return "&".join(f"{name}={value}" for name, value in {**CHANGE, **about}.items() if value)


def plain(answer: TestResponse) -> str:
    """Return the words of a page."""
    body = answer.text[answer.text.index("<main") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def propose(visitor: Visitor, **about: str) -> TestResponse:
    """Send the change."""
    return visitor.post(f"{DUE}/changes", {**CHANGE, **about})


def value_on(stewards: Stewards, on: str) -> str:
    """Return what the page of the rule says for 上石村 on a day."""
    found = plain(stewards.shen.get(f"{DUE}?place={STONE}&on={on}"))
    return found[: found.index("换个地方看")]


def rows(stewards: Stewards, name: str) -> int:
    """Return how many rows a table has."""
    with stewards.town.session() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one())


def test_a_steward_is_sent_to_the_own_county(stewards):
    answer = stewards.shen.get("/county/rules")
    assert (answer.status_code, answer.headers["Location"]) == (303, RULES)


def test_the_book_stands_by_groups(stewards):
    found = plain(stewards.shen.get(RULES))
    for words in ("审核顺序", "公示天数", "每月账目公开的期限", "10 日", "示例，待当地确认"):
        assert words in found
    some = plain(stewards.shen.get(f"{RULES}?q=公示&place={STONE}&on=2026-10-05"))
    assert "公开栏张贴的天数" in some
    assert "每月账目公开的期限" not in some
    assert "没有找到这样的规则" in plain(stewards.shen.get(f"{RULES}?q=月亮"))


@pytest.mark.parametrize("who", ["anonymous", "clerk", "auditor", "elsewhere"])
@pytest.mark.parametrize("path", [RULES, DUE, f"{DUE}/change", f"{RULES}/changes"])
def test_it_is_for_stewards_of_the_county(stewards: Stewards, who: str, path: str) -> None:
    """Others are sent to sign in, or find nothing there."""
    assert stewards.town.visitors[who].get(path).status_code == (303 if who == "anonymous" else 404)


def test_a_steward_of_elsewhere_finds_nothing(stewards):
    for path in (RULES, DUE, f"{RULES}/changes"):
        assert stewards.tao.get(path).status_code == 404
    assert stewards.tao.get(f"/county/{NEXT}/rules").status_code == 200
    propose(stewards.shen)
    assert stewards.tao.get(f"/county/{NEXT}/rules/changes/1").status_code == 404
    assert stewards.tao.post(f"/county/{NEXT}/rules/changes/1/accept").status_code == 404
    assert stewards.tao.get(f"/county/{NEXT}/rules/due.finance.monthly.day?place={STONE}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [f"{RULES}/no.such", f"{RULES}?place=330298", f"{RULES}?place=1", f"{RULES}?on=gestern", f"{RULES}/changes/99"],
)
def test_what_is_not_there_is_not_found(stewards: Stewards, path: str) -> None:
    """Unknown rules, places of other counties, days that are none."""
    assert stewards.shen.get(path).status_code == 404


def test_the_page_of_a_rule_says_why(stewards):
    found = plain(stewards.shen.get(f"{DUE}?place={STONE}"))
    for words in ("为什么是这个数", "用这一行：离得最近，而且有效", "提出改动", "从哪天起"):
        assert words in found
    fixed = plain(stewards.shen.get(f"{RULES}/decision_body.members.body"))
    assert "县里不能改" in fixed


def test_before_it_is_proposed_it_shows_what_it_touches_and_keeps_nothing(stewards):
    before = stewards.town.rows()
    answer = stewards.shen.get(f"{RULES}/display.days/change?{asked(place=STONE, value='20')}")
    found = plain(answer)
    assert "1 个村的规定会变：上石村" in found
    assert "正在公示的，公示到哪天不变" in found
    assert stewards.town.rows() == before


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"value": "八"}, "要填一个整数"),
        ({"value": "40"}, "要在 1 到 31 之间"),
        ({"valid_from": "2026-10-04"}, "最早从今天"),
        ({"valid_from": "morgen"}, "不是日期"),
        ({"basis": ""}, "请写依据"),
        ({"place": STONE}, "不能在这一级设定"),
    ],
)
def test_what_is_wrong_is_said_with_the_form_again(stewards: Stewards, about: dict[str, str], told: str) -> None:
    """Nothing is lost: the form stands there as it was filled in."""
    answer = stewards.shen.get(f"{DUE}/change?{asked(**about)}")
    assert answer.status_code == 422
    assert told in plain(answer)
    assert "早些公开" in answer.text
    assert propose(stewards.shen, **about).status_code == 409
    assert rows(stewards, "rule_change") == 0


def test_below_the_national_minimum_is_refused(stewards):
    answer = stewards.shen.get(f"{RULES}/display.days/change?{asked(value='14')}")
    assert "不能低于上级规定的 15" in plain(answer)
    assert stewards.shen.post(f"{RULES}/display.days/changes", {**CHANGE, "value": "14"}).status_code == 409


def test_two_people_change_a_rule(stewards):
    township = "330299101"
    assert propose(stewards.shen, place=township).status_code == 303
    assert "等另一位管理员同意" in plain(stewards.shen.get(RULES))
    page = stewards.shen.get(f"{RULES}/changes/1")
    assert "撤回" in plain(page)
    assert "同意，写进规则库" not in plain(page)
    assert stewards.shen.post(f"{RULES}/changes/1/accept").status_code == 403
    assert " 10 日" in value_on(stewards, "2026-11-01")

    page = plain(stewards.lin.get(f"{RULES}/changes/1"))
    for words in ("同意，写进规则库", "2026年10月的账目", "早些公开", "沈文斌"):
        assert words in page
    assert stewards.lin.post(f"{RULES}/changes/1/accept").status_code == 303
    assert " 10 日" in value_on(stewards, "2026-10-31")
    assert " 8 日" in value_on(stewards, "2026-11-01")
    assert "已同意" in plain(stewards.shen.get(f"{RULES}/changes"))
    again = stewards.lin.post(f"{RULES}/changes/1/accept")
    assert "已经处理过了" in plain(stewards.lin.get(again.headers["Location"]))


def test_the_other_may_refuse_with_a_reason(stewards):
    propose(stewards.shen)
    without = stewards.lin.post(f"{RULES}/changes/1/refuse", {"note": " "})
    assert "不同意要写明原因" in plain(stewards.lin.get(without.headers["Location"]))
    assert stewards.lin.post(f"{RULES}/changes/1/refuse", {"note": "太早了"}).status_code == 303
    found = plain(stewards.shen.get(f"{RULES}/changes/1"))
    assert "没有同意" in found
    assert "太早了" in found


def test_who_proposed_may_withdraw(stewards):
    propose(stewards.shen)
    assert stewards.lin.post(f"{RULES}/changes/1/withdraw").status_code == 403
    assert stewards.shen.post(f"{RULES}/changes/1/withdraw").status_code == 303
    assert "已撤回" in plain(stewards.shen.get(f"{RULES}/changes"))


KEYS = [
    "review.order",
    "display.days",
    "amounts.works.micro.below",
    "calendar.days_off",
    "decision.major",
    "decision_body.representatives.present",
    "decision_body.representatives.favour_of",
    "adaptation.item_fields",
    "adaptation.own_items",
]


@pytest.mark.parametrize("key", KEYS)
def test_every_kind_of_rule_has_its_form(stewards: Stewards, key: str) -> None:
    """The form begins with the value that holds, and what it would send is read again."""
    page = stewards.shen.get(f"{RULES}/{key}")
    assert page.status_code == 200
    assert 'name="value"' in page.text
    english = stewards.shen.get(f"{RULES}/{key}?lang=en&size=large")
    assert english.status_code == 200
    assert 'name="lang" value="en"' in english.text


def test_an_order_is_sent_step_by_step(stewards):
    values = [("value", word) for word in ("clerk.submit", "secretary.confirm", "supervision.approve")]
    query = "&".join(f"{name}={value}" for name, value in values)
    found = plain(stewards.shen.get(f"{RULES}/review.order/change?{asked(value='')}&{query}"))
    assert "报账员提交 → 村党组织书记签发 → 村务监督委员会审核" in found
    assert "仍按提交时的顺序走完" in found


def test_a_row_may_end(stewards):
    query = f"place={COUNTY}&ends=1&valid_from=2026-11-01&valid_until={date(2026, 12, 31)}"
    found = plain(stewards.shen.get(f"{RULES}/decision.major/change?{query}"))
    assert "没有这条规则了" in found
    found = plain(stewards.shen.get(f"{RULES}/display.days/change?{query}"))
    assert "自己的这一行到 2026年12月31日 为止" in found
    answer = stewards.shen.post(f"{RULES}/display.days/changes", dict(part.split("=") for part in query.split("&")))
    assert answer.status_code == 303
    assert stewards.lin.post(f"{RULES}/changes/1/accept").status_code == 303
    kept = plain(stewards.shen.get(f"{RULES}/display.days?on=2027-01-01"))
    assert "已经结束：到 2026年12月31日 为止" in kept


def test_the_other_village_is_another_page(stewards):
    assert "下田村" in plain(stewards.shen.get(f"{RULES}?place={FIELD}"))
