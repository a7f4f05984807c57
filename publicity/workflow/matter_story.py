"""The story of a matter: its deeds in whole sentences, with meetings, postings and papers. Pure.

Free words pass `cover` (publicity.workflow.matter_words); names of officials stand in full, as they were frozen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from publicity.matters.course import Course, Meeting, Visit
from publicity.matters.models import Evidence, Matter, MatterDeed, MatterEvent
from publicity.matters.rules import papers_after_check, taken_back_in
from publicity.records.pages import POST_WORDS
from village_lists.amounts import exact
from village_lists.documents.models import DocumentKind
from village_lists.flowcharts.order import in_reading_order
from village_lists.flowcharts.tell import numbers_of
from village_lists.markers import N_
from village_lists.powers.resolutions import SHORT, FrozenRow, thawed

Cover = Callable[[str], str]
Told = tuple[str, Mapping[str, object]]

SENTENCES = {
    MatterDeed.DONE: N_("办完「%(step)s」"),
    MatterDeed.DECIDED: N_("「%(step)s」的结果：%(exit)s"),
    MatterDeed.SKIPPED: N_("跳过「%(step)s」，没有办"),
    MatterDeed.HANDED_OVER: N_("「%(step)s」交给后面的步骤来办"),
    MatterDeed.MET: N_("「%(step)s」开会：%(meeting)s"),
    MatterDeed.POSTED: N_("贴出「%(step)s」的公示，贴在%(where)s，要贴满 %(days)d 天"),
    MatterDeed.TAKEN_DOWN: N_("取下「%(step)s」的公示"),
    MatterDeed.BUDGETED: N_("预算改为 %(amount)s"),
    MatterDeed.MOVED: N_("改按后一版清单的流程往下办"),
    MatterDeed.STOPPED: N_("停办"),
    MatterDeed.VOIDED: N_("撤回第 %(sequence)d 条登记"),
}
NO_BUDGET = N_("预算不再定数")
PARTY_MEETING = N_("党员大会是村党组织的会，不算村民委员会的会，也不算村集体经济组织的会")
OPENED = N_("立项：%(title)s")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper or photo behind a deed; `is_shown`: everybody may have it, else it stays with the village (村里存档).

    `is_unchecked`: it was added after the supervision committee had checked the deed.
    """

    key: str
    name: str
    is_photo: bool
    is_shown: bool
    is_unchecked: bool = False


@dataclass(frozen=True, kw_only=True)
class MeetingSums:
    """A meeting in numbers: every sum with its values and whether there were enough, and the rows they rest on.

    `belongs`: whose meeting it is where it is of neither body of the village, a marked sentence; else "".
    """

    due: int
    present: int
    in_favour: int
    passes: bool
    sums: tuple[tuple[str, Mapping[str, object], bool], ...]
    rows: tuple[FrozenRow, ...]
    belongs: str = ""


@dataclass(frozen=True, kw_only=True)
class DeedLine:
    """A deed in the story. `words` with `values` is its sentence (days in the values are dates), `note` what was said.

    `sequence` is None for the opening. `checked_by` is who of the supervision committee checked it, "" while nobody
    did; `is_taken_back`: a later deed took it back; `finding`: what of it is not as the list says, in sentences.
    `until` is the day until which a posting has to hang; `record` the number of the record that is the same on the web.
    """

    sequence: int | None
    deed: MatterDeed | None
    on: date
    at: datetime
    name: str
    post: str
    words: str
    values: Mapping[str, object]
    path: str = ""
    number: int | None = None
    note: str = ""
    checked_by: str = ""
    is_taken_back: bool = False
    meeting: MeetingSums | None = None
    until: date | None = None
    record: int | None = None
    papers: tuple[Paper, ...] = ()
    findings: tuple[Told, ...] = ()

    @property
    def unchecked_papers(self) -> int:
        """Return how many of its papers were added after the supervision committee had checked it."""
        return sum(paper.is_unchecked for paper in self.papers)

    @property
    def needs_check(self) -> bool:
        """Say whether a member of the supervision committee has still to look at it."""
        return self.sequence is not None and not self.checked_by


@dataclass(frozen=True, kw_only=True)
class StoryDay:
    """What happened on one day, in the order in which it was entered."""

    on: date
    deeds: tuple[DeedLine, ...]


def story_of(matter: Matter, course: Course, *, cover: Cover = str) -> tuple[StoryDay, ...]:
    """Return the deeds of a matter by the day on which they happened, the opening first."""
    lines = [_opening(matter, cover), *deed_lines(matter, course, cover=cover)]
    days: dict[date, list[DeedLine]] = {}
    for line in sorted(lines, key=lambda line: (line.on, line.sequence or 0)):
        days.setdefault(line.on, []).append(line)
    return tuple(StoryDay(on=on, deeds=tuple(found)) for on, found in days.items())


