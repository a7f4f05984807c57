"""Twelve months posted by deeds, both statements filled, gated and posted; the sums are taken anew with plain SQL."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from publicity.categories.library import enter_directory
from publicity.ledgers.accounting import set_accounts
from publicity.ledgers.actions import draft_ledger
from publicity.ledgers.models import StartingBalance
from publicity.ledgers.parsed import ParsedEntry, ParsedLedger
from publicity.ledgers.statements import StatementKind
from publicity.postings.actions import begin_posting, save_posting
from publicity.postings.queries import posting_of
from publicity.postings.year_ends import statement_fill, year_end_findings
from publicity.records.models import State, Version
from publicity.workflow.actions import DoesNotPass, approve, confirm, submit
from publicity.workflow.contents import content_of_version
from publicity.workflow.gates import gate_problems
from tests.publicity.ledgers.independent_statements import assert_agrees
from tests.publicity.ledgers.independent_statements import seen as look
from tests.publicity.workflow.stage import NOW, START_FEN, Stage, seen, set_stage
from village_lists.periods import Cadence, Period, Span
from village_lists.places.models import Level
from village_lists.rulebook.models import RuleRow

YEAR = Span.of(Cadence.YEAR, date(2025, 1, 1))
RECEIVED, PAID = ("501", "503", "504", "241"), ("513", "514", "515", "153")
BALANCE, INCOME = "finance.balance-sheet", "finance.income-statement"


@pytest.fixture
def stage(session: Session) -> Stage:
    """Return the village with the directory, a chart of accounts and books that begin with the year 2025."""
    stage = set_stage(session)
    enter_directory(session, since=date(2026, 1, 1))
    for key, value in {"accounts.chart": "chart2023", "due.general.yearly.day": 31}.items():
        row = RuleRow(
            key=key, level=Level.COUNTY, place_id=stage.village.parent.parent.id, value={"value": value},
            valid_from=date(2010, 1, 1),
        )  # fmt: skip
        session.add(row)
    session.query(StartingBalance).update({"period": "2025-01"})
    session.flush()
    return stage


def publish_year(stage: Stage) -> None:
    """Post twelve months of random lines with accounts."""
    chance, opening = Random(5), START_FEN * 50
    stage.session.query(StartingBalance).update({"amount_fen": opening})
    for month in Period(2025, 1).through(Period(2025, 12)):
        entries, accounts = [], {}
        for line in range(1, 7):
            is_income, amount = line % 2 == 0, chance.randint(1, 900_000)
            accounts[line] = chance.choice(RECEIVED if is_income else PAID)
            into, out = (amount, 0) if is_income else (0, amount)
            entries.append(
                ParsedEntry(line, month.first_day, f"记-{line:03d}", "店面租金和维修", into, out, "百惠超市")
            )
        income = sum(entry.income_fen for entry in entries)
        spending = sum(entry.spending_fen for entry in entries)
        closing = opening + income - spending
        parsed = ParsedLedger("账", None, str(month), opening, income, spending, closing, tuple(entries))
        version = draft_ledger(
            stage.session, body=stage.collective, parsed=parsed, source="账本.xlsx", by=stage["clerk"], now=NOW
        )
        set_accounts(
            stage.session, version=version, accounts=accounts, revision=version.revision, by=stage["clerk"], now=NOW
        )
        publish(stage, version)
        opening = closing


def publish(stage: Stage, version: Version) -> None:
    """Send a filled draft through review."""
    submit(stage.session, version=version, by=stage["clerk"], now=NOW, seen=seen(version))
    approve(stage.session, version=version, by=stage["head"], now=NOW, seen=seen(version))
    confirm(stage.session, version=version, by=stage["secretary"], now=NOW + timedelta(hours=1), seen=seen(version))


def draft_of(stage: Stage, code: str, kind: StatementKind) -> Version:
    """Begin a statement, fill it from the books and save it."""
    rows = statement_fill(stage.session, body=stage.collective, span=YEAR, kind=kind).rows
    version = begin_posting(
        stage.session, body=stage.collective, code=code, span=YEAR, title="", reason="", by=stage["clerk"], now=NOW
    )
    save_posting(
        stage.session,
        version=version,
        head={},
        rows=rows,
        note="年初的家底按盘点表填写",
        is_nil=False,
        by=stage["clerk"],
        now=NOW,
        seen=version.revision,
    )
    return version


def test_the_statements_of_a_filled_year_agree_with_an_independent_sum(stage: Stage) -> None:
    publish_year(stage)
    session, sums = stage.session, ("所有者权益合计", "负债和所有者权益总计")
    wrong = draft_of(stage, BALANCE, StatementKind.BALANCE)
    told = " ".join(problem.words for problem in gate_problems(session, version=wrong))
    assert "两边不相等" in told  # money was there in January, and nobody has said whose it is
    with pytest.raises(DoesNotPass):
        submit(session, version=wrong, by=stage["clerk"], now=NOW, seen=seen(wrong))
    posting = posting_of(session, version=wrong)
    assert posting is not None
    rows = [dict(row.cells) for row in posting.rows]
    for row in rows:
        if row["item"] in ("未分配收益", *sums):
            for column in ("opening", "closing"):
                row[column] = int(row.get(column) or 0) + START_FEN * 50
    save_posting(
        session, version=wrong, head={}, rows=rows, note="", is_nil=False, by=stage["clerk"], now=NOW,
        seen=wrong.revision,
    )  # fmt: skip
    assert gate_problems(session, version=wrong) == []
    publish(stage, wrong)
    income = draft_of(stage, INCOME, StatementKind.INCOME)
    assert gate_problems(session, version=income) == []
    content = content_of_version(session, version=income)
    assert content.posting is not None
    assert content.category is not None
    assert year_end_findings(session, version=income, posting=content.posting, content=content.category) == ()
    publish(stage, income)
    assert income.state == State.PUBLISHED
    assert_agrees(look(session, body=stage.collective.id, year=2025), wear=0, reserve=0)


def test_a_missing_month_and_lines_without_account_are_told(stage: Stage) -> None:
    stage.session.query(StartingBalance).update({"period": "2025-11"})
    stage.published(Period(2025, 11))
    filled = statement_fill(stage.session, body=stage.collective, span=YEAR, kind=StatementKind.BALANCE)
    told = [gap.words % dict(gap.values) for gap in filled.gaps]
    assert len(told) == 2
    assert "2025年10月、2025年12月的账目没有公开" in told[0]
    assert filled.rows[0] == {"item": "货币资金", "number": 1, "opening": START_FEN, "closing": START_FEN + 415_000}
    assert "2 笔还没有选科目" in told[-1]
    assert "4,150.00" in told[-1]
