"""A village adopts a list by a resolution: sums of the rule book, a second person, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.factories import BEGIN, at, make_list, make_people, make_person, make_place_tree
from tests.village_lists.documents.files import PDF
from village_lists.documents.actions import keep_document
from village_lists.errors import NotAllowed, NotFound, Refusal, Stale
from village_lists.library.actions import load_library
from village_lists.people.models import PostKind
from village_lists.places.models import BodyKind
from village_lists.powers.actions import adopt, confirm_resolution, record_resolution, reject_resolution
from village_lists.powers.adoptions import adopting_bodies, adoptions_of, choices_for, standing_of
from village_lists.powers.models import Adoption, ListDeed, Rollout
from village_lists.powers.resolutions import DoesNotPass, Resolution, thawed

NOW = at(date(2026, 11, 20), 10)
TODAY = NOW.date()
HELD = Resolution(
    decision_body="representatives",
    meeting="村民代表会议第三次会议",
    held_on=date(2026, 11, 18),
    due=30,
    present=24,
    in_favour=20,
)


class Village:
    """上石村 with its people, and the county's list, which it has not adopted."""

    def __init__(self, session):
        self.session = session
        self.places = make_place_tree(session)
        self.cast = make_people(session, self.places)
        self.version = load_library(session, county_code="330299", on=BEGIN)
        self.minutes = keep_document(
            session, place=self.places.stone, name="记录.pdf", content=PDF, by=self.cast.li, now=NOW
        )

    def record(self, *, version_id=None, minutes=True, by=None, **about):
        return record_resolution(
            self.session,
            village=self.places.stone,
            version_id=version_id or self.version.id,
            resolution=replace(HELD, **about),
            minutes=self.minutes if minutes else None,
            by=by or self.cast.li,
            now=NOW,
        )

    def confirm(self, adoption, by=None):
        confirm_resolution(self.session, adoption=adoption, by=by or self.cast.yonggen, now=NOW)

    def standing(self, on=TODAY):
        return standing_of(self.session, village=self.places.stone, on=on)

    def rows(self):
        return self.session.query(Adoption).count()


@pytest.fixture
def village(session):
    """Return the village."""
    return Village(session)


def said(sentences):
    """Return sums as a person reads them."""
    return [words % values for words, values in sentences]


def test_with_quorum_it_is_recorded_waits_and_counts_once_another_confirms(village):
    adoption = village.record()
    assert (village.standing().adopted, village.standing().pending) == (None, adoption)
    village.confirm(adoption)
    standing = village.standing()
    assert (standing.adopted, standing.pending, standing.behind_by) == (adoption, None, 0)
    assert (adoption.body, adoption.confirmed_by_id) == (BodyKind.COMMITTEE, village.cast.yonggen.id)


def test_the_sums_and_the_rows_they_rest_on_are_frozen(village):
    adoption = village.record()
    village.session.expire_all()
    kept = thawed(village.session.get(Adoption, adoption.id).arithmetic)
    assert said(kept.sentences) == [
        "应到 30 人，到会至少要 20 人（2/3 以上），实到 24 人，够",
        "到会 24 人，同意至少要 13 人（超过到会的 1/2），同意 20 人，够",
    ]
    assert [row.key for row in kept.rows] == [
        "adoption.bodies",
        "decision_body.representatives.body",
        "decision_body.representatives.present",
        "decision_body.representatives.favour",
        "decision_body.representatives.favour_of",
    ]
    assert kept.rows[2].value == "2/3"
    assert "第二十九条" in kept.rows[2].basis
    with pytest.raises(IntegrityError, match="recorded once"):
        village.session.execute(text("UPDATE adoption SET in_favour = 21"))


def test_without_quorum_it_is_refused_with_the_sums_and_nothing_is_kept(village):
    with pytest.raises(DoesNotPass, match="没有通过清单，没有登记") as refused:
        village.record(present=19, in_favour=10)
    assert said(refused.value.sentences) == [
        "应到 30 人，到会至少要 20 人（2/3 以上），实到 19 人，不够",
        "到会 19 人，同意至少要 10 人（超过到会的 1/2），同意 10 人，够",
    ]
    assert village.rows() == 0


