"""Year-end statements of the demonstration: filled from the books, adjusted as an accountant would, and posted.

The yearly financial report is told from the same closing, so that its figures are those of both statements.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.cli.demonstration.desk import Posted, Staff, at, post
from app.cli.demonstration.directory import NEGLECTFUL, Timetable
from app.cli.demonstration.holdings import ASSETS
from app.cli.demonstration.scene import Said, cells, fen
from publicity.categories.models import Affairs
from publicity.ledgers.statements import Statement, StatementKind, statement_for, with_sums
from publicity.postings.cells import Cell
from publicity.postings.year_ends import statement_fill
from village_lists.periods import Cadence, Span
from village_lists.places.models import Body, BodyKind

CODES = {StatementKind.BALANCE: "finance.balance-sheet", StatementKind.INCOME: "finance.income-statement"}
REPORT = "finance.yearly-report"
CHART = "chart2023"
"""What the sample rule book says; the demonstration's county keeps it."""
YEARS_OF_WEAR = 40
RESERVED, OF = 3, 10
OWED_TO_US, OWED_BY_US, CAPITAL = fen(69_000), fen(66_000), fen(600_000)
COMMITTEE_PART = 8
TOLD = (
    ("money", "银行存款和现金"),
    ("receivable", "见债权债务"),
    ("building", "还没有完工转入的工程"),
    ("fixed_net", "原值减累计折旧"),
    ("assets", None),
    ("payable", "见债权债务"),
    ("earmarked", "上级拨来、专门用途的钱"),
    ("debts", None),
    ("equity", "资产减负债"),
)
"""Which rows of the balance sheet the yearly report repeats, and what it says beside them."""
WHOLE = "年度财务报告的全文放在村办公楼，可以来翻看。各行的数和资产负债表、收益及收益分配表一样。"
NO_BOOKS = Said(
    rows=cells("item opening closing note", [("货币资金", 0, 0, "没有单独记账")]),
    note="村委会的钱都记在村集体的账里，见村集体的年度财务报告。",
)
WORN = "年末提取折旧%(wear)s元，不收不付，所以和十二个月的账目不一样。今年没有盈余，不提取公积公益金。"
WORN_AND_KEPT = (
    "年末提取折旧%(wear)s元，按净收益的三成提取公积公益金%(reserve)s元，这两项不收不付，所以和十二个月的账目不一样。"
)


@dataclass(frozen=True, kw_only=True)
class _Closing:
    """A body's year as the accountant closes it; amounts in fen by key of the row."""

    opening: Mapping[str, int]
    closing: Mapping[str, int]
    current: Mapping[str, int]
    former: Mapping[str, int]
    wear: int
    reserve: int

    @property
    def note(self) -> str:
        words = WORN_AND_KEPT if self.reserve else WORN
        return words % {"wear": _yuan(self.wear), "reserve": _yuan(self.reserve)}


def post_statements(session: Session, staff: Staff, table: Timetable) -> None:
    """Post both statements and the report of every body, for every year that the months cover wholly."""
    if table.scene.number % 8 == NEGLECTFUL:
        return
    for span in full_years(table.begins, table.today):
        for body in sorted(staff.village.bodies, key=lambda body: body.kind):
            _post_year(session, staff, body, span, now=table.now)


def full_years(begins: date, today: date) -> Iterator[Span]:
    """Yield the years that lie between the first month and today."""
    for year in range(begins.year if begins <= date(begins.year, 1, 1) else begins.year + 1, today.year):
        yield Span.of(Cadence.YEAR, date(year, 1, 1))


def _post_year(session: Session, staff: Staff, body: Body, span: Span, *, now: datetime) -> None:
    begun = at(date(span.last_day.year + 1, 1, 19), 9, 10)
    if begun > now:
        return
    for code, said in _told(session, body, span):
        posted = Posted(at=begun, code=code, affairs=Affairs.FINANCE, body=BodyKind(body.kind), span=span, said=said)
        post(session, staff, posted, now=now)


def _told(session: Session, body: Body, span: Span) -> Iterator[tuple[str, Said]]:
    """Yield what a body posts of a year by its category; one without books says where its money stands."""
    if not body.keeps_books:
        yield REPORT, NO_BOOKS
        return
    made = _closed(session, body, span)
    amounts = {StatementKind.BALANCE: (made.opening, made.closing), StatementKind.INCOME: (made.current, made.former)}
    for kind, columns in amounts.items():
        yield CODES[kind], Said(rows=_cells(kind, *columns), note=made.note)
    yield REPORT, _report(made)


