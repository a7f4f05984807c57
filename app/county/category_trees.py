"""The directory trees (三务、四务) on the steward's pages, with the county's categories under their headings."""

from collections.abc import Sequence
from dataclasses import dataclass

from publicity.categories.contents import CategoryContent
from publicity.categories.models import Affairs
from publicity.categories.pages import CategoryLine
from publicity.categories.taxonomies import read_taxonomies


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of a tree; `depth` is 0 at the top."""

    key: str
    name: str
    depth: int
    affairs: Affairs


@dataclass(frozen=True, kw_only=True)
class Tree:
    """One directory tree with its headings as one reads them."""

    key: str
    name: str
    headings: tuple[Heading, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys of its headings."""
        return frozenset(heading.key for heading in self.headings)

    def first(self, affairs: Affairs) -> str:
        """Return the key of the first heading for the affairs, or "" where there is none."""
        return next((one.key for one in self.headings if one.affairs == affairs), "")


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A heading with the categories that stand right under it."""

    heading: Heading
    lines: tuple[CategoryLine, ...]


def directory_trees() -> tuple[Tree, ...]:
    """Return every tree that there is; dots in the key of a heading part its levels."""
    return tuple(
        Tree(
            key=tree.key,
            name=tree.name,
            headings=tuple(
                Heading(key=one.key, name=one.name, depth=one.key.count("."), affairs=one.affairs)
                for one in tree.headings
            ),
        )
        for tree in read_taxonomies()
    )


def branches_of(lines: Sequence[CategoryLine], *, taxonomy: str) -> tuple[list[Branch], list[CategoryLine]]:
    """Return the headings of a tree that have categories, and the categories that have no place in it."""
    tree = next((one for one in directory_trees() if one.key == taxonomy), None)
    headings = tree.headings if tree else ()
    known = frozenset(heading.key for heading in headings)
    branches = [
        Branch(heading=one, lines=tuple(line for line in lines if heading_in(line.content, taxonomy) == one.key))
        for one in headings
    ]
    return branches, [line for line in lines if heading_in(line.content, taxonomy) not in known]


def heading_in(content: CategoryContent, taxonomy: str) -> str:
    """Return the heading under which a category stands in a tree, or "" for none."""
    return dict(content.headings).get(taxonomy, "")
