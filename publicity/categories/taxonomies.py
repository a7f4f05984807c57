"""The trees under which the directory can be read: three affairs, or four; a data file, so that others can be added."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from publicity.categories.models import Affairs

FILE = Path(__file__).parent / "data" / "taxonomies.yaml"


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of a tree; dots in its key part the levels (village.relief lies under village)."""

    key: str
    name: str
    affairs: Affairs


@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    """One tree with its headings from the top, each before those below it."""

    key: str
    name: str
    headings: tuple[Heading, ...]

    def heading(self, key: str) -> Heading | None:
        """Return the heading of that key, or None."""
        return next((heading for heading in self.headings if heading.key == key), None)

    def first(self, affairs: Affairs) -> Heading:
        """Return the first heading for the affairs; KeyError where the tree has none."""
        for heading in self.headings:
            if heading.affairs == affairs:
                return heading
        raise KeyError(affairs)


@cache
def read_taxonomies() -> tuple[Taxonomy, ...]:
    """Return every tree; KeyError or ValueError for a data file with mistakes (the tests read it)."""
    return tuple(
        Taxonomy(
            key=tree["key"],
            name=tree["name"],
            headings=tuple(
                Heading(key=one["key"], name=one["name"], affairs=Affairs(one["affairs"])) for one in tree["headings"]
            ),
        )
        for tree in YAML(typ="safe", pure=True).load(FILE)
    )


def heading_of(taxonomy: str, key: str, affairs: Affairs) -> Heading:
    """Return a heading of a tree; where the tree has no such key, the first for the affairs."""
    trees = {tree.key: tree for tree in read_taxonomies()}
    tree = trees.get(taxonomy, trees["three"])
    return tree.heading(key) or tree.first(affairs)


def heading_path(taxonomy: str, key: str, affairs: Affairs) -> tuple[str, ...]:
    """Return the names of a heading and of those above it, from the top."""
    found = heading_of(taxonomy, key, affairs)
    parts = found.key.split(".")
    keys = [".".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return tuple(heading_of(taxonomy, one, affairs).name for one in keys)


def heading_places(taxonomy: str) -> dict[str, int]:
    """Return where each heading of a tree stands in its order, by key."""
    tree = next((tree for tree in read_taxonomies() if tree.key == taxonomy), read_taxonomies()[0])
    return {heading.key: place for place, heading in enumerate(tree.headings)}
