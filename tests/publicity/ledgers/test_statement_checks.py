"""Each thing that is wrong with a statement is told at its row, with amounts; adjustments are remarks alone."""

from collections.abc import Mapping

import pytest

from publicity.ledgers.charts import chart_named
from publicity.ledgers.statement_checks import Finding, WrittenRow, YearFacts, statement_findings
from publicity.ledgers.statements import (
    BookLine,
    Statement,
    StatementKind,
    Turnover,
    closing_of,
    income_of,
    statement_for,
    turnover,
    with_sums,
)
from village_lists.periods import Period

LINES = [
    BookLine(account="501", income_fen=900_000, spending_fen=0),
    BookLine(account="513", income_fen=0, spending_fen=250_000),
    BookLine(account="153", income_fen=0, spending_fen=100_000),
]
OPENING = {"money": 2_000_000, "fixed_cost": 5_000_000, "depreciation": 1_000_000, "undistributed": 6_000_000}


def form(kind: StatementKind) -> Statement:
    """Return the form of 2023."""
    found = statement_for(chart="chart2023", kind=kind)
    assert found
    return found


def moved() -> Turnover:
    """Return what the lines moved."""
    chart = chart_named("chart2023")
    assert chart
    return turnover(LINES, chart=chart)


BALANCE, INCOME = form(StatementKind.BALANCE), form(StatementKind.INCOME)
FACTS = YearFacts(moved=moved(), opening_fen=2_000_000, december_fen=2_550_000)


def balance_rows(change: Mapping[tuple[str, str], int] | None = None) -> list[WrittenRow]:
    """Return the right balance sheet, changed at (row, column)."""
    opening = with_sums(BALANCE, OPENING)
    return written(
        BALANCE, {"opening": opening, "closing": closing_of(BALANCE, opening=opening, moved=moved())}, change
    )


def income_rows(change: Mapping[tuple[str, str], int] | None = None) -> list[WrittenRow]:
    """Return the right income statement, changed at (row, column)."""
    current = income_of(INCOME, moved=moved(), typed={"before": 6_000_000})
    return written(INCOME, {"current": current, "former": with_sums(INCOME, {})}, change)


def written(
    statement: Statement, columns: Mapping[str, Mapping[str, int]], change: Mapping[tuple[str, str], int] | None
) -> list[WrittenRow]:
    """Return the rows as a clerk typed them."""
    changed = change or {}
    return [
        WrittenRow(
            line=line,
            name=row.name,
            fen={column: amounts[row.key] + changed.get((row.key, column), 0) for column, amounts in columns.items()},
        )
        for line, row in enumerate(statement.rows, start=1)
    ]


def told(found: tuple[Finding, ...], *, is_hindering: bool) -> list[str]:
    """Return the sentences."""
    return [one.words % dict(one.values) for one in found if one.is_hindering is is_hindering]


def test_right_statements_have_no_findings() -> None:
    assert statement_findings(BALANCE, balance_rows(), facts=FACTS, note="") == ()
    assert statement_findings(INCOME, income_rows(), facts=FACTS, note="") == ()


def test_a_wrong_sum_is_told_once_at_its_row() -> None:
    rows = balance_rows({("current_assets", "closing"): 700})
    found = statement_findings(BALANCE, rows, facts=FACTS, note="")
    words = told(found, is_hindering=True)
    assert words[0] == "「流动资产合计」的年末数应当是 25,500.00 元，写的是 25,507.00 元"
    assert (found[0].line, found[0].column) == (6, "closing")
    assert len(words) == 2  # and the sum above it, held against what is written below


@pytest.mark.parametrize("column", ["opening", "closing"])
def test_two_sides_that_differ_hinder_in_either_column(column: str) -> None:
    changes = {(key, column): 300 for key in ("capital", "equity", "claims")}
    words = told(statement_findings(BALANCE, balance_rows(changes), facts=FACTS, note="有"), is_hindering=True)
    assert len(words) == 1
    assert "两边不相等" in words[0]
    assert "差 -3.00 元" in words[0]


def test_money_must_be_the_closing_of_december() -> None:
    keys = ("money", "current_assets", "assets", "undistributed", "equity", "claims")
    changes = {(key, "closing"): 1_00 for key in keys}
    words = told(statement_findings(BALANCE, balance_rows(changes), facts=FACTS, note="有"), is_hindering=True)
    assert words == ["「货币资金」的年末数是 25,501.00 元，十二月账目的本月结余是 25,500.00 元"]


def test_depreciation_is_a_remark_and_asks_for_a_note() -> None:
    less = {
        (key, "closing"): -50_000
        for key in ("fixed_net", "other_assets", "assets", "undistributed", "equity", "claims")
    }
    rows = balance_rows({("depreciation", "closing"): 50_000, **less})
    found = statement_findings(BALANCE, rows, facts=FACTS, note="")
    assert told(found, is_hindering=True) == []
    words = told(found, is_hindering=False)
    assert "「减：累计折旧」一年里变动 500.00 元，账目里的收支只有 0.00 元，差 500.00 元" in words
    assert words[-1].startswith("有 2 处和账目或者上年不一样")
    with_note = told(statement_findings(BALANCE, rows, facts=FACTS, note="折旧"), is_hindering=False)
    assert with_note == words[:-1]


def test_revenue_that_differs_from_the_lines_is_told_with_the_difference() -> None:
    keys = ("operating", "operating_gain", "gross", "gain", "distributable", "left")
    rows = income_rows({(key, "current"): 12_00 for key in keys})
    found = statement_findings(INCOME, rows, facts=FACTS, note="有")
    assert told(found, is_hindering=True) == []
    assert told(found, is_hindering=False) == [
        "「一、经营收入」写的是 9,012.00 元，十二个月的账目里是 9,000.00 元，差 12.00 元"
    ]


def test_last_years_closing_and_the_other_statement_are_held_against_it() -> None:
    former = {**with_sums(BALANCE, OPENING), "capital": 77}
    facts = YearFacts(
        moved=moved(), opening_fen=1, december_fen=2_550_000, former=former, undistributed_fen=6_650_001,
        missing=[Period(2025, 3)],
    )  # fmt: skip
    words = told(statement_findings(BALANCE, balance_rows(), facts=facts, note="有"), is_hindering=False)
    assert words == [
        "2025年3月的账目没有公开，没有算进来",
        "「资本」的年初数是 0.00 元，上年公开的是 0.77 元",
        "「未分配收益」是 66,500.00 元，同一年的另一张年终报表里是 66,500.01 元",
    ]


def test_without_last_year_the_books_say_what_money_there_was() -> None:
    facts = YearFacts(moved=moved(), opening_fen=2_000_001, december_fen=2_550_000)
    words = told(statement_findings(BALANCE, balance_rows(), facts=facts, note="有"), is_hindering=False)
    assert words == ["「货币资金」的年初数是 20,000.00 元，这一年账目开头的结余是 20,000.01 元"]


def test_rows_that_are_missing_strange_or_double_are_told() -> None:
    rows = balance_rows()
    strange = [WrittenRow(line=40, name="小金库", fen={}), WrittenRow(line=41, name="存货", fen={})]
    found = statement_findings(BALANCE, [*rows[:-1], *strange], facts=FACTS, note="有")
    words = told(found, is_hindering=True)
    assert "表里缺少「负债和所有者权益总计」这一行" in words
    assert "「小金库」不是这张表里的行" in words
    assert words.count("「存货」写了两次") == 2
