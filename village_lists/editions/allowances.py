"""Questions about a village's own list: what it may change, which versions there are, what they were made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from village_lists.editions import store
from village_lists.editions.adaptation import Allowance, adaptation_problems, field_name
from village_lists.editions.rules import ContentProblem
from village_lists.errors import NotFound
from village_lists.markers import N_
from village_lists.places.models import Place
from village_lists.powers.models import ListVersion, PowerList, VersionState
from village_lists.rulebook.queries import Answer, rules_for

SLUG = "village"
"""A village keeps one list of its own."""
ITEM_FIELDS, STEP_FIELDS = "adaptation.item_fields", "adaptation.step_fields"
OWN_ITEMS, OWN_PROHIBITIONS = "adaptation.own_items", "adaptation.own_prohibitions"
KEYS = (ITEM_FIELDS, STEP_FIELDS, OWN_ITEMS, OWN_PROHIBITIONS)


WORDS = {
    ITEM_FIELDS: N_("事项里可以改的内容"),
    STEP_FIELDS: N_("步骤里可以改的内容"),
    OWN_ITEMS: N_("可以自己加事项"),
    OWN_PROHIBITIONS: N_("可以自己加禁止的事"),
}


@dataclass(frozen=True, kw_only=True)
class AllowedLine:
    """One thing that is allowed: marked words, marked names of fields where it is about fields, and the row."""

    words: str
    names: tuple[str, ...]
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class Allowed:
    """What a village may change, and by key the row of the rule book that says so (None: no row, nothing allowed)."""

    allowance: Allowance
    answers: Mapping[str, Answer | None]

    @property
    def lines(self) -> tuple["AllowedLine", ...]:
        """Return in words what is allowed, each with its row of the rule book; what has no row or is 0 is left out."""
        return tuple(
            AllowedLine(
                words=WORDS[key],
                names=tuple(field_name(name) for name in answer.value) if isinstance(answer.value, list) else (),
                answer=answer,
            )
            for key, answer in self.answers.items()
            if answer is not None and answer.value
        )

    @property
    def is_anything(self) -> bool:
        """Tell whether the village may make a version of its own at all."""
        return self.allowance != Allowance()


def allowed_for(session: Session, *, village: Place, on: date) -> Allowed:
    """Return what the rule book lets the village change on a day; four statements."""
    table = rules_for(session, keys=KEYS, places=[village])
    answers = {key: table.answer(key=key, place=village, on=on) for key in KEYS}
    values = {key: answer.value for key, answer in answers.items() if answer}
    allowance = Allowance(
        item_fields=frozenset(values.get(ITEM_FIELDS, ())),
        step_fields=frozenset(values.get(STEP_FIELDS, ())),
        own_items=bool(values.get(OWN_ITEMS, 0)),
        own_prohibitions=bool(values.get(OWN_PROHIBITIONS, 0)),
    )
    return Allowed(allowance=allowance, answers=answers)


def own_versions(session: Session, *, village: Place) -> list[ListVersion]:
    """Return the versions of the village's own list, newest first, with the list and its place."""
    return list(
        session.scalars(
            select(ListVersion)
            .join(PowerList)
            .where(PowerList.place_id == village.id, PowerList.slug == SLUG)
            .options(selectinload(ListVersion.power_list).selectinload(PowerList.place))
            .order_by(ListVersion.number.desc())
        )
    )


def unfinished_version(session: Session, *, village: Place) -> ListVersion | None:
    """Return the version that the village is writing or has put before its meeting, or None."""
    states = (VersionState.DRAFT, VersionState.SUBMITTED)
    return next((version for version in own_versions(session, village=village) if version.state in states), None)


def template_of(session: Session, *, version: ListVersion) -> ListVersion:
    """Return the version that a village's own version was made from."""
    found = session.scalar(
        select(ListVersion)
        .where(ListVersion.id == version.template_id)
        .options(selectinload(ListVersion.power_list).selectinload(PowerList.place))
    )
    if found is None:
        raise NotFound(N_("这一版没有模板"))
    return found


def newer_template(session: Session, *, version: ListVersion) -> ListVersion | None:
    """Return the published version of the template's list that is newer than the template, or None."""
    template = template_of(session, version=version)
    return session.scalar(
        select(ListVersion)
        .where(
            ListVersion.power_list_id == template.power_list_id,
            ListVersion.state == VersionState.PUBLISHED,
            ListVersion.number > template.number,
        )
        .options(selectinload(ListVersion.power_list).selectinload(PowerList.place))
    )


def faults_of(session: Session, *, village: Place, version: ListVersion, on: date) -> list[ContentProblem]:
    """Return in what an own version leaves the limits of the rule book on a day."""
    return adaptation_problems(
        store.read_content(session, version=template_of(session, version=version)),
        store.read_content(session, version=version),
        allowance=allowed_for(session, village=village, on=on).allowance,
    )
