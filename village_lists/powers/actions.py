"""Deeds upon lists: a village takes a version into force by a resolution (the screens for it come later)."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_lists.errors import NotFound, Refusal
from village_lists.markers import N_
from village_lists.places.models import Place
from village_lists.powers.models import Adoption, ListVersion


def adopt(
    session: Session,
    *,
    village: Place,
    version_id: int,
    meeting: str,
    held_on: date,
    due: int,
    present: int,
    in_favour: int,
    now: datetime,
) -> Adoption:
    """Record the resolution by which a village adopts a version: numbers due, present and in favour.

    Raise NotFound for an unknown version, Refusal where the numbers cannot be or the version is adopted already.
    Whether the quorum was reached is for the rule book, which is asked once adoption has its screens.
    """
    if session.get(ListVersion, version_id) is None:
        raise NotFound(N_("没有编号为 %(id)s 的清单版本"), id=version_id)
    if not 0 <= in_favour <= present <= due:
        raise Refusal(
            N_("应到 %(due)s 人、实到 %(present)s 人、同意 %(yes)s 人，这几个数对不上"),
            due=due,
            present=present,
            yes=in_favour,
        )
    if session.scalar(select(Adoption.id).where(Adoption.village_id == village.id, Adoption.version_id == version_id)):
        raise Refusal(N_("%(village)s已经通过过这一版清单"), village=village.name)
    adoption = Adoption(
        village_id=village.id,
        version_id=version_id,
        meeting=meeting,
        held_on=held_on,
        due=due,
        present=present,
        in_favour=in_favour,
        recorded_at=now,
    )
    session.add(adoption)
    session.flush()
    return adoption
