"""`make bench`: what residents and clerks wait for, each beside its baseline."""

import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from app import create_app
from app.cli.database import upgrade
from app.cli.demonstration.fill import PASSWORD
from app.settings import Settings
from bench.lists import measured
from bench.ratios import Ratio, compare
from publicity.ledgers.parse import parse_workbook
from village_lists.exchange.child import read_content

SAMPLE = Path(__file__).resolve().parent.parent / "tests/samples/ledgers/b-sheet-per-month.xlsx"
VILLAGE = "/v/330299101201"
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


def main() -> None:
    """Print one line for each measurement: median ms of the baseline, of the subject, ratio."""
    _tell("read a workbook ÷ calamine's bare read", _reading())
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            instance=Path(folder),
            database_url=f"sqlite:///{folder}/bench.sqlite",
            public_url="http://127.0.0.1:5000",
            secret_key="only for measuring",
            is_testing=True,
        )
        app = create_app(settings)
        upgrade(app.extensions["engine"])
        app.test_cli_runner().invoke(args=["demo", "fill"])
        client = app.test_client()
        for name, path in (
            ("village page", VILLAGE),
            ("accounts of a month", _newest(app.test_client(), VILLAGE)),
            ("power with flowchart", f"{VILLAGE}/powers/A04"),
        ):
            found = compare(lambda: client.get("/healthz"), lambda path=path: client.get(path))
            _tell(f"{name} ÷ /healthz", found)
        for name, found in measured(app, steward=_steward, now=datetime.now(UTC)):
            _tell(f"{name}: 500 items ÷ 36 items", found)


def _steward(app: Flask) -> FlaskClient:
    """Return a browser in which the demonstration's steward is signed in."""
    client = app.test_client()
    token = TOKEN.search(client.get("/account/sign-in").text)
    form = {"csrf_token": token[1] if token else "", "name": "county", "password": PASSWORD}
    client.post("/account/sign-in", data=form)
    return client


def _newest(client: object, village: str) -> str:
    lines = client.get(f"{village}/records.json").json["records"]  # type: ignore[attr-defined]
    return f"{village}/accounts/{lines[0]['period']}/{lines[0]['body']}"


def _reading() -> Ratio:
    content = SAMPLE.read_bytes()

    def bare() -> None:
        book = CalamineWorkbook.from_path(str(SAMPLE))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()

    return compare(bare, lambda: parse_workbook(read_content(content, SAMPLE.name)))


def _tell(name: str, found: Ratio) -> None:
    print(f"{name}: {found.baseline_ms:.2f} ms, {found.subject_ms:.2f} ms, ratio {found.ratio:.1f}")


if __name__ == "__main__":
    main()
