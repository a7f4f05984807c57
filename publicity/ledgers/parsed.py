"""What the ledger reader gives: ledgers, problems and notices; and their JSON form (product.md section 4.1)."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from publicity.ledgers.mapping import Mapping
from publicity.ledgers.problems import Notice, Problem


@dataclass(frozen=True)
class ParsedEntry:
    """One line: amounts in fen, just one of them not nought unless a problem says so; `date` None if unreadable."""

    row: int
    date: datetime.date | None
    voucher: str
    summary: str
    income_fen: int
    spending_fen: int
    payee: str = ""
    category: str = ""
    handler: str = ""
    note: str = ""
    bank: str = ""


@dataclass(frozen=True)
class ParsedLedger:
    """One month of one body on one sheet; `body` is committee, collective or None, `period` like 2026-09 or None.

    `opening_fen` and `closing_fen` are what the sheet says, None where it does not; income and spending are summed over
    the lines that could be read. `village` is the village name that the title shows, `title_cell` where it stands.
    """

    sheet: str
    body: str | None
    period: str | None
    opening_fen: int | None
    income_fen: int
    spending_fen: int
    closing_fen: int | None
    entries: tuple[ParsedEntry, ...]
    village: str = ""
    title: str = ""
    title_cell: str = "A1"


@dataclass(frozen=True)
class ParsedWorkbook:
    """Everything read from one file; `mappings` is how each sheet's columns were understood, to show and confirm."""

    ledgers: tuple[ParsedLedger, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Notice, ...] = ()
    mappings: Mapping = field(default_factory=Mapping)


def as_json(parsed: ParsedWorkbook) -> dict[str, Any]:
    """Return the document of `ledgers check --json`; amounts in fen, dates in ISO form or null."""
    return {
        "ledgers": [_ledger(ledger) for ledger in parsed.ledgers],
        "problems": [
            {"sheet": problem.sheet, "cell": problem.cell, "found": problem.found, "words": problem.sentence}
            for problem in parsed.problems
        ],
        "notices": [{"sheet": notice.sheet, "words": notice.sentence} for notice in parsed.notices],
        "mappings": parsed.mappings.as_json(),
    }


def _ledger(ledger: ParsedLedger) -> dict[str, Any]:
    return {
        "sheet": ledger.sheet,
        "body": ledger.body,
        "period": ledger.period,
        "opening_fen": ledger.opening_fen,
        "income_fen": ledger.income_fen,
        "spending_fen": ledger.spending_fen,
        "closing_fen": ledger.closing_fen,
        "entries": [_entry(entry) for entry in ledger.entries],
    }


def _entry(entry: ParsedEntry) -> dict[str, Any]:
    return {
        "row": entry.row,
        "date": entry.date.isoformat() if entry.date else None,
        "voucher": entry.voucher,
        "summary": entry.summary,
        "income_fen": entry.income_fen,
        "spending_fen": entry.spending_fen,
        "payee": entry.payee,
        "category": entry.category,
        "handler": entry.handler,
        "note": entry.note,
        "bank": entry.bank,
    }
