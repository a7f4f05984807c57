"""Everything that keeps a category from being put in force, one mistake at a time."""

from dataclasses import replace

import pytest

from publicity.categories.contents import Audience, CategoryContent, Column, ColumnKind, Mask, Sheet
from publicity.categories.models import Affairs
from publicity.categories.rules import MOST_COLUMNS, content_problems
from village_lists.periods import Cadence
from village_lists.places.models import BodyKind
from village_lists.rulebook.catalog import catalog

TREES = {"three": frozenset({"village", "village.relief"}), "four": frozenset({"government"})}
NAME = Column(key="name", name="姓名", kind=ColumnKind.PERSON, web_mask=Mask.NAME)
NUMBER = Column(key="identity", name="身份证号", kind=ColumnKind.IDENTITY, audience=Audience.NEVER)
MONEY = Column(key="amount", name="金额", kind=ColumnKind.MONEY, has_total=True, unit="元")
SOUND = CategoryContent(
    name="高龄津贴",
    affairs=Affairs.VILLAGE,
    sheet=Sheet.ROSTER,
    cadence=Cadence.QUARTER,
    about="哪些老人领了高龄津贴",
    headings=(("three", "village.relief"), ("four", "government")),
    columns=(NAME, NUMBER, MONEY),
    hides_minors=True,
)


def told(content: CategoryContent, *, is_ledger: bool = False) -> list[str]:
    """Return the sentences about a content."""
    found = content_problems(content, rule=catalog().entry, trees=TREES, is_ledger=is_ledger)
    return [problem.words % dict(problem.values) for problem in found]


def with_column(column: Column) -> CategoryContent:
    """Return the sound content with one column more."""
    return replace(SOUND, columns=(*SOUND.columns, column))


def test_nothing_is_wrong_with_a_sound_one():
    assert told(SOUND) == []
    assert told(replace(SOUND, sheet=Sheet.NOTICE, columns=(), hides_minors=False)) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "　 "}, "类别的名称要写"),
        ({"name": "长" * 81}, "类别的名称要写"),
        ({"about": "长" * 121}, "太长，最多 120 个字"),
        ({"bodies": ()}, "由谁公开"),
        ({"bodies": (BodyKind.COMMITTEE, BodyKind.COMMITTEE)}, "由谁公开"),
        ({"due_rule": "due.nothing.day"}, "没有「due.nothing.day」"),
        ({"due_rule": "due.when_day_off"}, "说的不是这件事"),
        ({"due_rule": "display.days"}, "说的不是这件事"),
        ({"review_rule": "due.event.days"}, "说的不是这件事"),
        ({"display_rule": "review.order"}, "说的不是这件事"),
        ({"cadence": Cadence.EVENT}, "不能是几号"),
        ({"headings": (("three", "village.relief"),)}, "在「four」目录里没有写放在哪里"),
        ({"headings": (("three", "village.relief"), ("four", "village"))}, "「four」目录里没有「village」"),
        ({"columns": (), "hides_minors": False}, "还没有写要公开哪些内容"),
        ({"columns": (NUMBER,)}, "没有一项在网上看得到"),
        ({"columns": (NAME, MONEY)}, "得有出生日期或者身份证号"),
        ({"fields": (replace(MONEY, key="sum"),)}, "有两项都叫「金额」"),
        ({"fields": (replace(MONEY, name="总额"),)}, "有两项的代号都是「amount」"),
        ({"sheet": Sheet.ACCOUNTS}, "只给每月的收支账用"),
        ({"filled_from": "holdings.cars"}, "没有「holdings.cars」这个来源"),
        ({"filled_from": "contracts"}, "内容从「contracts」带出，要有代号是「"),
    ],
)
def test_one_mistake_of_the_whole_is_told(changes, words):
    found = told(replace(SOUND, **changes))
    assert found
    assert all(words in sentence for sentence in found)


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (Column(key="Card", name="组别"), "不能做代号"),
        (Column(key="卡号", name="组别"), "不能做代号"),
        (Column(key="k", name=" "), "没有写名称"),
        (Column(key="k", name="长" * 41), "最多 40 个字"),
        (Column(key="k", name="面积", unit="长" * 13), "最多 12 个字"),
        (Column(key="k", name="面积", hint="长" * 121), "最多 120 个字"),
        (Column(key="k", name="卡号", kind=ColumnKind.CARD), "不能公开"),
        (Column(key="k", name="卡号", kind=ColumnKind.CARD, audience=Audience.PAPER), "不能公开"),
        (Column(key="k", name="生日", kind=ColumnKind.BIRTH, web_mask=Mask.HIDDEN), "不能公开"),
        (Column(key="k", name="证号", kind=ColumnKind.IDENTITY, web_mask=Mask.TAIL), "不能公开"),
        (Column(key="k", name="日期", kind=ColumnKind.DATE, has_total=True), "不能合计"),
        (Column(key="k", name="电话", kind=ColumnKind.PHONE), "盖住中间几位"),
        (Column(key="k", name="种类", kind=ColumnKind.CHOICE), "还没有写可以选的内容"),
        (Column(key="k", name="种类", choices=("甲",)), "不用写可以选的内容"),
        (Column(key="k", name="种类", kind=ColumnKind.CHOICE, choices=("甲", "甲 ")), "写了两次"),
        (Column(key="k", name="种类", kind=ColumnKind.CHOICE, choices=("甲", " ")), "空的"),
        (Column(key="k", name="种类", kind=ColumnKind.CHOICE, choices=("长" * 41,)), "最多 40 个字"),
    ],
)
def test_one_mistake_of_a_column_is_told(column, words):
    problems = content_problems(with_column(column), rule=catalog().entry, trees=TREES)
    assert [problem.column for problem in problems] == [column.key]
    assert words in problems[0].words % dict(problems[0].values)


@pytest.mark.parametrize(
    "column",
    [
        Column(key="k", name="办公电话", kind=ColumnKind.PHONE),
        Column(key="k", name="电话", kind=ColumnKind.PHONE, web_mask=Mask.PHONE),
        Column(key="k", name="电话", kind=ColumnKind.PHONE, audience=Audience.PAPER),
        Column(key="k", name="电话", kind=ColumnKind.PHONE, audience=Audience.NEVER),
    ],
)
def test_a_telephone_is_an_offices_or_covered(column):
    assert told(with_column(column)) == []


def test_so_many_columns_and_no_more():
    def many(count: int) -> CategoryContent:
        own = tuple(Column(key=f"k{number}", name=f"第{number}栏") for number in range(count))
        return replace(SOUND, columns=own, hides_minors=False)

    assert told(many(MOST_COLUMNS)) == []
    assert told(many(MOST_COLUMNS + 1)) == ["最多 24 项，再多纸上放不下"]


def test_the_accounts_alone_have_their_sheet():
    accounts = replace(SOUND, sheet=Sheet.ACCOUNTS, columns=(), hides_minors=False)
    assert told(accounts, is_ledger=True) == []
    assert told(SOUND, is_ledger=True) == ["「收支账」只给每月的收支账用，别的类别请选另外的样子"]


def test_rules_of_a_family_are_known():
    assert told(replace(SOUND, due_rule="due.days.elderly", display_rule="display.days.own")) == []
    assert told(replace(SOUND, cadence=Cadence.EVENT, due_rule="due.working_days.elderly")) == []
