"""Months as accounts and postings use them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_lists.periods import Cadence, Period, PeriodUnreadable, Span

PERIODS = st.builds(Period, st.integers(1901, 2998), st.integers(1, 12))


@given(PERIODS)
def test_written_and_read_again(period: Period) -> None:
    """The written month reads as itself."""
    assert Period.parse(str(period)) == period


@given(PERIODS)
def test_neighbours(period: Period) -> None:
    """Next and previous undo each other and touch day by day."""
    assert period.next.previous == period
    assert period.previous < period < period.next
    assert period.last_day + timedelta(days=1) == period.next.first_day
    assert Period.of(period.first_day) == Period.of(period.last_day) == period


@given(PERIODS, PERIODS)
def test_order_is_that_of_the_days(one: Period, other: Period) -> None:
    """Comparing months compares their first days."""
    assert (one < other) == (one.first_day < other.first_day)
    assert (str(one) < str(other)) == (one < other)


@given(PERIODS, st.integers(-5, 40))
def test_through_gives_every_month_once(first: Period, months: int) -> None:
    """From the first through the last, both included; nothing backwards."""
    try:
        last = first.plus(months)
    except ValueError:
        return
    found = list(first.through(last))
    assert len(found) == max(0, months + 1)
    assert found == sorted(set(found))
    assert not found or (found[0], found[-1]) == (first, last)


def test_words_and_days() -> None:
    """The words of the sheets; a leap February."""
    assert Period(2026, 9).words == "2026年9月"
    assert Period(2028, 2).last_day == date(2028, 2, 29)
    assert Period(2026, 12).next == Period(2027, 1)


@pytest.mark.parametrize(
    "written", ["", "2026-13", "2026-00", "2026-9", "2026/09", "0000-01", "2026-09 ", "２０２６-09", "2026-09\n"]
)
def test_what_is_no_month_is_refused(written: str) -> None:
    """The refusal repeats what was written and shows the right form."""
    with pytest.raises(PeriodUnreadable, match="不是月份") as refusal:
        Period.parse(written)
    assert written in str(refusal.value)


@pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13), (1899, 12), (3000, 1)])
def test_a_month_that_does_not_exist(year: int, month: int) -> None:
    """Making one by hand is a fault of the caller."""
    with pytest.raises(ValueError, match="no such month"):
        Period(year, month)


@given(st.sampled_from(list(Cadence)), st.dates(date(1900, 1, 1), date(2998, 12, 31)))
def test_a_span_is_read_back_as_it_was_written(cadence: Cadence, day: date) -> None:
    """What is written for a month, quarter, half, year or day is the same stretch when read again."""
    span = Span.of(cadence, day)
    assert span.first_day <= day <= span.last_day
    assert Span.parse(str(span)) == span


@given(st.sampled_from(list(Cadence)), st.dates(date(1901, 1, 1), date(2997, 12, 31)))
def test_spans_follow_one_another_without_gap(cadence: Cadence, day: date) -> None:
    """The next stretch begins on the day after this one, and the one before it is this one again."""
    span = Span.of(cadence, day)
    assert span.next.first_day == span.last_day + timedelta(days=1)
    assert span.next.previous == span
    assert span < span.next


@pytest.mark.parametrize(
    ("written", "first", "last", "words"),
    [
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "2028年2月"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "2026年第4季度"),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30), "2026年上半年"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        ("2026-09-12", date(2026, 9, 12), date(2026, 9, 12), "2026年9月12日"),
    ],
)
def test_what_a_span_covers(written: str, first: date, last: date, words: str) -> None:
    """Both ends count, and it is told as on the sheets."""
    span = Span.parse(written)
    assert (span.first_day, span.last_day, span.words) == (first, last, words)


@pytest.mark.parametrize("written", ["", "2026-13", "2026-02-30", "2026-Q5", "2026-H3", "1899", "2026-9", "２０２６"])
def test_what_is_no_span(written: str) -> None:
    """Anything else is told in a sentence."""
    with pytest.raises(PeriodUnreadable):
        Span.parse(written)


def test_all_quarters_of_two_years() -> None:
    """Going through gives each once, both ends included."""
    first, last = Span.parse("2026-Q1"), Span.parse("2027-Q4")
    assert [str(span) for span in first.through(last)] == [f"{year}-Q{n}" for year in (2026, 2027) for n in range(1, 5)]
    assert list(last.through(first)) == []
