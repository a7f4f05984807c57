"""A budget changed to an amount for which the procedure does not go."""

from publicity.matters.actions import change_budget
from publicity.matters.course import FindingKind
from tests.factories import at
from tests.publicity.matters.scene import BAND, OPENED, TODAY, TOP


def change(scene, matter, budget_fen, happened_on=OPENED):
    """Change the budget; return what the last change tells, or nothing."""
    told = {"words": "工程量变了", "by": scene.cast.li, "now": at(TODAY), "seen": matter.revision}
    change_budget(scene.session, matter=matter, budget_fen=budget_fen, happened_on=happened_on, **told)
    found = [one for one in scene.course(matter).findings if one.sequence == len(matter.events)]
    assert {(one.kind, one.path, one.round) for one in found} <= {(FindingKind.BAND, "", 0)}
    return [one.words % one.values for one in found]


def test_above_and_below_the_band_is_told_with_the_amounts(scene):
    road = scene.open()
    assert change(scene, road, 9_999_999) == []
    above = ["预算改为 10万元，「修路」只管 10万元以下的；照清单，这个金额要走「大工程」"]
    assert change(scene, road, 10_000_000) == above
    assert change(scene, road, None) == []
    below = ["预算改为 9,999.99 元，「修路」管 1万元以上的；照清单，这个金额可以走「小修小补」"]
    assert [words.replace("99元", "99 元") for words in change(scene, road, 999_999)] == below
    # It was below before: the stricter way is free.
    assert change(scene, road, 900_000) == []
    assert change(scene, road, 1_000_000) == []
    # Every one stays told, whatever came after.
    assert scene.faults(road, OPENED) == [FindingKind.BAND] * 2


def test_the_band_is_that_of_the_day_and_stays_as_it_was(scene):
    road = scene.open()
    scene.rule(TOP, 6_000_000)
    assert change(scene, road, 7_000_000) == [
        "预算改为 7万元，「修路」只管 6万元以下的；照清单，这个金额要走「大工程」"
    ]
    scene.rule(BAND, 8_000_000)
    assert scene.faults(road, OPENED) == [FindingKind.BAND]


def test_without_bands_nothing_is_out_of_them(scene):
    both = scene.open(item_code="B02", procedure="micro")
    assert change(scene, both, 900_000_000) == []
