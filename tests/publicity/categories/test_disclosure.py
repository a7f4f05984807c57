"""The eight classes of financial disclosure: in good order as they ship, mistakes told by line."""

import pytest

from publicity.categories.disclosure import FILE, read_disclosure


def test_what_ships_has_no_mistakes() -> None:
    disclosure = read_disclosure()
    assert disclosure.problems == ()
    names = [one.name for one in disclosure.classes]
    assert names == ["财务计划", "各项收入", "各项支出", "各项资产", "各类资源", "债权债务", "收益分配", "其他"]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("[finance.assets]", "[finance.asset]", "公开目录里没有「finance.asset」"),
        ("[finance.assets]", "[finance.debts]", "「finance.debts」在两类里都写了"),
        ("name: 各项资产, cadence: quarter", "name: 各项资产, cadence: month", "要写 quarter 或者 year"),
        ("  - {key: assets", "  # {key: assets", "应当是这几类，各写一次：财务计划"),
        ("amount: planned", "amount: item", "没有写金额的那一栏"),
        ("income: 收入", "income: 进账", "没有写收入或支出的那一栏"),
    ],
)
def test_a_mistake_is_told(tmp_path, right, wrong, told) -> None:
    file = tmp_path / FILE.name
    text = FILE.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert told in "\n".join(str(problem) for problem in read_disclosure(file).problems)
