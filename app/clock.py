"""The only clock: everything else gets the time as an argument."""

from datetime import date, datetime

from flask import Flask, current_app

from village_lists.days import CHINA, china_day


def init_clock(app: Flask) -> None:
    """Leave room for a fixed clock: a test puts a function that returns the instant into CLOCK."""
    app.config.setdefault("CLOCK", None)


def now() -> datetime:
    """Return the present instant in Chinese time; a test may fix it by app.config["CLOCK"]."""
    fixed = current_app.config.get("CLOCK")
    return fixed() if fixed else datetime.now(CHINA)


def today() -> date:
    """Return the present day in China."""
    return china_day(now())
