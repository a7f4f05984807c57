"""Places from a file: entered whole, renamed by a second file, told by line where something is wrong."""

import pytest
from sqlalchemy import select

from village_lists.errors import Refusal
from village_lists.places.actions import PlaceRow, import_places, read_places
from village_lists.places.models import Body, BodyKind, Place

HEAD = "code,name,books"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["name", "上石村"], "code"),
        ([HEAD, "330299,宁川县,", "33O299101,松坪镇,"], "第 3 行"),
        ([HEAD, "330299,宁川县,", "330299101,,"], "第 3 行没有名称"),
        ([HEAD, "330299,宁川县,", "330299,宁川县,"], "第 3 行的代码与第 2 行相同"),
        ([HEAD, "330299,宁川县,all"], "第 2 行的 books"),
    ],
)
def test_a_mistake_is_told_by_line(lines, words):
    with pytest.raises(Refusal, match=words):
        read_places(lines)


@pytest.mark.parametrize("code", ["３３０２９９", "٣٣٠٢٩٩"])
def test_figures_of_other_scripts_are_no_code(code):
    with pytest.raises(Refusal):
        read_places([HEAD, f"{code},宁川县,"])


def rows(name="上石村", books=""):
    """Return a county, a township and a village."""
    return [
        PlaceRow(code="330299101201", name=name, books=books),
        PlaceRow(code="330299101", name="松坪镇"),
        PlaceRow(code="330299", name="宁川县"),
    ]


def test_parents_come_first_whatever_the_order_of_the_file(session):
    assert import_places(session, rows=rows()) == 3
    village = session.scalars(select(Place).where(Place.code == "330299101201")).one()
    assert [village.parent.name, village.parent.parent.name] == ["松坪镇", "宁川县"]


def test_a_village_has_its_two_bodies_by_their_usual_names(session):
    import_places(session, rows=rows())
    names = {body.kind: body.name for body in session.scalars(select(Body))}
    assert names == {BodyKind.COMMITTEE: "上石村村民委员会", BodyKind.COLLECTIVE: "上石村股份经济合作社"}


def test_a_second_file_renames_and_doubles_nothing(session):
    import_places(session, rows=rows())
    import_places(session, rows=rows(name="上石新村", books="collective"))
    bodies = session.scalars(select(Body).order_by(Body.kind)).all()
    assert [(body.name, body.keeps_books) for body in bodies] == [
        ("上石新村股份经济合作社", True),
        ("上石新村村民委员会", False),
    ]
    assert len(session.scalars(select(Place)).all()) == 3


def test_a_village_without_its_township_is_refused(session):
    with pytest.raises(Refusal, match="330299101"):
        import_places(session, rows=rows()[:1])
