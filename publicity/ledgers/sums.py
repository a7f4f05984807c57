"""Adds up one ledger and holds it against what the sheet itself asserts: totals, balances, opening and closing."""

from collections.abc import Sequence
from dataclasses import dataclass

from publicity.ledgers.lines import Claim, Line
from publicity.ledgers.problems import Problem, in_yuan, problem_at
from village_lists.markers import N_


@dataclass(frozen=True)
class Account:
    """One month: its lines and claims, the opening and closing that the sheet states (None if it does not)."""

    sheet: str
    lines: Sequence[Line]
    claims: Sequence[Claim]
    opening_fen: int | None
    closing_fen: int | None
    closing_at: tuple[int, int]

    @property
    def income_fen(self) -> int:
        """Return the income over the lines that could be read."""
        return sum(line.income_fen for line in self.lines)

    @property
    def spending_fen(self) -> int:
        """Return the spending over the lines that could be read."""
        return sum(line.spending_fen for line in self.lines)

    @property
    def unreadable(self) -> int:
        """Return how many lines have no amount that could be read."""
        return sum(line.unreadable for line in self.lines)


def problems_of_sums(account: Account, cumulative: "Cumulative | None" = None) -> list[Problem]:
    """Return what does not add up: totals, running balances, the closing."""
    found: list[Problem] = []
    for claim in account.claims:
        found.extend(_problem_of_claim(account, claim, cumulative))
    found.extend(_running_balances(account))
    found.extend(_closing(account))
    return found


@dataclass(frozen=True)
class Cumulative:
    """What the month before stated as the year's sums so far; None where it stated nothing."""

    income_fen: int | None
    spending_fen: int | None


def _net(lines: Sequence[Line]) -> int:
    return sum(line.income_fen - line.spending_fen for line in lines)


def _problem_of_claim(account: Account, claim: Claim, cumulative: Cumulative | None) -> list[Problem]:
    if claim.kind in {"opening", "opening_year", "closing"}:
        return []
    if claim.kind == "capitals":
        return _capitals(account, claim)
    if claim.role == "balance":
        return _balance_beside_total(account, claim)
    expected = _expected(account, claim, cumulative)
    if not expected or claim.fen in expected or (claim.red and -claim.fen in expected):
        return []
    return [_mismatch(account, claim, expected[0])]


def _mismatch(account: Account, claim: Claim, sum_fen: int) -> Problem:
    words = N_(
        "第 %(row)s 行 %(column)s 列：这里写的是 %(written)s 元，各行加起来是 %(sum)s 元，"
        "相差 %(difference)s 元，请核对"
    )
    if account.unreadable:
        words = N_(
            "第 %(row)s 行 %(column)s 列：这里写的是 %(written)s 元，各行加起来是 %(sum)s 元，"
            "相差 %(difference)s 元"
            "（有 %(unreadable)s 行读不出金额，没有加进去），请核对"
        )
    return problem_at(
        account.sheet,
        claim.row,
        claim.column,
        claim.found,
        words,
        written=in_yuan(claim.fen),
        sum=in_yuan(sum_fen),
        difference=in_yuan(claim.fen - sum_fen),
        unreadable=account.unreadable,
    )


def _expected(account: Account, claim: Claim, cumulative: Cumulative | None) -> list[int]:
    """Return the sums that this total may rightly show, the most likely first."""
    whole = _amounts(account, claim, account.lines)
    if claim.role == "loose":
        return whole
    # A direction named in words speaks for all blocks; a bare 合计 for its own one.
    own = [line for line in account.lines if line.block == claim.block]
    upto, page, part = own[: claim.lines], own[claim.page : claim.lines], own[claim.part : claim.lines]
    if claim.kind == "subtotal":
        sums = [*_amounts(account, claim, part), *_amounts(account, claim, page), *_amounts(account, claim, upto)]
        # 承前页 stands at the head of a page, after nothing of it.
        return sums if upto else []
    if claim.kind == "cumulative":
        return _year_so_far(account, claim, cumulative)
    sums = [*whole, *_amounts(account, claim, own), *_amounts(account, claim, upto)]
    if account.opening_fen is not None:
        if claim.direction != "spending":
            sums += [account.opening_fen + one for one in sums]
        elif account.closing_fen is not None:
            # Both columns of an old-fashioned account end in the same sum: spending plus what is left.
            sums += [account.closing_fen + one for one in sums]
    return sums


def _amounts(account: Account, claim: Claim, lines: Sequence[Line]) -> list[int]:
    income, spending = sum(line.income_fen for line in lines), sum(line.spending_fen for line in lines)
    if claim.direction == "income":
        return [income]
    if claim.direction == "spending":
        return [spending, -spending] if any(line.signed for line in lines) or not claim.role else [spending]
    if any(line.signed for line in account.lines):
        return [income - spending]
    return [income - spending, income + spending]