def test_without_a_majority_it_is_refused(village):
    with pytest.raises(DoesNotPass) as refused:
        village.record(in_favour=12)
    assert said(refused.value.sentences)[1] == "到会 24 人，同意至少要 13 人（超过到会的 1/2），同意 12 人，不够"


def test_members_decide_by_two_thirds_of_all_for_the_collective(village):
    with pytest.raises(DoesNotPass) as refused:
        village.record(decision_body="members", due=300, present=250, in_favour=199)
    assert said(refused.value.sentences) == ["应到 300 人，同意至少要 200 人（应到的 2/3 以上），同意 199 人，不够"]
    adoption = village.record(decision_body="members", due=300, present=250, in_favour=200)
    assert adoption.body == BodyKind.COLLECTIVE


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"held_on": date(2026, 11, 21)}, "开会日期是 2026-11-21，还没有到"),
        ({"held_on": date(2025, 12, 31)}, "这一版清单 2026-01-01 才能讨论，开会日期 2025-12-31 比它早"),
        ({"present": 10, "in_favour": 11}, "应到 30 人、实到 10 人、同意 11 人，这几个数对不上"),
        ({"present": 31}, "应到 30 人、实到 31 人、同意 20 人，这几个数对不上"),
        ({"in_favour": -1}, "对不上"),
        ({"due": 0, "present": 0, "in_favour": 0}, "应到人数要填"),
        ({"decision_body": "party"}, "可以通过清单的会议是：村民代表会议、村民会议"),
        ({"decision_body": "nobody"}, "可以通过清单的会议是"),
        ({"minutes": False}, "请附上会议记录"),
    ],
)
def test_what_does_not_fit_is_refused(village, about, words):
    with pytest.raises(Refusal, match=words):
        village.record(**about)
    assert village.rows() == 0


def test_a_second_one_waits_for_the_first_and_the_same_version_is_adopted_once(village):
    adoption = village.record()
    other = load_library(village.session, county_code="330299", on=BEGIN)
    with pytest.raises(Refusal, match="已有一份会议决议在等人确认"):
        village.record(version_id=other.id)
    with pytest.raises(Refusal, match="已经登记过这一版的决议"):
        village.record()
    village.confirm(adoption)
    with pytest.raises(Refusal, match="已经通过过这一版清单"):
        village.record()


def test_what_the_village_may_not_adopt_is_not_there(village):
    with pytest.raises(NotFound):
        village.record(version_id=9999)
    assert [choice.version.id for choice in choices_for(village.session, village=village.places.stone)] == [
        village.version.id
    ]


def test_who_recorded_it_or_holds_another_post_does_not_confirm_it(village):
    adoption = village.record(by=village.cast.yonggen)
    with pytest.raises(NotAllowed, match="自己登记的决议，要由另一个人确认"):
        village.confirm(adoption)
    for person in (village.cast.li, village.cast.chen, village.cast.mei, village.cast.zhao, village.cast.wang):
        with pytest.raises(NotAllowed, match="不由您确认"):
            village.confirm(adoption, by=person)
    with pytest.raises(IntegrityError, match="nobody confirms"):
        village.session.execute(
            text("UPDATE adoption SET confirmed_at = '2026-11-20', confirmed_by_id = recorded_by_id")
        )


def test_it_is_confirmed_once(village):
    adoption = village.record()
    village.confirm(adoption)
    with pytest.raises(Stale, match="已经确认过了"):
        village.confirm(adoption)
    with pytest.raises(Stale):
        reject_resolution(village.session, adoption=adoption, note="不实", by=village.cast.yonggen, now=NOW)


