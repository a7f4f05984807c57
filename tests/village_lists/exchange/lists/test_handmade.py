"""Workbooks that people made: read as a person reads them, every mistake named at its cell."""

import json

import openpyxl
import pytest

from tests.village_lists.exchange.lists.handmade import SAMPLES, WORKBOOKS
from village_lists.editions.contents import PostingContent, ProcedureUse, StepTie
from village_lists.editions.rules import content_problems
from village_lists.exchange.lists.book_reading import read_list_workbook
from village_lists.exchange.lists.files import read_list_file
from village_lists.exchange.sheets import read_workbook
from village_lists.flowcharts.graph import DayKind, NodeKind, Posting
from village_lists.people.models import PostKind
from village_lists.powers.models import ItemKind


def read_sample(name):
    return read_list_file(SAMPLES / f"{name}.xlsx")


def made(tmp_path, **sheets):
    """Return the reading of a workbook with these sheets of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = tmp_path / "made.xlsx"
    book.save(file)
    return read_list_workbook(read_workbook(file))


def told(reading):
    return [(problem.spot.sheet, problem.spot.cell, problem.sentence) for problem in reading.problems]


def exits(graph):
    return {(edge.source, edge.target, edge.label) for edge in graph.edges}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_samples_are_what_their_script_makes(name, tmp_path):
    WORKBOOKS[name]().save(tmp_path / "again.xlsx")
    assert read_workbook(tmp_path / "again.xlsx").sheets == read_workbook(SAMPLES / f"{name}.xlsx").sheets


@pytest.mark.parametrize("name", ["four-classes", "other-shape"])
def test_a_hand_made_list_could_be_published_as_it_is(name):
    reading = read_sample(name)
    assert told(reading) == []
    assert content_problems(reading.content) == []
    assert reading.content.is_sample


def test_four_classes_with_two_levels_twenty_items_bands_loops():
    content = read_sample("four-classes").content
    assert content.title == "宁川县村级事务清单（示例，待当地确认）"
    tops = [one for one in content.categories if not one.parent]
    assert [one.name for one in tops] == ["集体资产", "便民服务", "村务管理", "协助政府"]
    assert [one.name for one in content.categories if one.parent == tops[0].code] == ["采购", "出租", "处置"]
    items = {item.name: item for item in content.items}
    assert len(items) == 20
    assert [item.code for item in content.items][4:7] == ["A05", "B01", "B02"]
    assert items["发放救灾物资"].kind is ItemKind.ASSIST
    assert items["店面房出租"].papers == ("租赁方案", "评估报告")
    assert items["鱼塘山林发包"].papers == ("发包方案", "会议记录", "合同")
    assert items["鱼塘山林发包"].bases[0].law == "农村集体经济组织法"
    assert items["村级物资采购"].procedures == (
        ProcedureUse(slug="p1", below_key="amounts.yuan5000"),
        ProcedureUse(slug="p2", from_key="amounts.yuan5000", below_key="amounts.yuan50000"),
        ProcedureUse(slug="p3", from_key="amounts.yuan50000"),
    )
    assert [one.suggested_fen for one in content.thresholds] == [500_000, 5_000_000]


def test_steps_of_a_sheet_get_decisions_loops_and_an_end():
    content = read_sample("four-classes").content
    graph = {one.title: one.graph for one in content.procedures}["小额采购"]
    assert [node.kind for node in graph.nodes] == [
        NodeKind.START,
        NodeKind.STEP,
        NodeKind.STEP,
        NodeKind.DECISION,
        NodeKind.STEP,
        NodeKind.END,
    ]
    assert {("3", "4", "合适"), ("3", "2", "太贵")} <= exits(graph)
    bought = graph.nodes[4]
    assert bought.posting == Posting(what="采购结果", where="村务公开栏", days=7)
    assert bought.evidence == ("验收单", "发票")
    assert (graph.nodes[1].limit_days, graph.nodes[1].limit_kind) == (2, DayKind.WORKING)


def test_steps_in_one_cell_have_who_does_them_in_brackets():
    content = read_sample("four-classes").content
    graph = {one.title: one.graph for one in content.procedures}["鱼塘山林发包"]
    assert [(node.title, node.actor) for node in graph.nodes] == [
        ("开始", ""),
        ("提出方案", "合作社理事会"),
        ("成员代表会议表决", "成员代表会议"),
        ("公示", "村股份经济合作社"),
        ("签订合同", "理事长"),
        ("办结", ""),
    ]


def test_notes_remarks_and_strange_columns_are_told_and_left_out():
    notices = "\n".join(str(notice) for notice in read_sample("four-classes").notices)
    for words in ("O7 格在表格旁边", "M 列「内部编号」", "注：1.本表为示例", "2.时限从", "会议草稿", "没有编号"):
        assert words in notices


def test_another_shape_with_a_cover_in_pairs_two_header_rows_and_ties():
    content = read_sample("other-shape").content
    assert content.note == "虚构的示例，待当地确认。\n每年一月核对一次。"
    meeting = content.items[1]
    assert meeting.conditions == ("三分之二以上代表到场", "提前五天通知")
    assert {one.code: one.parent for one in content.categories}["fu-2"] == "fu"
    graph = {one.title: one.graph for one in content.procedures}["村民代表会议"]
    assert {("2", "3", ""), ("2", "4", ""), ("6", "7", "够"), ("6", "1", "不够")} <= exits(graph)
    assert len([node for node in graph.nodes if node.kind is NodeKind.END]) == 1
    assert content.prohibitions[0].steps == (StepTie(item_code="C-1", node_key="6"),)
    assert content.prohibitions[2].posts == (PostKind.CLERK, PostKind.SECRETARY)


def test_every_mistake_of_the_broken_workbook_is_told_at_its_cell():
    reading = read_sample("broken")
    expected = json.loads((SAMPLES / "broken.expected.json").read_text(encoding="utf-8"))
    assert len(expected) >= 12
    assert told(reading) == [(one["sheet"], one["cell"], one["words"]) for one in expected]
    assert reading.content is None


HEAD = ("大类", "事项名称", "责任主体", "一句话说明", "办理流程")


def test_one_sheet_of_any_name_is_enough(tmp_path):
    reading = made(tmp_path, Sheet1=[HEAD, ("甲", "采购", "村委会", "买东西。", "1.提议 2.商议 3.决议")])
    assert told(reading) == [("Sheet1", "", "清单还没有名称")]
    titles = [node.title for node in reading.content.procedures[0].graph.nodes]
    assert titles == ["开始", "提议", "商议", "决议", "办结"]
    assert reading.content.items[0].kind is ItemKind.POWER


def test_no_items_at_all_is_one_problem(tmp_path):
    assert told(made(tmp_path, 工资=[("姓名", "金额"), ("某人", 1)])) == [
        ("", "", "找不到叫「事项」的表；清单至少要有这一张")
    ]
    reading = made(tmp_path, 事项=[("甲", "乙"), ("丙", "丁")])
    assert told(reading)[0] == ("事项", "A1", "前 8 行里找不到表头，应当有「事项名称」这样的列")


def test_columns_in_any_order_under_a_title(tmp_path):
    reading = made(
        tmp_path,
        事项=[
            ("示例清单",),
            (),
            (),
            ("一句话", "步  骤", "＊事项名称（全称）", "责任 单位", "一级分类", "二级分类", "三级分类"),
            ("说明。", "甲→乙", "采购", "村委会", "一", "二", "三"),
        ],
    )
    assert told(reading) == []
    assert [(one.code, one.parent) for one in reading.content.categories] == [
        ("c1", ""),
        ("c1-1", "c1"),
        ("c1-1-1", "c1-1"),
    ]
    assert reading.content.items[0].category == "c1-1-1"


def test_a_class_that_is_not_written_again_is_that_of_the_row_above(tmp_path):
    rows = [("清单",), HEAD, ("甲", "一", "村委会", "说明。", "a→b"), (None, "二", "村委会", "说明。", "a→b")]
    reading = made(tmp_path, 事项=rows)
    assert [item.category for item in reading.content.items] == ["c1", "c1"]
    assert any("按上面一行的「甲」算" in str(notice) for notice in reading.notices)


STEP = ("事项", "步骤", "谁来做", "下一步", "类型")
ITEMS = [("清单",), HEAD, ("甲", "采购", "村委会", "说明。", None)]


@pytest.mark.parametrize(
    ("steps", "words", "cell"),
    [
        ([("采购", "甲", "某人", "乙、丙、丁"), ("采购", "乙", "某人", None)], "不是这张流程图里的步骤", "D2"),
        ([("采购", "甲", "某人", "1、2"), ("采购", "乙", "某人", None)], "有几个去处", "D2"),
        ([("采购", "甲", "某人", "同意→2"), ("采购", "乙", "某人", None)], "只写了", "D2"),
        ([("采购", "甲", "某人", None, "奇怪")], "不认识，可以写", "E2"),
        ([(None, "甲", "某人", None)], "没有写这一步属于哪个", "A2"),
        ([("采购", None, "某人", None)], "没有写步骤名称", "B2"),
        ([("采购", "甲", None, None)], "没写由谁来做", "B2"),
        ([("卖房", "甲", "某人", None)], "没有「卖房」这个事项", "A2"),
    ],
)
def test_what_a_step_leaves_unclear_is_told_at_its_cell(tmp_path, steps, words, cell):
    problems = told(made(tmp_path, 事项=ITEMS, 步骤=[STEP, *steps]))
    assert [one for one in problems if one[:2] == ("步骤", cell) and words in one[2]], problems


def test_steps_in_both_places_are_told(tmp_path):
    items = [("清单",), HEAD, ("甲", "采购", "村委会", "说明。", "a→b")]
    problems = told(made(tmp_path, 事项=items, 步骤=[STEP, ("采购", "甲", "某人", None)]))
    assert problems == [("事项", "E3", "「采购」的步骤在「步骤」表里也写了，只能写一处")]


def test_two_sheets_for_one_thing_and_two_columns_for_one_thing_are_told(tmp_path):
    head = ("大类", "事项名称", "事项", "责任主体", "一句话说明", "办理流程")
    rows = [("清单",), head, ("甲", "采购", "采购", "村委会", "说明。", "a→b")]
    problems = told(made(tmp_path, 事项=rows, 事项表=rows))
    assert ("事项表", "", "「事项表」和「事项」像是同一张表，请并成一张") in problems
    assert ("事项", "C2", "「事项」这一列和「事项名称」是一个意思，只能有一列") in problems


def test_postings_of_an_item_may_stand_in_its_row(tmp_path):
    rows = [("清单",), (*HEAD, "公示内容"), ("甲", "采购", "村委会", "说明。", "a→b", "结果、合同")]
    reading = made(tmp_path, 事项=rows)
    assert reading.content.items[0].postings == (PostingContent(what="结果"), PostingContent(what="合同"))


def test_a_text_that_no_table_holds_is_told_before_it_is_stored(tmp_path):
    rows = [("清单",), HEAD, ("甲", "长" * 81, "村委会", "说明。", "a→b")]
    reading = made(tmp_path, 事项=rows)
    assert reading.content is None
    assert ("事项", "B3", f"「{'长' * 12}…」太长，最多 80 个字") in told(reading)


def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"%PDF-1.7")
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe\x00")
    assert ["这不是表格文件" in told(read_list_file(tmp_path / "x.xlsx"))[0][2]] == [True]
    assert ["UTF-8" in told(read_list_file(tmp_path / "x.yaml"))[0][2]] == [True]
