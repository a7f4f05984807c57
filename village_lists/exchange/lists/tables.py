"""Tables found in the grids of a workbook: which sheet is which, where its header stands, which cell says what.

A header stands in one of the first eight rows; titles may stand above it, notes below the table, remarks beside it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from village_lists.exchange.grids import Cell, Row, Sheet, Value, Workbook, letter_of
from village_lists.exchange.lists.columns import LINES_HINT, PLAN, SheetPlan
from village_lists.exchange.lists.findings import Findings, Spot
from village_lists.exchange.lists.wording import spelled, tidied
from village_lists.markers import N_

HEADER_ROWS = 8
_NOTE = re.compile(r"(?:注|附注|备注|说明|填表说明|填写说明|填报说明|合计|共计)\s*\d*\s*[：:]|※")
_GOES_ON = re.compile(r"\d{1,2}[.、．)）]|[（(]\d{1,2}[)）]|[①-⑳]")
_SHEET_NUMBER = re.compile(r"^(?:附?表)?[\d一二三四五六七八九十]+[.、．\s]+")
FAULTS = frozenset(["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"])


def reads_as_note(text: str) -> bool:
    """Say whether a text that stands alone in its row is taken for a note under the table rather than for a row."""
    return _NOTE.match(text) is not None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one cell says: `text` is stripped, `value` is the number or date that a program stored; where it stands."""

    spot: Spot
    text: str = ""
    value: Value = None

    def __bool__(self) -> bool:
        """Tell whether anything stands there."""
        return bool(self.text)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a table: the entries by role; a column that is not there or empty gives an empty entry."""

    sheet: str
    number: int
    entries: Mapping[str, Entry]
    letters: Mapping[str, str]

    def entry(self, role: str) -> Entry:
        """Return what stands under a role; an empty entry knows the cell where it should stand."""
        found = self.entries.get(role)
        return found if found is not None else Entry(spot=self.spot(role))

    def text(self, role: str) -> str:
        """Return the text under a role, or an empty one."""
        return self.entry(role).text

    def spot(self, role: str = "") -> Spot:
        """Return the cell of a role in this row, or the first cell of the row."""
        letter = self.letters.get(role) or next(iter(self.letters.values()), "A")
        return Spot(sheet=self.sheet, cell=f"{letter}{self.number}")


@dataclass(frozen=True, kw_only=True)
class Table:
    """A sheet that was understood: its lines, the header's text by role, and the title above the header."""

    key: str
    sheet: str
    lines: tuple[Line, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    title: Entry | None = None

    def has(self, role: str) -> bool:
        """Tell whether the table has a column of this role."""
        return role in self.headers

    def has_lines(self, role: str) -> bool:
        """Tell whether the header says that cells are cut by lines alone."""
        return LINES_HINT in self.headers.get(role, "")


def find_tables(workbook: Workbook, findings: Findings) -> dict[str, Table]:
    """Return the tables of a workbook by the keys of columns.yaml; extra sheets are told, missing ones are left out."""
    chosen: dict[str, Sheet] = {}
    strangers: list[Sheet] = []
    for sheet in workbook.sheets:
        key = PLAN.sheet_of(_SHEET_NUMBER.sub("", sheet.name.strip()))
        if not key:
            strangers.append(sheet)
        elif key in chosen:
            words = N_("「%(name)s」和「%(other)s」像是同一张表，请并成一张")
            findings.tell(Spot(sheet=sheet.name), words, name=sheet.name, other=chosen[key].name)
        else:
            chosen[key] = sheet
    if "items" not in chosen:
        _choose_items(chosen, strangers, findings)
    for sheet in strangers:
        if sheet.rows and spelled(sheet.name) != "说明":
            findings.notice(sheet.name, N_("这张表不在清单的格式里，没有读"))
    tables: dict[str, Table] = {}
    for key, sheet in chosen.items():
        table = _Reader(PLAN.sheets[key], sheet, findings).table()
        if table is not None:
            tables[key] = table
    return tables


def _choose_items(chosen: dict[str, Sheet], strangers: list[Sheet], findings: Findings) -> None:
    """Take the only sheet that reads like a table of items, whatever it is called."""
    plan = PLAN.sheets["items"]
    likely = [sheet for sheet in strangers if _header_row(plan, sheet) is not None]
    if len(likely) == 1:
        chosen["items"] = likely[0]
        strangers.remove(likely[0])
        findings.notice(likely[0].name, N_("没有叫「事项」的表，把这张表当作事项读了"))
    else:
        findings.tell(Spot(), N_("找不到叫「事项」的表；清单至少要有这一张"))


def _header_row(plan: SheetPlan, sheet: Sheet) -> Row | None:
    """Return the row among the first eight that knows most columns, if it has what the sheet cannot do without."""
    best, most = None, 0
    for row in sheet.rows:
        if row.number > HEADER_ROWS:
            break
        roles = {plan.role_of(_shown(cell)) for cell in row.cells if not cell.is_blank} - {""}
        enough = len(roles) >= min(2, len(plan.columns))
        if enough and len(roles) > most and any(need in roles for need in plan.needs):
            best, most = row, len(roles)
    return best


def _shown(cell: Cell) -> str:
    return tidied(cell.value if isinstance(cell.value, str) else cell.text)


class _Reader:
    """Reads one sheet as the table that its plan describes."""

    def __init__(self, plan: SheetPlan, sheet: Sheet, findings: Findings) -> None:
        self.plan = plan
        self.sheet = sheet
        self.findings = findings
        self.cells = {cell.address: cell for row in sheet.rows for cell in row.cells}
        self.roles: dict[str, str] = {}
        self.strange: set[str] = set()

    def table(self) -> Table | None:
        """Return the table, or None where no header is found; then that is told."""
        header = _header_row(self.plan, self.sheet)
        if header is None:
            if not self.sheet.rows:
                return None
            if self.plan.key == "cover":
                return self._pairs()
            words = N_("前 %(rows)s 行里找不到表头，应当有「%(wanted)s」这样的列")
            wanted = "」「".join(self.plan.column(role).title for role in self.plan.needs)
            self.findings.tell(self._spot("A1"), words, rows=HEADER_ROWS, wanted=wanted)
            return None
        if self.sheet.hidden:
            self.findings.notice(self.sheet.name, N_("这张表是隐藏的，也读了"))
        headers, first = self._read_headers(header)
        letters = {role: letter for letter, role in self.roles.items()}
        for need in self.plan.needs:
            if need not in letters:
                words = N_("表头缺少「%(title)s」这一列")
                self.findings.tell(self._spot(f"A{header.number}"), words, title=self.plan.column(need).title)
        return Table(
            key=self.plan.key,
            sheet=self.sheet.name,
            lines=tuple(self._lines(first, letters, header)),
            headers=headers,
            title=self._title(header),
        )

    def _pairs(self) -> Table:
        """Return a cover whose words stand in the first column and what they mean beside them."""
        entries: dict[str, Entry] = {}
        for row in self.sheet.rows:
            said = [cell for cell in row.cells if not cell.is_blank]
            role = self.plan.role_of(_shown(said[0])) if len(said) > 1 else ""
            if role and role not in entries:
                entries[role] = self._entry(said[1], self._spot(said[1].address), role)
        headers = {role: self.plan.column(role).title for role in entries}
        line = Line(sheet=self.sheet.name, number=1, entries=entries, letters={})
        return Table(key=self.plan.key, sheet=self.sheet.name, lines=(line,), headers=headers)

    def _spot(self, cell: str) -> Spot:
        return Spot(sheet=self.sheet.name, cell=cell)

    def _title(self, header: Row) -> Entry | None:
        """Return the first text above the header."""
        for row in self.sheet.rows:
            for cell in row.cells:
                if row.number < header.number and not cell.is_blank:
                    return Entry(spot=self._spot(cell.address), text=_shown(cell))
        return None

    def _read_headers(self, header: Row) -> tuple[dict[str, str], int]:
        """Learn the role of each column; return the header's text by role and the number of the first row below."""
        below = next((row for row in self.sheet.rows if row.number == header.number + 1), None)
        groups = {
            letter_of(cell.column): _shown(self.cells[cell.merged_from])
            for cell in header.cells
            if cell.merged_from and _row_part(cell.merged_from) == header.number
        }
        groups |= {
            _letters(anchor): _shown(self.cells[anchor])
            for anchor in {cell.merged_from for cell in header.cells if cell.merged_from}
            if anchor and _row_part(anchor) == header.number and _letters(anchor) != ""
        }
        parts = {letter_of(cell.column): _shown(cell) for cell in below.cells if not cell.is_blank} if below else {}
        has_parts = bool(groups) and bool(parts) and set(parts) <= set(groups)
        headers: dict[str, str] = {}
        for cell in header.cells:
            letter = letter_of(cell.column)
            if has_parts and letter in parts:
                self._know(letter, f"{groups[letter]}{parts[letter]}", headers, also=parts[letter])
            elif not cell.is_blank:
                self._know(letter, _shown(cell), headers)
        return headers, header.number + (2 if has_parts else 1)

    def _know(self, letter: str, text: str, headers: dict[str, str], *, also: str = "") -> None:
        """Take a column for what its header says; tell a column that nobody knows or that comes twice."""
        role = self.plan.role_of(text) or (self.plan.role_of(also) if also else "")
        if not role:
            self.strange.add(letter)
            words = N_("%(letter)s 列「%(header)s」不认识，没有读")
            self.findings.notice(self.sheet.name, words, letter=letter, header=text)
        elif role in headers:
            words = N_("「%(header)s」这一列和「%(other)s」是一个意思，只能有一列")
            row = next(row.number for row in self.sheet.rows if any(_shown(cell) == text for cell in row.cells) or also)
            self.findings.tell(self._spot(f"{letter}{row}"), words, header=text, other=headers[role])
            self.strange.add(letter)
        else:
            headers[role] = text
            self.roles[letter] = role

    def _lines(self, first: int, letters: Mapping[str, str], header: Row) -> Iterator[Line]:
        in_notes = False
        again = {letter_of(cell.column): _shown(cell) for cell in header.cells if not cell.is_blank}
        for row in self.sheet.rows:
            if row.number < first:
                continue
            own = {letter_of(cell.column): _shown(cell) for cell in row.cells if not cell.is_blank}
            told = [text for letter, text in own.items() if letter in self.roles]
            alone = next(iter(own.values())) if len(own) == 1 else ""
            if reads_as_note(alone) or (in_notes and _GOES_ON.match(alone)):
                in_notes = True
                words = N_("第 %(row)s 行是表下面的说明，没有读：%(start)s")
                self.findings.notice(self.sheet.name, words, row=row.number, start=alone[:20])
                continue
            self._tell_remarks(row)
            if not told or own == again:
                continue
            in_notes = False
            if row.hidden:
                self.findings.notice(self.sheet.name, N_("第 %(row)s 行是隐藏的，也读了"), row=row.number)
            yield Line(sheet=self.sheet.name, number=row.number, entries=self._entries(row), letters=letters)

    def _tell_remarks(self, row: Row) -> None:
        for cell in row.cells:
            letter = letter_of(cell.column)
            if not cell.is_blank and letter not in self.roles and letter not in self.strange:
                words = N_("%(cell)s 格在表格旁边，没有读：%(start)s")
                self.findings.notice(self.sheet.name, words, cell=cell.address, start=_shown(cell)[:20])

    def _entries(self, row: Row) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for cell in row.cells:
            role = self.roles.get(letter_of(cell.column))
            said = self.cells[cell.merged_from] if cell.merged_from else cell
            # A cell merged over rows speaks for each of them; one merged over columns speaks for its first column.
            if role and letter_of(said.column) == letter_of(cell.column):
                entry = self._entry(said, self._spot(cell.address), role)
                if entry:
                    found[role] = entry
        return found

    def _entry(self, cell: Cell, spot: Spot, role: str) -> Entry:
        """Return what a cell says; a date or a failed formula where a text belongs is told."""
        column = self.plan.column(role)
        if cell.is_formula_without_value or (isinstance(cell.value, str) and cell.value in FAULTS):
            if not column.is_seen:
                self.findings.tell(spot, N_("这一格是没有算出来的公式，请改成文字"), found=_shown(cell))
            return Entry(spot=spot)
        if isinstance(cell.value, date):
            if not column.is_seen:
                words = N_("表格程序把这一格当成了日期（%(found)s），请把单元格格式改成文本，再填一次")
                self.findings.tell(spot, words, found=cell.text)
            return Entry(spot=spot)
        text = str(cell.value) if isinstance(cell.value, int) else _shown(cell)
        return Entry(spot=spot, text=text, value=cell.value)


def _letters(address: str) -> str:
    return address.rstrip("0123456789")


def _row_part(address: str) -> int:
    return int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)
