"""The fields of one record of a list's YAML file: as in the library's data files, but what is left empty is missing."""

from collections.abc import Iterator
from dataclasses import replace

from village_lists.exchange.lists.yaml_scalars import NOTHING_TAG
from village_lists.library.fields import Fields
from village_lists.library.located import TEXT_TAGS, Located
from village_lists.library.problems import LibraryProblem


class ListFields(Fields):
    """Fields whose empty values count as not written; `has`, `text_or` and `truth_or` tell what is missing."""

    def __init__(self, value: Located, *, file: str, problems: list[LibraryProblem]) -> None:
        """Take a located mapping without what says nothing."""
        given = value.fields or {}
        self._empty = {key for key, child in given.items() if child.scalar == "" and child.tag in TEXT_TAGS}
        kept = {key: child for key, child in given.items() if not _says_nothing(child)}
        super().__init__(value if value.fields is None else replace(value, fields=kept), file=file, problems=problems)

    def has(self, key: str) -> bool:
        """Tell whether something stands under a key."""
        return self.raw(key) is not None

    def text_or(self, key: str, *, otherwise: str) -> str:
        """Return a text; `otherwise` where the key is missing, and nothing where two quotes say so."""
        if self.has(key):
            return self.text(key)
        return "" if key in self._empty else otherwise

    def truth_or(self, key: str, *, otherwise: bool) -> bool:
        """Return true or false, `otherwise` where the key is missing."""
        return self.truth(key) if self.has(key) else otherwise

    def record(self, key: str) -> "ListFields | None":
        """Return the record inside this one, or None."""
        value = self.raw(key)
        return None if value is None else ListFields(value, file=self.file, problems=self.problems)

    def records(self, key: str) -> Iterator["ListFields"]:
        """Return each record of a list, which may be missing."""
        for child in self.children(key, required=False):
            yield ListFields(child, file=self.file, problems=self.problems)


def _says_nothing(value: Located) -> bool:
    return value.tag == NOTHING_TAG or (value.scalar is not None and not value.scalar.strip())
