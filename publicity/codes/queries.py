"""What a printed code means."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.codes.models import ShortCode, TargetKind
from publicity.codes.shortcode import is_valid, normalise
from village_lists.places.models import Place


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where a code leads: a kind of thing, in a village, by its number or code."""

    kind: TargetKind
    village: str
    target: str


def target_of(session: Session, *, code: str) -> Target | None:
    """Return what the code means, however it was typed, or None if it was never given."""
    wanted = normalise(code)
    if not is_valid(wanted):
        return None
    found = session.scalar(select(ShortCode).where(ShortCode.code == wanted))
    if found is None:
        return None
    return Target(kind=found.kind, village=found.village.code, target=found.target)


def code_for(session: Session, *, village: Place, kind: TargetKind, target: str) -> str | None:
    """Return the code that was given to a thing, or None."""
    return session.scalar(
        select(ShortCode.code).where(
            ShortCode.village_id == village.id, ShortCode.kind == kind, ShortCode.target == target
        )
    )
