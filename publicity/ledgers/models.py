"""Ledgers, their lines, where the money lies, starting balances, uploads and remembered column choices (P3)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from publicity.holdings.models import Contract, Holding
from publicity.matters.models import Matter
from publicity.records.models import Version
from village_lists.db import Base, Fen
from village_lists.places.models import Body


class Ledger(Base):
    """A month's accounts of one body, one for each version of its record; totals are computed from the lines."""

    __tablename__ = "ledger"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), unique=True)
    opening_fen: Mapped[Fen]
    closing_fen: Mapped[Fen]
    source_name: Mapped[str] = mapped_column(String(200), default="")
    source_sheet: Mapped[str] = mapped_column(String(100), default="")

    version: Mapped[Version] = relationship(init=False)
    entries: Mapped[list["Entry"]] = relationship(
        default_factory=list, order_by="Entry.line", cascade="all, delete-orphan"
    )
    funds: Mapped[list["LedgerFund"]] = relationship(
        default_factory=list, order_by="LedgerFund.position", cascade="all, delete-orphan"
    )


class FundKind(StrEnum):
    """Where money lies: 库存现金, 银行存款."""

    CASH = "cash"
    BANK = "bank"


class LedgerFund(Base):
    """What lay in the cash box or in one bank account when the month closed; all funds together are the closing."""

    __tablename__ = "ledger_fund"
    __table_args__ = (UniqueConstraint("ledger_id", "position"),)

    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), init=False)
    position: Mapped[int]
    kind: Mapped[FundKind]
    name: Mapped[str] = mapped_column(String(80))
    closing_fen: Mapped[Fen]


class Entry(Base):
    """One line: money in or money out, never both; a reversal is negative on its own side.

    `line` counts from 1 within the ledger; `row` is the row on the clerk's sheet; `item_code` is the item of
    the power list that was used; `tie_key` is the summary without figures, for remembering the choice. `matter_id`,
    `contract_id` and `holding_id` (a receivable or payable) name what the money was for; `account` is the code of the
    counter account in the chart of accounts; `reverses` names the line that a negative one takes back (2026-03/支-041).
    """

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("ledger_id", "line"),
        CheckConstraint("(income_fen = 0) <> (spending_fen = 0)", name="one_side_only"),
        Index("ix_entry_tie_key", "tie_key"),
    )

    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), init=False)
    line: Mapped[int]
    row: Mapped[int]
    happened_on: Mapped[date]
    voucher: Mapped[str] = mapped_column(String(60))
    summary: Mapped[str] = mapped_column(String(300))
    income_fen: Mapped[Fen]
    spending_fen: Mapped[Fen]
    payee: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(40), default="")
    item_code: Mapped[str] = mapped_column(String(20), default="")
    tie_key: Mapped[str] = mapped_column(String(300), default="")
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), default=None, index=True)
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contract.id"), default=None, index=True)
    holding_id: Mapped[int | None] = mapped_column(ForeignKey("holding.id"), default=None, index=True)
    account: Mapped[str] = mapped_column(String(20), default="")
    reverses: Mapped[str] = mapped_column(String(80), default="")

    matter: Mapped[Matter | None] = relationship(init=False)
    contract: Mapped[Contract | None] = relationship(init=False)
    holding: Mapped[Holding | None] = relationship(init=False)


class StartingBalance(Base):
    """The balance a body starts from, recorded once before its first month in Mingbai."""

    __tablename__ = "starting_balance"

    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), unique=True)
    period: Mapped[str] = mapped_column(String(7))
    amount_fen: Mapped[Fen]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    basis: Mapped[str] = mapped_column(String(200), default="")

    body: Mapped[Body] = relationship(init=False)


class Upload(Base):
    """A workbook as the clerk sent it, kept under a random key until it becomes drafts."""

    __tablename__ = "upload"

    key: Mapped[str] = mapped_column(String(20), unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    mapping: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)

    body: Mapped[Body] = relationship(init=False)


class ColumnChoice(Base):
    """Which column means what, as a clerk of this village confirmed it for this header."""

    __tablename__ = "column_choice"
    __table_args__ = (UniqueConstraint("village_id", "signature"),)

    village_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    signature: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[dict[str, Any]]
    confirmed_at: Mapped[datetime]
    header: Mapped[str] = mapped_column(Text, default="")
