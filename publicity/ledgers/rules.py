"""The gate: what must hold for a month's accounts before they are submitted, and again before they are published (P3).

Asked of stored entries; the reader asks the same of a workbook, cell by cell.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from publicity.ledgers.problems import Problem, in_yuan
from publicity.ledgers.vouchers import LARGEST_GAP, doubles, gaps
from village_lists.markers import N_


@dataclass(frozen=True)
class EntryFacts:
    """What the gate must know of one line; `row` is how people find it (row on the sheet, or line number)."""

    row: int
    date: datetime.date
    voucher: str
    summary: str
    income_fen: int
    spending_fen: int


@dataclass(frozen=True)
class LedgerFacts:
    """What the gate must know of one ledger; `period` like 2026-09."""

    period: str
    opening_fen: int
    closing_fen: int
    entries: Sequence[EntryFacts]

    @property
    def income_fen(self) -> int:
        """Return the income of all lines."""
        return sum(entry.income_fen for entry in self.entries)

    @property
    def spending_fen(self) -> int:
        """Return the spending of all lines."""
        return sum(entry.spending_fen for entry in self.entries)


def gate(ledger: LedgerFacts, *, previous_closing_fen: int | None, starting_fen: int | None) -> list[Problem]:
    """Return every reason why this ledger may not be posted; an empty list lets it pass.

    `previous_closing_fen` is the last month's published closing, `starting_fen` the recorded starting balance, which
    counts only where there is no month before. Where neither is known, that is a problem too.
    """
    return [
        *_opening(ledger, previous_closing_fen, starting_fen),
        *_closing(ledger),
        *(problem for entry in ledger.entries for problem in _entry(ledger, entry)),
        *_vouchers(ledger.entries),
    ]


def _problem(shown: str, words: str, **values: object) -> Problem:
    return Problem("", "", shown, words, values)


def _opening(ledger: LedgerFacts, previous_fen: int | None, starting_fen: int | None) -> list[Problem]:
    due = previous_fen if previous_fen is not None else starting_fen
    if due is None:
        return [_problem("", N_("还没有登记期初余额，无法核对上月结余，请先登记第一个月的期初余额"))]
    if due == ledger.opening_fen:
        return []
    words = N_("上月结余写的是 %(written)s 元，上月公开的结余是 %(due)s 元，相差 %(difference)s 元，请核对")
    if previous_fen is None:
        words = N_("上月结余写的是 %(written)s 元，登记的期初余额是 %(due)s 元，相差 %(difference)s 元，请核对")
    written = in_yuan(ledger.opening_fen)
    return [_problem(written, words, written=written, due=in_yuan(due), difference=in_yuan(ledger.opening_fen - due))]


def _closing(ledger: LedgerFacts) -> list[Problem]:
    expected = ledger.opening_fen + ledger.income_fen - ledger.spending_fen
    if expected == ledger.closing_fen:
        return []
    words = N_(
        "上月结余 %(opening)s 元加收入 %(income)s 元减支出 %(spending)s 元，应结余 %(expected)s 元，"
        "写的是 %(written)s 元，相差 %(difference)s 元，请核对"
    )
    written = in_yuan(ledger.closing_fen)
    return [
        _problem(
            written,
            words,
            opening=in_yuan(ledger.opening_fen),
            income=in_yuan(ledger.income_fen),
            spending=in_yuan(ledger.spending_fen),
            expected=in_yuan(expected),
            written=written,
            difference=in_yuan(ledger.closing_fen - expected),
        )
    ]


def _entry(ledger: LedgerFacts, entry: EntryFacts) -> list[Problem]:
    found: list[Problem] = []
    if bool(entry.income_fen) == bool(entry.spending_fen):
        words = N_("第 %(row)s 行：收入和支出只能填一边，而且不能为零")
        amounts = f"{in_yuan(entry.income_fen)} / {in_yuan(entry.spending_fen)}"
        found.append(_problem(amounts, words, row=entry.row))
    if entry.date.strftime("%Y-%m") != ledger.period:
        words = N_("第 %(row)s 行：日期 %(found)s 不在 %(period)s 这个月里，请核对")
        day = entry.date.isoformat()
        found.append(_problem(day, words, row=entry.row, found=day, period=ledger.period))
    if not entry.voucher.strip():
        found.append(_problem("", N_("第 %(row)s 行：没有凭证号，请填写这一笔的凭证号"), row=entry.row))
    if not entry.summary.strip():
        found.append(_problem("", N_("第 %(row)s 行：没有摘要，请写明这笔钱的用途或来源"), row=entry.row))
    return found


def _vouchers(entries: Sequence[EntryFacts]) -> list[Problem]:
    vouchers = [entry.voucher for entry in entries]
    found = [
        _problem(
            vouchers[index],
            N_("第 %(row)s 行：凭证号“%(found)s”和第 %(first)s 行重复，请核对"),
            row=entries[index].row,
            found=vouchers[index],
            first=entries[first].row,
        )
        for index, first in doubles(vouchers)
    ]
    for gap in gaps(vouchers):
        if gap.count <= LARGEST_GAP:
            words = N_("第 %(row)s 行：“%(found)s”前面缺凭证号 %(missing)s（共缺 %(count)s 个），请补上或说明去向")
            found.append(
                _problem(
                    vouchers[gap.index],
                    words,
                    row=entries[gap.index].row,
                    found=vouchers[gap.index],
                    missing="、".join(gap.missing),
                    count=gap.count,
                )
            )
    return found
