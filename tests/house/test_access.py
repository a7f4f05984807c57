"""Every route says who may open it, one line under its address; what says nothing is refused by app/access.py."""

import pytest

from tests.house.views import View, views

VIEWS = views()


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_a_view_says_who_may_open_it(view: View):
    addresses = [number for number, text in enumerate(view.decorators) if f".{view.method}(" in text]
    declared = [number for number, text in enumerate(view.decorators) if text.startswith("open_to(")]
    assert declared, "write @open_to(Audience.…) under its address"
    assert len(declared) == 1
    below = view.decorators[declared[0] + 1 :]
    assert below in ((), ("once",)), "under the address, or the router keeps the function without it"
    assert addresses[0] < declared[0]


@pytest.mark.parametrize("view", [view for view in VIEWS if "residents" not in view.file.parts], ids=str)
def test_only_residents_pages_and_the_door_are_open_to_everyone(view: View):
    is_open = any("Audience.EVERYONE" in text for text in view.decorators)
    assert not is_open or view.address.startswith(("/account/", "/healthz")), "an official's page is not for everyone"


def test_there_are_views():
    assert len(VIEWS) > 10
