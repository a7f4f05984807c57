"""What a correction changed."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from publicity.ledgers.corrections import differences
from publicity.ledgers.public_lines import PublicLine

LINE = PublicLine(
    line=1,
    day=date(2026, 9, 3),
    voucher="支-041",
    summary="电费",
    payee="国网松坪供电所",
    income_fen=0,
    spending_fen=41_260,
    item_code="A08",
    item_name="财务开支审批",
    category="财务管理",
    payee_digest=1,
)


def told(before, after):
    """Return the sentences."""
    return [change.words % change.values for change in differences(before, after)]


def test_an_amount():
    assert told([LINE], [replace(LINE, spending_fen=42_160)]) == [
        "「电费」（凭证 支-041）的金额由 412.60 元改为 421.60 元"
    ]


def test_a_private_payee_is_not_named():
    one, other = replace(LINE, payee="张*", payee_digest=2), replace(LINE, payee="张*", payee_digest=3)
    assert told([one], [other]) == ["「电费」（凭证 支-041）的对方换了人，姓名不公开"]


def test_lines_that_came_and_went():
    other = replace(LINE, voucher="支-042", summary="水费")
    assert told([LINE], [other]) == [
        "增加一笔：水费，412.60 元（凭证 支-042）",
        "去掉一笔：电费，412.60 元（凭证 支-041）",
    ]


def test_two_lines_of_one_voucher_are_kept_apart():
    second = replace(LINE, line=2, summary="电费滞纳金", spending_fen=100)
    assert told([LINE, second], [LINE, replace(second, spending_fen=200)]) == [
        "「电费滞纳金」（凭证 支-041）的金额由 1.00 元改为 2.00 元"
    ]


def test_a_percent_sign_in_the_text_is_no_gap():
    assert told([LINE], [replace(LINE, summary="补10%电费")]) == ["凭证 支-041 的用途由「电费」改为「补10%电费」"]


@given(st.lists(st.integers(min_value=1, max_value=10**9), max_size=8))
def test_what_did_not_change_is_not_told(amounts):
    lines = [replace(LINE, line=place, spending_fen=fen) for place, fen in enumerate(amounts, start=1)]
    assert differences(lines, lines) == []
