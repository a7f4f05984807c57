"""The gate on stored entries."""

from dataclasses import replace
from datetime import date

import pytest

from publicity.ledgers.rules import EntryFacts, LedgerFacts, gate

FIRST = EntryFacts(1, date(2026, 9, 3), "支-01", "办公用品", 0, 32000)
SECOND = EntryFacts(2, date(2026, 9, 15), "收-01", "摊位费", 50000, 0)
THIRD = EntryFacts(3, date(2026, 9, 20), "支-02", "冲销办公用品", 0, -2000)
SOUND = LedgerFacts("2026-09", 100000, 120000, (FIRST, SECOND, THIRD))


def told(ledger: LedgerFacts, previous: int | None = 100000, starting: int | None = None) -> list[str]:
    return [one.sentence for one in gate(ledger, previous_closing_fen=previous, starting_fen=starting)]


def test_a_sound_ledger_passes_with_a_reversal() -> None:
    assert told(SOUND) == []


def test_the_first_month_is_held_against_the_starting_balance() -> None:
    assert told(SOUND, None, 100000) == []
    assert "登记的期初余额是 999.00 元" in told(SOUND, None, 99900)[0]


def test_without_any_balance_before_nothing_passes() -> None:
    assert len(told(SOUND, None, None)) == 1


def test_the_month_before_counts_before_the_starting_balance() -> None:
    assert told(SOUND, 100000, 5) == []
    assert "相差 0.01 元" in told(SOUND, 99999, 100000)[0]


def test_a_fen_is_enough() -> None:
    assert "相差 0.01 元" in told(replace(SOUND, closing_fen=120001))[0]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (replace(FIRST, income_fen=5), "只能填一边"),
        (replace(FIRST, spending_fen=0), "只能填一边"),
        (replace(FIRST, date=date(2026, 10, 1)), "不在 2026-09"),
        (replace(FIRST, date=date(2025, 9, 3)), "不在 2026-09"),
        (replace(FIRST, voucher=" "), "没有凭证号"),
        (replace(FIRST, summary=""), "没有摘要"),
        (replace(FIRST, voucher="支-02"), "重复"),
        (replace(FIRST, voucher="支-04"), "缺凭证号 支-03"),
    ],
)
def test_each_line_is_checked(entry: EntryFacts, words: str) -> None:
    entries = (entry, SECOND, THIRD)
    ledger = replace(SOUND, entries=entries)
    ledger = replace(ledger, closing_fen=ledger.opening_fen + ledger.income_fen - ledger.spending_fen)
    sentences = told(ledger)
    assert len(sentences) == 1
    assert words in sentences[0]
