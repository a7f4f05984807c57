"""What the matters that lines name are called on the open web: private names that the money names are covered."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.holdings.models import ContractEdition
from publicity.ledgers.models import Entry
from publicity.ledgers.public_lines import Named
from publicity.matters.models import Matter
from publicity.privacy.masking import mask_text, names_in


def matters_named(
    session: Session, *, ids: Collection[int | None], officials: frozenset[str], organisations: frozenset[str]
) -> dict[int, Named]:
    """Return number, code and title of matters by their ids; three statements, none where no line names a matter.

    Who is paid for any of them, or has a contract for it, is covered in the titles; officials stand in full.
    """
    wanted = {number for number in ids if number is not None}
    if not wanted:
        return {}
    private = _private_names(session, wanted, officials, organisations)
    rows = session.execute(select(Matter.id, Matter.number, Matter.code, Matter.title).where(Matter.id.in_(wanted)))
    return {
        row.id: (row.number, row.code, mask_text(row.title, sorted(private[row.id]), officials=officials))
        for row in rows
    }


def _private_names(
    session: Session, ids: set[int], officials: frozenset[str], organisations: frozenset[str]
) -> defaultdict[int, set[str]]:
    payees = session.execute(
        select(Entry.matter_id, Entry.payee).where(Entry.matter_id.in_(ids), Entry.payee != "").distinct()
    )
    parties = session.execute(
        select(ContractEdition.matter_id, ContractEdition.party).where(ContractEdition.matter_id.in_(ids)).distinct()
    )
    told: Iterable[tuple[int | None, str]] = [(row[0], row[1]) for row in (*payees, *parties)]
    found: defaultdict[int, set[str]] = defaultdict(set)
    for number, party in told:
        found[number or 0] |= set(names_in(party, officials=officials, organisations=organisations))
    return found
