"""The demonstration's directory: every category stands published, and something of every kind waits at a desk."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli.demonstration.vouchers import PHONE_BOX
from publicity.attachments.models import Attachment
from publicity.categories.library import read_directory
from publicity.categories.models import ACCOUNTS, Category
from publicity.postings.models import Posting
from publicity.records.models import Record, State, Version
from publicity.workflow.models import Withdrawal
from tests.app.officials import Visitor, make_app
from tests.publicity.ledgers.independent_statements import ROWS, assert_agrees, seen
from tests.publicity.workflow.stage import NOW, STONE
from village_lists.people.models import PostKind
from village_lists.people.queries import appointments_of
from village_lists.places.models import Body, Place


@pytest.fixture(scope="module")
def app(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return the program with one village of the demonstration in it; its months cover one whole year."""
    folder = tmp_path_factory.mktemp("demonstration")
    file = folder / "mingbai.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    app = make_app(f"sqlite:///{file}", folder, at=NOW)
    result = app.test_cli_runner().invoke(args=["demo", "fill", "--villages", "1", "--months", "21"])
    assert result.exit_code == 0, result.output
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def read(app: Flask) -> Iterator[Session]:
    """Return a session for looking."""
    with Session(app.extensions["engine"]) as session:
        yield session


@pytest.fixture
def run(app: Flask) -> Callable[..., Result]:
    """Return what runs a command as from a terminal."""
    return lambda *words: app.test_cli_runner().invoke(args=list(words))


def test_every_category_of_the_directory_stands_published(read: Session) -> None:
    query = select(Category.code).join(Record.category).join(Record.versions).where(Version.state == State.PUBLISHED)
    wanted = {entry.code for entry in read_directory().entries} | {ACCOUNTS}
    assert set(read.scalars(query)) == wanted
    assert len(wanted) > 40


def test_something_of_every_kind_waits_or_went_another_way(read: Session) -> None:
    states = Counter(read.scalars(select(Version.state)))
    assert {State.DRAFT, State.SUBMITTED, State.APPROVED, State.CORRECTED, State.WITHDRAWN} <= set(states)
    assert read.scalars(select(Withdrawal)).one().agreed_at is not None
    assert read.scalars(select(Posting).where(Posting.is_nil.is_(True))).first() is not None
    returned = [version for version in read.scalars(select(Version)) if version.remarks and not version.published_at]
    assert [version.record.category.code for version in returned] == ["village.land-transfer"]


def test_the_statements_of_the_full_year_balance_and_agree_with_its_lines(read: Session) -> None:
    bodies = list(read.scalars(select(Body)))
    assert len(bodies) == 2
    for body in bodies:
        found = seen(read, body=body.id, year=2025)
        wear = found.closing["减：累计折旧"] - found.opening["减：累计折旧"]
        reserve = found.closing["公积公益金"] - found.opening["公积公益金"]
        assert wear > 0
        assert_agrees(found, wear=wear, reserve=reserve)
        report = read.execute(ROWS, {"code": "finance.yearly-report", "body": body.id, "year": "2025"}).scalars().all()
        said = {row["item"]: (row.get("opening"), row["closing"]) for row in map(json.loads, report)}
        assert said.pop("本年净收益") == (None, found.year["四、净收益"])
        assert len(said) == 9
        assert said == {name: (found.opening[name], found.closing[name]) for name in said}
    query = select(Record.period).join(Record.category).where(Category.code == "finance.balance-sheet")
    assert set(read.scalars(query)) == {"2025"}


def test_people_hold_offices_in_both_bodies(read: Session) -> None:
    village = read.scalars(select(Place).where(Place.code == STONE)).one()
    offices = appointments_of(read, village=village, on=NOW.date())
    assert {office.title for office in offices} >= {"主任", "理事长", "监事长"}
    assert any(office.beside for office in offices)
    assert any(PostKind.SECRETARY in office.posts for office in offices if office.title == "理事长")


def inks(content: bytes) -> int:
    """Return how far apart the lightest and the darkest spot are where the number stands."""
    left, top, width, height = PHONE_BOX
    with Image.open(BytesIO(content)) as picture:
        x, y = picture.width / 1000, picture.height / 1000
        inner = ((left + 10) * x, (top + 10) * y, (left + width - 10) * x, (top + height - 10) * y)
        tones = picture.convert("L").crop(inner).tobytes()
    return max(tones) - min(tones)


def test_the_photo_is_shown_with_its_number_covered(read: Session) -> None:
    photo = read.scalars(select(Attachment)).one()
    assert photo.is_checked
    assert photo.shown_id not in {None, photo.original_id}
    assert inks(photo.original.content) > 100
    assert photo.shown is not None
    assert inks(photo.shown.content) < 20


def test_duties_are_met_late_missing_and_extended(run: Callable[..., Result]) -> None:
    result = run("duties", "--json", "--village", STONE)
    assert result.exit_code == 0
    states = Counter(row["state"] for row in json.loads(result.stdout))
    assert {"met", "late", "missing", "extended", "withdrawn_early"} <= set(states)
    assert states["met"] > 3 * (states["late"] + states["missing"])


def test_the_organiser_signs_in(app: Flask) -> None:
    assert Visitor(app).sign_in("o1", "mingbai-yanshi").status_code == 303
