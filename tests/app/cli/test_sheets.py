"""The commands that print: one sheet, a whole township, and one clear line for what is not there."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from publicity.workflow.actions import approve, confirm, submit
from tests.app.officials import make_app
from tests.publicity.postings.scene import set_scene
from tests.publicity.workflow.stage import NOW, STONE, TOWNSHIP, seen


@pytest.fixture(scope="module")
def app(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return the program over a village that published accounts of August and the relief of the third quarter."""
    folder = tmp_path_factory.mktemp("sheets")
    file = folder / "mingbai.sqlite"
    file.write_bytes(sqlite_template.read_bytes())
    app = make_app(f"sqlite:///{file}", folder, at=NOW + timedelta(days=1))
    with Session(app.extensions["engine"], expire_on_commit=False) as session:
        scene = set_scene(session)
        scene.stage.published()
        version = scene.save(scene.begin())
        submit(session, version=version, by=scene.stage["clerk"], now=NOW, seen=seen(version))
        approve(session, version=version, by=scene.stage["head"], now=NOW, seen=seen(version))
        confirm(session, version=version, by=scene.stage["secretary"], now=NOW, seen=seen(version))
        session.commit()
    return app


def run(app: Flask, *words: object) -> Result:
    """Return what a command of the group answers."""
    return app.test_cli_runner().invoke(args=["bulletins", *map(str, words)])


@pytest.mark.parametrize(
    ("kind", "period", "size"),
    [
        ("finance", "2026-08", "A3"),
        ("collective", "2026-08", "A4"),
        ("relief", "2026-Q3", "A4"),
        ("affairs", "2026-Q3", "A3"),
    ],
)
def test_one_sheet_is_printed(app: Flask, tmp_path: Path, kind: str, period: str, size: str) -> None:
    file = tmp_path / "sheet.pdf"
    result = run(app, "print", STONE, period, file, "--kind", kind, "--size", size)
    assert result.exit_code == 0, result.output
    assert file.read_bytes().startswith(b"%PDF")
    assert "KB" in result.stdout


@pytest.mark.parametrize(
    ("village", "period", "kind", "words"),
    [
        ("330299101299", "2026-Q3", "relief", "没有区划代码"),
        (STONE, "2026-13", "relief", "不是期间"),
        (STONE, "昨天", "affairs", "不是期间"),
        (STONE, "2026-Q2", "village.works", "没有公开的"),
        (STONE, "2026-09", "finance", "没有公开的"),
        (STONE, "2026-08", "committee", "没有公开的"),
        (STONE, "2026-Q3", "Z99", "没有「Z99」"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(
    app: Flask, tmp_path: Path, village: str, period: str, kind: str, words: str
) -> None:
    result = run(app, "print", village, period, tmp_path / "sheet.pdf", "--kind", kind)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "sheet.pdf").exists()


def test_a_file_that_cannot_be_written_ends_with_2(app: Flask, tmp_path: Path) -> None:
    result = run(app, "print", STONE, "2026-Q3", tmp_path / "none" / "sheet.pdf", "--kind", "relief")
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_township_is_printed_with_every_category_of_the_period(app: Flask, tmp_path: Path) -> None:
    result = run(app, "batch", TOWNSHIP, "2026-Q3", tmp_path / "out", "--size", "A4")
    assert result.exit_code == 0, result.output
    assert {file.name.split("-", 1)[1] for file in (tmp_path / "out").iterdir()} == {
        "2026-08-1-finance.monthly-accounts.pdf",
        "2026-Q3-2-relief.pdf",
    }
    assert "已打印 2 份" in result.stdout
    assert "下田村" in result.stdout


@pytest.mark.parametrize(("town", "period"), [("330299999", "2026-Q3"), (TOWNSHIP, "2026-Q5")])
def test_a_batch_of_nowhere_ends_with_2(app: Flask, tmp_path: Path, town: str, period: str) -> None:
    result = run(app, "batch", town, period, tmp_path / "out")
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
