"""The township's table of months: which village has not posted its accounts, and why each cell stands as it does."""

import re
from dataclasses import dataclass

from flask import abort, render_template, request

from app import clock
from app.access import Audience, open_to
from app.auditors.blueprint import auditors
from app.database import session
from publicity.duties.coverage import Coverage, CoverageRow, coverage
from publicity.duties.queries import Cell, accounts_cells, months_before
from publicity.workflow.completeness import completeness_of
from publicity.workflow.pages import MonthStory, month_story
from village_lists.periods import Cadence, Span
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code, villages_of

MONTHS = 12
CELL = re.compile(r"(\d{1,9})-(\d{4}-\d{2})")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The cell whose reason stands beside the table."""

    cell: Cell
    row: CoverageRow
    story: MonthStory


@auditors.get("/audit/<township:township>/accounts")
@open_to(Audience.AUDITORS)
def show_accounts(township: str) -> str:
    """Show every village's last twelve ended months, the reason of the cell asked for, what the quarter left out."""
    place = place_by_code(session(), code=township, level=Level.TOWNSHIP) or abort(404)
    villages = villages_of(session(), township=place)
    on = clock.today()
    periods = months_before(on, MONTHS)
    cells = accounts_cells(session(), villages=villages, periods=periods, on=on)
    table = coverage(cells, periods=periods)
    quarter = Span.of(Cadence.QUARTER, on).previous
    said = completeness_of(session(), villages=villages, span=quarter, on=on)
    return render_template(
        "auditors/show_accounts.html",
        township=place,
        table=table,
        on=on,
        quarter=quarter,
        lacking=[one for one in said if one.missing],
        opened=_opened(cells, table, villages),
        # What every cell's link carries; made once, for there are thousands of cells.
        choices="".join(f"&{name}={value}" for name, value in _carried().items()),
    )


def _carried() -> dict[str, str]:
    known = {"size": "large", "lang": "en"}
    return {name: value for name, value in known.items() if request.args.get(name) == value}


def _opened(cells: dict[tuple[int, str], Cell], table: Coverage, villages: list[Place]) -> Opened | None:
    wanted = request.args.get("cell")
    if wanted is None:
        return None
    found = CELL.fullmatch(wanted) or abort(404)
    cell = cells.get((int(found[1]), found[2])) or abort(404)
    row = next(row for row in table.rows if row.body == cell.body)
    village = next(village for village in villages if village.code == cell.village)
    story = month_story(session(), village=village, body=cell.body, period=str(cell.period), on=clock.today())
    return Opened(cell=cell, row=row, story=story)
