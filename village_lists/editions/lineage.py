"""Questions about where a version comes from and what came after it: former adoption, template, newer versions."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from village_lists.places.models import Place
from village_lists.powers.models import Adoption, ListVersion, VersionState


def former_adoption(session: Session, *, village: Place) -> Adoption | None:
    """Return the village's confirmed adoption before the one in force, with its version, or None; one statement."""
    return session.scalar(
        select(Adoption)
        .where(Adoption.village_id == village.id, Adoption.confirmed_at.is_not(None))
        .options(joinedload(Adoption.version).joinedload(ListVersion.power_list))
        .order_by(Adoption.held_on.desc(), Adoption.id.desc())
        .offset(1)
        .limit(1)
    )


def template_of(session: Session, *, version: ListVersion) -> ListVersion | None:
    """Return the version that a version was taken over from, with its list, or None; at most one statement."""
    if version.template_id is None:
        return None
    return session.scalar(
        select(ListVersion).where(ListVersion.id == version.template_id).options(joinedload(ListVersion.power_list))
    )


def newer_version(session: Session, *, version: ListVersion) -> ListVersion | None:
    """Return the version of the same list that is published now, if it came after this one; one statement."""
    return session.scalar(
        select(ListVersion)
        .where(
            ListVersion.power_list_id == version.power_list_id,
            ListVersion.number > version.number,
            ListVersion.state == VersionState.PUBLISHED,
        )
        .options(joinedload(ListVersion.power_list))
        .order_by(ListVersion.number.desc())
        .limit(1)
    )


def newer_template_version(session: Session, *, adoption: Adoption) -> ListVersion | None:
    """Return the newer version of what a village goes by, or None: the template has not moved on; two statements.

    What it goes by is the version it adopted, or, where it adapted one, the version that it was adapted from.
    """
    template = template_of(session, version=adoption.version)
    found = newer_version(session, version=template or adoption.version)
    return found if found is not None and found.id != adoption.version_id else None
