"""What the page of a matter says: the findings at once, the story by day, names covered, papers let out or kept."""

import pytest
from sqlalchemy.orm import Session

from publicity.matters.models import Matter, MatterState
from publicity.workflow.matter_pages import MatterPage, matter_lines, matter_page, shown_evidence
from tests.cast import Places
from tests.factories import make_list, make_people, make_place_tree
from tests.publicity.workflow.road import REASON, TITLE, TODAY, build_road


@pytest.fixture
def road(session: Session) -> tuple[Places, Matter]:
    places = make_place_tree(session)
    cast = make_people(session, places)
    make_list(session, villages=[places.stone])
    return places, build_road(session, places, cast)


@pytest.fixture
def page(session: Session, road: tuple[Places, Matter]) -> MatterPage:
    places, matter = road
    found = matter_page(session, village=places.stone, number=matter.number, on=TODAY)
    assert found is not None
    return found


def test_says_at_once_what_is_not_as_the_list_says(page: MatterPage) -> None:
    told = [one.words % one.values for one in page.findings]
    assert any("少 6 天" in words for words in told)
    assert any(f"原因：{REASON}" in words for words in told)
    assert any("实到 28 人" in words for words in told)
    print("\n".join(told))
    for day in page.story:
        print(day.on, [(d.words % d.values, d.note, d.needs_check, [p.name for p in d.papers], d.findings) for d in day.deeds])
    print(page.line.now)
