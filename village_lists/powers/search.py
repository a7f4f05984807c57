"""「我要办……」: what people type in their own words, found in the texts of a list. Pure: texts in, findings out.

Chinese is not cut into words: two signs that stand beside each other (a bigram) are what is compared, so that a word
half remembered still finds its item. Names and keywords count most, then the rest of the texts.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import log

from village_lists.powers.everyday import EverydayWords

LONGEST_QUESTION = 40
NEAREST = 5
ENOUGH = 0.5
"""So much of a word's bigrams (of its signs, where nothing else is found) must be there."""
FURTHER = 0.3
"""So much counts a further line of the same field."""

Spans = Callable[[str], Iterable[tuple[int, int]]]
"""Gives the places of what is hit in a folded line, from and to."""


class Field(StrEnum):
    """Where in an item something was found."""

    NAME = "name"
    KEYWORDS = "keywords"
    SENTENCE = "sentence"
    CATEGORY = "category"
    CONDITIONS = "conditions"
    PAPERS = "papers"


WEIGHTS = {
    Field.NAME: 10.0,
    Field.KEYWORDS: 9.0,
    Field.SENTENCE: 3.0,
    Field.CATEGORY: 3.0,
    Field.CONDITIONS: 1.0,
    Field.PAPERS: 1.0,
}
CLOSE = frozenset({Field.NAME, Field.KEYWORDS, Field.CATEGORY})


@dataclass(frozen=True, kw_only=True)
class Searchable:
    """The texts of one entry of a list; those with several lines are searched line by line."""

    code: str
    name: str
    sentence: str = ""
    keywords: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()

    def lines(self, where: Field) -> tuple[str, ...]:
        """Return the lines of a field, empty ones left out."""
        found = getattr(self, where.value)
        return tuple(line for line in ((found,) if isinstance(found, str) else found) if line)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of a text; `is_hit` marks what answers the question."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True, kw_only=True)
