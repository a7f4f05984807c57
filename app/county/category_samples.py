"""Invented rows that show a steward how a category will look on the web and on paper before anybody fills it in."""

from collections.abc import Mapping
from datetime import date

from publicity.categories.contents import Audience, CategoryContent, Column, ColumnKind
from publicity.postings.cells import Cell
from publicity.postings.tables import PublicTable, Said, public_table
from village_lists.periods import Span

# Invented; numbers that nobody has. The last row is a child, so that one sees what becomes of children.
INVENTED: Mapping[ColumnKind, tuple[Cell, Cell, Cell]] = {
    ColumnKind.PERSON: ("张大有", "欧阳春梅", "李小小"),
    ColumnKind.PARTY: ("松坪市政工程有限公司", "张大有", "清风百货店"),
    ColumnKind.MONEY: (120_000, 50_050, 8_000),
    ColumnKind.NUMBER: ("12.5", "3", "0.8"),
    ColumnKind.COUNT: (12, 3, 1),
    ColumnKind.DATE: ("2026-09-12", "2026-09-20", "2026-09-28"),
    ColumnKind.MONTH: ("2026-07", "2026-08", "2026-09"),
    ColumnKind.PHONE: ("13800000001", "13900000002", "13700000003"),
    ColumnKind.IDENTITY: ("33029919650312001X", "330299197807210027", "330299201905060033"),
    ColumnKind.CARD: ("6222000000000000001", "6222000000000000002", "6222000000000000003"),
    ColumnKind.BIRTH: ("1965-03-12", "1978-07-21", "2019-05-06"),
}
WORDS = ("示例内容一", "示例内容二", "示例内容三")


def sample_tables(content: CategoryContent, *, on: date) -> tuple[PublicTable, PublicTable]:
    """Return the category with invented rows as the web reads it and as the paper shows it."""
    said = Said(
        content=content,
        span=Span.of(content.cadence, on),
        title=content.name,
        head={column.key: sample_cell(column, 0) for column in content.fields},
        rows=[(line, {column.key: sample_cell(column, line - 1) for column in content.columns}) for line in (1, 2, 3)],
        note="",
        is_nil=False,
    )
    return public_table(said, audience=Audience.WEB), public_table(said, audience=Audience.PAPER)


def sample_cell(column: Column, number: int) -> Cell:
    """Return what stands in the invented row (0 to 2) of a column."""
    if column.kind is ColumnKind.CHOICE:
        return column.choices[number % len(column.choices)] if column.choices else None
    return INVENTED.get(column.kind, WORDS)[number]
