"""The database alone: with every policy of the program passed by, it still refuses."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from publicity.codes.actions import give_code
from publicity.codes.models import TargetKind
from publicity.ledgers.models import Entry
from publicity.records.models import Deed, Event, Remark, State, Version
from tests.publicity.workflow.stage import AUGUST, NOW, SEPTEMBER
from village_lists.people.models import PostKind

OFFICE = {Deed.APPROVE: PostKind.SUPERVISION_HEAD, Deed.CONFIRM: PostKind.SECRETARY}


@pytest.fixture
def refused(stage):
    """Return a function that runs one statement and wants it refused, with nothing changed."""
    stage.session.commit()

    def run(statement, **values):
        with pytest.raises(IntegrityError):
            stage.session.execute(text(statement), values)
        stage.session.rollback()

    return run


def plant(stage, version, deed, role, *, post=None, digest=None):
    """Insert a deed of review as no action would."""
    event = Event(
        version_id=version.id,
        deed=deed,
        by_id=stage[role].id,
        post=post or OFFICE[deed],
        name=stage[role].name,
        at=NOW,
        digest=version.digest if digest is None else digest,
    )
    stage.session.add(event)
    stage.session.flush()


def force(stage, version, state):
    """Set the state as no action would, with the day that publication sets."""
    stage.session.execute(
        text("UPDATE version SET state = :state, published_at = :at WHERE id = :id"),
        {"state": state, "at": NOW, "id": version.id},
    )


def test_two_others_reviews_let_it_through_so_that_the_rest_proves_something(stage):
    version = stage.approved()
    plant(stage, version, Deed.CONFIRM, "secretary")
    force(stage, version, "published")
    stage.session.expire_all()
    assert version.state == State.PUBLISHED


@pytest.mark.parametrize(
    "state", ["submitted", "approved", "confirmed", "endorsed", "published", "corrected", "withdrawn"]
)
@pytest.mark.parametrize("make", ["draft", "submitted", "approved"])
def test_a_state_set_by_hand_is_not_a_publication(stage, make, state):
    version = getattr(stage, make)()
    waiting = {"submitted", "approved", "confirmed", "endorsed"}
    if (
        make == state
        or (make, state) == ("draft", "submitted")
        or (make in waiting and state in waiting - {"submitted"})
    ):
        force(stage, version, state)  # the tables of review have these in some order; they publish nothing
        stage.session.expire_all()
        assert version.state not in {State.PUBLISHED, State.CORRECTED, State.WITHDRAWN}
        return
    with pytest.raises(IntegrityError):
        force(stage, version, state)


def test_a_state_walked_by_hand_is_not_a_publication(stage):
    version = stage.submitted()
    force(stage, version, "approved")
    with pytest.raises(IntegrityError, match="two other people"):
        force(stage, version, "published")


@pytest.mark.parametrize("deed", OFFICE)
def test_the_clerks_own_review_is_refused(stage, deed):
    version = stage.submitted()
    with pytest.raises(IntegrityError):
        plant(stage, version, deed, "clerk")


@pytest.mark.parametrize("deed", OFFICE)
def test_the_clerks_own_review_is_refused_in_his_second_post(stage, deed):
    both = stage.enter("both", PostKind.CLERK, OFFICE[deed] if deed == Deed.CONFIRM else PostKind.CLERK)
    if deed == Deed.APPROVE:
        # Past the rule that keeps supervision apart.
        both.posts[1].kind = PostKind.SUPERVISION_HEAD
    version = stage.submitted(by="both")
    with pytest.raises(IntegrityError, match="nobody approves what he entered"):
        plant(stage, version, deed, "both")


@pytest.mark.parametrize(
    ("deed", "role"), [(Deed.APPROVE, "secretary"), (Deed.APPROVE, "member"), (Deed.CONFIRM, "head")]
)
def test_a_review_without_the_post_is_refused(stage, deed, role):
    version = stage.submitted()
    with pytest.raises(IntegrityError, match="office that the order names"):
        plant(stage, version, deed, role)


def test_a_review_by_another_villages_official_is_refused(stage):
    stage["elsewhere"].posts[0].kind = PostKind.SUPERVISION_HEAD
    version = stage.submitted()
    with pytest.raises(IntegrityError, match="office that the order names"):
        plant(stage, version, Deed.APPROVE, "elsewhere")


def test_one_person_in_two_posts_is_not_two_reviews(stage):
    stage.enter("two", PostKind.SECRETARY, PostKind.SECRETARY)
    stage["two"].posts[1].kind = PostKind.SUPERVISION_HEAD
    version = stage.submitted()
    plant(stage, version, Deed.APPROVE, "two")
    plant(stage, version, Deed.CONFIRM, "two")
    force(stage, version, "approved")
    with pytest.raises(IntegrityError, match="two other people"):
        force(stage, version, "published")


def test_a_review_of_something_else_is_refused(stage):
    version = stage.submitted()
    with pytest.raises(IntegrityError, match="what was submitted"):
        plant(stage, version, Deed.APPROVE, "head", digest="0" * 64)


def test_a_review_before_the_submission_is_refused(stage):
    version = stage.draft()
    with pytest.raises(IntegrityError, match="what was submitted"):
        plant(stage, version, Deed.APPROVE, "head")


def test_content_does_not_slip_back_under_its_approval(stage, refused):
    version = stage.approved()
    stage.session.commit()
    refused("UPDATE version SET state = 'draft' WHERE id = :id", id=version.id)


@pytest.mark.parametrize("wrong_fen", [1, -1])
def test_accounts_a_fen_off_are_not_published_with_every_approval(stage, wrong_fen):
    version = stage.draft(wrong_fen=wrong_fen)
    version.digest = "f" * 64
    version.state = State.SUBMITTED
    stage.session.flush()
    plant(stage, version, Deed.APPROVE, "head")
    plant(stage, version, Deed.CONFIRM, "secretary")
    force(stage, version, "approved")
    with pytest.raises(IntegrityError, match="do not balance"):
        force(stage, version, "published")


def test_a_version_without_accounts_is_not_published(stage):
    version = stage.draft()
    stage.session.execute(text("DELETE FROM entry"))
    stage.session.execute(text("DELETE FROM ledger"))
    stage.session.expire_all()
    version.digest = "f" * 64
    version.state = State.SUBMITTED
    stage.session.flush()
    plant(stage, version, Deed.APPROVE, "head")
    plant(stage, version, Deed.CONFIRM, "secretary")
    force(stage, version, "approved")
    with pytest.raises(IntegrityError, match="do not balance"):
        force(stage, version, "published")


def test_a_review_in_an_office_held_in_ones_own_right_is_not_written_as_standing_in(stage):
    version = stage.submitted()
    event = Event(
        version_id=version.id,
        deed=Deed.APPROVE,
        by_id=stage["head"].id,
        post=PostKind.SUPERVISION_HEAD,
        name="王永根",
        at=NOW,
        digest=version.digest,
        is_acting=True,
    )
    stage.session.add(event)
    with pytest.raises(IntegrityError, match="office that the order names"):
        stage.session.flush()


@pytest.mark.parametrize(
    ("review", "deed", "role", "post"),
    [
        ("supervision.approve secretary.confirm", Deed.APPROVE, "organiser", PostKind.ORGANISER),
        ("organiser.approve secretary.confirm", Deed.APPROVE, "head", PostKind.SUPERVISION_HEAD),
        ("supervision.approve secretary.confirm", Deed.ENDORSE, "auditor", PostKind.TOWNSHIP_AUDITOR),
    ],
)
def test_the_order_of_the_version_says_who_approves_it(stage, review, deed, role, post):
    stage.enter("organiser", PostKind.ORGANISER)
    version = stage.draft()
    version.digest, version.review, version.state = "f" * 64, review, State.SUBMITTED
    stage.session.flush()
    with pytest.raises(IntegrityError, match="office that the order names"):
        plant(stage, version, deed, role, post=post)


def test_an_order_with_the_townships_step_is_not_published_without_it(stage):
    version = stage.draft()
    version.review = "supervision.approve secretary.confirm township.endorse"
    version.digest, version.state = "f" * 64, State.SUBMITTED
    stage.session.flush()
    plant(stage, version, Deed.APPROVE, "head")
    plant(stage, version, Deed.CONFIRM, "secretary")
    force(stage, version, "confirmed")
    stage.session.commit()
    with pytest.raises(IntegrityError, match="two other people"):
        force(stage, version, "published")
    stage.session.rollback()
    plant(stage, version, Deed.ENDORSE, "auditor", post=PostKind.TOWNSHIP_AUDITOR)
    force(stage, version, "published")


def test_the_order_of_review_does_not_change_while_it_is_reviewed(stage, refused):
    version = stage.submitted()
    stage.session.commit()
    refused("UPDATE version SET review = 'secretary.confirm supervision.approve' WHERE id = :id", id=version.id)


EDITS = [
    "UPDATE entry SET spending_fen = spending_fen + 1 WHERE line = 2",
    "UPDATE entry SET summary = '别的'",
    "UPDATE entry SET payee = '别人'",
    "UPDATE entry SET item_code = 'A01'",
    "UPDATE entry SET ledger_id = ledger_id + 1",
    "DELETE FROM entry WHERE line = 2",
    "DELETE FROM entry",
    "INSERT INTO entry (ledger_id, line, row, happened_on, voucher, summary, payee, income_fen, spending_fen, kind,"
    " item_code, tie_key) SELECT ledger_id, 9, 9, happened_on, '记-9', '补记', '', 1, 0, '', '', '' FROM entry"
    " WHERE line = 1",
    "UPDATE ledger SET closing_fen = closing_fen + 1",
    "UPDATE ledger SET opening_fen = 0, closing_fen = 0",
    "UPDATE ledger SET source_name = '另一本.xlsx'",
    "DELETE FROM ledger",
    "UPDATE version SET state = 'draft'",
    "UPDATE version SET state = 'submitted'",
    "UPDATE version SET state = 'corrected'",
    "UPDATE version SET digest = ''",
    "UPDATE version SET reason = '改一改'",
    "UPDATE version SET published_at = made_at",
    "UPDATE version SET display_to = display_from",
    "UPDATE version SET made_by_id = made_by_id + 1",
    "UPDATE version SET number = 7",
    "UPDATE version SET key = 'aaaaaaaaaaaaaaaa'",
    "UPDATE version SET revision = 1",
    "UPDATE version SET review = ''",
    "UPDATE version SET state = 'withdrawn'",
    "DELETE FROM version",
    "UPDATE event SET name = '别人'",
    "UPDATE event SET by_id = by_id + 1 WHERE deed = 'approve'",
    "UPDATE event SET digest = ''",
    "UPDATE event SET is_void = true",
    "UPDATE event SET note = '另有说明'",
    "UPDATE event SET post = 'secretary' WHERE deed = 'approve'",
    "DELETE FROM event",
    "UPDATE remark SET words = '很好'",
    "UPDATE remark SET answer = '补答'",
    "DELETE FROM remark",
    "UPDATE record SET period = '2026-07'",
    "UPDATE record SET number = 9",
    "UPDATE record SET title = '别的'",
    "UPDATE record SET serial = 2",
    "DELETE FROM record",
    "UPDATE short_code SET target = '2'",
    "UPDATE short_code SET code = 'AAAAAAA'",
    "DELETE FROM short_code",
    "UPDATE starting_balance SET amount_fen = amount_fen + 1",
    "DELETE FROM starting_balance",
]


def remarked_and_published(stage):
    """Make a month that was remarked upon in review and then published."""
    version = stage.submitted()
    member = stage["member"]
    remark = Remark(version_id=version.id, line=1, by_id=member.id, name="徐春梅", at=NOW, words="几个月的租金")
    stage.session.add(remark)
    stage.session.flush()
    plant(stage, version, Deed.APPROVE, "head")
    force(stage, version, "approved")
    plant(stage, version, Deed.CONFIRM, "secretary")
    force(stage, version, "published")
    stage.session.execute(text("DELETE FROM starting_balance WHERE body_id = :id"), {"id": stage.committee.id})
    give_code(stage.session, village=stage.village, kind=TargetKind.RECORD, target="1", now=NOW)
    stage.session.commit()
    return version


def test_what_is_published_is_not_edited_by_any_statement(stage, refused):
    remarked_and_published(stage)
    for edit in EDITS:
        refused(edit)


def test_nothing_is_said_afterwards(stage):
    version = remarked_and_published(stage)
    head, post = stage["head"], OFFICE[Deed.APPROVE]
    late = [
        Remark(version_id=version.id, line=1, by_id=head.id, name=head.name, at=NOW, words="晚了"),
        Event(version_id=version.id, deed=Deed.RETURN, by_id=head.id, post=post, name=head.name, at=NOW),
    ]
    for thing in late:
        stage.session.add(thing)
        with pytest.raises(IntegrityError, match="never edited"):
            stage.session.flush()
        stage.session.rollback()


def test_a_version_is_not_born_published(stage):
    version = stage.published()
    stage.session.add(
        Version(
            record_id=version.record_id,
            number=2,
            key="b" * 16,
            made_by_id=stage["clerk"].id,
            made_at=NOW,
            state=State.PUBLISHED,
        )
    )
    with pytest.raises(IntegrityError, match="begins as a draft"):
        stage.session.flush()


def test_a_correction_without_a_reason_is_not_published(stage):
    stage.published()
    version = stage.draft(reason="电费记错", spending_fen=36_000)
    version.reason, version.digest = "", "f" * 64
    version.state = State.SUBMITTED
    stage.session.flush()
    plant(stage, version, Deed.APPROVE, "head")
    force(stage, version, "approved")
    plant(stage, version, Deed.CONFIRM, "secretary")
    stage.session.execute(text("UPDATE version SET state = 'corrected' WHERE number = 1"))
    with pytest.raises(IntegrityError, match="says why"):
        force(stage, version, "published")


def test_two_versions_do_not_both_stand(stage):
    stage.published()
    version = stage.approved(reason="电费记错", spending_fen=36_000)
    plant(stage, version, Deed.CONFIRM, "secretary")
    with pytest.raises(IntegrityError, match="one version stands"):
        force(stage, version, "published")


def test_lines_of_a_published_month_are_not_carried_off_into_a_draft(stage, refused):
    closing = 1_000_000 + 450_000 - 35_000
    stage.published()
    draft = stage.draft(SEPTEMBER, opening_fen=closing)
    stage.session.commit()
    refused(
        "UPDATE entry SET ledger_id = (SELECT id FROM ledger WHERE version_id = :draft), line = line + 10"
        " WHERE ledger_id <> (SELECT id FROM ledger WHERE version_id = :draft)",
        draft=draft.id,
    )


TABLES = ["entry", "ledger", "version", "event", "remark", "record", "short_code", "starting_balance"]


@pytest.mark.parametrize("table", TABLES)
def test_no_row_takes_the_place_of_one_that_is_kept(stage, refused, table):
    """TRUNCATE (PostgreSQL) and REPLACE (SQLite) pass by the triggers of single rows."""
    remarked_and_published(stage)
    if stage.session.get_bind().dialect.name == "postgresql":
        refused(f"TRUNCATE {table} CASCADE")
        return
    columns = [row[1] for row in stage.session.execute(text(f"PRAGMA table_info({table})"))]
    mended = {"version": {"state": "'draft'"}, "event": {"deed": "'draft'"}}.get(table, {})
    values = ", ".join(mended.get(column, column) for column in columns)
    refused(f"REPLACE INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} LIMIT 1")


def test_a_published_line_is_not_replaced_by_one_of_a_draft(stage, refused):
    stage.published()
    stage.draft(SEPTEMBER, opening_fen=1_415_000)
    stage.session.commit()
    if stage.session.get_bind().dialect.name == "postgresql":
        return  # it has no REPLACE
    old, new = (stage.session.query(Entry.id).order_by(Entry.id).first()[0], stage.session.query(Entry.id).count())
    refused("UPDATE OR REPLACE entry SET id = :old WHERE id = :new", old=old, new=new)


def test_a_draft_may_still_be_changed_and_thrown_away(stage):
    stage.draft(AUGUST)
    for statement in ("UPDATE entry SET summary = '改'", "DELETE FROM entry", "DELETE FROM ledger"):
        assert stage.session.execute(text(statement)).rowcount