class Why:
    """The line that answers where name and sentence do not show it."""

    where: Field
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class Found:
    """An entry that answers; `is_close` where name, keywords or class answer, not only a mention in its texts."""

    code: str
    is_close: bool
    name: tuple[Piece, ...]
    sentence: tuple[Piece, ...]
    why: Why | None
    score: float


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a question finds, best first.

    `also` names the words of the lists that stand for everyday words of the question: (everyday, ours).
    `is_near` says that nothing has the words and these only look alike.
    """

    found: tuple[Found, ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    is_near: bool = False

    @property
    def close(self) -> tuple[Found, ...]:
        """Return those whose name, keywords or class answer."""
        return tuple(one for one in self.found if one.is_close)

    @property
    def mentions(self) -> tuple[Found, ...]:
        """Return those that only mention it."""
        return tuple(one for one in self.found if not one.is_close)


def fold(text: str) -> str:
    """Return the text with full-width and capital letters made plain, sign for sign, so that places stay."""
    return "".join(map(_plain, text))


@cache
def _plain(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign).casefold()
    return plain if len(plain) == 1 else sign


def find(entries: Sequence[Searchable], question: str, *, everyday: EverydayWords) -> Answer:
    """Return the entries that answer the question, best first; of equals the earlier of the list."""
    terms = terms_of(question, everyday=everyday)
    if not terms:
        return Answer()
    also = tuple(everyday.meanings(terms))
    folded = [_Folded(entry) for entry in entries]
    search = _Search(folded, terms, tuple(dict.fromkeys(fold(ours) for _theirs, ours in also)))
    found = [one for entry in folded if (one := search.look(entry))]
    if found:
        return Answer(found=_ranked(found), also=also)
    return _nearest(folded, terms, everyday)


def _nearest(entries: Sequence["_Folded"], terms: Sequence[str], everyday: EverydayWords) -> Answer:
    """Return what looks alike: by words of a like writing, else by a single sign that is an everyday word (…的路)."""
    near = [one for entry in entries if (one := _near(entry, terms))]
    also: tuple[tuple[str, str], ...] = ()
    if not near:
        also = tuple(everyday.meanings([sign for term in terms if not term.isascii() for sign in term]))
        search = _Search(entries, terms, tuple(dict.fromkeys(fold(ours) for _theirs, ours in also)))
        near = [one for entry in entries if also and (one := search.look(entry))]
    return Answer(found=_ranked(near)[:NEAREST], also=also if near else (), is_near=bool(near))


def terms_of(question: str, *, everyday: EverydayWords) -> tuple[str, ...]:
    """Return the words of a question: parted at blanks and signs, without 我要, 怎么办 and the like."""
    folded = fold(question.strip()[:LONGEST_QUESTION])
    parted = "".join(sign if sign.isalnum() else " " for sign in folded).split()
    told = [everyday.without_fillers(word) for word in parted]
    return tuple(dict.fromkeys(word for word in told if word)) or tuple(dict.fromkeys(parted))


def bigrams(word: str) -> tuple[str, ...]:
    """Return each pair of neighbouring signs once; a single sign stands for itself."""
    return tuple(dict.fromkeys(word[at : at + 2] for at in range(len(word) - 1))) or ((word,) if word else ())


class _Folded:
    """An entry with its folded lines, folded once."""

    def __init__(self, entry: Searchable) -> None:
        self.entry = entry
        self.lines = {where: tuple(map(fold, entry.lines(where))) for where in Field}
        self.text = "\n".join(line for lines in self.lines.values() for line in lines)


class _Search:
    """One question to many entries: `terms` as typed, `ours` what everyday words of it are called in the lists."""

    def __init__(self, entries: Sequence[_Folded], terms: Sequence[str], ours: Sequence[str]) -> None:
        self.terms = terms
        self.ours = ours
        self.pairs = {term: bigrams(term) for term in terms}
        wanted = {pair for pairs in self.pairs.values() for pair in pairs}
        counts = {pair: sum(pair in entry.text for entry in entries) for pair in wanted}
        # A pair that stands everywhere (村民) says little about what is meant; one that stands nowhere counts in full.
        self.worth = {pair: log(1 + len(entries) / max(count, 1)) for pair, count in counts.items()}

    def look(self, entry: _Folded) -> Found | None:
        """Return the entry as an answer, or None."""
        gains: dict[Field, float] = {}
        answered = 0
        for term in self.terms:
            here = {where: gain for where in Field if (gain := self._gain(term, where, entry))}
            answered += bool(here)
            for where, gain in here.items():
                gains[where] = gains.get(where, 0) + gain
        for word in self.ours:
            for where in Field:
                if any(word in line for line in entry.lines[where]):
                    gains[where] = gains.get(where, 0) + WEIGHTS[where]
                    answered = max(answered, 1)
        if entry.entry.code.casefold() in self.terms:
            gains[Field.NAME] = gains.get(Field.NAME, 0) + 10 * WEIGHTS[Field.NAME]
            answered = max(answered, 1)
        if not gains:
            return None
        score = sum(gains.values()) * answered / len(self.terms)
        return _told(entry.entry, gains, score, self._spans)

    def _gain(self, term: str, where: Field, entry: _Folded) -> float:
        best, *others = sorted((self._fit(term, where, line) for line in entry.lines[where]), reverse=True) or [0.0]
        return WEIGHTS[where] * (best + FURTHER * sum(others))

    def _fit(self, term: str, where: Field, line: str) -> float:
        """Return how well a line answers a term: 1.5 the very word, 1 contained, less for a part of its bigrams."""
        if term in line:
            return 1.5 if term == line else 1.0
        if not term.isascii():
            if where in CLOSE and 2 <= len(line) < len(term) and line in term:
                return 0.9
            pairs = self.pairs[term]
            whole = sum(self.worth[pair] for pair in pairs)
            share = sum(self.worth[pair] for pair in pairs if pair in line) / whole
            return 0.6 * share if share >= ENOUGH else 0.0
        return 0.0

    def _spans(self, line: str) -> Iterator[tuple[int, int]]:
        for word in (*self.terms, *self.ours):
            if word in line:
                yield from _places(line, word)
            elif not word.isascii():
                for pair in self.pairs.get(word, ()):
                    yield from _places(line, pair)


def _near(entry: _Folded, terms: Sequence[str]) -> Found | None:
    """Return the entry where name or keywords share at least half of the signs with a term (低宝 for 低保)."""
    gains: dict[Field, float] = {}
    signs: set[str] = set()
    for term in (term for term in terms if not term.isascii()):
        for where in (Field.NAME, Field.KEYWORDS):
            for line in entry.lines[where]:
                common = set(term) & set(line)
                share = len(common) / max(len(set(term)), len(set(line)))
                if share >= ENOUGH:
                    signs |= common
                    gains[where] = max(gains.get(where, 0), share * WEIGHTS[where])
    if not gains:
        return None
    return _told(entry.entry, gains, sum(gains.values()), lambda line: _signs(line, signs))


def _signs(line: str, signs: set[str]) -> Iterator[tuple[int, int]]:
    return ((at, at + 1) for at, sign in enumerate(line) if sign in signs)


def _told(entry: Searchable, gains: dict[Field, float], score: float, spans: Spans) -> Found:
    name = _marked(entry.name, spans) if Field.NAME in gains else (Piece(text=entry.name),)
    sentence = _marked(entry.sentence, spans) if Field.SENTENCE in gains else _whole(entry.sentence)
    is_shown = any(piece.is_hit for piece in (*name, *sentence))
    others = sorted(
        (where for where in gains if where not in {Field.NAME, Field.SENTENCE}), key=lambda one: -gains[one]
    )
    return Found(
        code=entry.code,
        is_close=bool(CLOSE & gains.keys()),
        name=name,
        sentence=sentence,
        why=next((why for where in others if (why := _why(entry, where, spans))), None) if not is_shown else None,
        score=score,
    )


def _why(entry: Searchable, where: Field, spans: Spans) -> Why | None:
    marked = [_marked(line, spans) for line in entry.lines(where)]
    best = max(marked, key=lambda pieces: sum(len(one.text) for one in pieces if one.is_hit), default=())
    return Why(where=where, pieces=best) if any(piece.is_hit for piece in best) else None


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text=text),) if text else ()


def _marked(text: str, spans: Spans) -> tuple[Piece, ...]:
    """Return the text in pieces, what is hit marked; hits that touch are one."""
    hit = [False] * len(text)
    for start, end in spans(fold(text)):
        hit[start:end] = [True] * (end - start)
    pieces: list[Piece] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or hit[at] != hit[start]:
            pieces.append(Piece(text=text[start:at], is_hit=hit[start]))
            start = at
    return tuple(pieces)


def _places(line: str, word: str) -> Iterator[tuple[int, int]]:
    at = line.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = line.find(word, at + len(word))


def _ranked(found: Iterable[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda one: (not one.is_close, -one.score)))
