"""A clerk corrects August while September and October stand published: one list, one press, nothing silent."""

import csv
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.records.models import Record, State, Version
from publicity.workflow.actions import approve, confirm
from tests.cast import STONE
from tests.factories import at, make_published_ledger, seen
from tests.journeys.conftest import AUGUST, AUGUST_CLOSES
from tests.journeys.people import Clerk
from tests.journeys.test_redaction import cast_in, is_narrow
from village_lists.places.models import Body, BodyKind, Place

HEADER = ("日期", "凭证号", "摘要", "收入", "支出", "对方单位")
OPENS = AUGUST_CLOSES - sum(line[4] - line[5] for line in AUGUST)
SEPTEMBER = (("2026-09-09", "支-041", "8月份村办公室电费", "国网松坪供电所", 0, 41_260, "A08"),)
OCTOBER = (("2026-10-09", "支-045", "9月份村办公室电费", "国网松坪供电所", 0, 38_800, "A08"),)


def publish_autumn(server) -> None:
    """Let September and October be published, as the people of the village do."""
    with Session(server.app.extensions["engine"], expire_on_commit=False) as session:
        village = select(Place.id).where(Place.code == STONE).scalar_subquery()
        body = session.scalars(select(Body).where(Body.village_id == village, Body.kind == BodyKind.COLLECTIVE)).one()
        cast, opening = cast_in(session), AUGUST_CLOSES
        for period, lines in (("2026-09", SEPTEMBER), ("2026-10", OCTOBER)):
            make_published_ledger(session, body=body, cast=cast, period=period, opening_fen=opening, lines=lines)
            opening -= lines[0][5]
        session.commit()


def mended_august(folder: Path) -> Path:
    """Write August anew: the street lamps cost 1,380.00 and not 1,180.00."""
    file = folder / "2026年8月账.csv"
    rows = [("上石村股份经济合作社2026年8月收支明细表",), HEADER, ("", "", "上月结余", f"{OPENS / 100:.2f}", "", "")]
    for day, voucher, summary, party, income, spending, _item in AUGUST:
        paid = spending + (20_000 if summary == "路灯维修" else 0)
        rows.append((day, voucher, summary, str(income / 100 or ""), str(paid / 100 or ""), party))
    rows.append(("", "", "本月结余", f"{(AUGUST_CLOSES - 20_000) / 100:.2f}", "", ""))
    with file.open("w", encoding="utf-8", newline="") as sheet:
        csv.writer(sheet).writerows(rows)
    return file


def review_all(server) -> None:
    """Let the head and the secretary pass everything that waits, the earlier month before the later."""
    with Session(server.app.extensions["engine"], expire_on_commit=False) as session:
        cast = cast_in(session)
        waiting = select(Version).join(Version.record).where(Version.state == State.SUBMITTED).order_by(Record.period)
        for version in session.scalars(waiting).all():
            approve(session, version=version, by=cast.yonggen, now=server.now, seen=seen(version))
            confirm(session, version=version, by=cast.chen, now=server.now + timedelta(hours=1), seen=seen(version))
        session.commit()


def arrives(clerk: Clerk, words: str) -> None:
    """Wait for the page that says the words; fails where none does within the browser's time limit."""
    clerk.page.get_by_text(words).first.wait_for()


def test_a_correction_carries_over(server, window, camera, tmp_path):
    server.now = at(date(2026, 11, 8), 9)
    publish_autumn(server)
    resident = window(scripts=False).page
    october = f"/v/{STONE}/accounts/2026-10/collective"
    resident.goto(october)
    before = resident.inner_text("body")

    li = Clerk(window().page, "li", STONE)
    li.signs_in()
    li.uploads(mended_august(tmp_path), "collective")
    li.page.fill("#reason", "路灯维修少记了 200 元")
    li.takes_over()
    arrives(li, "后面的月份要跟着改")
    assert li.sees("月初 186,420.35 元改成 186,220.35 元")
    assert li.sees("2026年10月")
    assert is_narrow(li.page)
    camera.take(li.page, "carry-1-list")
    li.submits()
    arrives(li, "请先点「一起改后面的月份」")
    li.presses("一起改后面的月份")
    arrives(li, "后面月份的更正已备好，可以一起提交审核")
    camera.take(li.page, "carry-2-made")
    li.presses("这个月和后面的月份一起提交审核")
    arrives(li, "已一起提交，等待审核")
    camera.take(li.page, "carry-3-submitted")

    resident.goto(october)
    assert resident.inner_text("body") == before
    server.pass_minutes(30)
    review_all(server)
    for month, opening in (("2026-09", "186,220.35"), ("2026-10", "185,807.75")):
        resident.goto(f"/v/{STONE}/accounts/{month}/collective")
        text = resident.inner_text("body")
        assert opening in text
        assert "与上月相接" in text
        assert "的账更正了，这个月的月初数跟着改" in text
    camera.take(resident, "carry-4-residents")
