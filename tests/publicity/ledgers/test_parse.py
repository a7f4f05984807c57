"""The reader, clause by clause: what is right passes, what is wrong is told at its cell, nothing is guessed."""

from datetime import date

import pytest

from publicity.ledgers.parse import Expected, parse_workbook
from publicity.ledgers.synonyms import extended
from tests.publicity.ledgers.grids import (
    HEADER,
    TITLE,
    UNIT,
    book,
    cells_of,
    covered,
    month,
    never_worked_out,
    red,
    sentences,
    sheet,
)
from village_lists.exchange.grids import Cell, Value

PAID: list[Value | Cell] = ["9月3日", "支-01", "办公用品", "", 320, "文具店"]
TAKEN: list[Value | Cell] = ["9月5日", "收-01", "摊位费", 320, "", "集市"]


def test_a_sound_month_has_no_problem_and_no_notice() -> None:
    parsed = parse_workbook(month(PAID, TAKEN))
    assert sentences(parsed) == ""
    ledger = parsed.ledgers[0]
    assert (ledger.period, ledger.opening_fen, ledger.closing_fen) == ("2026-09", 100000, 100000)
    assert [entry.row for entry in ledger.entries] == [5, 6]
    assert ledger.entries[0].date == date(2026, 9, 3)
    assert ledger.entries[0].payee == "文具店"


def test_a_header_on_every_page_and_its_sums_are_no_lines() -> None:
    parsed = parse_workbook(
        book(
            sheet(
                [
                    TITLE, UNIT, HEADER, ["", "", "上月结余", 1000], PAID, ["", "", "过次页", "", 320], [],
                    TITLE, UNIT, HEADER, ["", "", "承前页", "", 320], TAKEN, ["", "", "本页小计", 320, ""],
                    ["", "", "本月合计", 320, 320], ["", "", "累计", 5000, 6000], ["", "", "本月结余", 1000],
                    ["制表：某某", "", "审核：某某"],
                ]
            )
        )
    )  # fmt: skip
    assert sentences(parsed) == ""
    assert len(parsed.ledgers[0].entries) == 2


@pytest.mark.parametrize(
    "label", ["小计", "本页小计", "过次页", "合计", "本月合计", "支出合计", "9月份支出合计", "2026年9月合计"]
)
def test_a_total_that_is_a_fen_off_is_told(label: str) -> None:
    parsed = parse_workbook(month(PAID, ["", "", label, "", 320.01], TAKEN))
    assert cells_of(parsed) == ["E6"]
    assert "相差 0.01 元" in sentences(parsed)


def test_totals_in_capitals_are_checked() -> None:
    good = parse_workbook(month(PAID, TAKEN, ["", "", "支出合计（大写）：叁佰贰拾元整"]))
    assert cells_of(good) == []
    bad = parse_workbook(month(PAID, TAKEN, ["", "", "支出合计（大写）：叁佰贰拾壹元整"]))
    assert cells_of(bad) == ["C7"]
    beside = parse_workbook(month(PAID, TAKEN, ["", "", "合计（大写）", "肆佰元整"]))
    assert cells_of(beside) == ["D7"]
    unreadable = parse_workbook(month(PAID, TAKEN, ["", "", "支出合计（大写）：叁佰佰元整"]))
    assert cells_of(unreadable) == ["C7"]


def test_a_summary_with_the_word_total_is_a_line() -> None:
    line: list[Value | Cell] = ["9月3日", "支-01", "合计三户困难补助", "", 320, "文具店"]
    assert len(parse_workbook(month(line, TAKEN)).ledgers[0].entries) == 2


def test_the_closing_must_follow() -> None:
    parsed = parse_workbook(month(PAID, TAKEN, closing=999.99))
    assert cells_of(parsed) == ["D7"]
    assert "应结余 1,000.00 元" in sentences(parsed)


def test_opening_and_closing_may_stand_anywhere() -> None:
    rows = [TITLE, UNIT, ["上月结余：1,000.00元", "", "", "本月结余", 680], HEADER, PAID]
    parsed = parse_workbook(book(sheet(rows)))
    assert sentences(parsed) == ""
    assert (parsed.ledgers[0].opening_fen, parsed.ledgers[0].closing_fen) == (100000, 68000)


