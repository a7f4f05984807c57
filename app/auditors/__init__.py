"""Pages for township auditors."""

from app.auditors import duties, extensions, holdings, lists, matters, reviews, vacancies

__all__ = ["duties", "extensions", "holdings", "lists", "matters", "reviews", "vacancies"]
