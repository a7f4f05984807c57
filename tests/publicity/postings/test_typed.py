"""The form: what fills it comes back the same, faults stay at their fields, empty rows are nothing."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from publicity.postings.rules import posting_problems
from publicity.postings.typed import read_typed, typed_of
from tests.publicity.postings.made import NOTICE, RELIEF, WORKS, contents, filled
from village_lists.periods import Cadence, Span

SPAN = Span.of(Cadence.QUARTER, date(2026, 9, 1))


@given(st.data())
def test_a_form_gives_back_the_posting_that_filled_it(data):
    content = data.draw(contents())
    head = data.draw(filled(content.fields))
    rows = [row for row in data.draw(st.lists(filled(content.columns), max_size=4)) if any(_said(row))]
    reading = read_typed(content, typed_of(content, head, rows))
    assert (reading.head, list(reading.rows), reading.problems) == (head, rows, ())


def _said(row):
    return (value is not None for value in row.values())


def test_empty_rows_go_and_faults_stay_where_they_were_typed():
    reading = read_typed(
        RELIEF,
        {
            "head-basis": " 县里的办法 ",
            "row-1-household": "张阿德",
            "row-1-amount": "720",
            "row-2-household": "  ",
            "row-7-household": "李明",
            "row-7-amount": "若干",
            "row-0-household": "没有",
            "row-8-unknown": "没有",
            "note": "一\r\n二 ",
            "is_nil": "",
        },
        span=SPAN,
    )
    assert (reading.head, reading.note, reading.is_nil) == ({"basis": "县里的办法"}, "一\n二", False)
    assert [row["household"] for row in reading.rows] == ["张阿德", "李明"]
    assert [(problem.field, problem.line) for problem in reading.problems] == [("row-2-amount", 2)]
    assert reading.typed["row-2-amount"] == "若干"
    assert read_typed(RELIEF, {"is_nil": "1"}).is_nil


def _problems(content, head, rows, *, is_nil=False, note=""):
    return [
        (problem.line, problem.column, problem.words % problem.values)
        for problem in posting_problems(content, head, rows, is_nil=is_nil, note=note)
    ]


def test_what_a_posting_lacks():
    assert _problems(RELIEF, {}, [{"household": "张阿德", "amount": 0}]) == []
    assert _problems(RELIEF, {}, [{"household": "张阿德"}]) == [(1, "amount", "第 1 行还没有填写「月保障金额」。")]
    assert "请选「本期没有发生」" in _problems(RELIEF, {}, [])[0][2]
    assert _problems(RELIEF, {}, [], is_nil=True) == []
    assert "还有 1 行" in _problems(RELIEF, {}, [{"household": "张阿德"}], is_nil=True)[0][2]
    assert [words for _, _, words in _problems(WORKS, {}, [])] == ["还没有填写任何一行。", "请填写「项目名称」。"]
    assert "不能用" in _problems(WORKS, {}, [], is_nil=True)[0][2]
    assert _problems(NOTICE, {}, [])[0][2] == "还没有填写任何内容。"
    assert _problems(NOTICE, {"meeting": "村民会议"}, []) == []
    assert "最多 5000 行" in _problems(RELIEF, {}, [{}] * 5001)[0][2]
