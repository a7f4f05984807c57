"""Commands for operators and for the people who try things: flask --app app …"""

from flask import Flask

import app.cli.exchange  # noqa: F401 - adds its commands to the group of lists
from app.cli.database import database
from app.cli.demo import demo
from app.cli.duties import duties
from app.cli.ledgers import ledgers
from app.cli.library import library, lists
from app.cli.people import people
from app.cli.places import places
from app.cli.sheets import bulletins


def init_commands(app: Flask) -> None:
    """Add every group of commands to the app."""
    for group in (database, demo, duties, ledgers, library, lists, people, places, bulletins):
        app.cli.add_command(group)
