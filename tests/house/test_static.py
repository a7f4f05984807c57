"""Style sheets and scripts that the old WebViews of residents' phones understand."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, our_files

COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
# A browser that does not know one of these drops the whole rule, or the whole file.
NEW_STYLES = {
    "a layer": re.compile(r"@layer\b"),
    "a container query": re.compile(r"@container\b"),
    ":has, :is or :where": re.compile(r":(?:has|is|where)\("),
    "a nested rule": re.compile(r"(?:^|[;{])\s*&"),
    "a mixed colour": re.compile(r"\bcolor-mix\("),
}
# After ES2017 a parse error, which loses the whole script.
NEW_SCRIPT = {
    "optional chaining": re.compile(r"\?\.(?!\d)"),
    "the ?? operator": re.compile(r"\?\?"),
    "private members": re.compile(r"this\.#"),
    "for await": re.compile(r"\bfor await\b"),
    "a catch without a name": re.compile(r"\bcatch\s*\{"),
    "code from text": re.compile(r"\beval\(|new Function\(|\.innerHTML\b|document\.write\("),
}


def files(suffix: str) -> list[Path]:
    """Return our static files of a kind; paper's style sheet is for WeasyPrint alone and is left out."""
    found = [file for file in our_files() if file.parts[0] == "static" and file.suffix == suffix]
    return [file for file in found if file.name != "sheet.css"]


def found_in(file: Path, patterns: dict[str, re.Pattern[str]]) -> list[str]:
    """Name the patterns that the file contains outside of comments."""
    text = COMMENT.sub("", (ROOT / file).read_text(encoding="utf-8"))
    return [name for name, pattern in patterns.items() if pattern.search(text)]


def test_style_sheets_are_old_enough():
    assert not {str(file): found for file in files(".css") if (found := found_in(file, NEW_STYLES))}


def test_scripts_are_old_enough():
    assert not {str(file): found for file in files(".js") if (found := found_in(file, NEW_SCRIPT))}


@pytest.mark.parametrize("text", ["@layer a;", "p:has(a) {}", "p { & a {} }", "a{color:color-mix(in srgb,red,blue)}"])
def test_a_new_style_is_seen(text):
    assert [name for name, pattern in NEW_STYLES.items() if pattern.search(text)]


@pytest.mark.parametrize("text", ["a?.b", "a ?? b", "try {} catch {}", "p.innerHTML = a"])
def test_a_new_script_is_seen(text):
    assert [name for name, pattern in NEW_SCRIPT.items() if pattern.search(text)]
