"""Charts of accounts as data: what each account is, and by which words of a line it is recognised.

Codes and names of 2004: domain.md 3.4 [S:R3]. Of 2023 only what is new and what was abolished is sourced [S:R4, R5];
the data file says so, and its full list is a sample to be confirmed locally.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from publicity.categories.contents import Basis
from village_lists.library.fields import Fields
from village_lists.library.located import read_located
from village_lists.library.problems import LibraryProblem
from village_lists.markers import N_

FOLDER = Path(__file__).parent / "data" / "charts"
RULE = "accounts.chart"


class Side(StrEnum):
    """What an account is: 资产, 负债, 所有者权益, 成本, 收入, 支出."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    COST = "cost"
    INCOME = "income"
    EXPENSE = "expense"


SIDES = {
    Side.ASSET: N_("资产"),
    Side.LIABILITY: N_("负债"),
    Side.EQUITY: N_("所有者权益"),
    Side.COST: N_("成本"),
    Side.INCOME: N_("收入"),
    Side.EXPENSE: N_("支出"),
}


@dataclass(frozen=True, kw_only=True)
class ChartAccount:
    """One account (科目). `received` and `paid`: words of a purpose or class that suggest it for money in or out.

    `is_money`: cash and bank themselves; as the counter account of a line they mean money moved between the two.
    """

    code: str
    name: str
    side: Side
    is_money: bool = False
    received: tuple[str, ...] = ()
    paid: tuple[str, ...] = ()

    def words(self, *, is_income: bool) -> tuple[str, ...]:
        """Return the words that count for money in, or for money out."""
        return self.received if is_income else self.paid


@dataclass(frozen=True, kw_only=True)
class Abolished:
    """An account of an older chart that this one no longer has, and the accounts that took its place."""

    name: str
    into: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AccountChart:
    """A chart of accounts (会计科目表): its key is a value of the rule accounts.chart."""

    key: str
    name: str
    accounts: tuple[ChartAccount, ...]
    abolished: tuple[Abolished, ...] = ()
    basis: tuple[Basis, ...] = ()

    def account(self, code: str) -> ChartAccount | None:
        """Return the account with that code, or None."""
        return next((account for account in self.accounts if account.code == code), None)

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes of all accounts."""
        return frozenset(account.code for account in self.accounts)

    def on(self, *sides: Side) -> tuple[ChartAccount, ...]:
        """Return the accounts of these sides, in the chart's order."""
        return tuple(account for account in self.accounts if account.side in sides)


@dataclass(frozen=True, kw_only=True)
class ChartReading:
    """What the data files say, by key; `problems` has every mistake with file and line."""

    charts: Mapping[str, AccountChart]
    problems: tuple[LibraryProblem, ...]


@cache
def read_charts(folder: Path = FOLDER) -> ChartReading:
    """Read and check every chart of the folder; one with a mistake is left out."""
    charts: dict[str, AccountChart] = {}
    problems: list[LibraryProblem] = []
    for path in sorted(folder.glob("*.yaml")):
        top = read_located(path, file=path.name, problems=problems)
        if top is None:
            continue
        before = len(problems)
        part = Fields(top, file=path.name, problems=problems)
        chart = _chart(part)
        if chart.key in charts:
            part.tell(part.line_of("key"), N_("科目表「%(key)s」已经有了"), key=chart.key)
        if len(problems) == before:
            charts[chart.key] = chart
    return ChartReading(charts=charts, problems=tuple(problems))


def chart_named(key: str) -> AccountChart | None:
    """Return the chart of that key (a value of the rule accounts.chart), or None where there is none."""
    return read_charts().charts.get(key)


def suggested(chart: AccountChart, *, is_income: bool, kind: str, summary: str, item: str = "") -> str:
    """Return the code of the account that a line's class, purpose or item (its name) points to; "" where none or two.

    The clerk's own class counts first: where it names an account or begins with its name or code, that is it. Else the
    words of the chart, looked for in the class, then in the purpose, then in the item's name; what fits two accounts is
    no suggestion, and nothing farther off is asked then: a wrong guess is worse than none.
    """
    named = [account for account in chart.accounts if kind and _is_named(account, kind)]
    if named:
        return max(named, key=lambda account: len(account.name)).code
    for text in (kind, summary, item):
        found = {
            account.code
            for account in chart.accounts
            if text and any(word in text for word in account.words(is_income=is_income))
        }
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _is_named(account: ChartAccount, kind: str) -> bool:
    return kind == account.code or kind.startswith((account.name, f"{account.code} ", f"{account.code}-"))


def _chart(part: Fields) -> AccountChart:
    """Return what a file says; what is wrong is noted and stands empty."""
    accounts = tuple(_accounts(part))
    names = {account.name for account in accounts}
    chart = AccountChart(
        key=part.text("key"),
        name=part.text("name"),
        accounts=accounts,
        abolished=tuple(_abolished(part, names)),
        basis=tuple(bases(part)),
    )
    if not any(account.is_money for account in accounts):
        part.tell(part.line_of("accounts"), N_("科目表里没有现金和银行存款，请在这两个科目写上 is_money: true"))
    part.close()
    return chart


def _accounts(part: Fields) -> Iterator[ChartAccount]:
    codes: set[str] = set()
    names: set[str] = set()
    for row in part.parts("accounts"):
        account = ChartAccount(
            code=row.text("code"),
            name=row.text("name"),
            side=row.choice("side", Side),
            is_money=row.truth("is_money"),
            received=row.texts("received", required=False),
            paid=row.texts("paid", required=False),
        )
        row.close()
        if account.code in codes:
            row.tell(row.line, N_("科目编号「%(code)s」重复了"), code=account.code)
        if account.name in names:
            row.tell(row.line, N_("科目「%(name)s」重复了"), name=account.name)
        if account.is_money and account.side is not Side.ASSET:
            row.tell(row.line, N_("「%(name)s」是钱，性质应当是资产 asset"), name=account.name)
        codes.add(account.code)
        names.add(account.name)
        yield account


def _abolished(part: Fields, names: set[str]) -> Iterator[Abolished]:
    for row in part.parts("abolished", required=False):
        gone = Abolished(name=row.text("name"), into=row.texts("into", required=False))
        row.close()
        if gone.name in names:
            row.tell(row.line, N_("「%(name)s」写在取消的科目里，又还在科目表里"), name=gone.name)
        for name in gone.into:
            if name not in names:
                row.tell(row.line, N_("「%(name)s」不在这套科目里"), name=name)
        yield gone


def bases(part: Fields) -> Iterator[Basis]:
    """Yield the bases of a data file; one without `is_sample` is a sample."""
    for row in part.parts("basis"):
        yield Basis(words=row.text("words"), is_sample=True if row.raw("is_sample") is None else row.truth("is_sample"))
        row.close()
