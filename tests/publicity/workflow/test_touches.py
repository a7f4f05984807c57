"""What a change of the rule book touches: told before it is saved, and true once it is."""

from datetime import date, timedelta

import pytest

from publicity.duties.queries import GROUND_KEYS, accounts_cells
from publicity.duties.touches import due_moves, spans_reached
from publicity.ledgers.actions import tie_lines
from publicity.records.models import Version
from publicity.workflow.actions import approve, confirm, submit
from publicity.workflow.touches.report import Touches, touches_of
from tests.publicity.workflow.stage import AUGUST, COUNTY, NOW, SEPTEMBER, TOWNSHIP, Stage, seen
from village_lists.people.models import PostKind
from village_lists.periods import Period
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code
from village_lists.powers.models import (
    Adoption,
    ItemKind,
    ItemProcedure,
    ListCategory,
    ListDeed,
    ListDeedKind,
    ListVersion,
    PowerItem,
    PowerList,
    Procedure,
    VersionState,
)
from village_lists.rulebook.actions import accept_change, propose_change
from village_lists.rulebook.models import RuleRow
from village_lists.rulebook.proposals import Proposal
from village_lists.rulebook.queries import tables_around, villages_under
from village_lists.rulebook.values import Value

TODAY = date(2026, 10, 5)
LATER = date(2026, 11, 1)
TURNED = ["clerk.submit", "secretary.confirm", "supervision.approve"]


def place(stage: Stage, code: str, level: Level) -> Place:
    """Return a place of the stage."""
    found = place_by_code(stage.session, code=code, level=level)
    assert found
    return found


def proposal(stage: Stage, key: str, value: Value | None, **about: object) -> Proposal:
    """Return what the county would set from the first of November."""
    county = place(stage, COUNTY, Level.COUNTY)
    known = {"place": county, "valid_from": LATER, "basis": "县里文件"}
    return Proposal(key=key, value=value, **{**known, **about})  # type: ignore[arg-type] # handed through


def told(touches: Touches) -> list[str]:
    """Return each sentence with its count, and its examples."""
    found = []
    for touch in touches.groups:
        found.append(f"{touch.words % dict(touch.values)} {touch.count}")
        found += [words % dict(values) for words, values in touch.examples]
    return found


def test_a_due_day_moves_for_the_months_that_the_change_reaches(stage):
    touches = touches_of(stage.session, proposal=proposal(stage, "due.finance.monthly.day", 8), on=TODAY)
    assert touches.changed == ("上石村", "下田村")
    assert told(touches)[0] == "2026年10月的账目，最迟公开的日子从 2026-11-10 变成 2026-11-08 4"
    assert [touch.values["month"] for touch in touches.groups] == ["2026年10月", "2026年11月", "2026年12月"]


def test_a_change_within_a_month_leaves_that_month(stage):
    asked = proposal(stage, "due.finance.monthly.day", 8, valid_from=LATER + timedelta(days=1))
    assert [touch.values["month"] for touch in touches_of(stage.session, proposal=asked, on=TODAY).groups] == [
        "2026年11月",
        "2026年12月",
        "2027年1月",
    ]


def test_what_moves_is_what_the_duties_then_say(stage):
    """The foreseen days are those of the township's table once the change is in the book."""
    asked = proposal(stage, "due.finance.monthly.day", 8)
    villages = villages_under(stage.session, place=asked.place)
    before, after = tables_around(stage.session, proposal=asked, places=villages, further=GROUND_KEYS)
    moves = due_moves(
        stage.session,
        key=asked.key,
        before=before,
        after=after,
        villages=villages,
        spans=spans_reached(key=asked.key, since=LATER),
    )
    assert len(moves) == 3
    other = stage.enter("other-steward", PostKind.COUNTY_STEWARD, name="林若兰", place=asked.place)
    change = propose_change(stage.session, proposal=asked, by=stage["steward"], now=NOW)
    accept_change(stage.session, change=change, by=other, now=NOW)
    periods = [SEPTEMBER, *(Period.parse(str(move.span)) for move in moves)]
    cells = accounts_cells(stage.session, villages=villages, periods=periods, on=TODAY)
    assert {cell.due for cell in cells.values() if cell.period == SEPTEMBER} == {date(2026, 10, 10)}
    for move in moves:
        assert {cell.due for cell in cells.values() if str(cell.period) == str(move.span)} == {move.after}
        assert move.before != move.after


