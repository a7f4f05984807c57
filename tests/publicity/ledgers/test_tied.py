"""Money tied to a matter, a contract, a debt: published lines once, masked, reversals against it."""

from dataclasses import replace
from datetime import date

from publicity.holdings.actions import change_contract, end_contract
from publicity.holdings.papers import ContractPaper
from publicity.holdings.schedules import Instalment
from publicity.ledgers.tied import Flow, debt_movements, matter_money, payments_of
from publicity.workflow.matter_pages import matter_page
from tests.factories import closing_of
from tests.publicity.holdings.scene import NOW
from tests.publicity.ledgers.works import GRANT, HELPER, LINES, ROAD

ON = date(2026, 11, 23)
ALL = {1: 1, 2: 1, 3: 1, 4: 1}


def test_what_a_matter_cost(works):
    matter = works.matter()
    contract = works.contract(matter)
    works.published(matters=ALL, contracts={1: 1, 2: 1})
    works.draft([ROAD], period="2026-10", matters={1: 1})
    money = matter_money(works.session, matters=[matter], on=ON)[matter.id]
    assert (money.budget_fen, money.contracts_fen, money.changes_fen) == (4_000_000, 3_000_000, 0)
    assert (money.paid_fen, money.received_fen, money.left_fen) == (1_970_000, 1_000_000, 2_030_000)
    assert [(one.record, one.line, one.fen, one.is_income) for one in money.lines] == [
        (1, 1, 2_000_000, False),
        (1, 2, -150_000, False),
        (1, 3, 120_000, False),
        (1, 4, 1_000_000, True),
    ]
    assert {one.step for one in money.lines} == {"propose"}
    assert money.lines[2].summary == "付张*机耕路小工"
    assert money.lines[2].payee == "张*"
    assert [(one.on.day, one.fen) for one in payments_of(works.session, contracts=[contract.id])[contract.id]] == [
        (12, 2_000_000),
        (20, -150_000),
    ]


def test_a_changed_contract_says_by_how_much(works):
    matter = works.matter()
    contract = works.contract(matter)
    paper = ContractPaper(title="机耕路维修合同", party="松坪市政工程有限公司", total_fen=3_000_000)
    later = change_contract(
        works.session,
        contract=contract,
        paper=replace(paper, total_fen=3_400_000),
        valid_from=date(2026, 10, 1),
        reason="加做一段挡土墙",
        by=works.scene.cast.li,
        now=NOW,
    )
    works.scene.confirm(later)
    before, after = (
        matter_money(works.session, matters=[matter], on=day)[matter.id] for day in (date(2026, 9, 30), ON)
    )
    assert (before.contracts_fen, before.changes_fen) == (3_000_000, 0)
    assert (after.contracts_fen, after.changes_fen) == (3_000_000, 400_000)


def test_what_was_paid_before_the_books_and_what_came_back_count_as_the_contract_counts_them(works):
    matter = works.matter()
    works.contract(matter, paid_before_fen=300_000)
    back = ("2026-09-25", "收-2", "退回多付的工程款", "松坪市政工程有限公司", 50_000, 0, "")
    works.published([ROAD, GRANT, back], matters={2: 1}, contracts={1: 1, 3: 1})
    money = matter_money(works.session, matters=[matter], on=ON)[matter.id]
    assert money.paid == Flow(posted_fen=2_000_000, before_fen=300_000, back_fen=50_000)
    assert (money.received_fen, money.left_fen) == (1_000_000, 1_750_000)
    assert [one.fen for one in money.lines if one.is_back] == [50_000]
    (line,) = matter_page(works.session, village=works.scene.places.stone, number=1, on=ON).contracts
    assert money.paid_fen == line.paid_fen == 2_250_000


def test_what_a_tenant_is_paid_back_counts_against_what_came_in(works):
    matter = works.matter()
    paper = ContractPaper(title="店面租赁合同", party="清风百货店", signed_on=date(2026, 8, 1), paid_before_fen=70_000)
    lease = works.scene.contract(paper, is_confirmed=False)
    lease.editions[0].matter_id = matter.id
    works.scene.confirm(lease.editions[0])
    rent = ("2026-09-10", "收-1", "租金", "清风百货店", 900_000, 0, "")
    back = ("2026-09-25", "支-1", "退押金", "清风百货店", 0, 100_000, "")
    works.published([rent, back], contracts={1: 1, 2: 1})
    money = matter_money(works.session, matters=[matter], on=ON)[matter.id]
    assert money.received == Flow(posted_fen=900_000, before_fen=70_000, back_fen=100_000)
    assert money.paid_fen == 0


def test_an_early_end_leaves_what_falls_due_until_then(works):
    matter = works.matter()
    months = (date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31))
    contract = works.contract(matter, instalments=tuple(Instalment(day, 1_000_000) for day in months))
    ending = end_contract(
        works.session,
        contract=contract,
        valid_from=date(2026, 9, 30),
        reason="施工队撤场",
        by=works.scene.cast.li,
        now=NOW,
    )
    works.scene.confirm(ending)
    before, after = (
        matter_money(works.session, matters=[matter], on=day)[matter.id] for day in (date(2026, 9, 29), ON)
    )
    assert (before.contracts_fen, before.changes_fen, before.ended_fen) == (3_000_000, 0, 0)
    assert (after.contracts_fen, after.changes_fen, after.ended_fen) == (3_000_000, -1_000_000, 1_000_000)


def test_a_correction_replaces_what_it_corrects_and_keeps_the_ties(works):
    matter = works.matter()
    september = works.published(matters=ALL)
    cheaper = (*ROAD[:5], 1_800_000, ROAD[6])
    works.published([cheaper, *LINES[1:]], reason="多记了钱", matters={1: 1})
    money = matter_money(works.session, matters=[matter], on=ON)[matter.id]
    assert money.paid_fen == 1_770_000
    assert len(money.lines) == 4
    assert closing_of(works.session, september)


def test_a_payable_becomes_smaller_by_what_goes_out(works):
    debt = works.debt()
    lent = ("2026-09-25", "收-2", "再欠工程款", "松坪市政工程有限公司", 30_000, 0, "")
    works.published([ROAD, HELPER, lent], debts={1: 1, 3: 1})
    moved = debt_movements(works.session, holdings=[debt.id])[debt.id]
    assert [(one.on.day, one.fen) for one in moved] == [(12, 2_000_000), (25, -30_000)]


def test_nothing_is_tied(works):
    assert matter_money(works.session, matters=[], on=ON) == {}
    contract = works.contract()
    assert payments_of(works.session, contracts=[contract.id]) == {contract.id: []}
