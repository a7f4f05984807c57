"""Rows of contracts in clerks' words: what is due when, to the fen, whatever the way of paying and the last day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cadres.contract_rows import RowUnclear, contract_of
from publicity.holdings.papers import asked_by
from publicity.holdings.schedules import months_after

WAYS = {"每月": 1, "季付": 3, "按半年": 6, "一年一付": 12, "": 12}


@given(
    way=st.sampled_from(sorted(WAYS)),
    yearly=st.integers(1200, 10**9),
    years=st.integers(1, 20),
    starts_on=st.dates(date(1990, 1, 1), date(2040, 12, 28)),
    short=st.integers(0, 1),
)
def test_each_year_of_rent_adds_up_whichever_day_is_written_as_the_last(
    way: str, yearly: int, years: int, starts_on: date, short: int
) -> None:
    ends_on = months_after(starts_on, 12 * years) - timedelta(days=short)
    cells: dict[str, str | int | None] = {"party": "清风百货店", "about": "鱼塘", "yearly": yearly, "way": way}
    row = contract_of({**cells, "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()})
    made = asked_by(row.paper)
    parts = 12 // WAYS[way]
    assert len(made) == parts * years
    assert {sum(one.amount_fen for one in made[n * parts : (n + 1) * parts]) for n in range(years)} == {yearly}
    assert max(one.amount_fen for one in made) - min(one.amount_fen for one in made) < parts
    assert made[0].due_on == starts_on
    assert made[-1].due_on < ends_on


@pytest.mark.parametrize("written", ["2024.1.1-2026.12.31", "2024年1月1日至2026年12月31日", "2024-01-01—2026-12-31"])
def test_a_term_in_one_cell_is_read(written: str) -> None:
    paper = contract_of({"party": "清风百货店", "about": "鱼塘", "term": written, "total": 900_00, "way": "按年"}).paper
    assert (paper.starts_on, paper.ends_on) == (date(2024, 1, 1), date(2026, 12, 31))
    assert [one.amount_fen for one in asked_by(paper)] == [300_00] * 3


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({"total": 100}, "party"),
        ({"yearly": 100, "starts_on": "2024-01-01"}, "party"),
        ({"each": 100, "starts_on": "2024-01-01", "ends_on": "2025-01-01"}, "each"),
        ({"yearly": 100, "starts_on": "2024-01-01", "ends_on": "2023-01-01"}, "ends_on"),
        ({"schedule": "2024-13-01 5"}, "schedule"),
        ({"term": "三年"}, "term"),
    ],
)
def test_what_cannot_be_told_is_told_at_its_column(cells: dict[str, str | int | None], key: str) -> None:
    with pytest.raises(RowUnclear) as refused:
        contract_of({"party": "清风百货店", "about": "鱼塘", **cells})
    assert refused.value.key == key
