"""What a sticker opens: who uses the thing, rent, term, what is owed, what happened; and its contract."""

import json

from sqlalchemy import select

from publicity.codes.models import ShortCode, TargetKind
from tests.app.cadres.test_contracts import enter as lease
from tests.app.cadres.test_holdings import confirm, enter
from tests.app.officials import DESK, Town

VILLAGE = f"/v/{DESK[6:]}"


def test_a_sticker_opens_the_page_of_its_thing(town: Town) -> None:
    enter(town, **{"head-use": "出租"})
    confirm(town, "h1")
    lease(town, holding="1")
    with town.session() as session:
        code = session.scalars(select(ShortCode.code).where(ShortCode.kind == TargetKind.HOLDING)).one()
    anonymous = town.visitors["anonymous"]
    answer = anonymous.get(f"/q/{code}")
    assert answer.headers["Location"] == f"{VILLAGE}/holdings/1"
    page = anonymous.get(answer.headers["Location"]).text
    for words in ("周*，到2026年12月31日", "欠收 12,000.00 元", "登记入册：村口店面", "村监委会"):
        assert words in page


def test_a_contract_is_shown_by_instalment(town: Town) -> None:
    lease(town, **{"head-paid_before_fen": "3000"})
    content = json.loads(town.visitors["anonymous"].get(f"{VILLAGE}/contracts/1.json").text)
    paid = [(one["due"], one["fen"], one["paid_fen"]) for one in content["instalments"]]
    assert paid == [
        ("2026-01-01", 300_000, 300_000),
        ("2026-04-01", 300_000, 0),
        ("2026-07-01", 300_000, 0),
        ("2026-10-01", 300_000, 0),
    ]
    page = town.visitors["anonymous"].get(f"{VILLAGE}/contracts/1").text
    assert "欠 3,000.00 元，过了 187 天" in page


def test_what_waits_or_is_not_there_has_no_page(town: Town) -> None:
    enter(town)
    anonymous = town.visitors["anonymous"]
    for address in ("holdings/1", "holdings/1.json", "holdings/77", "contracts/1", "contracts/1.json"):
        assert anonymous.get(f"{VILLAGE}/{address}").status_code == 404, address


def test_the_village_page_leads_there(town: Town) -> None:
    assert f'href="{VILLAGE}/holdings"' in town.visitors["anonymous"].get(VILLAGE).text
