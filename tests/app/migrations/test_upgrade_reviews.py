"""A database of 0003 with accounts in every state: it goes up, what is in review goes on, and it goes down again."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.cli.database import downgrade, upgrade
from app.database import open_engine
from publicity.categories.actions import MONTHLY_ACCOUNTS
from publicity.categories.models import ACCOUNTS
from publicity.categories.queries import category_in_force
from publicity.ledgers.digests import content_digest
from publicity.ledgers.models import Entry, Ledger
from publicity.ledgers.queries import ledger_of
from publicity.records.models import State, Version
from publicity.workflow.actions import Seen, confirm, send_back
from publicity.workflow.contents import version_content_digest
from village_lists.people.models import Person
from village_lists.places.models import Place

AT = "2026-09-01 02:00:00"
NOW = datetime(2026, 9, 5, 2, tzinfo=UTC)
PEOPLE = {1: ("clerk", "李国强"), 2: ("supervision_head", "王永根"), 3: ("secretary", "陈海涛")}
MONTHS = {1: ("2026-06", "published"), 2: ("2026-07", "approved"), 3: ("2026-08", "submitted"), 4: ("2026-09", "draft")}
DEEDS = {"published": ("submit", "approve", "confirm"), "approved": ("submit", "approve"), "submitted": ("submit",)}
DONE_BY = {"draft": 1, "submit": 1, "approve": 2, "confirm": 3}


def put(connection, table, **values):
    """Insert one row."""
    names, gaps = ", ".join(values), ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({gaps})"), values)


def fill(connection):
    """Put places, people, rules and four months of one body's books."""
    place = {"hotline": "", "board_address": ""}
    put(connection, "place", id=1, code="330299", level="county", name="宁川县", **place)
    put(connection, "place", id=2, code="330299101", level="township", name="松坪镇", parent_id=1, **place)
    put(connection, "place", id=3, code="330299101201", level="village", name="上石村", parent_id=2, **place)
    put(connection, "body", id=1, village_id=3, kind="collective", name="上石村股份经济合作社", keeps_books=True)
    for number, (kind, name) in PEOPLE.items():
        put(connection, "person", id=number, name=name)
        put(
            connection,
            "post",
            id=number,
            person_id=number,
            place_id=3,
            kind=kind,
            starts_on="2026-01-01",
            is_substitute=False,
        )
    for number, (key, value) in enumerate(
        (("review.order", '["clerk.submit", "secretary.confirm", "supervision.approve"]'), ("display.days", "15"))
    ):
        put(
            connection,
            "rule_row",
            id=number + 1,
            key=key,
            level="county",
            place_id=1,
            value=f'{{"value": {value}}}',
            valid_from="2026-01-01",
            basis="",
            is_sample=True,
        )
    put(
        connection,
        "category",
        id=1,
        code=ACCOUNTS,
        affairs="finance",
        name="财务收支逐笔公开",
        position=1,
        due_rule="due.finance.monthly.day",
        review_rule="review.order",
        display_rule="display.days",
    )
    put(
        connection,
        "starting_balance",
        id=1,
        body_id=1,
        period="2026-06",
        amount_fen=1000,
        basis="对账单",
        recorded_by_id=1,
        recorded_at=AT,
    )
    for number in MONTHS:
        draft(connection, number)


def draft(connection, number):
    """Put one month: its lines, then its deeds, then the state they led to."""
    period, _state = MONTHS[number]
    opening = 1000 * number
    put(connection, "record", id=number, village_id=3, body_id=1, category_id=1, number=number, period=period)
    put(
        connection,
        "version",
        id=number,
        record_id=number,
        number=1,
        key="abcd" * 3 + f"aaa{'abcd'[number - 1]}",
        made_by_id=1,
        made_at=AT,
        state="draft",
        revision=1,
        reason="",
        digest="",
    )
    put(
        connection,
        "ledger",
        id=number,
        version_id=number,
        opening_fen=opening,
        closing_fen=opening + 1000,
        source_name="账.xlsx",
        source_sheet="账",
    )
    put(
        connection,
        "entry",
        ledger_id=number,
        line=1,
        row=5,
        happened_on=f"{period}-03",
        voucher="记-001",
        summary="店面租金",
        payee="清风百货店",
        income_fen=1000,
        spending_fen=0,
        kind="",
        item_code="",
        tie_key="",
    )
    deed(connection, number, "draft", "")


def deed(connection, number, name, digest):
    """Put one deed by whose it is."""
    by = DONE_BY[name]
    put(
        connection,
        "event",
        version_id=number,
        deed=name,
        by_id=by,
        post=PEOPLE[by][0],
        name=PEOPLE[by][1],
        at=AT,
        digest=digest,
        note="",
        is_void=False,
        acts_as_substitute=False,
    )


