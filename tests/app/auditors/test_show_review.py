"""What waits for the township: endorsing a version, returning it, receiving a filing."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.database import open_engine
from publicity.workflow.actions import approve, confirm
from publicity.workflow.rules import Step
from tests.app.officials import Visitor, make_app
from tests.publicity.workflow.kinds import ROSTER_ORDER, roster_in_review, with_roster
from tests.publicity.workflow.stage import NOW, SINCE, TOWNSHIP, seen, set_order, set_stage
from village_lists.rulebook.models import RuleRow

PATH = f"/audit/{TOWNSHIP}/reviews"


@dataclass
class Place:
    """The program, and the keys of a roster that waits for the township and of a month that is to be filed."""

    app: Flask
    roster: str
    month: str

    def state(self, key):
        """Return the state and revision that a version has now."""
        with Session(self.app.extensions["engine"]) as session:
            return session.execute(text("SELECT state, revision FROM version WHERE key = :key"), {"key": key}).one()

    def filed(self):
        """Return who received the filing, with what note."""
        with Session(self.app.extensions["engine"]) as session:
            return session.execute(text("SELECT filed_name, note FROM filing")).one()


@pytest.fixture
def place(database_url, tmp_path):
    """Return the program over a village with both."""
    engine = open_engine(database_url)
    with Session(engine, expire_on_commit=False) as session:
        stage = with_roster(set_stage(session))
        like = session.query(RuleRow).filter_by(key="display.days").one()
        session.add(
            RuleRow(
                key="filing.township.days",
                level=like.level,
                place_id=like.place_id,
                value={"value": 10},
                valid_from=SINCE,
            )
        )
        month = stage.published()
        set_order(session, (Step.SUBMIT, Step.ORGANISER, Step.CONFIRM, Step.ENDORSE), key=ROSTER_ORDER)
        roster = roster_in_review(stage)
        for deed, role in ((approve, "organiser"), (confirm, "secretary")):
            deed(session, version=roster, by=stage[role], now=NOW, seen=seen(roster))
        keys = roster.key, month.key
        session.commit()
    engine.dispose()
    app = make_app(database_url, tmp_path)
    yield Place(app, *keys)
    app.extensions["engine"].dispose()


def test_the_list_says_what_waits(place):
    page = Visitor(place.app, "auditor").get(PATH).text
    waiting, due = page.split("等收备案")
    assert place.roster in waiting
    assert place.month in due
    assert "2026年10月15日" in due


def test_the_page_shows_everything_and_its_history(place):
    page = Visitor(place.app, "auditor").get(f"{PATH}/{place.roster}").text
    assert "何月仙" in page
    assert "500.00" in page
    assert "梁秀英" in page
    assert "审核同意" in page


def test_the_auditor_endorses_and_it_is_published_once(place):
    auditor = Visitor(place.app, "auditor")
    state, revision = place.state(place.roster)
    form = {"revision": revision, "op": "a" * 16}
    assert state == "confirmed"
    for _ in range(2):
        assert auditor.post(f"{PATH}/{place.roster}/endorse", form).status_code == 303
    assert place.state(place.roster).state == "published"


def test_a_return_needs_a_word(place):
    auditor, revision = Visitor(place.app, "auditor"), place.state(place.roster).revision
    answer = auditor.post(f"{PATH}/{place.roster}/return", {"revision": revision, "note": ""})
    assert answer.status_code == 422
    assert "退回要说明原因" in answer.text
    assert auditor.post(f"{PATH}/{place.roster}/return", {"revision": revision, "note": "请核对"}).status_code == 303
    assert place.state(place.roster).state == "draft"
    assert auditor.get(f"{PATH}/{place.roster}").status_code == 404


def test_who_saw_an_older_revision_is_told_to_look_again(place):
    answer = Visitor(place.app, "auditor").post(f"{PATH}/{place.roster}/endorse", {"revision": 1})
    assert answer.status_code == 422
    assert "请刷新后再决定" in answer.text
    assert place.state(place.roster).state == "confirmed"


def test_a_filing_is_received_with_a_note(place):
    auditor, revision = Visitor(place.app, "auditor"), place.state(place.month).revision
    form = {"revision": revision, "note": "已收"}
    assert auditor.post(f"{PATH}/{place.month}/filing", form).status_code == 303
    assert tuple(place.filed()) == ("赵明亮", "已收")
    assert "赵明亮 10月5日" in auditor.get(PATH).text


@pytest.mark.parametrize(("who", "status"), [("secretary", 404), ("clerk", 404), ("anonymous", 303)])
def test_only_the_townships_auditors_come_here(place, who, status):
    visitor = Visitor(place.app, who)
    assert visitor.get(PATH).status_code == status
    assert visitor.post(f"{PATH}/{place.roster}/endorse", {"revision": 5}).status_code == status
