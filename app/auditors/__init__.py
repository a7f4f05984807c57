"""Pages for township auditors."""

from app.auditors import lists

__all__ = ["lists"]
