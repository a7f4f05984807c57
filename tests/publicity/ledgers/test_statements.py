"""Statements from random lines balance whatever the lines; the forms are checked on load."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publicity.ledgers.charts import AccountChart, Side, chart_named
from publicity.ledgers.statements import (
    BookLine,
    Role,
    Statement,
    StatementKind,
    closing_of,
    income_of,
    read_statements,
    statement_for,
    turnover,
    with_sums,
)

CHARTS = ("chart2004", "chart2023")
FEN = st.integers(-10_000_000, 10_000_000)


def forms(key: str) -> tuple[AccountChart, Statement, Statement]:
    """Return a chart with its two forms."""
    chart = chart_named(key)
    balance = statement_for(chart=key, kind=StatementKind.BALANCE)
    income = statement_for(chart=key, kind=StatementKind.INCOME)
    assert chart
    assert balance
    assert income
    return chart, balance, income


def key_of(statement: Statement, role: Role) -> str:
    """Return the key of the row of that role."""
    row = statement.with_role(role)
    assert row is not None
    return row.key


@st.composite
def lines_of(draw: st.DrawFn, chart: AccountChart) -> list[BookLine]:
    """Draw lines with any account of the chart; reversals (negative amounts) too."""
    codes = st.sampled_from([account.code for account in chart.accounts if not account.is_money])
    amounts = st.integers(-900_000, 900_000).filter(bool)
    line = st.tuples(codes, amounts, st.booleans()).map(
        lambda one: BookLine(account=one[0], income_fen=one[1] if one[2] else 0, spending_fen=0 if one[2] else one[1])
    )
    return draw(st.lists(line, max_size=30))


@pytest.mark.parametrize("key", CHARTS)
@given(data=st.data())
def test_random_lines_balance_and_both_statements_agree(key: str, data: st.DataObject) -> None:
    chart, balance, income = forms(key)
    lines = data.draw(lines_of(chart))
    opening = {row.key: data.draw(FEN) for row in balance.rows if row.is_booked}
    opening = with_sums(balance, opening)
    # What is left over belongs to nobody yet: so the opening balances.
    free = key_of(balance, Role.UNDISTRIBUTED)
    opening[free] += opening[key_of(balance, Role.ASSETS)] - opening[key_of(balance, Role.CLAIMS)]
    opening = with_sums(balance, opening)
    moved = turnover(lines, chart=chart)
    closing = closing_of(balance, opening=opening, moved=moved)
    assert closing[key_of(balance, Role.ASSETS)] == closing[key_of(balance, Role.CLAIMS)]
    into = sum(line.income_fen - line.spending_fen for line in lines)
    money = key_of(balance, Role.MONEY)
    assert closing[money] == opening[money] + into
    year = income_of(income, moved=moved, typed={key_of(income, Role.BEFORE): opening[free]})
    assert year[key_of(income, Role.UNDISTRIBUTED)] == closing[free]
    earned = {account.code for account in chart.on(Side.INCOME, Side.EXPENSE)}
    assert year[key_of(income, Role.GAIN)] == sum(
        line.income_fen - line.spending_fen for line in lines if line.account in earned
    )


def test_a_line_without_account_is_counted_and_not_guessed() -> None:
    chart, balance, _ = forms("chart2023")
    lines = [
        BookLine(account="", income_fen=500, spending_fen=0),
        BookLine(account="999", income_fen=0, spending_fen=200),
        BookLine(account="513", income_fen=0, spending_fen=100),
    ]
    moved = turnover(lines, chart=chart)
    assert (moved.unknown, moved.unknown_fen) == (2, 300)
    closing = closing_of(balance, opening={}, moved=moved)
    assert (closing["assets"], closing["claims"]) == (200, -100)


def test_money_moved_between_cash_and_bank_is_nothing() -> None:
    chart, balance, _ = forms("chart2004")
    pair = [
        BookLine(account="101", income_fen=0, spending_fen=900),
        BookLine(account="102", income_fen=900, spending_fen=0),
    ]
    closing = closing_of(balance, opening={}, moved=turnover(pair, chart=chart))
    assert set(closing.values()) == {0}


def test_the_forms_hold_no_mistake_and_each_chart_has_both() -> None:
    assert read_statements().problems == ()
    for key in CHARTS:
        forms(key)
    assert statement_for(chart="chart1999", kind=StatementKind.BALANCE) is None


HEAD = "key: one\nkind: {kind}\nchart: chart2004\nname: 表\nbasis: [{{words: 试, is_sample: true}}]\nrows:\n"


@pytest.mark.parametrize(
    ("kind", "rows", "told"),
    [
        ("income", "  - {key: a, line: 1, name: 甲, credit: ['999']}\n", "「999」不在这套科目里"),
        ("income", "  - {key: a, line: 1, name: 甲}\n", "「甲」要写明从哪里来"),
        ("income", "  - {key: a, line: 1, name: 甲, sum: [b]}\n", "「甲」加的「b」要写在它前面"),
        (
            "income",
            "  - {key: a, line: 1, name: 甲, typed: true}\n  - {key: b, line: 2, name: 甲, typed: true}\n",
            "重复了",
        ),
        ("income", "  - {key: a, name: 甲, typed: true}\n", "缺少「line」"),
        ("balance", "  - {key: a, line: 1, name: 甲, debit: ['101', '101']}\n", "科目「现金」在表里算了 2 次"),
        ("balance", "  - {key: a, line: 1, name: 甲, debit: ['101']}\n", "科目「银行存款」在表里算了 0 次"),
    ],
)
def test_mistakes_of_a_form_are_told(tmp_path: Path, kind: str, rows: str, told: str) -> None:
    (tmp_path / "one.yaml").write_text(HEAD.format(kind=kind) + rows, encoding="utf-8")
    reading = read_statements(tmp_path)
    assert reading.statements == ()
    assert any(told in str(problem) for problem in reading.problems)
