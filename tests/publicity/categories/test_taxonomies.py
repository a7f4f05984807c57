"""The trees of the directory: every heading below another that is there, each for one of the three affairs."""

from collections import Counter

from publicity.categories.models import Affairs
from publicity.categories.taxonomies import heading_of, heading_path, heading_places, read_taxonomies
from village_lists.rulebook.catalog import catalog


def test_the_trees_are_those_that_a_county_may_choose():
    choice = catalog().entry("directory.taxonomy")
    assert choice is not None
    assert [tree.key for tree in read_taxonomies()] == list(choice.allowed) == ["three", "four"]


def test_every_heading_stands_below_its_own():
    for tree in read_taxonomies():
        assert max(Counter(heading.key for heading in tree.headings).values()) == 1
        seen: dict[str, Affairs] = {}
        for heading in tree.headings:
            above = heading.key.rpartition(".")[0]
            assert not above or seen[above] == heading.affairs, heading.key
            seen[heading.key] = heading.affairs


def test_every_tree_has_a_place_for_all_three_affairs():
    for tree in read_taxonomies():
        assert {tree.first(affairs).affairs for affairs in Affairs} == set(Affairs)


def test_tops_are_named_as_villages_name_them():
    tops = {tree.key: [one.name for one in tree.headings if "." not in one.key] for tree in read_taxonomies()}
    assert tops == {"three": ["党务", "村务", "财务"], "four": ["党务", "政务", "事务", "财务"]}


def test_a_path_is_told_from_the_top():
    assert heading_path("three", "village.relief", Affairs.VILLAGE) == ("村务", "救助和补贴")
    assert heading_path("four", "government.relief", Affairs.VILLAGE) == ("政务", "救助和补贴")


def test_what_a_tree_does_not_have_stands_under_its_affairs():
    assert heading_of("four", "village.relief", Affairs.VILLAGE).key == "government"
    assert heading_of("five", "nothing", Affairs.PARTY).name == "党务"


def test_headings_have_an_order():
    places = heading_places("three")
    assert places["party"] < places["village"] < places["village.relief"] < places["finance"]
