"""The postings that the steps of a matter demand: by when, and how they stand. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

from publicity.matters.course import PostingDuty, PostingState, Visit, VisitState


def posting_duties_of(visits: Sequence[Visit], *, posting_days: int | None, on: date) -> tuple[PostingDuty, ...]:
    """Return the posting that each visit that was done demands, in the order of the visits.

    `posting_days` counts from the day the visit was done; without it nothing is due.
    """
    if posting_days is None:
        return ()
    found = []
    for visit in visits:
        demanded = visit.node.posting
        if demanded is None or visit.state is not VisitState.DONE or visit.done_on is None:
            continue
        due = visit.done_on + timedelta(days=posting_days)
        posted_on = visit.postings[0].posted_on if visit.postings else None
        found.append(
            PostingDuty(
                path=visit.path,
                round=visit.round,
                what=demanded.what,
                where=demanded.where,
                due=due,
                state=_state(posted_on, due=due, on=on),
                posted_on=posted_on,
            )
        )
    return tuple(found)


def _state(posted_on: date | None, *, due: date, on: date) -> PostingState:
    if posted_on is not None:
        return PostingState.MET if posted_on <= due else PostingState.LATE
    return PostingState.MISSING if on > due else PostingState.UPCOMING
