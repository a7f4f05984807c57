"""The category tree at a form: rows come back in tree order, and buttons keep it a tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.editing.categories import filled_categories, in_tree_order, pressed_category, sent_categories
from village_lists.editions.contents import CategoryContent
from village_lists.errors import Refusal
from village_lists.library.actions import library_lists, template_content

TREES = [template_content(each.slug).categories for each in library_lists()]
SMALL = (
    CategoryContent(code="a", name="甲"),
    CategoryContent(code="b", name="乙", parent="a"),
    CategoryContent(code="c", name="丙", parent="a"),
    CategoryContent(code="d", name="丁"),
)


def sent(categories: tuple[CategoryContent, ...], **more: str) -> MultiDict[str, str]:
    """Return what a browser would send of the tree."""
    form: MultiDict[str, str] = MultiDict(more)
    for row in filled_categories(categories).rows:
        form.add("code", row.category.code)
        form.add(f"{row.category.code}.name", row.category.name)
        form.add(f"{row.category.code}.parent", row.category.parent)
    return form


@given(st.sampled_from(TREES))
def test_a_tree_reads_back_as_it_is_stored(tree):
    assert sent_categories(sent(tree)).content == tuple(row.category for row in in_tree_order(tree))


@given(
    st.sampled_from([SMALL, *TREES]),
    st.lists(st.tuples(st.sampled_from(("up", "down", "in", "out", "delete")), st.integers(0, 30)), max_size=10),
)
def test_buttons_keep_it_a_tree(tree, buttons):
    for deed, place in buttons:
        if not tree:
            return
        try:
            tree = pressed_category(tree, f"{deed}:{tree[place % len(tree)].code}", used=frozenset())
        except Refusal:
            continue
    codes = [category.code for category in tree]
    assert len(codes) == len(set(codes))
    assert all(category.parent in ("", *codes) for category in tree)
    assert sent_categories(sent(tree)).mistakes == {}


def test_a_category_goes_in_and_out():
    inside = pressed_category(SMALL, "in:d", used=frozenset())
    assert {category.code: category.parent for category in inside}["d"] == "a"
    assert pressed_category(inside, "out:d", used=frozenset()) == SMALL


def test_a_category_moves_with_what_is_below():
    turned = pressed_category(SMALL, "up:d", used=frozenset())
    assert [category.code for category in turned] == ["d", "a", "b", "c"]


@pytest.mark.parametrize(("code", "used"), [("a", frozenset()), ("d", frozenset({"d"}))])
def test_what_is_not_empty_stays(code, used):
    with pytest.raises(Refusal):
        pressed_category(SMALL, f"delete:{code}", used=used)


def test_a_new_category_gets_a_code_of_its_own():
    form = sent((*SMALL, CategoryContent(code="c7", name="戊")), added="己", added_parent="a")
    content = sent_categories(form).content
    assert content is not None
    assert CategoryContent(code="c8", name="己", parent="a") in content


def test_a_category_is_not_below_itself():
    form = sent(SMALL)
    form["a.parent"] = "b"
    assert "a.parent" in sent_categories(form).mistakes
