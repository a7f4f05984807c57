"""The command of duties: what villages had to post, and how it stands."""

import json

import click
from flask.cli import with_appcontext

from app import clock
from app.database import session
from app.duty_words import STATES
from app.matter_duties import matter_content, matter_postings
from publicity.duties.queries import Duty, duties_of
from village_lists.errors import NotFound, Refusal
from village_lists.markers import N_
from village_lists.periods import Period
from village_lists.places.models import Place
from village_lists.places.queries import villages_with_bodies

MONTHS_BACK = 12
KEYS = ("village", "category", "affairs", "body", "period", "due", "state", "record", "matter")
"""`matter` is the number of the matter that demands the posting (category matter), else empty."""


@click.command("duties", help="Say what villages had to post, by when, and how it stands.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@click.option("--village", "code", default=None, help="Division code of one village; all where it is left out.")
@click.option("--since", default=None, help="First month that counts, as 2026-01; a year back where it is left out.")
@with_appcontext
def duties(as_json: bool, code: str | None, since: str | None) -> None:
    """Print a line for each duty whose period has ended, and for each posting that a matter demands.

    Exit 2 with one line where the input is wrong.
    """
    on = clock.today()
    try:
        first = Period.parse(since) if since else Period.of(on).plus(-MONTHS_BACK)
        villages = _villages(code)
        found = duties_of(session(), villages=villages, since=first.first_day, on=on)
        matters = matter_postings(villages, on=on, since=first.first_day)
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        raise SystemExit(2) from refusal
    rows = [_row(duty) for duty in found]
    contents = [matter_content(duty) for duty in matters if duty.since >= first.first_day]
    rows += [{key: content[key] for key in KEYS} for content in contents]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo("　".join("–" if value is None else str(value) for value in row.values()))


def _villages(code: str | None) -> list[Place]:
    found = villages_with_bodies(session(), code=code)
    if code and not found:
        raise NotFound(N_("没有区划代码为 %(code)s 的村"), code=code)
    return found


def _row(duty: Duty) -> dict[str, object]:
    return {
        "village": duty.village,
        "category": duty.category,
        "affairs": duty.affairs.value,
        "body": duty.body_kind,
        "period": str(duty.span),
        "due": duty.due.isoformat() if duty.due else None,
        "state": STATES.get(duty.standing, duty.standing).value,
        "record": duty.record,
        "matter": None,
    }
