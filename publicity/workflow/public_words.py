"""Words beside a record's table (reasons, captions, names of files) with the names covered that its tables cover."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from publicity.categories.contents import Audience
from publicity.postings.queries import posting_of
from publicity.postings.tables import Cover
from publicity.postings.views import said_of
from publicity.records.models import Version


class PublicWords:
    """Covers words as the web's tables of a record's public versions do; accounts have masks of their own.

    Every version counts: a reason may name who stood in the former version and is gone from the new one.
    """

    def __init__(self, session: Session, *, versions: Sequence[Version]) -> None:
        """Keep the versions; nothing is asked of the database until there is a word to cover."""
        self._session = session
        self._versions = versions
        self._covers: list[Cover] | None = None

    def text(self, text: str) -> str:
        """Return the words as everybody may read them."""
        if not text:
            return text
        if self._covers is None:
            self._covers = self._learn()
        for cover in self._covers:
            text = cover.text(text)
        return text

    def _learn(self) -> list[Cover]:
        postings = [(version, posting_of(self._session, version=version)) for version in self._versions]
        return [
            Cover(said_of(self._session, version=version, posting=posting), Audience.WEB)
            for version, posting in postings
            if posting is not None
        ]
