"""Who holds which office in the two bodies of each village of the demonstration; some people are in both."""

from datetime import date
from random import Random

from flask import current_app
from sqlalchemy.orm import Session

from app.cli.demonstration.cast import person_name
from village_lists.people.actions import appoint, enter_person
from village_lists.people.models import Person, PostKind
from village_lists.people.queries import holders
from village_lists.places.models import BodyKind, Place

COMMITTEE = (("主任", PostKind.DIRECTOR), ("副主任", None), ("委员", PostKind.ORGANISER))
COLLECTIVE = (
    ("理事长", PostKind.SECRETARY),
    ("理事", PostKind.DIRECTOR),
    ("理事", None),
    ("监事长", PostKind.SUPERVISION_HEAD),
)
"""Title and who by post; None: somebody without a post in Mingbai."""


def appoint_all(session: Session, *, village: Place, since: date, chance: Random) -> None:
    """Enter the offices of both bodies; the secretary leads the collective, as is usual, the director sits in both."""
    in_office = _in_office(session, village, since)
    taken = {person.name for person in in_office.values()}
    for body in village.bodies:
        for title, post in COLLECTIVE if body.kind == BodyKind.COLLECTIVE else COMMITTEE:
            person = in_office.get(post) if post else _somebody(session, chance, taken)
            if person is not None:
                appoint(session, body=body, person=person, title=title, starts_on=since)


def _in_office(session: Session, village: Place, on: date) -> dict[PostKind, Person]:
    return {kind: held[0].person for kind in PostKind if (held := holders(session, place=village, kind=kind, on=on))}


def _somebody(session: Session, chance: Random, taken: set[str]) -> Person:
    name = person_name(chance)
    while name in taken:
        name = person_name(chance)
    taken.add(name)
    return enter_person(session, name=name, secret=current_app.config["SECRET_KEY"])
