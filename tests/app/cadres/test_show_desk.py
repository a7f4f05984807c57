"""The clerk's one list: what is late, what is due this week, what comes later, each begun with one button."""

from datetime import UTC, datetime

import pytest

from tests.app.owing import FIRST, RELIEF, owing_app, signed_in

PATH = f"/desk/{FIRST}"


@pytest.fixture
def app(database_url, tmp_path):
    """Return the program on 20 October 2026."""
    app = owing_app(database_url, tmp_path)
    yield app
    app.extensions["engine"].dispose()


def at(app, month: int, day: int) -> str:
    """Return the clerk's desk on a day of 2026."""
    app.config["CLOCK"] = lambda: datetime(2026, month, day, 4, tzinfo=UTC)
    return signed_in(app, "clerk").get(PATH).text


def test_what_is_late_is_first_and_begun_with_one_button(app):
    page = at(app, 10, 20)
    week = page.split("等别人处理")[0]
    assert "应在 10月16日 前公开，已过期" in week
    assert f"category={RELIEF}&amp;body=committee&amp;period=2026-Q3" in week
    assert "登记起始余额" in week, "the committee has not said what its books start from"


def test_what_is_due_within_a_week_says_how_many_working_days_are_left(app):
    page = at(app, 10, 12)
    assert "10月16日 前公开（还有 5 个工作日）" in page.split("</section>")[0]
    before = at(app, 10, 8)
    assert "10月16日" not in before.split("</section>")[0], "eight days ahead is next week"
    assert "以后要做" in before
    assert "10月16日 前公开（还有 7 个工作日）" in before


def test_what_is_in_review_is_with_others(app):
    page = at(app, 10, 9)
    assert "财务收支逐笔公开　2026年9月" in page.split("等别人处理")[1]


def test_why_it_is_due_and_how_to_ask_for_more_time(app):
    page = at(app, 10, 20)
    assert "第 10 个工作日是最后一天" in page
    assert f"/desk/{FIRST}/extensions/new?category={RELIEF}&amp;body=committee&amp;period=2026-Q3&amp;serial=1" in page


def test_the_whole_directory_is_one_link_away(app):
    assert f'href="{PATH}/postings"' in at(app, 10, 20)


def test_what_hangs_and_ends_this_week(app):
    page = at(app, 9, 22)
    assert "公示到 9月27日，还剩 6 天" in page


def test_what_may_be_posted_at_any_time(app):
    page = at(app, 10, 20)
    assert "有事随时公开" in page
    assert "category=village.seal&amp;body=committee&amp;period=2026-10-20" in page
