"""The registers as open data: what the pages show, private names covered, amounts in fen (CSV: in yuan)."""

from flask_babel import gettext as _

from app.register_pages import KINDS, Book, ContractLine, HoldingLine
from app.residents.tables import plain_yuan
from app.words import say


def contract_content(line: ContractLine) -> dict[str, object]:
    """Return one contract."""
    standing = line.standing
    return {
        "number": line.number,
        "title": line.title,
        "party": line.party,
        "paper_code": line.paper_code,
        "side": line.side,
        "body": line.body_kind,
        "holding": line.holding,
        "starts_on": line.starts_on.isoformat() if line.starts_on else None,
        "ends_on": line.ends_on.isoformat() if line.ends_on else None,
        "is_ended_early": line.is_ended_early,
        "total_fen": line.total_fen,
        "due_fen": standing.due_fen if standing else None,
        "paid_fen": standing.paid_fen if standing else None,
        "arrears_fen": standing.arrears_fen if standing else None,
        "days_overdue": standing.days_overdue if standing else None,
    }


def holding_content(line: HoldingLine) -> dict[str, object]:
    """Return one holding with its facts as people read them, and the numbers of its contracts."""
    return {
        "number": line.number,
        "kind": line.kind.value,
        "name": line.name,
        "body": line.body_kind,
        "is_there": line.is_there,
        "facts": {say(name): text for name, text in line.facts},
        "balance_fen": line.debt.closing_fen if line.debt else None,
        "contracts": [one.number for one in line.contracts],
    }


def holding_rows(book: Book) -> tuple[list[str], list[list[object]]]:
    """Return head and rows: a row for each contract of what is there, one alone where it has none."""
    head = [
        _("编号"),
        _("类别"),
        _("单位"),
        _("名称"),
        _("登记内容"),
        _("现在余额（元）"),
        _("合同编号"),
        _("合同对方"),
    ]
    head += [_("第一天"), _("最后一天"), _("到期应付（元）"), _("已付（元）"), _("还欠（元）")]
    rows: list[list[object]] = []
    for line in book.holdings:
        if not line.is_there:
            continue
        facts = "；".join(f"{say(name)}：{text}" for name, text in line.facts)
        balance = plain_yuan(line.debt.closing_fen) if line.debt else ""
        own: list[object] = [line.number, say(KINDS[line.kind]), line.body_name, line.name, facts, balance]
        rows += [[*own, *_used(one)] for one in line.contracts] or [[*own, *[""] * 7]]
    return head, rows


def _used(line: ContractLine) -> list[object]:
    standing = line.standing
    money = (standing.due_fen, standing.paid_fen, standing.arrears_fen) if standing else (0, 0, 0)
    days = (line.starts_on, line.ends_on)
    return [
        line.paper_code or line.number,
        line.party,
        *(day.isoformat() if day else "" for day in days),
        *map(plain_yuan, money),
    ]
