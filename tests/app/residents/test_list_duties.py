"""What residents read about duties: what is missing the day after, why, and nothing of what is in review."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from publicity.categories.models import ACCOUNTS
from publicity.duties.actions import ask_extension
from publicity.duties.pages import duty_tally, on_display
from tests.app.owing import FIRST, RELIEF, SECOND, owing_app
from tests.publicity.duties.township import collective, official
from village_lists.people.models import PostKind
from village_lists.periods import Span
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code

PATH = f"/v/{FIRST}/duties"


@pytest.fixture
def app(database_url, tmp_path):
    """Return the program on 20 October 2026."""
    app = owing_app(database_url, tmp_path)
    yield app
    app.extensions["engine"].dispose()


def village(session: Session, code: str = FIRST) -> Place:
    """Return one of the villages."""
    found = place_by_code(session, code=code, level=Level.VILLAGE)
    assert found
    return found


def rows(app, code: str = FIRST) -> dict[tuple[str, str, str], dict[str, object]]:
    """Return the rows of the open data by category, body and period."""
    content = json.loads(app.test_client().get(f"/v/{code}/duties.json").text)
    return {(row["category"], row["body"], row["period"]): row for row in content["duties"]}


def test_the_sums_come_first_and_what_is_missing_before_the_rest(app):
    page = app.test_client().get(PATH).text
    assert page.index("到期应公开") < page.index("应公开未公开") < page.index("低保救助名单：2026年第3季度")


def test_every_duty_says_how_it_stands(app):
    found = rows(app)
    july, august = (found[ACCOUNTS, "collective", month] for month in ("2026-07", "2026-08"))
    assert (july["state"], july["published"], july["record"]) == ("met", "2026-08-08", 1)
    assert (august["state"], august["days_late"], august["due"]) == ("late", 2, "2026-09-10")
    relief = found[RELIEF, "committee", "2026-Q3"]
    # Ten working days after 30 September, 1 and 2 October off.
    assert (relief["due"], relief["state"], relief["record"]) == ("2026-10-16", "missing", None)


def test_what_is_in_review_is_only_missing(app):
    found = rows(app)
    assert found[ACCOUNTS, "collective", "2026-09"]["state"] == "missing"
    assert found[ACCOUNTS, "collective", "2026-09"]["record"] is None
    app.config["CLOCK"] = lambda: datetime(2026, 10, 9, 4, tzinfo=UTC)
    assert rows(app)[ACCOUNTS, "collective", "2026-09"]["state"] == "upcoming"
    page = app.test_client().get(PATH).text
    for word in ("审核", "退回", "草稿", "提交"):
        assert word not in page


@pytest.mark.parametrize(("day", "is_missing"), [(16, False), (17, True)])
def test_a_missing_one_is_there_the_day_after_its_day(app, day, is_missing):
    app.config["CLOCK"] = lambda: datetime(2026, 10, day, 4, tzinfo=UTC)
    page = app.test_client().get(f"/v/{SECOND}/duties").text
    assert ("低保救助名单：2026年第3季度" in page) is is_missing


def test_why_it_is_due_then(app):
    page = app.test_client().get(PATH).text
    assert "第 10 个工作日是最后一天" in page
    assert "2026年10月1日到2026年10月4日不上班" in page
    assert "乡镇级规定，松坪镇" in page


def test_the_reason_of_an_extension_is_read_by_all(app):
    with Session(app.extensions["engine"], expire_on_commit=False) as session:
        body = collective(village(session))
        clerk = official(session, body, PostKind.CLERK)
        ask_extension(
            session,
            body=body,
            code=ACCOUNTS,
            span=Span.parse("2026-09"),
            until=datetime(2026, 10, 30, tzinfo=UTC).date(),
            reason="代理记账中心系统停机",
            by=clerk,
            now=datetime(2026, 10, 12, 4, tzinfo=UTC),
        )
        session.commit()
    page = app.test_client().get(PATH).text
    assert "代理记账中心系统停机" in page
    assert "等乡镇决定" in page


def test_csv_says_the_same(app):
    answer = app.test_client().get(PATH + ".csv")
    assert answer.status_code == 200
    assert "低保救助名单" in answer.data.decode("utf-8-sig")


def test_years_go_back_and_never_ahead(app):
    client = app.test_client()
    assert client.get(f"{PATH}?year=2025").status_code == 200
    for wrong in ("2027", "x", "99999999", "-1", "", "２０２６"):
        assert client.get(f"{PATH}?year={wrong}").status_code == 404


def test_what_the_village_page_needs(app):
    with Session(app.extensions["engine"]) as session:
        on = datetime(2026, 9, 20, tzinfo=UTC).date()
        place = village(session)
        tally = duty_tally(session, village=place, on=on)
        assert (tally.met, tally.late) == (1, 1)
        assert tally.due == tally.met + tally.late + tally.missing
        (hanging,) = on_display(session, village=place, on=on)
        assert (str(hanging.span), hanging.days_left) == ("2026-08", 8)
