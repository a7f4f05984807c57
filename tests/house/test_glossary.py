"""Every model stands in GLOSSARY.md with its Chinese word, and every table is known to the migrations."""

import re

import pytest

import app.tables
from tests.house.tree import DOMAINS, ROOT, python_files
from village_lists.db import Base

MODELS = sorted(mapper.class_.__name__ for mapper in Base.registry.mappers)


@pytest.mark.parametrize("name", MODELS)
def test_a_model_stands_in_the_glossary(name):
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    lines = [line for line in glossary.splitlines() if re.search(rf"\b{name}\b", line)]
    assert lines, f"{name} is missing from GLOSSARY.md"
    assert any(re.search(r"[\u4e00-\u9fff]", line) for line in lines), f"{name} has no Chinese word in GLOSSARY.md"


def test_there_are_models():
    assert len(MODELS) > 10


def test_the_migrations_know_every_module_of_models():
    modules = {".".join(file.with_suffix("").parts) for file in python_files(*DOMAINS) if file.stem == "models"}
    assert modules
    assert {module.__name__ for module in app.tables.SUBJECTS} == modules
    assert app.tables.METADATA is Base.metadata
