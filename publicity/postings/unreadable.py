"""The refusal to take one cell: a sentence with what was found and what to write."""

from village_lists.errors import Refusal

LONGEST_FOUND = 40


class CellUnreadable(Refusal):
    """A cell cannot be taken; `values` holds at least `found`, what stands there (shortened)."""

    def __init__(self, words: str, *, found: str, **values: object) -> None:
        """Keep the sentence; what was found is shortened so that it can be read in a line."""
        shown = " ".join(found.split())
        if len(shown) > LONGEST_FOUND:
            shown = f"{shown[:LONGEST_FOUND]}…"
        super().__init__(words, found=shown, **values)
