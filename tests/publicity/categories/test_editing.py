"""A county's stewards make and change categories: two people, nobody's draft but one's own, nothing in force edited."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from publicity.categories import editing
from publicity.categories.compare import compare
from publicity.categories.contents import Audience, CategoryContent, Column, ColumnKind, Mask, Sheet
from publicity.categories.models import ACCOUNTS, Affairs, Category, CategoryEdition, EditionState
from publicity.categories.pages import category_by_code, category_line, category_lines, edition_of
from publicity.categories.queries import category_in_force, content_of
from tests.cast import Places
from tests.factories import at, make_person, make_place_tree
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.people.models import Person, PostKind
from village_lists.periods import Cadence
from village_lists.places.actions import PlaceRow, import_places
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code

DAY = date(2026, 10, 8)
NOW = at(DAY)
NAME = Column(key="", name="姓名", kind=ColumnKind.PERSON, web_mask=Mask.NAME, is_required=True, is_identifying=True)
NUMBER = Column(key="", name="身份证号", kind=ColumnKind.IDENTITY, audience=Audience.NEVER, web_mask=Mask.TAIL)
MONEY = Column(key="", name="金额", kind=ColumnKind.MONEY, has_total=True, unit="元")
ROSTER = CategoryContent(
    name="高龄老人慰问发放名单",
    affairs=Affairs.VILLAGE,
    sheet=Sheet.ROSTER,
    cadence=Cadence.QUARTER,
    about="八十岁以上的老人，谁领了多少",
    headings=(("three", "village"), ("four", "village")),
)
FULL = replace(ROSTER, columns=(NAME, NUMBER, MONEY))


@dataclass(frozen=True)
class County:
    """A county with two stewards, and a steward of the next one."""

    session: Session
    places: Places
    shen: Person
    tang: Person
    tao: Person
    next: Place

    @property
    def place(self) -> Place:
        """The county."""
        return self.places.county

    def made(self, content: CategoryContent = FULL) -> CategoryEdition:
        """A draft of Shen with the content."""
        edition = editing.make_category(self.session, county=self.place, content=ROSTER, by=self.shen, now=NOW)
        self.change(edition, content)
        return edition

    def change(self, edition: CategoryEdition, content: CategoryContent, by: Person | None = None) -> None:
        """Let the draft say the content, seen as it is."""
        editing.change_edition(
            self.session, edition=edition, content=content, by=by or self.shen, now=NOW, seen=edition.digest
        )

    def submit(self, edition: CategoryEdition, by: Person | None = None) -> CategoryEdition:
        """Put it before the second steward."""
        editing.submit_edition(self.session, edition=edition, by=by or self.shen, now=NOW)
        return edition

    def force(self, edition: CategoryEdition, by: Person | None = None, since: date = DAY) -> CategoryEdition:
        """Put it in force as Tang."""
        editing.put_in_force(
            self.session, edition=edition, valid_from=since, seen=edition.digest, by=by or self.tang, now=NOW
        )
        return edition

    def begun(self, code: str = ACCOUNTS, by: Person | None = None) -> CategoryEdition:
        """A draft of Shen over what is in force."""
        category = category_by_code(self.session, county=self.place, code=code)
        assert category
        return editing.begin_edition(self.session, county=self.place, category=category, by=by or self.shen, now=NOW)


@pytest.fixture
def county(session: Session) -> County:
    """Return the county."""
    places = make_place_tree(session)
    import_places(session, rows=[PlaceRow(code="330298", name="邻川县")])
    far = place_by_code(session, code="330298", level=Level.COUNTY)
    assert far
    steward = PostKind.COUNTY_STEWARD
    return County(
        session,
        places,
        make_person(session, "沈文斌", places.county, steward),
        make_person(session, "唐秋月", places.county, steward),
        make_person(session, "陶文静", far, steward),
        far,
    )


def in_force(county: County, code: str, on: date = DAY) -> CategoryContent | None:
    """Return what holds in 上石村 on a day."""
    found = category_in_force(county.session, code=code, place=county.places.stone, on=on)
    return found.content if found else None


def test_a_category_is_made_submitted_and_put_in_force_by_another(county):
    edition = county.made()
    assert (edition.category.code, edition.number, edition.state) == ("330299-1", 1, EditionState.DRAFT)
    assert [column.key for column in content_of(edition).columns] == ["c1", "c2", "c3"]
    assert in_force(county, "330299-1") is None
    county.force(county.submit(edition))
    held = in_force(county, "330299-1")
    assert held == content_of(edition)
    assert in_force(county, "330299-1", DAY - timedelta(days=1)) is None
    found = category_in_force(county.session, code="330299-1", place=county.next, on=DAY)
    assert found is None, "another county has nothing of it"


def test_codes_go_on_counting(county):
    first = county.made()
    second = editing.make_category(
        county.session, county=county.place, content=replace(ROSTER, name="另一个"), by=county.tang, now=NOW
    )
    assert (first.category.code, second.category.code) == ("330299-1", "330299-2")


def test_one_name_is_begun_once(county):
    county.made()
    with pytest.raises(Refusal, match="同名"):
        county.made()


@pytest.mark.parametrize("name", ["", "　 ", "长" * 81])
def test_a_category_needs_a_name_that_can_be_kept(county, name):
    with pytest.raises(Refusal):
        editing.make_category(
            county.session, county=county.place, content=replace(ROSTER, name=name), by=county.shen, now=NOW
        )


def test_only_stewards_of_the_county(county):
    clerk = make_person(county.session, "李国强", county.places.stone, PostKind.CLERK)
    edition = county.made()
    for stranger in (clerk, county.tao):
        with pytest.raises(NotAllowed):
            editing.make_category(county.session, county=county.place, content=FULL, by=stranger, now=NOW)
        with pytest.raises(NotAllowed):
            county.begun(by=stranger)
        with pytest.raises(NotAllowed):
            county.change(edition, FULL, by=stranger)
        with pytest.raises(NotAllowed):
            editing.discard_edition(county.session, edition=edition, by=stranger, now=NOW)
    county.submit(edition)
    for stranger in (clerk, county.tao):
        with pytest.raises(NotAllowed):
            county.force(edition, by=stranger)
        with pytest.raises(NotAllowed):
            editing.send_back_edition(county.session, edition=edition, note="不行", by=stranger, now=NOW)


def test_a_draft_is_its_makers(county):
    edition = county.made()
    for deed in (
        lambda: county.change(edition, ROSTER, by=county.tang),
        lambda: county.submit(edition, by=county.tang),
        lambda: editing.discard_edition(county.session, edition=edition, by=county.tang, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_a_makers_draft_is_cleared_away_once_he_has_left(county):
    edition = county.made()
    county.shen.posts[0].ends_on = DAY - timedelta(days=1)
    editing.discard_edition(county.session, edition=edition, by=county.tang, now=NOW)
    assert category_by_code(county.session, county=county.place, code="330299-1") is None


def test_what_was_changed_elsewhere_is_stale(county):
    edition = county.made()
    seen = edition.digest
    county.change(edition, replace(content_of(edition), about="改过了"))
    with pytest.raises(Stale):
        editing.change_edition(county.session, edition=edition, content=FULL, by=county.shen, now=NOW, seen=seen)
    assert content_of(edition).about == "改过了"


def test_all_problems_come_at_once(county):
    wrong = replace(FULL, due_rule="due.nothing.day", columns=(NAME, NAME, replace(MONEY, kind=ColumnKind.TEXT)))
    edition = county.made(wrong)
    with pytest.raises(editing.DoesNotHold) as refused:
        county.submit(edition)
    assert len(refused.value.problems) >= 3
    assert edition.state is EditionState.DRAFT


def test_nobody_puts_the_own_work_in_force(county):
    edition = county.submit(county.made())
    with pytest.raises(NotAllowed):
        county.force(edition, by=county.shen)
    assert edition.state is EditionState.SUBMITTED


def test_the_database_too_wants_two_people(county):
    edition = county.submit(county.made())
    with pytest.raises(DatabaseError):
        county.session.execute(
            text(
                "UPDATE category_edition SET state = 'in_force', valid_from = '2026-10-08', put_by_id = made_by_id"
                " WHERE id = :id"
            ),
            {"id": edition.id},
        )


def test_it_holds_from_today_at_the_earliest(county):
    edition = county.submit(county.made())
    with pytest.raises(Refusal, match="不能早于今天"):
        county.force(edition, since=DAY - timedelta(days=1))
    assert county.force(edition, since=DAY).state is EditionState.IN_FORCE


def test_an_edition_of_a_later_day_is_not_overtaken_by_an_earlier_one(county):
    county.force(county.submit(county.made()), since=DAY + timedelta(days=30))
    later = county.begun("330299-1")
    county.submit(later)
    with pytest.raises(Refusal, match="上一版"):
        county.force(later, since=DAY)
    county.force(later, since=DAY + timedelta(days=30))
    assert in_force(county, "330299-1", DAY + timedelta(days=30)) == content_of(later)


def test_what_the_second_steward_did_not_see_is_not_put_in_force(county):
    edition = county.submit(county.made())
    with pytest.raises(Stale):
        editing.put_in_force(county.session, edition=edition, valid_from=DAY, seen="0" * 64, by=county.tang, now=NOW)


def test_sent_back_it_is_mended_and_comes_again(county):
    edition = county.submit(county.made())
    with pytest.raises(Refusal, match="原因"):
        editing.send_back_edition(county.session, edition=edition, note=" ", by=county.tang, now=NOW)
    editing.send_back_edition(county.session, edition=edition, note="金额要有合计", by=county.tang, now=NOW)
    assert edition.state is EditionState.DRAFT
    assert "10月8日 唐秋月：金额要有合计" in content_of(edition).note
    county.change(edition, replace(content_of(edition), note=""))
    county.force(county.submit(edition))


def test_what_is_no_draft_is_not_changed(county):
    edition = county.submit(county.made())
    for deed in (
        lambda: county.change(edition, ROSTER),
        lambda: county.submit(edition),
        lambda: editing.discard_edition(county.session, edition=edition, by=county.shen, now=NOW),
    ):
        with pytest.raises(Refusal):
            deed()
    county.force(edition)
    with pytest.raises(Refusal):
        county.force(edition)


def test_a_countys_edition_replaces_its_former_one_and_leaves_mingbais(county):
    first = county.begun()
    county.change(first, replace(content_of(first), about="每一笔都写"))
    county.force(county.submit(first))
    second = county.begun()
    assert content_of(second).about == "每一笔都写"
    county.change(second, replace(content_of(second), about="一笔一笔写"))
    county.force(county.submit(second), since=DAY + timedelta(days=3))
    assert (first.state, second.state) == (EditionState.REPLACED, EditionState.IN_FORCE)
    held = [in_force(county, ACCOUNTS, DAY + timedelta(days=days)) for days in (-1, 0, 2, 3)]
    assert [one.about for one in held if one] == [
        "村里每一笔收入和支出",
        "每一笔都写",
        "每一笔都写",
        "一笔一笔写",
    ]
    category = category_by_code(county.session, county=county.place, code=ACCOUNTS)
    assert category
    assert category.name == "财务收支逐笔公开", "a county's edition is not everybody's"
    assert category.editions[0].state is EditionState.IN_FORCE


def test_the_row_of_the_countys_category_says_what_is_in_force(county):
    county.force(county.submit(county.made()))
    later = county.begun("330299-1")
    county.change(later, replace(content_of(later), name="老人慰问", affairs=Affairs.FINANCE, position=77))
    category = later.category
    assert category.name == "高龄老人慰问发放名单"
    county.force(county.submit(later))
    assert (category.name, category.affairs, category.position) == ("老人慰问", Affairs.FINANCE, 77)


def test_one_edition_is_written_at_a_time(county):
    county.begun()
    with pytest.raises(Refusal, match="还有一版"):
        county.begun(by=county.tang)


def test_what_is_not_in_force_has_no_next_edition(county):
    edition = county.made()
    county.session.execute(text("DELETE FROM category_edition WHERE id = :id"), {"id": edition.id})
    county.session.expire_all()
    with pytest.raises(Refusal, match="还没有生效"):
        county.begun("330299-1")


def test_a_discarded_draft_takes_the_countys_new_category_with_it_but_never_mingbais(county):
    editing.discard_edition(county.session, edition=county.made(), by=county.shen, now=NOW)
    assert [line.category.code for line in category_lines(county.session, county=county.place)] == [ACCOUNTS]
    editing.discard_edition(county.session, edition=county.begun(), by=county.shen, now=NOW)
    assert in_force(county, ACCOUNTS)


def test_retired_by_two_people_it_is_no_longer_active(county):
    category = category_by_code(county.session, county=county.place, code=ACCOUNTS)
    assert category
    edition = editing.retire(county.session, county=county.place, category=category, by=county.shen, now=NOW)
    assert in_force(county, ACCOUNTS).is_active
    county.force(county.submit(edition))
    assert not in_force(county, ACCOUNTS).is_active


def test_keys_are_never_used_again(county):
    county.force(county.submit(county.made()))
    second = county.begun("330299-1")
    kept = content_of(second)
    county.change(second, replace(kept, columns=kept.columns[:2]))
    county.force(county.submit(second))
    third = county.begun("330299-1")
    kept = content_of(third)
    strange = replace(MONEY, key="c2"), replace(MONEY, key="mine", name="补助")
    county.change(third, replace(kept, columns=(*kept.columns, *strange)))
    assert [column.key for column in content_of(third).columns] == ["c1", "c2", "c4", "c5"]


def test_the_desk_says_where_each_category_stands(county):
    county.force(county.submit(county.made()))
    draft = county.begun(by=county.tang)
    lines = {line.category.code: line for line in category_lines(county.session, county=county.place)}
    own, given = lines["330299-1"], lines[ACCOUNTS]
    assert (own.is_own, own.since, own.unfinished, own.posted) == (True, DAY, None, 0)
    assert (given.is_own, given.unfinished) == (False, draft)
    assert list(lines) == sorted(lines, key=lambda code: (lines[code].content.position, code))
    assert category_line(county.session, county=county.next, code="330299-1") is None
    assert edition_of(county.session, county=county.next, code=ACCOUNTS, number=draft.number) is None


def test_what_becomes_more_public_is_told_first_and_marked(county):
    former = content_of(county.made())
    name, number, money = former.columns
    newer = replace(
        former,
        about="改了",
        columns=(replace(name, web_mask=Mask.NONE), replace(number, kind=ColumnKind.TEXT, audience=Audience.PAPER)),
    )
    found = compare(former, newer)
    assert [change.is_opening for change in found] == [True, True, False, False, False]
    assert found[0].values["name"] == "姓名"
    assert compare(newer, former)[0].is_opening is False
    assert compare(former, former) == []
    added = replace(former, columns=(*former.columns, replace(money, key="c9", name="电话", kind=ColumnKind.PHONE)))
    assert compare(former, added)[0].is_opening


@pytest.mark.parametrize(
    "change",
    [
        "content = '{}'",
        "digest = 'x'",
        "state = 'draft'",
        "valid_from = '2026-01-01'",
        "made_by_id = put_by_id",
        "number = 7",
    ],
)
def test_the_database_keeps_what_came_into_force(county, change):
    edition = county.force(county.submit(county.made()))
    with pytest.raises(DatabaseError):
        county.session.execute(text(f"UPDATE category_edition SET {change} WHERE id = :id"), {"id": edition.id})


def test_the_database_deletes_no_edition_that_held(county):
    edition = county.force(county.submit(county.made()))
    with pytest.raises(DatabaseError):
        county.session.execute(text("DELETE FROM category_edition WHERE id = :id"), {"id": edition.id})


def test_a_category_of_another_county_is_no_ones_here(county):
    edition = county.made()
    category = county.session.get_one(Category, edition.category_id)
    with pytest.raises(Refusal):
        editing.begin_edition(county.session, county=county.next, category=category, by=county.tao, now=NOW)


def test_another_cadence_begins_with_a_period(county):
    """From quarter to month in the middle of a quarter its months would never be owed."""
    county.force(county.submit(county.made()), since=DAY)
    later = county.begun("330299-1")
    county.change(later, replace(content_of(later), cadence=Cadence.MONTH, due_rule="due.general.monthly.day"))
    county.submit(later)
    with pytest.raises(Refusal, match="第一天"):
        county.force(later, since=date(2027, 2, 1))
    county.force(later, since=date(2027, 4, 1))
    assert in_force(county, "330299-1", date(2027, 4, 1)).cadence is Cadence.MONTH
