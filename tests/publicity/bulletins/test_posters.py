"""A power poster leaves its flowchart room, and says so when it cannot."""

from dataclasses import replace

import pytest

from publicity.bulletins.papers import A3, A4, Paper
from publicity.bulletins.posters import PosterTooFull, plan
from tests.publicity.bulletins.sheets import POSTER


@pytest.mark.parametrize("paper", [A3, A4])
def test_the_chart_gets_its_share(paper: Paper) -> None:
    planned = plan(POSTER, paper)
    assert planned.chart_height_mm >= 0.45 * paper.height
    assert planned.chart_width_mm == paper.width


def test_more_prohibitions_make_smaller_type_then_less_room() -> None:
    few, more = plan(POSTER, A3), plan(replace(POSTER, prohibitions=POSTER.prohibitions * 4), A3)
    assert more.points < few.points or more.chart_height_mm < few.chart_height_mm


def test_too_many_prohibitions_give_way_to_a_line_that_says_so() -> None:
    planned = plan(replace(POSTER, prohibitions=POSTER.prohibitions * 30), A4)
    kept = len(planned.poster.prohibitions) - 1
    assert 0 < kept < 120
    assert planned.poster.prohibitions[-1].startswith(f"还有 {120 - kept} 条")
    assert planned.chart_height_mm >= 0.25 * A4.height


def test_bases_that_fill_the_page_are_refused() -> None:
    with pytest.raises(PosterTooFull):
        plan(replace(POSTER, bases=("依据" * 2000,)), A4)


def test_a_long_title_is_set_smaller() -> None:
    assert not plan(POSTER, A3).has_long_title
    assert plan(replace(POSTER, title="农村集体资产资源处置和发包租赁合同签订与变更管理"), A3).has_long_title
