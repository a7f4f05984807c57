"""Templates lay out: they parse, extend a layout, carry no scripts or styles of their own, and leave sums to Python."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from app import create_app
from app.settings import Settings
from tests.house.tree import ROOT
from tests.house.views import page_templates, templates

FOLDER = ROOT / "templates"
# The policy of app/headers.py forbids them, and old WebViews would show a page without them.
INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a style sheet in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script as an address": re.compile(r"javascript:", re.IGNORECASE),
}
COMPUTING = {"sum", "groupby", "round", "max", "min"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@cache
def environment() -> Environment:
    """Return the environment of the app, with all its filters and globals."""
    settings = Settings(
        instance=ROOT / "instance",
        database_url="sqlite://",
        public_url="http://127.0.0.1:5000",
        secret_key="never used: nothing is rendered",
        is_testing=True,
    )
    return create_app(settings).jinja_env


def source(name: str) -> str:
    """Return the text of a template."""
    return (FOLDER / name).read_text(encoding="utf-8")


def tree(name: str) -> nodes.Template:
    """Return the syntax tree of a template."""
    return environment().parse(source(name), name=name)


def ancestry(name: str) -> Iterator[str]:
    """Return the template and what it extends, down to the ground."""
    yield name
    for each in tree(name).find_all(nodes.Extends):
        assert isinstance(each.template, nodes.Const), "a layout is chosen where it can be read"
        yield from ancestry(each.template.value)


def faults(text: str) -> Iterator[str]:
    """Say what of the forbidden stands in a text."""
    return (what for what, pattern in INLINE.items() if pattern.search(text))


@pytest.mark.parametrize("name", templates())
def test_it_compiles_with_the_filters_that_there_are(name):
    environment().compile(source(name), name=name)


@pytest.mark.parametrize("name", templates())
def test_it_brings_no_script_and_no_style(name):
    assert not list(faults(source(name)))


@pytest.mark.parametrize(
    "text",
    [
        "<script>a()</script>",
        '<script type="module">a()</script>',
        "<style>p{}</style>",
        '<p class="x" style="color: red">',
        '<a onclick="a()">',
        '<a href="javascript:a()">',
    ],
)
def test_what_is_forbidden_is_seen(text):
    assert list(faults(text))


def test_what_is_allowed_is_left_alone():
    assert not list(faults('<script src="{{ asset("js/a.js") }}" defer></script><p class="style" data-once="1">'))


@pytest.mark.parametrize("name", page_templates())
def test_a_page_stands_on_a_layout_and_has_a_title(name):
    below = list(ancestry(name))
    assert len(below) > 1
    assert below[-1].startswith("layouts/")
    blocks = {block.name for each in below[:-1] for block in tree(each).find_all(nodes.Block)}
    assert "title" in blocks


@pytest.mark.parametrize("name", templates())
def test_it_does_not_compute(name):
    assert not {each.name for each in tree(name).find_all(nodes.Filter)} & COMPUTING
    arithmetic = [each.lineno for each in tree(name).find_all((nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Sub))]
    assert not arithmetic, f"sums belong to rules.py; lines {arithmetic}"


# Paper is Chinese: a village's board has one language.
@pytest.mark.parametrize("name", [name for name in templates() if not name.startswith("bulletins/")])
def test_its_words_can_be_translated(name):
    bare = [each.data.strip() for each in tree(name).find_all(nodes.TemplateData) if CHINESE.search(each.data)]
    assert not bare, "write {{ _('…') }} or {% trans %}"


def test_every_file_of_templates_is_a_template():
    assert {Path(name).suffix for name in templates()} <= {".html", ".txt", ".xml", ".svg", ".js"}
