"""Names say what a thing is: no drawers for what has no name, four kinds of file in a subject, one name per page."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import DOMAINS, calls, imports, our_files, parsed, python_files
from tests.house.views import page_templates, rendered_templates, views

DRAWERS = {"base", "common", "core", "handler", "helper", "manager", "misc", "service", "util"}
# What talks to the database in a subject; pages.py are the queries of whole screens, once queries.py has grown long.
# Anything else there is plain computing, named by a noun.
WITH_DATABASE = {"__init__", "models", "queries", "pages", "actions"}
# Modules that talk to the database under another name, each with the reason. The list may only shrink.
EXCEPTIONS = {
    Path("publicity/ledgers/uploads.py"): "a deed as long as the rest of actions.py together (2026-11)",
    Path("publicity/workflow/desk.py"): "what a desk shows is asked across versions and duties (2026-11)",
}
# Pages that a view answers with besides its own, each with the reason.
OTHER_ANSWERS = {"cadres/unreadable_upload.html": "what upload_ledger says of a file that nobody can read"}


def subject_modules() -> list[Path]:
    """Return the modules of every subject folder of the two domains."""
    return [file for file in python_files(*DOMAINS) if len(file.parts) >= 3]


def test_no_file_is_a_drawer():
    found = [file for file in python_files() if file.stem.removesuffix("s") in DRAWERS or file.stem in DRAWERS]
    assert not found, f"say what is in it instead: {found}"


@pytest.mark.parametrize("wrong", ["model", "query", "action", "rule"])
def test_the_four_files_of_a_subject_are_plural(wrong):
    assert not [file for file in subject_modules() if file.stem == wrong]


def test_only_models_queries_and_actions_know_the_database():
    found = {
        file
        for file in subject_modules()
        if file.stem not in WITH_DATABASE and any(name.split(".")[0] == "sqlalchemy" for name, _line in imports(file))
    }
    assert found == set(EXCEPTIONS), "queries ask, actions change; the rest computes"


def test_every_package_and_tests_folder_opens_with_an_init_file():
    folders = {file.parent for file in python_files("app", "publicity", "village_lists", "tests")}
    bare = [
        folder for folder in folders if folder / "__init__.py" not in our_files() and "migrations" not in folder.parts
    ]
    assert not bare, "without __init__.py a tests folder hides the package of the same name"


def test_money_is_whole_fen():
    found = [
        f"{file}:{line}"
        for file in python_files(*DOMAINS)
        if file.stem == "models"
        for kind in ("Float", "Numeric", "Double", "REAL")
        for line in calls(file, name=kind)
    ]
    found += [
        f"{file}: {text}"
        for file in python_files(*DOMAINS)
        if file.stem == "models"
        for text in ("Mapped[float", "Mapped[Decimal")
        if text in _text(file)
    ]
    assert not found


def test_a_page_has_the_name_of_its_view():
    names = {view.name for view in views()}
    rendered = rendered_templates()
    strangers = [page for page in page_templates() if page not in rendered]
    assert not strangers, "no view shows these pages"
    misnamed = {page for page in page_templates() if Path(page).stem not in names}
    assert misnamed == set(OTHER_ANSWERS), "a page has its view's name"


def _text(file: Path) -> str:
    return ast.unparse(parsed(file))