def test_what_is_not_true_goes_back_with_a_reason_and_may_be_recorded_again(village):
    adoption = village.record()
    with pytest.raises(Refusal, match="请写明为什么不属实"):
        reject_resolution(village.session, adoption=adoption, note=" ", by=village.cast.yonggen, now=NOW)
    with pytest.raises(NotAllowed):
        reject_resolution(village.session, adoption=adoption, note="不实", by=village.cast.li, now=NOW)
    reject_resolution(village.session, adoption=adoption, note="签到表只有 18 人", by=village.cast.yonggen, now=NOW)
    standing = village.standing()
    assert (standing.pending, standing.returned.note) == (None, "签到表只有 18 人")
    kept = village.session.scalar(select(ListDeed.before).where(ListDeed.code == village.places.stone.code))
    assert (kept["due"], kept["present"], kept["minutes_id"]) == (30, 24, village.minutes.id)
    again = village.record(present=22)
    assert village.standing().returned is None
    village.confirm(again)
    assert village.standing().returned is None


def test_the_township_asked_and_the_village_lags(village):
    shen = village.cast.shen
    about = {"township_id": village.places.township.id, "asked_by_id": shen.id, "asked_at": NOW}
    village.session.add(Rollout(version_id=village.version.id, adopt_by=TODAY, **about))
    standing = village.standing()
    assert (standing.has_to_meet, standing.is_late, standing.newest) == (True, False, village.version)
    assert village.standing(on=TODAY + timedelta(days=1)).is_late
    adoption = village.record()
    assert not village.standing().has_to_meet
    village.confirm(adoption)
    assert village.standing().asked is None
    newer = load_library(village.session, county_code="330299", on=TODAY)
    standing = village.standing()
    assert (standing.behind_by, standing.newest, standing.asked) == (1, newer, None)


def test_the_rule_book_names_who_may_adopt(village):
    bodies = adopting_bodies(village.session, village=village.places.stone, on=TODAY)
    assert list(bodies.names) == ["representatives", "villagers", "households", "members", "member_representatives"]
    assert bodies.answer.is_sample


def test_the_operator_brings_old_papers_in_at_once_with_the_sums(village):
    about = {"village": village.places.stone, "version_id": village.version.id, "meeting": "村民代表会议", "now": NOW}
    with pytest.raises(DoesNotPass):
        adopt(village.session, held_on=BEGIN, due=30, present=19, in_favour=19, **about)
    with pytest.raises(Refusal, match="对不上"):
        adopt(village.session, held_on=BEGIN, due=30, present=20, in_favour=21, **about)
    adoption = adopt(village.session, held_on=BEGIN, due=30, present=20, in_favour=11, **about)
    assert adoption.confirmed_at == NOW
    assert len(thawed(adoption.arithmetic).sentences) == 2
    with pytest.raises(Refusal, match="已经通过过"):
        adopt(village.session, held_on=BEGIN, due=30, present=20, in_favour=11, **about)


def test_of_a_day_before_the_rules_begin_only_the_numbers_are_kept(village):
    adoption = adopt(
        village.session,
        village=village.places.stone,
        version_id=village.version.id,
        meeting="村民代表会议",
        held_on=date(2020, 1, 1),
        due=30,
        present=9,
        in_favour=9,
        now=NOW,
    )
    assert adoption.arithmetic == {}
    assert thawed(adoption.arithmetic).sentences == ()


def test_villages_are_told_apart_and_a_new_head_confirms_too(session):
    places = make_place_tree(session)
    cast = make_people(session, places)
    version = make_list(session, villages=[places.field])
    assert standing_of(session, village=places.stone, on=TODAY).adopted is None
    assert standing_of(session, village=places.field, on=TODAY).adopted.version == version
    assert len(adoptions_of(session, village=places.field)) == 1
    other = make_person(session, "邻村主任", places.field, PostKind.SUPERVISION_HEAD)
    minutes = keep_document(session, place=places.stone, name="a.pdf", content=PDF, by=cast.li, now=NOW)
    adoption = record_resolution(
        session,
        village=places.stone,
        version_id=version.id,
        resolution=HELD,
        minutes=minutes,
        by=cast.li,
        now=NOW,
    )
    with pytest.raises(NotAllowed):
        confirm_resolution(session, adoption=adoption, by=other, now=NOW)
