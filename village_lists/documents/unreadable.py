"""The refusal of a file; it stands alone, so that the child process that draws photos imports little."""

from village_lists.errors import Refusal


class UnreadableDocument(Refusal):
    """The file is not kept; the words say why."""
