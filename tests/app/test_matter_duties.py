"""What matters ask for stands where duties stand: for residents, the township, the desk, in open data, by command."""

import json

import pytest
from sqlalchemy.orm import Session

from app.database import open_engine
from publicity.matters.deeds import record_deed
from publicity.matters.models import MatterDeed
from publicity.matters.opening import open_matter
from tests.app.owing import FIRST, owing_app, signed_in
from tests.factories import at
from tests.publicity.duties.township import collective, official
from tests.publicity.matters.scene import CONTENT, OPENED, RULES, add_rules
from tests.village_lists.powers.lists import adopt, make_version
from village_lists.people.models import PostKind
from village_lists.places.models import Level
from village_lists.places.queries import place_by_code

DUE = "2026-09-04"
"""Three days after the step was finished on the day of the opening."""


@pytest.fixture
def app(database_url, tmp_path):
    """Return the program on 20 October 2026; the first village has a road whose plan was never hung."""
    app = owing_app(database_url, tmp_path)
    engine = open_engine(database_url)
    with Session(engine, expire_on_commit=False) as session:
        furnish_road(session)
        session.commit()
    engine.dispose()
    yield app
    app.extensions["engine"].dispose()


def furnish_road(session: Session) -> None:
    """Let the first village adopt a small list and open a road, whose first step is finished at once."""
    village = place_by_code(session, code=FIRST, level=Level.VILLAGE)
    county = place_by_code(session, code="330299", level=Level.COUNTY)
    assert village
    assert county
    rules = {key: value for key, value in RULES.items() if key != "display.days"}
    add_rules(session, rules, county)
    adopt(session, village=village, version=make_version(session, place=county, content=CONTENT))
    body = collective(village)
    clerk = official(session, body, PostKind.CLERK)
    matter = open_matter(
        session,
        village=village,
        body=body,
        item_code="A04",
        title="后山机耕路维修",
        budget_fen=5_000_000,
        funding="",
        procedure="",
        opened_on=OPENED,
        by=clerk,
        now=at(OPENED),
    )
    record_deed(
        session,
        matter=matter,
        deed=MatterDeed.DONE,
        step="decide/show",
        happened_on=OPENED,
        by=clerk,
        now=at(OPENED),
        seen=matter.revision,
    )


def test_residents_read_what_should_hang_and_does_not(app):
    client = app.test_client()
    page = client.get(f"/v/{FIRST}/duties").text
    section = page.split('id="matters"')[1].split("</section>")[0]
    assert "实施方案" in section
    assert "「方案公示」办完后贴在村务公开栏" in section
    assert "应公开未公开，已过期 46 天" in section
    assert f'href="/v/{FIRST}/matters/1"' in section
    assert 'id="matters"' not in client.get(f"/v/{FIRST}/duties?year=2025").text
    (row,) = json.loads(client.get(f"/v/{FIRST}/duties.json").text)["matters"]
    assert (row["category"], row["state"], row["due"], row["matter"]) == ("matter", "missing", DUE, 1)
    assert "后山机耕路维修" in client.get(f"/v/{FIRST}/duties.csv").text.splitlines()[-1]


def test_the_township_counts_postings_and_steps_by_village(app):
    client = signed_in(app, "audit")
    section = client.get("/audit/330299101/duties?window=2026-Q3").text.split('id="matters"')[1]
    assert "0号村" in section
    assert "该公示没公示 1 项" in section
    assert "步骤超期 1 步" in section
    for query in ("window=2026-Q2", "window=2026-Q3&affairs=finance", "window=2026-Q3&standing=late"):
        assert 'id="matters"' not in client.get(f"/audit/330299101/duties?{query}").text
    (row,) = json.loads(client.get("/audit/330299101/duties.json?window=2026-Q3").text)["matters"]
    assert (row["village"], row["step"], row["days_late"]) == (FIRST, "decide/show", 46)
    assert "A04-2026-01" in client.get("/audit/330299101/duties.csv?window=2026-Q3").text


def test_the_clerk_finds_both_on_the_desk(app):
    week = signed_in(app, "clerk").get(f"/desk/{FIRST}").text.split("</section>")[0]
    assert "要公示「实施方案」" in week
    assert "办到「党员大会审议」" in week
    assert "应在 9月8日 前办完，已过期" in week
    assert f'href="/desk/{FIRST}/matters/1"' in week


def test_the_command_names_the_matter(app):
    result = app.test_cli_runner().invoke(args=["duties", "--json", "--village", FIRST])
    (row,) = [row for row in json.loads(result.stdout) if row["category"] == "matter"]
    assert row == {
        "village": FIRST,
        "category": "matter",
        "affairs": "village",
        "body": "collective",
        "period": "2026-09-01",
        "due": DUE,
        "state": "missing",
        "record": None,
        "matter": 1,
    }
