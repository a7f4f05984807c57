"""Two people, or one twice, who press at the same instant: one effect, whatever the database."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.database import open_engine
from publicity.postings.actions import begin_posting, save_posting
from publicity.postings.queries import posting_of
from publicity.records.models import Deed, Record, State, Version
from publicity.records.queries import version_by_key
from publicity.workflow.actions import Seen, approve, confirm, send_back, submit, take_back
from publicity.workflow.models import Override, Withdrawal
from publicity.workflow.overrides import ask_override
from publicity.workflow.vacancies import name_acting
from publicity.workflow.withdrawals import agree_withdrawal, ask_withdrawal, refuse_withdrawal
from tests.publicity.workflow.kinds import PHONE, QUARTER, ROSTER, begun, roster_in_review, with_roster
from tests.publicity.workflow.stage import NOW, STONE
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.people.models import Account, Person, Post, PostKind
from village_lists.places.models import Body, BodyKind, Level
from village_lists.places.queries import place_by_code


def press(engine, key, revision, deed, user_name, found, ready):
    """Take a deed as a request does: read first, then in a transaction of one's own."""
    with Session(engine, expire_on_commit=False) as session:
        account = session.query(Account).filter_by(user_name=user_name).one()
        village = place_by_code(session, code=STONE, level=Level.VILLAGE)
        assert village
        session.rollback()
        ready.wait(timeout=20)
        session.connection(execution_options={"immediate": True})
        version = version_by_key(session, village=village, key=key)
        try:
            deed(
                session, version=version, by=account.person, now=NOW + timedelta(hours=1), seen=Seen(revision=revision)
            )
            session.commit()
            found.append("done")
        except (Stale, NotAllowed, Refusal):
            session.rollback()
            found.append("refused")


