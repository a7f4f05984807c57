"""The checkout as the house tests read it: which files are ours, and what stands in them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("app", "publicity", "village_lists")
DOMAINS = ("publicity", "village_lists")


@cache
def our_files() -> tuple[Path, ...]:
    """Return every file that is or would be committed, relative to the checkout."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    files = sorted({Path(name) for name in listed.split("\0") if name})
    return tuple(file for file in files if (ROOT / file).is_file())


def python_files(*folders: str) -> Iterator[Path]:
    """Return our Python files below the folders (of the whole checkout without any)."""
    for file in our_files():
        if file.suffix == ".py" and (not folders or file.parts[0] in folders):
            yield file


@cache
def parsed(file: Path) -> ast.Module:
    """Return the syntax tree of one of our Python files."""
    return ast.parse((ROOT / file).read_text(encoding="utf-8"), filename=str(file))


def calls(file: Path, *, name: str) -> Iterator[int]:
    """Return the lines on which `name(…)` or `something.name(…)` is called."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name:
            yield node.lineno


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Return each module that the file imports, with its line."""
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ".", node.lineno
