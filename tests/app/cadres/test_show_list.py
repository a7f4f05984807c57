"""The village's list at the desk: a resolution without quorum, one with it, the second person, and who may what."""

import io
import re

import pytest
from sqlalchemy import text

from tests.app.officials import DESK
from tests.publicity.workflow.stage import FIELD, NOW, TOWNSHIP
from tests.village_lists.documents.files import PDF, telling_jpeg
from village_lists.library.actions import load_library
from village_lists.places.models import Level
from village_lists.places.queries import place_by_code
from village_lists.powers.models import Adoption, Rollout

LIST = f"{DESK}/list"
FILLED = {
    "decision_body": "representatives",
    "meeting": "第三次村民代表会议",
    "held_on": "2026-10-05",
    "due": "30",
    "present": "24",
    "in_favour": "20",
}


@pytest.fixture
def second(town):
    """Publish a second version of the county's list and ask the township for it; return its id."""
    with town.session() as session:
        version = load_library(session, county_code="330299", on=NOW.date())
        township = place_by_code(session, code=TOWNSHIP, level=Level.TOWNSHIP)
        session.add(
            Rollout(
                version_id=version.id,
                township_id=township.id,
                adopt_by=NOW.date(),
                asked_by_id=None,
                asked_at=NOW,
            )
        )
        session.commit()
        return version.id


def record(town, version, role="clerk", *, minutes=PDF, **about):
    """Send the form of a resolution."""
    file = {"minutes": (io.BytesIO(minutes), "会议记录.pdf")} if minutes else {}
    return town.visitors[role].post(f"{LIST}/resolutions", {"version": version, **FILLED, **about, **file})


def adoptions(town):
    """Return the resolutions of the village's second version: number, and whether it counts."""
    with town.session() as session:
        found = session.query(Adoption).order_by(Adoption.id).all()
        return [(one.id, one.confirmed_at is not None) for one in found[1:]]


def test_the_desk_tells_that_a_meeting_is_due_and_the_list_that_it_lags(town, second):
    desk = town.visitors["clerk"].get(DESK).text
    assert "请开会通过清单" in desk
    assert f"{LIST}" in desk
    page = town.visitors["clerk"].get(LIST).text
    for words in ("落后 1 版", "现在已有第 2 版", "2026年10月5日 前开会通过", "会已开过，登记决议"):
        assert words in page, words
    assert "请开会通过清单" not in town.visitors["member"].get(DESK).text
    assert "登记决议" not in town.visitors["secretary"].get(LIST).text


