"""Questions about review: in which order, who waits for whom, who may take which step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from publicity.categories.queries import category_in_force
from publicity.records.models import Deed, Record, State, Version
from publicity.records.queries import UNFINISHED
from publicity.workflow.contents import content_of_version
from publicity.workflow.models import Filing, Override, Withdrawal
from publicity.workflow.rules import (
    IN_REVIEW,
    REVIEWS,
    Step,
    carries_any,
    kept_order,
    may_do,
    order_going_on,
    review_due,
    review_order,
)
from village_lists.people.models import Person, PostKind
from village_lists.people.rules import holds_on
from village_lists.places.models import Place
from village_lists.rulebook.queries import rule


@dataclass(frozen=True, kw_only=True)
class Office:
    """The office in which a person acts upon a village; `is_acting`: named by the township for a vacant post (代行)."""

    post: PostKind
    is_substitute: bool
    is_acting: bool = False


def order_for(session: Session, *, record: Record, on: date) -> tuple[Step, ...]:
    """Return the order of review that the rule book gives for the record on the day."""
    ruling = category_in_force(session, code=record.category.code, place=record.village, on=on)
    key = ruling.content.review_rule if ruling else record.category.review_rule
    return review_order(rule(session, key=key, place=record.village, on=on).value)


def order_at_submission(session: Session, *, version: Version, on: date) -> tuple[Step, ...]:
    """Return the order that a draft would be given now: for a posting by the edition that it was begun with."""
    category = content_of_version(session, version=version).category
    if category is None:
        return order_for(session, record=version.record, on=on)
    return review_order(rule(session, key=category.review_rule, place=version.record.village, on=on).value)


def order_of(session: Session, *, version: Version, on: date) -> tuple[Step, ...]:
    """Return the order by which a version goes: in review the one fixed at its submission, else the rule book's.

    An older version in review keeps none: what was done so far stays first, the rest follows the rule book.
    """
    if version.state not in IN_REVIEW:
        return order_at_submission(session, version=version, on=on)
    if version.review:
        return kept_order(version.review)
    done = [event.deed for event in version.events if event.deed in REVIEWS and not event.is_void]
    return order_going_on(done, order_for(session, record=version.record, on=on))


def step_due(session: Session, *, version: Version, on: date) -> Step | None:
    """Return the review that a version waits for on the day, or None where it is not in review."""
    if version.state not in IN_REVIEW:
        return None
    return review_due(version.state, order_of(session, version=version, on=on))


def my_step(version: Version, *, person: Person, held: Sequence[Office], due: Step | None) -> Step | None:
    """Return the step of review that is due where this person, holding these offices, may take it; else None."""
    if due is None or person.id in entered_by(version) | reviewed_by(version):
        return None
    return due if office_for(held, steps=(due,)) else None


def offices(person: Person, *, village: Place, on: date) -> list[Office]:
    """Return the offices that a person holds over the village on the day, those of its township's auditors too."""
    return [
        Office(post=post.kind, is_substitute=post.is_substitute, is_acting=post.is_acting)
        for post in person.posts
        if holds_on(post, on)
        and (
            post.place_id == village.id
            or (post.kind is PostKind.TOWNSHIP_AUDITOR and post.place_id == village.parent_id)
        )
    ]


def office_for(held: Sequence[Office], *, steps: Collection[Step]) -> Office | None:
    """Return the first of the offices that carries one of the steps; one held in one's own right before an acting."""
    fitting = [one for one in held if carries_any(one.post, is_substitute=one.is_substitute, steps=steps)]
    return min(fitting, key=lambda one: one.is_acting, default=None)


def entered_by(version: Version) -> frozenset[int]:
    """Return the natural persons who entered or submitted the version."""
    entered = {event.by_id for event in version.events if event.deed in {Deed.DRAFT, Deed.SUBMIT}}
    return frozenset(entered | {version.made_by_id})


def reviewed_by(version: Version) -> frozenset[int]:
    """Return the natural persons whose review of the version counts."""
    return frozenset(event.by_id for event in version.events if event.deed in REVIEWS and not event.is_void)


def overrides_of(session: Session, *, version: Version) -> list[Override]:
    """Return what was asked to be posted in spite of the privacy guard, oldest first."""
    return list(session.scalars(select(Override).where(Override.version_id == version.id).order_by(Override.id)))


