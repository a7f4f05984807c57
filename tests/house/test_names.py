"""Names say what a thing is: no drawers for what has no name, four kinds of file in a subject, one name per page."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import DOMAINS, calls, imports, our_files, parsed, python_files
from tests.house.views import page_templates, rendered_templates, views

DRAWERS = {"base", "common", "core", "handler", "helper", "manager", "misc", "service", "util"}
# What asks and changes the database in a subject; pages.py are the queries of whole screens, once queries.py has grown
# long. Other modules compute, or put together what these give, and so see no more of the database than a Session.
ASKING = {"models", "queries", "pages", "actions"}
# Modules beside those four that ask it all the same, each with the reason (2026-11-22; eight more on 2026-11-23 with
# postings of every kind). This list may only shrink.
OTHER_ASKING = {
    "village_lists/editions/store.py": "the one way between a content and the tables, both directions in one place",
    "village_lists/editions/lineage.py": "the questions about forerunners and templates; queries.py stays short",
    "village_lists/editions/adapting.py": "the deeds upon a village's own version, so that actions.py stays short",
    "village_lists/editions/allowances.py": "what the rule book lets a village adapt, for deeds and pages alike",
    "village_lists/powers/adoptions.py": "the questions about resolutions, so that queries.py stays short",
    "publicity/bulletins/posting_queries.py": "what a sheet of a posting says; queries.py has that of accounts",
    "publicity/duties/extensions.py": "the questions about extensions, so that queries.py stays short",
    "publicity/duties/facts.py": "what the database says of postings, in few statements for many villages",
    "publicity/duties/touches.py": "which due days a change of rule moves: asks which events there are",
    "publicity/ledgers/carrying.py": "which later months follow a correction, and how they are redone",
    "publicity/ledgers/matter_names.py": "matters named by lines, with private names covered",
    "publicity/ledgers/remarks.py": "what reviewers are told about lines: asks for limits, contracts, matters",
    "publicity/ledgers/reversals.py": "what a negative line may take back, and naming it",
    "publicity/ledgers/tied.py": "what was paid under matters, contracts and debts",
    "publicity/ledgers/ties.py": "what a line is tied to, and how that lasts over an upload",
    "publicity/postings/former.py": "the questions about the period and the version before, for comparing",
    "publicity/postings/plans.py": "what the plan of the year said, and what was posted against it",
    "publicity/postings/uploads.py": "readings kept and taken over; actions.py has drafts alone",
    "publicity/workflow/completeness.py": "which of the eight classes were told, for one village or a township",
    "publicity/workflow/desk.py": "the one list of a desk, over versions, duties and requests",
    "publicity/workflow/line_choices.py": "what a line of a draft may be tied to",
    "publicity/workflow/matter_questions.py": "what the page of a matter asks for besides its course",
    "publicity/workflow/public_records.py": "what residents read about records of every kind",
}
# Pages that a view answers with besides its own, each with the reason.
OTHER_ANSWERS = {
    "cadres/unreadable_upload.html": "what upload_ledger says of a file that nobody can read",
    "cadres/show_posting.html": "what show_version answers with for a version that is no ledger",
}


def subject_modules() -> list[Path]:
    """Return the modules of every subject folder of the two domains."""
    return [file for file in python_files(*DOMAINS) if len(file.parts) >= 3]


def test_no_file_is_a_drawer():
    found = [file for file in python_files() if file.stem.removesuffix("s") in DRAWERS or file.stem in DRAWERS]
    assert not found, f"say what is in it instead: {found}"


@pytest.mark.parametrize("wrong", ["model", "query", "action", "rule"])
def test_the_four_files_of_a_subject_are_plural(wrong):
    assert not [file for file in subject_modules() if file.stem == wrong]


def test_only_models_queries_and_actions_ask_the_database():
    asking = {
        file
        for file in subject_modules()
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "sqlalchemy" in ast.unparse(node)
        and ast.unparse(node) != "from sqlalchemy.orm import Session"
    }
    assert asking
    assert not [file for file in asking if file.stem not in ASKING and file.as_posix() not in OTHER_ASKING]


def test_the_exceptions_are_still_needed():
    assert {file.as_posix() for file in subject_modules()} >= set(OTHER_ASKING)


def test_rules_do_not_even_see_a_session():
    rules = [file for file in subject_modules() if file.stem == "rules" or file.parts[1] == "flowcharts"]
    assert rules
    assert not [file for file in rules for name, _line in imports(file) if name.split(".")[0] == "sqlalchemy"]


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
