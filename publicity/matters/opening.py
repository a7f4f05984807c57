"""Opening a matter under an item of the list; its procedure is fixed at that moment."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from publicity.matters.choices import Choice, choices_for
from publicity.matters.models import Matter
from publicity.matters.queries import clerk_on, next_code, next_matter_number
from publicity.matters.rules import check_budget, check_day, check_title, check_words
from village_lists.amounts import exact
from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal
from village_lists.markers import N_
from village_lists.people.models import Person
from village_lists.places.models import Body, Place
from village_lists.powers.models import Procedure


def open_matter(
    session: Session,
    *,
    village: Place,
    body: Body,
    item_code: str,
    title: str,
    budget_fen: int | None,
    funding: str,
    procedure: str,
    opened_on: date,
    by: Person,
    now: datetime,
) -> Matter:
    """Open a matter under an item of the village's list; its procedure is fixed now.

    `procedure`: the slug of one of the item's procedures, "" where the amount chooses. Raise Refusal for an item that
    the list does not have, an amount that belongs to none of its procedures, a day to come, words that must not be
    public; NotAllowed for anybody but a clerk of the village.
    """
    today = china_day(now)
    if not clerk_on(by, village=village, on=today) or body.village_id != village.id:
        raise NotAllowed(N_("只有本村的报账员可以登记事项"))
    check_day(opened_on, opened_on=None, today=today)
    check_budget(budget_fen)
    # Two clerks at once: the second waits, and gets the next number.
    session.get_one(Place, village.id, with_for_update={"key_share": True}, populate_existing=True)
    choice = choices_for(session, village=village, item_code=item_code, amount_fen=budget_fen, on=opened_on)
    if choice is None:
        raise Refusal(N_("本村清单里没有编号「%(code)s」的事项"), code=item_code)
    chosen = next((one for one in choice.procedures if one.slug == procedure), None) if procedure else choice.chosen
    if chosen is None and choice.others:
        words = N_("这个金额不归「%(item)s」，请改选「%(other)s」")
        raise Refusal(words, item=choice.item.name, other=choice.others[0].name)
    if chosen is None:
        raise Refusal(N_("请选这件事走哪一套流程") if choice.procedures else N_("清单里这个事项还没有流程，不能登记"))
    _refuse_looser(choice, chosen, budget_fen)
    matter = Matter(
        village_id=village.id,
        body_id=body.id,
        number=next_matter_number(session, village=village),
        code=next_code(session, village=village, item_code=item_code, year=opened_on.year),
        title=check_title(title, on=today),
        item_code=item_code,
        list_version_id=choice.version.id,
        procedure_id=chosen.id,
        opened_on=opened_on,
        opened_by_id=by.id,
        opened_name=by.name,
        opened_at=now,
        budget_fen=budget_fen,
        funding=check_words(funding, on=today, most=200),
    )
    session.add(matter)
    session.flush()
    return matter


def _refuse_looser(choice: Choice, chosen: Procedure, budget_fen: int | None) -> None:
    """Raise Refusal for a procedure that goes for smaller amounts only; a stricter one than the amount asks is free."""
    band = choice.bands.get(chosen.slug)
    most = band.end.fen if band and band.end else None
    if budget_fen is not None and most is not None and budget_fen >= most:
        words = N_("预算 %(budget)s，「%(procedure)s」只管 %(most)s以下的，请改选别的流程")
        raise Refusal(words, budget=exact(budget_fen), procedure=chosen.title, most=exact(most))
