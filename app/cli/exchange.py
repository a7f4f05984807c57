"""Commands that bring a whole list in from a file, and out into one."""

import os
import re
import tempfile
from pathlib import Path

import click

from app import clock
from app.cli.library import lists
from app.database import session, transaction
from village_lists.editions.actions import make_version
from village_lists.editions.queries import keys_known
from village_lists.editions.store import read_content
from village_lists.errors import NotFound, Refusal
from village_lists.exchange.lists.book_writing import write_workbook
from village_lists.exchange.lists.files import read_list_file
from village_lists.exchange.lists.yaml_writing import write_yaml
from village_lists.markers import N_
from village_lists.places.models import Level
from village_lists.places.queries import place_by_code
from village_lists.powers.models import ListDeedKind, ListVersion

LEVELS = {6: Level.COUNTY, 9: Level.TOWNSHIP, 12: Level.VILLAGE}
"""The level of a place by the digits of its division code."""


@lists.command("import", help="Make a draft version of a list from a workbook or a YAML file.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--place", "code", required=True, help="Division code of the county, township or village.")
@click.option("--slug", default=None, help="The list's name in addresses; usually the name of the file.")
@click.option("--unfinished", is_flag=True, help="Take a list that could not be published yet.")
def import_command(file: Path, code: str, slug: str | None, unfinished: bool) -> None:
    """Print the id of the draft; exit 2 with every problem on its own line and change nothing."""
    try:
        with transaction() as write:
            place = place_by_code(write, code=code, level=LEVELS.get(len(code), Level.COUNTY))
            if place is None:
                raise NotFound(N_("没有区划代码为 %(code)s 的地方"), code=code)
            reading = read_list_file(file, known_keys=keys_known(write, place=place, on=clock.today()))
            for problem in reading.problems:
                click.echo(str(problem), err=True)
            if reading.content is None or (reading.problems and not unfinished):
                raise SystemExit(2)
            version = make_version(
                write,
                place=place,
                slug=slug or _slug(file),
                content=reading.content,
                by=None,
                now=clock.now(),
                deed=ListDeedKind.IMPORT,
            )
            number = version.id
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        raise SystemExit(2) from refusal
    for notice in reading.notices:
        click.echo(str(notice))
    click.echo(f"已导入《{reading.content.title}》第 {version.number} 版（草稿），编号 {number}")


@lists.command("export", help="Write a list version into a workbook or a YAML file.")
@click.option("--list", "version_id", type=int, required=True, help="The id that lists list names.")
@click.option("--format", "form", type=click.Choice(["yaml", "xlsx"]), required=True)
@click.argument("file", type=click.Path(path_type=Path))
def export_command(version_id: int, form: str, file: Path) -> None:
    """Write the whole file or nothing; exit 2 with one line where it cannot be."""
    read = session()
    version = read.get(ListVersion, version_id)
    try:
        if version is None:
            raise NotFound(N_("没有编号为 %(id)s 的清单版本"), id=version_id)
        content = read_content(read, version=version)
        document = write_yaml(content).encode() if form == "yaml" else write_workbook(content)
        _write(file, document)
    except (Refusal, OSError) as refusal:
        click.echo(str(refusal), err=True)
        raise SystemExit(2) from refusal
    click.echo(f"已写好 {file}")


def _slug(file: Path) -> str:
    """Return the file's name where it can stand in an address, else `list`."""
    stem = file.stem.lower()
    return stem if re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", stem) else "list"


def _write(file: Path, document: bytes) -> None:
    """Put a finished file in place of whatever stands there."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(document)
        Path(name).chmod(0o644)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
