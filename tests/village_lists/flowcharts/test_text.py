"""Breaking words into lines."""

import re

from hypothesis import given
from hypothesis import strategies as st

from village_lists.flowcharts.text import width_of, wrap, wrap_even

words = st.text(alphabet="村民代表会议，。；：）」（「、15 abcW(→", max_size=60)


@given(said=words, width=st.floats(80, 300))
def test_lines_fit_and_lose_nothing(said: str, width: float) -> None:
    lines = wrap(said, width, 16)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", said)
    long_marks = re.search(r"[，。；：）」、→]{4,}|[（「]{4,}", re.sub(r"\s", "", said))
    if not long_marks:
        assert all(width_of(line, 16) <= width + 0.01 for line in lines)


def test_no_line_begins_with_closing_or_ends_with_opening_marks() -> None:
    said = "方案张榜（不少于十五日），听取意见；「不同意」的，写明理由：再议。" * 3
    for width in range(60, 300, 7):
        for line in wrap(said, width, 16):
            assert line[0] not in "，。；：）」"
            assert line[-1] not in "（「"


def test_keeps_numbers_with_their_measure_word() -> None:
    assert wrap("公示满十天十天15天", 16 * 7.5, 16) == ("公示满十天十天", "15天")


def test_width_counts_chinese_whole_and_latin_a_little_over_half() -> None:
    assert width_of("村A", 100) == 156


def test_even_lines_are_as_few_but_leave_no_letter_alone() -> None:
    said = "有，重新入户核实"
    assert wrap(said, 112, 16) == ("有，重新入户核", "实")
    assert wrap_even(said, 112, 16) == ("有，重新", "入户核实")


def test_a_dot_between_two_words_goes_when_they_part() -> None:
    for width in range(60, 200, 4):
        for line in wrap("招标代理 · 10日内 · 村务监督委员会", width, 12):
            assert line == line.strip()
            assert not line.startswith("·")
            assert not line.endswith("·")
