"""The negative list in plain words."""

from app.residents.prohibition_groups import ALONE, BY_CLASS, BY_PERSON, entries_of, grouped, persons_of, searchable
from village_lists.powers.everyday import EVERYDAY
from village_lists.powers.pages import StepPlace
from village_lists.powers.queries import ItemLine
from village_lists.powers.search import find
from village_lists.prohibitions.models import Prohibition, ProhibitionTie

NEGATIVE = "/v/330299101201/prohibitions"
ITEMS = {
    code: ItemLine(code=code, name=name, sentence="", category=category, group="")
    for code, name, category in (("R1", "修路", "工程"), ("M1", "报销", "财务"))
}
STEPS = {("R1", "do"): StepPlace(title="动手修", slug="short")}


def forbidden(code, words, *ties, who=""):
    """Return an entry tied to (item, step)."""
    own = [ProhibitionTie(item_code=item, node_key=step) for item, step in ties]
    return Prohibition(version_id=1, code=code, position=1, words=words, who=who, ties=own)


SPLIT = forbidden("N1", "不准拆分工程", ("R1", "do"), ("M1", ""), who="村干部、报账员")
BOOKS = forbidden("N2", "不准做假账", ("M1", ""), who="报账员")
GIFTS = forbidden("N3", "不准收红包")
ENTRIES = entries_of([SPLIT, BOOKS, GIFTS], items=ITEMS, steps=STEPS)


def shape(by):
    """Return names and codes of the groups."""
    return [
        (group.name, [one.prohibition.code for one in group.entries]) for group in grouped(ENTRIES, items=ITEMS, by=by)
    ]


def test_by_class_each_stands_once_and_those_without_an_item_last():
    assert shape(BY_CLASS) == [("工程", ["N1"]), ("财务", ["N2"]), (ALONE, ["N3"])]


def test_by_person_each_stands_under_everyone_it_names():
    names = dict(shape(BY_PERSON))
    assert next(iter(names)) == "报账员"
    assert names["报账员"] == ["N1", "N2"]
    assert names["村干部"] == ["N1"]
    assert ["N3"] in names.values()


def test_an_entry_leads_to_its_step_and_to_its_other_items():
    assert [(link.item_code, link.place.slug) for link in ENTRIES[0].steps] == [("R1", "short")]
    assert [item.code for item in ENTRIES[0].items] == ["M1"]


def test_whom_it_binds_is_read_one_by_one():
    assert persons_of(SPLIT) == ("村干部", "报账员")
    assert persons_of(GIFTS) == ()


def test_it_is_searched_like_the_list():
    found = find([searchable(entry) for entry in ENTRIES], "拆分", everyday=EVERYDAY)
    assert [one.code for one in found.found] == ["N1"]


def test_everything_is_told_and_the_judgement_explained_once(read):
    page = read(NEGATIVE)
    assert page.count("电脑查不出来") == 1
    assert page.count('class="entry"') == 29
    assert 'id="N03"' in page
    assert "针对：理事长、村民委员会主任" in page


def test_by_person_and_by_question(read):
    assert "按管着谁分" in read(f"{NEGATIVE}?by=who")
    page = read(f"{NEGATIVE}?q=借钱")
    assert "<mark>借钱</mark>" in page
    assert page.count('class="entry"') < 29
    assert "没有写进来，不等于就能做" in read(f"{NEGATIVE}?q=量子力学")


def test_a_step_is_linked_with_its_chart(read):
    assert "/powers/A08#chart-" in read(NEGATIVE)
