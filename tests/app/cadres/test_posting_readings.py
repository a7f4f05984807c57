"""Tables from elsewhere: pasted or as a workbook, checked on a page, taken over in one step; nothing half taken."""

from collections.abc import Iterator

import pytest

from tests.app.cadres.postings import TABLE, begin, furnish_postings, kept, save, step, workbook
from tests.app.officials import DESK, Town, build_town

OP = "abcdefgh234567ab"
CSV = TABLE.replace("\t", ",").encode()


@pytest.fixture(scope="module")
def built(sqlite_template, tmp_path_factory) -> Iterator[Town]:
    """Return the village with categories, everybody signed in."""
    town = build_town(sqlite_template, tmp_path_factory.mktemp("readings"), furnish=furnish_postings)
    yield town
    town.app.extensions["engine"].dispose()


@pytest.fixture
def town(built) -> Iterator[Town]:
    """Return it as it was built."""
    built.reset()
    yield built
    built.app.extensions["engine"].dispose()


def read(town, key, **form):
    """Let the clerk send a table to be read; return the address of what was read."""
    answer = town.visitors["clerk"].post(f"{DESK}/versions/{key}/readings", form)
    assert answer.status_code == 303, answer.text
    return answer.location


def names(town, key):
    """Return the names in the rows of a draft."""
    return [row["household"] for row in kept(town, key)]


def test_a_pasted_table_is_shown_and_not_taken_yet(town):
    key = begin(town)
    page = town.visitors["clerk"].get(read(town, key, pasted=TABLE)).text
    assert "都读懂了，一共 2 行" in page
    assert "吴水根" in page
    assert "1,080.00" in page
    assert kept(town, key) == []


@pytest.mark.parametrize("mode", ["replace", "add"])
def test_what_was_read_is_taken_over_as_was_said(town, mode):
    key = begin(town)
    save(town, key)
    address = read(town, key, pasted=TABLE)
    assert "草稿里已经有 2 行" in town.visitors["clerk"].get(address).text
    form = {"mode": mode, "revision": str(town.revision(key))}
    assert town.visitors["clerk"].post(address, form).status_code == 303
    expected = ["吴水根", "郑阿土"]
    assert names(town, key) == (expected if mode == "replace" else ["张阿德", "李国庆", *expected])
    assert town.visitors["clerk"].get(address).status_code == 404


def test_a_workbook_is_read_and_remembered_by_its_name(town):
    key = begin(town)
    address = read(town, key, file=workbook(CSV))
    assert "救助名册.csv" in town.visitors["clerk"].get(address).text
    town.visitors["clerk"].post(address, {"revision": str(town.revision(key)), "mode": "replace"})
    assert names(town, key) == ["吴水根", "郑阿土"]


def test_what_cannot_be_read_is_told_by_its_cell_and_cannot_be_taken(town):
    key = begin(town)
    address = read(town, key, pasted=TABLE.replace("360.00", "三百多"))
    page = town.visitors["clerk"].get(address).text
    assert "第 2 行第 3 列" in page
    assert "三百多" in page
    assert "读得对，填进草稿" not in page
    answer = town.visitors["clerk"].post(address, {"revision": str(town.revision(key)), "mode": "replace"})
    assert answer.status_code == 422
    assert kept(town, key) == []


def test_taking_over_over_a_changed_draft_is_refused(town):
    key = begin(town)
    revision = str(town.revision(key))
    address = read(town, key, pasted=TABLE)
    save(town, key)
    answer = town.visitors["clerk"].post(address, {"revision": revision, "mode": "replace"})
    assert answer.status_code == 422
    assert "被别人改过" in answer.text
    assert names(town, key) == ["张阿德", "李国庆"]


def test_a_double_tap_takes_over_once(town):
    key = begin(town)
    save(town, key)
    address = read(town, key, pasted=TABLE)
    form = {"op": OP, "revision": str(town.revision(key)), "mode": "add"}
    answers = [town.visitors["clerk"].post(address, form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(kept(town, key)) == 4


@pytest.mark.parametrize("form", [{}, {"pasted": "  "}, {"file": workbook(b"\x00\x01\x02", "x.xlsx")}])
def test_nothing_and_no_workbook_are_refused_in_words(town, form):
    key = begin(town)
    answer = town.visitors["clerk"].post(f"{DESK}/versions/{key}/readings", form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_what_is_in_review_takes_nothing_more(town):
    key = begin(town)
    save(town, key)
    step(town, "clerk", key, "submit")
    assert town.visitors["clerk"].post(f"{DESK}/versions/{key}/readings", {"pasted": TABLE}).status_code == 403
    assert town.visitors["clerk"].get(f"{DESK}/versions/{key}/readings/new").status_code == 303


def test_a_reading_belongs_to_its_version_and_village(town):
    key, other = begin(town), begin(town, period="2026-Q2")
    address = read(town, key, pasted=TABLE)
    assert town.visitors["clerk"].get(address.replace(key, other)).status_code == 404
    assert town.visitors["elsewhere"].get(address).status_code == 404
