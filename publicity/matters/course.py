"""The course of a matter: how its deeds, replayed over its procedure, say where it stands. Shapes only; no database.

Words. A *path* names a step: node keys joined by `/`, from the embedding step inwards (`wuyi/show`). A *visit* is one
time that the matter stands at a step: loops count, so a step has visits of rounds 1, 2, …

How a course runs (replay and walking do it, tests/publicity/matters/test_independent.py does it anew):

1. It begins at START of the root procedure on the day it was opened. START passes at once to what follows.
2. A STEP or DECISION that is reached becomes active from that day. Reached again while active, nothing changes. A
   PREDEFINED step begins the procedure that it embeds at its START, under its own path, unless it is active already;
   it is left for what follows once nothing is active or waiting inside, on the day of the last end reached there. A
   procedure that is not in the plan, or that embeds itself, is not entered: its step is a STEP like any other. Whether
   anything is left is looked at once everything that passes by itself has passed; inner procedures are left first.
3. PARALLEL with one entry passes at once to all that follow. With several entries it waits until each arrow has been
   walked (set, not count), then passes on the latest of their days and forgets them.
4. END ends its branch. The matter is done when nothing is active or waits at a join; its day is that of the last end.
5. DONE (at a STEP) passes to all that follow on the day of the deed. DECIDED (at a DECISION) passes along the exits of
   that label. SKIPPED does the same with a reason (`words`), at a decision with the exit that is taken. HANDED_OVER, at
   an active step inside an embedded procedure, ends its branch there: the steps that follow outside do the rest.
6. Time limit: due on the day it became active plus `limit_days` (calendar or working days; the first day not counted).
   Without `limit_days` nothing is due. On a day after the due day an active visit is overdue by the days between.
7. MET, at an active step, is a meeting with its numbers. POSTED belongs to the newest visit of the step, active or
   past; TAKEN_DOWN ends the posting that hangs there. BUDGETED says what it may cost from now on, and for which amounts
   the procedure under which it then runs goes (`band`, as frozen in the deed: from, below, what this amount would ask).
8. The posting that a step demands: due `posting_days` days after the visit was done or decided (skipped and handed
   over ones demand none); met when it was put up by then, late when after, missing once the due day is over without it.
   It has to hang `days` days (as frozen in the deed): put up on day D it may come down on D + days.
9. MOVED goes on under another plan: every active path and every arrow walked to a join has to exist there, with the
   same kind. What ended before keeps the step of its time: its limit, its posting, and who had to carry it. STOPPED
   ends everything. VOIDED takes the last deed that stands as if it had never been; but what that deed itself told stays
   told, with its numbers and the reason for which it was taken back (TAKEN_BACK): a meeting that did not carry (too few
   came, or too few agreed), a posting that came down too early, a step passed over, a budget that is out of band.
10. Once a matter is done or stopped, only POSTED, TAKEN_DOWN and VOIDED may follow. Anything else that a course does
   not allow (a step that is not active, an exit that is none, a second posting while one hangs, a posting that the step
   does not demand, one that comes down before it went up) is refused.
11. On a past day only deeds that happened by then count, whenever they were entered; what was taken back counts on no
   day. Where that leaves some out, what the course does not allow without them is left out too. TAKEN_BACK is told from
   the day of the deed that was taken back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from publicity.matters.models import MatterDeed, MatterState
from village_lists.flowcharts.graph import Graph, Node
from village_lists.flowcharts.standings import Standing


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The procedures by which a matter runs: graphs by slug, and the slug of the outermost."""

    root: str
    graphs: Mapping[str, Graph]


@dataclass(frozen=True, kw_only=True)
class Move:
    """A deed as the replay reads it: the columns of MatterEvent that matter; `plan` for MOVED alone."""

    sequence: int
    deed: MatterDeed
    happened_on: date
    step: str = ""
    exit: str = ""
    words: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)
    plan: Plan | None = None


class VisitState(StrEnum):
    """How a visit stands or ended."""

    ACTIVE = "active"
    DONE = "done"
    SKIPPED = "skipped"
    HANDED_OVER = "handed_over"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True)