def review(connection, number, digest):
    """Walk a month to its state as the program of that day did."""
    after = {"submit": "submitted", "approve": "approved", "confirm": "published"}
    for name in DEEDS.get(MONTHS[number][1], ()):
        if name == "submit":
            connection.execute(text("UPDATE version SET digest = :d WHERE id = :n"), {"d": digest, "n": number})
        else:
            deed(connection, number, name, digest)
        dates = ", published_at = made_at, display_from = '2026-09-01', display_to = '2026-09-16'"
        shown = dates if name == "confirm" else ""
        connection.execute(
            text(f"UPDATE version SET state = :state, revision = revision + 1{shown} WHERE id = :n"),
            {"state": after[name], "n": number},
        )
        if name == "submit":
            deed(connection, number, name, digest)


@pytest.fixture
def filled(blank_database_url):
    """Return an engine upon a database of revision 0003 with a month in each state."""
    engine = open_engine(blank_database_url)
    upgrade(engine, "0003")
    with engine.begin() as connection:
        fill(connection)
    digests = {}
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, opening_fen, closing_fen FROM ledger ORDER BY id")).all()
    for number, opening, closing in rows:
        digests[number] = content_digest(book(number, opening, closing), body_id=1, period=MONTHS[number][0])
    with engine.begin() as connection:
        for number in MONTHS:
            review(connection, number, digests[number])
    yield engine
    engine.dispose()


def book(number, opening, closing):
    """Return a month's books as the digest reads them, before the tables can be read by today's models."""
    ledger = Ledger(
        version_id=number, opening_fen=opening, closing_fen=closing, source_name="账.xlsx", source_sheet="账"
    )
    entry = Entry(
        line=1,
        row=5,
        happened_on=date.fromisoformat(f"{MONTHS[number][0]}-03"),
        voucher="记-001",
        summary="店面租金",
        payee="清风百货店",
        income_fen=1000,
        spending_fen=0,
        kind="",
        item_code="",
    )
    ledger.entries.append(entry)
    return ledger


def test_everything_is_there_and_says_what_it_said(filled):
    upgrade(filled)
    with Session(filled) as session:
        versions = session.query(Version).order_by(Version.id).all()
        assert [version.state for version in versions] == [
            State.PUBLISHED,
            State.APPROVED,
            State.SUBMITTED,
            State.DRAFT,
        ]
        for version in versions[:3]:
            assert version_content_digest(session, version) == version.digest
        assert {(version.review, version.record.serial, version.record.title) for version in versions} == {("", 1, "")}
        found = category_in_force(session, code=ACCOUNTS, place=session.get_one(Place, 3), on=NOW.date())
        assert found
        assert found.content == MONTHLY_ACCOUNTS


def test_what_was_in_review_goes_on_though_the_rule_says_another_order_now(filled):
    upgrade(filled)
    with Session(filled, expire_on_commit=False) as session:
        approved, submitted = session.get_one(Version, 2), session.get_one(Version, 3)
        secretary = session.get_one(Person, 3)
        confirm(session, version=approved, by=secretary, now=NOW, seen=Seen(revision=approved.revision))
        assert approved.state == State.PUBLISHED
        send_back(
            session,
            version=submitted,
            by=secretary,
            now=NOW,
            seen=Seen(revision=submitted.revision),
            note="请核对",
            remarks={},
        )
        assert submitted.state == State.DRAFT
        session.commit()


def test_what_was_published_is_kept(filled):
    upgrade(filled)
    for statement in (
        "UPDATE entry SET summary = 'x' WHERE ledger_id = 1",
        "UPDATE version SET reason = 'x' WHERE id = 1",
        "UPDATE version SET state = 'withdrawn' WHERE id = 1",
        "UPDATE record SET title = 'x' WHERE id = 1",
        "DELETE FROM event",
    ):
        with filled.connect() as connection, pytest.raises(IntegrityError):
            connection.execute(text(statement))


def test_it_goes_down_and_up_again(filled):
    upgrade(filled)
    downgrade(filled, "0003")
    with filled.connect() as connection:
        states = connection.execute(text("SELECT state FROM version ORDER BY id")).scalars().all()
        assert states == [state for _, state in MONTHS.values()]
        with pytest.raises(IntegrityError):
            connection.execute(text("UPDATE version SET reason = 'x' WHERE id = 1"))
    upgrade(filled)
    with Session(filled) as session:
        assert ledger_of(session, version=session.get_one(Version, 1)) is not None
