"""Commands that print sheets."""

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app import clock
from app.database import session
from app.paper import PAPERS, finance_pdf, poster_pdf
from publicity.categories.models import ACCOUNTS
from publicity.records.models import Version
from publicity.records.queries import published_version, record_for
from village_lists.errors import NotFound, Refusal
from village_lists.markers import N_
from village_lists.periods import Period
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code, villages_of
from village_lists.powers.queries import adoption_of, item_by_code

bulletins = AppGroup("bulletins", help="Print sheets for the wall.")
size_option = click.option("--size", type=click.Choice(sorted(PAPERS)), default="A3", show_default=True)


@bulletins.command("print", help="Print one sheet: --kind committee or collective for accounts, or an item's code.")
@click.argument("village")
@click.argument("period")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", default="collective", show_default=True)
@size_option
def print_command(village: str, period: str, file: Path, kind: str, size: str) -> None:
    """Write the PDF; exit 2 with one line where there is nothing to print."""
    try:
        place = _place(session(), village, Level.VILLAGE)
        if kind in {"committee", "collective"}:
            version = _published(session(), place, Period.parse(period), kind)
            content = finance_pdf(session(), version=version, on=clock.today(), paper=PAPERS[size])
        else:
            content = _poster(session(), place, kind, size)
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        raise SystemExit(2) from refusal
    file.write_bytes(content)
    click.echo(f"{file.name}　{len(content) // 1024} KB")


@bulletins.command("batch", help="Print every village's published accounts of a month into a folder.")
@click.argument("township")
@click.argument("period")
@click.argument("folder", type=click.Path(path_type=Path))
@size_option
def batch_command(township: str, period: str, folder: Path, size: str) -> None:
    """Write one PDF for each body that has published the month; say what is left out."""
    try:
        town, month = _place(session(), township, Level.TOWNSHIP), Period.parse(period)
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        raise SystemExit(2) from refusal
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [
        (place, body) for place in villages_of(session(), township=town) for body in place.bodies if body.keeps_books
    ]
    missing = []
    with click.progressbar(wanted, label="正在打印") as bar:
        for place, body in bar:
            try:
                version = _published(session(), place, month, body.kind.value)
            except NotFound:
                missing.append(body.name)
                continue
            content = finance_pdf(session(), version=version, on=clock.today(), paper=PAPERS[size])
            (folder / f"{place.code}-{period}-{body.kind.value}.pdf").write_bytes(content)
    click.echo(f"已打印 {len(wanted) - len(missing)} 份" + (f"；还没有公开：{'、'.join(missing)}" if missing else ""))


def _place(read: Session, code: str, level: Level) -> Place:
    place = place_by_code(read, code=code, level=level)
    if place is None:
        raise NotFound(N_("没有区划代码为 %(code)s 的地方"), code=code)
    return place


def _published(read: Session, place: Place, period: Period, kind: str) -> Version:
    body = next(body for body in place.bodies if body.kind.value == kind)
    record = record_for(read, body=body, code=ACCOUNTS, period=str(period))
    version = published_version(record) if record else None
    if version is None:
        raise NotFound(N_("%(body)s %(period)s的账目还没有公开"), body=body.name, period=period.words)
    return version


def _poster(read: Session, place: Place, code: str, size: str) -> bytes:
    adoption = adoption_of(read, village=place)
    item = item_by_code(read, version_id=adoption.version_id, code=code) if adoption else None
    if item is None:
        raise NotFound(N_("本村清单里没有编号「%(code)s」的事项"), code=code)
    return poster_pdf(read, place=place, item=item, on=clock.today(), paper=PAPERS[size])
