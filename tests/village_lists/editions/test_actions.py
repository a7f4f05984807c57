"""A version from the first draft to the villages: changed, taken back, submitted, published by another person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.factories import at, make_people, make_person, make_place_tree
from tests.village_lists.editions.contents import LIMIT, chart, small_list
from village_lists.editions import actions, store
from village_lists.editions.contents import CategoryContent, ListContent
from village_lists.editions.plain import digest_of, from_plain, to_plain
from village_lists.editions.queries import adoption_overview, content_of_subject, deeds_of, lists_of, outline
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.people.models import PostKind
from village_lists.powers.models import Adoption, ListDeedKind, VersionState
from village_lists.rulebook.models import RuleRow

NOW = at(date(2026, 11, 20), 10)
TODAY = NOW.date()


class Desk:
    """A county with two stewards and the small list as a draft of the first."""

    def __init__(self, session):
        self.session = session
        self.places = make_place_tree(session)
        self.cast = make_people(session, self.places)
        self.shen = self.cast.shen
        self.tang = make_person(session, "唐秋月", self.places.county, PostKind.COUNTY_STEWARD)
        self.draft = self.make()

    def make(self, content=None):
        return actions.make_version(
            self.session, place=self.places.county, slug="test", content=content or small_list(), by=self.shen, now=NOW
        )

    def content(self):
        return store.read_content(self.session, version=self.draft)

    def seen(self, subject, code=""):
        return digest_of(content_of_subject(self.session, version=self.draft, subject=subject, code=code))

    def change_item(self, code, content, **more):
        seen = more.pop("seen", None) or self.seen("item", code)
        actions.change_item(
            self.session, version=self.draft, code=code, content=content, seen=seen, by=self.shen, now=NOW
        )

    def undo(self):
        return actions.undo_change(self.session, version=self.draft, by=self.shen, now=NOW)

    def submit(self):
        actions.submit_version(self.session, version=self.draft, note="", by=self.shen, now=NOW)

    def publish(self, by=None, valid_from=TODAY):
        actions.publish_version(self.session, version=self.draft, valid_from=valid_from, by=by or self.tang, now=NOW)


@pytest.fixture
def desk(session):
    """Return the desk."""
    return Desk(session)


def test_what_is_written_is_read_again(desk):
    desk.session.expire_all()
    assert desk.content() == small_list()


def test_plain_values_give_the_records_back():
    assert from_plain(ListContent, to_plain(small_list())) == small_list()


def item(content, code):
    """Return the item of a content."""
    return next(one for one in content.items if one.code == code)


def test_an_item_changes_its_name_code_and_charts_and_ties_follow(desk):
    former = item(small_list(), "A01")
    desk.change_item("A01", replace(former, code="A11", name="修桥", procedures=former.procedures[:0]))
    found = desk.content()
    assert item(found, "A11").name == "修桥"
    assert found.prohibitions[0].items == ("A11",)


def test_every_change_can_be_taken_back_one_after_another(desk):
    before = desk.content()
    desk.change_item("A01", None)
    desk.change_item("", replace(item(before, "A02"), code="A03", name="卖东西"))
    desk.change_item("A02", replace(item(before, "A02"), code="A20", name="采购"))
    kinds = ({"version": desk.draft, "by": desk.shen, "now": NOW},)
    actions.change_procedure(desk.session, slug="large", content=None, seen=desk.seen("procedure", "large"), **kinds[0])
    actions.change_procedure(
        desk.session,
        slug="little",
        content=chart("little", "改了名"),
        seen=desk.seen("procedure", "little"),
        **kinds[0],
    )
    actions.change_prohibition(desk.session, code="N2", content=None, seen=desk.seen("prohibition", "N2"), **kinds[0])
    actions.change_thresholds(desk.session, thresholds=(), seen=desk.seen("thresholds"), **kinds[0])
    actions.change_cover(desk.session, title="新名", note="", is_sample=False, seen=desk.seen("cover"), **kinds[0])
    categories = (*before.categories, CategoryContent(code="c", name="新类"))
    actions.change_categories(desk.session, categories=categories, seen=desk.seen("categories"), **kinds[0])
    actions.change_order(desk.session, codes=("B02", "B01"), seen=desk.seen("order"), **kinds[0])
    actions.replace_content(desk.session, content=replace(small_list(), title="导入的"), **kinds[0])
    for _ in range(11):
        desk.undo()
    after = desk.content()
    assert after == before
    with pytest.raises(Refusal, match="没有可以撤销"):
        desk.undo()


def test_what_another_changed_meanwhile_is_not_overwritten(desk):
    seen = desk.seen("item", "A02")
    former = item(small_list(), "A02")
    desk.change_item("A02", replace(former, fee="不收费"))
    with pytest.raises(Stale):
        desk.change_item("A02", replace(former, fee="十元"), seen=seen)


def test_an_item_of_an_unknown_category_is_refused(desk):
    with pytest.raises(actions.DoesNotHold, match="分类"):
        desk.change_item("A02", replace(item(small_list(), "A02"), category="none"))


def test_a_category_with_items_stays(desk):
    with pytest.raises(actions.DoesNotHold):
        actions.change_categories(
            desk.session, version=desk.draft, categories=(), seen=desk.seen("categories"), by=desk.shen, now=NOW
        )


def test_a_second_unfinished_version_is_refused(desk):
    with pytest.raises(Refusal, match="还有一版没有做完"):
        desk.make()


def test_faults_are_told_when_it_is_submitted(desk):
    desk.change_item("A02", replace(item(small_list(), "A02"), sentence=""))
    with pytest.raises(actions.DoesNotHold, match="一句话"):
        desk.submit()


def test_who_wrote_does_not_publish(desk):
    desk.submit()
    with pytest.raises(NotAllowed):
        desk.publish(by=desk.shen)


def test_the_second_person_publishes_and_missing_amounts_enter_the_rule_book(desk):
    desk.submit()
    desk.publish()
    assert desk.draft.state is VersionState.PUBLISHED
    row = desk.session.scalar(select(RuleRow).where(RuleRow.key == LIMIT))
    assert row.value == {"value": 5_000_000, "unit": "fen"}
    assert row.is_sample


def test_it_is_not_published_backwards(desk):
    desk.submit()
    with pytest.raises(Refusal, match="不能早于今天"):
        desk.publish(valid_from=TODAY - timedelta(days=1))


def test_a_returned_version_is_a_draft_again(desk):
    desk.submit()
    with pytest.raises(Refusal, match="原因"):
        actions.send_back(desk.session, version=desk.draft, note=" ", by=desk.tang, now=NOW)
    actions.send_back(desk.session, version=desk.draft, note="再看看", by=desk.tang, now=NOW)
    assert desk.draft.state is VersionState.DRAFT
    assert deeds_of(desk.session, version=desk.draft)[0].deed is ListDeedKind.RETURN


def test_a_submitted_version_does_not_change(desk):
    desk.submit()
    with pytest.raises(Refusal, match="不能再改"):
        desk.change_item("A02", None)


def test_the_next_version_says_the_same_and_supersedes(desk):
    desk.submit()
    desk.publish()
    former = desk.draft
    desk.draft = actions.next_version(desk.session, power_list=former.power_list, by=desk.shen, now=NOW)
    assert desk.content() == small_list()
    desk.submit()
    desk.publish()
    assert (former.state, desk.draft.state) == (VersionState.SUPERSEDED, VersionState.PUBLISHED)


def test_a_draft_is_thrown_away_whole(desk):
    actions.discard_version(desk.session, version=desk.draft)
    assert lists_of(desk.session, places=[desk.places.county]) == []
    desk.draft = desk.make()
    assert desk.draft.number == 1


STATEMENTS = [
    "UPDATE power_item SET name = 'x'",
    "DELETE FROM power_item",
    "UPDATE list_category SET name = 'x'",
    "UPDATE procedure SET title = 'x'",
    "UPDATE procedure_node SET title = 'x'",
    "DELETE FROM procedure_edge",
    "DELETE FROM item_procedure",
    "UPDATE item_basis SET words = 'x'",
    "DELETE FROM item_posting",
    "UPDATE prohibition SET words = 'x'",
    "DELETE FROM prohibition_tie",
    "UPDATE list_threshold SET suggested_fen = 1",
    "UPDATE list_version SET title = 'x'",
    "UPDATE list_version SET state = 'draft'",
    "DELETE FROM list_version",
    "UPDATE list_deed SET note = 'x'",
    "DELETE FROM list_deed",
    "DELETE FROM rule_row",
    "UPDATE rule_row SET value = '{}'",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_keeps_what_is_published(desk, statement):
    desk.submit()
    desk.publish()
    with pytest.raises(IntegrityError):
        desk.session.execute(text(statement))


def test_the_database_knows_who_wrote(desk):
    desk.submit()
    with pytest.raises(IntegrityError, match="nobody publishes what he wrote"):
        desk.session.execute(
            text(
                "INSERT INTO list_deed (version_id, deed, by_id, at, words, note, subject, code, digest)"
                f" VALUES ({desk.draft.id}, 'publish', {desk.shen.id}, '2026-11-20 00:00:00', '', '', '', '', '')"
            )
        )


def test_the_overview_tells_who_lags(desk):
    desk.submit()
    desk.publish()
    first = desk.draft
    desk.session.add(
        Adoption(
            village_id=desk.places.stone.id,
            version_id=first.id,
            meeting="村民代表会议",
            held_on=TODAY,
            due=30,
            present=28,
            in_favour=27,
            recorded_at=NOW,
            confirmed_at=NOW,
        )
    )
    desk.draft = actions.next_version(desk.session, power_list=first.power_list, by=desk.shen, now=NOW)
    desk.submit()
    desk.publish()
    until = TODAY + timedelta(days=30)
    actions.roll_out(
        desk.session, version=desk.draft, townships=[desk.places.township], adopt_by=until, by=desk.shen, now=NOW
    )
    ((town, standings),) = adoption_overview(desk.session, power_list=first.power_list)
    assert town.name == "松坪镇"
    stone, field = standings
    assert (stone.follows, stone.behind_by, stone.adopt_by) == (first, 1, until)
    assert (field.follows, field.behind_by) == (None, 2)
    assert stone.is_late(on=until + timedelta(days=1))
    assert not stone.is_late(on=until)


def test_a_list_is_rolled_out_to_its_own_townships_only(desk):
    desk.submit()
    desk.publish()
    for place in (desk.places.county, desk.places.stone):
        with pytest.raises(Refusal, match="不归"):
            actions.roll_out(desk.session, version=desk.draft, townships=[place], adopt_by=TODAY, by=desk.shen, now=NOW)


def test_the_outline_follows_the_tree(desk):
    lines = outline(desk.session, version=desk.draft)
    assert [(line.category.name, line.depth, [one.code for one in line.items]) for line in lines] == [
        ("集体的事", 0, ["A02"]),
        ("工程", 1, ["A01"]),
        ("村民的事", 0, ["B01", "B02"]),
    ]
    assert lines[1].items[0].charts == 2
