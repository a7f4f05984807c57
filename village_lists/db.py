"""The ground of all tables: one base class, times in UTC, enums stored by value."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Enum, MetaData
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An instant: always with a time zone in Python, always UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn an aware datetime into UTC; raise ValueError for one without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the stored instant as an aware UTC datetime (SQLite gives it back without a zone)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Fen = Annotated[int, mapped_column(BigInteger)]


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False, repr=False):
    """What every table has: a number of its own, keyword-only construction, named constraints."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 - read once by SQLAlchemy, never changed
        datetime: Moment,
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            length=20,
            create_constraint=False,
            values_callable=lambda kind: [member.value for member in kind],
        ),
        dict[str, Any]: JSON,
        list[str]: JSON,
    }

    id: Mapped[int] = mapped_column(primary_key=True, init=False, sort_order=-1)
