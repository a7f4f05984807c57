"""The township's page over all categories: which village has not posted what, and why each cell stands as it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from flask import Response, abort, render_template, request
from flask_babel import gettext as _

from app import clock
from app.access import Audience, open_to
from app.auditors.blueprint import auditors
from app.database import session
from app.duty_words import AFFAIRS, duty_content, heading_words, rule_name, why
from app.exports import csv_answer, json_answer
from app.matter_duties import matter_content
from publicity.categories.models import Affairs
from publicity.duties.extensions import waiting_extensions
from publicity.duties.matrix import Matrix, MatrixCell, matrix_of
from publicity.duties.matters import MatterDuty, MatterDutyKind, matter_duties, tally_matters
from publicity.duties.queries import Duty, duties_of
from publicity.duties.rules import Standing
from publicity.workflow.pages import RecordStory, record_story
from village_lists.periods import Cadence, PeriodUnreadable, Span
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code, villages_of

LOOKED_BACK = timedelta(days=150)
"""Nothing that ended so long before the window can still fall due in it."""
QUARTERS = 8
YEARS = 3
STORIES = 8
FILTERS = ("window", "affairs", "heading", "standing")
WAITS = frozenset({Standing.MISSING, Standing.WAITING, Standing.UPCOMING, Standing.EXTENDED})
SHOWN = ("missing", "late", "withdrawn_early", "extended", "waiting", "upcoming", "met")
NAMES = ("village", "category_name", "affairs", "body", "period", "title", "due", "state", "published", "days_late")
FURTHER = ("extended_until", "extension_reason", "withdrawn", "record")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the auditor asked to see: duties that fall due in `window`, narrowed where the others are given."""

    window: Span
    affairs: str
    heading: str
    standing: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """One duty of the opened cell with its story; None for those that need none."""

    duty: Duty
    story: RecordStory | None


@auditors.get("/audit/<township:township>/duties")
@open_to(Audience.AUDITORS)
def show_duties(township: str) -> str:
    """Show villages by categories for a window of due days, and the reason of the cell that was asked for."""
    place, wanted, on = _township(township), _wanted(), clock.today()
    villages = villages_of(session(), township=place)
    duties, table = _table(villages, wanted, on)
    return render_template(
        "auditors/show_duties.html",
        township=place,
        wanted=wanted,
        windows=_windows(on),
        headings=dict.fromkeys((duty.taxonomy, duty.heading, duty.affairs) for duty in duties),
        affairs=AFFAIRS,
        shown=SHOWN,
        table=table,
        matters=tally_matters(_matters(villages, wanted, on), villages=villages),
        opened=_opened(table),
        told=_told(villages, _opened(table), on),
        asked=waiting_extensions(session(), township=place),
        on=on,
        why=why,
        rule_name=rule_name,
        choices={name: getattr(wanted, name) for name in FILTERS if getattr(wanted, name)},
        # What every cell's link carries; made once, for there are a thousand cells.
        base="".join(f"{name}={value}&" for name, value in _carried().items()),
        heading_words=heading_words,
    )


@auditors.get("/audit/<township:township>/duties.json")
@open_to(Audience.AUDITORS)
def show_duties_json(township: str) -> Response:
    """Give the duties of the window as JSON."""
    place, wanted, on = _township(township), _wanted(), clock.today()
    villages = villages_of(session(), township=place)
    rows = [duty_content(duty) for duty in _table(villages, wanted, on)[0]]
    matters = [matter_content(duty) for duty in _postings(villages, wanted, on)]
    return json_answer({"township": place.code, "window": str(wanted.window), "duties": rows, "matters": matters})


@auditors.get("/audit/<township:township>/duties.csv")
@open_to(Audience.AUDITORS)
def show_duties_csv(township: str) -> Response:
    """Give the duties of the window as CSV."""
    place, wanted, on = _township(township), _wanted(), clock.today()
    header = [_("区划代码"), _("村"), _("内容"), _("类别"), _("单位"), _("期间"), _("标题"), _("期限"), _("情况")]
    header += [_("公开日期"), _("迟了几天"), _("延期到"), _("延期理由"), _("撤下日期"), _("编号"), _("事项")]
    villages = villages_of(session(), township=place)
    contents = [(duty.village_name, duty_content(duty)) for duty in _table(villages, wanted, on)[0]]
    contents += [(duty.village_name, matter_content(duty)) for duty in _postings(villages, wanted, on)]
    rows = []
    for name, content in contents:
        first, *rest = [content.get(key) for key in (*NAMES, *FURTHER, "matter_code")]
        rows.append([first, name, *rest])
    return csv_answer(f"{place.code}-duties-{wanted.window}", header, rows)


