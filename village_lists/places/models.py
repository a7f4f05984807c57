"""Places and legal bodies."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from village_lists.db import Base


class Level(StrEnum):
    """The levels of administration; a rule or a list belongs to one of them."""

    NATIONAL = "national"
    PROVINCE = "province"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class BodyKind(StrEnum):
    """The two legal bodies that share a village (农村集体经济组织法, 村民委员会组织法)."""

    COMMITTEE = "committee"
    COLLECTIVE = "collective"


class Place(Base):
    """A county (6 digits), township (9) or village (12) by its division code (区划代码)."""

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint(
            "(level = 'county' AND length(code) = 6) OR (level = 'township' AND length(code) = 9)"
            " OR (level = 'village' AND length(code) = 12)",
            name="code_fits_level",
        ),
    )

    code: Mapped[str] = mapped_column(String(12), unique=True)
    level: Mapped[Level]
    name: Mapped[str] = mapped_column(String(60))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), default=None, index=True)
    hotline: Mapped[str] = mapped_column(String(40), default="")
    board_address: Mapped[str] = mapped_column(String(120), default="")

    parent: Mapped["Place | None"] = relationship(remote_side="Place.id", init=False, viewonly=True)
    bodies: Mapped[list["Body"]] = relationship(init=False, back_populates="village", order_by="Body.kind")


class Body(Base):
    """A legal body of a village, with its own seal, quorum and postings.

    It keeps books of its own unless the village keeps one set (财农〔2021〕121号 Art 33: apart where conditions allow).
    """

    __tablename__ = "body"
    __table_args__ = (UniqueConstraint("village_id", "kind"),)

    village_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    kind: Mapped[BodyKind]
    name: Mapped[str] = mapped_column(String(80))
    keeps_books: Mapped[bool] = mapped_column(default=True)

    village: Mapped[Place] = relationship(init=False, back_populates="bodies")
