"""Loading a list of the library: every list arrives whole and published, rules arrive once."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import COUNTY
from tests.factories import make_place_tree
from village_lists.editions.store import read_content
from village_lists.errors import NotFound
from village_lists.library.actions import library_lists, load_library, template_content
from village_lists.powers.models import VersionState
from village_lists.rulebook.models import RuleRow

SMALL = Path(__file__).parent / "small"
DAY = date(2026, 11, 1)


@pytest.mark.parametrize("slug", ["sample-36", "sample-52"])
def test_a_list_arrives_whole(session: Session, slug: str) -> None:
    """What stands in the tables is what the files say."""
    make_place_tree(session)
    version = load_library(session, county_code=COUNTY, on=DAY, slug=slug)
    session.expire_all()
    assert read_content(session, version=version) == template_content(slug)
    assert (version.state, version.number, version.valid_from) == (VersionState.PUBLISHED, 1, DAY)
    assert version.power_list.slug == slug


def test_loading_again_makes_the_next_version_and_no_second_rules(session: Session) -> None:
    """Rows of the rule book are not doubled."""
    make_place_tree(session)
    first = load_library(session, county_code=COUNTY, on=DAY, folder=SMALL, slug="short-list")
    rows = session.scalar(select(func.count()).select_from(RuleRow))
    second = load_library(session, county_code=COUNTY, on=DAY, folder=SMALL, slug="short-list")
    assert (first.number, second.number) == (1, 2)
    assert first.power_list_id == second.power_list_id
    assert (first.state, second.state) == (VersionState.SUPERSEDED, VersionState.PUBLISHED)
    assert session.scalar(select(func.count()).select_from(RuleRow)) == rows


def test_unknown_counties_and_lists_are_told(session: Session) -> None:
    """Neither makes anything."""
    make_place_tree(session)
    with pytest.raises(NotFound, match="999999"):
        load_library(session, county_code="999999", on=DAY)
    with pytest.raises(NotFound, match="sample-7"):
        load_library(session, county_code=COUNTY, on=DAY, slug="sample-7")
    with pytest.raises(NotFound, match="sample-7"):
        template_content("sample-7")


def test_the_lists_to_choose_from() -> None:
    """Slug, title and number of items, for the choice of a template."""
    assert [(one.slug, one.items) for one in library_lists()] == [("sample-36", 36), ("sample-52", 52)]
    assert library_lists(SMALL)[0].title == "短清单（示例）"
