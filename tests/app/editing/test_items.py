"""The forms of items, entries of the negative list and amounts read back as what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.editing.items import BASIS, POSTING, USE, ItemForm, blank_item, filled_item, sent_item
from app.editing.orders import moved, neighbours, reading_order
from app.editing.prohibitions import ProhibitionForm, filled_prohibition, sent_prohibition
from app.editing.thresholds import NAMES, filled_thresholds, sent_thresholds
from village_lists.editions.contents import ThresholdContent
from village_lists.library.actions import library_lists, template_content

LISTS = [template_content(each.slug) for each in library_lists()]
ITEMS = [item for content in LISTS for item in content.items]
PROHIBITIONS = [one for content in LISTS for one in content.prohibitions]


def sent(form: ItemForm) -> MultiDict[str, str]:
    """Return what a browser would send of an item's form, spare rows too."""
    found: MultiDict[str, str] = MultiDict(form.values)
    for names, rows in ((BASIS, form.basis_rows), (POSTING, form.posting_rows), (USE, form.use_rows)):
        for row in rows:
            for name, value in zip(names, row, strict=True):
                found.add(name, value)
    return found


def sent_entry(form: ProhibitionForm) -> MultiDict[str, str]:
    """Return what a browser would send of an entry's form."""
    found: MultiDict[str, str] = MultiDict(form.values)
    for tie in form.ties:
        found.add("tie", tie)
    for post in form.posts:
        found.add("post", post)
    if form.is_sample:
        found.add("is_sample", "1")
    return found


@given(st.sampled_from(ITEMS))
def test_an_item_reads_back_as_it_is_stored(item):
    assert sent_item(sent(filled_item(item))).content == item


@given(st.sampled_from(PROHIBITIONS))
def test_a_prohibition_reads_back_as_it_is_stored(entry):
    found = sent_prohibition(sent_entry(filled_prohibition(entry))).content
    assert found is not None
    assert (set(found.posts), found.items, found.steps) == (set(entry.posts), entry.items, entry.steps)
    assert found.words == entry.words
    assert found.is_sample is entry.is_sample


@pytest.mark.parametrize(
    ("name", "typed", "at"),
    [
        ("code", "", "code"),
        ("code", "甲一", "code"),
        ("name", "长" * 81, "name"),
        ("kind", "wish", "kind"),
        ("category", "", "category"),
        ("posting.days", "许多", "posting"),
        ("posting.where", "公开栏", "posting"),
        ("use.from", "amounts.small", "use"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(name, typed, at):
    form = sent(blank_item("c1"))
    form["code"], form["name"] = "A01", "修路"
    form[name] = typed
    found = sent_item(form)
    assert found.content is None
    assert list(found.mistakes) == [at]
    assert typed in str(found.values) + str(found.postings) + str(found.uses), "nothing typed is lost"


def test_amounts_read_back_in_fen():
    amounts = (ThresholdContent(key="amounts.works.small", name="小额工程", suggested_fen=5_000_050),)
    form: MultiDict[str, str] = MultiDict()
    for row in filled_thresholds(amounts).all_rows:
        for name, value in zip(NAMES, row, strict=True):
            form.add(name, value)
    assert form.getlist("suggested")[0] == "50000.50"
    assert sent_thresholds(form).content == amounts


@pytest.mark.parametrize("typed", ["五万", "1.234", "-3", ""])
def test_an_amount_is_a_number(typed):
    form = MultiDict({"key": "amounts.a", "name": "小额", "suggested": typed})
    assert "row0" in sent_thresholds(form).mistakes


def test_the_same_amount_twice_is_told():
    form: MultiDict[str, str] = MultiDict()
    for name, value in [("key", "amounts.a"), ("name", "小额"), ("suggested", "1")] * 2:
        form.add(name, value)
    assert sent_thresholds(form).content is None


@given(st.sampled_from(LISTS), st.integers(0, 60), st.sampled_from((-1, 1)))
def test_moving_keeps_every_item_and_its_category(content, place, by):
    code = content.items[place % len(content.items)].code
    codes = moved(content.items, code, by=by)
    assert sorted(codes) == sorted(item.code for item in content.items)
    category = {item.code: item.category for item in content.items}
    assert [category[each] for each in codes] == [item.category for item in content.items]


def test_neighbours_go_round_by_the_outline():
    order = reading_order(LISTS[0].categories, LISTS[0].items)
    before, after = neighbours(order, order[3].code)
    assert (before, after) == (order[2], order[4])
    assert neighbours(order, order[0].code)[0] is None
    assert neighbours(order, "nothing") == (None, None)
