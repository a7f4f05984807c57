"""All money under an item, for people and as open data."""

import csv
import io
from datetime import date

from publicity.ledgers.actions import tie_lines
from publicity.matters.opening import open_matter
from publicity.workflow.actions import approve, confirm, submit
from tests.factories import at, closing_of, make_draft, make_published_ledger, seen

MONEY = "/v/330299101201/powers/A04/money"


def test_every_line_leads_to_where_it_stands(read):
    page = read(MONEY)
    assert "46,500.00" in page
    assert "/accounts/2026-09/collective#line-5" in page
    assert "/records/1" in page


def test_the_item_tells_the_sum_and_leads_there(read):
    page = read("/v/330299101201/powers/A04")
    assert "今年（2026 年）" in page
    assert f'href="{MONEY}"' in page


def test_an_item_without_money_says_so(read):
    assert "还没有记在这一项下的钱" in read("/v/330299101201/powers/B34/money")
    assert "还没有记在这一项下的钱" in read("/v/330299101201/powers/B34")


def test_private_names_are_masked_in_every_form(visitor, village):
    for address in ("", ".json", ".csv"):
        text = visitor.get(f"/v/330299101201/powers/A10/money{address}").text
        assert "张*" in text, address
        assert "张阿德" not in text, address


def test_it_is_open_data(visitor, village):
    content = visitor.get(f"{MONEY}.json").json
    assert content["total"] == {"income_fen": 0, "spending_fen": 4_650_000, "lines": 1}
    assert [record["number"] for record in content["records"]] == [1]
    assert content["entries"][0]["item"] == "A04"
    rows = list(csv.reader(io.StringIO(visitor.get(f"{MONEY}.csv").data.decode("utf-8-sig"))))
    assert dict(zip(rows[0], rows[1], strict=True))["支出（元）"] == "46500.00"
    assert content["matters"] == []


def test_the_matters_of_an_item_tell_budget_paid_and_left(visitor, village):
    session, stone = village.session, village.places.stone
    matter = open_matter(
        session,
        village=stone,
        body=village.places.collective,
        item_code="A04",
        title="后山机耕路维修",
        budget_fen=4_000_000,
        funding="",
        procedure="",
        opened_on=date(2026, 8, 1),
        by=village.cast.li,
        now=at(date(2026, 8, 1)),
    )
    october = make_draft(
        session,
        body=village.places.collective,
        cast=village.cast,
        period="2026-10",
        opening_fen=closing_of(session, village.september),
        lines=[("2026-10-12", "支-1", "机耕路尾款", "松坪市政工程有限公司", 0, 1_250_000, "A04")],
    )
    tie_lines(
        session,
        version=october,
        ties={},
        known=frozenset(),
        revision=october.revision,
        by=village.cast.li,
        now=october.made_at,
        matters={1: matter.number},
    )
    for deed, person in ((submit, "li"), (approve, "yonggen"), (confirm, "chen")):
        deed(session, version=october, by=getattr(village.cast, person), now=october.made_at, seen=seen(october))
    session.commit()
    page = visitor.get(MONEY).text
    assert "预算 40,000.00 元，已付 12,500.00 元，还剩 27,500.00 元" in page
    assert page.count("A04-2026-01") == 2, "the matter, and its payment"
    assert '/matters/1"' in page
    content = visitor.get(f"{MONEY}.json").json
    assert [(one["code"], one["left_fen"]) for one in content["matters"]] == [("A04-2026-01", 2_750_000)]
    assert content["entries"][0]["matter_title"] == "后山机耕路维修"
    ledger = "/v/330299101201/accounts/2026-10/collective"
    assert 'href="/v/330299101201/matters/1"' in visitor.get(ledger).text
    rows = list(csv.reader(io.StringIO(visitor.get(f"{ledger}.csv").data.decode("utf-8-sig"))))
    assert rows[1][-2:] == ["A04-2026-01", "后山机耕路维修"]


def test_long_lists_come_in_pages(read, village):
    closing = closing_of(village.session, village.september)
    lines = [
        (f"2026-10-{1 + number // 4:02}", f"支-{number:03}", f"第{number}车石子", "松坪石料厂", 0, 10_000, "A04")
        for number in range(1, 106)
    ]
    body = village.places.collective
    make_published_ledger(
        village.session, body=body, cast=village.cast, period="2026-10", opening_fen=closing, lines=lines
    )
    village.session.commit()
    first, last = read(MONEY), read(f"{MONEY}?page=2")
    assert "第105车石子" in first
    assert "后山机耕路维修" not in first
    assert "第 1 页，共 2 页" in first
    assert "后山机耕路维修" in last
    assert "第105车石子" not in last
    assert "57,000.00" in first
    assert "57,000.00" in last
    assert read(f"{MONEY}?page=99999999999999999999") == last.replace("page=2", "page=99999999999999999999")
    assert "第105车石子" in read(f"{MONEY}?page=-1")
    assert "第105车石子" in read(f"{MONEY}?page=x")


def test_an_unknown_item_is_not_there(visitor, village):
    for address in ("", ".json", ".csv"):
        assert visitor.get(f"/v/330299101201/powers/Z99/money{address}").status_code == 404
