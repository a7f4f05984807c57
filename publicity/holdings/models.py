"""Registers of what a body has, is owed and owes, and its contracts, each with its history (P4)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from publicity.matters.models import Matter
from village_lists.db import Base, Fen
from village_lists.people.models import Person
from village_lists.places.models import Body, Place


class HoldingKind(StrEnum):
    """What a line of the register is: 资产, 资源, 债权, 债务."""

    ASSET = "asset"
    RESOURCE = "resource"
    RECEIVABLE = "receivable"
    PAYABLE = "payable"


class HoldingDeed(StrEnum):
    """What an edition does: it comes in, changes, goes out."""

    ACQUIRE = "acquire"
    CHANGE = "change"
    DISPOSE = "dispose"


class ContractDeed(StrEnum):
    """What an edition of a contract does: it is signed, changed, ended before its time or settled."""

    SIGN = "sign"
    CHANGE = "change"
    END = "end"


class EntryState(StrEnum):
    """An edition is proposed by a clerk; another person confirms or refuses it. Only confirmed ones count."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class ContractSide(StrEnum):
    """Who pays: the other party pays the body (租赁、承包), or the body pays (工程、采购、服务)."""

    RECEIVE = "receive"
    PAY = "pay"


class Holding(Base):
    """One asset, resource or debt of a body; its number is its public name within the village."""

    __tablename__ = "holding"
    __table_args__ = (UniqueConstraint("village_id", "number"), Index("ix_holding_body_kind", "body_id", "kind"))

    village_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    kind: Mapped[HoldingKind]
    number: Mapped[int]

    village: Mapped[Place] = relationship(init=False)
    body: Mapped[Body] = relationship(init=False)
    editions: Mapped[list["HoldingEdition"]] = relationship(
        init=False, back_populates="holding", order_by="HoldingEdition.number", default_factory=list
    )


class HoldingEdition(Base):
    """What the register says of a holding from a day on; `content` by the fields of its kind (data/kinds.yaml).

    Money in `content` is whole fen. `matter_id` is the matter by which it was acquired, changed or disposed of.
    """

    __tablename__ = "holding_edition"
    __table_args__ = (
        UniqueConstraint("holding_id", "number"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> made_by_id", name="two_people"),
    )

    holding_id: Mapped[int] = mapped_column(ForeignKey("holding.id"))
    number: Mapped[int]
    deed: Mapped[HoldingDeed]
    valid_from: Mapped[date]
    name: Mapped[str] = mapped_column(String(120))
    content: Mapped[dict[str, Any]]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), default=None, index=True)
    state: Mapped[EntryState] = mapped_column(default=EntryState.PROPOSED)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    decided_name: Mapped[str] = mapped_column(String(40), default="")
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(Text, default="")

    holding: Mapped[Holding] = relationship(init=False, back_populates="editions")
    matter: Mapped[Matter | None] = relationship(init=False)
    made_by: Mapped[Person] = relationship(init=False, foreign_keys=[made_by_id])


class Contract(Base):
    """A written contract of a body (财农〔2021〕121号 Art 23); its number is its public name within the village."""

    __tablename__ = "contract"
    __table_args__ = (UniqueConstraint("village_id", "number"),)

    village_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    number: Mapped[int]
    side: Mapped[ContractSide]

    village: Mapped[Place] = relationship(init=False)
    body: Mapped[Body] = relationship(init=False)
    editions: Mapped[list["ContractEdition"]] = relationship(
        init=False, back_populates="contract", order_by="ContractEdition.number", default_factory=list
    )


class ContractEdition(Base):
    """What a contract says from a day on.

    `paper_code` is the number on the paper. `schedule["instalments"]` is every instalment as [day (ISO), fen, words],
    by day; what falls after the end of an END edition is no longer owed. `paid_before_fen`: what was paid before the
    first line in Mingbai. `terms` is what the schedule was made from (publicity.holdings.schedules.Terms), empty where
    it was typed. `method` is how it was awarded (交易中心, 村内公开).
    """

    __tablename__ = "contract_edition"
    __table_args__ = (
        UniqueConstraint("contract_id", "number"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> made_by_id", name="two_people"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="term_runs_forward"),
    )

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    number: Mapped[int]
    deed: Mapped[ContractDeed]
    valid_from: Mapped[date]
    title: Mapped[str] = mapped_column(String(120))
    party: Mapped[str] = mapped_column(String(120))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    signed_on: Mapped[date | None] = mapped_column(default=None)
    starts_on: Mapped[date | None] = mapped_column(default=None)
    ends_on: Mapped[date | None] = mapped_column(default=None)
    paper_code: Mapped[str] = mapped_column(String(60), default="")
    method: Mapped[str] = mapped_column(String(60), default="")
    total_fen: Mapped[Fen | None] = mapped_column(default=None)
    schedule: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    terms: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    paid_before_fen: Mapped[Fen] = mapped_column(default=0)
    holding_id: Mapped[int | None] = mapped_column(ForeignKey("holding.id"), default=None, index=True)
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"), default=None, index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[EntryState] = mapped_column(default=EntryState.PROPOSED)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    decided_name: Mapped[str] = mapped_column(String(40), default="")
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(Text, default="")

    contract: Mapped[Contract] = relationship(init=False, back_populates="editions")
    holding: Mapped[Holding | None] = relationship(init=False)
    matter: Mapped[Matter | None] = relationship(init=False)
    made_by: Mapped[Person] = relationship(init=False, foreign_keys=[made_by_id])
