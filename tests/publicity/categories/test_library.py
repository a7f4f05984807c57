"""The directory that ships: whole, in good order and cautious; mistakes are told by file and line; entering it."""

from datetime import date
from pathlib import Path
from shutil import copy

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.categories.actions import SINCE
from publicity.categories.contents import Audience, Column, ColumnKind, Mask, Sheet
from publicity.categories.library import FOLDER, DirectoryEntry, enter_directory, read_directory
from publicity.categories.models import ACCOUNTS, Affairs, Category, CategoryEdition, EditionState
from publicity.categories.queries import categories_for, category_in_force
from tests.factories import make_place_tree
from village_lists.library.load import read_library
from village_lists.periods import Cadence

ENTRIES = read_directory().entries
SHOWN_IN_FULL = {
    "finance.cadre-pay": {"name"},
    "party.organisation": {"name"},
    "village.elections": {"name"},
    "works.during": {"watcher"},
}
"""Whose names everybody reads: who is paid for an office, holds one, was chosen for one, or watches for the village."""


def entry(code: str) -> DirectoryEntry:
    """Return a category of the directory."""
    return next(one for one in ENTRIES if one.code == code)


def columns() -> list[tuple[str, Column]]:
    """Return every field and column with the code of its category."""
    return [(one.code, column) for one in ENTRIES for column in (*one.content.fields, *one.content.columns)]


def test_what_ships_has_no_mistakes() -> None:
    assert read_directory().problems == ()
    assert len(ENTRIES) == len(list(FOLDER.iterdir())) > 35


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("finance.assets", "名称 类别 坐落 购建年月 原值 净值 使用方式 承租方 合同期限 年租金 本期应收 已收 欠收"),
        ("finance.resources", "名称 地类 面积 四至 承包方 期限 年承包费 已收 欠收 合同编号 交易方式"),
        (
            "finance.debts",
            "债权或债务 对象 形成时间 形成原因 原始金额 期初余额 本期增加 本期减少 期末余额 清收或偿还措施",
        ),
        ("village.relief-proposed", "申请人（户主） 家庭人口 拟保障人数 困难类型 拟保障金额 组别 公示到哪天 监督电话"),
        ("village.relief-approved", "户主 保障人数 月保障金额 起始月"),
        ("works.before", "项目名称 对应事项号 资金来源 预算金额 决策会议和日期 发包方式 公告期"),
        ("works.during", "中标单位 中标价 合同价 工期 变更金额 变更审批 已付款 付款比例 现场监督员"),
        ("works.after", "验收日期 验收人员 送审价 审定价 结算价 质保金 累计付款 资料存放"),
        ("finance.cadre-pay", "姓名 职务 基本报酬 绩效 误工补贴 其他 本期合计 资金来源"),
        ("party.fees", "党员姓名 党小组 月应交 季度应交 实交 交纳日期 备注 本季应收 本季实收 上缴 留存"),
        ("finance.reception", "日期 来访单位 事由 人数 陪同人数 标准 金额"),
        ("finance.purchases", "品名 数量 询价情况 成交价"),
        ("village.farm-subsidy", "户主 面积 标准 补贴金额"),
        ("finance.fundraising", "应筹金额 已筹金额 减免金额 已支出"),
        ("finance.distribution", "成员数 份额 每份金额"),
        ("village.homestead", "户主 人口 面积 批准文号"),
    ],
)
def test_the_forms_that_villages_print_are_there(code: str, names: str) -> None:
    found = {column.name for of, column in columns() if of == code}
    assert set(names.split()) <= found


def test_numbers_and_birthdays_are_nobodys() -> None:
    private = {ColumnKind.IDENTITY, ColumnKind.CARD, ColumnKind.BIRTH}
    assert {column.audience for _, column in columns() if column.kind in private} == {Audience.NEVER}
    assert not {column.name for _, column in columns() if column.audience is not Audience.NEVER} & {"住址", "病情"}


def test_names_of_people_are_covered_on_the_web_and_full_on_paper() -> None:
    for code, column in columns():
        if column.kind in {ColumnKind.PERSON, ColumnKind.PARTY}:
            is_full = column.key in SHOWN_IN_FULL.get(code, set())
            assert column.web_mask is (Mask.NONE if is_full else Mask.NAME), (code, column.key)
            assert column.paper_mask is Mask.NONE, (code, column.key)


def test_relief_covers_children_and_tells_no_illness() -> None:
    for code in ("village.relief-proposed", "village.relief-approved", "village.disability"):
        assert entry(code).content.hides_minors, code
    reasons = entry("village.relief-proposed").content.column("reason")
    assert reasons is not None
    assert reasons.choices == ("因病", "因残", "因学", "因灾", "缺劳力", "其他")


def test_every_category_says_why_and_what_of_it_is_a_sample() -> None:
    for one in ENTRIES:
        assert any(basis.is_sample for basis in one.content.basis), one.code
        assert one.content.about, one.code
        for basis in one.content.basis:
            assert basis.is_sample or "：" in basis.words, "a law is named with what it says"


def test_party_affairs_go_to_the_organiser() -> None:
    rules = {one.content.affairs: set[str]() for one in ENTRIES}
    for one in ENTRIES:
        rules[one.content.affairs].add(one.content.review_rule)
    assert rules[Affairs.PARTY] == {"review.order.party"}
    assert rules[Affairs.VILLAGE] == rules[Affairs.FINANCE] == {"review.order"}
    assert entry("village.relief-proposed").content.display_rule == "display.days.relief"