def test_opening_and_closing_may_stand_over_their_figures() -> None:
    rows = [TITLE, UNIT, ["上月结余", "本月收入合计", "本月支出合计", "本月结余"], [1000, 0, 320, 680], HEADER, PAID]
    assert sentences(parse_workbook(book(sheet(rows)))) == ""
    rows[3] = [1000, 0, 321, 680]
    assert cells_of(parse_workbook(book(sheet(rows)))) == ["C4"]


def test_without_opening_or_closing_that_is_told() -> None:
    parsed = parse_workbook(book(sheet([TITLE, UNIT, HEADER, PAID])))
    assert len(parsed.problems) == 2
    assert "没有写上月结余" in sentences(parsed)
    assert "没有写本月结余" in sentences(parsed)


def test_two_different_openings_are_told() -> None:
    parsed = parse_workbook(month(["", "", "上月结转", 1000.5], PAID, TAKEN))
    assert cells_of(parsed) == ["D5"]


@pytest.mark.parametrize(
    ("line", "cell", "words"),
    [
        (["", "支-01", "办公用品", "", 320], "A5", "没有日期"),
        (["9月31日", "支-01", "办公用品", "", 320], "A5", "不存在"),
        (["10月1日", "支-01", "办公用品", "", 320], "A5", "不在 2026-09"),
        (["上旬", "支-01", "办公用品", "", 320], "A5", "不是日期"),
        (["9月3日", "", "办公用品", "", 320], "B5", "没有凭证号"),
        (["9月3日", "收-01", "办公用品", "", 320], "B6", "重复"),
        (["9月3日", "支-01", "", "", 320], "C5", "没有摘要"),
    ],
)
def test_what_a_line_lacks_is_told(line: list[Value | Cell], cell: str, words: str) -> None:
    parsed = parse_workbook(month(line, TAKEN))
    assert cells_of(parsed) == [cell]
    assert words in sentences(parsed)


def test_a_line_with_both_sides_or_none_is_told() -> None:
    both = parse_workbook(month(["9月3日", "支-01", "办公用品", 320, 320], TAKEN, closing=1320))
    assert cells_of(both) == ["D5"]
    none = parse_workbook(month(["9月3日", "支-01", "办公用品", "", ""], TAKEN, closing=1320))
    assert cells_of(none) == ["D5"]


def test_a_formula_never_worked_out_is_told() -> None:
    parsed = parse_workbook(month(["9月3日", "支-01", "办公用品", "", never_worked_out()], TAKEN, closing=1320))
    assert cells_of(parsed) == ["E5"]
    assert "公式" in sentences(parsed)


def test_a_missing_voucher_is_told_at_the_later_line() -> None:
    later: list[Value | Cell] = ["9月4日", "支-03", "纸张", "", 0.5]
    parsed = parse_workbook(month(PAID, later, TAKEN, closing=999.5))
    assert cells_of(parsed) == ["B6"]
    assert "支-02" in sentences(parsed)


def test_ditto_and_merged_dates_are_carried_down_blank_ones_are_not() -> None:
    lines: list[list[Value | Cell]] = [
        PAID,
        ["〃", "支-02", "纸张", "", 1],
        [covered("A6"), "支-03", "笔", "", 1],
        TAKEN,
    ]
    parsed = parse_workbook(month(*lines, closing=998))
    assert sentences(parsed) == ""
    assert {entry.date for entry in parsed.ledgers[0].entries[:3]} == {date(2026, 9, 3)}


def test_red_and_brackets_are_reversals() -> None:
    reversal: list[Value | Cell] = ["9月6日", "支-02", "冲销办公用品", "", red(20), ""]
    bracketed: list[Value | Cell] = ["9月7日", "支-03", "冲销办公用品", "", "（10.00）", ""]
    parsed = parse_workbook(month(PAID, TAKEN, reversal, bracketed, closing=1030))
    assert sentences(parsed) == ""
    assert [entry.spending_fen for entry in parsed.ledgers[0].entries] == [32000, 0, -2000, -1000]


