"""Commands that print sheets."""

from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from app import clock
from app.database import session
from app.paper import PAPERS, affairs_pdf, poster_pdf, sheet_pdf
from publicity.categories.models import ACCOUNTS
from publicity.records.models import Record, Version
from publicity.records.queries import published_version, records_of
from village_lists.errors import NotFound, Refusal
from village_lists.markers import N_
from village_lists.periods import Span
from village_lists.places.models import Level, Place
from village_lists.places.queries import place_by_code, villages_of
from village_lists.powers.queries import adoption_of, item_by_code

BODIES = {"committee", "collective"}
AFFAIRS, FINANCE = "affairs", "finance"

bulletins = AppGroup("bulletins", help="Print sheets for the wall.")
size_option = click.option("--size", type=click.Choice(sorted(PAPERS)), default="A3", show_default=True)


@bulletins.command("print")
@click.argument("village")
@click.argument("period")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", default=FINANCE, show_default=True, help="finance, affairs, a category's or an item's code.")
@size_option
def print_command(village: str, period: str, file: Path, kind: str, size: str) -> None:
    """Print one sheet into FILE.

    --kind finance (the only published accounts of the period), committee or collective (that body's), affairs (all
    three affairs of the period), the code of a category, or the code of a power item (its poster).
    """
    try:
        content = _printed(session(), _place(session(), village, Level.VILLAGE), period, kind, size)
        file.write_bytes(content)
    except (Refusal, OSError) as wrong:
        click.echo(f"写不了 {file.name}" if isinstance(wrong, OSError) else str(wrong), err=True)
        raise SystemExit(2) from wrong
    click.echo(f"{file.name}　{len(content) // 1024} KB")


@bulletins.command("batch")
@click.argument("township")
@click.argument("period")
@click.argument("folder", type=click.Path(path_type=Path))
@size_option
def batch_command(township: str, period: str, folder: Path, size: str) -> None:
    """Print all that a township's villages published for a period, of every category, into a folder.

    One PDF for each record; what could not be printed is told and the others are printed all the same (exit 1).
    """
    try:
        town, span = _place(session(), township, Level.TOWNSHIP), Span.parse(period)
        folder.mkdir(parents=True, exist_ok=True)
    except (Refusal, OSError) as wrong:
        click.echo("这个文件夹写不了" if isinstance(wrong, OSError) else str(wrong), err=True)
        raise SystemExit(2) from wrong
    villages = villages_of(session(), township=town)
    wanted = [(village, record, version) for village in villages for record, version in _within(village, span)]
    failed: list[str] = []
    with click.progressbar(wanted, label="正在打印") as bar:
        for village, record, version in bar:
            name = f"{village.code}-{record.period}-{record.number}-{record.category.code}.pdf"
            try:
                content = sheet_pdf(session(), version=version, on=clock.today(), paper=PAPERS[size])
            except Refusal as refusal:
                failed.append(f"{name}：{refusal}")
                continue
            (folder / name).write_bytes(content)
    silent = [village.name for village in villages if village not in {found[0] for found in wanted}]
    told = f"；这一期没有公开件的村：{'、'.join(silent)}" if silent else ""
    click.echo(f"已打印 {len(wanted) - len(failed)} 份{told}")
    for line in failed:
        click.echo(line, err=True)
    if failed:
        raise SystemExit(1)


def _printed(read: Session, place: Place, period: str, kind: str, size: str) -> bytes:
    """Return the PDF of what the command names; a Refusal in one sentence where there is none."""
    paper, on = PAPERS[size], clock.today()
    if kind == AFFAIRS:
        return affairs_pdf(read, village=place, span=Span.parse(period), on=on, paper=paper)
    span = Span.parse(period)
    code = ACCOUNTS if kind in {FINANCE, *BODIES} else kind
    found = [
        (record, version)
        for record, version in _within(place, span)
        if record.category.code == code
        and record.period == str(span)
        and (kind not in BODIES or record.body.kind == kind)
    ]
    if not found and code != ACCOUNTS and "." not in code:
        return _poster(read, place, kind, size)
    return sheet_pdf(read, version=_only(place, span, kind, found), on=on, paper=paper)


def _only(place: Place, span: Span, kind: str, found: list[tuple[Record, Version]]) -> Version:
    if not found:
        raise NotFound(N_("%(place)s %(period)s没有公开的「%(kind)s」"), place=place.name, period=span.words, kind=kind)
    if len(found) > 1:
        numbers = "、".join(f"{record.body.name}第 {record.number} 号" for record, _ in found)
        raise NotFound(
            N_("有 %(count)d 份（%(numbers)s）：账目请写 --kind committee 或 collective，其他请用 bulletins batch"),
            count=len(found),
            numbers=numbers,
        )
    return found[0][1]


def _within(village: Place, span: Span) -> Iterator[tuple[Record, Version]]:
    """Yield what stands published of the spans that end within `span`, in the order of their numbers."""
    for record in reversed(records_of(session(), village=village)):
        version = published_version(record)
        if version is not None and span.first_day <= Span.parse(record.period).last_day <= span.last_day:
            yield record, version


def _place(read: Session, code: str, level: Level) -> Place:
    place = place_by_code(read, code=code, level=level)
    if place is None:
        raise NotFound(N_("没有区划代码为 %(code)s 的地方"), code=code)
    return place


def _poster(read: Session, place: Place, code: str, size: str) -> bytes:
    adoption = adoption_of(read, village=place)
    item = item_by_code(read, version_id=adoption.version_id, code=code) if adoption else None
    if item is None:
        raise NotFound(N_("没有「%(code)s」：既没有公开这一类，清单里也没有这个编号的事项"), code=code)
    return poster_pdf(read, place=place, item=item, on=clock.today(), paper=PAPERS[size])
