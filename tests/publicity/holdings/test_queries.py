"""What the registers say on a day: lists, history in sentences, debts, and what is warned of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Engine, event

from publicity.holdings.actions import change_contract, propose_change, propose_disposal
from publicity.holdings.cautions import Caution, warnings_of
from publicity.holdings.history import contract_history, holding_history
from publicity.holdings.models import ContractSide, HoldingKind
from publicity.holdings.queries import (
    contract_by_number,
    contracts_of,
    debt_of,
    holding_by_number,
    holdings_of,
    waiting_editions,
)
from publicity.holdings.rules import Paid
from publicity.privacy.masking import mask_payee
from tests.publicity.holdings.scene import DEBT, LEASE, NOW, POND, SHOP, TODAY, Scene
from village_lists.places.models import Level
from village_lists.rulebook.models import RuleRow


def test_lists_by_kind_body_and_day(scene: Scene) -> None:
    """Only what is confirmed and there; what waits only where it is asked for; numbers lead to each."""
    shop, pond = scene.holding(), scene.holding(HoldingKind.RESOURCE, "门前塘", POND, date(2025, 3, 1))
    waiting = scene.proposed(HoldingKind.PAYABLE, "文化礼堂尾款", DEBT)
    contract = scene.contract(is_confirmed=False)
    village = scene.places.stone

    def names(**about: object) -> list[str]:
        return [view.name for view in holdings_of(scene.session, village=village, **{"on": TODAY, **about})]  # type: ignore[arg-type]

    assert names() == ["村口店面", "门前塘"]
    assert names(on=date(2025, 2, 28)) == ["村口店面"]
    assert names(kinds=[HoldingKind.RESOURCE]) == ["门前塘"]
    assert names(body=scene.places.committee) == []
    assert names(with_waiting=True) == ["村口店面", "门前塘", "文化礼堂尾款"]
    assert contracts_of(scene.session, village=village, on=TODAY) == []
    assert waiting_editions(scene.session, villages=[village]) == [waiting, contract.editions[0]]
    scene.confirm(contract.editions[0])
    found = contracts_of(scene.session, village=village, on=TODAY, holding=shop)
    assert [(view.title, len(view.instalments)) for view in found] == [("店面租赁合同", 10)]
    assert contracts_of(scene.session, village=village, on=TODAY, holding=pond) == []
    assert holding_by_number(scene.session, village=village, number=2) is pond
    assert contract_by_number(scene.session, village=village, number=1) is contract
    assert contract_by_number(scene.session, village=scene.places.field, number=1) is None


def test_history_tells_what_changed_and_why(scene: Scene) -> None:
    """From what to what, with names of private persons covered for residents."""
    holding = scene.holding()
    idle = propose_change(
        scene.session,
        holding=holding,
        name="村口店面",
        content={**SHOP, "use": "闲置", "net": 20_000_000},
        valid_from=date(2026, 1, 1),
        reason="租户退租",
        by=scene.cast.li,
        now=NOW,
    )
    assert len(holding_history(holding)) == 1
    assert len(holding_history(holding, with_undecided=True)) == 2
    scene.confirm(idle)
    first, second = holding_history(holding)
    assert [str(one) for one in first.said] == ["登记入册：村口店面"]
    assert [str(one) for one in second.said] == [
        "「净值」由「240,000.00元」改为「200,000.00元」",
        "「使用方式」由「出租」改为「闲置」",
    ]
    assert (second.reason, second.made_by, second.decided_by) == ("租户退租", "李国强", "梅秀英")

    contract = scene.contract(replace(LEASE, party="张阿德"))
    later = change_contract(
        scene.session,
        contract=contract,
        paper=replace(LEASE, party="俞金宝", ends_on=date(2029, 6, 30)),
        valid_from=date(2026, 1, 1),
        reason="转租",
        by=scene.cast.li,
        now=NOW,
    )
    scene.confirm(later)
    said = [str(one) for line in contract_history(contract, cover=mask_payee) for one in line.said]
    assert said == [
        "和「张*」签订「店面租赁合同」",
        "分 10 期付，一共 90,000.00 元",
        "「合同对方」由「张*」改为「俞*」",
        "「最后一天」由「2028-12-31」改为「2029-06-30」",
    ]


def test_a_debt_is_what_the_register_says_less_what_was_repaid(scene: Scene) -> None:
    """An old debt stands at the beginning; repayments, a waiver and the striking off make it smaller."""
    holding = scene.holding(HoldingKind.PAYABLE, "文化礼堂尾款", DEBT, date(2026, 1, 1))
    paid = [Paid(on=date(2026, 8, 3), fen=1_000_000), Paid(on=date(2026, 9, 30), fen=500_000)]
    summer, autumn = date(2026, 7, 1), date(2026, 10, 1)

    def told(since: date, on: date) -> tuple[int, ...]:
        found = debt_of(holding, movements=paid, on=on, since=since)
        return found.opening_fen, found.more_fen, found.less_fen, found.closing_fen

    assert told(summer, autumn - timedelta(days=1)) == (4_600_000, 0, 1_500_000, 3_100_000)
    waived = propose_change(
        scene.session,
        holding=holding,
        name="文化礼堂尾款",
        content={**DEBT, "balance": 4_500_000},
        valid_from=autumn,
        reason="对方让利",
        by=scene.cast.li,
        now=NOW,
    )
    scene.confirm(waived)
    assert told(autumn, TODAY) == (3_100_000, 0, 100_000, 3_000_000)
    gone = propose_disposal(scene.session, holding=holding, valid_from=TODAY, reason="核销", by=scene.cast.li, now=NOW)
    scene.confirm(gone)
    assert told(autumn, TODAY) == (3_100_000, 0, 3_100_000, 0)


def test_warnings_in_words_with_numbers(scene: Scene, engine: Engine) -> None:
    """Arrears, ends, what is used after the end, without a contract, and idle; the same few statements for more."""
    for key, days in (("contract.expiry.warn_days", 60), ("contract.arrears.warn_days", 30)):
        row = RuleRow(key=key, level=Level.NATIONAL, place_id=None, value={"value": days}, valid_from=date(2020, 1, 1))
        scene.session.add(row)
    scene.holding()
    scene.holding(HoldingKind.ASSET, "旧校舍", {**SHOP, "use": "闲置"}, date(2026, 8, 15))
    scene.holding(HoldingKind.ASSET, "旧仓库", SHOP, date(2026, 11, 3))
    scene.holding(HoldingKind.RESOURCE, "门前塘", POND)
    village = scene.places.stone
    lease = scene.contract()
    scene.contract(replace(LEASE, title="门前塘承包", holding_number=4, ends_on=date(2026, 10, 31), terms=None))
    scene.contract(
        replace(LEASE, title="保洁服务", holding_number=None, ends_on=date(2026, 12, 31), terms=None),
        side=ContractSide.PAY,
    )
    asked = count_statements(engine)
    paid = {lease.id: [Paid(on=date(2024, 1, 15), fen=4_400_000)]}
    found = warnings_of(scene.session, villages=[village], on=TODAY, payments=paid)
    assert asked() <= 14
    assert [(one.caution, one.number, one.words % one.values) for one in found] == [
        (
            Caution.ARREARS,
            1,
            "合同「店面租赁合同」应收 54,000.00 元，已收 44,000.00 元，还欠 10,000.00 元，最早的一期过了 312 天",
        ),
        (Caution.EXPIRED_IN_USE, 4, "「门前塘」登记的使用方式是发包，合同「门前塘承包」已经到期 23 天"),
        (Caution.EXPIRING, 3, "合同「保洁服务」还有 38 天到期，最后一天是 2026-12-31"),
        (Caution.WITHOUT_CONTRACT, 3, "「旧仓库」登记的使用方式是出租，台账里没有它的合同，已经 20 天"),
        (Caution.IDLE, 2, "「旧校舍」登记为闲置，已经 100 天"),
    ]


def count_statements(engine: Engine) -> Callable[[], int]:
    """Return how many statements the engine runs from now on."""
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *about: seen.append(about[2]))
    return lambda: len(seen)
