"""Stewards make a list their own in the browser: begin, change, check, publish by two, put to villages."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.app.county.editing import FAR, LISTS, SAMPLE, CountyDesk, form_in, furnish_county
from tests.publicity.workflow.stage import COUNTY
from village_lists.exchange.lists.yaml_writing import write_yaml
from village_lists.powers.models import VersionState

MINUTE_PAGES = (
    "",
    "/problems",
    "/cover",
    "/history",
    "/categories",
    "/thresholds",
    "/prohibitions",
    "/prohibitions/N01",
    "/new/prohibition",
    "/procedures",
    "/procedures/04-works-small",
    "/new/item",
    "/items/A04",
    "/preview",
    "/preview/A04",
    "/differences",
    "/list.yaml",
    "/list.xlsx",
    "?q=工程",
)
CHART = f"{SAMPLE}/procedures/04-works-small"


@pytest.fixture(scope="module")
def built(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CountyDesk, Path]]:
    """Return the county's desk with a draft of the sample list, and the file to go back to."""
    folder = tmp_path_factory.mktemp("county")
    desk = furnish_county(folder / "county.sqlite", sqlite_template, folder)
    answer = desk["steward"].post(LISTS, {"template": "sample-36", "place": COUNTY})
    assert answer.status_code == 303, answer.text[:500]
    for name in ("second", "beyond", "clerk"):
        desk[name].token()
    engine = desk.app.extensions["engine"]
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    kept = folder / "kept.sqlite"
    kept.write_bytes((folder / "county.sqlite").read_bytes())
    yield desk, kept
    engine.dispose()


