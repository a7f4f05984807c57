"""Makes what tests start from, through the same deeds that people do; the times are arguments or fixed here."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from publicity.categories.actions import enter_category, enter_first_categories
from publicity.categories.contents import Audience, CategoryContent, Column, ColumnKind, Mask, Sheet
from publicity.categories.models import Affairs, Category
from publicity.ledgers.actions import draft_ledger, record_starting_balance, tie_lines
from publicity.ledgers.parsed import ParsedEntry, ParsedLedger
from publicity.ledgers.queries import ledger_of, starting_balance
from publicity.postings.actions import begin_posting, save_posting
from publicity.records.models import Version
from publicity.workflow.actions import Seen, approve, confirm, submit
from tests.cast import COUNTY, FIELD, STONE, TOWNSHIP, Cast, Places
from village_lists.library.actions import load_library
from village_lists.people.actions import enter_person, give_post
from village_lists.people.models import Person, PostKind
from village_lists.periods import Cadence, Period, Span
from village_lists.places.actions import PlaceRow, import_places
from village_lists.places.models import Body, Level, Place
from village_lists.places.queries import place_by_code
from village_lists.powers.models import Adoption, ListVersion
from village_lists.powers.queries import items_of

CHINA = ZoneInfo("Asia/Shanghai")
BEGIN = date(2026, 1, 1)
LINES = (
    ("2026-09-05", "收-011", "集体山林承包金", "松坪竹木加工厂", 3_500_000, 0, "A12"),
    ("2026-09-08", "收-012", "店面租金", "清风百货店", 3_550_000, 0, ""),
    ("2026-09-03", "支-041", "8月份村办公室电费", "国网松坪供电所", 0, 41_260, "A08"),
    ("2026-09-05", "支-042", "张阿德等保洁员工资", "张阿德", 0, 1_080_000, "A10"),
    ("2026-09-12", "支-043", "后山机耕路维修第二期款", "松坪市政工程有限公司", 0, 4_650_000, "A04"),
    ("2026-09-18", "支-044", "代垫邮寄费", "李国强", 0, 3_260, "A08"),
)
OPENING = 18_642_035
NAMES = {
    "wang": "王小芳",
    "li": "李国强",
    "chen": "陈海涛",
    "he": "何建设",
    "yonggen": "王永根",
    "mei": "梅秀英",
    "zhao": "赵明亮",
    "shen": "沈文斌",
    "zhou": "周月仙",
    "sun": "孙秀珍",
}


def make_place_tree(session: Session) -> Places:
    """Enter a county, a township and two villages, and the category of monthly accounts."""
    rows = [
        PlaceRow(code=COUNTY, name="宁川县"),
        PlaceRow(code=TOWNSHIP, name="松坪镇"),
        PlaceRow(code=STONE, name="上石村", hotline="0000-12345", board_address="上石村文化礼堂门口"),
        PlaceRow(code=FIELD, name="下田村"),
    ]
    import_places(session, rows=rows)
    enter_first_categories(session)
    return places_again(session)


def places_again(session: Session) -> Places:
    """Return the places that make_place_tree entered into this database."""
    return Places(
        county=_place(session, COUNTY, Level.COUNTY),
        township=_place(session, TOWNSHIP, Level.TOWNSHIP),
        stone=_place(session, STONE, Level.VILLAGE),
        field=_place(session, FIELD, Level.VILLAGE),
    )


def cast_again(session: Session) -> Cast:
    """Return the people whom make_people entered into this database."""
    people = {person.name: person for person in session.scalars(select(Person))}
    return Cast(**{part: people[name] for part, name in NAMES.items()})


def _place(session: Session, code: str, level: Level) -> Place:
    place = place_by_code(session, code=code, level=level)
    assert place is not None
    session.refresh(place, ["bodies"])
    return place


def make_person(
    session: Session,
    name: str,
    place: Place | None = None,
    kind: PostKind | None = None,
    *,
    is_substitute: bool = False,
) -> Person:
    """Enter a person, with a post since the beginning of the year if a place and a kind are given."""
    person = enter_person(session, name=name)
    if place is not None and kind is not None:
        give_post(session, person=person, place=place, kind=kind, starts_on=BEGIN, is_substitute=is_substitute)
    session.refresh(person, ["posts"])
    return person


def make_people(session: Session, places: Places) -> Cast:
    """Enter the cast with their posts."""
    return Cast(
        wang=make_person(session, NAMES["wang"]),
        li=make_person(session, NAMES["li"], places.stone, PostKind.CLERK),
        chen=make_person(session, NAMES["chen"], places.stone, PostKind.SECRETARY),
        he=make_person(session, NAMES["he"], places.stone, PostKind.DIRECTOR, is_substitute=True),
        yonggen=make_person(session, NAMES["yonggen"], places.stone, PostKind.SUPERVISION_HEAD),
        mei=make_person(session, NAMES["mei"], places.stone, PostKind.SUPERVISION_MEMBER),
        zhao=make_person(session, NAMES["zhao"], places.township, PostKind.TOWNSHIP_AUDITOR),
        shen=make_person(session, NAMES["shen"], places.county, PostKind.COUNTY_STEWARD),
        zhou=make_person(session, NAMES["zhou"], places.field, PostKind.CLERK),
        sun=make_person(session, NAMES["sun"], places.stone, PostKind.ORGANISER),
    )


def make_list(session: Session, *, villages: Sequence[Place]) -> ListVersion:
    """Load the sample list and the rule book, and let the villages adopt it."""
    version = load_library(session, county_code=COUNTY, on=BEGIN)
    for village in villages:
        session.add(
            Adoption(
                village_id=village.id,
                version_id=version.id,
                meeting="村民代表会议",
                held_on=BEGIN,
                due=38,
                present=35,
                in_favour=34,
                recorded_at=at(BEGIN, 17),
                confirmed_at=at(BEGIN, 18),
            )
        )
    session.flush()
    return version


def parsed_month(
    period: str, *, opening_fen: int = OPENING, lines: Sequence[tuple[object, ...]] = LINES
) -> ParsedLedger:
    """Return a month as the reader would give it; days of the lines are moved into the month, the sums are right."""
    month = Period.parse(period)
    entries = tuple(
        ParsedEntry(
            row=row,
            date=month.first_day.replace(day=int(str(line[0])[-2:])),
            voucher=str(line[1]),
            summary=str(line[2]),
            payee=str(line[3]),
            income_fen=int(str(line[4])),
            spending_fen=int(str(line[5])),
        )
        for row, line in enumerate(lines, start=5)
    )
    income, spending = sum(entry.income_fen for entry in entries), sum(entry.spending_fen for entry in entries)
    return ParsedLedger(
        sheet=f"{month.month}月",
        body=None,
        period=period,
        opening_fen=opening_fen,
        income_fen=income,
        spending_fen=spending,
        closing_fen=opening_fen + income - spending,
        entries=entries,
    )


def make_draft(
    session: Session,
    *,
    body: Body,
    cast: Cast,
    period: str = "2026-09",
    opening_fen: int = OPENING,
    lines: Sequence[tuple[object, ...]] = LINES,
    reason: str = "",
    now: datetime | None = None,
) -> Version:
    """Draft a month as the clerk does, its lines tied to their items; the starting balance is recorded if none is."""
    month = Period.parse(period)
    now = now or at(month.next.first_day + timedelta(days=2), 9)
    if starting_balance(session, body=body) is None:
        record_starting_balance(
            session, body=body, period=month, amount_fen=opening_fen, basis="银行对账单", by=cast.li, now=now
        )
    parsed = parsed_month(period, opening_fen=opening_fen, lines=lines)
    version = draft_ledger(session, body=body, parsed=parsed, source="账本.xlsx", by=cast.li, now=now, reason=reason)
    ties = {number: str(line[6]) for number, line in enumerate(lines, start=1)}
    known = known_codes(session)
    tie_lines(session, version=version, ties=ties, known=known, revision=version.revision, by=cast.li, now=now)
    return version


def known_codes(session: Session) -> frozenset[str]:
    """Return the codes of the items of the list in the database."""
    version = session.scalars(select(ListVersion).order_by(ListVersion.id.desc())).first()
    return frozenset(item.code for item in items_of(session, version_id=version.id)) if version else frozenset()


def make_submitted(session: Session, *, body: Body, cast: Cast, **choices: object) -> Version:
    """Draft a month and send it to review an hour later; `choices` are those of make_draft."""
    version = make_draft(session, body=body, cast=cast, **choices)  # type: ignore[arg-type] # handed through
    submit(session, version=version, by=cast.li, now=version.made_at + timedelta(hours=1), seen=seen(version))
    return version


def make_published_ledger(session: Session, *, body: Body, cast: Cast, **choices: object) -> Version:
    """Draft, submit, approve and confirm a month, as the clerk, the head and the secretary do, within three days."""
    version = make_submitted(session, body=body, cast=cast, **choices)
    approve(session, version=version, by=cast.yonggen, now=version.made_at + timedelta(days=1), seen=seen(version))
    confirm(session, version=version, by=cast.chen, now=version.made_at + timedelta(days=2), seen=seen(version))
    return version


RELIEF = CategoryContent(
    name="临时救助名单",
    affairs=Affairs.VILLAGE,
    sheet=Sheet.ROSTER,
    cadence=Cadence.QUARTER,
    about="谁家得了临时救助，得了多少",
    headings=(("three", "village"), ("four", "village")),
    items=("B24",),
    columns=(
        Column(
            key="name", name="户主", kind=ColumnKind.PERSON, web_mask=Mask.NAME, is_required=True, is_identifying=True
        ),
        Column(key="group", name="组别"),
        Column(key="amount", name="金额", kind=ColumnKind.MONEY, unit="元", is_required=True, has_total=True),
        Column(key="house", name="住址", audience=Audience.PAPER),
        Column(key="identity", name="身份证号", kind=ColumnKind.IDENTITY, audience=Audience.NEVER),
    ),
)
RELIEF_ROWS = (
    {"name": "方翠莲", "group": "一组", "amount": 150_000, "house": "一组12号", "identity": "330226195001011232"},
    {"name": "俞金宝", "group": "三组", "amount": 80_000, "house": "三组3号", "identity": None},
)


def make_category(session: Session, *, content: CategoryContent = RELIEF, code: str = "village.relief") -> Category:
    """Enter a category as the operator does."""
    return enter_category(session, code=code, content=content, since=BEGIN)


def make_posting_draft(
    session: Session,
    *,
    body: Body,
    cast: Cast,
    code: str = "village.relief",
    span: str = "2026-Q3",
    title: str = "",
    reason: str = "",
    head: Mapping[str, object] | None = None,
    rows: Sequence[Mapping[str, object]] = RELIEF_ROWS,
    note: str = "",
    is_nil: bool = False,
    now: datetime | None = None,
) -> Version:
    """Begin a posting and fill it, as the clerk does."""
    stretch = Span.parse(span)
    now = now or at(stretch.last_day + timedelta(days=3), 9)
    version = begin_posting(
        session, body=body, code=code, span=stretch, title=title, reason=reason, by=cast.li, now=now
    )
    save_posting(
        session,
        version=version,
        head=dict(head or {}),  # type: ignore[arg-type] # cells as the form gives them
        rows=[dict(row) for row in rows],  # type: ignore[arg-type]
        note=note,
        is_nil=is_nil,
        by=cast.li,
        now=now,
        seen=version.revision,
    )
    return version


def make_published_posting(session: Session, *, body: Body, cast: Cast, **choices: object) -> Version:
    """Draft, submit, approve and confirm a posting within three days; `choices` are those of make_posting_draft."""
    version = make_posting_draft(session, body=body, cast=cast, **choices)  # type: ignore[arg-type] # handed through
    submit(session, version=version, by=cast.li, now=version.made_at + timedelta(hours=1), seen=seen(version))
    approve(session, version=version, by=cast.yonggen, now=version.made_at + timedelta(days=1), seen=seen(version))
    confirm(session, version=version, by=cast.chen, now=version.made_at + timedelta(days=2), seen=seen(version))
    return version


def closing_of(session: Session, version: Version) -> int:
    """Return what is left at the end of the version's month, in fen."""
    ledger = ledger_of(session, version=version)
    assert ledger is not None
    return ledger.closing_fen


def seen(version: Version) -> Seen:
    """Return what a person has on the screen who looks at the version now."""
    return Seen(revision=version.revision)


def at(day: date, hour: int = 9) -> datetime:
    """Return that hour of the day in China."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)
