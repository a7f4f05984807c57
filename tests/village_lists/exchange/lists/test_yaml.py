"""A list as YAML: out and in again, the same bytes; what no list has is refused."""

import pytest
from hypothesis import HealthCheck, given, settings
from ruamel.yaml import YAML

from tests.village_lists.exchange.lists.generated import TRAPS, contents
from village_lists.editions.contents import ListContent
from village_lists.exchange.lists.yaml_reading import read_yaml
from village_lists.exchange.lists.yaml_text import yaml_text
from village_lists.exchange.lists.yaml_writing import write_yaml

THROWN = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def hindering(reading):
    return [str(one) for one in reading.problems if one.hinders_import]


@THROWN
@given(contents())
def test_out_and_in_and_out_is_the_same_to_the_byte(content):
    written = write_yaml(content)
    reading = read_yaml(written)
    assert hindering(reading) == []
    assert reading.content == content
    assert reading.content is not None
    assert write_yaml(reading.content) == written


@THROWN
@given(contents())
def test_a_library_reads_the_same_texts_from_it(content):
    loaded = YAML(typ="safe", pure=True).load(write_yaml(content))
    assert loaded.get("title", "") == content.title
    assert loaded.get("note", "") == content.note
    assert [item.get("name", "") for item in loaded.get("items", [])] == [item.name for item in content.items]


@pytest.mark.parametrize("trap", TRAPS)
def test_a_text_that_looks_like_something_else_stays_a_text(trap):
    loaded = YAML(typ="safe", pure=True).load(yaml_text({"a": trap, trap: "b", "c": [trap], "d": f"{trap}\n{trap}"}))
    assert loaded == {"a": trap, trap: "b", "c": [trap], "d": f"{trap}\n{trap}"}


BOMB = "a: &a [x, x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a]" for n in range(9))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, "锚点"),
        ("title: *x", "锚点"),
        ("title: !!python/object:os.system x", "类型标记"),
        ("[" * 100_000, "层数太多"),
        ("- " * 50_000, "层数太多"),
        ("a: " * 3, "不合 YAML"),
        ("x" * (10 * 1024 * 1024), "文件太大"),
        ("title: a\0b", "控制符"),
        ("title: a\x1bb", "控制符"),
        ("title: \ud800", "控制符"),
        ("a: 1\n---\nb: 2\n", "只能有一份"),
        ("", "空的"),
        ("# 只有说明\n", "空的"),
        ("\tx: 1", "不合 YAML"),
        ("? [a]\n: b", "冒号前面"),
        ("a,\n" * 200_000 + "b: c", "不合 YAML"),
        ("- a\n" * 200_001, "内容太多"),
    ],
)
def test_what_no_list_has_is_refused_in_one_sentence(text, words):
    reading = read_yaml(text)
    assert reading.content is None
    assert len(reading.problems) == 1
    assert words in str(reading.problems[0])
    assert reading.problems[0].spot.line > 0


def test_every_fault_is_told_by_line():
    reading = read_yaml(
        "title: 清单\n"
        "title: 又一份\n"
        "colour: 红\n"
        "categories:\n"
        "  - {code: c, name: 大类}\n"
        "items:\n"
        "  - code: A01\n"
        "    name: 甲\n"
        "    kind: strange\n"
        "    category: d\n"
        "    procedures:\n"
        "      - {slug: nowhere}\n"
        "procedures:\n"
        "  - slug: p\n"
        "    title: 流程\n"
        "    nodes:\n"
        "      - {key: a, kind: start, title: 开始, next: z}\n"
        "      - {key: b, kind: end, title: 结束, limit_days: 多}\n"
    )
    assert reading.content is None
    told = {one.spot.line: one.sentence for one in reading.problems}
    assert set(told) == {2, 3, 7, 9, 10, 11, 14, 17, 18}
    assert "「z」不存在" in told[17]
    assert "「d」不存在" in told[10]


def test_what_is_left_empty_is_missing():
    reading = read_yaml("title: 清单\nnote:\nis_sample: ~\ncategories: []\n")
    assert reading.content == ListContent(title="清单")
    assert not hindering(reading)
