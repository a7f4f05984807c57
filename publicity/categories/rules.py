"""What keeps a category from being put in force (stands in until the directory's own check is there)."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as Known
from dataclasses import dataclass, field

from publicity.categories.contents import Audience, CategoryContent, Column, ColumnKind, Sheet
from village_lists.markers import N_

LONGEST_NAME = 80
NEVER_SHOWN = frozenset({ColumnKind.IDENTITY, ColumnKind.CARD})
SUMMED = frozenset({ColumnKind.MONEY, ColumnKind.NUMBER, ColumnKind.COUNT})


@dataclass(frozen=True, kw_only=True)
class CategoryProblem:
    """What is wrong: a marked sentence with gaps; `place` is the field of the content, or the key of a column."""

    place: str
    words: str
    values: Mapping[str, object] = field(default_factory=dict)


def content_problems(content: CategoryContent, *, known_rules: Known[str]) -> list[CategoryProblem]:
    """Return everything that keeps a content from being put in force."""
    return [*_cover_problems(content, known_rules), *_column_problems(content)]


def _cover_problems(content: CategoryContent, known_rules: Known[str]) -> Iterator[CategoryProblem]:
    if not content.name.strip() or len(content.name) > LONGEST_NAME:
        yield CategoryProblem(place="name", words=N_("类别的名称要写，最多 80 个字"))
    if not content.bodies:
        yield CategoryProblem(place="bodies", words=N_("请至少选一个由谁公开"))
    for name in ("due_rule", "review_rule", "display_rule"):
        if getattr(content, name) not in known_rules:
            yield CategoryProblem(
                place=name, words=N_("规则库里没有「%(key)s」这条规则"), values={"key": getattr(content, name)}
            )
    if not content.columns and content.sheet not in {Sheet.ACCOUNTS, Sheet.NOTICE} and not content.fields:
        yield CategoryProblem(place="columns", words=N_("还没有写要公开哪些内容"))
    told = {column.kind for column in content.columns}
    if content.hides_minors and not told & {ColumnKind.BIRTH, ColumnKind.IDENTITY}:
        yield CategoryProblem(place="hides_minors", words=N_("要盖住不满14岁的人，得有出生日期或者身份证号一列"))


def _column_problems(content: CategoryContent) -> Iterator[CategoryProblem]:
    names = [column.name for column in (*content.fields, *content.columns)]
    for column in (*content.fields, *content.columns):
        named = {"name": column.name}
        if names.count(column.name) > 1:
            yield CategoryProblem(place=column.key, words=N_("有两项都叫「%(name)s」"), values=named)
        if column.kind in NEVER_SHOWN and column.audience is not Audience.NEVER:
            yield CategoryProblem(place=column.key, words=N_("「%(name)s」是号码，不能公开"), values=named)
        if column.has_total and not _may_be_summed(column):
            yield CategoryProblem(
                place=column.key, words=N_("「%(name)s」不是金额、数或者个数，不能合计"), values=named
            )


def _may_be_summed(column: Column) -> bool:
    return column.kind in SUMMED
