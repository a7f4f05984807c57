"""Review over the web: whose press does what, and what no press does."""

import pytest
from sqlalchemy import text

from tests.app.officials import DESK


def press(town, role, key, deed, **form):
    """Press a button of a version as it stands now."""
    return town.visitors[role].post(f"{DESK}/versions/{key}/{deed}", {"revision": town.revision(key), **form})


def test_two_presses_publish(town):
    key = town.desk.submitted
    assert press(town, "head", key, "approve").status_code == 303
    assert town.state(key) == "approved"
    assert press(town, "secretary", key, "confirm").status_code == 303
    assert town.state(key) == "published"


@pytest.mark.parametrize("deed", ["approve", "confirm"])
@pytest.mark.parametrize("key", ["submitted", "approved"])
def test_a03_the_clerk_reviews_nothing_by_direct_post(town, deed, key):
    before = town.rows()
    assert press(town, "clerk", getattr(town.desk, key), deed).status_code == 403
    assert town.rows() == before


@pytest.mark.parametrize(
    ("deed", "key", "post"), [("approve", "submitted", "supervision_head"), ("confirm", "approved", "secretary")]
)
def test_a05_the_clerk_reviews_nothing_with_a_second_account_and_post(town, deed, key, post):
    """The same natural person, another account, another office: past the gate, and refused all the same."""
    from_clerk = "SELECT person_id FROM account WHERE user_name = 'clerk'"
    with town.session() as session:
        session.execute(text(f"UPDATE account SET person_id = ({from_clerk}) WHERE user_name = 'director'"))
        session.execute(
            text(
                "INSERT INTO post (person_id, place_id, kind, starts_on, is_substitute)"
                f" SELECT ({from_clerk}), place_id, '{post}', starts_on, false FROM post WHERE kind = 'clerk' LIMIT 1"
            )
        )
        session.commit()
    before = town.rows()
    for account in ("clerk", "director"):
        answer = press(town, account, getattr(town.desk, key), deed)
        assert answer.status_code == 403
        assert "录入人不能审核" in answer.text
    assert town.rows() == before


def test_the_clerk_sees_no_button_to_review(town):
    page = town.visitors["clerk"].get(f"{DESK}/versions/{town.desk.submitted}").text
    assert "/approve" not in page
    assert "/confirm" not in page
    assert "/approve" in town.visitors["head"].get(f"{DESK}/versions/{town.desk.submitted}").text


def test_a06_an_approval_of_an_older_revision_does_nothing(town):
    key = town.desk.submitted
    old = town.revision(key) - 1
    before = town.rows()
    answer = town.visitors["head"].post(f"{DESK}/versions/{key}/approve", {"revision": old})
    assert answer.status_code == 303
    assert "被改过" in town.visitors["head"].get(answer.location).text
    assert town.rows() == before


def test_a07_a_state_in_the_form_is_not_read(town):
    form = {"state": "published", "made_by_id": 7, "by_id": 1, "village_id": 1, "published_at": "2026-10-01"}
    press(town, "head", town.desk.submitted, "approve", **form)
    assert town.state(town.desk.submitted) == "approved"


def test_pressing_twice_counts_once(town):
    key, revision = town.desk.submitted, town.revision(town.desk.submitted)
    for _ in range(2):
        town.visitors["head"].post(f"{DESK}/versions/{key}/approve", {"revision": revision})
    with town.session() as session:
        count = text(
            "SELECT COUNT(*) FROM event e JOIN version v ON v.id = e.version_id WHERE v.key = :key AND deed = 'approve'"
        )
        assert session.execute(count, {"key": key}).scalar_one() == 1


@pytest.mark.parametrize("deed", ["ties", "submit", "approve", "confirm", "return", "remarks", "remarks/1/answer"])
@pytest.mark.parametrize("role", ["clerk", "secretary", "head"])
def test_what_is_published_is_changed_by_no_press(town, deed, role):
    before = town.rows()
    form = {"line-1": "A01", "note": "退回", "remark-1": "有疑问", "words": "答复"}
    assert press(town, role, town.desk.published, deed, **form).status_code in {303, 403, 409}
    assert town.rows() == before


def test_a_return_shows_the_clerk_what_to_mend(town):
    press(town, "head", town.desk.submitted, "return", **{"remark-2": "请附电费单"})
    assert town.state(town.desk.submitted) == "draft"
    assert "请附电费单" in town.visitors["clerk"].get(f"{DESK}/versions/{town.desk.submitted}").text


def test_unanswered_remarks_keep_a_draft_from_review(town):
    press(town, "clerk", town.desk.returned, "submit")
    assert town.state(town.desk.returned) == "draft"
    press(town, "clerk", town.desk.returned, f"remarks/{town.desk.remark}/answer", words="已附")
    with town.session() as session:
        answer = session.execute(text("SELECT answer FROM remark WHERE id = :id"), {"id": town.desk.remark})
        assert answer.scalar_one() == "已附"


def test_a_remark_of_another_village_is_not_answered(town):
    key = town.desk.submitted
    answer = press(town, "clerk", key, f"remarks/{town.desk.remark}/answer", words="已附")
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["remark-" + "9" * 40, "remark-²", "remark-", "remark--1", "remark-\x00"])
def test_w08_a_strange_field_is_no_failure(town, name):
    assert press(town, "member", town.desk.submitted, "remarks", **{name: "有疑问"}).status_code in {303, 400, 409}


@pytest.mark.parametrize("revision", ["", "x", "9" * 30, "9" * 5000, "-1", "\x00"])
def test_w08_a_strange_revision_decides_nothing(town, revision):
    answer = town.visitors["head"].post(f"{DESK}/versions/{town.desk.submitted}/approve", {"revision": revision})
    assert answer.status_code in {303, 400, 409}
    assert town.state(town.desk.submitted) == "submitted"


@pytest.mark.parametrize("number", ["9" * 12, "9" * 30, "9" * 5000])
def test_w08_a_number_past_all_counting_is_not_there(town, number):
    clerk = town.visitors["clerk"]
    for path in (f"/v/330299101201/records/{number}", f"{DESK}/records/{number}/sheet.pdf"):
        assert clerk.get(path).status_code == 404
