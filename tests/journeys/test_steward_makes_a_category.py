"""A category that no one foresaw, made in the browser: a form, an import template, a web table, a paper sheet."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.categories.contents import Audience
from publicity.categories.queries import content_of
from publicity.postings.actions import begin_posting, save_posting
from publicity.postings.queries import posting_of, search_records
from publicity.postings.readings import read_pasted
from publicity.postings.views import table_for
from publicity.records.models import Version
from publicity.workflow.actions import approve, confirm, submit
from tests.cast import COUNTY, STONE
from tests.factories import seen
from tests.journeys.people import Steward
from village_lists.people.models import Person
from village_lists.periods import Span
from village_lists.places.models import BodyKind, Level
from village_lists.places.queries import body_of, place_by_code

NAME = "老年食堂助餐补贴名单"
CODE = f"{COUNTY}-1"
TODAY = "2026-10-08"


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
def test_steward_makes_a_category(server, window, camera, scripts):
    shen = Steward(window(scripts=scripts).page, "shen")
    shen.signs_in()
    shen.begins_a_category(NAME, "roster", "event")
    shen.writes_a_column(1, "姓名", "person")
    shen.writes_a_column(2, "身份证号", "identity")
    shen.writes_a_column(3, "家庭住址", "text", audience="paper")
    shen.writes_a_column(_further_row(shen, scripts), "补贴金额", "money")
    camera.take(shen.page, f"category-1-columns-{scripts}")
    shen.presses("保存，看样子")
    assert shen.sees("网上写 张*，纸上写全")
    camera.take(shen.page, f"category-2-edition-{scripts}")
    edition = shen.page.url
    assert _fits(shen)
    shen.presses("提交")
    assert shen.sees("等另一位管理员核对")
    assert not shen.page.get_by_role("button", name="核对无误，生效").count()

    tang = Steward(window(width=1280, height=900, scripts=scripts).page, "tang")
    tang.signs_in()
    tang.page.goto(edition)
    web, paper = tang.page.inner_text("#look-web"), tang.page.inner_text("#look-paper")
    assert "张*" in web
    assert "张大有" in paper
    assert "家庭住址" not in web
    assert "家庭住址" in paper
    assert "身份证号" not in web + paper
    camera.take(tang.page, f"category-3-second-{scripts}")
    tang.puts_in_force(TODAY)
    tang.page.goto(f"/county/{COUNTY}/categories/{CODE}")
    assert tang.sees("唐秋月 核对")
    camera.take(tang.page, f"category-4-in-force-{scripts}")
    tang.page.goto("/county/categories")
    camera.take(tang.page, f"category-5-directory-{scripts}")


def _further_row(shen, scripts):
    """Save, and return a row to write into: with scripts one more was added, saved and taken away again."""
    if scripts:
        shen.page.locator("#columns").get_by_role("button", name="再加一行").click()
        shen.page.fill("#columns-4-name", "不要的一行")
    shen.presses("保存，接着写")
    if scripts:
        shen.page.locator("[data-row=columns-4]").get_by_role("button", name="去掉").click()
    return 5 if scripts else 4


def _fits(official):
    """Say whether the page needs no sideways scrolling."""
    return official.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") is True


ROSTER = (
    "姓名\t身份证号\t家庭住址\t补贴金额\n"
    "吴阿大\t330299194103120011\t上石村溪边18号\t180.00\n"
    "欧阳春梅\t330299193807210029\t上石村上墩7号\t240.50\n"
)
UNSEEN_ON_THE_WEB = ("吴阿大", "欧阳春梅", "330299194103120011", "19410312", "溪边18号")


def test_a_pasted_roster_under_it_shows_no_more_than_it_may(server, window):
    """The clerk's deeds upon a category made in the browser: web, JSON, CSV and search keep what the steward ruled."""
    shen = Steward(window(scripts=False).page, "shen")
    shen.signs_in()
    shen.begins_a_category(NAME, "roster", "event")
    shen.writes_a_column(1, "姓名", "person")
    shen.writes_a_column(2, "身份证号", "identity")
    shen.writes_a_column(3, "家庭住址", "text", audience="paper")
    shen.presses("保存，接着写")
    shen.writes_a_column(4, "补贴金额", "money")
    shen.presses("保存，看样子")
    shen.presses("提交")
    tang = Steward(window(scripts=False).page, "tang")
    tang.signs_in()
    tang.page.goto(shen.page.url)
    tang.puts_in_force(TODAY)

    number = _publishes_a_roster(server)
    resident = window(scripts=False).page
    for ending in ("", ".json", ".csv"):
        answer = resident.request.get(f"/v/{STONE}/records/{number}{ending}")
        assert answer.ok, answer.status
        assert "吴*" in answer.text()
        assert "欧阳*" in answer.text()
        assert "240.5" in answer.text() or "24050" in answer.text()
        assert not [words for words in UNSEEN_ON_THE_WEB if words in answer.text()]
    with Session(server.app.extensions["engine"]) as session:
        village = place_by_code(session, code=STONE, level=Level.VILLAGE)
        assert village
        assert search_records(session, village=village, words="老年食堂")
        assert not [words for words in UNSEEN_ON_THE_WEB if search_records(session, village=village, words=words)]
        version = session.scalars(select(Version).order_by(Version.id.desc())).first()
        assert version
        paper = table_for(session, version=version, audience=Audience.PAPER)
        cells = " ".join(cell for row in paper.rows for cell in row.cells)
        assert "吴阿大" in cells
        assert "溪边18号" in cells
        assert "19410312" not in cells


def _publishes_a_roster(server):
    """Paste, submit, approve and confirm as the clerk, the head and the secretary; return the record's number."""
    with Session(server.app.extensions["engine"], expire_on_commit=False) as session:
        village = place_by_code(session, code=STONE, level=Level.VILLAGE)
        assert village
        body = body_of(session, village=village, kind=BodyKind.COMMITTEE)
        assert body
        people = {name: _person(session, name) for name in ("李国强", "王永根", "陈海涛")}
        clerk, now = people["李国强"], server.now
        version = begin_posting(
            session,
            body=body,
            code=CODE,
            span=Span.parse(TODAY),
            title="九月老年食堂助餐补贴",
            reason="",
            by=clerk,
            now=now,
        )
        reading = read_pasted(content_of(posting_of(session, version=version).edition), ROSTER)
        assert not reading.problems
        save_posting(
            session,
            version=version,
            head=reading.head,
            rows=reading.rows,
            note="",
            is_nil=False,
            by=clerk,
            now=now,
            seen=version.revision,
        )
        submit(session, version=version, by=clerk, now=now, seen=seen(version))
        approve(session, version=version, by=people["王永根"], now=now, seen=seen(version))
        confirm(session, version=version, by=people["陈海涛"], now=now, seen=seen(version))
        session.commit()
        return version.record.number


def _person(session, name):
    return session.scalars(select(Person).where(Person.name == name)).one()
