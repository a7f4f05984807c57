"""Matters on the desk: opened under what the amount chooses, listed by state, driven by deeds."""

import re

import pytest
from sqlalchemy import text

from tests.app.officials import DESK, STONE

MATTERS = f"{DESK}/matters"
FORM = {
    "item": "A01",
    "body": "committee",
    "budget": "48600",
    "procedure": "",
    "title": "村口停车场",
    "funding": "村集体自筹",
    "opened_on": "2026-09-01",
}


def open_one(town, role="clerk", **changed):
    """Open a matter as somebody."""
    return town.visitors[role].post(MATTERS, {**FORM, **changed})


def test_the_clerk_opens_a_matter_and_residents_read_it(town):
    assert "现在没有正在办的事" in town.visitors["clerk"].get(MATTERS).text
    shown = town.visitors["clerk"].get(f"{MATTERS}/new?item=A01&body=committee&budget=48600")
    assert shown.status_code == 200, shown.text
    answer = open_one(town)
    assert answer.status_code == 303, answer.text
    assert answer.headers["Location"] == f"{MATTERS}/1"
    page = town.visitors["clerk"].get(f"{MATTERS}/1").text
    assert "A01-2026-01" in page
    assert "村口停车场" in town.visitors["clerk"].get(MATTERS).text
    open("/tmp/desk/m1.html", "w").write(page)
