"""The hardest charts, kept as pictures that someone has looked at: a drawing changes only on purpose.

They are the worst of the thousand of test_layout.py by crossings, by the longest way back and by density, a dense
project, and a matter and a comparison with all their standings. To renew them after a change that is meant:

    RENEW_SNAPSHOTS=1 python -m pytest tests/village_lists/flowcharts/test_snapshots.py

then look at every changed file in a browser before it is kept.
"""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.village_lists.flowcharts.graphs import one_of_a_thousand, road_repair
from tests.village_lists.flowcharts.measures import faults
from tests.village_lists.flowcharts.project import dense_project
from village_lists.flowcharts.chart import A3, Chart, Form
from village_lists.flowcharts.draw import draw
from village_lists.flowcharts.layout import lay_out, lay_out_sheets
from village_lists.flowcharts.standings import Standing, StandingKind

SNAPSHOTS = Path(__file__).parent / "snapshots"
LARGEST_BYTES = 40_000
PROHIBITIONS = {"N07": "不得把一个项目拆成几个小项目"}
MATTER = {
    "start": Standing(StandingKind.DONE, "", date(2026, 9, 1)),
    "wuyi": Standing(StandingKind.DONE, "", date(2026, 9, 3)),
    "vote": Standing(StandingKind.DONE, "应到38人，实到31人，同意29人", date(2026, 9, 10)),
    "notice": Standing(StandingKind.DONE, "", date(2026, 9, 15)),
    "bids": Standing(StandingKind.SKIPPED, "抢险工程，经镇里批准直接委托"),
    "fork": Standing(StandingKind.DONE),
    "build": Standing(StandingKind.CURRENT, "", date(2026, 11, 30)),
    "watch": Standing(StandingKind.OVERDUE, "3 天", date(2026, 11, 19)),
    **{key: Standing(StandingKind.WAITING) for key in ("join", "accept", "pay", "end")},
}
COMPARISON = {
    "vote": Standing(StandingKind.CHANGED),
    "notice": Standing(StandingKind.CHANGED, "公告由5天改为7天"),
    "watch": Standing(StandingKind.ADDED),
    "accept": Standing(StandingKind.CHANGED, "由村民代表改为村务监督委员会"),
    "pay": Standing(StandingKind.REMOVED),
}


CASES: dict[str, Callable[[], Chart]] = {
    "phone-most-crossings": lambda: lay_out(one_of_a_thousand(297), Form.PHONE),
    "phone-densest": lambda: lay_out(one_of_a_thousand(178), Form.PHONE),
    "phone-project-large": lambda: lay_out(dense_project(), Form.PHONE, is_large=True, prohibitions=PROHIBITIONS),
    "phone-matter": lambda: lay_out(road_repair(), Form.PHONE, standings=MATTER),
    "a4-most-crossings": lambda: lay_out_sheets(one_of_a_thousand(904))[0],
    "a4-densest": lambda: lay_out_sheets(one_of_a_thousand(44))[0],
    "a4-comparison": lambda: lay_out(road_repair(), Form.PRINT, standings=COMPARISON),
    "a3-project": lambda: lay_out(dense_project(), Form.PRINT, paper=A3, prohibitions=PROHIBITIONS),
}


@pytest.mark.parametrize("name", CASES)
def test_the_drawing_is_unchanged(name: str) -> None:
    """The same text, byte for byte; see above for how to renew it."""
    chart = CASES[name]()
    assert faults(chart) == []
    # one element a line, so that a change is read as easily as it is seen
    drawing = draw(chart).replace("><", ">\n<") + "\n"
    assert len(drawing.encode()) < LARGEST_BYTES
    path = SNAPSHOTS / f"{name}.svg"
    if os.environ.get("RENEW_SNAPSHOTS"):
        path.write_text(drawing, encoding="utf-8")
    assert drawing == path.read_text(encoding="utf-8")


def test_there_is_no_snapshot_too_many() -> None:
    assert {path.stem for path in SNAPSHOTS.iterdir()} == set(CASES)
