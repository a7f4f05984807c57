"""Questions about extensions: what a village asked for, what waits for its township."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from publicity.duties.models import Extension
from publicity.duties.queries import Duty, duties_of
from village_lists.periods import Span
from village_lists.places.models import Body, Level, Place


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request for a later day, with the duty it is about; `duty` None where nothing is owed there any more."""

    extension: Extension
    village: Place
    span: Span
    duty: Duty | None


def duty_about(session: Session, *, body: Body, code: str, span: Span, serial: int = 1, on: date) -> Duty | None:
    """Return one duty of a body, ended or still running, or None where it owes no such thing; a dozen statements."""
    found = duties_of(
        session, villages=[body.village], since=span.last_day, on=on, categories=[code], through=span.last_day
    )
    return next(
        (duty for duty in found if (duty.body, duty.span, duty.serial) == (body.id, span, serial)),
        None,
    )


def extension_numbered(session: Session, *, township: Place, number: int) -> Extension | None:
    """Return the extension of that number if a village of the township asked for it, or None."""
    found = session.get(Extension, number)
    return found if found is not None and found.body.village.parent_id == township.id else None


def extensions_of(session: Session, *, township: Place, on: date, limit: int = 60) -> list[Asked]:
    """Return what the township's villages asked for: undecided ones first, then the newest decided ones."""
    asked = session.scalars(
        select(Extension)
        .join(Extension.body)
        .join(Body.village)
        .where(Place.parent_id == township.id, Place.level == Level.VILLAGE)
        .options(
            selectinload(Extension.body).selectinload(Body.village).selectinload(Place.bodies),
            selectinload(Extension.category),
            selectinload(Extension.asked_by),
            selectinload(Extension.decided_by),
        )
        .order_by(Extension.decided_at.is_not(None), Extension.id.desc())
        .limit(limit)
    ).all()
    duties = _duties(session, asked=list(asked), on=on)
    return [
        Asked(
            extension=one,
            village=one.body.village,
            span=Span.parse(one.period),
            duty=duties.get((one.body_id, one.category_id, one.period, one.serial)),
        )
        for one in asked
    ]


def _duties(session: Session, *, asked: list[Extension], on: date) -> dict[tuple[int, int, str, int], Duty]:
    if not asked:
        return {}
    spans = [Span.parse(one.period) for one in asked]
    villages = {one.body.village_id: one.body.village for one in asked}
    found = duties_of(
        session,
        villages=list(villages.values()),
        since=min(spans).last_day,
        on=on,
        categories=sorted({one.category.code for one in asked}),
        through=max(spans).last_day,
    )
    return {(duty.body, duty.category_id, str(duty.span), duty.serial): duty for duty in found}


def waiting_extensions(session: Session, *, township: Place) -> int:
    """Return how many requests of the township's villages wait to be decided; one statement."""
    return len(
        session.scalars(
            select(Extension.id)
            .join(Extension.body)
            .join(Body.village)
            .where(Place.parent_id == township.id, Extension.decided_at.is_(None))
        ).all()
    )
