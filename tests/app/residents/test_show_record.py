"""A resident reads what was posted of any kind: on the page, as files, by search; never more than the web may show."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from publicity.records.models import Version
from publicity.workflow.withdrawals import agree_withdrawal, ask_withdrawal
from tests.app.residents.conftest import Village
from tests.cast import FIELD, STONE
from tests.factories import (
    RELIEF_ROWS,
    make_category,
    make_person,
    make_posting_draft,
    make_published_posting,
    seen,
)
from village_lists.people.models import PostKind

Read = Callable[[str], str]
RECORDS = f"/v/{STONE}/records"


@pytest.fixture
def relief(village: Village) -> Version:
    """Return a relief roster of the third quarter that stands published."""
    make_category(village.session)
    version = make_published_posting(village.session, body=village.places.committee, cast=village.cast)
    village.session.commit()
    return version


def address(version: Version, suffix: str = "") -> str:
    """Return where the record of the version is read."""
    return f"{RECORDS}/{version.record.number}{suffix}"


def test_the_page_shows_the_rows_masked(relief: Version, read: Read) -> None:
    """Surname and star, amount and group; not the full name, not what is for paper or for nobody."""
    page = read(address(relief))
    assert "方*" in page
    assert "1,500.00" in page
    assert "2,300.00" in page
    assert "谁家得了临时救助" in page
    for hidden in ("方翠莲", "一组12号", "330226195001011232", "身份证号", "住址"):
        assert hidden not in page
    assert "还有 2 栏" in page


@pytest.mark.parametrize("suffix", [".json", ".csv", "/versions/1", "/versions/1.json", "/versions/1.csv"])
def test_files_show_no_more_than_the_page(relief: Version, read: Read, suffix: str) -> None:
    """Every form of the same record is masked alike."""
    answer = read(address(relief, suffix))
    assert "方*" in answer
    for hidden in ("方翠莲", "一组12号", "330226195001011232", "身份证号"):
        assert hidden not in answer


def test_search_finds_what_the_web_shows_and_nothing_else(relief: Version, read: Read) -> None:
    """The amount's group and the category are found; the full name, the house and the number are not."""
    assert address(relief) in read(f"{RECORDS}?q=临时救助")
    assert address(relief) in read(f"{RECORDS}?q=三组")
    for hidden in ("方翠莲", "12号", "330226"):
        assert address(relief) not in read(f"{RECORDS}?q={hidden}")


def test_the_directory_names_the_category_and_what_was_never_posted(relief: Version, read: Read) -> None:
    """The posted one with its period; opened, the category shows its records."""
    page = read(RECORDS)
    assert "临时救助名单" in page
    assert "2026年第3季度" in page
    assert "2026年第3季度" in read(f"{RECORDS}?of=village.relief")


def test_an_unknown_category_is_not_there(visitor: FlaskClient, relief: Version) -> None:
    """A made-up category answers 404."""
    assert visitor.get(f"{RECORDS}?of=made.up").status_code == 404


def test_a_draft_is_seen_nowhere(village: Village, visitor: FlaskClient, read: Read) -> None:
    """Neither its page nor its words, and the list does not tell of it."""
    make_category(village.session)
    draft = make_posting_draft(village.session, body=village.places.committee, cast=village.cast)
    village.session.commit()
    assert visitor.get(address(draft)).status_code == 404
    assert address(draft) not in read(f"{RECORDS}?q=临时救助")
    assert f'"number": {draft.record.number},' not in read(f"{RECORDS}.json")


def test_a_correction_tells_what_changed(village: Village, relief: Version, read: Read) -> None:
    """The new version stands, the old one stays readable, and the difference is told in a sentence, masked."""
    rows = [{**RELIEF_ROWS[0], "amount": 160_000}, RELIEF_ROWS[1]]
    make_published_posting(
        village.session,
        body=village.places.committee,
        cast=village.cast,
        rows=rows,
        reason="金额抄错",
        now=relief.made_at + timedelta(days=10),
    )
    village.session.commit()
    page = read(address(relief))
    assert "金额抄错" in page
    assert "1,600.00" in page
    assert "由「1,500.00」" in page or "1,500.00" in page
    assert "方翠莲" not in page
    assert "1,500.00" in read(address(relief, "/versions/1"))


