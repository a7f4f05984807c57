"""Deeds upon ledgers: from a parsed sheet to a draft, tying lines to items, starting balances."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import cast

from sqlalchemy.orm import Session

from publicity.attachments.actions import copy_attachments
from publicity.categories.models import ACCOUNTS
from publicity.ledgers.models import ColumnChoice, Entry, Ledger, StartingBalance, Upload
from publicity.ledgers.parsed import ParsedLedger
from publicity.ledgers.queries import column_choices, ledger_of, starting_balance, tie_key
from publicity.ledgers.ties import Chosen, KeptTies, Known, known_numbers, matter_of_contract
from publicity.records.models import Deed, Event, Record, State, Version
from publicity.records.queries import (
    category,
    lock_version,
    next_record_number,
    published_version,
    record_for,
    unfinished_version,
    was_public,
)
from publicity.records.rules import random_key
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind
from village_lists.periods import Period
from village_lists.places.models import Body, Place


def keep_upload(session: Session, *, body: Body, name: str, content: bytes, by: Person, now: datetime) -> Upload:
    """Keep a workbook as it was sent, under a random key."""
    upload = Upload(key=random_key(), body_id=body.id, by_id=by.id, at=now, name=name[:200], content=content)
    session.add(upload)
    session.flush()
    return upload


def remember_columns(
    session: Session, *, village: Place, signature: str, mapping: Mapping[str, object], header: str, now: datetime
) -> None:
    """Remember which column means what for this header in this village; the last choice counts."""
    if signature in column_choices(session, village=village):
        session.query(ColumnChoice).filter_by(village_id=village.id, signature=signature).update(
            {"mapping": dict(mapping), "confirmed_at": now}
        )
        return
    session.add(
        ColumnChoice(village_id=village.id, signature=signature, mapping=dict(mapping), header=header, confirmed_at=now)
    )


def record_starting_balance(
    session: Session, *, body: Body, period: Period, amount_fen: int, basis: str, by: Person, now: datetime
) -> StartingBalance:
    """Record once what a body's books start from; raise Refusal where it is recorded already."""
    if starting_balance(session, body=body):
        raise Refusal(N_("%(body)s 的起始余额已经登记过，不能再改"), body=body.name)
    balance = StartingBalance(
        body_id=body.id,
        period=str(period),
        amount_fen=amount_fen,
        basis=basis,
        recorded_by_id=by.id,
        recorded_at=now,
    )
    session.add(balance)
    session.flush()
    return balance


def draft_ledger(
    session: Session,
    *,
    body: Body,
    parsed: ParsedLedger,
    source: str,
    by: Person,
    now: datetime,
    reason: str = "",
    sent_by: Person | None = None,
) -> Version:
    """Make the draft of a month from what was read, or put it in place of the draft that is there.

    A month that stands published gets a correction, which needs a reason. Raise Refusal where the month is in
    review, or where a correction has no reason. Unchanged lines keep their ties, in a correction those that stand
    published. `sent_by` is who sent the workbook where that was somebody else: he entered it too, and reviews it no
    more than `by`.
    """
    period = Period.parse(parsed.period or "")
    # Two clerks at once: the second waits, then finds the record and draft of the first.
    session.get_one(Place, body.village_id, with_for_update={"key_share": True}, populate_existing=True)
    record = record_for(session, body=body, code=ACCOUNTS, period=str(period)) or _new_record(session, body, period)
    version = unfinished_version(record)
    if version is not None:
        lock_version(session, version=version)
    if version is not None and version.state != State.DRAFT:
        raise Refusal(N_("%(period)s的账目正在审核，退回之前不能换"), period=period.words)
    is_new = version is None
    if version is None:
        version = begin_version(session, record, by=by, now=now, reason=reason)
    kept = _published_ties(session, record) if is_new else _clear(session, version)
    version.made_by_id, version.made_at, version.revision = by.id, now, version.revision + 1
    if reason.strip():
        version.reason = reason.strip()
    _fill(session, version, parsed, source, kept)
    if is_new:
        take_photos_over(session, record, version, by=by, now=now)
    if sent_by is not None and sent_by.id != by.id:
        note_draft(session, version, by=sent_by, now=now, source=source)
    note_draft(session, version, by=by, now=now, source=source)
    session.expire(version, ["events"])
    return version


def take_photos_over(session: Session, record: Record, version: Version, *, by: Person, now: datetime) -> None:
    """Copy the photos of what stands published to its correction, each to the line with the same voucher and amount."""
    former = published_version(record)
    before = ledger_of(session, version=former) if former else None
    after = ledger_of(session, version=version)
    if former is None or before is None or after is None:
        return
    lines = {(entry.voucher, entry.income_fen, entry.spending_fen): entry.line for entry in after.entries}
    same = {
        entry.line: lines[entry.voucher, entry.income_fen, entry.spending_fen]
        for entry in before.entries
        if (entry.voucher, entry.income_fen, entry.spending_fen) in lines
    }
    copy_attachments(session, before=former, after=version, by=by, now=now, lines=same)


def note_draft(session: Session, version: Version, *, by: Person, now: datetime, source: str) -> None:
    """Write down who entered something of the draft, so that he does not review it."""
    session.add(
        Event(
            version_id=version.id, deed=Deed.DRAFT, by_id=by.id, post=PostKind.CLERK, name=by.name, at=now, note=source
        )
    )
    session.flush()


