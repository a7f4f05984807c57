"""The fingerprint of a month's accounts: what an approval was given for."""

import hashlib
import json

from publicity.ledgers.models import Entry, Ledger

FURTHER = ("matter_id", "contract_id", "holding_id", "account", "reverses")


def content_digest(ledger: Ledger, *, body_id: int, period: str) -> str:
    """Return the SHA-256 (hex) of the ledger's content in one canonical writing: sorted keys, whole fen.

    What lines were for beyond their item, and where the money lies, is written only where it says something: months
    that were approved before there was such a thing keep their fingerprint.
    """
    content: dict[str, object] = {
        "body": body_id,
        "period": period,
        "opening_fen": ledger.opening_fen,
        "closing_fen": ledger.closing_fen,
        "entries": [_written(entry) for entry in ledger.entries],
    }
    if ledger.funds:
        content["funds"] = [[fund.kind.value, fund.name, fund.closing_fen] for fund in ledger.funds]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _written(entry: Entry) -> list[object]:
    further = {name: getattr(entry, name) for name in FURTHER if getattr(entry, name)}
    return [
        entry.line,
        entry.happened_on.isoformat(),
        entry.voucher,
        entry.summary,
        entry.payee,
        entry.income_fen,
        entry.spending_fen,
        entry.kind,
        entry.item_code,
        *([further] if further else []),
    ]
