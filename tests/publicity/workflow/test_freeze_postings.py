"""The database alone, of postings of every kind: rows, pictures, overrides, withdrawals, filings, editions."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from publicity.attachments.models import Attachment
from publicity.categories.actions import enter_category
from publicity.postings.models import PublishedText
from publicity.records.models import Deed, State
from publicity.workflow.actions import approve, confirm, submit
from publicity.workflow.models import Filing, Override, Withdrawal
from publicity.workflow.overrides import agree_override, ask_override
from publicity.workflow.withdrawals import agree_withdrawal, ask_withdrawal
from tests.publicity.workflow.kinds import CONTENT, PHONE, ROSTER, begun, with_roster
from tests.publicity.workflow.stage import NOW, SINCE, Stage, seen
from tests.publicity.workflow.test_freeze import force, plant
from village_lists.documents.actions import Readable, keep_readable
from village_lists.documents.models import DocumentKind
from village_lists.people.models import PostKind
from village_lists.rulebook.models import RuleRow


@pytest.fixture
def refused(stage):
    """Return a function that runs one statement and wants it refused, with nothing changed."""

    def run(statement, **values):
        with pytest.raises(IntegrityError):
            stage.session.execute(text(statement), values)
        stage.session.rollback()

    return run


def take(deed, stage, version, role, **more):
    """Take a deed in somebody's role over what stands there now."""
    return deed(stage.session, version=version, by=stage[role], now=NOW, seen=seen(version), **more)


def published(stage: Stage):
    """Publish the roster with everything that may stand beside it: a picture, an override, a filing."""
    with_roster(stage)
    village, clerk = stage.village, stage["clerk"]
    filing = RuleRow(
        key="filing.township.days",
        level=stage.session.query(RuleRow).first().level,
        place_id=stage.session.query(RuleRow).first().place_id,
        value={"value": 10},
        valid_from=SINCE,
    )
    stage.session.add(filing)
    version = begun(stage, because=PHONE)
    photo = Readable(kind=DocumentKind.PDF, name="名单.pdf", content=b"%PDF-1.4")
    document = keep_readable(stage.session, place=village, readable=photo, by=clerk, now=NOW)
    attachment = Attachment(
        key="a" * 16,
        version_id=version.id,
        position=1,
        original_id=document.id,
        by_id=clerk.id,
        at=NOW,
        is_checked=True,
        shown_id=document.id,
    )
    stage.session.add(attachment)
    stage.session.flush()
    place = {"place": "row-1-because", "kind": "mobile", "reason": "本人同意"}
    override = take(ask_override, stage, version, "clerk", **place)
    take(agree_override, stage, version, "head", number=override.id)
    for deed, role in ((submit, "clerk"), (approve, "organiser"), (confirm, "secretary")):
        take(deed, stage, version, role)
    stage.session.commit()
    return version


EDITS = [
    "UPDATE posting SET note = '别的'",
    "UPDATE posting SET is_nil = true",
    "UPDATE posting SET head = '{}'",
    "UPDATE posting SET edition_id = edition_id + 1",
    "UPDATE posting SET source_name = 'x'",
    "DELETE FROM posting",
    "UPDATE posting_row SET cells = '{}'",
    "UPDATE posting_row SET line = 9",
    "DELETE FROM posting_row",
    "INSERT INTO posting_row (posting_id, line, cells) SELECT posting_id, 2, cells FROM posting_row",
    "UPDATE attachment SET caption = '别的'",
    "UPDATE attachment SET shown_id = NULL",
    "UPDATE attachment SET boxes = '{}', line = 1",
    "DELETE FROM attachment",
    "UPDATE document SET content = content",
    "UPDATE override SET reason = '别的'",
    "UPDATE override SET agreed_by_id = NULL, agreed_at = NULL",
    "UPDATE override SET digest = ''",
    "DELETE FROM override",
    "UPDATE published_text SET words = '别的'",
    "UPDATE filing SET due = '2030-01-01'",
    "DELETE FROM filing",
    "UPDATE record SET title = '别的'",
    "UPDATE record SET period = '2026-Q2'",
    "UPDATE version SET state = 'draft'",
    "UPDATE version SET state = 'withdrawn'",
    "UPDATE version SET review = ''",
    "UPDATE category SET code = 'finance.monthly-accounts' WHERE code <> 'finance.monthly-accounts'",
    "UPDATE posting SET officials = '[]'",
    "UPDATE category_edition SET content = '{}' WHERE state = 'in_force'",
    "UPDATE category_edition SET digest = '' WHERE state = 'in_force'",
    "UPDATE category_edition SET valid_from = '2026-10-01' WHERE state = 'in_force'",
    "UPDATE category_edition SET state = 'draft' WHERE state = 'in_force'",
    "DELETE FROM category_edition WHERE state = 'in_force'",
]


