"""Commands upon the library of lists."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app import clock
from app.database import session, transaction
from village_lists.errors import NotFound
from village_lists.library.actions import load_library
from village_lists.library.check import check_library
from village_lists.library.load import DATA
from village_lists.powers.queries import all_versions

library = AppGroup("library", help="The data files of lists, procedures, prohibitions and rules.")
lists = AppGroup("lists", help="The lists in the database.")


@library.command("check", help="Check every data file; name file and line of each mistake.")
@click.argument("folder", type=click.Path(path_type=Path), default=DATA)
def check_command(folder: Path) -> None:
    """Exit 2 where something is wrong."""
    problems = check_library(folder)
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        raise SystemExit(2)
    click.echo("清单库没有发现问题")


@library.command("load", help="Put the sample list and the rule book of the library into the database.")
@click.option("--county", required=True, help="Division code of the county that keeps the list.")
def load_command(county: str) -> None:
    """Exit 2 where the library has mistakes or the county is unknown."""
    try:
        with transaction() as write:
            version = load_library(write, county_code=county, on=clock.today())
    except NotFound as refusal:
        click.echo(str(refusal), err=True)
        raise SystemExit(2) from refusal
    click.echo(f"已载入清单第 {version.number} 版")


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


def _rows(read: Session) -> list[dict[str, object]]:
    return [
        {
            "id": version.id,
            "name": version.power_list.title,
            "level": version.power_list.place.level.value,
            "version": version.number,
            "state": version.state.value,
        }
        for version in all_versions(read)
    ]