def deed_lines(matter: Matter, course: Course, *, cover: Cover = str) -> list[DeedLine]:
    """Return the deeds of a matter in the order in which they were entered."""
    numbers = step_numbers(course)
    titles = step_titles(course)
    meetings = {meeting.sequence: meeting for visit in course.visits for meeting in visit.meetings}
    taken_back = taken_back_in(matter.events)
    findings: dict[int, list[Told]] = {}
    for finding in course.findings:
        if finding.sequence is not None:
            findings.setdefault(finding.sequence, []).append((finding.words, covered(finding.values, cover)))
    return [
        DeedLine(
            sequence=event.sequence,
            deed=event.deed,
            on=event.happened_on,
            at=event.at,
            name=event.name,
            post=POST_WORDS[event.post],
            words=_sentence(event),
            values=_values(event, titles, cover),
            path=event.step,
            number=numbers.get(event.step),
            note=cover(event.words),
            checked_by=event.checked_name,
            is_taken_back=event.sequence in taken_back,
            meeting=sums_of(meetings[event.sequence]) if event.sequence in meetings else None,
            until=_until(event),
            record=event.content.get("record") if event.deed is MatterDeed.POSTED else None,
            papers=_papers(event, cover, is_taken_back=event.sequence in taken_back),
            findings=tuple(findings.get(event.sequence, ())),
        )
        for event in matter.events
    ]


def _opening(matter: Matter, cover: Cover) -> DeedLine:
    return DeedLine(
        sequence=None,
        deed=None,
        on=matter.opened_on,
        at=matter.opened_at,
        name=matter.opened_name,
        post=POST_WORDS_OF_OPENING,
        words=OPENED,
        values={"title": cover(matter.title)},
    )


POST_WORDS_OF_OPENING = N_("报账员")
"""Only a clerk opens a matter (publicity.matters.opening.open_matter)."""


def _sentence(event: MatterEvent) -> str:
    if event.deed is MatterDeed.BUDGETED and event.content.get("budget_fen") is None:
        return NO_BUDGET
    return SENTENCES[event.deed]


def _values(event: MatterEvent, titles: Mapping[str, str], cover: Cover) -> dict[str, object]:
    said = event.content
    values: dict[str, object] = {"step": titles.get(event.step, event.step)}
    if event.deed is MatterDeed.DECIDED:
        values["exit"] = event.exit
    elif event.deed is MatterDeed.MET:
        values["meeting"] = cover(str(said["meeting"]))
    elif event.deed is MatterDeed.POSTED:
        values |= {"where": cover(str(said.get("where", ""))), "days": int(said["days"])}
    elif event.deed is MatterDeed.BUDGETED and said.get("budget_fen") is not None:
        values["amount"] = exact(int(said["budget_fen"]))
    elif event.deed is MatterDeed.VOIDED:
        values["sequence"] = int(said["sequence"])
    return values


def _until(event: MatterEvent) -> date | None:
    if event.deed is not MatterDeed.POSTED:
        return None
    return event.happened_on + timedelta(days=int(event.content["days"]))


def sums_of(meeting: Meeting) -> MeetingSums:
    """Return a meeting with every sum that was computed when it was entered, and the rows of the rule book."""
    arithmetic = thawed(meeting.arithmetic)
    return MeetingSums(
        due=meeting.due,
        present=meeting.present,
        in_favour=meeting.in_favour,
        passes=meeting.passes,
        sums=tuple((words, values, not words.endswith(SHORT)) for words, values in arithmetic.sentences),
        rows=arithmetic.rows,
        belongs=PARTY_MEETING if meeting.decision_body == "party" else "",
    )


def _papers(event: MatterEvent, cover: Cover, *, is_taken_back: bool) -> tuple[Paper, ...]:
    unchecked = papers_after_check(event)
    return tuple(
        _paper(one, cover, is_unchecked=one in unchecked, is_taken_back=is_taken_back) for one in event.evidence
    )


def _paper(evidence: Evidence, cover: Cover, *, is_unchecked: bool, is_taken_back: bool) -> Paper:
    """Return a paper as the story names it; everybody may have what was let out of a deed that stands."""
    document = evidence.original
    return Paper(
        key=evidence.key,
        name=cover(evidence.name),
        is_photo=document.kind is DocumentKind.PHOTO,
        is_shown=evidence.is_checked and evidence.shown_id is not None and not is_taken_back,
        is_unchecked=is_unchecked,
    )


def covered(values: Mapping[str, object], cover: Cover) -> dict[str, object]:
    """Return the values of a finding with what somebody wrote covered; all else as it is."""
    return {
        name: cover(one) if name in {"reason", "former_reason", "meeting"} and isinstance(one, str) else one
        for name, one in values.items()
    }


def step_numbers(course: Course) -> dict[str, int]:
    """Return by path the number that a step has in the chart of its own procedure."""
    return {
        f"{path}/{key}".lstrip("/"): number
        for path, slug in course.embedded.items()
        for key, number in numbers_of(in_reading_order(course.plan.graphs[slug])).items()
    }


def step_titles(course: Course) -> dict[str, str]:
    """Return by path what each step is called; of steps that a later procedure no longer has, as it was then."""
    found = {visit.path: visit.node.title for visit in course.visits}
    for path, slug in course.embedded.items():
        for node in course.plan.graphs[slug].nodes:
            found.setdefault(f"{path}/{node.key}".lstrip("/"), node.title)
    return found


def inside_of(visit: Visit, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return the titles of the steps that embed the procedure of a visit, the outermost first."""
    keys = visit.path.split("/")
    return tuple(titles["/".join(keys[:count])] for count in range(1, len(keys)))


def by_sequence(lines: Sequence[DeedLine]) -> dict[int, DeedLine]:
    """Return the deeds by their sequence."""
    return {line.sequence: line for line in lines if line.sequence is not None}
