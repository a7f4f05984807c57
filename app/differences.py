"""Two versions of a list side by side, ready for any page: counts, sentences, fields before and after, two charts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from flask_babel import gettext as _
from markupsafe import Markup

from app.editing.drawings import drawable
from app.palettes import FONTS, TOKENS
from app.words import say, type_size
from village_lists.editions.compare import compare
from village_lists.editions.contents import ListContent, ProcedureContent
from village_lists.editions.differences import (
    ChangeKind,
    Difference,
    FieldChange,
    ItemDifference,
    ProcedureChange,
    RecordChange,
    Subject,
)
from village_lists.editions.telling import (
    ORDER_WORDS,
    Marks,
    field_sentences,
    item_difference_sentences,
    item_sentences,
    procedure_sentences,
    record_sentences,
    standings_of,
)
from village_lists.editions.wording import Told, said, told
from village_lists.flowcharts.chart import Form
from village_lists.flowcharts.draw import draw
from village_lists.flowcharts.layout import lay_out
from village_lists.flowcharts.tell import TextStep, tell

MOST_ENTRIES = 80
"""More are shown class by class, where the page can name a class in its address."""
MOST_CHARTS = 12
"""Up to so many pairs of charts stand on the page itself, where items have no page of their own."""
LONG_RUN = 24
"""Unchanged stretches of a text longer than this are cut to their ends."""
LONGEST_TEXT = 2000
"""Longer texts are shown whole, without marks inside."""

Url = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of a text or a line of a list; `mark` is gone, new, cut (something left out), or empty."""

    words: str
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class FieldRow:
    """A field before and after; of a list only the lines that came or went, and how many stayed."""

    name: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    is_lines: bool
    kept: int


@dataclass(frozen=True, kw_only=True)
class MarkedStep:
    """A step of a marked chart in words; a run of steps without a mark is one entry with `skipped` steps."""

    step: TextStep | None
    skipped: int = 0


@dataclass(frozen=True, kw_only=True)
class ChartSide:
    """A chart with its marks drawn, and the marked steps in words; None of both where there is no such procedure."""

    name: str
    drawing: Markup | None
    steps: tuple[MarkedStep, ...]


