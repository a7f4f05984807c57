"""flask lists import and export: a draft or nothing, a whole file or nothing."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

import app.cli.exchange  # noqa: F401 - puts the two commands under `lists`
from tests.app.officials import make_app
from tests.cast import COUNTY
from tests.factories import make_place_tree
from tests.publicity.workflow.stage import NOW
from tests.village_lists.exchange.lists.handmade import SAMPLES


@pytest.fixture
def program(sqlite_url, tmp_path):
    """Return the program over a database with one county."""
    program = make_app(sqlite_url, tmp_path, at=NOW)
    with Session(program.extensions["engine"]) as session:
        make_place_tree(session)
        session.commit()
    yield program
    program.extensions["engine"].dispose()


@pytest.fixture
def run(program):
    """Return what runs a command as from a terminal."""
    return lambda *words: program.test_cli_runner().invoke(args=["lists", *map(str, words)])


def versions(program):
    """Return id, title and state of every version."""
    with Session(program.extensions["engine"]) as session:
        return [tuple(row) for row in session.execute(text("SELECT id, title, state FROM list_version ORDER BY id"))]


def test_a_list_comes_in_and_goes_out_and_is_the_same(program, run, tmp_path):
    done = run("import", SAMPLES / "four-classes.xlsx", "--place", COUNTY)
    assert done.exit_code == 0, done.output
    (number, title, state) = versions(program)[-1]
    assert title.startswith("宁川县")
    assert state.lower() == "draft"
    assert f"编号 {number}" in done.stdout
    for form in ("yaml", "xlsx"):
        first, second = tmp_path / f"first.{form}", tmp_path / f"second.{form}"
        assert run("export", "--list", number, "--format", form, first).exit_code == 0
        again = run("import", first, "--place", COUNTY, "--slug", f"again-{form}")
        assert again.exit_code == 0, again.output
        assert run("export", "--list", versions(program)[-1][0], "--format", form, second).exit_code == 0
        assert second.read_bytes() == first.read_bytes()


def test_a_broken_file_names_every_problem_and_changes_nothing(program, run):
    before = versions(program)
    done = run("import", SAMPLES / "broken.xlsx", "--place", COUNTY)
    assert done.exit_code == 2
    assert "步骤!D3：时限「很快」看不懂" in done.stderr
    assert len(done.stderr.splitlines()) >= 12
    assert versions(program) == before


def test_a_second_draft_an_unknown_place_and_an_unknown_version_are_refused(program, run, tmp_path):
    file = SAMPLES / "other-shape.xlsx"
    assert run("import", file, "--place", COUNTY).exit_code == 0
    assert "还有一版没有做完" in run("import", file, "--place", COUNTY).stderr
    assert "没有区划代码为 999999 的地方" in run("import", file, "--place", "999999").stderr
    unwritten = run("export", "--list", 12345, "--format", "yaml", tmp_path / "x.yaml")
    assert (unwritten.exit_code, unwritten.stderr) == (2, "没有编号为 12345 的清单版本\n")
    assert list(tmp_path.glob("*x.yaml*")) == []


def test_what_cannot_be_published_yet_needs_to_be_said(program, run, tmp_path):
    file = tmp_path / "begun.yaml"
    file.write_text("title: 刚开始\n", encoding="utf-8")
    assert run("import", file, "--place", COUNTY).exit_code == 2
    done = run("import", file, "--place", COUNTY, "--unfinished")
    assert done.exit_code == 0
    assert "一个事项也没有" in done.stderr
