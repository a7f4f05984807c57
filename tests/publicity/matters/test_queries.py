"""What is asked about matters: by number, by village, where they stand, which procedure an amount chooses."""

from datetime import date, timedelta

import pytest

from publicity.matters.actions import change_budget
from publicity.matters.choices import choices_for
from publicity.matters.course import FindingKind
from publicity.matters.courses import course_for, courses_for, posting_days
from publicity.matters.meetings import read_meetings, vote_body_of
from publicity.matters.models import MatterState
from publicity.matters.queries import clerk_on, decision_bodies, matter_by_number, matters_of, supervisor_on
from tests.factories import at
from tests.publicity.duties.township import at_most
from tests.publicity.matters.scene import BAND, OPENED, TODAY
from village_lists.flowcharts.graph import Node, NodeKind
from village_lists.people.models import PostKind
from village_lists.places.models import BodyKind
from village_lists.rulebook.queries import rules_for


def test_matters_are_found_by_number_village_state_and_item(scene):
    road, small = scene.open(), scene.open(budget_fen=100, opened_on=date(2026, 9, 2))
    scene.deed(small, "done", "quote", after=3)
    assert matter_by_number(scene.session, village=scene.stone, number=2) is small
    assert matter_by_number(scene.session, village=scene.stone, number=3) is None
    assert matter_by_number(scene.session, village=scene.places.field, number=1) is None
    villages = [scene.stone, scene.places.field]
    assert matters_of(scene.session, villages=villages) == [small, road]
    assert matters_of(scene.session, villages=villages[1:]) == []
    assert matters_of(scene.session, villages=villages, states=[MatterState.DONE]) == [small]
    assert matters_of(scene.session, villages=villages, item_code="A05") == []


def test_many_courses_take_no_more_statements_than_few(scene):
    matters = [scene.open(title=f"第{number}条路") for number in range(5)]
    for matter in matters[1:]:
        scene.deed(matter, "done", "decide/show", after=3)
    scene.session.commit()
    scene.session.expire_all()
    found = matters_of(scene.session, villages=[scene.stone])
    with at_most(scene.session, 14):
        courses = courses_for(scene.session, matters=found, on=TODAY)
    assert [courses[one.id].active[0].path for one in found] == ["decide/party"] * 4 + ["decide/show"]
    assert courses_for(scene.session, matters=[], on=TODAY) == {}
    assert course_for(scene.session, matter=matters[0], on=TODAY) == courses[matters[0].id]


def test_on_a_past_day_only_what_had_happened_counts(scene):
    road = scene.open()
    scene.deed(road, "done", "decide/show", after=10)
    scene.deed(road, "done", "decide/party", after=8)
    scene.deed(road, "decided", "decide/vote", exit="同意", after=12)

    def state(after):
        course = course_for(scene.session, matter=road, on=OPENED + timedelta(days=after))
        return [visit.path for visit in course.active], [one.kind for one in course.findings]

    # What was done before its turn does not count before its turn.
    assert state(9) == (["decide/show"], [])
    assert state(10) == (["decide/vote"], [FindingKind.NO_VOTE, FindingKind.ORDER])
    assert state(12)[0] == ["build"]
    change_budget(
        scene.session,
        matter=road,
        budget_fen=None,
        happened_on=OPENED + timedelta(days=20),
        words="资金没有定下来",
        by=scene.cast.li,
        now=at(TODAY),
        seen=road.revision,
    )
    budgets = [
        course_for(scene.session, matter=road, on=OPENED + timedelta(days=after)).budget_fen for after in (19, 20)
    ]
    assert budgets == [5_000_000, None]


