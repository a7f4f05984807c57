"""Everyday words and what the lists call it: 死了人 is 殡葬, 「怎么办」 asks nothing. The table is a data file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ruamel.yaml import YAML

LONGEST_WORD = 20
PARTS = {"everyday", "fillers", "asking", "examples"}


class EverydayWordsError(ValueError):
    """The data file is not as it must be; says where. A fault of the program's files, not of a person."""


@dataclass(frozen=True, kw_only=True)
class EverydayWords:
    """`everyday` gives the words of the lists by everyday word.

    `fillers` stand before or after what is meant (我要, 怎么办), `asking` alone (how, the); `examples` are to be tried.
    """

    everyday: Mapping[str, tuple[str, ...]]
    fillers: tuple[str, ...] = ()
    asking: frozenset[str] = frozenset()
    examples: tuple[str, ...] = ()

    @cached_property
    def _longest_first(self) -> tuple[str, ...]:
        return tuple(sorted(self.fillers, key=len, reverse=True))

    def without_fillers(self, word: str) -> str:
        """Return the word without fillers at its ends: 我要盖章怎么办 gives 盖章; empty where nothing is left."""
        if word in self.asking or word in self.fillers:
            return ""
        for filler in self._longest_first:
            if word.startswith(filler):
                return self.without_fillers(word[len(filler) :])
            if word.endswith(filler):
                return self.without_fillers(word[: -len(filler)])
        return word

    def meanings(self, terms: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield (everyday word, word of the lists) for each everyday word in the terms; a longer one hides its parts.

        A single sign, and a word in Latin letters, must be the whole term; a Latin plural counts as its singular.
        """
        for term in terms:
            for word in self._in(term):
                yield from ((word, ours) for ours in self.everyday[word])

    def _in(self, term: str) -> list[str]:
        if term.isascii():
            return [word for word in dict.fromkeys((term, term.removesuffix("s"))) if word in self.everyday]
        words = [word for word in self.everyday if (word in term if len(word) > 1 else word == term)]
        return [word for word in words if not any(word != other and word in other for other in words)]


def load_everyday_words(path: Path) -> EverydayWords:
    """Return the table of a YAML file; raise EverydayWordsError where it is not as it must be."""
    loaded = YAML(typ="safe", pure=True).load(path)
    if not isinstance(loaded, dict) or set(loaded) != PARTS:
        raise EverydayWordsError(f"{path.name}: wanted the parts {sorted(PARTS)}")
    everyday = loaded["everyday"]
    if not isinstance(everyday, dict) or not everyday:
        raise EverydayWordsError(f"{path.name}: everyday must map words to lists of words")
    return EverydayWords(
        everyday={_word(word, path, "everyday"): _meanings(word, ours, path) for word, ours in everyday.items()},
        fillers=_words(loaded["fillers"], path, "fillers"),
        asking=frozenset(_words(loaded["asking"], path, "asking")),
        examples=_words(loaded["examples"], path, "examples"),
    )


def _meanings(word: str, ours: object, path: Path) -> tuple[str, ...]:
    found = _words(ours, path, f"everyday: {word}")
    if word in found:
        raise EverydayWordsError(f"{path.name}: everyday: {word} is said to mean itself")
    return found


def _words(value: object, path: Path, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise EverydayWordsError(f"{path.name}: {where}: wanted a list of words")
    words = tuple(_word(word, path, where) for word in value)
    if len(set(words)) != len(words):
        raise EverydayWordsError(f"{path.name}: {where}: a word stands there twice")
    return words


def _word(word: object, path: Path, where: str) -> str:
    """Return the word; it is compared with folded text, so it must be in small letters and without blanks."""
    is_word = isinstance(word, str) and 0 < len(word) <= LONGEST_WORD and word == "".join(word.casefold().split())
    if not is_word:
        raise EverydayWordsError(f"{path.name}: {where}: {word!r} is no word in small letters without blanks")
    return str(word)


EVERYDAY = load_everyday_words(Path(__file__).parent / "data" / "everyday_words.yaml")
