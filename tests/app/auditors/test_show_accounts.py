"""The township's table: who may see it, what a cell says, and that many villages cost no more statements."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from app.database import open_engine
from app.settings import Settings
from app.signin.passwords import HASHER
from tests.program import program
from tests.publicity.duties.township import EARLY, at_most, collective, official, post, start, submitted, township
from village_lists.people.actions import enter_person, give_post, open_account
from village_lists.people.models import PostKind
from village_lists.places.actions import PlaceRow, import_places
from village_lists.places.models import Level
from village_lists.places.queries import place_by_code

PATH = "/audit/330299101/accounts"
HASHED = HASHER.hash("a long password")


@pytest.fixture
def app(database_url, tmp_path):
    """Return the program on 20 October 2026 over two villages, one of them with a month in review."""
    engine = open_engine(database_url)
    with Session(engine, expire_on_commit=False) as session:
        first, _second = township(session, villages=2)
        import_places(session, rows=[PlaceRow(code="330299102", name="邻镇")])
        for code, name in (("330299101", "audit"), ("330299102", "neighbour")):
            place = place_by_code(session, code=code, level=Level.TOWNSHIP)
            assert place
            person = enter_person(session, name=name)
            give_post(session, person=person, place=place, kind=PostKind.TOWNSHIP_AUDITOR, starts_on=EARLY)
            open_account(session, person=person, user_name=name, password_hash=HASHED)
        start(session, collective(first), "2026-07")
        post(session, collective(first), "2026-07", on=date(2026, 8, 12))
        submitted(session, collective(first), "2026-08", on=date(2026, 9, 3))
        official(session, collective(first), PostKind.SUPERVISION_HEAD)
        session.commit()
    engine.dispose()
    app = program(
        Settings(
            instance=tmp_path,
            database_url=database_url,
            public_url="http://127.0.0.1",
            secret_key="x" * 32,
            is_testing=True,
        )
    )
    app.config.update(WTF_CSRF_ENABLED=False, CLOCK=lambda: datetime(2026, 10, 20, 4, tzinfo=UTC))
    yield app
    app.extensions["engine"].dispose()


def signed_in(app, name: str = "audit"):
    """Return a client in which the auditor has signed in."""
    client = app.test_client()
    answer = client.post("/account/sign-in", data={"name": name, "password": "a long password"})
    assert answer.status_code == 303
    return client


def cell_of(app, period: str) -> str:
    """Return the name of a month's cell of the first village's collective."""
    with Session(app.extensions["engine"]) as session:
        town = place_by_code(session, code="330299101201", level=Level.VILLAGE)
        assert town
        return f"{collective(town).id}-{period}"


def test_the_sentence_comes_first_and_the_states_are_words(app):
    page = signed_in(app).get(PATH).text
    assert "有 4 个账套应公开未公开" in page
    assert page.index("应公开未公开") < page.index("<table>")
    assert "○</b>未公开" in page
    assert "◐</b>迟" in page
    assert "9月" in page
    assert "10月" not in page.split("<thead>")[1].split("</thead>")[0].replace("2025</span><span>10月", "")


def test_a_cell_says_by_when_by_which_rule_what_happened_and_at_whom_it_waits(app):
    page = signed_in(app).get(f"{PATH}?cell={cell_of(app, '2026-08')}").text
    for words in ("已过 40 天", "2026年9月10日", "乡镇级规定（松坪镇）", "2026年1月1日 起有效", "示例，待当地确认"):
        assert words in page
    assert "提交审核" in page
    assert "村务监督委员会主任 <strong>supervision_head" in page


def test_a_published_cell_leads_to_the_public_record(app):
    page = signed_in(app).get(f"{PATH}?cell={cell_of(app, '2026-07')}").text
    assert "迟公开 2 天" in page
    assert "/v/330299101201/records/1" in page


@pytest.mark.parametrize("cell", ["9999-2026-08", "1-2026-13", "1-2019-01", "x", ""])
def test_a_cell_that_is_not_there(app, cell):
    assert signed_in(app).get(f"{PATH}?cell={cell}").status_code == 404


def test_the_neighbour_finds_nothing_and_a_stranger_is_asked_to_sign_in(app):
    assert signed_in(app, "neighbour").get(PATH).status_code == 404
    assert app.test_client().get(PATH).status_code == 303


def test_size_and_language_are_carried_by_every_cell(app):
    page = signed_in(app).get(f"{PATH}?size=large&lang=en").text
    assert page.count("&amp;size=large&amp;lang=en#open") == page.count("#open")


def test_it_says_which_village_left_out_what_of_the_quarter(app):
    page = signed_in(app).get(PATH).text
    section = page[page.index('id="classes"') :]
    assert "财务公开八类内容" in section
    assert "0号村村委会账：" in section
    assert "各项收入、各项支出" in section


def test_it_asks_the_database_few_times(app):
    client = signed_in(app)
    cell = cell_of(app, "2026-08")
    with Session(app.extensions["engine"]) as session, at_most(session, statements=50):
        client.get(f"{PATH}?cell={cell}")
