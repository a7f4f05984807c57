"""What is wrong with a year-end statement, told by row with amounts. Pure.

Hindering: rows of the form that are missing or strange, sums that do not add up, two sides that differ, money other
than December's closing. Remarks only: what differs from twelve months of lines or from last year, because adjustments
without money (depreciation, reserves) are legitimate; the clerk is asked to say why in the note.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from publicity.ledgers.problems import in_yuan
from publicity.ledgers.statements import Role, Statement, StatementKind, StatementRow, Turnover
from village_lists.markers import N_
from village_lists.periods import Period

FIRST = {StatementKind.BALANCE: "opening", StatementKind.INCOME: "current"}
SECOND = {StatementKind.BALANCE: "closing", StatementKind.INCOME: "former"}
COLUMNS = {"opening": N_("年初数"), "closing": N_("年末数"), "current": N_("本年数"), "former": N_("上年数")}


@dataclass(frozen=True, kw_only=True)
class WrittenRow:
    """A row as it stands in the posting: its number there, its name, and the two amounts by column (fen)."""

    line: int
    name: str
    fen: Mapping[str, int | None]


@dataclass(frozen=True, kw_only=True)
class YearFacts:
    """What a statement of the year is held against; None where nothing says it.

    `opening_fen`: what the year's books opened with; `december_fen`: the published closing of December; `former`: the
    rows of last year's published statement (closing, or current); `undistributed_fen`: what the other statement of the
    same year says is left undistributed at the end; `missing`: months that do not stand published.
    """

    moved: Turnover
    opening_fen: int | None = None
    december_fen: int | None = None
    former: Mapping[str, int] | None = None
    undistributed_fen: int | None = None
    missing: Sequence[Period] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A finding at a row (`line` None: the whole) and column: words with gaps, and whether it hinders publication."""

    line: int | None
    column: str
    words: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_hindering: bool = True


def statement_findings(
    statement: Statement, rows: Sequence[WrittenRow], *, facts: YearFacts, note: str
) -> tuple[Finding, ...]:
    """Return everything that is wrong with a statement or differs, what hinders first."""
    held = _Held(statement, rows)
    hindering = [*_form(held), *_sums(held), *_sides(held), *_money(held, facts)]
    remarks = [*_moved(held, facts), *_carried(held, facts), *_other_statement(held, facts)]
    if remarks and not note.strip():
        words = N_("有 %(count)d 处和账目或者上年不一样；如果是年终调整，请在说明里写明原因")
        remarks.append(_remark(None, "", words, count=len(remarks)))
    return (*hindering, *gaps_of(facts), *remarks)


class _Held:
    """The written rows, found by the form's."""

    def __init__(self, statement: Statement, rows: Sequence[WrittenRow]) -> None:
        self.statement = statement
        self.rows = rows
        by_name = {row.name: row for row in reversed(rows)}
        self.written = {row.key: by_name[row.name] for row in statement.rows if row.name in by_name}
        self.columns = (FIRST[statement.kind], SECOND[statement.kind])

    def fen(self, key: str, column: str) -> int:
        row = self.written.get(key)
        return (row.fen.get(column) or 0) if row else 0

    def line(self, key: str) -> int | None:
        row = self.written.get(key)
        return row.line if row else None


def _form(held: _Held) -> Iterator[Finding]:
    """Find rows that are missing, written twice, or no rows of this form."""
    names = {row.name for row in held.statement.rows}
    for row in held.statement.rows:
        if row.key not in held.written:
            yield Finding(line=None, column="item", words=N_("表里缺少「%(row)s」这一行"), values={"row": row.name})
    for written in held.rows:
        if written.name not in names:
            words = N_("「%(row)s」不是这张表里的行")
            yield Finding(line=written.line, column="item", words=words, values={"row": written.name})
        elif sum(1 for one in held.rows if one.name == written.name) > 1:
            words = N_("「%(row)s」写了两次")
            yield Finding(line=written.line, column="item", words=words, values={"row": written.name})


def _sums(held: _Held) -> Iterator[Finding]:
    for column in held.columns:
        written = {row.key: held.fen(row.key, column) for row in held.statement.rows}
        for row in held.statement.rows:
            if not row.total or row.key not in held.written:
                continue
            # Each sum is held against the rows as written, so that one mistake is told once and not in every sum above.
            needed = sum(sign * written[key] for key, sign in row.total)
            if written[row.key] != needed:
                words = N_("「%(row)s」的%(column)s应当是 %(needed)s 元，写的是 %(found)s 元")
                yield _at(held, row, column, words, needed=needed, found=written[row.key])


