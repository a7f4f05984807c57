"""Commands upon the library of lists."""

import json
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app import clock
from app.database import session, transaction
from publicity.categories.disclosure import read_disclosure
from publicity.categories.library import enter_directory, read_directory
from publicity.codes.actions import give_list_codes
from publicity.ledgers.charts import read_charts
from publicity.ledgers.statements import read_statements
from village_lists.errors import NotFound, Refusal
from village_lists.library.actions import FIRST_LIST, load_library, load_rules
from village_lists.library.check import check_library
from village_lists.library.load import DATA
from village_lists.markers import N_
from village_lists.periods import Period
from village_lists.places.models import Level
from village_lists.places.queries import place_by_code
from village_lists.powers.actions import adopt
from village_lists.powers.queries import all_versions, items_of

library = AppGroup("library", help="The data files of lists, procedures, prohibitions and rules.")
lists = AppGroup("lists", help="The lists in the database.")


@library.command("check", help="Check every data file; name file and line of each mistake.")
@click.argument("folder", type=click.Path(path_type=Path), default=DATA)
def check_command(folder: Path) -> None:
    """Exit 2 where something is wrong; what Mingbai brings is checked with it: directory, charts of accounts, forms."""
    problems: list[object] = [
        *check_library(folder),
        *read_directory().problems,
        *read_disclosure().problems,
        *read_charts().problems,
        *read_statements().problems,
    ]
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        raise SystemExit(2)
    click.echo("清单库没有发现问题")


@library.command("load", help="Put a sample list and the rule book of the library into the database.")
@click.option("--county", required=True, help="Division code of the county that keeps the list.")
@click.option("--list", "slug", default=FIRST_LIST, show_default=True, help="The list's name in the library.")
def load_command(county: str, slug: str) -> None:
    """Exit 2 where the library has mistakes, or the county or the list is unknown."""
    try:
        with transaction() as write:
            version = load_library(write, county_code=county, on=clock.today(), slug=slug)
            enter_directory(write, since=Period.of(clock.today()).first_day)
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        raise SystemExit(2) from refusal
    click.echo(f"已载入《{version.title}》第 {version.number} 版")


@library.command("directory", help="Put the public directory and the rules it needs into the database; lists stay.")
@click.option("--county", required=True, help="Division code of the county whose rule book gets the rows.")
def directory_command(county: str) -> None:
    """Exit 2 where the county is unknown; what is there already is not changed."""
    try:
        with transaction() as write:
            place = place_by_code(write, code=county, level=Level.COUNTY)
            if place is None:
                raise NotFound(N_("没有区划代码为 %(code)s 的县"), code=county)
            load_rules(write, county=place)
            enter_directory(write, since=Period.of(clock.today()).first_day)
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        raise SystemExit(2) from refusal
    click.echo(f"公开目录共 {len(read_directory().entries) + 1} 类，本月起应公开")


@lists.command("list", help="Name every list version.")
@click.option("--json", "as_json", is_flag=True)
def list_command(as_json: bool) -> None:
    """Print id, name, level, version and state of each."""
    rows = _rows(session())
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo("　".join(str(value) for value in row.values()))


@lists.command("adopt", help="Record the resolution by which a village adopted a list version.")
@click.argument("village")
@click.option("--list", "version_id", type=int, required=True, help="The id that lists list names.")
@click.option("--meeting", default="村民代表会议", show_default=True)
@click.option(
    "--body", "decision_body", default="representatives", show_default=True, help="Its name in the rule book."
)
@click.option("--held-on", type=click.DateTime(["%Y-%m-%d"]), required=True)
@click.option("--due", type=int, required=True, help="How many were entitled to come.")
@click.option("--present", type=int, required=True)
@click.option("--in-favour", type=int, required=True)
def adopt_command(
    village: str,
    version_id: int,
    meeting: str,
    decision_body: str,
    held_on: datetime,
    due: int,
    present: int,
    in_favour: int,
) -> None:
    """Record and confirm the adoption and give every item its printed code; exit 2 with one line where it cannot be.

    Quorum and majority are computed by the rule book as it was on the day of the meeting.
    """
    try:
        with transaction() as write:
            place = place_by_code(write, code=village, level=Level.VILLAGE)
            if place is None:
                raise NotFound(N_("没有区划代码为 %(code)s 的地方"), code=village)
            adopt(
                write,
                village=place,
                version_id=version_id,
                meeting=meeting,
                decision_body=decision_body,
                held_on=held_on.date(),
                due=due,
                present=present,
                in_favour=in_favour,
                now=clock.now(),
            )
            codes = [item.code for item in items_of(write, version_id=version_id)]
            give_list_codes(write, village=place, item_codes=codes, now=clock.now())
    except Refusal as refusal:
        sums = [words % values for words, values in getattr(refusal, "sentences", ())]
        click.echo("；".join([str(refusal), *sums]), err=True)
        raise SystemExit(2) from refusal
    click.echo(f"{place.name}通过了清单，{len(codes)} 个事项已有编码")


def _rows(read: Session) -> list[dict[str, object]]:
    return [
        {
            "id": version.id,
            "name": version.title,
            "level": version.power_list.place.level.value,
            "version": version.number,
            "state": version.state.value,
        }
        for version in all_versions(read)
    ]