@dataclass(frozen=True, kw_only=True)
class ChartPair:
    """A procedure then and now."""

    slug: str
    title: str
    kind: ChangeKind
    sentences: tuple[str, ...]
    before: ChartSide
    after: ChartSide


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One subject that changed: what it is, what happened, in sentences; rows and charts where they stand here.

    `url` leads to its own page, empty if there is none. `others` names the items that follow a shared procedure.
    """

    code: str
    name: str
    kind: ChangeKind
    kind_words: str
    sentences: tuple[str, ...]
    url: str = ""
    rows: tuple[FieldRow, ...] = ()
    charts: tuple[ChartPair, ...] = ()
    others: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Group:
    """Entries under a heading; closed ones have an address instead of entries, `count` says how many there are."""

    key: str
    name: str
    count: int
    entries: tuple[Entry, ...]
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class CountLine:
    """How many of one subject came, went and changed, in words."""

    name: str
    words: str


@dataclass(frozen=True, kw_only=True)
class DifferenceView:
    """A whole difference for the page; `general` are sentences about the list as a whole."""

    before_name: str
    after_name: str
    is_empty: bool
    counts: tuple[CountLine, ...]
    general: tuple[str, ...]
    groups: tuple[Group, ...]
    chosen: str


@dataclass(frozen=True, kw_only=True)
class ItemView:
    """Everything that is different for one item."""

    code: str
    name: str
    before_name: str
    after_name: str
    kind: ChangeKind
    sentences: tuple[str, ...]
    rows: tuple[FieldRow, ...]
    charts: tuple[ChartPair, ...]


def difference_view(
    former: ListContent,
    newer: ListContent,
    *,
    before_name: str,
    after_name: str,
    item_url: Url | None = None,
    class_url: Url | None = None,
    chosen: str = "",
) -> DifferenceView:
    """Return the difference for a page.

    `item_url` gives the page of an item's difference by code (without it fields and charts stand here, if they are
    few), `class_url` the address of this page with one class opened (`chosen`): then a large difference is paged.
    """
    page = _Page(former, newer, before_name, after_name, item_url)
    groups = tuple(page.groups())
    if class_url is not None and sum(group.count for group in groups) > MOST_ENTRIES:
        groups = tuple(_closed(group, class_url) if group.key != chosen else group for group in groups)
    return DifferenceView(
        before_name=before_name,
        after_name=after_name,
        is_empty=page.found.is_empty,
        counts=tuple(count_lines(page.found)),
        general=tuple(page.general()),
        groups=groups,
        chosen=chosen,
    )


def item_view(
    former: ListContent, newer: ListContent, *, code: str, before_name: str, after_name: str
) -> ItemView | None:
    """Return what is different for the item with this code, with its charts, or None where nothing is."""
    page = _Page(former, newer, before_name, after_name, None)
    found = page.found.of_item(code)
    if found is None:
        return None
    fields = found.item.fields if found.item else ()
    return ItemView(
        code=code,
        name=found.name,
        before_name=before_name,
        after_name=after_name,
        kind=found.item.kind if found.item else ChangeKind.CHANGED,
        sentences=tuple(dict.fromkeys(_said(item_difference_sentences(found, page.found)))),
        rows=tuple(field_row(one) for one in fields),
        charts=tuple(page.charts(found)),
    )


def count_lines(found: Difference) -> Iterator[CountLine]:
    """Yield how many of each subject came, went and changed."""
    names = {
        Subject.COVER: _("封面"),
        Subject.CATEGORY: _("分类"),
        Subject.ITEM: _("事项"),
        Subject.PROCEDURE: _("流程"),
        Subject.PROHIBITION: _("负面清单"),
        Subject.THRESHOLD: _("金额"),
    }
    for count in found.counts:
        parts = [
            _("新增 %(count)s", count=count.added) if count.added else "",
            _("取消 %(count)s", count=count.removed) if count.removed else "",
            _("改动 %(count)s", count=count.changed) if count.changed else "",
        ]
        yield CountLine(name=names[count.subject], words=_("，").join(part for part in parts if part))


def field_row(change: FieldChange) -> FieldRow:
    """Return a field before and after with what differs marked."""
    if change.is_lines:
        is_reordered = not change.added and not change.removed
        gone, come = (change.before, change.after) if is_reordered else (change.removed, change.added)
        return FieldRow(
            name=say(change.name),
            before=tuple(Piece(words=said(line, say), mark="" if is_reordered else "gone") for line in gone),
            after=tuple(Piece(words=said(line, say), mark="" if is_reordered else "new") for line in come),
            is_lines=True,
            kept=0 if is_reordered else change.kept,
        )
    before, after = ("".join(said(line, say) for line in lines) for lines in (change.before, change.after))
    then, now = pieces(before, after)
    return FieldRow(name=say(change.name), before=then, after=now, is_lines=False, kept=0)


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return two texts in pieces: what is gone, what is new, what is in both, long stretches of that cut."""
    if not before or not after or max(len(before), len(after)) > LONGEST_TEXT:
        return _whole(before, "gone"), _whole(after, "new")
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.3:
        return _whole(before, "gone"), _whole(after, "new")
    then: list[Piece] = []
    now: list[Piece] = []
    codes = matcher.get_opcodes()
    for number, (kind, start, end, from_, to) in enumerate(codes):
        if kind == "equal":
            kept = list(_kept(before[start:end], is_first=number == 0, is_last=number == len(codes) - 1))
            then += kept
            now += kept
        else:
            then += _whole(before[start:end], "gone")
            now += _whole(after[from_:to], "new")
    return tuple(then), tuple(now)


def _whole(words: str, mark: str) -> tuple[Piece, ...]:
    return (Piece(words=words, mark=mark),) if words else ()


