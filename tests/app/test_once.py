"""One press is one effect: double taps, lost answers, changed contents, two at the same instant, refusals mended."""

import re
from io import BytesIO
from threading import Barrier, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.database import open_engine
from tests.app.officials import DESK, Visitor, furnish, make_app

OP = "abcdefgh234567ab"
ADDRESS = f"{DESK}/balances"
BALANCE = {"op": OP, "body": "committee", "period": "2026-08", "amount": "10000.00", "basis": "2026年7月银行对账单"}
RECEIVED = "刚才已经收到，没有重复记录"


@pytest.fixture
def clerk(town):
    """Return the clerk's browser."""
    return town.visitors["clerk"]


def balances(town):
    """Return how many starting balances there are, and how many operations."""
    with town.session() as session:
        return tuple(
            session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("starting_balance", "operation")
        )


def test_every_rendering_of_a_form_has_a_key_of_its_own(clerk):
    keys = [re.findall(r'name="op" value="([a-z2-7]{16})"', clerk.get(f"{DESK}/balances/new").text) for _ in range(2)]
    assert [len(found) for found in keys] == [1, 1]
    assert keys[0] != keys[1]


def test_a_double_tap_is_answered_twice_and_counts_once(town, clerk):
    before = balances(town)
    answers = [clerk.post(ADDRESS, BALANCE) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert balances(town) == (before[0] + 1, 1)
    assert RECEIVED in clerk.get(DESK).text


def test_a_lost_answer_is_given_again_after_the_page_was_left(town, clerk):
    clerk.post(ADDRESS, BALANCE)
    clerk.get(DESK)
    answer = clerk.post(ADDRESS, BALANCE)
    assert answer.status_code == 303
    page = clerk.get(answer.location).text
    assert RECEIVED in page
    assert "起始余额已登记" not in page
    assert balances(town)[1] == 1


def test_another_content_under_the_same_key_is_told_and_not_kept(town, clerk):
    clerk.post(ADDRESS, BALANCE)
    before = town.rows()
    answer = clerk.post(ADDRESS, BALANCE | {"amount": "20000.00"})
    assert answer.status_code == 409
    assert "内容和这次不一样" in answer.text
    assert f'href="{DESK}"' in answer.text
    assert town.rows() == before


def test_a_key_belongs_to_its_address_and_its_person(town, clerk):
    clerk.post(ADDRESS, BALANCE)
    assert clerk.post(f"{DESK}/versions/{town.desk.returned}/ties", {"op": OP}).status_code == 409
    other = town.visitors["head"].post(f"{DESK}/versions/{town.desk.submitted}/approve", {"op": OP, "revision": 1})
    assert other.status_code == 409
    assert town.state(town.desk.submitted) == "submitted"
    assert DESK + '"' not in other.text


def test_a_refused_form_keeps_no_key_and_may_be_mended(town, clerk):
    assert clerk.post(ADDRESS, BALANCE | {"amount": "一万"}).status_code == 422
    assert balances(town)[1] == 0
    assert clerk.post(ADDRESS, BALANCE).status_code == 303
    assert balances(town)[1] == 1


def test_a_refusal_told_by_a_message_keeps_no_key(town):
    head = town.visitors["head"]
    form = {"op": OP, "revision": town.revision(town.desk.submitted)}
    address = f"{DESK}/versions/{town.desk.submitted}"
    assert head.post(f"{address}/return", form | {"note": ""}).status_code == 303
    assert balances(town)[1] == 0
    assert head.post(f"{address}/return", form | {"note": "请核对"}).status_code == 303
    assert town.state(town.desk.submitted) == "draft"
    assert balances(town)[1] == 1


def test_the_parts_of_one_press_are_kept_together(town, clerk):
    """Submitting keeps the ties first: what the gate then refuses leaves the ties and no key."""
    key = town.desk.returned
    form = {"op": OP, "revision": town.revision(key), "line-1": "A12"}
    assert clerk.post(f"{DESK}/versions/{key}/submit", form).status_code == 303
    assert "没有答复" in clerk.get(f"{DESK}/versions/{key}").text
    assert town.state(key) == "draft"
    assert balances(town)[1] == 0


def test_a_file_counts_by_its_bytes(town, clerk):
    def sent(content):
        return {"op": OP, "body": "collective", "file": (BytesIO(content), "账.csv")}

    first = clerk.post(f"{DESK}/uploads", sent("日期,摘要\n".encode()))
    again = clerk.post(f"{DESK}/uploads", sent("日期,摘要\n".encode()))
    assert (first.status_code, again.location) == (303, first.location)
    assert clerk.post(f"{DESK}/uploads", sent("日期,别的\n".encode())).status_code == 409


def test_two_at_the_same_instant_have_one_effect(database_url, tmp_path):
    engine = open_engine(database_url)
    with Session(engine, expire_on_commit=False) as session:
        furnish(session)
        session.commit()
    app = make_app(database_url, tmp_path)
    visitors = [Visitor(app, "clerk") for _ in range(3)]
    tokens = [visitor.token() for visitor in visitors]
    ready, found = Barrier(3), []

    def press(visitor, token):
        ready.wait(timeout=20)
        answer = visitor.post(ADDRESS, BALANCE, token=token)
        found.append((answer.status_code, answer.location))

    threads = [Thread(target=press, args=pair) for pair in zip(visitors, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    with Session(engine) as session:
        kept = session.execute(text("SELECT count(*) FROM operation")).scalar_one()
        bodies = session.execute(text("SELECT count(*) FROM starting_balance")).scalar_one()
    assert found == [(303, DESK)] * 3
    assert (kept, bodies) == (1, 2)
    app.extensions["engine"].dispose()
    engine.dispose()
