"""Workbooks as a spreadsheet user makes them, all invented: run this module to write them to tests/samples/lists again.

`python -m tests.village_lists.exchange.lists.handmade`
"""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "lists"
MARK = "示例，待当地确认"
THIN = Side(style="thin", color="888888")
YELLOW = PatternFill("solid", fgColor="FFF2CC")
GREEN = PatternFill("solid", fgColor="E2EFDA")
Rows = Sequence[Sequence[object]]

ITEMS_BY_CLASS: Rows = (
    # 大类, 小类, 名称, 类型, 责任主体, 说明, 材料, 时限, 收费, 流程（一格里的）, 依据
    ("集体资产", "采购", "村级物资采购", "权力", "村民委员会", "村里买东西，先报计划，多少钱走多少钱的流程。",
     "采购申请单\n询价记录", "按流程办", "不收费", None, MARK),
    ("集体资产", "采购", "村级服务外包", "权力", "村民委员会", "保洁、绿化请人做，要公开比价。",
     "方案、报价单", "一个月内", "不收费",
     "1.提出方案（村民委员会） 2.两委商议（村党支部） 3.公开比价（采购小组） 4.公布结果（村文书）", MARK),
    ("集体资产", "出租", "店面房出租", "权力", "村股份经济合作社", "村里的店面出租，到期前两个月公开招租。",
     "租赁方案；评估报告", "60日", "不收费", None, MARK),
    ("集体资产", "出租", "鱼塘山林发包", "权力", "村股份经济合作社", "鱼塘、山林承包出去，要开会、要公示。",
     "1.发包方案 2.会议记录 3.合同", "60日", "不收费",
     "提出方案（合作社理事会）→成员代表会议表决（成员代表会议）→公示→签订合同（理事长）",
     "《农村集体经济组织法》第三十五条，示例"),
    ("集体资产", "处置", "报废资产处理", "权力", "村股份经济合作社", "用坏的东西怎么处理，要登记、要估价。",
     "报废清单", "30日", "不收费", "1、清点登记 2、估价 3、会议同意 4、变卖入账", MARK),
    ("便民服务", "证明", "开具居住证明", "服务", "村民委员会", "住在村里的人要证明，带身份证当天可以办。",
     "身份证、户口簿", "当天", "不收费", "1.受理（代办员）\n2.核实（网格员）\n3.盖章（村文书）", MARK),
    ("便民服务", "证明", "亲属关系说明", "服务", "村民委员会", "派出所查不到的，村里核实后写情况说明。",
     "身份证、申请书", "3个工作日", "不收费", None, MARK),
    ("便民服务", "救助", "临时救助申请", "服务", "村民委员会", "家里突然遇到难事，可以申请一次性救助。",
     "申请书、身份证、困难证明材料", "10个工作日", "不收费", None, MARK),
    ("便民服务", "救助", "低保申请", "服务", "村民委员会", "收入低于标准的，村里帮着报到镇里。",
     "申请书、收入证明", "30个工作日", "不收费",
     "1.申请（本人） 2.入户核查（村干部两人以上） 3.民主评议（评议小组） 4.公示七天（村文书） 5.上报（村文书）", MARK),
    ("便民服务", "养老", "居家养老报名", "服务", "老年协会", "六十岁以上可以报名吃饭、理发。",
     "身份证", "5个工作日", "餐费按公示价", "报名（本人）→核对（老年协会）→安排服务（老年协会）", MARK),
    ("村务管理", "建房", "宅基地申请", "服务", "村民委员会", "建房先申请，四到场，批了才能动工。",
     "申请书、身份证、户口簿、设计图", "90日", "不收费", None, MARK),
    ("村务管理", "建房", "危房翻修", "服务", "村民委员会", "房子危险了可以原地翻修，先做鉴定。",
     "申请书、鉴定报告", "30日", "不收费",
     "1.申请（户主） 2.鉴定（鉴定机构） 3.审核（村民委员会） 4.报镇批准（乡镇）", MARK),
    ("村务管理", "印章", "公章使用", "权力", "村民委员会", "盖公章要登记，谁批的、盖了什么都记下来。",
     "用印申请单", "当天", "不收费", None, MARK),
    ("村务管理", "人员", "聘用村工作人员", "权力", "村党支部", "请人做事要公开报名，近亲属要回避。",
     "报名表", "30日", "不收费",
     "1.定岗位（两委会） 2.公开报名（村文书） 3.考察（考察小组） 4.公示（村文书） 5.聘用（村党支部）", MARK),
    ("村务管理", "公开", "村务公开", "责任", "村务监督委员会", "每月十号前把账和事贴出来。",
     "公开审核表", "每月十日前", "不收费", None, MARK),
    ("协助政府", "防汛", "转移危险地带群众", "协助", "村民委员会", "台风来之前挨家挨户通知，转移到安置点。",
     "转移名册", "按预警时间", "不收费", None, MARK),
    ("协助政府", "防汛", "发放救灾物资", "协助", "村民委员会", "物资到了要登记、公示，按户发。",
     "发放表", "2日", "不收费", "1.登记（村文书） 2.公示名单（村文书） 3.发放签字（村民委员会）", MARK),
    ("协助政府", "农业", "种粮补贴申报", "协助", "村民委员会", "种了多少报多少，村里量一量、贴一贴再报。",
     "申报表", "15个工作日", "不收费", None, MARK),
    ("协助政府", "农业", "动物防疫登记", "协助", "村级防疫员", "养了猪羊鸡鸭要登记打针。",
     "登记表", "3日", "疫苗免费", None, MARK),
    ("协助政府", "户籍", "出生人口信息上报", "协助", "村民委员会", "生了孩子告诉村里，帮你网上登记。",
     "出生医学证明", "3日", "不收费", None, MARK),
)  # fmt: skip

