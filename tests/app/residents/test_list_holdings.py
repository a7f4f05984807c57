"""The registers as residents read them: totals by body and kind, warnings with numbers, no private name in full."""

import csv
import io
import json

from tests.app.cadres.test_contracts import enter as lease
from tests.app.cadres.test_holdings import confirm, enter
from tests.app.officials import DESK, Town
from tests.cast import TOWNSHIP

ADDRESS = f"/v/{DESK[6:]}/holdings"
DEBT: dict[str, object] = {
    "kind": "receivable",
    "body": "committee",
    "head-name": "周阿根借款",
    "head-other": "周阿根",
    "head-since": "2023-05",
    "head-reason": "周阿根借去修房",
    "head-original": "8000",
    "head-balance": "5000.50",
}


def rented_shop(town: Town) -> None:
    """Enter a shop that is let to a private person, nothing paid."""
    enter(town, **{"head-use": "出租"})
    enter(town, **{"head-name": "老粮仓", "head-cost": "100.25", "body": "committee"})
    confirm(town, "h1", "h2")
    lease(town, holding="1")


def test_each_body_has_its_own_totals(town: Town) -> None:
    rented_shop(town)
    page = town.visitors["anonymous"].get(ADDRESS).text
    collective, committee = page.index("上石村股份经济合作社　资产"), page.index("上石村村民委员会　资产")
    assert collective < page.index("320,000.00元") < committee < page.index("100.25元")


def test_who_uses_what_until_when_and_what_is_owed(town: Town) -> None:
    rented_shop(town)
    page = town.visitors["anonymous"].get(ADDRESS).text
    assert "周*在用，到2026年12月31日" in page
    # Four quarters of 3,000 are due by 5 October, the first on 1 January.
    assert "还欠 12,000.00 元，最早的一期过了 277 天" in page
    assert 'href="/v/330299101201/contracts/1"' in page


def test_no_format_tells_a_private_name(town: Town) -> None:
    rented_shop(town)
    enter(town, **DEBT)
    confirm(town, "h3")
    anonymous = town.visitors["anonymous"]
    for address in (ADDRESS, f"{ADDRESS}.json", f"{ADDRESS}.csv", f"{ADDRESS}/3", f"{ADDRESS}/3.json", f"{ADDRESS}/1"):
        text = anonymous.get(address).text
        assert "阿根" not in text, address
        assert "周*" in text, address
    assert "周阿根" in town.visitors["member"].get(f"{DESK}/holdings/3").text


def test_open_data_says_the_same(town: Town) -> None:
    rented_shop(town)
    anonymous = town.visitors["anonymous"]
    content = json.loads(anonymous.get(f"{ADDRESS}.json").text)
    assert [(one["name"], one["contracts"]) for one in content["holdings"]] == [("村口店面", [1]), ("老粮仓", [])]
    (contract,) = content["contracts"]
    assert (contract["due_fen"], contract["paid_fen"], contract["arrears_fen"]) == (1_200_000, 0, 1_200_000)
    rows = list(csv.reader(io.StringIO(anonymous.get(f"{ADDRESS}.csv").text)))
    assert [row[3] for row in rows[1:]] == ["村口店面", "老粮仓"]
    assert {len(row) for row in rows} == {13}
    assert rows[1][-1] == "12000.00"


def test_a_former_day_shows_what_was_there_then(town: Town) -> None:
    enter(town)
    confirm(town, "h1")
    anonymous = town.visitors["anonymous"]
    assert "村口店面" not in anonymous.get(f"{ADDRESS}?on=2025-12-31").text
    assert "村口店面" in anonymous.get(f"{ADDRESS}?on=2026-01-01").text
    assert anonymous.get(f"{ADDRESS}?on=gestern").status_code == 404


def test_the_township_sees_what_is_owed_in_all_its_villages(town: Town) -> None:
    rented_shop(town)
    page = town.visitors["auditor"].get(f"/audit/{TOWNSHIP}/holdings").text
    assert "共欠 12,000.00 元" in page
    assert "下田村" in page
    assert town.visitors["clerk"].get(f"/audit/{TOWNSHIP}/holdings").status_code == 404