def test_spending_written_negative_throughout_is_spending_if_the_closing_proves_it() -> None:
    lines: list[list[Value | Cell]] = [
        ["9月3日", "支-01", "办公用品", "", -320],
        ["9月4日", "支-02", "纸张", "", red(80)],
    ]
    parsed = parse_workbook(month(*lines, closing=600))
    assert cells_of(parsed) == []
    assert parsed.ledgers[0].spending_fen == 40000
    assert "全部写成负数" in sentences(parsed)


def test_a_running_balance_is_checked_row_by_row_and_a_slip_told_once() -> None:
    header = ["日期", "凭证号", "摘要", "收入", "支出", "余额"]
    rows = [
        TITLE, UNIT, header, ["", "", "上月结余", "", "", 1000], ["9月3日", "支-1", "甲", "", 100, 900],
        ["9月4日", "支-2", "乙", "", 100, 810], ["9月5日", "支-3", "丙", "", 100, 710],
        ["", "", "本月结余", "", "", 700],
    ]  # fmt: skip
    parsed = parse_workbook(book(sheet(rows)))
    assert cells_of(parsed) == ["F6"]
    assert "应为 800.00" in sentences(parsed)


def test_a_direction_column_decides_and_must_be_readable() -> None:
    header = ["日期", "凭证号", "摘要", "收支", "金额"]
    rows = [
        TITLE, UNIT, header, ["", "", "上月结余", "", 1000], ["9月3日", "1", "甲", "支", 100],
        ["9月4日", "2", "乙", "收入", 50], ["9月5日", "3", "丙", "？", 10], ["", "", "本月结余", "", 950],
    ]  # fmt: skip
    parsed = parse_workbook(book(sheet(rows)))
    assert cells_of(parsed) == ["D7"]
    assert [(one.income_fen, one.spending_fen) for one in parsed.ledgers[0].entries] == [(0, 10000), (5000, 0), (0, 0)]


def test_a_bare_column_without_any_sign_is_not_guessed() -> None:
    header = ["日期", "凭证号", "摘要", "金额"]
    lines = [["9月3日", "1", "甲", 100], ["9月4日", "2", "乙", 50]]
    unknown = [TITLE, UNIT, header, ["", "", "上月结余", 1000], *lines, ["", "", "本月结余", 950]]
    parsed = parse_workbook(book(sheet(unknown)))
    assert "看不出哪些是收入" in sentences(parsed)
    proved = [TITLE, UNIT, header, ["", "", "上月结余", 1000], *lines, ["", "", "本月结余", 850]]
    parsed = parse_workbook(book(sheet(proved)))
    assert cells_of(parsed) == []
    assert parsed.ledgers[0].spending_fen == 15000


def test_units_in_title_header_and_cell() -> None:
    lines: list[list[Value | Cell]] = [
        ["9月3日", "支-01", "办公用品", "", 0.032],
        ["9月5日", "收-01", "费", "320元", ""],
    ]
    rows = [TITLE, ["单位：万元"], HEADER, ["", "", "上月结余", 0.1], *lines, ["", "", "本月结余", 0.1]]
    assert sentences(parse_workbook(book(sheet(rows)))) == ""
    header = ["日期", "凭证号", "摘要", "收入（万元）", "支出（万元）"]
    rows = [TITLE, header, ["", "", "上月结余", 0.1], *lines, ["", "", "本月结余", 0.1]]
    parsed = parse_workbook(book(sheet(rows)))
    assert sentences(parsed) == ""
    assert parsed.ledgers[0].spending_fen == 32000


def test_a_unit_taken_for_granted_is_said_and_two_units_are_a_problem() -> None:
    rows = [TITLE, HEADER, ["", "", "上月结余", 1000], PAID, TAKEN, ["", "", "本月结余", 1000]]
    assert "按元读取" in sentences(parse_workbook(book(sheet(rows))))
    rows = [TITLE, ["单位：元", "", "单位：万元"], *rows[1:]]
    assert cells_of(parse_workbook(book(sheet(rows)))) == ["C2"]