@pytest.fixture
def desk(built: tuple[CountyDesk, Path]) -> Iterator[CountyDesk]:
    """Return the desk as it was built."""
    found, kept = built
    found.app.extensions["engine"].dispose()
    file = kept.with_name("county.sqlite")
    for end in ("-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)
    file.write_bytes(kept.read_bytes())
    yield found
    found.app.extensions["engine"].dispose()


@pytest.mark.parametrize("page", MINUTE_PAGES)
def test_every_page_of_a_draft_opens(desk, page):
    assert desk["steward"].get(SAMPLE + page).status_code == 200


@pytest.mark.parametrize("page", ["", "/items/A04", "/procedures/04-works-small", "/list.yaml", "/preview"])
@pytest.mark.parametrize(("name", "status"), [("beyond", 404), ("clerk", 404), ("anonymous", 303), ("second", 200)])
def test_only_the_stewards_of_the_county_come_in(desk, page, name, status):
    assert desk[name].get(SAMPLE + page).status_code == status


def test_a_list_of_another_county_is_not_there(desk):
    assert desk["steward"].get(f"{LISTS}/{FAR}/sample-36/1").status_code == 404
    assert desk["steward"].get(f"{LISTS}/{COUNTY}/sample-36/7").status_code == 404
    assert desk["steward"].get(f"{LISTS}/{COUNTY}/nothing/1").status_code == 404


def test_a_steward_is_sent_to_the_own_county(desk):
    answer = desk["beyond"].get("/county/lists")
    assert (answer.status_code, answer.location) == (303, f"/county/{FAR}/lists")
    assert "还没有清单" in desk["beyond"].get(answer.location).text


def test_a_blank_list_begins_once(desk):
    for status in (303, 409):
        answer = desk["steward"].post(LISTS, {"title": "我县清单", "place": COUNTY})
        assert answer.status_code == status
    content = desk.content("list-1")
    assert (content.title, content.items) == ("我县清单", ())
    assert desk["steward"].post(LISTS, {"title": " ", "place": COUNTY}).status_code == 409
    assert desk["steward"].post(LISTS, {"template": "no-such", "place": COUNTY}).status_code == 409


def test_a_second_draft_of_the_same_list_is_refused_in_words(desk):
    answer = desk["second"].post(LISTS, {"template": "sample-36", "place": COUNTY})
    assert answer.status_code == 409
    assert "还有一版没有做完" in answer.text


def test_the_outline_is_filtered(desk):
    text = desk["steward"].get(SAMPLE + "?q=A04").text
    assert "小型工程" in text
    assert "A05" not in text


def test_an_item_saved_without_a_change_leaves_no_trace(desk):
    page = SAMPLE + "/items/A04"
    before = desk.content()
    assert desk.send(page, desk.form(page)).status_code == 303
    assert desk.content() == before
    assert "改动：" not in desk["steward"].get(SAMPLE + "/history").text


def test_an_item_changes_and_is_taken_back(desk):
    page = SAMPLE + "/items/A04"
    before = desk.content()
    assert desk.send(page, desk.form(page), sentence="十万元以下的工程", fee="不收").status_code == 303
    item = next(item for item in desk.content().items if item.code == "A04")
    assert (item.sentence, item.fee) == ("十万元以下的工程", "不收")
    undo = desk.form(SAMPLE + "/history", SAMPLE + "/undo")
    for _tap in range(2):
        assert desk.send(SAMPLE + "/undo", undo).status_code == 303
    assert desk.content() == before


def test_what_was_typed_over_an_older_look_is_kept_beside_what_stands_now(desk):
    page = SAMPLE + "/items/A04"
    form = desk.form(page, by="second")
    desk.send(page, desk.form(page), sentence="甲乙丙丁")
    answer = desk.send(page, form, by="second", sentence="子丑寅卯")
    assert answer.status_code == 409
    assert "甲乙丙丁" in answer.text
    assert "子丑寅卯" in answer.text
    # Seen once, it may be sent again.
    assert desk.send(page, form_in(answer.text, page), by="second").status_code == 303
    assert next(item for item in desk.content().items if item.code == "A04").sentence == "子丑寅卯"


def test_what_cannot_be_read_is_told_and_nothing_is_kept(desk):
    page = SAMPLE + "/items/A04"
    before = desk.content()
    answer = desk.send(page, desk.form(page), name="", sentence="写好的一句话")
    assert answer.status_code == 422
    assert "请写事项名称" in answer.text
    assert "写好的一句话" in answer.text
    assert desk.content() == before


def test_an_item_comes_moves_and_goes(desk):
    form = desk.form(SAMPLE + "/new/item", SAMPLE + "/items")
    category = next(item for item in desk.content().items if item.code == "A04").category
    sent = {"code": "A99", "name": "新事项", "sentence": "一句话", "category": category}
    for _tap in range(2):
        assert desk.send(SAMPLE + "/items", form, **sent).status_code == 303
    assert [item.code for item in desk.content().items].count("A99") == 1
    assert "编码" in desk.send(SAMPLE + "/items", form, **{**sent, "name": "另一个"}).text
    move = SAMPLE + "/items/A99/move"
    before = [item.code for item in desk.content().items]
    assert desk.send(move, desk.form(SAMPLE + "/items/A99", move), to="up").status_code == 303
    after = [item.code for item in desk.content().items]
    assert after != before
    assert after.index("A99") < before.index("A99")
    delete = SAMPLE + "/items/A99/delete"
    assert desk.send(delete, desk.form(SAMPLE + "/items/A99", delete)).status_code == 303
    assert "A99" not in {item.code for item in desk.content().items}


def steps(desk: CountyDesk) -> list[str]:
    """Return the titles of the chart's steps."""
    graph = next(one for one in desk.content().procedures if one.slug == "04-works-small").graph
    return [node.title for node in graph.nodes]


def test_a_step_is_added_once_however_often_the_button_is_pressed(desk):
    form = desk.form(CHART)
    key, before = form.getlist("key")[1], steps(desk)
    for _tap in range(2):
        answer = desk.send(CHART, form, do=f"add:{key}")
        assert answer.status_code == 303
    assert re.search(r"#step-s\d+$", answer.location or "")
    assert len(steps(desk)) == len(before) + 1
    page = desk["steward"].get(CHART).text
    assert "步骤没有名称" in page
    assert "「s1」" not in page, "keys are the server's"


def test_a_button_keeps_what_was_typed_elsewhere(desk):
    form = desk.form(CHART)
    keys = form.getlist("key")
    desk.send(CHART, form, **{f"{keys[1]}.title": "改过的名称"}, do=f"delete:{keys[4]}")
    assert "改过的名称" in steps(desk)
    assert len(steps(desk)) == len(keys) - 1


def test_the_chart_is_drawn_from_what_is_typed_and_nothing_is_kept(desk):
    form, before = desk.form(CHART), desk.content()
    answer = desk.send(CHART + "/preview", form, **{f"{form.getlist('key')[1]}.title": "还没保存的"})
    assert answer.status_code == 200
    assert "还没保存的" in answer.text
    assert "<html" not in answer.text
    assert desk.content() == before


def test_a_procedure_is_not_put_into_itself(desk):
    users = [one for one in desk.content().procedures if any(node.embeds for node in one.graph.nodes)]
    inner = next(node.embeds for node in users[0].graph.nodes if node.embeds)
    page = f"{SAMPLE}/procedures/{inner}"
    form = desk.form(page)
    key = form.getlist("key")[1]
    answer = desk.send(page, form, **{f"{key}.kind": "predefined", f"{key}.embeds": users[0].slug}, do="save")
    assert answer.status_code == 422
    assert "绕回来了" in answer.text


def test_a_move_that_leaves_a_choice_is_refused_in_words(desk):
    form = desk.form(CHART)
    answer = desk.send(CHART, form, do=f"up:{form.getlist('key')[1]}")
    assert answer.status_code == 409
    assert "请用「下一步」改箭头" in answer.text


def test_a_procedure_begins_blank_or_as_a_copy(desk):
    begin = SAMPLE + "/procedures"
    for title, copied in (("空白的", ""), ("照抄的", "04-works-small")):
        form = desk.form(begin)
        for _tap in range(2):
            assert desk.send(begin, form, title=title, copy=copied).status_code == 303
    found = {one.title: len(one.graph.nodes) for one in desk.content().procedures}
    assert found["空白的"] == 3
    assert found["照抄的"] == len(steps(desk))
    delete = SAMPLE + "/procedures/p1/delete"
    assert desk.send(delete, desk.form(SAMPLE + "/procedures/p1", delete)).status_code == 303
    assert "空白的" not in {one.title for one in desk.content().procedures}


def test_categories_are_added_and_one_that_is_full_stays(desk):
    page = SAMPLE + "/categories"
    form = desk.form(page)
    assert desk.send(page, form, added="新的一类", do="save").status_code == 303
    assert "新的一类" in {category.name for category in desk.content().categories}
    full = next(item.category for item in desk.content().items)
    assert desk.send(page, desk.form(page), do=f"delete:{full}").status_code == 409
    above = next(category.parent for category in desk.content().categories if category.parent)
    assert f'value="delete:{above}"' not in desk["steward"].get(page).text, "what cannot be done is not offered"


def test_a_prohibition_is_tied_to_a_step(desk):
    page = SAMPLE + "/prohibitions/N01"
    form = desk.form(page)
    key = next(one for one in desk.content().procedures if one.slug == "04-works-small").graph.nodes[1].key
    assert desk.send(page, form, tie=[f"A04|{key}"], words="不准这样").status_code == 303
    found = next(one for one in desk.content().prohibitions if one.code == "N01")
    assert (found.words, found.items, found.steps[0].node_key) == ("不准这样", (), key)
    assert "不准这样" in desk["steward"].get(SAMPLE + "/items/A04").text


def test_amounts_are_offered_to_items(desk):
    page = SAMPLE + "/thresholds"
    row = {"key": "amounts.our.small", "name": "我县小额", "suggested": "30000"}
    assert desk.send(page, desk.form(page), **row).status_code == 303
    assert desk.content().thresholds[-1].suggested_fen == 3_000_000
    assert "我县小额" in desk["steward"].get(SAMPLE + "/items/A04").text


def submit(desk: CountyDesk) -> None:
    """Send the draft to the second steward."""
    page = SAMPLE + "/submit"
    assert desk.send(page, desk.form(SAMPLE, page), note="请核对").status_code == 303
    version = desk.version()
    assert version
    assert version.state is VersionState.SUBMITTED


def test_a_draft_with_faults_is_not_submitted(desk):
    page = SAMPLE + "/items/A04"
    desk.send(page, desk.form(page), sentence="")
    answer = desk["steward"].post(SAMPLE + "/submit", {})
    assert answer.location == SAMPLE + "/problems"
    problems = desk["steward"].get(SAMPLE + "/problems").text
    assert f"{SAMPLE}/items/A04#sentence" in problems
    assert "事项 A04 小型工程</span>" in problems, "it says where, before one goes there"
    version = desk.version()
    assert version
    assert version.state is VersionState.DRAFT


def test_two_people_publish(desk):
    submit(desk)
    own = desk["steward"].get(SAMPLE).text
    assert SAMPLE + "/publish" not in own
    assert "不能由您公布" in own
    assert desk["steward"].post(SAMPLE + "/publish", {"valid_from": "2026-11-01"}).status_code == 403
    assert desk["second"].post(SAMPLE + "/publish", {"valid_from": "soon"}).status_code == 303
    answer = desk.send(SAMPLE + "/publish", desk.form(SAMPLE, SAMPLE + "/publish", by="second"), by="second")
    assert answer.status_code == 303
    assert desk.version().state is VersionState.SUBMITTED
    desk["second"].post(SAMPLE + "/publish", {"valid_from": "2026-11-01"})
    assert desk.version().state is VersionState.PUBLISHED


def test_a_submitted_version_goes_back_with_a_reason(desk):
    submit(desk)
    desk["second"].post(SAMPLE + "/return", {"note": " "})
    assert desk.version().state is VersionState.SUBMITTED
    desk["second"].post(SAMPLE + "/return", {"note": "第三条写错了"})
    assert desk.version().state is VersionState.DRAFT
    assert "第三条写错了" in desk["steward"].get(SAMPLE).text


def test_what_is_submitted_is_not_changed(desk):
    page = SAMPLE + "/items/A04"
    form = desk.form(page)
    submit(desk)
    answer = desk.send(page, form, sentence="迟到的改动")
    assert answer.status_code == 409
    assert "迟到的改动" in answer.text
    assert '<button class="button main" type="submit">保存' not in desk["steward"].get(page).text


def published(desk: CountyDesk) -> None:
    """Publish the sample."""
    submit(desk)
    desk["second"].post(SAMPLE + "/publish", {"valid_from": "2026-11-01"})


def test_it_is_put_to_townships_and_the_table_says_who_lags(desk):
    published(desk)
    answer = desk["steward"].post(SAMPLE + "/rollout", {"township": ["330299101"], "adopt_by": "2026-12-31"})
    table = f"{LISTS}/{COUNTY}/sample-36/adoptions"
    assert (answer.status_code, answer.location) == (303, table)
    text = desk["steward"].get(table).text
    assert "上石村" in text
    assert "2026年12月31日" in text
    assert "上石村" not in desk["steward"].get(table + "?kind=newest").text
    csv = desk["steward"].get(table + ".csv")
    assert csv.data.startswith("\ufeff".encode())
    assert "上石村" in csv.text


def test_the_next_version_begins_as_a_copy_and_shows_its_difference(desk):
    published(desk)
    begin = f"{LISTS}/{COUNTY}/sample-36/versions"
    desk["second"].post(begin)
    assert desk.content(number=2) == desk.content()
    second = SAMPLE[:-1] + "2"
    page = second + "/items/A04"
    desk.send(page, desk.form(page), sentence="新一版的话")
    assert "新一版的话" in desk["steward"].get(second + "/differences").text
    desk["second"].post(second + "/discard", {})
    assert desk.version(number=2)
    desk["second"].post(second + "/discard", {"sure": "1"})
    assert desk.version(number=2) is None


def upload(desk: CountyDesk, address: str, text: str, name: str = "清单.yaml", **more: str) -> TestResponse:
    """Send a file."""
    return desk["steward"].post(address, {"file": (io.BytesIO(text.encode()), name), **more})


def test_an_import_shows_the_difference_and_takes_what_was_shown(desk):
    before = desk.content()
    changed = write_yaml(before).replace("小型工程", "小小工程")
    answer = upload(desk, SAMPLE + "/imports", changed)
    assert answer.status_code == 200, answer.text
    assert "小小工程" in answer.text
    assert desk.content() == before, "nothing is kept by looking"
    take = SAMPLE + "/imports/take"
    form = form_in(answer.text, take)
    for _tap in range(2):
        assert desk.send(take, form).status_code == 303
    assert write_yaml(desk.content()) == changed
    desk.send(SAMPLE + "/undo", desk.form(SAMPLE + "/history", SAMPLE + "/undo"))
    assert desk.content() == before


def test_an_import_over_what_changed_meanwhile_is_shown_again(desk):
    take = SAMPLE + "/imports/take"
    changed = write_yaml(desk.content()).replace("小型工程", "小小工程")
    form = form_in(upload(desk, SAMPLE + "/imports", changed).text, take)
    page = SAMPLE + "/items/A01"
    desk.send(page, desk.form(page), sentence="别人改的")
    answer = desk.send(take, form)
    assert answer.status_code == 409
    assert "别人改的" in answer.text
    assert desk.send(take, form_in(answer.text, take)).status_code == 303
    assert write_yaml(desk.content()) == changed


def test_a_content_that_was_not_shown_here_is_not_taken(desk):
    before = desk.content()
    answer = upload(desk, SAMPLE + "/imports", write_yaml(before).replace("小型工程", "小小工程"))
    form = form_in(answer.text, SAMPLE + "/imports/take")
    for text in (form["content"][:-4] + "AAAA", "", "x"):
        assert desk.send(SAMPLE + "/imports/take", form, content=text).status_code == 303
    assert desk.send(SAMPLE + "/imports/take", form, by="second").status_code == 303, "shown to another person"
    assert desk.content() == before


def test_a_broken_file_tells_every_fault_and_changes_nothing(desk):
    before = desk.content()
    wrong = write_yaml(before).replace("kind: power", "kind: wish", 3)
    answer = upload(desk, SAMPLE + "/imports", wrong)
    assert answer.status_code == 422
    assert len(re.findall(r"第 \d+ 行", answer.text)) >= 3
    assert f'href="{SAMPLE}#import"' in answer.text, "the way to choose another file"
    assert upload(desk, SAMPLE + "/imports", "\x00\x01", "坏.xlsx").status_code == 422
    assert desk["steward"].post(SAMPLE + "/imports", {}).status_code == 422
    assert desk.content() == before


def test_a_workbook_begins_a_list(desk):
    book = desk["steward"].get(SAMPLE + "/list.xlsx").data
    sent = {"file": (io.BytesIO(book), "我县.xlsx"), "place": "330299101"}
    answer = desk["steward"].post(LISTS + "/imports", sent)
    assert answer.status_code == 200
    assert "A04 小型工程</li>" in answer.text, "what is in the file is seen before it is taken"
    assert f'href="{LISTS}/new?place=330299101#import"' in answer.text
    take = f"{LISTS}/imports/330299101/take"
    answer = desk.send(take, form_in(answer.text, take))
    assert answer.location == f"{LISTS}/330299101/list-1/1"
    assert desk["steward"].get(answer.location).status_code == 200


def test_the_size_and_the_language_are_carried(desk):
    text = desk["steward"].get(SAMPLE + "/items/A04?size=large&lang=en").text
    assert 'class="large"' in text
    assert f'action="{SAMPLE}/items/A04?size=large&amp;lang=en"' in text


@pytest.mark.parametrize(
    ("page", "first", "second"),
    [
        ("/cover", {"title": "先改的名称"}, {"title": "后改的名称"}),
        ("/categories", {"added": "先加的类"}, {"added": "后加的类"}),
        (
            "/thresholds",
            {"key": "amounts.a", "name": "先写的档", "suggested": "1"},
            {"key": "amounts.b", "name": "后写的档", "suggested": "2"},
        ),
        ("/prohibitions/N01", {"words": "先写的禁令"}, {"words": "后写的禁令"}),
    ],
)
def test_two_people_at_one_page_see_both_texts(desk, page, first, second):
    address = SAMPLE + page
    form = desk.form(address, by="second")
    desk.send(address, desk.form(address), **first)
    answer = desk.send(address, form, by="second", **second)
    assert answer.status_code == 409
    for words in (*first.values(), *second.values()):
        assert words in answer.text
    assert desk.send(address, form_in(answer.text, address), by="second").status_code == 303


def test_posters_of_a_draft_are_drawn(desk):
    for page in ("/items/A04/poster.pdf", "/posters.pdf"):
        answer = desk["steward"].get(SAMPLE + page)
        assert answer.data.startswith(b"%PDF")
    assert desk["steward"].get(SAMPLE + "/posters.pdf?part=9").status_code == 404


def test_who_may_publish_is_named(desk):
    submit(desk)
    assert "可以公布的人：吴晓燕" in desk["steward"].get(SAMPLE).text
