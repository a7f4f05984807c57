"""What residents and officials read of matters: lists with where each stands, and one matter with its whole story.

Officials read the same with names in full (`is_masked` False).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from publicity.codes.models import TargetKind
from publicity.codes.queries import code_for
from publicity.holdings.models import ContractSide
from publicity.holdings.queries import DEBTS, contracts_of
from publicity.ledgers.contract_prices import cut_by_end
from publicity.ledgers.tied import matter_money, payments_of
from publicity.matters.choices import later_procedure
from publicity.matters.course import Course, PostingDuty, PostingState, Visit
from publicity.matters.courses import course_for
from publicity.matters.models import Matter
from publicity.matters.queries import matter_by_number, records_tied
from publicity.records.rules import LARGEST_NUMBER
from publicity.workflow.matter_lists import MatterLine, StandsAt, line_of, matter_lines, stands_at
from publicity.workflow.matter_questions import holding_editions_of, item_names, shown_evidence
from publicity.workflow.matter_story import (
    Cover,
    DeedLine,
    Paper,
    StoryDay,
    covered,
    step_numbers,
    step_titles,
    story_of,
)
from publicity.workflow.matter_words import MatterWords
from publicity.workflow.public_records import RecordCard, record_cards
from village_lists.places.models import Place
from village_lists.powers.queries import item_line

__all__ = ["MatterLine", "StandsAt", "item_names", "line_of", "matter_lines", "shown_evidence", "stands_at"]


@dataclass(frozen=True, kw_only=True)
class FoundLine:
    """One thing that is not as the list says: a whole sentence with its values, at a step of the story."""

    kind: str
    words: str
    values: Mapping[str, object]
    path: str
    sequence: int | None


@dataclass(frozen=True, kw_only=True)
class HungLine:
    """A posting of a step: what was demanded, when it was put up and taken down, how long it had to hang."""

    path: str
    title: str
    what: str
    where: str
    posted_on: date
    days: int
    until: date
    taken_down_on: date | None
    record: int | None


@dataclass(frozen=True, kw_only=True)
class ContractLine:
    """A contract under a matter as the register confirms it; `total_fen` None where it names no sum.

    `ended_fen` is what an early end cut from it.
    """

    number: int
    title: str
    party: str
    is_to_pay: bool
    signed_on: date | None
    total_fen: int | None
    paid_fen: int
    ended_fen: int = 0


@dataclass(frozen=True, kw_only=True)
class HoldingLine:
    """An asset or resource that the village has, or no longer has, by a matter; `deed` says which (HoldingDeed).

    What is owed is left out: its name may name who owes.
    """

    number: int
    name: str
    deed: str
    on: date


@dataclass(frozen=True, kw_only=True)
class MatterPage:
    """One matter as a page shows it.

    `findings` in the order of the course; `story` by day; `hung` what was posted, `duties` what has still to be;
    `papers` all that stands behind the deeds, each with the deed's sequence; `records` what is tied to it with the path
    of its step; `contracts` and `holdings` by the confirmed registers; `later` names the procedure in the list now in
    force where that is another version, or is None. `steps` gives number and title by path. `short_code` is its printed
    code, None where it has none. `cover` masks further words for this reader.
    """

    line: MatterLine
    course: Course
    procedure: str
    version: str
    version_number: int
    is_sample: bool
    later: str | None
    funding: str
    findings: tuple[FoundLine, ...]
    story: tuple[StoryDay, ...]
    hung: tuple[HungLine, ...]
    duties: tuple[PostingDuty, ...]
    papers: tuple[tuple[int, Paper], ...]
    records: tuple[tuple[str, RecordCard], ...]
    contracts: tuple[ContractLine, ...]
    holdings: tuple[HoldingLine, ...]
    steps: Mapping[str, tuple[int | None, str]]
    short_code: str | None
    cover: Cover

    def deeds_at(self, path: str) -> tuple[DeedLine, ...]:
        """Return the deeds at a step that count, in the order of the story."""
        deeds = (deed for day in self.story for deed in day.deeds)
        return tuple(deed for deed in deeds if deed.sequence and deed.path == path and not deed.is_taken_back)

    @property
    def upcoming(self) -> tuple[PostingDuty, ...]:
        """Return the postings that are demanded and may still be in time; missing ones are findings."""
        return tuple(duty for duty in self.duties if duty.state is PostingState.UPCOMING)


def matter_page(
    session: Session, *, village: Place, number: int, on: date, is_masked: bool = True
) -> MatterPage | None:
    """Return one matter with its whole story as it stands on a day, or None where the village has none so numbered."""
    matter = matter_by_number(session, village=village, number=number) if number <= LARGEST_NUMBER else None
    if matter is None:
        return None
    course = course_for(session, matter=matter, on=on)
    words = MatterWords(session, village=village, matters=[matter.id], on=on, with_records=True)
    cover: Cover = words.text if is_masked else str
    item = item_line(session, version_id=matter.list_version_id, code=matter.item_code)
    story, numbers = story_of(matter, course, cover=cover), step_numbers(course)
    newer = later_procedure(session, matter=matter)
    money = matter_money(session, matters=[matter], on=on, courses={matter.id: course})[matter.id]
    return MatterPage(
        line=line_of(matter, course, item_name=item.name if item else "", money=money, on=on, cover=cover),
        course=course,
        procedure=matter.procedure.title,
        version=matter.list_version.title,
        version_number=matter.list_version.number,
        is_sample=matter.list_version.is_sample,
        later=newer.title if newer else None,
        funding=cover(matter.funding),
        findings=tuple(
            FoundLine(
                kind=one.kind.value,
                words=one.words,
                values=covered(one.values, cover),
                path=one.path,
                sequence=one.sequence,
            )
            for one in course.findings
        ),
        story=story,
        hung=tuple(_hung(course.visits, cover)),
        duties=tuple(duty for duty in course.posting_duties if duty.posted_on is None),
        papers=tuple(
            (deed.sequence, paper)
            for told in story
            for deed in told.deeds
            if deed.sequence is not None and not deed.is_taken_back
            for paper in deed.papers
        ),
        records=_records(session, matter),
        contracts=tuple(_contracts(session, matter, on, cover)),
        holdings=tuple(_holdings(session, matter, on)),
        steps={path: (numbers.get(path), title) for path, title in step_titles(course).items()},
        short_code=code_for(session, village=village, kind=TargetKind.MATTER, target=str(number)),
        cover=cover,
    )


def _hung(visits: Sequence[Visit], cover: Cover) -> list[HungLine]:
    return [
        HungLine(
            path=visit.path,
            title=visit.node.title,
            what=visit.node.posting.what if visit.node.posting else "",
            where=cover(posting.where),
            posted_on=posting.posted_on,
            days=posting.days,
            until=posting.posted_on + timedelta(days=posting.days),
            taken_down_on=posting.taken_down_on,
            record=posting.record,
        )
        for visit in visits
        for posting in visit.postings
    ]


def _records(session: Session, matter: Matter) -> tuple[tuple[str, RecordCard], ...]:
    """Return the public records that are tied to the matter, each with the path of its step."""
    tied = records_tied(session, matter=matter)
    if not tied:
        return ()
    cards = {card.number: card for card in record_cards(session, village=matter.village)}
    return tuple((one.step, cards[one.record.number]) for one in tied if one.record.number in cards)


def _contracts(session: Session, matter: Matter, on: date, cover: Cover) -> list[ContractLine]:
    views = [
        (view, view.edition)
        for view in contracts_of(session, village=matter.village, on=on)
        if view.edition is not None and matter.id in {one.matter_id for one in view.contract.editions}
    ]
    paid = payments_of(session, contracts=[view.contract.id for view, _ in views])
    return [
        ContractLine(
            number=view.contract.number,
            title=cover(edition.title),
            party=cover(edition.party),
            is_to_pay=view.contract.side is ContractSide.PAY,
            signed_on=edition.signed_on,
            total_fen=edition.total_fen,
            paid_fen=edition.paid_before_fen + sum(one.fen for one in paid[view.contract.id]),
            ended_fen=cut_by_end(edition),
        )
        for view, edition in views
    ]


def _holdings(session: Session, matter: Matter, on: date) -> list[HoldingLine]:
    return [
        HoldingLine(number=one.holding.number, name=one.name, deed=one.deed.value, on=one.valid_from)
        for one in holding_editions_of(session, matter=matter, on=on)
        if one.holding.kind not in DEBTS
    ]
