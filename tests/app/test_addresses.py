"""Numbers in addresses: what no row could have is not there, and no mistake of the program."""

import pytest

from app.addresses import LARGEST, row_number
from tests.publicity.workflow.stage import STONE

HUGE = "9" * 23


@pytest.mark.parametrize("path", ["list/resolutions/", "records/", "list/own/items/A01/charts/"])
@pytest.mark.parametrize("number", [HUGE, str(LARGEST + 1), str(LARGEST)])
def test_a_number_out_of_reach_is_not_there(town, path, number):
    ending = "/sheet.pdf" if path == "records/" else ""
    assert town.visitors["clerk"].get(f"/desk/{STONE}/{path}{number}{ending}").status_code == 404


def test_nor_is_one_in_a_form(town):
    assert town.visitors["clerk"].post(f"/desk/{STONE}/list/own", {"version": HUGE}).status_code == 404


@pytest.mark.parametrize("text", ["", "x", "-1", HUGE])
def test_what_is_no_number_of_a_row_is_refused(text):
    with pytest.raises(ValueError, match=r"invalid literal|\d"):
        row_number(text)


def test_a_number_is_read():
    assert row_number("12") == 12
