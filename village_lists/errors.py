"""Refusals: what a domain says when it will not do a thing, in words a person understands."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """Nothing was changed; `words` is a Chinese sentence with named gaps, `values` fills them."""

    def __init__(self, words: str, **values: object) -> None:
        """Keep the marked sentence and its values apart, so that the app can translate before filling."""
        super().__init__(words)
        self.words = words
        self.values = values

    def __str__(self) -> str:
        """Return the Chinese sentence with its gaps filled."""
        return self.words % self.values if self.values else self.words


class NotAllowed(Refusal):
    """This person may not do this deed here."""


class NotFound(Refusal):
    """There is no such thing, or none that this person may know of."""


class Stale(Refusal):
    """Somebody else changed the thing meanwhile; look again before deciding."""
