"""The steward's pages of the directory: a category is begun, written, looked at, and put in force by another."""

import io
import json
import re
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests.app.county.conftest import COUNTY, Stewards
from tests.app.county.editing import form_in
from tests.app.officials import Visitor

CATEGORIES = f"/county/{COUNTY}/categories"
CODE = f"{COUNTY}-1"
EDITION = f"{CATEGORIES}/{CODE}/editions/1"
BEGUN = {"name": "高龄老人慰问发放名单", "affairs": "village", "sheet": "roster", "cadence": "quarter"}
ROWS = (("姓名", "person", "web"), ("身份证号", "identity", "web"), ("住址", "text", "paper"), ("金额", "money", "web"))


def plain(answer: TestResponse) -> str:
    """Return the words of a page."""
    body = answer.text[answer.text.index("<main") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def sent_by(answer: TestResponse, action: str) -> dict[str, Any]:
    """Return what a browser would send of the form of a page, each field with all its values."""
    return {name: values for name, values in form_in(answer.text, action).lists() if name not in {"csrf_token", "op"}}


def begin(visitor: Visitor, **about: str) -> TestResponse:
    """Begin a category."""
    return visitor.post(CATEGORIES, {**BEGUN, **about})


def form(visitor: Visitor, page: str) -> dict[str, Any]:
    """Return what a browser would send of the form of columns or cover."""
    return sent_by(visitor.get(f"{EDITION}/{page}"), f"{EDITION}/{page}")


def write(visitor: Visitor, rows: tuple[tuple[str, str, str], ...] = ROWS, **about: object) -> TestResponse:
    """Write columns into the spare rows of the form and send it."""
    sent = form(visitor, "columns")
    for number, (name, kind, audience) in enumerate(rows, start=1):
        row = f"columns-{number}"
        sent["row"] = list(dict.fromkeys([*sent["row"], row]))
        sent |= {f"{row}-name": name, f"{row}-kind": kind, f"{row}-audience": audience}
        sent |= {f"{row}-web_mask": "auto", f"{row}-paper_mask": "auto"}
    return visitor.post(f"{EDITION}/columns", {**sent, **about})


def columns(stewards: Stewards) -> list[dict[str, str]]:
    """Return the columns of the first own edition as they are stored."""
    with stewards.town.session() as session:
        found = session.execute(text("SELECT content FROM category_edition WHERE place_id IS NOT NULL")).scalar_one()
    kept: list[dict[str, str]] = json.loads(found)["columns"]
    return kept


def states(stewards: Stewards) -> list[str]:
    """Return the states of the county's editions."""
    with stewards.town.session() as session:
        return list(
            session.execute(text("SELECT state FROM category_edition WHERE place_id IS NOT NULL ORDER BY id")).scalars()
        )


def test_a_steward_is_sent_to_the_own_directory(stewards):
    answer = stewards.shen.get("/county/categories")
    assert (answer.status_code, answer.headers["Location"]) == (303, CATEGORIES)
    assert "财务收支逐笔公开" in plain(stewards.shen.get(CATEGORIES))


@pytest.mark.parametrize("who", ["anonymous", "clerk", "auditor", "elsewhere"])
def test_it_is_for_stewards_of_the_county(stewards, who):
    begin(stewards.shen)
    for path in (CATEGORIES, f"{CATEGORIES}/new", f"{CATEGORIES}/{CODE}", EDITION, f"{EDITION}/columns"):
        assert stewards.town.visitors[who].get(path).status_code == (303 if who == "anonymous" else 404)
        assert stewards.tao.get(path).status_code == 404


def test_what_is_not_there_is_not_found(stewards):
    for path in (f"{CATEGORIES}/nothing", f"{CATEGORIES}/{CODE}/editions/1", f"{CATEGORIES}/{CODE}"):
        assert stewards.shen.get(path).status_code == 404
    begin(stewards.shen)
    assert stewards.tao.get(f"/county/330298/categories/{CODE}").status_code == 404


def test_a_category_is_written_looked_at_and_put_in_force_by_another(stewards):
    answer = begin(stewards.shen)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{EDITION}/columns")
    answer = write(stewards.shen, do="look")
    assert (answer.status_code, answer.headers["Location"]) == (303, EDITION)
    kept = [(one["key"], one["audience"], one["web_mask"], one["paper_mask"]) for one in columns(stewards)]
    assert kept == [
        ("c1", "web", "name", "none"),
        ("c2", "never", "tail", "tail"),
        ("c3", "paper", "none", "none"),
        ("c4", "web", "none", "none"),
    ]
    page = stewards.shen.get(EDITION).text
    web, paper = page[page.index("look-web") : page.index("look-paper")], page[page.index("look-paper") :]
    assert "张*" in web
    assert "张大有" not in web
    assert "住址" not in web
    assert "张大有" in paper[: paper.index("look-form")]
    assert "住址" in paper[: paper.index("look-form")]
    assert "身份证号" not in paper[: paper.index("look-form")]
    assert stewards.shen.post(f"{EDITION}/submit").status_code == 303
    assert states(stewards) == ["submitted"]
    assert stewards.shen.post(f"{EDITION}/force", {"valid_from": "2026-10-05"}).status_code == 403
    seen = sent_by(stewards.lin.get(EDITION), f"{EDITION}/force")
    assert "核对，生效" in plain(stewards.lin.get(EDITION))
    stewards.lin.post(f"{EDITION}/force", {**seen, "valid_from": "2026-10-05"})
    assert states(stewards) == ["in_force"]
    assert "本县自己定的" in plain(stewards.lin.get(CATEGORIES))
    assert "林若兰 核对" in plain(stewards.lin.get(f"{CATEGORIES}/{CODE}"))


def test_the_import_template_has_the_columns(stewards):
    begin(stewards.shen)
    write(stewards.shen)
    answer = stewards.shen.get(f"{EDITION}/template.xlsx")
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    written = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert any(one.startswith("姓名") for one in written)
    assert any(one.startswith("住址") for one in written)


def test_rows_move_and_go(stewards):
    begin(stewards.shen)
    write(stewards.shen)
    for do, names in (
        ("up:columns-4", ["姓名", "身份证号", "金额", "住址"]),
        ("down:columns-1", ["身份证号", "姓名", "金额", "住址"]),
        ("up:columns-1", ["身份证号", "姓名", "金额", "住址"]),
        ("remove:columns-3", ["身份证号", "姓名", "住址"]),
    ):
        assert stewards.shen.post(f"{EDITION}/columns", {**form(stewards.shen, "columns"), "do": do}).status_code == 303
        assert [one["name"] for one in columns(stewards)] == names
    write(
        stewards.shen,
        (
            ("身份证号", "identity", "web"),
            ("姓名", "person", "web"),
            ("住址", "text", "paper"),
            ("电话", "phone", "web"),
        ),
    )
    assert [one["key"] for one in columns(stewards)] == ["c2", "c1", "c3", "c4"]


def test_what_is_wrong_is_told_and_what_was_typed_stays(stewards):
    begin(stewards.shen)
    answer = write(stewards.shen, (("", "choice", "web"), ("结果", "choice", "web")), **{"columns-1-hint": "怎么填"})
    assert answer.status_code == 422
    assert "请写这一列的名称" in answer.text
    assert "请写可以选的内容" in answer.text
    assert 'value="怎么填"' in answer.text
    assert 'value="结果"' in answer.text
    assert columns(stewards) == []


@pytest.mark.parametrize("wrong", [{"name": ""}, {"affairs": "x"}, {"sheet": ""}, {"cadence": "daily"}])
def test_a_category_begins_with_everything_or_not_at_all(stewards, wrong):
    answer = begin(stewards.shen, **wrong)
    assert answer.status_code == 422
    assert states(stewards) == []


def test_the_same_name_is_begun_once(stewards):
    begin(stewards.shen)
    answer = begin(stewards.shen)
    assert answer.status_code == 422
    assert "同名" in plain(answer)


def test_a_category_begins_like_another(stewards):
    begin(stewards.shen)
    write(stewards.shen)
    stewards.shen.post(f"{EDITION}/submit")
    stewards.lin.post(f"{EDITION}/force", {**sent_by(stewards.lin.get(EDITION), f"{EDITION}/force")})
    answer = stewards.lin.post(CATEGORIES, {"source": CODE, "name": "困难户慰问发放名单"})
    assert answer.headers["Location"] == f"{CATEGORIES}/{COUNTY}-2/editions/1/columns"
    assert "住址" in stewards.lin.get(answer.headers["Location"]).text


def test_two_windows_do_not_write_over_each_other(stewards):
    begin(stewards.shen)
    old = form(stewards.shen, "cover")
    assert stewards.shen.post(f"{EDITION}/cover", {**old, "about": "第一个窗口"}).status_code == 303
    answer = stewards.shen.post(f"{EDITION}/cover", {**old, "about": "第二个窗口"})
    assert answer.status_code == 422
    assert "第一个窗口" in answer.text
    assert 'value="第二个窗口"' in answer.text
    again = sent_by(answer, f"{EDITION}/cover")
    assert stewards.shen.post(f"{EDITION}/cover", again).status_code == 303
    assert "第二个窗口" in stewards.shen.get(f"{EDITION}/cover").text


def test_the_same_form_sent_twice_is_kept_once(stewards):
    begin(stewards.shen)
    old = form(stewards.shen, "columns")
    sent = {**old, "columns-1-name": "姓名", "columns-1-kind": "person"}
    assert [stewards.shen.post(f"{EDITION}/columns", sent).status_code for _ in range(2)] == [303, 303]
    assert [one["key"] for one in columns(stewards)] == ["c1"]


def test_a_cover_is_read_as_it_was_written(stewards):
    begin(stewards.shen)
    before = form(stewards.shen, "cover")
    assert stewards.shen.post(f"{EDITION}/cover", before).status_code == 303
    assert form(stewards.shen, "cover") == before
    wrongs: list[dict[str, object]] = [
        {"name": ""},
        {"position": "-1"},
        {"due_rule": "amounts.x"},
        {"body": []},
        {"about": "长" * 200},
    ]
    for wrong in wrongs:
        assert stewards.shen.post(f"{EDITION}/cover", {**before, **wrong}).status_code == 422
    wanted = {**before, "basis": "村民委员会组织法第三十五条", "sample_basis": "县里的文件", "body": ["collective"]}
    stewards.shen.post(f"{EDITION}/cover", wanted)
    page = plain(stewards.shen.get(f"{CATEGORIES}/{CODE}"))
    assert "县里的文件 示例，待当地确认" in page
    assert "村集体经济组织" in page


def test_what_is_not_ready_is_not_submitted(stewards):
    begin(stewards.shen)
    stewards.shen.post(f"{EDITION}/submit")
    assert states(stewards) == ["draft"]
    assert "处问题" in plain(stewards.shen.get(EDITION))


def test_sent_back_with_a_reason_that_the_maker_reads(stewards):
    begin(stewards.shen)
    write(stewards.shen)
    stewards.shen.post(f"{EDITION}/submit")
    stewards.lin.post(f"{EDITION}/return", {"note": ""})
    assert states(stewards) == ["submitted"]
    stewards.lin.post(f"{EDITION}/return", {"note": "住址不要上墙"})
    assert states(stewards) == ["draft"]
    assert "林若兰：住址不要上墙" in plain(stewards.shen.get(EDITION))


def test_the_other_steward_reads_a_draft_and_changes_nothing(stewards):
    begin(stewards.shen)
    old = form(stewards.shen, "columns")
    assert stewards.lin.get(f"{EDITION}/columns").status_code == 200
    assert stewards.lin.post(f"{EDITION}/columns", {**old, "columns-1-name": "姓名"}).status_code == 403
    assert stewards.lin.post(f"{EDITION}/discard", {"sure": "1"}).status_code == 403


def test_a_day_is_needed_and_none_that_is_past(stewards):
    begin(stewards.shen)
    write(stewards.shen)
    stewards.shen.post(f"{EDITION}/submit")
    sent = sent_by(stewards.lin.get(EDITION), f"{EDITION}/force")
    for day in ("", "2026-10-04", "x"):
        stewards.lin.post(f"{EDITION}/force", {**sent, "valid_from": day})
        assert states(stewards) == ["submitted"]


def test_a_draft_is_thrown_away_only_when_sure(stewards):
    begin(stewards.shen)
    stewards.shen.post(f"{EDITION}/discard")
    assert states(stewards) == ["draft"]
    stewards.shen.post(f"{EDITION}/discard", {"sure": "1"})
    assert states(stewards) == []
    assert stewards.shen.get(f"{CATEGORIES}/{CODE}").status_code == 404


def test_an_edition_says_what_becomes_more_public(stewards):
    begin(stewards.shen)
    write(stewards.shen)
    stewards.shen.post(f"{EDITION}/submit")
    stewards.lin.post(f"{EDITION}/force", {**sent_by(stewards.lin.get(EDITION), f"{EDITION}/force")})
    second = f"{CATEGORIES}/{CODE}/editions/2"
    assert stewards.lin.post(f"{CATEGORIES}/{CODE}/editions").headers["Location"] == second
    stewards.lin.post(f"{CATEGORIES}/{CODE}/editions")
    sent = sent_by(stewards.lin.get(f"{second}/columns"), f"{second}/columns")
    stewards.lin.post(f"{second}/columns", {**sent, "columns-1-web_mask": "none", "columns-3-audience": "web"})
    page = plain(stewards.shen.get(second))
    assert "更公开了 「姓名」原来网上写 张*，纸上写全，改为网上写全，纸上写全" in page
    assert "更公开了 「住址」原来网上没有" in page


def test_a_category_is_retired_by_two(stewards):
    code = "finance.monthly-accounts"
    answer = stewards.shen.post(f"{CATEGORIES}/{code}/retire")
    assert answer.headers["Location"] == f"{CATEGORIES}/{code}/editions/1"
    assert "停用" in plain(stewards.lin.get(answer.headers["Location"]))
    page = plain(stewards.shen.get(f"{CATEGORIES}/{code}"))
    assert "停用这个类别" not in page
