"""Names of records: numbers for what is public; random keys for what is not, so that nobody can count through them."""

import secrets

# What a database column of whole numbers holds; an address may name any number.
LARGEST_NUMBER = 2**31 - 1
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


def random_key() -> str:
    """Return 16 letters and digits: 80 random bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(16))
