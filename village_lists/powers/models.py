"""The list of small powers as tables (L1, L2, L4, L5)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_lists.db import Base, Fen
from village_lists.documents.models import Document
from village_lists.flowcharts.graph import DayKind, NodeKind
from village_lists.people.models import Person
from village_lists.places.models import BodyKind, Place

OWNED = "all, delete-orphan"


class ItemKind(StrEnum):
    """What an item of a list is: 权力, 责任, 服务, 协助政府."""

    POWER = "power"
    RESPONSIBILITY = "responsibility"
    SERVICE = "service"
    ASSIST = "assist"


class VersionState(StrEnum):
    """A version of a list is written, looked at by a second person, published, then replaced."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class PowerList(Base):
    """A list that a county, township or village keeps; its title belongs to each version."""

    __tablename__ = "power_list"
    __table_args__ = (UniqueConstraint("place_id", "slug"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    slug: Mapped[str] = mapped_column(String(40))

    place: Mapped[Place] = relationship(init=False)


class ListVersion(Base):
    """One version of a list; a sample says so wherever it is shown.

    `template_id` is the version that a township or village took over and adapted. While it is a draft its content
    changes; once submitted it stays what it is, and once published for ever.
    """

    __tablename__ = "list_version"
    __table_args__ = (UniqueConstraint("power_list_id", "number"),)

    power_list_id: Mapped[int] = mapped_column(ForeignKey("power_list.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)
    template_id: Mapped[int | None] = mapped_column(ForeignKey("list_version.id"), default=None)
    is_sample: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(Text, default="")

    power_list: Mapped[PowerList] = relationship(init=False)


class Adoption(Base):
    """A village takes a version of a list into force by a resolution (宁波市法治乡村建设促进条例 Art 19).

    `decision_body` is the body that decided, as the rule book names it (villagers, representatives, members …);
    `arithmetic` keeps the rows of the rule book and the sums by which the resolution stood on the day it was held.
    It counts once a second person has confirmed it (`confirmed_at`).
    """

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
    decision_body: Mapped[str] = mapped_column(String(40), default="representatives")
    body: Mapped[BodyKind] = mapped_column(default=BodyKind.COMMITTEE)
    arithmetic: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    minutes_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), default=None)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)

    village: Mapped[Place] = relationship(init=False)
    version: Mapped[ListVersion] = relationship(init=False)
    minutes: Mapped[Document | None] = relationship(init=False)
    recorded_by: Mapped[Person | None] = relationship(init=False, foreign_keys=[recorded_by_id])
    confirmed_by: Mapped[Person | None] = relationship(init=False, foreign_keys=[confirmed_by_id])


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
    bases: Mapped[list["ItemBasis"]] = relationship(default_factory=list, cascade=OWNED, order_by="ItemBasis.position")
    postings: Mapped[list["ItemPosting"]] = relationship(
        default_factory=list, cascade=OWNED, order_by="ItemPosting.position"
    )
    uses: Mapped[list["ItemProcedure"]] = relationship(
        default_factory=list, cascade=OWNED, order_by="ItemProcedure.position"
    )

    @property
    def procedures(self) -> list["Procedure"]:
        """Return the procedures of the item in their order."""
        return [use.procedure for use in self.uses]


class ItemBasis(Base):
    """The law and article that an item rests on; only sourced ones are recorded as law."""

    __tablename__ = "item_basis"

    item_id: Mapped[int] = mapped_column(ForeignKey("power_item.id"), init=False, index=True)
    position: Mapped[int]
    law: Mapped[str] = mapped_column(String(120))
    article: Mapped[str] = mapped_column(String(60), default="")
    words: Mapped[str] = mapped_column(Text, default="")


class ItemPosting(Base):
    """What an item demands to be posted beside what its steps demand: what, where, when, for how many days."""

    __tablename__ = "item_posting"

    item_id: Mapped[int] = mapped_column(ForeignKey("power_item.id"), init=False, index=True)
    position: Mapped[int]
    what: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(80), default="")
    moment: Mapped[str] = mapped_column(String(80), default="")
    days: Mapped[int | None] = mapped_column(default=None)


class ItemProcedure(Base):
    """Items and procedures are n:m (36 items had 45 charts); an amount band may choose between several of an item.

    The band is named by keys of the rule book: from the amount of `from_key` (included) to that of `below_key`
    (excluded); an empty key leaves that end open.
    """

    __tablename__ = "item_procedure"
    __table_args__ = (UniqueConstraint("item_id", "procedure_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("power_item.id"), init=False)
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), index=True, init=False)
    position: Mapped[int]
    procedure: Mapped["Procedure"] = relationship()
    from_key: Mapped[str] = mapped_column(String(60), default="")
    below_key: Mapped[str] = mapped_column(String(60), default="")


class Procedure(Base):
    """A procedure graph of a list version, shared by all items that use it and all procedures that embed it."""

    __tablename__ = "procedure"
    __table_args__ = (UniqueConstraint("version_id", "slug"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("list_version.id"))
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]

    nodes: Mapped[list["ProcedureNode"]] = relationship(
        default_factory=list, cascade=OWNED, order_by="ProcedureNode.position"
    )
    edges: Mapped[list["ProcedureEdge"]] = relationship(
        default_factory=list, cascade=OWNED, order_by="ProcedureEdge.position"
    )


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
    posting_when: Mapped[str] = mapped_column(String(80), default="")
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


class ListThreshold(Base):
    """An amount that the bands of a list version refer to, with the value that the list suggests, in fen.

    What counts is the row of the rule book with this key; the suggestion becomes a row of the list's place only where
    the rule book has none when the version is published.
    """

    __tablename__ = "list_threshold"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("list_version.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(80))
    suggested_fen: Mapped[Fen]


class ListDeedKind(StrEnum):
    """What was done to a version of a list."""

    MAKE = "make"
    IMPORT = "import"
    CHANGE = "change"
    UNDO = "undo"
    SUBMIT = "submit"
    RETURN = "return"
    PUBLISH = "publish"


class ListDeed(Base):
    """A deed upon a version: who, when, what in words. Rows are added and never changed.

    A change names its subject (`item`, `procedure`, `categories`, `prohibition`, `thresholds`, `cover`) with its code,
    and keeps what stood there before as the exchange form writes it (None: nothing stood there), so that it can be
    taken back. `undoes_id` names the change that an undo took back.
    """

    __tablename__ = "list_deed"
    __table_args__ = (Index("ix_list_deed_version", "version_id", "id"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("list_version.id"))
    deed: Mapped[ListDeedKind]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    words: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    subject: Mapped[str] = mapped_column(String(20), default="")
    code: Mapped[str] = mapped_column(String(60), default="")
    before: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("list_deed.id"), default=None)
    digest: Mapped[str] = mapped_column(String(64), default="")

    by: Mapped[Person | None] = relationship(init=False)


class Rollout(Base):
    """A published version is put before the villages of a township: adopt it by a day."""

    __tablename__ = "rollout"
    __table_args__ = (UniqueConstraint("version_id", "township_id"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("list_version.id"))
    township_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    adopt_by: Mapped[date]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]

    version: Mapped[ListVersion] = relationship(init=False)
    township: Mapped[Place] = relationship(init=False)
