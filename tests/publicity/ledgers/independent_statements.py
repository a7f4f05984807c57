"""An independent look at year-end statements: plain SQL over rows and lines, and sums of its own. No shared code."""

import json
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

ROWS = text(
    "SELECT r.cells FROM posting_row r JOIN posting p ON p.id = r.posting_id JOIN version v ON v.id = p.version_id"
    " JOIN record c ON c.id = v.record_id JOIN category k ON k.id = c.category_id"
    " WHERE k.code = :code AND c.body_id = :body AND c.period = :year AND v.state = 'published' ORDER BY r.line"
)
LINES = text(
    "SELECT e.account, SUM(e.income_fen), SUM(e.spending_fen) FROM entry e JOIN ledger l ON l.id = e.ledger_id"
    " JOIN version v ON v.id = l.version_id JOIN record c ON c.id = v.record_id"
    " WHERE c.body_id = :body AND c.period LIKE :months AND v.state = 'published' GROUP BY e.account"
)
ENDS = text(
    "SELECT c.period, l.opening_fen, l.closing_fen FROM ledger l JOIN version v ON v.id = l.version_id"
    " JOIN record c ON c.id = v.record_id WHERE c.body_id = :body AND c.period IN (:january, :december)"
    " AND v.state = 'published' ORDER BY c.period"
)
ASSETS = (
    "货币资金", "短期投资", "应收款项", "存货", "消耗性生物资产", "长期投资", "生产性生物资产净值", "固定资产净值",
    "在建工程", "固定资产清理", "无形资产净值", "公益性生物资产", "长期待摊费用", "待处理财产损溢",
)  # fmt: skip
CLAIMS = (
    "短期借款", "应付款项", "应付工资", "应付劳务费", "应交税费", "长期借款及应付款", "一事一议资金", "专项应付款",
    "资本", "公积公益金", "未分配收益",
)  # fmt: skip
EARNED = {"一、经营收入": "501", "加：投资收益": "502", "补助收入": "503", "加：其他收入": "504"}
SPENT = {"减：经营支出": "511", "税金及附加": "512", "管理费用": "513", "减：公益支出": "514", "其他支出": "515"}


@dataclass(frozen=True)
class Seen:
    """What the two published statements of a body's year say by the names of their rows, and what its lines come to."""

    opening: dict[str, int]
    closing: dict[str, int]
    year: dict[str, int]
    income_less_spending: dict[str, int]
    january_opening: int
    december_closing: int


def seen(session: Session, *, body: int, year: int) -> Seen:
    """Return everything as the database has it."""
    sheets = {}
    for code in ("finance.balance-sheet", "finance.income-statement"):
        found = session.execute(ROWS, {"code": code, "body": body, "year": str(year)}).scalars().all()
        assert found, f"{code} of {year} does not stand published"
        sheets[code] = [json.loads(cells) if isinstance(cells, str) else cells for cells in found]
    balance, income = sheets["finance.balance-sheet"], sheets["finance.income-statement"]
    lines = session.execute(LINES, {"body": body, "months": f"{year}-%"}).all()
    ends = session.execute(ENDS, {"body": body, "january": f"{year}-01", "december": f"{year}-12"}).all()
    return Seen(
        opening={row["item"]: row.get("opening") or 0 for row in balance},
        closing={row["item"]: row.get("closing") or 0 for row in balance},
        year={row["item"]: row.get("current") or 0 for row in income},
        income_less_spending={account: int(into) - int(out) for account, into, out in lines},
        january_opening=ends[0][1],
        december_closing=ends[1][2],
    )


def assert_agrees(found: Seen, *, wear: int, reserve: int) -> None:
    """Hold both statements against the lines; `wear` and `reserve` (fen) are what was adjusted without money."""
    for column in (found.opening, found.closing):
        assert sum(column[name] for name in ASSETS) == sum(column[name] for name in CLAIMS)
        assert column["资产总计"] == column["负债和所有者权益总计"] == sum(column[name] for name in ASSETS)
    moved = found.income_less_spending
    assert found.closing["货币资金"] == found.december_closing
    assert found.opening["货币资金"] == found.january_opening
    assert found.december_closing - found.january_opening == sum(moved.values())
    for name, account in EARNED.items():
        assert found.year[name] == moved.get(account, 0), name
    for name, account in SPENT.items():
        assert found.year[name] == -moved.get(account, 0) + (wear if account == "513" else 0), name
    earned = sum(amount for account, amount in moved.items() if account.startswith("5"))
    assert found.year["四、净收益"] == earned - wear
    assert found.year["六、年末未分配收益"] == found.closing["未分配收益"]
    assert found.closing["未分配收益"] - found.opening["未分配收益"] == earned - wear - reserve
    assert found.closing["在建工程"] - found.opening["在建工程"] == -moved.get("153", 0)
    assert found.closing["专项应付款"] - found.opening["专项应付款"] == moved.get("241", 0)
    assert found.closing["减：累计折旧"] - found.opening["减：累计折旧"] == wear
