"""A village asks for a later day, its township decides: who may, when, how far, and what then stands."""

from datetime import UTC, date, datetime

import pytest

from publicity.categories.models import ACCOUNTS
from publicity.duties.actions import ask_extension, decide_extension
from publicity.duties.extensions import (
    duty_about,
    extension_numbered,
    extensions_of,
    waiting_extensions,
)
from publicity.duties.models import Extension
from publicity.duties.pages import duties_page
from publicity.duties.queries import Duty
from publicity.duties.reasons import arithmetic
from publicity.duties.rules import Standing
from tests.publicity.duties.township import (
    EARLY,
    collective,
    official,
    post,
    start,
    township,
)
from village_lists.errors import NotAllowed, NotFound, Refusal, Stale
from village_lists.people.actions import enter_person, give_post
from village_lists.people.models import Person, PostKind
from village_lists.periods import Span
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code

SEPTEMBER = Span.parse("2026-09")
DUE = date(2026, 10, 10)
REASON = "代理记账中心系统停机，账还没有对完"


def at(day: date) -> datetime:
    """Return noon in China on the day."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


@pytest.fixture
def village(session):
    """Return a village whose collective's books begin in September 2026."""
    (village,) = township(session, villages=1)
    start(session, collective(village), "2026-09")
    return village


def clerk(session, village: Place) -> Person:
    """Return the village's clerk."""
    return official(session, collective(village), PostKind.CLERK)


def auditor(session, code: str = "330299101") -> Person:
    """Return an auditor of the township."""
    town = place_by_code(session, code=code, level=Level.TOWNSHIP)
    assert town
    person = enter_person(session, name="赵明亮")
    give_post(
        session,
        person=person,
        place=town,
        kind=PostKind.TOWNSHIP_AUDITOR,
        starts_on=EARLY,
    )
    session.refresh(person, ["posts"])
    return person


def ask(session, village: Place, **about: object) -> Extension:
    """Ask on 9 October for the twentieth, unless said otherwise."""
    usual = {
        "until": date(2026, 10, 20),
        "reason": REASON,
        "now": at(date(2026, 10, 9)),
        "span": SEPTEMBER,
    }
    given = {"by": clerk(session, village), **usual, **about}
    return ask_extension(session, body=collective(village), code=ACCOUNTS, **given)  # type: ignore[arg-type]


def duty(session, village: Place, *, on: date) -> Duty:
    """Return how September stands on a day."""
    found = duty_about(session, body=collective(village), code=ACCOUNTS, span=SEPTEMBER, on=on)
    assert found
    return found


def test_what_is_granted_takes_the_place_of_the_due_day(session, village):
    extension = ask(session, village)
    assert duty(session, village, on=date(2026, 10, 11)).standing == Standing.MISSING, "asking alone moves nothing"
    decide_extension(
        session,
        extension=extension,
        is_granted=True,
        note="",
        by=auditor(session),
        now=at(date(2026, 10, 10)),
    )
    before, last, after = (duty(session, village, on=date(2026, 10, day)) for day in (11, 20, 21))
    assert (before.standing, last.standing, after.standing) == (
        Standing.EXTENDED,
        Standing.EXTENDED,
        Standing.MISSING,
    )
    assert (after.due, after.days_late, after.extended_until) == (
        date(2026, 10, 20),
        1,
        date(2026, 10, 20),
    )
    assert "乡镇同意延到" in arithmetic(after)[-1][0]
    post(session, collective(village), "2026-09", on=date(2026, 10, 18))
    assert duty(session, village, on=date(2026, 11, 1)).standing == Standing.MET


def test_residents_read_the_reason_and_the_answer(session, village):
    extension = ask(session, village)
    decide_extension(
        session,
        extension=extension,
        is_granted=False,
        note="系统已经恢复，请按期公开",
        by=auditor(session),
        now=at(date(2026, 10, 10)),
    )
    page = duties_page(session, village=village, year=2026, on=date(2026, 10, 12))
    found = next(line.duty for line in page.missing if line.duty.body == collective(village).id)
    assert found.extension
    assert (found.extension.reason, found.extension.note) == (
        REASON,
        "系统已经恢复，请按期公开",
    )
    assert found.due == DUE


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"until": DUE}, "延到的日子"),
        ({"until": date(2026, 12, 10)}, "延到的日子"),
        ({"reason": "没空做"}, "理由要写"),
        ({"reason": "请找张三13800138000对账以后再说"}, "不能写"),
        ({"now": at(date(2026, 11, 10))}, "超过 30 天"),
    ],
)
def test_what_is_not_asked_rightly_is_refused(session, village, about, words):
    with pytest.raises(Refusal) as refused:
        ask(session, village, **about)
    assert words in str(refused.value)
    assert session.query(Extension).count() == 0


def test_the_last_days_are_still_taken(session, village):
    assert ask(session, village, until=date(2026, 12, 9), now=at(date(2026, 11, 9)))


def test_what_is_public_or_asked_already_is_refused(session, village):
    ask(session, village)
    with pytest.raises(Refusal, match="已经申请过延期"):
        ask(session, village)
    session.rollback()
    (again,) = township(session, villages=1)
    start(session, collective(again), "2026-09")
    post(session, collective(again), "2026-09", on=date(2026, 10, 5))
    with pytest.raises(Refusal, match="已经公开"):
        ask(session, again)


def test_only_the_clerk_asks_and_only_his_township_decides_once(session, village):
    secretary = official(session, collective(village), PostKind.SECRETARY)
    with pytest.raises(NotAllowed):
        ask(session, village, by=secretary)
    extension = ask(session, village)

    def decide(by: Person, *, is_granted: bool = True) -> None:
        decide_extension(session, extension=extension, is_granted=is_granted, note="", by=by, now=at(DUE))

    for stranger in (secretary, clerk(session, village)):
        with pytest.raises(NotAllowed):
            decide(stranger)
    with pytest.raises(Refusal, match="理由要写"):
        decide(auditor(session), is_granted=False)
    decide(auditor(session))
    with pytest.raises(Stale):
        decide(auditor(session))


def test_what_nobody_owes_cannot_be_extended(session, village):
    with pytest.raises(NotFound):
        ask(session, village, span=Span.parse("2026-08"))


def test_the_township_sees_what_waits(session, village):
    extension = ask(session, village)
    town = place_by_code(session, code="330299101", level=Level.TOWNSHIP)
    assert town
    assert waiting_extensions(session, township=town) == 1
    (asked,) = extensions_of(session, township=town, on=DUE)
    assert (asked.extension, asked.village.code, asked.duty.due) == (
        extension,
        village.code,
        DUE,
    )
    assert extension_numbered(session, township=town, number=extension.id) is extension
    assert extension_numbered(session, township=village, number=extension.id) is None
