"""The form of a category's columns: rows for what stands above the table and for the table; buttons move and remove."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from app.editing.fields import Form, Mistake, Reader
from publicity.categories.contents import Audience, CategoryContent, Column, ColumnKind, Mask
from village_lists.markers import N_

Choice = TypeVar("Choice", ColumnKind, Audience, Mask)
PARTS = ("fields", "columns")
ROW = re.compile(r"(fields|columns)-[0-9]{1,4}")
MOST_ROWS = 60
SPARE_ROWS = {"fields": 1, "columns": 3}
TEXTS = {"name": 40, "unit": 12, "hint": 120, "choices": 1200}
CHOSEN = ("kind", "audience", "web_mask", "paper_mask")
TICKS = ("is_required", "is_identifying", "has_total")
BY_KIND = "auto"
# 身份证号 and 银行卡号 are read by nobody but the officials who handle them (个人信息保护法 Art 28).
NEVER_SHOWN = frozenset({ColumnKind.IDENTITY, ColumnKind.CARD})
USUAL_MASKS = {
    ColumnKind.PERSON: (Mask.NAME, Mask.NONE),
    ColumnKind.PARTY: (Mask.NAME, Mask.NONE),
    ColumnKind.PHONE: (Mask.PHONE, Mask.PHONE),
    ColumnKind.BIRTH: (Mask.HIDDEN, Mask.HIDDEN),
    ColumnKind.IDENTITY: (Mask.TAIL, Mask.TAIL),
    ColumnKind.CARD: (Mask.TAIL, Mask.TAIL),
}


@dataclass(frozen=True, kw_only=True)
class ColumnRow:
    """One row as the form shows it: its name in the form, the column's key (empty: new), texts and ticks."""

    row: str
    key: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    ticks: frozenset[str] = frozenset()

    @property
    def is_blank(self) -> bool:
        """Say whether nobody wrote anything into a new row."""
        return not self.key and not any(self.texts.get(name, "").strip() for name in TEXTS)

    @property
    def is_never_shown(self) -> bool:
        """Say whether the kind leaves no choice who reads it."""
        return self.texts.get("kind") in NEVER_SHOWN

    def text(self, name: str) -> str:
        """Return what stands in a field of the row."""
        return self.texts.get(name, "")


@dataclass(frozen=True, kw_only=True)
class ColumnsForm:
    """The rows of both parts as they are stored or were sent; `content` None while there are mistakes."""

    rows: Mapping[str, tuple[ColumnRow, ...]]
    content: CategoryContent | None
    mistakes: Mapping[str, Mistake] = field(default_factory=dict)

    def all_rows(self, part: str) -> tuple[ColumnRow, ...]:
        """Return the rows of a part with spare ones after them."""
        kept = self.rows[part]
        following = len(kept) + 1
        return (*kept, *(_spare(f"{part}-{following + number}") for number in range(SPARE_ROWS[part])))


def filled_columns(content: CategoryContent) -> ColumnsForm:
    """Return the form of a content as it is stored."""
    rows = {
        "fields": tuple(_filled(f"fields-{number}", column) for number, column in enumerate(content.fields, 1)),
        "columns": tuple(_filled(f"columns-{number}", column) for number, column in enumerate(content.columns, 1)),
    }
    return ColumnsForm(rows=rows, content=content)


def sent_columns(form: Form, content: CategoryContent) -> ColumnsForm:
    """Return what was sent, after the button was pressed, written over the content; blank rows are left out."""
    names = [name for name in dict.fromkeys(form.getlist("row")) if ROW.fullmatch(name)]
    rows = {part: tuple(row for row in _sent(form, names, part) if not row.is_blank)[:MOST_ROWS] for part in PARTS}
    pressed = {part: _pressed(rows[part], form.get("do", "save")) for part in PARTS}
    reader = Reader(form)
    found = {part: tuple(_column(reader, row) for row in pressed[part]) for part in PARTS}
    renamed = {part: tuple(_numbered(part, pressed[part])) for part in PARTS}
    if reader.mistakes:
        return ColumnsForm(rows=pressed, content=None, mistakes=reader.mistakes)
    return ColumnsForm(rows=renamed, content=replace(content, fields=found["fields"], columns=found["columns"]))


