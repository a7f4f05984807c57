"""What lines were for: the village's own alone, kept over a new upload, remembered while it runs."""

from dataclasses import replace
from datetime import date

import pytest

from publicity.ledgers.corrections import differences
from publicity.ledgers.digests import content_digest
from publicity.ledgers.models import Entry, Ledger
from publicity.ledgers.pages import accounts_page
from publicity.ledgers.queries import ledger_of, suggestions
from publicity.matters.actions import stop_matter
from tests.factories import at, closing_of
from tests.publicity.ledgers.works import HELPER, LINES, ROAD
from village_lists.errors import Refusal
from village_lists.periods import Period


def entries(works, version):
    """Return the lines of a version."""
    ledger = ledger_of(works.session, version=version)
    assert ledger is not None
    return ledger.entries


def test_lines_name_their_matter_contract_and_debt(works):
    matter, contract, debt = works.matter(), works.contract(), works.debt()
    version = works.draft(matters={1: matter.number}, contracts={1: 1, 2: 1}, debts={3: debt.number})
    found = [(one.matter_id, one.contract_id, one.holding_id) for one in entries(works, version)]
    nothing = (None, None, None)
    assert found == [(matter.id, contract.id, None), (None, contract.id, None), (None, None, debt.id), nothing]
    works.tie(version, matters={1: None}, contracts={2: None})
    found = [(one.matter_id, one.contract_id, one.holding_id) for one in entries(works, version)]
    assert found == [(None, contract.id, None), nothing, (None, None, debt.id), nothing]


def test_a_contract_made_for_a_matter_brings_it_along(works):
    matter = works.matter()
    works.contract(matter)
    version = works.draft(contracts={1: 1}, matters={1: None})
    assert entries(works, version)[0].matter_id == matter.id


@pytest.mark.parametrize("kind", ["matters", "contracts", "debts"])
def test_what_is_not_the_villages_own_is_refused(works, kind):
    works.matter()
    works.contract()
    asset = works.scene.holding()
    version = works.draft()
    wrong = asset.number if kind == "debts" else 2
    with pytest.raises(Refusal, match=r"第 [0-9] 号"):
        works.tie(version, **{"matters": {1: 1}, kind: {2: wrong}})
    assert entries(works, version)[0].matter_id is None


def test_a_new_upload_keeps_the_ties_of_the_same_lines(works):
    first, second = works.matter(), works.matter(title="前山机耕路维修")
    works.draft([ROAD, HELPER, ROAD], matters={1: first.number, 3: second.number})
    again = works.draft([HELPER, ROAD, ROAD])
    assert [one.matter_id for one in entries(works, again)] == [None, first.id, second.id]


def test_the_last_choice_is_suggested_while_it_runs(works):
    matter = works.matter()
    works.contract(matter)
    september = works.published([ROAD, HELPER], contracts={1: 1}, matters={1: 1})
    again = ("2026-10-12", "支-1", "后山机耕路维修第二期款", "松坪市政工程有限公司", 0, 100_000, "A04")
    other = ("2026-10-14", "支-2", "拖拉机油钱", "张阿德", 0, 100_000, "")
    version = works.draft([again, other], period="2026-10", opening_fen=closing_of(works.session, september))

    def told(line):
        return suggestions(works.session, village=works.scene.places.stone, entries=entries(works, version)).get(line)

    assert (told(1).item_code, told(1).matter, told(1).contract) == ("A04", 1, 1)
    assert (told(2).item_code, told(2).matter, told(2).contract) == ("A04", None, None)
    stop_matter(
        works.session,
        matter=matter,
        words="雨季前来不及",
        happened_on=date(2026, 10, 2),
        by=works.scene.cast.li,
        now=at(date(2026, 10, 2)),
        seen=matter.revision,
    )
    assert (told(1).item_code, told(1).matter, told(1).contract) == ("A04", None, 1)


def test_residents_read_the_matter_and_that_it_changed(works):
    matter = works.matter()
    works.published(matters={1: 1, 2: 1})
    page = accounts_page(
        works.session, village=works.scene.places.stone, body_kind="collective", period=Period(2026, 9)
    )
    assert page is not None
    line = page.spendings[0]
    assert (line.matter_number, line.matter_code, line.matter_title) == (1, "A04-2026-01", matter.title)
    assert page.spendings[2].matter_number is None
    changes = differences([line], [replace(line, matter_number=None, matter_title="")])
    assert [one.words % one.values for one in changes] == [
        "「后山机耕路维修第一期款」（凭证 支-1）用在的事由「后山机耕路维修」改为「—」"
    ]
    assert len(page.spendings) == len(LINES) - 1


def test_the_fingerprint_tells_what_a_line_was_for():
    def book(**more):
        entry = Entry(
            line=1,
            row=5,
            happened_on=date(2026, 9, 3),
            voucher="支-1",
            summary="电费",
            income_fen=0,
            spending_fen=41_260,
            **more,
        )
        ledger = Ledger(version_id=1, opening_fen=0, closing_fen=-41_260)
        ledger.entries.append(entry)
        return content_digest(ledger, body_id=1, period="2026-09")

    # As it was written before lines could be tied: what was approved then must not look changed now.
    assert book() == "a7e785ff48c6c75fa3ea5073cf4b3da70c0bd8f6fc7c0150d7ccacbfebde0e5d"
    more: list[dict[str, object]] = [
        {"matter_id": 1},
        {"contract_id": 1},
        {"holding_id": 1},
        {"account": "1"},
        {"reverses": "1"},
    ]
    assert len({book(), *(book(**one) for one in more)}) == 6
