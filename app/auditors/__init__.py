"""Pages for township auditors."""

from app.auditors import duties, extensions, lists, reviews, vacancies

__all__ = ["duties", "extensions", "lists", "reviews", "vacancies"]
