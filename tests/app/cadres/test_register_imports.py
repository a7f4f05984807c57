"""Registers from clerks' own tables: every fault at its cell, nothing half taken or doubled, exports read back."""

import io
import re

from sqlalchemy import select

from publicity.holdings.models import ContractEdition, HoldingEdition
from publicity.holdings.schedules import read_schedule
from tests.app.cadres.test_holdings import confirm
from tests.app.officials import DESK, Town

ADDRESS = f"{DESK}/holdings/imports"
CONTENT = re.compile(r'name="content" value="([^"]+)"')
ASSETS = (
    "序号\t资产名称\t资产类别\t坐落位置\t面积或数量\t单位\t资产原值（万元）\t使用情况\n"
    "1\t村口店面\t经营性\t村口路边\t86\t平方米\t32\t出租\n"
    "2\t老粮仓\t经营性\t后山\t120\t平方米\t\t闲置\n"
)
CONTRACTS = (
    "合同编号,乙方,标的物,签订日期,起止,年租金(元),付款方式,已收\n"
    "租-01,周阿根,村口店面,2025.12.20,2026年1月1日至2028年12月31日,9000,半年付,0\n"
    "租-02,清风百货店,鱼塘,2024-01-05,2024.2.1-2027.2.1,10000,按月,500\n"
)


def check(town: Town, kind: str, text: str, **other: object) -> tuple[int, str]:
    """Send a pasted table and return status and page."""
    form = {"kind": kind, "body": "collective", "pasted": text, **other}
    answer = town.visitors["clerk"].post(f"{ADDRESS}/check", form)
    return answer.status_code, answer.text


def take(town: Town, kind: str, page: str, **other: object) -> int:
    """Take what a page shows and return the status."""
    found = CONTENT.search(page)
    assert found, page
    return town.visitors["clerk"].post(ADDRESS, {"kind": kind, "content": found[1], **other}).status_code


def holdings(town: Town) -> list[tuple[str, dict[str, object]]]:
    """Return what is kept of holdings."""
    with town.session() as session:
        return [(one.name, one.content) for one in session.scalars(select(HoldingEdition).order_by(HoldingEdition.id))]


def test_a_clerks_table_is_proposed_as_it_was_shown(town: Town) -> None:
    status, page = check(town, "asset", ASSETS)
    assert status == 200
    assert "新的 2 条" in page
    assert holdings(town) == []
    assert take(town, "asset", page) == 303
    assert [name for name, _content in holdings(town)] == ["村口店面", "老粮仓"]
    assert holdings(town)[0][1]["cost"] == 32_000_000


def test_every_fault_is_told_at_its_cell_and_nothing_is_taken(town: Town) -> None:
    status, page = check(town, "asset", ASSETS.replace("120", "很大").replace("闲置", "别的"))
    assert status == 422
    assert "第 3 行第 5 列" in page
    assert "第 3 行第 8 列" in page
    assert CONTENT.search(page) is None
    workbook = {"file": (io.BytesIO(ASSETS.replace("120", "很大").replace("\t", ",").encode()), "台账.csv")}
    assert '<b class="cell">E3</b>' in check(town, "asset", "", **workbook)[1]


def test_what_is_there_is_not_doubled(town: Town) -> None:
    take(town, "asset", check(town, "asset", ASSETS)[1])
    assert "上次登记的还没有核对" in check(town, "asset", ASSETS)[1]
    confirm(town, "h1", "h2")
    page = check(town, "asset", ASSETS)[1]
    assert "没有变的 2 条" in page
    assert CONTENT.search(page) is None
    changed = check(town, "asset", ASSETS.replace("闲置", "自用"))[1]
    assert "有变动的 1 条" in changed
    assert take(town, "asset", changed) == 422
    assert take(town, "asset", changed, reason="村里自己用了") == 303
    assert [content["use"] for _name, content in holdings(town)] == ["出租", "闲置", "自用"]
    twice = check(town, "asset", ASSETS + "3\t老粮仓\t经营性\t后山\t1\t间\t\t闲置\n")
    assert twice[0] == 422
    assert "第 4 行第 2 列" in twice[1]
    assert "和前面第 2 行说的是同一样" in twice[1]


def test_a_page_that_is_out_of_date_is_refused(town: Town) -> None:
    page = check(town, "asset", ASSETS)[1]
    take(town, "asset", page)
    assert take(town, "asset", page) == 422
    assert len(holdings(town)) == 2


def test_what_was_changed_in_the_page_is_refused(town: Town) -> None:
    found = CONTENT.search(check(town, "asset", ASSETS)[1])
    assert found
    form: dict[str, object] = {"kind": "asset", "content": f"x{found[1]}"}
    assert town.visitors["clerk"].post(ADDRESS, form).status_code == 422
    assert holdings(town) == []


def test_contracts_with_terms_in_words_become_instalments(town: Town) -> None:
    take(town, "asset", check(town, "asset", ASSETS)[1])
    confirm(town, "h1", "h2")
    status, page = check(town, "receive", CONTRACTS)
    assert status == 200, page
    assert take(town, "receive", page) == 303
    with town.session() as session:
        shop, pond = session.scalars(select(ContractEdition).order_by(ContractEdition.id))
        first, second = read_schedule(shop.schedule), read_schedule(pond.schedule)
        assert (shop.title, shop.holding_id is None, pond.holding_id) == ("村口店面合同", False, None)
        assert [(str(one.due_on), one.amount_fen) for one in first[:2]] == [
            ("2026-01-01", 450_000),
            ("2026-07-01", 450_000),
        ]
        assert len(first) == 6
        # Three years by the month; what does not go up in a year comes with its last month.
        assert len(second) == 36
        assert sum(one.amount_fen for one in second[:12]) == 1_000_000
        assert second[11].amount_fen == second[0].amount_fen + 4
        assert pond.paid_before_fen == 50_000


def test_sums_that_do_not_agree_are_told_at_their_cell(town: Town) -> None:
    text = "对方,标的,开始日期,结束日期,年租金,总价,付款方式\n清风百货店,鱼塘,2024-01-01,2026-12-31,1000,2500,按年\n"
    status, page = check(town, "receive", text)
    assert status == 422
    assert "第 2 行第 6 列" in page
    assert "各期加起来是 3,000.00 元，一共 3 期，和总价 2,500.00 元对不上" in page
    broken = check(town, "receive", text.replace("2026-12-31", "2026-06-30").replace("2500", ""))[1]
    assert "算不出最后一期" in broken


def test_what_is_exported_reads_back_unchanged(town: Town) -> None:
    take(town, "asset", check(town, "asset", ASSETS)[1])
    confirm(town, "h1", "h2")
    take(town, "receive", check(town, "receive", CONTRACTS)[1])
    confirm(town, "c1", "c2")
    clerk = town.visitors["clerk"]
    for kind, address in (("asset", f"{DESK}/holdings.csv?kind=asset"), ("receive", f"{DESK}/contracts.csv")):
        book = clerk.get(address).data
        status, page = check(town, kind, "", file=(io.BytesIO(book), "导出.csv"))
        assert status == 200, page
        assert "没有变的 2 条" in page


def test_the_template_has_the_columns(town: Town) -> None:
    book = town.visitors["clerk"].get(f"{ADDRESS}/template.xlsx?kind=receive").data
    status, page = check(town, "receive", "", file=(io.BytesIO(book), "空白.xlsx"))
    assert status == 422
    assert "表头下面没有读到任何一行" in page
