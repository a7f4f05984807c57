"""One body's month, line by line."""

import json
from datetime import date

from publicity.categories.library import enter_directory
from tests.factories import (
    LINES,
    at,
    closing_of,
    make_draft,
    make_published_ledger,
    make_published_posting,
    make_submitted,
)

SEPTEMBER = "/v/330299101201/accounts/2026-09/collective"
OCTOBER = "/v/330299101201/accounts/2026-10/collective"


def test_the_first_figures_are_the_answer(read):
    page = read(SEPTEMBER)
    for figure in ("186,420.35", "70,500.00", "57,745.20", "199,175.15"):
        assert figure in page
    assert "收支相符" in page


def test_every_line_is_there_with_its_item(read):
    page = read(SEPTEMBER)
    for line in LINES:
        assert line[1] in page
    assert "/v/330299101201/powers/A04" in page
    assert page.index("支出 4 笔") < page.index("收入 2 笔")


def test_private_people_are_masked_and_officials_are_not(read):
    page = read(SEPTEMBER)
    assert "张阿德" not in page
    assert "张*" in page
    assert "李国强" in page
    assert "国网松坪供电所" in page


def test_who_made_checked_and_signed_stands_with_office_and_full_name(read):
    page = read(SEPTEMBER)
    for words in ("报账员", "李国强", "村务监督委员会主任", "王永根", "村党组织书记", "陈海涛"):
        assert words in page


def test_json_and_csv_are_masked_by_the_same_path(visitor, village):
    text = visitor.get(f"{SEPTEMBER}.json").text
    assert "张阿德" not in text
    content = json.loads(text)
    assert content["closing_fen"] == 19_917_515
    assert [entry["payee"] for entry in content["entries"]][3] == "张*"
    table = visitor.get(f"{SEPTEMBER}.csv")
    assert table.data.startswith(b"\xef\xbb\xbf")
    assert "张阿德" not in table.text
    assert "张*" in table.text


def test_the_month_before_is_compared(read, village):
    session, body = village.session, village.places.collective
    closing = closing_of(session, village.september)
    lines = [(*line[:4], line[4] * 2, line[5], line[6]) for line in LINES]
    make_published_ledger(session, body=body, cast=village.cast, period="2026-10", opening_fen=closing, lines=lines)
    session.commit()
    page = read(OCTOBER)
    assert "比上月 ▲ 100%" in page
    assert "与上月相接" in page
    assert "没有公开的账目可比" in page


def test_the_year_stands_beside_its_plan_and_the_quarter_tells_its_classes(read, visitor, village):
    session, body = village.session, village.places.collective
    assert "和全年计划比" not in read(SEPTEMBER)
    enter_directory(session, since=date(2026, 1, 1))
    rows = [
        {"side": "收入", "item": "承包金", "planned": 14_100_000, "last": None, "reason": None},
        {"side": "支出", "item": "维修", "planned": 10_000_000, "last": None, "reason": None},
    ]
    make_published_posting(session, body=body, cast=village.cast, code="finance.budget", span="2026", rows=rows)
    session.commit()
    page = read(SEPTEMBER)
    assert "到现在是全年计划的 50%" in page
    assert "到现在是全年计划的 58%" in page
    assert "还没有公开，没有算进去" in page
    plan = json.loads(visitor.get(f"{SEPTEMBER}.json").text)["plan"]
    assert (plan["income_fen"], plan["planned_income_fen"]) == (7_050_000, 14_100_000)
    assert len(plan["months_missing"]) == 8
    month = read("/v/330299101201/accounts/2026-09")
    assert "财务公开八类说了哪些" in month
    disclosure = json.loads(visitor.get("/v/330299101201/accounts/2026-09.json").text)["disclosure"]
    own = next(one for one in disclosure if one["body"] == "collective")
    states = {one["class"]: one["state"] for one in own["classes"]}
    assert (states["plan"], states["spending"], states["debts"]) == ("posted", "posted", "missing")


def test_a_month_that_nobody_posted_says_since_when_it_is_due(visitor, village):
    answer = visitor.get(OCTOBER)
    assert answer.status_code == 404
    assert "应公开未公开，已过期 12 天" in answer.text
    assert "应在2026年11月10日前公开" in answer.text


def test_drafts_do_not_leak(visitor, village):
    session, body = village.session, village.places.collective
    closing = closing_of(session, village.september)
    lines = [("2026-10-03", "支-051", "不能先看到的一笔", "松坪印务社", 0, 777_700, "A02")]
    make_submitted(session, body=body, cast=village.cast, period="2026-10", opening_fen=closing, lines=lines)
    session.commit()
    addresses = [
        "/v/330299101201",
        "/v/330299101201/accounts/2026-10",
        OCTOBER,
        f"{OCTOBER}.json",
        f"{OCTOBER}.csv",
        "/v/330299101201/accounts/2026-10.json",
        "/v/330299101201/records",
        "/v/330299101201/records.json",
        "/v/330299101201/records/2",
        "/v/330299101201/records/2.json",
        "/v/330299101201/records/2/versions/1",
        "/v/330299101201/records/2/versions/1.json",
        "/v/330299101201/powers/A02",
    ]
    for address in addresses:
        answer = visitor.get(address)
        assert "不能先看到" not in answer.text, address
        assert "7,777" not in answer.text, address
        assert "审核中" not in answer.text, address
    assert visitor.get(f"{OCTOBER}.json").status_code == 404
    assert visitor.get("/v/330299101201/records/2").status_code == 404


def test_a_correction_is_told_with_its_reason_and_what_changed(read, village):
    _correct(village)
    page = read(SEPTEMBER)
    assert "这份账目更正过" in page
    assert "原因：电费抄错" in page
    assert "的金额由 412.60 元改为 421.60 元" in page


def test_a_correction_that_waits_shows_nothing_yet(read, village):
    lines = [(*line[:5], 999_999, line[6]) if line[1] == "支-041" else line for line in LINES]
    body, now = village.places.collective, at(village.september.published_at.date().replace(day=20))
    make_draft(village.session, body=body, cast=village.cast, lines=lines, reason="还没审", now=now)
    village.session.commit()
    page = read(SEPTEMBER)
    assert "9,999.99" not in page
    assert "还没审" not in page
    assert "412.60" in page


def test_both_versions_stay_readable(read, village):
    _correct(village)
    assert "412.60" in read("/v/330299101201/records/1/versions/1")
    second = read("/v/330299101201/records/1/versions/2")
    assert "421.60" in second
    assert "比第 1 版改了什么" in second
    record = read("/v/330299101201/records/1")
    assert "现在有效" in record
    assert "已被更正" in record


def _correct(village):
    lines = [(*line[:5], 42_160, line[6]) if line[1] == "支-041" else line for line in LINES]
    now = at(village.september.published_at.date().replace(day=20))
    body = village.places.collective
    make_published_ledger(village.session, body=body, cast=village.cast, lines=lines, reason="电费抄错", now=now)
    village.session.commit()
