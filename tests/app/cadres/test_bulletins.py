"""Sheets from the desk: of a record, of the three affairs, and who gets none."""

import pytest

from tests.app.officials import DESK, Town


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_the_sheet_of_what_is_published(town: Town, paper: str) -> None:
    answer = town.visitors["clerk"].get(f"{DESK}/records/1/sheet.pdf?paper={paper}")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")


def test_the_three_affairs_of_a_period(town: Town) -> None:
    answer = town.visitors["clerk"].get(f"{DESK}/affairs/2026-Q3.pdf?paper=A4")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    assert "affairs-2026-Q3.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("span", ["2026-Q5", "2026-13", "2026-02-30", "26", "x"])
def test_a_period_that_does_not_exist_is_not_there(town: Town, span: str) -> None:
    assert town.visitors["clerk"].get(f"{DESK}/affairs/{span}.pdf").status_code == 404


def test_paper_of_another_size_is_not_there(town: Town) -> None:
    assert town.visitors["clerk"].get(f"{DESK}/affairs/2026-Q3.pdf?paper=A0").status_code == 404


def test_the_form_leads_to_the_sheet(town: Town) -> None:
    answer = town.visitors["clerk"].get(f"{DESK}/affairs?period=2026-H1&paper=A4")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"{DESK}/affairs/2026-H1.pdf?paper=A4")


def test_what_was_typed_wrong_is_kept_and_told(town: Town) -> None:
    answer = town.visitors["clerk"].get(f"{DESK}/affairs?period=第三季度")
    assert answer.status_code == 422
    assert 'value="第三季度"' in answer.text
    assert "不是期间" in answer.text


def test_the_list_of_prints_proposes_the_last_quarter(town: Town) -> None:
    answer = town.visitors["clerk"].get(f"{DESK}/posters")
    assert answer.status_code == 200
    assert 'value="2026-Q3"' in answer.text


@pytest.mark.parametrize("path", ["affairs/2026-Q3.pdf", "affairs?period=2026-Q3", "records/1/sheet.pdf"])
def test_strangers_get_nothing(town: Town, path: str) -> None:
    assert town.visitors["anonymous"].get(f"{DESK}/{path}").status_code in {302, 303, 401, 403}
    assert town.visitors["elsewhere"].get(f"{DESK}/{path}").status_code == 404