def test_hidden_rows_count_and_hidden_sheets_do_not() -> None:
    rows = [TITLE, UNIT, HEADER, ["", "", "上月结余", 1000], PAID, TAKEN, ["", "", "本月结余", 1000]]
    parsed = parse_workbook(book(sheet(rows, hidden_rows=[5]), sheet(rows, "底稿", hidden=True)))
    assert cells_of(parsed) == []
    assert len(parsed.ledgers) == 1
    assert "第 5 行是隐藏的行" in sentences(parsed)
    assert "“底稿”是隐藏的" in sentences(parsed)


def test_a_title_that_forgets_the_month_of_its_sheet_is_told() -> None:
    rows = [
        ["上石村2026年8月财务收支公开表"],
        UNIT,
        HEADER,
        ["", "", "上月结余", 1000],
        PAID,
        TAKEN,
        ["", "", "本月结余", 1000],
    ]
    parsed = parse_workbook(book(sheet(rows, "9月")))
    assert cells_of(parsed) == ["A1"]
    assert parsed.ledgers[0].period == "2026-09"


def test_without_any_month_or_year_that_is_told_once() -> None:
    rows = [["上石村财务公开"], UNIT, HEADER, ["", "", "上月结余", 1000], PAID, TAKEN, ["", "", "本月结余", 1000]]
    parsed = parse_workbook(book(sheet(rows, "Sheet1")))
    assert cells_of(parsed) == ["A1"]
    assert parsed.ledgers[0].period is None
    named = parse_workbook(book(sheet(rows, "Sheet1")), name="上石村2026年9月.xlsx")
    assert named.ledgers[0].period == "2026-09"


def test_the_opening_must_be_the_closing_of_the_sheet_before() -> None:
    def rows(number: int, opening: float, closing: float) -> list[list[Value | Cell]]:
        day = f"{number}月3日"
        return [
            [f"上石村2026年{number}月收支表"], ["单位：元"], [*HEADER], ["", "", "上月结余", opening],
            [day, f"支-{number}", "办公用品", "", 100], ["", "", "本月结余", closing],
        ]  # fmt: skip

    good = parse_workbook(book(sheet(rows(8, 1000, 900), "8月"), sheet(rows(9, 900, 800), "9月")))
    assert cells_of(good) == []
    bad = parse_workbook(book(sheet(rows(8, 1000, 900), "8月"), sheet(rows(9, 901, 801), "9月")))
    assert cells_of(bad) == ["D4"]
    carried = rows(9, 900, 800)
    carried[3] = []
    parsed = parse_workbook(book(sheet(rows(8, 1000, 900), "8月"), sheet(carried, "9月")))
    assert cells_of(parsed) == []
    assert parsed.ledgers[1].opening_fen == 90000
    assert "照文件里上一个月的本月结余 900.00 元接着算" in sentences(parsed)


def test_a_year_sum_is_checked_against_the_month_before() -> None:
    def rows(number: int, opening: float, total: float) -> list[list[Value | Cell]]:
        return [
            [f"上石村2026年{number}月收支表"], ["单位：元"], [*HEADER], ["", "", "上月结余", opening],
            [f"{number}月3日", f"支-{number}", "办公用品", "", 100], ["", "", "本年累计", "", total],
            ["", "", "本月结余", opening - 100],
        ]  # fmt: skip

    good = parse_workbook(book(sheet(rows(8, 1000, 750), "8月"), sheet(rows(9, 900, 850), "9月")))
    assert cells_of(good) == []
    bad = parse_workbook(book(sheet(rows(8, 1000, 750), "8月"), sheet(rows(9, 900, 851), "9月")))
    assert cells_of(bad) == ["E6"]


