"""Who may enter what into the registers, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from publicity.holdings.actions import (
    ContentRefused,
    TextExposed,
    change_contract,
    decide_edition,
    end_contract,
    propose_change,
    propose_disposal,
    propose_holding,
)
from publicity.holdings.models import EntryState, Holding, HoldingDeed, HoldingEdition, HoldingKind
from publicity.holdings.queries import contract_view, holding_view
from publicity.holdings.schedules import Terms
from publicity.matters.models import Matter
from tests.factories import at
from tests.publicity.holdings.scene import LEASE, NOW, SHOP, TODAY, Scene
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.people.actions import give_post
from village_lists.people.models import PostKind
from village_lists.places.models import Place


def test_a_clerk_proposes_and_a_member_confirms(scene: Scene) -> None:
    """What is proposed does not count until somebody of the supervision committee confirmed it."""
    first, second = scene.proposed(), scene.proposed(HoldingKind.ASSET, "旧校舍")
    assert [first.holding.number, second.holding.number] == [1, 2]
    assert holding_view(first.holding, on=TODAY).edition is None

    decide_edition(scene.session, edition=first, is_confirmed=True, by=scene.cast.yonggen, now=NOW)
    assert holding_view(first.holding, on=TODAY).edition is first
    assert first.decided_name == "王永根"
    with pytest.raises(Stale):
        decide_edition(scene.session, edition=first, is_confirmed=True, by=scene.cast.mei, now=NOW)

    with pytest.raises(Refusal, match="退回要写明"):
        decide_edition(scene.session, edition=second, is_confirmed=False, by=scene.cast.mei, now=NOW)
    decide_edition(scene.session, edition=second, is_confirmed=False, by=scene.cast.mei, now=NOW, note="面积不对")
    assert holding_view(second.holding, on=TODAY).edition is None
    with pytest.raises(Refusal, match="没有核对通过"):
        change(scene, second.holding)


def test_only_the_clerk_enters_and_only_another_of_the_committee_decides(scene: Scene) -> None:
    """Secretaries, clerks of elsewhere and who made it himself are told so."""
    for other in (scene.cast.chen, scene.cast.zhou, scene.cast.mei):
        with pytest.raises(NotAllowed):
            enter(scene, by=other)
    edition = scene.proposed()
    for other in (scene.cast.chen, scene.cast.li, scene.cast.zhao):
        with pytest.raises(NotAllowed, match="监委会"):
            decide_edition(scene.session, edition=edition, is_confirmed=True, by=other, now=NOW)
    li, morrow = scene.cast.li, TODAY + timedelta(days=1)
    li.posts[0].ends_on = TODAY
    scene.session.flush()
    kind = PostKind.SUPERVISION_MEMBER
    give_post(scene.session, person=li, place=scene.places.stone, kind=kind, starts_on=morrow)
    scene.session.refresh(li, ["posts"])
    with pytest.raises(NotAllowed, match="自己登记的"):
        decide_edition(scene.session, edition=edition, is_confirmed=True, by=li, now=at(morrow))
    assert edition.state is EntryState.PROPOSED


def test_what_is_typed_is_checked_and_guarded(scene: Scene) -> None:
    """Missing and wrong fields are told together; numbers of people are refused in every text."""
    with pytest.raises(ContentRefused) as refused:
        enter(
            scene, content={"class": "经营性", "place": " 村口", "size": "八十六", "unit": "间", "use": "出租", "x": 1}
        )
    assert {problem.key for problem in refused.value.problems} == {"place", "size", "x"}
    for about in ({"content": SHOP | {"place": "找 13800138000"}}, {"reason": "身份证 330226195001011232"}):
        with pytest.raises(TextExposed):
            enter(scene, **about)
    with pytest.raises(TextExposed):
        scene.contract(replace(LEASE, party="张阿德 13800138000", holding_number=None))
    with pytest.raises(Refusal, match="编号 7"):
        scene.contract(replace(LEASE, holding_number=7))
    with pytest.raises(Refusal, match="不是本村的"):
        enter(scene, body=scene.places.field.bodies[0])
    with pytest.raises(Refusal, match="从哪一天起"):
        enter(scene, valid_from=date(2029, 1, 1))
    with pytest.raises(Refusal, match="「修路」不是本村的事项"):
        enter(scene, matter=matter_of(scene.places.field, scene))
    assert scene.session.query(Holding).count() == 0


def test_a_change_follows_upon_what_was_confirmed(scene: Scene) -> None:
    """One proposal at a time, never before the former's day, never after disposal, and with a reason."""
    holding = scene.holding()
    with pytest.raises(Refusal, match="不能早于"):
        change(scene, holding, valid_from=date(2023, 12, 31))
    with pytest.raises(Refusal, match="为什么改"):
        change(scene, holding, reason=" ")
    with pytest.raises(Refusal, match="一样"):
        change(scene, holding, content=SHOP)
    edition = change(scene, holding)
    with pytest.raises(Refusal, match="还没有核对"):
        change(scene, holding)
    scene.confirm(edition)
    gone = propose_disposal(
        scene.session, holding=holding, valid_from=date(2026, 10, 1), reason="已出售", by=scene.cast.li, now=NOW
    )
    scene.confirm(gone)
    assert gone.deed is HoldingDeed.DISPOSE
    uses = [holding_view(holding, on=day) for day in (date(2025, 6, 1), date(2026, 6, 1), TODAY)]
    assert [(view.edition.content["use"], view.is_there) for view in uses if view.edition] == [
        ("出租", True),
        ("闲置", True),
        ("闲置", False),
    ]
    with pytest.raises(Refusal, match="已经处置"):
        change(scene, holding)


