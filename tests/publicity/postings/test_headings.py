"""The search for a header holds its time, whatever was pasted."""

from time import monotonic

import pytest

from publicity.postings.readings import read_pasted
from tests.publicity.postings.made import RELIEF

LONG_ENOUGH = 5.0
"""Seconds; each took a minute and more before there were limits, and takes a tenth now."""


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000,
        "户主（" * 15_000 + "\t月保障金额\n张阿德\t10\n",
        ("户主" + "\t列" * 3_000 + "\n") * 5 + "\t".join(["1"] * 60_000),
    ],
    ids=["brackets", "brackets in a header", "columns"],
)
def test_a_hostile_paste_is_read_in_a_moment(text):
    began = monotonic()
    reading = read_pasted(RELIEF, text)
    assert reading.problems
    assert monotonic() - began < LONG_ENOUGH