STEPS: Rows = (
    # 流程, 事项, 步骤, 谁来做, 时限, 材料, 公示（什么/在哪/几天）, 风险点, 下一步
    ("小额采购", None, "报采购计划", "村报账员", "2个工作日", "采购申请单", None, "拆成小单", None),
    (None, None, "两人以上询价", "采购小组", "3日", "询价记录", None, None, None),
    (None, None, "价格合适吗", "村民委员会主任", None, None, None, None, "合适→采购验收；太贵→两人以上询价"),
    (None, None, "采购验收", "采购小组", "5日", "验收单、发票", "采购结果/村务公开栏/7天", "不验收就付款", None),
    ("比价采购", None, "两委会商议", "村党支部、村民委员会", "5个工作日", "会议记录", None, None, None),
    (None, None, "三家以上比价", "采购小组", "7日", "比价表", "比价结果／村务公开栏／5天", "围标", None),
    (None, None, "签合同、验收", "村民委员会", "15日", "合同\n验收单", None, None, "结束"),
    ("交易中心采购", None, "五议两公开", "村党支部", "20日", "决议", "决议/公开栏/7天", None, None),
    (None, None, "进乡镇交易中心", "乡镇交易中心", "30日", "中标通知书", None, "泄露标底", None),
    (None, None, "按合同验收", "村务监督委员会", "10日", "验收单", "合同和验收/公开栏/15天", None, None),
    (None, "店面房出租", "提出招租方案", "合作社理事会", "5个工作日", "方案", None, "底价太低", None),
    (None, None, "成员代表会议表决", "成员代表会议", "10日", "表决票", None, None,
     "通过→公开招租；没通过→提出招租方案"),
    (None, None, "公开招租", "合作社", "15日", "公告", "招租公告/公开栏/7天", "量身定做", None),
    (None, None, "有人来租吗", "理事长", None, None, None, None, "有→签合同；没有→公开招租"),
    (None, None, "签合同", "理事长", "3个工作日", "租赁合同", "租金和期限/公开栏/15天", None, None),
    (None, "亲属关系说明", "受理", "代办员", "当日", None, None, None, None),
    (None, None, "派出所能查到吗", "代办员", "1个工作日", None, None, None, "能→结束；不能→核实"),
    (None, None, "核实", "村民小组长", "1个工作日", "核实记录", None, "假证明", None),
    (None, None, "写说明、盖章", "村文书", "1个工作日", "用印登记", None, None, None),
    (None, "临时救助申请", "受理申请", "代办员", "1个工作日", "申请书", None, "优亲厚友", None),
    (None, None, "入户核实", "村干部两人", "3个工作日", "核实表", None, None, None),
    (None, None, "符合条件吗", "村民委员会", None, None, None, None, "符合→公示；不符合→告诉理由"),
    (None, None, "公示", "村文书", "3日", "照片", "救助名单/公开栏/3天", None, "上报"),
    (None, None, "告诉理由", "代办员", "1个工作日", None, None, None, "结束"),
    (None, None, "上报", "村文书", "2个工作日", "上报表", None, None, None),
    (None, "宅基地申请", "户主申请", "户主", None, "申请书", None, None, None),
    (None, None, "小组会议讨论", "村民小组", "7日", "会议记录", None, None, None),
    (None, None, "村里审查", "村民委员会", "5个工作日", "审查表", "申请人、位置、面积/公开栏/5天", "少批多建", None),
    (None, None, "有人反对吗", "村民委员会", None, None, None, None, "没有→报镇批准；有→小组会议讨论；说不清→村里审查"),
    (None, None, "报镇批准", "乡镇政府", "20个工作日", "批准书", "批准结果/公开栏/15天", None, None),
    (None, "公章使用", "填用印单", "经办人", "当天", "用印单", None, None, None),
    (None, None, "该不该盖", "村党支部书记", None, None, None, "盖空白纸", "该→盖章登记；不该→退回"),
    (None, None, "盖章登记", "印章保管人", "1日", "登记簿", "用印登记/公开栏/30天", None, "结束"),
    (None, None, "退回", "印章保管人", "1日", None, None, None, "结束"),
    (None, "种粮补贴申报", "农户申报", "种粮农户", "5日", "申报表", None, "虚报面积", None),
    (None, None, "量地核对", "村农技员", "7日", "丈量表", None, None, None),
    (None, None, "公示", "村文书", "7日", "照片", "姓名和面积/公开栏/7天", None, None),
    (None, None, "有人有意见吗", "村务监督委员会", None, None, None, None, "有→量地核对；没有→上报"),
    (None, None, "上报", "村文书", "2个工作日", "汇总表", None, None, None),
)  # fmt: skip

