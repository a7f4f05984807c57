"""The one table of moves: which deed leads from which state to which, in the order of the rule book."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from publicity.records.models import Deed, State
from village_lists.people.models import PostKind


class Step(StrEnum):
    """A step of an order of review as the rule book writes it: who, and what."""

    SUBMIT = "clerk.submit"
    SUPERVISION = "supervision.approve"
    ORGANISER = "organiser.approve"
    CONFIRM = "secretary.confirm"
    ENDORSE = "township.endorse"

    @property
    def deed(self) -> Deed:
        """Return the deed that takes the step."""
        return Deed(self.value.rsplit(".", 1)[-1])


STATE_AFTER = {Deed.APPROVE: State.APPROVED, Deed.CONFIRM: State.CONFIRMED, Deed.ENDORSE: State.ENDORSED}
REVIEWS = frozenset(STATE_AFTER)
IN_REVIEW = frozenset({State.SUBMITTED, State.APPROVED, State.CONFIRMED, State.ENDORSED})
POSTS_FOR = {
    Step.SUBMIT: frozenset({PostKind.CLERK}),
    Step.SUPERVISION: frozenset({PostKind.SUPERVISION_HEAD}),
    Step.ORGANISER: frozenset({PostKind.ORGANISER}),
    Step.CONFIRM: frozenset({PostKind.SECRETARY, PostKind.DIRECTOR}),
    Step.ENDORSE: frozenset({PostKind.TOWNSHIP_AUDITOR}),
}
# Before orders were written down with the version there were these two reviews alone.
FORMER = (Step.SUPERVISION, Step.CONFIRM)


def review_order(names: Sequence[str]) -> tuple[Step, ...]:
    """Return the reviews in the order that the rule book gives, e.g. ["clerk.submit", "supervision.approve", …].

    Raise ValueError unless one approval (by the supervision or by the organiser) and one confirmation come after the
    submission; the township may endorse once, at any place after it.
    """
    steps = [Step(name) for name in names]
    order = tuple(step for step in steps if step is not Step.SUBMIT)
    deeds = [step.deed for step in order]
    is_first = Step.SUBMIT not in steps or (steps[0] is Step.SUBMIT and steps.count(Step.SUBMIT) == 1)
    if not is_first or deeds.count(Deed.APPROVE) != 1 or deeds.count(Deed.CONFIRM) != 1 or len(set(deeds)) < len(deeds):
        raise ValueError(f"an order of review holds one approval and one confirmation after submit, not {names}")
    return order


def written(order: Sequence[Step]) -> str:
    """Return an order of review as a version keeps it; `kept_order` reads it."""
    return " ".join(order)


def kept_order(review: str) -> tuple[Step, ...]:
    """Return the order that a version keeps; ValueError for what is none."""
    return review_order(review.split())


def order_going_on(done: Sequence[Deed], order: Sequence[Step]) -> tuple[Step, ...]:
    """Return the order of an older version that keeps none: what was done first, then what is left, as ruled now.

    `done` are its valid reviews in their sequence. So a change of the rule never leaves it where nobody takes it up.
    """
    first = [step for deed in done for step in FORMER if step.deed is deed]
    rest = sorted(
        (step for step in FORMER if step not in first),
        key=lambda step: next((place for place, each in enumerate(order) if each.deed is step.deed), 0),
    )
    return (*first, *rest)


def transitions(order: Sequence[Step]) -> dict[tuple[State, Deed], State]:
    """Return every allowed move for an order of review; the last review publishes, there is no separate press."""
    table: dict[tuple[State, Deed], State] = {(State.DRAFT, Deed.SUBMIT): State.SUBMITTED}
    before = State.SUBMITTED
    for step in order:
        table[before, Deed.RETURN] = State.DRAFT
        after = State.PUBLISHED if step is order[-1] else STATE_AFTER[step.deed]
        table[before, step.deed] = after
        before = after
    table[State.PUBLISHED, Deed.SUPERSEDE] = State.CORRECTED
    table[State.PUBLISHED, Deed.WITHDRAW] = State.WITHDRAWN
    return table


def review_due(state: State, order: Sequence[Step]) -> Step | None:
    """Return the step of review that a version in this state waits for, or None."""
    table = transitions(order)
    return next((step for step in order if (state, step.deed) in table), None)


def may_do(step: Step, *, post: PostKind, is_substitute: bool) -> bool:
    """Say whether a post carries the step; the director confirms only when named the secretary's substitute."""
    if post not in POSTS_FOR[step]:
        return False
    return post is not PostKind.DIRECTOR or is_substitute


def carries_any(post: PostKind, *, is_substitute: bool, steps: Collection[Step]) -> bool:
    """Say whether a post carries any of these steps."""
    return any(may_do(step, post=post, is_substitute=is_substitute) for step in steps)
