"""What keeps a category from being put in force: the same for data files and for what a steward writes."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as Known
from dataclasses import dataclass, field

from publicity.categories.contents import COLUMN_KEY, Audience, CategoryContent, Column, ColumnKind, Mask, Sheet
from village_lists.markers import N_
from village_lists.periods import Cadence
from village_lists.rulebook.catalog import RuleKey, Unit

LONGEST_NAME, LONGEST_ABOUT, LONGEST_COLUMN, LONGEST_UNIT, LONGEST_HINT = 80, 120, 40, 12, 120
MOST_COLUMNS = 24
# 身份证号, 银行卡号 and 出生日期 are read by nobody but the officials who handle them (个人信息保护法 Art 28).
NEVER_SHOWN = frozenset({ColumnKind.IDENTITY, ColumnKind.CARD, ColumnKind.BIRTH})
SUMMED = frozenset({ColumnKind.MONEY, ColumnKind.NUMBER, ColumnKind.COUNT})
TELLING_AGE = frozenset({ColumnKind.BIRTH, ColumnKind.IDENTITY})
# A telephone may stand on the web in full when its name says that it is an office's and nobody's own.
OFFICE_PHONES = ("办公", "监督", "值班", "服务", "举报", "咨询")
DUE_UNITS = frozenset({Unit.DAY_OF_MONTH, Unit.DAYS, Unit.WORKING_DAYS})
RULES: Mapping[str, tuple[str, Known[Unit]]] = {
    "due_rule": ("due.", DUE_UNITS),
    "review_rule": ("review.order", frozenset({Unit.ORDER})),
    "display_rule": ("display.days", frozenset({Unit.DAYS})),
}
SOURCES: Mapping[str, frozenset[str]] = {
    "holdings.assets": frozenset({"name"}),
    "holdings.resources": frozenset({"name"}),
    "holdings.debts": frozenset({"side", "other", "closing"}),
    "contracts": frozenset({"title", "party"}),
    "statements.balance": frozenset({"item", "closing"}),
    "statements.income": frozenset({"item", "current"}),
}
"""What may fill a draft by itself (publicity.postings.registers.SOURCES), with the keys that make sense of it."""
TOO_LONG = N_("「%(name)s」太长，最多 %(most)s 个字")


@dataclass(frozen=True, kw_only=True)
class CategoryProblem:
    """What is wrong: a marked sentence with gaps; `place` is the field of the content, or `column` the column's key."""

    words: str
    values: Mapping[str, object] = field(default_factory=dict)
    place: str = ""
    column: str = ""


def content_problems(
    content: CategoryContent,
    *,
    rule: Callable[[str], RuleKey | None],
    trees: Mapping[str, Known[str]] | None = None,
    is_ledger: bool = False,
) -> list[CategoryProblem]:
    """Return everything that keeps a content from being put in force.

    `rule` gives what the catalog of the rule book says of a key. `trees` has the keys of the headings of each directory
    tree where the content must stand in each of them; without, a tree may be left out (a county's own category then
    stands under the first heading of its affairs). `is_ledger`: it is the category of the accounts, whose lines are
    read from the books; it alone may, and must, have their sheet.
    """
    return [
        *_cover_problems(content),
        *_ledger_problems(content, is_ledger=is_ledger),
        *_source_problems(content),
        *_rule_problems(content, rule),
        *_heading_problems(content, trees or {}),
        *_shape_problems(content),
        *_key_problems(content),
        *(problem for column in (*content.fields, *content.columns) for problem in _column_problems(column)),
    ]


def _cover_problems(content: CategoryContent) -> Iterator[CategoryProblem]:
    if not content.name.strip() or len(content.name) > LONGEST_NAME:
        yield CategoryProblem(place="name", words=N_("类别的名称要写，最多 80 个字"))
    if len(content.about) > LONGEST_ABOUT:
        values = {"name": content.about, "most": LONGEST_ABOUT}
        yield CategoryProblem(place="about", words=TOO_LONG, values=values)
    if not content.bodies or len(set(content.bodies)) != len(content.bodies):
        yield CategoryProblem(place="bodies", words=N_("请至少选一个由谁公开"))


def _ledger_problems(content: CategoryContent, *, is_ledger: bool) -> Iterator[CategoryProblem]:
    if (content.sheet is Sheet.ACCOUNTS) != is_ledger:
        yield CategoryProblem(place="sheet", words=N_("「收支账」只给每月的收支账用，别的类别请选另外的样子"))


def _source_problems(content: CategoryContent) -> Iterator[CategoryProblem]:
    """Yield what is wrong with `filled_from`: a source that is not there, a column that it cannot do without."""
    source = content.filled_from
    if not source:
        return
    if source not in SOURCES:
        values: Mapping[str, object] = {"source": source, "known": "、".join(SOURCES)}
        words = N_("没有「%(source)s」这个来源，可以是：%(known)s")
        yield CategoryProblem(place="filled_from", words=words, values=values)
        return
    keys = {column.key for column in (*content.fields, *content.columns)}
    for key in sorted(SOURCES[source] - keys):
        words = N_("内容从「%(source)s」带出，要有代号是「%(key)s」的一项")
        yield CategoryProblem(place="filled_from", words=words, values={"source": source, "key": key})


