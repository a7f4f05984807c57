"""The township's page of vacant posts: what waits, who may stand in, and naming somebody."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.database import open_engine
from tests.app.officials import Visitor, make_app
from tests.publicity.workflow.kinds import stranger, with_roster
from tests.publicity.workflow.stage import NOW, STONE, TOWNSHIP, set_stage
from village_lists.people.models import Post, PostKind

PATH = f"/audit/{TOWNSHIP}/vacancies"


@pytest.fixture
def app(database_url, tmp_path):
    """Return the program over a village whose supervision head left yesterday while a month waits for him."""
    engine = open_engine(database_url)
    with Session(engine, expire_on_commit=False) as session:
        stage = with_roster(set_stage(session))
        stranger(stage)
        stage.submitted()
        stage["head"].posts[0].ends_on = NOW.date() - timedelta(days=1)
        session.commit()
    engine.dispose()
    app = make_app(database_url, tmp_path)
    yield app
    app.extensions["engine"].dispose()


def form(app, **about):
    """Return the form that names the stranger until the end of the year."""
    wanted = {"village": STONE, "post": "supervision_head", "user_name": "stranger", "until": "2026-12-31"}
    return {**wanted, "reason": "主任辞职，尚未补选", **about}


def test_what_is_vacant_and_what_waits_stands_first(app):
    page = Visitor(app, "auditor").get(PATH).text
    card = page.split(f'id="at-{STONE}-supervision_head"')[1].split("</section>")[0]
    assert "有 1 份在等这个职务办理" in card
    assert "从 2026年10月5日 起没有人担任" in card
    assert f"{STONE}-clerk" not in page


def test_somebody_is_named_and_the_page_says_until_when(app):
    auditor = Visitor(app, "auditor")
    assert auditor.post(PATH, form(app)).status_code == 303
    page = auditor.get(PATH).text
    assert "由 吕新民 代行到 2026年12月31日" in page
    with Session(app.extensions["engine"]) as session:
        post = session.query(Post).filter_by(kind=PostKind.SUPERVISION_HEAD, is_acting=True).one()
        assert (post.ends_on, post.named_because) == (date(2026, 12, 31), "主任辞职，尚未补选")
        assert post.named_by
        assert post.named_by.name == "赵明亮"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"until": "2027-06-01"}, "代行到哪一天要在"),
        ({"until": "2026-10-04"}, "代行到哪一天要在"),
        ({"until": "年底"}, "请填写代行到哪一天"),
        ({"reason": " "}, "请写明为什么要代行"),
        ({"user_name": "nobody"}, "没有找到用户名"),
        ({"user_name": "", "person": ""}, "请选择由谁代行"),
        ({"user_name": "secretary"}, "不能同时担任"),
        ({"user_name": "auditor"}, "不能指定自己代行"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(app, wrong, words):
    answer = Visitor(app, "auditor").post(PATH, form(app, **wrong))
    assert answer.status_code == 422
    assert words in answer.text
    assert form(app, **wrong)["until"] in answer.text


def test_a_post_that_is_held_is_not_on_the_page_and_not_given(app):
    assert Visitor(app, "auditor").post(PATH, form(app, post="clerk")).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("secretary", 404), ("steward", 404), ("anonymous", 303)])
def test_only_the_townships_auditors_come_here(app, who, status):
    assert Visitor(app, who).get(PATH).status_code == status
    assert Visitor(app, who).post(PATH, form(app)).status_code == status
