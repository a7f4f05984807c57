"""Names of what is not public: random, so that nobody can count through them."""

import secrets

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


def random_key() -> str:
    """Return 16 letters and digits: 80 random bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(16))
