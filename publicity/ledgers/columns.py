"""Finds the header rows of a sheet and what each column means, by the words over the columns."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publicity.ledgers.mapping import BlockMapping, SheetMapping
from publicity.ledgers.synonyms import Words
from publicity.ledgers.wording import plain, without_brackets
from village_lists.exchange.grids import Cell, Row, Sheet, letter_of, row_of

_UNIT = re.compile(r"(百元|千元|万元|元)\)?$")
_NUMERIC = re.compile(r"[\d(（¥￥+\-]*[\d０-９][\d０-９.,，]*[)）]?")
_MONEY = frozenset(["income", "spending", "amount"])
_WHEN_OR_WHAT = frozenset(["date", "month", "day", "summary"])
_GROUPS = frozenset(["income", "spending", "voucher", "date", "amount", "balance", "payee", "summary"])


@dataclass(frozen=True)
class Label:
    """One header cell understood: its role, the side it implies (or none) and a unit in it (or none)."""

    role: str
    direction: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Header:
    """Header rows `top` to `bottom` and the blocks under them; `units` is column -> unit in its label."""

    top: int
    bottom: int
    blocks: tuple[BlockMapping, ...]
    text: str
    units: tuple[tuple[int, str], ...] = ()
    unread: tuple[tuple[int, str], ...] = ()

    @property
    def signature(self) -> str:
        """Return the mark by which the same header is known in another file (64 hexadecimal digits)."""
        return _signature(self.text)

    def as_mapping(self, sheet: str, unit: str | None) -> SheetMapping:
        """Return the header as a mapping to show, confirm and remember."""
        return SheetMapping(sheet, self.bottom, self.top, self.signature, self.blocks, unit)


def _signature(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def find_headers(sheet: Sheet, words: Words) -> list[Header]:
    """Return every header of a sheet from top to bottom, the repeated ones of printed pages too."""
    headers: list[Header] = []
    rows = sheet.rows
    index = 0
    while index < len(rows):
        header = _header_at(rows, index, words)
        if header is None:
            index += 1
            continue
        headers.append(header)
        while index < len(rows) and rows[index].number <= header.bottom:
            index += 1
    return headers


def headers_by_mapping(sheet: Sheet, mappings: Sequence[SheetMapping], words: Words) -> list[Header]:
    """Return the headers with the columns that the clerk confirmed: those at the mapped rows, and their repetitions."""
    found = find_headers(sheet, words)
    headers: dict[int, Header] = {}
    for mapping in mappings:
        here = mapping.sheet == sheet.name
        text = _row_text(sheet.rows, mapping.header_row) if here else ""
        for row in sheet.rows:
            own = _row_text([row], row.number)
            known = bool(own) and mapping.signature == _signature(own)
            if known or (here and (row.number == mapping.header_row or (text and own == text))):
                top = row.number - (mapping.header_row - mapping.header_top)
                like = next((one for one in found if one.bottom == row.number), None)
                blank = Header(top, row.number, mapping.blocks, own)
                headers[row.number] = replace(like or blank, blocks=mapping.blocks, unread=())
        for one in found:
            if one.signature == mapping.signature:
                headers[one.bottom] = replace(one, blocks=mapping.blocks, unread=())
    for one in found:
        if not any(one.top <= bottom <= one.bottom for bottom in headers):
            headers[one.bottom] = one
    return [headers[bottom] for bottom in sorted(headers)]


def label_of_column(text: str, words: Words) -> Label | None:
    """Return what a header text means, None if no synonym fits."""
    written = plain(text).strip(":")
    unit = _UNIT.search(written)
    outside = without_brackets(written)
    bare = re.sub(r"[:/_-]?(?:人民币)?(?:百元|千元|万元|元)$", "", outside)
    for candidate in (written, outside, bare):
        role = words.columns.get(candidate, "")
        if role and (candidate != bare or bare == outside or role in _MONEY | {"balance"}):
            direction, _, rest = role.partition("_")
            if direction in {"income", "spending"} and rest:
                return Label(rest, direction, unit[1] if unit else "")
            return Label(role, "", unit[1] if unit else "")
    return None


def _row_text(rows: Sequence[Row], number: int) -> str:
    row = next((one for one in rows if one.number == number), None)
    return (
        "" if row is None else "|".join(f"{cell.column}:{plain(cell.text)}" for cell in row.cells if not cell.is_blank)
    )


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if not cell.is_blank]


def _labels(row: Row, words: Words) -> dict[int, Label | None] | None:
    """Return column -> label of a row, None for a row that holds figures and so is no header."""
    found: dict[int, Label | None] = {}
    for cell in _filled(row):
        if not isinstance(cell.value, str) or _NUMERIC.fullmatch(plain(cell.value)) or len(cell.value) > 40:
            return None
        found[cell.column] = label_of_column(cell.value, words)
    return found


def _header_at(rows: Sequence[Row], index: int, words: Words) -> Header | None:
    """Return the header whose main row (the one with most labels) is this one or the one below a row of groups."""
    for main in (index, index + 1):
        if main < len(rows) and rows[main].number <= rows[index].number + 1:
            above = rows[index] if main > index else None
            header = _try(rows, main, above, words)
            if header is not None:
                return header
    return None


def _try(rows: Sequence[Row], main: int, above: Row | None, words: Words) -> Header | None:
    labels = _labels(rows[main], words)
    known = [label for label in (labels or {}).values() if label]
    if labels is None or len(known) < 2 or len(known) * 2 < len(labels):
        return None
    groups: dict[int, Label] = {}
    if above is not None:
        found = _labels(above, words)
        if not found or not all(label and label.role in _GROUPS for label in found.values()):
            return None
        groups = {column: label for column, label in found.items() if label}
    below = _children(rows, main, words)
    stack = [row for row in (above, rows[main], below) if row is not None]
    return _assemble(stack, labels, groups, _labels(below, words) or {} if below else {})


def _children(rows: Sequence[Row], main: int, words: Words) -> Row | None:
    """Return the row of lower labels under the main one, such as 月 日 under 日期, if there is one."""
    if main + 1 >= len(rows) or rows[main + 1].number != rows[main].number + 1:
        return None
    row = rows[main + 1]
    labels = _labels(row, words)
    small = {"字", "号", "号数", "种类", "年", "字号"}
    texts = [plain(cell.text) for cell in _filled(row)]
    if not labels or not all(label or text in small for label, text in zip(labels.values(), texts, strict=True)):
        return None
    covered = {cell.column for cell in row.cells if cell.merged_from and row_of(cell.merged_from) < row.number}
    return row if len(labels) >= 2 or covered else None


def _spread(row: Row, labels: dict[int, Label | None], last: int) -> dict[int, tuple[int, Label | None]]:
    """Return column -> (column it comes from, label), where a label reaches right over merged or blank cells."""
    spread: dict[int, tuple[int, Label | None]] = {}
    origin = 0
    vertical = {cell.column for cell in row.cells if cell.merged_from and row_of(cell.merged_from) < row.number}
    for column in range(1, last + 1):
        if column in labels:
            origin = column
        elif column in vertical:
            origin = 0
        if origin:
            spread[column] = (origin, labels[origin])
    return spread


def _assemble(
    stack: list[Row], labels: dict[int, Label | None], groups: dict[int, Label], children: dict[int, Label | None]
) -> Header | None:
    main = next(row for row in stack if set(labels) == {cell.column for cell in _filled(row)})
    lower = stack[-1] if children and stack[-1] is not main else None
    last = max([*labels, *children])
    over = _spread(stack[0], dict(groups), last) if groups else {}
    context = _spread(main, labels, last)
    lower_texts = {cell.column: plain(cell.text) for cell in _filled(lower)} if lower else {}
    roles: dict[int, Label] = {}
    unread: list[tuple[int, str]] = []
    for column in range(1, last + 1):
        group = over.get(column, (0, None))[1]
        if column in lower_texts:
            parent = context.get(column, (0, None))[1]
            label = _refined(lower_texts[column], children.get(column), parent or group)
        elif column in labels:
            label = _refined("", labels[column], group)
            if labels[column] is None:
                text = next(cell.text for cell in _filled(main) if cell.column == column)
                unread.append((column, text.strip()))
        else:
            continue
        if label is not None:
            roles[column] = label
    blocks = tuple(_blocks(roles, over))
    if not blocks or not all(block.has(*_MONEY) and block.has(*_WHEN_OR_WHAT) for block in blocks):
        return None
    text = "/".join(_row_text([row], row.number) for row in stack)
    units = tuple((column, label.unit) for column, label in roles.items() if label.unit)
    return Header(stack[0].number, stack[-1].number, blocks, text, units, tuple(unread))


def _refined(text: str, label: Label | None, parent: Label | None) -> Label | None:
    """Return a lower label in the light of the one above: 金额 under 收入 is income, 字 under 凭证 a voucher word."""
    above = parent.role if parent else ""
    if above == "voucher" and text in {"字", "种类"}:
        return Label("voucher_word")
    if above == "voucher" and text in {"号", "号数", "字号"}:
        return Label("voucher_number" if text != "字号" else "voucher")
    if label is None:
        return None
    if above in {"income", "spending"}:
        if label.role == "amount":
            return replace(label, role="amount", direction=above)
        return replace(label, direction=above) if not label.direction else label
    return label


def _blocks(roles: dict[int, Label], over: dict[int, tuple[int, Label | None]]) -> Iterator[BlockMapping]:
    """Yield the blocks side by side: a new one begins where a role comes again after figures were seen."""
    groups: list[dict[int, Label]] = [{}]
    for column, label in sorted(roles.items()):
        if label.role == "ignored":
            continue
        current = groups[-1]
        seen = {one.role for one in current.values()}
        sides = {one.direction for one in current.values() if one.direction}
        rest = [one.role for place, one in roles.items() if place >= column]
        turns = bool(label.direction and sides and label.direction not in sides and _has_own(over, column))
        again = label.role in seen or (turns and bool(seen & _WHEN_OR_WHAT))
        if again and seen & _MONEY and _MONEY & set(rest) and _WHEN_OR_WHAT & set(rest):
            groups.append({})
        groups[-1][column] = label
    for group in groups:
        yield _block(group, many=len(groups) > 1)


def _has_own(over: dict[int, tuple[int, Label | None]], column: int) -> bool:
    """Tell whether a group label over this column exists."""
    return column in over


def _block(group: dict[int, Label], *, many: bool) -> BlockMapping:
    """Return one block; of a role that comes twice the first column counts."""
    roles: dict[str, int] = {}
    sides = [label.direction for label in group.values() if label.direction]
    # 金额 under 收入 and under 支出 within one block are its two columns of figures.
    money = {label.direction for label in group.values() if label.role == "amount" and label.direction}
    split = money == {"income", "spending"}
    for column, label in sorted(group.items()):
        role = label.direction if split and label.role == "amount" and label.direction else label.role
        roles.setdefault(role, column)
    certain = {label.direction for label in group.values() if label.direction and label.role != "payee"}
    direction = ""
    if "amount" in roles and not split:
        if len(certain) == 1:
            direction = certain.pop()
        elif many and len(set(sides)) == 1:
            direction = sides[0]
    if "income" in roles and "spending" in roles:
        roles.pop("amount", None)
    return BlockMapping(tuple(sorted((column, role) for role, column in roles.items())), direction)


def cell_name(column: int, row: int) -> str:
    """Return the address of a column and row counted from 1."""
    return f"{letter_of(column)}{row}"
