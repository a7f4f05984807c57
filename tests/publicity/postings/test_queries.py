"""What the web answers: open data and search show no more than the page, and in few statements."""

import json

import pytest
from sqlalchemy import event

from publicity.categories.contents import Audience
from publicity.postings.actions import save_published_text
from publicity.postings.queries import search_records
from publicity.postings.views import csv_rows, open_table, table_for
from tests.publicity.postings.made import identity_of
from tests.publicity.postings.scene import ROWS

SECRET = identity_of("19580302")
SAID = {
    "rows": [{**ROWS[0], "phone": "13800001234", "identity": SECRET}, ROWS[1]],
    "note": "100%由财政发放，联系张阿德",
    "head": {"basis": "县里_的办法"},
}


def test_open_data_shows_what_the_web_shows(scene, session):
    version = scene.published(saved=SAID)
    document = open_table(session, version=version)
    assert document["rows"][0] == {
        "household": "张*",
        "people": 2,
        "amount": 72_000,
        "since": None,
        "remark": "张*之妻同住",
    }
    assert document["totals"] == {"people": 3, "amount": 79_000}
    assert document["columns_not_shown"] == 2
    written = json.dumps(document, ensure_ascii=False)
    for word in ("张阿德", "李国庆", "13800001234", SECRET):
        assert word not in written
    header, rows = csv_rows(table_for(session, version=version, audience=Audience.WEB))
    assert header == ["户主", "保障人数（人）", "月保障金额（元）", "起始月", "备注"]
    assert rows == [["张*", "2", "720.00", "", "张*之妻同住"], ["李*", "1", "70.00", "", ""]]


def test_a_page_asks_a_handful_of_statements(scene, session):
    version = scene.published(saved=SAID)
    session.commit()
    session.expunge_all()
    version = session.merge(version, load=False)
    asked: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *about: asked.append(about[2]))
    table_for(session, version=version, audience=Audience.WEB)
    assert len(asked) <= 8


@pytest.mark.parametrize("words", ["张阿德", "李国庆", "13800001234", SECRET, "之妻 不在", "100_由", "", " ", "%"])
def test_search_finds_nothing_that_the_web_does_not_show(scene, session, words):
    scene.published(saved=SAID)
    found = search_records(session, village=scene.stage.village, words=words)
    assert bool(found) == (words == "%")


def test_search_finds_all_words_with_what_stands_around(scene, session):
    scene.published(saved=SAID)
    found = search_records(session, village=scene.stage.village, words="之妻　财政")
    assert [(find.number, find.category_code, str(find.span)) for find in found] == [(1, "relief", "2026-Q3")]
    assert "之妻同住" in found[0].excerpt
    assert "困难群众救助公示" in found[0].title
    assert search_records(session, village=scene.stage.village, words="县里_的")
    elsewhere = scene.stage["elsewhere"].posts[0].place_id
    other = session.get_one(type(scene.stage.village), elsewhere)
    assert search_records(session, village=other, words="财政") == []


def test_search_looks_through_what_stands_alone(scene, session):
    scene.published(saved=SAID)
    correction = scene.begin(reason="说明写错")
    scene.save(correction, note="由村集体发放")
    assert search_records(session, village=scene.stage.village, words="村集体") == []
    scene.publish(correction)
    assert len(search_records(session, village=scene.stage.village, words="村集体")) == 1
    assert search_records(session, village=scene.stage.village, words="财政") == []


def test_the_masked_lines_of_accounts_are_found(scene, session):
    version = scene.stage.published(payee="张阿德")
    save_published_text(session, version=version)
    found = search_records(session, village=scene.stage.village, words="电费")
    assert [find.category_code for find in found] == ["finance.monthly-accounts"]
    assert search_records(session, village=scene.stage.village, words="张阿德") == []
    assert search_records(session, village=scene.stage.village, words="张*")
