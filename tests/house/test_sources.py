"""What may stand in only one place of the code: commits, states, the clock, things of one request."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import PACKAGES, ROOT, calls, our_files, parsed, python_files

CLOCK = Path("app/clock.py")
PRESENT = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
OF_THE_REQUEST = {Path("app/access.py"), Path("app/database.py"), Path("app/words.py")}
# Paths of one machine and addresses of one registry: they mean nothing on another.
ELSEWHERE = re.compile(
    r"(?<![\w.])/(?:work|root|farm|home/\w+)/|--(?:extra-)?index-url|\"resolved\": *\"http|registry *= *[\"']?http"
)
BINARY = {".csv", ".mo", ".pdf", ".png", ".jpg", ".ttf", ".otf", ".woff2", ".xls", ".xlsx", ".ods"}


def test_one_place_commits():
    found = {file for file in python_files(*PACKAGES) for _line in calls(file, name="commit")}
    assert found == {Path("app/database.py")}, "with transaction() as session: …"


def test_the_app_asks_through_queries():
    asking = ("select", "scalar", "scalars", "query")
    found = [f"{file}:{line}" for file in python_files("app") for name in asking for line in calls(file, name=name)]
    assert not found, "a question belongs to queries.py of its subject"


def test_states_move_only_through_the_table():
    found = {f"{file}:{line}" for file in python_files(*PACKAGES) for line in _assignments(file, attribute="state")}
    movers = (
        "publicity/workflow/actions.py:",
        "publicity/workflow/publication.py:",
        "publicity/workflow/withdrawals.py:",
        "publicity/categories/actions.py:",
        "publicity/categories/editing.py:",
        "publicity/holdings/actions.py:",
        "village_lists/editions/actions.py:",
    )
    strangers = {place for place in found if not place.startswith(movers)}
    assert all(any(place.startswith(mover) for place in found) for mover in movers), "a mover sets no state any more"
    assert not strangers, "records move in workflow, categories and lists by their own deeds; triggers know the tables"


def test_there_is_one_clock():
    found = {
        f"{file}:{node.lineno}"
        for file in python_files(*PACKAGES)
        if file != CLOCK
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in PRESENT
    }
    assert not found, "time is an argument; views take it from app/clock.py"


def test_things_of_one_request_live_in_three_places():
    found = {
        file
        for file in python_files("app")
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ImportFrom)
        and node.module == "flask"
        and any(alias.name == "g" for alias in node.names)
    }
    assert found <= OF_THE_REQUEST


@pytest.mark.parametrize(
    "text", ["cd /work/x", "/root/y", "pip --index-url https", '"resolved": "http://r/x"', "/home/li/z"]
)
def test_the_pattern_knows_what_belongs_to_one_machine(text):
    assert ELSEWHERE.search(text)


@pytest.mark.parametrize("text", ["net/work/x", "uv --no-emit-index-url", "{{ url }}/homes/", "templates/rooted/x"])
def test_the_pattern_leaves_other_words_alone(text):
    assert not ELSEWHERE.search(text)


def test_no_file_names_a_machine_or_a_registry():
    found = [
        f"{file}:{number}"
        for file in our_files()
        if file.suffix not in BINARY and file != Path(__file__).relative_to(ROOT)
        for number, line in enumerate((ROOT / file).read_text(encoding="utf-8").splitlines(), 1)
        if ELSEWHERE.search(line)
    ]
    assert not found


def _assignments(file: Path, *, attribute: str) -> list[int]:
    lines = []
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Assign):
            targets: list[ast.expr] = node.targets
        elif isinstance(node, ast.AnnAssign | ast.AugAssign):
            targets = [node.target]
        else:
            continue
        lines += [node.lineno for target in targets if isinstance(target, ast.Attribute) and target.attr == attribute]
    return lines