def test_what_was_withdrawn_leaves_a_tombstone_alone(village: Village, relief: Version, read: Read) -> None:
    """The reason and both people stand there; the rows are gone from page, files and search."""
    cast, later = village.cast, relief.made_at + timedelta(days=10)
    session = village.session
    ask_withdrawal(session, version=relief, by=cast.li, now=later, seen=seen(relief), reason="名单登错了村")
    agree_withdrawal(session, version=relief, by=cast.yonggen, now=later, seen=seen(relief))
    session.commit()
    page = read(address(relief))
    assert "已经撤下" in page
    assert "名单登错了村" in page
    for suffix in ("", ".json", "/versions/1", "/versions/1.json"):
        answer = read(address(relief, suffix))
        assert "方*" not in answer
        assert "1,500.00" not in answer
    assert address(relief) not in read(f"{RECORDS}?q=临时救助")


def test_the_power_item_leads_to_what_was_posted_under_it(relief: Version, read: Read) -> None:
    """From the rule to the posting: the item of the list names the category."""
    page = read(f"/v/{STONE}/powers/B24")
    assert "按这一项公开过的内容" in page
    assert f"{RECORDS}?of=village.relief" in page


def test_another_village_does_not_have_it(visitor: FlaskClient, relief: Version) -> None:
    """The number of one village's record means nothing in another."""
    assert visitor.get(f"/v/{FIELD}/records/{relief.record.number}").status_code == 404


def test_a_printed_code_leads_to_the_record(village: Village, relief: Version, visitor: FlaskClient) -> None:
    """The code on the sheet opens the posting itself."""
    page = visitor.get(address(relief, ".json")).json
    assert page is not None
    assert page["table"]["rows"][0]["amount"] == 150_000


def test_what_came_before_a_withdrawn_version_is_hidden_too(village: Village, relief: Version, read: Read) -> None:
    """The first version says nearly what the withdrawn correction said."""
    cast, session, later = village.cast, village.session, relief.made_at + timedelta(days=10)
    corrected = make_published_posting(session, body=village.places.committee, cast=cast, reason="补一户", now=later)
    after = later + timedelta(days=5)
    ask_withdrawal(session, version=corrected, by=cast.li, now=after, seen=seen(corrected), reason="泄露了住址")
    agree_withdrawal(session, version=corrected, by=cast.yonggen, now=after, seen=seen(corrected))
    session.commit()
    for suffix in ("", ".json", "/versions/1", "/versions/1.json", "/versions/2"):
        assert "方*" not in read(address(relief, suffix))
    assert "泄露了住址" in read(address(relief))


def test_a_later_appointment_unmasks_nobody(village: Village, relief: Version, read: Read) -> None:
    """Whoever shares a name with somebody entered into office afterwards stays masked."""
    make_person(village.session, "方翠莲", village.places.stone, PostKind.SUPERVISION_MEMBER)
    village.session.commit()
    for suffix in ("", ".json", ".csv"):
        assert "方翠莲" not in read(address(relief, suffix))


def test_the_village_page_shows_what_hangs_on_the_board(village: Village, web: Flask, read: Read) -> None:
    """On the day after publication the posting stands under 正在公示 with the days that are left."""
    make_category(village.session)
    version = make_published_posting(village.session, body=village.places.committee, cast=village.cast)
    village.session.commit()
    web.config["CLOCK"] = lambda: version.made_at + timedelta(days=3)
    page = read(f"/v/{STONE}")
    assert "正在公示" in page
    assert address(version) in page
    assert "临时救助名单" in page
