"""What keeps a posting from being complete, without a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from publicity.categories.contents import CategoryContent
from publicity.postings.cells import Cell, CellUnreadable, read_cell, write_cell
from village_lists.markers import N_

MOST_ROWS = 5_000


@dataclass(frozen=True, kw_only=True)
class PostingProblem:
    """One reason: `line` (None: the whole or the head), `column` key ("" for the whole), words with gaps and values."""

    line: int | None
    column: str
    words: str
    values: dict[str, object]


def posting_problems(
    content: CategoryContent,
    head: Mapping[str, Cell],
    rows: Sequence[Mapping[str, Cell]],
    *,
    is_nil: bool,
    note: str,
) -> list[PostingProblem]:
    """Return everything that a complete posting of this category lacks, in the order of its lines."""
    if is_nil:
        return _nil_problems(content, rows)
    problems = _emptiness(content, head, rows, note=note)
    for column in content.fields:
        if column.is_required and head.get(column.key) is None:
            problems.append(_missing(None, column.key, column.name))
    for line, cells in enumerate(rows, start=1):
        for column in content.columns:
            if column.is_required and cells.get(column.key) is None:
                problems.append(_missing(line, column.key, column.name))
    return problems


def _nil_problems(content: CategoryContent, rows: Sequence[Mapping[str, Cell]]) -> list[PostingProblem]:
    problems = []
    if not content.may_be_nil:
        problems.append(_whole(N_("这一类不能用「本期没有发生」代替，请填写内容。")))
    if rows:
        words = N_("选了「本期没有发生」，但表里还有 %(count)s 行；请去掉这些行，或者不选「本期没有发生」。")
        problems.append(_whole(words, count=len(rows)))
    return problems


def _emptiness(
    content: CategoryContent, head: Mapping[str, Cell], rows: Sequence[Mapping[str, Cell]], *, note: str
) -> list[PostingProblem]:
    if len(rows) > MOST_ROWS:
        words = N_("一份最多 %(most)s 行，这里有 %(count)s 行，请分成几份。")
        return [_whole(words, most=MOST_ROWS, count=len(rows))]
    if rows:
        return []
    if content.columns and content.may_be_nil:
        return [_whole(N_("还没有填写任何一行；如果本期没有发生，请选「本期没有发生」。"))]
    if content.columns:
        return [_whole(N_("还没有填写任何一行。"))]
    if not note.strip() and all(value is None for value in head.values()):
        return [_whole(N_("还没有填写任何内容。"))]
    return []


def _whole(words: str, **values: object) -> PostingProblem:
    return PostingProblem(line=None, column="", words=words, values=values)


def _missing(line: int | None, key: str, name: str) -> PostingProblem:
    if line is None:
        return PostingProblem(line=None, column=key, words=N_("请填写「%(column)s」。"), values={"column": name})
    words = N_("第 %(line)s 行还没有填写「%(column)s」。")
    return PostingProblem(line=line, column=key, words=words, values={"line": line, "column": name})


def is_kept_cell(content: CategoryContent, key: str, value: object, *, in_head: bool) -> bool:
    """Say whether a value may be kept under the key: the column is there and the value is one that read_cell gives."""
    columns = content.fields if in_head else content.columns
    column = next((column for column in columns if column.key == key), None)
    if column is None or isinstance(value, bool) or not (value is None or isinstance(value, int | str)):
        return False
    try:
        return read_cell(column, write_cell(column, value)) == value
    except CellUnreadable:
        return False
