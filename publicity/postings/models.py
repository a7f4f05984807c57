"""Postings: the head, the rows and the words of one version of a record that is no ledger."""

from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from publicity.categories.models import CategoryEdition
from publicity.records.models import Version
from village_lists.db import Base


class Posting(Base):
    """What one version of a record says, under the edition of its category that it was begun with.

    `head` maps keys of the edition's fields to cells, each row's `cells` keys of its columns. A cell is None (empty),
    int (money in fen, counts) or str (all else; dates 2026-09-12, months 2026-09, numbers like 12.5): what
    publicity.postings.cells keeps. `is_nil`: nothing happened in the period (零报告), then there are no rows.
    `officials`: who was in office at submission, shown by full name; later appointments unmask nobody.
    """

    __tablename__ = "posting"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("category_edition.id"))
    head: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    is_nil: Mapped[bool] = mapped_column(default=False)
    source_name: Mapped[str] = mapped_column(String(200), default="")
    officials: Mapped[list[str]] = mapped_column(default_factory=list)

    version: Mapped[Version] = relationship(init=False)
    edition: Mapped[CategoryEdition] = relationship(init=False)
    rows: Mapped[list["PostingRow"]] = relationship(
        default_factory=list, order_by="PostingRow.line", cascade="all, delete-orphan"
    )


class PostingRow(Base):
    """One row; `line` counts from 1."""

    __tablename__ = "posting_row"
    __table_args__ = (UniqueConstraint("posting_id", "line"),)

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), init=False)
    line: Mapped[int]
    cells: Mapped[dict[str, Any]]


class PublishedText(Base):
    """The words of a published version as the open web reads them, masked: what search looks through.

    Written by publication, taken away when the version is corrected or withdrawn; never more than the web shows.
    """

    __tablename__ = "published_text"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), unique=True)
    words: Mapped[str] = mapped_column(Text)


class PostingUpload(Base):
    """A workbook or a pasted table as it was sent for a draft, kept under a random key until it is taken over."""

    __tablename__ = "posting_upload"

    key: Mapped[str] = mapped_column(String(20), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(200))
    reading: Mapped[dict[str, Any]]
