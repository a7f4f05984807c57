"""One month of one sheet between reading and adding up: its opening and closing found, its sides made sure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from publicity.ledgers.lines import Claim, Line, Reading
from publicity.ledgers.problems import Notice, Problem, in_yuan, problem_at
from publicity.ledgers.sums import Account
from publicity.ledgers.vouchers import LARGEST_GAP, doubles, gaps
from village_lists.markers import N_

_REVERSAL = ("冲", "红字", "退", "更正", "调整", "转回", "撤销")


@dataclass
class Draft:
    """One month as read; `at` is where problems of the whole sheet are told, `header_at` the figures' header."""

    sheet: str
    body: str | None
    village: str
    title: str
    at: tuple[int, int]
    header_at: tuple[int, int]
    period: str | None
    lines: list[Line]
    claims: list[Claim]
    problems: list[Problem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    opening_fen: int | None = None
    opening_at: tuple[int, int] = (1, 1)
    closing_fen: int | None = None
    closing_at: tuple[int, int] = (1, 1)
    has_vouchers: bool = True

    def account(self) -> Account:
        """Return the draft for adding up."""
        return Account(self.sheet, self.lines, self.claims, self.opening_fen, self.closing_fen, self.closing_at)

    def say(self, where: tuple[int, int], found: str, words: str, **values: object) -> None:
        """Tell a problem at a row and column."""
        row, column = where
        self.problems.append(problem_at(self.sheet, row, column, found, words, **values))

    def note(self, words: str, **values: object) -> None:
        """Tell a notice."""
        self.notices.append(Notice(self.sheet, words, values))


def settle(draft: Draft) -> None:
    """Find opening and closing, make sure of the sides, and check the lines one by one; sums come later."""
    _find_opening(draft)
    _find_closing(draft)
    _read_signs(draft)
    _check_vouchers(draft)
    _check_days(draft)


def _chosen(draft: Draft, kind: str, conflict: str) -> Claim | None:
    """Return the one claim of a kind; where two differ that is told. A balance column counts before others."""
    claims = [claim for claim in draft.claims if claim.kind == kind]
    beside = {claim.row for claim in claims if claim.role == "balance"}
    claims = [claim for claim in claims if claim.role == "balance" or claim.row not in beside]
    for claim in claims[1:]:
        if claim.fen != claims[0].fen:
            first, other = in_yuan(claims[0].fen), in_yuan(claim.fen)
            draft.say((claim.row, claim.column), claim.found, conflict, first=first, other=other)
            break
    return claims[0] if claims else None


def _find_opening(draft: Draft) -> None:
    conflict = N_("第 %(row)s 行 %(column)s 列：上月结余写了两个数，前面是 %(first)s 元，这里是 %(other)s 元，请核对")
    claim = _chosen(draft, "opening", conflict)
    if claim is None and (draft.period is None or draft.period.endswith("-01")):
        claim = _chosen(draft, "opening_year", conflict)
    if claim is not None:
        draft.opening_fen, draft.opening_at = claim.fen, (claim.row, claim.column)


def _find_closing(draft: Draft) -> None:
    conflict = N_("第 %(row)s 行 %(column)s 列：本月结余写了两个数，前面是 %(first)s 元，这里是 %(other)s 元，请核对")
    claim = _chosen(draft, "closing", conflict)
    if claim is None:
        totals = [one for one in draft.claims if one.kind in {"total", "cumulative", "subtotal"}]
        after_last = [one for one in totals if one.role == "balance" and one.order >= len(draft.lines)]
        claim = after_last[-1] if after_last else None
    if claim is not None:
        draft.closing_fen, draft.closing_at = claim.fen, (claim.row, claim.column)
        _red_closing(draft, claim)
    elif draft.lines and draft.lines[-1].balance_fen is not None:
        last = draft.lines[-1]
        draft.closing_fen, draft.closing_at = last.balance_fen, (last.row, last.balance_column)


def _red_closing(draft: Draft, claim: Claim) -> None:
    """Read a red closing as overdrawn if, and only if, the arithmetic says the same."""
    if claim.red and claim.fen > 0 and draft.opening_fen is not None:
        net = sum(line.income_fen - line.spending_fen for line in draft.lines)
        if draft.opening_fen + net == -claim.fen:
            draft.closing_fen = -claim.fen


def _balances(draft: Draft, net: Callable[[Line], int]) -> bool:
    if draft.opening_fen is None or draft.closing_fen is None:
        return False
    return draft.opening_fen + sum(net(line) for line in draft.lines) == draft.closing_fen


def _read_signs(draft: Draft) -> None:
    _spending_written_negative(draft)
    _side_of_bare_column(draft)


def _spending_written_negative(draft: Draft) -> None:
    """Take spending that is negative throughout as plain spending if the closing or a total proves it."""
    spent = [line for line in draft.lines if line.spending_fen and not line.signed]
    if not spent or any(line.spending_fen > 0 or _reverses(line) for line in spent):
        return
    if _balances(draft, lambda line: line.income_fen + line.spending_fen) or _proved_by_total(draft, spent):
        for line in spent:
            line.spending_fen = -line.spending_fen
        draft.note(N_("支出一列全部写成负数，按支出读取；如果是冲减，请在摘要里写明“冲销”"))


def _proved_by_total(draft: Draft, spent: Sequence[Line]) -> bool:
    """Tell whether a total of spending is written without the minus sign."""
    whole = -sum(line.spending_fen for line in spent)
    totals = [claim.fen for claim in draft.claims if claim.kind == "total" and claim.direction == "spending"]
    return whole in totals and not _balances(draft, lambda line: line.income_fen - line.spending_fen)


def _reverses(line: Line) -> bool:
    return any(word in line.texts.get("summary", "") for word in _REVERSAL)


def _side_of_bare_column(draft: Draft) -> None:
    """Refuse to guess what a single column without any sign is, unless opening and closing prove it."""
    lines = [line for line in draft.lines if not line.unreadable]
    if not lines or not all(line.signed and line.income_fen > 0 for line in lines):
        return
    if _balances(draft, lambda line: line.income_fen):
        return
    if _balances(draft, lambda line: -line.income_fen):
        for line in lines:
            line.income_fen, line.spending_fen, line.signed = 0, line.income_fen, False
        draft.note(N_("金额一列没有注明收支，上月结余减去各行正好等于本月结余，全部按支出读取"))
        return
    words = N_(
        "第 %(row)s 行 %(column)s 列：这一列金额都是正数，看不出哪些是收入、哪些是支出，"
        "请加一列“收支”，或把支出写成负数"
    )
    draft.say(draft.header_at, "", words)


def _check_vouchers(draft: Draft) -> None:
    vouchers = [line.voucher for line in draft.lines]
    for index, first in doubles(vouchers):
        line = draft.lines[index]
        words = N_("第 %(row)s 行 %(column)s 列：凭证号“%(found)s”和第 %(first)s 行重复，请核对")
        draft.say((line.row, line.voucher_column), line.voucher, words, first=draft.lines[first].row)
    for gap in gaps(vouchers):
        line = draft.lines[gap.index]
        missing = "、".join(gap.missing)
        if gap.count > LARGEST_GAP:
            words = N_("第 %(line)s 行：凭证号“%(voucher)s”和前面的号码相差很大，不像连号，没有查缺号")
            draft.note(words, line=line.row, voucher=line.voucher)
            continue
        words = N_(
            "第 %(row)s 行 %(column)s 列：“%(found)s”前面缺凭证号 %(missing)s（共缺 %(count)s 个），"
            "请补上这几笔或说明去向"
        )
        draft.say((line.row, line.voucher_column), line.voucher, words, missing=missing, count=gap.count)


def _check_days(draft: Draft) -> None:
    for line in draft.lines:
        if line.day is not None and draft.period is not None and line.day.strftime("%Y-%m") != draft.period:
            words = N_("第 %(row)s 行 %(column)s 列：日期 %(found)s 不在 %(period)s 这个月里，请核对")
            draft.say((line.row, line.date_column), line.day.isoformat(), words, period=draft.period)


def split_by_month(draft: Draft, reading: Reading) -> list[Draft]:
    """Return one draft for each month of a sheet that runs over several, in the order of the lines.

    A day that goes back to an earlier month stays where it stands and is told; lines without a date
    follow the one above.
    """
    starts: list[tuple[int, str]] = []
    for index, line in enumerate(draft.lines):
        month = line.day.strftime("%Y-%m") if line.day else ""
        if month and (not starts or month > starts[-1][1]):
            starts.append((index if starts else 0, month))
    if not starts:
        return [draft]
    ends = [start for start, _ in starts[1:]] + [len(draft.lines)]
    return [
        replace(
            draft,
            period=month,
            lines=draft.lines[start:end],
            claims=[
                _shifted(claim, start)
                for claim in reading.claims
                if _belongs(claim, start, end, first=start == 0, last=end == len(draft.lines))
            ],
            problems=[],
            notices=[],
        )
        for (start, month), end in zip(starts, ends, strict=True)
    ]


def _belongs(claim: Claim, start: int, end: int, *, first: bool, last: bool) -> bool:
    """Tell whether a claim is about the lines from start to end: an opening stands before them, all else after."""
    if claim.role == "loose" and claim.kind == "opening":
        return first
    if claim.role == "loose" and claim.kind == "closing":
        return last
    if claim.kind in {"opening", "opening_year"}:
        return start <= claim.order < end
    return start < claim.order <= end


def _shifted(claim: Claim, start: int) -> Claim:
    return replace(
        claim,
        lines=max(claim.lines - start, 0),
        page=max(claim.page - start, 0),
        part=max(claim.part - start, 0),
        order=max(claim.order - start, 0),
    )