def _report(made: _Closing) -> Said:
    """Return the year in ten rows, each as one of the two statements has it."""
    names = {row.key: row.name for row in _form(StatementKind.BALANCE).rows}
    rows = [(names[key], made.opening.get(key, 0), made.closing.get(key, 0), note) for key, note in TOLD]
    gain = ("本年净收益", None, made.current["gain"], "见收益及收益分配表")
    return Said(rows=cells("item opening closing note", [*rows, gain]), note=WHOLE)


def _closed(session: Session, body: Body, span: Span) -> _Closing:
    """Return the year with what no money moved for: wear of what is built, and what is put aside for the community."""
    balance, income = _form(StatementKind.BALANCE), _form(StatementKind.INCOME)
    filled = _filled(statement_fill(session, body=body, span=span, kind=StatementKind.BALANCE).rows, balance)
    earned = _filled(statement_fill(session, body=body, span=span, kind=StatementKind.INCOME).rows, income)
    opening = {key: first for key, (first, _) in filled.items()}
    if opening["claims"] == 0:
        opening = _first_opening(body, opening)
    moved = {key: last - filled[key][0] for key, (_, last) in filled.items()}
    current = {key: first for key, (first, _) in earned.items()}
    wear = opening["fixed_cost"] // YEARS_OF_WEAR // 100 * 100
    current["administration"] += wear
    current["before"] = opening["undistributed"]
    reserve = max(0, with_sums(income, current)["gain"]) * RESERVED // OF // 100 * 100
    current["to_reserve"] = reserve
    closing = {key: opening[key] + moved[key] for key in opening}
    closing["depreciation"] += wear
    closing["reserve"] += reserve
    closing["undistributed"] -= wear + reserve
    return _Closing(
        opening=opening,
        closing=with_sums(balance, closing),
        current=with_sums(income, current),
        former={key: last for key, (_, last) in earned.items() if any(last for _, last in earned.values())},
        wear=wear,
        reserve=reserve,
    )


def _first_opening(body: Body, known: Mapping[str, int]) -> dict[str, int]:
    """Return what the body owned and owed when its books began; what is left is undistributed."""
    part = 1 if body.kind is BodyKind.COLLECTIVE else COMMITTEE_PART
    cost = fen(sum(asset[6] for asset in ASSETS)) // part
    worn = cost - fen(sum(asset[7] for asset in ASSETS)) // part
    receivable, payable, capital = OWED_TO_US // part, OWED_BY_US // part, CAPITAL // part
    reserve = (cost - worn) // 2
    undistributed = known["money"] + receivable + cost - worn - payable - capital - reserve
    amounts = {
        **known,
        "receivable": receivable,
        "fixed_cost": cost,
        "depreciation": worn,
        "payable": payable,
        "capital": capital,
        "reserve": reserve,
        "undistributed": undistributed,
    }
    return with_sums(_form(StatementKind.BALANCE), amounts)


def _form(kind: StatementKind) -> Statement:
    form = statement_for(chart=CHART, kind=kind)
    if form is None:
        raise LookupError(kind)
    return form


def _filled(rows: tuple[dict[str, Cell], ...], form: Statement) -> dict[str, tuple[int, int]]:
    """Return the two amounts of each row by its key."""
    first, second = ("opening", "closing") if form.kind is StatementKind.BALANCE else ("current", "former")
    return {
        row.key: (int(found[first] or 0), int(found[second] or 0)) for row, found in zip(form.rows, rows, strict=True)
    }


def _cells(kind: StatementKind, first: Mapping[str, int], second: Mapping[str, int]) -> tuple[Mapping[str, Cell], ...]:
    columns = ("opening", "closing") if kind is StatementKind.BALANCE else ("current", "former")
    rows = []
    for row in _form(kind).rows:
        pair = (first.get(row.key), second.get(row.key))
        rows.append((row.name, row.line, *(pair if any(pair) else (None, None))))
    return cells(f"item number {columns[0]} {columns[1]}", rows)


def _yuan(amount: int) -> str:
    return f"{amount // 100:,}"
