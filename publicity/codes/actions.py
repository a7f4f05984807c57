"""Giving codes: once, and for ever."""

from collections.abc import Iterable
from datetime import datetime
from random import SystemRandom

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.codes.models import ShortCode, TargetKind
from publicity.codes.queries import code_for
from publicity.codes.shortcode import new_code
from village_lists.places.models import Place

CHANCE = SystemRandom()


def give_code(session: Session, *, village: Place, kind: TargetKind, target: str, now: datetime) -> str:
    """Return the code of a thing, giving it one if it has none yet."""
    known = code_for(session, village=village, kind=kind, target=target)
    if known:
        return known
    code = new_code(CHANCE)
    while session.scalar(select(ShortCode.id).where(ShortCode.code == code)):
        code = new_code(CHANCE)
    session.add(ShortCode(code=code, village_id=village.id, kind=kind, target=target, given_at=now))
    session.flush()
    return code


def give_list_codes(session: Session, *, village: Place, item_codes: Iterable[str], now: datetime) -> None:
    """Give every item of a village's adopted list its code, for posters."""
    for item_code in item_codes:
        give_code(session, village=village, kind=TargetKind.POWER, target=item_code, now=now)
