"""Contracts on the desk: instalments from terms or typed, what is owed by instalment, changed, ended early."""

from tests.app.cadres.test_holdings import confirm
from tests.app.officials import DESK, Town

ADDRESS = f"{DESK}/contracts"
LEASE: dict[str, object] = {
    "body": "collective",
    "side": "receive",
    "do": "save",
    "head-title": "店面租赁合同",
    "head-party": "周阿根",
    "head-paper_code": "租-01",
    "head-signed_on": "2025-12-20",
    "head-starts_on": "2026-01-01",
    "head-ends_on": "2026-12-31",
    "head-every": "按季",
    "head-each": "3000",
}
PUBLIC = f"/v/{DESK[6:]}/contracts/1"


def enter(town: Town, **other: object) -> None:
    """Let the clerk enter the lease, and a member confirm it."""
    answer = town.visitors["clerk"].post(ADDRESS, {**LEASE, **other})
    assert answer.status_code == 303, answer.text
    confirm(town, "c1")


def test_terms_make_the_instalments_and_each_says_what_is_owed(town: Town) -> None:
    enter(town, **{"head-paid_before_fen": "4000"})
    # On 8 October 2026 four quarters of 3,000 are due; 4,000 pay the first and a third of the second.
    page = town.visitors["member"].get(f"{ADDRESS}/1").text
    assert page.count("3,000.00") >= 4
    assert "欠 2,000.00 元，过了" in page
    assert "欠收 8,000.00 元" in page
    assert "周阿根" in page
    assert "还欠 8,000.00 元" in town.visitors["clerk"].get(ADDRESS).text


def test_the_public_reads_a_surname_alone(town: Town) -> None:
    enter(town, **{"head-title": "周阿根店面租赁合同"})
    anonymous = town.visitors["anonymous"]
    for address in (PUBLIC, f"{PUBLIC}.json", f"/v/{DESK[6:]}/holdings", f"/v/{DESK[6:]}/holdings.json"):
        text = anonymous.get(address).text
        assert "周*" in text
        assert "阿根" not in text


def test_typed_rows_go_before_terms_and_more_rows_are_given_unjudged(town: Town) -> None:
    rows = {"row-1-due_on": "2026-02-01", "row-1-amount": "100.50", "row-1-words": "定金", "head-every": ""}
    more = town.visitors["clerk"].post(ADDRESS, {**LEASE, **rows, "head-title": "", "do": "more"})
    assert more.status_code == 200
    assert "定金" in more.text
    assert "请填写" not in more.text
    enter(town, **rows)
    assert "100.50" in town.visitors["anonymous"].get(PUBLIC).text


def test_half_of_the_terms_is_told(town: Town) -> None:
    answer = town.visitors["clerk"].post(ADDRESS, {**LEASE, "head-every": ""})
    assert answer.status_code == 422
    assert "请写明多久付一次和每期金额" in answer.text
    assert 'value="周阿根"' in answer.text


def test_an_early_end_cuts_what_is_due_later(town: Town) -> None:
    enter(town)
    clerk = town.visitors["clerk"]
    ending: dict[str, object] = {"head-valid_from": "2026-04-30", "head-why": "提前退租"}
    assert clerk.post(f"{ADDRESS}/1/end", {**ending, "head-why": ""}).status_code == 422
    assert clerk.post(f"{ADDRESS}/1/end", ending).status_code == 303
    confirm(town, "c2")
    page = town.visitors["anonymous"].get(PUBLIC).text
    assert "以后的 2 期共 6,000.00 元不再付" in page
    assert "2026年4月30日提前终止" in page
    assert "欠收 6,000.00 元" in page


def test_a_change_is_filled_with_what_stands(town: Town) -> None:
    enter(town)
    clerk = town.visitors["clerk"]
    form = clerk.get(f"{ADDRESS}/1/edit").text
    assert 'value="3000.00"' in form
    change = {**LEASE, "head-each": "3500", "head-valid_from": "2026-07-01", "head-why": "涨租"}
    assert clerk.post(f"{ADDRESS}/1/changes", change).status_code == 303
    confirm(town, "c2")
    assert "付款由 4 期共 12,000.00 元改为 4 期共 13,000.00 元" in town.visitors["anonymous"].get(PUBLIC).text
