"""Offices in the two bodies: entered, ended, found on a day; one person in both is one person."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from tests.publicity.workflow.stage import NOW, SINCE, Stage, set_stage
from village_lists.errors import NotAllowed, Refusal
from village_lists.people.actions import appoint, end_appointment, enter_person
from village_lists.people.models import PostKind
from village_lists.people.queries import all_appointments, appointment_numbered, appointments_of

DAY = date(2026, 10, 5)


@pytest.fixture
def stage(session: Session) -> Stage:
    """Return the village with its people."""
    return set_stage(session)


def test_one_person_in_both_bodies_is_named_so_with_the_posts(stage: Stage) -> None:
    director = stage["substitute"]
    appoint(stage.session, body=stage.committee, person=director, title="主任", starts_on=SINCE)
    appoint(stage.session, body=stage.collective, person=director, title="理事", starts_on=SINCE)
    namesake = enter_person(stage.session, name=director.name)
    appoint(stage.session, body=stage.collective, person=namesake, title="监事", starts_on=SINCE)
    found = {office.title: office for office in appointments_of(stage.session, village=stage.village, on=DAY)}
    assert found["主任"].beside == (("上石村股份经济合作社", "理事"),)
    assert found["理事"].beside == (("上石村村民委员会", "主任"),)
    assert found["理事"].posts == (PostKind.DIRECTOR,)
    assert (found["监事"].name, found["监事"].beside, found["监事"].posts) == (director.name, (), ())


def test_an_office_is_held_from_its_first_to_its_last_day(stage: Stage) -> None:
    office = appoint(
        stage.session, body=stage.collective, person=stage["secretary"], title=" 理事长 ", starts_on=DAY,
        by=stage["clerk"], now=NOW,
    )  # fmt: skip
    assert office.title == "理事长"
    stage.session.expire_all()
    end_appointment(stage.session, appointment=office, ends_on=date(2026, 11, 1), by=stage["clerk"], now=NOW)
    for day, held in ((4, 0), (5, 1)):
        assert len(appointments_of(stage.session, village=stage.village, on=date(2026, 10, day))) == held
    for day, held in ((1, 1), (2, 0)):
        assert len(appointments_of(stage.session, village=stage.village, on=date(2026, 11, day))) == held
    assert [one.id for one in all_appointments(stage.session, village=stage.village)] == [office.id]
    again = appoint(
        stage.session, body=stage.collective, person=stage["secretary"], title="理事长", starts_on=date(2026, 11, 2)
    )
    assert again.position == 2


@pytest.mark.parametrize("by", ["secretary", "elsewhere", "auditor"])
def test_only_the_villages_clerk_enters_and_ends(stage: Stage, by: str) -> None:
    about = {"body": stage.committee, "person": stage["substitute"], "title": "主任", "starts_on": SINCE}
    with pytest.raises(NotAllowed):
        appoint(stage.session, by=stage[by], now=NOW, **about)  # type: ignore[arg-type] # handed through
    office = appoint(stage.session, by=stage["clerk"], now=NOW, **about)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        end_appointment(stage.session, appointment=office, ends_on=DAY, by=stage[by], now=NOW)
    before_the_post = datetime(2025, 1, 1, tzinfo=UTC)
    with pytest.raises(NotAllowed):
        end_appointment(stage.session, appointment=office, ends_on=DAY, by=stage["clerk"], now=before_the_post)


def test_what_cannot_be_is_refused(stage: Stage) -> None:
    session, head = stage.session, stage["head"]
    for title in ("", "  ", "长" * 41):
        with pytest.raises(Refusal, match="职务要写"):
            appoint(session, body=stage.committee, person=stage["clerk"], title=title, starts_on=SINCE)
    with pytest.raises(Refusal) as refused:
        appoint(session, body=stage.committee, person=head, title="委员", starts_on=SINCE)
    assert "村务监督委员会成员" in str(refused.value)
    office = appoint(session, body=stage.collective, person=head, title="监事长", starts_on=DAY)
    with pytest.raises(Refusal) as refused:
        appoint(session, body=stage.collective, person=head, title="监事长", starts_on=SINCE)
    assert "已经登记过" in str(refused.value)
    with pytest.raises(Refusal, match="早于"):
        end_appointment(session, appointment=office, ends_on=SINCE)
    end_appointment(session, appointment=office, ends_on=DAY)
    with pytest.raises(Refusal, match="已经登记结束"):
        end_appointment(session, appointment=office, ends_on=DAY)


def test_an_office_of_another_village_is_not_found(stage: Stage) -> None:
    office = appoint(stage.session, body=stage.committee, person=stage["clerk"], title="委员", starts_on=SINCE)
    assert appointment_numbered(stage.session, village=stage.village, number=office.id) is office
    other = stage["elsewhere"].posts[0].place
    assert appointment_numbered(stage.session, village=other, number=office.id) is None
    assert appointments_of(stage.session, village=other, on=DAY) == []
