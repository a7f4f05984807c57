"""Ledgers, their lines, starting balances, uploads and remembered column choices (P3)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

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


class Entry(Base):
    """One line: money in or money out, never both; a reversal is negative on its own side.

    `line` counts from 1 within the ledger; `row` is the row on the clerk's sheet; `item_code` is the item of
    the power list that was used; `tie_key` is the summary without figures, for remembering the choice.
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
