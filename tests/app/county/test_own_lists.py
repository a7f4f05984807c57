"""A village's own list is the village's: the county's desk keeps lists of the county and its townships alone."""

import pytest
from sqlalchemy import select

from tests.publicity.workflow.stage import COUNTY, NOW, STONE
from village_lists.editions.adapting import begin_adaptation
from village_lists.people.models import Person
from village_lists.places.models import Place
from village_lists.powers.models import ListVersion, VersionState

OWN = f"/county/{COUNTY}/lists/{STONE}/village"


@pytest.fixture
def adapted(stewards):
    """Let the village begin its own version; return the browser of a steward."""
    with stewards.town.session() as session:
        village = session.scalars(select(Place).where(Place.code == STONE)).one()
        template = session.scalars(select(ListVersion)).one()
        clerk = session.scalars(select(Person).order_by(Person.id)).first()
        begin_adaptation(session, village=village, template=template, by=clerk, now=NOW)
        session.commit()
    return stewards


@pytest.mark.parametrize(
    "page", ["/1", "/1/items/A01", "/1/list.yaml", "/1/cover", "/1/history", "/1/preview", "/adoptions"]
)
def test_a_steward_does_not_open_what_a_village_writes(adapted, page):
    assert adapted.shen.get(OWN + page).status_code == 404


@pytest.mark.parametrize(
    "deed", ["/1/submit", "/1/publish", "/1/discard", "/1/undo", "/1/items/A01/delete", "/versions"]
)
def test_a_steward_changes_nothing_of_it(adapted, deed):
    answer = adapted.shen.post(OWN + deed, {"valid_from": "2026-12-31", "sure": "1"})
    assert answer.status_code == 404
    with adapted.town.session() as session:
        states = session.scalars(select(ListVersion.state).where(ListVersion.template_id.is_not(None))).all()
    assert states == [VersionState.DRAFT]


def test_a_steward_begins_no_list_for_a_village(adapted):
    lists = f"/county/{COUNTY}/lists"
    assert adapted.shen.post(lists, {"title": "替村里写的", "place": STONE}).status_code == 404
    assert adapted.shen.post(f"{lists}/imports", {"place": STONE}).status_code == 404


def test_a_list_is_put_before_townships_that_it_is_for(stewards):
    path = f"/county/{COUNTY}/lists/{COUNTY}/sample-36/1/rollout"
    for place, status in ((STONE, 404), (COUNTY, 404), ("330298101", 404), (STONE[:9], 303)):
        assert stewards.shen.post(path, {"township": place, "adopt_by": "2027-03-01"}).status_code == status
