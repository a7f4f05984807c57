"""The village's own version at the desk: begun, changed where the rule book allows it, compared, put to the meeting."""

import re

import pytest
from sqlalchemy import text

from tests.app.cadres.test_show_list import LIST, adoptions, record
from tests.app.officials import DESK
from tests.publicity.workflow.stage import NOW
from village_lists.editions.store import read_content
from village_lists.library.actions import load_library
from village_lists.powers.models import ListVersion, VersionState

OWN = f"{LIST}/own"
SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')


@pytest.fixture
def own(town):
    """Begin an own version from the county's list; return its id."""
    answer = town.visitors["clerk"].post(OWN, {"version": 1})
    assert answer.location == OWN
    return version(town).id


def version(town):
    """Return the newest version of the village's own list."""
    with town.session() as session:
        return session.query(ListVersion).order_by(ListVersion.id.desc()).first()


def content(town):
    """Return what the own version says."""
    with town.session() as session:
        newest = session.query(ListVersion).filter(ListVersion.template_id.is_not(None)).order_by(-ListVersion.id)
        return read_content(session, version=newest.first())


def item(town, code):
    """Return an item of the own version."""
    return next(one for one in content(town).items if one.code == code)


def press(town, path, page=None, role="clerk", **form):
    """Send a form as its page was filled (with what it saw)."""
    clerk = town.visitors[role]
    found = SEEN.search(clerk.get(page or path).text)
    return clerk.post(path, {"seen": found[1] if found else "", **form})


def said(town, path=OWN):
    """Return the page that the clerk sees."""
    return town.visitors["clerk"].get(path).text


def test_the_form_shows_what_may_change_and_why_the_rest_may_not(town, own):
    page = said(town, f"{OWN}/items/A01")
    for name in ("body", "papers", "keywords", "sentence"):
        assert f'name="{name}"' in page
    for name in ("fee", "name", "time_limit", "accountability"):
        assert f'name="{name}"' not in page
    for words in ("不能改的内容", "规则库写明可以改哪几栏", "县级规定（宁川县）", "示例，待当地确认"):
        assert words in page


def test_an_allowed_field_is_kept_and_others_are_not_read(town, own):
    fee = item(town, "A01").fee
    answer = press(town, f"{OWN}/items/A01", body="上石村两委", papers="方案\r\n预算", fee="收 100 元", name="改名")
    assert answer.status_code == 303
    kept = item(town, "A01")
    assert (kept.body, kept.papers, kept.fee) == ("上石村两委", ("方案", "预算"), fee)
    assert "模板：" in said(town, f"{OWN}/items/A01")
    assert "村里改过" in said(town)
    difference = said(town, f"{OWN}/difference")
    assert "上石村两委" in difference


def first(pattern: re.Pattern[str], page: str) -> str:
    """Return the first group of the first match."""
    found = pattern.search(page)
    assert found
    return found[1]


def test_who_saw_something_else_overwrites_nothing(town, own):
    page = said(town, f"{OWN}/items/A01")
    press(town, f"{OWN}/items/A01", body="先改的")
    town.visitors["clerk"].post(f"{OWN}/items/A01", {"seen": first(SEEN, page), "body": "后改的"})
    assert item(town, "A01").body == "先改的"
    assert "刚被别人改过" in said(town)


def test_steps_change_where_allowed(town, own):
    path = f"{OWN}/items/A02/charts/1"
    page = said(town, path)
    key = first(re.compile(r'name="actor-([a-z0-9_-]+)"'), page)
    assert f'name="title-{key}"' not in page
    answer = press(town, path, **{f"actor-{key}": "报账员", f"limit_days-{key}": "4", f"title-{key}": "别的"})
    assert answer.status_code == 303
    slug = item(town, "A02").procedures[0].slug
    chart = next(one for one in content(town).procedures if one.slug == slug)
    node = next(one for one in chart.graph.nodes if one.key == key)
    assert (node.actor, node.limit_days) == ("报账员", 4)
    assert node.title != "别的"
    for wrong in ("0", "x", "-1", "99999999999999"):
        before = town.rows()
        press(town, path, **{f"limit_days-{key}": wrong})
        assert town.rows() == before
    assert town.visitors["clerk"].get(f"{OWN}/items/A02/charts/9").status_code == 404


def test_an_item_of_the_villages_own_comes_and_goes(town, own):
    form = {"name": "借会议室", "kind": "service", "category": content(town).items[-1].category, "body": "村委会"}
    answer = press(town, f"{OWN}/new-item", **form, sentence="先登记。", lines="报账员：登记\r\n还钥匙")
    assert answer.location == OWN
    assert item(town, "V-01").name == "借会议室"
    assert "本村自己的" in said(town)
    press(town, f"{OWN}/items/V-01", **{**form, "name": "借礼堂"}, lines="登记")
    assert item(town, "V-01").name == "借礼堂"
    press(town, f"{OWN}/items/V-01/remove", page=f"{OWN}/items/V-01")
    assert all(one.code != "V-01" for one in content(town).items)
    before = town.rows()
    press(town, f"{OWN}/items/A01/remove", page=f"{OWN}/items/A01")
    assert town.rows() == before
    assert "不能去掉" in said(town)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"kind": "x"}, {"category": "nowhere"}, {"name": "长" * 81}])
