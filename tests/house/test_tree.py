"""The eyes of the house tests see what is there."""

from pathlib import Path

from tests.house.tree import calls, imports, our_files, python_files


def test_our_files_are_found_and_those_of_others_are_not():
    files = our_files()
    assert Path("app/__init__.py") in files
    assert Path("tests/house/tree.py") in files
    assert not [file for file in files if file.parts[0] in {".venv", ".git", "instance"}]


def test_every_package_has_python_files():
    for package in ("app", "publicity", "village_lists", "tests"):
        assert list(python_files(package))


def test_a_call_and_an_import_are_seen():
    file = Path("app/database.py")
    assert list(calls(file, name="commit"))
    assert "sqlalchemy" in {name for name, _line in imports(file)}
