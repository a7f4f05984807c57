"""Matters as the township reads them: what is overdue or not as the list says, and nothing that may be pressed."""

import pytest
from sqlalchemy import select

from tests.app.cadres.matters import adopt_small_list, day, open_one, send
from tests.publicity.workflow.stage import STONE
from village_lists.places.models import Level, Place

LIST = f"/audit/{STONE[:9]}/matters"


@pytest.fixture
def road(town):
    """Let one road be late at its first step, and another be stopped after a step that was skipped."""
    adopt_small_list(town)
    open_one(town, title="后山机耕路")
    open_one(town, title="村口的桥", opened_on="2026-09-28")
    skipped = {"step": "decide/show", "deed": "skipped", "words": "方案去年已经公示过", "happened_on": "2026-09-29"}
    send(town, "ends", number=2, **skipped)
    return town


def test_villages_with_overdue_steps_come_first(road):
    page = road.visitors["auditor"].get(LIST).text
    assert "有 1 件事的步骤超期" in page
    assert page.index("上石村") < page.index("下田村")
    assert page.index("后山机耕路") < page.index("村口的桥")
    assert "超过 14 天" in page
    assert "原因：方案去年已经公示过" in page
    assert "没有超期的，也没有和清单不一样的。" in page


def test_nothing_is_late_where_nothing_is_being_done(town):
    page = town.visitors["auditor"].get(LIST)
    assert page.status_code == 200
    assert "没有超期的步骤" in page.text


def test_a_matter_is_read_whole_and_only_read(road):
    send(road, "postings", step="decide/show", happened_on=day(1), where="公开栏")
    page = road.visitors["auditor"].get(f"{LIST}/{STONE}/1").text
    assert "「先决策」里的第 1 步：方案公示" in page
    assert "监委会还没有核对" in page
    assert "<svg" in page
    assert page.count("<form") == 1, "signing out"


def test_another_township_and_what_is_not_there(road):
    auditor = road.visitors["auditor"]
    assert auditor.get(f"{LIST}/{STONE}/9").status_code == 404
    assert auditor.get(f"{LIST}/330299102201/1").status_code == 404
    assert auditor.get(f"/audit/330299102/matters/{STONE}/1").status_code == 404
    assert auditor.get(f"{LIST}/{STONE}/1/papers/{'a' * 16}").status_code == 404
    assert road.visitors["clerk"].get(LIST).status_code == 404
    with road.session() as session:
        stone = session.scalars(select(Place).where(Place.code == STONE)).one()
        former = session.get_one(Place, stone.parent_id)
        other = Place(code="330299102", name="柳溪镇", level=Level.TOWNSHIP, parent_id=former.parent_id)
        session.add(other)
        session.flush()
        stone.parent_id = other.id
        session.commit()
    assert auditor.get(f"{LIST}/{STONE}/1").status_code == 404
