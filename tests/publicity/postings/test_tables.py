"""No audience reads more than the category lets it: in cells, totals, texts beside them, CSV and search words."""

import time
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from publicity.categories.contents import Audience, CategoryContent, Column, ColumnKind, Mask, Sheet
from publicity.categories.models import Affairs
from publicity.postings.cells import shown_cell
from publicity.postings.masks import CHILD, HIDDEN
from publicity.postings.tables import PublicTable, Said, public_table
from publicity.postings.views import csv_rows, searched_words
from tests.publicity.postings.made import GIVEN, RELIEF, contents, filled, identity_of
from village_lists.periods import Cadence, Span

SPAN = Span.of(Cadence.QUARTER, date(2026, 9, 1))


def said(content: CategoryContent, rows, head=None, note="", title="", officials=frozenset()) -> Said:
    """Return a posting of the third quarter."""
    numbered = list(enumerate(rows, start=1))
    return Said(
        content=content,
        span=SPAN,
        title=title,
        head=head or {},
        rows=numbered,
        note=note,
        is_nil=False,
        officials=officials,
    )


def all_words(table: PublicTable) -> str:
    """Return everything that a table can tell anybody."""
    header, rows = csv_rows(table)
    cells = [cell for row in table.rows for cell in row.cells]
    texts = [table.title, table.note, *(line.text for line in table.head), *cells, *(table.totals or ())]
    return "\n".join([*texts, searched_words(table), *header, *(cell for row in rows for cell in row)])


@settings(max_examples=100)
@given(st.data())
def test_nobody_reads_more_than_the_category_lets_him(data):
    content = data.draw(contents())
    rows = data.draw(st.lists(filled(content.columns), min_size=1, max_size=4))
    head = data.draw(filled(content.fields))
    everything = [*((column, head) for column in content.fields)]
    everything += [(column, cells) for column in content.columns for cells in rows]
    named = [str(cells[column.key]) for column, cells in everything if column.kind is ColumnKind.PERSON]
    note = f"说明：{'，'.join(name for name in named if name != 'None')}。"
    posting = said(content, rows, head, note=note, title=f"关于{named[0] if named else '某事'}")
    for audience in (Audience.WEB, Audience.PAPER):
        words = all_words(public_table(posting, audience=audience))
        open_in_full = _in_full(everything, audience, posting)
        for column, cells in everything:
            value = cells[column.key]
            if column.kind in {ColumnKind.PERSON, ColumnKind.PARTY} and value and set(value) & set(GIVEN):
                assert value not in words or value in open_in_full
            if column.kind in {ColumnKind.IDENTITY, ColumnKind.CARD, ColumnKind.PHONE} and value:
                assert value not in words or value in open_in_full


def _in_full(everything, audience: Audience, posting: Said) -> set[object]:
    """Return the values that the category itself shows to the audience in full, in any column."""
    return {
        cells[column.key]
        for column, cells in everything
        if shown_cell(column, cells[column.key], audience=audience) == cells[column.key]
    }


def test_a_name_is_covered_wherever_it_stands():
    rows = [
        {"household": "张阿德", "amount": 72_000, "remark": "张阿德本人领取，李 国庆代领"},
        {"household": "李国庆", "amount": 7_000, "remark": "邻居张阿德"},
    ]
    posting = said(RELIEF, rows, head={"basis": "张阿德户"}, note="困难户陈小妹，另行公示", title="张阿德等")
    web = public_table(posting, audience=Audience.WEB)
    assert [row.cells for row in web.rows] == [
        ("张*", "", "720.00", "", "张*本人领取，李*代领"),
        ("李*", "", "70.00", "", "邻居张*"),
    ]
    assert web.head[0].text == "张*户"
    assert web.note == "困难户陈*，另行公示"
    assert web.title == "张*等"
    assert web.hidden == 2
    assert web.totals == ("", "", "790.00", "", "")


def test_a_column_in_full_tells_its_own_name_only():
    parent = Column(key="parent", name="监护人", kind=ColumnKind.PERSON)
    content = CategoryContent(**{**RELIEF.__dict__, "columns": (*RELIEF.columns, parent)})
    rows = [
        {"household": "张阿德", "amount": 100, "parent": "张阿德"},
        {"household": "李国庆", "amount": 100, "parent": "王永根（代张阿德）"},
    ]
    web = public_table(said(content, rows), audience=Audience.WEB)
    assert [row.cells[-1] for row in web.rows] == ["张阿德", "王永根（代张*）"]


