"""Natural persons, their posts and their names in one writing."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from tests.publicity.workflow.stage import SINCE, set_stage
from village_lists.errors import Refusal
from village_lists.people.actions import enter_person, give_post, keyed_hash, open_account
from village_lists.people.models import Person, Post, PostKind
from village_lists.people.rules import normal_identity, normal_phone

SUPERVISION = [PostKind.SUPERVISION_HEAD, PostKind.SUPERVISION_MEMBER]
SUPERVISED = [PostKind.CLERK, PostKind.SECRETARY, PostKind.DIRECTOR]


@pytest.mark.parametrize(
    "written",
    [
        "13800000001",
        "+86 138-0000-0001",
        "0086 13800000001",
        "8613800000001",
        "１３８ ００００ ０００１",
        "138 0000 0001",
        "(138)00000001",
    ],
)
def test_a_phone_number_has_one_writing(written):
    assert normal_phone(written) == "13800000001"


@pytest.mark.parametrize("written", ["0574-86000001", "057486000001"])
def test_a_number_of_the_office_keeps_its_86(written):
    assert normal_phone(written) == "057486000001"


@pytest.mark.parametrize(
    "written", ["11010519491231002x", " 110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_an_id_number_has_one_writing(written):
    assert normal_identity(written) == "11010519491231002X"


def test_a_hash_needs_the_secret():
    assert keyed_hash("a", "11010519491231002X") != keyed_hash("b", "11010519491231002X")


def test_a_phone_number_belongs_to_one_person(session):
    enter_person(session, name="李国强", phone="+86 138 0000 0001")
    with pytest.raises(Refusal, match="138\\*\\*\\*\\*0001"):
        enter_person(session, name="别人", phone="13800000001")


def test_the_database_holds_it_too(session):
    session.add_all([Person(name="李国强", phone="13800000001"), Person(name="别人", phone="13800000001")])
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_id_number_belongs_to_one_person(session):
    enter_person(session, name="李国强", identity="11010519491231002x", secret="s")
    with pytest.raises(Refusal, match="身份证号"):
        enter_person(session, name="别人", identity="１１０１０５１９４９１２３１００２Ｘ", secret="s")


def test_a_user_name_is_taken_once(session):
    person = enter_person(session, name="李国强")
    open_account(session, person=person, user_name="C1", password_hash="x")
    with pytest.raises(Refusal, match="c1"):
        open_account(session, person=person, user_name=" c1 ", password_hash="x")


@pytest.mark.parametrize("first", SUPERVISION)
@pytest.mark.parametrize("second", SUPERVISED)
@pytest.mark.parametrize("turned", [False, True])
def test_supervision_and_village_posts_do_not_meet_in_one_person(session, first, second, turned):
    stage = set_stage(session)
    person = enter_person(session, name="何文斌")
    kinds = [second, first] if turned else [first, second]
    give_post(session, person=person, place=stage.village, kind=kinds[0], starts_on=SINCE)
    with pytest.raises(Refusal, match="不能同时担任"):
        give_post(session, person=person, place=stage.village, kind=kinds[1], starts_on=date(2027, 1, 1))


def test_one_after_the_other_is_allowed(session):
    stage = set_stage(session)
    person = enter_person(session, name="何文斌")
    clerk, head, day = PostKind.CLERK, PostKind.SUPERVISION_HEAD, date(2026, 6, 30)
    give_post(session, person=person, place=stage.village, kind=clerk, starts_on=SINCE, ends_on=day)
    assert give_post(session, person=person, place=stage.village, kind=head, starts_on=date(2026, 7, 1))


def test_only_a_director_substitutes(session):
    stage = set_stage(session)
    person, village = stage["clerk"].id, stage.village.id
    session.add(Post(person_id=person, place_id=village, kind=PostKind.CLERK, starts_on=SINCE, is_substitute=True))
    with pytest.raises(IntegrityError):
        session.flush()