def test_a_published_posting_is_not_edited_by_any_statement(stage, refused):
    version = published(stage)
    assert version.state == State.PUBLISHED
    for edit in EDITS:
        refused(edit)


def test_a_picture_is_not_added_to_what_is_published_or_in_review(stage, refused):
    version = published(stage)
    copied = (
        "INSERT INTO attachment"
        " (key, version_id, position, original_id, by_id, at, caption, shown_id, boxes, is_checked)"
        " SELECT 'b', :to, 2, original_id, by_id, at, '', shown_id, boxes, is_checked FROM attachment"
    )
    refused(copied, to=version.id)
    ledger = stage.submitted()
    stage.session.commit()
    refused(copied, to=ledger.id)


def test_rows_of_a_published_posting_are_not_carried_off_into_a_draft(stage, refused):
    first = published(stage)
    draft = begun(stage, reason="更正")
    stage.session.commit()
    into = "(SELECT id FROM posting WHERE version_id = :draft)"
    refused(f"UPDATE posting_row SET posting_id = {into}, line = 7 WHERE posting_id <> {into}", draft=draft.id)
    refused("UPDATE posting SET version_id = 99 WHERE version_id = :first", first=first.id)


TABLES = ["posting", "posting_row", "attachment", "override", "filing", "category_edition"]


def test_no_row_takes_the_place_of_one_that_is_kept(stage, refused):
    published(stage)
    for table in TABLES:
        if stage.session.get_bind().dialect.name == "postgresql":
            refused(f"TRUNCATE {table} CASCADE")
            continue
        columns = [row[1] for row in stage.session.execute(text(f"PRAGMA table_info({table})"))]
        mended = {"category_edition": {"state": "'draft'"}}.get(table, {})
        values = ", ".join(mended.get(column, column) for column in columns)
        refused(f"REPLACE INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} LIMIT 1")


def test_a_posting_that_says_nothing_is_not_published(stage):
    with_roster(stage)
    version = begun(stage)
    stage.session.execute(text("DELETE FROM posting_row"))
    stage.session.execute(text("DELETE FROM posting"))
    version.digest, version.state, version.review = "f" * 64, State.SUBMITTED, "supervision.approve secretary.confirm"
    stage.session.flush()
    plant(stage, version, Deed.APPROVE, "head")
    plant(stage, version, Deed.CONFIRM, "secretary")
    force(stage, version, "approved")
    with pytest.raises(IntegrityError, match="say nothing"):
        force(stage, version, "published")


def asked(stage, version, **about):
    """Plant a withdrawal as no action would."""
    clerk = stage["clerk"]
    values = {"reason": "名单有误", "asked_by_id": clerk.id, "asked_name": clerk.name, "asked_post": PostKind.CLERK}
    stage.session.add(Withdrawal(version_id=version.id, asked_at=NOW, **{**values, **about}))
    stage.session.flush()


@pytest.mark.parametrize(
    "about",
    [{"reason": "  "}, {"agreed_by_id": 2, "agreed_at": NOW}],
    ids=["without a reason", "agreed to at once"],
)
def test_a_withdrawal_is_asked_for_first_with_a_reason(stage, about):
    version = published(stage)
    with pytest.raises(IntegrityError, match="asked for first"):
        asked(stage, version, **about)


def test_only_what_stands_published_is_withdrawn(stage):
    with_roster(stage)
    with pytest.raises(IntegrityError, match="only what stands published"):
        asked(stage, begun(stage))


@pytest.mark.parametrize(
    ("role", "post", "words"),
    [
        ("clerk", "clerk", "two_people|offices of its village"),
        ("member", "supervision_member", "offices of its village"),
        ("head", "secretary", "offices of its village"),
        ("auditor", "township_auditor", "offices of its village"),
    ],
)
def test_a_withdrawal_is_agreed_to_by_another_in_office(stage, role, post, words):
    version = published(stage)
    asked(stage, version)
    with pytest.raises(IntegrityError, match=words):
        stage.session.execute(
            text("UPDATE withdrawal SET agreed_by_id = :by, agreed_post = :post, agreed_at = asked_at"),
            {"by": stage[role].id, "post": post},
        )


