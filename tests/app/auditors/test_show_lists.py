"""The township's page of lists: who goes by which version, who lags, and the sums behind it."""

import io

import pytest

from tests.app.cadres.test_show_list import FILLED, LIST
from tests.publicity.workflow.stage import FIELD, NOW, STONE, TOWNSHIP
from tests.village_lists.documents.files import PDF
from village_lists.library.actions import load_library

PATH = f"/audit/{TOWNSHIP}/lists"


def publish_again(town):
    """Publish a second version of the county's list; return its id."""
    with town.session() as session:
        version = load_library(session, county_code="330299", on=NOW.date())
        session.commit()
        return version.id


def test_the_sentence_comes_first_and_every_village_has_its_line(town):
    page = town.visitors["auditor"].get(PATH).text
    assert "有 1 个村没有通过清单，或者落后于新版：下田村。" in page
    assert "最新版 1，落后 0，没有通过 1，等确认 0" in page
    assert "30/28/28" in page
    assert "第 1 版" in page
    assert page.count("村级小微权力清单三十六条（示例）") >= 1, "two lists may both have a first version"
    assert "2026年1月1日" in page


def test_a_village_that_lags_and_one_that_waits(town):
    version = publish_again(town)
    page = town.visitors["auditor"].get(PATH).text
    assert "◐</b>落后 1 版" in page
    form = {"version": version, **FILLED, "minutes": (io.BytesIO(PDF), "a.pdf")}
    town.visitors["clerk"].post(f"{LIST}/resolutions", form)
    page = town.visitors["auditor"].get(f"{PATH}?village={STONE}").text
    for words in ("…</b>等确认", "应到 30 人，到会至少要 20 人（2/3 以上），实到 24 人，够", "下载会议记录", "李国强"):
        assert words in page, words


def test_old_papers_say_that_nothing_was_computed(town):
    page = town.visitors["auditor"].get(f"{PATH}?village={STONE}").text
    assert "没有按规则库核算" in page
    assert 'aria-current="true"' in page


def test_a_village_without_a_list(town):
    page = town.visitors["auditor"].get(f"{PATH}?village={FIELD}").text
    assert "还没有通过清单" in page


@pytest.mark.parametrize("village", ["330299101999", "x", ""])
def test_a_village_that_is_not_there(town, village):
    assert town.visitors["auditor"].get(f"{PATH}?village={village}").status_code == 404


def test_who_may_look(town):
    for role in ("clerk", "head", "secretary", "elsewhere"):
        assert town.visitors[role].get(PATH).status_code == 404
    assert town.visitors["anonymous"].get(PATH).status_code == 303
    assert town.visitors["auditor"].get("/audit/330299102/lists").status_code == 404


def test_the_page_of_accounts_leads_here(town):
    assert PATH in town.visitors["auditor"].get(f"/audit/{TOWNSHIP}/accounts").text


@pytest.mark.parametrize("switch", ["?size=large", "?lang=en"])
def test_size_and_language(town, switch):
    assert town.visitors["auditor"].get(PATH + switch).status_code == 200