def _rule_problems(content: CategoryContent, rule: Callable[[str], RuleKey | None]) -> Iterator[CategoryProblem]:
    for name, (beginning, units) in RULES.items():
        key = str(getattr(content, name))
        entry = rule(key)
        named = {"key": key}
        if entry is None:
            yield CategoryProblem(place=name, words=N_("规则库里没有「%(key)s」这条规则"), values=named)
        elif not key.startswith(beginning) or entry.unit not in units:
            yield CategoryProblem(place=name, words=N_("「%(key)s」这条规则说的不是这件事"), values=named)
        elif name == "due_rule" and content.cadence is Cadence.EVENT and entry.unit is Unit.DAY_OF_MONTH:
            yield CategoryProblem(place=name, words=N_("一事一公开的，期限要按几天或者几个工作日算，不能是几号"))


def _heading_problems(content: CategoryContent, trees: Mapping[str, Known[str]]) -> Iterator[CategoryProblem]:
    placed = dict(content.headings)
    for tree, keys in trees.items():
        if tree not in placed:
            yield CategoryProblem(
                place="headings", words=N_("在「%(tree)s」目录里没有写放在哪里"), values={"tree": tree}
            )
        elif placed[tree] not in keys:
            values = {"tree": tree, "key": placed[tree]}
            yield CategoryProblem(
                place="headings", words=N_("「%(tree)s」目录里没有「%(key)s」这个标题"), values=values
            )


def _shape_problems(content: CategoryContent) -> Iterator[CategoryProblem]:
    """Yield what is wrong with the table as a whole; the accounts have their own lines instead."""
    if content.sheet is Sheet.ACCOUNTS:
        return
    together = (*content.fields, *content.columns)
    if not content.columns and content.sheet is not Sheet.NOTICE and not content.fields:
        yield CategoryProblem(place="columns", words=N_("还没有写要公开哪些内容"))
    if together and all(column.audience is not Audience.WEB for column in together):
        yield CategoryProblem(place="columns", words=N_("没有一项在网上看得到，请至少公开一项"))
    for place, columns in (("columns", content.columns), ("fields", content.fields)):
        if len(columns) > MOST_COLUMNS:
            yield CategoryProblem(
                place=place, words=N_("最多 %(most)s 项，再多纸上放不下"), values={"most": MOST_COLUMNS}
            )
    told = {column.kind for column in content.columns}
    if content.hides_minors and not told & TELLING_AGE:
        yield CategoryProblem(place="hides_minors", words=N_("要盖住不满14岁的人，得有出生日期或者身份证号一列"))


def _key_problems(content: CategoryContent) -> Iterator[CategoryProblem]:
    together = (*content.fields, *content.columns)
    names = Counter(column.name.strip() for column in together)
    keys = Counter(column.key for column in together)
    for column in together:
        if names[column.name.strip()] > 1:
            yield CategoryProblem(column=column.key, words=N_("有两项都叫「%(name)s」"), values={"name": column.name})
        if keys[column.key] > 1:
            yield CategoryProblem(
                column=column.key, words=N_("有两项的代号都是「%(key)s」"), values={"key": column.key}
            )
        if not COLUMN_KEY.fullmatch(column.key):
            yield CategoryProblem(
                column=column.key,
                words=N_("「%(key)s」不能做代号：要用小写英文字母开头，只用小写字母、数字和下划线"),
                values={"key": column.key},
            )


def _column_problems(column: Column) -> Iterator[CategoryProblem]:
    named = {"name": column.name}
    if not column.name.strip():
        yield CategoryProblem(column=column.key, words=N_("有一项还没有写名称"))
    for text, most in (
        (column.name, LONGEST_COLUMN),
        (column.unit, LONGEST_UNIT),
        (column.hint, LONGEST_HINT),
        *((choice, LONGEST_COLUMN) for choice in column.choices),
    ):
        if len(text) > most:
            yield CategoryProblem(column=column.key, words=TOO_LONG, values={"name": text, "most": most})
    if column.kind in NEVER_SHOWN and column.audience is not Audience.NEVER:
        yield CategoryProblem(column=column.key, words=N_("「%(name)s」是号码或者出生日期，不能公开"), values=named)
    if column.has_total and column.kind not in SUMMED:
        yield CategoryProblem(column=column.key, words=N_("「%(name)s」不是金额、数或者个数，不能合计"), values=named)
    if _is_a_bare_phone(column):
        words = N_("「%(name)s」在网上要盖住中间几位；是单位的电话，请在名称里写明，例如「办公电话」")
        yield CategoryProblem(column=column.key, words=words, values=named)
    yield from _choice_problems(column)


def _choice_problems(column: Column) -> Iterator[CategoryProblem]:
    named = {"name": column.name}
    if column.kind is ColumnKind.CHOICE and not column.choices:
        yield CategoryProblem(column=column.key, words=N_("「%(name)s」还没有写可以选的内容"), values=named)
    if column.kind is not ColumnKind.CHOICE and column.choices:
        yield CategoryProblem(column=column.key, words=N_("「%(name)s」不是选一个的，不用写可以选的内容"), values=named)
    if len({choice.strip() for choice in column.choices} - {""}) != len(column.choices):
        yield CategoryProblem(column=column.key, words=N_("「%(name)s」可以选的内容有空的或者写了两次"), values=named)


def _is_a_bare_phone(column: Column) -> bool:
    """Say whether everybody reads a telephone in full on the web, and its name does not say that it is an office's."""
    is_read = column.audience is Audience.WEB and column.web_mask is Mask.NONE
    return column.kind is ColumnKind.PHONE and is_read and not any(word in column.name for word in OFFICE_PHONES)
