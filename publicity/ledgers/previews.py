"""A draft as residents would see it, for those who make and review it: the same page, masked the same way."""

from sqlalchemy.orm import Session

from publicity.ledgers.figures import Figures, card_of, classes_of, compared
from publicity.ledgers.pages import AccountsPage, lines_of, published_figures
from publicity.ledgers.queries import ledger_of
from publicity.records.models import Version
from publicity.records.pages import PublicVersion, signers_of
from village_lists.errors import NotFound
from village_lists.markers import N_
from village_lists.periods import Period


def preview_page(session: Session, *, version: Version) -> AccountsPage:
    """Return the month of an unpublished version as its public page would be; raise NotFound without accounts."""
    ledger = ledger_of(session, version=version)
    if ledger is None:
        raise NotFound(N_("这份记录里还没有账目"))
    record = version.record
    village, period, kind = record.village, Period.parse(record.period), record.body.kind.value
    lines = lines_of(session, village=village, period=period, version_ids=[version.id])[version.id]
    incomes = tuple(line for line in lines if line.income_fen)
    spendings = tuple(line for line in lines if line.spending_fen)
    figures = Figures(
        body_kind=kind,
        body_name=record.body.name,
        period=period,
        record=record.number,
        version_id=version.id,
        published_at=version.made_at,
        opening_fen=ledger.opening_fen,
        income_fen=sum(line.income_fen for line in incomes),
        spending_fen=sum(line.spending_fen for line in spendings),
        closing_fen=ledger.closing_fen,
        incomes=len(incomes),
        spendings=len(spendings),
    )
    known = published_figures(session, village=village, periods=(period.previous, period.plus(-12)))
    known[kind, period] = figures
    before = known.get((kind, period.previous))
    shown = PublicVersion(
        id=version.id,
        number=version.number,
        is_current=True,
        published_at=version.made_at,
        display_to=None,
        reason=version.reason,
        signers=signers_of(version.events),
    )
    return AccountsPage(
        card=card_of(figures, known),
        version=shown,
        former=None,
        is_continued=before.closing_fen == figures.opening_fen if before else None,
        is_following=False,
        is_followed=False,
        compared=compared(known, kind, period),
        classes=classes_of(lines),
        incomes=incomes,
        spendings=spendings,
        changes=(),
        previous=None,
        next=None,
    )
