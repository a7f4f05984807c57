"""The combined sheet of a period: all that a village published of its three affairs, and what is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from publicity.bulletins.pieces import Figures, Foot, Grid, GridColumn, Piece, Prose, Sheet, Title
from publicity.bulletins.posting_pieces import fact_of, grid_of, paragraphs_of
from publicity.bulletins.posting_queries import day_words
from publicity.bulletins.queries import hotline_of, place_words
from publicity.categories.contents import Audience
from publicity.categories.models import Affairs
from publicity.codes.models import TargetKind
from publicity.codes.queries import code_for
from publicity.duties.queries import Duty, duties_of
from publicity.duties.rules import Standing
from publicity.ledgers.queries import ledger_of
from publicity.postings.queries import posting_of
from publicity.postings.tables import PublicTable
from publicity.postings.views import table_for
from publicity.records.models import Record, Version
from publicity.records.queries import published_version, records_of
from village_lists.amounts import yuan
from village_lists.days import china_day
from village_lists.people.models import PostKind
from village_lists.people.queries import officials_of
from village_lists.periods import Span
from village_lists.places.models import Place

HEADINGS = {Affairs.PARTY: "一、党务公开", Affairs.VILLAGE: "二、村务公开", Affairs.FINANCE: "三、财务公开"}
WHOLE_ROWS, FIRST_ROWS = 8, 5
"""A table of at most so many rows is printed whole, of a longer one so many."""
MOST_COLUMNS = 8
MOST_CHARACTERS = 160
MISSING = {
    Standing.MISSING: "没有公开",
    Standing.EXTENDED: "经同意延期，还没有公开",
    Standing.WITHDRAWN_EARLY: "提前撤下",
}
SIGNING = (
    ("制表（报账员）", PostKind.CLERK),
    ("审核（监委会主任）", PostKind.SUPERVISION_HEAD),
    ("签发（村书记）", PostKind.SECRETARY),
)


@dataclass(frozen=True)
class _Published:
    """A record that belongs to the period, with the version that stands."""

    record: Record
    version: Version
    span: Span


def affairs_sheet(session: Session, *, village: Place, span: Span, public_url: str, on: date) -> Sheet:
    """Return the combined sheet of the spans that end within `span`; as paper may read it.

    Its code leads to the village; where the village has none, the symbol leads to the list of its records.
    """
    published = _published(session, village, span)
    missing = _missing(session, village, span, on)
    pieces: list[Piece] = []
    for affairs, heading in HEADINGS.items():
        own = [one for one in published if one.record.category.affairs is affairs]
        pieces.append(Title(words=heading, told=f"{len(own)} 件" if own else "本期没有公开件"))
        for number, one in enumerate(own, 1):
            pieces += _told(session, one, number)
    pieces += _missing_pieces(missing)
    code = code_for(session, village=village, kind=TargetKind.VILLAGE, target="")
    held = officials_of(session, place=village, on=on)
    return Sheet(
        title="党务村务财务公开榜",
        under=f"{place_words(session, village=village)}　{span.words}",
        short="党务村务财务公开榜",
        affairs="三务公开",
        number=f"{len(published)} 件公开，{len(missing)} 件未公开",
        pieces=tuple(pieces),
        foot=Foot(
            signers=tuple(
                (office, next((one.person.name for one in held if one.kind is kind), "")) for office, kind in SIGNING
            ),
            made=f"打印日期：{day_words(on)}",
            displayed="各件公开日期见榜上所注",
            hotline=hotline_of(session, village),
            board=village.board_address,
            code=code or "",
            url=f"{public_url}/q/{code}" if code else f"{public_url}/v/{village.code}/records",
            scan="扫一扫看全部",
            seals=("村务监督委员会", f"{village.name}村民委员会"),
        ),
    )


def _published(session: Session, village: Place, span: Span) -> list[_Published]:
    """Return what stands published for the period, by place in the directory, then oldest first."""
    found = [
        _Published(record, version, own)
        for record in records_of(session, village=village)
        if (version := published_version(record)) is not None
        and span.first_day <= (own := Span.parse(record.period)).last_day <= span.last_day
    ]
    return sorted(found, key=lambda one: (one.record.category.position, one.record.category.code, one.span))


def _missing(session: Session, village: Place, span: Span, on: date) -> list[Duty]:
    """Return what was due for the period and cannot be read."""
    duties = duties_of(session, villages=[village], since=span.first_day, on=on)
    return [
        duty
        for duty in duties
        if duty.standing in MISSING and duty.span.last_day <= span.last_day and not duty.is_public
    ]


def _missing_pieces(missing: Sequence[Duty]) -> Iterator[Piece]:
    yield Title(words="应公开而没有公开", told=f"{len(missing)} 件" if missing else "")
    if not missing:
        yield Prose(paragraphs=("到打印这一天为止，本期应公开的都已公开。",))
        return
    yield Grid(
        columns=tuple(GridColumn(name=name) for name in ("应公开的内容", "期间", "应公开到", "情况")),
        rows=tuple(
            (
                f"{duty.category_name}（{duty.body_name}）",
                duty.span.words,
                day_words(duty.due) if duty.due else "",
                MISSING[duty.standing] + (f"，已迟 {duty.days_late} 天" if duty.days_late else ""),
            )
            for duty in missing
        ),
    )


def _told(session: Session, one: _Published, number: int) -> Iterator[Piece]:
    """Yield what the sheet tells of one record."""
    record, version = one.record, one.version
    on = day_words(china_day(version.published_at)) if version.published_at else ""
    name = record.title or record.category.name
    body = record.body.name.removeprefix(record.village.name)
    heading = f"{number}．{name}　{one.span.words}　{body}"
    told = f"{on}公开，第 {record.number} 号" + (f"（第 {version.number} 版，更正）" if version.reason else "")
    ledger = ledger_of(session, version=version)
    if ledger is not None:
        income = sum(entry.income_fen for entry in ledger.entries)
        spending = sum(entry.spending_fen for entry in ledger.entries)
        figures = zip(
            ("上月结余", "本月收入", "本月支出", "本月结余"),
            (ledger.opening_fen, income, spending, ledger.closing_fen),
            strict=True,
        )
        yield Figures(
            figures=tuple((label, yuan(fen)) for label, fen in figures),
            heading=heading,
            after=f"单位：元。{told}；共 {len(ledger.entries)} 笔，逐笔见单张公开榜，或扫码查看。",
        )
    elif posting_of(session, version=version) is not None:
        table = table_for(session, version=version, audience=Audience.PAPER)
        yield from _posting(table, heading, f"{told}。", record.number)


def _posting(table: PublicTable, heading: str, told: str, number: int) -> Iterator[Piece]:
    """Yield a posting in short: its head and words in a paragraph, its table or the first rows of it."""
    words = "；".join(
        f"{fact.name}：{fact.text}" for line in table.head if line.text and (fact := fact_of(line, is_large=False))
    )
    whole = "　".join(paragraphs_of(" ".join([*(["本期没有发生。"] if table.is_nil else []), words, table.note])))
    short = (
        whole if len(whole) <= MOST_CHARACTERS else f"{whole[:MOST_CHARACTERS]}……（全文见单张公开榜，第 {number} 号）"
    )
    if not table.rows:
        yield Prose(paragraphs=(f"{short}（{told.rstrip('。')}）" if short else told,), heading=heading)
        return
    if short:
        yield Prose(paragraphs=(short,), heading=heading)
    full = grid_of(table)
    grid, count = _fewer_columns(full), len(full.rows)
    cut = (
        ""
        if count <= WHOLE_ROWS
        else f"共 {count} 行，这里是前 {FIRST_ROWS} 行，全文见单张公开榜（第 {number} 号），或扫码查看。"
    )
    gone = len(full.columns) - len(grid.columns)
    fewer = f"另有 {gone} 栏见单张公开榜。" if gone else ""
    yield replace(
        grid,
        rows=grid.rows if count <= WHOLE_ROWS else grid.rows[:FIRST_ROWS],
        heading="" if short else heading,
        after=f"{cut}{fewer}{told}",
        blocks=1,
        sum_name="合计" if count <= WHOLE_ROWS else "全部合计",
    )


def _fewer_columns(grid: Grid) -> Grid:
    """Return a table with its first columns alone, and those that have a total, where it is too wide for this sheet."""
    if len(grid.columns) <= MOST_COLUMNS:
        return grid
    totals = grid.totals or ("",) * len(grid.columns)
    order = sorted(range(len(grid.columns)), key=lambda place: (place > 2, not totals[place], place))
    kept = sorted(order[:MOST_COLUMNS])
    return replace(
        grid,
        columns=tuple(grid.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in grid.rows),
        totals=tuple(totals[place] for place in kept) if grid.totals else None,
    )
