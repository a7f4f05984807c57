"""What the course of a matter tells about itself at once: in whole sentences with their numbers. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from publicity.matters.course import Finding, FindingKind, Meeting, PostingDuty, PostingState, Visit, VisitState
from publicity.matters.meetings import carries, vote_body_of
from village_lists.flowcharts.graph import NodeKind
from village_lists.markers import N_
from village_lists.places.models import BodyKind

ENDED = {VisitState.DONE, VisitState.HANDED_OVER}


def findings_of(
    visits: Sequence[Visit], duties: Sequence[PostingDuty], *, body_kind: BodyKind, on: date
) -> tuple[Finding, ...]:
    """Return everything that is not as the list says, in the order of the visits.

    `body_kind`: whose matter it is. Who has to carry a step is read from the step as it was when the visit ended: a
    later procedure does not judge what was done before it. Days in the values are dates.
    """
    missing = {(duty.path, duty.round): duty for duty in duties}
    found: list[Finding] = []
    voting = {(one.path, one.round): vote_body_of(one.node, body_kind) for one in visits}
    heard = _heard(visits, voting)
    for visit in visits:
        key = (visit.path, visit.round)
        found += _of_meetings(visit)
        found += _of_postings(visit)
        found += _of_end(visit, is_asked=voting[key] is not None, carried=heard.get(key), on=on)
        duty = missing.get(key)
        found += _of_duty(visit, duty, on=on) if duty else ()
    return tuple(found)


def _heard(visits: Sequence[Visit], voting: dict[tuple[str, int], str | None]) -> dict[tuple[str, int], bool]:
    """Return by visit (path, round) whether those who have to carry it did; not those for which they never met.

    A meeting counts where that very body met, up to the day the visit ended. A decision without a meeting of its own
    goes by the visit of the same body that ended last before it.
    """
    found: dict[tuple[str, int], bool] = {}
    last: dict[str, bool | None] = {}
    ended = [visit for visit in visits if visit.sequence is not None]
    for visit in sorted(ended, key=lambda one: one.sequence or 0):
        body = voting[visit.path, visit.round]
        if body is None:
            continue
        own = [one for one in visit.meetings if one.decision_body == body and one.on <= (visit.done_on or one.on)]
        carried = any(one.passes for one in own) if own else None
        if not own and visit.node.kind is NodeKind.DECISION:
            carried = last.get(body)
        last[body] = carried
        if carried is not None:
            found[visit.path, visit.round] = carried
    return found


def needed_present(meeting: Meeting) -> int:
    """Return how many people had to come, as the rule book said on that day; 0 where it asks for none."""
    return int(meeting.arithmetic.get("needed_present", 0))


def _finding(visit: Visit, kind: FindingKind, words: str, *, sequence: int | None = None, **values: object) -> Finding:
    return Finding(
        kind=kind,
        path=visit.path,
        round=visit.round,
        words=words,
        values={"step": visit.node.title, **values},
        sequence=sequence,
    )


def _of_meetings(visit: Visit) -> Iterator[Finding]:
    for meeting in visit.meetings:
        needed = needed_present(meeting)
        if meeting.present < needed:
            yield _finding(
                visit,
                FindingKind.NO_QUORUM,
                N_(
                    "「%(step)s」%(day)s的%(meeting)s人数不够：应到 %(due)d 人，到会至少要 %(needed)d 人，"
                    "实到 %(present)d 人，少 %(short)d 人"
                ),
                sequence=meeting.sequence,
                day=meeting.on,
                meeting=meeting.meeting,
                due=meeting.due,
                needed=needed,
                present=meeting.present,
                short=needed - meeting.present,
            )


def _of_postings(visit: Visit) -> Iterator[Finding]:
    for posting in visit.postings:
        until = posting.posted_on + timedelta(days=posting.days)
        down = posting.taken_down_on
        if down is not None and down < until:
            yield _finding(
                visit,
                FindingKind.SHORT,
                N_("「%(step)s」要公示满 %(days)d 天：%(up)s贴出，%(down)s取下，只有 %(found)d 天，少 %(short)d 天"),
                sequence=posting.sequence,
                days=posting.days,
                up=posting.posted_on,
                down=down,
                found=(down - posting.posted_on).days,
                short=(until - down).days,
            )
        elif visit.done_on is not None and visit.state in ENDED and posting.posted_on < visit.done_on < until:
            yield _finding(
                visit,
                FindingKind.HURRIED,
                N_(
                    "「%(step)s」要公示满 %(days)d 天：%(up)s贴出，%(done)s就往下走了，只等了 %(found)d 天，"
                    "少 %(short)d 天"
                ),
                sequence=posting.sequence,
                days=posting.days,
                up=posting.posted_on,
                done=visit.done_on,
                found=(visit.done_on - posting.posted_on).days,
                short=(until - visit.done_on).days,
            )


def _of_end(visit: Visit, *, is_asked: bool, carried: bool | None, on: date) -> Iterator[Finding]:
    done, due = visit.done_on, visit.due
    if visit.state is VisitState.SKIPPED:
        words = N_("「%(step)s」没有办，跳过去了，原因：%(reason)s")
        yield _finding(visit, FindingKind.SKIPPED, words, sequence=visit.sequence, reason=visit.words)
    if visit.state is VisitState.ACTIVE:
        if due is not None and on > due:
            words = N_("「%(step)s」%(due)s前要办完，到%(on)s超过 %(days)d 天")
            yield _finding(visit, FindingKind.OVERDUE, words, due=due, on=on, days=(on - due).days)
        return
    needs = visit.node.kind is not NodeKind.DECISION or carries(visit.exit)
    if visit.state is VisitState.DONE and is_asked and (carried is None or (needs and not carried)):
        words = N_("「%(step)s」要开会决定，没有登记人数够、多数同意的会议就往下走了")
        if carried is None:
            words = N_("「%(step)s」要开会决定，没有登记应到、到会和同意的人数")
        yield _finding(visit, FindingKind.NO_VOTE, words, sequence=visit.sequence)
    if done is not None and visit.state is not VisitState.STOPPED and done < visit.since:
        words = N_("「%(step)s」登记在 %(done)s，比上一步办完的 %(since)s 早，先后次序不对")
        yield _finding(visit, FindingKind.ORDER, words, sequence=visit.sequence, done=done, since=visit.since)
    if done is not None and due is not None and visit.state in ENDED and done > due:
        words = N_("「%(step)s」%(due)s前要办完，%(done)s才办完，晚了 %(days)d 天")
        days = (done - due).days
        yield _finding(visit, FindingKind.LATE, words, sequence=visit.sequence, due=due, done=done, days=days)


def _of_duty(visit: Visit, duty: PostingDuty, *, on: date) -> Iterator[Finding]:
    if duty.state is PostingState.MISSING:
        words = N_("「%(step)s」办完后要公示「%(what)s」，%(due)s前要贴出，现在还没有，超过 %(days)d 天")
        days = (on - duty.due).days
        yield _finding(visit, FindingKind.UNPOSTED, words, what=duty.what, due=duty.due, days=days)
    elif duty.state is PostingState.LATE and duty.posted_on is not None:
        words = N_("「%(step)s」办完后要公示「%(what)s」，%(due)s前要贴出，%(posted)s才贴出，晚了 %(days)d 天")
        days = (duty.posted_on - duty.due).days
        yield _finding(
            visit, FindingKind.UNPOSTED, words, what=duty.what, due=duty.due, posted=duty.posted_on, days=days
        )
