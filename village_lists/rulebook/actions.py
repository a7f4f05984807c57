"""Deeds upon the rule book: one steward proposes a change, another natural person accepts or refuses it."""

from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind
from village_lists.people.rules import holds_on
from village_lists.places.models import Level, Place
from village_lists.places.queries import chain_of
from village_lists.rulebook.catalog import RuleKey, catalog
from village_lists.rulebook.models import ChangeState, RuleChange, RuleRow
from village_lists.rulebook.proposals import Proposal, last_day_before, proposal_of, row_before
from village_lists.rulebook.queries import rows_of, tables_around, villages_under
from village_lists.rulebook.rules import nearest
from village_lists.rulebook.values import is_less, problem_of


def propose_change(session: Session, *, proposal: Proposal, by: Person, now: datetime) -> RuleChange:
    """Put a change before a second person.

    Raise NotAllowed for who is no steward of the county, Refusal saying what keeps the row from the rule book.
    """
    _steward(session, proposal.place, by, now)
    check_proposal(session, proposal=proposal, on=_day(now))
    change = RuleChange(
        key=proposal.key,
        level=proposal.level,
        place_id=proposal.place.id,
        value=None if proposal.value is None else {"value": proposal.value},
        valid_from=proposal.valid_from,
        valid_until=proposal.valid_until,
        basis=proposal.basis,
        is_sample=proposal.is_sample,
        reason=proposal.reason,
        proposed_by_id=by.id,
        proposed_at=now,
    )
    session.add(change)
    session.flush()
    return change


def accept_change(session: Session, *, change: RuleChange, by: Person, now: datetime) -> RuleRow | None:
    """Put the proposed row into the rule book and end the one before it; return the row, None where one only ends.

    Raise NotAllowed for who proposed it or is no steward there, Stale where it was decided meanwhile, Refusal where it
    no longer fits (its first day has passed, a national minimum rose).
    """
    place = _place(change)
    _steward(session, place, by, now)
    if by.id == change.proposed_by_id:
        raise NotAllowed(N_("自己提出的改动要由另一位管理员同意"))
    if change.state != ChangeState.PROPOSED:
        raise _decided()
    # Two changes of one rule accepted at once: the second waits here, and then finds the first one's row.
    session.get_one(Place, place.id, with_for_update={"key_share": True})
    proposal = proposal_of(change, place=place)
    check_proposal(session, proposal=proposal, on=_day(now))
    _decide(session, change, ChangeState.ACCEPTED, by=by, now=now)
    former, last = row_before(rows_of(session, key=change.key, place=place), proposal), last_day_before(proposal)
    if former is not None and last is not None:
        former.valid_until = last
    row = proposal.row
    if row is not None:
        session.add(row)
    session.flush()
    return row


def refuse_change(session: Session, *, change: RuleChange, by: Person, now: datetime, note: str) -> None:
    """Decline a change and say why; the same people may that may accept it."""
    _steward(session, _place(change), by, now)
    if by.id == change.proposed_by_id:
        raise NotAllowed(N_("自己提出的改动可以撤回，不能自己退回"))
    if not note.strip():
        raise Refusal(N_("不同意要写明原因"))
    _decide(session, change, ChangeState.REFUSED, by=by, now=now, note=note.strip()[:500])


def withdraw_change(session: Session, *, change: RuleChange, by: Person, now: datetime) -> None:
    """Take one's own proposal back."""
    if by.id != change.proposed_by_id:
        raise NotAllowed(N_("只有提出的人可以撤回"))
    _decide(session, change, ChangeState.WITHDRAWN, by=None, now=now)


def check_proposal(session: Session, *, proposal: Proposal, on: date) -> RuleKey:
    """Raise Refusal saying what keeps a row from the rule book on a day; return what the catalog says of the rule.

    Asked: the level may set it, the value fits unit and bounds, the days lie ahead and meet no other row's first day,
    there is a basis, and the bound that a higher level sets is kept.
    """
    entry = catalog().entry(proposal.key)
    if entry is None:
        raise Refusal(N_("规则目录里没有「%(key)s」，不能设定"), key=proposal.key)
    if proposal.level not in entry.levels or proposal.level in {Level.NATIONAL, Level.PROVINCE}:
        raise Refusal(N_("「%(name)s」不能在这一级设定"), name=entry.name)
    _check_days(proposal, on)
    rows = rows_of(session, key=proposal.key, place=proposal.place)
    if proposal.value is None:
        _check_end(session, entry, proposal, rows)
        return entry
    if any(row.place_id == proposal.place.id and row.valid_from == proposal.valid_from for row in rows):
        words = N_("%(place)s的这条规则从 %(day)s 起已有一行，请另选开始的日子")
        raise Refusal(words, place=proposal.place.name, day=proposal.valid_from.isoformat())
    if not proposal.basis.strip() and not proposal.is_sample:
        raise Refusal(N_("请写依据；还没有依据的，请勾选「示例，待当地确认」"))
    problem = problem_of(entry, proposal.value)
    if problem is not None:
        raise Refusal(problem[0], **problem[1])
    _check_above(entry, proposal, rows)
    return entry


