"""The command of duties: what it prints, and what it says to wrong input."""

import json

import pytest

from tests.app.owing import FIRST, RELIEF, SECOND, owing_app

KEYS = ["village", "category", "affairs", "body", "period", "due", "state", "record", "matter"]


@pytest.fixture
def run(sqlite_url, tmp_path):
    """Return what runs the command as from a terminal."""
    app = owing_app(sqlite_url, tmp_path)
    yield lambda *words: app.test_cli_runner().invoke(args=["duties", *words])
    app.extensions["engine"].dispose()


def test_json_is_one_document_with_the_keys_of_the_product(run):
    result = run("--json", "--since", "2026-07")
    assert result.exit_code == 0
    rows = json.loads(result.stdout)
    assert {tuple(row) for row in rows} == {tuple(KEYS)}
    assert {row["village"] for row in rows} == {FIRST, SECOND}
    assert {row["state"] for row in rows} == {"met", "late", "missing", "upcoming"}
    relief = next(row for row in rows if row["category"] == RELIEF)
    assert (relief["affairs"], relief["period"], relief["due"]) == ("village", "2026-Q3", "2026-10-16")


def test_one_village_and_lines_for_people(run):
    result = run("--village", SECOND)
    assert result.exit_code == 0
    assert FIRST not in result.stdout
    assert f"{SECOND}　{RELIEF}　village　committee　2026-Q3　2026-10-16　missing　–　–" in result.stdout


@pytest.mark.parametrize("words", [("--village", "330299101999"), ("--since", "2026-13"), ("--since", "x")])
def test_wrong_input_is_one_line_and_status_two(run, words):
    result = run(*words)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert not result.stdout
