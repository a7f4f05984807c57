"""Questions about resolutions: how villages stand to their lists, what they may adopt, by whose meeting."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from village_lists.days import china_day
from village_lists.people.models import PostKind
from village_lists.people.queries import holders
from village_lists.places.models import Level, Place
from village_lists.places.queries import chain_of
from village_lists.powers.models import (
    Adoption,
    ListDeed,
    ListDeedKind,
    ListVersion,
    PowerList,
    Rollout,
    VersionState,
)
from village_lists.powers.resolutions import Arithmetic, thawed
from village_lists.rulebook.catalog import catalog
from village_lists.rulebook.queries import Answer, rule

BODIES, CONFIRMED_BY = "adoption.bodies", "adoption.confirmed_by"
PUBLIC = (VersionState.PUBLISHED, VersionState.SUPERSEDED)


@dataclass(frozen=True, kw_only=True)
class ListStanding:
    """How a village stands to its list.

    `adopted` is the adoption that counts; `follows` the version it goes by (for a village's own version: the one it
    was made from), which newer ones have left `behind_by` behind, up to `newest`. `asked` is what the township's
    villages were asked to adopt and this one has not; `returned` is why the last resolution was not confirmed.
    """

    village: Place
    adopted: Adoption | None
    pending: Adoption | None
    follows: ListVersion | None
    newest: ListVersion | None
    behind_by: int
    asked: Rollout | None
    returned: ListDeed | None
    on: date

    @property
    def is_own(self) -> bool:
        """Tell whether the village goes by a version of its own."""
        return self.adopted is not None and self.adopted.version.power_list.place_id == self.village.id

    @property
    def is_late(self) -> bool:
        """Tell whether the day by which the village was asked to adopt has passed."""
        return self.asked is not None and self.on > self.asked.adopt_by

    @property
    def has_to_meet(self) -> bool:
        """Tell whether a meeting is due: asked, and nothing recorded yet of what was asked."""
        if self.asked is None or self.pending is None:
            return self.asked is not None
        return self.pending.version.id != self.asked.version_id

    @property
    def state(self) -> str:
        """Return where the village stands: waiting (for a second person), missing (no list), late (behind), or met."""
        if self.pending is not None:
            return "waiting"
        if self.adopted is None:
            return "missing"
        return "late" if self.behind_by or self.asked is not None else "met"

    @property
    def arithmetic(self) -> Arithmetic | None:
        """Return the sums of the adoption that counts."""
        return thawed(self.adopted.arithmetic) if self.adopted else None


def standing_of(session: Session, *, village: Place, on: date) -> ListStanding:
    """Return how one village stands to its list on a day."""
    return standings_of(session, villages=[village], on=on)[0]


def standings_of(session: Session, *, villages: Sequence[Place], on: date) -> list[ListStanding]:
    """Return how villages stand to their lists, in their order; about ten statements, however many villages."""
    adopted, pending = _adoptions(session, villages)
    versions = _public_versions(session)
    asked = _asked(session, villages)
    returned = _returned(session, villages)
    found = []
    for village in villages:
        adoption = adopted.get(village.id)
        follows = _followed(versions, adoption, village)
        later = [
            version
            for version in versions.values()
            if follows and version.power_list_id == follows.power_list_id and version.number > follows.number
        ]
        request = asked.get(village.parent_id or 0)
        is_done = request is not None and _reaches(follows, request.version)
        newest = max(later, key=lambda version: version.number, default=None)
        waiting = pending.get(village.id)
        found.append(
            ListStanding(
                village=village,
                adopted=adoption,
                pending=waiting,
                follows=follows,
                newest=newest if newest or follows or request is None else request.version,
                behind_by=len(later),
                asked=None if is_done else request,
                returned=_still_told(returned.get(village.code), adoption, waiting),
                on=on,
            )
        )
    return found


def _adoptions(session: Session, villages: Sequence[Place]) -> tuple[dict[int, Adoption], dict[int, Adoption]]:
    """Return by village the newest adoption that counts, and the newest that waits."""
    rows = session.scalars(
        select(Adoption)
        .where(Adoption.village_id.in_([village.id for village in villages]))
        .options(
            selectinload(Adoption.version).selectinload(ListVersion.power_list).selectinload(PowerList.place),
            selectinload(Adoption.recorded_by),
            selectinload(Adoption.confirmed_by),
            selectinload(Adoption.minutes),
        )
        .order_by(Adoption.held_on, Adoption.id)
    ).all()
    adopted = {row.village_id: row for row in rows if row.confirmed_at is not None}
    return adopted, {row.village_id: row for row in rows if row.confirmed_at is None}


def _public_versions(session: Session) -> dict[int, ListVersion]:
    rows = session.scalars(
        select(ListVersion)
        .where(ListVersion.state.in_(PUBLIC))
        .options(selectinload(ListVersion.power_list).selectinload(PowerList.place))
    )
    return {version.id: version for version in rows}


def _followed(versions: Mapping[int, ListVersion], adoption: Adoption | None, village: Place) -> ListVersion | None:
    """Return the version the village goes by; an own version counts as the one it was made from."""
    version = adoption.version if adoption else None
    while version is not None and version.template_id and version.power_list.place_id == village.id:
        above = versions.get(version.template_id)
        if above is None:
            return version
        version = above
    return version


def _reaches(follows: ListVersion | None, asked: ListVersion) -> bool:
    return follows is not None and follows.power_list_id == asked.power_list_id and follows.number >= asked.number


def _asked(session: Session, villages: Sequence[Place]) -> dict[int, Rollout]:
    """Return by township the last request to adopt a version that is still the published one."""
    rows = session.scalars(
        select(Rollout)
        .join(ListVersion)
        .where(
            Rollout.township_id.in_({village.parent_id for village in villages}),
            ListVersion.state == VersionState.PUBLISHED,
        )
        .options(selectinload(Rollout.version).selectinload(ListVersion.power_list).selectinload(PowerList.place))
        .order_by(Rollout.asked_at, Rollout.id)
    )
    return {row.township_id: row for row in rows}


def _still_told(deed: ListDeed | None, adoption: Adoption | None, waiting: Adoption | None) -> ListDeed | None:
    """Return why a resolution was not confirmed, until the next one is recorded."""
    if deed is None or waiting is not None:
        return None
    is_over = adoption is not None and (adoption.recorded_at > deed.at or adoption.version_id == deed.version_id)
    return None if is_over else deed


def _returned(session: Session, villages: Sequence[Place]) -> dict[str, ListDeed]:
    """Return by village code the last deed that did not confirm a resolution."""
    rows = session.scalars(
        select(ListDeed)
        .where(ListDeed.deed == ListDeedKind.RETURN, ListDeed.code.in_([village.code for village in villages]))
        .options(selectinload(ListDeed.by))
        .order_by(ListDeed.id)
    )
    return {row.code: row for row in rows}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A version that a village's meeting may adopt, and the day from which it could be read and talked about."""

    version: ListVersion
    place: Place
    offered_on: date

    @property
    def is_own(self) -> bool:
        """Tell whether it is the village's own version."""
        return self.place.level is Level.VILLAGE


