"""Breaking sections into pages: everything once, in order, within the room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publicity.bulletins.flow import Room, Run, TooTall, flow

ROOM = Room(first=60, further=100, closing=30, turning=5)
runs = st.lists(
    st.builds(
        Run,
        heights=st.lists(st.floats(1, 20), min_size=1, max_size=30).map(tuple),
        lead=st.floats(0, 10),
        again=st.floats(0, 10),
        close=st.floats(0, 5),
        carry=st.floats(0, 5),
    ),
    min_size=1,
    max_size=4,
)


@given(runs)
def test_every_unit_stands_once_and_in_order(parts: list[Run]) -> None:
    placed = [(one.section, at) for page in flow(parts, ROOM) for one in page for at in range(one.start, one.end)]
    assert placed == [(section, at) for section, run in enumerate(parts) for at in range(len(run.heights))]


@given(runs)
def test_no_page_is_fuller_than_its_room(parts: list[Run]) -> None:
    pages = flow(parts, ROOM)
    for number, page in enumerate(pages):
        room = (ROOM.first if number == 0 else ROOM.further) - (ROOM.closing if page is pages[-1] else ROOM.turning)
        used = 0.0
        for one in page:
            run = parts[one.section]
            is_last = one.end == len(run.heights)
            used += sum(run.heights[one.start : one.end]) + (run.again if one.start else run.lead)
            used += run.close if is_last else run.carry
        assert used <= room + 1e-6


def test_a_heading_goes_with_what_it_heads() -> None:
    heading = Run(heights=(10,), stays=True)
    pages = flow([Run(heights=(20, 20)), heading, Run(heights=(30,))], ROOM)
    assert [[one.section for one in page] for page in pages] == [[0], [1, 2]]


def test_what_is_taller_than_a_page_is_refused() -> None:
    with pytest.raises(TooTall):
        flow([Run(heights=(10, 200, 10))], ROOM)
