"""The questions behind the pages of matters: whom their money names, what they brought, their papers."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from publicity.holdings.models import ContractEdition, EntryState, HoldingEdition
from publicity.ledgers.models import Entry
from publicity.matters.models import Evidence, Matter, MatterEvent, MatterRecord
from publicity.matters.rules import taken_back_in
from publicity.records.models import Record, Version
from publicity.workflow.public_records import SEEN
from village_lists.documents.models import Document
from village_lists.places.models import Place
from village_lists.powers.models import PowerItem


def item_names(session: Session, *, matters: Sequence[Matter]) -> dict[tuple[int, str], str]:
    """Return what the items of matters are called, by list version and code; one statement."""
    rows = session.execute(
        select(PowerItem.version_id, PowerItem.code, PowerItem.name).where(
            PowerItem.version_id.in_({one.list_version_id for one in matters}),
            PowerItem.code.in_({one.item_code for one in matters}),
        )
    )
    return {(version, code): name for version, code, name in rows}


def parties_of(session: Session, *, matters: Collection[int]) -> set[str]:
    """Return whom lines of accounts and contracts tied to matters (by id) name, drafts too; two statements."""
    payees = session.scalars(select(Entry.payee).where(Entry.matter_id.in_(matters), Entry.payee != "").distinct())
    parties = session.scalars(select(ContractEdition.party).where(ContractEdition.matter_id.in_(matters)).distinct())
    return {*payees, *parties}


def public_versions_of(session: Session, *, matters: Collection[int]) -> Sequence[Version]:
    """Return every public version of the records that are tied to matters (by id); one statement."""
    query = (
        select(Version)
        .join(Record, Record.id == Version.record_id)
        .join(MatterRecord, MatterRecord.record_id == Record.id)
        .where(MatterRecord.matter_id.in_(matters), Version.state.in_(SEEN))
        .order_by(Version.id)
    )
    return session.scalars(query).unique().all()


def holding_editions_of(session: Session, *, matter: Matter, on: date) -> Sequence[HoldingEdition]:
    """Return what the registers confirmed by a day because of a matter, with its holding, by day; one statement."""
    return session.scalars(
        select(HoldingEdition)
        .where(
            HoldingEdition.matter_id == matter.id,
            HoldingEdition.state == EntryState.CONFIRMED,
            HoldingEdition.valid_from <= on,
        )
        .options(joinedload(HoldingEdition.holding))
        .order_by(HoldingEdition.valid_from, HoldingEdition.id)
    ).all()


def shown_evidence(session: Session, *, village: Place, number: int, key: str) -> Document | None:
    """Return what everybody may have of a paper behind a deed of a matter: what somebody looked at and let out.

    What stands behind a deed that was taken back is for officials alone.
    """
    evidence = session.scalar(
        select(Evidence)
        .join(Evidence.event)
        .join(MatterEvent.matter)
        .where(
            Evidence.key == key,
            Evidence.is_checked,
            Matter.village_id == village.id,
            Matter.number == number,
        )
    )
    is_public = evidence and evidence.event.sequence not in taken_back_in(evidence.event.matter.events)
    return evidence.shown if evidence and is_public else None
