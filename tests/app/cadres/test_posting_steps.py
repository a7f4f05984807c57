"""Steps upon postings: review with remarks on rows, taking back, overrides by two people, withdrawals by two people."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from tests.app.cadres.postings import RELIEF, begin, furnish_postings, published, save, step
from tests.app.officials import DESK, Town, build_town

PHONE = RELIEF | {"note": "有疑问请打 13912345678"}


@pytest.fixture(scope="module")
def built(sqlite_template, tmp_path_factory) -> Iterator[Town]:
    """Return the village with categories, everybody signed in."""
    town = build_town(sqlite_template, tmp_path_factory.mktemp("steps"), furnish=furnish_postings)
    yield town
    town.app.extensions["engine"].dispose()


@pytest.fixture
def town(built) -> Iterator[Town]:
    """Return it as it was built."""
    built.reset()
    yield built
    built.app.extensions["engine"].dispose()


def page(town, role, key):
    """Return the page of a version as somebody sees it."""
    return town.visitors[role].get(f"{DESK}/versions/{key}").text


def submitted(town):
    """Return a posting that waits for its first review."""
    key = begin(town)
    save(town, key)
    step(town, "clerk", key, "submit")
    assert town.state(key) == "submitted"
    return key


def test_a_remark_on_a_row_comes_back_is_answered_and_goes_again(town):
    key = submitted(town)
    assert "审核同意" in page(town, "head", key)
    step(town, "head", key, "return", **{"remark-2": "请附申请表"})
    assert town.state(key) == "draft"
    shown = page(town, "clerk", key)
    assert "第 2 行的意见" in shown
    assert "请附申请表" in shown
    with town.session() as session:
        number = session.execute(text("SELECT max(id) FROM remark")).scalar_one()
    step(town, "clerk", key, f"remarks/{number}/answer", words="已附")
    step(town, "clerk", key, "submit")
    assert town.state(key) == "submitted"
    assert "已附" in page(town, "head", key)


def test_the_secretary_signs_and_it_is_public(town):
    key = published(town)
    assert "已公开" in page(town, "member", key)


def test_what_nobody_reviewed_is_taken_back(town):
    key = submitted(town)
    assert "撤回来改" in page(town, "clerk", key)
    step(town, "clerk", key, "take-back")
    assert town.state(key) == "draft"


def test_what_was_reviewed_is_not_taken_back(town):
    key = submitted(town)
    step(town, "head", key, "approve")
    assert "撤回来改" not in page(town, "clerk", key)
    step(town, "clerk", key, "take-back")
    assert town.state(key) == "approved"


def test_a_telephone_number_is_held_back_until_two_people_let_it_pass(town):
    key = begin(town)
    save(town, key, PHONE)
    step(town, "clerk", key, "submit")
    assert town.state(key) == "draft"
    shown = page(town, "clerk", key)
    assert "申请放行" in shown
    assert 'name="place" value="note"' in shown
    kind = shown.split('name="kind" value="')[1].split('"')[0]
    step(town, "clerk", key, "overrides", place="note", kind=kind, reason="")
    assert "请写明为什么可以公开" in page(town, "clerk", key)
    step(town, "clerk", key, "overrides", place="note", kind=kind, reason="公开的服务电话")
    assert "等另一个人同意" in page(town, "clerk", key)
    assert "同意放行这一处</button>" in page(town, "secretary", key)
    with town.session() as session:
        number = session.execute(text("SELECT max(id) FROM override")).scalar_one()
    assert step(town, "clerk", key, f"overrides/{number}/agree").status_code == 403
    step(town, "secretary", key, f"overrides/{number}/agree")
    step(town, "clerk", key, "submit")
    assert town.state(key) == "submitted"


def test_two_people_withdraw_and_a_third_may_say_no(town):
    key = published(town)
    step(town, "clerk", key, "withdrawal", reason="")
    assert "要写明原因" in page(town, "clerk", key)
    step(town, "clerk", key, "withdrawal", reason="公示了不该公示的内容")
    assert "同意撤下</button>" not in page(town, "clerk", key)
    step(town, "head", key, "withdrawal/refuse", note="再核对一下")
    assert town.state(key) == "published"
    step(town, "clerk", key, "withdrawal", reason="公示了不该公示的内容")
    assert "同意撤下</button>" in page(town, "head", key)
    step(town, "head", key, "withdrawal/agree")
    assert town.state(key) == "withdrawn"
    assert "重新公开" in page(town, "clerk", key)


@pytest.mark.parametrize("name", ["take-back", "overrides", "withdrawal", "correct", "discard", "former", "posting"])
def test_another_village_may_do_nothing(town, name):
    key = begin(town)
    assert step(town, "elsewhere", key, name).status_code == 404
    assert town.state(key) == "draft"


@pytest.mark.parametrize("name", ["take-back", "overrides", "correct", "discard", "former", "posting", "readings"])
def test_reviewers_do_none_of_the_clerks_steps(town, name):
    key = begin(town)
    assert step(town, "head", key, name).status_code == 403