PROHIBITIONS: Rows = (
    (1, "不准拆成小单躲开比价", MARK, "警示谈话", "采购经办人", "村级物资采购", None, "报账员"),
    (2, "不准泄露标底", MARK, "停职检查", "采购小组", "村级物资采购", "村级物资采购／进乡镇交易中心", None),
    (3, "不准低价出租集体资产", "《农村集体经济组织法》第三十五条", "退赔", "理事长", "店面房出租、鱼塘山林发包",
     "店面房出租／提出招租方案", "村党组织书记、村委会主任"),
    (4, "不准给亲戚开假证明", MARK, "警示谈话", "村干部", None, "亲属关系说明／核实", None),
    (5, "不准盖空白纸", MARK, None, "印章保管人", "公章使用", None, None),
    (6, "不准收办事人的烟酒", MARK, "退还、检讨", "全体村干部", None, None, "报账员、村党组织书记、村委会主任"),
)  # fmt: skip


def four_classes() -> openpyxl.Workbook:
    """Return a list with titles, merged classes, blank rows, notes, colours, a hidden column and a stray remark."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "事项表"
    _title(sheet, "宁川县村级事务清单（示例，待当地确认）", 12)
    sheet["A2"] = "填报单位：宁川县（虚构）"
    sheet["I2"] = "2026年11月"
    heads = ("序号", "大类", "小类", "事 项\n名 称", "类型", "责任主体", "说明", "所需材料", "办理时限", "收费",
             "办理流程", "依据", "内部编号")  # fmt: skip
    _head(sheet, 4, heads)
    row = 5
    spans: dict[tuple[int, str, str], list[int]] = {}
    for number, item in enumerate(ITEMS_BY_CLASS, 1):
        if number in (6, 16):
            row += 1  # a blank row between classes
        for column, value in enumerate((number, *item, f"内{number:03d}"), 1):
            cell = sheet.cell(row, column, value)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.border = Border(THIN, THIN, THIN, THIN)
        spans.setdefault((2, str(item[0]), ""), []).append(row)
        spans.setdefault((3, str(item[0]), str(item[1])), []).append(row)
        row += 1
    for (column, _, _), rows in spans.items():
        if len(rows) > 1 and column == 2 and rows == list(range(rows[0], rows[-1] + 1)):
            sheet.merge_cells(start_row=rows[0], end_row=rows[-1], start_column=column, end_column=column)
        elif len(rows) > 1 and column == 2:
            for later in rows[1:]:
                sheet.cell(later, column).value = None
    for (column, _, _), rows in spans.items():
        if len(rows) > 1 and column == 3:
            sheet.merge_cells(start_row=rows[0], end_row=rows[-1], start_column=column, end_column=column)
    sheet.column_dimensions["M"].hidden = True
    sheet["O7"] = "老王：这里再问一下镇里"
    sheet["O7"].font = Font(color="FF0000", italic=True)
    sheet["D6"].fill = YELLOW
    sheet.cell(row + 1, 1, "注：1.本表为示例，全部内容都是编的。")
    sheet.merge_cells(start_row=row + 1, end_row=row + 1, start_column=1, end_column=12)
    sheet.cell(row + 2, 1, "2.时限从材料齐全的第二天算起。")
    sheet.merge_cells(start_row=row + 2, end_row=row + 2, start_column=1, end_column=12)
    _amount_sheets(book)
    _steps_sheet(book)
    _prohibitions_sheet(book)
    draft = book.create_sheet("会议草稿")
    draft["A1"] = "这张不用管"
    return book


def _title(sheet: Worksheet, text: str, columns: int) -> None:
    sheet["A1"] = text
    sheet["A1"].font = Font(size=18, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=columns)


def _head(sheet: Worksheet, row: int, heads: Sequence[str]) -> None:
    for column, text in enumerate(heads, 1):
        cell = sheet.cell(row, column, text)
        cell.font = Font(bold=True)
        cell.fill = GREEN
        cell.alignment = Alignment(wrap_text=True, horizontal="center")


def _fill(sheet: Worksheet, first: int, rows: Rows) -> None:
    for number, values in enumerate(rows, first):
        for column, value in enumerate(values, 1):
            if value is not None:
                sheet.cell(number, column, value)


def _amount_sheets(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("金额档")
    _head(sheet, 1, ("名称", "金额（万元）"))
    _fill(sheet, 2, (("小额采购上限", 0.5), ("比价采购上限", 5)))
    sheet = book.create_sheet("流程")
    _head(sheet, 2, ("流程名称", "适用事项", "金额从（含）", "金额到（不含）"))
    _fill(
        sheet,
        3,
        (
            ("小额采购", "村级物资采购", None, "小额采购上限"),
            ("比价采购", "村级物资采购", "小额采购上限", "比价采购上限"),
            ("交易中心采购", "村级物资采购", "比价采购上限", None),
        ),
    )


def _steps_sheet(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("步骤")
    _title(sheet, "办事步骤（示例）", 9)
    heads = (
        "流程",
        "事项（编号或名称）",
        "步骤",
        "谁来做",
        "时限",
        "材料",
        "公示（什么/在哪/几天）",
        "风险点",
        "下一步",
    )
    _head(sheet, 2, heads)
    rows = [[("1日" if value in ("当天", "当日") else value) for value in values] for values in STEPS]
    _fill(sheet, 3, rows)
    starts = [number for number, values in enumerate(rows, 3) if values[1]] + [len(rows) + 3]
    for first, after in pairwise(starts):
        sheet.merge_cells(start_row=first, end_row=after - 1, start_column=2, end_column=2)


def _prohibitions_sheet(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("负面清单")
    _title(sheet, "负面清单（示例）", 8)
    heads = ("序号", "不准做什么", "依据", "后果", "约束谁", "涉及事项", "涉及步骤", "涉及岗位")
    _head(sheet, 3, heads)
    _fill(sheet, 4, PROHIBITIONS)
    sheet.cell(11, 1, "说明：以上各条都是示例。")


def other_shape() -> openpyxl.Workbook:
    """Return a list with a cover in two columns, categories in a sheet, headers in two rows and numbered steps."""
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "封面"
    _fill(
        cover,
        2,
        (
            ("清单名称", "白石镇村务事项清单（示例）"),
            ("清单说明", "虚构的示例，待当地确认。\n每年一月核对一次。"),
            ("是否示例", "是"),
        ),
    )
    sheet = book.create_sheet("1.分类表")
    _head(sheet, 1, ("上级分类", "分类", "代码"))
    tops = (("党务", "dang"), ("村务", "cun"), ("财务", "cai"), ("服务", "fu"))
    _fill(sheet, 2, [(None, name, code) for name, code in tops])
    _fill(sheet, 7, (("党务", "组织生活", "dang-1"), ("村务", "会议", "cun-1"), ("财务", "报销", "cai-1"),
                     ("服务", "代办", "fu-1"), ("fu", "出租", "fu-2")))  # fmt: skip
    sheet = book.create_sheet("2.事项清单")
    _head(sheet, 2, ("所属分类", "事项编号", "名称", "权力类型", "责任单位", "一句话", "办理", "", "", "依据"))
    sheet.merge_cells("G2:I2")
    for column in "ABCDEFJ":
        sheet.merge_cells(f"{column}2:{column}3")
    _fill(sheet, 3, ((None,) * 6 + ("条件", "材料", "时限"),))
    _fill(
        sheet,
        4,
        (
            ("组织生活", "D-1", "三会一课", "责任", "村党支部", "每月固定日子开会学习。",
             "党员都来", None, "每月", MARK),
            ("会议", "C-1", "村民代表会议", "权力", "村民委员会", "大事要开会，三分之二到场才算数。",
             "1.三分之二以上代表到场\n2.提前五天通知", "通知、签到表、决议", "按流程", MARK),
            ("报销", "F-1", "差旅报销", "权力", "报账员", "出差回来十天内报销。", None, "车票；审批单", "10个工作日",
             "《某镇村级财务办法》第三条，限额内实报"),
            ("代办", "S-1", "代缴水费", "便民服务", "代办员", "老人不会手机缴费的，代办员帮着缴。", None, "户号",
             "当天", MARK),
            ("出租", "S-2", "出租房登记", "便民服务", "网格员", "房子出租三天内登记。",
             None, "身份证、租赁合同", "3日", MARK),
        ),
    )  # fmt: skip
    sheet = book.create_sheet("3.流程步骤")
    heads = ("步骤号", "事项编号", "环节", "责任人", "时限", "类型", "去处", "公示内容", "公示地点", "公示天数", "风险")
    _head(sheet, 1, heads)
    _fill(
        sheet,
        2,
        (
            (1, "C-1", "提出议题", "村党支部", "五个工作日", None, None),
            (2, "C-1", "同时准备", None, None, "并行", "3、4"),
            (3, "C-1", "发通知", "村文书", "5日", None, "5"),
            (4, "C-1", "准备材料", "村文书", "5日", None, "5"),
            (5, "C-1", "都准备好", None, None, "并行", "6"),
            (6, "C-1", "到场够三分之二吗", "监委会主任", None, "判断", "够→7\n不够→返回1"),
            (7, "C-1", "表决", "村民代表", "1日", None, None, "决议", "公开栏、各小组", "15天", "代签"),
            (8, "C-1", "办结", None, None, "结束", None),
            (1, "F-1", "填单", "经办人", "2日", None, None),
            (2, "F-1", "审核", "监委会主任", "3日", None, "同意：3；退回：第1步"),
            (3, "F-1", "付款", "报账员", "5日", None, None),
            (1, "S-1", "登记", "代办员", "1日", None, None),
            (2, "S-1", "代缴", "代办员", "1日", None, None),
            (1, "S-2", "上门登记", "网格员", "3日", None, None),
        ),
    )
    sheet = book.create_sheet("禁止事项")
    _head(sheet, 1, ("内容", "事项", "步骤", "岗位", "违反后果"))
    _fill(
        sheet,
        2,
        (
            ("不准替别人签到", "C-1", "C-1.6", "主任", "会议作废重开"),
            ("不准用公款请客", None, None, None, "退赔"),
            ("不准报销别人的票", "差旅报销", "F-1／2", "报账员\n村书记", None),
        ),
    )
    return book


def broken() -> openpyxl.Workbook:
    """Return a list with all the mistakes that broken.expected.json beside it names."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "清单"
    _fill(sheet, 1, (("清单名称", "清单说明", "是否示例"), ("坏的清单（示例）", None, "是")))
    sheet = book.create_sheet("分类")
    rows: Rows = (
        ("代码", "名称", "上级"),
        ("a", "甲类", None),
        ("b", "乙类", None),
        ("a", "丙类", None),
        ("d", "丁类", "没有的"),
    )
    _fill(sheet, 1, rows)
    sheet = book.create_sheet("事项")
    rows = (
        ("编号", "名称", "类型", "分类", "一句话", "办理流程", "责任主体"),
        ("A01", "采购", "权力", "a", "买东西。", None, "村委会"),
        ("A02", "租房", "权力", "b", "租出去。", None, "村委会"),
        (date(2026, 1, 2), None, "权力", "甲类", "没名字。", "1.提出 2.办理", "村委会"),
        ("A01", "证明", "奇怪", "b", "开证明。", "受理→办结", "村委会"),
        ("A04", "救助", "服务", "没有这一类", "帮困难的人。", "受理→办结", "村委会"),
    )
    _fill(sheet, 1, rows)
    sheet = book.create_sheet("流程")
    rows = (("代码", "名称", "适用事项", "金额从（含）"), ("p1", "采购", "A01", None), ("p2", "大采购", "A01", "50000"))
    _fill(sheet, 1, rows)
    sheet = book.create_sheet("步骤")
    rows = (
        ("流程", "步骤", "谁来做", "时限", "材料", "公示天数", "下一步"),
        ("p1", "提出", "村委会", "3日", None, None, None),
        ("p1", "审核", "村委会", "很快", None, None, "同意→9；不同意→提出"),
        ("p1", "办理", "村委会", "一个月", None, "几天", None),
        ("p1", "验收", "村委会", None, None, None, "合格→结束"),
        ("p2", "招标", "村委会", "30日", None, None, None),
        ("p9", "不知道哪张图", "村委会", None, None, None, None),
    )
    _fill(sheet, 1, rows)
    sheet = book.create_sheet("负面清单")
    rows = (("编号", "不准做什么", "涉及事项", "涉及步骤", "涉及岗位"), ("N01", "不准乱来", "Z99", "随便", "皇帝"))
    _fill(sheet, 1, rows)
    sheet = book.create_sheet("依据")
    _fill(sheet, 1, (("事项编号", "法律法规", "内容"), ("A01", None, None)))
    sheet = book.create_sheet("公示")
    _fill(sheet, 1, (("事项编号", "公示什么", "天数"), ("没有的事项", "结果", "七七")))
    sheet = book.create_sheet("金额档")
    _fill(sheet, 1, (("名称", "金额"), ("上限", "很多")))
    return book


WORKBOOKS: dict[str, Callable[[], openpyxl.Workbook]] = {
    "four-classes": four_classes,
    "other-shape": other_shape,
    "broken": broken,
}


def write_samples(folder: Path = SAMPLES) -> None:
    """Write every workbook into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in WORKBOOKS.items():
        made().save(folder / f"{name}.xlsx")


if __name__ == "__main__":
    write_samples()
