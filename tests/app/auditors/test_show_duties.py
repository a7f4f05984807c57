"""The township's page over all categories: the worst first, a reason behind every cell, filters, few statements."""

import json

import pytest
from sqlalchemy.orm import Session

from publicity.categories.models import ACCOUNTS
from tests.app.owing import FEES, FIRST, RELIEF, SECOND, owing_app, signed_in
from tests.publicity.duties.township import at_most

PATH = "/audit/330299101/duties"


@pytest.fixture
def app(database_url, tmp_path):
    """Return the program on 20 October 2026."""
    app = owing_app(database_url, tmp_path)
    yield app
    app.extensions["engine"].dispose()


@pytest.mark.parametrize("at", ["duties", "accounts", "reviews", "extensions", "vacancies"])
def test_every_other_page_of_the_auditor_is_one_link_away(app, at):
    page = signed_in(app, "audit").get(f"/audit/330299101/{at}").text
    for other in {"duties", "accounts", "reviews", "extensions", "vacancies", "lists"} - {at}:
        assert f'href="/audit/330299101/{other}"' in page


def body(page: str) -> str:
    """Return the rows of the table."""
    return page.split("<tbody>")[1].split("</tbody>")[0]


def test_the_sentence_comes_first_and_the_worst_village_too(app):
    page = signed_in(app, "audit").get(f"{PATH}?window=2026-Q3").text
    assert "有 2 个村应公开未公开：1号村" in page
    rows = body(page)
    assert rows.index(SECOND) < rows.index(FIRST), "it has most missing"
    assert "○</b>未公开" in rows


def test_a_window_shows_what_fell_due_in_it(app):
    client = signed_in(app, "audit")
    now, before = client.get(PATH).text, client.get(f"{PATH}?window=2026-Q3").text
    assert (now.count('class="kind-head'), before.count('class="kind-head')) == (3, 2)
    assert "低保救助名单" in now
    assert "低保救助名单" not in before, "the third quarter's is due in October"


@pytest.mark.parametrize(
    ("query", "there", "away"),
    [
        ("affairs=village", RELIEF, ACCOUNTS),
        ("affairs=finance", ACCOUNTS, RELIEF),
        ("standing=late&window=2026-Q3", FIRST, SECOND),
        ("heading=nothing", "没有要公开的内容", "<table>"),
    ],
)
def test_filters_narrow_the_table(app, query, there, away):
    page = signed_in(app, "audit").get(f"{PATH}?{query}").text
    content = page.split("</form>")[-1]
    assert there in content
    assert away not in content


def test_a_cell_opens_its_reason_and_at_whom_it_waits(app):
    page = signed_in(app, "audit").get(f"{PATH}?village={FIRST}&category={ACCOUNTS}").text
    for words in ("已过 10 天", "乡镇级规定，松坪镇", "现在等：", "村务监督委员会主任", "提交审核"):
        assert words in page
    relief = signed_in(app, "audit").get(f"{PATH}?village={SECOND}&category={RELIEF}").text
    assert "第 10 个工作日是最后一天" in relief


@pytest.mark.parametrize(
    "query",
    ["village=1&category=2", f"village={FIRST}", "window=x", f"village={SECOND}&category={FEES}&window=2025-Q1"],
)
def test_what_is_not_there(app, query):
    assert signed_in(app, "audit").get(f"{PATH}?{query}").status_code == 404


def test_the_same_as_open_data_for_officials(app):
    client = signed_in(app, "audit")
    rows = json.loads(client.get(f"{PATH}.json?window=2026-Q3").text)["duties"]
    assert {row["state"] for row in rows} == {"met", "late", "missing"}
    assert "党费收缴" in client.get(f"{PATH}.csv?window=2026-Q3").data.decode("utf-8-sig")


def test_only_auditors_of_the_township_look(app):
    assert signed_in(app, "neighbour").get(PATH).status_code == 404
    assert signed_in(app, "clerk").get(PATH).status_code == 404
    for end in ("", ".json", ".csv"):
        assert app.test_client().get(PATH + end).status_code == 303


def test_size_language_and_filters_are_carried_by_every_cell(app):
    page = signed_in(app, "audit").get(f"{PATH}?size=large&lang=en&affairs=village").text
    cells = body(page).count("#open")
    assert cells
    assert body(page).count("affairs=village&amp;size=large&amp;lang=en&amp;village=") == cells


def test_it_asks_the_database_few_times(app):
    client = signed_in(app, "audit")
    with Session(app.extensions["engine"]) as session, at_most(session, statements=25):
        client.get(PATH)