def test_a_withdrawal_has_its_deed_and_then_stays(stage, refused):
    version = published(stage)
    asked(stage, version)
    agreed = text("UPDATE withdrawal SET agreed_by_id = :by, agreed_post = 'supervision_head', agreed_at = asked_at")
    stage.session.execute(agreed, {"by": stage["head"].id})
    stage.session.commit()
    refused("UPDATE version SET state = 'withdrawn' WHERE id = :id", id=version.id)
    with pytest.raises(IntegrityError, match="never edited"):
        plant(stage, version, Deed.WITHDRAW, "secretary", post=PostKind.SECRETARY)
    stage.session.rollback()
    plant(stage, version, Deed.WITHDRAW, "head", post=PostKind.SUPERVISION_HEAD)
    force_state(stage, version, "withdrawn")
    stage.session.commit()
    for statement in (
        "UPDATE version SET state = 'published' WHERE state = 'withdrawn'",
        "UPDATE withdrawal SET reason = '别的'",
        "UPDATE withdrawal SET agreed_by_id = NULL",
        "DELETE FROM withdrawal",
        "UPDATE posting SET note = 'x'",
    ):
        refused(statement)


def force_state(stage, version, state):
    """Set the state alone as no action would."""
    stage.session.execute(text("UPDATE version SET state = :state WHERE id = :id"), {"state": state, "id": version.id})


def test_a_version_after_a_withdrawal_needs_a_reason(stage):
    first = published(stage)
    ask_withdrawal(stage.session, version=first, reason="名单有误", by=stage["clerk"], now=NOW, seen=seen(first))
    agree_withdrawal(stage.session, version=first, by=stage["head"], now=NOW, seen=seen(first))
    version = begun(stage, reason="重新公开")
    version.reason, version.digest, version.review = "", "f" * 64, "supervision.approve secretary.confirm"
    version.state = State.SUBMITTED
    stage.session.flush()
    plant(stage, version, Deed.APPROVE, "head")
    plant(stage, version, Deed.CONFIRM, "secretary")
    force(stage, version, "approved")
    with pytest.raises(IntegrityError, match="says why"):
        force(stage, version, "published")


def test_an_override_is_asked_for_before_another_agrees(stage):
    with_roster(stage)
    version, clerk, head = begun(stage), stage["clerk"], stage["head"]
    about: dict[str, Any] = {
        "version_id": version.id,
        "place": "note",
        "kind": "mobile",
        "digest": "d",
        "asked_at": NOW,
    }
    stage.session.commit()
    unfit: list[dict[str, Any]] = [{"reason": " "}, {"reason": "同意", "agreed_by_id": head.id}]
    for wrong in unfit:
        stage.session.add(Override(**about, asked_by_id=clerk.id, **wrong))
        with pytest.raises(IntegrityError, match="asked for with a reason"):
            stage.session.flush()
        stage.session.rollback()
    stage.session.add(Override(**about, reason="同意", asked_by_id=stage["secretary"].id))
    stage.session.commit()
    for role in ("clerk", "member", "organiser"):
        with pytest.raises(IntegrityError, match="never who entered it"):
            stage.session.execute(text("UPDATE override SET agreed_by_id = :by"), {"by": stage[role].id})
        stage.session.rollback()
    stage.session.execute(text("UPDATE override SET agreed_by_id = :by"), {"by": head.id})


def test_search_gets_no_words_of_what_does_not_stand_published(stage):
    with_roster(stage)
    stage.session.add(PublishedText(version_id=begun(stage).id, words="何月仙"))
    with pytest.raises(IntegrityError, match="stands published"):
        stage.session.flush()


def test_a_filing_is_received_once_by_the_township(stage, refused):
    published(stage)
    received = "UPDATE filing SET filed_by_id = :by, filed_name = 'x'"
    refused(received, by=stage["secretary"].id)
    stage.session.execute(text(received), {"by": stage["auditor"].id})
    stage.session.commit()
    refused(received, by=stage["auditor"].id)
    stage.session.add(Filing(version_id=stage.draft().id, due=NOW.date()))
    with pytest.raises(IntegrityError, match="stands published"):
        stage.session.flush()


def test_a_later_edition_leaves_the_former_readable_and_unchanged(stage, refused):
    with_roster(stage)
    enter_category(stage.session, code=ROSTER, content=CONTENT, since=SINCE)
    stage.session.commit()
    changed = CONTENT.__class__(**{**CONTENT.__dict__, "name": "另一个名字"})
    enter_category(stage.session, code=ROSTER, content=changed, since=SINCE + timedelta(days=3))
    stage.session.commit()
    refused("UPDATE category_edition SET content = '{}' WHERE state = 'replaced'")
    refused("UPDATE category_edition SET state = 'in_force' WHERE state = 'replaced'")