def test_a_nearer_rule_shields_its_village(stage):
    township = place(stage, TOWNSHIP, Level.TOWNSHIP)
    for where, value in ((stage.village, 5), (township, 8)):
        row = {"value": value}
        stage.session.add(
            RuleRow(
                key="due.finance.monthly.day",
                level=where.level,
                place_id=where.id,
                value=row,
                valid_from=date(2026, 1, 1),
            )
        )
    stage.session.flush()
    touches = touches_of(stage.session, proposal=proposal(stage, "due.finance.monthly.day", 9), on=TODAY)
    assert (touches.changed, touches.shielded) == ((), ("上石村", "下田村"))
    below = touches_of(
        stage.session, proposal=proposal(stage, "due.finance.monthly.day", 8, place=stage.village), on=TODAY
    )
    assert below.changed == ("上石村",)


def test_the_same_number_with_another_basis_moves_nothing(stage):
    touches = touches_of(stage.session, proposal=proposal(stage, "due.finance.monthly.day", 10), on=TODAY)
    assert (touches.changed, touches.unchanged) == ((), ("上石村", "下田村"))
    assert told(touches) == ["现在没有正在进行的事会受影响 0"]


def test_reviews_under_way_keep_the_order_in_which_they_were_submitted(stage):
    stage.submitted(AUGUST)
    stage.approved(AUGUST, body=stage.committee)
    touches = touches_of(stage.session, proposal=proposal(stage, "review.order", TURNED), on=TODAY)
    going, coming = touches.groups
    assert (going.count, going.warns, coming.count) == (2, False, 0)
    assert "仍按提交时的顺序走完" in going.words
    assert "上石村股份经济合作社 2026年8月财务收支逐笔公开" in told(touches)
    assert "上石村村民委员会 2026年8月财务收支逐笔公开" in told(touches)


def test_what_is_on_display_keeps_its_days(stage):
    stage.published(AUGUST)
    touches = touches_of(stage.session, proposal=proposal(stage, "display.days", 30), on=TODAY)
    assert told(touches)[:2] == [
        "正在公示的，公示到哪天不变 1",
        "上石村股份经济合作社 2026年8月财务收支逐笔公开，公示到 2026-10-20",
    ]
    gone = touches_of(stage.session, proposal=proposal(stage, "display.days", 30), on=date(2026, 10, 21))
    assert [touch.count for touch in gone.groups] == [0]


def adopt_list(stage: Stage, *, is_confirmed: bool = True) -> None:
    """Publish a list of two items, one of two charts parted by an amount, and let the village adopt it."""
    session, county = stage.session, place(stage, COUNTY, Level.COUNTY)
    power_list = PowerList(place_id=county.id, slug="short")
    session.add(power_list)
    session.flush()
    version = ListVersion(power_list_id=power_list.id, number=1, title="短清单")
    session.add(version)
    session.flush()
    category = ListCategory(version_id=version.id, code="a", name="办事", position=0)
    session.add(category)
    session.flush()
    small, large = (
        Procedure(version_id=version.id, slug=slug, title=slug, position=number)
        for number, slug in enumerate(("small", "large"))
    )

    def item(position: int, name: str, sentence: str = "", uses: list[ItemProcedure] | None = None) -> PowerItem:
        return PowerItem(
            version_id=version.id,
            category_id=category.id,
            kind=ItemKind.POWER,
            code=f"Z0{position + 1}",
            name=name,
            position=position,
            sentence=sentence,
            uses=uses or [],
        )

    key = "amounts.works.micro.below"
    bands = [
        ItemProcedure(position=0, procedure=small, below_key=key),
        ItemProcedure(position=1, procedure=large, from_key=key),
    ]
    session.add_all(
        [item(0, "修路", uses=bands), item(1, "买东西", "低于1万元的直接买"), item(2, "盖章", "低于11万元的不用问")]
    )
    session.flush()
    session.add(ListDeed(version_id=version.id, deed=ListDeedKind.PUBLISH, by_id=stage["steward"].id, at=NOW))
    session.flush()
    version.state = VersionState.PUBLISHED
    version.valid_from = date(2026, 1, 1)
    session.add(
        Adoption(
            village_id=stage.village.id,
            version_id=version.id,
            meeting="村民代表会议",
            held_on=date(2026, 9, 1),
            due=30,
            present=20,
            in_favour=20,
            recorded_at=NOW,
            confirmed_at=NOW if is_confirmed else None,
        )
    )
    session.add(
        RuleRow(
            key=key, level=Level.COUNTY, place_id=county.id, value={"value": 1_000_000}, valid_from=date(2026, 1, 1)
        )
    )
    session.flush()


