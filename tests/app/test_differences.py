"""A difference made ready for a page: pieces of texts, groups, pages of a large difference."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.differences import MOST_ENTRIES, DifferenceView, Piece, difference_view, item_view, pieces
from app.settings import Settings
from tests.program import program
from tests.village_lists.editions.contents import chart, small_list
from village_lists.editions.contents import ItemContent, ListContent, ProcedureUse


@pytest.fixture(autouse=True)
def page(tmp_path: Path) -> Iterator[Flask]:
    """Work inside a request, whose language and type size the words take."""
    settings = Settings(
        instance=tmp_path,
        database_url="sqlite://",
        public_url="http://127.0.0.1:5000",
        secret_key="a secret of the tests alone, thirty-two",
        is_testing=True,
    )
    web = program(settings)
    with web.test_request_context("/"):
        yield web
    web.extensions["engine"].dispose()


def large(count: int) -> ListContent:
    """Return a list of so many items in the two classes, each with a chart of its own."""
    items = tuple(
        replace(
            ItemContent(code=f"X{number}", name=f"第{number}项", kind=small_list().items[0].kind, category="a1"),
            category="a1" if number % 2 else "b",
            procedures=(ProcedureUse(slug=f"p{number}"),),
        )
        for number in range(count)
    )
    procedures = tuple(chart(f"p{number}", f"流程{number}") for number in range(count))
    return replace(small_list(), items=items, procedures=procedures, prohibitions=())


def raised(content: ListContent) -> ListContent:
    """Return the list with another fee for every item."""
    return replace(content, items=tuple(replace(item, fee="五元") for item in content.items))


def view_of(count: int, *, chosen: str = "") -> DifferenceView:
    """Return the view of a difference of so many items, which can be paged."""
    content = large(count)
    link = "/changes?group={}".format
    return difference_view(
        content,
        raised(content),
        class_url=link,
        item_url="/changes/{}".format,
        chosen=chosen,
        before_name="原来",
        after_name="现在",
    )


def test_what_both_texts_have_is_cut_where_it_is_long():
    same = "先由村民委员会拟出方案再交村民代表会议讨论决定并且张榜公布"
    before, after = pieces(f"{same}，三天", f"{same}，五天")
    assert before[-2:] == (Piece(words="三", mark="gone"), Piece(words="天"))
    assert after[-2:] == (Piece(words="五", mark="new"), Piece(words="天"))
    assert before[0] == Piece(words="", mark="cut")
    assert "先由" not in "".join(piece.words for piece in before)


def test_texts_that_share_nothing_stand_whole():
    before, after = pieces("不收费", "每次五元")
    assert before == (Piece(words="不收费", mark="gone"),)
    assert after == (Piece(words="每次五元", mark="new"),)


def test_nothing_differs():
    view = difference_view(small_list(), small_list(), before_name="原来", after_name="现在")
    assert view.is_empty
    assert not view.groups
    assert not view.counts


def test_a_small_difference_stands_open():
    view = view_of(4)
    assert [(group.name, group.count) for group in view.groups] == [("村民的事", 2), ("集体的事", 2)]
    assert view.groups[0].entries[0].url == "/changes/X0"
    assert view.counts[0].words == "改动 4"


def test_a_large_difference_is_paged_class_by_class():
    closed = view_of(MOST_ENTRIES + 2)
    assert [group.entries for group in closed.groups] == [(), ()]
    assert closed.groups[0].url == "/changes?group=class-b"
    opened = view_of(MOST_ENTRIES + 2, chosen="class-b")
    assert [len(group.entries) for group in opened.groups] == [MOST_ENTRIES // 2 + 1, 0]


def test_without_pages_of_items_their_fields_and_charts_stand_there():
    content = large(1)
    graph = content.procedures[0].graph
    nodes = tuple(replace(node, actor="镇政府") if node.key == "vote" else node for node in graph.nodes)
    procedure = replace(content.procedures[0], graph=replace(graph, nodes=nodes))
    entry = (
        difference_view(
            content, replace(raised(content), procedures=(procedure,)), before_name="原来", after_name="现在"
        )
        .groups[0]
        .entries[0]
    )
    assert [row.name for row in entry.rows] == ["收费"]
    pair = entry.charts[0]
    assert "<svg" in str(pair.before.drawing)
    marked = [one.step.standing for one in pair.after.steps if one.step]
    assert marked == ["有改动：经办人由村民代表会议改为镇政府"]
    assert [one.skipped for one in pair.after.steps] == [2, 0, 1]


def test_an_item_that_is_gone_shows_what_it_said():
    content = large(2)
    view = item_view(
        content, replace(content, items=content.items[:1]), code="X1", before_name="原来", after_name="现在"
    )
    assert view.kind == "removed"
    assert "取消这一项" in view.sentences
    assert [row.name for row in view.rows] == ["性质", "分类"]


def test_an_item_that_did_not_change_has_no_view():
    content = large(2)
    assert item_view(content, content, code="X1", before_name="原来", after_name="现在") is None
