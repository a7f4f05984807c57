"""A new draft is filled from the registers as of the last day of its span, with what was published as paid."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from publicity.categories.actions import SINCE, enter_category
from publicity.categories.contents import CategoryContent
from publicity.categories.library import read_directory
from publicity.categories.rules import SOURCES as KNOWN
from publicity.holdings.actions import decide_edition, propose_contract, propose_holding
from publicity.holdings.models import ContractSide, HoldingKind
from publicity.ledgers.queries import ledger_of
from publicity.postings.actions import begin_posting
from publicity.postings.queries import posting_of
from publicity.postings.registers import SOURCES, register_rows
from publicity.workflow.actions import approve, confirm, submit
from tests.publicity.holdings.scene import DEBT, LEASE, POND, SHOP
from tests.publicity.workflow.stage import NOW, Stage, seen, set_stage
from village_lists.periods import Cadence, Span

QUARTER = Span.of(Cadence.QUARTER, date(2026, 9, 1))
LAST = QUARTER.last_day


@pytest.fixture
def village(session: Session) -> Stage:
    """Return the stage with a leased shop, a pond, a debt, and a month that tells what was paid for them."""
    stage = set_stage(session)
    made = (
        (HoldingKind.ASSET, "村口店面", SHOP),
        (HoldingKind.RESOURCE, "门前塘", POND),
        (HoldingKind.PAYABLE, "文化礼堂尾款", DEBT),
    )
    for kind, name, content in made:
        edition = propose_holding(
            session,
            village=stage.village,
            body=stage.collective,
            kind=kind,
            name=name,
            content=content,
            valid_from=date(2026, 1, 1),
            by=stage["clerk"],
            now=NOW,
        )
        decide_edition(session, edition=edition, is_confirmed=True, by=stage["member"], now=NOW)
    for number, way in ((1, "村内公开"), (2, "老样子")):
        signed = propose_contract(
            session,
            village=stage.village,
            body=stage.collective,
            side=ContractSide.RECEIVE,
            paper=replace(LEASE, holding_number=number, method=way, paid_before_fen=4_500_000),
            valid_from=date(2024, 1, 1),
            by=stage["clerk"],
            now=NOW,
        )
        decide_edition(session, edition=signed, is_confirmed=True, by=stage["member"], now=NOW)
    pay(stage)
    return stage


def pay(stage: Stage) -> None:
    """Publish August: half a year's rent for contract 1, something of debt 3."""
    version = stage.draft()
    ledger = ledger_of(stage.session, version=version)
    assert ledger is not None
    ledger.entries[0].contract_id, ledger.entries[1].holding_id = 1, 3
    stage.session.flush()
    submit(stage.session, version=version, by=stage["clerk"], now=NOW, seen=seen(version))
    approve(stage.session, version=version, by=stage["head"], now=NOW, seen=seen(version))
    confirm(stage.session, version=version, by=stage["secretary"], now=NOW, seen=seen(version))


def category(code: str) -> CategoryContent:
    """Return what the directory says of a category."""
    return next(entry.content for entry in read_directory().entries if entry.code == code)


def rows(stage: Stage, code: str) -> list[dict[str, object]]:
    """Return what the registers give for a category."""
    content = category(code)
    fill = register_rows(
        stage.session, source=content.filled_from, content=content, body=stage.collective, span=QUARTER, on=LAST
    )
    return [dict(row) for row in fill.rows]


def test_assets_and_resources_come_with_their_contracts(village: Stage) -> None:
    """Rent of the year, due and paid within the quarter, owed at its end; a way the list does not know is 其他."""
    lease = {"tenant": "清风百货店", "term": "2024-01-01至2028-12-31"}
    assert rows(village, "finance.assets") == [
        {
            "name": "村口店面",
            **SHOP,
            **lease,
            "rent": 1_800_000,
            "due_rent": 900_000,
            "paid": 450_000,
            "owed": 450_000,
        }
    ]
    pond = {key: value for key, value in POND.items() if key != "use"}
    fees = {"fee": 1_800_000, "paid": 0, "owed": 900_000, "contract": "租-01", "way": "其他"}
    assert rows(village, "finance.resources") == [{"name": "门前塘", **pond, **lease, **fees}]


def test_debts_and_contracts(village: Stage) -> None:
    """Opening, less, closing of a debt by its tied lines; contracts by the keys that a category has."""
    said = {key: value for key, value in DEBT.items() if key != "balance"}
    money = {"opening": 4_600_000, "more": 0, "less": 35_000, "closing": 4_565_000}
    assert rows(village, "finance.debts") == [{"side": "债务", **said, **money}]

    text, fen = category("finance.assets").columns[0], category("finance.assets").columns[6]
    keys = ("title", "party", "term")
    columns = (*(replace(text, key=key, name=key) for key in keys), replace(fen, key="owed", name="欠"))
    content = replace(category("finance.assets"), columns=columns, filled_from="contracts")
    fill = register_rows(
        village.session, source="contracts", content=content, body=village.collective, span=QUARTER, on=LAST
    )
    assert [row["owed"] for row in fill.rows] == [450_000, 900_000]
    assert set(fill.rows[0]) == {*keys, "owed"}
    with pytest.raises(ValueError, match="nothing fills"):
        register_rows(village.session, source="x", content=content, body=village.collective, span=QUARTER, on=LAST)


def test_a_new_draft_is_filled_and_an_empty_register_is_told(village: Stage) -> None:
    """The clerk begins with what the registers say; the committee has no debts, and is told so."""
    for code in ("finance.assets", "finance.debts"):
        enter_category(village.session, code=code, content=category(code), since=SINCE)

    def begun(code: str, *, of_committee: bool = False) -> list[dict[str, object]]:
        body = village.committee if of_committee else village.collective
        version = begin_posting(
            village.session, body=body, code=code, span=QUARTER, title="", reason="", by=village["clerk"], now=NOW
        )
        posting = posting_of(village.session, version=version)
        assert posting is not None
        return [dict(row.cells) for row in posting.rows]

    assert begun("finance.assets") == rows(village, "finance.assets")
    assert begun("finance.debts", of_committee=True) == []
    content = category("finance.debts")
    told = register_rows(
        village.session, source=content.filled_from, content=content, body=village.committee, span=QUARTER, on=LAST
    )
    assert [str(one) for one in told.notices] == ["台账里没有可以带出的内容，请先登记，或者直接填写"]


def test_every_source_that_a_category_may_name_is_there() -> None:
    """What the checks of categories know and what fills drafts are the same."""
    assert set(SOURCES) == set(KNOWN)
    named = {entry.content.filled_from for entry in read_directory().entries} - {""}
    assert named <= set(SOURCES)