def _carried() -> dict[str, str]:
    known = {"size": "large", "lang": "en"}
    kept = {name: value for name, value in known.items() if request.args.get(name) == value}
    return {**{name: quote(request.args[name]) for name in FILTERS if request.args.get(name)}, **kept}


def _township(code: str) -> Place:
    return place_by_code(session(), code=code, level=Level.TOWNSHIP) or abort(404)


def _wanted() -> Wanted:
    try:
        window = Span.parse(request.args.get("window", "") or str(Span.of(Cadence.QUARTER, clock.today())))
    except PeriodUnreadable:
        abort(404)
    return Wanted(
        window=window,
        affairs=request.args.get("affairs", ""),
        heading=request.args.get("heading", ""),
        standing=request.args.get("standing", ""),
    )


def _table(villages: Sequence[Place], wanted: Wanted, on: date) -> tuple[list[Duty], Matrix]:
    """Return the duties that were asked for, and the table of them; only villages that have any stand in it."""
    found = duties_of(
        session(),
        villages=villages,
        since=wanted.window.first_day - LOOKED_BACK,
        on=on,
        through=min(on, wanted.window.last_day),
    )
    duties = [duty for duty in found if _is_wanted(duty, wanted)]
    kept = {duty.village for duty in duties} if wanted.standing else {village.code for village in villages}
    rows = [village for village in villages if village.code in kept]
    return duties, matrix_of(duties, villages=rows, year=wanted.window.first_day.year)


def _is_wanted(duty: Duty, wanted: Wanted) -> bool:
    day = duty.due or duty.span.last_day
    return (
        wanted.window.first_day <= day <= wanted.window.last_day
        and wanted.affairs in ("", duty.affairs.value)
        and wanted.heading in ("", duty.heading)
        and wanted.standing in ("", duty.standing.value)
    )


def _matters(villages: Sequence[Place], wanted: Wanted, on: date) -> list[MatterDuty]:
    """Return what matters ask for in the window; they are village affairs and stand under no heading."""
    if wanted.heading or wanted.affairs not in ("", Affairs.VILLAGE.value):
        return []
    since = wanted.window.first_day - LOOKED_BACK
    found = matter_duties(session(), villages=villages, on=on, since=since)
    return [
        duty
        for duty in found
        if duty.due is not None
        and wanted.window.first_day <= duty.due <= wanted.window.last_day
        and wanted.standing in ("", duty.standing.value)
    ]


def _postings(villages: Sequence[Place], wanted: Wanted, on: date) -> list[MatterDuty]:
    return [duty for duty in _matters(villages, wanted, on) if duty.kind is MatterDutyKind.POSTING]


def _windows(on: date) -> list[Span]:
    """Return the windows that are offered: the last quarters, then the last years."""
    quarter, year = Span.of(Cadence.QUARTER, on), Span.of(Cadence.YEAR, on)
    found = [quarter]
    while len(found) < QUARTERS:
        found.append(found[-1].previous)
    found.append(year)
    while len(found) < QUARTERS + YEARS:
        found.append(found[-1].previous)
    return found


def _opened(table: Matrix) -> MatrixCell | None:
    village, category = request.args.get("village"), request.args.get("category")
    if village is None and category is None:
        return None
    return table.cell(village=village or "", category=category or "") or abort(404)


def _told(villages: Sequence[Place], cell: MatrixCell | None, on: date) -> Sequence[Told]:
    """Return the duties of the opened cell; the first few that wait come with what happened and at whom they wait."""
    if cell is None:
        return ()
    village = next(one for one in villages if one.code == cell.village)
    return [
        Told(duty=duty, story=_story(village, duty, on) if number < STORIES and duty.standing in WAITS else None)
        for number, duty in enumerate(cell.duties)
    ]


def _story(village: Place, duty: Duty, on: date) -> RecordStory:
    return record_story(session(), village=village, record=duty.record_id, on=on)
