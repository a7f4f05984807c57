"""What a sheet says, gathered from what stands in the database."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from publicity.bulletins.compose import MOST_MATTERS, EntryLine, FinanceSheet, NamedMatter, Signer
from publicity.bulletins.posters import PowerPoster
from publicity.codes.models import TargetKind
from publicity.codes.queries import code_for
from publicity.ledgers.capitals import in_capitals
from publicity.ledgers.models import Entry
from publicity.ledgers.queries import ledger_of
from publicity.matters.models import Matter
from publicity.records.models import Deed, State, Version
from village_lists.days import china_day
from village_lists.errors import NotFound
from village_lists.markers import N_
from village_lists.people.models import PostKind
from village_lists.people.queries import holders
from village_lists.periods import Period
from village_lists.places.models import Place
from village_lists.places.queries import chain_of
from village_lists.powers.models import (
    Adoption,
    ItemProcedure,
    ListVersion,
    PowerItem,
    Procedure,
    VersionState,
)
from village_lists.powers.queries import adoption_of, items_of
from village_lists.prohibitions.queries import prohibitions_for

PUBLIC = (VersionState.PUBLISHED, VersionState.SUPERSEDED)
OFFICES = {
    Deed.SUBMIT: ("制表", PostKind.CLERK),
    Deed.APPROVE: ("村务监督委员会主任", PostKind.SUPERVISION_HEAD),
    Deed.CONFIRM: ("负责人", PostKind.SECRETARY),
}


def finance_sheet(session: Session, *, version: Version, public_url: str, on: date) -> FinanceSheet:
    """Return the finance sheet of a version: payees in full, as paper shows them.

    Only what stands published or corrected has a code; a draft says that it is one. Raise NotFound without accounts.
    """
    ledger = ledger_of(session, version=version)
    if ledger is None:
        raise NotFound(N_("这份记录里还没有账目"))
    record = version.record
    village = record.village
    adoption = adoption_of(session, village=village)
    names = {item.code: item.name for item in items_of(session, version_id=adoption.version_id)} if adoption else {}
    income = [entry for entry in ledger.entries if entry.income_fen]
    spending = [entry for entry in ledger.entries if entry.spending_fen]
    income_fen = sum(entry.income_fen for entry in income)
    spending_fen = sum(entry.spending_fen for entry in spending)
    is_public = version.state in {State.PUBLISHED, State.CORRECTED}
    code = code_for(session, village=village, kind=TargetKind.RECORD, target=str(record.number)) if is_public else None
    made_at = version.submitted_at or version.made_at
    matters = _matters(session, village, ledger.entries, public_url) if is_public else ()
    return FinanceSheet(
        place=place_words(session, village=village),
        body=record.body.name.removeprefix(village.name),
        period=Period.parse(record.period).words,
        opening_label="上月结余",
        income_label="本月收入",
        spending_label="本月支出",
        closing_label="本月结余",
        opening_fen=ledger.opening_fen,
        income_fen=income_fen,
        spending_fen=spending_fen,
        closing_fen=ledger.closing_fen,
        income=tuple(_line(entry, entry.income_fen, names) for entry in income),
        spending=tuple(_line(entry, entry.spending_fen, names) for entry in spending),
        income_capitals=in_capitals(income_fen),
        spending_capitals=in_capitals(spending_fen),
        signers=_signers(session, version, on),
        made_on=china_day(made_at),
        displayed_from=version.display_from,
        displayed_to=version.display_to,
        hotline=hotline_of(session, village),
        board=village.board_address,
        code=code or "",
        url=f"{public_url}/q/{code}" if code else "",
        seals=("村务监督委员会", record.body.name),
        version=version.number,
        note=_note(version, is_public=is_public),
        matters=matters[:MOST_MATTERS],
        matters_left=max(0, len(matters) - MOST_MATTERS),
    )


def power_poster(
    session: Session, *, place: Place, item: PowerItem, version: ListVersion, public_url: str, way: str = ""
) -> PowerPoster:
    """Return the poster of an item of a list version, for a village or, before adoption, for the list's own place.

    `way` names the chart where the item has several. Only a village's own items have a printed code.
    """
    code = code_for(session, village=place, kind=TargetKind.POWER, target=item.code)
    prohibitions = prohibitions_for(session, version_id=item.version_id, item_code=item.code)
    sample = "示例，待当地确认　" if version.is_sample else ""
    draft = "" if version.state in PUBLIC else "草稿，请勿张贴　"
    return PowerPoster(
        place=place_words(session, village=place),
        title=item.name,
        item_code=item.code,
        body=item.body,
        sentence=item.sentence,
        prohibitions=tuple(prohibition.words for prohibition in prohibitions),
        bases=tuple(f"《{basis.law}》{basis.article}" if basis.law else basis.words for basis in item.bases),
        hotline=hotline_of(session, place),
        code=code or "",
        url=f"{public_url}/q/{code}" if code else "",
        list_version=f"{draft}{sample}{version.title}第 {version.number} 版",
        way=way,
        facts=() if item.uses else _facts(item),
    )


def _facts(item: PowerItem) -> tuple[str, ...]:
    """Return what a poster without a chart says instead."""
    found = (
        f"什么情况可以办：{'；'.join(item.conditions.splitlines())}" if item.conditions else "",
        f"要带的材料、要留的材料：{'、'.join(item.papers)}" if item.papers else "",
        f"要多久：{item.time_limit}" if item.time_limit else "",
        f"收费：{item.fee}" if item.fee else "",
        f"做错了怎么追责：{'；'.join(item.accountability.splitlines())}" if item.accountability else "",
    )
    return tuple(words for words in found if words)


def place_words(session: Session, *, village: Place) -> str:
    """Return the township and the village in one breath: 松坪镇上石村."""
    chain = chain_of(session, place=village)
    return (chain[1].name if len(chain) > 1 else "") + village.name


def _line(entry: Entry, amount_fen: int, names: dict[str, str]) -> EntryLine:
    return EntryLine(
        day=entry.happened_on,
        voucher=entry.voucher,
        summary=entry.summary,
        payee=entry.payee,
        amount_fen=amount_fen,
        item=names.get(entry.item_code, ""),
        matter=entry.matter.code if entry.matter else "",
    )


def _matters(session: Session, village: Place, entries: Sequence[Entry], public_url: str) -> tuple[NamedMatter, ...]:
    """Return the matters that the lines name, those with the most money first; without a printed code: not."""
    moved: dict[Matter, int] = {}
    for entry in entries:
        if entry.matter is not None:
            moved[entry.matter] = moved.get(entry.matter, 0) + abs(entry.income_fen or entry.spending_fen)
    found = []
    for matter in sorted(moved, key=lambda one: (-moved[one], one.number)):
        letters = code_for(session, village=village, kind=TargetKind.MATTER, target=str(matter.number))
        if letters:
            url = f"{public_url}/q/{letters}"
            found.append(NamedMatter(code=matter.code, title=matter.title, letters=letters, url=url))
    return tuple(found)


def _signers(session: Session, version: Version, on: date) -> tuple[Signer, ...]:
    """Return who made, approved and confirmed it, by the names frozen then; before that, who holds the post."""
    found = []
    for deed, (office, post) in OFFICES.items():
        event = next((e for e in reversed(version.events) if e.deed == deed and not e.is_void), None)
        if event is not None:
            title = "负责人（代）" if event.acts_as_substitute else office
            found.append(Signer(office=title, name=f"{event.name}（代行）" if event.is_acting else event.name))
            continue
        held = holders(session, place=version.record.village, kind=post, on=on)
        found.append(Signer(office=office, name=held[0].person.name if held else ""))
    return tuple(found)


def hotline_of(session: Session, village: Place) -> str:
    """Return the village's own telephone for complaints, else that of the township or county; "" for none."""
    return next((place.hotline for place in chain_of(session, place=village) if place.hotline), "")


