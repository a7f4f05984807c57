"""Charts of accounts: what the data files hold, what they may not, and what a line suggests."""

from pathlib import Path

import pytest

from publicity.ledgers.charts import Side, chart_named, read_charts, suggested

# domain.md 3.4 [S:R3]
OLD = (
    "101 现金 102 银行存款 111 短期投资 112 应收款 113 内部往来 121 库存物资 131 牲畜（禽）资产 132 林木资产"
    " 141 长期投资 151 固定资产 152 累计折旧 153 固定资产清理 154 在建工程 201 短期借款 202 应付款 211 应付工资"
    " 212 应付福利费 221 长期借款及应付款 231 一事一议资金 241 专项应付款 301 资本 311 公积公益金 321 本年收益"
    " 322 收益分配 401 生产（劳务）成本 501 经营收入 502 经营支出 511 发包及上交收入 521 农业税附加返还收入"
    " 522 补助收入 531 其他收入 541 管理费用 551 其他支出 561 投资收益"
)
NEW = {"无形资产", "待处理财产损溢", "专项应付款", "公益支出", "应交税费", "税金及附加", "所得税费用"}
GONE = {"发包及上交收入", "应付福利费", "农业税附加返还收入"}
HEAD = "key: one\nname: 一套\nbasis: [{words: 试, is_sample: true}]\naccounts:\n"
MONEY = "  - {code: '101', name: 现金, side: asset, is_money: true}\n"


def test_the_chart_of_2004_is_the_sourced_one() -> None:
    chart = chart_named("chart2004")
    assert chart is not None
    assert " ".join(f"{account.code} {account.name}" for account in chart.accounts) == OLD


def test_the_chart_of_2023_has_what_is_new_and_not_what_was_abolished() -> None:
    chart = chart_named("chart2023")
    assert chart is not None
    names = {account.name for account in chart.accounts}
    assert len(chart.accounts) == 42
    assert names >= NEW
    assert not names & GONE
    assert {gone.name for gone in chart.abolished} >= GONE
    assert next(gone for gone in chart.abolished if gone.name == "发包及上交收入").into == ("经营收入", "投资收益")
    assert any(basis.is_sample for basis in chart.basis)


def test_the_data_files_hold_no_mistake() -> None:
    assert read_charts().problems == ()
    assert chart_named("chart1999") is None


@pytest.mark.parametrize(
    ("is_income", "kind", "summary", "item", "code"),
    [
        (True, "", "一季度店面租金", "", "501"),
        (True, "", "银行存款利息", "", "504"),
        (False, "", "9月份村办公室电费", "", "513"),
        (False, "管理费用-水电", "路灯维修", "", "513"),  # the clerk's own class counts first
        (False, "514", "办公用品", "", "514"),
        (False, "", "后山机耕路工程款", "", "153"),
        (False, "", "办公室和公厕清扫", "", ""),  # two fit
        (False, "", "杂支", "保洁", "514"),  # nothing in the purpose, but in the item
        (False, "", "办公室和公厕清扫", "保洁", ""),  # two fit nearer by: nothing farther off is asked
        (True, "", "路灯", "", ""),  # a word of money out says nothing of money in
        (False, "", "杂支", "", ""),
    ],
)
def test_a_line_suggests_an_account_where_just_one_fits(
    is_income: bool, kind: str, summary: str, item: str, code: str
) -> None:
    chart = chart_named("chart2023")
    assert chart is not None
    assert suggested(chart, is_income=is_income, kind=kind, summary=summary, item=item) == code


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("  - {code: '101', name: 现金, side: asset}\n", "没有现金和银行存款"),
        (MONEY + "  - {code: '101', name: 银行, side: asset}\n", "「101」重复了"),
        (MONEY + "  - {code: '102', name: 现金, side: asset}\n", "「现金」重复了"),
        (MONEY + "  - {code: '201', name: 借款, side: liability, is_money: true}\n", "性质应当是资产"),
        (MONEY + "  - {code: '201', name: 借款, side: debt}\n", ""),
        (MONEY + "abolished: [{name: 现金}]\n", "又还在科目表里"),
        (MONEY + "abolished: [{name: 旧的, into: [没有]}]\n", "「没有」不在这套科目里"),
        (MONEY + "colour: red\n", "不认识「colour」"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, rows: str, told: str) -> None:
    (tmp_path / "one.yaml").write_text(HEAD + rows, encoding="utf-8")
    reading = read_charts(tmp_path)
    assert reading.charts == {}
    assert any(told in str(problem) for problem in reading.problems)
    assert all(problem.line > 0 for problem in reading.problems)


def test_a_chart_told_twice_is_a_mistake(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(HEAD + MONEY, encoding="utf-8")
    assert "已经有了" in str(read_charts(tmp_path).problems[0])


def test_accounts_are_found_by_their_side() -> None:
    chart = chart_named("chart2004")
    assert chart is not None
    assert [account.code for account in chart.on(Side.EQUITY)] == ["301", "311", "321", "322"]
