"""Quorums: exact sums of people, told as a person would check them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from village_lists.errors import Refusal
from village_lists.places.models import BodyKind
from village_lists.rulebook.quorums import BodyRule, CountedOf, judge
from village_lists.rulebook.shares import Share

shares = some.builds(
    lambda low, high, is_strict: Share(part=Fraction(low, high), is_strict=is_strict and low < high),
    some.integers(1, 9),
    some.integers(9, 12),
    some.booleans(),
)
REPRESENTATIVES = BodyRule(
    decision_body="representatives",
    body=BodyKind.COMMITTEE,
    present=Share.parse("2/3"),
    favour=Share.parse(">1/2"),
    favour_of=CountedOf.PRESENT,
)
MEMBERS = BodyRule(
    decision_body="members",
    body=BodyKind.COLLECTIVE,
    present=None,
    favour=Share.parse("2/3"),
    favour_of=CountedOf.DUE,
)


@given(share=shares, count=some.integers(1, 5000))
def test_needed_is_the_smallest_number_that_is_the_share(share: Share, count: int) -> None:
    """Checked against the definition: so many are enough, one fewer are not."""

    def is_enough(people: int) -> bool:
        part = Fraction(people, count)
        return part > share.part if share.is_strict else part >= share.part

    needed = share.needed(count)
    assert is_enough(needed)
    assert not is_enough(needed - 1)
    assert 0 < needed <= count


@given(due=some.integers(1, 400), data=some.data())
def test_it_passes_exactly_when_both_numbers_reach_what_is_needed(due, data):
    present = data.draw(some.integers(0, due))
    in_favour = data.draw(some.integers(0, present))
    rule = data.draw(some.sampled_from([REPRESENTATIVES, MEMBERS]))
    verdict = judge(body_rule=rule, due=due, present=present, in_favour=in_favour)
    came = rule.present is None or 3 * present >= 2 * due
    agreed = 2 * in_favour > present if rule.favour_of == CountedOf.PRESENT else 3 * in_favour >= 2 * due
    assert verdict.passes == (came and agreed)
    assert len(verdict.sentences) == (1 if rule.present is None else 2)
    for words, values in verdict.sentences:
        assert (words % values).endswith("不够") != (words % values).endswith("，够")


@given(due=some.integers(1, 400), data=some.data())
def test_one_voice_more_never_hurts(due, data):
    present = data.draw(some.integers(1, due))
    in_favour = data.draw(some.integers(0, present - 1))
    rule = data.draw(some.sampled_from([REPRESENTATIVES, MEMBERS]))
    before = judge(body_rule=rule, due=due, present=present, in_favour=in_favour)
    after = judge(body_rule=rule, due=due, present=present, in_favour=in_favour + 1)
    assert after.passes or not before.passes


@pytest.mark.parametrize(
    ("due", "present", "yes", "told"),
    [
        (38, 20, 20, "应到 38 人，到会至少要 26 人（2/3 以上），实到 20 人，不够"),
        (38, 26, 14, "到会 26 人，同意至少要 14 人（超过到会的 1/2），同意 14 人，够"),
        (38, 26, 13, "到会 26 人，同意至少要 14 人（超过到会的 1/2），同意 13 人，不够"),
        (39, 26, 14, "应到 39 人，到会至少要 26 人（2/3 以上），实到 26 人，够"),
    ],
)
def test_the_sums_are_told(due: int, present: int, yes: int, told: str) -> None:
    """As the resolution's page shows them."""
    verdict = judge(body_rule=REPRESENTATIVES, due=due, present=present, in_favour=yes)
    assert told in [words % values for words, values in verdict.sentences]
    assert verdict.passes != told.endswith("不够")


def test_members_count_all_who_are_due():
    verdict = judge(body_rule=MEMBERS, due=300, present=199, in_favour=199)
    assert (verdict.passes, verdict.needed_favour) == (False, 200)
    assert judge(body_rule=MEMBERS, due=300, present=200, in_favour=200).passes


def test_nobody_present_decides_nothing():
    rule = BodyRule(
        decision_body="x", body=BodyKind.COMMITTEE, present=None, favour=Share.parse("1/2"), favour_of=CountedOf.PRESENT
    )
    assert not judge(body_rule=rule, due=5, present=0, in_favour=0).passes


@pytest.mark.parametrize(("due", "present", "yes"), [(0, 0, 0), (5, 6, 1), (5, 3, 4), (5, 3, -1)])
def test_numbers_that_cannot_be_are_refused(due: int, present: int, yes: int) -> None:
    """More present than due, more voices than people."""
    with pytest.raises(Refusal):
        judge(body_rule=REPRESENTATIVES, due=due, present=present, in_favour=yes)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2/3", "2/3"),
        ("＞1／2", ">1/2"),
        ("过半数", ">1/2"),
        ("4/6", "2/3"),
        (" 三分之二以上 ", "2/3"),
        ("全体", "1/1"),
    ],
)
def test_shares_are_read(written: str, kept: str) -> None:
    """As people write them."""
    assert str(Share.parse(written)) == kept


@pytest.mark.parametrize("written", ["", "0.5", "3/2", "0/3", "1/0", ">1/1", "一半"])
def test_what_is_no_share_is_refused(written: str) -> None:
    """Nothing, more than the whole, more than all."""
    with pytest.raises(Refusal):
        Share.parse(written)
