"""What the page of a matter says: the findings at once, the story by day, names covered, papers let out or kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from publicity.matters.actions import stop_matter, take_back
from publicity.matters.deeds import record_deed
from publicity.matters.evidence import add_evidence, show_evidence
from publicity.matters.models import Matter, MatterDeed, MatterState
from publicity.matters.opening import open_matter
from publicity.workflow.matter_pages import MatterPage, matter_lines, matter_page, shown_evidence
from tests.cast import Cast, Places
from tests.factories import at, make_list, make_people, make_place_tree
from tests.publicity.workflow.road import REASON, TITLE, TODAY, build_road, pay_road
from village_lists.documents.actions import Readable, keep_readable
from village_lists.documents.models import DocumentKind


@dataclass(frozen=True)
class Road:
    """The road with the village around it."""

    session: Session
    places: Places
    cast: Cast
    matter: Matter

    def page(self, *, is_masked: bool = True) -> MatterPage:
        """Return its page today."""
        number = self.matter.number
        page = matter_page(self.session, village=self.places.stone, number=number, on=TODAY, is_masked=is_masked)
        assert page is not None
        return page


@pytest.fixture
def road(session: Session) -> Road:
    places = make_place_tree(session)
    cast = make_people(session, places)
    make_list(session, villages=[places.stone])
    return Road(session, places, cast, build_road(session, places, cast))


def test_the_three_faults_are_told_at_once_with_numbers(road: Road) -> None:
    page = road.page()
    told = [one.words % one.values for one in page.findings]
    assert any("2026-04-05取下，只有 9 天，少 6 天" in words for words in told)
    assert any(f"没有办，跳过去了，原因：{REASON}" in words for words in told)
    assert any("到会至少要 31 人，实到 28 人，少 3 人" in words for words in told)
    # A meeting shows every sum and the rules behind it.
    deeds = [deed for day in page.story for deed in day.deeds]
    failed, carried = [deed.meeting for deed in deeds if deed.meeting]
    assert (failed.passes, carried.passes) == (False, True)
    assert [is_enough for _words, _values, is_enough in failed.sums] == [False, True]
    assert failed.rows
    assert failed.belongs == "党员大会是村党组织的会，不算村民委员会的会，也不算村集体经济组织的会"


def test_the_story_goes_by_day_and_tells_who_entered_and_who_checked(road: Road) -> None:
    page = road.page()
    story = page.story
    assert [day.on for day in story] == sorted({day.on for day in story})
    opening, first, second = [deed for day in story for deed in day.deeds][:3]
    assert (opening.name, opening.needs_check) == ("李国强", False)
    assert (first.checked_by, first.needs_check) == ("王永根", False)
    assert (second.checked_by, second.needs_check) == ("", True)
    (now,) = page.line.now
    assert (now.number, now.title, now.since) == (8, "监理和现场监督", date(2026, 6, 5))
    assert (now.due, now.days_late) == (date(2026, 12, 2), 0)


def test_a_paper_is_public_only_when_somebody_let_it_out(road: Road) -> None:
    papers = {paper.name: paper for _sequence, paper in road.page().papers}
    assert {name: paper.is_shown for name, paper in papers.items()} == {"实施方案": True, "联席会议记录": False}
    stone, number = road.places.stone, road.matter.number
    shown = shown_evidence(road.session, village=stone, number=number, key=papers["实施方案"].key)
    assert shown is not None
    assert shown.content == "%PDF-1.4 实施方案".encode()
    assert shown_evidence(road.session, village=stone, number=number, key=papers["联席会议记录"].key) is None
    assert shown_evidence(road.session, village=road.places.field, number=number, key=papers["实施方案"].key) is None


def test_papers_after_the_check_are_told_and_papers_of_what_was_taken_back_are_not_public(road: Road) -> None:
    matter, li = road.matter, road.cast.li
    last = max(matter.events, key=lambda one: one.sequence)
    at_noon = at(TODAY, 12)
    readable = Readable(kind=DocumentKind.PDF, name="a.pdf", content=b"%PDF-1.4")
    for event, now in ((last, at_noon), (matter.events[0], at_noon)):
        document = keep_readable(road.session, place=road.places.stone, readable=readable, by=li, now=now)
        paper = add_evidence(road.session, event=event, name="后来加的", document=document, by=li, now=now)
        show_evidence(road.session, evidence=paper, shown=document, by=li, now=now)
    story = {deed.sequence: deed for told in road.page().story for deed in told.deeds}
    first = story[1]
    assert (first.checked_by, first.needs_check, first.unchecked_papers) == ("王永根", False, 1)
    assert [paper.is_unchecked for paper in first.papers] == [False] * (len(first.papers) - 1) + [True]
    assert story[last.sequence].unchecked_papers == 0, "nobody checked the deed itself"
    (shown,) = story[last.sequence].papers
    about: dict[str, Any] = {"village": road.places.stone, "number": matter.number, "key": shown.key}
    assert shown.is_shown
    assert shown_evidence(road.session, **about) is not None
    take_back(road.session, matter=matter, words="日子写错了", by=li, now=at_noon, seen=matter.revision)
    (kept,) = next(deed for told in road.page().story for deed in told.deeds if deed.sequence == last.sequence).papers
    assert not kept.is_shown
    assert shown_evidence(road.session, **about) is None


def test_names_that_its_money_tells_are_covered_for_residents_alone(road: Road) -> None:
    pay_road(road.session, road.places, road.cast, road.matter)
    record_deed(
        road.session,
        matter=road.matter,
        deed=MatterDeed.DONE,
        step="supervise",
        happened_on=date(2026, 11, 20),
        words="张阿德带人修好路肩，李国强验过",
        by=road.cast.li,
        now=at(TODAY, 9),
        seen=road.matter.revision,
    )
    assert road.page().story[-1].deeds[-1].note == "张*带人修好路肩，李国强验过"
    assert road.page(is_masked=False).story[-1].deeds[-1].note == "张阿德带人修好路肩，李国强验过"
    money = road.page().line.money
    assert (money.paid_fen, money.left_fen) == (5_730_000, 18_270_000)


def test_running_matters_come_first_words_find_them_and_others_are_not_there(road: Road) -> None:
    stopped = open_matter(
        road.session,
        village=road.places.stone,
        body=road.places.collective,
        item_code="A05",
        title="新建篮球场",
        budget_fen=30_000_000,
        funding="",
        procedure="",
        opened_on=date(2026, 10, 8),
        by=road.cast.li,
        now=at(date(2026, 10, 8), 9),
    )
    day = date(2026, 10, 9)
    words = "镇里统一建，村里不建了"
    about = {"by": road.cast.li, "now": at(day, 9), "seen": stopped.revision}
    stop_matter(road.session, matter=stopped, happened_on=day, words=words, **about)  # type: ignore[arg-type]
    asked = {"session": road.session, "village": road.places.stone, "on": TODAY}
    lines = matter_lines(**asked)  # type: ignore[arg-type]
    assert [(line.title, line.state) for line in lines] == [
        (TITLE, MatterState.RUNNING),
        ("新建篮球场", MatterState.STOPPED),
    ]
    assert [line.title for line in matter_lines(**asked, question="a05 篮球")] == ["新建篮球场"]  # type: ignore[arg-type]
    assert matter_lines(**asked, question="张阿德") == []  # type: ignore[arg-type]
    assert matter_lines(**asked, item_code="A04") == []  # type: ignore[arg-type]
    for village, number in ((road.places.stone, 99), (road.places.field, road.matter.number)):
        assert matter_page(road.session, village=village, number=number, on=TODAY) is None
