"""What follows from posts, terms and phone numbers, without asking a database."""

import re
from datetime import date
from typing import Protocol

SEPARATORS = re.compile(r"[\s\-()（）·.]")
FULL_WIDTH = str.maketrans("０１２３４５６７８９＋", "0123456789+")


class Term(Protocol):
    """Anything that runs from a day to a day."""

    starts_on: date
    ends_on: date | None


def holds_on(term: Term, on: date) -> bool:
    """Say whether the term covers the day; both ends count."""
    return term.starts_on <= on and (term.ends_on is None or on <= term.ends_on)


def normal_phone(text: str) -> str:
    """Return a phone number without country code, spaces and marks: 「+86 138-0000-0001」 → 13800000001."""
    digits = SEPARATORS.sub("", text.translate(FULL_WIDTH))
    return re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", digits)


def normal_identity(text: str) -> str:
    """Return an ID number in one writing: half-width digits, capital X, no spaces."""
    return SEPARATORS.sub("", text.translate(FULL_WIDTH)).upper().replace("Ｘ", "X")
