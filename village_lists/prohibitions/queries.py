"""Questions to the negative list."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from village_lists.prohibitions.models import Prohibition, ProhibitionTie


def prohibitions_of(session: Session, *, version_id: int) -> list[Prohibition]:
    """Return the negative list of a version in its order, with its ties."""
    return list(
        session.scalars(
            select(Prohibition)
            .where(Prohibition.version_id == version_id)
            .options(selectinload(Prohibition.ties))
            .order_by(Prohibition.position)
        )
    )


def prohibitions_for(session: Session, *, version_id: int, item_code: str) -> list[Prohibition]:
    """Return the prohibitions tied to an item or to a step of it."""
    return list(
        session.scalars(
            select(Prohibition)
            .join(ProhibitionTie, ProhibitionTie.prohibition_id == Prohibition.id)
            .where(Prohibition.version_id == version_id, ProhibitionTie.item_code == item_code)
            .options(selectinload(Prohibition.ties))
            .distinct()
            .order_by(Prohibition.position)
        )
    )