def withdrawals_of(session: Session, *, version: Version) -> list[Withdrawal]:
    """Return every withdrawal that was asked for, oldest first."""
    return list(session.scalars(select(Withdrawal).where(Withdrawal.version_id == version.id).order_by(Withdrawal.id)))


def open_withdrawal(session: Session, *, version: Version) -> Withdrawal | None:
    """Return the withdrawal that waits for a second person, or None."""
    return next((one for one in withdrawals_of(session, version=version) if one.agreed_at is None), None)


def filing_of(session: Session, *, version: Version) -> Filing | None:
    """Return the filing with the township that the version's publication asked for, or None."""
    return session.scalar(select(Filing).where(Filing.version_id == version.id))


def may_take(step: Step, office: Office) -> bool:
    """Say whether the office carries the step."""
    return may_do(step, post=office.post, is_substitute=office.is_substitute)


def unfinished_versions(session: Session, *, villages: Sequence[Place]) -> list[Version]:
    """Return the drafts and the versions in review of the villages, with their deeds; a handful of statements."""
    return list(
        session.scalars(
            select(Version)
            .join(Version.record)
            .where(Record.village_id.in_([village.id for village in villages]), Version.state.in_(UNFINISHED))
            .options(selectinload(Version.record), selectinload(Version.events))
        )
    )


@dataclass(frozen=True, kw_only=True)
class FilingDue:
    """A published version that the township has not received yet."""

    filing: Filing
    version: Version
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class TownshipReviews:
    """What waits for the township, oldest first, and what it received lately, newest first."""

    to_endorse: tuple[Version, ...]
    filings: tuple[FilingDue, ...]
    received: tuple[Filing, ...]


RECENT = 20
# What is loaded with a version so that it can be named.
ABOUT = selectinload(Version.record).options(
    selectinload(Record.village), selectinload(Record.body), selectinload(Record.category)
)


def township_reviews(session: Session, *, township: Place, on: date) -> TownshipReviews:
    """Return what waits for the township's auditors on a day; a dozen statements, however many versions."""
    return TownshipReviews(
        to_endorse=tuple(versions_to_endorse(session, township=township, on=on)),
        filings=tuple(filings_due(session, township=township, on=on)),
        received=tuple(_received(session, township)),
    )


def versions_to_endorse(session: Session, *, township: Place, on: date) -> list[Version]:
    """Return the versions of the township's villages that wait for its endorsement, first submitted first."""
    versions = session.scalars(
        select(Version)
        .join(Version.record)
        .join(Place, Place.id == Record.village_id)
        .where(Place.parent_id == township.id, Version.state.in_(IN_REVIEW), Version.review.contains(Step.ENDORSE))
        .options(ABOUT)
        .order_by(Version.submitted_at, Version.id)
    )
    return [one for one in versions if step_due(session, version=one, on=on) is Step.ENDORSE]


def filings_due(session: Session, *, township: Place, on: date) -> list[FilingDue]:
    """Return what of its villages the township has still to receive, earliest day first."""
    rows = session.execute(
        select(Filing, Version)
        .join(Filing.version)
        .join(Version.record)
        .join(Place, Place.id == Record.village_id)
        .where(Place.parent_id == township.id, Filing.filed_at.is_(None), Version.state == State.PUBLISHED)
        .options(ABOUT)
        .order_by(Filing.due, Filing.id)
    )
    return [FilingDue(filing=filing, version=version, is_late=filing.due < on) for filing, version in rows]


def township_version(session: Session, *, township: Place, key: str) -> Version | None:
    """Return the version of that random key where it belongs to the township and was submitted, or None."""
    return session.scalar(
        select(Version)
        .join(Version.record)
        .join(Place, Place.id == Record.village_id)
        .where(Version.key == key, Place.parent_id == township.id, Version.state != State.DRAFT)
        .options(ABOUT, selectinload(Version.events), selectinload(Version.remarks))
    )


def _received(session: Session, township: Place) -> list[Filing]:
    return list(
        session.scalars(
            select(Filing)
            .join(Filing.version)
            .join(Version.record)
            .join(Place, Place.id == Record.village_id)
            .where(Place.parent_id == township.id, Filing.filed_at.is_not(None))
            .options(selectinload(Filing.version).options(ABOUT))
            .order_by(Filing.filed_at.desc(), Filing.id.desc())
            .limit(RECENT)
        )
    )
