"""The table of everyday words, and what it refuses on load."""

import pytest

from village_lists.library.actions import library_lists, template_content
from village_lists.powers.everyday import EVERYDAY, EverydayWordsError, load_everyday_words
from village_lists.powers.search import Searchable, find

GOOD = "everyday:\n  敲章: [盖章]\nfillers: [我要]\nasking: [how]\nexamples: [盖章]\n"


def load(tmp_path, text):
    """Load a table from a text."""
    file = tmp_path / "words.yaml"
    file.write_text(text, encoding="utf-8")
    return load_everyday_words(file)


def test_a_table_is_read(tmp_path):
    table = load(tmp_path, GOOD)
    assert list(table.meanings(["敲章"])) == [("敲章", "盖章")]
    assert table.without_fillers("我要敲章") == "敲章"
    assert table.without_fillers("how") == ""


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD.replace("[盖章]\nfillers", "[]\nfillers"), "wanted a list"),
        (GOOD.replace("[盖章]\nfillers", "[敲章]\nfillers"), "mean itself"),
        (GOOD.replace("[盖章]\nfillers", "[盖章, 盖章]\nfillers"), "twice"),
        (GOOD.replace("[how]", "[How]"), "small letters"),
        (GOOD.replace("[我要]", "['我 要']"), "without blanks"),
        (GOOD.replace("[我要]", "[3]"), "small letters"),
        (GOOD.replace("fillers", "filler"), "wanted the parts"),
        ("everyday: []\nfillers: [我要]\nasking: [how]\nexamples: [盖章]\n", "must map"),
        ("[]", "wanted the parts"),
    ],
)
def test_a_wrong_table_is_refused_and_says_where(tmp_path, wrong, said):
    with pytest.raises(EverydayWordsError, match=said):
        load(tmp_path, wrong)


def test_a_longer_everyday_word_hides_its_parts():
    assert {word for word, _ours in EVERYDAY.meanings(["死了人"])} == {"死了人"}


def test_a_single_sign_must_be_the_whole_word():
    assert list(EVERYDAY.meanings(["路"]))
    assert not [word for word, _ours in EVERYDAY.meanings(["路过"]) if word == "路"]


def test_every_meaning_stands_in_a_sample_list():
    text = "\n".join(
        "\n".join((item.name, item.sentence, *item.keywords, *item.conditions, *item.papers))
        for each in library_lists()
        for item in template_content(each.slug).items
    )
    assert not {ours for meanings in EVERYDAY.everyday.values() for ours in meanings if ours not in text}


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("造屋", "BM08"),
        ("自来水", "GC01"),
        ("打架", "RC08"),
        ("邻居", "RC08"),
        ("贪污", "RC06"),
        ("请客", "SZ01"),
        ("大学生", "BM03"),
        ("孤儿", "BM02"),
        ("残联", "BM05"),
        ("底保", "BM01"),
        ("拆迁", "SZ10"),
        ("村干部不干了", "RC07"),
    ],
)
def test_what_villagers_say_comes_first(question, code):
    entries = [
        Searchable(code=item.code, name=item.name, sentence=item.sentence, keywords=item.keywords)
        for item in template_content("sample-52").items
    ]
    assert find(entries, question, everyday=EVERYDAY).found[0].code == code
