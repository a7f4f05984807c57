"""Commands: what they print, with which status they end, and that a refusal leaves nothing behind."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.app.officials import Visitor, make_app
from tests.publicity.workflow.stage import NOW

SAMPLES = Path(__file__).parent.parent.parent / "samples" / "ledgers"
FILES = sorted(file for file in SAMPLES.iterdir() if file.suffix in {".xlsx", ".xls", ".csv"})


@pytest.fixture
def app(sqlite_url, tmp_path):
    """Return the program over an empty database."""
    app = make_app(sqlite_url, tmp_path, at=NOW)
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def run(app):
    """Return what runs a command as from a terminal."""
    return lambda *words: app.test_cli_runner().invoke(args=list(words))


def count(app, table):
    """Return how many rows a table has."""
    with Session(app.extensions["engine"]) as session:
        return session.execute(text(f"SELECT COUNT(*) FROM {table}")).scalar_one()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_ledger_is_read_as_a_person_reads_it(run, file):
    expected = json.loads(file.with_name(file.name + ".expected.json").read_text(encoding="utf-8"))
    result = run("ledgers", "check", str(file), "--json")
    found = json.loads(result.stdout)
    least = expected.get("problems_at_least")
    wanted = cells_of(expected["problems"] if least is None else least)
    assert result.exit_code == (1 if wanted else 0)
    assert like(found["ledgers"], expected["ledgers"]) or least
    assert cells_of(found["problems"]) >= wanted if least else cells_of(found["problems"]) == wanted


def cells_of(problems):
    """Return where the problems are."""
    return {(problem["sheet"], problem["cell"]) for problem in problems}


def like(found, expected):
    """Say whether everything expected is there; further keys are allowed."""
    if isinstance(expected, dict):
        return all(key in found and like(found[key], value) for key, value in expected.items())
    if isinstance(expected, list):
        return len(found) == len(expected) and all(like(*pair) for pair in zip(found, expected, strict=True))
    return found == expected


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04 torn", b"%PDF-1.4"])
def test_a_file_that_is_no_ledger_ends_with_2_and_one_line(run, tmp_path, content):
    file = tmp_path / "book.xlsx"
    file.write_bytes(content)
    result = run("ledgers", "check", str(file), "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_file_that_is_not_there_ends_with_2(run, tmp_path):
    assert run("ledgers", "check", str(tmp_path / "none.xlsx")).exit_code == 2


PLACES = "code,name\n330299,宁川县\n330299101,松坪镇\n330299101201,上石村\n"


def test_places_are_entered(app, run, tmp_path):
    file = tmp_path / "places.csv"
    file.write_text("\ufeff" + PLACES, encoding="utf-8")
    assert run("places", "import", str(file)).exit_code == 0
    assert (count(app, "place"), count(app, "body")) == (3, 2)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("code\n330299\n", "name"),
        (PLACES + "33029910120,短了\n", "第 5 行"),
        (PLACES + "330299101202,\n", "第 5 行"),
        (PLACES + "330299101201,上石村\n", "第 5 行的代码与第 4 行相同"),
        (PLACES + "330299102201,外村\n", "330299102"),
        ("", "code"),
    ],
)
def test_places_with_a_mistake_are_refused_whole(app, run, tmp_path, content, words):
    file = tmp_path / "places.csv"
    file.write_text(content, encoding="utf-8")
    result = run("places", "import", str(file))
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert count(app, "place") == 0


@pytest.mark.parametrize("content", [PLACES.encode("gb18030"), b"\xff\xfe"])
def test_places_in_another_writing_are_refused(app, run, tmp_path, content):
    file = tmp_path / "places.csv"
    file.write_bytes(content)
    assert run("places", "import", str(file)).exit_code == 2
    assert count(app, "place") == 0


@pytest.fixture
def invite(run, tmp_path):
    """Return what invites a person to a post in a village that is there."""
    file = tmp_path / "places.csv"
    file.write_text(PLACES, encoding="utf-8")
    run("places", "import", str(file))

    def call(name, phone, post="clerk", place="330299101201", **more):
        words = [part for key, value in more.items() for part in (f"--{key}", value)]
        return run("people", "invite", "--name", name, "--phone", phone, "--place", place, "--post", post, *words)

    return call


def test_an_invited_person_signs_in_with_the_password_said_once(app, invite):
    result = invite("李国强", "+86 138-0000-0001")
    password = result.stdout.split()[-1]
    assert Visitor(app).sign_in("138 0000 0001", password).status_code == 303
    with Session(app.extensions["engine"]) as session:
        assert password not in session.execute(text("SELECT password_hash FROM account")).scalar_one()


@pytest.mark.parametrize(
    ("second", "more"),
    [
        ("13800000001", {}),
        ("0086 138 0000 0001", {}),
        ("13800000002", {"identity": "11010519491231002x"}),
    ],
)
def test_one_natural_person_is_entered_once(app, invite, second, more):
    assert invite("李国强", "138-0000-0001", identity="11010519491231002X").exit_code == 0
    result = invite("李强国", second, "secretary", **more)
    assert result.exit_code == 2
    assert "只登记一次" in result.stderr
    assert (count(app, "person"), count(app, "post"), count(app, "account")) == (1, 1, 1)


def test_the_id_number_itself_is_kept_nowhere(app, invite):
    result = invite("李国强", "13800000001", identity="11010519491231002X")
    assert "11010519491231002X" not in result.output
    with Session(app.extensions["engine"]) as session:
        kept = session.execute(text("SELECT * FROM person")).one()
    assert not any("11010519491231002" in str(value) for value in kept)


@pytest.mark.parametrize("place", ["330299101209", "33", "上石村"])
def test_nobody_is_invited_to_a_place_that_is_not_there(app, invite, place):
    result = invite("李国强", "13800000001", place=place)
    assert result.exit_code == 2
    assert count(app, "person") == 0


def test_the_demonstration_fills_an_empty_database_and_no_other(app, run):
    result = run("demo", "fill", "--villages", "2", "--months", "2")
    assert result.exit_code == 0, result.output
    assert count(app, "account") == 15
    assert Visitor(app).sign_in("c1", "mingbai-yanshi").status_code == 303
    before = count(app, "event")
    again = run("demo", "fill")
    assert again.exit_code == 2
    assert "空的数据库" in again.stderr
    assert count(app, "event") == before


def test_the_demonstration_is_the_same_every_time(app, run):
    run("demo", "fill", "--villages", "1", "--months", "1", "--seed", "7")
    with Session(app.extensions["engine"]) as session:
        rows = session.execute(text("SELECT voucher, summary, payee, income_fen, spending_fen FROM entry")).all()
    assert rows


def test_the_library_has_no_mistakes(run):
    assert run("library", "check").exit_code == 0


def test_a_mistake_in_the_library_is_named_by_file_and_line(run, tmp_path):
    (tmp_path / "rulebook.yaml").write_text("- key: [\n", encoding="utf-8")
    result = run("library", "check", str(tmp_path))
    assert result.exit_code == 2
    assert "rulebook.yaml" in result.stderr


def test_the_directory_comes_without_a_list(app, run, tmp_path):
    """After an upgrade the operator enters categories and rules; no list is published by it, and twice is once."""
    places = tmp_path / "places.csv"
    places.write_text("code,name,hotline,board_address,books\n330299,宁川县,,,\n", encoding="utf-8")
    assert run("places", "import", str(places)).exit_code == 0
    first = run("library", "directory", "--county", "330299")
    assert first.exit_code == 0, first.output
    assert "44" in first.output
    assert run("library", "directory", "--county", "330299").exit_code == 0
    assert run("library", "directory", "--county", "999999").exit_code == 2
