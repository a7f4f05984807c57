"""Postings on the desk: chosen, begun, typed, saved, refused, corrected, thrown away; each person finds his own."""

from collections.abc import Iterator

import pytest

from tests.app.cadres.postings import RELIEF, begin, furnish_postings, kept, published, save, step
from tests.app.officials import DESK, Town, build_town

OP = "abcdefgh234567ab"
FIELD_DESK = DESK.replace("201", "202")


@pytest.fixture(scope="module")
def built(sqlite_template, tmp_path_factory) -> Iterator[Town]:
    """Return the village with categories, everybody signed in."""
    town = build_town(sqlite_template, tmp_path_factory.mktemp("postings"), furnish=furnish_postings)
    yield town
    town.app.extensions["engine"].dispose()


@pytest.fixture
def town(built) -> Iterator[Town]:
    """Return it as it was built."""
    built.reset()
    yield built
    built.app.extensions["engine"].dispose()


@pytest.fixture
def clerk(town):
    """Return the clerk's browser."""
    return town.visitors["clerk"]


def test_the_choice_shows_what_is_due_and_every_category(clerk):
    assert clerk.get(f"{DESK}/postings/new").location == f"{DESK}/postings"
    page = clerk.get(f"{DESK}/postings").text
    for name in ("困难群众救助公示", "耕地地力保护补贴", "村民会议决议"):
        assert name in page
    assert "category=relief" in page


def test_a_category_that_is_not_there_is_not_found(clerk):
    assert clerk.get(f"{DESK}/postings/new?category=nothing").status_code == 404
    assert clerk.get(f"{DESK}/postings/new?category=finance.monthly-accounts").status_code == 404


def test_the_period_that_was_asked_for_is_ticked(clerk):
    page = clerk.get(f"{DESK}/postings/new?category=relief&body=committee&period=2026-Q2").text
    assert 'value="2026-Q2" required checked' in page
    assert "更正原因" not in page


def test_a_period_that_has_not_begun_is_refused_and_told(town, clerk):
    answer = clerk.post(f"{DESK}/postings", {"category": "relief", "body": "committee", "period": "2027-Q1"})
    assert answer.status_code == 422
    assert "还没有开始" in answer.text


@pytest.mark.parametrize("period", ["", "2026-13", "2026-09", "gestern"])
def test_a_period_that_is_none_is_refused(clerk, period):
    answer = clerk.post(f"{DESK}/postings", {"category": "relief", "body": "committee", "period": period})
    assert answer.status_code == 422
    assert "请选择是哪一期" in answer.text


def test_an_event_needs_a_title(clerk):
    form = {"category": "works", "body": "committee", "period": "2026-09-12", "title": ""}
    answer = clerk.post(f"{DESK}/postings", form)
    assert answer.status_code == 422
    assert "请写明是哪一件事" in answer.text
    assert clerk.post(f"{DESK}/postings", form | {"title": "后山机耕路维修"}).status_code == 303


def test_a_period_in_work_leads_to_its_draft(town, clerk):
    key = begin(town)
    answer = clerk.post(f"{DESK}/postings", {"category": "relief", "body": "committee", "period": "2026-Q3"})
    assert answer.status_code == 303
    assert key in answer.location
    assert "已经有一份草稿" in clerk.get(answer.location).text


def test_the_form_has_a_card_for_each_row_and_marks_who_reads_it(town, clerk):
    page = clerk.get(f"{DESK}/versions/{begin(town)}/edit").text
    assert 'name="row-1-household"' in page
    assert 'name="row-2-amount"' in page
    assert "网上打星" in page
    assert "只在纸上" in page
    assert "本期没有发生" in page


def test_what_is_typed_is_kept_and_shown_again(town, clerk):
    key = begin(town)
    assert save(town, key).location.endswith(key)
    page = clerk.get(f"{DESK}/versions/{key}").text
    assert "张阿德" in page
    assert "720.00" in page
    assert 'value="720.00"' in clerk.get(f"{DESK}/versions/{key}/edit").text
    assert len(kept(town, key)) == 2


