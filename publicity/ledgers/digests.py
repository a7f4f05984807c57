"""The fingerprint of a month's accounts: what an approval was given for."""

import hashlib
import json

from publicity.ledgers.models import Ledger


def content_digest(ledger: Ledger, *, body_id: int, period: str) -> str:
    """Return the SHA-256 (hex) of the ledger's content in one canonical writing: sorted keys, whole fen."""
    content = {
        "body": body_id,
        "period": period,
        "opening_fen": ledger.opening_fen,
        "closing_fen": ledger.closing_fen,
        "entries": [
            [
                entry.line,
                entry.happened_on.isoformat(),
                entry.voucher,
                entry.summary,
                entry.payee,
                entry.income_fen,
                entry.spending_fen,
                entry.kind,
                entry.item_code,
            ]
            for entry in ledger.entries
        ],
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