def test_the_amount_chooses_by_the_rule_book_where_it_says_so(scene):
    def chosen(fen):
        choice = choices_for(scene.session, village=scene.stone, item_code="A04", amount_fen=fen, on=TODAY)
        return choice.chosen.slug if choice and choice.chosen else None

    assert [chosen(fen) for fen in (0, 999_999, 1_000_000, 9_999_999, 10_000_000, None)] == [
        "micro",
        "micro",
        "road",
        "road",
        None,
        None,
    ]
    scene.rule(BAND, 3_000_000)
    assert chosen(2_999_999) == "micro"
    choice = choices_for(scene.session, village=scene.stone, item_code="A04", amount_fen=3_000_000, on=TODAY)
    assert choice is not None
    assert choice.band is not None
    assert [limit.fen for limit in choice.band.limits] == [3_000_000, 10_000_000]
    beyond = choices_for(scene.session, village=scene.stone, item_code="A04", amount_fen=10_000_000, on=TODAY)
    assert beyond is not None
    assert [(fit.code, fit.name) for fit in beyond.others] == [("A05", "大工程")]


def test_an_item_without_bands_runs_by_the_first_of_its_procedures(scene):
    choice = choices_for(scene.session, village=scene.stone, item_code="B02", amount_fen=None, on=TODAY)
    assert choice is not None
    assert choice.chosen is not None
    assert ([one.slug for one in choice.procedures], choice.chosen.slug) == (["micro", "decide"], "micro")
    assert choices_for(scene.session, village=scene.places.field, item_code="B02", amount_fen=None, on=TODAY) is None


def test_who_may_write_and_who_may_check(scene):
    cast, stone = scene.cast, scene.stone
    assert clerk_on(cast.li, village=stone, on=TODAY)
    assert not clerk_on(cast.li, village=scene.places.field, on=TODAY)
    assert not clerk_on(cast.li, village=stone, on=date(2025, 12, 31))
    assert supervisor_on(cast.yonggen, village=stone, on=TODAY) is PostKind.SUPERVISION_HEAD
    assert supervisor_on(cast.mei, village=stone, on=TODAY) is PostKind.SUPERVISION_MEMBER
    assert supervisor_on(cast.li, village=stone, on=TODAY) is None


def test_the_rule_book_says_who_decides_and_how_soon_is_posted(scene):
    assert decision_bodies(scene.session, village=scene.stone, on=TODAY) == [
        ("representatives", "村民代表会议"),
        ("party", "党员大会"),
    ]
    rules = rules_for(scene.session, keys=["matter.posting.days"], places=[scene.stone])
    assert posting_days(rules, village=scene.stone, on=TODAY) == 3
    assert posting_days(rules, village=scene.stone, on=date(2019, 12, 31)) is None


@pytest.mark.parametrize(
    ("actor", "committee", "collective"),
    [
        ("村民代表会议", "representatives", "representatives"),
        ("村民（成员）代表会议", "representatives", "member_representatives"),
        ("成员代表大会", "member_representatives", "member_representatives"),
        ("成员大会", "members", "members"),
        ("村民会议", "villagers", "villagers"),
        ("党员大会、村党组织", "party", "party"),
        ("村务监督委员会", None, None),
        ("村民代表", None, None),
        ("", None, None),
    ],
)
def test_the_actor_of_a_step_says_who_has_to_carry_it(actor, committee, collective):
    node = Node(key="vote", kind=NodeKind.STEP, title="表决", actor=actor)
    assert vote_body_of(node, BodyKind.COMMITTEE) == committee
    assert vote_body_of(node, BodyKind.COLLECTIVE) == collective
    boxed = Node(key="vote", kind=NodeKind.PREDEFINED, title="表决", actor=actor, embeds="wuyi")
    assert vote_body_of(boxed, BodyKind.COMMITTEE) is None


@pytest.mark.parametrize(
    "row",
    ["- words: [村民会议]", "- body: villagers", "- words: [村民会议]\n  body: villagers\n  who: all"],
)
def test_a_data_file_that_cannot_be_understood_is_refused_by_its_row(tmp_path, row):
    file = tmp_path / "meetings.yaml"
    file.write_text(f"- words: [党员大会]\n  body: party\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"meetings\.yaml: 第 2 条"):
        read_meetings(file)