def _year_so_far(account: Account, claim: Claim, cumulative: Cumulative | None) -> list[int]:
    if cumulative is None:
        return []
    before = {"income": cumulative.income_fen, "spending": cumulative.spending_fen}.get(claim.direction)
    if before is None:
        return []
    month = _amounts(account, claim, account.lines)
    return [before + month[0], *month]


def _capitals(account: Account, claim: Claim) -> list[Problem]:
    if claim.role == "figures":
        words = N_("第 %(row)s 行 %(column)s 列：大写“%(found)s”和旁边的数字不一致，请核对")
        return [problem_at(account.sheet, claim.row, claim.column, claim.found, words)]
    income, spending = account.income_fen, account.spending_fen
    block = [line for line in account.lines if line.block == claim.block]
    sums = {"income": [income], "spending": [spending]}.get(
        claim.direction,
        [
            income,
            spending,
            income - spending,
            income + spending,
            sum(one.income_fen + one.spending_fen for one in block),
        ],
    )
    if not claim.direction and account.closing_fen is not None:
        sums = [*sums, account.closing_fen]
    if claim.fen in sums:
        return []
    words = N_(
        "第 %(row)s 行 %(column)s 列：大写“%(found)s”合 %(written)s 元，和收入合计 %(income)s 元、"
        "支出合计 %(spending)s 元都对不上，请核对（只加了读得出的行）"
    )
    return [
        problem_at(
            account.sheet,
            claim.row,
            claim.column,
            claim.found,
            words,
            written=in_yuan(claim.fen),
            income=in_yuan(income),
            spending=in_yuan(spending),
        )
    ]


def _balance_beside_total(account: Account, claim: Claim) -> list[Problem]:
    """Hold a balance in a row of totals against the last running balance above it."""
    if account.opening_fen is None or any(line.unreadable for line in account.lines) or claim.kind == "capitals":
        return []
    own = [line for line in account.lines if line.block == claim.block][: claim.lines]
    expected = account.opening_fen + _net(own)
    shown = next((line.balance_fen for line in reversed(own) if line.balance_fen is not None), None)
    if claim.fen in {expected, shown, account.opening_fen + _net(account.lines)}:
        return []
    return [_wrong_balance(account, claim.row, claim.column, claim.found, claim.fen, expected)]


def _wrong_balance(account: Account, row: int, column: int, found: str, shown: int, expected: int) -> Problem:
    words = N_("第 %(row)s 行 %(column)s 列：余额写的是 %(written)s 元，按上一行推算应为 %(expected)s 元，请核对")
    return problem_at(account.sheet, row, column, found, words, written=in_yuan(shown), expected=in_yuan(expected))


def _running_balances(account: Account) -> list[Problem]:
    """Follow the balance column line by line from each balance shown, so that one slip is told once."""
    found: list[Problem] = []
    if len({line.block for line in account.lines}) > 1:
        return found
    running = account.opening_fen
    for line in account.lines:
        if running is not None:
            running = None if line.unreadable else running + line.income_fen - line.spending_fen
        if line.balance_fen is None:
            continue
        if running is not None and line.balance_fen != running:
            text = in_yuan(line.balance_fen)
            found.append(_wrong_balance(account, line.row, line.balance_column, text, line.balance_fen, running))
        running = line.balance_fen
    return found


def _closing(account: Account) -> list[Problem]:
    if account.opening_fen is None or account.closing_fen is None:
        return []
    expected = account.opening_fen + account.income_fen - account.spending_fen
    if expected == account.closing_fen:
        return []
    words = N_(
        "第 %(row)s 行 %(column)s 列：上月结余 %(opening)s 元加收入 %(income)s 元减支出 %(spending)s 元，"
        "应结余 %(expected)s 元，表上写的是 %(written)s 元，相差 %(difference)s 元，请核对"
    )
    if account.unreadable:
        words = N_(
            "第 %(row)s 行 %(column)s 列：上月结余 %(opening)s 元加收入 %(income)s 元减支出 %(spending)s 元，"
            "应结余 %(expected)s 元，表上写的是 %(written)s 元，相差 %(difference)s 元"
            "（有 %(unreadable)s 行读不出金额，没有算进去），请核对"
        )
    row, column = account.closing_at
    return [
        problem_at(
            account.sheet,
            row,
            column,
            in_yuan(account.closing_fen),
            words,
            opening=in_yuan(account.opening_fen),
            income=in_yuan(account.income_fen),
            spending=in_yuan(account.spending_fen),
            expected=in_yuan(expected),
            written=in_yuan(account.closing_fen),
            difference=in_yuan(account.closing_fen - expected),
            unreadable=account.unreadable,
        )
    ]
