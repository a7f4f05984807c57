"""Two people, or one twice, who press at the same instant: one effect, whatever the database."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy.orm import Session

from app.database import open_engine
from publicity.records.models import Deed, State, Version
from publicity.records.queries import version_by_key
from publicity.workflow.actions import Seen, approve, confirm, send_back
from tests.publicity.workflow.stage import NOW, STONE
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.people.models import Account
from village_lists.places.models import Level
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
