"""Two editions of a category side by side, in words; what becomes more public is told apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from publicity.categories.contents import Audience, CategoryContent, Column, ColumnKind, Mask
from publicity.categories.wording import (
    AFFAIRS_WORDS,
    CADENCE_WORDS,
    KIND_WORDS,
    SHEET_WORDS,
    shown_where,
)
from village_lists.markers import N_

OPENNESS = {Mask.HIDDEN: 1, Mask.NAME: 2, Mask.PHONE: 2, Mask.TAIL: 2, Mask.NONE: 3}
PRIVATE = frozenset(
    {ColumnKind.PERSON, ColumnKind.PHONE, ColumnKind.IDENTITY, ColumnKind.CARD, ColumnKind.BIRTH, ColumnKind.PARTY}
)
COVER = {
    "about": N_("一句话说明改了"),
    "headings": N_("在目录里的位置改了"),
    "bodies": N_("由谁公开改了"),
    "basis": N_("公开依据改了"),
    "items": N_("对应的权力事项改了"),
}
RULES = {
    "due_rule": N_("公开期限改为另一条规则：由 %(before)s 改为 %(after)s"),
    "review_rule": N_("审核顺序改为另一条规则：由 %(before)s 改为 %(after)s"),
    "display_rule": N_("张贴天数改为另一条规则：由 %(before)s 改为 %(after)s"),
}
SWITCHES = {
    "may_be_nil": (N_("可以报「本期没有发生」了"), N_("不能再报「本期没有发生」")),
    "is_owed": (N_("改为每期都要公开，没有公开的算欠"), N_("改为有才公开，没有公开的不算欠")),
    "hides_minors": (N_("改为不满14岁的不写姓名"), N_("不再盖住不满14岁的人的姓名")),
    "is_active": (N_("重新启用"), N_("停用：以后不再要求公开，也不能新建")),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference: a marked sentence; `values` fill its gaps as they are, `terms` are marked words themselves.

    `is_opening`: something becomes readable that was not, or is covered less than before.
    """

    words: str
    values: Mapping[str, object] = field(default_factory=dict)
    terms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_opening: bool = False


def compare(former: CategoryContent, newer: CategoryContent) -> list[Change]:
    """Return what the newer content says otherwise, what becomes more public first."""
    found = [
        *_cover(former, newer),
        *_columns(former.fields, newer.fields, place=N_("表头")),
        *_columns(former.columns, newer.columns, place=N_("表格")),
    ]
    return sorted(found, key=lambda change: not change.is_opening)


def web_openness(column: Column) -> int:
    """Return how much of a column the web reads: 0 nothing, 1 a word that covers it, 2 a part, 3 everything."""
    return OPENNESS[column.web_mask] if column.audience is Audience.WEB else 0


def paper_openness(column: Column) -> int:
    """Return how much of a column the paper shows, counted alike."""
    return 0 if column.audience is Audience.NEVER else OPENNESS[column.paper_mask]


def _cover(former: CategoryContent, newer: CategoryContent) -> Iterator[Change]:
    if former.name != newer.name:
        yield Change(
            words=N_("名称由「%(before)s」改为「%(after)s」"), values={"before": former.name, "after": newer.name}
        )
    for words, before, after in (
        (N_("由%(before)s改为%(after)s"), AFFAIRS_WORDS[former.affairs], AFFAIRS_WORDS[newer.affairs]),
        (N_("纸上的样子由「%(before)s」改为「%(after)s」"), SHEET_WORDS[former.sheet], SHEET_WORDS[newer.sheet]),
        (
            N_("多久公开一次由「%(before)s」改为「%(after)s」"),
            CADENCE_WORDS[former.cadence],
            CADENCE_WORDS[newer.cadence],
        ),
    ):
        if before != after:
            yield Change(words=words, terms={"before": (before,), "after": (after,)})
    for name, words in RULES.items():
        if getattr(former, name) != getattr(newer, name):
            yield Change(words=words, values={"before": getattr(former, name), "after": getattr(newer, name)})
    for name, words in COVER.items():
        if getattr(former, name) != getattr(newer, name):
            yield Change(words=words)
    for name, (on, off) in SWITCHES.items():
        if getattr(former, name) != getattr(newer, name):
            is_on = getattr(newer, name)
            yield Change(words=on if is_on else off, is_opening=name == "hides_minors" and not is_on)


def _columns(former: Sequence[Column], newer: Sequence[Column], *, place: str) -> Iterator[Change]:
    before, after = {one.key: one for one in former}, {one.key: one for one in newer}
    for column in newer:
        if column.key not in before:
            yield Change(
                words=N_("%(place)s增加「%(name)s」：%(shown)s"),
                values={"name": column.name},
                terms={"place": (place,), "shown": shown_where(column)},
                is_opening=_is_private_and_open(column),
            )
        else:
            yield from _column(before[column.key], column)
    for column in former:
        if column.key not in after:
            yield Change(words=N_("%(place)s去掉「%(name)s」"), values={"name": column.name}, terms={"place": (place,)})
    kept = [key for key in before if key in after]
    if kept != [key for key in after if key in before]:
        yield Change(words=N_("%(place)s各项的先后改了"), terms={"place": (place,)})


def _column(former: Column, newer: Column) -> Iterator[Change]:
    named = {"name": newer.name}
    if former.name != newer.name:
        yield Change(words=N_("「%(before)s」改叫「%(after)s」"), values={"before": former.name, "after": newer.name})
    if shown_where(former) != shown_where(newer):
        yield Change(
            words=N_("「%(name)s」原来%(before)s，改为%(after)s"),
            values=named,
            terms={"before": shown_where(former), "after": shown_where(newer)},
            is_opening=web_openness(newer) > web_openness(former) or paper_openness(newer) > paper_openness(former),
        )
    if former.kind != newer.kind:
        yield Change(
            words=N_("「%(name)s」填的内容由「%(before)s」改为「%(after)s」"),
            values=named,
            terms={"before": (KIND_WORDS[former.kind],), "after": (KIND_WORDS[newer.kind],)},
        )
    for name, (on, off) in _COLUMN_SWITCHES.items():
        if getattr(former, name) != getattr(newer, name):
            yield Change(words=on if getattr(newer, name) else off, values=named)
    for name, words in _COLUMN_WORDS.items():
        if getattr(former, name) != getattr(newer, name):
            yield Change(words=words, values=named)


_COLUMN_SWITCHES = {
    "is_required": (N_("「%(name)s」改为必填"), N_("「%(name)s」改为可以空着")),
    "is_identifying": (N_("「%(name)s」改为用来认出是同一行"), N_("「%(name)s」不再用来认出是同一行")),
    "has_total": (N_("「%(name)s」加上合计"), N_("「%(name)s」不再合计")),
}
_COLUMN_WORDS = {
    "unit": N_("「%(name)s」的单位改了"),
    "hint": N_("「%(name)s」的填写提示改了"),
    "choices": N_("「%(name)s」可选的内容改了"),
}


def _is_private_and_open(column: Column) -> bool:
    return column.kind in PRIVATE and max(web_openness(column), paper_openness(column)) == OPENNESS[Mask.NONE]
