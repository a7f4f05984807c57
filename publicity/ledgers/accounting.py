"""Which chart of accounts a village uses, and naming the account of each line."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from publicity.ledgers.charts import RULE, AccountChart, chart_named, suggested
from publicity.ledgers.models import Entry
from publicity.ledgers.queries import accounts_used, ledger_of
from publicity.records.models import Deed, Event, State, Version
from publicity.records.queries import lock_version
from village_lists.days import china_day
from village_lists.errors import NotAllowed, Refusal, Stale
from village_lists.markers import N_
from village_lists.people.models import Person, PostKind
from village_lists.people.rules import holds_on
from village_lists.periods import Period
from village_lists.places.models import Body, Place
from village_lists.rulebook.queries import rule


def chart_for(session: Session, *, village: Place, on: date) -> AccountChart:
    """Return the chart of accounts that the rule book names for the village on the day.

    Raise Refusal where no row is valid, or where it names a chart that no data file holds.
    """
    key = str(rule(session, key=RULE, place=village, on=on).value)
    chart = chart_named(key)
    if chart is None:
        raise Refusal(N_("没有「%(chart)s」这套会计科目，请县级管理员核对规则"), chart=key)
    return chart


def chart_of_version(session: Session, *, version: Version) -> AccountChart:
    """Return the chart for a month of accounts: the one that holds on the month's last day."""
    on = Period.parse(version.record.period).last_day
    return chart_for(session, village=version.record.village, on=on)


def account_suggestions(
    session: Session,
    *,
    body: Body,
    entries: Iterable[Entry],
    chart: AccountChart,
    items: Mapping[str, str] | None = None,
) -> dict[int, str]:
    """Return for each line without an account the code that fits alone; lines for which none or two fit are left out.

    What this body last published for such a purpose counts first, where it is one account of the chart; then the words
    of the chart (`charts.suggested`). `items`: name of the power item by code.
    """
    wanted = [entry for entry in entries if not entry.account]
    remembered = accounts_used(session, body=body, tie_keys={entry.tie_key for entry in wanted if entry.tie_key})
    found: dict[int, str] = {}
    for entry in wanted:
        before = remembered.get((entry.tie_key, entry.income_fen != 0), set()) & chart.codes
        code = before.pop() if len(before) == 1 else ""
        code = code or suggested(
            chart,
            is_income=entry.income_fen != 0,
            kind=entry.kind,
            summary=entry.summary,
            item=(items or {}).get(entry.item_code, ""),
        )
        if code:
            found[entry.line] = code
    return found


def set_accounts(
    session: Session, *, version: Version, accounts: Mapping[int, str], revision: int, by: Person, now: datetime
) -> None:
    """Name the account of each given line by its code (empty: none); lines that are not given keep theirs.

    Raise NotAllowed once the draft was submitted and for who is no clerk of the village, Stale where the draft was
    uploaded anew meanwhile, Refusal for a code that the chart does not have; nothing is changed then. Who changes an
    account has entered part of the draft and does not review it.
    """
    lock_version(session, version=version)
    village, on = version.record.village, china_day(now)
    if version.state != State.DRAFT:
        raise NotAllowed(N_("已经提交审核的账目不能再改，退回之后才能改"))
    if version.revision != revision:
        raise Stale(N_("这份账目刚被重新上传过，请刷新后再选科目"))
    if not any(post.place_id == village.id and post.kind == PostKind.CLERK and holds_on(post, on) for post in by.posts):
        raise NotAllowed(N_("只有本村的报账员可以选科目"))
    codes = chart_of_version(session, version=version).codes if any(accounts.values()) else frozenset()
    for code in accounts.values():
        if code and code not in codes:
            raise Refusal(N_("科目表里没有编号「%(code)s」的科目"), code=code)
    ledger = ledger_of(session, version=version)
    entries = ledger.entries if ledger else []
    changed = [entry for entry in entries if accounts.get(entry.line, entry.account) != entry.account]
    for entry in changed:
        entry.account = accounts[entry.line]
    session.flush()
    entered = {version.made_by_id} | {event.by_id for event in version.events if event.deed == Deed.DRAFT}
    if changed and by.id not in entered:
        session.add(
            Event(version_id=version.id, deed=Deed.DRAFT, by_id=by.id, post=PostKind.CLERK, name=by.name, at=now)
        )
        session.flush()
        session.expire(version, ["events"])
