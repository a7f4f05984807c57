"""Year-end statements (资产负债表, 收益及收益分配表) from twelve months of lines: rows and sums. Pure.

A line moves money and its counter account, so what is computed here balances by construction wherever the opening did.
Names of the statements: domain.md 3.4 [S:R4]; which rows they have is a sample to be confirmed locally, as data.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from publicity.categories.contents import Basis
from publicity.ledgers.charts import AccountChart, bases, read_charts
from village_lists.library.fields import Fields
from village_lists.library.located import read_located
from village_lists.library.problems import LibraryProblem
from village_lists.markers import N_

FOLDER = Path(__file__).parent / "data" / "statements"


class StatementKind(StrEnum):
    """The two statements of a year: what there is and who has a claim to it; what came in, went out, was shared."""

    BALANCE = "balance"
    INCOME = "income"


class Role(StrEnum):
    """Rows that the checks ask for."""

    NONE = "none"
    MONEY = "money"
    ASSETS = "assets"
    CLAIMS = "claims"
    GAIN = "gain"
    BEFORE = "before"
    UNDISTRIBUTED = "undistributed"


@dataclass(frozen=True, kw_only=True)
class StatementRow:
    """One row: `debit` accounts count debit less credit, `credit` accounts the other way; `total` (key, 1 or -1).

    `line` is its number on the form (行次). A typed row is the clerk's: no line of accounts says it.
    """

    key: str
    name: str
    line: int
    debit: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    total: tuple[tuple[str, int], ...] = ()
    is_typed: bool = False
    role: Role = Role.NONE

    @property
    def is_booked(self) -> bool:
        """Say whether lines of accounts move the row."""
        return bool(self.debit or self.credit)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """The form of a statement for one chart of accounts."""

    key: str
    kind: StatementKind
    chart: str
    name: str
    rows: tuple[StatementRow, ...]
    basis: tuple[Basis, ...] = ()

    def with_role(self, role: Role) -> StatementRow | None:
        """Return the row of that role, or None."""
        return next((row for row in self.rows if row.role is role), None)


@dataclass(frozen=True, kw_only=True)
class BookLine:
    """A published line as books see it: its counter account and what came in or went out (fen)."""

    account: str
    income_fen: int
    spending_fen: int


@dataclass(frozen=True, kw_only=True)
class Turnover:
    """What lines moved: debit less credit by account (fen), and the lines whose account the chart does not know."""

    debit_fen: Mapping[str, int]
    unknown: int = 0
    unknown_fen: int = 0

    def of(self, row: StatementRow) -> int:
        """Return by how much the lines move a row (fen)."""
        debits = sum(self.debit_fen.get(code, 0) for code in row.debit)
        return debits - sum(self.debit_fen.get(code, 0) for code in row.credit)


def turnover(lines: Iterable[BookLine], *, chart: AccountChart) -> Turnover:
    """Return what the lines moved: money on one side, the counter account on the other.

    Money in is a debit of money and a credit of the counter account. A line whose account the chart does not know moves
    money alone: it is counted, `unknown_fen` being what is missing on the other side (income less spending).
    """
    money = next(account.code for account in chart.accounts if account.is_money)
    codes = chart.codes
    moved: dict[str, int] = {money: 0}
    unknown = unknown_fen = 0
    for line in lines:
        into = line.income_fen - line.spending_fen
        moved[money] += into
        if line.account in codes:
            moved[line.account] = moved.get(line.account, 0) - into
        else:
            unknown, unknown_fen = unknown + 1, unknown_fen + into
    return Turnover(debit_fen=moved, unknown=unknown, unknown_fen=unknown_fen)


def with_sums(statement: Statement, amounts: Mapping[str, int]) -> dict[str, int]:
    """Return the amounts (fen, by key of the row) with every sum computed; rows without an amount count as nought."""
    found: dict[str, int] = {}
    for row in statement.rows:
        if row.total:
            found[row.key] = sum(sign * found.get(key, 0) for key, sign in row.total)
        else:
            found[row.key] = amounts.get(row.key, 0)
    return found


def closing_of(statement: Statement, *, opening: Mapping[str, int], moved: Turnover) -> dict[str, int]:
    """Return every row of a balance sheet at the end of the year (fen): the opening and what the lines moved."""
    return with_sums(
        statement, {row.key: opening.get(row.key, 0) + moved.of(row) for row in statement.rows if row.is_booked}
    )


def income_of(statement: Statement, *, moved: Turnover, typed: Mapping[str, int]) -> dict[str, int]:
    """Return every row of the year's income statement (fen); `typed` has the rows that no line says."""
    booked = {row.key: moved.of(row) for row in statement.rows if row.is_booked}
    return with_sums(statement, {**typed, **booked})


