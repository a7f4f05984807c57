"""Pages for officials of a village: the desk."""

from app.cadres import (
    attachments,
    bodies,
    carrying,
    contracts,
    extensions,
    funds,
    holdings,
    lists,
    matter_deeds,
    matter_evidence,
    matters,
    own_lists,
    posting_readings,
    posting_steps,
    postings,
    register_imports,
)

__all__ = [
    "attachments",
    "bodies",
    "carrying",
    "contracts",
    "extensions",
    "funds",
    "holdings",
    "lists",
    "matter_deeds",
    "matter_evidence",
    "matters",
    "own_lists",
    "posting_readings",
    "posting_steps",
    "postings",
    "register_imports",
]
