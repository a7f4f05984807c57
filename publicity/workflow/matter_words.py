"""Words of matters as everybody may read them: private names covered that the money, contracts and records tell."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from publicity.privacy.masking import mask_text, names_in
from publicity.workflow.matter_questions import parties_of, public_versions_of
from publicity.workflow.public_words import PublicWords
from village_lists.people.queries import officials_of
from village_lists.places.models import Place


class MatterWords:
    """Covers words of the matters of one village.

    A private name is covered where a line of accounts or a contract tied to these matters names it, or, for one opened
    matter (`with_records`), a record tied to it; officials stand in full.
    """

    def __init__(
        self, session: Session, *, village: Place, matters: Collection[int], on: date, with_records: bool = False
    ) -> None:
        """Learn whom the money and the contracts of the matters (by id) name: three statements for any number."""
        self._officials = frozenset(post.person.name for post in officials_of(session, place=village, on=on))
        organisations = frozenset(body.name for body in village.bodies)
        parties = parties_of(session, matters=matters)
        self._names = {
            name
            for party in parties
            for name in names_in(party, officials=self._officials, organisations=organisations)
        }
        self._records = PublicWords(
            session, versions=public_versions_of(session, matters=matters) if with_records else ()
        )

    def text(self, text: str) -> str:
        """Return the words as everybody may read them."""
        return self._records.text(mask_text(text, self._names, officials=self._officials)) if text else text