def _check_days(proposal: Proposal, on: date) -> None:
    begins = proposal.valid_until or on if proposal.value is None else proposal.valid_from
    if begins < on:
        raise Refusal(N_("改动最早从今天（%(day)s）起，不能改已经过去的日子"), day=on.isoformat())
    if proposal.valid_until is not None and proposal.valid_until < proposal.valid_from:
        raise Refusal(N_("最后一天早于第一天"))


def _check_end(session: Session, entry: RuleKey, proposal: Proposal, rows: list[RuleRow]) -> None:
    """Refuse to end what is not there, or what leaves a village without the rule."""
    if proposal.valid_until is None:
        raise Refusal(N_("请写最后一天"))
    former = row_before(rows, proposal)
    if former is None:
        raise Refusal(N_("%(place)s没有自己的规定，没有什么可以停用"), place=proposal.place.name)
    if former.valid_until is not None and proposal.valid_until > former.valid_until:
        # To make a row longer is a new rule: it needs a basis and the bounds of the levels above.
        words = N_("这条规定本来就到 %(day)s 为止；要延长，请提一条新的规定")
        raise Refusal(words, day=former.valid_until.isoformat())
    if entry.is_optional:
        return
    villages = villages_under(session, place=proposal.place)
    _before, after = tables_around(session, proposal=proposal, places=villages)
    for village in villages:
        if after.answer(key=proposal.key, place=village, on=proposal.takes_effect_on) is None:
            raise Refusal(N_("停用以后%(village)s就没有这条规则了，请改成新的规定"), village=village.name)


def _check_above(entry: RuleKey, proposal: Proposal, rows: list[RuleRow]) -> None:
    """Refuse a value that undercuts, or goes beyond, what a higher level rules on the first day."""
    value = proposal.value
    if value is None:
        return
    for level, is_floor in ((entry.not_below, True), (entry.not_above, False)):
        above = [row for row in rows if level is not None and row.level == level]
        row = nearest(above, on=proposal.valid_from)
        if row is None:
            continue
        bound = row.value["value"]
        if is_less(entry, value, bound) if is_floor else is_less(entry, bound, value):
            if is_floor:
                sentence = N_("「%(name)s」不能低于上级规定的 %(bound)s（%(basis)s）")
            else:
                sentence = N_("「%(name)s」不能超过上级规定的 %(bound)s（%(basis)s）")
            raise Refusal(sentence, name=entry.name, bound=entry.allowed.get(str(bound), bound), basis=row.basis)


def _decide(
    session: Session, change: RuleChange, state: ChangeState, *, by: Person | None, now: datetime, note: str = ""
) -> None:
    """Give a change its end; raise Stale where somebody was faster. One statement, so that only one can be first."""
    decided = session.execute(
        update(RuleChange)
        .where(RuleChange.id == change.id, RuleChange.state == ChangeState.PROPOSED)
        .values(state=state, decided_by_id=by.id if by else None, decided_at=now, decision_note=note)
        .returning(RuleChange.id)
    ).first()
    session.expire(change)
    if decided is None:
        raise _decided()


def _decided() -> Stale:
    return Stale(N_("这项改动已经处理过了，请刷新后再看"))


def _steward(session: Session, place: Place, by: Person, now: datetime) -> None:
    """Refuse who holds no steward's post in the county of the place on the day."""
    counties = {link.id for link in chain_of(session, place=place) if link.level == Level.COUNTY}
    posts = [post for post in by.posts if post.kind == PostKind.COUNTY_STEWARD and post.place_id in counties]
    if not any(holds_on(post, _day(now)) for post in posts):
        raise NotAllowed(N_("只有本县的管理员可以改规则"))


def _place(change: RuleChange) -> Place:
    if change.place is None:
        raise NotAllowed(N_("国家和省里的规定不在这里改"))
    return change.place


def _day(now: datetime) -> date:
    return china_day(now)