def test_an_own_item_that_cannot_be_is_refused(town, own, wrong):
    form = {"name": "借会议室", "kind": "service", "category": content(town).items[-1].category, **wrong}
    before = town.rows()
    assert press(town, f"{OWN}/new-item", **form).location == f"{OWN}/new-item"
    assert town.rows() == before


def test_an_own_prohibition_comes_and_goes(town, own):
    press(town, f"{OWN}/new-prohibition", words="不准占用会议室", item="A01")
    added = content(town).prohibitions[-1]
    assert (added.code, added.items) == ("V-N01", ("A01",))
    first = content(town).prohibitions[0].code
    before = town.rows()
    press(town, f"{OWN}/prohibitions/{first}/remove")
    assert town.rows() == before
    press(town, f"{OWN}/prohibitions/V-N01/remove")
    assert content(town).prohibitions[-1].code != "V-N01"


def test_it_is_put_to_the_meeting_adopted_and_published(town, own):
    press(town, f"{OWN}/items/A01", body="上石村两委")
    clerk = town.visitors["clerk"]
    assert clerk.get(f"{LIST}/resolutions/new?version={own}").status_code == 404
    clerk.post(f"{OWN}/submit")
    assert "已提请会议讨论" in said(town)
    clerk.post(f"{OWN}/back")
    clerk.post(f"{OWN}/submit")
    assert record(town, own).status_code == 303
    ((number, _counts),) = adoptions(town)
    before = town.rows()
    clerk.post(f"{OWN}/back")
    assert town.rows() == before
    town.visitors["head"].post(f"{LIST}/resolutions/{number}/confirm")
    assert version(town).state is VersionState.PUBLISHED
    page = said(town, LIST)
    for words in ("上石村", "改编", "用的是最新版"):
        assert words in page
    assert town.visitors["anonymous"].get("/v/330299101201/powers/A01").status_code == 200
    assert "上石村两委" in town.visitors["anonymous"].get("/v/330299101201/powers/A01").text
    assert town.visitors["clerk"].get(OWN).status_code == 404


def test_a_new_template_is_told_and_taken_over(town, own):
    press(town, f"{OWN}/items/A01", body="上石村两委")
    with town.session() as session:
        load_library(session, county_code="330299", on=NOW.date())
        session.commit()
    assert "模板有了新版：第 2 版" in said(town)
    assert town.visitors["clerk"].get(f"{OWN}/difference?of=template").status_code == 200
    town.visitors["clerk"].post(f"{OWN}/redo")
    assert "模板有了新版" not in said(town)
    assert item(town, "A01").body == "上石村两委"
    assert town.visitors["clerk"].get(f"{OWN}/difference?of=template").status_code == 404


def test_a_draft_is_thrown_away_and_begun_once(town, own):
    answer = town.visitors["clerk"].post(OWN, {"version": 1})
    assert answer.location == LIST
    assert "没有做完" in said(town, LIST)
    town.visitors["clerk"].post(f"{OWN}/discard")
    assert town.visitors["clerk"].get(OWN).status_code == 404
    assert town.visitors["clerk"].post(OWN, {"version": 1}).location == OWN


def test_where_the_rule_book_allows_nothing_nothing_is_offered(town):
    with town.session() as session:
        session.execute(text("UPDATE rule_row SET valid_until = '2026-10-01' WHERE key LIKE 'adaptation.%'"))
        session.commit()
    assert "规则库没有允许村里改编清单" in said(town, LIST)
    before = town.rows()
    town.visitors["clerk"].post(OWN, {"version": 1})
    assert town.rows() == before


@pytest.mark.parametrize("role", ["secretary", "head", "member", "director"])
def test_others_of_the_village_look_and_change_nothing(town, own, role):
    before = town.rows()
    visitor = town.visitors[role]
    assert visitor.get(OWN).status_code == 200
    assert visitor.get(f"{OWN}/difference").status_code == 200
    assert "提请会议讨论</button>" not in visitor.get(OWN).text
    assert visitor.get(f"{OWN}/items/A01").status_code == 403
    for path in ("items/A01", "new-item", "new-prohibition", "submit", "back", "redo", "discard", "cover"):
        assert visitor.post(f"{OWN}/{path}").status_code == 403
    assert town.rows() == before


def test_another_village_finds_nothing(town, own):
    assert town.visitors["elsewhere"].get(OWN).status_code == 404
    assert town.visitors["elsewhere"].get(OWN.replace("201", "202")).status_code == 404
    assert town.visitors["elsewhere"].post(DESK + "/list/own/submit").status_code == 404


def test_the_cover_is_the_villages(town, own):
    press(town, f"{OWN}/cover", page=OWN, title="上石村的清单", note="我们的")
    assert (content(town).title, content(town).note) == ("上石村的清单", "我们的")


@pytest.mark.parametrize("page", ["", "/items/A01", "/items/A02/charts/1", "/new-item", "/new-prohibition"])
@pytest.mark.parametrize("switch", ["?size=large", "?lang=en"])
def test_size_and_language(town, own, page, switch):
    assert town.visitors["clerk"].get(OWN + page + switch).status_code == 200
