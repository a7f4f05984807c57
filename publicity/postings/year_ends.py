"""Year-end statements as postings: filled from twelve months of published lines, and held against them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from publicity.categories.contents import CategoryContent
from publicity.categories.queries import content_of
from publicity.ledgers.accounting import chart_for
from publicity.ledgers.statement_checks import (
    FIRST,
    SECOND,
    Finding,
    WrittenRow,
    YearFacts,
    gaps_of,
    statement_findings,
)
from publicity.ledgers.statements import (
    Role,
    Statement,
    StatementKind,
    Turnover,
    closing_of,
    income_of,
    statement_for,
    turnover,
    with_sums,
)
from publicity.ledgers.year_books import YearBooks, year_books
from publicity.postings.cells import Cell
from publicity.postings.models import Posting
from publicity.postings.queries import published_postings
from publicity.records.models import Version
from village_lists.errors import NotFound
from village_lists.markers import N_
from village_lists.periods import Cadence, Span
from village_lists.places.models import Body, Place

BALANCE, INCOME = "statements.balance", "statements.income"
KINDS = {BALANCE: StatementKind.BALANCE, INCOME: StatementKind.INCOME}
"""What `filled_from` of a category says, and the statement it means."""


@dataclass(frozen=True, kw_only=True)
class _Year:
    """A body's year: its form, its books and what they moved."""

    body: Body
    span: Span
    statement: Statement
    books: YearBooks
    moved: Turnover

    @property
    def columns(self) -> tuple[str, str]:
        kind = self.statement.kind
        return FIRST[kind], SECOND[kind]


@dataclass(frozen=True, kw_only=True)
class StatementFill:
    """What the books say for a statement: rows of cells, and what they leave open (months, lines without account)."""

    rows: tuple[dict[str, Cell], ...]
    gaps: tuple[Finding, ...]


def statement_fill(session: Session, *, body: Body, span: Span, kind: StatementKind) -> StatementFill:
    """Return the rows of a statement (cells of item, number and the two columns, in fen) as the books have it.

    What was published for the year before is carried on; without it a balance sheet opens with the money that the
    year's books opened with, and the clerk types the rest. About eight statements. Raise NotFound where the village's
    chart of accounts has no such form.
    """
    year = _year(session, body=body, span=span, kind=kind)
    former = _former(session, year)
    if kind is StatementKind.BALANCE:
        opening = _opening(year, former)
        amounts = (opening, closing_of(year.statement, opening=opening, moved=year.moved))
    else:
        current = income_of(year.statement, moved=year.moved, typed=_before(session, year, former))
        amounts = (current, former or {})
    first, second = year.columns
    rows = tuple(
        {
            "item": row.name,
            "number": row.line,
            **_shown({first: amounts[0].get(row.key), second: amounts[1].get(row.key)}),
        }
        for row in year.statement.rows
    )
    facts = YearFacts(moved=year.moved, missing=year.books.missing)
    return StatementFill(rows=rows, gaps=tuple(gaps_of(facts)))


def _shown(pair: dict[str, int | None]) -> dict[str, int | None]:
    """Return the two amounts, none where there is nothing in either: a form leaves such a row empty."""
    return pair if any(pair.values()) else dict.fromkeys(pair)


def year_end_findings(
    session: Session, *, version: Version, posting: Posting, content: CategoryContent
) -> tuple[Finding, ...]:
    """Return what is wrong with a statement or differs from the books; nothing for any other category."""
    kind = KINDS.get(content.filled_from)
    span = Span.parse(version.record.period)
    if kind is None or span.cadence is not Cadence.YEAR:
        return ()
    year = _year(session, body=version.record.body, span=span, kind=kind)
    former = _former(session, year)
    facts = YearFacts(
        moved=year.moved,
        opening_fen=year.books.opening_fen,
        december_fen=year.books.december_fen,
        former=former,
        undistributed_fen=_told_beside(session, year),
        missing=year.books.missing,
    )
    rows = written_rows([row.cells for row in posting.rows], columns=year.columns)
    return statement_findings(year.statement, rows, facts=facts, note=posting.note)