def test_paper_tells_the_name_and_neither_tells_the_never_column():
    rows = [
        {"household": "张阿德", "amount": 72_000, "phone": "13800001234", "identity": identity_of("19580302")},
        {"household": "陈海涛", "amount": 100, "remark": "13800001234"},
    ]
    posting = said(RELIEF, rows, officials=frozenset({"陈海涛"}))
    paper = public_table(posting, audience=Audience.PAPER)
    assert paper.rows[0].cells == ("张阿德", "", "720.00", "", "138****1234", "")
    assert paper.rows[1].cells[-1] == "138****1234"
    web = public_table(posting, audience=Audience.WEB)
    assert web.rows[1].cells == ("陈海涛", "", "1.00", "", "****")
    officials = public_table(posting, audience=Audience.NEVER)
    assert officials.rows[0].cells[5] == identity_of("19580302")
    assert officials.hidden == 0


def test_a_child_under_14_has_no_name_on_web_or_paper():
    rows = [
        {"household": "张小宝", "amount": 100, "identity": identity_of("20121001"), "phone": "13800001234"},
        {"household": "张大宝", "amount": 100, "identity": identity_of("20120930"), "remark": "张小宝之兄"},
    ]
    for audience in (Audience.WEB, Audience.PAPER):
        table = public_table(said(RELIEF, rows), audience=audience)
        assert table.rows[0].cells[0] == CHILD
        assert "张小宝" not in all_words(table)
        assert table.rows[1].cells[-1] == f"{CHILD}之兄"
    paper = public_table(said(RELIEF, rows), audience=Audience.PAPER)
    assert paper.rows[0].cells[4] == HIDDEN
    # 14 on the last day of the span: no child any more.
    assert paper.rows[1].cells[0] == "张大宝"
    assert public_table(said(RELIEF, rows), audience=Audience.NEVER).rows[0].cells[0] == "张小宝"


def test_a_covered_column_has_no_total():
    content = CategoryContent(
        name="报酬",
        affairs=Affairs.VILLAGE,
        sheet=Sheet.TABLE,
        cadence=Cadence.QUARTER,
        columns=(
            Column(key="pay", name="报酬", kind=ColumnKind.MONEY, has_total=True, web_mask=Mask.HIDDEN),
            Column(key="area", name="面积", kind=ColumnKind.NUMBER, has_total=True),
        ),
    )
    posting = said(content, [{"pay": 123_400, "area": "0.1"}, {"pay": 100, "area": "0.2"}])
    assert public_table(posting, audience=Audience.WEB).totals == ("", "0.3")
    assert public_table(posting, audience=Audience.PAPER).totals == ("1,235.00", "0.3")


def test_two_thousand_rows_are_covered_in_a_moment():
    rows = [
        {
            "household": f"张{GIVEN[number % 10]}{GIVEN[number // 10 % 10]}" if number % 3 else f"李{number}某",
            "amount": number * 100,
            "identity": identity_of("19580302", 100 + number % 900),
            "remark": f"与张{GIVEN[number % 10]}{GIVEN[3]}同住，{number}号",
        }
        for number in range(1, 2001)
    ]
    begun = time.process_time()
    table = public_table(said(RELIEF, rows), audience=Audience.WEB)
    assert time.process_time() - begun < 5
    assert len(table.rows) == 2000
    assert GIVEN[3] not in all_words(table)


def test_the_sum_of_nothing_is_not_told_as_nought():
    keys = {"name": ColumnKind.TEXT, "given": ColumnKind.MONEY, "left": ColumnKind.MONEY}
    columns = tuple(
        Column(key=key, name=key, kind=kind, has_total=kind is ColumnKind.MONEY) for key, kind in keys.items()
    )
    content = replace(RELIEF, columns=columns)
    filled_in = said(content, [{"name": "补助", "given": 300_000}, {"name": "奖励", "given": 0}])
    assert public_table(filled_in, audience=Audience.WEB).totals == ("", "3,000.00", "")
    assert public_table(said(content, [{"name": "补助"}]), audience=Audience.WEB).totals is None
