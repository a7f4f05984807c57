"""The word lists of this subject, read from its data folder: surnames, organisations, illness, words beside names."""

from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


def word_list(name: str) -> dict[str, Any]:
    """Return the lists of the data file `name` (without ending); FileNotFoundError if there is none."""
    text = (files(__package__) / "data" / f"{name}.yaml").read_text(encoding="utf-8")
    lists: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return lists


def either(words: list[str]) -> str:
    """Return a pattern that matches any of the words, longer ones first; the words hold no pattern signs."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