def test_one_sheet_of_several_months_is_parted_by_its_dates() -> None:
    rows = [
        ["上石村2026年收支明细账"], ["单位：元"], ["月", "日", "凭证号", "摘要", "收入", "支出", "余额"],
        ["", "", "", "上月结转", "", "", 1000], [7, 5, "记1", "甲", "", 100, 900],
        ["", "", "", "本月合计", 0, 100, 900],
        [8, 9, "记2", "乙", 50, "", 950], ["", 12, "记3", "丙", 25, "", 975], ["", "", "", "本月合计", 75, 0, 975],
        ["", "", "", "本年累计", 75, 100, 975],
    ]  # fmt: skip
    parsed = parse_workbook(book(sheet(rows, "总账")))
    assert cells_of(parsed) == []
    assert [(one.period, one.opening_fen, one.closing_fen) for one in parsed.ledgers] == [
        ("2026-07", 100000, 90000),
        ("2026-08", 90000, 97500),
    ]
    assert parsed.ledgers[1].entries[1].date == date(2026, 8, 12)


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("上石村财务收支公开表", "上石村2026年9月财务收支公开表", "Sheet1"),
        ("上石村2026年财务收支公开表", "上石村9月财务收支公开表", "9月"),
        ("上石村2026年9月财务收支公开表", "上石村财务收支公开表", "Sheet1"),
    ],
)
def test_a_repeated_title_cuts_no_month_in_two(first: str, second: str, name: str) -> None:
    paid = ["2026-09-03", *PAID[1:]]
    taken = ["2026-09-05", *TAKEN[1:]]
    rows = [
        [first], UNIT, ["上月结余：1000元", "", "本月结余：1000元"], HEADER, paid, ["", "", "本页小计", "", 320],
        [second], HEADER, taken, ["", "", "本页小计", 320, ""],
    ]  # fmt: skip
    parsed = parse_workbook(book(sheet(rows, name)))
    assert cells_of(parsed) == []
    assert [(one.period, len(one.entries)) for one in parsed.ledgers] == [("2026-09", 2)]


def test_a_page_titled_by_its_month_joins_the_sheet_of_several_months() -> None:
    header = ["日期", "凭证号", "摘要", "收入", "支出"]
    rows = [
        ["上石村2026年收支明细账"], UNIT, ["上月结余：1000元", "", "本月结余：700元"], header,
        ["2026-08-03", "支-1", "甲", "", 100], ["2026-09-01", "支-2", "乙", "", 100], ["上石村2026年9月收支明细账"],
        header, ["2026-09-05", "支-3", "丙", "", 100],
    ]  # fmt: skip
    parsed = parse_workbook(book(sheet(rows, "总账")))
    assert [(one.period, len(one.entries)) for one in parsed.ledgers] == [("2026-08", 1), ("2026-09", 2)]


def test_two_bodies_with_a_month_each_on_one_sheet_stay_apart() -> None:
    rows: list[list[Value | Cell]] = []
    for body, opening in (("村民委员会", 1000), ("股份经济合作社", 5000)):
        for number, before in ((8, opening), (9, opening - 100)):
            rows += [
                [f"上石村{body}2026年{number}月收支表"], [*UNIT], [*HEADER], ["", "", "上月结余", before],
                [f"{number}月3日", f"支-{number}", "办公用品", "", 100], ["", "", "本月结余", before - 100],
            ]  # fmt: skip
    parsed = parse_workbook(book(sheet(rows, "总账")))
    assert cells_of(parsed) == []
    assert [(one.body, one.period) for one in parsed.ledgers] == [
        ("committee", "2026-08"),
        ("committee", "2026-09"),
        ("collective", "2026-08"),
        ("collective", "2026-09"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["月初余额", 201508, "本月支出合计", "202508"], ["月末余额", 0]],
        [["上月结余：202508元", "", "本月支出合计：202508"], ["本月结余：0元"]],
        [["上月结余", "本月支出合计", "本月结余"], ["202508", "202508", "0"]],
        [["上月结转:202508", "", "9月份支出合计", "202508"], ["月末结存", "0"]],
    ],
)
def test_a_figure_like_a_month_is_a_figure(rows: list[list[Value | Cell]]) -> None:
    line: list[Value | Cell] = ["9月3日", "支-01", "办公用品", "", 202508, "文具店"]
    if rows[0][1] == 201508:
        line[4], rows[0][3] = 201508, "201508"
    parsed = parse_workbook(book(sheet([TITLE, UNIT, *rows, HEADER, line])))
    assert cells_of(parsed) == []
    assert parsed.ledgers[0].period == "2026-09"


