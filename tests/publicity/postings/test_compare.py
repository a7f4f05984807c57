"""What a correction changed, in sentences without private names."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publicity.categories.contents import Audience
from publicity.postings.compare import differences
from publicity.postings.tables import public_table
from tests.publicity.postings.made import GIVEN, RELIEF, WORKS, contents, filled
from tests.publicity.postings.test_tables import said

ROWS = [
    {"household": "张阿德", "people": 2, "amount": 72_000, "phone": "13800001234"},
    {"household": "李国庆", "people": 1, "amount": 7_000, "remark": "因病"},
]


def told(before, after, *, audience=Audience.WEB):
    """Return the sentences from one posting to the next."""
    tables = [public_table(posting, audience=audience) for posting in (before, after)]
    return [found.words % found.values for found in differences(*tables)]


def changed(number, **cells):
    """Return the rows with some cells of one of them changed."""
    return [{**row, **cells} if place == number else row for place, row in enumerate(ROWS)]


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        (ROWS, []),
        (list(reversed(ROWS)), []),
        (changed(0, amount=78_000), ["「张*」的月保障金额由 720.00 元 改为 780.00 元"]),
        (changed(0, remark="补发"), ["「张*」补填备注：补发"]),
        (changed(1, remark=None), ["「李*」去掉备注，原来是 因病"]),
        (changed(0, phone="13900001234"), ["「张*」不公开的内容有改动"]),
        (ROWS[:1], ["去掉一行：李*，1 人，70.00 元，因病"]),
        ([*ROWS, {"household": "王永福", "amount": 100}], ["增加一行：王*，1.00 元"]),
    ],
)
def test_rows(rows, sentences):
    assert told(said(RELIEF, ROWS), said(RELIEF, rows)) == sentences


def test_another_person_under_the_same_mask():
    plain = replace(RELIEF, columns=tuple(replace(column, is_identifying=False) for column in RELIEF.columns))
    rows = changed(0, household="张阿大")
    assert told(said(plain, ROWS), said(plain, rows)) == ["「张*」的户主换了人，姓名不公开"]
    assert told(said(plain, ROWS), said(plain, rows), audience=Audience.PAPER) == [
        "「张阿大」的户主由 张阿德 改为 张阿大"
    ]


def test_head_note_title_and_nothing_happened():
    before = said(WORKS, [], head={"project": "修路", "builder": "张阿德", "price": 4_650_000}, note="一")
    after = said(WORKS, [], head={"project": "修桥", "builder": "张阿大", "price": 5_000_000}, note="")
    assert told(before, after) == [
        "项目名称由 修路 改为 修桥",
        "中标单位换了人，姓名不公开",
        "合同价由 4.65 万元 改为 5 万元",
        "去掉说明：「一」",
    ]
    assert told(said(RELIEF, []), replace(said(RELIEF, []), is_nil=True)) == ["由有内容改为「本期没有发生」"]


def test_rows_without_an_identity_are_paired_by_what_they_say():
    rows = [
        {"day": "2026-09-01", "paid": 100, "remark": "第一期"},
        {"day": "2026-09-02", "paid": 200, "remark": "第二期"},
    ]
    later = [{"day": "2026-08-01", "paid": 50, "remark": "预付"}, rows[0], {**rows[1], "paid": 300}]
    assert told(said(WORKS, rows), said(WORKS, later)) == [
        "增加一行：2026-08-01，0.50 元，预付",
        "「2026-09-02」的已付款由 2.00 元 改为 3.00 元",
    ]


@settings(max_examples=60)
@given(st.data())
def test_no_covered_name_comes_out(data):
    content = data.draw(contents())
    content = replace(content, columns=tuple(column for column in content.columns), hides_minors=False)
    first, second = (data.draw(st.lists(filled(content.columns), max_size=3)) for _ in range(2))
    tables = [public_table(said(content, rows), audience=Audience.WEB) for rows in (first, second)]
    shown = "".join(cell for table in tables for row in table.rows for cell in row.cells)
    words = "".join(found.words % found.values for found in differences(*tables))
    assert set(words) & set(GIVEN) <= set(shown)
    assert bool(words) or first == second or sorted(map(str, first)) == sorted(map(str, second))