def test_a_resolution_without_quorum_is_refused_with_the_sums_and_what_was_typed_stays(town, second):
    before = town.rows()
    answer = record(town, second, present="19", in_favour="9")
    assert answer.status_code == 422
    for words in (
        "这次会议没有通过清单，没有登记",
        "应到 30 人，到会至少要 20 人（2/3 以上），实到 19 人，不够",
        "到会 19 人，同意至少要 10 人（超过到会的 1/2），同意 9 人，不够",
        'value="第三次村民代表会议"',
        'value="2026-10-05"',
        'value="19"',
    ):
        assert words in answer.text, words
    assert re.search(r'<input checked[^>]* value="representatives"', answer.text)
    assert town.rows() == before


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"held_on": "2026-10-06"}, "还没有到"),
        ({"held_on": "2026-01-01"}, "才能讨论"),
        ({"in_favour": "25"}, "对不上"),
        ({"due": ""}, "请填写人数"),
        ({"due": "-3"}, "请填写人数"),
        ({"held_on": "昨天"}, "Not a valid date"),
        ({"decision_body": "party"}, "Not a valid choice"),
        ({"meeting": ""}, "请填写会议名称"),
        ({"minutes": b""}, "请选择会议记录"),
        ({"minutes": b"<svg/>"}, "只能上传照片（JPG、PNG、WebP）或者 PDF 文件"),
        ({"minutes": telling_jpeg()[:200]}, "照片已损坏"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_kept(town, second, about, words):
    before = town.rows()
    answer = record(town, second, **about)
    assert answer.status_code == 422
    if not words.startswith("Not a"):
        assert words in answer.text
    assert 'role="alert"' in answer.text
    assert town.rows() == before


def test_with_quorum_it_waits_and_the_head_confirms_it(town, second):
    answer = record(town, second, minutes=telling_jpeg())
    assert answer.status_code == 303
    ((number, counts),) = adoptions(town)
    assert (answer.location, counts) == (f"{LIST}/resolutions/{number}", False)
    head = town.visitors["head"]
    assert "会议决议等您确认" in head.get(DESK).text
    page = head.get(f"{LIST}/resolutions/{number}").text
    for words in ("到会至少要 20 人", "属实，确认", "不属实，退回", "下载会议记录", "第二十九条"):
        assert words in page, words
    assert "属实，确认" not in town.visitors["clerk"].get(f"{LIST}/resolutions/{number}").text
    assert head.post(f"{LIST}/resolutions/{number}/confirm").location == LIST
    assert adoptions(town) == [(number, True)]
    assert "用的是最新版" in head.get(LIST).text
    with town.session() as session:
        codes = session.execute(text("SELECT COUNT(*) FROM short_code WHERE kind = 'power'")).scalar_one()
        assert codes == 36


def test_confirming_twice_or_after_the_return_does_nothing(town, second):
    record(town, second)
    ((number, _counts),) = adoptions(town)
    head = town.visitors["head"]
    head.post(f"{LIST}/resolutions/{number}/confirm")
    before = town.rows()
    assert head.post(f"{LIST}/resolutions/{number}/confirm").status_code == 409
    assert head.post(f"{LIST}/resolutions/{number}/reject", {"note": "不实"}).status_code == 303
    assert town.rows() == before


def test_what_is_not_true_goes_back_and_the_clerk_reads_why(town, second):
    record(town, second)
    ((number, _counts),) = adoptions(town)
    head = town.visitors["head"]
    assert head.post(f"{LIST}/resolutions/{number}/reject", {"note": ""}).location == f"{LIST}/resolutions/{number}"
    assert adoptions(town)
    assert head.post(f"{LIST}/resolutions/{number}/reject", {"note": "签到表只有 18 人"}).location == LIST
    assert adoptions(town) == []
    assert "签到表只有 18 人" in town.visitors["clerk"].get(LIST).text
    assert "会议决议被退回" in town.visitors["clerk"].get(DESK).text
    assert record(town, second).status_code == 303


@pytest.mark.parametrize("role", ["secretary", "substitute", "director", "member"])
def test_other_reviewers_do_not_confirm(town, second, role):
    record(town, second)
    ((number, _counts),) = adoptions(town)
    before = town.rows()
    assert town.visitors[role].post(f"{LIST}/resolutions/{number}/confirm").status_code == 403
    assert town.visitors[role].post(f"{LIST}/resolutions/{number}/reject", {"note": "x"}).status_code == 403
    assert town.rows() == before


def test_the_same_natural_person_does_not_confirm_with_another_account(town, second):
    record(town, second)
    ((number, _counts),) = adoptions(town)
    with town.session() as session:
        clerk = f"SELECT recorded_by_id FROM adoption WHERE id = {number}"
        session.execute(text(f"UPDATE post SET person_id = ({clerk}) WHERE kind = 'supervision_head'"))
        session.execute(text(f"UPDATE account SET person_id = ({clerk}) WHERE user_name = 'head'"))
        session.commit()
    answer = town.visitors["head"].post(f"{LIST}/resolutions/{number}/confirm")
    assert answer.status_code == 403
    assert "自己登记的决议，要由另一个人确认" in answer.text


def test_the_same_version_is_not_adopted_twice(town, second):
    record(town, second)
    assert record(town, second).status_code == 404
    assert town.visitors["clerk"].get(f"{LIST}/resolutions/new?version={second}").status_code == 404


def test_another_villages_clerk_finds_nothing_and_a_made_up_version_is_not_there(town, second):
    record(town, second)
    ((number, _counts),) = adoptions(town)
    elsewhere = town.visitors["elsewhere"]
    assert elsewhere.get(LIST).status_code == 404
    assert elsewhere.get(f"/desk/{FIELD}/list").status_code == 200
    assert elsewhere.get(f"/desk/{FIELD}/list/resolutions/{number}").status_code == 404
    assert record(town, 999).status_code == 404
    assert record(town, second, role="member").status_code == 403


def test_minutes_are_downloaded_by_those_who_may_and_say_nothing_more(town, second):
    record(town, second, minutes=telling_jpeg())
    with town.session() as session:
        key = session.execute(text("SELECT key FROM document")).scalar_one()
    for role in ("clerk", "secretary", "head", "member", "auditor", "steward"):
        answer = town.visitors[role].get(f"/desk/documents/{key}")
        assert answer.status_code == 200, role
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "image/jpeg"
    assert b"SECRET" not in answer.data
    assert town.visitors["elsewhere"].get(f"/desk/documents/{key}").status_code == 404
    assert town.visitors["anonymous"].get(f"/desk/documents/{key}").status_code == 303
    assert town.visitors["clerk"].get("/desk/documents/" + "a" * 16).status_code == 404


def test_a_village_without_rules_still_sees_its_page(town):
    assert "还没有通过清单" in town.visitors["elsewhere"].get(f"/desk/{FIELD}/list").text


@pytest.mark.parametrize("switch", ["?size=large", "?lang=en", "?size=large&lang=en"])
def test_size_and_language(town, second, switch):
    assert town.visitors["clerk"].get(LIST + switch).status_code == 200