def test_a_double_tap_saves_once(town):
    key = begin(town)
    revision = str(town.revision(key))
    answers = [save(town, key, op=OP, revision=revision) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert town.revision(key) == int(revision) + 1


def test_cells_that_cannot_be_read_keep_nothing_and_lose_nothing(town):
    key = begin(town)
    before = town.rows()
    answer = save(town, key, RELIEF | {"row-2-amount": "七十左右", "note": "请看说明"})
    assert answer.status_code == 422
    assert "七十左右" in answer.text
    assert "张阿德" in answer.text
    assert "请看说明" in answer.text
    assert 'href="#row-2-amount"' in answer.text
    assert town.rows() == before


def test_more_rows_come_without_scripts_and_without_losing_anything(town):
    key = begin(town)
    before = town.rows()
    answer = save(town, key, RELIEF | {"row-2-amount": "七十左右"}, do="more")
    assert answer.status_code == 200
    assert 'name="row-7-household"' in answer.text
    assert "七十左右" in answer.text
    assert town.rows() == before


def test_what_another_clerk_saved_meanwhile_is_not_overwritten(town):
    key = begin(town)
    stale = str(town.revision(key))
    save(town, key)
    answer = save(town, key, {"row-1-household": "何阿婆", "row-1-amount": "1"}, revision=stale)
    assert answer.status_code == 409
    assert "被别人改过" in answer.text
    assert "何阿婆" in answer.text
    assert len(kept(town, key)) == 2


def test_long_rosters_are_filled_page_by_page(town, clerk):
    key = begin(town)
    many = {f"row-{line}-household": f"户主{line}" for line in range(1, 71)}
    many |= {f"row-{line}-amount": "10" for line in range(1, 71)}
    assert save(town, key, many, do="page-31").location.endswith("from=31")
    page = clerk.get(f"{DESK}/versions/{key}/edit?from=31").text
    assert "第 31 行" in page
    assert "户主60" in page
    assert "户主61" not in page
    changed = {f"row-{line}-household": f"新户{line + 30}" for line in range(1, 30)}
    changed |= {f"row-{line}-amount": "10" for line in range(1, 30)}
    save(town, key, changed, first="31", shown="30")
    rows = kept(town, key)
    assert len(rows) == 69
    assert [rows[place]["household"] for place in (29, 30, 59)] == ["户主30", "新户31", "户主61"]


def test_a_nil_report_goes_the_whole_way(town):
    key = begin(town)
    assert save(town, key, {"is_nil": "1"}).status_code == 303
    step(town, "clerk", key, "submit")
    assert town.state(key) == "submitted"


def test_what_is_missing_is_told_with_a_way_to_its_field(town, clerk):
    key = begin(town)
    save(town, key, {"row-1-household": "张阿德"})
    step(town, "clerk", key, "submit")
    page = clerk.get(f"{DESK}/versions/{key}").text
    assert town.state(key) == "draft"
    assert f"/versions/{key}/edit?from=1#line-1" in page


def test_a_former_quarter_is_a_start(town, clerk):
    published(town, period="2026-Q2")
    key = begin(town)
    assert "照上一期填" in clerk.get(f"{DESK}/versions/{key}/edit").text
    assert step(town, "clerk", key, "former").status_code == 303
    assert len(kept(town, key)) == 2
    page = clerk.get(f"{DESK}/versions/{key}").text
    assert "和上一期" in page
    assert "内容一样" in page


def test_a_correction_needs_a_reason_and_shows_what_it_changes(town, clerk):
    key = published(town)
    assert step(town, "clerk", key, "correct", reason="").location.endswith(key)
    assert "要写明原因" in clerk.get(f"{DESK}/versions/{key}").text
    answer = step(town, "clerk", key, "correct", reason="金额抄错")
    corrected = answer.location.split("/")[-2]
    save(town, corrected, RELIEF | {"row-1-amount": "740"})
    page = clerk.get(f"{DESK}/versions/{corrected}").text
    assert "金额抄错" in page
    assert "720.00" in page
    assert "740.00" in page
    assert "改为" in page


def test_a_draft_is_thrown_away(town, clerk):
    key = begin(town)
    assert step(town, "clerk", key, "discard").location == DESK
    assert clerk.get(f"{DESK}/versions/{key}").status_code == 404


def test_residents_web_is_previewed_under_its_masks(town, clerk):
    key = begin(town)
    save(town, key)
    page = clerk.get(f"{DESK}/versions/{key}/web").text
    assert "张*" in page
    assert "张阿德" not in page


def test_the_empty_workbook_is_given(town, clerk):
    answer = clerk.get(f"{DESK}/versions/{begin(town)}/template.xlsx")
    assert answer.data[:2] == b"PK"


@pytest.mark.parametrize("end", ["", "/edit", "/web", "/template.xlsx", "/readings/new"])
def test_another_village_has_none_of_it(town, end):
    key = begin(town)
    elsewhere = town.visitors["elsewhere"]
    assert elsewhere.get(f"{DESK}/versions/{key}{end}").status_code == 404
    assert elsewhere.get(f"{FIELD_DESK}/versions/{key}{end}").status_code == 404


@pytest.mark.parametrize("role", ["head", "secretary", "member"])
def test_only_the_clerk_fills_in(town, role):
    key = begin(town)
    visitor = town.visitors[role]
    assert visitor.get(f"{DESK}/versions/{key}/edit").status_code == 403
    assert visitor.get(f"{DESK}/postings/new").status_code == 403
    assert visitor.get(f"{DESK}/versions/{key}").status_code == 200
