"""Commands upon ledgers: check a workbook without keeping anything."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from publicity.ledgers.check import check_file
from village_lists.errors import Refusal

ledgers = AppGroup("ledgers", help="Read a clerk's workbook.")


@ledgers.command("check", help="Say what Mingbai reads in a workbook, and every problem by cell.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def check_command(file: Path, as_json: bool) -> None:
    """Exit 0 without problems, 1 with problems, 2 for a file that cannot be read."""
    if not file.is_file():
        click.echo(f"没有这个文件：{file}", err=True)
        raise SystemExit(2)
    try:
        document, status = check_file(file)
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        raise SystemExit(2) from refusal
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        _tell(document)
    raise SystemExit(status)


def _tell(document: dict[str, list[dict[str, object]]]) -> None:
    for ledger in document["ledgers"]:
        entries = ledger["entries"]
        count = len(entries) if isinstance(entries, list) else 0
        click.echo(f"{ledger['sheet']}　{ledger['period']}　{count} 笔")
    for problem in document["problems"]:
        click.echo(f"{problem['sheet']}!{problem['cell']}　{problem['words']}")
