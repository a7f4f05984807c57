"""The accounts of a body in the demonstration: month after month, each as far as its village got."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy.orm import Session

from app.cli.demonstration.books import COLLECTIVE, COMMITTEE, Month, month_of
from app.cli.demonstration.cases import CaseBook
from app.cli.demonstration.registers import Registers
from publicity.ledgers.accounting import set_accounts
from publicity.ledgers.actions import draft_ledger, record_starting_balance, tie_lines
from publicity.records.models import Version
from publicity.workflow.actions import Seen, approve, confirm, send_back, submit
from village_lists.people.models import Person, PostKind
from village_lists.periods import Period
from village_lists.places.models import Body, BodyKind

LAST_MONTH = ("published", "submitted", "approved", "nothing", "draft", "stopped", "returned", "published")


@dataclass(frozen=True)
class Officials:
    """Who acts in a village."""

    clerk: Person
    head: Person
    secretary: Person
    organiser: Person
    names: dict[PostKind, str]


@dataclass(frozen=True)
class Told:
    """What the lines of a body's books belong to; nothing for the committee's."""

    cases: CaseBook | None
    registers: Registers | None


def post_books(
    session: Session,
    body: Body,
    officials: Officials,
    periods: list[Period],
    number: int,
    now: datetime,
    chance: Random,
    known: frozenset[str],
    told: Told,
) -> None:
    """Post the months of a body's books, the money carried on from each to the next."""
    opening = chance.randint(3_000_000, 48_000_000)
    start = hour_of(periods[0].first_day, 9)
    basis = f"{periods[0].previous.words}银行对账单、现金盘点表"
    record_starting_balance(
        session, body=body, period=periods[0], amount_fen=opening, basis=basis, by=officials.clerk, now=start
    )
    habits = COLLECTIVE if body.kind == BodyKind.COLLECTIVE else COMMITTEE
    voucher = 1
    for place, period in enumerate(periods):
        left = len(periods) - 1 - place
        if period.month == 1:
            voucher = 1
        made = month_of(
            habits,
            period=period,
            opening_fen=opening,
            first_voucher=voucher,
            body=body.kind.value,
            chance=chance,
            extra=(*told.cases.extra, *told.registers.extra) if told.cases and told.registers else (),
        )
        fate = _fate(number, left)
        if fate == "stopped":
            return
        _post(session, body, officials, made, fate, _submittedhour_of(period, number, left, chance), now, known, told)
        opening, voucher = made.parsed.closing_fen or 0, voucher + len(made.parsed.entries)


def _fate(number: int, left: int) -> str:
    """Return how far a month gets: everything is published but the last month, and one village that stopped."""
    state = LAST_MONTH[number % len(LAST_MONTH)]
    if state == "stopped":
        return "published" if left > 2 else "returned" if left == 2 else "stopped"
    if left == 0:
        return "stopped" if state == "nothing" else state
    return "published"


def _submittedhour_of(period: Period, number: int, left: int, chance: Random) -> datetime:
    """Return when the clerk submits: mostly on the 3rd to 7th of the next month, now and then after the 10th."""
    is_late = left > 0 and (number * 7 + left * 5) % 13 == 0
    day = chance.randint(13, 24) if is_late else chance.randint(2, 6)
    return hour_of(period.next.first_day + timedelta(days=day - 1), chance.randint(9, 16))


def _post(
    session: Session,
    body: Body,
    officials: Officials,
    made: Month,
    fate: str,
    at: datetime,
    now: datetime,
    known: frozenset[str],
    told: Told,
) -> None:
    at = min(at, now - timedelta(hours=6))
    clerk = officials.clerk
    source = f"{made.parsed.period}账本.xlsx"
    version = draft_ledger(session, body=body, parsed=made.parsed, source=source, by=clerk, now=at)
    lines = list(enumerate(made.parsed.entries, start=1))
    tie_lines(
        session,
        version=version,
        ties=made.items,
        known=known,
        revision=version.revision,
        by=clerk,
        now=at,
        matters={line: told.cases.matter_of(entry) for line, entry in lines} if told.cases else {},
        contracts={line: told.registers.contract_of(entry) for line, entry in lines} if told.registers else {},
    )
    set_accounts(session, version=version, accounts=made.accounts, revision=version.revision, by=clerk, now=at)
    if fate == "draft":
        return
    submit(session, version=version, by=officials.clerk, now=at + timedelta(minutes=20), seen=_seen(version))
    if fate == "returned":
        remarks = {len(made.parsed.entries): "这一笔请附上验收单再报"}
        later = min(at + timedelta(days=2), now - timedelta(hours=1))
        send_back(session, version=version, by=officials.head, now=later, seen=_seen(version), note="", remarks=remarks)
    if fate in {"approved", "published"}:
        later = min(at + timedelta(days=1), now - timedelta(hours=2))
        approve(session, version=version, by=officials.head, now=later, seen=_seen(version))
    if fate == "published":
        later = min(at + timedelta(days=2), now - timedelta(hours=1))
        confirm(session, version=version, by=officials.secretary, now=later, seen=_seen(version))


def _seen(version: Version) -> Seen:
    return Seen(revision=version.revision)


def hour_of(day: date, hour: int) -> datetime:
    """Return that hour of the day in China."""
    return datetime.combine(day, time(hour), tzinfo=UTC) - timedelta(hours=8)
