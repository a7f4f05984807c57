"""Pages for township auditors."""

from app.auditors import duties, extensions, lists

__all__ = ["duties", "extensions", "lists"]
