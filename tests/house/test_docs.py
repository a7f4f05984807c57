"""The README says what can be typed, and what it says can be typed is there."""

import re
from collections.abc import Iterator

import click
import pytest

from app import cli
from tests.house.tree import ROOT

FLASK = re.compile(r"flask --app app ([a-z]+)(?: ([a-z]+))?")
OUR_COMMANDS = re.compile(r"(?<![\w/-])make ([a-z]+)")


def readme() -> str:
    """Return the README."""
    return (ROOT / "README.md").read_text(encoding="utf-8")


def targets() -> dict[str, str]:
    """Return the targets of the Makefile with their sentences."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z]+):.*?## (.+)$", makefile, re.MULTILINE))


class Registry:
    """Stands where an app stands, and keeps the groups of commands that are put into it."""

    def __init__(self) -> None:
        self.cli = click.Group()


def commands() -> Iterator[tuple[str, click.Command]]:
    """Return each command of ours with its full name, groups first."""
    registry = Registry()
    cli.init_commands(registry)  # type: ignore[arg-type]
    for name, command in registry.cli.commands.items():
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {each}", below) for each, below in command.commands.items())


LEAVES = [(name, command) for name, command in commands() if not isinstance(command, click.Group)]


@pytest.mark.parametrize(
    ("name", "command"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_command_has_help(name, command):
    assert command.help or command.short_help, f"flask --app app {name} --help says nothing"


@pytest.mark.parametrize("name", [name for name, _command in LEAVES])
def test_the_readme_names_the_command(name):
    assert name in {" ".join(filter(None, found)) for found in FLASK.findall(readme())}


def test_the_readme_names_no_command_that_is_not_there():
    known = {name for name, _command in commands()}
    said = {" ".join(filter(None, found)) for found in FLASK.findall(readme())}
    assert said
    assert said <= known


def test_the_readme_begins_with_the_two_commands():
    assert OUR_COMMANDS.findall(readme())[:2] == ["run", "test"]


def test_the_readme_names_no_target_that_is_not_there():
    assert set(OUR_COMMANDS.findall(readme())) <= set(targets())


def test_make_lists_every_target():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == set(targets())


def test_every_setting_is_in_the_readme():
    code = (ROOT / "app" / "settings.py").read_text(encoding="utf-8")
    settings = set(re.findall(r"\"(MINGBAI_[A-Z_]+)\"", code))
    assert settings
    assert not [name for name in settings if name not in readme()]