class HungPosting:
    """What hung for a visit: from which day, how many days it has to hang, until which day (None: hangs still).

    `sequence`, `taken_down_by`: the deeds that put it up and took it down.
    """

    posted_on: date
    days: int
    taken_down_on: date | None = None
    where: str = ""
    record: int | None = None
    sequence: int = 0
    taken_down_by: int | None = None


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting at a step: which body of the rule book, its numbers, whether they were enough, and the sums."""

    sequence: int
    on: date
    decision_body: str
    meeting: str
    due: int
    present: int
    in_favour: int
    passes: bool
    arithmetic: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One time that the matter stood at a step. `done_on` is the day it ended, however it ended; `due` its last day."""

    path: str
    round: int
    node: Node
    state: VisitState
    since: date
    due: date | None
    done_on: date | None = None
    exit: str = ""
    words: str = ""
    sequence: int | None = None
    meetings: tuple[Meeting, ...] = ()
    postings: tuple[HungPosting, ...] = ()


class FindingKind(StrEnum):
    """What the course tells about itself at once, to everybody."""

    SKIPPED = "skipped"
    SHORT = "short"
    HURRIED = "hurried"
    NO_QUORUM = "no_quorum"
    NO_VOTE = "no_vote"
    ORDER = "order"
    LATE = "late"
    BAND = "band"
    TAKEN_BACK = "taken_back"
    OVERDUE = "overdue"
    UNPOSTED = "unposted"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is not as the list says: a marked sentence with its numbers, at a step (path, round).

    What belongs to no step has path "" and round 0. `sequence`: the deed that it is about.

    SKIPPED a step passed over, with the reason. SHORT a posting came down too early. HURRIED the step was ended while
    its posting, put up before that day and not told as SHORT, still had to hang. NO_QUORUM a meeting where too few
    came (too few in favour is a result, not a fault). NO_VOTE a step that a deciding body has to carry was done without
    a meeting that carried it, or a decision was taken without any meeting, or as carried (data/exits.yaml) though none
    carried it. A meeting counts where that very body met, up to the day of the deed; a decision may go by the visit of
    the same body that ended last before it. ORDER ended before the day it was reached.
    LATE ended after its due day. OVERDUE not ended and the due day over. UNPOSTED a demanded posting that is missing or
    was put up late. BAND the budget was changed to an amount above those for which the procedure goes, or below them
    where it was not below before. TAKEN_BACK a deed was taken back that itself told something (rule 9).
    """

    kind: FindingKind
    path: str
    round: int
    words: str
    values: Mapping[str, object]
    sequence: int | None = None


class PostingState(StrEnum):
    """How a demanded posting stands on a day."""

    MET = "met"
    LATE = "late"
    MISSING = "missing"
    UPCOMING = "upcoming"


@dataclass(frozen=True, kw_only=True)
class PostingDuty:
    """A posting that a visit demands once it was done: what, by which day, how it stands."""

    path: str
    round: int
    what: str
    where: str
    due: date
    state: PostingState
    posted_on: date | None


@dataclass(frozen=True, kw_only=True)
class Course:
    """Where a matter stands on a day.

    `visits` in the order in which they were reached. `standings`: by the path of the procedure ("" for the root,
    `wuyi` for what the step `wuyi` embeds) the standing of each of its nodes by key, ready for the drawing: of its
    newest visit; START, END, PARALLEL and PREDEFINED too. `embedded`: by the same path the slug of the procedure.
    `is_stuck`: nothing is active but something waits at a join that nothing can reach any more.
    """

    state: MatterState
    closed_on: date | None
    budget_fen: int | None
    plan: Plan
    visits: tuple[Visit, ...]
    standings: Mapping[str, Mapping[str, Standing]]
    embedded: Mapping[str, str]
    findings: tuple[Finding, ...]
    posting_duties: tuple[PostingDuty, ...]
    is_stuck: bool

    @property
    def active(self) -> tuple[Visit, ...]:
        """Return the visits that are active, in the order in which they were reached."""
        return tuple(visit for visit in self.visits if visit.state is VisitState.ACTIVE)