def _kept(words: str, *, is_first: bool, is_last: bool) -> Iterator[Piece]:
    """Yield what stands in both texts, with only the ends that are next to a change where it is long."""
    if len(words) <= LONG_RUN:
        yield Piece(words=words)
        return
    end = LONG_RUN // 3
    if not is_first:
        yield Piece(words=words[:end])
    yield Piece(words="", mark="cut")
    if not is_last:
        yield Piece(words=words[-end:])


def _said(sentences: Iterable[Told]) -> tuple[str, ...]:
    return tuple(sentence.said(say) for sentence in sentences)


def _closed(group: Group, class_url: Url) -> Group:
    return Group(key=group.key, name=group.name, count=group.count, entries=(), url=class_url(group.key))


class _Page:
    """One difference on its way to a page."""

    def __init__(
        self, former: ListContent, newer: ListContent, before_name: str, after_name: str, item_url: Url | None
    ) -> None:
        self.former, self.newer = former, newer
        self.before_name, self.after_name, self.item_url = before_name, after_name, item_url
        self.found = compare(former, newer)
        self.then = {one.slug: one for one in former.procedures}
        self.now = {one.slug: one for one in newer.procedures}
        self.titles = {slug: one.title for slug, one in {**self.then, **self.now}.items()}
        self.has_charts = item_url is None and len(self.found.procedures) <= MOST_CHARTS
        self.class_of = {**_classes_of(former), **_classes_of(newer)}

    def general(self) -> Iterator[str]:
        """Yield what is said of the list as a whole."""
        for one in self.found.cover:
            yield from _said(field_sentences(one, told(one.name)))
        for subject in self.found.reordered:
            yield say(ORDER_WORDS[subject])

    def groups(self) -> Iterator[Group]:
        """Yield the changes under headings: classes of items, procedures that items share, negative list, the rest."""
        yield from self._item_groups()
        shared = [change for change in self.found.procedures if len(change.items) != 1]
        rest: list[tuple[str, str, Iterable[Entry]]] = [
            ("procedures", _("几项事共用的流程"), [self._procedure_entry(change) for change in shared]),
            ("prohibitions", _("负面清单"), [self._record_entry(one, one.code) for one in self.found.prohibitions]),
            ("categories", _("分类"), [self._record_entry(one, "") for one in self.found.categories]),
            ("thresholds", _("金额"), [self._record_entry(one, "") for one in self.found.thresholds]),
        ]
        for key, name, entries in rest:
            found = tuple(entries)
            if found:
                yield Group(key=key, name=name, count=len(found), entries=found)

    def _item_groups(self) -> Iterator[Group]:
        own: dict[str, list[ProcedureChange]] = {}
        for change in self.found.procedures:
            if len(change.items) == 1:
                own.setdefault(change.items[0], []).append(change)
        items = {change.code: change for change in reversed(self.found.items)}
        classes: dict[str, list[Entry]] = {}
        names: dict[str, str] = {}
        for code, (key, name) in self.class_of.items():
            if code in items or code in own:
                names[key] = name
                found = ItemDifference(
                    code=code,
                    name=items[code].name if code in items else self.found.names[code],
                    item=items.get(code),
                    procedures=tuple(own.get(code, ())),
                    prohibitions=(),
                )
                classes.setdefault(key, []).append(self._item_entry(found))
        for key, entries in classes.items():
            yield Group(key=f"class-{key}", name=names[key], count=len(entries), entries=tuple(entries))

    def _item_entry(self, found: ItemDifference) -> Entry:
        kind = found.item.kind if found.item else ChangeKind.CHANGED
        if found.item is not None and kind is not ChangeKind.CHANGED:
            sentences = _said(item_sentences(found.item))
        else:
            sentences = _said(item_difference_sentences(found, self.found))
        return Entry(
            code=found.code,
            name=found.name,
            kind=kind,
            kind_words=kind_words(kind),
            sentences=sentences,
            url=self.item_url(found.code) if self.item_url else "",
            rows=tuple(field_row(one) for one in found.item.fields) if found.item and not self.item_url else (),
            charts=tuple(self.charts(found)) if self.has_charts else (),
        )

    def _procedure_entry(self, change: ProcedureChange) -> Entry:
        names = self.found.names
        return Entry(
            code="",
            name=change.name,
            kind=change.kind,
            kind_words=kind_words(change.kind),
            sentences=_said(procedure_sentences(change)),
            charts=(self._chart_pair(change),) if self.has_charts else (),
            others=tuple(
                (code, names.get(code, ""), self.item_url(code) if self.item_url else "") for code in change.items
            ),
        )

    def _record_entry(self, change: RecordChange, code: str) -> Entry:
        return Entry(
            code=code,
            name=change.name,
            kind=change.kind,
            kind_words=kind_words(change.kind),
            sentences=_said(record_sentences(change)) if change.kind is ChangeKind.CHANGED else (),
            rows=tuple(field_row(one) for one in change.fields),
        )

    def charts(self, found: ItemDifference) -> Iterator[ChartPair]:
        """Yield the charts of an item that changed, then and now."""
        for change in found.procedures:
            yield self._chart_pair(change)

    def _chart_pair(self, change: ProcedureChange) -> ChartPair:
        then = self.then.get(change.former_code) if change.kind is not ChangeKind.ADDED else None
        now = self.now.get(change.code) if change.kind is not ChangeKind.REMOVED else None
        before, after = standings_of(then, now, titles=self.titles, say=say)
        return ChartPair(
            slug=change.code,
            title=change.name,
            kind=change.kind,
            sentences=_said(procedure_sentences(change)),
            before=_side(then, before, self.before_name, "then"),
            after=_side(now, after, self.after_name, "now"),
        )


