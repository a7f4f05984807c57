"""What reviewers are told beside what hinders: what a payment lacks, and only where that is certain."""

from datetime import date, timedelta

import pytest

from publicity.ledgers.models import FundKind, LedgerFund
from publicity.ledgers.queries import ledger_of
from publicity.matters.actions import stop_matter
from publicity.workflow.actions import DoesNotPass, submit
from publicity.workflow.gates import gate_problems, gate_remarks
from tests.factories import at, closing_of, seen
from tests.publicity.ledgers.works import HELPER, ROAD, Works, set_works
from village_lists.rulebook.models import RuleRow


@pytest.fixture
def works(session) -> Works:
    """Return the village with its list."""
    return set_works(session)


def told(works, version):
    """Return the filled sentences by line."""
    return [(one.line, one.words % one.values) for one in gate_remarks(works.session, version=version)]


def set_rule(works, key, value):
    """Let the county's newest row of a rule say something else."""
    row = works.session.query(RuleRow).filter_by(key=key).order_by(RuleRow.valid_from.desc()).first()
    later = row.valid_from + timedelta(days=1)
    works.session.add(
        RuleRow(key=key, level=row.level, place_id=row.place_id, value={"value": value}, valid_from=later)
    )
    works.session.flush()


def test_a_spending_that_needs_a_matter_and_names_none(works):
    version = works.draft([ROAD, HELPER])
    assert told(works, version) == [
        (1, "第 1 笔 20,000.00 元用了「小型工程」，达到 10,000.00 元要写明是哪一件事，现在没有")
    ]
    assert not gate_problems(works.session, version=version)
    matter = works.matter()
    works.tie(version, matters={1: matter.number})
    assert "要写明" not in "".join(words for _, words in told(works, version))


def test_the_rule_book_may_make_it_a_hindrance(works):
    version = works.draft([ROAD, HELPER])
    set_rule(works, "matter.needed.effect", "block")
    assert told(works, version) == []
    assert [one.line for one in gate_problems(works.session, version=version)] == [1]
    with pytest.raises(DoesNotPass):
        submit(works.session, version=version, by=works.scene.cast.li, now=version.made_at, seen=seen(version))


def test_paid_before_anybody_decided_or_after_it_was_stopped(works):
    matter = works.matter()
    early = ("2026-06-20", "支-1", "机耕路测量", "松坪测绘队", 0, 20_000, "A04")
    june = works.published([early], period="2026-06", matters={1: 1})
    assert told(works, june) == [(1, "第 1 笔是 2026-06-20 付的，「后山机耕路维修」到 2026-07-01 才登记开始")]
    works.decided(matter, date(2026, 9, 15))
    version = works.draft([ROAD, HELPER], period="2026-09", matters={1: 1, 2: 1})
    assert told(works, version) == [
        (1, "第 1 笔是 2026-09-12 付的，按登记的经过，到那天「后山机耕路维修」还没有开会决定过")
    ]
    stop_matter(
        works.session,
        matter=matter,
        words="雨季前来不及",
        happened_on=date(2026, 9, 20),
        by=works.scene.cast.li,
        now=at(date(2026, 9, 20)),
        seen=matter.revision,
    )
    assert told(works, version)[1:] == [(2, "第 2 笔是 2026-09-21 付的，「后山机耕路维修」已经在 2026-09-20 停办")]


def test_more_was_paid_than_the_contract_says(works):
    works.contract(total_fen=3_000_000)
    small = (*ROAD[:5], 900_000, "A04")
    august = works.published([small, small], period="2026-08", contracts={1: 1, 2: 1})
    choices = {"period": "2026-09", "opening_fen": closing_of(works.session, august), "contracts": {1: 1, 2: 1}}
    version = works.draft([small, (*small[:5], 300_000, "A04")], **choices)
    assert told(works, version) == []
    version = works.draft([small, (*small[:5], 300_001, "A04")], **choices)
    assert told(works, version) == [
        (2, "第 2 笔付完，合同「机耕路维修合同」一共付了 30,000.01 元，合同总价是 30,000.00 元")
    ]
    # What stands published of the same month is replaced by its correction, and not counted beside it.
    again = works.draft([small, small], period="2026-08", reason="改凭证", contracts={1: 1, 2: 1})
    assert told(works, again) == []


def test_cash_above_what_may_lie_there_and_a_reversal_that_names_nothing(works):
    back = (*HELPER[:5], -120_000, "")
    version = works.draft([HELPER, back])
    ledger = ledger_of(works.session, version=version)
    assert ledger is not None
    ledger.funds.append(LedgerFund(position=1, kind=FundKind.CASH, name="库存现金", closing_fen=500_001))
    ledger.funds.append(LedgerFund(position=2, kind=FundKind.BANK, name="基本户", closing_fen=9_000_000))
    assert told(works, version) == [
        (None, "月底库存现金 5,000.01 元，超过规定的 5,000.00 元"),
        (2, "第 2 笔 -1,200.00 元是冲回，没有写明冲的是哪个月的哪一笔"),
    ]
    ledger.funds[0].closing_fen = 500_000
    ledger.entries[1].reverses = "2026-09/支-1"
    assert told(works, version) == []
