"""Naming on the desk what lines of a month were for, and what the reviewers are told about them."""

import re
from datetime import timedelta

from sqlalchemy import select

from publicity.ledgers.queries import ledger_of
from publicity.matters.opening import open_matter
from publicity.records.models import Version
from tests.app.furnishing import village_of
from tests.app.officials import DESK
from tests.publicity.workflow.stage import NOW
from village_lists.people.models import Post, PostKind
from village_lists.rulebook.models import RuleRow


def open_one(town, title="村口路灯更换", item="A03", budget_fen=800_000):
    """Open a matter in the village and return its number."""
    with town.session() as session:
        village = village_of(session)
        clerk = session.scalars(select(Post).where(Post.place_id == village.id, Post.kind == PostKind.CLERK)).first()
        matter = open_matter(
            session,
            village=village,
            body=village.bodies[0],
            item_code=item,
            title=title,
            budget_fen=budget_fen,
            funding="",
            procedure="",
            opened_on=NOW.date(),
            by=clerk.person,
            now=NOW,
        )
        session.commit()
        return matter.number


def tie(town, key, **form):
    """Send the ties of a version as the clerk."""
    fields = {name.replace("_", "-"): value for name, value in form.items()}
    return town.visitors["clerk"].post(f"{DESK}/versions/{key}/ties", {"revision": town.revision(key), **fields})


def matter_of(town, key, line):
    """Return the number of the matter that a line names, or None."""
    with town.session() as session:
        version = session.scalars(select(Version).where(Version.key == key)).one()
        ledger = ledger_of(session, version=version)
        matter = ledger.entries[line - 1].matter
        return matter.number if matter else None


def test_the_clerk_names_the_matter_of_a_line(town):
    key = town.desk.returned
    address = f"{DESK}/versions/{key}"
    assert "是哪件事" not in town.visitors["clerk"].get(address).text
    number = open_one(town)
    page = town.visitors["clerk"].get(address).text
    assert page.count("是哪件事、哪份合同") == 2
    assert tie(town, key, line_2="A03", matter_2=str(number), matter_1="").status_code == 303
    assert (matter_of(town, key, 1), matter_of(town, key, 2)) == (None, number)
    page = town.visitors["clerk"].get(address).text
    assert "<summary>A03-2026-01 村口路灯更换</summary>" in page
    assert re.search(r'<select name="matter-2">.*?<option value="1" selected>', page, re.S)
    assert tie(town, key, line_2="A03", matter_2="").status_code == 303
    assert matter_of(town, key, 2) is None


def test_a_matter_that_the_village_does_not_have_is_refused(town):
    key = town.desk.returned
    answer = tie(town, key, line_2="A03", matter_2="7")
    assert answer.status_code == 409
    assert "本村没有第 7 号事项" in answer.text
    assert matter_of(town, key, 2) is None


def test_clerk_and_supervision_committee_are_told_the_same(town):
    key = town.desk.returned
    with town.session() as session:
        set_from(session, 30_000)
        session.commit()
    assert tie(town, key, line_2="A08").status_code == 303
    told = "第 2 笔 350.00 元用了「财务开支审批」，达到 300.00 元要写明是哪一件事，现在没有"
    for role in ("clerk", "head"):
        page = town.visitors[role].get(f"{DESK}/versions/{key}").text
        assert told in page
        assert 'href="#line-2"' in page
    with town.session() as session:
        set_from(session, 35_001)
        session.commit()
    assert told not in town.visitors["head"].get(f"{DESK}/versions/{key}").text


def set_from(session, fen):
    """Let the county say from which amount a spending needs a matter."""
    row = session.scalars(
        select(RuleRow).where(RuleRow.key == "matter.needed.from").order_by(RuleRow.id.desc())
    ).first()
    later = row.valid_from + timedelta(days=1)
    session.add(RuleRow(key=row.key, level=row.level, place_id=row.place_id, value={"value": fen}, valid_from=later))