def choices_for(session: Session, *, village: Place) -> list[Choice]:
    """Return what the village's meeting may adopt, own version first, then the newest; what it has adopted is left out.

    These are the published versions of county and township, and the village's own version once it was put before the
    meeting.
    """
    near = [place.id for place in chain_of(session, place=village)]
    versions = session.scalars(
        select(ListVersion)
        .join(PowerList)
        .where(
            PowerList.place_id.in_(near),
            or_(
                ListVersion.state == VersionState.PUBLISHED,
                (ListVersion.state == VersionState.SUBMITTED) & (PowerList.place_id == village.id),
            ),
            ListVersion.id.not_in(select(Adoption.version_id).where(Adoption.village_id == village.id)),
        )
        .options(selectinload(ListVersion.power_list).selectinload(PowerList.place))
    ).all()
    days = _offered(session, [version.id for version in versions])
    found = [
        Choice(
            version=version,
            place=version.power_list.place,
            offered_on=days.get(version.id) or version.valid_from or date.min,
        )
        for version in versions
    ]
    return sorted(found, key=lambda choice: (choice.is_own, choice.offered_on, choice.version.id), reverse=True)


def _offered(session: Session, numbers: Collection[int]) -> dict[int, date]:
    """Return by version the day of the last deed that put it before others."""
    rows = session.execute(
        select(ListDeed.version_id, ListDeed.at)
        .where(ListDeed.version_id.in_(numbers), ListDeed.deed.in_([ListDeedKind.SUBMIT, ListDeedKind.PUBLISH]))
        .order_by(ListDeed.id)
    )
    return {number: china_day(at) for number, at in rows}


def adoption_numbered(session: Session, *, village: Place, number: int) -> Adoption | None:
    """Return the village's resolution of that number with version, people and minutes, or None."""
    return session.scalar(
        select(Adoption)
        .where(Adoption.id == number, Adoption.village_id == village.id)
        .options(
            selectinload(Adoption.version).selectinload(ListVersion.power_list).selectinload(PowerList.place),
            selectinload(Adoption.recorded_by),
            selectinload(Adoption.confirmed_by),
            selectinload(Adoption.minutes),
        )
    )


def adoptions_of(session: Session, *, village: Place) -> list[Adoption]:
    """Return every resolution of the village, newest first."""
    return list(
        session.scalars(
            select(Adoption)
            .where(Adoption.village_id == village.id)
            .options(selectinload(Adoption.version), selectinload(Adoption.recorded_by))
            .order_by(Adoption.held_on.desc(), Adoption.id.desc())
        )
    )


@dataclass(frozen=True, kw_only=True)
class Bodies:
    """The meetings that may adopt a list, by key with their names, and the row of the rule book that says so."""

    names: Mapping[str, str]
    answer: Answer


def adopting_bodies(session: Session, *, village: Place, on: date) -> Bodies:
    """Return whose resolution takes a list into force at a village on a day; raise Refusal where no rule says so."""
    answer = rule(session, key=BODIES, place=village, on=on)
    return Bodies(names={key: body_name(key) for key in answer.value}, answer=answer)


def body_name(key: str) -> str:
    """Return what a meeting is called in the catalog of rules."""
    entry = catalog().entry(BODIES)
    return entry.allowed.get(key, key) if entry else key


def confirming_posts(session: Session, *, village: Place, on: date) -> tuple[PostKind, ...]:
    """Return the posts whose holder confirms a resolution; raise Refusal where no rule says so."""
    return tuple(PostKind(post) for post in rule(session, key=CONFIRMED_BY, place=village, on=on).value)


def confirmers(session: Session, *, village: Place, on: date) -> dict[int, PostKind]:
    """Return by person who may confirm a resolution of the village on a day, with the post that lets them."""
    found: dict[int, PostKind] = {}
    for kind in confirming_posts(session, village=village, on=on):
        for post in holders(session, place=village, kind=kind, on=on):
            found.setdefault(post.person_id, kind)
    return found
