"""What a printed code leads to."""

import pytest

from publicity.codes.actions import give_code
from publicity.codes.models import TargetKind
from publicity.codes.queries import code_for
from publicity.codes.shortcode import spoken
from tests.factories import at, closing_of, make_submitted


@pytest.fixture
def code(village):
    """Return the code on September's sheet."""
    return code_for(village.session, village=village.places.stone, kind=TargetKind.RECORD, target="1")


def test_a_sheets_code_opens_the_month_line_by_line(visitor, code):
    answer = visitor.get(f"/q/{code}")
    assert answer.status_code == 303
    assert answer.location == "/v/330299101201/accounts/2026-09/collective"


def test_it_may_be_typed_as_people_type(visitor, code):
    answer = visitor.get("/q/", query_string={"code": f" {spoken(code).lower()} "})
    assert answer.location == "/v/330299101201/accounts/2026-09/collective"


def test_a_wrong_character_is_explained(visitor, code):
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    answer = visitor.get(f"/q/{wrong}")
    assert answer.status_code == 404
    assert "这个编码抄得不对" in answer.text


def test_a_code_that_was_never_given_is_explained(visitor, village):
    answer = visitor.get("/q/2222222")
    assert answer.status_code == 404
    assert "这个编码没有发出过" in answer.text


def test_a_power_and_a_village_have_codes_too(visitor, village):
    stone, now = village.places.stone, at(village.september.published_at.date())
    power = give_code(village.session, village=stone, kind=TargetKind.POWER, target="A04", now=now)
    home = give_code(village.session, village=stone, kind=TargetKind.VILLAGE, target="", now=now)
    village.session.commit()
    assert visitor.get(f"/q/{power}").location == "/v/330299101201/powers/A04"
    assert visitor.get(f"/q/{home}").location == "/v/330299101201"


def test_what_is_not_published_has_no_page_behind_a_code(visitor, village):
    closing = closing_of(village.session, village.september)
    body, stone = village.places.collective, village.places.stone
    draft = make_submitted(village.session, body=body, cast=village.cast, period="2026-10", opening_fen=closing)
    now = at(village.september.published_at.date())
    code = give_code(village.session, village=stone, kind=TargetKind.RECORD, target=str(draft.record.number), now=now)
    village.session.commit()
    assert visitor.get(f"/q/{code}").status_code == 404


def test_what_was_typed_is_shown_as_text(visitor, village):
    answer = visitor.get("/q/", query_string={"code": "<b>x</b>"})
    assert answer.status_code == 404
    assert "<b>x" not in answer.text