def kind_words(kind: ChangeKind) -> str:
    """Say what happened in one word."""
    words = {ChangeKind.ADDED: _("新增"), ChangeKind.REMOVED: _("取消"), ChangeKind.CHANGED: _("有改动")}
    return str(words[kind])


def _classes_of(content: ListContent) -> dict[str, tuple[str, str]]:
    """Return for each item of a list its class at the top: code and name, in the order of the list."""
    categories = {one.code: one for one in content.categories}
    found = {}
    for item in content.items:
        code, seen = item.category, set[str]()
        while code in categories and categories[code].parent in categories and code not in seen:
            seen.add(code)
            code = categories[code].parent
        found[item.code] = (code, categories[code].name if code in categories else code)
    return found


def _side(procedure: ProcedureContent | None, marks: Marks, name: str, when: str) -> ChartSide:
    if procedure is None:
        return ChartSide(name=name, drawing=None, steps=())
    graph = drawable(procedure.graph)
    # A chart all of whose steps came or went needs no mark at each of them.
    is_whole = len(marks) == len(graph.nodes) and all(one.kind.value in ("added", "removed") for one in marks.values())
    chart = lay_out(
        graph, Form.PHONE, is_large=type_size() == "large", say=say, standings={} if is_whole else dict(marks)
    )
    picture = draw(chart, title_id=f"chart-{procedure.slug}-{when}", say=say, palette=TOKENS, fonts=FONTS)
    told_steps = tell(graph, say=say, standings=dict(marks))
    return ChartSide(
        name=name,
        drawing=Markup(picture),  # noqa: S704 - draw escapes every word
        steps=tuple(_marked(told_steps)),
    )


def _marked(steps: Iterable[TextStep]) -> Iterator[MarkedStep]:
    """Yield the steps that are marked, and how many stand between them."""
    skipped = 0
    for step in steps:
        if not step.standing:
            skipped += 1
            continue
        if skipped:
            yield MarkedStep(step=None, skipped=skipped)
            skipped = 0
        yield MarkedStep(step=step)
    if skipped:
        yield MarkedStep(step=None, skipped=skipped)
