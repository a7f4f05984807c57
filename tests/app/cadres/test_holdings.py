"""The register on the desk: entered by the clerk, decided by the supervision committee, changed, disposed of."""

from sqlalchemy import select

from publicity.codes.models import ShortCode, TargetKind
from publicity.holdings.models import EntryState, HoldingDeed, HoldingEdition
from tests.app.officials import DESK, Town

ADDRESS = f"{DESK}/holdings"
SHOP: dict[str, object] = {
    "kind": "asset",
    "body": "collective",
    "head-name": "村口店面",
    "head-class": "经营性",
    "head-place": "村口路边",
    "head-size": "86",
    "head-unit": "平方米",
    "head-cost": "320000",
    "head-use": "闲置",
    "head-valid_from": "2026-01-01",
}


def editions(town: Town) -> list[tuple[HoldingDeed, EntryState, str]]:
    """Return every edition that is kept."""
    with town.session() as session:
        found = session.scalars(select(HoldingEdition).order_by(HoldingEdition.id))
        return [(one.deed, one.state, one.name) for one in found]


def enter(town: Town, **other: object) -> None:
    """Let the clerk enter the shop."""
    answer = town.visitors["clerk"].post(ADDRESS, {**SHOP, **other})
    assert answer.status_code == 303, answer.text


def confirm(town: Town, *entries: str) -> None:
    """Let a member of the supervision committee confirm."""
    answer = town.visitors["member"].post(f"{ADDRESS}/decisions", {"entry": list(entries), "do": "confirm"})
    assert answer.status_code == 303, answer.text


def test_nothing_is_public_before_it_is_confirmed(town: Town) -> None:
    enter(town)
    assert "村口店面" in town.visitors["member"].get(ADDRESS).text
    assert "村口店面" not in town.visitors["anonymous"].get(f"/v/{DESK[6:]}/holdings").text
    confirm(town, "h1")
    page = town.visitors["anonymous"].get(f"/v/{DESK[6:]}/holdings").text
    assert "村口店面" in page
    assert "320,000.00元" in page
    with town.session() as session:
        code = session.scalars(select(ShortCode).where(ShortCode.kind == TargetKind.HOLDING)).one()
        assert code.target == "1"


def test_several_are_decided_at_once_and_all_or_none(town: Town) -> None:
    enter(town)
    enter(town, **{"head-name": "老粮仓"})
    member = town.visitors["member"]
    assert member.post(f"{ADDRESS}/decisions", {"entry": ["h1", "h9"], "do": "confirm"}).status_code == 422
    assert {state for _deed, state, _name in editions(town)} == {EntryState.PROPOSED}
    confirm(town, "h1", "h2")
    assert {state for _deed, state, _name in editions(town)} == {EntryState.CONFIRMED}


def test_a_refusal_says_what_is_wrong(town: Town) -> None:
    enter(town)
    member = town.visitors["member"]
    refused = member.post(f"{ADDRESS}/decisions", {"entry": "h1", "do": "refuse"})
    assert refused.status_code == 422
    assert "退回要写明哪里不对" in refused.text
    member.post(f"{ADDRESS}/decisions", {"entry": "h1", "do": "refuse", "note": "面积不对"})
    assert editions(town)[0][1] is EntryState.REFUSED
    assert "面积不对" in town.visitors["clerk"].get(f"{ADDRESS}/1").text


def test_a_refused_form_keeps_what_was_typed(town: Town) -> None:
    answer = town.visitors["clerk"].post(ADDRESS, {**SHOP, "head-size": "很大", "head-unit": ""})
    assert answer.status_code == 422
    for words in ("很大", "村口路边", "请填写「单位」"):
        assert words in answer.text
    assert editions(town) == []


def test_a_change_needs_its_reason_and_shows_both_sides(town: Town) -> None:
    enter(town)
    confirm(town, "h1")
    clerk = town.visitors["clerk"]
    assert 'value="村口路边"' in clerk.get(f"{ADDRESS}/1/edit").text
    changed = {**SHOP, "head-use": "出租", "head-valid_from": "2026-03-01"}
    assert clerk.post(f"{ADDRESS}/1/changes", changed).status_code == 422
    assert clerk.post(f"{ADDRESS}/1/changes", {**changed, "head-why": "租出去了"}).status_code == 303
    confirm(town, "h2")
    page = town.visitors["anonymous"].get(f"/v/{DESK[6:]}/holdings/1").text
    assert "「使用方式」由「闲置」改为「出租」" in page
    assert "租出去了" in page
    before = town.visitors["anonymous"].get(f"/v/{DESK[6:]}/holdings/1?on=2026-02-01").text
    assert "<dd>闲置</dd>" in before


def test_what_is_disposed_of_leaves_the_list_and_keeps_its_page(town: Town) -> None:
    enter(town)
    confirm(town, "h1")
    ending: dict[str, object] = {"head-valid_from": "2026-05-01", "head-why": "拆了"}
    assert town.visitors["clerk"].post(f"{ADDRESS}/1/disposal", ending).status_code == 303
    confirm(town, "h2")
    anonymous = town.visitors["anonymous"]
    assert "村口店面" not in anonymous.get(f"/v/{DESK[6:]}/holdings").text
    page = anonymous.get(f"/v/{DESK[6:]}/holdings/1").text
    assert "已经处置" in page
    assert "拆了" in page


def test_stickers_are_given_codes_and_printed(town: Town) -> None:
    enter(town)
    confirm(town, "h1")
    clerk = town.visitors["clerk"]
    answer = clerk.post(f"{ADDRESS}/stickers")
    assert answer.status_code == 303
    pdf = clerk.get(answer.headers["Location"])
    assert pdf.data.startswith(b"%PDF")
    assert town.visitors["member"].post(f"{ADDRESS}/stickers").status_code == 403


def test_what_a_debt_came_about_by_is_not_why_it_changes(town: Town) -> None:
    debt: dict[str, object] = {
        "kind": "payable",
        "body": "collective",
        "head-name": "礼堂尾款",
        "head-other": "松坪市政工程有限公司",
        "head-since": "2023-05",
        "head-reason": "文化礼堂尾款",
        "head-original": "86000",
        "head-balance": "46000",
    }
    clerk = town.visitors["clerk"]
    assert clerk.post(ADDRESS, debt).status_code == 303
    confirm(town, "h1")
    assert 'value="文化礼堂尾款"' in clerk.get(f"{ADDRESS}/1/edit").text
    changed = clerk.post(f"{ADDRESS}/1/changes", {**debt, "head-balance": "45000", "head-why": "对账后更正"})
    assert changed.status_code == 303
    page = clerk.get(f"{ADDRESS}/1").text
    assert "原因：对账后更正" in page
    assert "「登记时余额」由「46,000.00元」改为「45,000.00元」" in page