def test_events_are_owed_by_nobody_and_rows_tell_themselves_apart() -> None:
    for one in ENTRIES:
        if one.content.cadence is Cadence.EVENT:
            assert not one.content.is_owed, one.code
        if one.content.columns:
            assert any(column.is_identifying for column in one.content.columns), one.code
        assert one.content.sheet is not Sheet.ACCOUNTS, one.code
    places = [one.content.position for one in ENTRIES]
    assert places == sorted(set(places))


def test_items_are_those_of_the_sample_list() -> None:
    known = {item.code for one in read_library().lists if one.slug == "sample-36" for item in one.items}
    assert known
    assert {code for one in ENTRIES for code in one.content.items} <= known


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two files of the directory, to plant mistakes in."""
    for name in ("23-village-elderly.yaml", "40-party-review.yaml"):
        copy(FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("cadence: quarter", "cadence: weekly", "23-village-elderly.yaml:6：「cadence」不能是「weekly」"),
        ("cadence: quarter", "cadense: quarter", "23-village-elderly.yaml:6：不认识「cadense」"),
        ("about: 哪些老人领了高龄津贴\n", "", "23-village-elderly.yaml:1：缺少「about」"),
        ("kind: birth, audience: never", "kind: birth", "23-village-elderly.yaml:13：「出生日期」是号码或者出生日期"),
        ("key: group", "key: name", "23-village-elderly.yaml:10：有两项的代号都是「name」"),
        ("key: group", "key: 组", "23-village-elderly.yaml:11：「组」不能做代号"),
        ("name: 组别", "nam: 组别", "23-village-elderly.yaml:11：不认识「nam」"),
        ("is_identifying: true", "is_identifying: 1", "23-village-elderly.yaml:10：「is_identifying」应当是 true"),
        ("due_rule: due.general.quarterly.day", "due_rule: due.x", "23-village-elderly.yaml:14：规则库里没有「due.x」"),
        (
            "three: village.relief",
            "three: village.none",
            "23-village-elderly.yaml:4：「three」目录里没有「village.none」",
        ),
        ("code: village.elderly", "code: party.review", "40-party-review.yaml:1：代号「party.review」已经有了"),
        ("code: village.elderly", f"code: {ACCOUNTS}", "23-village-elderly.yaml:1：代号「finance.monthly-accounts」"),
        ("code: village.elderly", "code: 330299-1", "23-village-elderly.yaml:1：「330299-1」不能做代号"),
        ("name: 高龄津贴", "name: [高龄津贴", "23-village-elderly.yaml:3：这一行不合 YAML 的写法"),
    ],
)
def test_a_planted_mistake_is_told_by_file_and_line(folder: Path, old: str, new: str, told: str) -> None:
    file = folder / "23-village-elderly.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    assert told in "\n".join(str(problem) for problem in read_directory(folder).problems)


@pytest.mark.parametrize("text", ["", "- code\n", "高龄津贴\n", "code: village.a\ncode: village.b\n"])
def test_what_is_no_category_at_all_is_told(folder: Path, text: str) -> None:
    (folder / "50-other.yaml").write_text(text, encoding="utf-8")
    reading = read_directory(folder)
    assert [one.code for one in reading.entries] == ["village.elderly", "party.review"]
    assert reading.problems
    assert {problem.file for problem in reading.problems} == {"50-other.yaml"}


def test_entered_twice_it_is_there_once(session: Session) -> None:
    places = make_place_tree(session)
    for _ in range(2):
        enter_directory(session, since=SINCE)
    found = categories_for(session, place=places.stone, on=date(2026, 10, 8))
    assert [one.code for one in found] == [ACCOUNTS, *(one.code for one in ENTRIES)]
    assert {one.content for one in found[1:]} == {one.content for one in ENTRIES}
    assert len(list(session.scalars(select(CategoryEdition)))) == len(found)


def test_a_changed_file_is_a_new_edition(session: Session, folder: Path) -> None:
    places = make_place_tree(session)
    enter_directory(session, since=SINCE)
    changed = (folder / "40-party-review.yaml").read_text(encoding="utf-8").replace("name: 表彰", "name: 表彰情况")
    (folder / "40-party-review.yaml").write_text(changed, encoding="utf-8")
    enter_directory(session, since=date(2026, 9, 1), folder=folder)
    category = session.scalars(select(Category).where(Category.code == "party.review")).one()
    assert [edition.state for edition in category.editions] == [EditionState.REPLACED, EditionState.IN_FORCE]
    for on, name in ((date(2026, 8, 31), "表彰"), (date(2026, 9, 1), "表彰情况")):
        held = category_in_force(session, code="party.review", place=places.stone, on=on)
        assert held is not None
        honour = held.content.column("honour")
        assert honour is not None
        assert honour.name == name


def test_a_directory_with_mistakes_is_not_entered(session: Session, folder: Path) -> None:
    (folder / "50-other.yaml").write_text("code: village.other\n", encoding="utf-8")
    with pytest.raises(ValueError, match="50-other"):
        enter_directory(session, since=SINCE, folder=folder)
    assert session.scalars(select(Category).where(Category.code == "village.elderly")).first() is None
