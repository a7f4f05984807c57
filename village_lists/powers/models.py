"""The list of small powers as tables (L1, L2, L4, L5)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_lists.db import Base
from village_lists.flowcharts.graph import DayKind, NodeKind
from village_lists.places.models import Place


class ItemKind(StrEnum):
    """What an item of a list is: 权力, 责任, 服务, 协助政府."""

    POWER = "power"
    RESPONSIBILITY = "responsibility"
    SERVICE = "service"
    ASSIST = "assist"


class VersionState(StrEnum):
    """A version of a list is written, then in force, then replaced."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class PowerList(Base):
    """A list that a county, township or village keeps."""

    __tablename__ = "power_list"
    __table_args__ = (UniqueConstraint("place_id", "slug"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    slug: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))

    place: Mapped[Place] = relationship(init=False)


class ListVersion(Base):
    """One version of a list; a sample says so wherever it is shown."""

    __tablename__ = "list_version"
    __table_args__ = (UniqueConstraint("power_list_id", "number"),)

    power_list_id: Mapped[int] = mapped_column(ForeignKey("power_list.id"))
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)
    template_id: Mapped[int | None] = mapped_column(ForeignKey("list_version.id"), default=None)
    is_sample: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(Text, default="")

    power_list: Mapped[PowerList] = relationship(init=False)


class Adoption(Base):
    """A village takes a version of a list into force by a resolution (宁波市法治乡村建设促进条例 Art 19)."""

    __tablename__ = "adoption"
    __table_args__ = (
        UniqueConstraint("village_id", "version_id"),
        CheckConstraint("present <= due AND in_favour <= present", name="votes_fit"),
    )

    village_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("list_version.id"))
    meeting: Mapped[str] = mapped_column(String(60))
    held_on: Mapped[date]
    due: Mapped[int]
    present: Mapped[int]
    in_favour: Mapped[int]
    recorded_at: Mapped[datetime]

    village: Mapped[Place] = relationship(init=False)
    version: Mapped[ListVersion] = relationship(init=False)


class ListCategory(Base):
    """A node of a list's category tree, of any depth."""

    __tablename__ = "list_category"
    __table_args__ = (UniqueConstraint("version_id", "code"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("list_version.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("list_category.id"), default=None)


class PowerItem(Base):
    """One item of a list version: what it is, who answers for it, what it needs, how long, what it costs."""

    __tablename__ = "power_item"
    __table_args__ = (UniqueConstraint("version_id", "code"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("list_version.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("list_category.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[ItemKind]
    position: Mapped[int]
    standard_code: Mapped[str] = mapped_column(String(40), default="")
    body: Mapped[str] = mapped_column(String(120), default="")
    sentence: Mapped[str] = mapped_column(Text, default="")
    keywords: Mapped[list[str]] = mapped_column(default_factory=list)
    conditions: Mapped[str] = mapped_column(Text, default="")
    papers: Mapped[list[str]] = mapped_column(default_factory=list)
    time_limit: Mapped[str] = mapped_column(String(200), default="")
    fee: Mapped[str] = mapped_column(String(200), default="")
    accountability: Mapped[str] = mapped_column(Text, default="")

    category: Mapped[ListCategory] = relationship(init=False)
    bases: Mapped[list["ItemBasis"]] = relationship(default_factory=list, order_by="ItemBasis.position")
    postings: Mapped[list["ItemPosting"]] = relationship(default_factory=list, order_by="ItemPosting.position")
    procedures: Mapped[list["Procedure"]] = relationship(
        secondary="item_procedure", default_factory=list, order_by="Procedure.id"
    )


class ItemBasis(Base):
    """The law and article that an item rests on; only sourced ones are recorded as law."""

    __tablename__ = "item_basis"

    item_id: Mapped[int] = mapped_column(ForeignKey("power_item.id"), init=False, index=True)
    position: Mapped[int]
    law: Mapped[str] = mapped_column(String(120))
    article: Mapped[str] = mapped_column(String(60), default="")
    words: Mapped[str] = mapped_column(Text, default="")


class ItemPosting(Base):
    """What an item demands to be posted, where, when and for how many days."""

    __tablename__ = "item_posting"

    item_id: Mapped[int] = mapped_column(ForeignKey("power_item.id"), init=False, index=True)
    position: Mapped[int]
    what: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(80), default="")
    moment: Mapped[str] = mapped_column(String(80), default="")
    days: Mapped[int | None] = mapped_column(default=None)


class ItemProcedure(Base):
    """Items and procedures are n:m (36 items had 45 charts)."""

    __tablename__ = "item_procedure"
    __table_args__ = (UniqueConstraint("item_id", "procedure_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("power_item.id"))
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), index=True)


class Procedure(Base):
    """A procedure graph of a list version; an amount band may choose between several of an item."""

    __tablename__ = "procedure"
    __table_args__ = (UniqueConstraint("version_id", "slug"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("list_version.id"))
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(120))
    amount_from_fen: Mapped[int | None] = mapped_column(BigInteger, default=None)
    amount_below_fen: Mapped[int | None] = mapped_column(BigInteger, default=None)

    nodes: Mapped[list["ProcedureNode"]] = relationship(default_factory=list, order_by="ProcedureNode.position")
    edges: Mapped[list["ProcedureEdge"]] = relationship(default_factory=list, order_by="ProcedureEdge.position")


class ProcedureNode(Base):
    """A node of a procedure: see village_lists.flowcharts.graph.Node for what the columns mean."""

    __tablename__ = "procedure_node"
    __table_args__ = (UniqueConstraint("procedure_id", "key"),)

    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), init=False)
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    kind: Mapped[NodeKind]
    title: Mapped[str] = mapped_column(String(120))
    actor: Mapped[str] = mapped_column(String(120), default="")
    detail: Mapped[str] = mapped_column(Text, default="")
    limit_days: Mapped[int | None] = mapped_column(default=None)
    limit_kind: Mapped[DayKind] = mapped_column(default=DayKind.CALENDAR)
    evidence: Mapped[list[str]] = mapped_column(default_factory=list)
    posting_what: Mapped[str] = mapped_column(String(120), default="")
    posting_where: Mapped[str] = mapped_column(String(80), default="")
    posting_days: Mapped[int | None] = mapped_column(default=None)
    risk: Mapped[str] = mapped_column(Text, default="")
    embeds: Mapped[str] = mapped_column(String(60), default="")


class ProcedureEdge(Base):
    """An arrow between two nodes of a procedure, by their keys; decision exits are labelled."""

    __tablename__ = "procedure_edge"
    __table_args__ = (UniqueConstraint("procedure_id", "source", "target", "label"),)

    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), init=False)
    position: Mapped[int]
    source: Mapped[str] = mapped_column(String(40))
    target: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(40), default="")
