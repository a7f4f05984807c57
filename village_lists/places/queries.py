"""Questions about places."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from village_lists.places.models import Body, BodyKind, Level, Place


def place_by_code(session: Session, *, code: str, level: Level) -> Place | None:
    """Return the place of a level with this division code, its bodies loaded, or None."""
    return session.scalar(
        select(Place).where(Place.code == code, Place.level == level).options(selectinload(Place.bodies))
    )


def villages_of(session: Session, *, township: Place) -> list[Place]:
    """Return the villages of a township in the order of their codes, with their bodies."""
    return list(
        session.scalars(
            select(Place)
            .where(Place.parent_id == township.id, Place.level == Level.VILLAGE)
            .options(selectinload(Place.bodies))
            .order_by(Place.code)
        )
    )


def villages_with_bodies(session: Session, *, code: str | None = None) -> list[Place]:
    """Return every village, or the one of that code, in the order of their codes, with their bodies."""
    query = select(Place).where(Place.level == Level.VILLAGE).options(selectinload(Place.bodies)).order_by(Place.code)
    return list(session.scalars(query.where(Place.code == code) if code else query))


def townships_with_villages(session: Session) -> list[tuple[Place, list[Place]]]:
    """Return every township with its villages, in the order of their codes."""
    places = list(session.scalars(select(Place).where(Place.level != Level.COUNTY).order_by(Place.code)))
    townships = [place for place in places if place.level == Level.TOWNSHIP]
    return [(town, [place for place in places if place.parent_id == town.id]) for town in townships]


def body_of(session: Session, *, village: Place, kind: BodyKind) -> Body | None:
    """Return the village's legal body of that kind, or None."""
    return session.scalar(select(Body).where(Body.village_id == village.id, Body.kind == kind))


def chain_of(session: Session, *, place: Place) -> list[Place]:
    """Return the place and those above it, nearest first."""
    chain = [place]
    while chain[-1].parent_id is not None:
        above = session.get(Place, chain[-1].parent_id)
        if above is None:
            break
        chain.append(above)
    return chain


def has_places(session: Session) -> bool:
    """Say whether any place is registered at all."""
    return session.scalar(select(Place.id).limit(1)) is not None
