"""The fingerprint of a posting: what an approval was given for."""

import hashlib
import json

from publicity.postings.models import Posting


def posting_digest(posting: Posting, *, body_id: int, period: str, title: str) -> str:
    """Return the SHA-256 (hex) of all that the posting says, and of the edition it says it under.

    One canonical writing: sorted keys, whole fen; empty cells and missing ones are the same.
    """
    content = {
        "body": body_id,
        "period": period,
        "title": title,
        "edition": posting.edition_id,
        "head": _filled(posting.head),
        "rows": [[row.line, _filled(row.cells)] for row in sorted(posting.rows, key=lambda row: row.line)],
        "note": posting.note,
        "is_nil": posting.is_nil,
        "officials": posting.officials,
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _filled(cells: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in cells.items() if value is not None}
