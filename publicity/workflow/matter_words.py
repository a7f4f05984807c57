"""Words of matters as everybody may read them: private names covered that the money, contracts and records tell."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.holdings.models import ContractEdition
from publicity.ledgers.models import Entry
from publicity.matters.models import MatterRecord
from publicity.privacy.masking import mask_text, names_in
from publicity.records.models import Record, Version
from publicity.workflow.public_records import SEEN
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
        payees = session.scalars(select(Entry.payee).where(Entry.matter_id.in_(matters), Entry.payee != "").distinct())
        parties = session.scalars(
            select(ContractEdition.party).where(ContractEdition.matter_id.in_(matters)).distinct()
        )
        self._names = {
            name
            for party in {*payees, *parties}
            for name in names_in(party, officials=self._officials, organisations=organisations)
        }
        self._records = PublicWords(session, versions=_versions(session, matters) if with_records else ())

    def text(self, text: str) -> str:
        """Return the words as everybody may read them."""
        return self._records.text(mask_text(text, self._names, officials=self._officials)) if text else text


def _versions(session: Session, matters: Collection[int]) -> Sequence[Version]:
    """Return the public versions of the records that are tied to the matters; one statement."""
    query = (
        select(Version)
        .join(Record, Record.id == Version.record_id)
        .join(MatterRecord, MatterRecord.record_id == Record.id)
        .where(MatterRecord.matter_id.in_(matters), Version.state.in_(SEEN))
        .order_by(Version.id)
    )
    return session.scalars(query).unique().all()
