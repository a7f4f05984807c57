"""The database alone: what happened in a matter is neither edited nor taken away, and nobody checks his own deed."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from publicity.matters.evidence import add_evidence, tie_record
from publicity.matters.models import MatterDeed, MatterEvent
from tests.factories import at, make_draft
from tests.publicity.matters.scene import OPENED, TODAY
from village_lists.documents.actions import Readable, keep_readable
from village_lists.documents.models import DocumentKind
from village_lists.people.models import PostKind

EDITS = [
    "UPDATE matter SET number = 7",
    "UPDATE matter SET code = 'A04-2026-09'",
    "UPDATE matter SET item_code = 'A05'",
    "UPDATE matter SET opened_on = '2026-01-01'",
    "UPDATE matter SET opened_by_id = opened_by_id + 1",
    "UPDATE matter SET opened_name = '别人'",
    "UPDATE matter SET village_id = village_id + 1",
    "UPDATE matter SET body_id = body_id + 1",
    "DELETE FROM matter",
    "UPDATE matter_event SET happened_on = '2026-01-01'",
    "UPDATE matter_event SET deed = 'skipped', words = '没空办'",
    "UPDATE matter_event SET step = 'build'",
    "UPDATE matter_event SET exit = '同意'",
    "UPDATE matter_event SET words = '另有说明'",
    "UPDATE matter_event SET name = '别人'",
    "UPDATE matter_event SET by_id = by_id + 1",
    "UPDATE matter_event SET post = 'secretary'",
    "UPDATE matter_event SET sequence = 9 WHERE sequence = 2",
    "UPDATE matter_event SET content = '{\"present\": 30}' WHERE deed = 'met'",
    "UPDATE matter_event SET checked_name = '王永根'",
    "UPDATE matter_event SET checked_by_id = by_id",
    "DELETE FROM matter_event WHERE sequence = 2",
    "DELETE FROM matter_event",
    "UPDATE evidence SET name = '别的'",
    "UPDATE evidence SET original_id = original_id + 1",
    "UPDATE evidence SET event_id = event_id + 1",
    "DELETE FROM evidence",
    "UPDATE matter_record SET step = ''",
]
TABLES = ["matter", "matter_event", "evidence", "matter_record"]


@pytest.fixture
def refused(scene):
    """Return a function that runs one statement and wants it refused, with nothing changed."""

    def run(statement, **values):
        with pytest.raises(IntegrityError):
            scene.session.execute(text(statement), values)
        scene.session.rollback()

    return run


@pytest.fixture
def road(scene):
    """Return a matter with a meeting, a deed, a paper and a record, all kept."""
    session, cast = scene.session, scene.cast
    matter = scene.open()
    scene.meet(matter, "decide/show", present=20)
    event = scene.deed(matter, "done", "decide/show")
    readable = Readable(kind=DocumentKind.PDF, name="会议记录.pdf", content=b"%PDF-1.7")
    document = keep_readable(session, place=scene.stone, readable=readable, by=cast.li, now=at(TODAY))
    add_evidence(session, event=event, name="会议记录", document=document, by=cast.li, now=at(TODAY))
    record = make_draft(session, body=scene.places.collective, cast=cast, lines=()).record
    tie_record(session, matter=matter, record=record, step="decide/show", by=cast.li, now=at(TODAY))
    session.commit()
    return matter


def test_what_happened_is_not_edited_by_any_statement(road, refused):
    for edit in EDITS:
        refused(edit)


def test_no_row_takes_the_place_of_one_that_is_kept(scene, road, refused):
    """TRUNCATE (PostgreSQL) and REPLACE (SQLite) pass by the triggers of single rows."""
    for table in TABLES:
        if scene.session.get_bind().dialect.name == "postgresql":
            refused(f"TRUNCATE {table} CASCADE")
            continue
        columns = ", ".join(row[1] for row in scene.session.execute(text(f"PRAGMA table_info({table})")))
        refused(f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}")


def test_a_deed_is_checked_once_by_supervision_of_the_village_who_did_not_enter_it(scene, road, refused):
    check = "UPDATE matter_event SET checked_by_id = :who, checked_name = '某某', checked_at = at WHERE sequence = 2"
    cast = scene.cast
    for other in (cast.li, cast.chen, cast.zhao, cast.wang):
        refused(check, who=other.id)
    # The clerk is not among those who check, even where he sits on the committee too.
    li = cast.li.posts[0]
    li.kind = PostKind.SUPERVISION_MEMBER
    scene.session.commit()
    refused(check, who=cast.li.id)
    scene.session.execute(text(check), {"who": cast.mei.id})
    scene.session.commit()
    refused(check, who=cast.yonggen.id)
    refused("UPDATE matter_event SET checked_by_id = NULL, checked_name = '', checked_at = NULL WHERE sequence = 2")


def planted(scene, matter, **choices):
    """Add a deed as no action would."""
    told = {
        "matter_id": matter.id,
        "sequence": 3,
        "deed": MatterDeed.DONE,
        "happened_on": OPENED,
        "by_id": scene.cast.li.id,
        "post": PostKind.CLERK,
        "name": "李国强",
        "at": at(TODAY),
        "step": "decide/party",
        "words": "",
    }
    scene.session.add(MatterEvent(**{**told, **choices}))
    scene.session.flush()


def test_deeds_follow_one_another_unchecked_and_with_their_reasons(scene, road):
    planted(scene, road)
    scene.session.rollback()
    wrong = [{"sequence": 4}, {"sequence": 2}, {"checked_by_id": scene.cast.mei.id}]
    wrong += [{"deed": deed, "words": " "} for deed in ("skipped", "stopped", "voided", "moved")]
    for choices in wrong:
        with pytest.raises(IntegrityError):
            planted(scene, road, **choices)
        scene.session.rollback()