def _new_record(session: Session, body: Body, period: Period) -> Record:
    village = session.get_one(Place, body.village_id)
    record = Record(
        village_id=village.id,
        body_id=body.id,
        category_id=category(session, code=ACCOUNTS).id,
        number=next_record_number(session, village=village),
        period=str(period),
    )
    session.add(record)
    session.flush()
    return record


def begin_version(session: Session, record: Record, *, by: Person, now: datetime, reason: str) -> Version:
    """Begin the next version of a month's record; raise Refusal for a correction without a reason."""
    if was_public(record) and not reason.strip():
        raise Refusal(N_("更正已公开的账目要写明原因，原因会一起公开"))
    number = max((version.number for version in record.versions), default=0) + 1
    version = Version(
        record_id=record.id, number=number, key=random_key(), made_by_id=by.id, made_at=now, reason=reason.strip()
    )
    session.add(version)
    session.flush()
    session.expire(record, ["versions"])
    return version


def _published_ties(session: Session, record: Record) -> KeptTies:
    """Return the ties of what stands published: a correction of other lines changes nothing about these."""
    former = published_version(record)
    ledger = ledger_of(session, version=former) if former else None
    return KeptTies(ledger.entries if ledger else ())


def _clear(session: Session, version: Version) -> KeptTies:
    """Remove the draft's ledger and return the ties its lines had."""
    ledger = ledger_of(session, version=version)
    if ledger is None:
        return KeptTies()
    kept = KeptTies(ledger.entries)
    session.delete(ledger)
    session.flush()
    return kept


def _fill(
    session: Session,
    version: Version,
    parsed: ParsedLedger,
    source: str,
    kept: KeptTies,
) -> None:
    if parsed.opening_fen is None or parsed.closing_fen is None or any(entry.date is None for entry in parsed.entries):
        raise Refusal(N_("没有读到上月结余、本月结余或某一笔的日期，请在表里写明"))
    ledger = Ledger(
        version_id=version.id,
        opening_fen=parsed.opening_fen,
        closing_fen=parsed.closing_fen,
        source_name=source[:200],
        source_sheet=parsed.sheet[:100],
    )
    for line, entry in enumerate(parsed.entries, start=1):
        tie = kept.take(entry)
        ledger.entries.append(
            Entry(
                line=line,
                row=entry.row,
                happened_on=cast("date", entry.date),
                voucher=entry.voucher,
                summary=entry.summary,
                payee=entry.payee,
                income_fen=entry.income_fen,
                spending_fen=entry.spending_fen,
                kind=entry.category[:40],
                item_code=tie.item_code,
                tie_key=tie_key(entry.summary),
                matter_id=tie.matter_id,
                contract_id=tie.contract_id,
                holding_id=tie.holding_id,
                account=tie.account,
                reverses=tie.reverses,
            )
        )
    session.add(ledger)
    session.flush()


def tie_lines(
    session: Session,
    *,
    version: Version,
    ties: Mapping[int, str],
    known: frozenset[str],
    revision: int,
    by: Person,
    now: datetime,
    matters: Chosen | None = None,
    contracts: Chosen | None = None,
    debts: Chosen | None = None,
) -> None:
    """Name what each given line was for (empty, None: nothing); raise Stale where the draft moved on meanwhile.

    `ties` are items of the power list, `known` the codes of the village's list. `matters`, `contracts` and `debts` are
    public numbers within the village, of receivables and payables alone. What is not the village's own is refused, and
    nothing is changed then. A line with a contract that was made for a matter is for that matter unless another is
    named. Who changes a tie (`by`) has entered part of the draft and does not review it.
    """
    lock_version(session, version=version)
    if version.state != State.DRAFT:
        raise NotAllowed(N_("已经提交审核的账目不能再改，退回之后才能改"))
    if version.revision != revision:
        raise Stale(N_("这份账目刚被重新上传过，请刷新后再对应事项"))
    for code in ties.values():
        if code and code not in known:
            raise Refusal(N_("本村清单里没有编号「%(code)s」的事项"), code=code)
    chosen = {"matter": matters or {}, "contract": contracts or {}, "debt": debts or {}}
    numbers = known_numbers(
        session,
        village=version.record.village,
        matters=chosen["matter"],
        contracts=chosen["contract"],
        debts=chosen["debt"],
    )
    ledger = ledger_of(session, version=version)
    changed = False
    for entry in ledger.entries if ledger else []:
        changed |= _tie(entry, ties, chosen, numbers)
    session.flush()
    entered = {version.made_by_id} | {event.by_id for event in version.events if event.deed == Deed.DRAFT}
    if changed and by.id not in entered:
        note_draft(session, version, by=by, now=now, source="")
        session.expire(version, ["events"])


def _tie(entry: Entry, ties: Mapping[int, str], chosen: Mapping[str, Chosen], known: Known) -> bool:
    """Tie one line as was chosen, and say whether that changed anything; what was not asked stays as it is."""
    line = entry.line
    before = (entry.item_code, entry.matter_id, entry.contract_id, entry.holding_id)
    entry.item_code = ties.get(line, entry.item_code)
    contract = known.contracts.get(chosen["contract"].get(line) or 0)
    if line in chosen["contract"]:
        entry.contract_id = contract.id if contract else None
    if line in chosen["matter"]:
        matter = known.matters.get(chosen["matter"][line] or 0)
        entry.matter_id = matter.id if matter else None
    if contract is not None and entry.matter_id is None:
        entry.matter_id = matter_of_contract(contract)
    if line in chosen["debt"]:
        debt = known.debts.get(chosen["debt"][line] or 0)
        entry.holding_id = debt.id if debt else None
    return before != (entry.item_code, entry.matter_id, entry.contract_id, entry.holding_id)
