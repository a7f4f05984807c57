"""Turns a posting, as paper may read it, into the pieces of its sheet: roster, table, notice or works. Pure."""

import re
from collections.abc import Iterator, Sequence

from publicity.bulletins.pieces import Fact, Facts, Grid, GridColumn, Photo, Photos, Piece, Prose, Title
from publicity.categories.contents import ColumnKind, Sheet
from publicity.postings.tables import HeadLine, PublicColumn, PublicTable

TIGHT = frozenset(
    {
        ColumnKind.MONEY,
        ColumnKind.NUMBER,
        ColumnKind.COUNT,
        ColumnKind.DATE,
        ColumnKind.MONTH,
        ColumnKind.PHONE,
        ColumnKind.IDENTITY,
        ColumnKind.CARD,
        ColumnKind.BIRTH,
    }
)
LARGE = frozenset({ColumnKind.MONEY, ColumnKind.DATE})
STAGES = {"before": "事前", "during": "事中", "after": "事后"}
PUBLIC_WORDS = ("公开", "公示", "公布", "公告")
ROSTER_BLOCKS = 4
LONG_FACT = 60
"""A fact with more characters than this is set as text on a notice."""
COUNTED = frozenset({"序号", "行次"})
"""Names of a column in which the posting numbers its rows itself; a form has its 行次 beside the names of its rows."""
SERIAL = GridColumn(name="序号", is_figure=True, is_tight=True)
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def heading_of(table: PublicTable) -> str:
    """Return what stands large at the head: a notice's own title, else what is made public."""
    if table.content.sheet is Sheet.NOTICE:
        return table.title
    return f"{table.content.name}{'' if any(word in table.content.name for word in PUBLIC_WORDS) else '公开'}"


def shown_under(table: PublicTable, *, place: str) -> str:
    """Return the line under the title: place and body, span, and what kind of posting it is where the title is not."""
    kind = "" if heading_of(table).startswith(table.content.name) else f"　{table.content.name}"
    return f"{place}　{table.span.words}{kind}"


def pieces_of(table: PublicTable, photos: Sequence[Photo] = ()) -> tuple[Piece, ...]:
    """Return the pieces of the sheet in reading order."""
    return tuple(_pieces(table, photos))


def _pieces(table: PublicTable, photos: Sequence[Photo]) -> Iterator[Piece]:
    sheet = table.content.sheet
    if sheet is not Sheet.NOTICE and table.title != table.content.name:
        yield Title(words=table.title)
    if table.is_nil:
        yield Prose(paragraphs=("本期没有发生", *paragraphs_of(table.note)), is_middle=True)
    yield from _works(table.head) if sheet is Sheet.WORKS else _head(table.head)
    if table.rows:
        yield grid_of(table)
    if table.note and not table.is_nil:
        yield Prose(paragraphs=paragraphs_of(table.note), heading="" if sheet is Sheet.NOTICE else "说明")
    if photos:
        yield Photos(photos=tuple(photos), heading="照片")
    if not (table.is_nil or table.rows or table.note or any(line.text for line in table.head)):
        yield Prose(paragraphs=("（没有内容）",), is_middle=True)


def _head(lines: Sequence[HeadLine]) -> Iterator[Piece]:
    """Yield short facts as a list, long words as text under their names."""
    given = [line for line in lines if line.text]
    prose = [line for line in given if _is_prose(line)]
    facts = tuple(fact_of(line, is_large=False) for line in given if line not in prose)
    if facts:
        yield Facts(facts=facts)
    for line in prose:
        is_alone = len(prose) == 1 and len(lines) == 1
        yield Prose(paragraphs=paragraphs_of(line.text), heading="" if is_alone else line.name)


def _is_prose(line: HeadLine) -> bool:
    return line.kind is ColumnKind.PROSE or len(line.text) > LONG_FACT


def _works(lines: Sequence[HeadLine]) -> Iterator[Piece]:
    """Yield a project's facts stage by stage, as their keys (before_…) or names (事前：…) tell it."""
    groups: dict[str, list[Fact]] = {}
    for line in lines:
        if line.text:
            stage, name = _stage(line)
            fact = fact_of(line, is_large=line.kind in LARGE)
            groups.setdefault(stage, []).append(Fact(name=name, text=fact.text, is_large=fact.is_large))
    for stage in ("", *STAGES.values()):
        if groups.get(stage):
            yield Facts(facts=tuple(groups[stage]), heading=stage)


def _stage(line: HeadLine) -> tuple[str, str]:
    """Return the stage of a fact, "" for none, and its name without it."""
    for key, words in STAGES.items():
        if line.name.startswith(words):
            return words, line.name.removeprefix(words).lstrip("：:·— ") or line.name
        if line.key.startswith(f"{key}_"):
            return words, line.name
    return "", line.name


def fact_of(line: HeadLine, *, is_large: bool) -> Fact:
    """Return a head line as a fact: days written out, figures with their unit."""
    return Fact(name=line.name, text=_with_unit(spoken_day(line.text), line.unit), is_large=is_large)


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit and text[-1:].isdigit() else text


def spoken_day(text: str) -> str:
    """Return 2026年9月12日 for 2026-09-12, 2026年9月 for 2026-09, and every other text as it is."""
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    return f"{found[1]}年{int(found[2])}月" + (f"{int(found[3])}日" if found[3] else "")


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text, without empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def grid_of(table: PublicTable) -> Grid:
    """Return the rows as a printed table, numbered unless the posting numbers them itself."""
    is_numbered = any(column.name in COUNTED for column in table.columns)
    columns = tuple(column_of(column) for column in table.columns)
    rows = tuple(row.cells for row in table.rows)
    totals = table.totals
    if not is_numbered:
        columns = (SERIAL, *columns)
        rows = tuple((str(row.line), *row.cells) for row in table.rows)
        totals = ("", *totals) if totals else None
    return Grid(
        columns=columns,
        rows=rows,
        totals=totals,
        blocks=ROSTER_BLOCKS if table.content.sheet is Sheet.ROSTER else 1,
        heading="明细" if table.content.sheet in {Sheet.WORKS, Sheet.NOTICE} else "",
    )


def column_of(column: PublicColumn) -> GridColumn:
    """Return a column as it is printed."""
    return GridColumn(
        name=column.name,
        unit=f"（{column.unit}）" if column.unit else "",
        is_figure=column.is_figure,
        is_tight=column.kind in TIGHT,
    )