def _spare(row: str) -> ColumnRow:
    texts = {"kind": ColumnKind.TEXT, "audience": Audience.WEB, "web_mask": BY_KIND, "paper_mask": BY_KIND}
    return ColumnRow(row=row, texts=texts)


def _filled(row: str, column: Column) -> ColumnRow:
    texts = {name: str(getattr(column, name)) for name in ("name", "unit", "hint", *CHOSEN)}
    ticks = frozenset(name for name in TICKS if getattr(column, name))
    return ColumnRow(row=row, key=column.key, texts={**texts, "choices": "\n".join(column.choices)}, ticks=ticks)


def _sent(form: Form, names: Iterable[str], part: str) -> Iterable[ColumnRow]:
    for row in names:
        if row.startswith(f"{part}-"):
            yield ColumnRow(
                row=row,
                key=form.get(f"{row}-key", "")[:40],
                texts={name: form.get(f"{row}-{name}", "") for name in (*TEXTS, *CHOSEN)},
                ticks=frozenset(name for name in TICKS if f"{row}-{name}" in form),
            )


def _numbered(part: str, rows: Sequence[ColumnRow]) -> Iterable[ColumnRow]:
    for number, row in enumerate(rows, 1):
        yield replace(row, row=f"{part}-{number}")


def _pressed(rows: tuple[ColumnRow, ...], button: str) -> tuple[ColumnRow, ...]:
    """Return the rows after up, down or remove with the name of a row; any other button leaves them."""
    deed, _, name = button.partition(":")
    place = next((number for number, row in enumerate(rows) if row.row == name), None)
    if place is None:
        return rows
    others = (*rows[:place], *rows[place + 1 :])
    goal = {"up": max(place - 1, 0), "down": place + 1}.get(deed)
    if goal is not None:
        return (*others[:goal], rows[place], *others[goal:])
    return others if deed == "remove" else rows


def _column(reader: Reader, row: ColumnRow) -> Column:
    name = reader.checked(f"{row.row}-name", row.text("name"), most=TEXTS["name"], needed=N_("请写这一列的名称"))
    kind = _chosen(ColumnKind, row.text("kind"), ColumnKind.TEXT)
    audience = Audience.NEVER if kind in NEVER_SHOWN else _chosen(Audience, row.text("audience"), Audience.NEVER)
    web, paper = USUAL_MASKS.get(kind, (Mask.NONE, Mask.NONE))
    return Column(
        key=row.key,
        name=name,
        kind=kind,
        audience=audience,
        web_mask=_chosen(Mask, row.text("web_mask"), web),
        paper_mask=_chosen(Mask, row.text("paper_mask"), paper),
        is_required="is_required" in row.ticks,
        is_identifying="is_identifying" in row.ticks,
        has_total="has_total" in row.ticks,
        unit=reader.checked(f"{row.row}-unit", row.text("unit"), most=TEXTS["unit"]),
        hint=reader.checked(f"{row.row}-hint", row.text("hint"), most=TEXTS["hint"]),
        choices=_choices(reader, row) if kind is ColumnKind.CHOICE else (),
    )


def _choices(reader: Reader, row: ColumnRow) -> tuple[str, ...]:
    text = reader.checked(f"{row.row}-choices", row.text("choices"), most=TEXTS["choices"])
    found = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if not found:
        reader.tell(f"{row.row}-choices", N_("请写可以选的内容，一行一个"))
    return found


def _chosen(kind: type[Choice], text: str, otherwise: Choice) -> Choice:
    return kind(text) if text in tuple(kind) else otherwise
