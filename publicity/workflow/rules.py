"""The one table of moves: which deed leads from which state to which, in the order of the rule book."""

from collections.abc import Sequence

from publicity.records.models import Deed, State
from village_lists.people.models import PostKind

STATE_AFTER = {Deed.APPROVE: State.APPROVED, Deed.CONFIRM: State.CONFIRMED}
IN_REVIEW = frozenset({State.SUBMITTED, State.APPROVED, State.CONFIRMED})
POSTS_FOR = {
    Deed.SUBMIT: frozenset({PostKind.CLERK}),
    Deed.APPROVE: frozenset({PostKind.SUPERVISION_HEAD}),
    Deed.CONFIRM: frozenset({PostKind.SECRETARY, PostKind.DIRECTOR}),
}


def review_order(names: Sequence[str]) -> tuple[Deed, ...]:
    """Return the reviews in the order that the rule book gives, e.g. ["clerk.submit", "supervision.approve", …].

    Raise ValueError unless approve and confirm come once each, after the submission.
    """
    deeds = [Deed(name.rsplit(".", 1)[-1]) for name in names]
    order = tuple(deed for deed in deeds if deed != Deed.SUBMIT)
    if sorted(order) != [Deed.APPROVE, Deed.CONFIRM] or (Deed.SUBMIT in deeds and deeds[0] != Deed.SUBMIT):
        raise ValueError(f"review order must hold approve and confirm once each after submit, not {names}")
    return order


def transitions(order: Sequence[Deed]) -> dict[tuple[State, Deed], State]:
    """Return every allowed move for an order of review; the last review publishes, there is no separate press."""
    table: dict[tuple[State, Deed], State] = {(State.DRAFT, Deed.SUBMIT): State.SUBMITTED}
    before = State.SUBMITTED
    for deed in order:
        table[before, Deed.RETURN] = State.DRAFT
        after = State.PUBLISHED if deed == order[-1] else STATE_AFTER[deed]
        table[before, deed] = after
        before = after
    table[State.PUBLISHED, Deed.SUPERSEDE] = State.CORRECTED
    return table


def review_due(state: State, order: Sequence[Deed]) -> Deed | None:
    """Return the review that a version in this state waits for, or None."""
    for (before, deed), _after in transitions(order).items():
        if before == state and deed in STATE_AFTER:
            return deed
    return None


def may_do(deed: Deed, *, post: PostKind, is_substitute: bool) -> bool:
    """Say whether a post carries the deed; the director confirms only when named the secretary's substitute."""
    if post not in POSTS_FOR[deed]:
        return False
    return post != PostKind.DIRECTOR or is_substitute


def deeds_of(post: PostKind, *, is_substitute: bool) -> tuple[Deed, ...]:
    """Return the deeds that a post carries."""
    return tuple(deed for deed in POSTS_FOR if may_do(deed, post=post, is_substitute=is_substitute))