def test_a_changed_contract_keeps_what_was_due_and_an_ended_one_owes_no_more(scene: Scene) -> None:
    """The former schedule before the day, the new one after it; the end cuts, and is the end."""
    scene.holding()
    contract = scene.contract()
    terms = Terms(every_months=12, amount_fen=2_000_000, first_due=date(2025, 1, 15), count=4)
    changed = change_contract(
        scene.session,
        contract=contract,
        paper=replace(LEASE, terms=terms),
        valid_from=date(2026, 1, 1),
        reason="续签改为一年一付",
        by=scene.cast.li,
        now=NOW,
    )
    scene.confirm(changed)
    due = [(one.due_on.isoformat(), one.amount_fen) for one in contract_view(contract, on=TODAY).instalments]
    assert due == [
        ("2024-01-15", 900_000),
        ("2024-07-15", 900_000),
        ("2025-01-15", 900_000),
        ("2025-07-15", 900_000),
        ("2026-01-15", 2_000_000),
        ("2027-01-15", 2_000_000),
        ("2028-01-15", 2_000_000),
    ]
    ended = end_contract(
        scene.session, contract=contract, valid_from=date(2026, 11, 1), reason="退租", by=scene.cast.li, now=NOW
    )
    scene.confirm(ended)
    view = contract_view(contract, on=TODAY)
    assert (len(view.instalments), view.ended_on, view.title) == (5, date(2026, 11, 1), "店面租赁合同")
    with pytest.raises(Refusal, match="已经终止"):
        end_contract(scene.session, contract=contract, valid_from=TODAY, reason="又", by=scene.cast.li, now=NOW)


def matter_of(village: Place, scene: Scene) -> Matter:
    """Return a matter of a village, as it is before anything is stored."""
    return Matter(
        village_id=village.id,
        body_id=village.bodies[0].id,
        number=1,
        code="A04-2026-01",
        title="修路",
        item_code="A04",
        list_version_id=1,
        procedure_id=1,
        opened_on=TODAY,
        opened_by_id=scene.cast.li.id,
        opened_name=scene.cast.li.name,
        opened_at=NOW,
    )


def enter(scene: Scene, **about: object) -> None:
    """Propose the shop, with something else in place of what is usual."""
    asked: dict[str, object] = {
        "village": scene.places.stone,
        "body": scene.collective,
        "kind": HoldingKind.ASSET,
        "name": "村口店面",
        "content": SHOP,
        "valid_from": date(2024, 1, 1),
        "by": scene.cast.li,
        "now": NOW,
        **about,
    }
    propose_holding(scene.session, **asked)  # type: ignore[arg-type] # handed through


def change(scene: Scene, holding: Holding, **about: object) -> HoldingEdition:
    """Propose that the shop stands empty since 2026."""
    asked: dict[str, object] = {
        "name": "村口店面",
        "content": SHOP | {"use": "闲置"},
        "valid_from": date(2026, 1, 1),
        "reason": "租户退租",
        **about,
    }
    return propose_change(scene.session, holding=holding, by=scene.cast.li, now=NOW, **asked)  # type: ignore[arg-type] # handed through