def at_once(database_url, version, *presses):
    """Press everything at once; return how each ended, sorted."""
    engine = open_engine(database_url)
    found: list[str] = []
    ready = Barrier(len(presses))
    threads = [
        Thread(target=press, args=(engine, version.key, version.revision, deed, name, found, ready))
        for deed, name in presses
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    engine.dispose()
    return sorted(found)


def back(session, **about):
    """Return it with a note."""
    send_back(session, note="请核对", remarks={}, **about)


@pytest.mark.parametrize("round_number", range(3))
def test_two_confirmations_are_one_publication(stage, database_url, round_number):
    del round_number
    version = stage.approved()
    stage.session.commit()
    assert at_once(database_url, version, (confirm, "secretary"), (confirm, "substitute")) == ["done", "refused"]
    stage.session.expire_all()
    assert version.state == State.PUBLISHED
    assert [event.deed for event in version.events].count(Deed.CONFIRM) == 1


@pytest.mark.parametrize("round_number", range(3))
def test_an_approval_and_a_return_do_not_both_count(stage, database_url, round_number):
    del round_number
    version = stage.submitted()
    stage.session.commit()
    presses = [(approve, "head"), (back, "head"), (approve, "head")]
    assert at_once(database_url, version, *presses) == ["done", "refused", "refused"]
    stage.session.expire_all()
    deeds = [event.deed for event in version.events]
    assert (version.state, deeds[-1]) in {(State.APPROVED, Deed.APPROVE), (State.DRAFT, Deed.RETURN)}
    assert len(deeds) == 3
    assert stage.session.query(Version).count() == 1


def saved(amount):
    """Return a deed that saves the roster with this amount over what the page showed."""

    def save(session, *, version, by, now, seen):
        rows = [{"name": "何月仙", "amount": amount}]
        about: dict[str, Any] = {"head": {}, "rows": rows, "note": "", "is_nil": False}
        save_posting(session, version=version, by=by, now=now, seen=seen.revision, **about)

    return save


def test_two_clerks_who_save_one_draft_do_not_overwrite_one_another(stage, database_url):
    with_roster(stage)
    stage.enter("second", PostKind.CLERK)
    version = begun(stage)
    before = version.revision
    stage.session.commit()
    presses = [(saved(100), "clerk"), (saved(200), "second"), (saved(300), "clerk")]
    assert at_once(database_url, version, *presses) == ["done", "refused", "refused"]
    stage.session.expire_all()
    posting = posting_of(stage.session, version=version)
    assert posting
    assert [row.cells["amount"] for row in posting.rows] in ([100], [200], [300])
    assert version.revision == before + 1


def begin(session, *, version, by, now, seen):
    """Begin the roster's quarter as the clerk does from the desk, whatever version the page showed."""
    del version, seen
    body = session.query(Body).filter_by(kind=BodyKind.COMMITTEE).order_by(Body.id).first()
    begin_posting(session, body=body, code=ROSTER, span=QUARTER, title="", reason="", by=by, now=now)


def test_two_clerks_who_begin_the_same_posting_make_one(stage, database_url):
    with_roster(stage)
    stage.enter("second", PostKind.CLERK)
    month = stage.draft()
    stage.session.commit()
    assert at_once(database_url, month, (begin, "clerk"), (begin, "second")) == ["done", "refused"]
    stage.session.expire_all()
    assert stage.session.query(Record).filter(Record.period == str(QUARTER)).count() == 1
    assert stage.session.query(Version).count() == 2


def test_a_submission_and_a_save_do_not_both_count(stage, database_url):
    with_roster(stage)
    version = begun(stage)
    stage.session.commit()
    assert at_once(database_url, version, (submit, "clerk"), (saved(900), "clerk")) == ["done", "refused"]
    stage.session.expire_all()
    posting = posting_of(stage.session, version=version)
    assert posting
    is_saved = posting.rows[0].cells["amount"] == 900
    assert is_saved == (version.state == State.DRAFT)


def test_a_clerk_who_takes_back_and_an_organiser_who_approves_do_not_both_count(stage, database_url):
    with_roster(stage)
    version = roster_in_review(stage)
    stage.session.commit()
    assert at_once(database_url, version, (take_back, "clerk"), (approve, "organiser")) == ["done", "refused"]
    stage.session.expire_all()
    assert version.events[-1].deed in {Deed.RETURN, Deed.APPROVE}


def asking(session, **about):
    """Ask for a withdrawal."""
    ask_withdrawal(session, reason="账目有误", **about)


def test_a_withdrawal_is_asked_for_and_decided_once(stage, database_url):
    version = stage.published()
    stage.session.commit()
    assert at_once(database_url, version, (asking, "clerk"), (asking, "secretary")) == ["done", "refused"]
    stage.session.expire_all()
    asker = stage.session.query(Withdrawal).one().asked_by_id
    presses = [(agree_withdrawal, "head"), (refuse_withdrawal, "head")]
    if asker != stage["secretary"].id:
        presses.append((agree_withdrawal, "secretary"))
    assert at_once(database_url, version, *presses) == ["done", *["refused"] * (len(presses) - 1)]
    stage.session.rollback()  # a reader of SQLite sees nothing newer until its transaction ends
    decided = stage.session.query(Withdrawal).one()
    assert (version.state == State.WITHDRAWN) == (decided.refused_at is None)
    assert [event.deed for event in version.events].count(Deed.WITHDRAW) == int(decided.refused_at is None)


def overriding(session, **about):
    """Ask that the phone may be posted."""
    ask_override(session, place="row-1-because", kind="mobile", reason="本人同意", **about)


def test_an_override_is_asked_for_once(stage, database_url):
    with_roster(stage)
    stage.enter("second", PostKind.CLERK)
    version = begun(stage, because=PHONE)
    stage.session.commit()
    assert at_once(database_url, version, (overriding, "clerk"), (overriding, "second")) == ["done", "refused"]
    stage.session.expire_all()
    assert stage.session.query(Override).count() == 1


def naming(role):
    """Return a deed by which an auditor names somebody for the vacant post of the head."""

    def name(session, *, version, by, now, seen):
        del seen
        person = session.query(Account).filter_by(user_name=role).one().person
        name_acting(
            session,
            village=version.record.village,
            kind=PostKind.SUPERVISION_HEAD,
            person=session.get_one(Person, person.id),
            until=NOW.date() + timedelta(days=30),
            reason="空缺",
            by=by,
            now=now,
        )

    return name


def test_two_auditors_name_one_stand_in(stage, database_url):
    for role in ("one", "two"):
        stage.enter(role, name=role)
    stage.enter("colleague", PostKind.TOWNSHIP_AUDITOR, place=stage["auditor"].posts[0].place)
    stage["head"].posts[0].ends_on = NOW.date() - timedelta(days=1)
    version = stage.submitted()
    stage.session.commit()
    presses = [(naming("one"), "auditor"), (naming("two"), "colleague")]
    assert at_once(database_url, version, *presses) == ["done", "refused"]
    assert stage.session.query(Post).filter_by(is_acting=True).count() == 1
