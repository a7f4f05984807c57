"""Commands that print sheets."""

from flask.cli import AppGroup

bulletins = AppGroup("bulletins", help="Print sheets for the wall.")
