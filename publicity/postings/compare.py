"""What a correction changed, row by row, in sentences; over masked tables, so that no private name comes out."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from publicity.ledgers.corrections import Difference
from publicity.postings.masks import NAMED
from publicity.postings.tables import HeadLine, PublicColumn, PublicRow, PublicTable
from village_lists.markers import N_

LONGEST = 60
__all__ = ["Difference", "differences"]


def differences(before: PublicTable, after: PublicTable) -> list[Difference]:
    """Return what changed from one version's table to the next, both for one audience, in the order of the new rows.

    Rows are paired by the columns that identify them, else by content and position.
    """
    found: list[Difference] = []
    if before.title != after.title:
        found.append(_told(N_("标题由「%(before)s」改为「%(after)s」"), before=before.title, after=after.title))
    if before.is_nil != after.is_nil:
        words = N_("由有内容改为「本期没有发生」") if after.is_nil else N_("由「本期没有发生」改为有内容")
        found.append(_told(words))
    found += _head_changes(before, after)
    for former, row in _pairs(before, after):
        found += _row_changes(before, after, former, row)
    if before.note != after.note:
        found.append(_note(before.note, after.note))
    return found


def _told(words: str, **values: str) -> Difference:
    return Difference(words=words, values=values)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _note(before: str, after: str) -> Difference:
    if not before:
        return _told(N_("增加说明：「%(after)s」"), after=_short(after))
    if not after:
        return _told(N_("去掉说明：「%(before)s」"), before=_short(before))
    return _told(N_("说明由「%(before)s」改为「%(after)s」"), before=_short(before), after=_short(after))


def _head_changes(before: PublicTable, after: PublicTable) -> Iterator[Difference]:
    old = {line.key: line for line in before.head}
    for line in after.head:
        former = old.pop(line.key, HeadLine(key=line.key, name=line.name, text="", unit=line.unit, digest=hash(None)))
        if former.text == line.text and former.digest == line.digest:
            continue
        yield _changed(
            before=_with_unit(former.text, line.unit if line.kind not in NAMED else ""),
            after=_with_unit(line.text, line.unit if line.kind not in NAMED else ""),
            column=line.name,
            row="",
            is_name=line.kind in NAMED,
        )
    for line in old.values():
        if line.text:
            yield _changed(before=line.text, after="", column=line.name, row="", is_name=False)
    if before.unseen != after.unseen:
        yield _told(N_("不公开的栏目有改动，内容不公开"))


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if text and unit and not text.startswith("（") else text


def _changed(*, before: str, after: str, column: str, row: str, is_name: bool) -> Difference:
    """Tell one changed value; `row` is empty for the head."""
    values = {"column": column, "before": _short(before), "after": _short(after)} | ({"row": row} if row else {})
    if before == after:
        if is_name:
            words = N_("「%(row)s」的%(column)s换了人，姓名不公开") if row else N_("%(column)s换了人，姓名不公开")
        else:
            words = N_("「%(row)s」的%(column)s改过，内容不公开") if row else N_("%(column)s改过，内容不公开")
    elif not before:
        words = N_("「%(row)s」补填%(column)s：%(after)s") if row else N_("补填%(column)s：%(after)s")
    elif not after:
        words = N_("「%(row)s」去掉%(column)s，原来是 %(before)s") if row else N_("去掉%(column)s，原来是 %(before)s")
    elif row:
        words = N_("「%(row)s」的%(column)s由 %(before)s 改为 %(after)s")
    else:
        words = N_("%(column)s由 %(before)s 改为 %(after)s")
    return Difference(words=words, values=values)


def _pairs(before: PublicTable, after: PublicTable) -> Iterator[tuple[PublicRow | None, PublicRow | None]]:
    """Yield former and new rows together, (None, new) for an added one and last (former, None) for removed ones."""
    known = [row.identity for row in (*before.rows, *after.rows)]
    if known and all(known):
        yield from _by_identity(before.rows, after.rows)
    else:
        yield from _by_content(before.rows, after.rows)


def _numbered(rows: Iterable[PublicRow]) -> Iterator[tuple[tuple[int, int], PublicRow]]:
    seen: dict[int, int] = {}
    for row in rows:
        seen[row.identity] = seen.get(row.identity, 0) + 1
        yield (row.identity, seen[row.identity]), row


def _by_identity(
    before: Sequence[PublicRow], after: Sequence[PublicRow]
) -> Iterator[tuple[PublicRow | None, PublicRow | None]]:
    old = dict(_numbered(before))
    for key, row in _numbered(after):
        yield old.pop(key, None), row
    yield from ((row, None) for row in old.values())


def _by_content(
    before: Sequence[PublicRow], after: Sequence[PublicRow]
) -> Iterator[tuple[PublicRow | None, PublicRow | None]]:
    removed: list[PublicRow] = []
    matcher = SequenceMatcher(a=[_mark(row) for row in before], b=[_mark(row) for row in after], autojunk=False)
    for _, first, last, begin, end in matcher.get_opcodes():
        old, new = list(before[first:last]), list(after[begin:end])
        for row in new:
            yield (old.pop(0) if old and _alike(old[0], row) else None), row
        removed += old
    yield from ((row, None) for row in removed)


def _mark(row: PublicRow) -> tuple[int, ...]:
    return (*row.digests, row.unseen)


def _alike(former: PublicRow, row: PublicRow) -> bool:
    """Say whether two rows without an identity are one row changed: they share a value that says something."""
    if len(former.cells) != len(row.cells):
        return True
    return any(cell and cell == other for cell, other in zip(former.cells, row.cells, strict=True))


def _named(table: PublicTable, row: PublicRow) -> str:
    """Return what a row is called: its identifying cells that are shown, else its first words, else its number."""
    pairs = list(zip(table.columns, row.cells, strict=True))
    own = [text for column, text in pairs if column.is_identifying and text]
    words = own or [text for column, text in pairs if text and not column.is_figure][:1]
    return _short("，".join(words)) or str(row.line)


def _row_changes(
    before: PublicTable, after: PublicTable, former: PublicRow | None, row: PublicRow | None
) -> Iterator[Difference]:
    if row is None:
        if former is not None:
            yield _told(N_("去掉一行：%(row)s"), row=_whole(before, former))
        return
    if former is None:
        yield _told(N_("增加一行：%(row)s"), row=_whole(after, row))
        return
    old = {column.key: place for place, column in enumerate(before.columns)}
    for place, column in enumerate(after.columns):
        was = old.get(column.key)
        text, digest = (former.cells[was], former.digests[was]) if was is not None else ("", hash(None))
        if text != row.cells[place] or digest != row.digests[place]:
            yield _cell_change(column, text, row.cells[place], row=_named(after, row))
    if former.unseen != row.unseen:
        yield _told(N_("「%(row)s」不公开的内容有改动"), row=_named(after, row))


def _cell_change(column: PublicColumn, before: str, after: str, *, row: str) -> Difference:
    unit = column.unit
    return _changed(
        before=_with_unit(before, unit),
        after=_with_unit(after, unit),
        column=column.name,
        row=row,
        is_name=column.kind in NAMED,
    )


def _whole(table: PublicTable, row: PublicRow) -> str:
    texts = [_with_unit(text, column.unit) for column, text in zip(table.columns, row.cells, strict=True) if text]
    return _short("，".join(texts)) or str(row.line)
