"""Pages for residents: no sign-in, no cookies, no scripts needed."""

from app.residents import (
    accounts,
    attachments,
    changes,
    duties,
    holdings,
    matters,
    money,
    powers,
    prohibitions,
    records,
    scan,
    start,
    villages,
)

__all__ = [
    "accounts",
    "attachments",
    "changes",
    "duties",
    "holdings",
    "matters",
    "money",
    "powers",
    "prohibitions",
    "records",
    "scan",
    "start",
    "villages",
]
