"""Commands upon places."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.database import transaction
from village_lists.errors import Refusal
from village_lists.places.actions import import_places, read_places

places = AppGroup("places", help="Counties, townships and villages.")


@places.command("import", help="Enter places from a CSV: code,name,hotline,board_address,committee,collective.")
@click.argument("file", type=click.Path(path_type=Path))
def import_command(file: Path) -> None:
    """Enter all places of the file, or none; exit 2 with one line on what is wrong and where."""
    try:
        rows = read_places(file.read_text(encoding="utf-8-sig").splitlines())
        with transaction() as session:
            count = import_places(session, rows=rows)
    except (OSError, UnicodeDecodeError, Refusal) as wrong:
        click.echo(f"{file.name}：{wrong}", err=True)
        raise SystemExit(2) from wrong
    click.echo(f"已登记 {count} 个地方")