def test_income_above_and_spending_below_on_one_sheet() -> None:
    header = ["日期", "凭证号", "摘要", "金额"]
    rows = [
        TITLE, UNIT, ["上月结余：1000元"], ["一、收入"], header, ["9月5日", "收-1", "摊位费", 320],
        ["", "", "收入合计", 320],
        ["二、支出"], header, ["9月3日", "支-1", "办公用品", 20], ["", "", "支出合计", 20], ["", "", "本月结余", 1300],
    ]  # fmt: skip
    parsed = parse_workbook(book(sheet(rows)))
    assert sentences(parsed) == ""
    assert [(one.income_fen, one.spending_fen) for one in parsed.ledgers[0].entries] == [(32000, 0), (0, 2000)]


def test_a_number_like_a_date_that_lost_its_nought_is_asked_about() -> None:
    lines: list[list[Value | Cell]] = [
        [9.28, "支-01", "甲", "", 1],
        [9.3, "支-02", "乙", "", 1],
        [9.29, "支-03", "丙", "", 1],
    ]
    parsed = parse_workbook(month(*lines, closing=997))
    assert cells_of(parsed) == ["A6"]
    assert "9 月 3 日还是 30 日" in sentences(parsed)


def test_words_of_the_county_are_understood() -> None:
    header = ["日子", "凭证号", "干啥用", "进了", "出了", "收款人"]
    rows = [TITLE, UNIT, header, ["", "", "老底", 1000], PAID, TAKEN, ["", "", "本月结余", 1000]]
    own = {
        "columns": {"date": ["日子"], "summary": ["干啥用"], "income": ["进了"], "spending": ["出了"]},
        "rows": {"opening": ["老底"]},
    }
    assert "没有找到表头" in sentences(parse_workbook(book(sheet(rows))))
    parsed = parse_workbook(book(sheet(rows)), synonyms=extended(own))
    assert sentences(parsed) == ""


def test_a_title_of_another_village_body_or_month_is_told() -> None:
    title = ["上石村股份经济合作社2026年9月收支表"]
    rows = [title, UNIT, HEADER, ["", "", "上月结余", 1000], PAID, TAKEN, ["", "", "本月结余", 1000]]
    workbook = book(sheet(rows))
    assert not parse_workbook(workbook, expected=Expected("上石村", "collective", "2026-09")).problems
    village = parse_workbook(workbook, expected=Expected("下田村", "collective", "2026-09"))
    assert "标题写的是“上石村”" in sentences(village)
    body = parse_workbook(workbook, expected=Expected("上石村", "committee", "2026-09"))
    assert "村集体经济组织的账" in sentences(body)
    other = parse_workbook(workbook, expected=Expected("上石村", "collective", "2026-10"))
    assert "2026-09 的账" in sentences(other)
    assert cells_of(other) == ["A1"]


def test_a_sheet_without_a_table_is_a_problem_only_if_it_is_all_there_is() -> None:
    cover = sheet([["使用说明"], ["请填写"]], "说明")
    alone = parse_workbook(book(cover))
    assert [one.cell for one in alone.problems] == ["A1"]
    both = parse_workbook(book(cover, month(PAID, TAKEN).sheets[0]))
    assert cells_of(both) == []
    assert "“说明”里没有找到收支表" in sentences(both)


def test_an_empty_workbook_is_a_problem() -> None:
    assert len(parse_workbook(book(sheet([]))).problems) == 1


def test_unread_columns_are_mentioned() -> None:
    rows = [
        TITLE,
        UNIT,
        [*HEADER, "村民代表意见"],
        ["", "", "上月结余", 1000],
        [*PAID, "同意"],
        TAKEN,
        ["", "", "本月结余", 1000],
    ]
    assert "“村民代表意见”这一列没有读取" in sentences(parse_workbook(book(sheet(rows))))