@pytest.mark.parametrize(("spending", "moved"), [(999_999, 0), (1_000_000, 1), (1_499_999, 1), (1_500_000, 0)])
def test_payments_that_would_have_gone_another_way_are_counted(stage: Stage, spending: int, moved: int) -> None:
    """From 10,000 (included) to 15,000 yuan: these were large, and would be small."""
    adopt_list(stage)
    version = stage.draft(AUGUST, opening_fen=1_000_000, spending_fen=spending)
    known = frozenset({"Z01"})
    tie_lines(
        stage.session,
        version=version,
        ties={2: "Z01"},
        known=known,
        revision=version.revision,
        by=stage["clerk"],
        now=NOW,
    )
    publish(stage, version)
    asked = proposal(stage, "amounts.works.micro.below", 1_500_000)
    found = told(touches_of(stage.session, proposal=asked, on=TODAY))
    assert "Z01 修路（短清单）" in found
    line = f"上石村 2026年8月：村办公室电费 {spending // 100:,}.{spending % 100:02d} 元"
    assert (line in found) == bool(moved)


def publish(stage: Stage, version: Version) -> None:
    """Submit, approve and confirm a draft of the stage."""
    submit(stage.session, version=version, by=stage["clerk"], now=NOW, seen=seen(version))
    approve(stage.session, version=version, by=stage["head"], now=NOW, seen=seen(version))
    confirm(stage.session, version=version, by=stage["secretary"], now=NOW, seen=seen(version))


def test_items_that_name_the_amount_in_words_are_to_be_read_again(stage):
    adopt_list(stage)
    found = told(touches_of(stage.session, proposal=proposal(stage, "amounts.works.micro.below", 1_500_000), on=TODAY))
    at = found.index("这些事项的文字里写着原来的金额，改了以后要核对文字 1")
    assert found[at + 1] == "Z02 买东西（短清单）"


def test_resolutions_not_yet_confirmed_are_named(stage):
    adopt_list(stage, is_confirmed=False)
    asked = proposal(stage, "decision_body.representatives.present", "3/4")
    found = told(touches_of(stage.session, proposal=asked, on=TODAY))
    assert found == [
        "登记了还没有确认的清单决议，会议在那天以前开的，仍按开会那天的人数算 1",
        "上石村 2026-09-01 村民代表会议：应到 30 人，实到 20 人，同意 20 人",
    ]
    asked = proposal(stage, "decision_body.members.present", "3/4")
    assert told(touches_of(stage.session, proposal=asked, on=TODAY)) == ["现在没有正在进行的事会受影响 0"]


def test_replies_are_not_counted_yet_and_it_says_so(stage):
    found = told(touches_of(stage.session, proposal=proposal(stage, "reply.village.days", 5), on=TODAY))
    assert found == ["明白栏现在还没有登记疑问和答复，所以没有正在计时的事会受影响 0"]


def test_looking_writes_nothing(stage):
    stage.published(AUGUST)
    stage.session.commit()
    for key, value in (("display.days", 30), ("review.order", TURNED), ("amounts.works.micro.below", 5)):
        touches_of(stage.session, proposal=proposal(stage, key, value), on=TODAY)
        assert not stage.session.new
        assert not stage.session.dirty