@dataclass(frozen=True, kw_only=True)
class StatementReading:
    """What the data files say; `problems` has every mistake with file and line."""

    statements: tuple[Statement, ...]
    problems: tuple[LibraryProblem, ...]


@cache
def read_statements(folder: Path = FOLDER) -> StatementReading:
    """Read and check every statement of the folder; one with a mistake is left out."""
    statements: list[Statement] = []
    problems: list[LibraryProblem] = []
    for path in sorted(folder.glob("*.yaml")):
        top = read_located(path, file=path.name, problems=problems)
        if top is None:
            continue
        before = len(problems)
        statement = _statement(Fields(top, file=path.name, problems=problems))
        if len(problems) == before:
            statements.append(statement)
    return StatementReading(statements=tuple(statements), problems=tuple(problems))


def statement_for(*, chart: str, kind: StatementKind) -> Statement | None:
    """Return the form of a statement for a chart (its key), or None where there is none."""
    return next((one for one in read_statements().statements if (one.chart, one.kind) == (chart, kind)), None)


def _statement(part: Fields) -> Statement:
    chart = read_charts().charts.get(part.text("chart"))
    if chart is None:
        part.tell(part.line_of("chart"), N_("没有这套科目表，请写 chart2004 或者 chart2023 这样的代号"))
    codes = chart.codes if chart else frozenset()
    kind = part.choice("kind", StatementKind)
    statement = Statement(
        key=part.text("key"),
        kind=kind,
        chart=chart.key if chart else "",
        name=part.text("name"),
        rows=tuple(_rows(part, codes)),
        basis=tuple(bases(part)),
    )
    part.close()
    if chart is not None:
        _tell_left_out(part, statement, chart)
    return statement


def _rows(part: Fields, codes: frozenset[str]) -> Iterator[StatementRow]:
    seen: dict[str, str] = {}
    for row in part.parts("rows"):
        found = StatementRow(
            key=row.text("key"),
            name=row.text("name"),
            line=row.whole("line", required=True) or 0,
            debit=row.texts("debit", required=False),
            credit=row.texts("credit", required=False),
            total=tuple(_signed(one) for one in row.texts("sum", required=False)),
            is_typed=row.truth("typed"),
            role=row.choice("role", Role) if row.raw("role") else Role.NONE,
        )
        row.close()
        if found.key in seen or found.name in seen.values():
            row.tell(row.line, N_("「%(name)s」重复了，代号和名称都只能有一个"), name=found.name)
        if bool(found.total) + found.is_booked + found.is_typed != 1:
            words = N_("「%(name)s」要写明从哪里来：科目（debit、credit）、几行相加（sum）、或者由人填写（typed）")
            row.tell(row.line, words, name=found.name)
        for code in (*found.debit, *found.credit):
            if code not in codes:
                row.tell(row.line, N_("科目编号「%(code)s」不在这套科目里"), code=code)
        for key, _sign in found.total:
            if key not in seen:
                row.tell(row.line, N_("「%(name)s」加的「%(key)s」要写在它前面"), name=found.name, key=key)
        seen[found.key] = found.name
        yield found


def _signed(written: str) -> tuple[str, int]:
    return (written[1:], -1) if written.startswith("-") else (written, 1)


def _tell_left_out(part: Fields, statement: Statement, chart: AccountChart) -> None:
    """Tell accounts that a balance sheet counts twice or not at all: it could not balance."""
    if statement.kind is not StatementKind.BALANCE:
        return
    counted = [code for row in statement.rows for code in (*row.debit, *row.credit)]
    for account in chart.accounts:
        times = counted.count(account.code)
        if times != 1:
            words = N_("科目「%(name)s」在表里算了 %(times)d 次，每个科目都要算一次")
            part.tell(part.line_of("rows"), words, name=account.name, times=times)