def _note(version: Version, *, is_public: bool) -> str:
    if not is_public:
        return "未公开的草稿，仅供核对，请勿张贴"
    if version.state == State.CORRECTED:
        return "本表已被新的版本更正，请以最新版本为准"
    return f"更正公开（第 {version.number} 版）。更正原因：{version.reason}" if version.reason else ""


def adoption_by(session: Session, *, village: Place, version: ListVersion) -> Adoption | None:
    """Return the confirmed resolution by which a village adopted a version, or None."""
    return session.scalar(
        select(Adoption).where(
            Adoption.village_id == village.id,
            Adoption.version_id == version.id,
            Adoption.confirmed_at.is_not(None),
        )
    )


def items_in(session: Session, *, version_id: int, codes: Sequence[str]) -> list[PowerItem]:
    """Return items of a version by their codes, in the order of the list, with everything their pages show."""
    return list(
        session.scalars(
            select(PowerItem)
            .where(PowerItem.version_id == version_id, PowerItem.code.in_(codes))
            .options(
                selectinload(PowerItem.bases),
                selectinload(PowerItem.uses).joinedload(ItemProcedure.procedure).selectinload(Procedure.nodes),
                selectinload(PowerItem.uses).joinedload(ItemProcedure.procedure).selectinload(Procedure.edges),
            )
            .order_by(PowerItem.position, PowerItem.id)
        )
    )
