"""The database alone: with every rule of the program passed by, it still keeps lists, resolutions and rules."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.village_lists.editions.test_actions import NOW, TODAY, Desk
from village_lists.editions import actions
from village_lists.places.models import Level
from village_lists.powers.models import Adoption, ListVersion
from village_lists.rulebook.models import ChangeState, RuleChange, RuleRow

# Each row of a draft put into the published version, by table: what leads to its version.
LEADS = {
    "power_item": ("version_id", "list_version", "id"),
    "list_category": ("version_id", "list_version", "id"),
    "procedure": ("version_id", "list_version", "id"),
    "prohibition": ("version_id", "list_version", "id"),
    "list_threshold": ("version_id", "list_version", "id"),
    "item_basis": ("item_id", "power_item", "version_id"),
    "item_posting": ("item_id", "power_item", "version_id"),
    "item_procedure": ("item_id", "power_item", "version_id"),
    "procedure_node": ("procedure_id", "procedure", "version_id"),
    "procedure_edge": ("procedure_id", "procedure", "version_id"),
    "prohibition_tie": ("prohibition_id", "prohibition", "version_id"),
}


class Kept(Desk):
    """A published version, its successor as a draft, a resolution that counts, one that waits, and rules."""

    def __init__(self, session):
        super().__init__(session)
        self.submit()
        self.publish()
        self.old = self.draft
        self.draft = actions.next_version(session, power_list=self.old.power_list, by=self.shen, now=NOW)
        self.counts, self.waits = (self.adoption(place) for place in (self.places.stone, self.places.field))
        self.counts.confirmed_at, self.counts.confirmed_by_id = NOW, self.cast.yonggen.id
        self.row = RuleRow(key="display.days", level=Level.COUNTY, value={"value": 15}, valid_from=TODAY)
        self.row.place_id = self.places.county.id
        self.national = RuleRow(key="display.days", level=Level.NATIONAL, value={"value": 15}, valid_from=TODAY)
        self.change = RuleChange(
            key="display.days",
            level=Level.COUNTY,
            place_id=self.places.county.id,
            value={"value": 20},
            valid_from=TODAY,
            proposed_by_id=self.shen.id,
            proposed_at=NOW,
        )
        session.add_all([self.row, self.national, self.change])
        session.commit()

    def adoption(self, village):
        found = Adoption(
            village_id=village.id,
            version_id=self.old.id,
            meeting="村民代表会议",
            held_on=TODAY,
            due=38,
            present=35,
            in_favour=34,
            recorded_at=NOW,
            recorded_by_id=self.cast.li.id,
        )
        self.session.add(found)
        self.session.flush()
        return found

    def run(self, statement, **values):
        try:
            self.session.execute(text(statement), values)
        finally:
            self.session.rollback()


@pytest.fixture
def kept(session):
    """Return what the database has to keep."""
    return Kept(session)


@pytest.mark.parametrize("table", LEADS)
def test_nothing_moves_from_a_draft_into_what_is_published(kept, table):
    column, above, key = LEADS[table]
    target = f"(SELECT MIN(a.id) FROM {above} a WHERE a.{key} = :old)"
    rows = f"SELECT MIN(x.id) FROM {table} x JOIN {above} a ON a.id = x.{column} WHERE a.{key} = :draft"
    number = kept.session.execute(text(rows), {"draft": kept.draft.id}).scalar()
    assert number, "the small list has such a row"
    with pytest.raises(IntegrityError, match="never edited"):
        kept.run(f"UPDATE {table} SET {column} = {target} WHERE id = :id", old=kept.old.id, id=number)


@pytest.mark.parametrize(
    "change",
    [
        "template_id = :draft",
        "valid_from = NULL",
        "title = 'x'",
        "note = 'x'",
        "number = 9",
        "state = 'draft'",
        "is_sample = NOT is_sample",
    ],
)
def test_the_cover_of_a_published_version_stays(kept, change):
    with pytest.raises(IntegrityError):
        kept.run(
            f"UPDATE list_version SET {change} WHERE id = :old AND id <> :draft", old=kept.old.id, draft=kept.draft.id
        )


def test_the_template_of_a_submitted_version_is_not_taken_away(kept):
    kept.draft.template_id = kept.old.id
    kept.session.flush()
    actions.submit_version(kept.session, version=kept.draft, note="", by=kept.shen, now=NOW)
    kept.session.commit()
    with pytest.raises(IntegrityError):
        kept.run("UPDATE list_version SET template_id = NULL WHERE id = :id", id=kept.draft.id)


@pytest.mark.parametrize(
    "change",
    [
        "confirmed_at = recorded_at, confirmed_by_id = recorded_by_id",
        "confirmed_at = recorded_at, confirmed_by_id = recorded_by_id + 0, recorded_by_id = recorded_by_id + 1",
        "recorded_by_id = NULL",
        "body = 'collective'",
        "recorded_at = '2020-01-01 00:00:00'",
        "in_favour = 35",
        "arithmetic = '{\"a\": 1}'",
    ],
)
def test_a_resolution_that_waits_says_what_was_recorded(kept, change):
    with pytest.raises(IntegrityError):
        kept.run(f"UPDATE adoption SET {change} WHERE id = :id", id=kept.waits.id)


@pytest.mark.parametrize(
    "change", ["confirmed_by_id = NULL", "minutes_id = NULL, meeting = 'x'", "confirmed_at = NULL"]
)
def test_a_resolution_that_counts_stays(kept, change):
    with pytest.raises(IntegrityError):
        kept.run(f"UPDATE adoption SET {change} WHERE id = :id", id=kept.counts.id)


def test_nobody_enters_a_resolution_that_he_confirms(kept):
    with pytest.raises(IntegrityError, match="nobody confirms"):
        kept.run(
            "INSERT INTO adoption (village_id, version_id, meeting, held_on, due, present, in_favour, recorded_at,"
            " decision_body, body, arithmetic, recorded_by_id, confirmed_by_id, confirmed_at)"
            " SELECT :place, version_id, meeting, held_on, due, present, in_favour, recorded_at, decision_body, body,"
            " arithmetic, recorded_by_id, recorded_by_id, recorded_at FROM adoption WHERE id = :id",
            id=kept.waits.id,
            place=kept.places.township.id,
        )


def test_no_resolution_counts_upon_a_draft(kept):
    waits = Adoption(
        village_id=kept.places.field.id,
        version_id=kept.draft.id,
        meeting="村民代表会议",
        held_on=TODAY,
        due=38,
        present=35,
        in_favour=34,
        recorded_at=NOW,
    )
    kept.session.add(waits)
    kept.session.commit()
    with pytest.raises(IntegrityError, match="draft"):
        kept.run("UPDATE adoption SET confirmed_at = recorded_at WHERE id = :id", id=waits.id)


@pytest.mark.parametrize("change", ["place_id = NULL", "level = 'national'", "valid_from = '2020-01-01'", "key = 'x'"])
def test_a_row_of_the_rule_book_only_ends(kept, change):
    with pytest.raises(IntegrityError):
        kept.run(f"UPDATE rule_row SET {change} WHERE id = :id", id=kept.row.id)


def test_a_national_row_gets_no_place(kept):
    with pytest.raises(IntegrityError):
        kept.run(
            "UPDATE rule_row SET place_id = :place WHERE id = :id", place=kept.places.county.id, id=kept.national.id
        )


@pytest.mark.parametrize(
    "change",
    [
        "value = '{\"value\": 1}'",
        "value = NULL",
        "valid_from = '2030-01-01'",
        "key = 'amounts.x'",
        "place_id = NULL",
        "proposed_by_id = :other",
        "state = 'accepted', decided_by_id = NULL",
        "state = 'accepted', decided_by_id = :other, value = '{\"value\": 1}'",
        "state = 'accepted', decided_by_id = proposed_by_id",
    ],
)
def test_a_proposal_says_what_was_proposed_until_another_decides(kept, change):
    with pytest.raises(IntegrityError):
        kept.run(
            f"UPDATE rule_change SET {change} WHERE id = :id AND id <> :other + 1000",
            id=kept.change.id,
            other=kept.tang.id,
        )


def test_another_steward_decides(kept):
    kept.change.state, kept.change.decided_by_id = ChangeState.ACCEPTED, kept.tang.id
    kept.session.flush()


def test_what_is_shown_to_nobody_is_published_by_nobody_who_wrote_it(kept):
    deed = "INSERT INTO list_deed (version_id, deed, by_id, at, words, note, subject, code, digest)"
    deed += " SELECT version_id, 'publish', by_id, at, '', '', '', '', '' FROM list_deed"
    with pytest.raises(IntegrityError, match="nobody publishes"):
        kept.run(f"{deed} WHERE version_id = :id AND deed = 'make'", id=kept.draft.id)


def test_deeds_of_a_published_version_stay_its_own(kept):
    old, draft = kept.old.id, kept.draft.id
    with pytest.raises(IntegrityError, match="deeds are kept"):
        kept.run("DELETE FROM list_deed WHERE version_id = :old", old=old)
    with pytest.raises(IntegrityError, match="deeds are kept"):
        kept.run("UPDATE list_deed SET version_id = :draft WHERE version_id = :old", old=old, draft=draft)
    with pytest.raises(IntegrityError, match="kept"):
        kept.run("DELETE FROM list_version WHERE id = :old", old=old)


def test_a_list_stays_in_its_place(kept):
    with pytest.raises(IntegrityError, match="stays where it is"):
        kept.run(
            "UPDATE power_list SET place_id = :place WHERE id = :id",
            place=kept.places.field.id,
            id=kept.old.power_list_id,
        )


def test_the_successor_is_published_by_the_deed_of_another(kept):
    actions.submit_version(kept.session, version=kept.draft, note="", by=kept.shen, now=NOW)
    actions.publish_version(kept.session, version=kept.draft, valid_from=TODAY, by=kept.tang, now=NOW)
    kept.session.expire_all()
    assert [kept.session.get_one(ListVersion, one.id).state for one in (kept.old, kept.draft)] == [
        "superseded",
        "published",
    ]