def _sides(held: _Held) -> Iterator[Finding]:
    assets, claims = held.statement.with_role(Role.ASSETS), held.statement.with_role(Role.CLAIMS)
    if assets is None or claims is None:
        return
    for column in held.columns:
        left, right = held.fen(assets.key, column), held.fen(claims.key, column)
        if left != right:
            words = N_("%(column)s两边不相等：资产总计 %(left)s 元，负债和所有者权益总计 %(right)s 元，差 %(gap)s 元")
            yield _at(held, claims, column, words, left=left, right=right, gap=left - right)


def _money(held: _Held, facts: YearFacts) -> Iterator[Finding]:
    money = held.statement.with_role(Role.MONEY)
    if money is None or facts.december_fen is None:
        return
    found = held.fen(money.key, "closing")
    if found != facts.december_fen:
        words = N_("「%(row)s」的%(column)s是 %(found)s 元，十二月账目的本月结余是 %(needed)s 元")
        yield _at(held, money, "closing", words, found=found, needed=facts.december_fen)


def _moved(held: _Held, facts: YearFacts) -> Iterator[Finding]:
    """Tell rows that differ from what the lines of the year moved."""
    is_balance = held.statement.kind is StatementKind.BALANCE
    for row in held.statement.rows:
        if not row.is_booked or row.key not in held.written:
            continue
        moved = facts.moved.of(row)
        if is_balance:
            found = held.fen(row.key, "closing") - held.fen(row.key, "opening")
            words = N_("「%(row)s」一年里变动 %(found)s 元，账目里的收支只有 %(needed)s 元，差 %(gap)s 元")
        else:
            found = held.fen(row.key, "current")
            words = N_("「%(row)s」写的是 %(found)s 元，十二个月的账目里是 %(needed)s 元，差 %(gap)s 元")
        if found != moved:
            column = "closing" if is_balance else "current"
            yield _at(held, row, column, words, is_hindering=False, found=found, needed=moved, gap=found - moved)


def _carried(held: _Held, facts: YearFacts) -> Iterator[Finding]:
    """Tell what does not go on from last year's statement, or from what the books opened with."""
    column = "opening" if held.statement.kind is StatementKind.BALANCE else "former"
    if facts.former is not None:
        for row in held.statement.rows:
            if row.key not in held.written or row.key not in facts.former:
                continue
            found, needed = held.fen(row.key, column), facts.former[row.key]
            if found != needed:
                words = N_("「%(row)s」的%(column)s是 %(found)s 元，上年公开的是 %(needed)s 元")
                yield _at(held, row, column, words, is_hindering=False, found=found, needed=needed)
        return
    money = held.statement.with_role(Role.MONEY)
    if money is not None and facts.opening_fen is not None:
        found = held.fen(money.key, "opening")
        if found != facts.opening_fen:
            words = N_("「%(row)s」的%(column)s是 %(found)s 元，这一年账目开头的结余是 %(needed)s 元")
            yield _at(held, money, column, words, is_hindering=False, found=found, needed=facts.opening_fen)


def _other_statement(held: _Held, facts: YearFacts) -> Iterator[Finding]:
    left = held.statement.with_role(Role.UNDISTRIBUTED)
    if left is None or facts.undistributed_fen is None:
        return
    column = "closing" if held.statement.kind is StatementKind.BALANCE else "current"
    found = held.fen(left.key, column)
    if found != facts.undistributed_fen:
        words = N_("「%(row)s」是 %(found)s 元，同一年的另一张年终报表里是 %(needed)s 元")
        yield _at(held, left, column, words, is_hindering=False, found=found, needed=facts.undistributed_fen)


def gaps_of(facts: YearFacts) -> Iterator[Finding]:
    """Yield months that are not published, and lines that nobody named an account for."""
    if facts.missing:
        months = "、".join(month.words for month in facts.missing)
        yield _remark(None, "", N_("%(months)s的账目没有公开，没有算进来"), months=months)
    if facts.moved.unknown:
        words = N_("账目里有 %(count)d 笔还没有选科目，或者科目不在这套科目表里，收支相抵 %(fen)s 元没有算进来")
        yield _remark(None, "", words, count=facts.moved.unknown, fen=in_yuan(facts.moved.unknown_fen))


def _at(held: _Held, row: StatementRow, column: str, words: str, *, is_hindering: bool = True, **fen: int) -> Finding:
    values: dict[str, object] = {"row": row.name, "column": COLUMNS[column]}
    values |= {name: in_yuan(amount) for name, amount in fen.items()}
    return Finding(line=held.line(row.key), column=column, words=words, values=values, is_hindering=is_hindering)


def _remark(line: int | None, column: str, words: str, **values: object) -> Finding:
    return Finding(line=line, column=column, words=words, values=values, is_hindering=False)
