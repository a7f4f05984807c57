"""Who holds which office in the two bodies: entered by the clerk, read by everybody at once."""

import pytest
from sqlalchemy import text

from tests.app.officials import DESK
from tests.publicity.workflow.stage import STONE

BODIES = f"{DESK}/bodies"
FORM = {"body": "collective", "person": "", "name": "郭永发", "title": "理事", "starts_on": "2026-10-01"}


def enter(town, role="clerk", **changed):
    """Send the form as somebody."""
    return town.visitors[role].post(f"{BODIES}/appointments", {**FORM, **changed})


def person_of(town, user_name):
    """Return the id of who signs in so."""
    with town.session() as session:
        statement = text("SELECT person_id FROM account WHERE user_name = :name")
        return str(session.execute(statement, {"name": user_name}).scalar_one())


def test_what_the_clerk_enters_residents_read_at_once(town):
    assert enter(town).status_code == 303
    director = person_of(town, "substitute")
    assert enter(town, person=director, name="", title="理事长").status_code == 303
    assert enter(town, person=director, name="", title="主任", body="committee").status_code == 303
    desk = town.visitors["clerk"].get(BODIES).text
    assert "郭永发" in desk
    page = town.visitors["anonymous"].get(f"/v/{STONE}").text
    assert "<b>理事</b>　郭永发" in page
    collective = page[page.index('id="body-collective"') :]
    assert "也是上石村村民委员会的主任。" in collective
    assert "也是村民委员会主任。" not in collective, "told once, as the office in the committee"
    assert "也是上石村股份经济合作社的理事长。" in page[: page.index('id="body-collective"')]


def test_an_office_ends_once(town):
    enter(town)
    with town.session() as session:
        number = session.execute(text("SELECT id FROM appointment")).scalar_one()
    end = f"{BODIES}/appointments/{number}/end"
    early = town.visitors["clerk"].post(end, {"ends_on": "2026-09-30"})
    assert early.status_code == 422
    assert "不能早于" in early.text
    assert town.visitors["clerk"].post(end, {"ends_on": "2026-10-04"}).status_code == 303
    assert "以前的任职" in town.visitors["clerk"].get(BODIES).text
    assert "郭永发" not in town.visitors["anonymous"].get(f"/v/{STONE}").text
    assert town.visitors["clerk"].post(f"{BODIES}/appointments/999/end", {"ends_on": "2026-10-04"}).status_code == 404


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": ""}, "请选一个人"),
        ({"title": "　"}, "职务要写"),
        ({"title": "理事13800000001"}, "手机"),
        ({"starts_on": "昨天"}, "请填日子"),
        ({"body": "party"}, "请选是哪个单位"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(town, changed, told):
    before = town.rows()
    answer = enter(town, **changed)
    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="2026-10-01"' in answer.text or "starts_on" in changed
    assert town.rows() == before


def test_a_person_of_another_village_is_not_there(town):
    assert enter(town, person=person_of(town, "elsewhere")).status_code == 404


def test_who_is_no_clerk_reads_without_a_form(town):
    assert enter(town, role="secretary").status_code == 403
    page = town.visitors["secretary"].get(BODIES)
    assert page.status_code == 200
    assert "<h2>登记任职</h2>" not in page.text
    assert town.visitors["elsewhere"].get(BODIES).status_code == 404
