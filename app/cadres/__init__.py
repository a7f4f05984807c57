"""Pages for officials of a village: the desk."""

from app.cadres import (
    attachments,
    bodies,
    carrying,
    extensions,
    lists,
    own_lists,
    posting_readings,
    posting_steps,
    postings,
)

__all__ = [
    "attachments",
    "bodies",
    "carrying",
    "extensions",
    "lists",
    "own_lists",
    "posting_readings",
    "posting_steps",
    "postings",
]
