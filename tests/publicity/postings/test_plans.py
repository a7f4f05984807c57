"""The plan of a year and the year so far: only what stands published, months that are missing are named."""

from datetime import date
from functools import partial

from publicity.categories.library import enter_directory
from publicity.postings.plans import year_against_plan, year_plan
from tests.factories import make_list, make_people, make_place_tree, make_published_ledger, make_published_posting
from village_lists.periods import Period

ROWS = (
    {"side": "收入", "item": "山塘承包款", "planned": 1_000_000, "last": None, "reason": None},
    {"side": "支出", "item": "路灯", "planned": 300_000, "last": 100_000, "reason": None},
    {"side": "支出", "item": "保洁", "planned": 200_000, "last": None, "reason": None},
)
MARCH = (
    ("2026-03-06", "收-001", "山塘承包款", "松坪竹木加工厂", 250_000, 0, ""),
    ("2026-03-07", "支-001", "路灯维修", "亮美电器商行", 0, 550_000, ""),
)


def test_the_year_beside_its_plan(session):
    places = make_place_tree(session)
    cast = make_people(session, places)
    make_list(session, villages=[places.stone])
    enter_directory(session, since=date(2026, 1, 1))
    plan_of = partial(year_plan, session, village=places.stone)
    beside = partial(year_against_plan, session, village=places.stone, body_kind="collective", period=Period(2026, 3))
    make_published_ledger(
        session, body=places.collective, cast=cast, period="2026-03", opening_fen=5_000_000, lines=MARCH
    )
    assert beside() is None
    make_published_posting(
        session, body=places.collective, cast=cast, code="finance.budget", span="2026", rows=ROWS, note=""
    )
    plan = plan_of(body_kind="collective", year=2026)
    assert plan
    assert (plan.income_fen, plan.spending_fen) == (1_000_000, 500_000)
    assert plan_of(body_kind="collective", year=2025) is None
    assert plan_of(body_kind="committee", year=2026) is None
    against = beside()
    assert against
    income, spending = against.sides
    assert (income.actual_fen, income.percent, income.left_fen) == (250_000, "25%", 750_000)
    assert (spending.actual_fen, spending.percent, spending.left_fen) == (550_000, "110%", -50_000)
    assert (spending.actual_width, spending.planned_width) == (100, 90)
    assert against.missing == (Period(2026, 1), Period(2026, 2))