def written_rows(cells: Sequence[Mapping[str, Cell]], *, columns: tuple[str, str]) -> list[WrittenRow]:
    """Return the rows of a posting (numbered from 1) as the checks read them; amounts in fen."""
    return [
        WrittenRow(
            line=line,
            name=str(row.get("item") or "").strip(),
            fen={column: value for column in columns if isinstance(value := row.get(column), int)},
        )
        for line, row in enumerate(cells, start=1)
    ]


def _year(session: Session, *, body: Body, span: Span, kind: StatementKind) -> _Year:
    village = session.get_one(Place, body.village_id)
    chart = chart_for(session, village=village, on=span.last_day)
    statement = statement_for(chart=chart.key, kind=kind)
    if statement is None:
        raise NotFound(N_("「%(chart)s」没有这张年终报表的样子"), chart=chart.name)
    books = year_books(session, body=body, year=span.first_day.year)
    return _Year(body=body, span=span, statement=statement, books=books, moved=turnover(books.lines, chart=chart))


def _opening(year: _Year, former: Mapping[str, int] | None) -> dict[str, int]:
    if former is not None:
        return dict(former)
    money = year.statement.with_role(Role.MONEY)
    known = {} if money is None or year.books.opening_fen is None else {money.key: year.books.opening_fen}
    return with_sums(year.statement, known)


def _before(session: Session, year: _Year, former: Mapping[str, int] | None) -> dict[str, int]:
    """Return what was undistributed when the year began: last year's last row, else what the balance sheet says."""
    row, left = year.statement.with_role(Role.BEFORE), year.statement.with_role(Role.UNDISTRIBUTED)
    if row is None or left is None:
        return {}
    if former is not None and left.key in former:
        return {row.key: former[left.key]}
    opened = _published(session, year, kind=StatementKind.BALANCE, span=year.span, column="opening")
    beside = _form(year, StatementKind.BALANCE)
    undistributed = beside.with_role(Role.UNDISTRIBUTED) if beside else None
    if opened is None or undistributed is None:
        return {}
    return {row.key: opened.get(undistributed.key, 0)}


def _former(session: Session, year: _Year) -> dict[str, int] | None:
    """Return the rows of last year's published statement: closing, or the year's own column; None without one."""
    column = "closing" if year.statement.kind is StatementKind.BALANCE else "current"
    before = Span.of(Cadence.YEAR, year.span.first_day.replace(year=year.span.first_day.year - 1))
    return _published(session, year, kind=year.statement.kind, span=before, column=column)


def _told_beside(session: Session, year: _Year) -> int | None:
    """Return what the year's other published statement leaves undistributed at the end, or None."""
    is_balance = year.statement.kind is StatementKind.BALANCE
    kind = StatementKind.INCOME if is_balance else StatementKind.BALANCE
    form = _form(year, kind)
    row = form.with_role(Role.UNDISTRIBUTED) if form else None
    told = _published(session, year, kind=kind, span=year.span, column="current" if is_balance else "closing")
    return None if row is None or told is None else told.get(row.key)


def _form(year: _Year, kind: StatementKind) -> Statement | None:
    return statement_for(chart=year.statement.chart, kind=kind)


def _published(session: Session, year: _Year, *, kind: StatementKind, span: Span, column: str) -> dict[str, int] | None:
    """Return a column (fen by key of the row) of what stands published of the body's statement for a span, or None."""
    form = _form(year, kind)
    postings = published_postings(session, body=year.body, span=span)
    for posting in postings:
        if form is not None and KINDS.get(content_of(posting.edition).filled_from) is kind:
            named = {row.name: row.key for row in form.rows}
            rows = written_rows([row.cells for row in posting.rows], columns=(column, column))
            return {named[row.name]: row.fen.get(column) or 0 for row in rows if row.name in named}
    return None
