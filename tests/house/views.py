"""The views and pages of the app, read from its code."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.house.tree import our_files, parsed, python_files

METHODS = {"get", "post", "route"}
# Folders of templates that are parts of pages, or paper, rather than pages.
NOT_PAGES = {"bulletins", "components", "layouts", "errors"}


@dataclass(frozen=True)
class View:
    """A function under an address."""

    file: Path
    name: str
    line: int
    method: str
    address: str
    decorators: tuple[str, ...]

    def __str__(self) -> str:
        """Say where it stands."""
        return f"{self.file}:{self.line} {self.name}"


def views() -> list[View]:
    """Return every function of the app that has an address, once for each address."""
    return [view for file in python_files("app") for view in _views_of(file)]


def _views_of(file: Path) -> Iterator[View]:
    constants = _constants(file)
    for function in ast.walk(parsed(file)):
        if not isinstance(function, ast.FunctionDef):
            continue
        decorators = tuple(ast.unparse(each) for each in function.decorator_list)
        for each in function.decorator_list:
            if (
                isinstance(each, ast.Call)
                and isinstance(each.func, ast.Attribute)
                and each.func.attr in METHODS
                and each.args
                and (address := _address(each.args[0], constants)) is not None
            ):
                yield View(file, function.name, function.lineno, each.func.attr, address, decorators)


def _constants(file: Path) -> dict[str, str]:
    """Return the texts that a module gives names to, each built of literals and names before it."""
    found: dict[str, str] = {}
    for node in parsed(file).body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            text = _address(node.value, found)
            if text is not None:
                found[node.targets[0].id] = text
    return found


def _address(node: ast.expr, constants: dict[str, str]) -> str | None:
    """Return a text written as a literal, a name, the sum of both or an f-string of them; None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        return constants.get(node.id)
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [node.left, node.right]
    texts = [_address(part.value if isinstance(part, ast.FormattedValue) else part, constants) for part in parts]
    return "".join(text for text in texts if text) if texts and None not in texts else None


def templates() -> list[str]:
    """Return the names of all templates, as render_template knows them."""
    return [file.relative_to("templates").as_posix() for file in our_files() if file.parts[0] == "templates"]


def page_templates() -> list[str]:
    """Return the names of the templates that are pages of their own."""
    pages = [name for name in templates() if name.endswith(".html") and name.split("/")[0] not in NOT_PAGES]
    return [name for name in pages if not Path(name).name.startswith("_")]


def rendered_templates() -> set[str]:
    """Return the names of templates that the app's code names."""
    found: set[str] = set()
    for file in python_files("app", "publicity"):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".html"):
                found.add(node.value)
    return found
