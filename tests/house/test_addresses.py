"""Addresses: every part is typed, reading and changing are apart, and what was printed on paper is still there.

The list by hand is tests/house/addresses.txt.
"""

import re

import pytest

from tests.house.tree import ROOT
from tests.house.views import View, views

VIEWS = views()
PART = re.compile(r"<([^>]+)>")
AUDIENCES = {
    "auditors": ("/audit",),
    "cadres": ("/desk",),
    "county": ("/county",),
    "signin": ("/account",),
}
# They hang on walls as codes: an address that was here once may never leave this list.
PRINTED = ["/q/<>", "/v/<>", "/v/<>/powers/<>", "/v/<>/accounts/<>/<>"]


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_part_of_an_address_is_typed(view: View):
    assert all(":" in part for part in PART.findall(view.address)), "what does not fit is a 404, not a question"


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_a_view_reads_or_changes_not_both(view: View):
    methods = {each.method for each in VIEWS if each.name == view.name and each.file == view.file}
    assert methods in ({"get"}, {"post"})


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_an_address_is_plain(view: View):
    fixed = PART.sub("", view.address)
    assert re.fullmatch(r"/[a-z0-9/._-]*", fixed), "small letters, no questions in it"


@pytest.mark.parametrize("view", [view for view in VIEWS if view.file.parts[1] in AUDIENCES], ids=str)
def test_an_officials_page_lies_below_its_audience(view: View):
    assert view.address.startswith(AUDIENCES[view.file.parts[1]]), "headers and throttles go by the beginning"


@pytest.mark.parametrize("printed", PRINTED)
def test_a_printed_address_never_dies(printed):
    assert printed in {PART.sub("<>", view.address) for view in VIEWS if view.method == "get"}


def test_the_list_by_hand_is_what_there_is():
    """A line may be added; one that residents or paper know may not be taken away (see PRINTED)."""
    listed = (ROOT / "tests/house/addresses.txt").read_text(encoding="utf-8").splitlines()
    assert listed == sorted({f"{view.address} {view.method.upper()}" for view in VIEWS})
