"""A small county as review needs it: two villages with people in every post, and months of accounts made by deeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from argon2 import PasswordHasher
from sqlalchemy.orm import Session

from publicity.categories.actions import enter_first_categories
from publicity.ledgers.actions import draft_ledger, record_starting_balance
from publicity.ledgers.parsed import ParsedEntry, ParsedLedger
from publicity.records.models import Version
from publicity.workflow.actions import Seen, approve, confirm, submit
from village_lists.people.actions import enter_person, give_post, open_account
from village_lists.people.models import Person, PostKind
from village_lists.periods import Period
from village_lists.places.actions import PlaceRow, import_places
from village_lists.places.models import Body, BodyKind, Level, Place
from village_lists.places.queries import body_of, place_by_code
from village_lists.rulebook.models import RuleRow

NOW = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
SINCE = date(2026, 1, 1)
COUNTY, TOWNSHIP, STONE, FIELD = "330299", "330299101", "330299101201", "330299101202"
PASSWORD = "a long enough password"
# The same argon2id with the smallest work, so that many people can sign in within a test.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
AUGUST, SEPTEMBER, OCTOBER = Period(2026, 8), Period(2026, 9), Period(2026, 10)
START_FEN = 1_000_000
DEFAULT_ORDER = ("clerk.submit", "supervision.approve", "secretary.confirm")
POSTS = {
    "clerk": PostKind.CLERK,
    "secretary": PostKind.SECRETARY,
    "substitute": PostKind.DIRECTOR,
    "head": PostKind.SUPERVISION_HEAD,
    "member": PostKind.SUPERVISION_MEMBER,
}
NAMES = {"clerk": "李国强", "secretary": "陈海涛", "substitute": "周建华", "head": "王永根", "member": "徐春梅"}


@dataclass(frozen=True)
class Stage:
    """The village 上石村 with its people by role; `village`, `collective` and `committee` belong to the session."""

    session: Session
    village: Place
    collective: Body
    committee: Body
    people: dict[str, Person]

    def __getitem__(self, role: str) -> Person:
        """Return who plays the role."""
        return self.people[role]

    def enter(self, role: str, *kinds: PostKind, name: str = "何文斌", place: Place | None = None) -> Person:
        """Enter another person with posts in the village (or elsewhere) and an account named like the role."""
        person = enter_person(self.session, name=name, secret="of the test")
        for kind in kinds:
            give_post(self.session, person=person, place=place or self.village, kind=kind, starts_on=SINCE)
        open_account(self.session, person=person, user_name=role, password_hash=QUICK)
        self.session.refresh(person, ["posts"])
        self.people[role] = person
        return person

    def draft(
        self,
        period: Period = AUGUST,
        *,
        by: str = "clerk",
        body: Body | None = None,
        opening_fen: int = START_FEN,
        wrong_fen: int = 0,
        reason: str = "",
        payee: str = "国网松坪供电所",
        spending_fen: int = 35_000,
    ) -> Version:
        """Make the draft of a month; `wrong_fen` falsifies its closing."""
        return draft_ledger(
            self.session,
            body=body or self.collective,
            parsed=month(period, opening_fen=opening_fen, wrong_fen=wrong_fen, payee=payee, spending_fen=spending_fen),
            source="账本.xlsx",
            by=self[by],
            now=NOW,
            reason=reason,
        )

    def submitted(self, period: Period = AUGUST, **about: object) -> Version:
        """Make a draft and send it to review."""
        version = self.draft(period, **about)  # type: ignore[arg-type]
        submit(self.session, version=version, by=self[str(about.get("by", "clerk"))], now=NOW, seen=seen(version))
        return version

    def approved(self, period: Period = AUGUST, **about: object) -> Version:
        """Make a submitted version that the head approved."""
        version = self.submitted(period, **about)
        approve(self.session, version=version, by=self["head"], now=NOW, seen=seen(version))
        return version

    def published(self, period: Period = AUGUST, **about: object) -> Version:
        """Make a month that stands published."""
        version = self.approved(period, **about)
        confirm(self.session, version=version, by=self["secretary"], now=NOW + timedelta(hours=1), seen=seen(version))
        return version


def seen(version: Version) -> Seen:
    """Return what somebody has seen who looks now."""
    return Seen(revision=version.revision)


def month(
    period: Period,
    *,
    opening_fen: int = START_FEN,
    wrong_fen: int = 0,
    payee: str = "国网松坪供电所",
    spending_fen: int = 35_000,
) -> ParsedLedger:
    """Return a month as read from a workbook: rent of 4,500.00 in, an electricity bill out."""
    entries = (
        ParsedEntry(5, date(period.year, period.month, 3), "记-001", "店面租金", 450_000, 0, "清风百货店"),
        ParsedEntry(6, date(period.year, period.month, 9), "记-002", "村办公室电费", 0, spending_fen, payee),
    )
    closing = opening_fen + 450_000 - spending_fen + wrong_fen
    return ParsedLedger("账", None, str(period), opening_fen, 450_000, spending_fen, closing, entries)


def set_order(session: Session, order: Sequence[str], *, key: str = "review.order") -> None:
    """Let the rule book of the county give another order of review."""
    former = session.query(RuleRow).filter_by(key=key).order_by(RuleRow.valid_from.desc()).first()
    later = former.valid_from + timedelta(days=1)
    value = {"value": list(order)}
    row = RuleRow(key=former.key, level=former.level, place_id=former.place_id, value=value, valid_from=later)
    session.add(row)
    session.flush()


def set_stage(session: Session) -> Stage:
    """Make county, township, two villages, their people, the rules of review and the starting balances."""
    rows = [
        PlaceRow(code=COUNTY, name="宁川县"),
        PlaceRow(code=TOWNSHIP, name="松坪镇"),
        PlaceRow(code=STONE, name="上石村", books="both"),
        PlaceRow(code=FIELD, name="下田村", books="both"),
    ]
    import_places(session, rows=rows)
    county, township = _place(session, COUNTY, Level.COUNTY), _place(session, TOWNSHIP, Level.TOWNSHIP)
    village, other = _place(session, STONE, Level.VILLAGE), _place(session, FIELD, Level.VILLAGE)
    values = {"review.order": list(DEFAULT_ORDER), "display.days": 15, "due.finance.monthly.day": 10}
    for key, value in values.items():
        row = RuleRow(key=key, level=Level.COUNTY, place_id=county.id, value={"value": value}, valid_from=SINCE)
        session.add(row)
    enter_first_categories(session)
    collective = body_of(session, village=village, kind=BodyKind.COLLECTIVE)
    committee = body_of(session, village=village, kind=BodyKind.COMMITTEE)
    assert collective
    assert committee
    stage = Stage(session, village, collective, committee, {})
    for role, kind in POSTS.items():
        stage.enter(role, kind, name=NAMES[role])
    substitute = stage["substitute"].posts[0]
    substitute.is_substitute = True
    stage.enter("auditor", PostKind.TOWNSHIP_AUDITOR, name="赵明亮", place=township)
    stage.enter("steward", PostKind.COUNTY_STEWARD, name="沈文斌", place=county)
    stage.enter("elsewhere", PostKind.CLERK, name="朱庆林", place=other)
    for body in (collective, committee):
        record_starting_balance(
            session,
            body=body,
            period=AUGUST,
            amount_fen=START_FEN,
            basis="2026年7月银行对账单",
            by=stage["clerk"],
            now=NOW,
        )
    session.flush()
    return stage


def _place(session: Session, code: str, level: Level) -> Place:
    place = place_by_code(session, code=code, level=level)
    assert place is not None
    return place
