"""「我要办……」 finds what people mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_lists.powers.everyday import EVERYDAY, EverydayWords
from village_lists.powers.search import Field, Searchable, bigrams, find, fold, terms_of

NOTHING = EverydayWords(everyday={})
SEAL = Searchable(
    code="A19",
    name="印章管理使用",
    sentence="公章专人保管",
    keywords=("公章", "盖章"),
    category=("集体管理", "印章"),
    papers=("用印登记表",),
)
ROAD = Searchable(
    code="A03",
    name="微型工程",
    sentence="小修小补",
    keywords=("修路", "修桥"),
    conditions=("预算低于1万元",),
    papers=("维修申请",),
)
HOUSE = Searchable(code="B20", name="宅基地申请", keywords=("建房", "盖房子", "宅基地"), papers=("盖章的申请表",))
FUNERAL = Searchable(code="B34", name="殡葬服务", keywords=("去世", "丧事"))
MINIMUM = Searchable(code="B22", name="最低生活保障", keywords=("低保", "困难"))
LIST = (SEAL, ROAD, HOUSE, FUNERAL, MINIMUM)


def codes(question, entries=LIST, everyday=EVERYDAY):
    """Return the codes of what is found, best first."""
    return [one.code for one in find(entries, question, everyday=everyday).found]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("盖章", "A19"),
        ("我要盖章怎么办", "A19"),
        ("修路", "A03"),
        ("村里的路坏了", "A03"),
        ("路", "A03"),
        ("死了人", "B34"),
        ("盖房子", "B20"),
        ("盖房了", "B20"),
        ("宅地基", "B20"),
        ("低保", "B22"),
        ("吃低保", "B22"),
        ("a03", "A03"),
        ("I want to build a house", "B20"),
        ("roads", "A03"),
    ],
)
def test_everyday_words_find_their_item(question, code):
    assert codes(question)[0] == code


def test_names_and_keywords_come_before_mentions():
    answer = find(LIST, "盖章", everyday=EVERYDAY)
    assert [one.code for one in answer.close] == ["A19"]
    assert [one.code for one in answer.mentions] == ["B20"]


def test_a_word_written_wrong_finds_what_looks_alike_and_says_so():
    answer = find(LIST, "低宝", everyday=EVERYDAY)
    assert [one.code for one in answer.found] == ["B22"]
    assert answer.is_near
    assert not find(LIST, "低保", everyday=EVERYDAY).is_near


def test_a_single_everyday_sign_in_a_long_question_is_the_last_resort():
    answer = find(LIST, "想弄一下门口那条路", everyday=EVERYDAY)
    assert [one.code for one in answer.found] == ["A03"]
    assert answer.is_near


@pytest.mark.parametrize("question", ["", "  ", "……", "量子力学", "xyz"])
def test_nothing_is_found_for_nothing(question):
    assert not codes(question)


def test_the_words_are_marked_where_they_stand():
    name = find(LIST, "修路", everyday=NOTHING).found[0].why
    assert name is not None
    assert name.where is Field.KEYWORDS
    assert [(piece.text, piece.is_hit) for piece in name.pieces] == [("修路", True)]


def test_what_an_everyday_word_stands_for_is_told():
    answer = find(LIST, "死了人", everyday=EVERYDAY)
    assert ("死了人", "殡葬") in answer.also
    assert [piece.text for piece in answer.found[0].name if piece.is_hit] == ["殡葬"]


def test_of_two_words_the_item_with_both_comes_first():
    one = Searchable(code="1", name="老人活动", keywords=("老人",))
    both = Searchable(code="2", name="老人补贴", keywords=("补贴",))
    assert codes("老人 补贴", (one, both), NOTHING) == ["2", "1"]


def test_full_width_and_capitals_are_the_same():
    assert codes("Ａ０３") == codes("a03") == ["A03"]
    assert fold("Ａ（１）") == "a(1)"


def test_fillers_are_not_searched():
    assert terms_of("我要盖章怎么办", everyday=EVERYDAY) == ("盖章",)
    assert terms_of("怎么办", everyday=EVERYDAY) == ("怎么办",)


def test_bigrams_of_a_word():
    assert bigrams("盖房子") == ("盖房", "房子")
    assert bigrams("路") == ("路",)
    assert bigrams("") == ()


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=4), st.text(max_size=20))
def test_any_question_is_answered_and_no_text_is_changed(question, words, name):
    entry = Searchable(code="X", name=name, sentence=name, keywords=tuple(words), papers=tuple(words))
    for one in find((entry, *LIST), question, everyday=EVERYDAY).found:
        told = next(found for found in (entry, *LIST) if found.code == one.code)
        assert "".join(piece.text for piece in one.name) == told.name
        assert "".join(piece.text for piece in one.sentence) == told.sentence
        assert any(piece.is_hit for piece in (*one.name, *one.sentence, *(one.why.pieces if one.why else ()))) or (
            told.code.casefold() in terms_of(question, everyday=EVERYDAY)
        )


@given(st.sampled_from([word for entry in LIST for word in (entry.name, *entry.keywords)]))
def test_every_name_and_keyword_finds_its_item_among_the_close_ones(word):
    owners = {entry.code for entry in LIST if word in (entry.name, *entry.keywords)}
    assert owners <= {one.code for one in find(LIST, word, everyday=NOTHING).close}
