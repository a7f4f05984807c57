"""The seven characters that stand under every printed code: six at random and one that checks them.

The check character makes the weighted sum of all seven numbers a multiple of 31. As 31 is prime, and the weights
differ from each other and from zero, every single wrong character is found, and every swap of two neighbours (indeed
of any two).
"""

import unicodedata
from random import Random

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 letters and digits without look-alikes: no 0 beside O, and neither of them; no 1, no I, no L."""

LENGTH = 7
_WEIGHTS = (7, 6, 5, 4, 3, 2, 1)
_NUMBERS = {character: number for number, character in enumerate(ALPHABET)}
_GROUPS = (2, 3, 2)


def new_code(random: Random) -> str:
    """Return a fresh code of seven characters; `random` should be `secrets.SystemRandom()` where codes are issued.

    There are 31 ** 6, about 887 million, of them: the caller asks again if the code is taken already.
    """
    six = [random.randrange(len(ALPHABET)) for _ in range(LENGTH - 1)]
    rest = sum(weight * number for weight, number in zip(_WEIGHTS, six, strict=False))
    return "".join(ALPHABET[number] for number in [*six, -rest % len(ALPHABET)])


def normalise(text: str) -> str:
    """Return what a person typed as a code is written: capitals, half-width, without spaces, hyphens and dots.

    Characters that no code has are kept, so that `is_valid` says no to them.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in plain if not character.isspace() and character not in "-–—‐‑−_.·")


def is_valid(code: str) -> bool:
    """Return whether `code`, already normalised, has seven characters of ALPHABET that check each other."""
    if len(code) != LENGTH or any(character not in _NUMBERS for character in code):
        return False
    return sum(w * _NUMBERS[c] for w, c in zip(_WEIGHTS, code, strict=True)) % len(ALPHABET) == 0


def spoken(code: str) -> str:
    """Return the code in groups that can be read aloud and copied: "K73MPAQ" becomes "K7 3MP AQ"."""
    groups = []
    start = 0
    for size in _GROUPS:
        groups.append(code[start : start + size])
        start += size
    return " ".join(groups)
